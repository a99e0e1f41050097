"""Edits a DOCX in a running LibreOffice, as a colleague would: this file is run by the system's Python, which has UNO.

Usage: ``python3 office_edits.py PIPE SOURCE FOLDER``; writes ``FOLDER/<edit>.docx`` for each of EDITS.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

PARAGRAPH = 0  # com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK
FIRST, SECOND, ALONE = "Isu pertama tentang auditor.", "Isu kedua tentang aset.", "Renstra memuat tiga sasaran."


def found(document: Any, words: str, style: str = "") -> Any:
    """The first place of some words, in a paragraph of a style."""
    search = document.createSearchDescriptor()
    search.SearchString = words
    place = document.findFirst(search)
    while not place.ParaStyleName.startswith(style):
        place = document.findNext(place.End, search)
    return place


def new_last(document: Any) -> None:
    at = document.Text.createTextCursorByRange(found(document, SECOND).End)
    document.Text.insertControlCharacter(at, PARAGRAPH, False)
    document.Text.insertString(at, "Isu ketiga yang baru.", False)


def new_first(document: Any) -> None:
    at = document.Text.createTextCursorByRange(found(document, FIRST).Start)
    document.Text.insertString(at, "Pembuka baru.", False)
    document.Text.insertControlCharacter(at, PARAGRAPH, False)


def emptied(document: Any) -> None:
    found(document, ALONE).String = ""


def cut(document: Any, words: str) -> None:
    at = document.Text.createTextCursorByRange(found(document, words).Start)
    at.gotoStartOfParagraph(False)
    at.gotoNextParagraph(True)
    at.String = ""


def without_text(document: Any) -> None:
    cut(document, ALONE)


def without_section(document: Any) -> None:
    at = document.Text.createTextCursorByRange(found(document, "Isu Strategis", "Heading").Start)
    at.gotoStartOfParagraph(False)
    at.gotoRange(found(document, SECOND).End, True)
    at.goRight(1, True)
    at.String = ""


def moved(document: Any) -> None:
    cut(document, FIRST)
    at = document.Text.createTextCursorByRange(found(document, SECOND).End)
    document.Text.insertControlCharacter(at, PARAGRAPH, False)
    document.Text.insertString(at, FIRST, False)


def tracked(document: Any) -> None:
    document.RecordChanges = True
    found(document, "Isu kedua").String = "Hal kedua"


EDITS = (new_last, new_first, emptied, without_text, without_section, moved, tracked)


def main(pipe: str, source: str, folder: str) -> None:
    desktop = connected(pipe)
    for edit in EDITS:
        document = desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, (option("Hidden", value=True),))
        edit(document)
        target = (Path(folder) / f"{edit.__name__}.docx").as_uri()
        document.storeToURL(target, (option("FilterName", value="MS Word 2007 XML"),))
        document.close(True)
    desktop.terminate()


def option(name: str, *, value: object) -> Any:
    from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]

    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def connected(pipe: str) -> Any:
    """The desktop of the office that listens on a pipe, once it does."""
    import uno  # type: ignore[import-not-found]

    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(300):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except uno.getClass("com.sun.star.connection.NoConnectException"):
            time.sleep(0.1)
    raise TimeoutError(pipe)


if __name__ == "__main__":
    main(*sys.argv[1:4])
