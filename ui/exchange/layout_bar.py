"""How a budget export is read: what was found is shown, can be changed, and is remembered for the next month's file."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QWidget

from lkip_desktop.documents.workbook_read import ENCODINGS, SEPARATORS, Encoded
from lkip_desktop.exchange import LraLayout, Preview, unsought
from ui.forms.widgets import label
from ui.tokens import GRID

SEPARATOR_NAMES = {";": "titik koma ( ; )", ",": "koma ( , )", "\t": "tab", "|": "garis tegak ( | )"}
ENCODING_NAMES = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16 (Unicode)", "cp1252": "Windows-1252 (ANSI)"}
COLUMNS = {"code": "Kode", "name": "Uraian", "ceiling": "Pagu", "spent": "Realisasi"}
UNITS = (("rupiah", ""), ("ribu rupiah", "ribu"), ("juta rupiah", "juta"), ("miliar rupiah", "miliar"))
NONE = "(tidak ada)"


class LayoutBar(QFrame):
    """Choices for the sheet or the text, the row of headings and the four columns; `changed` brings a layout."""

    changed = Signal(object)  # LraLayout

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.setAccessibleName("Cara membaca berkas")
        self._layout: LraLayout | None = None
        self._said_unit = ""
        self.sheet, self.separator, self.encoding, self.header = (QComboBox() for _ in range(4))
        self.unit = QComboBox()
        self.columns = {name: QComboBox() for name in COLUMNS}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(GRID // 2)
        self._places: list[tuple[QWidget, QWidget]] = []
        first = {"Lembar": self.sheet, "Pemisah kolom": self.separator, "Penyandian": self.encoding}
        named = {
            **first,
            "Baris judul": self.header,
            **{f"Kolom {w.lower()}": self.columns[n] for n, w in COLUMNS.items()},
            "Satuan uang": self.unit,
        }
        for word, box in named.items():
            box.setAccessibleName(word)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(5)
            box.activated.connect(self._choose)
            head = label(word, "small", wrap=False)
            head.setBuddy(box)
            self._places.append((head, box))

    def show_layout(self, seen: Preview) -> None:
        """Show how a file was read."""
        layout = seen.layout
        assert layout is not None
        self._layout, self._said_unit = layout, seen.said_unit
        encoded = layout.encoded
        _fill(self.sheet, [(name, name) for name in seen.sheets], layout.sheet)
        _fill(self.separator, [(SEPARATOR_NAMES[s], s) for s in SEPARATORS], encoded.separator if encoded else "")
        _fill(self.encoding, [(ENCODING_NAMES[e], e) for e in ENCODINGS], encoded.encoding if encoded else "")
        rows = [(f"{n + 1}: {_heading(row)}", n) for n, row in enumerate(seen.table)]
        _fill(self.header, [(NONE, -1), *rows], layout.header)
        heads = seen.table[layout.header] if 0 <= layout.header < len(seen.table) else ()
        width = max((len(row) for row in seen.table), default=0)
        named = [(f"{_letter(n)}: {heads[n] if n < len(heads) else ''}".rstrip(": "), n) for n in range(width)]
        for name, box in self.columns.items():
            _fill(box, [(NONE, -1), *named], getattr(layout, name))
        _fill(self.unit, list(UNITS), layout.unit or "")
        self._arrange({self.separator, self.encoding} if encoded is None else {self.sheet})

    def _arrange(self, hidden: set[QComboBox]) -> None:
        shown = [pair for pair in self._places if pair[1] not in hidden]
        for number, (head, box) in enumerate(shown):
            self._grid.addWidget(head, 0, number)
            self._grid.addWidget(box, 1, number)
        for pair in self._places:
            for part in pair:
                part.setVisible(pair in shown)

    def _choose(self) -> None:
        if self._layout is None:
            return
        encoded = self._layout.encoded
        if encoded is not None:
            encoded = Encoded(self.encoding.currentData(), self.separator.currentData())
        sheet = self.sheet.currentData() or self._layout.sheet
        if self.sender() in (self.sheet, self.separator, self.encoding):
            self.changed.emit(unsought(sheet, encoded))
            return
        chosen = {name: int(box.currentData()) for name, box in self.columns.items()}
        header, unit = int(self.header.currentData()), _own_unit(str(self.unit.currentData()), self._said_unit)
        self.changed.emit(replace(self._layout, header=header, sheet=sheet, encoded=encoded, unit=unit, **chosen))


def remembered(seen: Preview) -> str:
    """How a file was read, with the headings that it had there, as text for the settings."""
    assert seen.layout is not None
    layout = replace(seen.layout, unit=_own_unit(seen.layout.unit, seen.said_unit))
    return json.dumps({**asdict(layout), "headings": _headings(seen)}, ensure_ascii=False)


def _own_unit(unit: str | None, said: str) -> str | None:
    """A unit that a person chose; None where it is what the file says, since the next file may say another."""
    return None if unit == said else unit


def layout_of(text: str) -> LraLayout | None:
    """What was remembered; None when there is nothing, or nothing that can be understood."""
    try:
        kept = json.loads(text)
        encoded = Encoded(**kept["encoded"]) if kept["encoded"] else None
        known = encoded is None or (encoded.encoding in ENCODINGS and encoded.separator in SEPARATORS)
        places = {name: int(kept[name]) for name in ("header", *COLUMNS)}
        unit = kept.get("unit")
        known = known and (unit is None or unit in dict(UNITS).values())
        return LraLayout(**places, sheet=str(kept["sheet"]), encoded=encoded, unit=unit) if known else None
    except (ValueError, KeyError, TypeError):
        return None


def fits(text: str, seen: Preview) -> bool:
    """Whether a file that was read as remembered has the same headings there."""
    return bool(text) and seen.layout is not None and json.loads(text).get("headings") == _headings(seen)


def _headings(seen: Preview) -> list[str]:
    layout = seen.layout
    if layout is None or not 0 <= layout.header < len(seen.table):
        return []
    row = seen.table[layout.header]
    places = (layout.code, layout.name, layout.ceiling, layout.spent)
    return [row[place] if 0 <= place < len(row) else "" for place in places]


def _fill(box: QComboBox, choices: list[tuple[str, object]], chosen: object) -> None:
    box.clear()
    for text, value in choices:
        box.addItem(text[:60], value)
    box.setCurrentIndex(max(0, next((n for n, (_, value) in enumerate(choices) if value == chosen), 0)))


def _heading(row: tuple[str, ...]) -> str:
    return " | ".join(text for text in row if text)[:40]


def _letter(place: int) -> str:
    before, rest = divmod(place, 26)
    return (_letter(before - 1) if before else "") + chr(ord("A") + rest)
