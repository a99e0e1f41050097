"""What a year's figure may be missing: never where quarters make it; a yearly release that is not out only warns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lkip_desktop import office
from lkip_desktop.office import Changed, Cycle
from lkip_desktop.workflow.guards import missing
from tests.exchange_office import WHO, cycle_at_forms

TARGET, ACTUAL = "indicators/r1/target", "indicators/r1/actual"


@pytest.fixture
def cycle(tmp_path: Path) -> Iterator[Cycle]:
    made = cycle_at_forms(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({}, [(ACTUAL, True, "Belum diisi: Indikator, baris 1, Realisasi.")]),
        ({"actual": "3,05"}, []),
        ({"actual": "-"}, []),
        ({"actual_q2": "3,05"}, []),
        ({"accumulation": "kumulatif", "actual_q1": "1", "actual_q4": "2"}, []),
        ({"accumulation": "kumulatif", "actual_q1": "1", "actual_q4": "baik"}, [(ACTUAL, True, "Belum diisi")]),
        ({"accumulation": "rilis tahunan"}, [(ACTUAL, False, "Belum dirilis: Indikator, baris 1, Realisasi.")]),
        ({"accumulation": "rilis tahunan", "actual_q1": "3"}, [(ACTUAL, False, "Belum dirilis")]),
        ({"actual": "3", "target": ""}, [(TARGET, True, "Belum diisi: Indikator, baris 1, Target.")]),
        ({"actual": "3", "target": "", "target_revised": "3,2"}, []),
        ({"actual": "3", "target": "", "target_q4": "3,2"}, []),
    ],
)
def test_a_years_figure(cycle: Cycle, cells: dict[str, str], said: list[tuple[str, bool, str]]) -> None:
    outcome = office.fill(cycle, WHO, {f"indicators/r1/{column}": text for column, text in cells.items()})
    assert not cells or isinstance(outcome, Changed)
    found = [m for m in missing(cycle.state, cycle.sop.by_id["data"], "") if m.where in (TARGET, ACTUAL)]
    assert [(m.where, m.blocks) for m in found] == [(where, blocks) for where, blocks, _ in said]
    assert all(m.text.startswith(text) for m, (_, _, text) in zip(found, said, strict=True))
