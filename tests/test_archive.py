"""The hand-over package holds everything, is the same each time, is read without us, and tells of tampering."""

from __future__ import annotations

import csv
import hashlib
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZIP_DEFLATED, ZipFile

import pypdfium2
import pytest

from db.files import CycleFiles
from lkip_desktop import archive, office
from lkip_desktop.__main__ import main
from lkip_desktop.archive import MANIFEST, sentences, verify, write_package
from lkip_desktop.archive_plan import plan
from lkip_desktop.attachments import accept
from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.errors import Cancelled, UserError
from lkip_desktop.office import Changed, Cycle
from lkip_desktop.ports import SystemClock
from lkip_desktop.retention import Phase, reminders, retention
from lkip_desktop.sample import Sample, play_sample
from lkip_desktop.workflow.events import Act, Draft, Who
from lkip_desktop.workflow.state import IssuedLetter, SignedCopy, Signer

DAY = date(2027, 2, 26)
RINA = Who("Rina Contoh", "staf")
PDF = b"%PDF-1.4 surat"


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "LKIP-2026.lkip"
    play_sample(CycleFiles(), path, Sample(2026, 9, datetime(2027, 2, 26, tzinfo=UTC), ahead=True))
    return path


@pytest.fixture
def cycle(played: Path, tmp_path: Path) -> Iterator[Cycle]:
    path = Path(shutil.copy(played, tmp_path / "LKIP-2026.lkip"))
    opened, opening = office.open_cycle(CycleFiles(), path, SystemClock())
    assert opened is not None, opening.message
    yield opened
    opened.close()


@pytest.fixture
def package(cycle: Cycle, tmp_path: Path) -> Path:
    path = tmp_path / "Arsip LKIP 2026.zip"
    write_package(office.snapshot(cycle, DAY), cycle.store.blob, path, source=cycle.store.path)
    return path


def rewritten(package: Path, change: dict[str, bytes | None]) -> None:
    """Put other bytes at some names of a package; None takes a file away."""
    with ZipFile(package) as source:
        entries = {name: source.read(name) for name in source.namelist()}
    with ZipFile(package, "w", ZIP_DEFLATED) as target:
        for name, data in {**entries, **change}.items():
            if data is not None:
                target.writestr(name, data)


def test_every_kept_file_is_in_it_as_it_was_kept(cycle: Cycle, package: Path) -> None:
    state = cycle.state
    kept = {a.sha256 for a in state.attachments if not a.removed} | {d.sha256 for d in state.documents}
    with ZipFile(package) as zipped:
        assert zipped.testzip() is None
        by_name = {one.path: one for one in plan(office.snapshot(cycle, DAY))}
        assert {one.sha256 for one in by_name.values()} == kept
        for name, one in by_name.items():
            assert zipped.read(name) == cycle.store.blob(one.sha256)
        assert any(name.startswith("2 Laporan/BERTANDA TANGAN") for name in by_name)


def test_the_same_cycle_gives_the_same_bytes(cycle: Cycle, package: Path, tmp_path: Path) -> None:
    again = write_package(
        office.snapshot(cycle, DAY), cycle.store.blob, tmp_path / "kedua.zip", source=cycle.store.path
    )
    assert again.path.read_bytes() == package.read_bytes()
    assert again.digest == verify(package).digest


def test_it_is_read_and_checked_without_this_program(package: Path, tmp_path: Path) -> None:
    """Unpacked and checked by the tools of the system, as somebody would in ten years."""
    folder = tmp_path / "hasil"
    subprocess.run(["python3", "-m", "zipfile", "-e", package, folder], check=True)
    sums = subprocess.run(["sha256sum", "-c", MANIFEST], cwd=folder, capture_output=True, text=True, check=True)
    assert sums.stdout.count(": OK\n") == len(sums.stdout.splitlines()) > 15
    links: list[str] = []

    class Links(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            links.extend(unquote(value or "") for name, value in attrs if name == "href")

    page = (folder / "index.html").read_text("utf-8")
    Links().feed(page)
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(links) == files - {"index.html"}
    assert "http" not in page
    for name in ("daftar-arsip.pdf", "4 Riwayat/riwayat.pdf"):
        with pypdfium2.PdfDocument(folder / name) as document:
            assert len(document) > 0
    readme = (folder / "BACA-SAYA.txt").read_text("utf-8-sig")
    assert "000.8.6.3" in readme
    assert "31 Desember 2029" in readme
    assert "31 Desember 2032" in readme


def test_the_archive_list_is_the_same_as_pdf_and_csv(package: Path) -> None:
    with ZipFile(package) as zipped:
        rows = list(csv.reader(StringIO(zipped.read("daftar-arsip.csv").decode("utf-8-sig")), delimiter=";"))
        with pypdfium2.PdfDocument(zipped.read("daftar-arsip.pdf")) as document:
            text = " ".join(page.get_textpage().get_text_range() for page in document)
        listed = list(csv.reader(StringIO(zipped.read("daftar-berkas.csv").decode("utf-8-sig")), delimiter=";"))
        names = {name for name in zipped.namelist() if name[:2] in ("1 ", "2 ", "3 ")}
    assert len(rows) > 5
    for row in rows[1:]:
        assert re.sub(r"\W", "", row[2]) in re.sub(r"\W", "", text)
    assert {row[2] for row in listed[1:]} == names


def test_letters_go_in_with_their_signed_copies(cycle: Cycle) -> None:
    who, at, signer = RINA, datetime(2027, 2, 26, tzinfo=UTC), Signer("Drs. Ahmad")

    def letter(id_: int, version: int, signed: tuple[SignedCopy, ...] = ()) -> IssuedLetter:
        number = "000.8.6.3/012/Insp/2027"
        return IssuedLetter(
            id_, "cover-letter", "", number, 12, 2027, "2027-02-26", version, id_ - 1, "LKIP", "Bupati", signer, "",
            "", "a.pdf", f"{id_:064d}", 9, "application/pdf", at, who, signed,
        )  # fmt: skip

    copy = SignedCopy("pindaian.PDF", "f" * 64, 9, "application/pdf", "same", at, who, 99)
    state = replace(cycle.state, letters=(letter(90, 1), letter(91, 2, (copy,))))
    found = plan(Snapshot(state, None, DAY))
    letters = {one.path: one.note for one in found if one.path.startswith("1 Surat/")}
    assert letters == {
        "1 Surat/01 Surat Pengantar 000.8.6.3-012-Insp-2027.pdf": "digantikan",
        "1 Surat/02 Surat Pengantar 000.8.6.3-012-Insp-2027 versi 2.pdf": "berlaku",
        "1 Surat/02 Surat Pengantar 000.8.6.3-012-Insp-2027 versi 2 BERTANDA TANGAN.PDF": "bertanda tangan",
    }


def test_hostile_names_become_harmless_and_stay_apart(cycle: Cycle, tmp_path: Path) -> None:
    names = ("../../etc/passwd.pdf", "CON.pdf", "a\u202efdp.pdf", "sama.pdf", "SAMA.pdf", "n" * 200 + ".pdf")
    for number, name in enumerate(names):
        kept = office.attach_file(cycle, RINA, "agency_logo", accept(name, PDF + bytes([number])))
        assert isinstance(kept, Changed)
    path = tmp_path / "paket.zip"
    write_package(office.snapshot(cycle, DAY), cycle.store.blob, path, source=cycle.store.path)
    with ZipFile(path) as zipped:
        inside = zipped.namelist()
    assert len({name.casefold() for name in inside}) == len(inside)
    assert not [name for name in inside if ".." in name or name.startswith("/") or "\u202e" in name]
    assert max(len(name.split("/")[-1]) for name in inside) <= 96
    assert verify(path).whole


def test_files_taken_out_stay_out(cycle: Cycle) -> None:
    before = plan(office.snapshot(cycle, DAY))
    office.attach_file(cycle, RINA, "agency_logo", accept("lambang.pdf", PDF))
    assert len(plan(office.snapshot(cycle, DAY))) == len(before) + 1
    office.detach(cycle, RINA, cycle.state.attachments[-1].id)
    assert plan(office.snapshot(cycle, DAY)) == before


def test_the_check_names_what_changed_is_missing_and_was_added(package: Path) -> None:
    assert verify(package).whole
    with ZipFile(package) as zipped:
        first, second = [name for name in zipped.namelist() if name.startswith("3 ")][:2]
    rewritten(package, {first: b"%PDF-lain", second: None, "3 Lampiran/baru.pdf": PDF})
    found = verify(package)
    assert (found.changed, found.missing, found.added) == ((first,), (second,), ("3 Lampiran/baru.pdf",))
    assert len(sentences(found)) == 3
    assert not found.whole


def test_a_manifest_that_says_two_things_or_nothing_is_a_finding(package: Path) -> None:
    with ZipFile(package) as zipped:
        whole = zipped.read(MANIFEST)
    first = whole.splitlines()[0]
    for more in (b"0" * 64 + first[64:], first, b"catatan"):
        rewritten(package, {MANIFEST: more + b"\n" + whole})
        assert MANIFEST in verify(package).changed
        rewritten(package, {MANIFEST: whole + more + b"\n"})
        assert verify(package).changed == (MANIFEST,)


def test_a_name_in_the_manifest_does_not_steer_the_terminal(package: Path) -> None:
    with ZipFile(package) as zipped:
        whole = zipped.read(MANIFEST)
    rewritten(package, {MANIFEST: whole + b"0" * 64 + "  a\x1b[31m\u202eb.pdf\n".encode()})
    assert sentences(verify(package)) == ("“a\ufffd[31m\ufffdb.pdf” hilang.",)


def test_a_single_flipped_bit_is_found_anywhere(package: Path) -> None:
    data = package.read_bytes()
    with ZipFile(package) as zipped:
        entries = [
            (e.filename, e.header_offset + 30 + len(e.filename.encode()), e.file_size) for e in zipped.infolist()
        ]
    for name, start, size in entries:
        spoilt = bytearray(data)
        spoilt[start + size // 2] ^= 1
        package.write_bytes(spoilt)
        if name == MANIFEST:
            try:
                assert not verify(package).whole
            except UserError:
                continue
        else:
            assert verify(package).changed == (name,)


def test_a_rewritten_manifest_is_found_by_the_history(cycle: Cycle, package: Path) -> None:
    made = archive.Archive(package, verify(package).digest, package.stat().st_size, 20)
    archive.record(cycle, RINA, made)
    event = cycle.store.events()[-1]
    assert (event.act, event.data["name"]) == (Act.ARCHIVED, package.name)
    found = verify(package, cycle.store.events())
    assert found.recorded == event
    rewritten(package, {"3 Lampiran/baru.pdf": PDF})
    with ZipFile(package) as zipped:
        lines = zipped.read(MANIFEST)
    rewritten(package, {MANIFEST: lines + f"{hashlib.sha256(PDF).hexdigest()}  3 Lampiran/baru.pdf\n".encode()})
    found = verify(package, cycle.store.events())
    assert found.whole
    assert found.recorded is None


def test_what_is_no_package_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "lain.zip"
    with ZipFile(path, "w") as zipped:
        zipped.writestr("a.txt", "a")
    with pytest.raises(UserError, match="bukan paket arsip"):
        verify(path)
    with ZipFile(path, "w") as zipped:
        zipped.writestr(MANIFEST, "x" * 64 + "  ../../keluar\n")
        zipped.writestr("../../keluar", "x")
    with pytest.raises(UserError, match="demi keamanan"):
        verify(path)


def test_cancelling_or_a_taken_name_leaves_no_trace(cycle: Cycle, tmp_path: Path) -> None:
    snapshot, path = office.snapshot(cycle, DAY), tmp_path / "baru" / "paket.zip"
    path.parent.mkdir()
    with pytest.raises(Cancelled):
        write_package(snapshot, cycle.store.blob, path, source=cycle.store.path, progress=lambda done, total: done < 40)
    assert list(path.parent.iterdir()) == []
    path.write_bytes(b"lama")
    with pytest.raises(UserError, match="sudah ada"):
        write_package(snapshot, cycle.store.blob, path, source=cycle.store.path)
    with pytest.raises(UserError, match="berkas siklus"):
        write_package(snapshot, cycle.store.blob, cycle.store.path, source=cycle.store.path, overwrite=True)
    assert path.read_bytes() == b"lama"


def test_retention_counts_whole_years_after_the_cycle_is_closed(cycle: Cycle) -> None:
    running = retention(cycle.state, DAY)
    assert running.phase(DAY) is Phase.RUNNING
    last = replace(cycle.state.visits[-1], left=datetime(2027, 2, 26, tzinfo=UTC))
    state = replace(cycle.state, visits=(*cycle.state.visits[:-1], last))
    terms = retention(state, DAY)
    assert (terms.active_until, terms.inactive_until) == (date(2029, 12, 31), date(2032, 12, 31))
    days = (date(2029, 12, 31), date(2030, 1, 1), date(2032, 12, 31), date(2033, 1, 1))
    assert [terms.phase(day) for day in days] == [Phase.ACTIVE, Phase.INACTIVE, Phase.INACTIVE, Phase.OVER]
    longer = replace(state, values={**state.values, "archive_active": "5", "archive_inactive": "x"})
    assert retention(longer, DAY).inactive_until == date(2035, 12, 31)


def test_the_folder_tells_which_retention_is_over(tmp_path: Path) -> None:
    for year in (2020, 2026):
        clock = datetime(year + 1, 2, 26, tzinfo=UTC)
        path = tmp_path / f"LKIP-{year}.lkip"
        play_sample(CycleFiles(), path, Sample(year, 10, clock, ahead=True))
        opened, _ = office.open_cycle(CycleFiles(), path, SystemClock())
        assert opened is not None
        data = {"step": "serah-terima", "round": 1, "decision": "", "target": "", "reason": "", "answers": {}}
        opened.store.append(Draft(RINA, Act.COMPLETED, data), max(clock, opened.store.events()[-1].at))
        opened.close()
    (tmp_path / "rusak.lkip").write_bytes(b"bukan siklus")
    found = reminders(CycleFiles(), tmp_path, date(2027, 3, 1))
    assert [(one.path.name, one.phase, one.due) for one in found] == [
        ("LKIP-2020.lkip", Phase.OVER, True),
        ("LKIP-2026.lkip", Phase.ACTIVE, False),
    ]


def test_the_command_line_makes_and_checks_a_package(
    played: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cycle, package = Path(shutil.copy(played, tmp_path / "a.lkip")), tmp_path / "a.zip"
    assert main(["archive", str(cycle), str(package)]) == 0
    assert main(["archive", str(cycle), str(package)]) == 1
    assert "sudah ada" in capsys.readouterr().err
    assert main(["verify-archive", str(package), "--cycle", str(cycle)]) == 0
    assert "Sama dengan catatan ke-" in capsys.readouterr().out
    rewritten(package, {"BACA-SAYA.txt": b"lain", "daftar-arsip.csv": None})
    assert main(["verify-archive", str(package)]) == 1
    assert capsys.readouterr().err == "“BACA-SAYA.txt” berubah. “daftar-arsip.csv” hilang.\n"
    assert main(["retention", str(tmp_path)]) == 0
    assert capsys.readouterr().out.split("\t")[-2:] == ["berjalan", "a.lkip\n"]
