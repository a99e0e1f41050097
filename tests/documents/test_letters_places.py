"""Where things stand on the letters, in millimetres from the finished PDF, and what stays together over pages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents.catalog import make
from tests.documents import letter_cases as cases
from tests.documents import pdf
from tests.documents.builders import LETTER_ROWS, LONG_TEXT, rows

CLOSE = 0.6  # mm
PADDING = 1.4


def found(kind: str, source: Snapshot, folder: Path) -> list[pdf.Word]:
    return pdf.words(pdf.kept(make(kind, source).data, folder))


def near(value: float) -> Any:
    return pytest.approx(value, abs=CLOSE)


def lefts(width: float, shares: tuple[float, ...], start: float = 30) -> list[float]:
    """Where the text of each column begins, for shares in percent of a width in mm."""
    return [start + width * sum(shares[:n]) / sum(shares) + PADDING for n in range(len(shares))]


def test_the_number_block_and_the_addressee_of_a_letter(tmp_path: Path) -> None:
    words = found("invitation", cases.full(invitation_addressee="Para Irban\nAuditor"), tmp_path)
    labels = [pdf.find(words, text) for text in ("Sifat", "Lampiran", "Hal", "Yth.", "di")]
    assert [word.left for word in labels] == [near(30)] * 5
    colons = [w for w in words if w.text == ":" and w.left < 60 and w.top < labels[3].top]
    assert len({round(w.left, 1) for w in colons}) == 1
    assert colons[0].left > max(word.right for word in labels[:3])
    assert pdf.find(words, "Para").left == near(30 + 12)
    assert pdf.find(words, "Tempat").left == near(30 + 12)
    assert pdf.find(words, "Para").top == near(labels[3].top)


def test_the_columns_of_the_attendance_list(tmp_path: Path) -> None:
    words = found("attendance", cases.full(), tmp_path)
    _, name, position, sign = lefts(160, (8, 33, 30, 29))
    # The name stands in the list first: who presides is named below it.
    assert pdf.find(words, "Lilis").left == near(name)
    assert pdf.find(words, "Auditor").left == near(position)
    assert min(w.left for w in words if w.text == "." * 12) > sign
    numbers = [pdf.find(words, f"{n}.") for n in (2, 3)]
    assert numbers[1].top - numbers[0].top >= 11 - CLOSE, "a row is high enough to sign in"


def test_the_clauses_of_the_decree(tmp_path: Path) -> None:
    words = found("team-decree", cases.full(), tmp_path)
    text = 30 + 30 + 5 * 0.8
    for label, first in (("KESATU", "Membentuk"), ("KELIMA", "Keputusan")):
        word = pdf.find(words, label)
        beside = [w for w in words if w.page == word.page and abs(w.top - word.top) < 1 and w.text == first]
        assert (word.left, beside[0].left) == (near(30), near(text))
    assert pdf.find(words, "bahwa").left == near(text + 8)
    title = pdf.find(words, "MEMUTUSKAN:")
    assert (title.left + title.right) / 2 == near(110)


def test_the_annex_begins_a_page_at_its_right(tmp_path: Path) -> None:
    words = found("team-decree", cases.full(), tmp_path)
    heading = pdf.find(words, "LAMPIRAN")
    assert heading.page == 3
    assert heading.left == near(30 + 160 * 0.44)
    assert heading.top < 22
    assert [w.left for w in words if w.page == 3 and w.text in ("NOMOR", "TANGGAL", "TENTANG")] == [
        near(30 + 160 * 0.44)
    ] * 3


def test_wide_sheets_lie_across(tmp_path: Path) -> None:
    for kind in ("dispatch", "archive-list"):
        path = pdf.kept(make(kind, cases.full()).data, tmp_path)
        width, _, height, *_ = pdf.info(path)["Page size"].split()
        assert (float(width) * pdf.MM, float(height) * pdf.MM) == (near(297), near(210))
    words = found("dispatch", cases.full(), tmp_path)
    shares = (4, 11, 19, 19, 20, 9, 18)
    assert pdf.find(words, "Bagian").left == near(lefts(257, shares, 20)[3])


def test_an_envelope_is_addressed_at_its_right(tmp_path: Path) -> None:
    path = pdf.kept(make("envelope", cases.full()).data, tmp_path)
    width, _, height, *_ = pdf.info(path)["Page size"].split()
    assert (float(width) * pdf.MM, float(height) * pdf.MM) == (near(230), near(110))
    to = pdf.find(pdf.words(path), "Yth.")
    assert to.left == near(12 + 95)
    assert pdf.pages(path) == 1


@pytest.mark.parametrize("lines", range(1, 30, 2))
def test_a_signature_takes_the_last_paragraph_along(lines: int, tmp_path: Path) -> None:
    text = "\n".join([LONG_TEXT.strip()] * lines)
    for kind, field, last in (
        ("data-request", "request_text", "Demikian"),
        ("minutes", "meeting_discussion", "Demikian"),
        ("team-decree", "team_decree_clauses", "KE"),
    ):
        words = found(kind, replace(cases.full(**{field: text}), subject="r1"), tmp_path)
        names = [word for word in words if word.text == "NIP" and word.left > 100]
        for name in names[:1]:
            assert any(word.page == name.page and word.text.startswith(last) for word in words)


def test_a_two_line_title_and_long_names_keep_to_their_places(tmp_path: Path) -> None:
    words = found("invitation", cases.crowded(), tmp_path)
    block = [word for word in words if word.page == 1 and word.bottom < 100]
    assert max(word.right for word in block) <= 190 + CLOSE
    signer = pdf.find(words, "Sekretaris,")
    below = [word for word in words if word.page == signer.page and word.top > signer.bottom and word.bottom < 270]
    assert below
    assert all(word.left >= 117 - CLOSE and word.right <= 190 + CLOSE for word in below if word.left > 100)


@pytest.mark.parametrize("size", ["12", "14"])
def test_an_offices_wide_font_breaks_no_word_of_a_heading_and_no_number(size: str, tmp_path: Path) -> None:
    style = rows("letter_styles", [{"letter": "Semua surat", "font": "Bookman Old Style", "size": size}])
    source = cases.full(**style, **rows("letter_rows", LETTER_ROWS * 20))
    seen = {word.text for word in found("cover-letter", source, tmp_path)}
    assert {"No", "Naskah", "Dinas", "yang", "Dikirimkan", "Banyaknya", "Keterangan", "20."} <= seen


def test_forty_members_fill_pages_under_a_repeated_heading(tmp_path: Path) -> None:
    people = [{"duty": "Anggota", "name": f"Orang {n}", "position": "Auditor"} for n in range(1, 41)]
    words = found("team-decree", cases.full(**rows("team", people)), tmp_path)
    pages = sorted({word.page for word in words if word.text == "Orang"})
    assert pages[0] == 3
    assert len(pages) > 1
    assert [sum(w.page == page and w.text == "No" for w in words) for page in pages] == [1] * len(pages)
    assert sum(word.text == "Orang" for word in words) == 40
