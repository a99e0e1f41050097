"""The words that differ inside two texts are marked, and nothing of either text is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lkip_desktop.documents.docx_words import MOST_WORDS, Piece, figures_differ, word_marks

TEXT = st.text(alphabet="ab 1.,\n", max_size=60)


def test_a_changed_word_is_marked_on_both_sides() -> None:
    old, new = word_marks("Capaian 98,39 persen", "Capaian 99,10 persen")
    assert old == (Piece("Capaian "), Piece("98,39", True), Piece(" persen"))
    assert new == (Piece("Capaian "), Piece("99,10", True), Piece(" persen"))


def test_what_one_side_lacks_is_marked_whole() -> None:
    assert word_marks("", "baru sama sekali") == ((), (Piece("baru sama sekali", True),))
    long = "kata " * MOST_WORDS
    assert word_marks(long, long + "lagi") == ((Piece(long, True),), (Piece(long + "lagi", True),))


@given(TEXT, TEXT)
def test_the_pieces_make_up_the_texts(old: str, new: str) -> None:
    before, after = word_marks(old, new)
    assert "".join(piece.text for piece in before) == old
    assert "".join(piece.text for piece in after) == new
    if old == new:
        assert not any(piece.changed for piece in (*before, *after))


def test_only_other_numbers_count_as_other_figures() -> None:
    assert not figures_differ("sebesar 98,39 persen", "mencapai 98,39 persen")
    assert figures_differ("sebesar 98,39 persen", "sebesar 98,40 persen")
