"""What was typed into the welcome before there is a cycle, kept beside the settings so that one can leave and go on."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from lkip_desktop.attachments import IncomingFile, accept
from lkip_desktop.errors import UserError
from lkip_desktop.files import write_atomically
from ui.settings import Settings


@dataclass(frozen=True)
class WelcomeDraft:
    """The page to come back to, lines as typed by their ids, an SOP file's text ("": the shipped one), the logo."""

    page: int = 0
    lines: Mapping[str, str] = field(default_factory=dict)
    sop_text: str = ""
    logo: IncomingFile | None = None


def keep(settings: Settings, draft: WelcomeDraft) -> None:
    """Write the draft. Raises OSError."""
    logo = {"name": draft.logo.name, "data": base64.b64encode(draft.logo.data).decode()} if draft.logo else None
    content = {"page": draft.page, "lines": dict(draft.lines), "sop": draft.sop_text, "logo": logo}
    path = settings.welcome_draft
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8"))


def read(settings: Settings) -> WelcomeDraft | None:
    """The draft, or None when there is none that can be read."""
    try:
        content = json.loads(settings.welcome_draft.read_bytes())
        logo = content["logo"]
        lines = {str(key): str(text) for key, text in content["lines"].items()}
        return WelcomeDraft(
            int(content["page"]),
            lines,
            str(content["sop"]),
            accept(str(logo["name"]), base64.b64decode(logo["data"])) if logo else None,
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, binascii.Error, UserError):
        return None


def forget(settings: Settings) -> None:
    """Take the draft away: a cycle was made of it."""
    settings.welcome_draft.unlink(missing_ok=True)
