"""The workbook behind a chart: what Word opens when somebody wants to change its figures."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from xml.sax.saxutils import escape

from lkip_desktop.documents.docx_package import packed
from lkip_desktop.documents.docx_xml import clean
from lkip_desktop.documents.report import Chart

SHEET = "Data"
INKS = ("A6A6A6", "1F4E79", "7F9DB9", "595959")
"""One accent and greys that stay apart when printed without colour; the last series is the one that counts."""
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_INKS = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": INKS[1],
    "lt2": "F2F2F2",
    **{f"accent{n}": INKS[n % len(INKS)] for n in range(1, 7)},
    "hlink": INKS[1],
    "folHlink": INKS[3],
}
_COLOURS = "".join(f'<a:{name}><a:srgbClr val="{ink}"/></a:{name}>' for name, ink in _INKS.items())
_FACE = '<a:latin typeface="Arial"/><a:ea typeface=""/><a:cs typeface=""/>'
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE = f"<a:ln>{_FILL}</a:ln>"
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"
_FIXED = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_KIND}.sharedStrings+xml"/>'
        '<Override PartName="/xl/theme/theme1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId3" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="rId4" Type="{_OFFICE}/theme" Target="theme/theme1.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/><name val="Arial"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f'<sheets><sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/theme/theme1.xml": (
        f'<a:theme xmlns:a="{_DRAWING}" name="Office"><a:themeElements><a:clrScheme name="Office">{_COLOURS}'
        f'</a:clrScheme><a:fontScheme name="Office"><a:majorFont>{_FACE}</a:majorFont>'
        f"<a:minorFont>{_FACE}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="Office"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{_LINE * 3}</a:lnStyleLst><a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    ),
}


def _encoded(parts: dict[str, str]) -> dict[str, bytes]:
    return {name: f"{_HEAD}{xml}".encode() for name, xml in parts.items()}


_PARTS = _encoded(_FIXED)


def chart_workbook(chart: Chart) -> bytes:
    """A column of categories, a column for each series."""
    heads: tuple[str | Decimal | None, ...] = (None, *(series.name for series in chart.series))
    rows = [heads, *zip(chart.categories, *(series.values for series in chart.series), strict=True)]
    texts: list[str] = []
    data = "".join(f'<row r="{n}">{"".join(_cells(n, row, texts))}</row>' for n, row in enumerate(rows, start=1))
    shared = "".join(f'<si><t xml:space="preserve">{escape(clean(text))}</t></si>' for text in texts)
    counted = f'count="{len(texts)}" uniqueCount="{len(texts)}"'
    own = {
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{data}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}" {counted}>{shared}</sst>',
    }
    # Not compressed: the document around it is.
    return packed({**_PARTS, **_encoded(own)}, compressed=False)


def _cells(number: int, row: tuple[str | Decimal | None, ...], texts: list[str]) -> Iterator[str]:
    """The cells of a row; their words are added to those that the workbook shares."""
    for place, value in enumerate(row):
        at = f"{chr(ord('A') + place)}{number}"
        if isinstance(value, str):
            yield f'<c r="{at}" t="s"><v>{len(texts)}</v></c>'
            texts.append(value)
        elif value is not None:
            yield f'<c r="{at}"><v>{value:f}</v></c>'
