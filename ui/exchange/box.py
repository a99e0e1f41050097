"""The part of a step's panel from which figures go out and come in, and who still owes."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from lkip_desktop.documents.catalog import KINDS
from lkip_desktop.documents.workbook_layout import UNITS
from lkip_desktop.exchange import BUDGET, UNIT_FORM, Owing, units
from lkip_desktop.sop.model import Step
from ui.documents.actions import DocumentActions
from ui.exchange.actions import Exchange
from ui.forms.widgets import button, label
from ui.labels import show_part
from ui.session import Session
from ui.tokens import GRID

REPORTS = {"achievement_report": "achievement", "budget_report": "absorption"}
REMINDER = "reminder"


class ExchangeBox(QWidget):
    """Shown for steps that have the unit's forms, the indicators, the budget, or the two reports."""

    def __init__(self, session: Session, documents: DocumentActions, exchange: Exchange, step: Step) -> None:
        super().__init__()
        self._session = session
        fields = {field.id for field in step.fields}
        self.send = button("Kirim ke unit…", exchange.send)
        self.bring_form = button("Impor balasan unit…", lambda: exchange.choose(UNIT_FORM))
        self.bring_budget = button("Impor realisasi anggaran…", lambda: exchange.choose(BUDGET))
        self.remind = button("Surat pengingat…", lambda: documents.preview(REMINDER))
        self.owing = label("", "muted")
        self.reports = {
            field: button(f"Buat dan lampirkan {KINDS[kind].title}", partial(exchange.keep_report, kind, field))
            for field, kind in REPORTS.items()
            if field in fields
        }
        self._has_units = UNITS in fields
        self._editors: list[QPushButton] = []
        self._lay_out(fields)

    def _lay_out(self, fields: set[str]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(label("Kirim dan impor" if self._has_units else "Impor dan laporan", "lead", wrap=False))
        rule = QFrame()
        rule.setProperty("role", "rule")
        column.addWidget(rule)
        hint = "Berkas juga dapat diseret ke jendela ini. Sebelum ada yang berubah, isinya ditampilkan dahulu."
        column.addWidget(label(hint, "small"))
        if self._has_units:
            column.addWidget(self.owing)
        offers = [
            (self.send, self._has_units),
            (self.bring_form, self._has_units or "indicators" in fields),
            (self.bring_budget, BUDGET in fields),
            (self.remind, self._has_units and REMINDER in KINDS),
        ]
        shown = [offer for offer, wanted in offers if wanted]
        for start in range(0, len(shown), 2):
            line = QHBoxLayout()
            line.setSpacing(GRID // 2)
            for offer in shown[start : start + 2]:
                line.addWidget(offer)
            line.addStretch(1)
            column.addLayout(line)
        for offer in self.reports.values():
            line = QHBoxLayout()
            line.addWidget(offer)
            line.addStretch(1)
            column.addLayout(line)
        for offer, wanted in offers:
            if not wanted:
                offer.deleteLater()
        self._editors = [*shown, *self.reports.values()]
        show_part(self, bool(self._editors))

    def refresh(self, *, editable: bool) -> None:
        """Say who owes; offer what changes the cycle only while it may be changed."""
        for offer in self._editors:
            offer.setEnabled(editable or offer is self.remind)
        if self._has_units:
            self.owing.setText(owing_in_words(units(self._session.state), self._session))
            self.remind.setVisible(any(unit.owes for unit in units(self._session.state)))


def owing_in_words(listed: tuple[Owing, ...], session: Session) -> str:
    """``4 dari 6 unit sudah mengembalikan. Belum: Irban Wilayah I (terlambat), Sekretariat.``"""
    if not listed:
        return "Belum ada unit dalam tabel."
    done = [unit for unit in listed if unit.returned or unit.no_data]
    owing, today = [unit for unit in listed if unit.owes], session.today()
    parts = [f"{len(done)} dari {len(listed)} unit sudah menjawab."]
    if owing:
        names = ", ".join(f"{unit.unit}{' (terlambat)' if unit.late(today) else ''}" for unit in owing)
        parts.append(f"Belum kembali: {names}.")
    unsent = sum(not unit.sent and unit not in done for unit in listed)
    if unsent:
        parts.append(f"Belum dikirim: {unsent} unit.")
    return " ".join(parts)
