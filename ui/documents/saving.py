"""Saves a finished document to a file of the person's choice, and never over another without a word."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from lkip_desktop import office
from lkip_desktop.documents.catalog import KINDS, file_name, make
from lkip_desktop.documents.kinds import Kind
from lkip_desktop.ports import Progress
from ui.documents.work import Finished, Work

_NAMES = {"pdf": "Dokumen PDF", "docx": "Dokumen Word", "xlsx": "Lembar kerja Excel", "csv": "Tabel CSV"}
Source = Callable[[Path, Progress], bytes]
"""The bytes for a path that was chosen; runs off the GUI thread."""


class Saving:
    """Asks for a place, asks again before replacing, writes beside the window, offers to open what was written."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def save(self, document: Finished, parent: QWidget | None = None) -> None:
        """Ask where to, then write these very bytes."""
        ending = Path(document.made.name).suffix[1:] or KINDS[document.kind].extension
        self._ask(document.kind, (ending,), document.made.name, lambda path, progress: document.made.data, parent)

    def save_made(self, kind: str, subject: str = "") -> None:
        """Ask where to and as what, then make the document and write it."""
        snapshot = self._work.snapshot(subject)
        endings = KINDS[kind].endings

        def data(path: Path, progress: Progress) -> bytes:
            ending = path.suffix[1:].lower()
            return make(kind, snapshot, progress, ending if ending in endings else "").data

        self._ask(kind, endings, file_name(KINDS[kind], snapshot), data, None)

    def _ask(self, kind: str, endings: tuple[str, ...], name: str, data: Source, parent: QWidget | None) -> None:
        dialog = QFileDialog(self._work.over(parent), f"Simpan {KINDS[kind].title}")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        # We ask ourselves, in the moment of writing and in the person's language.
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        filters = {name_filter(ending): ending for ending in endings}
        dialog.setNameFilters(list(filters))
        dialog.setDefaultSuffix(endings[0])
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(filters[chosen]))
        dialog.setDirectory(str(existing(self._work.settings.folder(kind))))
        dialog.selectFile(name if len(endings) == 1 else Path(name).stem)
        again = partial(self._ask, kind, endings, name, data, parent)
        dialog.fileSelected.connect(lambda chosen: self._check(kind, Path(chosen), data, parent, again))
        open_dialog(dialog)

    def _check(self, kind: str, path: Path, data: Source, parent: QWidget | None, again: Callable[[], object]) -> None:
        write = partial(self._write, kind, path, data, parent, again)
        if not path.exists():
            write()
            return
        other = "Pilih nama lain…"
        text = f"“{path.name}” sudah ada di folder ini. Ganti dengan yang baru?"
        self._work.ask(parent, text, (("Ganti", write), (other, again)), default=other)

    def _write(self, kind: str, path: Path, data: Source, parent: QWidget | None, again: Callable[[], object]) -> None:
        source = self._work.session.cycle.store.path

        def work(progress: Progress) -> Path:
            office.export(path, lambda watch: data(path, progress), source=source, overwrite=True)
            return path

        def failed(sentence: str) -> None:
            retry = partial(self._write, kind, path, data, parent, again)
            choices = (("Coba lagi", retry), ("Pilih tempat lain…", again))
            self._work.ask(parent, sentence, choices, icon=QMessageBox.Icon.Warning)

        self._work.run(f"Menyimpan “{path.name}”…", work, partial(self._saved, kind, parent), parent, failed)

    def _saved(self, kind: str, parent: QWidget | None, path: Path) -> None:
        self._work.settings.set_folder(kind, path.parent)
        self._work.say(
            f"“{path.name}” tersimpan di {path.parent}.",
            ("Buka", lambda: self._work.show_file(path)),
            ("Tampilkan di folder", lambda: self._work.show_file(path.parent)),
            parent=parent,
        )


def name_filter(ending: str) -> str:
    """What a file dialog offers for an ending: ``Dokumen PDF (*.pdf)``."""
    return f"{_NAMES.get(ending, ending.upper())} (*.{ending})"


def filter_of(kind: Kind) -> str:
    return name_filter(kind.extension)


def existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next((place for place in (folder, *folder.parents) if place.is_dir()), Path.home())


def open_dialog(dialog: QFileDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
