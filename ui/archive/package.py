"""Makes the hand-over package with one click and one name, and checks a package from anywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from lkip_desktop import archive
from lkip_desktop.archive import Archive, Finding, sentences
from lkip_desktop.attachments import safe_name
from lkip_desktop.errors import EnvironmentProblem
from lkip_desktop.workflow.events import Event
from lkip_desktop.workflow.transitions import Refusal
from ui import jobs
from ui.documents.opening import show
from ui.forms.widgets import file_size
from ui.opening import ask
from ui.session import Session

FILTER = "Paket arsip (*.zip)"
MOST_NAMED = 12
NAMELESS = "Riwayat mencatat siapa yang membuat paket. Isi nama Anda di kanan atas jendela, lalu ulangi."


def make(parent: QWidget, session: Session, flush: Callable[[], bool]) -> None:
    """Ask for a place, then write the package beside the window and note it in the history."""
    flush()
    if not session.identity.name:
        ask(parent, "Isi dahulu nama Anda", NAMELESS)
        return
    agency, state = session.snapshot().agency, session.state
    name = safe_name(f"Arsip {agency.report_abbreviation} {state.year}.zip")
    dialog = QFileDialog(parent, "Simpan paket arsip", str(session.cycle.store.path.parent / name), FILTER)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("zip")
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda chosen: write(parent, session, Path(chosen)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def write(parent: QWidget, session: Session, path: Path) -> None:
    """Write the package to a path whose overwriting the person has agreed to."""
    snapshot, store = session.snapshot(), session.cycle.store
    jobs.start(
        parent,
        "Membuat paket arsip…",
        lambda progress: archive.write_package(
            snapshot, store.blob, path, source=store.path, overwrite=True, progress=progress
        ),
        partial(_made, parent, session),
        lambda problem: ask(parent, "Paket arsip tidak dibuat", problem),
    )


def _made(parent: QWidget, session: Session, made: Archive) -> None:
    outcome = session.act(lambda cycle, who: archive.record(cycle, who, made))
    noted = "Dicatat dalam riwayat."
    if isinstance(outcome, Refusal) or outcome is None:
        noted = "Paket itu belum tercatat dalam riwayat; buat lagi setelah siklus dapat disimpan."
    text = (
        f"“{made.path.name}” memuat {made.files} berkas ({file_size(made.size)}), daftar arsip, riwayat, dan sidik "
        f"SHA-256. Dapat dibuka tanpa program ini. {noted}"
    )
    digest = f"SHA-256\n{made.digest}\n\n{made.path}"
    ask(
        parent, "Paket arsip selesai", text, [("Buka folder", partial(_show, parent, made.path.parent))], details=digest
    )


def _show(parent: QWidget, folder: Path) -> None:
    try:
        show(folder)
    except EnvironmentProblem as problem:
        ask(parent, "Folder tidak dapat dibuka", str(problem))


def check(parent: QWidget, folder: Path, events: Sequence[Event] = ()) -> None:
    """Ask for a package and check it; `events` are those of the open cycle, which may have recorded it."""
    dialog = QFileDialog(parent, "Pilih paket arsip", str(folder if folder.is_dir() else Path.home()), FILTER)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda chosen: verify(parent, Path(chosen), events))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def verify(parent: QWidget, path: Path, events: Sequence[Event] = ()) -> None:
    """Check a package beside the window, then say what was found."""
    jobs.start(
        parent,
        f"Memeriksa “{path.name}”…",
        lambda progress: archive.verify(path, events, progress),
        partial(_tell, parent, path),
        lambda problem: ask(parent, "Paket tidak dapat diperiksa", problem),
    )


def _tell(parent: QWidget, path: Path, found: Finding) -> None:
    if found.whole:
        text = (
            f"Semua {found.files} berkas dalam “{path.name}” sama dengan sidiknya; tidak ada yang hilang atau ditambah."
        )
        if found.recorded is not None:
            text += f" Paket ini sama dengan catatan ke-{found.recorded.seq} dalam riwayat siklus yang terbuka."
        ask(parent, "Paket utuh", text, details=f"SHA-256\n{found.digest}")
        return
    wrong = sentences(found)
    more = f"\n… dan {len(wrong) - MOST_NAMED} lagi; lihat rincian." if len(wrong) > MOST_NAMED else ""
    lead = f"“{path.name}” tidak sama dengan saat dibuat. Pakailah salinan paket yang lain.\n\n"
    ask(parent, "Paket tidak utuh", lead + "\n".join(wrong[:MOST_NAMED]) + more, details="\n".join(wrong))
