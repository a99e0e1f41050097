"""A second SOP through the same window and documents, with no line of code changed: eleven steps, three diamonds."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication
from walkthrough import Clerk, OfficeClock, open_window

from lkip_desktop import office
from lkip_desktop.documents.catalog import KINDS, make
from tests.workflow.test_walk import mend
from ui import theme
from ui.tokens import LIGHT

ELEVEN = Path(__file__).parent.parent / "data" / "sop-sebelas.toml"


def test_eleven_steps_go_through_the_window(tmp_path: Path, qapp: QApplication) -> None:
    theme.apply(qapp, LIGHT)
    clock = OfficeClock()
    window = open_window(tmp_path, clock)
    window.show()
    clerk = Clerk(window, clock, tmp_path)
    clerk.begin(tmp_path / "lain.lkip", ELEVEN.read_text(encoding="utf-8"))
    seen = []
    for decision in (*[""] * 5, "tidak", "", "", "ya", "tidak", "", "ya", "ya", "tidak", "ya", "ya", "", "", ""):
        step = clerk.step
        seen.append(step.number)
        assert clerk.panel.step is step
        assert list(clerk.panel.page.form.boxes) == [field.id for field in step.fields]
        assert set(clerk.panel.footer.verbs) == {edge.label for edge in step.edges} or not step.edges
        fill(clerk, decision)
        clerk.on_time()
        clerk.leave(decision, "Perlu dilengkapi." if decision == "tidak" else "")
    assert seen == [1, 2, 3, 4, 5, 6, 4, 5, 6, 7, 5, 6, 7, 8, 7, 8, 9, 10, 11]
    assert clerk.state.closed
    chart = window.work.cycle_page.chart.view if window.work else None
    assert chart is not None
    assert not chart.row_rect("serah").isEmpty()
    snapshot = office.snapshot(clerk.work.session.cycle, clerk.today())
    for kind in KINDS:
        assert len(make(kind, snapshot).data) > 1000
    assert len(clerk.work.session.progress().bars) == 11
    window.close()


def fill(clerk: Clerk, decision: str) -> None:
    """Fill in what is asked for, through the use cases: typing is tried in the other test."""
    from lkip_desktop.workflow.guards import missing

    session = clerk.work.session
    while found := [item for item in missing(clerk.state, clerk.step, decision) if item.blocks]:
        mend(session.cycle, session.who(), found[0])
    session.changed.emit(office.Changed(session.cycle.store.events()[-1], (clerk.step.id,)))
