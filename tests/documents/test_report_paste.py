"""What other programs put on the clipboard becomes the markup of texts."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lkip_desktop.documents.report_paste import from_html

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><!--[if gte mso 9]><xml><o:Template>Normal</o:Template></xml>
<![endif]--><style><!-- p.MsoNormal {mso-style-parent:""; margin:0cm;} --></style></head>
<body lang=IN style='tab-interval:36.0pt'><!--StartFragment-->
<p class=MsoNormal><b style='mso-bidi-font-weight:normal'><span lang=EN-US style='font-size:14.0pt;color:red'>Isu
<i>penting</i></span></b><span style='mso-spacerun:yes'>&nbsp; </span>tentang <a href="https://contoh.go.id">aset</a><a
style='mso-footnote-id:ftn1' href="#_ftn1"><span class=MsoFootnoteReference>[1]</span></a>.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]>butir satu</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span><span
style='mso-list:Ignore'>3.<span>&nbsp; </span></span></span><![endif]>butir <b>tiga</b></p>
<table class=MsoTableGrid border=1><tr><td><p class=MsoNormal><b>Uraian</b></p></td><td><p>Pagu</p></td></tr>
<tr><td><p>Satu<o:p></o:p></p><p>lanjutan</p></td><td><table><tr><td>Rp&nbsp;1</td><td>juta</td></tr></table></td></tr>
</table><img src="file:///C:/foto.png"><p class=MsoNormal><o:p>&nbsp;</o:p></p><!--EndFragment--></body></html>"""

WRITER = """<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN"><html><head><title></title>
<meta name="generator" content="LibreOffice"/><style type="text/css">p { margin-bottom: 0.25cm }</style></head>
<body lang="id-ID"><p style="line-height: 100%">Paragraf <font color="#ff0000"><b>tebal</b></font><i>
miring</i> dan <b><i>keduanya</i></b>.</p>
<ol><li><p>satu</p><li><p>dua</p><ul><li><p>dalam</p></ul></ol><ol start="3"><li><p>tiga</p></ol></body></html>"""

CASES = {
    WORD: [
        "**Isu *penting*** tentang aset[1].",
        "- butir satu",
        "3. butir **tiga**",
        "| Uraian | Pagu |",
        "| Satu lanjutan | Rp 1 juta |",
    ],
    WRITER: ["Paragraf **tebal** *miring* dan ***keduanya***.", "1. satu", "2. dua", "  - dalam", "3. tiga"],
    "<b style='font-weight:normal' id='docs-internal'><span style='font-weight:700'>a</span><br>b</b>": ["**a**", "b"],
    "<ol><li>a<ol type=a start=2><li>b<ul><li>c<ul><li>d</ul></ul></ol><li>e</ol>": [
        "1. a",
        "  b. b",
        "    - c",
        "    - d",
        "2. e",
    ],
    "<p style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>b.&nbsp;</span>dua</p>": ["  b. dua"],
    "<h2>Judul</h2><div>satu<div>dua</div>tiga</div>": ["**Judul**", "satu", "dua", "tiga"],
    "<table><tr><td>bingkai</td></tr></table>": ["bingkai"],
    "<table><td>a<td>b|c</table>": ["| a | b/c |"],
    "<style>p{}</style><p>&nbsp;</p>": [],
}


@pytest.mark.parametrize(("html", "lines"), CASES.items(), ids=range(len(CASES)))
def test_what_was_copied_keeps_its_faces_lists_and_tables(html: str, lines: Iterable[str]) -> None:
    assert from_html(html).splitlines() == list(lines)


TAGS = [
    f"<{tag}>" for name in ("p", "b", "i", "ol", "li", "table", "tr", "td", "o:p", "h1") for tag in (name, f"/{name}")
]
OTHERS = ["<br>", "kata", " ", "&amp;", "<!--", "-->", "<![if !x]>", "<p style='mso-list:l0'>"]
PARTS = st.sampled_from([*TAGS, *OTHERS, "<span style='mso-list:ignore'>", "</span>"])


@given(st.lists(PARTS))
@example(["<!--", "<b>"])
def test_no_html_stops_a_paste(parts: list[str]) -> None:
    assert "<b>" not in from_html("".join(parts))
