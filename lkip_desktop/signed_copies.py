"""The signed copy of an issued letter: looked at, its words compared with the issued ones, and kept."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from lkip_desktop import pdfium
from lkip_desktop.attachments import IncomingFile
from lkip_desktop.documents.kinds import PDF
from lkip_desktop.errors import UserError
from lkip_desktop.office import Changed, Cycle
from lkip_desktop.workflow import transitions
from lkip_desktop.workflow.events import Act, Draft, Who
from lkip_desktop.workflow.state import IssuedLetter
from lkip_desktop.workflow.transitions import Refusal

_PICTURES = ("image/jpeg", "image/png", "image/tiff")
MAX_WORDS = 20_000
"""More words than any letter has; comparing more would take minutes."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Issued words against those of a signed copy: ``same``, ``different``, or ``picture`` when it has no text.

    `lost` stand only in the issued letter, `added` only in the copy, both in reading order.
    """

    verdict: str
    lost: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The verdict as people read it."""
        if self.verdict == "picture":
            return "Berkas ini berupa gambar, jadi isinya tidak dapat dibandingkan. Bandingkan sendiri dengan suratnya."
        if self.verdict == "same":
            return "Isinya sama dengan surat yang diterbitkan."
        parts = [f"kata yang hilang: {_listed(self.lost)}"] if self.lost else []
        parts += [f"kata yang bertambah: {_listed(self.added)}"] if self.added else []
        return f"Isinya berbeda dari surat yang diterbitkan; {'; '.join(parts or ['urutan katanya lain'])}."


def compare(cycle: Cycle, letter: IssuedLetter, file: IncomingFile) -> Comparison:
    """Look at a copy; on any thread. Raises UserError when the file is neither a PDF nor a picture."""
    if file.media_type in _PICTURES:
        return Comparison("picture")
    if file.media_type != PDF:
        raise UserError(f"“{file.name}” bukan PDF atau gambar. Lampirkan hasil pindai atau PDF yang ditandatangani.")
    return compare_words(pdfium.words(cycle.store.blob(letter.sha256)), pdfium.words(file.data))


def compare_words(issued: Sequence[str], signed: Sequence[str]) -> Comparison:
    """Compare word by word, whatever the spacing, the line breaks and the spelling of ligatures."""
    if not signed:
        return Comparison("picture")
    one, other = [_plain(w) for w in issued], [_plain(w) for w in signed]
    if one == other:
        return Comparison("same")
    if len(other) > MAX_WORDS:
        return Comparison("different", added=(f"{len(other)} kata",))
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    lost = [w for tag, a, b, _, _ in blocks if tag != "equal" for w in issued[a:b]]
    added = [w for tag, _, _, a, b in blocks if tag != "equal" for w in signed[a:b]]
    return Comparison("different", *_without_moved(lost, added))


def attach(cycle: Cycle, who: Who, letter: IssuedLetter, file: IncomingFile, found: Comparison) -> Changed | Refusal:
    """Keep a signed copy with its letter and the verdict on it; a copy that differs is kept too, and says so."""
    if cycle.state.closed:
        return Refusal(transitions.CLOSED)
    if all(known.id != letter.id for known in cycle.state.letters):
        return Refusal("Surat itu tidak ada dalam siklus ini.")
    data = {"letter": letter.id, "verdict": found.verdict, **file.described()}
    return cycle.record(Draft(who, Act.SIGNED, data), {file.sha256: file.data})


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word)


def _without_moved(lost: list[str], added: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Words that stand on both sides were only moved."""
    both = Counter(map(_plain, lost)) & Counter(map(_plain, added))
    return _less(lost, both), _less(added, both)


def _less(words: list[str], moved: Counter[str]) -> tuple[str, ...]:
    left, kept = Counter(moved), []
    for word in words:
        if left[_plain(word)]:
            left[_plain(word)] -= 1
        else:
            kept.append(word)
    return tuple(kept)


def _listed(words: Sequence[str], most: int = 12) -> str:
    shown = " ".join(words[:most])
    return f"“{shown}”" + (f" dan {len(words) - most} kata lain" if len(words) > most else "")
