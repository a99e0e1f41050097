"""An office's own style document: its look is taken, what it lacks is ours, page numbers follow its measures."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.shared import Mm, Pt
from openxml_audit import OpenXmlValidator

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents.assets import asset
from lkip_desktop.documents.catalog import make
from lkip_desktop.documents.docx_style import office_style
from lkip_desktop.documents.report_blocks import headings
from lkip_desktop.documents.report_build import report
from lkip_desktop.documents.report_layout import page_labels
from lkip_desktop.documents.report_style import measured_by, own_page, own_styles
from lkip_desktop.errors import UserError
from tests.documents import pdf
from tests.documents.builders import LONG_TEXT, many_snapshot, rich_snapshot
from tests.documents.conftest import Reader
from tests.documents.test_report_pages import next_page, page_texts, printed_labels

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def saved(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def office_document(font: str = "Arial") -> bytes:
    """F4 paper, other margins, smaller text, coloured headings, one font: as an office sets up its Word."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(215), Mm(330)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = (
        Mm(n) for n in (25, 25, 30, 30)
    )
    styles: Any = document.styles
    styles["Normal"].font.size = Pt(11)
    for fonts in styles.element.iter(f"{W}rFonts"):
        fonts.attrib.clear()
        fonts.set(f"{W}ascii", font)
        fonts.set(f"{W}hAnsi", font)
    styles["Body Text"].paragraph_format.space_after = Pt(8)
    styles["Body Text"].paragraph_format.line_spacing = 1.5
    return saved(document)


def localised(data: bytes) -> bytes:
    """The same as Word keeps it in Indonesian: other ids under the same names."""
    document = docx.Document(BytesIO(data))
    renamed = {"Heading1": "Judul1", "BodyText": "TeksIsi"}
    for node in document.styles.element.iter(f"{W}style", f"{W}basedOn", f"{W}next", f"{W}link"):
        key = f"{W}styleId" if node.tag == f"{W}style" else f"{W}val"
        node.set(key, renamed.get(node.get(key), node.get(key)))
    return saved(document)


def letter_document() -> bytes:
    """Letter paper, lines spread by a factor, lists without space between their items, a rule below the title."""
    document = docx.Document(BytesIO(office_document()))
    section = document.sections[0]
    section.page_width, section.page_height = Mm(215.9), Mm(279.4)
    styles: Any = document.styles
    normal = styles["Normal"].paragraph_format
    normal.line_spacing, normal.space_after = 2.0, Pt(10)
    return saved(document)


def listed_snapshot() -> Snapshot:
    """Many lists, so that a space that is wrong between their items adds up."""
    text = "\n".join((LONG_TEXT, *(f"- Butir {n} yang dibahas dalam rapat" for n in range(1, 9)), LONG_TEXT))
    names = ("report_organisation", "report_issues", "report_renstra", "report_budget")
    rich = rich_snapshot()
    return replace(rich, state=replace(rich.state, values={**rich.state.values, **dict.fromkeys(names, text)}))


CASES = {"F4": (many_snapshot, office_document), "Letter": (listed_snapshot, letter_document)}


@pytest.fixture(scope="module", params=CASES)
def converted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """A long report in the office's style, and what LibreOffice makes of it."""
    folder = tmp_path_factory.mktemp("gaya")
    content, style = CASES[request.param]
    path, snapshot = folder / "laporan.docx", replace(content(), style=style())
    path.write_bytes(make("report", snapshot).data)
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return Reader(snapshot, path, path.with_suffix(".pdf"))


def test_our_own_document_measures_as_we_do() -> None:
    found = office_style(asset("report-style.docx").read_bytes())
    assert found.notices == ()
    assert found.look.page == own_page()
    for name, style in own_styles().items():
        taken = found.look.styles[name]
        assert replace(taken, left=0, right=0, first_line=0, hanging=0, line=0) == replace(
            style, left=0, right=0, first_line=0, hanging=0, line=0
        ), name
        for side in ("left", "right", "first_line", "hanging", "line"):
            assert getattr(taken, side) == pytest.approx(getattr(style, side), abs=0.05), (name, side)


@pytest.mark.parametrize("change", [lambda data: data, localised], ids=["as is", "Word in Indonesian"])
def test_the_look_is_the_offices_and_what_it_lacks_is_ours(change: Any, tmp_path: Path) -> None:
    style = change(office_document())
    data = make("report", replace(many_snapshot(), style=style)).data
    document: Any = docx.Document(BytesIO(data))
    assert (round(document.sections[0].page_width.mm), round(document.sections[0].page_height.mm)) == (215, 330)
    assert document.styles["Normal"].font.size == Pt(11)
    assert document.styles["heading 1"].style_id == "Heading1"
    used = {node.get(f"{W}val") for node in document.element.body.iter(f"{W}pStyle")}
    assert used <= {node.get(f"{W}styleId") for node in document.styles.element.iter(f"{W}style")}
    notices = " ".join(office_style(style).notices)
    assert "Butir" in notices
    assert "Catatan" in notices
    assert "huruf" not in notices.lower()
    path = tmp_path / "laporan.docx"
    path.write_bytes(data)
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []
    settings = document.settings.element
    assert settings.find(f"{W}updateFields") is None


def test_every_page_number_is_right_in_the_offices_measures(converted: Reader) -> None:
    content = report(converted.snapshot)
    assert converted.snapshot.style is not None
    with measured_by(office_style(converted.snapshot.style).look):
        labels = page_labels(content)
    texts, printed = page_texts(converted), printed_labels(converted)
    assert labels != page_labels(content)
    start, wrong = 0, []
    for entry in headings(content):
        start = next_page(texts, entry, start)
        if printed[start] != labels[entry.key]:
            wrong.append((entry.text, labels[entry.key], printed[start]))
    assert wrong == []


def test_the_pdf_twin_has_as_many_pages(converted: Reader, tmp_path: Path) -> None:
    twin = pdf.kept(make("report-pdf", converted.snapshot).data, tmp_path)
    assert pdf.pages(twin) == pdf.pages(converted.pdf)


def test_another_font_is_told() -> None:
    (notice,) = [one for one in office_style(office_document("Bookman Old Style")).notices if "Huruf" in one]
    assert "Bookman Old Style" in notice


def test_what_cannot_be_used_gives_a_sentence() -> None:
    for data in (b"%PDF-1.7", b"PK\x03\x04 bukan zip"):
        with pytest.raises(UserError):
            office_style(data)
    document = docx.Document()
    document.sections[0].left_margin = Mm(180)
    with pytest.raises(UserError, match="terlalu sempit"):
        office_style(saved(document))
