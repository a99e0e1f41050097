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

SECOND = "LKIP-2026-v2.lkip"
SECOND_HEAD = "9e3b62b9a0b804f0e0445921ef5eade16995f655dc154f52fac88352b599cff9"
SECOND_ACTS = [
    Act.CREATED,
    *[Act.PASSWORD] * 3,
    *[Act.COMPLETED] * 7,
    Act.IMPORTED,
    *[Act.ISSUED] * 2,
    Act.SIGNED,
    Act.PRINTED,
    Act.MERGED,
    Act.ARCHIVED,
]


def opened_copy(tmp_path: Path, name: str = FIRST) -> Store:
    opening = CycleFiles().open(Path(shutil.copyfile(HERE / name, tmp_path / name)), user="Siti")
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


def test_the_second_format_keeps_every_act_and_file(tmp_path: Path) -> None:
    store = opened_copy(tmp_path, SECOND)
    events = store.events()
    assert [event.act for event in events] == SECOND_ACTS
    assert events[-1].digest == SECOND_HEAD
    described = [event.data for event in events] + list(events[16].data["attachments"])
    kept = [data for data in described if data.get("sha256")]
    assert [data["size"] for data in kept] == [len(store.blob(data["sha256"])) for data in kept]
    assert len(kept) == 5
    store.close()


def test_the_second_format_still_means_the_same(tmp_path: Path) -> None:
    store = opened_copy(tmp_path, SECOND)
    text = store.blob(store.events()[0].data["sop_sha256"]).decode("utf-8")
    state = replay(parse_sop(text), store.events())
    assert state.visit is not None
    assert [(v.step, v.authority) for v in state.visits[5:]] == [
        ("koreksi", "paper"),
        ("tanda-tangan", "password"),
        ("surat-pengantar", ""),
    ]
    assert state.visits[5].who == Who("Siti Aminah", "sekretaris", "Sekretaris Dra. Ratna Dewi, M.M.")
    first, second = state.issued("cover-letter")
    assert (first.id, first.number, first.signed) == (13, "700/12/INSP", ())
    assert (second.replaces, second.version, second.reason) == (13, 2, "Nomor keliru")
    assert [(copy.name, copy.verdict) for copy in second.signed] == [("Surat Pengantar bertanda tangan.pdf", "picture")]
    assert second.signer.nip == "196706121986031003"
    assert store.blob(second.text_sha256).startswith(b"SURAT PENGANTAR")
    store.close()
    assert list(state.passwords) == ["p1"]
    assert state.text("letter_number") == "700/12/INSP"
    assert state.text("meeting_place") == "Aula"
    assert state.text("meeting_agenda") == "Pembahasan draf"
    files = {field: [file.name for file in state.files(field)] for field in ("review_record", "signed_report")}
    assert files == {"review_record": ["Format Data Irban I.xlsx"], "signed_report": ["Notula.pdf"]}


def test_samples_together_hold_every_kind_of_act() -> None:
    assert set(ACTS) | set(SECOND_ACTS) == set(Act)


@pytest.mark.parametrize("sample", sorted(path.name for path in HERE.glob("*.lkip")))
def test_every_sample_is_whole_and_explained(sample: str) -> None:
    assert list(CycleFiles().check(HERE / sample)) == []
    assert f"`{sample}`" in (HERE / "README.md").read_text("utf-8")
