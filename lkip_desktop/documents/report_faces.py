"""The signs of bold and italic in what people write: ``**bold**``, ``*italic*``, and one inside the other."""

from __future__ import annotations

import re

_ONE = r"\*[^\s*](?:[^*\n]*[^\s*])?\*"
_TWO = r"\*\*[^\s*](?:[^*\n]*[^\s*])?\*\*"
BOLD = rf"\*\*(?P<bold>(?!\s)(?:[^*\n]|{_ONE})+(?<!\s))\*\*"
ITALIC = rf"(?<![*\w])\*(?P<italic>(?![\s*])(?:[^*\n]|{_TWO})+(?<![\s]))\*(?![*\w])"
"""Patterns of a stretch in a face; what is inside may hold the other face."""
_FACES = re.compile(f"{BOLD}|{ITALIC}")


def without_faces(text: str) -> str:
    """A text without the signs of its faces."""
    return _FACES.sub(lambda match: without_faces(match["bold"] or match["italic"]), text)
