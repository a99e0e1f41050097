"""Speed as ratios: each figure is a median beside the median of a named baseline from the same run.

Usage: ``python scripts/bench.py [start] [act] [letter] [letters] [chart] [table] [printing] [report] [large]``; without
names, all. Prints one line a figure and ``build/bench.json``. Nothing here is a test: a slow machine is slow, not
wrong.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter, sleep

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
NOW = datetime(2027, 2, 26, 2, tzinfo=UTC)


def main() -> None:
    wanted = sys.argv[1:] or list(PARTS)
    # Measured unseen, and without a word from Qt about what the unseen screen cannot do.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")
    figures: dict[str, float] = {}
    for name in wanted:
        figures.update(PARTS[name]())
    out = ROOT / "build" / "bench.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(figures, indent=2), encoding="utf-8")


def report(label: str, ours: float, baseline: float, against: str, aim: str) -> float:
    ratio = ours / baseline
    print(f"{label}: {ours * 1000:.2f} ms, {ratio:.2f}x of {against} ({baseline * 1000:.2f} ms), aim {aim}", flush=True)
    return round(ratio, 3)


def medians(rounds: int, *acts: Callable[[], object]) -> list[float]:
    """The median seconds of each act; the acts take turns, so that a busy moment touches all alike."""
    times: list[list[float]] = [[] for _ in acts]
    for _ in range(rounds):
        for act, taken in zip(acts, times, strict=True):
            begun = perf_counter()
            act()
            taken.append(perf_counter() - begun)
    return [statistics.median(taken) for taken in times]


def sample(folder: Path, until_step: int = 6) -> Path:
    from db.files import CycleFiles
    from lkip_desktop.sample import Sample, play_sample

    path = folder / "LKIP-2026.lkip"
    play_sample(CycleFiles(), path, Sample(2026, until_step, NOW, ahead=True, returned=until_step >= 6))
    return path


def start() -> dict[str, float]:
    """Cold start and memory, beside a bare window and beside novelWriter."""
    import bench_start

    return bench_start.start(sample, report)


def act() -> dict[str, float]:
    """Completing a step, durable, against one raw insert of the same bytes under the same pragmas."""
    import sqlite3

    from db.files import CycleFiles
    from lkip_desktop import office
    from lkip_desktop.ports import SystemClock
    from lkip_desktop.workflow.events import Who, canonical

    with tempfile.TemporaryDirectory() as folder:
        path = sample(Path(folder))
        cycle, opening = office.open_cycle(CycleFiles(), path, SystemClock())
        assert cycle is not None, opening.message
        secretary, chief = Who("Bench", "sekretaris"), Who("Bench", "inspektur")
        raw = sqlite3.connect(Path(folder) / "raw.db", isolation_level=None)
        for pragma in ("journal_mode=DELETE", "synchronous=EXTRA", "locking_mode=EXCLUSIVE"):
            raw.execute(f"PRAGMA {pragma}")
        raw.execute("CREATE TABLE event (seq INTEGER PRIMARY KEY, data TEXT NOT NULL, digest TEXT NOT NULL)")
        data = canonical(cycle.store.events()[-1].data)

        def complete() -> None:
            step = cycle.state.step
            assert step is not None
            if step.id == "koreksi":
                done = office.complete_step(cycle, secretary, "koreksi", "ya")
            else:
                done = office.complete_step(cycle, chief, "tanda-tangan", "tidak", "alasan")
            assert isinstance(done, office.Changed), done

        def insert() -> None:
            raw.execute("INSERT INTO event (data, digest) VALUES (?, ?)", (data, "0" * 64))

        medians(5, complete, insert)
        ours, baseline = medians(60, complete, insert)
        raw.close()
        cycle.close()
    return {"complete_step": report("completing a step, durable", ours, baseline, "a raw sqlite3 insert", "<= 3x")}


def letter() -> dict[str, float]:
    """The cover letter against a bare reportlab canvas that draws as many strings with the same fonts."""
    import io

    import pypdfium2
    from reportlab.pdfgen.canvas import Canvas

    from db.files import CycleFiles
    from lkip_desktop import office
    from lkip_desktop.documents.catalog import make
    from lkip_desktop.ports import SystemClock

    with tempfile.TemporaryDirectory() as folder:
        cycle, opening = office.open_cycle(CycleFiles(), sample(Path(folder), 8), SystemClock())
        assert cycle is not None, opening.message
        snapshot = office.snapshot(cycle, date(2027, 2, 26))
        cycle.close()
    made = make("cover-letter", snapshot)
    page = pypdfium2.PdfDocument(made.data)[0].get_textpage()
    strings = [page.get_text_bounded(*page.get_rect(i)) for i in range(page.count_rects())]
    fonts = embedded_fonts()

    def bare() -> None:
        canvas = Canvas(io.BytesIO(), invariant=1)
        for index, text in enumerate(strings):
            canvas.setFont(fonts[index % len(fonts)], 12)
            canvas.drawString(85, 800 - 12 * index, text)
        canvas.save()

    ours, baseline = medians(40, lambda: make("cover-letter", snapshot), bare)
    against = f"a bare canvas drawing its {len(strings)} strings"
    return {"cover_letter": report("cover letter", ours, baseline, against, "<= 2x")}


def letters() -> dict[str, float]:
    """Every letter, made and shown, and two hundred in a row."""
    from bench_letters import letters as measured

    return measured()


def embedded_fonts() -> list[str]:
    """The letter's two faces under names of the benchmark's own, so that both sides embed the same files."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for face in ("Regular", "Bold"):
        pdfmetrics.registerFont(TTFont(f"Bench{face}", ROOT / "resources" / "fonts" / f"LiberationSans-{face}.ttf"))
    return ["BenchRegular", "BenchBold"]


def chart() -> dict[str, float]:
    """One full repaint of the flowchart at ten steps, and how it grows to 200."""
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication

    from lkip_desktop.resources import sop_text
    from lkip_desktop.sop.load import parse_sop
    from ui import theme
    from ui.flowchart.view import FlowchartView
    from ui.tokens import LIGHT

    app = QApplication.instance() or QApplication(sys.argv)
    assert isinstance(app, QApplication)
    theme.apply(app, LIGHT)
    ten = parse_sop(sop_text())

    def view(steps: int) -> FlowchartView:
        chart = FlowchartView()
        chart.resize(1000, 120 * steps)
        chart.set_sop(grown(ten, steps))
        chart.show()
        app.processEvents()
        chart.grab()
        return chart

    def repaint(steps: int) -> Callable[[], object]:
        """Paints the whole chart on an image that is there already: painting is measured, not memory."""
        views.append(view(steps))
        viewport = views[-1].viewport()
        image = QImage(viewport.size(), QImage.Format.Format_ARGB32_Premultiplied)
        return lambda: viewport.render(image, QPoint())

    views: list[FlowchartView] = []
    ours, grown_ = medians(25, repaint(10), repaint(200))
    print(f"one full repaint of the flowchart, 10 steps: {ours * 1000:.2f} ms, aim <= 8 ms")
    growth = report("the same, 200 steps", grown_, ours, "10 steps", "<= 20x, linear")
    return {"chart_ms": round(ours * 1000, 3), "chart_growth_200": growth}


def grown(sop, steps: int):  # type: ignore[no-untyped-def]
    """The SOP with its middle steps repeated, so that it has `steps` rows and stays a whole SOP."""
    from lkip_desktop.sop.model import Edge

    middle = sop.steps[1:-1]
    rows = [sop.steps[0], *(middle[i % len(middle)] for i in range(steps - 2)), sop.steps[-1]]
    ids = [f"s{number}" for number in range(1, steps + 1)]
    made = []
    for index, row in enumerate(rows):
        back = ids[max(0, index - 2)]
        onward = ids[min(index + 1, steps - 1)]
        edges = tuple(Edge(back if edge.label == "tidak" else onward, edge.label) for edge in row.edges)
        made.append(replace(row, id=ids[index], number=index + 1, edges=edges))
    return replace(sop, steps=tuple(made))


def printing() -> dict[str, float]:
    """From the click to a shown preview of each letter, and to the cover letter in a print queue."""
    import bench_printing

    return bench_printing.run(sample, medians, report)


def large_report() -> dict[str, float]:
    """A report of 100 indicators as DOCX against docxtpl and LibreOffice, ten times of it, memory, and stalls."""
    from bench_report import large_report as measured

    return measured()


def table() -> dict[str, float]:
    """Typing in a table of 1,000 indicators in the whole window, from the kept text to the painted row.

    The durable write is measured beside it and taken off: the aim is for what is worked out and painted.
    """
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    from db.files import CycleFiles
    from lkip_desktop import office
    from lkip_desktop.ports import SystemClock
    from lkip_desktop.workflow.events import Who
    from ui.forms.table_box import TableBox

    app = QApplication.instance() or QApplication(sys.argv)
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory() as folder:
        path = sample(Path(folder), 3)
        cycle, opening = office.open_cycle(CycleFiles(), path, SystemClock())
        assert cycle is not None, opening.message
        office.fill(cycle, Who("Bench"), indicator_values(1000))
        cycle.close()
        window = opened_window(app, Path(folder), path)
        assert window.work is not None
        page, state = window.work.cycle_page, window.work.session
        form = page.panel.page.form
        assert form is not None
        box = form.boxes["indicators"]
        assert isinstance(box, TableBox)
        settle(app, lambda: not box.view.settling)
        keys = [box.model.key(n) for n in range(box.model.columnCount())]
        cells = [box.model.index(n, keys.index("actual")) for n in range(5)]
        turn = iter(range(10_000))

        def write() -> None:
            office.fill(state.cycle, Who("Bench"), {"indicators/r900/actual": f"{next(turn)},5"})

        def type_in() -> None:
            number = next(turn)
            box.model.setData(cells[number % 5], f"{number % 90},5", Qt.ItemDataRole.EditRole)
            app.processEvents()

        medians(5, type_in, write)
        whole, kept = medians(40, type_in, write)
        grid = "\n".join(f"S\tIndikator tempel {n}\t%\tnaik\t{70 + n % 29},{n % 97:02d}\t80,5" for n in range(1000))
        began = time.perf_counter()
        box.model.paste(grid, box.model.rowCount(), [keys.index(key) for key in PASTED])
        app.processEvents()
        pasted = time.perf_counter() - began
        window.close()
    ours = whole - kept
    print(f"one cell in 1,000 rows, recompute and repaint: {ours * 1000:.2f} ms (durable write {kept * 1000:.2f} ms)")
    print(f"1,000 rows pasted below 1,000, kept and painted: {pasted * 1000:.0f} ms, aim <= 300 ms")
    return {
        "paste_ms": round(pasted * 1000),
        "table_ms": round(ours * 1000, 3),
        "table_to_frame": report("of a frame", ours, 0.016, "16 ms", "<= 1x"),
    }


PASTED = ("objective", "name", "unit", "direction", "target", "actual")


def indicator_values(count: int) -> dict[str, object]:
    """Rows of the table of indicators with two decimals each."""
    rows = [f"r{n}" for n in range(1, count + 1)]
    values: dict[str, object] = {"indicators": rows}
    for n, row in enumerate(rows):
        cells = {
            "objective": f"Sasaran {n // 10}",
            "name": f"Indikator kinerja nomor {n} dengan nama yang cukup panjang",
            "unit": "%",
            "direction": "naik",
            "target": f"{70 + n % 29},{n % 97:02d}",
            "actual": f"{60 + n % 37},{n % 89:02d}",
        }
        values.update({f"indicators/{row}/{column}": text for column, text in cells.items()})
    return values


def opened_window(app, folder: Path, path: Path):  # type: ignore[no-untyped-def]
    """The whole window with a cycle open at its current step."""
    from db.files import CycleFiles
    from lkip_desktop.ports import SystemClock
    from ui.app import build_window, offer_themes
    from ui.desk import Desk
    from ui.session import Identity
    from ui.settings import Settings

    settings = Settings(folder / "settings.ini")
    settings.work_folder, settings.identity = folder, Identity("Bench", "tim")
    window = build_window(app, settings, lambda: Desk(CycleFiles(), SystemClock()), "terang")
    offer_themes(app, window, "terang")
    window.resize(1366, 740)
    window.show()
    window.open_path(path)
    settle(app, lambda: window.work is not None)
    return window


def settle(app, done: Callable[[], bool]) -> None:  # type: ignore[no-untyped-def]
    """Let events run until `done`, and half a second more."""
    until = perf_counter() + 30
    while not done() and perf_counter() < until:
        app.processEvents()
    calm = perf_counter() + 0.5
    while perf_counter() < calm:
        app.processEvents()
        sleep(0.01)


def large() -> dict[str, float]:
    """Opening a cycle of 1 GB against a small one: attachments are not read; and its backup against a plain copy."""
    import hashlib
    import shutil

    from db.files import CycleFiles
    from lkip_desktop import backups, office
    from lkip_desktop.attachments import IncomingFile
    from lkip_desktop.ports import SystemClock
    from lkip_desktop.workflow.events import Who

    files, clock = CycleFiles(), SystemClock()

    def opened(path: Path) -> office.Cycle:
        cycle, opening = office.open_cycle(files, path, clock)
        assert cycle is not None, opening.message
        return cycle

    with tempfile.TemporaryDirectory() as folder:
        small = sample(Path(folder), 1)
        big = Path(shutil.copyfile(small, small.with_name("LKIP-2026-besar.lkip")))
        cycle = opened(big)
        noise = os.urandom(95 << 20)
        for number in range(11):
            data = b"%PDF-1.4 " + bytes([number]) + noise
            file = IncomingFile(f"{number}.pdf", data, hashlib.sha256(data).hexdigest(), "application/pdf")
            office.attach_file(cycle, Who("Bench", "analis"), "circular_scan", file)
        cycle.close()
        ours, baseline = medians(21, lambda: opened(big).close(), lambda: opened(small).close())
        begun = perf_counter()
        backups.back_up(files, big, clock.now())
        backed_up = perf_counter()
        shutil.copyfile(big, big.with_name("salinan"))
        plain = perf_counter() - backed_up
    return {
        "open_large": report("opening a cycle of 1 GB", ours, baseline, "the same with small attachments", "<= 1.5x"),
        "backup_large": report("its backup, read back", backed_up - begun, plain, "a plain copy", "(no aim)"),
    }


PARTS: dict[str, Callable[[], dict[str, float]]] = {
    "start": start,
    "act": act,
    "letter": letter,
    "letters": letters,
    "chart": chart,
    "table": table,
    "printing": printing,
    "report": large_report,
    "large": large,
}

if __name__ == "__main__":
    main()
