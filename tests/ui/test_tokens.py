"""The colour schemes: everything that is read can be read."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from ui.tokens import DARK, GRID, HIGH_CONTRAST, LIGHT, TYPE, Tokens, contrast

SCHEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK, HIGH_CONTRAST], ids=lambda t: t.name)
GROUNDS = ("window", "panel", "surface", "tint")


def test_contrast_meets_the_published_examples() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@SCHEMES
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("role", ["text", "muted", "accent", "warn", "danger", "ok"])
def test_text_is_readable_on_every_ground(tokens: Tokens, ground: str, role: str) -> None:
    assert contrast(getattr(tokens, role), getattr(tokens, ground)) >= 4.5


@SCHEMES
def test_text_on_the_accent_is_readable(tokens: Tokens) -> None:
    assert contrast(tokens.accent_text, tokens.accent) >= 4.5
    assert contrast(tokens.accent_text, tokens.accent_hover) >= 4.5


@SCHEMES
def test_the_check_mark_of_a_finished_step_stands_out(tokens: Tokens) -> None:
    assert contrast(tokens.text, tokens.done) >= 4.5


@SCHEMES
@pytest.mark.parametrize("ground", GROUNDS)
def test_outline_and_focus_stand_out(tokens: Tokens, ground: str) -> None:
    assert contrast(tokens.outline, getattr(tokens, ground)) >= 3
    assert contrast(tokens.focus, getattr(tokens, ground)) >= 3


@SCHEMES
def test_every_colour_is_written_in_six_digits(tokens: Tokens) -> None:
    colours = [getattr(tokens, f.name) for f in fields(tokens) if f.name not in ("name", "dark")]
    assert all(re.fullmatch(r"#[0-9A-F]{6}", colour) for colour in colours)


def test_sizes_grow_and_the_grid_is_eight() -> None:
    sizes = [getattr(TYPE, f.name) for f in fields(TYPE)]
    assert sizes == sorted(set(sizes)) == [12, 13, 15, 18, 24]
    assert GRID == 8
