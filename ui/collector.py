"""Collects Python's cyclic garbage on the thread that shows windows, and on no other."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1000


class Collector(QObject):
    """From its making on nothing is collected by itself: another thread would destroy widgets, and Qt dies of it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self, interval=EVERY_MS)
        timer.timeout.connect(self.collect)
        timer.start()

    def collect(self) -> None:
        """Collect the oldest generation that is due by Python's own thresholds, and with it the younger ones."""
        for age in (2, 1, 0):
            if gc.get_count()[age] > gc.get_threshold()[age]:
                gc.collect(age)
                break
