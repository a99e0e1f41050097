"""Draws the program's icon and that of its files in every size that desktops ask for, from two SVG drawings.

Usage: ``make_icons.py FOLDER``. Leaves ``FOLDER/<name>-<pixels>.png`` and ``FOLDER/<name>.ico``.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("lkip-desktop", "lkip-document")
SIZES = (16, 24, 32, 48, 64, 128, 256)


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    make(Path(sys.argv[1]))


def make(folder: Path) -> None:
    """Draw both icons in all sizes."""
    from PIL import Image

    folder.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        pictures = []
        for size in SIZES:
            file = folder / f"{name}-{size}.png"
            draw(ROOT / "resources" / "icons" / f"{name}.svg", size, file)
            pictures.append(Image.open(file))
        *others, largest = pictures
        largest.save(folder / f"{name}.ico", sizes=[(size, size) for size in SIZES], append_images=others)


def draw(drawing: Path, size: int, file: Path) -> None:
    """Draw one SVG as a square PNG with a clear ground."""
    from PySide6.QtCore import QByteArray
    from PySide6.QtGui import QColor, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(QColor(0, 0, 0, 0))
    painter = QPainter(image)
    QSvgRenderer(QByteArray(drawing.read_bytes())).render(painter)
    painter.end()
    if not image.save(str(file)):
        raise OSError(f"{file} cannot be written")


if __name__ == "__main__":
    main()
