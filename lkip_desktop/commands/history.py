"""The commands about the history: is it genuine, and what did another copy of the cycle do."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from lkip_desktop import backups, merge
from lkip_desktop.authenticity import Verdict, read_head, verify
from lkip_desktop.commands.tools import Tools, command, user_name
from lkip_desktop.compare import Comparison, Difference, Relation
from lkip_desktop.errors import UserError
from lkip_desktop.workflow.events import Who
from lkip_desktop.workflow.transitions import Refusal


def register(commands: Any, tools: Tools) -> None:
    """Declare ``verify-history`` and ``compare``."""
    check = command(commands, "verify-history", partial(_verify, tools), "periksa keaslian riwayat")
    check.add_argument("file", type=Path)
    check.add_argument(
        "--against", nargs="+", default=[], metavar="FILE_ATAU_SIDIK", help="cadangan, salinan, atau sidik dari surat"
    )
    other = command(commands, "compare", partial(_compare, tools), "bandingkan dengan salinan lain dari siklus itu")
    other.add_argument("file", type=Path)
    other.add_argument("other", type=Path, metavar="OTHER")
    other.add_argument(
        "--take", nargs="+", default=[], metavar="ID", help="ambil perbedaan ini; 'semua' untuk semuanya"
    )
    other.add_argument("--name", default="", help="nama pencatat (bawaan: nama pengguna komputer)")


def _verify(tools: Tools, options: argparse.Namespace) -> None:
    verdict = verified(tools, options.file, options.against)
    if not verdict.genuine:
        raise UserError(" ".join(verdict.sentences))
    print("\n".join(verdict.sentences))
    print(f"Sidik: {verdict.head}")


def verified(tools: Tools, path: Path, against: list[str]) -> Verdict:
    """The verdict on a file, compared with its backups, with files and heads. Raises UserError for what is neither."""
    files = tools.files()
    records = files.records(path)
    copies = [files.peek(Path(text)) for text in against if Path(text).exists()]
    unreadable = next((copy.problem for copy in copies if copy.problem), "")
    if unreadable:
        raise UserError(unreadable)
    heads = [text for text in against if not Path(text).exists()]
    for text in heads:
        if Path(text).suffix:
            raise UserError(f"Berkas “{text}” tidak ditemukan.")
        read_head(text)
    kept = [files.peek(backup.path) for backup in backups.available(path)]
    return verify(records, copies, heads, files.check(path, strict=True), kept)


def _compare(tools: Tools, options: argparse.Namespace) -> None:
    with tools.opened(options.file, read_only=not options.take) as cycle:
        other = merge.read_other(tools.files(), options.other, cycle)
        found = other.comparison
        if not options.take:
            print(found.sentence)
            print("\n".join(_told(found)))
            return
        if found.relation is not Relation.PARTED:
            raise UserError(found.sentence)
        everything = [d.id for d in found.takeable if not merge.refusal_of(cycle, other, d)]
        chosen = everything if options.take == ["semua"] else options.take
        tools.back_up_first(cycle)
        outcome = merge.take(cycle, Who(options.name or user_name()), other, chosen)
        if isinstance(outcome, Refusal):
            raise UserError(outcome.message)
        data = outcome.event.data
        print(f"Diambil: {len(data['changes'])} isian, {len(data['attachments'])} berkas.")


def _told(found: Comparison) -> Iterator[str]:
    """What each side did, then each difference: id, label, then, here, there, all on a line with tabs."""
    if found.relation is Relation.FOREIGN:
        return
    for title, side in (("Di sini", found.mine), ("Di salinan itu", found.theirs)):
        for entry in side.acts:
            yield f"{title}\t{entry.who.name}\t{' '.join(entry.text.split())}"
    for difference in found.differences:
        yield "\t".join(_line(difference))


def _line(difference: Difference) -> tuple[str, ...]:
    mark = "berbenturan" if difference.clash else "dapat diambil" if difference.takeable else "hanya di sini"
    words = (difference.label, difference.then or "–", difference.here or "–", difference.there or "–")
    return (difference.id, mark, *(" ".join(word.split()) for word in words))
