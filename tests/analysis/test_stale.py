"""Which figures moved under a text after it was written."""

from __future__ import annotations

from datetime import UTC, datetime

from lkip_desktop.analysis.stale import Moved, Timeline
from lkip_desktop.workflow.events import Act, Draft, Event, Json, Who, seal

WHO = Who("Siti")
TEXT, TARGET, ACTUAL = "indicators/a/analysis", "indicators/a/target", "indicators/a/actual"


def events(*acts: tuple[Act, dict[str, Json]]) -> list[Event]:
    made: list[Event] = []
    for seq, (act, data) in enumerate(acts, start=1):
        made.append(seal(Draft(WHO, act, data), seq, datetime(2027, 1, seq, tzinfo=UTC), f"{seq}"))
    return made


def filled(**changes: Json) -> tuple[Act, dict[str, Json]]:
    names = {"text": TEXT, "target": TARGET, "actual": ACTUAL}
    return Act.FILLED, {"changes": {names[name]: value for name, value in changes.items()}}


BEGIN = (Act.CREATED, {"year": 2026, "values": {TARGET: "80"}})


def test_a_figure_changed_after_the_text_is_told_with_both_values() -> None:
    timeline = Timeline(events(BEGIN, filled(actual="70"), filled(text="ditulis"), filled(actual="75")))
    assert timeline.moved(TEXT, (TARGET, ACTUAL)) == (Moved(ACTUAL, "70", "75"),)


def test_an_import_moves_figures_too() -> None:
    imported = (Act.IMPORTED, {"changes": {TARGET: "90"}, "field": ""})
    timeline = Timeline(events(BEGIN, filled(text="ditulis"), imported))
    assert timeline.moved(TEXT, (TARGET, ACTUAL)) == (Moved(TARGET, "80", "90"),)


def test_writing_the_text_again_settles_it() -> None:
    timeline = Timeline(events(BEGIN, filled(text="lama"), filled(actual="75"), filled(text="baru")))
    assert timeline.moved(TEXT, (TARGET, ACTUAL)) == ()


def test_a_figure_that_came_back_has_not_moved() -> None:
    timeline = Timeline(events(BEGIN, filled(actual="70"), filled(text="x"), filled(actual="1"), filled(actual="70")))
    assert timeline.moved(TEXT, (ACTUAL,)) == ()


def test_nothing_moves_under_an_empty_text() -> None:
    assert Timeline(events(BEGIN, filled(actual="70"))).moved(TEXT, (ACTUAL,)) == ()
    emptied = events(BEGIN, filled(text="x"), filled(text=None), filled(actual="1"))
    assert Timeline(emptied).moved(TEXT, (ACTUAL,)) == ()


def test_a_figure_taken_away_moves_to_nothing() -> None:
    timeline = Timeline(events(BEGIN, filled(actual="70"), filled(text="x"), filled(actual=None)))
    assert timeline.moved(TEXT, (ACTUAL,)) == (Moved(ACTUAL, "70", ""),)
