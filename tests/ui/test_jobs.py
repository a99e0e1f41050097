"""Long work beside the window."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable
from types import TracebackType

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from lkip_desktop.errors import Cancelled, EnvironmentProblem, UserError
from lkip_desktop.ports import Progress
from ui import jobs
from ui.collector import Collector


class Window(QWidget):
    """Keeps what the work told."""

    def __init__(self) -> None:
        super().__init__()
        self.results: list[object] = []
        self.failures: list[str] = []
        self.threads: list[threading.Thread] = []

    def start(self, work: Callable[[Progress], object]) -> jobs.Job:
        def done(result: object) -> None:
            self.threads.append(threading.current_thread())
            self.results.append(result)

        return jobs.start(self, "Membuat dokumen…", work, done, self.failures.append)

    @property
    def waiting(self) -> jobs._Waiting:
        found = self.findChild(jobs._Waiting)
        assert found is not None
        return found


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    made = Window()
    qtbot.addWidget(made)
    made.show()
    return made


def test_work_runs_on_another_thread_and_its_result_arrives_on_this_one(qtbot: QtBot, window: Window) -> None:
    where: list[threading.Thread] = []
    job = window.start(lambda progress: where.append(threading.current_thread()) or 42)
    with qtbot.waitSignal(job.finished):
        pass
    assert window.results == [42]
    assert window.threads == [threading.main_thread()]
    assert where[0] is not threading.main_thread()


@pytest.mark.parametrize("error", [UserError("Isi dahulu nomornya."), EnvironmentProblem("Disk penuh.")])
def test_what_can_be_mended_becomes_a_sentence(qtbot: QtBot, window: Window, error: Exception) -> None:
    def work(progress: Progress) -> None:
        raise error

    job = window.start(work)
    with qtbot.waitSignal(job.finished):
        pass
    assert window.failures == [str(error)]
    assert window.results == []


def test_a_bug_goes_to_the_hook(qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    caught: list[BaseException] = []

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        caught.append(error)

    monkeypatch.setattr(sys, "excepthook", hook)

    def work(progress: Progress) -> None:
        raise ZeroDivisionError

    job = window.start(work)
    with qtbot.waitSignal(job.finished):
        pass
    assert [type(error) for error in caught] == [ZeroDivisionError]
    assert window.failures == []


def test_quick_work_shows_no_dialog(qtbot: QtBot, window: Window) -> None:
    job = window.start(lambda progress: 1)
    waiting = window.waiting
    shown: list[bool] = []
    job.finished.connect(lambda: shown.append(waiting.isVisible()))
    with qtbot.waitSignal(job.finished):
        pass
    assert shown == [False]


def test_long_work_shows_its_parts_and_can_be_cancelled(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "CANCEL_AFTER", 600)
    go = threading.Event()

    def work(progress: Progress) -> None:
        while progress(3, 10):
            go.wait(0.01)
        raise Cancelled

    job = window.start(work)
    waiting = window.waiting
    cancel = waiting.findChild(QPushButton)
    bar = waiting.findChild(QProgressBar)
    assert cancel is not None
    assert bar is not None
    qtbot.waitUntil(waiting.isVisible)
    assert not cancel.isEnabled()
    qtbot.keyClick(waiting, Qt.Key.Key_Escape)
    assert waiting.isVisible()
    assert (bar.value(), bar.maximum()) == (3, 10)
    qtbot.waitUntil(cancel.isEnabled)
    with qtbot.waitSignal(job.cancelled):
        cancel.click()
    qtbot.waitUntil(lambda: not waiting.isVisible())
    assert window.results == window.failures == []


def test_work_that_was_done_before_it_heard_of_the_cancel_counts(qtbot: QtBot, window: Window) -> None:
    go = threading.Event()
    job = window.start(lambda progress: go.wait(5))
    job.cancel()
    with qtbot.waitSignal(job.finished):
        go.set()
    assert window.results == [True]


def test_closing_waits_for_the_work_and_its_result(qtbot: QtBot, window: Window) -> None:
    go = threading.Event()
    window.start(lambda progress: go.wait(5))
    threading.Timer(0.2, go.set).start()
    jobs.finish_all()
    assert window.results == [True]


def test_a_job_ends_on_the_thread_of_the_window_also_when_the_worker_lets_go_of_it_last(
    qtbot: QtBot, window: Window
) -> None:
    ended: list[threading.Thread] = []

    class Held:
        def __del__(self) -> None:
            ended.append(threading.current_thread())

    held = Held()
    job = window.start(lambda progress, held=held: 1)  # type: ignore[misc]
    job.destroyed.connect(lambda: ended.append(threading.current_thread()))
    del held, job
    qtbot.waitUntil(lambda: len(ended) == 2)
    assert set(ended) == {threading.main_thread()}


def test_garbage_is_collected_on_the_thread_of_the_window_alone(qtbot: QtBot, window: Window) -> None:
    class Part(QWidget):
        def __del__(self) -> None:
            where.append(threading.current_thread())

    where: list[threading.Thread] = []
    collector = Collector(window)
    part = Part()
    part.me = part  # type: ignore[attr-defined]
    del part

    def allocate(progress: Progress) -> None:
        for _ in range(20):
            cycles: list[list[object]] = [[] for _ in range(gc.get_threshold()[0])]
            for one in cycles:
                one.append(one)

    with qtbot.waitSignal(window.start(allocate).finished):
        pass
    assert where == []
    collector.collect()
    assert where == [threading.main_thread()]
