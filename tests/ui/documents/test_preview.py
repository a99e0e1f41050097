"""The preview shows the very pages, sharp, at any zoom."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from lkip_desktop.documents.catalog import Made
from lkip_desktop.documents.kinds import PDF
from lkip_desktop.errors import UserError
from tests.ui.documents.conftest import A4, F4, pdf
from tests.ui.shown import activate
from ui.documents.page_view import PIXELS_A_POINT, Fit
from ui.documents.pages import Pages
from ui.documents.preview import PreviewDialog

POINTS_A_MM = 72 / 25.4


def shown(qtbot: QtBot, *sizes: tuple[float, float]) -> PreviewDialog:
    dialog = PreviewDialog(Made(pdf(*sizes), "Surat.pdf", PDF), "Surat")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    # Closed by Qt's own way, which waits for the renderer.
    qtbot.addWidget(dialog)
    dialog.resize(700, 600)
    dialog.show()
    return dialog


def button(dialog: PreviewDialog, name: str) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if name in (b.text(), b.accessibleName()))


def test_a_page_is_rendered_in_its_size(qtbot: QtBot) -> None:
    view = shown(qtbot, A4, F4).view
    view.set_zoom(1.0)
    qtbot.waitUntil(lambda: view.image(0) is not None)
    image = view.image(0)
    assert image is not None
    per_mm = POINTS_A_MM * PIXELS_A_POINT * view.devicePixelRatioF()
    assert image.width() == pytest.approx(A4[0] * per_mm, abs=1.5)
    assert image.height() == pytest.approx(A4[1] * per_mm, abs=1.5)
    assert view.page_rect(0).size() == QSize(794, 1123)  # A4 at 96 dpi


def test_what_is_painted_is_the_page(qtbot: QtBot) -> None:
    view = shown(qtbot, A4).view
    view.set_zoom(1.0)
    qtbot.waitUntil(lambda: view.image(0) is not None)
    picture = view.viewport().grab().toImage()
    page, scale = view.page_rect(0), POINTS_A_MM * PIXELS_A_POINT
    edge = QPoint(page.left() + round(20 * scale), page.top() + round(60 * scale))  # on the frame, 20 mm from the left
    assert picture.pixelColor(edge).lightness() < 100
    assert picture.pixelColor(page.topLeft() + QPoint(60, 5)) == QColor("white")


def test_only_pages_in_view_are_rendered(qtbot: QtBot) -> None:
    view = shown(qtbot, *[A4] * 8).view
    qtbot.waitUntil(lambda: view.image(0) is not None)
    assert view.image(7) is None
    view.go_to(7)
    qtbot.waitUntil(lambda: view.image(7) is not None)
    assert view.image(0) is None  # forgotten, or a long report would fill the memory
    assert view.page == 7


def test_pages_are_turned_by_buttons_and_keys(qtbot: QtBot) -> None:
    dialog = shown(qtbot, A4, A4, A4)
    assert not button(dialog, "Halaman sebelumnya").isEnabled()
    button(dialog, "Halaman berikutnya").click()
    assert dialog.view.page == 1
    assert dialog.view.accessibleName() == "Pratinjau, halaman 2 dari 3"
    qtbot.keyClick(dialog.view, Qt.Key.Key_End)
    assert dialog.view.page == 2
    assert not button(dialog, "Halaman berikutnya").isEnabled()
    qtbot.keyClick(dialog.view, Qt.Key.Key_Home)
    assert dialog.view.page == 0
    qtbot.keyClick(dialog.view, Qt.Key.Key_PageDown)
    assert dialog.view.verticalScrollBar().value() > 0


def test_zoom_follows_the_window_until_it_is_set(qtbot: QtBot) -> None:
    dialog = shown(qtbot, A4)
    view = dialog.view
    before = view.zoom
    dialog.resize(900, 600)
    assert view.zoom > before
    button(dialog, "Satu halaman").click()
    assert view.page_rect(0).height() <= view.viewport().height()
    assert view.fit is Fit.PAGE
    button(dialog, "Perbesar").click()
    fixed = view.zoom
    assert view.fit is Fit.FREE
    dialog.resize(700, 500)
    assert view.zoom == fixed
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    assert view.zoom < fixed
    for _ in range(20):
        view.zoom_in()
    assert view.zoom == 4.0
    button(dialog, "Selebar jendela").click()
    assert view.page_rect(0).width() <= view.viewport().width()


def test_the_wheel_zooms_with_control(qtbot: QtBot) -> None:
    view = shown(qtbot, A4).view
    before = view.zoom
    for control in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier):
        place = QPointF(50, 50)
        event = QWheelEvent(
            *(place, view.mapToGlobal(place), QPoint(), QPoint(0, -120)),
            *(Qt.MouseButton.NoButton, control, Qt.ScrollPhase.NoScrollPhase, False),
        )
        QApplication.sendEvent(view.viewport(), event)
        assert (view.zoom < before) is (control is Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize(("key", "signal"), [(Qt.Key.Key_P, "printRequested"), (Qt.Key.Key_S, "saveRequested")])
def test_keys_ask_to_print_and_save(qtbot: QtBot, key: Qt.Key, signal: str) -> None:
    dialog = shown(qtbot, A4)
    activate(qtbot, dialog)
    with qtbot.waitSignal(getattr(dialog, signal)):
        qtbot.keyClick(dialog.view, key, Qt.KeyboardModifier.ControlModifier)


def test_every_button_is_on_a_narrow_screen(qtbot: QtBot) -> None:
    dialog = shown(qtbot, A4, A4, A4)
    assert dialog.screen().availableSize().width() <= 800
    assert dialog.minimumSizeHint().width() <= dialog.screen().availableSize().width()


def test_bytes_that_are_no_pdf_are_refused() -> None:
    with pytest.raises(UserError, match="bukan PDF"):
        Pages(b"PK\x03\x04")
