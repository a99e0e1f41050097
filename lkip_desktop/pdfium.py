"""One turn for everybody who uses PDFium, and the words of a PDF."""

from __future__ import annotations

import threading

from lkip_desktop.errors import UserError

turn = threading.RLock()
"""PDFium keeps one state for the whole process and must not be entered by two threads at once."""


def words(data: bytes) -> tuple[str, ...]:
    """The words of a PDF page by page, in reading order; none for a picture. Raises UserError when it is no PDF."""
    # Loaded when the first signed copy comes, not when the program starts.
    import pypdfium2

    try:
        with turn:
            document = pypdfium2.PdfDocument(data)
            try:
                texts = [page.get_textpage().get_text_bounded() for page in document]
            finally:
                document.close()
    except pypdfium2.PdfiumError as error:
        raise UserError("Berkas ini tidak dapat dibaca sebagai PDF yang utuh. Simpan ulang, lalu lampirkan.") from error
    return tuple(word for text in texts for word in text.split())
