"""What holds for every letter, measured in the finished PDF with poppler and qpdf."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageFilter

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents.catalog import make
from lkip_desktop.documents.letter_frame import look
from lkip_desktop.documents.letter_kinds import LETTERS
from lkip_desktop.documents.letter_style import usual_look
from tests.documents import letter_cases as cases
from tests.documents import pdf
from tests.documents.builders import empty_snapshot, rows

CLOSE = 0.6  # mm
FIRM_SPACES = 18 * 12 * 0.278 * pdf.MM  # of Arial 12
WITH_KOP = tuple(kind for kind in cases.KINDS if not kind.endswith(("-label", "-labels")))
SIGNED = {
    # The last line above the space for the signature that closes each letter.
    "disposition": "Inspektur,",
    "team-decree": "SERANG,",
    "data-request": "Sekretaris,",
    "reminder": "Sekretaris,",
    "invitation": "Sekretaris,",
    "attendance": "rapat,",
    "minutes": "rapat,",
    "corrections": "Sekretaris,",
    "review-record": "Inspektur,",
    "review-checklist": "Reviu,",
    "review-statement": "Inspektur,",
    "cover-letter": "Inspektur,",
}
MARGINS = {
    # top, bottom, left, right as ruled or, for what is cut out, as in letter.toml
    "address-label": (15, 15, 15, 15),
    "letter-labels": (15, 15, 15, 15),
    "archive-label": (15, 15, 15, 15),
    "envelope": (10, 15, 12, 12),
    "dispatch": (20, 20, 20, 20),
    "archive-list": (20, 20, 20, 20),
}


def made(kind: str, source: Snapshot, folder: Path) -> Path:
    return pdf.kept(make(kind, source).data, folder)


def near(value: float) -> Any:
    return pytest.approx(value, abs=CLOSE)


@pytest.fixture(params=cases.KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_letter_is_sound_embedded_titled_and_indonesian(kind: str, tmp_path: Path) -> None:
    path = made(kind, cases.full(), tmp_path)
    assert "No syntax or stream encoding errors" in pdf.run("qpdf", "--check", str(path))
    family = "LkipBonum" if kind == "team-decree" else "LiberationSans"
    assert {name.split("-")[0] for name, _ in pdf.fonts(path)} == {family}
    assert all(embedded for _, embedded in pdf.fonts(path))
    info = pdf.info(path)
    title = next(letter.title for letter in LETTERS if letter.id == kind)
    assert (info["Title"], info["Author"]) == (f"{title} LKIP 2026", "Inspektorat Kabupaten Serang")
    assert "unspecified" not in info["Subject"]
    assert b"/Lang (id-ID)" in path.read_bytes()
    assert ("riwayat 0a1b2c3d" in pdf.text(path)) == (kind not in cases.BARE)


def test_the_same_cycle_gives_the_same_bytes(kind: str) -> None:
    assert make(kind, cases.full()).data == make(kind, cases.full()).data
    assert make(kind, cases.issued()).data == make(kind, cases.issued()).data


@pytest.mark.parametrize("make_source", [cases.full, cases.crowded, cases.issued, empty_snapshot])
def test_everything_lies_within_the_margins(kind: str, make_source: Any, tmp_path: Path) -> None:
    path = made(kind, make_source(), tmp_path)
    width, _, height, *_ = (part for part in pdf.info(path)["Page size"].split())
    wide, high = float(width) * pdf.MM, float(height) * pdf.MM
    top, bottom, left, right = MARGINS.get(kind, (20, 25, 30, 20))
    body = [word for word in pdf.words(path) if word.bottom < high - bottom + 4]
    assert min(word.left for word in body) >= left - CLOSE
    assert max(word.right for word in body) <= wide - right + CLOSE
    assert min(word.top for word in body) >= top - CLOSE
    assert max(word.bottom for word in body) <= high - bottom + CLOSE
    assert "None" not in {word.text for word in body}


def test_an_empty_cycle_gives_dotted_lines(kind: str, tmp_path: Path) -> None:
    text = pdf.text(made(kind, empty_snapshot(), tmp_path))
    assert "......" in text
    assert "{" not in text


@pytest.mark.parametrize("name", WITH_KOP)
def test_the_kop_stands_on_the_first_page_only(name: str, tmp_path: Path) -> None:
    for source in (cases.full(), cases.crowded()):
        path = made(name, replace(source, subject="r2", logo=None), tmp_path)
        tops = [word for word in pdf.words(path) if word.text == "PEMERINTAH" and word.top < 30]
        assert [word.page for word in tops] == [1]
        assert tops[0].top == near(MARGINS.get(name, (20,))[0] + 0.8)


@pytest.mark.parametrize("name", WITH_KOP)
def test_a_letter_without_a_usable_logo_is_printed_without_it(name: str, tmp_path: Path) -> None:
    for logo in (None, b"not a picture"):
        path = made(name, replace(cases.full(), logo=logo), tmp_path)
        assert len(pdf.run("pdfimages", "-list", str(path)).splitlines()) == 2
        assert "PEMERINTAH KABUPATEN SERANG" in pdf.text(path)


@pytest.mark.parametrize(("name", "line"), SIGNED.items())
def test_the_signature_stands_in_the_right_half_with_room_to_sign(name: str, line: str, tmp_path: Path) -> None:
    found = pdf.words(made(name, replace(cases.full(), subject="r2"), tmp_path))
    ends = [w for w in found if w.text == line and w.left >= 110 and not _followed(w, found)]
    last = ends[-1]
    below = [w for w in found if w.page == last.page and w.top > last.bottom and w.left >= 110]
    first = min(below, key=lambda word: word.top)
    assert first.top - last.bottom >= 22 - CLOSE
    if name != "disposition":  # stands inside its box
        starts = [w for w in found if w.page == last.page and abs(w.top - first.top) < 1 and w.left >= 110]
        assert min(word.left for word in starts) == near(30 + (160 - 14) / 2 + 14)


def _followed(word: pdf.Word, found: list[pdf.Word]) -> bool:
    return any(w.page == word.page and abs(w.top - word.top) < 1 and w.left > word.right for w in found)


@pytest.mark.parametrize("many", [1, 2, 3, 4, 9, 20])
def test_two_reviewers_sign_on_the_page_of_their_record_and_nobody_signs_apart(many: int, tmp_path: Path) -> None:
    team = [{**cases.REVIEWERS[0], "name": f"Asesor {n}, S.E."} for n in range(1, many + 1)]
    path = made("review-record", cases.full(**rows("review_team", team)), tmp_path)
    text, found = pdf.text(path), pdf.words(path)
    assert text.count(f"Asesor {many}, S.E.") == 2, "named at the beginning, signing at the end"
    assert many > 2 or max(word.page for word in found) == 1
    known = next(word for word in found if word.text == "Mengetahui,")
    assert [w for w in found if w.page == known.page and w.text == f"{many}."], "signing with the head on a page"


@pytest.mark.parametrize("many", [*range(1, 24), 40])
@pytest.mark.parametrize(
    ("name", "table", "row"),
    [
        ("attendance", "meeting_participants", cases.GUESTS[0]),
        ("corrections", "corrections", cases.CORRECTIONS[0]),
        ("team-decree", "team", cases.TEAM[0]),
        ("minutes", "meeting_decisions", cases.DECISIONS[0]),
    ],
)
def test_signatures_never_stand_without_a_row(
    name: str, table: str, row: dict[str, str], many: int, tmp_path: Path
) -> None:
    found = pdf.words(made(name, cases.full(**rows(table, [row] * many)), tmp_path))
    last = max(word.page for word in found)
    on_last = {word.text for word in found if word.page == last}
    assert f"{many}." in on_last
    assert {"NIP", "No"} <= on_last, "the row's heading is repeated where the signature stands"


def test_forty_sign_the_attendance_list_under_a_heading_on_each_page(tmp_path: Path) -> None:
    path = made("attendance", cases.crowded(), tmp_path)
    found = pdf.words(path)
    pages = pdf.pages(path)
    assert pages > 2
    assert [sum(w.text == "Tanda" for w in found if w.page == page) for page in range(1, pages + 1)] == [1] * pages
    signing = sorted((w for w in found if w.text == "." * 12), key=lambda word: (word.page, word.top))
    assert len(signing) == 40
    assert signing[1].left - signing[0].left == near(FIRM_SPACES), "they alternate, so that signatures do not collide"


def test_a_correction_of_paper_and_font_needs_no_code(kind: str, tmp_path: Path) -> None:
    title = next(letter.title for letter in LETTERS if letter.id == kind)
    style = {"letter": title, "paper": "F4 215 × 330 mm", "font": "Times New Roman", "left": "25", "top": "12,5"}
    path = made(kind, cases.full(**rows("letter_styles", [style]), paper="A4"), tmp_path)
    assert {name.split("-")[0] for name, _ in pdf.fonts(path)} == {"LiberationSerif"}
    size = sorted(float(part) * pdf.MM for part in pdf.info(path)["Page size"].split() if part[0].isdigit())
    assert size == [pytest.approx(215, abs=0.1), pytest.approx(330, abs=0.1)]
    found = pdf.words(path)
    assert min(word.left for word in found) >= 25 - CLOSE
    assert min(word.top for word in found) >= 12.5 - CLOSE


def test_the_type_size_and_a_word_are_the_offices(tmp_path: Path) -> None:
    style = rows("letter_styles", [{"letter": "Semua surat", "size": "11"}])
    said = rows("letter_words", [{"letter": "Surat Undangan", "usual": "Hal", "own": "Perihal"}])
    usual = pdf.words(made("invitation", cases.full(), tmp_path))
    own = pdf.words(made("invitation", cases.full(**style, **said), tmp_path))
    before, after = pdf.find(usual, "Undangan"), pdf.find(own, "Undangan")
    assert (after.bottom - after.top) / (before.bottom - before.top) == pytest.approx(11 / 12, abs=0.01)
    assert "Perihal" in {word.text for word in own}
    assert "Hal" not in {word.text for word in own}
    assert "Perihal" not in {word.text for word in usual}


@pytest.mark.parametrize("kind", ["envelope", "address-label", "dispatch"])
def test_what_is_set_for_all_letters_leaves_envelopes_labels_and_wide_sheets_their_own(kind: str) -> None:
    """Otherwise an office whose letters are on F4 would print its envelopes on F4 too."""
    style = {"letter": "Semua surat", "paper": "F4 215 × 330 mm", "left": "40", "top": "35"}
    usual = usual_look(kind)
    found = look(kind, cases.full(**rows("letter_styles", [style]), paper="A4"))
    assert found.margins == usual.margins
    assert found.paper == (usual.paper or "F4 215 × 330 mm")


def test_margins_that_leave_no_room_are_left_out(tmp_path: Path) -> None:
    wide = {"letter": "Amplop", "top": "60", "bottom": "60"}
    assert pdf.pages(made("envelope", cases.full(**rows("letter_styles", [wide])), tmp_path)) == 1


@pytest.mark.parametrize("size", ["", "0", "-3", "99", "banyak", "nan", "inf"])
def test_a_size_that_no_page_can_take_is_left_out(size: str) -> None:
    style = rows("letter_styles", [{"letter": "Semua surat", "size": size, "left": size}])
    assert make("invitation", cases.full(**style)).data == make("invitation", cases.full()).data


def test_a_letter_looks_as_the_picture_that_a_person_has_looked_at(kind: str) -> None:
    with Image.open(cases.GOLDEN / f"{kind}.png") as kept:
        golden = kept.convert("L")
    drawn = cases.sheet(make(kind, cases.full()).data)
    assert drawn.size == golden.size
    assert _apart(drawn, golden) < 0.0005
    assert _apart(drawn, ImageChops.offset(golden, 0, 6)) > 0.0005, "a shift of 2 mm is seen"


def _apart(one: Image.Image, other: Image.Image) -> float:
    """The share of the page that differs clearly, after a blur that forgives other edges of the same letters."""
    blurred = (picture.filter(ImageFilter.BoxBlur(1)) for picture in (one, other))
    differs = ImageChops.difference(*blurred).point(lambda value: 255 if value > 50 else 0)
    return differs.histogram()[255] / (one.width * one.height)
