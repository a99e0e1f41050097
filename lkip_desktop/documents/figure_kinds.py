"""The report and what is made from the figures, as kinds of documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lkip_desktop.documents.kinds import Kind, Watch

if TYPE_CHECKING:
    from lkip_desktop.cycle_data import Snapshot


def _report(snapshot: Snapshot, watch: Watch) -> bytes:
    from lkip_desktop.documents.docx_style import office_style
    from lkip_desktop.documents.report_build import report
    from lkip_desktop.documents.report_docx import report_docx

    return report_docx(report(snapshot), watch, office_style(snapshot.style) if snapshot.style else None)


def _report_pdf(snapshot: Snapshot, watch: Watch) -> bytes:
    from lkip_desktop.documents.docx_style import office_style
    from lkip_desktop.documents.report_build import report
    from lkip_desktop.documents.report_pdf import report_pdf

    return report_pdf(report(snapshot), watch, office_style(snapshot.style).look if snapshot.style else None)


def _completeness(snapshot: Snapshot, watch: Watch) -> bytes:
    from lkip_desktop.documents.completeness_sheet import completeness_pdf

    return completeness_pdf(snapshot)


def _completeness_csv(snapshot: Snapshot, watch: Watch) -> bytes:
    from lkip_desktop.documents.completeness_sheet import completeness_csv

    return completeness_csv(snapshot)


def _completeness_xlsx(snapshot: Snapshot, watch: Watch) -> bytes:
    from lkip_desktop.documents.completeness_sheet import completeness_xlsx

    return completeness_xlsx(snapshot)


def _achievement_csv(snapshot: Snapshot, watch: Watch) -> bytes:
    from lkip_desktop.documents.achievement_csv import achievement_csv

    return achievement_csv(snapshot)


def _achievement(snapshot: Snapshot, watch: Watch) -> bytes:
    from lkip_desktop.documents.workbook_tables import achievement_report
    from lkip_desktop.documents.workbook_tables_pdf import table_pdf

    return table_pdf(achievement_report(snapshot), watch)


def _achievement_xlsx(snapshot: Snapshot, watch: Watch) -> bytes:
    from lkip_desktop.documents.achievement_csv import achievement_data
    from lkip_desktop.documents.workbook_tables import achievement_report
    from lkip_desktop.documents.workbook_tables_xlsx import table_xlsx

    return table_xlsx(achievement_report(snapshot), achievement_data(snapshot))


def _absorption(snapshot: Snapshot, watch: Watch) -> bytes:
    from lkip_desktop.documents.workbook_tables import absorption_report
    from lkip_desktop.documents.workbook_tables_pdf import table_pdf

    return table_pdf(absorption_report(snapshot), watch)


def _absorption_xlsx(snapshot: Snapshot, watch: Watch) -> bytes:
    from lkip_desktop.documents.workbook_tables import absorption_report
    from lkip_desktop.documents.workbook_tables_xlsx import table_xlsx

    return table_xlsx(absorption_report(snapshot))


def _absorption_csv(snapshot: Snapshot, watch: Watch) -> bytes:
    from lkip_desktop.documents.workbook_tables import absorption_report, table_csv

    return table_csv(absorption_report(snapshot))


def _unit_form(snapshot: Snapshot, watch: Watch) -> bytes:
    from lkip_desktop.documents.workbook_form import unit_form

    return unit_form(snapshot, watch)


FIGURES = (
    Kind(
        "report", "Laporan", "Dokumen laporan lengkap dari data siklus, untuk Word atau LibreOffice.", {"docx": _report}
    ),
    Kind(
        "report-pdf", "Laporan PDF", "Laporan yang sama sebagai PDF, untuk dibaca dan diunggah.", {"pdf": _report_pdf}
    ),
    Kind(
        "achievement",
        "Laporan Capaian Kinerja",
        "Target, realisasi, capaian, dan predikat setiap indikator.",
        {"pdf": _achievement, "xlsx": _achievement_xlsx, "csv": _achievement_csv},
    ),
    Kind(
        "absorption",
        "Laporan Realisasi Anggaran",
        "Pagu, realisasi, sisa, dan serapan setiap baris anggaran.",
        {"pdf": _absorption, "xlsx": _absorption_xlsx, "csv": _absorption_csv},
    ),
    Kind(
        "completeness",
        "Pemeriksaan Kelengkapan",
        "Apa yang masih kurang pada laporan, menurut peraturan dan penilaian.",
        {"pdf": _completeness, "xlsx": _completeness_xlsx, "csv": _completeness_csv},
    ),
    Kind(
        "unit-form",
        "Format Data Unit",
        "Buku kerja yang diisi unit, dikirim dan diimpor kembali.",
        {"xlsx": _unit_form},
    ),
)
