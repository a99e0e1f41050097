"""Pictures of the page where the report is put together, and of what opens over it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screenshots import Screen, Studio

TEXT = "indicators/r4/point_target"


def composer_screens(studio: Studio) -> Iterator[Screen]:
    """A text whose figure moved, the list of figures, all proposals at once, a sub-chapter of the office's own."""
    from lkip_desktop.resources import root
    from lkip_desktop.sample import SampleData
    from lkip_desktop.schedule.seed import load_calendar

    studio.play(2021, 3)
    studio.window.open_path(studio.place / "LKIP-2021.lkip")
    work = studio.window.work
    assert work is not None
    data = SampleData(load_calendar(root() / "holidays.toml"), 2021, date(2023, 2, 28))
    for step in ("data", "draf"):
        work.session.fill(data.values(step, date(2023, 2, 1)))
    work.show_report(TEXT)
    assert work.report is not None
    work.report.view.take()
    work.session.fill({"indicators/r4/actual": "75,00"})
    yield "penyusun-angka-berubah", studio.window
    work.report.view.bar.buttons["Angka…"].click()
    yield "penyusun-angka", studio.dialog()
    studio.close_dialogs()
    work.report.use_all.click()
    yield "penyusun-semua-usulan", studio.dialog()
    studio.close_dialogs()
    work.show_report("report_issues")
    yield "penyusun-subbab", studio.window
    work.show_cycle()
    studio.window.open_path(studio.place / "LKIP-2026.lkip")
