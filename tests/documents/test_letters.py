"""The letters, opened and measured with poppler and qpdf."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents.catalog import make
from lkip_desktop.errors import UserError
from tests.documents import pdf
from tests.documents.builders import (
    LETTER_ROWS,
    empty_snapshot,
    issued_sop,
    logo_png,
    rows,
    snapshot,
    without_fields,
)

LETTERS = ("cover-letter", "disposition", "receipt")
CLOSE = 0.6  # mm


def made(kind: str, source: Snapshot, folder: Path) -> Path:
    return pdf.kept(make(kind, source).data, folder)


def near(value: float) -> Any:
    return pytest.approx(value, abs=CLOSE)


@pytest.fixture(params=LETTERS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_letter_is_sound_embedded_and_indonesian(kind: str, tmp_path: Path) -> None:
    path = made(kind, snapshot(logo=logo_png()), tmp_path)
    assert "No syntax or stream encoding errors" in pdf.run("qpdf", "--check", str(path))
    assert {name for name, _ in pdf.fonts(path)} == {"LiberationSans", "LiberationSans-Bold"}
    assert all(embedded for _, embedded in pdf.fonts(path))
    assert pdf.info(path)["Author"] == "Inspektorat Kabupaten Serang"
    assert b"/Lang (id-ID)" in path.read_bytes()
    assert "LKIP 2026 · riwayat 0a1b2c3d" in pdf.text(path)


def test_the_same_cycle_gives_the_same_bytes(kind: str) -> None:
    source = snapshot(logo=logo_png())
    assert make(kind, source).data == make(kind, source).data
    assert make(kind, source).data != make(kind, snapshot(agency_city="Ciruas")).data


@pytest.mark.parametrize(
    ("kind", "field"),
    [("cover-letter", "letter_addressee"), ("disposition", "circular_subject"), ("receipt", "letter_number")],
)
def test_a_text_that_no_page_can_hold_is_said(kind: str, field: str) -> None:
    with pytest.raises(UserError, match="terlalu panjang untuk satu halaman"):
        make(kind, snapshot(**{field: "kata " * 8000}))


def test_everything_lies_within_the_margins(kind: str, tmp_path: Path) -> None:
    for source in (snapshot(logo=logo_png()), snapshot(**rows("letter_rows", LETTER_ROWS * 40)), empty_snapshot()):
        body = [word for word in pdf.words(made(kind, source, tmp_path)) if word.bottom < 297 - 20]
        assert min(word.left for word in body) >= 30 - CLOSE
        assert max(word.right for word in body) <= 210 - 20 + CLOSE
        assert min(word.top for word in body) >= 20 - CLOSE
        assert max(word.bottom for word in body) <= 297 - 25 + CLOSE


def test_an_empty_cycle_gives_dotted_lines_on_one_page(kind: str, tmp_path: Path) -> None:
    path = made(kind, empty_snapshot(), tmp_path)
    assert pdf.pages(path) == 1
    assert "......" in pdf.text(path)
    assert "None" not in pdf.text(path)


def test_an_sop_without_the_fields_gives_dotted_lines(kind: str, tmp_path: Path) -> None:
    bare = without_fields(issued_sop(), *issued_sop().fields)
    empty = empty_snapshot()
    source = replace(empty, state=replace(empty.state, sop=bare))
    assert "......" in pdf.text(made(kind, source, tmp_path))


@pytest.mark.parametrize("logo", [None, b"", b"not a picture", logo_png()[:300]], ids=["none", "empty", "text", "cut"])
def test_a_letter_without_a_usable_logo_is_printed_without_it(logo: bytes | None, kind: str, tmp_path: Path) -> None:
    path = made(kind, snapshot(logo=logo), tmp_path)
    assert len(pdf.run("pdfimages", "-list", str(path)).splitlines()) == 2
    assert "PEMERINTAH KABUPATEN SERANG" in pdf.text(path)


def test_a_logo_is_read_once_for_many_letters_and_kept_as_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scan of some megapixels takes longer to read than a letter to be made."""
    opened: list[object] = []
    open_image = Image.open
    monkeypatch.setattr(Image, "open", lambda *given: (opened.append(given), open_image(*given))[1])
    scan = BytesIO()
    Image.effect_noise((900, 1000), 50).save(scan, "PNG")
    first, second = (make("cover-letter", replace(snapshot(), logo=scan.getvalue())).data for _ in range(2))
    assert first == second
    assert len(opened) == 2, "the scan, and what is drawn of it"
    assert b"ASCII85Decode" not in first


def test_the_logo_stands_left_of_the_name(tmp_path: Path) -> None:
    path = made("cover-letter", snapshot(logo=logo_png()), tmp_path)
    assert len(pdf.run("pdfimages", "-list", str(path)).splitlines()) > 2
    assert pdf.find(pdf.words(path), "PEMERINTAH").left > 30 + 22


def test_the_cover_letter_says_what_was_filled_in(tmp_path: Path) -> None:
    source = snapshot(letter_copies_to="Bupati Serang\nArsip")
    text = " ".join(pdf.text(made("cover-letter", source, tmp_path), "-layout").split())
    for said in (
        "Serang, 15 Februari 2027",
        "Yth. Sekretaris Daerah c.q. Kepala Bagian Organisasi Sekretariat Daerah di Tempat",
        "SURAT PENGANTAR NOMOR 000.8.6.3/012/Insp/2027",
        "No Naskah Dinas yang Dikirimkan Banyaknya Keterangan",
        "2 (dua)",
        "Diterima tanggal ....",
        "Penerima Pengirim",
        "Inspektur,",
        "Drs. Rudy Suhartanto, M.Si",
        "Pembina Utama Muda (IV/c)",
        "NIP 19670612 198603 1 003",
        "Tembusan: 1. Bupati Serang 2. Arsip",
    ):
        assert said in text


def test_the_cover_letter_is_laid_out_as_ruled(tmp_path: Path) -> None:
    found = pdf.words(made("cover-letter", snapshot(), tmp_path))
    assert 20 <= pdf.find(found, "PEMERINTAH").top <= 22
    assert pdf.find(found, "2027", 1).right == near(190)
    title = [pdf.find(found, word) for word in ("SURAT", "PENGANTAR")]
    assert (title[0].left + title[1].right) / 2 == near(110)
    # Columns of 6, 46, 19 and 29 % of 160 mm: 9.6, 73.6, 30.4 and 46.4 mm; text begins 1.4 mm inside.
    assert pdf.find(found, "Dokumen").left == near(30 + 9.6 + 1.4)
    assert pdf.find(found, "2").left == near(30 + 9.6 + 73.6 + 1.4)
    assert pdf.find(found, "Disampaikan").left == near(30 + 9.6 + 73.6 + 30.4 + 1.4)
    assert pdf.find(found, "Penerima").left == near(30)
    assert pdf.find(found, "Pengirim").left == near(30 + (160 - 14) / 2 + 14)
    assert pdf.find(found, "Penerima").top == near(pdf.find(found, "Pengirim").top)
    assert pdf.find(found, "Drs.").top - pdf.find(found, "Inspektur,").bottom >= 22


def test_government_and_agency_are_three_to_four(tmp_path: Path) -> None:
    found = pdf.words(made("cover-letter", snapshot(), tmp_path))
    government, agency = pdf.find(found, "PEMERINTAH"), pdf.find(found, "INSPEKTORAT")
    assert (government.bottom - government.top) / (agency.bottom - agency.top) == pytest.approx(0.75, abs=0.01)


@pytest.mark.parametrize(
    ("paper", "size"),
    [("A4", (210, 297)), ("F4 215 × 330 mm", (215, 330)), ("F4 210 × 330 mm", (210, 330)), ("Kuarto", (210, 297))],
)
def test_the_paper_is_the_agencys(paper: str, size: tuple[int, int], kind: str, tmp_path: Path) -> None:
    width, _, height, *_ = pdf.info(made(kind, snapshot(paper=paper), tmp_path))["Page size"].split()
    assert (float(width) * pdf.MM, float(height) * pdf.MM) == (
        pytest.approx(size[0], abs=0.1),
        pytest.approx(size[1], abs=0.1),
    )


@pytest.mark.parametrize("many", range(1, 14))
def test_signatures_never_stand_without_a_row(many: int, tmp_path: Path) -> None:
    found = pdf.words(made("cover-letter", snapshot(**rows("letter_rows", LETTER_ROWS * many)), tmp_path))
    last = max(word.page for word in found)
    on_last = [word.text for word in found if word.page == last]
    assert f"{many}." in on_last
    assert "Pengirim" in on_last


def test_forty_rows_repeat_the_heading_and_lose_none(tmp_path: Path) -> None:
    path = made("cover-letter", snapshot(**rows("letter_rows", LETTER_ROWS * 40)), tmp_path)
    found = pdf.words(path)
    assert [sum(w.text == "Banyaknya" for w in found if w.page == p) for p in range(1, pdf.pages(path) + 1)] == [
        1
    ] * pdf.pages(path)
    assert sum(word.text == "eksemplar" for word in found) == 40
    assert sum(word.text == "PEMERINTAH" for word in found) == 1


def test_long_names_wrap_in_their_own_half(tmp_path: Path) -> None:
    long = "Raden Mas Contoh Panjang " * 12
    source = snapshot(**{"officials/p1/name": long, "receiver_name": long, "receiver_position": long})
    for kind, first in (("cover-letter", "Pengirim"), ("receipt", "menyerahkan,")):
        found = pdf.words(made(kind, source, tmp_path))
        right_half = pdf.find(found, first)
        below = [w for w in found if w.page == right_half.page and w.top > right_half.top and w.bottom < 277]
        assert all(w.right <= 30 + 73 + CLOSE or w.left >= 30 + 73 + 14 - CLOSE for w in below)


def test_a_name_of_300_letters_without_a_space_stays_on_the_page(kind: str, tmp_path: Path) -> None:
    source = snapshot(
        **{"officials/p1/name": "X" * 300, "letter_rows/r1/item": "Y" * 300, "circular_subject": "Z" * 300}
    )
    assert max(word.right for word in pdf.words(made(kind, source, tmp_path))) <= 190 + CLOSE


def test_a_remark_longer_than_a_page_is_printed_whole(tmp_path: Path) -> None:
    source = snapshot(**{"letter_rows/r1/note": "panjang " * 1200})
    assert pdf.text(made("cover-letter", source, tmp_path)).count("panjang") == 1200


def test_characters_that_the_font_lacks_become_question_marks(tmp_path: Path) -> None:
    source = snapshot(**{"letter_rows/r1/item": "Laporan 😀 naik \u202e2026\u0007 é 漢"})
    text = pdf.text(made("cover-letter", source, tmp_path))
    assert "Laporan ? naik 2026 é ?" in text


def test_markup_in_a_text_is_only_text(tmp_path: Path) -> None:
    source = snapshot(**{"letter_rows/r1/item": "<b>Laporan</b> & <font size=99>lampiran"})
    text = " ".join(pdf.text(made("cover-letter", source, tmp_path), "-layout").split())
    assert "<b>Laporan</b> &" in text


@pytest.mark.parametrize(
    ("signer", "status", "says"),
    [
        ("p1", "definitif", ["Inspektur,"]),
        ("p1", "Plt.", ["Plt. Inspektur,"]),
        ("p2", "definitif", ["a.n. Inspektur", "Sekretaris,"]),
        (None, "definitif", ["Inspektur,", "(......"]),
    ],
)
def test_who_signs_with_which_authority(signer: str | None, status: str, says: list[str], tmp_path: Path) -> None:
    source = snapshot(letter_signer=signer, **{"officials/p1/status": status})
    text = pdf.text(made("cover-letter", source, tmp_path))
    assert all(line in text for line in says)
    assert ("a.n." in text) == (signer == "p2")


def test_the_disposition_ticks_what_was_chosen(tmp_path: Path) -> None:
    found = pdf.words(made("disposition", snapshot(), tmp_path))
    ticks = [word for word in found if word.text == "√"]
    assert len(ticks) == 6
    ticked = {
        min((w for w in found if abs(w.top - t.top) < 2 and w.left > t.right), key=lambda w: w.left).text for t in ticks
    }
    assert ticked == {"Segera", "Sekretaris", "Analis", "Tim", "Tindak", "Koordinasikan"}


def test_the_receipt_names_who_took_what_and_when(tmp_path: Path) -> None:
    text = " ".join(pdf.text(made("receipt", snapshot(), tmp_path), "-layout").split())
    for said in ("Selasa, 16 Februari 2027", "09.30 WIB", "Siti Rahmawati, S.Sos.", "NIP 19850312 201001 2 004"):
        assert said in text


def test_proposed_names_are_safe() -> None:
    assert make("cover-letter", snapshot()).name == "Surat Pengantar LKIP 2026.pdf"
    assert make("receipt", snapshot(report_abbreviation="LK/j:IP")).name == "Tanda Terima LKjIP 2026.pdf"
