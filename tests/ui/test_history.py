"""The history: newest first, filtered, searched, told in full, and checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from lkip_desktop import office
from tests.ui.conftest import FixedClock
from tests.ui.shown import activate
from ui.history import HistoryView
from ui.session import Identity, Session


def shown(qtbot: QtBot, session: Session) -> HistoryView:
    view = HistoryView(session)
    qtbot.addWidget(view)
    view.resize(1000, 600)
    view.show()
    return view


def column(view: HistoryView, number: int = 3) -> list[str]:
    return [view.filter.index(row, number).data() for row in range(view.filter.rowCount())]


def labels(view: HistoryView) -> str:
    return " ".join(label.text() for label in view.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def acted(session: Session, clock: FixedClock, tmp_path: Path) -> Session:
    """A cycle in which something of each topic happened, an hour apart."""
    clock.pass_time(1)
    session.fill({"circular_number": "800/12", "circular_agenda": "7"})
    clock.pass_time(1)
    (tmp_path / "Edaran.pdf").write_bytes(b"%PDF-1.4")
    session.attach("circular_scan", tmp_path / "Edaran.pdf")
    clock.pass_time(1)
    session.set_identity(Identity("Rina", "analis"))
    session.act(lambda cycle, who: office.record_print(cycle, who, "disposition", "TU"))
    return session


def test_the_newest_comes_first(qtbot: QtBot, acted: Session) -> None:
    view = shown(qtbot, acted)
    assert column(view) == [
        "Lembar Disposisi dicetak di printer TU",
        "Berkas “Edaran.pdf” dilampirkan pada Pindaian surat edaran",
        "Mengisi 2 isian: Nomor surat, Nomor agenda",
        "Siklus 2026 dibuat menurut SOP nomor 700230/Insp/2025 (revisi 05 Mei 2025)",
    ]
    assert column(view, 0)[0] == "15 Feb 2027 11.00"
    assert column(view, 1)[:2] == ["Rina", "Rina Contoh, S.A.P."]
    assert column(view, 2)[:2] == ["Analis Perencana", "Inspektur"]


def test_chips_keep_one_topic(qtbot: QtBot, acted: Session) -> None:
    view = shown(qtbot, acted)
    counts = {}
    for chip in view.chips.buttons():
        chip.click()
        counts[chip.text()] = view.filter.rowCount()
    assert counts == {"Semua": 4, "Keputusan": 1, "Isian": 1, "Berkas": 1, "Dokumen": 1}


@pytest.mark.parametrize(
    ("text", "found"), [("edaran", 1), ("800/12", 1), ("rina ANALIS", 1), ("nomor 7", 2), ("zzz", 0)]
)
def test_search_looks_for_every_word_also_in_details(qtbot: QtBot, acted: Session, text: str, found: int) -> None:
    view = shown(qtbot, acted)
    view.search.setText(text)
    assert view.filter.rowCount() == found
    assert ("Tidak ada catatan yang cocok" in labels(view)) is (found == 0)


def test_ctrl_f_leads_to_the_search(qtbot: QtBot, acted: Session) -> None:
    view = shown(qtbot, acted)
    activate(qtbot, view)
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert view.search.hasFocus()


def test_the_selected_entry_is_told_in_full(qtbot: QtBot, acted: Session) -> None:
    view = shown(qtbot, acted)
    view.table.selectRow(2)
    assert view.details.toPlainText().splitlines() == [
        "15 Feb 2027 09.00, Rina Contoh, S.A.P., Inspektur",
        "Mengisi 2 isian: Nomor surat, Nomor agenda",
        "Nomor surat: 800/12",
        "Nomor agenda: 7",
    ]


def test_an_entry_leads_to_its_step(qtbot: QtBot, acted: Session) -> None:
    view = shown(qtbot, acted)
    view.table.selectRow(0)
    assert not view.go.isVisible()
    view.table.selectRow(1)
    assert view.go.text() == "Buka langkah 1"
    with qtbot.waitSignal(view.stepRequested) as asked:
        view.go.click()
    assert asked.args == ["disposisi"]
    with qtbot.waitSignal(view.stepRequested):
        qtbot.keyClick(view.table, Qt.Key.Key_Return)


def test_a_return_is_told_with_its_reason_and_on_whose_behalf(
    qtbot: QtBot, make_session: Callable[..., Session]
) -> None:
    view = shown(qtbot, make_session(7, returned=True))
    view.search.setText("dikembalikan")
    assert view.filter.rowCount() == 1
    assert "Dikembalikan ke Tim Penyusun (langkah 4): Analisis temuan" in column(view)[0]
    assert column(view, 2)[0].startswith("a.n. Sekretaris ")


def test_the_view_follows_what_happens_only_while_seen(qtbot: QtBot, acted: Session) -> None:
    view = shown(qtbot, acted)
    view.hide()
    acted.act(lambda cycle, who: office.record_print(cycle, who, "disposition", "Lain"))
    assert len(column(view)) == 4
    view.show()
    assert column(view)[0] == "Lembar Disposisi dicetak di printer Lain"
    acted.act(lambda cycle, who: office.record_print(cycle, who, "disposition", "Baru"))
    assert column(view)[0] == "Lembar Disposisi dicetak di printer Baru"


def test_the_chain_is_checked(qtbot: QtBot, acted: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    assert f"Riwayat utuh: 4 catatan, sidik {acted.state.head[:8]}." in labels(shown(qtbot, acted))
    events = list(acted.cycle.store.events())
    events[1] = replace(events[1], data={"changes": {"circular_number": "999"}})
    monkeypatch.setattr(acted.cycle.store, "events", lambda: tuple(events))
    assert "Riwayat tidak utuh mulai catatan ke-2" in labels(shown(qtbot, acted))


def test_beside_the_flowchart_only_when_and_what_are_shown(qtbot: QtBot, acted: Session) -> None:
    view = shown(qtbot, acted)
    assert not any(view.table.isColumnHidden(number) for number in range(4))
    view.resize(420, 600)
    assert [view.table.isColumnHidden(number) for number in range(4)] == [False, True, True, False]
    qtbot.waitUntil(lambda: view.table.horizontalScrollBar().maximum() == 0)
    view.table.selectRow(2)
    assert "Rina Contoh, S.A.P., Inspektur" in view.details.toPlainText()


def test_person_step_and_days_filter_together(qtbot: QtBot, acted: Session, clock: FixedClock) -> None:
    clock.pass_time(48)
    acted.fill({"circular_agenda": "9"})
    view = shown(qtbot, acted)
    assert not view.bar.isVisible()
    view.more.click()
    bar = view.bar
    assert [bar.person.itemText(i) for i in range(bar.person.count())] == [
        "semua orang", "Rina", "Rina Contoh, S.A.P.",
    ]  # fmt: skip
    bar.person.setCurrentIndex(2)
    bar.person.activated.emit(2)
    assert len(column(view)) == 2
    assert view.more.text() == "Saring (1)"
    bar.person.setCurrentIndex(0)
    bar.first.show_text("16/2/2027")
    bar.first.left.emit()
    assert column(view) == ["Mengisi 1 isian: Nomor agenda"]
    bar.last.show_text("16/2/2027")
    bar.last.left.emit()
    assert column(view) == []
    assert "longgarkan saringan" in labels(view)
    bar.last.show_text("entah")
    bar.last.left.emit()
    assert bar.last.line.property("state") == "danger"
    assert len(column(view)) == 1
    view.more.click()
    assert len(column(view)) == 5
    assert view.more.text() == "Saring"
    view.more.click()
    bar.step.setCurrentIndex(2)
    bar.step.activated.emit(2)
    assert column(view) == []
