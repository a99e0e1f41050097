"""The letters of a cycle as kinds of documents."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from lkip_desktop.documents.kinds import Kind, Watch

if TYPE_CHECKING:
    from lkip_desktop.cycle_data import Snapshot
    from lkip_desktop.documents.letter import Letter

# Each kind with its title, its description, and the module whose function of the same name says what it holds.
_LETTERS = (
    ("cover-letter", "Surat Pengantar", "Surat pengiriman laporan dengan kop dan nomor.", "cover_letter"),
    ("disposition", "Lembar Disposisi", "Perintah penyusunan menurut surat edaran.", "disposition"),
    ("receipt", "Tanda Terima", "Bukti serah terima laporan.", "receipt"),
)
_MODULES = {kind: module for kind, _, _, module in _LETTERS}


def content(kind: str, snapshot: Snapshot) -> Letter:
    """What a letter says. Raises KeyError for a kind that is no letter."""
    name = _MODULES[kind]
    module = import_module(f"lkip_desktop.documents.letters.{name}")
    letter: Letter = getattr(module, name)(snapshot)
    return letter


def _write(kind: str, snapshot: Snapshot, watch: Watch) -> bytes:
    from lkip_desktop.documents.letter_pdf import letter_pdf

    return letter_pdf(content(kind, snapshot))


LETTERS = tuple(
    Kind(kind, title, description, {"pdf": partial(_write, kind)}) for kind, title, description, _ in _LETTERS
)
