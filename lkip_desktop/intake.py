"""Brings several files into a field, one act each, with progress over all their bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from lkip_desktop import office
from lkip_desktop.attachments import read_file, size_limit
from lkip_desktop.errors import UserError
from lkip_desktop.office import Changed, Cycle
from lkip_desktop.ports import Progress
from lkip_desktop.workflow.events import Who
from lkip_desktop.workflow.transitions import Refusal


def bring_in(
    cycle: Cycle, who: Who, path: str, sources: Sequence[Path], progress: Progress
) -> Iterator[Changed | Refusal]:
    """Attach each file to the field at `path`; a file that is not fit is a refusal, and the next one follows.

    Raises EnvironmentProblem when a file cannot be read or the disk refuses, Cancelled when `progress` says so; files
    attached before stay.
    """
    limit = size_limit(cycle.state)
    # A file above the limit is refused by its size alone. Keeping a file writes as much as was read.
    sizes = [size if (size := _size(source)) <= limit else 0 for source in sources]
    total, before = 2 * sum(sizes), 0
    for source, size in zip(sources, sizes, strict=True):
        try:
            file = read_file(source, limit, partial(_tell, progress, before, total))
        except UserError as error:
            yield Refusal(str(error))
        else:
            yield office.attach_file(cycle, who, path, file)
        before += 2 * size


def _tell(progress: Progress, before: int, total: int, done: int, of: int) -> bool:
    """Report one file's bytes as part of all, in KB: a progress bar counts to 2 147 483 647."""
    return progress((before + done) // 1024, max(total, before + of) // 1024)


def _size(source: Path) -> int:
    try:
        return source.stat().st_size
    except OSError:
        return 0
