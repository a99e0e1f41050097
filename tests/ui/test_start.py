"""The start: what may be imported before the first paint, which pair of versions is refused, what is remembered."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QApplication

import main
from ui import theme
from ui.session import Identity
from ui.settings import MAX_RECENT, Settings, default_work_folder
from ui.tokens import DARK, HIGH_CONTRAST, LIGHT

ROOT = Path(main.__file__).resolve().parent
HEAVY = (
    "sqlalchemy",
    "alembic",
    "reportlab",
    "docx",
    "openpyxl",
    "holidays",
    "num2words",
    "pypdfium2",
    "db",
    "lkip_desktop.office",
    "lkip_desktop.sop",
    "logging.handlers",
)

FIRST_PAINT = """
import sys
from pathlib import Path
import main
from ui.app import build_application, build_window
from ui.settings import Settings
app = build_application(["lkip"])
window = build_window(app, Settings(Path(sys.argv[1])), main.make_desk)
window.show()
app.processEvents()
assert not window.grab().isNull()
print("\\n".join(sys.modules))
window.hide()
"""


@pytest.fixture(scope="module")
def modules_at_first_paint(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The modules of a fresh program whose window has just been painted."""
    ini = tmp_path_factory.mktemp("start") / "settings.ini"
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT, str(ini)], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("heavy", HEAVY)
def test_nothing_heavy_is_imported_before_the_first_paint(modules_at_first_paint: set[str], heavy: str) -> None:
    assert not [name for name in modules_at_first_paint if name == heavy or name.startswith(f"{heavy}.")]


def test_the_window_is_what_was_imported(modules_at_first_paint: set[str]) -> None:
    assert {"ui.main_window", "ui.home", "PySide6.QtWidgets"} <= modules_at_first_paint


@pytest.mark.parametrize(
    ("qt", "python", "fits"),
    [
        ((6, 11, 3), (3, 11), True),
        ((6, 12, 0), (3, 12), True),
        ((6, 12, 0), (3, 11), False),
        ((6, 13, 1), (3, 10), False),
        ((7, 0, 0), (3, 13), True),
    ],
)
def test_the_bad_pair_of_versions_is_refused_with_a_sentence(
    qt: tuple[int, ...], python: tuple[int, ...], fits: bool
) -> None:
    problem = main.unfit(qt, python)
    assert (problem == "") is fits
    assert fits or "6.11.3" in problem


def test_help_and_a_wrong_theme_need_no_window() -> None:
    shown = subprocess.run([sys.executable, "main.py", "--help"], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert shown.returncode == 0
    assert "--sample" in shown.stdout
    wrong = subprocess.run([sys.executable, "main.py", "--theme", "ungu"], cwd=ROOT, capture_output=True, timeout=60)
    assert wrong.returncode == 2


def test_the_themes_on_the_command_line_are_those_of_the_window() -> None:
    assert theme.CHOICES == main.THEMES


def test_settings_come_back_from_their_file(tmp_path: Path) -> None:
    path = tmp_path / "pengaturan.ini"
    first = Settings(path)
    first.work_folder = tmp_path / "Folder kerja"
    first.identity = Identity("Rina, S.A.P.", "analis")
    first.theme = "gelap"
    first.geometry = QByteArray(b"\x01\x02")
    first.complete_chart = True
    first.set_printer("cover-letter", "Pencetak TU")
    first.set_paper("cover-letter", "F4")
    first.set_folder("report", tmp_path)
    first.sync()
    again = Settings(path)
    assert again.work_folder == tmp_path / "Folder kerja"
    assert again.identity == Identity("Rina, S.A.P.", "analis")
    assert (again.theme, again.complete_chart) == ("gelap", True)
    assert again.geometry == QByteArray(b"\x01\x02")
    assert (again.printer("cover-letter"), again.paper("cover-letter")) == ("Pencetak TU", "F4")
    assert again.printer("report") == ""
    assert again.folder("report") == tmp_path


def test_settings_have_defaults_and_survive_nonsense(tmp_path: Path) -> None:
    path = tmp_path / "pengaturan.ini"
    path.write_text("[General]\ntheme=@Invalid()\nrecent=@Variant(rusak\nwork_folder=\n", encoding="utf-8")
    settings = Settings(path)
    assert settings.work_folder == default_work_folder()
    assert settings.identity == Identity("")
    assert settings.theme in ("", "sistem")
    assert settings.geometry.isEmpty()


def test_a_folder_that_is_gone_is_not_proposed_again(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "pengaturan.ini")
    settings.work_folder = tmp_path
    settings.set_folder("report", tmp_path / "hilang")
    assert settings.folder("report") == tmp_path


def test_recent_files_are_kept_newest_first_and_each_once(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "pengaturan.ini")
    assert settings.recent == ()
    paths = [tmp_path / f"LKIP {number}, #%&.lkip" for number in range(MAX_RECENT + 2)]
    for path in paths:
        settings.add_recent(path)
    assert settings.recent == tuple(reversed(paths[2:]))
    settings.add_recent(paths[5])
    assert settings.recent[0] == paths[5]
    assert settings.recent.count(paths[5]) == 1
    settings.remove_recent(paths[5])
    settings.sync()
    assert paths[5] not in Settings(tmp_path / "pengaturan.ini").recent


def test_one_recent_file_is_a_list_of_one(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "pengaturan.ini")
    settings.add_recent(tmp_path / "a.lkip")
    settings.sync()
    assert Settings(tmp_path / "pengaturan.ini").recent == (tmp_path / "a.lkip",)


@pytest.mark.parametrize("tokens", [LIGHT, DARK, HIGH_CONTRAST], ids=lambda tokens: tokens.name)
def test_each_theme_has_its_colours_font_and_icons(qapp: QApplication, tokens: theme.Tokens) -> None:
    heard: list[object] = []
    theme.notifier().changed.connect(heard.append)
    theme.apply(qapp, tokens)
    theme.notifier().changed.disconnect(heard.append)
    assert heard == [tokens]
    assert theme.current() is tokens
    assert qapp.palette().window().color().name().upper() == tokens.window
    assert qapp.font().family() == theme.FONT_FAMILY
    sheet = qapp.styleSheet()
    assert "$" not in sheet
    icons = {part.split('"')[0] for part in sheet.split('url("')[1:]}
    assert icons
    assert all(Path(icon).is_file() for icon in icons)


def test_the_choice_of_the_desktop_is_light_or_dark(qapp: QApplication) -> None:
    dark = qapp.styleHints().colorScheme() is Qt.ColorScheme.Dark
    assert theme.chosen("sistem") is (DARK if dark else LIGHT)
    assert theme.chosen("gelap") is DARK
    assert theme.chosen("tidak ada") is theme.chosen("sistem")
