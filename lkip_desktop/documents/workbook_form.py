"""Writes the workbook that a unit fills in: instructions, its indicators with last year's figures, marked entry cells.

Entry cells are text cells: a spreadsheet set to English makes 305 of a typed ``3,05``, and nobody sees it.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any

from lkip_desktop.documents import facts
from lkip_desktop.documents.assets import toml
from lkip_desktop.documents.workbook_layout import (
    MARK,
    MARK_SHEET,
    NEW_ROW,
    NEW_ROWS,
    PREFIX,
    REMARK,
    TABLE,
    UNITS,
    FormColumn,
    cycle_mark,
    form_columns,
    own_indicators,
    shown_target,
    unit_name,
)
from lkip_desktop.outside import XLSX_OPTIONS, plain_text
from lkip_desktop.values import show
from lkip_desktop.words import long_date

if TYPE_CHECKING:
    from lkip_desktop.cycle_data import Snapshot
    from lkip_desktop.documents.kinds import Watch

A4, FOLIO = 9, 14
"""Paper codes of the format (ECMA-376 18.3.1.63); Folio, 8.5 × 13 inch, is the nearest to F4 that it knows."""
FONT = "Arial"
INK, ACCENT, ENTRY_FILL, SHOWN_FILL, LINE = "#182226", "#0B5567", "#FFF8DC", "#EEF1F2", "#9AA7AD"
LINE_HEIGHT, MOST_HEIGHT = 13.0, 409.0
"""Points: of a line of Arial 10, and the most that a row can be."""
LONGEST_FIGURE = 20
ID_ROW, HEAD_ROW, FIRST_ROW = 5, 6, 7


def unit_form(snapshot: Snapshot, watch: Watch) -> bytes:
    """The workbook of the unit whose row of ``unit_forms`` is `snapshot.subject`; of no unit, one with everything."""
    import xlsxwriter

    out = BytesIO()
    book = xlsxwriter.Workbook(out, {**XLSX_OPTIONS, "in_memory": True})
    # The same data gives the same bytes: the moment of writing is not part of a form.
    book.set_properties({"title": _words()["title"].format(**_facts(snapshot)), "created": snapshot.state.created})
    writer = _FormWriter(book, snapshot)
    writer.instructions()
    writer.data()
    writer.mark()
    book.close()
    return out.getvalue()


def _words() -> dict[str, Any]:
    found: dict[str, Any] = toml("workbooks.toml")["unit-form"]
    return found


def _facts(snapshot: Snapshot) -> dict[str, str]:
    state, agency, unit = snapshot.state, snapshot.agency, snapshot.subject
    due = facts.day(snapshot, f"{UNITS}/{unit}/due") if unit else None
    return {
        "year": str(state.year),
        "last": str(state.year - 1),
        "agency": agency.short or agency.name,
        "abbreviation": agency.report_abbreviation,
        "title": agency.report_title,
        "unit": unit_name(state, unit) or "Semua unit",
        "person": state.cell(UNITS, unit, "person") if unit else "",
        "due": long_date(due) if due else "",
    }


class _FormWriter:
    def __init__(self, book: Any, snapshot: Snapshot) -> None:
        self._book, self._snapshot, self._state = book, snapshot, snapshot.state
        self._columns = form_columns(snapshot.state)
        self._widths = {column.id: float(column.width) for column in self._columns}
        self._words, self._facts = _words(), _facts(snapshot)
        self._paper = FOLIO if snapshot.agency.paper.upper().startswith("F4") else A4
        self._formats: dict[str, Any] = {}

    def _format(self, key: str, **properties: Any) -> Any:
        if key not in self._formats:
            base = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "top", "text_wrap": True}
            self._formats[key] = self._book.add_format({**base, **properties})
        return self._formats[key]

    def say(self, key: str) -> str:
        return str(self._words[key]).format(**self._facts)

    def instructions(self) -> None:
        sheet = self._book.add_worksheet("Petunjuk")
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 5)
        sheet.set_column(1, 1, 24)
        sheet.set_column(2, 2, 72)
        sheet.write_string(0, 0, plain_text(self.say("title")), self._title())
        sheet.write_string(1, 0, plain_text(self._facts["agency"]), self._format("sub", text_wrap=False, font_size=11))
        row = 3
        for name in ("unit", "person", "due"):
            if self._facts[name]:
                sheet.write_string(row, 1, self.say(f"label_{name}"), self._format("label", font_color="#52616A"))
                sheet.write_string(row, 2, plain_text(self._facts[name]), self._format("strong", bold=True))
                row += 1
        row = self._numbered(sheet, row + 1, "how", self._words["steps"])
        row = self._legend(sheet, row + 1)
        self._numbered(sheet, row + 1, "spelling", self._words["figures"])
        self._print(sheet, landscape=False)
        sheet.protect("", {"select_locked_cells": True})

    def _title(self) -> Any:
        return self._format("title", bold=True, font_size=14, text_wrap=False, font_color=ACCENT)

    def _numbered(self, sheet: Any, row: int, heading: str, texts: list[str]) -> int:
        sheet.write_string(row, 0, self.say(heading), self._format("lead", bold=True, font_size=11, text_wrap=False))
        for number, text in enumerate(texts, start=1):
            sheet.write_string(row + number, 0, f"{number}.", self._format("number", align="right"))
            merged = plain_text(text.format(**self._facts))
            sheet.merge_range(row + number, 1, row + number, 2, merged, self._format("text"))
            sheet.set_row(row + number, row_height([merged], [108]))
        return row + len(texts) + 1

    def _legend(self, sheet: Any, row: int) -> int:
        sheet.write_string(row, 0, self.say("legend"), self._format("lead"))
        for number, (name, style) in enumerate((("entry", self._entry()), ("shown", self._shown())), start=1):
            sheet.write_string(row + number, 1, self.say(f"sample_{name}"), style)
            sheet.write_string(row + number, 2, self.say(f"legend_{name}"), self._format("text"))
            sheet.set_row(row + number, row_height([self.say(f"legend_{name}")], [80]))
        return row + 3

    def _entry(self) -> Any:
        return self._format("entry", **self._boxed(ENTRY_FILL), locked=False, num_format="@", align="left")

    def _entry_figure(self) -> Any:
        return self._format("figure", **self._boxed(ENTRY_FILL), locked=False, num_format="@", align="right")

    def _shown(self) -> Any:
        return self._format("shown", **self._boxed(SHOWN_FILL), num_format="@", align="left")

    def _shown_figure(self) -> Any:
        return self._format("shown figure", **self._boxed(SHOWN_FILL), num_format="@", align="right")

    @staticmethod
    def _boxed(fill: str) -> dict[str, Any]:
        return {"bg_color": fill, "border": 1, "border_color": LINE, "indent": 1}

    def data(self) -> None:
        sheet = self._book.add_worksheet("Data")
        sheet.hide_gridlines(2)
        sheet.write_string(0, 1, plain_text(self.say("title")), self._title())
        sheet.write_string(1, 1, plain_text(self.say("line")), self._format("sub"))
        if self._facts["due"]:
            sheet.write_string(2, 1, self.say("return_by"), self._format("plain", text_wrap=False))
        sheet.write_string(3, 1, self.say("hint"), self._format("hint", text_wrap=False, font_color="#52616A"))
        rows = own_indicators(self._state, self._snapshot.subject)
        self._widths = self._fitting(rows)
        self._heads(sheet)
        for number, row in enumerate(rows):
            self._row(sheet, number, row)
        for number in range(0 if rows else NEW_ROWS):
            self._blank(sheet, number)
        last = FIRST_ROW + max(len(rows) or NEW_ROWS, 1) - 1
        self._choices(sheet, last)
        sheet.ignore_errors({"number_stored_as_text": f"A1:{_letter(len(self._columns) + 1)}{last + 200}"})
        sheet.freeze_panes(FIRST_ROW, 4)
        sheet.repeat_rows(HEAD_ROW)
        self._print(sheet, landscape=True)
        allowed = ("format_rows", "format_columns", "insert_rows", "sort", "autofilter")
        sheet.protect("", dict.fromkeys(allowed, True))
        sheet.activate()
        sheet.set_selection(FIRST_ROW, self._first_entry(), FIRST_ROW, self._first_entry())

    def _fitting(self, rows: Iterable[str]) -> dict[str, float]:
        """Widths by column id: no figure is broken, and what will be typed is as long as what is known."""
        figures = [column for column in self._columns if column.is_figure]
        words = (word for row in rows for column in figures for word in self._text(row, column).split())
        longest = min(max(map(len, words), default=0), LONGEST_FIGURE) + 3
        return {c.id: max(c.width, longest) if c.is_figure else c.width for c in self._columns}

    def _first_entry(self) -> int:
        return next((n for n, c in enumerate(self._columns, start=2) if c.entry), 2)

    def _heads(self, sheet: Any) -> None:
        """Column 0 holds the rows' ids, column 1 their numbers; the hidden row above the headings the columns' ids."""
        head = self._format("head", bold=True, font_color="#FFFFFF", bg_color=ACCENT, border=1, border_color=LINE,
                            align="center", valign="vcenter")  # fmt: skip
        own = self._format("head entry", bold=True, bg_color="#F2D98B", border=1, border_color=LINE,
                           align="center", valign="vcenter")  # fmt: skip
        sheet.set_column(0, 0, 8, None, {"hidden": True})
        sheet.set_column(1, 1, 5)
        sheet.write_string(ID_ROW, 0, self._mark_text())
        sheet.set_row(ID_ROW, None, None, {"hidden": True})
        sheet.set_row(HEAD_ROW, 44)
        sheet.write_string(HEAD_ROW, 0, "id", head)
        sheet.write_string(HEAD_ROW, 1, "No.", head)
        for place, column in enumerate(self._columns, start=2):
            sheet.set_column(place, place, self._widths[column.id])
            sheet.write_string(ID_ROW, place, PREFIX + column.id)
            sheet.write_string(HEAD_ROW, place, column.heading, own if column.entry else head)

    def _row(self, sheet: Any, number: int, row: str) -> None:
        sheet.write_string(FIRST_ROW + number, 0, row)
        sheet.write_string(FIRST_ROW + number, 1, f"{number + 1}.", self._shown())
        texts = [plain_text(self._text(row, column)) for column in self._columns]
        for place, (column, text) in enumerate(zip(self._columns, texts, strict=True), start=2):
            sheet.write_string(FIRST_ROW + number, place, text, self._style(column))
        widths = [self._widths[column.id] for column in self._columns]
        sheet.set_row(FIRST_ROW + number, row_height(texts, widths, least=2))

    def _text(self, row: str, column: FormColumn) -> str:
        text = shown_target(self._state, row) if column.id == "target" else self._state.cell(TABLE, row, column.id)
        return show(column.field.kind, text) if column.field is not None else text

    def _style(self, column: FormColumn) -> Any:
        if column.entry:
            return self._entry_figure() if column.is_figure else self._entry()
        return self._shown_figure() if column.is_figure else self._shown()

    def _blank(self, sheet: Any, number: int) -> None:
        """A row for an indicator that the cycle does not know yet: all of it may be filled in."""
        sheet.write_string(FIRST_ROW + number, 0, f"{NEW_ROW}{number + 1}")
        sheet.write_string(FIRST_ROW + number, 1, f"{number + 1}.", self._shown())
        for place, column in enumerate(self._columns, start=2):
            sheet.write_blank(
                FIRST_ROW + number, place, None, self._entry_figure() if column.is_figure else self._entry()
            )

    def _choices(self, sheet: Any, last: int) -> None:
        for place, column in enumerate(self._columns, start=2):
            if not column.entry:
                continue
            if column.choices:
                sheet.data_validation(FIRST_ROW, place, last, place, self._choice(column))
            elif column.is_figure:
                prompt = {"validate": "any", "input_title": column.heading[:32], "input_message": self.say("prompt")}
                sheet.data_validation(FIRST_ROW, place, last, place, prompt)

    def _choice(self, column: FormColumn) -> dict[str, Any]:
        return {
            "validate": "list",
            "source": list(column.choices),
            "ignore_blank": True,
            "input_title": column.heading[:32],
            "input_message": self.say("prompt_remark" if column.id == REMARK else "prompt_choice"),
            "error_title": self.say("error_title"),
            "error_message": self.say("error_choice"),
            "error_type": "warning" if column.id == REMARK else "stop",
        }

    def _print(self, sheet: Any, *, landscape: bool) -> None:
        sheet.set_paper(self._paper)
        if landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.7)
        # At its own size however small the page is set.
        footer = f"&L&8{self.say('footer').replace('&', '&&')}&R&8Halaman &P dari &N"
        sheet.set_footer(footer, {"scale_with_doc": False})

    def _mark_text(self) -> str:
        return f"{MARK}|1|{cycle_mark(self._state)}|{self._snapshot.subject}|{self._state.year}"

    def mark(self) -> None:
        sheet = self._book.add_worksheet(MARK_SHEET)
        sheet.write_string(0, 0, self._mark_text())
        sheet.hide()
        sheet.protect()


def row_height(texts: Iterable[str], widths: Iterable[float], least: int = 1) -> float:
    """Points for a row of wrapped texts in columns of so many characters: a row does not grow by itself everywhere."""
    lines = [
        sum(max(1, ceil(len(line) / max(width - 2, 1))) for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    ]
    return min(4 + LINE_HEIGHT * max(least, *lines), MOST_HEIGHT)


def _letter(column: int) -> str:
    """The letters of a column counted from 0."""
    before, rest = divmod(column, 26)
    return (_letter(before - 1) if before else "") + chr(ord("A") + rest)
