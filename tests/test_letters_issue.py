"""Letters issued on a real cycle file: numbers, frozen bytes, corrections, signed copies, the register."""

from __future__ import annotations

import csv
import hashlib
import io
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from db.files import CycleFiles
from lkip_desktop import letters, office, pdfium, resources, signed_copies, signers
from lkip_desktop.attachments import IncomingFile, accept
from lkip_desktop.documents import register_files, register_words
from lkip_desktop.documents.catalog import KINDS, make
from lkip_desktop.errors import UserError
from lkip_desktop.letters import Order
from lkip_desktop.office import Changed, Cycle
from lkip_desktop.register import Register, Standing, gather
from lkip_desktop.sample import Sample, play_sample
from lkip_desktop.workflow.events import Act, Who, first_break
from lkip_desktop.workflow.narrate import Narrator
from lkip_desktop.workflow.state import IssuedLetter, replay
from lkip_desktop.workflow.transitions import Refusal

TODAY = date(2027, 2, 15)
SARI = Who("Sari", "analis")
NUMBER = "000.8.6.3/012/Insp/2027"
COVER = "cover-letter"


class FixedClock:
    def now(self) -> datetime:
        return datetime(2027, 2, 15, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample cycle at step 8, with all steps filled ahead."""
    path = tmp_path_factory.mktemp("main") / "LKIP-2026.lkip"
    play_sample(CycleFiles(), path, Sample(2026, 8, FixedClock().now(), ahead=True))
    return path


@pytest.fixture
def cycle(played: Path, tmp_path: Path) -> Cycle:
    path = tmp_path / "LKIP-2026.lkip"
    shutil.copyfile(played, path)
    return opened(path)


def opened(path: Path) -> Cycle:
    cycle, opening = office.open_cycle(CycleFiles(), path, FixedClock())
    assert cycle is not None, opening.message
    return cycle


def register_of(cycle: Cycle) -> Register:
    return gather(CycleFiles(), cycle.store.path, cycle.state)


def order(cycle: Cycle, kind: str = COVER, subject: str = "", day: date | None = TODAY, **given: str) -> Order:
    """What the dialog proposes, with some of it typed otherwise."""
    on = day or TODAY
    official, signer = letters.signer_of(kind, office.snapshot(cycle, TODAY), on)
    number = given.get("number", letters.number_for(cycle, kind, subject, on, register_of(cycle)))
    return Order(kind, subject, number, day, signer, official.id if official else "", given.get("reason", ""))


def issue(cycle: Cycle, wanted: Order) -> IssuedLetter:
    prepared = letters.prepare(cycle, SARI, wanted, TODAY)
    assert not isinstance(prepared, Refusal), prepared
    outcome = letters.issue(cycle, SARI, prepared, letters.write(prepared))
    assert isinstance(outcome, Changed), outcome
    found = letters.current(cycle, wanted.kind, wanted.subject)
    assert found is not None
    return found


def refused(cycle: Cycle, wanted: Order) -> str:
    """Why a letter is not issued; nothing is kept then."""
    before = cycle.state.seq
    outcome = letters.prepare(cycle, SARI, wanted, TODAY)
    assert isinstance(outcome, Refusal)
    assert cycle.state.seq == before
    return " ".join((outcome.message, *(reason.text for reason in outcome.reasons)))


# Issuing


def test_an_issued_letter_is_frozen_with_its_words_and_its_signer(cycle: Cycle) -> None:
    head = cycle.state.head
    letter = issue(cycle, order(cycle))
    assert (letter.number, letter.sequence, letter.year, letter.date) == (NUMBER, 12, 2027, "2027-02-15")
    assert (letter.version, letter.replaces, letter.about) == (1, 0, "Penyampaian LKIP Tahun 2026")
    assert letter.head == head[:8]
    assert letter.signer.name == "Drs. Ahmad Contoh, M.Si."
    assert (letter.signer.nip, letter.signer.title, letter.signer.authority) == ("196801011990031001", "Inspektur", "")
    words = cycle.store.blob(letter.text_sha256).decode()
    assert NUMBER in words
    assert "15 Februari 2027" in words
    printed = " ".join(pdfium.words(cycle.store.blob(letter.sha256)))
    assert NUMBER in printed
    assert letter.head in printed
    assert "Ahmad Contoh" in printed
    assert "menerbitkan" not in printed
    told = Narrator(cycle.store.events(), cycle.state, resources.profile_fields(), {COVER: "Surat Pengantar"})
    assert told.entries()[-1].text == (
        f"Surat Pengantar nomor {NUMBER} diterbitkan, ditandatangani Drs. Ahmad Contoh, M.Si."
    )


def test_the_issued_file_stays_byte_for_byte_whatever_is_typed_later(cycle: Cycle) -> None:
    letter = issue(cycle, order(cycle))
    first = letters.source(cycle, COVER, "", TODAY)(None)
    office.fill(
        cycle, SARI, {"letter_place": "Jakarta", "agency_name": "DINAS LAIN", "officials/r1/name": "Orang Lain"}
    )
    cycle.close()
    again = opened(cycle.store.path)
    second = letters.source(again, COVER, "", date(2027, 6, 1))(None)
    assert (first.data, first.name) == (second.data, second.name)
    assert hashlib.sha256(second.data).hexdigest() == letter.sha256
    assert letters.current(again, COVER) == letter
    assert first_break(again.store.events()) is None
    again.close()


def test_a_draft_is_made_anew_until_it_is_issued(cycle: Cycle) -> None:
    before = letters.source(cycle, COVER, "", TODAY)(None)
    assert letters.current(cycle, COVER) is None
    office.fill(cycle, SARI, {"letter_place": "Jakarta"})
    assert letters.source(cycle, COVER, "", TODAY)(None).data != before.data


def test_number_and_date_need_not_be_typed_again(cycle: Cycle) -> None:
    office.fill(cycle, SARI, {"letter_number": "", "letter_date": "", "letter_signer": ""})
    issue(cycle, order(cycle, number="000.8.6.3/014/Insp/2027"))
    assert cycle.state.text("letter_number") == "000.8.6.3/014/Insp/2027"
    assert cycle.state.text("letter_date") == "2027-02-15"
    assert cycle.state.text("letter_signer") == "r1"
    event = cycle.store.events()[-1]
    assert event.act is Act.ISSUED
    assert replay(cycle.sop, cycle.store.events()) == cycle.state
    assert "letter_number" in event.data["changes"]


def test_a_letter_is_one_act_and_not_kept_when_the_cycle_changed_between(cycle: Cycle) -> None:
    prepared = letters.prepare(cycle, SARI, order(cycle), TODAY)
    assert not isinstance(prepared, Refusal)
    file = letters.write(prepared)
    office.fill(cycle, SARI, {"letter_place": "Jakarta"})
    outcome = letters.issue(cycle, SARI, prepared, file)
    assert isinstance(outcome, Refusal)
    assert "Siklus berubah" in outcome.message
    assert letters.current(cycle, COVER) is None


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"letter_addressee": ""}, "Belum diisi: Yth."),
        ({"letter_rows": []}, "Tabel masih kosong: Naskah yang dikirimkan"),
        ({"letter_rows/r1/item": ""}, "baris 1, Naskah dinas yang dikirimkan"),
        ({"agency_city": ""}, "profil instansi: Tempat surat dibuat"),
    ],
)
def test_missing_words_refuse_the_letter(cycle: Cycle, changes: dict[str, object], says: str) -> None:
    office.fill(cycle, SARI, changes)
    assert says in refused(cycle, order(cycle))


def test_only_what_the_letter_says_must_be_there(cycle: Cycle) -> None:
    """The receipt's scan and the archive's place are asked for by other steps, not by the cover letter."""
    office.fill(cycle, SARI, {"archive_place": "", "receiver_name": ""})
    assert issue(cycle, order(cycle)).number == NUMBER


def test_date_number_and_signer_are_asked_for(cycle: Cycle) -> None:
    whole = order(cycle)
    assert "tanggal surat" in refused(cycle, replace(whole, day=None))
    assert "nomor surat" in refused(cycle, replace(whole, number="  "))
    assert "penanda tangan" in refused(cycle, replace(whole, signer=replace(whole.signer, name="")))
    assert "Pilih dahulu penerimanya" in refused(cycle, replace(whole, kind="data-request"))
    assert "tidak diterbitkan sebagai surat" in refused(cycle, replace(whole, kind="flowchart"))
    outcome = letters.prepare(cycle, Who(""), whole, TODAY)
    assert isinstance(outcome, Refusal)
    assert "nama Anda" in outcome.message


def test_a_closed_cycle_issues_nothing(tmp_path: Path) -> None:
    path = tmp_path / "LKIP-2026.lkip"
    play_sample(CycleFiles(), path, Sample(2026, 10, FixedClock().now(), ahead=True))
    cycle = opened(path)
    office.complete_step(cycle, Who("Dedi", "staf"), "serah-terima")
    assert cycle.state.closed
    assert "sudah ditutup" in refused(cycle, order(cycle))
    cycle.close()


# Corrections


def test_a_correction_is_a_new_version_that_says_what_it_replaces(cycle: Cycle) -> None:
    first = issue(cycle, order(cycle))
    office.fill(cycle, SARI, {"letter_place": "Contoh"})
    assert "memerlukan alasan" in refused(cycle, order(cycle))
    second = issue(cycle, order(cycle, reason="Tempat tujuan keliru"))
    assert (second.version, second.replaces, second.reason) == (2, first.id, "Tempat tujuan keliru")
    assert second.number == first.number
    assert second.name == "Surat Pengantar LKIP 2026 versi 2.pdf"
    assert cycle.store.blob(first.sha256) != cycle.store.blob(second.sha256)
    assert letters.replaced_words(first) == f"menggantikan versi 1, nomor {NUMBER}, tanggal 15 Februari 2027"
    assert [line.standing for line in register_of(cycle).lines] == [Standing.REPLACED, Standing.ISSUED]
    assert letters.number_doubts(cycle, COVER, "", NUMBER, TODAY, register_of(cycle)) == ()
    told = Narrator(cycle.store.events(), cycle.state, resources.profile_fields(), {COVER: "Surat Pengantar"})
    assert told.entries()[-1].text.endswith("menggantikan versi 1: Tempat tujuan keliru")


# Numbers over the folder


def other_cycle(folder: Path, year: int, *numbers: str) -> Path:
    """Another cycle of the work folder that has issued letters with these numbers."""
    path = folder / f"LKIP-{year}.lkip"
    play_sample(CycleFiles(), path, Sample(year, 8, FixedClock().now(), ahead=True))
    cycle = opened(path)
    for number, kind in zip(numbers, (COVER, "team-decree", "invitation"), strict=False):
        issue(cycle, order(cycle, kind, number=number))
    cycle.close()
    return path


def test_the_register_runs_over_all_cycles_of_the_folder(cycle: Cycle) -> None:
    office.fill(cycle, SARI, {"letter_number": ""})
    assert order(cycle).number == "000.8.6.3/012/Insp/2027"
    other_cycle(cycle.store.path.parent, 2025, "000.8.6.3/044/Insp/2027")
    found = register_of(cycle)
    assert [(line.cycle, line.letter.sequence) for line in found.lines] == [(2025, 44)]
    assert order(cycle).number == "000.8.6.3/045/Insp/2027"
    doubts = letters.number_doubts(cycle, COVER, "", "000.8.6.3/044/Insp/2027", TODAY, found)
    assert any("sudah dipakai: Surat Pengantar" in doubt for doubt in doubts)
    assert issue(cycle, order(cycle, number="000.8.6.3/044/Insp/2027")).sequence == 44
    assert found.years == (2027,)


def test_a_letter_dated_back_gets_a_suffix(cycle: Cycle) -> None:
    other_cycle(cycle.store.path.parent, 2025, "000.8.6.3/044/Insp/2027")
    office.fill(cycle, SARI, {"letter_number": ""})
    back = order(cycle, day=date(2027, 2, 11))
    assert back.number == "000.8.6.3/011A/Insp/2027"
    letter = issue(cycle, back)
    assert (letter.sequence, letter.number) == (11, "000.8.6.3/011A/Insp/2027")


def test_numbers_typed_for_letters_not_issued_yet_are_kept_free(cycle: Cycle) -> None:
    """The sample's forms hold 005 to 012 for the letters of the steps before."""
    assert cycle.state.text("invitation_number") == "000.8.6.3/010/Insp/2027"
    doubts = letters.number_doubts(cycle, COVER, "", "000.8.6.3/010/Insp/2027", TODAY, Register())
    assert any("sudah dipakai: Surat Undangan (belum terbit)" in doubt for doubt in doubts)
    own = letters.number_doubts(cycle, "invitation", "", "000.8.6.3/010/Insp/2027", date(2027, 2, 11), Register())
    assert not [doubt for doubt in own if "sudah dipakai" in doubt]


def test_a_copy_of_the_cycle_counts_once_and_a_broken_file_is_told(cycle: Cycle) -> None:
    issue(cycle, order(cycle))
    cycle.close()
    path = cycle.store.path
    shutil.copyfile(path, path.with_name("Salinan.lkip"))
    path.with_name("rusak.lkip").write_bytes(b"bukan siklus")
    again = opened(path)
    found = register_of(again)
    assert len(found.lines) == 1
    assert found.lines[0].path == path
    assert len(found.unread) == 1
    again.close()


def test_a_number_typed_into_the_form_is_proposed_and_an_own_default_is_not(cycle: Cycle) -> None:
    assert order(cycle).number == NUMBER
    fresh = office.create_cycle(
        CycleFiles(),
        cycle.store.path.with_name("baru.lkip"),
        office.NewCycle(2027, resources.sop_text()),
        SARI,
        FixedClock(),
    )
    assert fresh.state.text("letter_number")
    issue(cycle, order(cycle))
    assert letters.number_for(fresh, COVER, "", TODAY, register_of(fresh)).split("/")[1] == "013"
    fresh.close()


def test_a_bad_pattern_gives_a_sentence_and_no_number(cycle: Cycle) -> None:
    office.fill(cycle, SARI, {"letter_number": "", "letter_pattern": "{nomor}/2027"})
    assert order(cycle).number == ""
    assert any("{nomor}" in doubt for doubt in letters.number_doubts(cycle, COVER, "", "5/2027", TODAY, Register()))
    assert issue(cycle, order(cycle, number="5/2027")).sequence == 0


def test_a_long_number_is_never_cut(cycle: Cycle) -> None:
    long = "000.8.6.3/" + "9" * 60 + "/Sekretariat-Perencanaan-Evaluasi-dan-Pelaporan/II/2027"
    letter = issue(cycle, order(cycle, number=long))
    assert letter.number == long
    assert long in "".join(pdfium.words(cycle.store.blob(letter.sha256)))


def test_days_off_and_days_to_come_are_doubted(cycle: Cycle) -> None:
    doubts = letters.number_doubts(cycle, COVER, "", NUMBER, date(2027, 2, 20), Register())
    assert "20 Februari 2027 bukan hari kerja." in doubts
    assert "20 Februari 2027 belum tiba." in doubts


# Signers


def test_an_acting_official_signs_on_the_letters_day(cycle: Cycle) -> None:
    changes: dict[str, object] = {"letter_signer": "", "officials": [*cycle.state.rows("officials"), "r9"]}
    row = {"role": "inspektur", "name": "Budi Wakil, S.E.", "position": "Inspektur", "status": "Plt."}
    row |= {"since": "2027-02-01", "until": "2027-02-20"}
    office.fill(cycle, SARI, {**changes, **{f"officials/r9/{column}": text for column, text in row.items()}})
    snapshot = office.snapshot(cycle, TODAY)
    official, signer = letters.signer_of(COVER, snapshot, TODAY)
    assert official is not None
    assert (official.id, signer.title, signer.authority) == ("r9", "Plt. Inspektur", "")
    assert letters.signer_of(COVER, snapshot, date(2027, 2, 22))[1].title == "Inspektur"
    assert any("tidak menjabat" in doubt for doubt in signers.doubts(COVER, snapshot, official, date(2027, 2, 22)))


def test_minutes_are_signed_by_whom_their_draft_names(cycle: Cycle) -> None:
    chair = cycle.state.text("meeting_chair")
    assert chair.startswith("Hj. Siti")
    assert letters.signer_of("minutes", office.snapshot(cycle, TODAY), TODAY)[1].name == chair


def test_another_role_signs_on_behalf(cycle: Cycle) -> None:
    snapshot = office.snapshot(cycle, TODAY)
    secretary = next(o for o in signers.eligible(snapshot, TODAY) if o.role == "sekretaris")
    first, *others = signers.authorities(COVER, snapshot, secretary, TODAY)
    assert first == "a.n. Inspektur"
    planner = next(o for o in signers.eligible(snapshot, TODAY) if o.role == "analis")
    assert "a.n. Inspektur\nSekretaris\nu.b." in signers.authorities(COVER, snapshot, planner, TODAY)
    assert "" in others
    letter = issue(cycle, replace(order(cycle), signer=signers.frozen(secretary, first), official=secretary.id))
    assert (letter.signer.authority, letter.signer.title) == ("a.n. Inspektur", "Sekretaris")
    assert cycle.state.text("letter_signer") == secretary.id


# Signed copies


def file_of(name: str, data: bytes) -> IncomingFile:
    return accept(name, data)


def test_the_issued_file_itself_comes_back_the_same(cycle: Cycle) -> None:
    letter = issue(cycle, order(cycle))
    copy = file_of("bertanda tangan.pdf", cycle.store.blob(letter.sha256))
    found = signed_copies.compare(cycle, letter, copy)
    assert found.verdict == "same"
    assert isinstance(signed_copies.attach(cycle, SARI, letter, copy, found), Changed)
    kept = letters.current(cycle, COVER)
    assert kept is not None
    assert [c.verdict for c in kept.signed] == ["same"]
    assert register_of(cycle).lines[0].standing is Standing.SIGNED


def test_another_text_is_told_word_by_word(cycle: Cycle) -> None:
    letter = issue(cycle, order(cycle))
    office.fill(cycle, SARI, {"letter_place": "Jakarta Pusat", "letter_number": "9/2027"})
    other = make(COVER, office.snapshot(cycle, TODAY))
    found = signed_copies.compare(cycle, letter, file_of("lain.pdf", other.data))
    assert found.verdict == "different"
    assert {"Jakarta", "Pusat", "9/2027"} <= set(found.added)
    assert NUMBER in found.lost
    assert "kata yang bertambah: “" in found.sentence
    assert isinstance(signed_copies.attach(cycle, SARI, letter, file_of("lain.pdf", other.data), found), Changed)
    line = register_of(cycle).lines[0]
    assert register_words.state_words(line) == "Bertanda tangan (isi berbeda)"


def test_words_in_another_order_differ() -> None:
    found = signed_copies.compare_words(["Ketua", "Ani", "Anggota", "Budi"], ["Ketua", "Budi", "Anggota", "Ani"])
    assert (found.verdict, found.lost, found.added) == ("different", (), ())
    assert "urutan katanya lain" in found.sentence
    assert signed_copies.compare_words(["efektif"], ["e\ufb00ektif".replace("\ufb00ek", "fek")]).verdict == "same"


def test_a_picture_cannot_be_compared_and_other_files_are_refused(cycle: Cycle) -> None:
    letter = issue(cycle, order(cycle))
    assert signed_copies.compare(cycle, letter, file_of("pindai.jpg", JPEG)).verdict == "picture"
    with pytest.raises(UserError, match="bukan PDF atau gambar"):
        signed_copies.compare(cycle, letter, file_of("catatan.txt", b"sudah"))
    with pytest.raises(UserError, match="PDF yang utuh"):
        signed_copies.compare(cycle, letter, IncomingFile("rusak.pdf", b"%PDF-1.4 rusak", "0" * 64, "application/pdf"))


# The list of letters and the register's files


def test_every_letter_of_the_cycle_is_listed_under_its_step(cycle: Cycle) -> None:
    found = letters.items(office.snapshot(cycle, TODAY))
    assert len({(item.kind, item.subject) for item in found}) == len(found)
    cover = next(item for item in found if item.kind == COVER)
    assert (cover.step, cover.newest, cover.standing) == ("surat-pengantar", None, None)
    issue(cycle, order(cycle))
    cover = next(item for item in letters.items(office.snapshot(cycle, TODAY)) if item.kind == COVER)
    assert cover.standing is Standing.ISSUED
    assert cover.newest is not None
    assert cover.newest.number == NUMBER
    numbers = [cycle.sop.by_id[item.step].number for item in found]
    assert numbers == sorted(numbers)
    assert all(letters.is_letter(item.kind) and item.title == KINDS[item.kind].title for item in found)


def sheet_of(cycle: Cycle) -> register_words.Sheet:
    found = register_of(cycle)
    return register_words.sheet(office.snapshot(cycle, TODAY), found.of(2027), "2027")


def test_the_register_is_written_as_csv_and_as_a_workbook(cycle: Cycle) -> None:
    issue(cycle, order(cycle, number="=1+1"))
    issue(cycle, order(cycle, number=NUMBER, reason="Nomor keliru"))
    sheet = sheet_of(cycle)
    rows = list(csv.reader(io.StringIO(register_files.register_csv(sheet).decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == list(register_words.HEADINGS)
    assert [row[1] for row in rows[1:]] == ["'=1+1", NUMBER]
    assert [row[-1] for row in rows[1:]] == ["Digantikan", "Terbit"]
    page = openpyxl.load_workbook(io.BytesIO(register_files.register_xlsx(sheet))).active
    assert page is not None
    assert [cell.value for cell in page[4]] == list(register_words.HEADINGS)
    assert (page["A6"].value, page["B5"].value, page["B5"].data_type) == (12, "=1+1", "s")
    assert page["C6"].value == datetime(2027, 2, 15)
    assert register_files.register_xlsx(sheet) == register_files.register_xlsx(sheet)


def test_the_printed_register_has_every_letter_on_numbered_pages(cycle: Cycle) -> None:
    issue(cycle, order(cycle))
    sheet = sheet_of(cycle)
    many = replace(sheet, lines=sheet.lines * 60, rows=sheet.rows * 60)
    data = register_files.register_pdf(many)
    words = " ".join(pdfium.words(data))
    assert words.count("Penyampaian LKIP") == 60
    assert words.count("Nomor surat") == words.count("Halaman") > 2
    assert data == register_files.register_pdf(many)
    empty = register_files.register_pdf(replace(sheet, lines=(), rows=()))
    assert "Belum ada surat yang diterbitkan pada tahun 2027." in " ".join(pdfium.words(empty))


def test_the_register_of_the_cycle_alone_is_a_document(cycle: Cycle) -> None:
    issue(cycle, order(cycle))
    snapshot = office.snapshot(cycle, TODAY)
    assert "Penyampaian LKIP" in " ".join(pdfium.words(make("letter-register", snapshot).data))
    assert NUMBER in make("letter-register", snapshot, ending="csv").data.decode("utf-8-sig")


JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffdb004300") + b"\x10" * 64 + bytes.fromhex("ffd9")
