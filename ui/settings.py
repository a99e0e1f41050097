"""What the program remembers on this PC for this person: folders, name, recent files, theme, window, printers."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings

if TYPE_CHECKING:
    from lkip_desktop.people import Tries
    from lkip_desktop.printing.offsets import Offset
    from ui.session import Identity

ORGANIZATION = "LKIP Desktop"
APPLICATION = "LKIP Desktop"
MAX_RECENT = 10


class Settings:
    """Typed access to one ini file; what is missing or unreadable there counts as its default."""

    def __init__(self, path: Path | None = None) -> None:
        """`path` is the ini file; without it, the person's own in the platform's place."""
        if path is None:
            self._ini = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, ORGANIZATION, APPLICATION)
        else:
            self._ini = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def path(self) -> Path:
        """The ini file."""
        return Path(self._ini.fileName())

    @property
    def welcome_draft(self) -> Path:
        """What was typed into the welcome before there is a cycle; not there when it was never left half-way."""
        return self.path.parent / "isian-awal.json"

    @property
    def work_folder(self) -> Path:
        """Where cycles are kept: ``LKIP`` in the person's documents unless another was chosen."""
        chosen = self._text("work_folder")
        return Path(chosen) if chosen else default_work_folder()

    @work_folder.setter
    def work_folder(self, folder: Path) -> None:
        self._ini.setValue("work_folder", str(folder))

    @property
    def identity(self) -> Identity:
        """Who sits here; the name is empty until it was given once."""
        # The session brings all use cases with it; settings are read before the first paint.
        from ui.session import Identity

        return Identity(self._text("identity/name"), self._text("identity/role"))

    @identity.setter
    def identity(self, identity: Identity) -> None:
        self._ini.setValue("identity/name", identity.name)
        self._ini.setValue("identity/role", identity.role)

    @property
    def theme(self) -> str:
        """One of `ui.theme.CHOICES`."""
        return self._text("theme", "sistem")

    @theme.setter
    def theme(self, choice: str) -> None:
        self._ini.setValue("theme", choice)

    @property
    def recent(self) -> tuple[Path, ...]:
        """Files opened lately, newest first, also those that are gone by now."""
        return tuple(Path(text) for text in self._list("recent"))

    def add_recent(self, path: Path) -> None:
        others = [p for p in self.recent if p != path]
        self._set_recent([path, *others])

    def remove_recent(self, path: Path) -> None:
        self._set_recent([p for p in self.recent if p != path])

    def _set_recent(self, paths: list[Path]) -> None:
        self._ini.setValue("recent", [str(path) for path in paths[:MAX_RECENT]])

    @property
    def geometry(self) -> QByteArray:
        """The window's place and size as `QWidget.saveGeometry` gives it; empty at the first start."""
        return self._bytes("window/geometry")

    @geometry.setter
    def geometry(self, data: QByteArray) -> None:
        self._ini.setValue("window/geometry", data)

    @property
    def splitter(self) -> QByteArray:
        """The cycle page's splitter as `QSplitter.saveState` gives it."""
        return self._bytes("window/splitter")

    @splitter.setter
    def splitter(self, data: QByteArray) -> None:
        self._ini.setValue("window/splitter", data)

    @property
    def complete_chart(self) -> bool:
        """Whether the flowchart shows *Mutu Baku* too (Lengkap)."""
        return self._text("complete_chart") == "ya"

    @complete_chart.setter
    def complete_chart(self, complete: bool) -> None:
        self._ini.setValue("complete_chart", "ya" if complete else "tidak")

    # Who sits here

    @property
    def lock_minutes(self) -> int:
        """After how many minutes without a key or click the screen locks itself; 0 for never."""
        text = self._text("lock_minutes")
        return int(text) if text.isdecimal() else 0

    @lock_minutes.setter
    def lock_minutes(self, minutes: int) -> None:
        self._ini.setValue("lock_minutes", str(minutes))

    def tries(self, key: str) -> Tries:
        """Wrong passwords typed on this PC in a row; a restart does not forget them."""
        from lkip_desktop.people import Tries

        count, last = self._text(f"tries/{key}/count"), self._text(f"tries/{key}/last")
        try:
            return Tries(int(count), datetime.fromisoformat(last)) if count and last else Tries()
        except ValueError:
            return Tries()

    def note_tries(self, key: str, tries: Tries) -> None:
        """Keep them at once: whoever ends the program to begin anew waits all the same."""
        if not tries.count or tries.last is None:
            self._ini.remove(f"tries/{key}")
        else:
            self._ini.setValue(f"tries/{key}/count", str(tries.count))
            self._ini.setValue(f"tries/{key}/last", tries.last.isoformat())
        self._ini.sync()

    # Coming back and being safe

    @property
    def backup_place(self) -> Path | None:
        """A second place for backups, such as a flash disk; it need not be there at the moment."""
        chosen = self._text("backup_place")
        return Path(chosen) if chosen else None

    @backup_place.setter
    def backup_place(self, place: Path | None) -> None:
        self._ini.setValue("backup_place", str(place) if place else "")

    @property
    def interrupted(self) -> tuple[Path, str] | None:
        """The cycle that was open, and the step (id) that was shown, when the program ended suddenly."""
        path = self._text("open/path")
        return (Path(path), self._text("open/step")) if path else None

    def note_open(self, path: Path | None, step: str = "") -> None:
        """Remember what is open, on the disk at once; None when nothing is any more."""
        self._ini.setValue("open/path", str(path) if path else "")
        self._ini.setValue("open/step", step)
        self._ini.sync()

    @property
    def written_folders(self) -> tuple[Path, ...]:
        """Every folder that documents of this program were last saved in."""
        keys = [key for key in self._ini.allKeys() if key.startswith("documents/") and key.endswith("/folder")]
        return tuple(Path(self._text(key)) for key in keys if self._text(key))

    # For each kind of document ("cover-letter", "report", …)

    def printer(self, kind: str) -> str:
        """The name of the printer last used for a kind of document; empty when none was."""
        return self._text(f"documents/{kind}/printer")

    def set_printer(self, kind: str, name: str) -> None:
        self._ini.setValue(f"documents/{kind}/printer", name)

    def paper(self, kind: str) -> str:
        """The name of the paper last used for a kind of document; empty when none was."""
        return self._text(f"documents/{kind}/paper")

    def set_paper(self, kind: str, name: str) -> None:
        self._ini.setValue(f"documents/{kind}/paper", name)

    def folder(self, kind: str) -> Path:
        """Where a kind of document was last saved; the work folder at first or when that place is gone."""
        chosen = self._text(f"documents/{kind}/folder")
        return Path(chosen) if chosen and Path(chosen).is_dir() else self.work_folder

    def set_folder(self, kind: str, folder: Path) -> None:
        self._ini.setValue(f"documents/{kind}/folder", str(folder))

    # For each printer

    def offset(self, printer: str) -> Offset:
        """How far the picture is to be shifted on a printer."""
        from lkip_desktop.printing.offsets import offset_of

        return offset_of(self._text(_printer_key(printer)))

    def set_offset(self, printer: str, offset: Offset) -> None:
        self._ini.setValue(_printer_key(printer), str(offset))

    @property
    def lra_layout(self) -> str:
        """How the last budget export was read, as `ui.exchange.layout_bar` spells it; empty when none was."""
        return self._text("exchange/lra")

    @lra_layout.setter
    def lra_layout(self, layout: str) -> None:
        self._ini.setValue("exchange/lra", layout)

    def sync(self) -> None:
        """Write to disk now."""
        self._ini.sync()

    def _text(self, key: str, default: str = "") -> str:
        value = self._ini.value(key, default)
        return value if isinstance(value, str) else default

    def _list(self, key: str) -> list[str]:
        # An ini file keeps a list of one as plain text, and an empty one as nothing.
        value = self._ini.value(key, [])
        items = value if isinstance(value, list) else [value]
        return [item for item in items if isinstance(item, str) and item]

    def _bytes(self, key: str) -> QByteArray:
        value = self._ini.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()


def _printer_key(printer: str) -> str:
    # A printer of the network is called \\server\name: slashes of either kind mean groups to an ini file.
    return f"printers/{printer.encode().hex()}/offset"


def default_work_folder() -> Path:
    """``LKIP`` in the person's documents, or in the home folder when the documents were moved away from there."""
    from PySide6.QtCore import QStandardPaths

    # Documents are moved to OneDrive or to a server's share, where no cycle is written to.
    documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return (documents if documents.parent == Path.home() else Path.home()) / "LKIP"
