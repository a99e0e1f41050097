"""The pages of the hand-over package that are made, not kept: lists, history, read-me and an index to click through."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from html import escape
from io import StringIO
from itertools import groupby
from urllib.parse import quote

from lkip_desktop.archive_plan import HISTORY, Written
from lkip_desktop.cycle_calendar import calendar
from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents.catalog import make
from lkip_desktop.documents.kinds import Watch
from lkip_desktop.documents.letter import Table
from lkip_desktop.documents.letter_kinds import content
from lkip_desktop.outside import plain_cell
from lkip_desktop.retention import retention
from lkip_desktop.words import long_date

LIST_PDF, LIST_CSV, FILES_CSV = "daftar-arsip.pdf", "daftar-arsip.csv", "daftar-berkas.csv"
README, INDEX, MANIFEST = "BACA-SAYA.txt", "index.html", "manifest-sha256.txt"
_LIST = "archive-list"

_README = """\
{title}
{agency}

Paket ini memuat seluruh berkas penyusunan {abbreviation} Tahun {year}. Semuanya dapat dibuka tanpa program khusus:
PDF dengan penampil PDF, DOCX dengan pengolah kata, CSV dengan lembar kerja, HTML dengan peramban.

  index.html             daftar isi yang dapat diklik
  daftar-arsip.pdf/.csv  daftar arsip menurut tata kearsipan
  daftar-berkas.csv      setiap berkas dengan ukuran, tanggal, dan sidik SHA-256
  1 Surat                surat yang diterbitkan, dengan salinan bertanda tangan
  2 Laporan              versi-versi laporan; yang ditandatangani diawali BERTANDA TANGAN
  3 Lampiran             berkas pendukung, menurut langkah
  4 Riwayat              siapa berbuat apa dan kapan
  manifest-sha256.txt    sidik setiap berkas, untuk memeriksa keutuhan

Klasifikasi dan retensi
  Kode klasifikasi       {code}
  Aktif sampai           {active}
  Inaktif sampai         {inactive}
  Sesudah itu            {fate}

Memeriksa keutuhan
  LKIP Desktop: menu Bantuan, Periksa paket arsip.
  Linux/macOS:  sha256sum -c manifest-sha256.txt (di folder hasil ekstraksi)
  Windows:      certutil -hashfile NAMA-BERKAS SHA256, lalu bandingkan dengan manifest-sha256.txt

Keadaan riwayat saat paket dibuat: {seq} catatan, kepala {head}
Dibuat: {today}
"""
_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b}"
    "h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse;width:100%}"
    "td,th{text-align:left;vertical-align:top;padding:.4rem .8rem .4rem 0;border-bottom:1px solid #ccc}"
    "td:last-child,th:last-child{white-space:nowrap;text-align:right;padding-right:0}"
)


def made_files(snapshot: Snapshot, written: Sequence[Written], watch: Watch) -> Iterator[tuple[str, bytes]]:
    """The name and bytes of every made page; the same snapshot gives the same bytes. Raises Cancelled."""
    yield LIST_PDF, make(_LIST, snapshot, watch).data
    yield LIST_CSV, _list_csv(snapshot)
    yield FILES_CSV, _files_csv(snapshot, written)
    for ending in ("pdf", "csv"):
        yield f"{HISTORY}/riwayat.{ending}", make("history", snapshot, watch, ending).data
    yield README, _readme(snapshot)
    yield INDEX, _index(snapshot, written)


def _list_csv(snapshot: Snapshot) -> bytes:
    """The rows of the archive list, from the same content as its PDF."""
    table = next(part for part in content(_LIST, snapshot).parts if isinstance(part, Table))
    return _csv([column.heading for column in table.columns], table.rows)


def _files_csv(snapshot: Snapshot, written: Sequence[Written]) -> bytes:
    local, code = calendar(snapshot.state).local, retention(snapshot.state, snapshot.today).code
    headings = ("No", "Kode Klasifikasi", "Berkas", "Uraian", "Keterangan", "Masuk", "Ukuran (byte)", "SHA-256")
    rows = (
        (
            str(n),
            code,
            one.source.path,
            one.source.title,
            one.source.note,
            f"{local(one.source.at):%Y-%m-%d %H:%M}",
            str(one.size),
            one.source.sha256,
        )
        for n, one in enumerate(written, start=1)
    )
    return _csv(headings, rows)


def _csv(headings: Sequence[str], rows: Iterator[tuple[str, ...]] | Sequence[tuple[str, ...]]) -> bytes:
    """UTF-8 with a mark and semicolons, as spreadsheets here read it; no text can become a formula."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([plain_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _readme(snapshot: Snapshot) -> bytes:
    state, agency = snapshot.state, snapshot.agency
    terms = retention(state, snapshot.today)
    text = _README.format(
        title=_title(snapshot),
        agency=agency.name or agency.short,
        abbreviation=agency.report_abbreviation,
        year=state.year,
        code=terms.code,
        active=long_date(terms.active_until),
        inactive=long_date(terms.inactive_until),
        fate=terms.fate,
        seq=state.seq,
        head=state.head,
        today=long_date(snapshot.today),
    )
    # Windows' older editors show one long line otherwise.
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def _title(snapshot: Snapshot) -> str:
    return f"Arsip {snapshot.agency.report_abbreviation} Tahun {snapshot.state.year}"


def _index(snapshot: Snapshot, written: Sequence[Written]) -> bytes:
    title, agency = escape(_title(snapshot)), escape(snapshot.agency.name or snapshot.agency.short)
    parts = [
        f'<!DOCTYPE html>\n<html lang="id"><head><meta charset="utf-8"><title>{title}</title>',
        f"<style>{_STYLE}</style></head><body>\n<h1>{title}</h1>\n<p>{agency}</p>\n",
        "<h2>Daftar dan riwayat</h2>\n<table>\n",
        *(_row(name, words, "", "") for name, words in _FIXED),
        "</table>\n",
    ]
    for folder, group in groupby(written, key=lambda one: one.source.path.rsplit("/", 1)[0]):
        parts.append(f"<h2>{escape(folder)}</h2>\n<table>\n")
        parts += [_row(w.source.path, w.source.title, w.source.note, _kilobytes(w.size)) for w in group]
        parts.append("</table>\n")
    return "".join([*parts, "</body></html>\n"]).encode()


_FIXED = (
    (LIST_PDF, "Daftar arsip"),
    (LIST_CSV, "Daftar arsip untuk lembar kerja"),
    (FILES_CSV, "Setiap berkas dengan sidiknya"),
    (f"{HISTORY}/riwayat.pdf", "Riwayat"),
    (f"{HISTORY}/riwayat.csv", "Riwayat untuk lembar kerja"),
    (README, "Keterangan paket"),
    (MANIFEST, "Sidik SHA-256"),
)


def _row(path: str, title: str, note: str, size: str) -> str:
    name = path.rsplit("/", 1)[-1]
    link = f'<a href="{escape(quote(path))}">{escape(name)}</a>'
    about = f"{title} ({note})" if note and path.split("/")[-2:-1] != [note] else title
    return f"<tr><td>{link}</td><td>{escape(about)}</td><td>{size}</td></tr>\n"


def _kilobytes(size: int) -> str:
    return f"{max(round(size / 1000), 1):,} KB".replace(",", ".")
