"""What is printed of a step's letters in a real window on a real queue: the main one, the issued ones, all of them."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from lkip_desktop import letters
from lkip_desktop.workflow.events import Act
from tests.cups import queue
from tests.ui.letters.test_letters_room import Room
from tests.ui.letters.test_letters_room import room as room
from ui.documents.preview import PreviewDialog
from ui.documents.print_dialog import PrintDialog

REQUEST = "data-request"


def subjects(room: Room, kind: str = REQUEST) -> list[str]:
    return [item.subject for item in letters.items(room.session.snapshot()) if item.kind == kind]


def test_the_key_prints_the_main_letter_of_a_step(room: Room) -> None:
    with queue():
        for step, title in (
            ("format", "Permintaan Data"),
            ("rapat", "Surat Undangan"),
            ("surat-pengantar", "Surat Pengantar"),
        ):
            room.work.cycle_page.show_step(step)
            room.work.print_step()
            dialog = room.find(PrintDialog)
            assert dialog.windowTitle() == f"Cetak: {title}"
            dialog.reject()


def test_letters_issued_to_each_are_printed_as_issued(room: Room, qtbot: QtBot) -> None:
    every = subjects(room)
    issued = [room.issue(REQUEST, subject) for subject in every[:2]]
    with queue() as printer:
        room.work.documents.print_document(REQUEST)
        room.find(PrintDialog).go.click()
        qtbot.waitUntil(lambda: len(prints(room)) == len(every), timeout=20_000)
        printer.printed()
    assert prints(room) == [issued[0].id, issued[1].id, *[0] * (len(every) - 2)]


def prints(room: Room) -> list[int]:
    """The letters that were printed, 0 for a draft."""
    return [event.data["letter"] for event in room.session.cycle.store.events() if event.act is Act.PRINTED]


def test_letters_issued_to_each_are_listed_where_one_file_is_asked_for(room: Room) -> None:
    room.work.documents.preview(REQUEST)
    room.find(PreviewDialog).reject()
    room.issue(REQUEST, subjects(room)[0])
    for act in (room.work.documents.preview, room.work.documents.export):
        room.work.show_cycle()
        act(REQUEST)
        assert room.page.isVisible()
        assert not room.shown(PreviewDialog)


def test_who_has_answered_gets_no_reminder_among_all_letters(room: Room) -> None:
    step = next(step for step in room.session.state.sop.steps if "reminder" in step.documents)
    assert subjects(room, "reminder") == []
    kinds = [kind for kind, _ in room.work.documents.letters_of(step)]
    assert kinds == [REQUEST] * len(subjects(room)) + ["letter-labels"]
