"""What the program remembers on this PC for this person: folders, name, recent files, theme, window, printers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings

if TYPE_CHECKING:
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


def default_work_folder() -> Path:
    """``LKIP`` in the person's documents, or in the home folder when the documents were moved away from there."""
    from PySide6.QtCore import QStandardPaths

    # Documents are moved to OneDrive or to a server's share, where no cycle is written to.
    documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return (documents if documents.parent == Path.home() else Path.home()) / "LKIP"
