"""What a kind of document is: its name, its file endings, and the writer behind each ending."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lkip_desktop.errors import Cancelled

if TYPE_CHECKING:
    from lkip_desktop.cycle_data import Snapshot

Watch = Callable[[int, int], bool]
Writer = Callable[["Snapshot", Watch], bytes]

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
MEDIA_TYPES = {"pdf": PDF, "docx": DOCX, "xlsx": XLSX, "csv": CSV}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document: `title` and `description` are Indonesian.

    `writers` maps each ending (no dot) to what writes it; the first one is the usual.
    """

    id: str
    title: str
    description: str
    writers: Mapping[str, Writer]

    @property
    def endings(self) -> tuple[str, ...]:
        return tuple(self.writers)

    @property
    def extension(self) -> str:
        """The usual ending, without a dot."""
        return self.endings[0]

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.extension]


def tell(watch: Watch, done: int, total: int) -> None:
    """Report progress. Raises Cancelled when the watcher wants no more."""
    if not watch(done, total):
        raise Cancelled
