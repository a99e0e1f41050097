"""The commands around letters: issue one, attach its signed copy, tell the register."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import Any

from lkip_desktop import office
from lkip_desktop.attachments import read_file
from lkip_desktop.commands.tools import Tools, command, iso_day, today, user_name
from lkip_desktop.errors import UserError
from lkip_desktop.office import Cycle
from lkip_desktop.workflow.events import Who
from lkip_desktop.workflow.state import IssuedLetter
from lkip_desktop.workflow.transitions import Refusal


def register(commands: Any, tools: Tools) -> None:
    """Declare ``issue``, ``signed`` and ``register``."""
    issue = command(commands, "issue", partial(_issue, tools), "terbitkan sebuah surat dengan nomor")
    issue.add_argument("file", type=Path)
    issue.add_argument("kind", metavar="KIND", help="jenis surat, lihat export --list")
    issue.add_argument(
        "--subject", default="", metavar="ROW", help="baris penerima, bila banyak (bawaan: yang berikut)"
    )
    issue.add_argument("--number", help="bawaan: nomor berikutnya menurut register")
    issue.add_argument("--date", help="tanggal surat (bawaan: yang terisi, atau hari ini)")
    issue.add_argument("--signer", default="", metavar="NAME", help="nama pejabat (bawaan: menurut profil instansi)")
    issue.add_argument("--reason", default="", help="alasan, bila menggantikan surat yang sudah terbit")
    issue.add_argument("--name", default="", help="nama pencatat (bawaan: nama pengguna komputer)")
    signed = command(commands, "signed", partial(_signed, tools), "lampirkan salinan bertanda tangan pada suratnya")
    signed.add_argument("file", type=Path)
    signed.add_argument("kind", metavar="KIND")
    signed.add_argument("copy", type=Path, help="hasil pindai atau PDF yang ditandatangani")
    signed.add_argument("--subject", default="", metavar="ROW")
    signed.add_argument("--name", default="")
    listing = command(commands, "register", partial(_register, tools), "register surat satu folder kerja")
    listing.add_argument("file", type=Path)
    listing.add_argument("out", type=Path, nargs="?", help="berkas .pdf, .xlsx, atau .csv (bawaan: ditampilkan)")
    listing.add_argument("--year", type=int, help="tahun surat (bawaan: semua, atau yang terakhir untuk berkas)")
    listing.add_argument("--force", action="store_true", help="timpa berkas yang sudah ada")


def _issue(tools: Tools, options: argparse.Namespace) -> None:
    from lkip_desktop import letters
    from lkip_desktop.register import gather

    with tools.opened(options.file, read_only=False) as cycle:
        if not letters.is_letter(options.kind):
            raise UserError(f"“{options.kind}” bukan jenis surat. Yang ada: {', '.join(_kinds())}.")
        day = iso_day(options.date, "--date") if options.date else None
        day = day or letters.usual_day(cycle.state, options.kind, today(cycle))
        subject = options.subject or letters.first_subject(office.snapshot(cycle, today(cycle)), options.kind)
        register = gather(tools.files(), options.file, cycle.state)
        number = options.number
        if number is None:
            number = letters.number_for(cycle, options.kind, subject, day, register)
        official, signer = _signer(cycle, options.kind, day, options.signer)
        order = letters.Order(options.kind, subject, number, day, signer, official, options.reason)
        who = Who(options.name or user_name())
        for doubt in letters.number_doubts(cycle, options.kind, subject, number, day, register):
            print(f"Perhatian: {doubt}")
        prepared = _allowed(letters.prepare(cycle, who, order, today(cycle)))
        _allowed(letters.issue(cycle, who, prepared, letters.write(prepared)))
        issued = letters.current(cycle, options.kind, subject)
        assert issued is not None
        print(f"{issued.number or 'tanpa nomor'}\t{issued.date}\t{issued.signer.name}\t{issued.name}")


def _signer(cycle: Cycle, kind: str, day: Any, name: str) -> tuple[str, Any]:
    """The row id of the official who signs, and the signer. Raises UserError for a name that the profile lacks."""
    from lkip_desktop import letters, signers

    snapshot = office.snapshot(cycle, today(cycle))
    if not name:
        official, signer = letters.signer_of(kind, snapshot, day)
        return official.id if official else "", signer
    found = [o for o in signers.eligible(snapshot, day) if name.casefold() in (o.id.casefold(), o.name.casefold())]
    if not found:
        known = ", ".join(o.name for o in signers.eligible(snapshot, day))
        raise UserError(f"Pejabat “{name}” tidak ada dalam profil instansi. Yang ada: {known}.")
    return found[0].id, signers.frozen(found[0], signers.authorities(kind, snapshot, found[0], day)[0])


def _signed(tools: Tools, options: argparse.Namespace) -> None:
    from lkip_desktop import letters, signed_copies

    with tools.opened(options.file, read_only=False) as cycle:
        letter: IssuedLetter | None = letters.current(cycle, options.kind, options.subject)
        if letter is None:
            raise UserError("Surat itu belum diterbitkan, jadi belum ada yang ditandatangani.")
        file = read_file(options.copy)
        found = signed_copies.compare(cycle, letter, file)
        _allowed(signed_copies.attach(cycle, Who(options.name or user_name()), letter, file, found))
        print(found.sentence)


def _register(tools: Tools, options: argparse.Namespace) -> None:
    from lkip_desktop.documents import register_files, register_words
    from lkip_desktop.register import gather

    with tools.opened(options.file, read_only=True) as cycle:
        found = gather(tools.files(), options.file, cycle.state)
        snapshot = office.snapshot(cycle, today(cycle))
    if options.out is None:
        for line in found.lines if options.year is None else found.of(options.year):
            print("\t".join(register_words.cells(line)))
        return
    year = options.year or next(iter(found.years), snapshot.today.year)
    sheet = register_words.sheet(snapshot, found.of(year), str(year))
    ending = options.out.suffix[1:].lower()
    if ending not in register_files.WRITERS:
        raise UserError("Tulis nama berkas yang berakhiran .pdf, .xlsx, atau .csv.")
    write = register_files.WRITERS[ending]
    office.export(options.out, lambda _: write(sheet), source=options.file, overwrite=options.force)


def _kinds() -> list[str]:
    from lkip_desktop import letters
    from lkip_desktop.documents.catalog import KINDS

    return [kind for kind in KINDS if letters.is_letter(kind)]


def _allowed(outcome: Any) -> Any:
    """What a use case gave. Raises UserError for its refusal."""
    if isinstance(outcome, Refusal):
        raise UserError(" ".join([outcome.message, *(reason.text for reason in outcome.reasons)]))
    assert outcome is not None
    return outcome
