"""Makes argparse speak Indonesian: its own words of usage, help and mistakes."""

from __future__ import annotations

import argparse
from typing import Any

WORDS = {
    "usage: ": "pemakaian: ",
    "positional arguments": "perintah dan isian",
    "options": "pilihan",
    "optional arguments": "pilihan",
    "show this help message and exit": "tampilkan bantuan ini",
    "argument %(argument_name)s: %(message)s": "isian %(argument_name)s: %(message)s",
    "the following arguments are required: %s": "isian ini wajib: %s",
    "one of the arguments %s is required": "salah satu isian ini wajib: %s",
    "not allowed with argument %s": "tidak dapat dipakai bersama %s",
    "unrecognized arguments: %s": "isian tidak dikenal: %s",
    "ignored explicit argument %r": "isian %r tidak dipakai",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s dapat berarti %(matches)s",
    "expected one argument": "memerlukan satu nilai",
    "expected at most one argument": "memerlukan paling banyak satu nilai",
    "expected at least one argument": "memerlukan sekurang-kurangnya satu nilai",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r tidak dikenal (pilih dari %(choices)s)",
    "invalid %(type)s value: %(value)r": "%(value)r tidak dapat dibaca",
    "%(prog)s: error: %(message)s\n": "%(prog)s: %(message)s\n",
}

VALUES = {
    "FILE": "BERKAS",
    "FILE_ATAU_SIDIK": "BERKAS_ATAU_SIDIK",
    "KIND": "JENIS",
    "OUT": "HASIL",
    "SOURCE": "SUMBER",
    "OTHER": "LAIN",
    "COPY": "SALINAN",
    "BACKUP": "CADANGAN",
    "PACKAGE": "PAKET",
    "FOLDER": "FOLDER",
    "DIR": "FOLDER",
    "ROW": "BARIS",
    "NAME": "NAMA",
    "REASON": "ALASAN",
    "NUMBER": "NOMOR",
    "SIGNER": "NAMA",
    "YEAR": "TAHUN",
    "DATE": "TANGGAL",
    "DEADLINE": "TANGGAL",
    "START": "TANGGAL",
}
"""Names of values in the help, by those in the code."""


def speak_indonesian() -> None:
    """Give argparse our words; it asks for them under this name, which gettext would otherwise fill."""
    argparse._ = lambda text: WORDS.get(text, text)  # type: ignore[attr-defined]


class Parser(argparse.ArgumentParser):
    """An ArgumentParser whose values have Indonesian names in its help, whatever the code calls them."""

    def add_argument(self, *names: Any, **how: Any) -> argparse.Action:
        action = super().add_argument(*names, **how)
        if action.nargs != 0 and not action.choices and (not action.metavar or isinstance(action.metavar, str)):
            called = str(action.metavar or action.dest).upper()
            action.metavar = VALUES.get(called, called)
        return action
