"""Starts LKIP Desktop: reads the arguments, wires the store to the window, and hands over."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from lkip_desktop.argument_words import speak_indonesian

if TYPE_CHECKING:
    from ui.desk import Desk

# ui.theme.CHOICES, written again so that --help needs no Qt.
THEMES = ("sistem", "terang", "gelap", "kontras tinggi")


def main(arguments: list[str] | None = None) -> int:
    """Run the program; the exit status."""
    options = _parser().parse_args(arguments)
    import PySide6

    problem = unfit(PySide6.__version_info__, sys.version_info[:2])
    if problem:
        print(problem, file=sys.stderr)
        return 1
    if options.self_test:
        from ui import selftest

        return selftest.run(make_desk)
    if options.print:
        from ui.documents import outside

        return outside.run(make_desk, options.print, options.file, options.printer)
    from ui.app import run

    return run(make_desk, file=options.file, sample=options.sample, choice=options.theme)


def unfit(qt: tuple[int | str, ...], python: tuple[int, ...]) -> str:
    """Why this pair of PySide6 and Python cannot be used, or empty."""
    # 6.12 loses a reference to None in nearly every call on Python 3.11 and older, and dies after some thousand calls.
    if tuple(qt[:2]) >= (6, 12) and tuple(python) <= (3, 11):
        return (
            f"PySide6 {qt[0]}.{qt[1]} tidak dapat dipakai dengan Python {python[0]}.{python[1]}: program akan berhenti "
            "mendadak. Pasang PySide6-Essentials 6.11.3, atau pakai Python 3.12."
        )
    return ""


def make_desk() -> Desk:
    """The use cases over real files and the PC's clock; called after the first paint, since it loads the database."""
    from db.files import CycleFiles
    from lkip_desktop.ports import SystemClock
    from ui.desk import Desk

    return Desk(CycleFiles(), SystemClock())


def _parser() -> argparse.ArgumentParser:
    speak_indonesian()
    parser = argparse.ArgumentParser(prog="lkip-desktop", description="Menyusun LKIP langkah demi langkah sesuai SOP.")
    parser.add_argument("file", nargs="?", type=Path, metavar="BERKAS", help="berkas siklus (.lkip) yang dibuka")
    parser.add_argument("--sample", action="store_true", help="buka siklus contoh")
    parser.add_argument("--theme", choices=THEMES, default="", help="warna tampilan, untuk kali ini saja")
    parser.add_argument("--print", metavar="JENIS", default="", help="cetak dokumen berkas itu tanpa membuka jendela")
    parser.add_argument("--printer", metavar="NAMA", default="", help="printer untuk --print")
    parser.add_argument("--self-test", action="store_true", help="program memeriksa dirinya sendiri, tanpa jendela")
    return parser


if __name__ == "__main__":
    sys.exit(main())
