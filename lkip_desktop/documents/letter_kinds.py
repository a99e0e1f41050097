"""The letters of a cycle as kinds of documents."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from lkip_desktop.documents.kinds import Kind, Watch
from lkip_desktop.documents.letter_facts import subjects

if TYPE_CHECKING:
    from lkip_desktop.cycle_data import Snapshot
    from lkip_desktop.documents.letter import Letter

# Each kind with its title, its description, and the module and function that say what it holds, in the SOP's order.
_LETTERS = (
    ("disposition", "Lembar Disposisi", "Perintah penyusunan menurut surat edaran.", "disposition"),
    ("team-decree", "Keputusan Tim Penyusun", "Keputusan pembentukan tim dengan lampirannya.", "team_decree"),
    ("data-request", "Permintaan Data", "Surat atau nota dinas kepada setiap unit.", "data_request"),
    ("reminder", "Pengingat Data", "Kepada unit yang belum mengembalikan format.", "data_request.reminder"),
    ("invitation", "Surat Undangan", "Undangan rapat finalisasi.", "invitation"),
    ("attendance", "Daftar Hadir", "Daftar hadir rapat finalisasi.", "attendance"),
    ("minutes", "Laporan Hasil Rapat", "Notula dan keputusan rapat finalisasi.", "minutes"),
    ("corrections", "Lembar Koreksi", "Koreksi draf per bagian.", "corrections"),
    ("review-record", "Berita Acara Reviu", "Berita acara reviu asesor internal.", "review_record"),
    ("review-checklist", "Checklist Reviu", "Dua puluh tiga butir pernyataan reviu.", "review_checklist"),
    ("review-statement", "Pernyataan Telah Direviu", "Pernyataan untuk dimuat dalam laporan.", "review_statement"),
    ("cover-letter", "Surat Pengantar", "Surat pengiriman laporan dengan kop dan nomor.", "cover_letter"),
    ("dispatch", "Lembar Ekspedisi", "Kendali pengiriman, ditandatangani penerima.", "dispatch"),
    ("archive-list", "Daftar Arsip", "Daftar berkas siklus yang diarsipkan.", "archive_list"),
    ("archive-label", "Label Bantex", "Label punggung bantex arsip.", "archive_label"),
    ("receipt", "Tanda Terima", "Bukti serah terima laporan.", "receipt"),
    ("address-label", "Label Alamat", "Label alamat untuk setiap penerima.", "address_label"),
    ("letter-labels", "Label Alamat Surat", "Label untuk penerima surat kepada unit dan undangan.", "letter_labels"),
    ("envelope", "Amplop", "Amplop surat pengantar, 230 × 110 mm.", "envelope"),
)
_MAKERS = {kind: maker for kind, _, _, maker in _LETTERS}


def content(kind: str, snapshot: Snapshot) -> Letter:
    """What a letter says to the one that the snapshot addresses. Raises KeyError for a kind that is no letter."""
    module, _, function = _MAKERS[kind].partition(".")
    found = import_module(f"lkip_desktop.documents.letters.{module}")
    letter: Letter = getattr(found, function or module)(snapshot)
    return letter


def contents(kind: str, snapshot: Snapshot) -> tuple[Letter, ...]:
    """One letter; or, of a kind that goes to each row of a table, one for each row when the snapshot names none."""
    if snapshot.subject:
        return (content(kind, snapshot),)
    each = tuple(content(kind, replace(snapshot, subject=row)) for row in subjects(kind, snapshot))
    return each or (content(kind, snapshot),)


def _write(kind: str, snapshot: Snapshot, watch: Watch) -> bytes:
    from lkip_desktop.documents.letter_pdf import letter_pdf

    return letter_pdf(*contents(kind, snapshot))


LETTERS = tuple(
    Kind(kind, title, description, {"pdf": partial(_write, kind)}) for kind, title, description, _ in _LETTERS
)
