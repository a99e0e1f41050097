"""Walks the body of a DOCX from outside: its paragraphs and tables in order, and the words that a reader sees."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
EQUATION = f"{M}oMath"
LISTS = ("toc", "tableoffigures", "tabledesfigures", "contents", "illustrationindex")
"""How styles of lists of contents begin: what they say follows from the rest."""
UNREADABLE = (
    "Berkas ini tidak dapat dibaca sebagai dokumen Word. Tidak ada yang diubah. Simpan kembali sebagai DOCX di Word "
    "atau LibreOffice, lalu ulangi."
)
BOX = f"{W}txbxContent"
DRAWINGS = {f"{W}{name}" for name in ("drawing", "pict", "object")}
_VALUES = re.compile(rb"<(?:\w+:)?v>([^<]*)<")
_WRAPPERS = {f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "customXml", "moveTo")}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_UNREAD = {*(f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "txbxContent")), _FALLBACK}
"""What is deleted, what says how words look, text boxes, and what older programs would show in their place."""
_WORDS = {**dict.fromkeys((f"{W}tab", f"{W}br", f"{W}cr"), " "), f"{W}noBreakHyphen": "-"}
_SPOKEN = {f"{W}t", f"{W}sym", f"{M}t", f"{M}f", *_WORDS}
# What Word's dialog for symbols puts in from its font Symbol, whose letters have no meaning of their own.
_SYMBOLS = dict(zip(bytes.fromhex("B3 A3 B1 B4 B8 B9 BB AE D6 E5 44 B0 B7 A5"), "≥≤±×÷≠≈→√∑Δ°•∞", strict=True))
_UNKNOWN = "□"


def blocks_of(parent: Any, *more: str) -> Iterator[Any]:
    """Paragraphs and tables in order, also those inside content controls and other wrappers, and tags of `more`."""
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl", *more):
            yield child
        elif child.tag in _WRAPPERS:
            yield from blocks_of(child, *more)


def style_of(paragraph: Any) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else str(found.get(f"{W}val", "")).replace(" ", "")


def plain(element: Any) -> str:
    """The words of an element with insertions accepted and deletions done, without those of text boxes."""
    return "".join(map(_said, _words(element)))


def _said(node: Any) -> str:
    if node.tag in _WORDS:
        return _WORDS[node.tag]
    if node.tag == f"{W}sym":
        return _symbol(node.get(f"{W}font", ""), node.get(f"{W}char", ""))
    if node.tag == f"{M}f":
        parts = [plain(part).strip() for part in node if part.tag in (f"{M}num", f"{M}den")]
        return "/".join(part if part.isalnum() else f"({part})" for part in parts)
    return node.text or ""


def _symbol(font: str, code: str) -> str:
    """A symbol as a letter: fonts of symbols have their own from F000 on, others those of Unicode."""
    number = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{4}", code) else 0
    if 0xF000 <= number <= 0xF0FF:
        return _SYMBOLS.get(number - 0xF000, _UNKNOWN) if font == "Symbol" else _UNKNOWN
    return letter if (letter := chr(number)).isprintable() else ""


def _words(element: Any) -> Iterator[Any]:
    for child in element:
        if child.tag in _SPOKEN:
            yield child
        elif child.tag not in _UNREAD:
            yield from _words(child)


def seen(element: Any, tags: Collection[str]) -> Iterator[Any]:
    """What a reader sees of some tags, in order; what lies inside one of them is not looked through."""
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag not in _UNREAD:
            yield from seen(child, tags)


def words_of(element: Any) -> str:
    """The words of an element with one space between them; paragraphs and cells do not run into each other."""
    paragraphs = list(seen(element, {f"{W}p"})) or [element]
    return " ".join(" ".join(plain(paragraph) for paragraph in paragraphs).split())


def rows_of(table: Any) -> tuple[tuple[str, ...], ...]:
    """The cells of a table as plain words; what a cell holds, also another table, counts to it."""
    rows = (row for row in seen(table, {f"{W}tr"}) if row.find(f"{W}trPr/{W}del") is None)
    return tuple(tuple(words_of(cell) for cell in seen(row, {f"{W}tc"})) for row in rows)


def boxes(paragraph: Any) -> Iterator[str]:
    """The words of the text boxes that hang on a paragraph."""
    for box in paragraph.iter(BOX):
        if not any(above.tag == _FALLBACK for above in box.iterancestors()) and (text := words_of(box)):
            yield text


def root_of(document: Any, kind: str) -> Any:
    """The root of the part that a kind of relation leads to, such as ``/comments``; None where there is none."""
    from docx.oxml import parse_xml

    relations = (relation for relation in document.part.rels.values() if not relation.is_external)
    part = next((relation.target_part for relation in relations if relation.reltype.endswith(kind)), None)
    return None if part is None else parse_xml(part.blob)


def figures(document: Any, block: Any) -> Iterator[tuple[str, str]]:
    """Each drawing that hangs on a block: its description, and a digest of its picture or of its chart's values."""
    for drawing in seen(block, DRAWINGS):
        about = next((node.get("descr") or node.get("name", "") for node in drawing.iter() if _named(node)), "")
        digest = ""
        for node in drawing.iter():
            for name, value in node.attrib.items():
                if name.endswith(("}embed", "}id")) and value in document.part.rels:
                    digest = _digest(document.part.rels[value])
        yield about, digest


def _named(node: Any) -> bool:
    return str(node.tag).endswith("}docPr")


def _digest(relation: Any) -> str:
    """LibreOffice writes a chart anew and without its description, but with the same values, less the last zeros."""
    if relation.is_external:
        return ""
    data: bytes = relation.target_part.blob
    if relation.reltype.endswith("/chart"):
        values = (value.rstrip(b"0").rstrip(b".") if b"." in value else value for value in _VALUES.findall(data))
        data = b"|".join(values)
    return hashlib.sha256(data).hexdigest()
