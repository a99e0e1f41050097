"""The dossier: states in words, files to open, the way to the field."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFrame, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from ui.documents import opening
from ui.dossier import DossierView
from ui.session import Session
from ui.tokens import DARK


def shown(qtbot: QtBot, session: Session) -> DossierView:
    view = DossierView(session)
    qtbot.addWidget(view)
    view.resize(420, 600)
    view.show()
    return view


def states(view: DossierView) -> list[str]:
    """What a screen reader hears of each row, the state alone."""
    rows = [frame for frame in view.findChildren(QFrame) if frame.property("role") == "paper" and not frame.isHidden()]
    return [row.accessibleName().rpartition(": ")[2] for row in rows]


def buttons(view: DossierView, text: str) -> list[QPushButton]:
    return [b for b in view.findChildren(QPushButton) if b.text() == text and b.isVisible()]


def title(view: DossierView) -> str:
    return next(label.text() for label in view.findChildren(QLabel) if label.property("role") == "title")


def test_a_new_cycle_asks_for_the_first_records_only(qtbot: QtBot, session: Session) -> None:
    view = shown(qtbot, session)
    assert title(view) == "0 dari 7 berkas pendataan ada"
    assert states(view) == [
        *("Belum", "Belum"),
        *("Nanti di langkah 3", "Nanti di langkah 3"),
        *("Nanti di langkah 7", "Nanti di langkah 7", "Nanti di langkah 10"),
    ]


def test_a_file_fills_its_record_at_once(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    view = shown(qtbot, session)
    for name in ("Edaran.pdf", "Edaran halaman 2.pdf"):
        (tmp_path / name).write_bytes(b"%PDF-1.4")
        session.attach("circular_scan", tmp_path / name)
    qtbot.waitUntil(lambda: len(buttons(view, "Buka")) == 2)
    assert title(view) == "1 dari 7 berkas pendataan ada"
    assert states(view)[:2] == ["Ada, 2 berkas", "Belum"]
    assert [b.accessibleName() for b in buttons(view, "Buka")] == ["Buka Edaran.pdf", "Buka Edaran halaman 2.pdf"]


def test_typing_elsewhere_leaves_the_rows_alone(qtbot: QtBot, session: Session) -> None:
    view = shown(qtbot, session)
    before = view.findChildren(QPushButton)
    session.fill({"circular_number": "800/1"})
    assert view.findChildren(QPushButton) == before


def test_a_row_leads_to_its_field(qtbot: QtBot, session: Session) -> None:
    view = shown(qtbot, session)
    with qtbot.waitSignal(view.fieldRequested) as asked:
        buttons(view, "Ke langkah 10")[0].click()
    assert asked.args == ["serah-terima", "receipt_scan"]


def test_a_file_opens_as_a_copy(
    qtbot: QtBot, make_session: Callable[..., Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    session = make_session(3)
    opened: list[Path] = []
    monkeypatch.setattr(opening, "show", opened.append)
    view = shown(qtbot, session)
    buttons(view, "Buka")[0].click()
    (file,) = session.state.files("circular_scan")
    assert [path.name for path in opened] == [file.name]
    assert opened[0].read_bytes() == session.cycle.store.blob(file.sha256)


def test_marks_follow_the_colours(qtbot: QtBot, session: Session) -> None:
    view = shown(qtbot, session)
    mark = next(label for label in view.findChildren(QLabel) if not label.pixmap().isNull())
    before = mark.pixmap().toImage()
    view.set_tokens(DARK)
    assert mark.pixmap().toImage() != before
