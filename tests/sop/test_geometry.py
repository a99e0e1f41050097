"""The flowchart's geometry: nothing lies on anything else, whatever the SOP."""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lkip_desktop.sop.geometry import Geometry, Note, Options, RowLayout, layout
from lkip_desktop.sop.model import Edge, Sop
from lkip_desktop.sop.sheets import part
from lkip_desktop.sop.symbols import Box, Symbol, half_width
from lkip_desktop.sop.text import TextRole, wrap
from tests.factories import long_sop, make_sop, sops

EPS = 0.01


class FixedMeasure:
    """Every character 6 wide: plain numbers to reckon with."""

    def width(self, text: str, role: TextRole) -> float:
        return 6.0 * len(text)


MEASURE = FixedMeasure()
SHORT, COMPLETE = Options(complete=False), Options(complete=True)


def segments(points: tuple) -> list[tuple[float, float, float, float]]:
    """The parts of a polyline as (x1, y1, x2, y2) with x1 ≤ x2 and y1 ≤ y2."""
    return [(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])) for a, b in pairwise(points)]


def inside(row: RowLayout, x: float, y: float) -> bool:
    """Whether a point lies truly inside a symbol."""
    box = row.symbol_box
    if not box.y + EPS < y < box.bottom - EPS:
        return False
    return abs(x - box.cx) < half_width(row.symbol, box, y - box.cy) - EPS


def hits(row: RowLayout, segment: tuple[float, float, float, float]) -> bool:
    """Whether a segment has a point inside a symbol, looked for at every unit along it."""
    x1, y1, x2, y2 = segment
    if not row.symbol_box.inset(-1).overlaps(Box(x1 - EPS, y1 - EPS, x2 - x1 + 2 * EPS, y2 - y1 + 2 * EPS)):
        return False
    steps = int(max(x2 - x1, y2 - y1)) + 2
    return any(inside(row, x1 + (x2 - x1) * i / steps, y1 + (y2 - y1) * i / steps) for i in range(steps + 1))


def collinear(a: tuple, b: tuple) -> bool:
    """Whether two segments lie on each other for more than a point."""
    flat_a, flat_b = a[1] == a[3], b[1] == b[3]
    if flat_a != flat_b:
        return False
    across, along = (1, 0) if flat_a else (0, 1)
    if abs(a[across] - b[across]) > EPS:
        return False
    return min(a[along + 2], b[along + 2]) - max(a[along], b[along]) > EPS


def on_border(row: RowLayout, point: tuple[float, float]) -> bool:
    box, (x, y) = row.symbol_box, point
    if abs(y - box.y) < EPS or abs(y - box.bottom) < EPS:
        return abs(x - box.cx) <= half_width(row.symbol, box, y - box.cy) + EPS
    return abs(abs(x - box.cx) - half_width(row.symbol, box, y - box.cy)) < EPS


def words(g: Geometry) -> list[Box]:
    return [p.word.box for p in (*g.edges, *g.deliveries) if p.word is not None]


def runs(g: Geometry) -> list[list[tuple[float, float, float, float]]]:
    return [segments(p.points) for p in (*g.edges, *g.deliveries)]


def check(g: Geometry) -> None:
    """Everything that must hold of any chart."""
    lines = runs(g)
    for segment in (s for run in lines for s in run):
        assert segment[0] == segment[2] or segment[1] == segment[3], "not orthogonal"
        assert segment[0] >= 0
        assert segment[1] >= g.head_height
        assert segment[2] <= g.width
        assert not any(hits(row, segment) for row in g.rows), "through a symbol"
    for one, other in combinations(lines, 2):
        assert not any(collinear(a, b) for a in one for b in other), "two arrows on each other"
    for run in lines:
        assert max(run[-1][2] - run[-1][0], run[-1][3] - run[-1][1]) >= 8, "no room for the arrow's head"
    for edge in g.edges:
        assert on_border(g.rows[edge.source], edge.points[0])
        assert on_border(g.rows[edge.target], edge.points[-1])
    check_words(g, lines)
    check_grid(g, lines)


def check_words(g: Geometry, lines: list) -> None:
    boxes = words(g)
    for box in boxes:
        assert Box(0, g.head_height, g.width, g.height - g.head_height).holds(box.x, box.y)
        assert Box(0, g.head_height, g.width, g.height - g.head_height).holds(box.right, box.bottom)
        for row in g.rows:
            assert not row.symbol_box.overlaps(box) or not covers(row, box), "word on a symbol"
        for x1, y1, x2, y2 in (s for run in lines for s in run):
            assert not box.overlaps(Box(x1 - 1, y1 - 1, x2 - x1 + 2, y2 - y1 + 2)), "word on a line"
        for column in g.columns:
            assert not (box.x < column.x < box.right), "word on a grid line"
        for row in g.rows:
            assert not (box.y < row.box.y < box.bottom), "word on a grid line"
    assert not any(a.overlaps(b) for a, b in combinations(boxes, 2)), "word on a word"


def covers(row: RowLayout, box: Box) -> bool:
    return any(inside(row, x, y) for x in (box.x, box.cx, box.right) for y in (box.y, box.cy, box.bottom))


def check_grid(g: Geometry, lines: list) -> None:
    """Runs along a grid line keep 6 off it."""
    for x1, y1, x2, _ in (s for run in lines for s in run):
        if x1 == x2:
            assert all(abs(x1 - column.x) >= 6 for column in g.columns)
        else:
            assert all(abs(y1 - row.box.y) >= 6 and abs(y1 - row.box.bottom) >= 6 for row in g.rows)


@settings(max_examples=150, deadline=None)
@given(sops(), st.booleans(), st.sampled_from([0, 800, 1400]))
def test_nothing_lies_on_anything_in_any_sop(sop: Sop, complete: bool, width: int) -> None:
    check(layout(sop, MEASURE, Options(width=width, complete=complete)))


@settings(max_examples=60, deadline=None)
@given(sops(), st.data())
def test_nothing_lies_on_anything_on_a_page_with_connectors(sop: Sop, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(sop.steps) - 1))
    end = data.draw(st.integers(first + 1, len(sop.steps)))
    g = layout(sop, MEASURE, COMPLETE, part(sop, first, end))
    check(g)
    assert [row.step for row in g.rows if row.step] == [step.id for step in sop.steps[first:end]]


@given(sops())
@settings(max_examples=40, deadline=None)
def test_every_arrow_of_the_sop_is_drawn_once(sop: Sop) -> None:
    g = layout(sop, MEASURE, SHORT)
    drawn = sorted((e.step, e.decision, sop.steps[e.target].id) for e in g.edges)
    assert drawn == sorted((s.id, e.label, e.target) for s in sop.steps for e in s.edges)


def test_the_ten_steps_stand_as_the_sop_prints_them() -> None:
    g = layout(make_sop(), MEASURE, COMPLETE)
    check(g)
    assert [cell.text.lines for cell in g.head][:2] == [("No",), ("Kegiatan",)]
    tops = {" ".join(cell.text.lines): cell.box.y for cell in g.head}
    assert tops["Pelaksana"] == tops["Mutu Baku"] == 0 < tops["Inspektur"] == tops["Waktu"]
    assert [row.symbol for row in g.rows] == [
        Symbol.CAPSULE,
        *[Symbol.BOX] * 4,
        *[Symbol.DIAMOND] * 2,
        *[Symbol.BOX] * 2,
        Symbol.CAPSULE,
    ]
    lanes = [next(i for i, c in enumerate(g.columns) if c.holds(r.symbol_box.cx, c.y)) - 2 for r in g.rows]
    assert lanes == [0, 2, 3, 3, 3, 1, 0, 2, 4, 4]
    assert [cell.text.lines for cell in g.total] == [("Total",), ("10 Hari",), ()]


def test_issued_wording_is_taken_where_asked() -> None:
    sop = make_sop()
    heads = {" ".join(cell.text.lines) for cell in layout(sop, MEASURE, replace(COMPLETE, issued=True)).head}
    assert {"Penanggung Jawab", "Analisis Perencana"} <= heads


def test_a_return_climbs_beside_its_target_and_enters_its_side() -> None:
    g = layout(make_sop(), MEASURE, SHORT)
    back = next(e for e in g.edges if (e.step, e.decision) == ("koreksi", "tidak"))
    target = g.rows[3].symbol_box
    assert back.points[0][1] == back.points[1][1] == g.rows[5].symbol_box.cy
    assert back.points[-1] in ((target.right, target.cy), (target.x, target.cy))
    assert back.word is not None
    assert back.word.text == "Tidak"


def test_a_forward_arrow_may_skip_rows() -> None:
    sop = make_sop()
    steps = [replace(s, edges=(Edge("kirim", "ya"), *s.edges[1:])) if s.id == "koreksi" else s for s in sop.steps]
    g = layout(make_sop(steps), MEASURE, SHORT)
    check(g)
    skip = next(e for e in g.edges if (e.step, e.decision) == ("koreksi", "ya"))
    assert (skip.source, skip.target) == (5, 8)


def test_arrows_into_one_symbol_do_not_share_a_port() -> None:
    """Every step returns to the second: its sides grow as they must."""
    sop = make_sop()
    steps = [replace(s, edges=(*s.edges, Edge("format", f"k{s.number}"))) for s in sop.steps]
    g = layout(make_sop(steps), MEASURE, SHORT)
    check(g)
    ends = [e.points[-1] for e in g.edges if e.target == 1]
    assert len(set(ends)) == len(ends) == 11


def test_the_receiver_is_told_in_its_cell() -> None:
    g = layout(make_sop(), MEASURE, SHORT)
    (delivery,) = g.deliveries
    setda = g.columns[7]
    assert setda.holds(delivery.word.box.x, setda.y)
    assert setda.holds(delivery.word.box.right, setda.y)
    assert delivery.word.text == "Diterima"


def test_the_chart_fills_the_width_it_is_given_and_never_less_than_it_needs() -> None:
    least = layout(make_sop(), MEASURE, SHORT).width
    assert layout(make_sop(), MEASURE, replace(SHORT, width=1200)).width == 1200
    assert layout(make_sop(), MEASURE, replace(SHORT, width=100)).width == least <= 800


def test_all_ten_steps_fit_the_place_beside_the_panel() -> None:
    """1366×768 with a side panel leaves about 800 × 560."""
    g = layout(make_sop(), MEASURE, replace(SHORT, width=800))
    assert (g.width, g.height <= 560) == (800, True)


def test_notes_stand_under_the_activity_and_make_room() -> None:
    notes = {"koreksi": [Note("Giliran Sekretaris", TextRole.NOTE_CURRENT), Note("x" * 200)]}
    plain, noted = (layout(make_sop(), MEASURE, replace(SHORT, notes=n)) for n in ({}, notes))
    row = noted.row_of("koreksi")
    assert row is not None
    assert row.box.h > plain.rows[5].box.h
    mine = [t for t in row.texts if t.role in (TextRole.TITLE, TextRole.NOTE_CURRENT, TextRole.NOTE)]
    assert all(a.box.bottom <= b.box.y for a, b in pairwise(mine))
    assert all(row.box.y <= t.box.y and t.box.bottom <= row.box.bottom for t in row.texts)


def test_a_row_is_found_by_its_height() -> None:
    g = layout(make_sop(), MEASURE, SHORT)
    for row in g.rows:
        assert g.row_at(row.box.cy) == row == g.row_of(row.step)
    assert g.row_at(0) is None
    assert g.row_at(g.height) is None


@given(st.text(alphabet="abc /", max_size=80), st.integers(1, 20))
def test_wrapped_lines_fit_and_lose_nothing(text: str, chars: int) -> None:
    lines = wrap(text, TextRole.CELL, chars * 6, MEASURE)
    assert all(len(line) <= chars for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@pytest.mark.parametrize("options", [SHORT, COMPLETE], ids=["short", "complete"])
def test_work_grows_in_a_line_to_two_hundred_steps(options: Options) -> None:
    """Counted in calls, since a clock on a busy machine proves nothing."""

    def calls(count: int) -> int:
        sop, counted = long_sop(count), 0

        def count_one(frame: object, event: str, arg: object) -> None:
            nonlocal counted
            counted += event in ("call", "c_call")

        sys.setprofile(count_one)
        layout(sop, MEASURE, options)
        sys.setprofile(None)
        return counted

    assert calls(200) < 4.2 * calls(50)
