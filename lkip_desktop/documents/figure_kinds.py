"""The report and what is made from the figures, as kinds of documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lkip_desktop.documents.kinds import Kind, Watch

if TYPE_CHECKING:
    from lkip_desktop.cycle_data import Snapshot


def _report(snapshot: Snapshot, watch: Watch) -> bytes:
    from lkip_desktop.documents.report_build import report
    from lkip_desktop.documents.report_docx import report_docx

    return report_docx(report(snapshot), watch)


FIGURES = (
    Kind(
        "report", "Laporan", "Dokumen laporan lengkap dari data siklus, untuk Word atau LibreOffice.", {"docx": _report}
    ),
)
