"""What stood in a cycle after each event, and what changed since."""

from __future__ import annotations

from datetime import UTC, datetime

from lkip_desktop.analysis.stale import AsOf, Timeline
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


def test_what_stood_after_each_event() -> None:
    timeline = Timeline(events(BEGIN, filled(actual="70"), filled(text="ditulis"), filled(actual=None)))
    assert [timeline.at(ACTUAL, seq) for seq in range(1, 5)] == [None, "70", "70", None]
    assert [timeline.written(path) for path in (TEXT, TARGET, ACTUAL, "x")] == [3, 1, 4, 0]
    assert timeline.at("x", 9) is None


def test_what_changed_after_an_event() -> None:
    timeline = Timeline(events(BEGIN, filled(actual="70"), filled(text="ditulis")))
    assert [set(timeline.changed(seq)) for seq in range(4)] == [{TARGET, ACTUAL, TEXT}, {ACTUAL, TEXT}, {TEXT}, set()]


def test_an_import_changes_figures_too() -> None:
    imported = (Act.IMPORTED, {"changes": {TARGET: "90"}, "field": ""})
    assert Timeline(events(BEGIN, imported)).at(TARGET, 2) == "90"


def test_the_values_of_a_past_day() -> None:
    timeline = Timeline(events(BEGIN, filled(actual="70"), filled(actual=None, text="x")))
    assert [dict(AsOf(timeline, seq)) for seq in range(4)] == [
        {},
        {TARGET: "80"},
        {TARGET: "80", ACTUAL: "70"},
        {TARGET: "80", TEXT: "x"},
    ]
    assert len(AsOf(timeline, 2)) == 2
