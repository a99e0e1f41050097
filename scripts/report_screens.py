"""Pictures of the room that reviews the report: what it lacks, its versions, what comes back from Word."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from docx import Document

if TYPE_CHECKING:
    from screenshots import Screen, Studio

    from ui.session import Session

YEAR = 2022
REMARK = "Mohon lengkapi dengan data triwulan IV."


def report_screens(studio: Studio) -> Iterator[Screen]:
    """A report at step 4 with three versions, the last of them edited as a colleague would."""
    from ui.report_review.completeness import CompletenessDialog
    from ui.report_review.differences import DifferencesDialog
    from ui.report_review.take_back import TakeBackDialog
    from ui.report_review.versions import VersionsDialog

    studio.play(YEAR, 4)
    studio.window.open_path(studio.place / f"LKIP-{YEAR}.lkip")
    work = studio.window.work
    assert work is not None
    review, session = work.cycle_page.panel.review, work.session
    path = prepare(session, studio.place)
    work.cycle_page.show_field("draf", "completeness")
    yield "periksa-laporan", studio.window
    review.show_completeness()
    yield "kelengkapan", studio.opened(CompletenessDialog)
    studio.close_dialogs()
    review.bring(path)
    yield "ambil-dari-word", studio.opened(TakeBackDialog)
    studio.close_dialogs()
    review.show_versions()
    yield "versi-laporan", studio.opened(VersionsDialog)
    review.compare(*session.state.versions("report")[:2])
    yield "banding-versi", studio.opened(DifferencesDialog)
    studio.close_dialogs()
    studio.window.open_path(studio.place / "LKIP-2026.lkip")


def prepare(session: Session, place: Path) -> Path:
    """Two versions with a change between them, and a file edited elsewhere, with a remark and another figure."""
    from lkip_desktop.attachments import accept
    from lkip_desktop.documents.catalog import make

    issues = "Keterbatasan auditor bersertifikat dan tindak lanjut yang menyangkut aset menjadi isu strategis."
    session.fill({"report_issues": issues, "report_renstra": "Renstra 2021–2026 memuat tiga sasaran."})
    session.keep_document("report", accept(f"LKIP {YEAR}.docx", make("report", session.snapshot()).data))
    session.fill({"report_issues": issues + "\nTemuan berulang turun dari 31 menjadi 24."})
    made = make("report", session.snapshot())
    session.keep_document("report", accept(f"LKIP {YEAR}.docx", made.data))
    document = Document(BytesIO(made.data))
    for before, after in (
        ("Temuan berulang turun", "Jumlah temuan berulang turun tajam"),
        ("tiga sasaran", "3 sasaran"),
    ):
        run = next(r for p in document.paragraphs for r in p.runs if before in r.text)
        run.text = run.text.replace(before, after)
    document.add_comment(run, text=REMARK, author="Sekretaris")
    cell = next(c for t in document.tables for r in t.rows for c in r.cells if c.text == "74,20")
    cell.paragraphs[0].runs[0].text = "75,20"
    path = place / "LKIP dari Sekretaris.docx"
    document.save(str(path))
    session.fill({"report_renstra": "Renstra 2021–2026 memuat tiga sasaran dan tujuh indikator."})
    return path
