"""Writes files so that a reader finds the old content or the new one, never a half of it."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

PARTIAL_SUFFIX = ".partial"


def write_atomically(path: Path, data: bytes) -> None:
    """Make `data` the content of `path`; on any error the old file stays as it was.

    Raises OSError as the system gives it: no room, no right to write, the file open in another program.
    """
    with replacing(path) as partial:
        partial.write_bytes(data)


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a sibling of `path` to be written; it takes the place of `path` when the block ends well.

    The block must have created the sibling and closed it. After an error the sibling is removed and `path` is
    untouched. A link is followed: what it points to is replaced.
    """
    target = Path(os.path.realpath(path))
    # Short and without the target's name: a name near the system's limit must still have room for a sibling.
    # With the number of this process: whoever finds it later can tell whether somebody is still at it.
    partial = target.with_name(f".lkip-{os.getpid():x}-{secrets.token_hex(6)}{PARTIAL_SUFFIX}")
    _refuse_protected(target)
    try:
        yield partial
        _sync_file(partial)
        if target.exists():
            shutil.copymode(target, partial)
        partial.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def copy_in_parts(source: Path, copy: Path, size: int) -> Generator[int]:
    """Copy to a file that is this program's alone, `size` bytes at a time; gives before each part how many are done.

    Whoever stops asking leaves a copy that is not whole. Raises OSError.
    """
    with source.open("rb") as reading, copy.open("wb") as writing:
        done = 0
        while part := reading.read(size):
            yield done
            writing.write(part)
            done += 1


def _refuse_protected(target: Path) -> None:
    """Windows refuses to replace a write-protected file; elsewhere only the folder's rights would count."""
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))


def _sync_file(path: Path) -> None:
    # Windows flushes only what is open for writing.
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new name durable, where the system can: Windows and some file systems have no such call."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
