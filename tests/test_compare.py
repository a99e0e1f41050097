"""*Bandingkan*: two copies of a real cycle that were worked on separately, and what is taken over."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lkip_desktop import merge, office
from lkip_desktop.compare import Comparison, Part, Relation
from lkip_desktop.errors import UserError
from lkip_desktop.office import Cycle
from lkip_desktop.workflow.events import Act, Draft, Who, first_break
from lkip_desktop.workflow.state import file_id, replay
from lkip_desktop.workflow.transitions import Refusal
from tests.two_copies import PDF, RINA, START, attach, did, files, fill, made, put, reopened

TEAM = "team"


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def copies(tmp_path: Path, stack: ExitStack) -> tuple[Cycle, Path]:
    """An open cycle with a little work done, and the path of its closed copy on a stick."""
    here, there = tmp_path / "LKIP-2026.lkip", tmp_path / "salinan.lkip"
    cycle = made(here)
    fill(cycle, circular_number="800/1", circular_agenda="7", **{
        "team": ["r1", "r2"], "team/r1/name": "Budi", "team/r2/name": "Citra",
    })  # fmt: skip
    cycle.close()
    shutil.copyfile(here, there)
    cycle = reopened(here)
    stack.callback(cycle.close)
    return cycle, there


def other_works(path: Path, *acts: dict[str, object]) -> None:
    other = reopened(path)
    for changes in acts:
        did(office.fill(other, RINA, changes))
    other.close()


def found(cycle: Cycle, path: Path) -> Comparison:
    return merge.read_other(files(), path, cycle).comparison


def ids(comparison: Comparison) -> dict[str, tuple[str, str, str]]:
    return {d.id: (d.then, d.here, d.there) for d in comparison.differences}


def take(cycle: Cycle, path: Path, *chosen: str) -> office.Changed | Refusal:
    return merge.take(cycle, RINA, merge.read_other(files(), path, cycle), chosen)


def test_identical_older_newer_and_foreign_files_are_each_told(copies: tuple[Cycle, Path], tmp_path: Path) -> None:
    cycle, path = copies
    assert found(cycle, path).relation is Relation.SAME
    fill(cycle, circular_number="800/2")
    older = found(cycle, path)
    assert older.relation is Relation.OLDER
    assert "Salinan itu lebih lama: 1 catatan" in older.sentence
    cycle.close()
    shutil.copyfile(cycle.store.path, path)
    other_works(path, {"circular_agenda": "9"})
    again = reopened(cycle.store.path)
    newer = found(again, path)
    assert newer.relation is Relation.NEWER
    assert "dengan 1 catatan" in newer.sentence
    made(tmp_path / "lain.lkip", START + timedelta(days=3)).close()
    assert found(again, tmp_path / "lain.lkip").relation is Relation.FOREIGN
    assert isinstance(take(again, path), Refusal)
    again.close()


def test_what_each_did_is_told_field_by_field(copies: tuple[Cycle, Path]) -> None:
    cycle, path = copies
    other_works(path, {"circular_number": "800/3", "circular_agenda": "8"}, {"team/r1/name": "Budiman"})
    fill(cycle, circular_number="800/2", circular_subject="LKIP")
    comparison = found(cycle, path)
    assert comparison.relation is Relation.PARTED
    assert comparison.sentence.startswith("Kedua berkas berpisah sesudah catatan ke-2. Sejak itu di sini ada 1")
    subject = "Penyusunan LKIP Tahun 2026"
    assert ids(comparison) == {
        "circular_number": ("800/1", "800/2", "800/3"),
        "circular_agenda": ("7", "7", "8"),
        "circular_subject": (subject, "LKIP", subject),
        "team/r1/name": ("Budi", "Budi", "Budiman"),
    }
    told = {d.id: (d.takeable, d.clash, d.label) for d in comparison.differences}
    assert told["circular_number"] == (True, True, "Nomor surat")
    assert told["circular_agenda"][:2] == (True, False)
    assert told["circular_subject"][:2] == (False, False)
    assert told["team/r1/name"][2] == "Anggota tim, baris 1, Nama"
    assert [e.text for e in comparison.theirs.acts] == ["Mengisi 3 isian: Nomor surat, Nomor agenda, Anggota tim"]


def test_the_chosen_are_taken_over_as_one_act_and_the_other_file_stays(copies: tuple[Cycle, Path]) -> None:
    cycle, path = copies
    other = reopened(path)
    fill(other, circular_number="800/3", circular_agenda="8", circular_subject="Baru")
    attach(other, "circular_scan", "Edaran.pdf", PDF + b"edaran")
    other.close()
    fill(cycle, circular_number="800/2")
    before, count = path.read_bytes(), cycle.state.seq
    scan = next(d for d in found(cycle, path).differences if d.part is Part.FILE_ADDED)
    event = did(take(cycle, path, "circular_number", "circular_subject", scan.id)).event
    assert (event.act, event.seq, event.data["base"]) == (Act.MERGED, count + 1, 2)
    assert event.data["other_head"] == files().peek(path).events[-1].digest
    assert cycle.state.text("circular_number") == "800/3"
    assert cycle.state.text("circular_agenda") == "7"
    (file,) = cycle.state.files("circular_scan")
    assert (file.id, file.name) == (file_id(event.seq), "Edaran.pdf")
    assert cycle.store.blob(file.sha256) == PDF + b"edaran"
    assert path.read_bytes() == before
    assert list(path.parent.glob("salinan*")) == [path]
    events = cycle.store.events()
    assert first_break(events) is None
    assert replay(cycle.sop, events).values == cycle.state.values
    assert set(ids(found(cycle, path))) == {"circular_agenda"}


def test_new_rows_with_the_same_id_in_both_copies_do_not_meet(copies: tuple[Cycle, Path]) -> None:
    cycle, path = copies
    other = reopened(path)
    put(other, TEAM, ["r1", "r2", "r3", "r4"])
    fill(other, **{"team/r3/name": "Dewi dari sana", "team/r4/name": "Eka dari sana"})
    other.close()
    put(cycle, TEAM, ["r1", "r2", "r3"])
    fill(cycle, **{"team/r3/name": "Fajar dari sini"})
    comparison = found(cycle, path)
    assert [d.id for d in comparison.takeable] == ["team+r3", "team+r4"]
    did(take(cycle, path, "team+r3", "team+r4"))
    rows = cycle.state.rows(TEAM)
    names = [cycle.state.cell(TEAM, row, "name") for row in rows]
    assert len(set(rows)) == 5
    assert names == ["Budi", "Citra", "Fajar dari sini", "Dewi dari sana", "Eka dari sana"]
    assert found(cycle, path).takeable == ()


def test_removed_rows_and_another_order_are_taken_over(copies: tuple[Cycle, Path]) -> None:
    cycle, path = copies
    other_works(path, {TEAM: ["r2", "r1"]}, {"officials": ["p1"]})
    fill(cycle, circular_subject="x")
    comparison = found(cycle, path)
    assert {d.id: d.part for d in comparison.takeable} == {
        "team#urutan": Part.ORDER,
        "officials#p2": Part.ROW_REMOVED,
    }
    assert next(d.then for d in comparison.takeable if d.row == "p2") == "Sekretaris · Siti · Sekretaris"
    did(take(cycle, path, "team#urutan", "officials#p2"))
    assert cycle.state.rows(TEAM) == ("r2", "r1")
    assert cycle.state.rows("officials") == ("p1",)


def test_a_new_official_comes_along_with_the_field_that_names_it(copies: tuple[Cycle, Path]) -> None:
    cycle, path = copies
    other_works(path, {"officials": ["p1", "p2", "r1"], "officials/r1/name": "Plt. Joko", "letter_signer": "r1"})
    put(cycle, "officials", ["p1", "p2", "r1"])
    fill(cycle, **{"officials/r1/name": "Orang lain"})
    refused = take(cycle, path, "letter_signer")
    assert isinstance(refused, Refusal)
    assert "pejabat barunya" in refused.message
    did(take(cycle, path, "letter_signer", "officials+r1"))
    signer = cycle.state.text("letter_signer")
    assert signer != "r1"
    assert cycle.state.cell("officials", signer, "name") == "Plt. Joko"


def test_what_may_not_be_changed_here_is_refused_by_name_and_nothing_is_kept(copies: tuple[Cycle, Path]) -> None:
    cycle, path = copies
    other_works(path, {"circular_agenda": "9", "letter_addressee": "Pengiriman"})
    step = cycle.state.step
    assert step is not None
    cycle.state = _moved_on(cycle)
    fill(cycle, letter_addressee="Lain")
    other = merge.read_other(files(), path, cycle)
    agenda = next(d for d in other.comparison.differences if d.id == "circular_agenda")
    assert "sudah selesai" in merge.refusal_of(cycle, other, agenda)
    before = cycle.state.seq
    refused = merge.take(cycle, RINA, other, ["circular_agenda", "letter_addressee"])
    assert isinstance(refused, Refusal)
    assert refused.message.startswith("Nomor agenda: Langkah 1")
    assert cycle.state.seq == before
    did(merge.take(cycle, RINA, other, ["letter_addressee"]))
    assert "Tidak ada yang dapat diambil" in _said(merge.take(cycle, RINA, other, ["agency_name"]))
    assert "Bandingkan sekali lagi" in _said(merge.take(cycle, RINA, other, ["letter_addressee"]))


def _moved_on(cycle: Cycle) -> office.CycleState:
    """Step 1 left, as the history would have it."""
    data = {"step": cycle.sop.first.id, "round": 1, "decision": "", "target": cycle.sop.steps[1].id, "reason": ""}
    cycle.record(Draft(Who("Rudy", "inspektur"), Act.COMPLETED, {**data, "answers": {}}))
    return cycle.state


def _said(outcome: object) -> str:
    assert isinstance(outcome, Refusal)
    return outcome.message


@pytest.mark.parametrize(
    ("act", "data"),
    [
        (Act.FILLED, {"changes": ["x"]}),
        (Act.FILLED, {}),
        (Act.COMPLETED, {"step": "entah", "decision": "", "target": "", "reason": "", "round": 1}),
        (Act.DETACHED, {"attachment": 99}),
        (Act.ISSUED, {"signer": {}}),
        (Act.UNDONE, {"event": 4000}),
    ],
)
def test_a_sealed_history_that_no_program_wrote_ends_in_a_sentence(
    copies: tuple[Cycle, Path], act: Act, data: dict[str, object]
) -> None:
    cycle, path = copies
    fill(cycle, circular_subject="x")
    opening = files().open(path)
    assert opening.store is not None
    opening.store.append(Draft(RINA, act, data), START + timedelta(days=1))
    opening.store.close()
    with pytest.raises(UserError, match="tidak dapat dibaca"):
        merge.read_other(files(), path, cycle)


def test_a_file_that_is_no_cycle_is_refused_in_a_sentence(copies: tuple[Cycle, Path], tmp_path: Path) -> None:
    cycle, _ = copies
    bad = tmp_path / "bukan.lkip"
    bad.write_bytes(b"halo")
    with pytest.raises(UserError, match="bukan berkas siklus"):
        merge.read_other(files(), bad, cycle)


FIELDS = ("circular_number", "circular_subject", "agency_city", "team/r1/name", "team/r2/duty", "officials/p2/name")
TYPED = st.tuples(st.sampled_from(FIELDS), st.sampled_from(["", "satu", "dua", "tiga"]))
ROWS = st.tuples(st.just(TEAM), st.lists(st.sampled_from(["r1", "r2", "r3", "r4"]), unique=True))
WORK = st.lists(st.one_of(TYPED, TYPED, ROWS), max_size=6)


@settings(max_examples=25)
@given(here=WORK, there=WORK)
def test_whatever_two_people_did_all_that_can_be_taken_is_as_in_the_other_copy(
    tmp_path_factory: pytest.TempPathFactory, here: list[tuple[str, object]], there: list[tuple[str, object]]
) -> None:
    folder = tmp_path_factory.mktemp("berdua")
    cycle, path = made(folder / "a.lkip"), folder / "b.lkip"
    fill(cycle, **{"team": ["r1", "r2"], "team/r1/name": "Budi", "team/r2/name": "Citra"})
    files().copy(cycle.store.path, path)
    other = reopened(path)
    for changes in there:
        did(office.fill(other, RINA, dict([changes])))
    theirs = other.state
    other.close()
    for changes in here:
        did(office.fill(cycle, RINA, dict([changes])))
    before, bytes_there = cycle.state, path.read_bytes()
    comparison = found(cycle, path)
    chosen = [difference.id for difference in comparison.takeable]
    if chosen:
        did(take(cycle, path, *chosen))
        assert found(cycle, path).takeable == ()
    for field in FIELDS:
        if field in chosen or "/" not in field:
            wanted = theirs if field in chosen else before
            assert cycle.state.text(field) == wanted.text(field)
    assert {row for row in before.rows(TEAM) if row not in ("r1", "r2")} <= set(cycle.state.rows(TEAM))
    assert first_break(cycle.store.events()) is None
    assert path.read_bytes() == bytes_there
    cycle.close()
