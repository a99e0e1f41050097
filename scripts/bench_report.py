"""Speed and size of a large report: 100 indicators, 300 budget rows, 30 charts, about 150 pages; and ten times that.

Against docxtpl rendering a template of the same paragraphs and tables (it makes no native charts and no page numbers,
so it does less), and against LibreOffice converting our DOCX to PDF.
"""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from time import process_time
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument

    from lkip_desktop.cycle_data import Snapshot
    from lkip_desktop.documents.report import Report

INDICATORS, BUDGET, OBJECTIVES = 100, 300, 24
TEXT = (
    "Capaian ini didukung oleh penjadwalan pengawasan yang lebih awal, pendampingan kepada perangkat daerah, dan "
    "pemantauan tindak lanjut setiap triwulan. Kendala yang dihadapi adalah keterbatasan auditor bersertifikat dan "
    "perubahan regulasi pada pertengahan tahun, yang diatasi dengan pelatihan mandiri dan reviu berjenjang."
)
ROUNDS = 3
BEAT = 5
"""Milliseconds between two beats of the event loop."""


def large_report() -> dict[str, float]:
    """Ratios of processor time, growth, the peak of memory in MB, and the longest stall of a window in ms."""
    from bench import report

    snapshot = large(1)
    pages, charts = _size(snapshot)
    data = made(snapshot)
    print(f"large report: {pages} pages, {charts} charts, {len(data) // 1024} KB", flush=True)
    whole = content(snapshot)
    ours, theirs, complete, pdf = _taken(
        lambda: written(whole), _docxtpl(whole), lambda: made(snapshot), lambda: made(snapshot, "report-pdf")
    )
    office = _converted(data)
    ten = _taken(lambda: made(large(10)), rounds=1)[0]
    peak, stall = _peak(), longest_stall(snapshot)
    print(f"report, ten times the content: {ten / complete:.1f}x the time, aim <= 12x", flush=True)
    print(f"report, peak of memory: {peak:.0f} MB, aim < 300 MB", flush=True)
    print(f"report, longest stall of the window while it is made: {stall:.0f} ms, aim <= 50 ms", flush=True)
    return {
        "report_docxtpl": report("report written as DOCX", ours, theirs, "docxtpl", "<= 1x"),
        "report_office": report("report as DOCX", complete, office, "LibreOffice to PDF", "<= 0.2x"),
        "report_pdf": report("report as PDF", pdf, office, "LibreOffice to PDF", "(no aim)"),
        "report_growth": round(ten / complete, 2),
        "report_peak_mb": round(peak, 1),
        "report_stall_ms": round(stall, 1),
    }


def _taken(*acts: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """The median of the processor's seconds of each act; they take turns.

    Other programs do not count, nor does what the act before left behind.
    """
    times: list[list[float]] = [[] for _ in acts]
    for _ in range(rounds):
        for act, taken in zip(acts, times, strict=True):
            gc.collect()
            begun = process_time()
            act()
            taken.append(process_time() - begun)
    return [statistics.median(taken) for taken in times]


def longest_stall(snapshot: Snapshot) -> float:
    """The longest time in ms that a window's event loop stood still while the report is made beside it."""
    from PySide6.QtCore import QElapsedTimer, QEventLoop, Qt, QTimer
    from PySide6.QtWidgets import QApplication

    from lkip_desktop.documents.catalog import make
    from ui.jobs import Job

    app = QApplication.instance() or QApplication([])
    loop, clock, gaps = QEventLoop(), QElapsedTimer(), [0]
    beat = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=BEAT)
    beat.timeout.connect(lambda: gaps.append(clock.restart()))
    job = Job(lambda progress: make("report", snapshot, progress))
    job.finished.connect(loop.quit)
    clock.start()
    beat.start()
    job.start()
    loop.exec()
    app.processEvents()
    return float(max(gaps) - BEAT)


def large(times: int) -> Snapshot:
    """The frozen state of an office with very many indicators."""
    from lkip_desktop import resources
    from lkip_desktop.cycle_data import Snapshot
    from lkip_desktop.sop.load import parse_sop
    from lkip_desktop.workflow.state import CycleState, Visit

    sop = parse_sop(resources.sop_text(), "SOP")
    start = datetime(2027, 2, 1, tzinfo=UTC)
    values = {
        "agency_name": "INSPEKTORAT KABUPATEN CONTOH",
        "agency_short": "Inspektorat Kabupaten Contoh",
        "agency_government": "PEMERINTAH KABUPATEN CONTOH",
        "agency_city": "Contoh",
        "report_issues": TEXT,
        "report_organisation": "\n".join([TEXT] * 4),
        **_table("indicators", map(_indicator, range(INDICATORS * times))),
        **_table("budget", _budget(BUDGET * times)),
    }
    state = CycleState(sop, 2026, start, (Visit(sop.first.id, 1, start, 1),), values, seq=1, head="0" * 64)
    return Snapshot(state, None, date(2027, 2, 1))


def _table(name: str, rows: Iterator[dict[str, str]]) -> dict[str, Any]:
    cells = {f"r{n}": row for n, row in enumerate(rows, start=1)}
    flat = {f"{name}/{row}/{column}": text for row, texts in cells.items() for column, text in texts.items()}
    return {name: list(cells), **flat}


def _indicator(number: int) -> dict[str, str]:
    place = number % INDICATORS
    target, actual = 60 + place % 35, 55 + (place * 7) % 45
    return {
        "objective": f"Meningkatnya hasil pengawasan pada bidang nomor {number * OBJECTIVES // INDICATORS + 1}",
        "name": f"Persentase rekomendasi bidang {number + 1} yang selesai ditindaklanjuti tepat waktu",
        "unit": "%",
        "direction": "naik",
        "target": str(target),
        "actual": f"{actual},{place % 10}0",
        "previous": f"{actual - 3},50",
        "renstra_target": str(target + 5),
        "source": "Aplikasi pemantauan tindak lanjut",
        "status": "final",
        "analysis": TEXT,
        "follow_up": "Menjadwalkan forum tindak lanjut setiap triwulan bersama perangkat daerah.",
    }


def _budget(count: int) -> Iterator[dict[str, str]]:
    for number in range(count):
        programme, rest = divmod(number, 60)
        code = f"6.01.{programme + 1:02d}" + (f".2.{rest:02d}.0001" if rest else "")
        yield {
            "code": code,
            "name": f"Subkegiatan nomor {number + 1} dengan nama sepanjang yang biasa dipakai dalam anggaran",
            "ceiling": f"{(number + 1) * 1_234_567}",
            "spent": f"{(number + 1) * 1_200_000}",
            "objective": f"Sasaran {number % OBJECTIVES + 1}",
        }


def made(snapshot: Snapshot, kind: str = "report") -> bytes:
    from lkip_desktop.documents.catalog import make

    return make(kind, snapshot).data


def written(whole: Report) -> bytes:
    from lkip_desktop.documents.report_docx import report_docx

    return report_docx(whole)


def content(snapshot: Snapshot) -> Report:
    from lkip_desktop.documents.report_build import report

    return report(snapshot)


def _size(snapshot: Snapshot) -> tuple[int, int]:
    from lkip_desktop.documents.report import Chart
    from lkip_desktop.documents.report_layout import lay_out

    whole = content(snapshot)
    return sum(one.pages for one in lay_out(whole)), sum(isinstance(part, Chart) for part in whole.parts())


def _docxtpl(whole: Report) -> Any:
    """Renders the same paragraphs and tables from a template in our style document."""
    from docxtpl import DocxTemplate

    items = list(_items(whole))
    styles = sorted({item["style"] for item in items if item["style"]})
    template = BytesIO()
    _template(styles).save(template)

    def render() -> None:
        document = DocxTemplate(BytesIO(template.getvalue()))
        document.render({"items": items}, autoescape=True)
        document.save(BytesIO())

    return render


def _items(whole: Report) -> Iterator[dict[str, Any]]:
    from lkip_desktop.documents.report import Table
    from lkip_desktop.documents.report_blocks import blocks, captions, keyed

    known = captions(whole)
    for _, part in keyed(whole):
        if isinstance(part, Table):
            rows = [[cell or "" for cell in row.cells] for row in part.rows]
            yield {"style": "", "heads": [column.heading for column in part.columns], "rows": rows}
        else:
            for block in blocks(part, known):
                yield {"style": block.style, "text": block.text}


def _template(styles: list[str]) -> DocxDocument:
    """A loop over all paragraphs and tables: a paragraph for each style, and one table."""
    from docx import Document

    from lkip_desktop.documents.assets import asset

    document = Document(str(asset("report-style.docx")))
    names = {style.style_id: style for style in document.styles}
    document.add_paragraph("{%p for x in items %}")
    for style in styles:
        document.add_paragraph(f"{{%p if x.style == '{style}' %}}")
        document.add_paragraph("{{ x.text }}", style=names[style])
        document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p if not x.style %}")
    table = document.add_table(4, 3)
    for row, words in enumerate(
        (("{%tc for h in x.heads %}", "{{ h }}", "{%tc endfor %}"), ("{%tr for r in x.rows %}",))
    ):
        for column, word in enumerate(words):
            table.cell(row, column).text = word
    for column, word in enumerate(("{%tc for c in r %}", "{{ c }}", "{%tc endfor %}")):
        table.cell(2, column).text = word
    table.cell(3, 0).text = "{%tr endfor %}"
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    return document


def _converted(data: bytes) -> float:
    """The processor's seconds that LibreOffice takes to make a PDF of the DOCX."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "laporan.docx")
        source.write_bytes(data)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        before = getrusage(RUSAGE_CHILDREN)
        subprocess.run(command, check=True, capture_output=True)
        after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _peak() -> float:
    """The peak of memory in MB of a process of its own that makes the report.

    From /proc: what `getrusage` says of a child begins with the peak of the process that forked it.
    """
    program = (
        "import bench_report; bench_report.made(bench_report.large(1)); "
        "print(open('/proc/self/status').read().partition('VmHWM:')[2].split()[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT / "scripts", check=True, capture_output=True, text=True
    )
    return int(done.stdout) / 1024
