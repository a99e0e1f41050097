"""What is written beside the tree of a document comes to its place in it."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import docx

from lkip_desktop.documents.docx_package import hole, saved


def test_what_fills_a_hole_is_not_looked_through_for_the_next() -> None:
    document = docx.Document()
    for number in range(3):
        document.element.body.insert(number, hole(number))
    filling = ("<w:p/><!--hole 1-->", "<w:p/><!--satu-->", "<w:p/><!--dua-->")
    with ZipFile(BytesIO(saved(document, filling))) as package:
        body = package.read("word/document.xml").decode()
    assert "".join(filling) in body
