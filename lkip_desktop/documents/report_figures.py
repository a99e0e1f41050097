"""Figures named in a text, ``{realisasi:r1}``: what they print now, and the marks by which a DOCX is read back."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from lkip_desktop.analysis.case import Case
from lkip_desktop.numbers import is_blank

OF_INDICATORS = {"target": "Target", "realisasi": "Realisasi", "capaian": "Capaian", "predikat": "Predikat"}
OF_ALL = {
    "rata-rata": "Rata-rata capaian",
    "pagu": "Pagu anggaran",
    "realisasi-anggaran": "Realisasi anggaran",
    "serapan": "Serapan anggaran",
}
REFERENCE = re.compile(rf"\{{(?:(?:{'|'.join(OF_INDICATORS)}):[\w-]+|{'|'.join(OF_ALL)})\}}", re.IGNORECASE)
MARK = "Angka_"
"""Begins the names of bookmarks around the words of a figure."""
_OPEN = "[lengkapi: {what}]"


def figure_words(cases: Mapping[str, Case], whole: Mapping[str, str]) -> dict[str, str]:
    """What every reference prints, by its markup in small letters; what is not known yet is an open place.

    `whole` gives the figures of the whole office by the names in OF_ALL.
    """
    found = {f"{{{name}}}": words or _OPEN.format(what=OF_ALL[name].lower()) for name, words in whole.items()}
    for row, case in cases.items():
        known = case.achievement.value is not None
        texts = {
            "target": "" if is_blank(case.target) else case.shown(case.target),
            "realisasi": "" if is_blank(case.actual) else case.shown(case.actual),
            "capaian": case.achievement.text,
            "predikat": case.predicate if known else "belum dapat ditetapkan",
        }
        for name, words in texts.items():
            found[f"{{{name}:{row}}}".casefold()] = words or _OPEN.format(what=f"{name} {case.name}")
    return found


def figure_mark(markup: str, words: str) -> str:
    """The name of a bookmark around a figure, without its number: other words in the file give another name."""
    said = " ".join(words.replace("\u00a0", " ").split())
    return f"{MARK}{hashlib.sha256(f'{markup.casefold()}|{said}'.encode()).hexdigest()[:24]}"
