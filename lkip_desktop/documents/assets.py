"""Finds and reads what documents need from the resources folder: fonts, fixed words, layout numbers."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from lkip_desktop.resources import root


def asset(name: str) -> Path:
    """The path of a file under ``resources/documents``."""
    return root() / "documents" / name


def font(name: str) -> Path:
    """The path of a file under ``resources/fonts``."""
    return root() / "fonts" / name


@cache
def toml(name: str) -> dict[str, Any]:
    """The content of a TOML file under ``resources/documents``, read once."""
    return tomllib.loads(asset(name).read_text("utf-8"))
