"""A report edited elsewhere is taken back text by text; remarks become corrections, figures are only reported."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml

from db.files import CycleFiles
from lkip_desktop import office
from lkip_desktop.attachments import IncomingFile
from lkip_desktop.documents.catalog import make
from lkip_desktop.documents.kinds import DOCX
from lkip_desktop.errors import UserError
from lkip_desktop.exchange import Preview, Verdict, import_file
from lkip_desktop.office import Changed, Cycle
from lkip_desktop.ports import SystemClock
from lkip_desktop.readback import chosen, report_preview
from lkip_desktop.report_versions import report_versions
from lkip_desktop.sample import Sample, play_sample
from lkip_desktop.words import long_date
from lkip_desktop.workflow.events import Act, Who
from tests.documents.builders import logo_png

WHO = Who("Rina", "tim")
DAY = date(2027, 1, 20)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.fixture
def cycle(tmp_path: Path) -> Iterator[Cycle]:
    """The sample at step 4, with a text of several kinds of lines."""
    path = tmp_path / "LKIP-2026.lkip"
    play_sample(CycleFiles(), path, Sample(2026, 4, datetime(2027, 1, 18, tzinfo=UTC)))
    opened, _ = office.open_cycle(CycleFiles(), path, SystemClock())
    assert opened is not None
    seen = "lihat {tabel:anggaran} dan {tabel:tiada}"
    text = f"Isu **penting** pertama, {seen}.\n- butir satu\n- butir *dua*\nPenutup Rp 5.000 atau 5 %."
    office.fill(opened, WHO, {"report_issues": text})
    yield opened
    opened.close()


def file_of(data: bytes, name: str = "draf.docx") -> IncomingFile:
    import hashlib

    return IncomingFile(name, data, hashlib.sha256(data).hexdigest(), DOCX)


def report_bytes(cycle: Cycle) -> bytes:
    return make("report", office.snapshot(cycle, DAY)).data


def edited(data: bytes, before: str, after: str) -> bytes:
    """The report with a run's words replaced, as a colleague would."""
    document = docx.Document(BytesIO(data))
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs if before in run.text]
    assert runs
    runs[0].text = runs[0].text.replace(before, after)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def through_libreoffice(data: bytes, folder: Path, *kinds: str) -> bytes:
    """Opened and saved again by another program, as each of the kinds in turn and as DOCX at last."""
    path = folder / "in" / "draf.docx"
    path.parent.mkdir()
    path.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for number, kind in enumerate((*kinds, "docx")):
        out = folder / f"out{number}"
        command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(out), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        path = out / f"draf.{kind}"
    return path.read_bytes()


def preview(cycle: Cycle, data: bytes) -> Preview:
    return report_preview(cycle, file_of(data), DAY)


def test_a_report_that_nobody_edited_changes_nothing(cycle: Cycle) -> None:
    seen = preview(cycle, report_bytes(cycle))
    assert seen.lines == ()
    assert seen.empty


def test_another_programs_saving_alone_changes_nothing(cycle: Cycle, tmp_path: Path) -> None:
    seen = preview(cycle, through_libreoffice(report_bytes(cycle), tmp_path))
    assert [(line.subject, line.new) for line in seen.lines] == []


def test_a_report_that_was_an_odt_for_a_while_is_read(cycle: Cycle, tmp_path: Path) -> None:
    data = through_libreoffice(edited(report_bytes(cycle), "pertama, ", "utama, "), tmp_path, "odt")
    seen = report_preview(cycle, file_of(data), DAY)
    assert "utama" in str(seen.changes["report_issues"])


def test_an_edited_text_is_shown_before_and_after_and_taken_as_one_act(cycle: Cycle, tmp_path: Path) -> None:
    changed = edited(report_bytes(cycle), "Penutup Rp\u00a05.000", "Penutup baru Rp\u00a05.000")
    seen = preview(cycle, through_libreoffice(changed, tmp_path))
    assert [line.path for line in seen.lines] == ["report_issues"]
    assert "Penutup Rp 5.000" in seen.lines[0].old
    assert seen.lines[0].new == cycle.state.text("report_issues").replace("Penutup", "Penutup baru")
    before = cycle.state.seq
    assert isinstance(import_file(cycle, WHO, seen), Changed)
    assert cycle.state.seq == before + 1
    assert cycle.store.events()[-1].act is Act.IMPORTED
    assert "Penutup baru" in cycle.state.text("report_issues")
    assert preview(cycle, changed).empty


def test_a_proposal_edited_in_word_becomes_the_analysts_text(cycle: Cycle) -> None:
    row = cycle.state.rows("indicators")[0]
    office.fill(cycle, WHO, {"report_preface": None})
    seen = preview(cycle, edited(report_bytes(cycle), "Puji dan syukur", "Segala puji"))
    assert [line.path for line in seen.lines] == ["report_preface"]
    assert seen.changes["report_preface"].startswith("Segala puji")
    assert row


def test_what_changed_only_in_the_program_is_left_alone(cycle: Cycle) -> None:
    data = report_bytes(cycle)
    office.fill(cycle, WHO, {"report_background": "Latar belakang yang baru ditulis."})
    assert [(line.old, line.new) for line in preview(cycle, data).lines] == []


def test_what_changed_on_both_sides_is_marked(cycle: Cycle) -> None:
    data = edited(report_bytes(cycle), "butir satu", "butir kesatu")
    office.fill(cycle, WHO, {"report_issues": "Ditulis ulang di program."})
    (line,) = preview(cycle, data).lines
    assert line.verdict is Verdict.CHECK
    assert "juga berubah di program" in line.note


def test_figures_changed_in_word_are_told_and_never_taken(cycle: Cycle) -> None:
    document = docx.Document(BytesIO(report_bytes(cycle)))
    cell = next(c for t in document.tables for r in t.rows for c in r.cells if c.text == "74,20")
    cell.paragraphs[0].runs[0].text = "99,99"
    out = BytesIO()
    document.save(out)
    seen = preview(cycle, out.getvalue())
    assert [(line.old, line.new, line.verdict) for line in seen.lines] == [("74,20", "99,99", Verdict.NOTE)]
    assert seen.empty


def tracked(data: bytes) -> bytes:
    """A report with a comment, an insertion and a deletion, as Word writes them."""
    document = docx.Document(BytesIO(data))
    paragraph: Any = next(p for p in document.paragraphs if "butir satu" in p.text)
    run = '<w:r><w:t xml:space="preserve"> disisipkan</w:t></w:r>'
    ins = f'<w:ins xmlns:w="{W}" w:id="900" w:author="Sekretaris">{run}</w:ins>'
    gone = f'<w:del xmlns:w="{W}" w:id="901" w:author="Sekretaris"><w:r><w:delText>dibuang</w:delText></w:r></w:del>'
    paragraph._p.append(parse_xml(ins))
    paragraph._p.append(parse_xml(gone))
    document.add_comment(paragraph.runs, text="Mohon diperjelas.", author="Sekretaris")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def changed_by_hand(data: bytes, change: Callable[[Any], object]) -> bytes:
    document = docx.Document(BytesIO(data))
    change(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def paragraph_of(document: Any, words: str, style: str = "") -> Any:
    return next(p for p in document.paragraphs if words in p.text and p.style.name.startswith(style))


def test_what_no_field_could_take_is_told(cycle: Cycle) -> None:
    def change(document: Any) -> None:
        heading = paragraph_of(document, "Landasan Hukum", "Heading")
        heading.runs[-1].text += " dan Rujukan"
        table = document.add_table(1, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "Sumber", "Bagian Umum"
        heading._p.addnext(table._tbl)
        paragraph_of(document, "yang bertanda tangan").runs[0].text = "Kalimat baku yang diganti."

    seen = report_preview(cycle, file_of(changed_by_hand(report_bytes(cycle), change)), DAY)
    assert [(line.verdict, line.new) for line in seen.lines] == [
        (Verdict.NOTE, "D. Landasan Hukum dan Rujukan"),
        (Verdict.NOTE, "Sumber | Bagian Umum"),
        (Verdict.NOTE, "Kalimat baku yang diganti."),
    ]
    assert all("tidak diambil" in line.note for line in seen.lines)
    assert not seen.changes


def test_the_day_on_which_a_file_is_read_is_no_edit(cycle: Cycle) -> None:
    assert report_preview(cycle, file_of(report_bytes(cycle)), date(2027, 3, 31)).lines == ()


def test_comments_and_tracked_changes_become_corrections_once(cycle: Cycle) -> None:
    data = tracked(report_bytes(cycle))
    seen = preview(cycle, data)
    found = [line.new for line in seen.lines if line.column == "Koreksi"]
    assert found == [
        "Ditambahkan Sekretaris: disisipkan",
        "Dihapus Sekretaris: dibuang",
        f"Sekretaris, {long_date(datetime.now(UTC).date())}: Mohon diperjelas. (tentang: “butir satu”)",
    ]
    assert {line.subject for line in seen.lines if line.column == "Koreksi"} == {"C. Isu Strategis"}
    assert isinstance(import_file(cycle, WHO, seen), Changed)
    assert [cycle.state.cell("corrections", row, "section") for row in cycle.state.rows("corrections")][-3:] == [
        "C. Isu Strategis"
    ] * 3
    assert not [line for line in preview(cycle, data).lines if line.column == "Koreksi"]
    assert report_versions(cycle.state, cycle.store.events())[0].note == "4 perubahan diambil dari berkas ini."


def test_a_person_takes_only_what_was_chosen(cycle: Cycle) -> None:
    seen = preview(cycle, tracked(report_bytes(cycle)))
    wanted = next(line for line in seen.lines if line.new.startswith("Dihapus"))
    part = chosen(seen, frozenset({wanted.path}))
    assert [line.new for line in part.lines] == ["Dihapus Sekretaris: dibuang"]
    rows = set(part.changes["corrections"]) - set(cycle.state.rows("corrections"))
    assert len(rows) == 1
    assert "report_issues" not in part.changes
    assert chosen(seen, frozenset()).empty
    text = chosen(seen, frozenset({"report_issues"}))
    assert list(text.changes) == ["report_issues"]


def test_a_finished_step_says_why_its_text_cannot_be_taken(cycle: Cycle, tmp_path: Path) -> None:
    path = tmp_path / "later.lkip"
    play_sample(CycleFiles(), path, Sample(2026, 6, datetime(2027, 1, 18, tzinfo=UTC)))
    later, _ = office.open_cycle(CycleFiles(), path, SystemClock())
    assert later is not None
    text = later.state.text("report_issues")
    data = edited(report_bytes(later), text[:20], "Diubah di Word: ")
    (line,) = preview(later, data).lines
    later.close()
    assert line.verdict is Verdict.PROBLEM
    assert "sudah selesai" in line.note


def test_a_file_from_another_history_says_so(cycle: Cycle) -> None:
    document = docx.Document(BytesIO(edited(report_bytes(cycle), "butir satu", "butir lain")))
    document.core_properties.keywords = ""
    out = BytesIO()
    document.save(out)
    seen = preview(cycle, out.getvalue())
    assert seen.notices
    assert [(line.path, line.verdict) for line in seen.lines] == [("report_issues", Verdict.CHECK)]
    assert "tidak dibuat dari siklus ini" in seen.lines[0].note


def test_a_document_without_marks_gives_a_sentence(cycle: Cycle) -> None:
    out = BytesIO()
    docx.Document().save(out)
    with pytest.raises(UserError, match="tidak memuat penanda"):
        preview(cycle, out.getvalue())
    with pytest.raises(UserError):
        preview(cycle, b"%PDF-1.7 bukan Word")


def test_a_text_with_a_table_and_a_picture_is_taken_whole(cycle: Cycle, tmp_path: Path) -> None:
    picture = tmp_path / "Rapat.png"
    picture.write_bytes(logo_png())
    assert isinstance(office.attach(cycle, WHO, "report_annexes", picture), Changed)
    shown = f"![Rapat](berkas:{cycle.state.files('report_annexes')[-1].id})"
    table = "| Uraian | Pagu |\n| **Satu** | {pagu} |\n| Dua |"
    above = f"Sebelum **{{tabel:anggaran}}**.\nTabel: Rincian pagu\n{table}"
    text = f"{above}\nDi antara.\n{shown}\n3. tiga\n4. ***empat***\n{table}"
    office.fill(cycle, WHO, {"report_issues": text})
    data = report_bytes(cycle)
    assert preview(cycle, data).lines == ()
    changed = edited(data, "Di antara", "Di antaranya")
    assert preview(cycle, changed).changes == {"report_issues": text.replace("antara", "antaranya")}
    seen = preview(cycle, through_libreoffice(changed, tmp_path, "odt"))
    assert seen.changes == {"report_issues": text.replace("antara", "antaranya")}


def test_the_words_of_a_figure_are_no_edit_but_other_words_are(cycle: Cycle, tmp_path: Path) -> None:
    text = "Capaian **{capaian:r3} itu** dari {target:r3}, serapan {serapan}."
    office.fill(cycle, WHO, {"report_issues": text})
    data = report_bytes(cycle)
    assert preview(cycle, data).lines == ()
    (line,) = preview(cycle, through_libreoffice(edited(data, ", serapan", ", dengan serapan"), tmp_path)).lines
    assert line.new == text.replace(", serapan", ", dengan serapan")
    (line,) = preview(cycle, edited(data, "101,76", "199,99")).lines
    assert line.new == text.replace("{capaian:r3}", "199,99 %")
