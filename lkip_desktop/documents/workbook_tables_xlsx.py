"""Writes a report of one table as a workbook: figures as numbers, texts never as formulas, ready to print."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from math import ceil
from typing import Any

from lkip_desktop.documents.letter_style import MM
from lkip_desktop.documents.pictures import usable
from lkip_desktop.documents.workbook_form import A4, FOLIO, FONT, row_height
from lkip_desktop.documents.workbook_tables import Shape, TableReport, TableRow, Value
from lkip_desktop.outside import XLSX_OPTIONS, plain_text

WIDTH = 150.0
"""Characters across a landscape page at the printed size."""
LOCALE = "[$-421]"
"""Indonesian, so that programs that follow the cell write 1.234,56 whatever the PC is set to."""
CAPITAL = 1.25
"""How much wider than a figure a bold capital is."""
MOST_ADDED = 200
LOGO_HEIGHT = 20 * MM
GREY, LINE = "#E7ECEE", "#5B6A72"


DATA = "Data"
NARROW, WIDE = 12, 44
"""Characters across the columns of plain rows."""


def table_xlsx(report: TableReport, data: Sequence[Sequence[str]] = ()) -> bytes:
    """The workbook of a report. The total adds up by formula; every other figure is the number that is printed.

    `data`, headings first, goes on a sheet of its own before it: texts as they are, for sorting and for other programs.
    """
    import xlsxwriter

    out = BytesIO()
    book = xlsxwriter.Workbook(out, {**XLSX_OPTIONS, "in_memory": True})
    book.set_properties({"title": f"{report.title} {report.subtitle}", "author": report.letterhead.agency})
    if data:
        _write_data(book, data)
    _Writer(book, report).write()
    book.close()
    return out.getvalue()


def data_xlsx(title: str, agency: str, data: Sequence[Sequence[str]]) -> bytes:
    """A workbook of texts alone, headings first, for sorting and for ticking off."""
    import xlsxwriter

    out = BytesIO()
    book = xlsxwriter.Workbook(out, {**XLSX_OPTIONS, "in_memory": True})
    book.set_properties({"title": title, "author": agency})
    _write_data(book, data)
    book.close()
    return out.getvalue()


def _write_data(book: Any, data: Sequence[Sequence[str]]) -> None:
    sheet = book.add_worksheet(DATA)
    usual = {"font_name": FONT, "font_size": 10, "valign": "top", "text_wrap": True}
    cell, head = book.add_format(usual), book.add_format({**usual, "bold": True, "bg_color": GREY, "bottom": 1})
    last_row, last = len(data) - 1, len(data[0]) - 1
    columns = zip(*data, strict=True)
    widths = [min(max(map(len, column)) + 4, WIDE) if any(column) else NARROW for column in columns]
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    for number, row in enumerate(data):
        sheet.set_row(number, row_height(row, widths))
        for place, text in enumerate(row):
            sheet.write_string(number, place, plain_text(text), head if number == 0 else cell)
    # What was typed stays text: a spreadsheet need not offer to turn 85,5 or 3+ into something else.
    sheet.ignore_errors({"number_stored_as_text": f"A1:{_column(last)}{last_row + 1}"})
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last_row, last)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)


def _column(place: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(place))


class _Writer:
    def __init__(self, book: Any, report: TableReport) -> None:
        self._book, self._report = book, report
        self._sheet = book.add_worksheet(report.title.title()[:31])
        self._last = len(report.columns) - 1
        whole = sum(column.share for column in report.columns)
        self._widths = [WIDTH * column.share / whole for column in report.columns]
        self._formats: dict[tuple[Any, ...], Any] = {}

    def _format(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({"font_name": FONT, "font_size": 10, **properties})
        return self._formats[key]

    def write(self) -> None:
        self._sheet.hide_gridlines(2)
        for place, width in enumerate(self._widths):
            self._sheet.set_column(place, place, width)
        head = self._title(self._letterhead(0))
        boxed = {"bold": True, "border": 1, "border_color": LINE, "bg_color": GREY, "text_wrap": True}
        for place, column in enumerate(self._report.columns):
            self._sheet.write_string(
                head, place, column.heading, self._format(**boxed, align="center", valign="vcenter")
            )
        self._sheet.set_row(head, row_height([c.heading for c in self._report.columns], self._widths, least=2))
        for number, row in enumerate(self._report.rows):
            self._row(head + 1, number, row)
        after = head + 1 + len(self._report.rows)
        self._signature(self._notes(after + 1) + 1)
        self._sheet.freeze_panes(head + 1, 0)
        self._sheet.repeat_rows(head)
        self._print()

    def _across(self, row: int, text: str, height: float, **properties: Any) -> None:
        """A text over the whole width; one that is too long for a line of `height` takes more of them."""
        if not properties.get("text_wrap"):
            lines = ceil(len(text) * properties.get("font_size", 10) / 10 * CAPITAL / WIDTH)
            height, properties = height * max(1, lines), {**properties, "text_wrap": True}
        self._sheet.merge_range(row, 0, row, self._last, "", self._format(**properties))
        self._sheet.write_string(row, 0, plain_text(text), self._format(**properties))
        self._sheet.set_row(row, height)

    def _letterhead(self, row: int) -> int:
        head, middle = self._report.letterhead, {"align": "center", "valign": "vcenter"}
        logo = usable(head.logo)
        if logo is not None:
            scale = LOGO_HEIGHT / (logo.height * 0.75)
            options = {
                "image_data": BytesIO(logo.png),
                "x_scale": scale,
                "y_scale": scale,
                "x_offset": 6,
                "y_offset": 4,
            }
            self._sheet.insert_image(row, 0, "logo.png", {**options, "description": "Lambang daerah"})
        self._across(row, head.government, 19, **middle, font_size=13)
        self._across(row + 1, head.agency, 23, **middle, font_size=17, bold=True)
        for number, line in enumerate(head.lines, start=2):
            last = number == len(head.lines) + 1
            self._across(row + number, line, 14, **middle, font_size=9, **({"bottom": 6} if last else {}))
        return row + 2 + len(head.lines) + 1

    def _title(self, row: int) -> int:
        middle = {"align": "center", "valign": "vcenter"}
        self._across(row, self._report.title, 20, **middle, bold=True, font_size=13)
        self._across(row + 1, self._report.subtitle, 17, **middle, font_size=11)
        return row + 3

    def _row(self, first: int, number: int, row: TableRow) -> None:
        at, missing = first + number, len(self._report.columns) - len(row.values)
        boxed: dict[str, Any] = {"border": 1, "border_color": LINE, "valign": "top", "text_wrap": True}
        if row.strong:
            boxed |= {"bold": True, "bg_color": "#F5F7F8"}
        texts, widths = [value.text for value in row.values], self._widths[missing:]
        if missing:
            widths = [sum(self._widths[: missing + 1]), *widths[1:]]
            self._sheet.merge_range(at, 0, at, missing, "", self._format(**boxed))
            self._sheet.write_string(at, 0, plain_text(texts[0]), self._format(**boxed))
        for place, value in enumerate(row.values):
            if missing and not place:
                continue
            shape = self._report.columns[missing + place].shape
            align = {Shape.TEXT: "left", Shape.MIDDLE: "center", Shape.FIGURE: "right"}[shape]
            indent = {} if shape is Shape.MIDDLE else {"indent": 1}
            self._value(first, at, missing + place, value, {**boxed, **indent, "align": align})
        self._sheet.set_row(at, row_height(texts, widths))

    def _value(self, first: int, at: int, place: int, value: Value, style: dict[str, Any]) -> None:
        if value.number is None:
            self._sheet.write_string(at, place, plain_text(value.text), self._format(**style))
            return
        # A figure too long for its column is set smaller; otherwise it would be shown as ###.
        style = {**style, "text_wrap": False, "shrink": True}
        decimals = "." + "0" * value.places if value.places else ""
        whole = "#,##0" if value.grouped else "0"
        shown = self._format(**style, num_format=f"{LOCALE}{whole}{decimals}")
        if value.parts and len(value.parts) <= MOST_ADDED:
            from xlsxwriter.utility import xl_rowcol_to_cell

            cells = ",".join(xl_rowcol_to_cell(first + part, place) for part in value.parts)
            self._sheet.write_formula(at, place, f"=SUM({cells})", shown, float(value.number))
        else:
            self._sheet.write_number(at, place, float(value.number), shown)

    def _notes(self, row: int) -> int:
        for note in self._report.notes:
            height = row_height([note], [WIDTH * 1.1])
            self._across(row, note, height, font_size=9, text_wrap=True, valign="top", font_color="#3C474C")
            row += 1
        return row

    def _signature(self, row: int) -> None:
        """At the right, over the last columns that make about a third of the width."""
        first = self._last
        while first > 0 and sum(self._widths[first:]) < WIDTH / 3:
            first -= 1
        signer = self._report.signatory
        style = self._format()
        for number, text in enumerate([*signer.above, *[""] * 4, signer.name, *signer.below]):
            if first < self._last:
                self._sheet.merge_range(row + number, first, row + number, self._last, "", style)
            self._sheet.write_string(row + number, first, plain_text(text), style)

    def _print(self) -> None:
        self._sheet.set_landscape()
        self._sheet.set_paper(FOLIO if self._report.paper.upper().startswith("F4") else A4)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_margins(left=0.6, right=0.5, top=0.6, bottom=0.7)
        self._sheet.center_horizontally()
        footer = f"&L&8{self._report.footer.replace('&', '&&')}&R&8Halaman &P dari &N"
        self._sheet.set_footer(footer, {"scale_with_doc": False})
