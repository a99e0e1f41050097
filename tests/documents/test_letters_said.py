"""What each letter says, read from the finished PDF."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from lkip_desktop import words
from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents.assets import toml
from lkip_desktop.documents.catalog import make
from lkip_desktop.documents.letter_facts import LETTER_FACTS, about, recipient, steps, subjects
from lkip_desktop.documents.letter_frame import EVERY
from lkip_desktop.documents.letter_kinds import LETTERS
from lkip_desktop.documents.letter_words import letter_words
from lkip_desktop.resources import profile_fields, sop_text
from lkip_desktop.sop.check import DOCUMENT_KINDS
from lkip_desktop.sop.load import load_sop, parse_sop
from lkip_desktop.workflow.events import Who
from lkip_desktop.workflow.state import IssuedLetter, Signer
from tests.documents import letter_cases as cases
from tests.documents import pdf
from tests.documents.builders import ROOT, empty_snapshot, rows


def said(kind: str, source: Snapshot, folder: Path) -> str:
    path = pdf.kept(make(kind, source).data, folder)
    return " ".join(pdf.text(path, "-layout").split())


SAYS = {
    "team-decree": (
        "KEPUTUSAN INSPEKTUR KABUPATEN SERANG NOMOR 700/012/Kep-Insp/2027 TENTANG",
        "Menimbang : a. bahwa dalam rangka",
        "Mengingat : 1. Peraturan Pemerintah Nomor 60 Tahun 2008",
        "MEMUTUSKAN:",
        "KESATU : Membentuk Tim Penyusun",
        "KELIMA : Keputusan ini mulai berlaku pada tanggal ditetapkan.",
        "Ditetapkan di Serang pada tanggal 1 Februari 2027 INSPEKTUR KABUPATEN SERANG,",
        "TANGGAL : 1 FEBRUARI 2027",
        "2. Ketua Budi Contoh, S.E. Perencana Ahli Muda",
    ),
    "data-request": (
        "NOTA DINAS Yth. : Sekretariat u.p. Rina Contoh, S.A.P. Dari : Inspektur",
        "Nomor : 000.8.6.3/005/Insp/2027 Sifat : Segera Lampiran : 1 (satu) berkas format",
        "surat Bagian Organisasi Sekretariat Daerah Nomor 000.8.6/15/Org/2027 tanggal 25 Januari 2027",
        "paling lambat Kamis, 4 Februari 2027",
        "a.n. Inspektur Sekretaris,",
        "Yth. : Irban Khusus",
    ),
    "reminder": (
        "Yth. : Irban Wilayah I u.p. Hendra Contoh, S.T.",
        "Nomor 000.8.6.3/005/Insp/2027 tanggal 2 Februari 2027 dengan batas penyampaian Kamis, 4 Februari 2027",
        "paling lambat Senin, 8 Februari 2027",
        "Yth. : Irban Wilayah II Dari",
    ),
    "invitation": (
        "Nomor : 000.8.6.3/010/Insp/2027 Serang, 9 Februari 2027 Sifat : Penting Lampiran : - Hal : Undangan",
        "2. Budi Contoh, S.E. (Perencana Ahli Muda)",
        "hari/tanggal : Rabu, 10 Februari 2027 pukul : 09.00 WIB s.d. selesai tempat : Ruang Rapat Inspektorat",
    ),
    "attendance": (
        "DAFTAR HADIR",
        "Hari/tanggal : Rabu, 10 Februari 2027",
        "3. Lilis Contoh, S.H. Auditor Ahli Muda 3.",
    ),
    "minutes": (
        "Pimpinan rapat : Hj. Contoh Sekretaris, S.E., M.M. Notulis : Rina Contoh, S.A.P.",
        "Peserta : 3 (tiga) orang, daftar hadir terlampir",
        "Keputusan rapat No Bagian Keputusan 1. Bab III Analisis temuan",
        "disampaikan kepada Sekretaris",
        "NIP 19700101 199503 2 001",
    ),
    "corrections": ("2 butir, 1 sudah diselesaikan", "Selesai 1. Bab III, indikator 5", "Draf dikembalikan kepada Tim"),
    "review-record": (
        "NOMOR 700.1.2.8/011/Insp/2027",
        "Pada hari ini, Senin, tanggal lima belas bulan Februari tahun dua ribu dua puluh tujuh, kami yang",
        "Hendra Contoh, S.T. Auditor Ahli Madya Ketua tim NIP 19800214 200501 1 006",
        "3. Checklist reviu: dari 3 butir, 1 terpenuhi, 1 belum terpenuhi, 1 tidak berlaku.",
        "Mengetahui,",
        "Drs. Rudy Suhartanto, M.Si",
    ),
    "review-checklist": (
        "I. Format 1. LKj menampilkan data penting √",
        "Tidak berlaku",
        "Ketua Tim Reviu, Hendra Contoh, S.T.",
    ),
    "review-statement": (
        "PERNYATAAN TELAH DIREVIU INSPEKTORAT KABUPATEN SERANG TAHUN ANGGARAN 2026",
        "keyakinan terbatas laporan kinerja telah disajikan secara akurat, andal, dan valid.",
    ),
    "dispatch": ("16 Februari 000.8.6.3/012/Insp/2027 Bagian Organisasi", "Bappeda Kabupaten Serang Salinan LKIP Pos"),
    "archive-list": ("aktif 2 tahun, inaktif 3 tahun, musnah", "Surat pengantar Nomor 000.8.6.3/012/Insp/2027"),
    "archive-label": ("000.8.6.3", "TAHUN 2026", "Lemari A, rak 2, bantex 14"),
    "address-label": ("Kepada Yth.", "Sekretaris Daerah", "Bappeda Kabupaten Serang", "di Tempat"),
    "letter-labels": ("Nomor: 000.8.6.3/005/Insp/2027", "Irban Wilayah I", "u.p. Hendra Contoh, S.T.", "di Tempat"),
    "envelope": ("Nomor: 000.8.6.3/012/Insp/2027", "Yth. Sekretaris Daerah", "di Tempat"),
}


@pytest.mark.parametrize(("kind", "sentences"), SAYS.items())
def test_a_letter_says_what_the_cycle_knows(kind: str, sentences: tuple[str, ...], tmp_path: Path) -> None:
    text = said(kind, cases.full(), tmp_path)
    assert [sentence for sentence in sentences if sentence not in text] == []


def test_the_23_statements_stand_in_an_empty_checklist_too(tmp_path: Path) -> None:
    found = toml("letters.toml")["review-checklist"]["sections"]
    assert [len(section["items"]) for section in found] == [6, 7, 10]
    text = said("review-checklist", empty_snapshot(), tmp_path)
    assert all(" ".join(section["items"][-1].split()[:3]) in text for section in found)
    assert "√" not in text


def test_the_form_of_the_checklist_asks_what_the_letter_prints() -> None:
    columns = {column.id: column for column in parse_sop(sop_text()).fields["review_items"][1].columns}
    sections = toml("letters.toml")["review-checklist"]["sections"]
    assert columns["statement"].default.split("\n") == [text for section in sections for text in section["items"]]
    assert columns["section"].default.split("\n") == [s["title"] for s in sections for _ in s["items"]]


def test_a_heading_across_the_table_is_never_the_last_line_of_a_page(tmp_path: Path) -> None:
    for many in range(12, 24):
        items = [{"section": "Satu", "statement": "x", "answer": "Ya"}] * many
        source = cases.full(**rows("review_items", [*items, {"section": "Dua", "statement": "y"}]))
        found = pdf.words(pdf.kept(make("review-checklist", source).data, tmp_path))
        heading = pdf.find(found, "Dua")
        assert pdf.find(found, "y").page == heading.page


def test_a_letter_to_many_goes_to_the_one_addressed_or_to_all(tmp_path: Path) -> None:
    source = cases.full()
    assert subjects("data-request", source) == ("r1", "r2", "r3", "r4")
    assert subjects("reminder", source) == ("r2", "r4"), "who has answered owes nothing"
    assert subjects("cover-letter", source) == ()
    one = replace(source, subject="r3")
    assert recipient("data-request", one) == "Irban Khusus"
    text = said("data-request", one, tmp_path)
    assert "Irban Khusus" in text
    assert "Irban Wilayah" not in text
    all_ = pdf.kept(make("data-request", source).data, tmp_path)
    assert pdf.pages(all_) == 4
    assert "Halaman" not in pdf.text(all_), "each letter has one page"


def test_a_formal_letter_is_in_the_correspondence_form(tmp_path: Path) -> None:
    source = replace(cases.full(request_form="Surat dinas", request_copies_to="Inspektur"), subject="r2")
    text = said("data-request", source, tmp_path)
    assert "NOTA DINAS" not in text
    assert "Hal : Permintaan data dan informasi kinerja Tahun 2026 Yth. Irban Wilayah I" in text
    assert "Tembusan: 1. Inspektur" in text
    found = pdf.words(tmp_path / "it.pdf")
    block, dated = pdf.find(found, "Sifat"), pdf.find(found, "Februari")
    assert block.left == pytest.approx(30, abs=0.6)
    assert dated.bottom < block.top, "the date stands in the line of the number"
    assert max(w.right for w in found if abs(w.top - dated.top) < 1) == pytest.approx(190, abs=0.6)


def test_more_guests_than_five_are_listed_in_an_annex(tmp_path: Path) -> None:
    guests = [{"name": f"Tamu {n}", "position": "Auditor"} for n in range(1, 7)]
    text = said("invitation", cases.full(**rows("meeting_participants", guests)), tmp_path)
    assert "Lampiran : 1 (satu) lembar" in text
    assert "Yth. (daftar terlampir)" in text
    assert text.index("DAFTAR UNDANGAN") < text.index("Tamu 6")
    assert "Tamu" not in said("invitation", cases.full(invitation_addressee="Para Irban"), tmp_path)


@pytest.mark.parametrize("kind", [kind for kind, facts in LETTER_FACTS.items() if facts.date])
def test_an_issued_letter_takes_number_date_signer_head_and_code(kind: str, tmp_path: Path) -> None:
    path = pdf.kept(make(kind, replace(cases.issued(), subject="r2")).data, tmp_path)
    text = " ".join(pdf.text(path, "-layout").split())
    assert "Dra. Penerbit Surat" in text
    assert "riwayat deadbeef" in text
    assert "Menggantikan versi 1, nomor 000.8.6.3/012/Insp/2027." in text
    assert ("000.8.6.3/099/Insp/2027" in text) == LETTER_FACTS[kind].numbered
    if kind not in ("receipt", "corrections", "review-record", "minutes", "disposition"):
        assert "17 Februari 2027".casefold() in text.casefold() or kind == "minutes"
    assert pdf.run("qpdf", "--check", str(path))


def test_the_code_at_the_foot_is_the_one_asked_for() -> None:
    import segno

    page = next(cases.pictures_at(make("cover-letter", cases.issued()).data, 6))
    modules = segno.make(cases.ISSUE.qr, error="m", micro=False).matrix
    side, left, bottom = 15 / 25.4 * 72, (210 - 20 - 15) / 25.4 * 72, 6 / 25.4 * 72
    step = side / (len(modules) + 4)
    height = page.height / 6
    for down, row in enumerate(modules):
        for along, dark in enumerate(row):
            x, y = left + (along + 2.5) * step, height - bottom - side + (down + 2.5) * step
            assert (page.getpixel((int(x * 6), int(y * 6))) < 128) == bool(dark)


def test_the_anchor_for_an_electronic_signature_stands_only_where_it_is_wanted(tmp_path: Path) -> None:
    assert "#" not in said("cover-letter", cases.full(), tmp_path)
    found = pdf.words(pdf.kept(make("cover-letter", cases.full(tte_anchor="ya")).data, tmp_path))
    anchor, above, name = pdf.find(found, "#"), pdf.find(found, "Inspektur,"), pdf.find(found, "Drs.")
    assert above.bottom < anchor.top < anchor.bottom < name.top
    assert [word.text for word in found].count("#") == 1


def test_the_words_of_a_letter_are_the_same_for_the_same_letter() -> None:
    for kind in cases.KINDS:
        assert letter_words(kind, cases.full()) == letter_words(kind, cases.full())
    text = letter_words("cover-letter", cases.issued())
    for part in ("SURAT PENGANTAR", "NOMOR 000.8.6.3/099/Insp/2027", "a.n. Inspektur", "Dra. Penerbit Surat"):
        assert part in text
    assert text != letter_words("cover-letter", cases.full())
    assert "riwayat" not in text, "small print is no part of what is signed"


def test_every_date_of_ten_years_in_words() -> None:
    tens = {2: "dua puluh", 3: "tiga puluh"}
    ones = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"]
    ones += [f"{ones[n]} belas" for n in range(2, 10)]

    def number(value: int) -> str:
        return ones[value] if value < 20 else f"{tens[value // 10]} {ones[value % 10] if value % 10 else ''}".strip()

    day = date(2025, 1, 1)
    while day.year < 2035:
        year = f"dua ribu {number(day.year - 2000)}"
        begin = f"{words.WEEKDAYS[day.weekday()]}, tanggal {number(day.day)}"
        assert words.day_in_words(day) == f"{begin} bulan {words.MONTHS[day.month - 1]} tahun {year}"
        day += timedelta(days=1)
    one = words.day_in_words(date(2027, 2, 15))
    assert one == "Senin, tanggal lima belas bulan Februari tahun dua ribu dua puluh tujuh"


def test_every_kind_has_facts_a_step_and_a_title_that_the_profile_offers() -> None:
    kinds = {letter.id for letter in LETTERS}
    assert set(LETTER_FACTS) == kinds
    assert kinds | {"report"} <= DOCUMENT_KINDS
    source = cases.full()
    assert [kind for kind in sorted(kinds) if not steps(kind, source)] == []
    titles = [EVERY, *(letter.title for letter in LETTERS)]
    for table in ("letter_styles", "letter_words"):
        field = next(field for field in profile_fields() if field.id == table)
        assert list(field.columns[0].choices) == titles
    papers, faces = toml("letter.toml")["paper"], toml("letter.toml")["fonts"]
    style = next(field for field in profile_fields() if field.id == "letter_styles")
    assert set(style.columns[1].choices) <= set(papers)
    assert list(style.columns[2].choices) == list(faces)


def test_facts_name_fields_that_the_sop_has() -> None:
    fields = parse_sop(sop_text()).fields
    for facts in LETTER_FACTS.values():
        named = (facts.number, facts.date, facts.signer, facts.table, facts.addressee)
        assert [name for name in named if name and name not in fields] == []


def test_another_agencys_sop_gives_letters_without_a_line_of_code(tmp_path: Path) -> None:
    sop = load_sop(ROOT / "tests" / "data" / "sop-sebelas.toml")
    source = cases.full()
    other = replace(source, state=replace(source.state, sop=sop))
    for kind in cases.KINDS:
        assert make(kind, other).data.startswith(b"%PDF")
    assert about("minutes", other) == "Laporan hasil rapat finalisasi LKIP Tahun 2026"


def test_one_hundred_units_are_a_hundred_letters_in_one_file(tmp_path: Path) -> None:
    units = [{"unit": f"Unit {n}", "person": "", "due": "2027-02-04"} for n in range(1, 101)]
    path = pdf.kept(make("data-request", cases.full(**rows("unit_forms", units))).data, tmp_path)
    assert pdf.pages(path) == 100
    assert "Yth. : Unit 100" in " ".join(pdf.text(path, "-layout").split())


@pytest.mark.parametrize(("status", "acting"), [("Definitif", ""), ("Plt.", "Plt. "), ("Plh.", "Plh. ")])
def test_whoever_acts_as_the_head_signs_the_decree_in_the_full_title(status: str, acting: str, tmp_path: Path) -> None:
    signer = Signer("Dra. Pelaksana", "Pembina (IV/a)", "", f"{acting}Inspektur")
    source = replace(cases.full(), issue=replace(cases.ISSUE, signer=signer))
    text = said("team-decree", source, tmp_path)
    assert text.count(f"{acting}INSPEKTUR KABUPATEN SERANG, Dra. Pelaksana") == 2, status


@pytest.mark.parametrize("authority", ["", "a.n. Inspektur\nSekretaris\nu.b."])
def test_a_note_is_from_whom_it_is_signed_for(authority: str, tmp_path: Path) -> None:
    signer = Signer("Dra. Penerbit", "Pembina (IV/a)", "", "Kepala Subbagian", authority)
    text = said("data-request", replace(cases.full(), issue=replace(cases.ISSUE, signer=signer)), tmp_path)
    assert f"Dari : {'Inspektur' if authority else 'Kepala Subbagian'} Tanggal" in text


def test_a_long_number_is_broken_behind_a_stroke(tmp_path: Path) -> None:
    number = "000.8.6.3/005297.036/Inspektorat-Kabupaten/II/2027"
    source = replace(cases.full(), issue=replace(cases.ISSUE, number=number))
    for kind in ("invitation", "team-decree"):
        lines = said(kind, source, tmp_path).replace(f"NOMOR {number}", "")
        assert "Inspektorat-Kabupaten/" in lines
        assert "/II/2027" in lines.replace(" ", "")
    longer = "000.8.6.3.12.44/5297.036-Bappenda-Inspektorat/PEMKAB-SERANG/XII/2027-LAMPIRAN"
    source = replace(cases.full(), issue=replace(cases.ISSUE, number=longer))
    assert "/PEMKAB-SERANG/XII/ 2027-LAMPIRAN" in said("cover-letter", source, tmp_path)
    assert "Bappenda-Inspektorat/ PEMKAB-SERANG/XII/2027-LAMPIRAN" in said(
        "receipt", cases.full(letter_number=longer), tmp_path
    )


def test_an_archive_of_another_year_says_its_year(tmp_path: Path) -> None:
    kept = {"archive_date": "2026-12-10", "archive_rows": []}
    text = said("archive-list", cases.full(**kept), tmp_path)
    assert "Surat pengantar Nomor 000.8.6.3/012/Insp/2027 2026 1 berkas" in text


def test_the_register_says_who_is_invited() -> None:
    assert recipient("invitation", cases.full()) == "Peserta rapat (3 orang)"
    assert recipient("invitation", cases.full(invitation_addressee="Sekretaris")) == "Sekretaris"
    assert recipient("invitation", cases.full(meeting_participants=[])) == ""


def test_labels_name_everybody_to_whom_a_letter_was_issued(tmp_path: Path) -> None:
    issued = (("data-request", "r2", "Irban Wilayah I"), ("invitation", "", "1. A"), ("cover-letter", "", "Sekda"))
    letters = tuple(
        IssuedLetter(
            *(n, kind, subject, f"000/{n:03d}/Insp/2027", n, 2027, "2027-02-02", 1, 0, "", to),
            *(Signer("", "", "", ""), "", "", "", "", 0, "", datetime(2027, 2, 2, tzinfo=UTC), Who("Rina")),
        )
        for n, (kind, subject, to) in enumerate(issued, start=1)
    )
    source = cases.full()
    text = said("letter-labels", replace(source, state=replace(source.state, letters=letters)), tmp_path)
    assert text.count("Kepada Yth.") == 1 + len(cases.GUESTS)
    for phrase in ("Irban Wilayah I", "u.p. Hendra Contoh, S.T.", "Nomor: 000/001/Insp/2027", "Lilis Contoh, S.H."):
        assert phrase in text
    assert "Sekda" not in text
    assert "Sekretariat" not in text
