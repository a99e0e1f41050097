"""Watches how long a window does not answer, and where the program was at that time."""

from __future__ import annotations

import signal
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QObject, Qt, QTimer

EVERY_MS = 5
LOOK_S = 0.01
LATE_S = 0.03
"""How late the event loop may be before it is asked what it does."""
OWN = ("ui", "lkip_desktop", "db", "main.py")


@dataclass(frozen=True)
class Stall:
    """The event loop did not turn for `seconds`, of which it computed for `busy`; `place` is where it was mostly."""

    seconds: float
    busy: float
    place: str
    phase: str = ""


class Watchdog(QObject):
    """Measures from its making until `stop`; `stalls` are those longer than LATE_S, the longest first.

    A timer of the event loop leaves a mark. A signal looks how old the mark is, and where the program stands: it
    comes to the GUI thread itself, between two steps of Python. A thread that looked from outside would keep
    painters alive beyond their time, and Qt dies of it. Where there is no such signal, places are not known.
    """

    def __init__(self, root: Path) -> None:
        """`root` is the program's folder: the innermost lines below it name the place."""
        super().__init__()
        self._root = f"{root}/"
        self.phase = ""
        """What is going on, for the report; whoever drives the window sets it."""
        self._found: list[Stall] = []
        self._seen: Counter[str] = Counter()
        self._marked, self._worked = time.perf_counter(), time.thread_time()
        self._timer = QTimer(self, interval=EVERY_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._mark)
        self._timer.start()
        if hasattr(signal, "setitimer"):
            signal.signal(signal.SIGALRM, self._look)
            signal.setitimer(signal.ITIMER_REAL, LOOK_S, LOOK_S)

    @property
    def stalls(self) -> tuple[Stall, ...]:
        return tuple(sorted(self._found, key=lambda stall: -stall.seconds))

    def stop(self) -> None:
        """Measure no more."""
        self._timer.stop()
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)

    def forget(self) -> None:
        """What came before does not count: whoever drives the window did something of its own."""
        self._marked, self._worked = time.perf_counter(), time.thread_time()
        self._seen.clear()

    def _mark(self) -> None:
        late = time.perf_counter() - self._marked - EVERY_MS / 1000
        if late > LATE_S:
            place = self._seen.most_common(1)[0][0] if self._seen else "?"
            self._found.append(Stall(late, time.thread_time() - self._worked, place, self.phase))
        self.forget()

    def _look(self, _: int, frame: FrameType | None) -> None:
        if time.perf_counter() - self._marked > LATE_S:
            self._seen[self._place(frame)] += 1

    def _place(self, frame: FrameType | None) -> str:
        """``ui/step/panel.py:90 _rebuild < ui/session.py:40 act``: the innermost lines of ours."""
        names: list[str] = []
        while frame is not None and len(names) < 3:
            name = frame.f_code.co_filename.removeprefix(self._root)
            if name.split("/")[0] in OWN:
                names.append(f"{name}:{frame.f_lineno} {frame.f_code.co_name}")
            frame = frame.f_back
        return " < ".join(names) or "outside the program"


def report(stalls: tuple[Stall, ...], count: int = 12) -> str:
    """The longest stalls in words, one a line: milliseconds, and those of them that the window itself computed."""
    lines = [f"  {s.seconds * 1000:6.0f} ms ({s.busy * 1000:.0f} busy)  {s.phase}  {s.place}" for s in stalls[:count]]
    longest = f"{stalls[0].seconds * 1000:.0f} ms" if stalls else f"none above {LATE_S * 1000:.0f} ms"
    return "\n".join([f"Longest stall of the event loop: {longest} (aim 50 ms), {len(stalls)} in all", *lines])
