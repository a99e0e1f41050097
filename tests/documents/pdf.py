"""Reads PDFs with other programs: words with their places in millimetres, pages, fonts, sound structure."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

MM = 25.4 / 72


@dataclass(frozen=True)
class Word:
    """A word on a page (from 1): its box in millimetres from the top left corner."""

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float


def run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def kept(data: bytes, folder: Path, name: str = "it.pdf") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def words(path: Path) -> list[Word]:
    xml = re.sub(r"<!DOCTYPE[^>]*>", "", run("pdftotext", "-bbox", str(path), "-"))
    tree = ET.fromstring(xml)
    ns = "{http://www.w3.org/1999/xhtml}"
    return [
        Word(word.text or "", number, *(float(word.attrib[key]) * MM for key in ("xMin", "yMin", "xMax", "yMax")))
        for number, page in enumerate(tree.iter(f"{ns}page"), start=1)
        for word in page.iter(f"{ns}word")
    ]


def text(path: Path, *options: str) -> str:
    return run("pdftotext", *options, str(path), "-")


def pages(path: Path) -> int:
    return int(info(path)["Pages"])


def info(path: Path) -> dict[str, str]:
    lines = run("pdfinfo", str(path)).splitlines()
    return {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in lines)}


def fonts(path: Path) -> list[tuple[str, bool]]:
    """Each font's name without its subset tag, and whether it is embedded."""
    lines = run("pdffonts", str(path)).splitlines()[2:]
    return [(line.split()[0].split("+")[-1], line.split()[-5] == "yes") for line in lines]


def find(found: list[Word], text: str, page: int | None = None) -> Word:
    """The first word that reads exactly so."""
    return next(word for word in found if word.text == text and page in (None, word.page))
