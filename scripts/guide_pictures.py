"""Makes the guide's pictures, docs/gambar/*.png, from the real window: few, small, with 256 colours at most."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]
OUT = ROOT / "docs" / "gambar"
WIDTH = 720
SIZE = (1180, 700)
WANTED = {
    "beranda": "beranda",
    "siklus": "langkah",
    "tabel-besar": "angka",
    "setujui": "setujui",
    "pratinjau-cover-letter": "pratinjau",
    "surat-terbitkan": "terbitkan",
}
"""Names of scripts/screenshots.py, and what the pictures are called here."""


def main() -> None:
    if len(sys.argv) == 1:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "layar.json"
            one = {"name": "layar", "x": 0, "y": 0, "width": SIZE[0], "height": SIZE[1], "dpr": 1}
            file.write_text(json.dumps({"screens": [{**one, "logicalDpi": 96, "logicalBaseDpi": 96}]}))
            environment = {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={file}"}
            subprocess.run([sys.executable, __file__, "take"], env=environment, check=True)
        return
    take()


def take() -> None:
    from screenshots import Studio
    from walkthrough import hush_unseen_screen, rest

    from ui import jobs, theme
    from ui.app import build_application
    from ui.tokens import LIGHT

    hush_unseen_screen()
    theme.apply(build_application(sys.argv[:1]), LIGHT)
    OUT.mkdir(exist_ok=True)
    # Seen from there the place says nothing of this machine: the pictures show it.
    with tempfile.TemporaryDirectory(prefix="lkip-") as place, contextlib.chdir(place):
        folder = Path("Dokumen", "LKIP")
        folder.mkdir(parents=True)
        studio = Studio(folder, SIZE)
        for name, shown in studio.screens():
            if name in WANTED:
                rest(250)
                keep(shown, WANTED[name])
        jobs.finish_all()
        studio.window.close()
        QCoreApplication.processEvents()


def keep(widget: QWidget, name: str) -> None:
    """Write a widget's picture, no wider than the guide's page."""
    image = widget.grab().toImage()
    if image.width() > WIDTH:
        image = image.scaledToWidth(WIDTH, Qt.TransformationMode.SmoothTransformation)
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    # Qt's own 256 colours are not those of the window.
    often = Counter(memoryview(image.constBits()).cast("I")).most_common(256)
    plain = Qt.ImageConversionFlag.ThresholdDither
    small = image.convertToFormat(QImage.Format.Format_Indexed8, [colour for colour, _ in often], plain)
    path = OUT / f"{name}.png"
    small.save(str(path), quality=0)
    print(f"{path.relative_to(ROOT)}  {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
