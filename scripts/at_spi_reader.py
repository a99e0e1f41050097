"""The screen reader of at_spi.py; runs on the system's Python, since pyatspi comes with it and not from an index."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

pyatspi: Any = import_module("pyatspi")

CONTROLS = {
    pyatspi.ROLE_PUSH_BUTTON,
    pyatspi.ROLE_TOGGLE_BUTTON,
    pyatspi.ROLE_CHECK_BOX,
    pyatspi.ROLE_RADIO_BUTTON,
    pyatspi.ROLE_COMBO_BOX,
    pyatspi.ROLE_TEXT,
    pyatspi.ROLE_ENTRY,
    pyatspi.ROLE_SPIN_BUTTON,
    pyatspi.ROLE_TABLE,
    pyatspi.ROLE_LIST,
    pyatspi.ROLE_PAGE_TAB_LIST,
    pyatspi.ROLE_PAGE_TAB,
    pyatspi.ROLE_MENU_ITEM,
    pyatspi.ROLE_MENU,
    pyatspi.ROLE_CHECK_MENU_ITEM,
}
PATIENCE_S = 20
NAME = "Nama Anda, untuk riwayat"


def main() -> int:
    faults: list[str] = []
    program = wait(find_program, "the program is on the bus")
    wait(lambda: find(program, NAME), "a cycle is open")
    nodes = list(walk(program))
    roles = Counter(node.getRoleName() for node in nodes)
    print(f"{len(nodes)} nodes: {', '.join(f'{count} {role}' for role, count in roles.most_common(12))}")
    for node in nodes:
        if node.getRole() in CONTROLS and shows(node) and not node.name.strip():
            faults.append(f"no name: {node.getRoleName()} in {node.parent.name!r} ({node.parent.getRoleName()})")
    faults += read_chart(program)
    faults += complete(program)
    for fault in faults:
        print(f"FAULT {fault}")
    print("AT-SPI: " + ("nothing amiss" if not faults else f"{len(faults)} faults"))
    return 1 if faults else 0


def read_chart(program: Any) -> list[str]:
    """The flowchart as a table and as a sentence."""
    press(find(program, "Bagan sebagai tabel"))
    table = wait(lambda: find(program, "Bagan alir SOP sebagai tabel"), "the flowchart is a table")
    grid = table.queryTable()
    print(f"Flowchart: {grid.nRows} rows, {grid.nColumns} columns; in a sentence: {table.description}")
    lines = []
    for row in range(grid.nRows):
        cells = [grid.getAccessibleAt(row, column).name for column in range(grid.nColumns)]
        lines.append(" | ".join(cells))
        print(f"  {lines[-1]}")
    press(find(program, "Bagan sebagai tabel"))
    faults = [] if grid.nRows == 10 else [f"{grid.nRows} rows in the flowchart"]
    faults += [] if all(line.split(" | ")[3].strip() for line in lines) else ["a step without its state"]
    return faults + ([] if table.description.startswith("Langkah") else ["the flowchart has no sentence"])


def complete(program: Any) -> list[str]:
    """Type a name and press the verb of the step."""
    name = find(program, NAME)
    if name is None:
        return ["no line for one's name"]
    focus(name)
    name.queryEditableText().setTextContents("Rina Contoh, S.A.P.")
    before = sentence(program)
    print(f"Before: {before}")
    names = {node.name: node for node in walk(program) if node.getRole() == pyatspi.ROLE_PUSH_BUTTON and shows(node)}
    verb = next((words for words in names if "teruskan" in words.lower() or "sampaikan" in words.lower()), "")
    if not verb:
        return [f"no verb among {sorted(names)}"]
    print(f"Pressing: {verb}")
    focus(names[verb])
    press(names[verb])
    confirm = wait(lambda: sentence(program) != before or find_dialog(program), "an answer", must=False)
    if confirm is not True and confirm is not None and not isinstance(confirm, bool):
        fill_and_agree(confirm, verb)
    if not wait(lambda: sentence(program) != before, "the step is left", must=False):
        said = [n.name for n in walk(program) if n.getRole() == pyatspi.ROLE_LABEL and shows(n)]
        return [f"the step was not left; the window says: {said[-12:]}"]
    print(f"After: {sentence(program)}")
    return []


def fill_and_agree(dialog: Any, verb: str) -> None:
    """Answer each warning of a question, and agree."""
    for node in walk(dialog):
        if node.getRole() == pyatspi.ROLE_TEXT and shows(node) and node.getState().contains(pyatspi.STATE_EDITABLE):
            node.queryEditableText().setTextContents("Disusulkan pada hari yang sama")
    press(find(dialog, verb))


def sentence(program: Any) -> str:
    found = [n.name for n in walk(program) if n.getRole() == pyatspi.ROLE_LABEL and n.name.startswith("Langkah ")]
    return found[0] if found else ""


def find_dialog(program: Any) -> Any:
    return next((n for n in program if n is not None and n.getRole() == pyatspi.ROLE_DIALOG), None)


def find_program() -> Any:
    desktop = pyatspi.Registry.getDesktop(0)
    return next((app for app in desktop if app is not None and "lkip" in app.name.lower()), None)


def walk(node: Any) -> Iterator[Any]:
    yield node
    for child in range(min(node.childCount, 400)):
        inner = node.getChildAtIndex(child)
        if inner is not None:
            yield from walk(inner)


def find(program: Any, name: str) -> Any:
    """The shown node of a name that can be worked, else any that is shown."""
    found = [node for node in walk(program) if node.name == name and shows(node)]
    return next((node for node in found if node.getRole() in CONTROLS), found[0] if found else None)


def shows(node: Any) -> bool:
    return bool(node.getState().contains(pyatspi.STATE_SHOWING))


def focus(node: Any) -> None:
    """Move the keys to a node; again while the window is not the active one yet, as just after its start."""

    def has_it() -> bool:
        node.queryComponent().grabFocus()
        return bool(node.getState().contains(pyatspi.STATE_FOCUSED))

    wait(has_it, f"the keys go to {node.name!r}")
    time.sleep(0.5)


def press(node: Any) -> None:
    if node is None:
        sys.exit("Something that is to be pressed is not there.")
    actions = node.queryAction()
    names = [actions.getName(n) for n in range(actions.nActions)]
    wanted = next((n for n, name in enumerate(names) if name in ("Press", "Tekan", "Toggle", "Alihkan")), 0)
    actions.doAction(wanted)
    time.sleep(0.5)


def wait(what: Callable[[], Any], said: str, *, must: bool = True) -> Any:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        try:
            found = what()
        except Exception:
            found = None
        if found:
            return found
        time.sleep(0.3)
    if must:
        sys.exit(f"Waited in vain until {said}.")
    return None


if __name__ == "__main__":
    sys.exit(main())
