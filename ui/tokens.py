"""The design tokens: each colour, type size and distance of the window, in light, dark and high contrast."""

from __future__ import annotations

from dataclasses import dataclass

GRID = 8
"""The spacing unit in pixels; every distance is a multiple of it, or half of it inside a control."""


@dataclass(frozen=True, slots=True)
class TypeScale:
    """Font pixel sizes: `small` for hints and table heads, `body` for text, `lead` for a panel's name."""

    small: int = 12
    body: int = 13
    lead: int = 15
    title: int = 18
    display: int = 24


TYPE = TypeScale()


@dataclass(frozen=True, slots=True)
class Tokens:
    """One colour scheme, each colour as ``#RRGGBB``.

    `window` is behind everything, `panel` is a side panel or bar, `surface` is what is written on (fields,
    tables, the flowchart's paper), `tint` marks the current row or the selection. `line` is a quiet hairline;
    `outline` is the border of a control or a symbol and stands out by 3:1; `done` fills a finished step. `text`,
    `muted`, `accent`, `warn`, `danger` and `ok` are readable (4.5:1) on each of the four grounds, and `accent_text`
    on `accent`.
    """

    name: str
    dark: bool
    window: str
    panel: str
    surface: str
    tint: str
    text: str
    muted: str
    line: str
    outline: str
    done: str
    accent: str
    accent_hover: str
    accent_text: str
    warn: str
    danger: str
    ok: str
    focus: str


LIGHT = Tokens(
    name="light",
    dark=False,
    window="#EEF1F2",
    panel="#F7F9F9",
    surface="#FFFFFF",
    tint="#E1EEF1",
    text="#182226",
    muted="#52616A",
    line="#C9D1D5",
    outline="#6F7E86",
    done="#D3DADD",
    accent="#0B5567",
    accent_hover="#084352",
    accent_text="#FFFFFF",
    warn="#854D00",
    danger="#A11D22",
    ok="#23653A",
    focus="#0B7285",
)

DARK = Tokens(
    name="dark",
    dark=True,
    window="#12181B",
    panel="#182024",
    surface="#1D262B",
    tint="#1F3A43",
    text="#E6ECEE",
    muted="#A6B3B9",
    line="#37444B",
    outline="#7C8C94",
    done="#37444B",
    accent="#7CC4D6",
    accent_hover="#9BD5E3",
    accent_text="#07242C",
    warn="#EDB45C",
    danger="#F59A94",
    ok="#8ACB9B",
    focus="#9BD5E3",
)

HIGH_CONTRAST = Tokens(
    name="high-contrast",
    dark=False,
    window="#FFFFFF",
    panel="#FFFFFF",
    surface="#FFFFFF",
    tint="#E6F2F5",
    text="#000000",
    muted="#1F2A2F",
    line="#3C474C",
    outline="#000000",
    done="#D3DADD",
    accent="#00394A",
    accent_hover="#000000",
    accent_text="#FFFFFF",
    warn="#5C3300",
    danger="#7A0A10",
    ok="#0B4020",
    focus="#00394A",
)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two ``#RRGGBB`` colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
