"""Words in the preview: found, marked by mouse and keys, copied; small pages beside it."""

from __future__ import annotations

import io
import time

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from lkip_desktop.documents.catalog import Made
from lkip_desktop.documents.kinds import PDF
from tests.ui.documents.conftest import A4, pdf
from tests.ui.shown import activate
from ui.documents.page_view import PIXELS_A_POINT
from ui.documents.pages import Pages
from ui.documents.preview import PreviewDialog
from ui.documents.text_view import TextView

NONE, SHIFT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


def report(pages: int) -> bytes:
    """A document with a full page of lines on each page."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(210 * mm, 297 * mm))
    for page in range(1, pages + 1):
        for line in range(45):
            canvas.drawString(70, 780 - 16 * line, f"Halaman {page} baris {line}: capaian kinerja tahun 2026")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def opened(qtbot: QtBot, data: bytes) -> PreviewDialog:
    dialog = PreviewDialog(Made(data, "Surat.pdf", PDF), "Surat")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.resize(900, 700)
    dialog.show()
    qtbot.waitUntil(lambda: 0 in dialog.view.renderer.layers)
    return dialog


@pytest.fixture
def dialog(qtbot: QtBot) -> PreviewDialog:
    return opened(qtbot, pdf(A4, A4, A4))


def place_of(view: TextView, page: int, words: str, *, end: bool = False) -> QPoint:
    """Just inside the first (or last) letter of some words, in the viewport."""
    layer = view.renderer.layers[page]
    first, last = layer.find(words)[0]
    rect = view.box_rect(page, layer.box(last - 1 if end else first))
    return QPointF(rect.right() - 1 if end else rect.left() + 1, rect.center().y()).toPoint()


def drag(view: TextView, start: QPoint, stop: QPoint) -> None:
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(view.viewport(), left, NONE, start)
    QTest.mouseMove(view.viewport(), (start + stop) / 2)
    QTest.mouseMove(view.viewport(), stop)
    QTest.mouseRelease(view.viewport(), left, NONE, stop)


def test_words_stand_where_they_are_drawn(qapp: QApplication) -> None:
    pages = Pages(pdf(A4))
    layer = pages.text(0)
    pages.close()
    assert layer.text.strip() == "Halaman 1"
    left, top, _, bottom = layer.box(layer.text.index("H"))
    # Drawn 40 mm from the left on a line 40 mm above the lower edge.
    assert left * 25.4 / 72 == pytest.approx(40, abs=0.5)
    assert top * 25.4 / 72 < 257 < bottom * 25.4 / 72


def test_words_of_a_turned_page_stand_where_they_are_seen(qapp: QApplication) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf(A4))
    document[0].set_rotation(90)
    out = io.BytesIO()
    document.save(out)
    document.close()
    pages = Pages(out.getvalue())
    assert pages.sizes[0].width() > pages.sizes[0].height()
    left, top, right, bottom = pages.text(0).box(0)
    pages.close()
    # Turned clockwise, what was 40 mm from the left is 40 mm from above, and what was near the foot is at the left.
    assert top * 25.4 / 72 == pytest.approx(40, abs=0.5)
    assert left * 25.4 / 72 < 40 < right * 25.4 / 72
    assert bottom > top


def test_words_are_marked_with_the_mouse_and_copied(dialog: PreviewDialog) -> None:
    view = dialog.view
    view.go_to_box(0, view.renderer.layers[0].box(0))
    drag(view, place_of(view, 0, "Halaman"), place_of(view, 0, "Halaman 1", end=True))
    picture = view.viewport().grab().toImage()
    k = view.devicePixelRatioF()
    spot = place_of(view, 0, "Halaman") - QPoint(0, 4)
    assert picture.pixelColor(spot * k).blue() > picture.pixelColor(spot * k).red() + 20
    QTest.keyClick(view, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "Halaman 1"
    assert dialog.told.text() == "9 karakter disalin."


def test_a_double_click_marks_a_word_and_shift_extends_it(dialog: PreviewDialog) -> None:
    view = dialog.view
    view.go_to_box(0, view.renderer.layers[0].box(0))
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, NONE, place_of(view, 0, "Halaman"))
    view.copy()
    assert QGuiApplication.clipboard().text() == "Halaman"
    for _ in range(2):
        QTest.keyClick(view, Qt.Key.Key_Right, SHIFT)
    view.copy()
    assert QGuiApplication.clipboard().text() == "Halaman 1"
    QTest.keyClick(view, Qt.Key.Key_Left, SHIFT | CONTROL)
    view.copy()
    assert QGuiApplication.clipboard().text() == "Halaman "


def test_lines_are_marked_with_the_keys(qtbot: QtBot) -> None:
    view = opened(qtbot, report(1)).view
    QTest.keyClick(view, Qt.Key.Key_Down, SHIFT)
    QTest.keyClick(view, Qt.Key.Key_Down, SHIFT)
    view.copy()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[:2] == [f"Halaman 1 baris {n}: capaian kinerja tahun 2026" for n in range(2)]
    QTest.keyClick(view, Qt.Key.Key_Up, SHIFT)
    view.copy()
    assert QGuiApplication.clipboard().text().strip() == lines[0]


def test_everything_is_copied_also_pages_never_seen(qtbot: QtBot) -> None:
    view = opened(qtbot, report(12)).view
    assert 11 not in view.renderer.layers
    with qtbot.waitSignal(view.copied):
        QTest.keyClick(view, Qt.Key.Key_A, CONTROL)
        QTest.keyClick(view, Qt.Key.Key_C, CONTROL)
    text = QGuiApplication.clipboard().text()
    assert text.count("baris 44") == 12
    assert text.startswith("Halaman 1 baris 0")


def test_searching_shows_every_hit_and_leads_through_them(qtbot: QtBot, dialog: PreviewDialog) -> None:
    view, bar = dialog.view, dialog.search
    activate(qtbot, dialog)
    QTest.keyClick(view, Qt.Key.Key_F, CONTROL)
    assert bar.isVisible()
    QTest.keyClicks(bar.words, "HALAMAN")
    qtbot.waitUntil(lambda: bar.told.text() == "1 dari 3")
    assert [hit[0] for hit in view.hits] == [0, 1, 2]
    page = view.page_rect(0)
    spot = place_of(view, 0, "Halaman") - QPoint(0, 3)
    assert page.contains(spot)
    colour = view.viewport().grab().toImage().pixelColor(spot * view.devicePixelRatioF())
    assert colour.red() > colour.blue() + 60
    QTest.keyClick(bar.words, Qt.Key.Key_Return)
    assert (bar.told.text(), view.page) == ("2 dari 3", 1)
    dialog.search.after.click()
    assert view.page == 2
    QTest.keyClick(bar.words, Qt.Key.Key_Return)
    assert (bar.told.text(), view.page) == ("1 dari 3", 0)
    QTest.keyClick(bar.words, Qt.Key.Key_Return, SHIFT)
    assert bar.told.text() == "3 dari 3"
    bar.words.setText("tidak ada")
    qtbot.waitUntil(lambda: bar.told.text() == "Tidak ditemukan")
    assert not bar.after.isEnabled()
    QTest.keyClick(bar.words, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert dialog.isVisible()
    assert view.hits == ()


def test_a_hit_may_run_over_the_end_of_a_line(qtbot: QtBot) -> None:
    view = opened(qtbot, report(1)).view
    view.search("tahun  2026 halaman 1 BARIS 7:")
    assert len(view.hits) == 1
    layer = view.renderer.layers[0]
    assert len(layer.lines(*view.hits[0][1:])) == 2


def test_a_search_begins_at_the_page_that_is_shown(qtbot: QtBot) -> None:
    view = opened(qtbot, report(8)).view
    view.go_to(4)
    view.search("baris 3:")
    qtbot.waitUntil(lambda: len(view.hits) == 8)
    assert view.page == 4
    assert view.marked is not None
    assert view.marked.anchor.page == 4


def test_small_pages_lead_to_the_large_ones(qtbot: QtBot) -> None:
    dialog = opened(qtbot, report(6))
    small = dialog.thumbnails
    qtbot.waitUntil(lambda: small.image(1) is not None)
    cell = small.visualRect(small.model().index(1, 0))
    QTest.mouseClick(small.viewport(), Qt.MouseButton.LeftButton, NONE, cell.center())
    assert dialog.view.page == 1
    picture = small.viewport().grab(cell).toImage()
    dark = sum(picture.pixelColor(x, 40).lightness() < 200 for x in range(picture.width()))
    assert dark > 2  # the lines of the page, in small
    QTest.keyClick(small, Qt.Key.Key_Down)
    assert dialog.view.page == 2
    dialog.view.go_to(4)
    assert small.currentIndex().row() == 4
    dialog.small.click()
    assert not small.isVisible()


def test_two_pages_stand_side_by_side(qtbot: QtBot) -> None:
    dialog = opened(qtbot, report(5))
    dialog.two.click()
    view = dialog.view
    one, two, three = (view.page_rect(i) for i in range(3))
    assert one.top() == two.top() < three.top()
    assert one.right() < two.left()
    assert two.right() <= view.viewport().width()
    dialog.after.click()
    assert view.page == 2
    dialog.number.selectAll()
    QTest.keyClicks(dialog.number, "5")
    QTest.keyClick(dialog.number, Qt.Key.Key_Return)
    assert (view.page, dialog.number.text()) == (4, "5")
    dialog.number.selectAll()
    QTest.keyClicks(dialog.number, "9")
    QTest.keyClick(dialog.number, Qt.Key.Key_Return)
    assert view.page == 4


def test_one_page_needs_no_small_ones(qtbot: QtBot) -> None:
    dialog = opened(qtbot, pdf(A4))
    assert not dialog.thumbnails.isVisible()
    assert not dialog.two.isVisible()


def test_a_large_zoom_renders_only_what_is_seen_and_is_sharp(qtbot: QtBot) -> None:
    view = opened(qtbot, report(2)).view
    view.set_zoom(4.0)
    qtbot.waitUntil(lambda: view.image(view.page) is not None)
    image = view.image(view.page)
    assert image is not None
    assert image.width() * image.height() < 6_000_000 < 794 * 1123 * 16
    first = view.renderer.layers[0].box(0)
    view.go_to_box(0, first)
    qtbot.waitUntil(lambda: view.image(0) is not None)
    rect = view.box_rect(0, view.renderer.layers[0].lines(0, 7)[0]).toRect().intersected(view.viewport().rect())
    shown = view.viewport().grab(rect).toImage()
    whole = Pages(report(2))
    exact = whole.image(0, PIXELS_A_POINT * 4)
    whole.close()
    corner = rect.topLeft() - view.page_rect(0).topLeft()
    for x in range(0, rect.width(), 7):
        for y in range(0, rect.height(), 5):
            want, got = exact.pixelColor(corner + QPoint(x, y)), shown.pixelColor(x, y)
            assert abs(want.lightness() - got.lightness()) < 40, (x, y)
    assert QColor("black") in [shown.pixelColor(x, rect.height() // 2) for x in range(rect.width())]


def test_a_long_report_scrolls_without_stalls(qtbot: QtBot, qapp: QApplication) -> None:
    view = opened(qtbot, report(150)).view
    view.set_zoom(1.0)
    bar, steps = view.verticalScrollBar(), []
    for value in range(0, bar.maximum(), 1500):
        begun = time.perf_counter()
        bar.setValue(value)
        qapp.processEvents()
        steps.append(time.perf_counter() - begun)
    assert sorted(steps)[len(steps) // 2] < 0.05
    assert view.page == 149 or view.page_rect(149).top() < view.viewport().height() * 2
    assert len(view._images) < 10
