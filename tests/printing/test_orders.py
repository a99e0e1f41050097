"""Papers, pages, offsets and the words of a queue: rules without a printer."""

from __future__ import annotations

import pytest

from lkip_desktop.errors import UserError
from lkip_desktop.printing.fitting import first_choice, offered, warning
from lkip_desktop.printing.offsets import NO_OFFSET, Offset, offset_of
from lkip_desktop.printing.orders import Printer, page_numbers, page_words
from lkip_desktop.printing.papers import Paper, paper_of
from lkip_desktop.printing.queue import JobState, QueueAnswer, answer_words, refusal

A4 = Paper("A4", 210, 297, "A4")
F4 = Paper("F4", 215, 330)
FOLIO = Paper("F4", 210, 330, "Folio")
LEGAL = Paper("Legal", 215.9, 355.6, "Legal")


def printer(*papers: Paper, custom: bool = False) -> Printer:
    return Printer("TU", "Printer TU", False, papers, papers[0], custom, default=True)


@pytest.mark.parametrize(
    ("text", "pages"),
    [("", ()), ("  ", ()), ("2", (2,)), ("1-3, 5", (1, 2, 3, 5)), ("5;1–2", (1, 2, 5)), ("3,3,1 - 3", (1, 2, 3))],
)
def test_page_numbers(text: str, pages: tuple[int, ...]) -> None:
    assert page_numbers(text, 5) == pages
    assert page_numbers(page_words(pages), 5) == pages


@pytest.mark.parametrize("text", ["0", "6", "3-2", "1-6", "dua", "-", "1--2", "9999999"])
def test_page_numbers_that_are_none_give_a_sentence(text: str) -> None:
    with pytest.raises(UserError, match=r"\.$"):
        page_numbers(text, 5)


def test_pages_are_written_shortest() -> None:
    assert page_words((1, 2, 3, 5, 7, 8)) == "1-3,5,7-8"
    assert page_words(()) == ""


@pytest.mark.parametrize(
    ("size", "name"),
    [
        ((210, 297), "A4 (210 × 297 mm)"),
        ((330, 215), "F4 (215 × 330 mm)"),
        ((210, 330), "F4 (210 × 330 mm)"),
        ((230, 110), "Amplop (110 × 230 mm)"),
        ((100, 50), "Ukuran khusus (50 × 100 mm)"),
    ],
)
def test_papers_are_called_by_their_usual_names(size: tuple[int, int], name: str) -> None:
    assert str(paper_of(*size)) == name


def test_both_readings_of_f4_are_two_papers() -> None:
    assert not F4.same(FOLIO)
    assert printer(A4, FOLIO).paper_like(F4) is None
    assert printer(A4, FOLIO).paper_like(Paper("F4", 210, 330)) == FOLIO


def test_the_nearest_paper_rather_holds_the_document() -> None:
    assert printer(A4, FOLIO, LEGAL).nearest(F4) == LEGAL
    assert printer(A4, FOLIO).nearest(F4) == FOLIO


def test_a_document_goes_on_its_own_paper_else_on_the_last_one() -> None:
    assert first_choice(printer(LEGAL, A4), Paper("A4", 210, 297)) == A4
    assert first_choice(printer(A4, LEGAL), F4, str(LEGAL)) == LEGAL
    assert first_choice(printer(A4, LEGAL), F4, "Koran") == A4
    assert first_choice(printer(A4, FOLIO), F4) == FOLIO
    assert offered(printer(A4, custom=True), F4) == [A4, F4]
    assert offered(printer(A4), F4) == [A4]


@pytest.mark.parametrize(
    ("chosen", "fit", "says"),
    [
        (A4, True, "disesuaikan agar muat di A4"),
        (A4, False, "terpotong di A4"),
        (LEGAL, False, "ukuran asli di tengah Legal"),
        (F4, False, "pastikan kertas itu sudah dipasang"),
    ],
)
def test_what_becomes_of_f4_is_said_before_printing(chosen: Paper, fit: bool, says: str) -> None:
    text = warning(printer(A4, LEGAL, custom=True), F4, chosen, fit=fit)
    assert text.startswith("Printer ini tidak mendaftarkan kertas F4 (215 × 330 mm).")
    assert says in text


def test_a_paper_that_holds_the_document_is_named() -> None:
    assert f"memuat ukuran aslinya: {LEGAL}." in warning(printer(A4, LEGAL), F4, A4, fit=True)
    assert "memuat" not in warning(printer(A4), F4, A4, fit=True).replace("agar muat", "")


def test_nothing_is_said_when_all_is_right() -> None:
    assert warning(printer(A4), A4, A4, fit=False) == ""


@pytest.mark.parametrize("offset", [NO_OFFSET, Offset(1.5, -0.5), Offset(-15, 15)])
def test_an_offset_is_kept_and_read_back(offset: Offset) -> None:
    assert offset_of(str(offset)) == offset


@pytest.mark.parametrize("text", ["", "satu dua", "1", "1 2 3", "16 0", "0 nan"])
def test_an_unreadable_offset_is_none(text: str) -> None:
    assert offset_of(text) == NO_OFFSET


def test_a_jobs_state_is_told_in_words() -> None:
    assert answer_words(QueueAnswer("TU", 12, JobState.DONE)) == "pekerjaan TU-12 selesai dicetak"
    assert answer_words(QueueAnswer("TU", 0, JobState.UNKNOWN)) == "dikirim"
    assert QueueAnswer("TU", 3, JobState.GONE).ended
    assert not QueueAnswer("TU", 3, JobState.STOPPED).ended


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("lp: Error - The printer or class does not exist.", "printer itu sudah tidak ada"),
        ('lp: Destination "TU" is not accepting jobs.', "tidak menerima pekerjaan baru"),
        ("lp: Not allowed to print.", "akun ini tidak diizinkan"),
        ("lp: Unable to connect to server", "layanan cetak tidak berjalan"),
        ("lp: Something else", "jawaban sistem: lp: Something else"),
    ],
)
def test_a_refusal_is_a_sentence(answer: str, says: str) -> None:
    sentence = refusal("TU", answer)
    assert says in sentence
    assert "Data siklus tidak berubah" in sentence
    assert "simpan sebagai PDF" in sentence
