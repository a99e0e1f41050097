"""What the window's tests share: the theme, a fixed clock, and sessions on real cycle files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from db.files import CycleFiles
from lkip_desktop import office, resources
from lkip_desktop.office import Cycle, NewCycle
from lkip_desktop.sample import Sample, play_sample
from lkip_desktop.workflow.events import Who
from tests.ui.shown import activate
from ui import theme
from ui.app import build_window, offer_themes
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.session import Identity, Session
from ui.settings import Settings
from ui.tokens import LIGHT

NOW = datetime(2027, 2, 15, 1, 0, tzinfo=UTC)  # Monday 08.00 WIB
MakeSession = Callable[..., Session]


class FixedClock:
    """A clock that a test sets."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def pass_time(self, hours: float) -> None:
        self.at += timedelta(hours=hours)


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> None:
    theme.apply(qapp, LIGHT)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of their own, with a work folder that is not made yet."""
    settings = Settings(tmp_path / "pengaturan.ini")
    settings.work_folder = tmp_path / "LKIP"
    settings.identity = Identity("Rina Contoh", "sekretaris")
    return settings


@pytest.fixture
def desk(clock: FixedClock) -> Desk:
    return Desk(CycleFiles(), clock)


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, settings: Settings, desk: Desk) -> Iterator[MainWindow]:
    """The whole window on real files, closed at the end with what it still has open."""
    window = build_window(qapp, settings, lambda: desk, "terang")
    offer_themes(qapp, window, "terang")
    window.refresh()
    window.resize(1366, 740)
    activate(qtbot, window)
    yield window
    for dialog in window.findChildren(QDialog):
        dialog.close()
    window.close()
    window.deleteLater()


@pytest.fixture
def sessions() -> Iterator[list[Session]]:
    """Every session that a test opens; closed at its end."""
    opened: list[Session] = []
    yield opened
    for session in opened:
        session.close()
        session.deleteLater()


@pytest.fixture
def session(tmp_path: Path, clock: FixedClock, sessions: list[Session]) -> Session:
    """A new cycle at step 1 with two officials and nothing else filled in, acted on by the Inspektur."""
    values = {
        "agency_name": "INSPEKTORAT KABUPATEN CONTOH",
        "officials": ["r1", "r2"],
        "officials/r1/role": "inspektur",
        "officials/r1/name": "Drs. Ahmad Contoh, M.Si",
        "officials/r1/position": "Inspektur",
        "officials/r2/role": "sekretaris",
        "officials/r2/name": "Budi Teladan, S.E.",
        "officials/r2/position": "Sekretaris",
        "officials/r2/status": "Plt.",
        "units": ["r1"],
        "units/r1/name": "Sekretariat",
    }
    new = NewCycle(2026, resources.sop_text(), values)
    path = tmp_path / "LKIP-2026.lkip"
    cycle = office.create_cycle(CycleFiles(), path, new, Who("Rina"), clock)
    return _opened(cycle, "inspektur", sessions)


@pytest.fixture
def make_session(tmp_path: Path, clock: FixedClock, sessions: list[Session]) -> MakeSession:
    """Makes a session on the sample cycle: `make_session(until_step, ahead=False, returned=False, role="")`.

    Without a `role` it is that of the current step.
    """

    def make(until_step: int, *, ahead: bool = False, returned: bool = False, role: str | None = None) -> Session:
        sample = Sample(2026, until_step, clock.at, ahead=ahead, returned=returned)
        path = tmp_path / f"LKIP-2026-{len(sessions) + 1}.lkip"
        play_sample(CycleFiles(), path, sample)
        cycle, opening = office.open_cycle(CycleFiles(), path, clock)
        assert cycle is not None, opening.message
        step = cycle.state.step
        return _opened(cycle, role if role is not None else step.actor if step else "", sessions)

    return make


def _opened(cycle: Cycle, role: str, sessions: list[Session]) -> Session:
    session = Session(cycle, Identity("Rina Contoh, S.A.P.", role))
    sessions.append(session)
    return session
