"""Makes resources/documents/report-style.docx, the empty document with our styles that every report begins from.

Run it after a change of ``report-style.toml``. It begins from python-docx's own template and leaves out what Word does
not need: the preview picture, the styles a second time, the bibliography.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from lkip_desktop.documents.assets import asset
from lkip_desktop.documents.docx_package import saved
from lkip_desktop.documents.report_style import MM, TextStyle, font_name, page, text_styles
from lkip_desktop.files import write_atomically

LANGUAGE = "id-ID"
TARGET = "report-style.docx"
UNWANTED = ("stylesWithEffects", "metadata/thumbnail", "customXml", "webSettings")
MADE = datetime(2026, 1, 1, tzinfo=UTC)

SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
RULES = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in SIDES)

HEAD = f"""
<w:docDefaults>
  <w:rPrDefault><w:rPr>
    <w:rFonts w:ascii="{font_name()}" w:eastAsia="{font_name()}" w:hAnsi="{font_name()}" w:cs="{font_name()}"/>
    <w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/>
  </w:rPr></w:rPrDefault>
  <w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr></w:pPrDefault>
</w:docDefaults>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
  <w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/>
</w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal">
  <w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>
  <w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>
    <w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>
    <w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>
  </w:tblCellMar></w:tblPr>
</w:style>
<w:style w:type="numbering" w:default="1" w:styleId="NoList">
  <w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>
</w:style>
<w:style w:type="table" w:styleId="TableGrid">
  <w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="39"/>
  <w:tblPr><w:tblBorders>
    {RULES}
  </w:tblBorders></w:tblPr>
</w:style>
<w:style w:type="character" w:customStyle="1" w:styleId="Lengkapi">
  <w:name w:val="Lengkapi"/><w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/>
  <w:rPr><w:shd w:val="clear" w:color="auto" w:fill="FFF2CC"/></w:rPr>
</w:style>
"""

LEVEL = """
<w:abstractNum w:abstractNumId="{id}">
  <w:multiLevelType w:val="singleLevel"/>
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{format}"/>{style}
    <w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>
    <w:pPr><w:ind w:left="{indent}" w:hanging="{indent}"/></w:pPr>
  </w:lvl>
</w:abstractNum>
"""

SETTINGS = f"""
<w:zoom w:percent="100"/>
<w:defaultTabStop w:val="709"/>
<w:characterSpacingControl w:val="doNotCompress"/>
<w:compat>
  <w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
  <w:compatSetting w:name="overrideTableStyleFontSizeAndJustification"
    w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>
  <w:compatSetting w:name="enableOpenTypeFeatures" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>
  <w:compatSetting w:name="doNotFlipMirrorIndents" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>
</w:compat>
<w:themeFontLang w:val="{LANGUAGE}"/>
<w:decimalSymbol w:val=","/>
<w:listSeparator w:val=";"/>
"""


def main() -> None:
    write_atomically(asset(TARGET), style_document())


def style_document() -> bytes:
    """The bytes of the style document; the same for the same ``report-style.toml``."""
    document = Document()
    _leave_out(document)
    part: Any = document.part
    part._styles_part._element = _xml("styles", HEAD + "".join(map(_style, text_styles().values())))
    part.numbering_part._element = _xml("numbering", _numbering())
    part._settings_part._element = _xml("settings", SETTINGS)
    _set_page(document)
    _set_properties(document)
    return saved(document)


def _leave_out(document: DocxDocument) -> None:
    for rels in (document.part.rels, document.part.package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(UNWANTED)]:
            del rels[key]


def _xml(tag: str, content: str) -> Any:
    return parse_xml(f"<w:{tag} {nsdecls('w')}>{content}</w:{tag}>")


def _numbering() -> str:
    indent = _twips(text_styles()["ListNumber"].left * MM)
    levels = (
        LEVEL.format(id=1, format="decimal", text="%1.", indent=indent, style='<w:pStyle w:val="ListNumber"/>'),
        LEVEL.format(id=2, format="bullet", text="–", indent=indent, style='<w:pStyle w:val="ListBullet"/>'),
    )
    uses = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2))
    return "".join(levels) + uses


def _style(style: TextStyle) -> str:
    known = style.id in ("Butir", "Catatan", "Gambar", "KeteranganGambar", "IsiTabel", "IsiTandaTangan", "TandaTangan")
    kind = ' w:customStyle="1"' if known else ' w:default="1"' if style.id == "Normal" else ""
    based = "" if style.id == "Normal" else '<w:basedOn w:val="Normal"/>'
    follows = '<w:next w:val="BodyText"/>' if style.outline is not None else ""
    shown = '<w:uiPriority w:val="39"/>' if style.dots else "<w:qFormat/>"
    return (
        f'<w:style w:type="paragraph"{kind} w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f"{based}{follows}{shown}"
        f"<w:pPr>{_paragraph(style)}</w:pPr><w:rPr>{_characters(style)}</w:rPr></w:style>"
    )


def _paragraph(style: TextStyle) -> str:
    """A style's paragraph properties, in the order that the schema asks for."""
    text_width = page().text_area(landscape=False)[0]
    hanging = (
        f'w:hanging="{_twips(style.hanging * MM)}"'
        if style.hanging
        else f'w:firstLine="{_twips(style.first_line * MM)}"'
    )
    parts = (
        "<w:keepNext/>" if style.keep_next else "",
        "<w:keepLines/>" if style.keep_next else "",
        "<w:pageBreakBefore/>" if style.page_break else "",
        "<w:widowControl/>",
        f'<w:numPr><w:numId w:val="{style.numbering}"/></w:numPr>' if style.numbering else "",
        '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="3" w:color="auto"/></w:pBdr>' if style.rule else "",
        _tabs(style, text_width),
        f'<w:spacing w:before="{_twips(style.before)}" w:after="{_twips(style.after)}"'
        f' w:line="{_twips(style.line)}" w:lineRule="atLeast"/>',
        f'<w:ind w:left="{_twips(style.left * MM)}" w:right="{_twips(style.right * MM)}" {hanging}/>',
        f'<w:jc w:val="{style.align}"/>',
        f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline is not None else "",
    )
    return "".join(parts)


def _tabs(style: TextStyle, width: float) -> str:
    if style.dots:
        first = f'<w:tab w:val="left" w:pos="{_twips(style.left * MM)}"/>' if style.hanging else ""
        return f'<w:tabs>{first}<w:tab w:val="right" w:leader="dot" w:pos="{_twips(width)}"/></w:tabs>'
    return f'<w:tabs><w:tab w:val="right" w:pos="{_twips(width)}"/></w:tabs>' if style.rule else ""


def _characters(style: TextStyle) -> str:
    bold, italic = "<w:b/><w:bCs/>" if style.bold else "", "<w:i/><w:iCs/>" if style.italic else ""
    half_points = round(style.size * 2)
    return f'{bold}{italic}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _set_page(document: DocxDocument) -> None:
    measures = page()
    section: Any = document.sections[0]
    section.page_width, section.page_height = _emu(measures.width), _emu(measures.height)
    section.top_margin, section.bottom_margin = _emu(measures.top), _emu(measures.bottom)
    section.left_margin, section.right_margin = _emu(measures.left), _emu(measures.right)
    section.header_distance, section.footer_distance = _emu(measures.header), _emu(measures.footer)


def _set_properties(document: DocxDocument) -> None:
    properties = document.core_properties
    properties.author, properties.title, properties.comments, properties.language = "", "", "", LANGUAGE
    properties.created = properties.modified = MADE
    properties.last_modified_by = ""


def _twips(points: float) -> int:
    return round(points * 20)


def _emu(millimetres: float) -> int:
    return round(millimetres * 36000)


if __name__ == "__main__":
    main()
