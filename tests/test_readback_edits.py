"""What colleagues do to a report in Word besides changing words: nothing of it is lost, and no figure is taken."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from db.files import CycleFiles
from lkip_desktop import office
from lkip_desktop.attachments import IncomingFile
from lkip_desktop.documents.catalog import make
from lkip_desktop.documents.kinds import DOCX
from lkip_desktop.errors import Cancelled
from lkip_desktop.exchange import Line, Preview, Verdict, import_file
from lkip_desktop.office import Changed, Cycle
from lkip_desktop.ports import SystemClock
from lkip_desktop.readback import report_preview
from lkip_desktop.sample import Sample, play_sample
from lkip_desktop.workflow.events import Who
from tests.documents.builders import logo_png

DAY = date(2027, 1, 20)
TEXT = "Alfa satu.\nBeta dua.\n- butir a\nGamma tiga."
SIGNED = 'w:id="900" w:author="Sekretaris" w:date="2027-01-19T08:00:00Z"'
Edit = Callable[[Any], object]


@pytest.fixture(scope="module")
def cycle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cycle]:
    path = tmp_path_factory.mktemp("siklus") / "LKIP-2026.lkip"
    play_sample(CycleFiles(), path, Sample(2026, 4, datetime(2027, 1, 18, tzinfo=UTC)))
    opened, _ = office.open_cycle(CycleFiles(), path, SystemClock())
    assert opened is not None
    office.fill(opened, Who("Rina", "tim"), {"report_issues": TEXT})
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def report(cycle: Cycle) -> bytes:
    return make("report", office.snapshot(cycle, DAY)).data


def after(cycle: Cycle, report: bytes, *edits: Edit) -> Preview:
    """What is told of a report after some edits."""
    document = docx.Document(BytesIO(report))
    for edit in edits:
        edit(document)
    out = BytesIO()
    document.save(out)
    data = out.getvalue()
    return report_preview(cycle, IncomingFile("draf.docx", data, hashlib.sha256(data).hexdigest(), DOCX), DAY)


def paragraph(document: Any, words: str) -> Any:
    return next(p for p in document.paragraphs if words in p.text)


def xml(text: str) -> Any:
    head, _, rest = text.partition(">")
    close = "/" if head.endswith("/") else ""
    return parse_xml(f"{head.removesuffix('/')} {nsdecls('w', 'r')}{close}>{rest}")


def measured(document: Any) -> Any:
    """The program's table of all indicators."""
    return next(t for t in document.tables if any(cell.text == "74,20" for cell in t.column_cells(4)))


def table_after_alfa(document: Any) -> None:
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Uraian", "Jumlah"
    table.cell(1, 0).text, table.cell(1, 1).text = "Auditor", "12"
    table.cell(1, 1).add_paragraph("orang")
    paragraph(document, "Alfa satu")._p.addnext(table._tbl)


def heading_after_alfa(document: Any) -> None:
    made = document.add_paragraph("Subjudul kantor", style="Heading 4")
    paragraph(document, "Alfa satu")._p.addnext(made._p)


def two_faces(document: Any) -> None:
    run = paragraph(document, "Beta dua").add_run(" Tegas.")
    run.bold = run.italic = True


def list_by_number(document: Any) -> None:
    """As Word marks items when its buttons are pressed: by a list's number, not by a style."""
    root = document.part.numbering_part.element
    marks = root.iter(_w("numFmt"))
    bullets = next(mark for mark in marks if mark.get(_w("val")) == "bullet").getparent().getparent()
    made = root.add_num(int(bullets.get(_w("abstractNumId"))))
    properties = paragraph(document, "Beta dua")._p.get_or_add_pPr()
    properties.append(xml(f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{made.numId}"/></w:numPr>'))


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))


def end_of_alfa_deleted(document: Any) -> None:
    paragraph(document, "Alfa satu")._p.get_or_add_pPr().append(xml(f"<w:rPr><w:del {SIGNED}/></w:rPr>"))


def text_box(document: Any) -> None:
    """A text box, with the copy for older programs that Word writes beside it."""
    words = "<w:txbxContent><w:p><w:r><w:t>Kotak</w:t></w:r></w:p></w:txbxContent>"
    space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = f"<mc:Choice Requires='wps'><w:drawing>{words}</w:drawing></mc:Choice>"
    both += f"<mc:Fallback><w:pict>{words}</w:pict></mc:Fallback>"
    paragraph(document, "Beta dua")._p.append(
        xml(f"<w:r><mc:AlternateContent {space}>{both}</mc:AlternateContent></w:r>")
    )


def symbol(document: Any) -> None:
    """As Word's dialog for symbols puts it in, from two fonts."""
    words = "".join(
        f'<w:sym w:font="{font}" w:char="{code}"/>' for font, code in (("Symbol", "F0B3"), ("Arial", "00B1"))
    )
    paragraph(document, "Beta dua")._p.append(xml(f"<w:r>{words}<w:t>80</w:t></w:r>"))


def equation(document: Any) -> None:
    space = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    parts = ("num", "realisasi"), ("den", "target + 1")
    fraction = "".join(f"<m:{name}><m:r><m:t>{text}</m:t></m:r></m:{name}>" for name, text in parts)
    made = f"<m:oMath {space}><m:r><m:t> E = </m:t></m:r><m:f>{fraction}</m:f></m:oMath>"
    paragraph(document, "Beta dua")._p.append(parse_xml(made))


TEXTS = {
    table_after_alfa: TEXT.replace("Beta", "| Uraian | Jumlah |\n| Auditor | 12 orang |\nBeta"),
    heading_after_alfa: TEXT.replace("Beta", "**Subjudul kantor**\nBeta"),
    two_faces: TEXT.replace("Beta dua.", "Beta dua. ***Tegas.***"),
    symbol: TEXT.replace("dua.", "dua.≥±80"),
    equation: TEXT.replace("dua.", "dua. E = realisasi/(target + 1)"),
    list_by_number: TEXT.replace("Beta", "- Beta"),
    end_of_alfa_deleted: TEXT.replace("Alfa satu.\n", "Alfa satu. "),
}


@pytest.mark.parametrize(("edit", "text"), TEXTS.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_a_text_is_read_to_its_end(cycle: Cycle, report: bytes, edit: Edit, text: str) -> None:
    seen = after(cycle, report, edit)
    assert [(line.verdict, line.new) for line in seen.lines] == [(Verdict.CHANGE, text)]


@pytest.mark.parametrize("edit", TEXTS, ids=lambda edit: edit.__name__)
def test_what_was_taken_is_in_the_next_report_and_is_not_offered_again(
    report: bytes, tmp_path: Path, cycle: Cycle, edit: Edit
) -> None:
    path = tmp_path / "LKIP-2026.lkip"
    path.write_bytes(cycle.store.path.read_bytes())
    own, _ = office.open_cycle(CycleFiles(), path, SystemClock())
    assert own is not None
    assert isinstance(import_file(own, Who("Rina", "tim"), after(own, report, edit)), Changed)
    assert after(own, report, edit).lines == ()
    assert after(own, make("report", office.snapshot(own, DAY)).data).lines == ()
    own.close()


def picture(document: Any) -> None:
    made = document.add_paragraph()
    made.add_run().add_picture(BytesIO(logo_png()))
    paragraph(document, "Beta dua")._p.addnext(made._p)


def chart_value(document: Any) -> None:
    """As Word does when the figures of a chart are edited."""
    part = next(part for part in document.part.package.iter_parts() if "/charts/chart1." in str(part.partname))
    part._blob = part.blob.replace(b"98.39", b"99.93")


def running_head(document: Any) -> None:
    document.sections[-1].header.paragraphs[0].add_run(" RAHASIA")


def caption(document: Any) -> None:
    found = next(p for p in document.paragraphs if p.style.name == "Caption" and OWN in p.text)
    found.runs[-1].text += " (sementara)"


TOLD = {
    picture: ("Gambar", "", "[gambar]"),
    chart_value: ("Gambar", "[gambar]", "[gambar] diganti"),
    text_box: ("Teks tetap", "", "Kotak teks: Kotak"),
    running_head: ("Teks tetap", "", "LKIP Tahun 2026 Inspektorat Kabupaten Contoh RAHASIA"),
}


@pytest.mark.parametrize(("edit", "told"), TOLD.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_what_stands_beside_the_texts_is_told(
    cycle: Cycle, report: bytes, edit: Edit, told: tuple[str, str, str]
) -> None:
    seen = after(cycle, report, edit)
    assert [(line.column, line.old, line.new) for line in seen.lines] == [told]
    assert seen.empty


def reworded(words: str, old: str, new: str) -> Edit:
    def edit(document: Any) -> None:
        # Lists of contents and figures hold the same words before.
        found = [one for one in document.paragraphs if words in one.text][-1]
        texts = [node for run in found.runs for node in run._r.iter(_w("t"))]
        whole = "".join(node.text for node in texts).replace(old, new)
        for node in texts:
            node.text, whole = whole, ""

    return edit


def test_a_figure_in_a_line_of_the_program_is_told(cycle: Cycle, report: bytes) -> None:
    (line,) = after(cycle, report, reworded("sehingga kinerja Inspektorat", "95,68", "98,65")).lines
    assert ("95,68" in line.old, "98,65" in line.new, line.path) == (True, True, "")
    assert "Angka dan tabel berasal dari data siklus" in line.note


def test_numbers_that_word_counts_are_no_edit(cycle: Cycle, report: bytes) -> None:
    renumbered = reworded("Perkembangan Jumlah temuan berulang", "7", "8")
    assert after(cycle, report, renumbered).lines == ()


def row_gone(document: Any) -> None:
    table = measured(document)
    table._tbl.remove(table.rows[2]._tr)


def row_added(document: Any) -> None:
    measured(document).add_row().cells[1].text = "Indikator susulan"


def table_gone(document: Any) -> None:
    table = measured(document)._tbl
    table.getparent().remove(table)


OWN = "Capaian Indikator Kinerja Tahun 2026"
ROWS = {
    row_gone: ("Baris", "2. | Level kapabilitas APIP | level | 3 | 3 | 100,00 % | Sangat Tinggi", ""),
    row_added: ("Baris", "", " | Indikator susulan |  |  |  |  | "),
    table_gone: ("Tabel", "8 baris", ""),
}


@pytest.mark.parametrize(("edit", "told"), ROWS.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_rows_of_our_tables_are_told_one_by_one(
    cycle: Cycle, report: bytes, edit: Edit, told: tuple[str, str, str]
) -> None:
    seen = after(cycle, report, edit)
    assert [(line.subject, line.column, line.old, line.new) for line in seen.lines] == [(OWN, *told)]
    assert seen.empty


def test_a_row_that_went_does_not_hide_a_cell_that_changed(cycle: Cycle, report: bytes) -> None:
    def cell_changed(document: Any) -> None:
        found = next(cell for cell in measured(document).column_cells(4) if cell.text == "86,50")
        found.paragraphs[0].runs[0].text = "88,00"

    gone, changed = after(cycle, report, row_gone, cell_changed).lines
    assert gone.old.startswith("2. | Level kapabilitas APIP")
    assert (changed.column, changed.old, changed.new) == ("Realisasi 2026", "86,50", "88,00")


def test_a_table_under_another_caption_is_still_compared(cycle: Cycle, report: bytes) -> None:
    seen = after(cycle, report, row_gone, caption)
    assert {line.old.partition(" | ")[0] for line in seen.lines} == {"2.", f"Tabel 7. {OWN}"}
    assert seen.empty


def remarks(seen: Preview) -> list[Line]:
    return [line for line in seen.lines if line.column == "Koreksi"]


def test_what_is_said_about_a_figure_in_a_table_is_a_correction(cycle: Cycle, report: bytes) -> None:
    def comment(document: Any) -> None:
        cell = next(cell for cell in measured(document).column_cells(4) if cell.text == "74,20")
        document.add_comment(cell.paragraphs[0].runs, text="Mohon dicek.", author="Sekretaris")
        cell.paragraphs[0]._p.append(xml(f"<w:ins {SIGNED}><w:r><w:t>0</w:t></w:r></w:ins>"))

    added, said = remarks(after(cycle, report, comment))
    assert added.new == "Ditambahkan Sekretaris, 19 Januari 2027: 0"
    assert said.new.endswith("Mohon dicek. (tentang: “74,20”)")
    assert {added.subject, said.subject} == {"2. Capaian Seluruh Indikator Kinerja"}


def test_the_same_change_at_two_places_is_two_corrections(cycle: Cycle, report: bytes) -> None:
    def insert(document: Any) -> None:
        for words in ("Alfa satu", "Gamma tiga"):
            for part in (" dan", " juga"):
                change = xml(f'<w:ins {SIGNED}><w:r><w:t xml:space="preserve">{part}</w:t></w:r></w:ins>')
                paragraph(document, words)._p.append(change)

    assert [line.new for line in remarks(after(cycle, report, insert))] == [
        "Ditambahkan Sekretaris, 19 Januari 2027: dan juga"
    ] * 2


def test_what_was_moved_says_who_moved_it(cycle: Cycle, report: bytes) -> None:
    def move(document: Any) -> None:
        run = "<w:r><w:t>Gamma tiga.</w:t></w:r>"
        last = paragraph(document, "Gamma tiga")._p
        for old in last.findall(_w("r")):
            last.remove(old)
        last.append(xml(f"<w:moveFrom {SIGNED}>{run}</w:moveFrom>"))
        made = xml(f"<w:p><w:moveTo {SIGNED}>{run}</w:moveTo></w:p>")
        paragraph(document, "Alfa satu")._p.addnext(made)

    text, moved = after(cycle, report, move).lines
    assert text.new == "Alfa satu.\nGamma tiga.\nBeta dua.\n- butir a"
    assert moved.new == "Dipindahkan Sekretaris, 19 Januari 2027: Gamma tiga."


def test_an_answer_names_whom_it_answers_and_a_settled_comment_stays_settled(cycle: Cycle, report: bytes) -> None:
    def thread(document: Any) -> None:
        runs = paragraph(document, "Beta dua").runs
        for author, words in (("Sekretaris", "Kurang jelas."), ("Rina", "Sudah diperbaiki.")):
            document.add_comment(runs, text=words, author=author)
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        part = document.part.part_related_by(RELATIONSHIP_TYPE.COMMENTS)
        w14, w15 = (f"http://schemas.microsoft.com/office/word/20{year}/wordml" for year in (10, 12))
        for number, comment in enumerate(part.element.iter(_w("p")), start=1):
            comment.set(f"{{{w14}}}paraId", f"0000000{number}")
        entries = '<w15:commentEx w15:paraId="00000001" w15:done="1"/>'
        entries += '<w15:commentEx w15:paraId="00000002" w15:paraIdParent="00000001" w15:done="0"/>'
        blob = f'<w15:commentsEx xmlns:w15="{w15}">{entries}</w15:commentsEx>'.encode()
        extended = Part(PackURI("/word/commentsExtended.xml"), "application/xml", blob, part.package)
        document.part.relate_to(extended, "http://schemas.microsoft.com/office/2011/relationships/commentsExtended")

    seen = after(cycle, report, thread)
    first, answer = sorted(remarks(seen), key=lambda line: "membalas" in line.new)
    assert first.new.endswith("Kurang jelas. (tentang: “Beta dua.”)")
    assert answer.new.endswith("membalas Sekretaris: Sudah diperbaiki.")
    assert [seen.changes[line.path.replace("remark", "settled")] for line in (first, answer)] == ["ya", "ya"]


def test_an_older_file_says_so(cycle: Cycle, report: bytes) -> None:
    assert after(cycle, report).notices == ()
    office.fill(cycle, Who("Rina", "tim"), {"report_background": "Ditulis sesudahnya."})
    (notice,) = after(cycle, report).notices
    assert notice.endswith("1 isian diubah di program sesudahnya.")


def test_reading_a_file_can_be_cancelled(cycle: Cycle, report: bytes) -> None:
    file = IncomingFile("draf.docx", report, hashlib.sha256(report).hexdigest(), DOCX)
    told: list[tuple[int, int]] = []
    with pytest.raises(Cancelled):
        report_preview(cycle, file, DAY, lambda done, total: told.append((done, total)) or len(told) < 5)
    assert told == [(1, 3)] * 5
