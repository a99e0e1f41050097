"""Speed of the way to paper: from the click to a preview of each letter, to the issued letter, to the print queue."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

MM = 72 / 25.4


def previews(
    folder: Path, path: Path, medians: Callable[..., list[float]], report: Callable[..., float]
) -> dict[str, float]:
    """Each letter of the sample cycle, from the click to its painted first page, against two baselines.

    The aim counts against a bare canvas of the same strings and lines that is shown in the same preview. Beside it
    stands the time of that canvas alone, written and never shown: opening a window costs more than that by itself.
    """
    from PySide6.QtWidgets import QApplication

    from lkip_desktop.documents.catalog import Made, make
    from lkip_desktop.documents.kinds import PDF
    from lkip_desktop.documents.letter_kinds import LETTERS
    from ui.documents.preview import PreviewDialog

    window, documents, session = _window(folder, path)
    figures = {}
    for kind in LETTERS:
        strings, lines, pages = _marks(make(kind.id, session.snapshot()).data)

        bare = _bare(strings, lines, pages)

        def shown() -> None:
            dialog = _wait(lambda: next((w for w in window.findChildren(PreviewDialog) if w.isVisible()), None))
            _wait(lambda: dialog.view.image(0))
            dialog.view.viewport().repaint()
            dialog.close()
            QApplication.sendPostedEvents()

        def ours(kind_id: str = kind.id) -> None:
            documents.preview(kind_id)
            shown()

        def plain(kind_id: str = kind.id, draw: Callable[[], bytes] = bare) -> None:
            documents.preview_bytes(Made(draw(), "bare.pdf", PDF), kind_id)
            shown()

        medians(2, ours, plain, bare)
        letter, same, alone = medians(7, ours, plain, bare)
        against = f"a bare canvas of its {len(strings)} strings"
        name = f"click to preview, {kind.title}"
        figures[f"preview_{kind.id}"] = report(name, letter, same, f"{against}, shown too", "<= 2x")
        figures[f"preview_{kind.id}_alone"] = report(
            name, letter, alone, f"{against}, not shown", "(no aim; told beside)"
        )
    session.close()
    window.close()
    return figures


def queued(folder: Path, path: Path, report: Callable[..., float]) -> dict[str, float]:
    """The cover letter from the click to its job in a real queue, against `soffice` making a PDF of as much."""
    from tests.cups import queue
    from ui.documents.print_dialog import PrintDialog
    from ui.documents.strip import Strip

    with queue() as printer:
        window, documents, session = _window(folder, path)
        times = []
        for _ in range(6):
            for strip in window.findChildren(Strip):
                strip.close()
            begun = perf_counter()
            documents.print_document("cover-letter")
            dialog = _wait(lambda: next((w for w in window.findChildren(PrintDialog) if w.isVisible()), None))
            dialog.go.click()
            _wait(lambda: next((w for w in window.findChildren(Strip) if w.isVisible()), None))
            times.append(perf_counter() - begun)
            # Its filters are to be done before the next round begins.
            printer.printed()
        strings = _marks(documents_bytes(session))[0]
        session.close()
        window.close()
    office = _soffice(folder, strings)
    ours, baseline = sorted(times)[len(times) // 2], office
    return {
        "print_cover_letter": report(
            "click to the job in the queue, cover letter",
            ours,
            baseline,
            "soffice --headless making a PDF of an equal ODT",
            "<= 0.1x",
        )
    }


def issued(folder: Path, path: Path, report: Callable[..., float]) -> dict[str, float]:
    """The cover letter from the click on *Terbitkan* until the strip says so, against making the same PDF alone."""
    from PySide6.QtWidgets import QWidget

    from db.files import CycleFiles
    from ui.documents.strip import Strip
    from ui.letters.acts import LetterActs
    from ui.letters.issue_dialog import IssueDialog
    from ui.settings import Settings

    window, documents, session = _window(folder, path)
    acts = LetterActs(session, CycleFiles(), documents, window, Settings(folder / "set.ini"), lambda: True)

    def newest(kind: type[QWidget]) -> Any:
        return _wait(lambda: next((w for w in window.findChildren(kind) if w.isVisible()), None))

    times, alone = [], []
    for _ in range(9):
        for strip in window.findChildren(Strip):
            strip.close()
        acts.issue("cover-letter")
        dialog = newest(IssueDialog)
        dialog.reason.setPlainText("Pengukuran.")
        begun = perf_counter()
        dialog.confirm.click()
        newest(Strip)
        times.append(perf_counter() - begun)
        _wait(lambda: not any(w.isVisible() for w in window.findChildren(IssueDialog)))
        begun = perf_counter()
        documents_bytes(session)
        alone.append(perf_counter() - begun)
    session.close()
    window.close()
    ours, made = (sorted(found)[len(found) // 2] for found in (times, alone))
    against = "making its PDF alone, neither kept nor told"
    return {"issue_cover_letter": report("click to issued, cover letter", ours, made, against, "(no aim; told beside)")}


def documents_bytes(session: Any) -> bytes:
    from lkip_desktop.documents.catalog import make

    return make("cover-letter", session.snapshot()).data


def _window(folder: Path, path: Path) -> tuple[Any, Any, Any]:
    from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

    from db.files import CycleFiles
    from lkip_desktop import office
    from lkip_desktop.ports import SystemClock
    from ui import theme
    from ui.documents.actions import DocumentActions
    from ui.session import Identity, Session
    from ui.settings import Settings
    from ui.tokens import LIGHT

    app = QApplication.instance() or QApplication(["bench"])
    assert isinstance(app, QApplication)
    theme.apply(app, LIGHT)
    cycle, opening = office.open_cycle(CycleFiles(), path, SystemClock())
    assert cycle is not None, opening.message
    session = Session(cycle, Identity("Bench"))
    window = QWidget()
    QVBoxLayout(window).addStretch()
    window.resize(1366, 768)
    window.show()
    return window, DocumentActions(session, window, Settings(folder / "set.ini")), session


def _wait(found: Callable[[], Any]) -> Any:
    from PySide6.QtWidgets import QApplication

    while not (got := found()):
        QApplication.processEvents()
        sleep(0.0005)
    return got


def _marks(pdf: bytes) -> tuple[list[tuple[str, float, float]], list[tuple[float, ...]], int]:
    """Every string with its place and every path's box, as the letter has them, and how many pages."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    document = pypdfium2.PdfDocument(pdf)
    strings, lines = [], []
    for page in document:
        words = page.get_textpage()
        for index in range(words.count_rects()):
            left, bottom, right, top = words.get_rect(index)
            strings.append((words.get_text_bounded(left, bottom, right, top), left, bottom))
        lines += [thing.get_bounds() for thing in page.get_objects() if thing.type == pdfium.FPDF_PAGEOBJ_PATH]
    return strings, lines, len(document)


def _bare(strings: list[tuple[str, float, float]], lines: list[tuple[float, ...]], pages: int) -> Callable[[], bytes]:
    from bench import embedded_fonts
    from reportlab.pdfgen.canvas import Canvas

    fonts = embedded_fonts()

    def draw() -> bytes:
        out = io.BytesIO()
        canvas = Canvas(out, invariant=1)
        for page in range(pages):
            for index, (text, left, bottom) in enumerate(strings[page::pages]):
                canvas.setFont(fonts[index % len(fonts)], 12)
                canvas.drawString(left, bottom, text)
            for left, bottom, right, top in lines[page::pages]:
                canvas.line(left, bottom, right, top)
            canvas.showPage()
        canvas.save()
        return out.getvalue()

    return draw


CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:text>%s
</office:text></office:body></office:document-content>"""
MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""


def _soffice(folder: Path, strings: list[tuple[str, float, float]]) -> float:
    """The median seconds that the office suite takes for an ODT with the same words; its first start not counted."""
    from xml.sax.saxutils import escape

    program = shutil.which("soffice")
    assert program, "soffice is needed as the baseline"
    body = "".join(f"<text:p>{escape(''.join(c for c in text if c.isprintable()))}</text:p>" for text, _, _ in strings)
    with zipfile.ZipFile(folder / "surat.odt", "w") as odt:
        odt.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        odt.writestr("content.xml", CONTENT % body)
        odt.writestr("META-INF/manifest.xml", MANIFEST)
    profile = f"-env:UserInstallation=file://{folder}/profil"
    command = [
        program,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(folder / "surat.odt"),
    ]
    times = []
    for _ in range(4):
        begun = perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(perf_counter() - begun)
    assert (folder / "surat.pdf").exists()
    return sorted(times[1:])[1]


def run(
    sample: Callable[..., Path], medians: Callable[..., list[float]], report: Callable[..., float]
) -> dict[str, float]:
    """Both parts on a sample cycle at its eighth step."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        path = sample(folder, 8)
        shown = previews(folder, path, medians, report) | queued(folder, path, report)
        return shown | issued(folder, path, report)
