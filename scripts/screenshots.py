"""Pictures of every screen and dialog into build/screenshots, in the sizes and colours that offices have.

Usage: ``python scripts/screenshots.py [THEME] [SIZE]``; without arguments every pair of PICTURES.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QDialog, QWidget

if TYPE_CHECKING:
    from lkip_desktop.office import Changed, Cycle
    from lkip_desktop.people import TryBook
    from lkip_desktop.workflow.events import Who
    from lkip_desktop.workflow.transitions import Refusal

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]
OUT = ROOT / "build" / "screenshots"
# Logical pixels: 1366×768 at 100 % and at 125 %, 1920×1080 at 100 % and at 200 %.
SIZES = {"100": (1366, 768), "125": (1093, 614), "hd": (1920, 1080), "200": (960, 540)}
SCALES = {"100": 1.0, "125": 1.25, "hd": 1.0, "200": 2.0}
THEMES = ("terang", "gelap", "kontras tinggi")
PICTURES = (
    *(("terang", size) for size in SIZES),
    *(("gelap", size) for size in ("100", "125", "200")),
    *(("kontras tinggi", size) for size in ("100", "200")),
)
LRA = """Kode;Uraian;Anggaran;Realisasi
6.01.01;Program Penunjang;16.908.184.145;16.412.905.320
6.01.02;Program Pengawasan;592.694.700;571.3184.50
6.01.09;Program lain;1.000;500
;Jumlah;17.500.879.845;16.984.223.770
"""


def main() -> None:
    if len(sys.argv) == 4:
        take_all(sys.argv[2], sys.argv[3])
        return
    wanted = [pair for pair in PICTURES if set(sys.argv[1:]) <= set(pair)]
    with tempfile.TemporaryDirectory() as folder:
        for theme, size in wanted:
            shutil.rmtree(OUT / folder_name(theme, size), ignore_errors=True)
            platform = f"offscreen:configfile={screen(Path(folder), size)}"
            environment = {**os.environ, "QT_QPA_PLATFORM": platform, "QT_SCALE_FACTOR": str(SCALES[size])}
            subprocess.run([sys.executable, __file__, "take", theme, size], env=environment, check=True)
    print(f"{len(list(OUT.rglob('*.png')))} pictures in build/screenshots")


def folder_name(theme: str, size: str) -> str:
    return f"{theme.replace(' ', '-')}-{size}"


def screen(folder: Path, scale: str) -> Path:
    """A description of the unseen screen: as large as the window needs, in real pixels."""
    width, height = (round(side * SCALES[scale]) for side in SIZES[scale])
    one = {"name": "layar", "x": 0, "y": 0, "width": width, "height": height}
    file = folder / f"layar-{scale}.json"
    file.write_text(json.dumps({"screens": [{**one, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}]}))
    return file


def take_all(theme_name: str, scale: str) -> None:
    from walkthrough import hush_unseen_screen, rest

    from ui import jobs, theme
    from ui.app import build_application

    hush_unseen_screen()
    app = build_application(sys.argv[:1])
    theme.apply(app, theme.chosen(theme_name))
    folder = OUT / folder_name(theme_name, scale)
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="lkip-") as place:
        studio = Studio(Path(place), SIZES[scale])
        for number, (name, widget) in enumerate(studio.screens(), start=1):
            rest(250)
            widget.grab().save(str(folder / f"{number:02d}-{name}.png"))
        jobs.finish_all()
        studio.window.close()
        QApplication.processEvents()


Screen = tuple[str, QWidget]


class Studio:
    """One window, led from screen to screen."""

    def __init__(self, place: Path, size: tuple[int, int]) -> None:
        from walkthrough import OfficeClock, open_window

        self.place, self.clock = place, OfficeClock()
        self.window = open_window(place, self.clock)
        self.window.resize(*size)
        self.window.show()

    def screens(self) -> Iterator[Screen]:
        from composer_screens import composer_screens
        from letter_screens import letter_screens
        from report_screens import report_screens
        from trouble_screens import trouble_screens

        parts = (
            self.home,
            self.assistant,
            self.steps,
            self.exchange,
            self.views,
            self.acts,
            self.documents,
            partial(letter_screens, self),
            partial(composer_screens, self),
            partial(report_screens, self),
            self.who_did_what,
            self.archive,
        )
        for part in (*parts, partial(trouble_screens, self)):
            yield from part()

    def home(self) -> Iterator[Screen]:
        self.read_folder()
        yield "beranda-kosong", self.window
        for year, step in ((2024, 10), (2025, 3), (2026, 6)):
            self.play(year, step)
        (self.place / "LKIP-rusak.lkip").write_bytes(b"bukan siklus")
        self.read_folder()
        yield "beranda", self.window

    def read_folder(self) -> None:
        from walkthrough import wait_until

        shown: list[bool] = []
        self.window.cardsShown.connect(lambda: shown.append(True))
        self.window.refresh_home()
        wait_until(lambda: shown, "the work folder is read")

    def assistant(self) -> Iterator[Screen]:
        from walkthrough import DEADLINE, type_text

        from lkip_desktop.resources import root
        from lkip_desktop.sample import SampleData
        from lkip_desktop.schedule.seed import load_calendar
        from ui.new_cycle import NewCycleDialog

        self.window.new_cycle()
        dialog = self.dialog()
        assert isinstance(dialog, NewCycleDialog)
        type_text(dialog.circular.deadline.edit, "28/2/2027")
        dialog.circular.deadline.edit.editingFinished.emit()
        yield "siklus-baru-1", dialog
        dialog.next.click()
        data = SampleData(load_calendar(root() / "holidays.toml"), 2026, DEADLINE)
        dialog.agency.show_values(data.values("profile", DEADLINE))
        yield "siklus-baru-2", dialog
        dialog.next.click()
        dialog.next.click()
        yield "siklus-baru-3", dialog
        dialog.reject()
        yield "siklus-baru-buang", self.dialog()
        self.close_dialogs()
        dialog.done(0)  # leaves without asking

    def steps(self) -> Iterator[Screen]:
        self.window.open_path(self.place / "LKIP-2026.lkip")
        work = self.window.work
        assert work is not None
        yield "siklus", self.window
        for step in work.session.state.sop.steps:
            work.cycle_page.show_step(step.id)
            yield f"langkah-{step.number:02d}", self.window
        work.cycle_page.show_step("koreksi")

    def exchange(self) -> Iterator[Screen]:
        """A budget export with a row that matches nothing, and the question before forms go out."""
        from walkthrough import wait_until

        from ui.exchange.preview import ImportDialog

        self.play(2023, 3)
        self.window.open_path(self.place / "LKIP-2023.lkip")
        work = self.window.work
        assert work is not None
        exchange = work.cycle_page.panel.exchange
        path = self.place / "LRA.csv"
        path.write_text(LRA, "utf-8")
        exchange.bring(path)
        wait_until(lambda: any(isinstance(w, ImportDialog) for w in self.dialogs()), "the preview opens")
        yield "impor", next(w for w in self.dialogs() if isinstance(w, ImportDialog))
        self.close_dialogs()
        exchange.send()
        yield "kirim-unit", self.dialog()
        self.close_dialogs()
        self.window.open_path(self.place / "LKIP-2026.lkip")

    def views(self) -> Iterator[Screen]:
        work = self.window.work
        assert work is not None
        page = work.cycle_page
        for name, tab in (("pencatatan", page.dossier), ("riwayat", page.history), ("jadwal", page.schedule)):
            page.tabs.setCurrentWidget(tab)
            yield name, self.window
        page.tabs.setCurrentWidget(page.panel)
        page.chart.set_complete(True)
        yield "bagan-lengkap", self.window
        page.chart.set_complete(False)
        page.chart.set_table(True)
        yield "bagan-tabel", self.window
        page.chart.set_table(False)
        work.show_profile()
        yield "profil", self.window
        work.show_sop()
        yield "sop", self.window
        work.show_cycle()

    def acts(self) -> Iterator[Screen]:
        work = self.window.work
        assert work is not None
        panel = work.cycle_page.panel
        panel.footer.verbs["tidak"].click()
        yield "kembalikan", self.dialog()
        self.close_dialogs()
        panel.footer.verbs["ya"].click()
        yield "setujui", self.dialog()
        self.close_dialogs()
        work.undo()
        yield "batalkan", self.dialog()
        self.close_dialogs()
        work.cycle_page.show_step("data")
        panel.footer.reopen.click()
        yield "buka-kembali", self.dialog()
        self.close_dialogs()
        work.cycle_page.show_step("data")
        yield from self.tables()
        work.cycle_page.show_step("koreksi")
        for topic in ("step", "keys", "about"):
            self.window._help(topic)
            yield f"bantuan-{topic}", self.dialog()
            self.close_dialogs()

    def tables(self) -> Iterator[Screen]:
        from ui.forms.row_dialog import RowDialog
        from ui.forms.table_box import TableBox, TableDialog

        assert self.window.work is not None
        form = self.window.work.cycle_page.panel.page.form
        assert form is not None
        box = form.boxes["indicators"]
        assert isinstance(box, TableBox)
        large = TableDialog(box.context, box.view, self.window)
        large.show()
        yield "tabel-besar", large
        large.close()
        row = RowDialog(box.context, box.model, 0, self.window)
        row.show()
        yield "baris", row
        row.close()

    def documents(self) -> Iterator[Screen]:
        work = self.window.work
        assert work is not None
        for kind in ("cover-letter", "status-sheet"):
            work.documents.preview(kind)
            yield f"pratinjau-{kind}", self.late_dialog()
            self.close_dialogs()
        work.documents.preview("status-sheet")
        yield "pratinjau-cari", self.searching()
        self.close_dialogs()
        work.documents.print_document("cover-letter")
        yield "cetak", self.late_dialog()
        self.close_dialogs()
        yield "geser-cetakan", self.offset()
        self.close_dialogs()

    def archive(self) -> Iterator[Screen]:
        from ui import jobs
        from ui.archive.package import verify, write
        from ui.archive.terms import RetentionDialog, show_retention

        self.window.open_path(self.place / "LKIP-2026.lkip")
        work = self.window.work
        assert work is not None
        work.cycle_page.show_step("kirim-arsip")
        target = self.place / "Arsip LKIP 2026.zip"
        write(self.window, work.session, target)
        jobs.finish_all()
        yield "arsip-selesai", self.dialog()
        self.close_dialogs()
        panel = work.cycle_page.panel
        panel.area.ensureWidgetVisible(panel.page.archive)
        yield "arsip-langkah", self.window
        with target.open("r+b") as spoilt:
            spoilt.seek(1000)
            spoilt.write(b"rusak")
        verify(self.window, target)
        jobs.finish_all()
        yield "paket-rusak", self.dialog()
        self.close_dialogs()
        show_retention(self.window)
        jobs.finish_all()
        dialog = self.window.findChild(RetentionDialog)
        assert dialog is not None
        yield "retensi", dialog
        self.close_dialogs()

    def who_did_what(self) -> Iterator[Screen]:
        """People with passwords, the day looked back at, another copy, authenticity, the lock."""
        from ui.compare.authenticity import AuthenticityDialog
        from ui.compare.dialog import CompareDialog
        from ui.session import Identity

        work = self.window.work
        assert work is not None
        session, trust = work.session, work.trust
        other = self.place / "salinan.lkip"
        self.window.desk.files.copy(work.path, other)
        one, _ = self.window.desk.open(other, "Budi")
        assert one is not None
        elsewhere = type(session)(one, Identity("Budi Contoh, S.E.", "tim"))
        elsewhere.fill({"agency_contact": "Telepon (0254) 999999", "agency_city": "Cilegon"})
        elsewhere.close()
        session.fill({"agency_contact": "Telepon (0254) 111111"})
        siti, here = Identity("Hj. Siti Contoh, S.E., M.Ak.", "sekretaris"), session.identity
        session.fill({"people": ["r1"], "people/r1/name": siti.name, "people/r1/role": siti.role})
        session.act(partial(give_password, "r1", session.book))
        trust.show_people()
        yield "orang", self.dialog()
        self.close_dialogs()
        panel = work.cycle_page.panel
        panel.footer.behalf.click()
        panel.footer.verbs["ya"].click()
        yield "kata-sandi-pejabat", self.dialog()
        self.close_dialogs()
        trust.choose_day()
        yield "lihat-per-tanggal", self.dialog()
        self.close_dialogs()
        trust.look_at(12)
        yield "dahulu", self.window
        work.show_cycle()
        trust.compare_with(other)
        yield "bandingkan", self.opened(CompareDialog)
        self.close_dialogs()
        trust.check_authenticity()
        yield "keaslian", self.opened(AuthenticityDialog)
        self.close_dialogs()
        session.set_identity(siti)
        trust.lock()
        yield "terkunci", self.window
        assert trust.gate.page is not None
        trust.gate.page.word.edit.setText("rahasia-contoh")
        trust.gate.page.attempt()
        session.set_identity(here)

    def opened(self, kind: type[QDialog]) -> QDialog:
        """A dialog that opens when its work is done."""
        from walkthrough import wait_until

        wait_until(lambda: any(isinstance(widget, kind) for widget in self.dialogs()), "the dialog opens")
        return next(widget for widget in self.dialogs() if isinstance(widget, kind))

    def play(self, year: int, step: int) -> None:
        from db.files import CycleFiles
        from lkip_desktop.sample import Sample, play_sample

        sample = Sample(year, step, self.clock.now(), ahead=step == 10, returned=step == 6)
        play_sample(CycleFiles(), self.place / f"LKIP-{year}.lkip", sample)

    def dialogs(self) -> list[QWidget]:
        """The dialogs that are open."""
        return [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not self.window]

    def dialog(self) -> QDialog:
        """The dialog that opened last."""
        modal = QApplication.activeModalWidget()
        found = modal if modal is not None else self.dialogs()[-1]
        assert isinstance(found, QDialog)
        return found

    def late_dialog(self) -> QDialog:
        """A dialog that opens when its document has been made, with its page."""
        from walkthrough import wait_until

        from ui.documents.page_view import PageView
        from ui.documents.preview import PreviewDialog
        from ui.documents.print_dialog import PrintDialog

        def found() -> list[PreviewDialog | PrintDialog]:
            return [widget for widget in self.dialogs() if isinstance(widget, PreviewDialog | PrintDialog)]

        wait_until(found, "the dialog opens")
        pages = found()[0].findChildren(PageView)
        wait_until(lambda: all(view.image(view.page) for view in pages), "the page is rendered")
        return found()[0]

    def searching(self) -> QDialog:
        """The preview with a search under way."""
        from walkthrough import wait_until

        from ui.documents.preview import PreviewDialog

        dialog = self.late_dialog()
        assert isinstance(dialog, PreviewDialog)
        dialog.look.click()
        dialog.search.words.setText("LKIP")
        wait_until(lambda: dialog.view.hits, "something is found")
        return self.late_dialog()

    def offset(self) -> QWidget:
        from lkip_desktop.printing.offsets import Offset
        from ui.documents.offset_dialog import OffsetDialog

        dialog = OffsetDialog("Epson L3250", Offset(1.5, -0.5), self.window)
        dialog.open()
        return dialog

    def close_dialogs(self) -> None:
        for widget in self.dialogs():
            widget.close()


def give_password(person: str, book: TryBook, cycle: Cycle, who: Who) -> Changed | Refusal:
    from lkip_desktop.people import set_password

    return set_password(cycle, who, person, "rahasia-contoh", "", book)


if __name__ == "__main__":
    main()
