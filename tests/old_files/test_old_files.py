"""Every released file format still opens, with all that was kept in it."""

from __future__ import annotations

import hashlib
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.files import CycleFiles
from lkip_desktop.ports import Outcome, Store
from lkip_desktop.sop.load import parse_sop
from lkip_desktop.workflow.events import Act, Draft, Who
from lkip_desktop.workflow.state import replay

HERE = Path(__file__).parent
FIRST = "LKIP-2026-v1.lkip"
# The digest of the last event stands for all of them: the chain is checked at opening.
HEAD = "2a0504b36330f8e261d2f108392f679dd174076f934bd5edecdfa073473decad"
ACTS = [
    Act.CREATED,
    Act.FILLED,
    Act.ATTACHED,
    Act.DETACHED,
    Act.RESTORED,
    Act.KEPT,
    Act.PRINTED,
    Act.COMPLETED,
    Act.UNDONE,
    Act.COMPLETED,
    Act.REOPENED,
]


def opened_copy(tmp_path: Path) -> Store:
    opening = CycleFiles().open(Path(shutil.copyfile(HERE / FIRST, tmp_path / FIRST)), user="Siti")
    assert opening.outcome is Outcome.OPENED, opening
    assert opening.store is not None
    return opening.store


def test_the_first_format_keeps_every_act(tmp_path: Path) -> None:
    store = opened_copy(tmp_path)
    events = store.events()
    assert [event.act for event in events] == ACTS
    assert events[-1].digest == HEAD
    assert events[0].at == datetime(2027, 1, 11, 1, 30, tzinfo=UTC)
    assert events[5].who == Who("Siti Aminah", "inspektur", "Plt. Inspektur Drs. Ahmad Fauzi, M.Si.")
    assert events[2].data["name"] == "Surat Édaran 😀.pdf"
    for event in (events[2], events[5]):
        data = store.blob(event.data["sha256"])
        assert data.startswith(b"%PDF-1.4")
        assert hashlib.sha256(data).hexdigest() == event.data["sha256"]
    store.close()


def test_the_first_format_still_means_the_same(tmp_path: Path) -> None:
    store = opened_copy(tmp_path)
    text = store.blob(store.events()[0].data["sop_sha256"]).decode("utf-8")
    state = replay(parse_sop(text), store.events())
    store.close()
    assert (state.year, state.sop.id) == (2026, "lkip-2025-05")
    assert [(v.step, v.round, v.target) for v in state.visits] == [
        ("disposisi", 1, "format"),
        ("format", 1, "disposisi"),
        ("disposisi", 2, ""),
    ]
    assert state.text("circular_deadline") == "2027-02-26"
    assert state.cell("team", "r1", "name") == "Budi Santoso"
    assert [file.name for file in state.files("circular_scan")] == ["Surat Édaran 😀.pdf"]
    assert [document.name for document in state.versions("disposition")] == ["Lembar Disposisi.pdf"]


def test_the_first_format_can_be_worked_on(tmp_path: Path) -> None:
    store = opened_copy(tmp_path)
    event = store.append(Draft(Who("Siti"), Act.FILLED, {"changes": {"circular_agenda": "7"}}), datetime.now(UTC))
    store.close()
    again = CycleFiles().peek(store.path)
    assert again.events[-1] == event
    assert list(CycleFiles().check(store.path)) == []


@pytest.mark.parametrize("sample", sorted(path.name for path in HERE.glob("*.lkip")))
def test_every_sample_is_whole_and_explained(sample: str) -> None:
    assert list(CycleFiles().check(HERE / sample)) == []
    assert f"`{sample}`" in (HERE / "README.md").read_text("utf-8")
