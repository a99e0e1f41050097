"""The nets of conftest.py catch what they are for: each is shown a test that must fail."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")
PROJECT = CONFTEST.parent.parent / "pyproject.toml"

LOG = """
import logging
def test_it():
    logging.getLogger("lkip").warning("berkas rusak")
"""
EXPECTED_LOG = """
import logging, pytest
@pytest.mark.logs("^berkas .usak$")
def test_it():
    logging.getLogger("lkip").warning("berkas rusak")
"""
QT_MESSAGE = """
from PySide6.QtCore import qWarning
def test_it():
    qWarning("QObject::connect: no such signal")
"""
WINDOW = """
from PySide6.QtWidgets import QWidget
def test_it(qapp):
    global window
    window = QWidget(windowTitle="tertinggal")
    window.show()
"""
OWNED_WINDOW = """
from PySide6.QtWidgets import QWidget
def test_it(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
"""
PYTHON_WARNING = """
import warnings
def test_it():
    warnings.warn("lama", DeprecationWarning)
"""


@pytest.mark.parametrize(
    ("code", "outcome", "says"),
    [
        (LOG, {"passed": 1, "errors": 1}, "unexpected log records"),
        (EXPECTED_LOG, {"passed": 1}, ""),
        (QT_MESSAGE, {"failed": 1}, "no such signal"),
        (WINDOW, {"passed": 1, "errors": 1}, "windows left open: QWidget 'tertinggal'"),
        (OWNED_WINDOW, {"passed": 1}, ""),
        (PYTHON_WARNING, {"failed": 1}, "DeprecationWarning: lama"),
    ],
    ids=["log", "expected log", "Qt message", "window", "window of qtbot", "Python warning"],
)
def test_the_net(pytester: pytest.Pytester, code: str, outcome: dict[str, int], says: str) -> None:
    pytester.makeconftest(CONFTEST.read_text("utf-8"))
    pytester.makepyprojecttoml(PROJECT.read_text("utf-8"))
    pytester.makepyfile(code)
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", ".")
    result.assert_outcomes(**outcome)
    assert says in result.stdout.str()


def test_what_hangs_within_a_library_says_where(pytester: pytest.Pytester) -> None:
    pytester.makepyprojecttoml(PROJECT.read_text("utf-8"))
    pytester.makepyfile("""
        import sqlite3
        def test_it():
            endless = "WITH RECURSIVE a (x) AS (SELECT 1 UNION ALL SELECT x FROM a) SELECT count(x) FROM a"
            sqlite3.connect(":memory:").execute(endless).fetchone()
    """)
    result = pytester.runpytest_subprocess("-o", "timeout=1", "-o", "faulthandler_timeout=2", ".", timeout=60)
    assert result.ret == 1
    assert " in test_it" in result.stderr.str()


def test_nobody_waits_as_qtest_does() -> None:
    """See `tests/ui/shown.py`: it can last for ever."""
    waits = re.compile(r"\b(?:qWait\w*|waitExposed|waitActive)\(")
    top = PROJECT.parent
    paths = [*(top / "tests").rglob("*.py"), *(top / "scripts").rglob("*.py")]
    assert len(paths) > 100
    assert [path.name for path in paths if waits.search(path.read_text("utf-8"))] == []
