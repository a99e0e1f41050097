"""What the window holds while a cycle is open: its session, its pages, its documents, and the acts of its menus."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from lkip_desktop.documents.catalog import KINDS
from lkip_desktop.letters import is_letter, is_sent_to_each
from lkip_desktop.office import Cycle
from lkip_desktop.ports import Progress
from lkip_desktop.sop.model import Step
from lkip_desktop.workflow.transitions import Refusal, last_move
from ui import jobs, last_year
from ui.archive import package
from ui.backups.keeper import BackupKeeper
from ui.cycle_page import CyclePage
from ui.documents import ready
from ui.documents.actions import DocumentActions
from ui.documents.strip import Strip
from ui.letters.acts import LetterActs
from ui.letters.page import LettersPage
from ui.opening import ask
from ui.profile_page import ProfilePage
from ui.report_review.actions import ReportReview
from ui.session import Identity, Outcome, Session
from ui.sop_page import SopPage
from ui.step import questions
from ui.step.dialogs import ActDialog, Question
from ui.trust import Trust

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.report.page import ReportPage

PREPARE_MS = 300
NOTE_MS = 100
READ_ONLY = "Siklus ini dibuka hanya untuk dibaca; perubahan tidak dapat disimpan."


class Workplace(QObject):
    """Made when a cycle opens, left when it closes. `acts` are its commands by the menus' ids."""

    def __init__(self, window: MainWindow, cycle: Cycle) -> None:
        super().__init__(window)
        self._window = window
        self.path: Path = cycle.store.path
        self.session = Session(cycle, self._known_identity(cycle), self)
        self.documents = DocumentActions(self.session, window, window.settings)
        self.letters = LetterActs(
            self.session, window.desk.files, self.documents, window, window.settings, lambda: self.flush()
        )
        self.cycle_page = CyclePage(self.session, self.documents, window.settings, window.pages)
        self.profile: ProfilePage | None = None
        self.sop: SopPage | None = None
        self.papers: LettersPage | None = None
        self.report: ReportPage | None = None
        window.pages.addWidget(self.cycle_page)
        self.trust = Trust(window, self)
        self.acts = {**self._make_acts(), **self.trust.acts}
        self._connect()
        # Not at once: the page is to be painted first, and one interpreter does one thing at a time.
        self._idle = QTimer(self, singleShot=True, interval=PREPARE_MS)
        self._idle.timeout.connect(self._make_ready)
        self._noted = ""
        self._noting = QTimer(self, singleShot=True, interval=NOTE_MS)
        self._noting.timeout.connect(lambda: window.settings.note_open(self.path.absolute(), self._noted))
        self.backups: BackupKeeper | None = None
        if not self.session.read_only:
            self._idle.start()
            self.backups = BackupKeeper(window, self.session, self)
            self.session.back_up_first = self.backups.first
        else:
            window.notice.say("warn", READ_ONLY, closable=False)

    def _make_ready(self) -> None:
        """Load what the first act and the first letter need, beside the window."""
        store = self.session.cycle.store

        def work(_: Progress) -> None:
            store.prepare()
            ready.load()

        job = jobs.Job(work)
        job.succeeded.connect(lambda _: ready.load_widgets())
        job.start()

    def _known_identity(self, cycle: Cycle) -> Identity:
        """Who sat here last; a role that this SOP does not have is left out."""
        known = self._window.settings.identity
        return known if known.role in cycle.sop.actor_names else Identity(known.name)

    def _make_acts(self) -> dict[str, Callable[[], object]]:
        chart, actions = self.cycle_page.chart, self._window.menus.actions
        return {
            "cycle": self.show_cycle,
            "profile": self.show_profile,
            "sop": self.show_sop,
            "letters": self.show_letters,
            "register": self.show_register,
            "report": self.show_report,
            "last-year": lambda: last_year.ask(self._window, self.session, self.flush),
            "issue": self.issue_letter,
            "finish": self.finish,
            "undo": self.undo,
            "reopen": self.reopen,
            "zoom-in": chart.zoom_in,
            "zoom-out": chart.zoom_out,
            "fit-width": chart.view.fit_width,
            "fit-all": chart.view.fit_all,
            "complete": lambda: chart.set_complete(actions["complete"].isChecked()),
            "table": lambda: chart.set_table(actions["table"].isChecked()),
            "print": self.print_step,
            "print-all": self.print_all,
            "check": self.check,
            "completeness": self._reviewing(lambda review: review.show_completeness()),
            "versions": self._reviewing(lambda review: review.show_versions()),
            "take-back": self._reviewing(lambda review: review.choose()),
            "archive": lambda: package.make(self._window, self.session, self.flush),
            "backup": lambda: self.backups.make_now() if self.backups else None,
            "restore": lambda: self._window.show_backups(self.path),
        }

    def _connect(self) -> None:
        window, chart = self._window, self.cycle_page.chart
        self.cycle_page.stepShown.connect(self._note_step)
        self.session.saved.connect(window.tell_saved)
        self.session.saved.connect(window.banner.hide)
        self.session.failed.connect(lambda problem: window.banner.say("danger", problem))
        self.session.changed.connect(lambda _: window.refresh())
        self.session.identityChanged.connect(self._keep_identity)
        self.cycle_page.panel.reportRequested.connect(self.show_report)
        self.documents.issueRequested.connect(self.letters.issue)
        self.documents.signedRequested.connect(self.letters.attach_signed)
        self.documents.lettersRequested.connect(self.show_letters)
        window.menus.actions["complete"].setChecked(chart.complete.isChecked())
        chart.completeChanged.connect(window.menus.actions["complete"].setChecked)
        chart.tableChanged.connect(window.menus.actions["table"].setChecked)
        documents = self.documents
        acts = {"&Pratinjau": documents.preview, "&Cetak…": documents.print_document, "&Simpan…": documents.export}
        window.menus.show_documents([(kind.id, kind.title) for kind in KINDS.values()], acts)

    def _note_step(self, step: str) -> None:
        """So that a start after a sudden end comes back here; after the step is painted, since the disk is slow."""
        self._noted = step
        self._noting.start()

    def _keep_identity(self) -> None:
        self._window.settings.identity = self.session.identity

    # Pages

    def title(self) -> str:
        """``Siklus 2026 — Inspektorat Kabupaten Serang``"""
        state = self.session.state
        agency = state.text("agency_short") or state.text("agency_name") or self.path.name
        return f"Siklus {state.year} — {agency}"

    def show_cycle(self) -> None:
        self._show(self.cycle_page)

    def show_profile(self) -> None:
        if self.profile is None:
            self.profile = ProfilePage(self.session, self.documents, self._window.pages)
            self.profile.backRequested.connect(self.show_cycle)
            self._window.pages.addWidget(self.profile)
        self._show(self.profile)

    def show_sop(self) -> None:
        if self.sop is None:
            self.sop = SopPage(self.session.state.sop, self._window.pages)
            self.sop.backRequested.connect(self.show_cycle)
            self._window.pages.addWidget(self.sop)
        self._show(self.sop)

    def show_letters(self, kind: str = "") -> None:
        """Show the cycle's letters, and choose the first of a kind."""
        self._letters_page().show_letters(kind)
        self._show(self._letters_page())

    def show_register(self) -> None:
        self._letters_page().show_register()
        self._show(self._letters_page())

    def _letters_page(self) -> LettersPage:
        if self.papers is None:
            self.papers = LettersPage(self.session, self.documents, self.letters, self._window.pages)
            self.papers.backRequested.connect(self.show_cycle)
            self._window.pages.addWidget(self.papers)
        return self.papers

    def show_report(self, path: str = "") -> None:
        """Show where the report is put together, and choose the section of a text."""
        from ui.report.page import ReportPage

        if self.report is None:
            self.report = ReportPage(self.session, self.documents, self._window.pages)
            self.report.backRequested.connect(self.show_cycle)
            self._window.pages.addWidget(self.report)
        self._show(self.report)
        if path:
            self.report.show_path(path)

    def _show(self, page: QWidget) -> None:
        if self.trust.gate.locked:
            return
        self.flush()
        self._window.pages.setCurrentWidget(page)
        page.setFocus()

    def bring(self, path: Path) -> None:
        """Look at a workbook, or a report edited in Word, that was dropped on the window."""
        self.flush()
        self.show_cycle()
        panel = self.cycle_page.panel
        (panel.review if path.suffix.lower() == ".docx" else panel.exchange).bring(path)

    def _reviewing(self, act: Callable[[ReportReview], object]) -> Callable[[], object]:
        """An act on the report as it stands, with what is being typed kept first."""

        def call() -> None:
            self.flush()
            self.show_cycle()
            act(self.cycle_page.panel.review)

        return call

    def shown_step(self) -> Step | None:
        """The step that the panel shows."""
        return self.session.state.sop.by_id.get(self.cycle_page.step)

    # Acts

    def finish(self) -> None:
        """Press the main button of the step that is shown."""
        self.flush()
        self.show_cycle()
        self.cycle_page.tabs.setCurrentWidget(self.cycle_page.panel)
        self.cycle_page.panel.complete()

    def undo(self) -> None:
        """Ask once, then take the last move back."""
        if last_move(self.session.state) is None:
            ask(self._window, "Belum ada yang dapat dibatalkan", "Siklus ini masih berada di langkah pertamanya.")
            return
        self._ask(questions.undoing(self.session), lambda _: self.session.undo())

    def reopen(self) -> None:
        """Ask for the reason, then reopen the step that is shown."""
        state, step = self.session.state, self.shown_step()
        if step is None or not state.stays(step.id) or (state.visit is not None and state.visit.step == step.id):
            text = "Pilih dahulu pada bagan alir sebuah langkah yang sudah dilalui, lalu pilih perintah ini kembali."
            ask(self._window, "Pilih langkah yang dibuka kembali", text)
            return
        self._ask(questions.reopening(self.session, step), partial(self.session.reopen, step))

    def _ask(self, question: Question, act: Callable[[str], Outcome]) -> None:
        """Ask; `act` gets the reason. What the office refuses is told in the banner."""
        self.flush()
        self.show_cycle()
        dialog = ActDialog(question, self._window, "")
        dialog.agreed.connect(lambda reason, _: self._tell(act(reason)))
        dialog.open()

    def _tell(self, outcome: Outcome) -> None:
        if isinstance(outcome, Refusal):
            self._window.banner.say("warn", outcome.message)
        elif outcome is not None:
            self.cycle_page.panel.area.setFocus()

    def print_step(self) -> None:
        """Print the shown step's main letter or document, else offer the menu of documents."""
        step = self.shown_step()
        if step is not None and step.documents:
            own = [kind for kind in step.documents if is_letter(kind)]
            self.documents.print_document((own or step.documents)[-1])
        else:
            self._window.menus.documents.popup(self._window.menuBar().mapToGlobal(self._window.menuBar().pos()))

    def issue_letter(self) -> None:
        """Issue the shown step's letter; where it has several, or none, show them all."""
        step = self.shown_step()
        kinds = [kind for kind in step.documents if is_letter(kind)] if step else []
        if len(kinds) == 1 and not is_sent_to_each(kinds[0]):
            self.letters.issue(kinds[0])
        else:
            self.show_letters(kinds[0] if kinds else "")

    def print_all(self) -> None:
        """Print every letter of the shown step, or say that it has none."""
        self.flush()
        step = self.shown_step()
        if step is None or not self.documents.letters_of(step):
            text = "Pilih pada bagan alir langkah yang mempunyai surat, lalu pilih perintah ini kembali."
            ask(self._window, "Langkah ini tidak mempunyai surat", text)
        else:
            self.documents.print_step(step)

    def check(self) -> None:
        """Check the whole file and say what was found."""
        desk, path = self._window.desk, self.path
        jobs.start(
            self._window,
            "Memeriksa berkas…",
            lambda _: desk.check(path),
            self._tell_checked,
            lambda problem: ask(self._window, "Berkas tidak dapat diperiksa", problem),
        )

    def _tell_checked(self, faults: tuple[str, ...]) -> None:
        if faults:
            text = "Lanjutkan dari cadangan, atau selamatkan isinya ke berkas baru. Jangan hapus berkas ini.\n\n"
            choices = [
                ("Pulihkan cadangan…", lambda: self._window.show_backups(self.path)),
                ("Selamatkan isinya…", self._rescue),
            ]
            ask(self._window, "Ditemukan kerusakan", text + "\n".join(faults[:8]), choices, details="\n".join(faults))
        else:
            ask(self._window, "Berkas utuh", f"“{self.path.name}” diperiksa seluruhnya; tidak ada kerusakan.")

    def _rescue(self) -> None:
        """Save what is left into a new file; this one is closed first, so that its bytes may be read."""
        from ui.backups.rescue import rescue

        window, path = self._window, self.path
        if window.close_cycle():
            rescue(window, path)

    # Leaving

    def flush(self) -> bool:
        """Keep what is being typed; False when something could not be kept."""
        kept = [page.flush() for page in (self.cycle_page, self.profile, self.report) if page is not None]
        return all(kept)

    def leave(self) -> None:
        """Close the cycle and take its pages out of the window."""
        self._idle.stop()
        self._noting.stop()
        if self.backups is not None:
            self.backups.leave()
        jobs.finish_all()
        self.trust.leave()
        self.cycle_page.remember()
        for page in (self.cycle_page, self.profile, self.sop, self.papers, self.report):
            if page is not None:
                self._window.pages.removeWidget(page)
                page.deleteLater()
        self._window.menus.documents.clear()
        for strip in self._window.findChildren(Strip):
            strip.close()
        self.session.close()
        self.deleteLater()
