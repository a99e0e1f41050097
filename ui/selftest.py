"""The program tries itself, built or not: each library once, an old file, every document, a page printed, the window.

One line for each check on standard output, at the end ``N passed, 0 failed``; the exit status is 0 when none failed.
Nothing of the person's is touched: all happens in a folder that is taken away at the end.
"""

from __future__ import annotations

import faulthandler
import os
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from PySide6.QtCore import QCoreApplication, QMessageLogContext, QtMsgType, qInstallMessageHandler, qVersion
from PySide6.QtWidgets import QApplication

from lkip_desktop import __version__, archive, letters, office, people, resources
from lkip_desktop.documents.catalog import KINDS, make
from lkip_desktop.errors import EnvironmentProblem, UserError
from lkip_desktop.sop.check import check as check_sop
from lkip_desktop.sop.load import parse_sop
from lkip_desktop.words import number_in_words
from lkip_desktop.workflow.events import Who
from ui import jobs
from ui.settings import Settings

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from lkip_desktop.cycle_data import Snapshot
    from lkip_desktop.documents.catalog import Made
    from lkip_desktop.office import Cycle
    from ui.desk import Desk

OLD_FILE = "LKIP-2026-v1.lkip"
YEAR, STEP = 2026, 6
WHO = Who("Uji Mandiri")
LETTER = "disposition"
WINDOW = (1366, 768)
FEWEST_COLOURS = 40
"""A window whose text and symbols were painted has more; an empty one has a handful."""
LONGEST = 300
"""Seconds that all checks together may take; they take about ten."""
LIBRARIES = (
    "PySide6",
    "sqlalchemy",
    "alembic",
    "reportlab",
    "docx",
    "lxml",
    "openpyxl",
    "defusedxml",
    "xlsxwriter",
    "pypdfium2",
    "argon2",
    "segno",
    "num2words",
    "PIL",
)
BEGINNINGS = {"pdf": b"%PDF-", "docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04"}


class Failed(Exception):
    """A check did not find what it looked for."""


def run(make_desk: Callable[[], Desk]) -> int:
    """Do all checks; the exit status."""
    out = _output()
    # Nobody may be there to see that something hangs: where it does is told, and the status is not 0.
    faulthandler.dump_traceback_later(LONGEST, exit=True, file=out)
    if os.name == "posix":
        # Windows has a screen always, and its unseen one knows none of the PC's fonts.
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from ui.app import build_application

    with (
        _qt_warnings() as warnings,
        tempfile.TemporaryDirectory(prefix="lkip-uji-", ignore_cleanup_errors=True) as place,
    ):
        app = build_application(sys.argv[:1])
        print(f"LKIP Desktop {__version__}, Qt {qVersion()}, Python {sys.version.split()[0]}, {sys.platform}", file=out)
        tester = SelfTest(app, make_desk(), Path(place), out)
        tester.run_all(warnings)
    faulthandler.cancel_dump_traceback_later()
    print(f"{tester.passed} passed, {tester.failed} failed", file=out, flush=True)
    return 1 if tester.failed else 0


class SelfTest:
    """The checks, in an order in which each finds what it needs; a failed one lets the others go on."""

    def __init__(self, app: QApplication, desk: Desk, place: Path, out: TextIO) -> None:
        self.passed = self.failed = 0
        self._app, self._desk, self._out = app, desk, out
        # A name as people give it.
        self._place = place / "Folder kerja ü & 100% #1"
        self._place.mkdir()
        self._cycle: Cycle | None = None
        self._made: dict[tuple[str, str], Made] = {}

    def run_all(self, warnings: list[str]) -> None:
        self._check("Definisi SOP", self.sop)
        self._check("Qt berbahasa Indonesia", self.indonesian)
        self._check("Berkas bentuk lama dibuka dan diperbarui", self.old_file)
        self._check("Siklus contoh dimainkan", self.sample)
        try:
            self._check("Kata sandi", self.password)
            self._check("Surat diterbitkan", self.letter)
            for kind in KINDS.values():
                for ending in kind.endings:
                    self._check(f"{kind.title} ({ending})", partial(self.document, kind.id, ending))
            self._check("Format unit dibaca kembali", self.workbook)
            self._check("Laporan Word dibaca kembali", self.word_report)
            self._check("Halaman ditampilkan", self.page)
            self._check("Halaman dicetak ke PDF", self.printed)
            self._check("Bilangan dengan huruf", self.words)
            self._check("Paket arsip", self.package)
        finally:
            if self._cycle is not None:
                self._cycle.close()
        self._check("Cadangan", self.backup)
        self._check("Jendela dilukis", self.window)
        for name in LIBRARIES:
            self._check(f"Pustaka {name}", partial(self.library, name))
        self._check("Tanpa peringatan Qt", partial(self.quiet, warnings))

    def _check(self, name: str, act: Callable[[], str]) -> None:
        """Do one check; `act` says in a few words what it found."""
        begun = time.perf_counter()
        try:
            found = act()
        # Whatever goes wrong in one part must not hide the others.
        except Exception as error:
            self.failed += 1
            if not isinstance(error, (Failed, UserError, EnvironmentProblem)):
                traceback.print_exc(file=self._out)
            print(f"GAGAL  {name}: {type(error).__name__}: {error}", file=self._out, flush=True)
        else:
            self.passed += 1
            taken = f"{time.perf_counter() - begun:.2f} d"
            print(
                f"baik   {name}: {found} ({taken})" if found else f"baik   {name} ({taken})", file=self._out, flush=True
            )

    # What the office does

    def sop(self) -> str:
        sop = parse_sop(resources.sop_text())
        check_sop(sop)
        _require(len(sop.steps) == 10, f"{len(sop.steps)} langkah")
        _require(
            resources.profile_fields() and resources.template_values() and resources.calendar_values(YEAR), "profil"
        )
        return f"{sop.id}, {len(sop.steps)} langkah, {len(sop.fields)} isian"

    def indonesian(self) -> str:
        said = QCoreApplication.translate("QPlatformTheme", "Cancel")
        _require(said == "Batal", said)
        return ""

    def old_file(self) -> str:
        """A cycle of the first released format: its history is whole after the upgrade, and the old file is kept."""
        path = self._place / OLD_FILE
        shutil.copyfile(resources.root() / "selftest" / OLD_FILE, path)
        cycle, opening = self._desk.open(path, WHO.name)
        if cycle is None:
            raise Failed(opening.message)
        state, acts = cycle.state, len(cycle.store.events())
        cycle.close()
        _require((state.year, acts) == (2026, 11), f"tahun {state.year}, {acts} catatan")
        kept = [other for other in self._place.glob("*.lkip") if other != path]
        _require(len(kept) == 1, "berkas lama tidak disimpan di sampingnya")
        _require(not self._desk.check(path), "berkas baru tidak utuh")
        return f"{acts} catatan, berkas lama disimpan"

    def sample(self) -> str:
        path = self._place / "LKIP-2026.lkip"
        self._desk.make_sample(path, YEAR, STEP)
        faults = self._desk.check(path)
        _require(not faults, "; ".join(faults))
        self._cycle, opening = self._desk.open(path, WHO.name)
        cycle = self._open_cycle
        step = cycle.state.step
        _require(step is not None and step.number == STEP, f"{opening.message} {step}")
        return f"langkah {STEP}, {len(cycle.store.events())} catatan"

    @property
    def _open_cycle(self) -> Cycle:
        if self._cycle is None:
            raise Failed("siklus contoh tidak ada")
        return self._cycle

    def password(self) -> str:
        cycle, book = self._open_cycle, people.MemoryBook()
        _kept(office.fill(cycle, WHO, {"people": ["uji"], "people/uji/name": WHO.name}))
        (person,) = people.people(cycle.state)
        word = "sandi uji mandiri"
        _kept(people.set_password(cycle, WHO, person.id, word, "", book))
        _require(people.check(cycle, person, word, book) is None, "kata sandi yang benar ditolak")
        _require(people.check(cycle, person, "bukan itu", book) is not None, "kata sandi yang salah diterima")
        return ""

    def letter(self) -> str:
        """A disposition with its number's register, its signer and its QR code, frozen in the file."""
        cycle, day = self._open_cycle, date(YEAR + 1, 2, 15)
        official, signer = letters.signer_of(LETTER, self._snapshot(), day)
        order = letters.Order(LETTER, "", "1/UJI", day, signer, official.id if official else "")
        prepared = letters.prepare(cycle, WHO, order, day)
        if not isinstance(prepared, letters.Prepared):
            raise Failed(str(prepared))
        _kept(letters.issue(cycle, WHO, prepared, letters.write(prepared)))
        issued = letters.current(cycle, LETTER)
        _require(issued is not None and letters.issued_file(cycle, issued).data.startswith(b"%PDF-"), "tidak tersimpan")
        return signer.name

    # Documents

    def document(self, kind: str, ending: str) -> str:
        made = make(kind, self._snapshot(), None, ending)
        _require(made.data and made.data.startswith(BEGINNINGS.get(ending, b"")), "isinya bukan dokumen")
        if ending == "pdf":
            _require(_inked(_first_page(made.data)), "halaman pertamanya kosong")
        self._made[kind, ending] = made
        return f"{len(made.data) / 1024:.0f} KB"

    def _snapshot(self) -> Snapshot:
        return office.snapshot(self._open_cycle, date(YEAR + 1, 2, 15))

    def workbook(self) -> str:
        from lkip_desktop.documents.workbook_read import read_workbook

        made = self._made["unit-form", "xlsx"]
        sheets = read_workbook(made.name, made.data)
        _require(any(sheet.rows for sheet in sheets), "tidak ada baris")
        return f"{len(sheets)} lembar"

    def word_report(self) -> str:
        from lkip_desktop.documents.docx_read import read_report

        read = read_report(self._made["report", "docx"].data)
        _require(read.texts, "tidak ada teks")
        return f"{len(read.texts)} bagian teks"

    def words(self) -> str:
        said = number_in_words(2027)
        _require(said == "dua ribu dua puluh tujuh", said)
        return said

    def package(self) -> str:
        cycle = self._open_cycle
        made = archive.write_package(
            self._snapshot(), cycle.store.blob, self._place / "arsip.zip", source=cycle.store.path
        )
        found = archive.verify(made.path)
        _require(found.whole, "; ".join(archive.sentences(found)))
        return ""

    def backup(self) -> str:
        path = self._place / "LKIP-2026.lkip"
        self._desk.back_up(path, None, lambda done, total: True, always=True)
        _require(self._desk.backups(path, None), "cadangan tidak ada")
        return ""

    # Paper and screen

    def page(self) -> str:
        from lkip_desktop.pdfium import words

        data = self._made["cover-letter", "pdf"].data
        image = _first_page(data, 2.0)
        _require(_inked(image), "halaman kosong")
        _require("INSPEKTORAT" in " ".join(words(data)).upper(), "teksnya tidak terbaca")
        return f"{image.width()} × {image.height()} piksel"

    def printed(self) -> str:
        """The cover letter through Qt's painter, as it goes to printers that take no PDF."""
        from PySide6.QtPrintSupport import QPrinter

        from lkip_desktop.printing.orders import PrintOrder
        from lkip_desktop.printing.papers import paper_of
        from ui.documents.pages import Pages
        from ui.documents.printing import paint

        data, target = self._made["cover-letter", "pdf"].data, self._place / "cetak.pdf"
        pages = Pages(data)
        size, count = pages.millimetres(0), len(pages.sizes)
        pages.close()
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        printer.setResolution(150)
        paint(data, PrintOrder("PDF", "Uji", paper_of(size.width(), size.height())), printer, lambda done, total: True)
        printed = target.read_bytes()
        back = Pages(printed)
        again = len(back.sizes)
        back.close()
        _require(again == count and _inked(_first_page(printed)), f"{again} dari {count} halaman")
        return f"{count} halaman, {len(printed) / 1024:.0f} KB"

    def window(self) -> str:
        from ui.app import build_window, offer_themes

        settings = Settings(self._place / "pengaturan.ini")
        settings.work_folder = self._place
        window = build_window(self._app, settings, lambda: self._desk, "terang")
        offer_themes(self._app, window, "terang")
        window.resize(*WINDOW)
        window.show()
        try:
            window.open_path(self._place / "LKIP-2026.lkip")
            _settle(self._app, 0.5)
            _require(window.work is not None, "siklus tidak terbuka")
            image = window.grab().toImage()
            colours = len({image.pixel(x, y) for x in range(0, image.width(), 5) for y in range(0, image.height(), 5)})
            _require(colours >= FEWEST_COLOURS, f"{colours} warna")
        finally:
            jobs.finish_all()
            window.close()
            _settle(self._app, 0.1)
        return f"{image.width()} × {image.height()}, {self._app.platformName()}"

    # What was used

    def library(self, name: str) -> str:
        module = sys.modules.get(name)
        _require(module is not None, "tidak terpakai oleh satu pun pemeriksaan di atas")
        return str(getattr(module, "__version__", getattr(module, "Version", "")))

    def quiet(self, warnings: list[str]) -> str:
        _require(not warnings, "; ".join(warnings))
        return ""


def _require(right: object, otherwise: str) -> None:
    if not right:
        raise Failed(otherwise)


def _kept(outcome: object) -> None:
    if not isinstance(outcome, office.Changed):
        raise Failed(str(outcome))


def _first_page(data: bytes, scale: float = 0.5) -> QImage:
    from ui.documents.pages import Pages

    pages = Pages(data)
    try:
        return pages.image(0, scale)
    finally:
        pages.close()


def _inked(image: QImage) -> bool:
    """Whether anything is drawn on the white page."""
    white = 0xFFFFFFFF
    return any(
        image.pixel(x, y) | 0xFF000000 != white for y in range(0, image.height(), 2) for x in range(0, image.width(), 2)
    )


def _settle(app: QApplication, seconds: float) -> None:
    """Let events run, all running jobs included, and a moment more."""
    jobs.finish_all()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        app.processEvents()
        time.sleep(0.005)


@contextmanager
def _qt_warnings() -> Iterator[list[str]]:
    """What Qt complains about meanwhile; what the unseen screen says that it cannot do does not count."""
    heard: list[str] = []

    def hear(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) and not text.startswith(
            "This plugin does not support"
        ):
            heard.append(text)

    qInstallMessageHandler(hear)
    try:
        yield heard
    finally:
        qInstallMessageHandler(None)


def _output() -> TextIO:
    """Standard output; a Windows program without a console writes to the one that it was called from, if any."""
    if sys.stdout is not None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", errors="replace")
        return sys.stdout
    if sys.platform == "win32":
        import ctypes

        parent = -1
        if ctypes.windll.kernel32.AttachConsole(parent):
            return open("CONOUT$", "a", encoding="utf-8")  # noqa: PTH123 - a device, open until the end
    return open(os.devnull, "a", encoding="utf-8")  # noqa: PTH123
