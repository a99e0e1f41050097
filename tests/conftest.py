"""What holds for every test: no real screen, no unexpected warning, no window left open."""

from __future__ import annotations

import gc
import logging
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings

FIGURE = "figure: "
WINDOWS = pytest.StashKey[bool]()
"""Whether something may be left of the windows of an earlier test."""

# Qt reads this once, when the application object is made.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# No deadline: a busy machine is slow, not wrong. In CI the same examples are tried each time.
settings.register_profile("local", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("local"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "local")


def pytest_configure(config: pytest.Config) -> None:
    """Keep what Qt's dialogs, openbox and the like remember out of the home of whoever runs the tests."""
    home = TemporaryDirectory(prefix="lkip-home-", ignore_cleanup_errors=True)
    config.add_cleanup(home.cleanup)
    os.environ.update(dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"), home.name))


@pytest.fixture(autouse=True)
def no_unexpected_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test that logs a warning or worse, unless `@pytest.mark.logs("pattern")` expects it."""
    yield
    expected = [str(mark.args[0]) for mark in request.node.iter_markers("logs")]
    unexpected = [
        f"{record.levelname} {record.name}: {record.getMessage()}"
        for record in [*caplog.get_records("setup"), *caplog.get_records("call")]
        if record.levelno >= logging.WARNING
        and not any(re.search(pattern, record.getMessage()) for pattern in expected)
    ]
    if unexpected:
        pytest.fail("unexpected log records:\n" + "\n".join(unexpected), pytrace=False)


# Whichever thread needs memory collects: between two tests that was seen to be the one that listens to pytest-xdist.
# A widget that it destroyed there could stop the whole run, out of the reach of every time limit.
gc.disable()


@pytest.fixture(autouse=True)
def collected_on_this_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """As in the program, no other thread collects what belongs to windows."""
    if "qapp" in request.fixturenames:
        yield
        gc.collect(1)
        request.config.stash[WINDOWS] = True
    else:
        if request.config.stash.get(WINDOWS, False):
            gc.collect()
            request.config.stash[WINDOWS] = False
        gc.enable()
        yield
        gc.disable()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the tests of survival counted (`record_property("figure: …", number)`), so that the log shows it."""
    totals: Counter[str] = Counter()
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, value in report.user_properties:
            if name.startswith(FIGURE):
                totals[name.removeprefix(FIGURE)] += int(str(value))
    if totals:
        terminalreporter.section("survival")
        terminalreporter.write_line(", ".join(f"{name} = {count}" for name, count in sorted(totals.items())))


@pytest.fixture(autouse=True)
def no_window_left_open() -> Iterator[None]:
    """Fail a test that leaves a top-level window open; windows given to `qtbot` are closed by it."""
    yield
    left = _close_visible_windows()
    if left:
        pytest.fail("windows left open: " + ", ".join(left), pytrace=False)


def _close_visible_windows() -> list[str]:
    """Close what is still shown, so that only the guilty test fails, and say what it was."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return []
    visible = [widget for widget in widgets.QApplication.topLevelWidgets() if widget.isVisible()]
    names = [f"{type(widget).__name__} {widget.windowTitle()!r}" for widget in visible]
    for widget in visible:
        widget.hide()
        widget.deleteLater()
    return names
