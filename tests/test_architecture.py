"""The house's rules, as far as code shows them; each rule is also shown a violation, so that it can fail."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("lkip_desktop", "db", "ui", "main.py", "scripts")

OFFICE_LIBRARIES = {"docx", "reportlab", "openpyxl", "xlsxwriter", "python_calamine", "pptx"}
QT = {"PySide6", "shiboken6"}
SQL = {"sqlalchemy", "alembic", "sqlite3"}
FORBIDDEN = {
    "lkip_desktop": QT | SQL | {"db", "ui", "main"},
    "db": QT | {"ui", "main"},
    "ui": SQL | {"db", "main"},
}
MAX_FILE_LINES = 450
MAX_FUNCTION_LINES = 60

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One module: its path from the top of the project with forward slashes, its text and its tree."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @property
    def room(self) -> str:
        return self.path.split("/", 1)[0]


@dataclass(frozen=True)
class Import:
    module: str
    line: int
    inside_function: bool


@cache
def project_sources() -> list[Source]:
    paths = [path for room in ROOMS for path in files_of(ROOT / room)]
    return [Source(path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in paths]


def files_of(room: Path) -> list[Path]:
    return [room] if room.is_file() else sorted(room.rglob("*.py"))


def imports_of(source: Source) -> Iterator[Import]:
    functions = [node for node in ast.walk(source.tree) if isinstance(node, Function)]
    spans = [range(node.lineno, (node.end_lineno or node.lineno) + 1) for node in functions]
    for node in ast.walk(source.tree):
        for module in imported_modules(node):
            line = getattr(node, "lineno", 0)
            yield Import(module, line, any(line in span for span in spans))


def imported_modules(node: ast.AST) -> list[str]:
    """Name the modules that a statement imports; a relative import never leaves its own room."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
        return [node.module]
    if isinstance(node, ast.Call) and called_name(node) in {"import_module", "__import__"}:
        return [arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant)]
    return []


def called_name(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def calls_of(source: Source) -> Iterator[ast.Call]:
    return (node for node in ast.walk(source.tree) if isinstance(node, ast.Call))


# Rule 1: imports fall downward.


def imports_upward(source: Source) -> list[str]:
    return [
        f"{source.path}:{found.line} imports {found.module}"
        for found in imports_of(source)
        if found.module.split(".")[0] in forbidden_for(source, found)
    ]


def forbidden_for(source: Source, found: Import) -> set[str]:
    forbidden = set(FORBIDDEN.get(source.room, set()))
    if source.path == "lkip_desktop/__main__.py" and found.inside_function:
        forbidden -= {"db"}
    if not source.path.startswith("lkip_desktop/documents/"):
        forbidden |= OFFICE_LIBRARIES if source.room != "scripts" else set()
    return forbidden


# Rule 2: one act, one transaction, made durable in one place.


def transactions_elsewhere(source: Source) -> list[str]:
    """Name each `.commit(` and `.begin(` outside the store; in ui `begin` is a painter's, and allowed."""
    if source.path in {"db/store.py", "db/sqlite.py"} or source.path.startswith("db/migrations/"):
        return []
    verbs = {"db": {"commit", "begin"}, "lkip_desktop": {"commit", "begin"}}.get(source.room, {"commit"})
    return [
        f"{source.path}:{call.lineno} calls {called_name(call)}"
        for call in calls_of(source)
        if isinstance(call.func, ast.Attribute) and called_name(call) in verbs
    ]


def second_transactions(source: Source) -> list[str]:
    """In the store, the functions that make something durable, when there is more than one."""
    if source.path != "db/store.py":
        return []
    makers = {
        function.name
        for function in ast.walk(source.tree)
        if isinstance(function, Function)
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"commit", "begin"}
    }
    return [f"{source.path}: transactions in {', '.join(sorted(makers))}"] if len(makers) > 1 else []


# Rule 4: nothing is written in place.


def writes_in_place(source: Source) -> list[str]:
    if source.room not in FORBIDDEN or source.path == "lkip_desktop/files.py":
        return []
    return [
        f"{source.path}:{call.lineno} writes in place"
        for call in calls_of(source)
        if called_name(call) in {"write_text", "write_bytes"} or opens_for_writing(call)
    ]


def opens_for_writing(call: ast.Call) -> bool:
    """Tell whether a call of `open`, `Path.open` or `fdopen` writes from the start or over the old."""
    if called_name(call) not in {"open", "fdopen"}:
        return False
    args = call.args[1:2] if isinstance(call.func, ast.Name) else call.args[:2]
    values = [*args, *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
    modes = [value.value for value in values if isinstance(value, ast.Constant)]
    return any(isinstance(mode, str) and set(mode) <= set("rwxabt+") and set(mode) & set("wx+") for mode in modes)


# Sizes and first sentences: rooms that stay small enough to live in.


def too_long(source: Source) -> list[str]:
    lines = len(source.text.splitlines())
    found = [f"{source.path} has {lines} lines"] if lines > MAX_FILE_LINES else []
    if source.path.startswith("db/migrations/versions/"):
        return found
    for node in ast.walk(source.tree):
        if isinstance(node, Function):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > MAX_FUNCTION_LINES:
                found.append(f"{source.path}:{node.lineno} {node.name} has {length} lines")
    return found


def says_nothing(source: Source) -> list[str]:
    if source.text.strip() and not ast.get_docstring(source.tree):
        return [f"{source.path} does not begin with a sentence that says what it is for"]
    return []


Rule = Callable[[Source], list[str]]
RULES: list[Rule] = [
    imports_upward,
    transactions_elsewhere,
    second_transactions,
    writes_in_place,
    too_long,
    says_nothing,
]


@pytest.mark.parametrize("rule", RULES)
def test_the_project_keeps_the_rule(rule: Rule) -> None:
    assert [fault for source in project_sources() for fault in rule(source)] == []


def test_the_rules_see_the_project() -> None:
    paths = {source.path for source in project_sources()}
    assert {"lkip_desktop/__init__.py", "lkip_desktop/files.py"} <= paths


IN_FUNCTION = "def run():\n    import db.store\n"


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        (imports_upward, "lkip_desktop/office.py", "from PySide6.QtCore import QObject"),
        (imports_upward, "lkip_desktop/office.py", "import sqlalchemy.orm as orm"),
        (imports_upward, "lkip_desktop/office.py", IN_FUNCTION),
        (imports_upward, "lkip_desktop/office.py", "import importlib\nimportlib.import_module('db.store')"),
        (imports_upward, "lkip_desktop/office.py", "if TYPE_CHECKING:\n    from ui import window"),
        (imports_upward, "lkip_desktop/office.py", "import docx"),
        (imports_upward, "lkip_desktop/__main__.py", "from db import store"),
        (imports_upward, "lkip_desktop/__main__.py", "def run():\n    import ui\n"),
        (imports_upward, "lkip_desktop/documents/pdf.py", "from PySide6 import QtGui"),
        (imports_upward, "db/store.py", "from ui.window import Window"),
        (imports_upward, "db/store.py", "import reportlab"),
        (imports_upward, "ui/window.py", "from db.store import Store"),
        (imports_upward, "ui/window.py", "from sqlalchemy import select"),
        (imports_upward, "main.py", "import openpyxl"),
        (transactions_elsewhere, "db/backup.py", "connection.commit()"),
        (transactions_elsewhere, "db/backup.py", "with engine.begin() as connection:\n    pass"),
        (transactions_elsewhere, "ui/window.py", "self.session.commit()"),
        (transactions_elsewhere, "lkip_desktop/office.py", "store.commit()"),
        (second_transactions, "db/store.py", "def a():\n    s.commit()\ndef b():\n    e.begin()\n"),
        (writes_in_place, "lkip_desktop/office.py", "open(path, 'w').write(text)"),
        (writes_in_place, "lkip_desktop/office.py", "open(path, mode='wb')"),
        (writes_in_place, "db/store.py", "path.open('r+b')"),
        (writes_in_place, "db/store.py", "path.write_bytes(data)"),
        (writes_in_place, "ui/window.py", "Path(name).write_text(text)"),
        (too_long, "ui/window.py", "x = 1\n" * 451),
        (too_long, "ui/window.py", "def f():\n" + "    x = 1\n" * 60),
        (says_nothing, "ui/window.py", "import os"),
    ],
)
def test_a_planted_violation_is_found(rule: Rule, path: str, text: str) -> None:
    assert len(rule(Source(path, text))) == 1


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        (imports_upward, "lkip_desktop/__main__.py", IN_FUNCTION),
        (imports_upward, "lkip_desktop/documents/pdf.py", "import reportlab, docx"),
        (imports_upward, "lkip_desktop/sop/load.py", "from . import model\nfrom .db import x"),
        (imports_upward, "db/store.py", "import sqlite3\nfrom lkip_desktop import ports"),
        (imports_upward, "main.py", "import db, ui, lkip_desktop"),
        (transactions_elsewhere, "db/store.py", "session.commit()"),
        (transactions_elsewhere, "db/migrations/env.py", "context.begin()"),
        (transactions_elsewhere, "ui/canvas.py", "painter.begin(self)"),
        (second_transactions, "db/store.py", "def a():\n    e.begin()\n    s.commit()\n"),
        (writes_in_place, "lkip_desktop/files.py", "path.open('r+b')"),
        (writes_in_place, "db/store.py", "open('w.txt')\nopen('war', 'rb')\nlog.open('a')"),
        (too_long, "ui/window.py", "def f():\n" + "    x = 1\n" * 59),
        (says_nothing, "ui/__init__.py", ""),
    ],
)
def test_what_the_rules_allow_is_not_found(rule: Rule, path: str, text: str) -> None:
    assert rule(Source(path, text)) == []
