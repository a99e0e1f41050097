"""The letters of a cycle as kinds of documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lkip_desktop.documents.kinds import Kind, Watch

if TYPE_CHECKING:
    from lkip_desktop.cycle_data import Snapshot


def _cover_letter(snapshot: Snapshot, watch: Watch) -> bytes:
    from lkip_desktop.documents.cover_letter import cover_letter
    from lkip_desktop.documents.letter_pdf import letter_pdf

    return letter_pdf(cover_letter(snapshot))


def _disposition(snapshot: Snapshot, watch: Watch) -> bytes:
    from lkip_desktop.documents.disposition import disposition
    from lkip_desktop.documents.letter_pdf import letter_pdf

    return letter_pdf(disposition(snapshot))


def _receipt(snapshot: Snapshot, watch: Watch) -> bytes:
    from lkip_desktop.documents.letter_pdf import letter_pdf
    from lkip_desktop.documents.receipt import receipt

    return letter_pdf(receipt(snapshot))


LETTERS = (
    Kind("cover-letter", "Surat Pengantar", "Surat pengiriman laporan dengan kop dan nomor.", {"pdf": _cover_letter}),
    Kind("disposition", "Lembar Disposisi", "Perintah penyusunan menurut surat edaran.", {"pdf": _disposition}),
    Kind("receipt", "Tanda Terima", "Bukti serah terima laporan.", {"pdf": _receipt}),
)
