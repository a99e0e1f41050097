"""The welcome of the first start: the agency's letterhead, officials, logo, units and SOP, then its first cycle.

It is the assistant for a new cycle with the agency first and a page more. It can be left at any time: what was typed is
kept and shown again.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from lkip_desktop.errors import reason_of
from lkip_desktop.office import NewCycle
from lkip_desktop.sop.load import parse_sop
from lkip_desktop.workflow.events import Json
from ui import welcome_draft
from ui.desk import Desk
from ui.new_cycle import NewCycleDialog
from ui.new_cycle_line import Line
from ui.new_cycle_pages import Page
from ui.settings import Settings
from ui.welcome_page import HousePage

if TYPE_CHECKING:
    from ui.main_window import MainWindow

LEAVE = "Tinggalkan dulu"
LEAVE_HINT = "Isian disimpan; lanjutkan kapan saja dari Beranda"

log = logging.getLogger("lkip.welcome")


def begin(window: MainWindow) -> None:
    """From the home screen: the welcome where the work folder has no cycle yet, else the assistant."""
    if window.home.has_cycles:
        window.new_cycle()
        return
    dialog = WelcomeDialog(window.desk, window.settings, window)
    dialog.created.connect(window.show_cycle)
    dialog.rejected.connect(window.refresh_home)
    dialog.open()


class WelcomeDialog(NewCycleDialog):
    """`created` carries the open cycle; rejected, the person goes on later."""

    def __init__(self, desk: Desk, settings: Settings, parent: QWidget | None = None) -> None:
        self.house = HousePage()
        super().__init__(desk, settings, parent)
        self.setWindowTitle("Selamat datang di LKIP Desktop")
        self.cancel.setText(LEAVE)
        self.cancel.setToolTip(LEAVE_HINT)
        self.cancel.setAccessibleDescription(LEAVE_HINT)
        self.house.show_values(self._base)
        self.house.sopChanged.connect(self._take_sop)
        self.created.connect(lambda _: welcome_draft.forget(settings))
        draft = welcome_draft.read(settings)
        if draft is not None:
            self._restore(draft)

    def make_pages(self) -> tuple[Page, ...]:
        return self.agency, self.house, self.circular, self.file

    def take_from(self, previous: Path | None) -> None:
        super().take_from(previous)
        self.house.show_values(self._base)
        self.house.set_logo(self._logo)

    def _take_sop(self, text: str) -> None:
        self._sop_text = text
        self.circular.set_days(parse_sop(text).total_days)

    def reject(self) -> None:
        """Leave for now; what was typed is kept."""
        self.keep_draft()
        QDialog.reject(self)

    def new_cycle(self, values: Mapping[str, Json]) -> NewCycle:
        with_units = {**values, **self.house.values()}
        return NewCycle(int(self.circular.year.value), self._sop_text, with_units, self.house.logo)

    def go_to(self, page: int) -> None:
        super().go_to(page)
        if self.isVisible():
            self.keep_draft()

    # The draft

    def keep_draft(self) -> None:
        """Keep what was typed; a disk that refuses costs the draft alone."""
        lines = {name: line.edit.text() for name, line in self._lines().items()}
        draft = welcome_draft.WelcomeDraft(
            self.stack.currentIndex(),
            {**lines, "units": self.house.units.toPlainText()},
            self.house.own_sop,
            self.house.logo,
        )
        try:
            welcome_draft.keep(self._settings, draft)
        except OSError as error:
            log.warning("the draft of the welcome was not kept: %s", reason_of(error))

    def _restore(self, draft: welcome_draft.WelcomeDraft) -> None:
        if draft.sop_text:
            self.house.take_sop(draft.sop_text)
        for name, line in self._lines().items():
            if name in draft.lines:
                line.edit.setText(draft.lines[name])
                line.edit.setCursorPosition(0)
        self.house.units.setPlainText(draft.lines.get("units", self.house.units.toPlainText()))
        self.house.set_logo(draft.logo)
        self.circular.show_outlook()
        self.go_to(min(draft.page, self.stack.count() - 1))

    def _lines(self) -> dict[str, Line]:
        """Every line that is typed into, by an id that stays the same."""
        circular = self.circular
        named = {
            "year": circular.year,
            "circular_sender": circular.issuer,
            "circular_number": circular.number,
            "circular_date": circular.day,
            "circular_deadline": circular.deadline,
            "person": self.file.person,
        }
        return {**named, **self.agency.lines, **self.agency.officials}
