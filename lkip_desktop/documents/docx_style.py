"""Takes an office's own style document for the report: its styles, fonts, paper and margins in place of ours.

What a report needs and the document lacks is added from ours, and told. The measures of its styles go into our layout,
so that the page numbers in the lists of contents stay right: they are exact as far as its font is as wide as Arial,
and may differ by a page where it is not; that is told as well, and no field asks Word to be updated. The PDF twin
follows the same measures in Liberation Sans.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from lkip_desktop.documents.assets import asset
from lkip_desktop.documents.report_lines import NATURAL_LINE
from lkip_desktop.documents.report_style import MM, Look, Page, TextStyle, own_page, own_styles
from lkip_desktop.errors import UserError
from lkip_desktop.outside import require_docx

FIELD = "report_style"
"""The profile's field that keeps the document."""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
AS_WIDE = ("arial", "liberation sans", "helvetica", "arimo")
_UNUSABLE = (
    "Dokumen gaya laporan tidak dapat dibaca sebagai dokumen Word, jadi laporan belum dibuat. Ganti atau hapus dokumen "
    "itu pada Profil instansi, bagian Laporan."
)
_NARROW = (
    "Dokumen gaya laporan menyisakan bidang teks yang terlalu sempit. Perbesar kertasnya atau perkecil tepinya, lalu "
    "lampirkan kembali pada Profil instansi."
)
_ADDED = "Gaya yang tidak ada dalam dokumen gaya diambil dari gaya bawaan: {names}."
_FONT = (
    "Huruf dokumen gaya ({font}) tidak selebar Arial. Nomor halaman dalam daftar isi dihitung dengan lebar Arial, jadi "
    "dapat berbeda satu halaman; perbarui daftar isi di Word (F9) bila perlu."
)
_LEAST = 80.0
"""Millimetres of text in either direction."""
_NUMBERING = {"ListNumber": "1", "ListBullet": "2"}
_ALIGN = {"start": "left", "left": "left", "end": "right", "right": "right", "center": "center", "both": "both"}
_TWIP, _MM = 1 / 20, 1 / (20 * MM)
"""Points and millimetres in a twentieth of a point."""


@dataclass(frozen=True)
class OfficeStyle:
    """A style document that reports can begin from: its bytes, its measures, and sentences on what differs."""

    data: bytes
    look: Look
    notices: tuple[str, ...]


@lru_cache(maxsize=2)
def office_style(data: bytes) -> OfficeStyle:
    """Our style document with the styles and the page of the office's. Raises UserError when it cannot be used."""
    require_docx(data)
    from docx import Document

    try:
        theirs, ours = Document(BytesIO(data)), Document(str(asset("report-style.docx")))
        styles: Any = theirs.styles.element
        own: Any = ours.styles.element
        page = _page(theirs.sections[0])
        _rename(styles, own)
        added = list(_add_missing(styles, own))
        _settle(styles, own, page)
        part: Any = ours.part
        part._styles_part._element = deepcopy(styles)
        _take_theme(theirs, ours)
        look = Look(page, {style.id: _measured(styles, style) for style in own_styles().values()})
        _set_page(ours.sections[0], page)
        out = BytesIO()
        ours.save(out)
    except UserError:
        raise
    except (LookupError, ValueError, AttributeError, TypeError, BadZipFile, OSError, SyntaxError) as error:
        raise UserError(_UNUSABLE) from error
    return OfficeStyle(out.getvalue(), look, tuple(_notices(styles, added, ours)))


def _notices(styles: Any, added: list[str], ours: Any) -> Iterator[str]:
    if added:
        yield _ADDED.format(names=", ".join(sorted(added)))
    font = _font(styles)
    if font and font.casefold() not in AS_WIDE:
        yield _FONT.format(font=font)


# Styles


def _name(style: Any) -> str:
    found = style.find(f"{W}name")
    return "" if found is None else str(found.get(f"{W}val", "")).casefold()


def _by_id(styles: Any) -> dict[str, Any]:
    return {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}


def _rename(styles: Any, own: Any) -> None:
    """Give the styles that we use the ids by which we call them: Word names them in its own language."""
    wanted = {_name(style): style.get(f"{W}styleId") for style in own.iter(f"{W}style")}
    ids = {
        style.get(f"{W}styleId"): wanted[_name(style)] for style in styles.iter(f"{W}style") if _name(style) in wanted
    }
    taken = set(ids.values())
    for style in styles.iter(f"{W}style"):
        old = style.get(f"{W}styleId")
        if old not in ids and old in taken:
            ids[old] = f"{old}Lain"
    for node in styles.iter(f"{W}style", f"{W}basedOn", f"{W}next", f"{W}link"):
        key = f"{W}styleId" if node.tag == f"{W}style" else f"{W}val"
        node.set(key, ids.get(node.get(key), node.get(key)))


def _add_missing(styles: Any, own: Any) -> Iterator[str]:
    """Append what the office's document lacks; gives the names of the paragraphs' styles among them."""
    known = _by_id(styles)
    for style in own.iter(f"{W}style"):
        if style.get(f"{W}styleId") in known:
            continue
        made = deepcopy(style)
        made.attrib.pop(f"{W}default", None)
        styles.append(made)
        if style.get(f"{W}type") == "paragraph":
            yield str(style.find(f"{W}name").get(f"{W}val"))


def _settle(styles: Any, own: Any, page: Page) -> None:
    """What the report's build asks for, whatever the look: chapters begin pages, captions stay with their tables, lists
    of contents have dots up to their numbers, and only our two lists count by themselves."""
    from lkip_desktop.documents.docx_xml import el, parsed

    mine, known = _by_id(own), own_styles()
    width = page.text_area(landscape=False)[0]
    for name, style in _by_id(styles).items():
        if style.get(f"{W}type") != "paragraph":
            continue
        properties = style.get_or_add_pPr()
        for number in properties.findall(f"{W}numPr"):
            properties.remove(number)
        model = known.get(name)
        if model is None:
            continue
        if name in _NUMBERING:
            properties._insert_numPr(*parsed(el("numPr", None, el("numId", {"val": _NUMBERING[name]}))))
        if model.page_break:
            properties.get_or_add_pageBreakBefore().set(f"{W}val", "1")
        if model.keep_next:
            properties.get_or_add_keepNext().set(f"{W}val", "1")
        if model.dots or model.rule:
            properties._remove_tabs()
            properties._insert_tabs(*parsed(_stops(model, width)))
        if model.hanging and not _number(styles, style, "ind", "hanging"):
            properties._remove_ind()
            properties._insert_ind(deepcopy(mine[name].pPr.find(f"{W}ind")))


def _stops(model: TextStyle, width: float) -> str:
    from lkip_desktop.documents.docx_xml import el, twips

    dots = {"leader": "dot"} if model.dots else {}
    first = [el("tab", {"val": "left", "pos": str(twips(model.left * MM))})] if model.dots and model.hanging else []
    return el("tabs", None, *first, el("tab", {"val": "right", **dots, "pos": str(twips(width))}))


def _take_theme(theirs: Any, ours: Any) -> None:
    """Fonts and colours that the styles name by their role stand in the theme."""
    found = {rel.reltype.rpartition("/")[2]: rel for rel in theirs.part.rels.values()}
    target = next((rel.target_part for rel in ours.part.rels.values() if rel.reltype.endswith("/theme")), None)
    if "theme" in found and target is not None:
        target._blob = found["theme"].target_part.blob


# Measures


def _chain(styles: Any, style: Any) -> Iterator[Any]:
    """A style, those that it is based on, and the document's defaults."""
    known, seen = _by_id(styles), set()
    while style is not None and style.get(f"{W}styleId") not in seen:
        seen.add(style.get(f"{W}styleId"))
        yield style
        based = style.find(f"{W}basedOn")
        style = known.get(based.get(f"{W}val")) if based is not None else None
    defaults = styles.find(f"{W}docDefaults")
    if defaults is not None:
        yield from (found for found in defaults if found.tag in (f"{W}pPrDefault", f"{W}rPrDefault"))


def _attribute(styles: Any, style: Any, tag: str, *names: str) -> str | None:
    """The first value that a style or one that it is based on gives."""
    for one in _chain(styles, style):
        for group in (f"{W}pPr", f"{W}rPr"):
            node = one.find(f"{group}/{W}{tag}")
            for name in names:
                value = None if node is None else node.get(f"{W}{name}")
                if value is not None:
                    return str(value)
    return None


def _number(styles: Any, style: Any, tag: str, *names: str) -> float:
    value = _attribute(styles, style, tag, *names)
    try:
        return float(value or 0)
    except ValueError:
        return 0.0


def _on(styles: Any, style: Any, tag: str, group: str = "rPr") -> bool:
    for one in _chain(styles, style):
        node = one.find(f"{W}{group}/{W}{tag}")
        if node is not None:
            return node.get(f"{W}val", "1") not in ("0", "false", "off")
    return False


def _measured(styles: Any, model: TextStyle) -> TextStyle:
    """The measures of a style of the office; what we ask of its build stays."""
    style = _by_id(styles)[model.id]
    size = min(max(_number(styles, style, "sz", "val") / 2, 4.0), 72.0)
    line = _number(styles, style, "spacing", "line")
    rule = _attribute(styles, style, "spacing", "lineRule") or "auto"
    natural = size * NATURAL_LINE
    height = (line / 240 * natural if line else natural) if rule == "auto" else line * _TWIP
    return replace(
        model,
        size=size,
        line=height,
        hang=max(0.0, height - natural) if rule == "auto" else 0.0,
        before=_number(styles, style, "spacing", "before") * _TWIP,
        after=_number(styles, style, "spacing", "after") * _TWIP,
        left=_number(styles, style, "ind", "left", "start") * _MM,
        right=_number(styles, style, "ind", "right", "end") * _MM,
        first_line=_number(styles, style, "ind", "firstLine") * _MM,
        hanging=_number(styles, style, "ind", "hanging") * _MM,
        align=_ALIGN.get(_attribute(styles, style, "jc", "val") or "left", "left"),
        bold=_on(styles, style, "b"),
        italic=_on(styles, style, "i"),
        close=_on(styles, style, "contextualSpacing", "pPr"),
    )


def _font(styles: Any) -> str:
    """The font of the body's text, or empty where the theme decides."""
    return _attribute(styles, _by_id(styles)["BodyText"], "rFonts", "ascii", "hAnsi") or "huruf tema"


def _page(section: Any) -> Page:
    """The page of the document's first section, upright."""
    own = own_page()
    sides = {
        name: _millimetres(getattr(section, f"{name}_margin"), getattr(own, name))
        for name in ("top", "bottom", "left", "right")
    }
    width = _millimetres(section.page_width, own.width)
    height = _millimetres(section.page_height, own.height)
    width, height = sorted((width, height))
    found = Page(
        width=width,
        height=height,
        header=_millimetres(section.header_distance, own.header),
        footer=_millimetres(section.footer_distance, own.footer),
        **sides,
    )
    if min(found.text_area(landscape=False)) < _LEAST * MM:
        raise UserError(_NARROW)
    return found


def _millimetres(length: int | None, otherwise: float) -> float:
    return otherwise if length is None else round(abs(length) / 36000, 1)


def _set_page(section: Any, page: Page) -> None:
    lengths: Mapping[str, float] = {
        "page_width": page.width,
        "page_height": page.height,
        "top_margin": page.top,
        "bottom_margin": page.bottom,
        "left_margin": page.left,
        "right_margin": page.right,
        "header_distance": page.header,
        "footer_distance": page.footer,
    }
    for name, length in lengths.items():
        setattr(section, name, round(length * 36000))
