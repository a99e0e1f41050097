"""Finds rows in the pages of a file that SQLite itself will not read any more.

Nothing here is believed: whoever takes a row from here compares it with the digest that it must have. The layout of
pages, cells and records is that of https://www.sqlite.org/fileformat2.html (sections 1.6, 2.1 and 2.3).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db import sqlite

PAGE_SIZE = 4096
"""That of every cycle file; the header's is not asked, since it may be what is damaged."""
_LEAF = 0x0D
_READ_PAGES = 2048
MAX_TEXT = 64 << 20
"""No row of texts is larger; a damaged length must not make us read the whole file for each cell."""

Record = list[Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A row in a file: its row id, its columns as far as they are texts or numbers, and where its payload begins."""

    rowid: int
    columns: Record
    at: int
    size: int


class Pages:
    """The pages of one file, damaged or not. Raises OSError."""

    def __init__(self, path: Path) -> None:
        self._stream = path.open("rb")
        self._size = os.fstat(self._stream.fileno()).st_size

    def close(self) -> None:
        self._stream.close()

    def rows(self) -> Iterator[Row]:
        """Every row that stands in something like a leaf page, with large columns left out (None)."""
        for start in range(0, self._size, PAGE_SIZE * _READ_PAGES):
            self._stream.seek(start)
            many = self._stream.read(PAGE_SIZE * _READ_PAGES)
            for offset in range(0, len(many), PAGE_SIZE):
                page = many[offset : offset + PAGE_SIZE]
                head = sqlite.HEADER_SIZE if start + offset == 0 else 0
                if len(page) == PAGE_SIZE and page[head] == _LEAF:
                    yield from self._rows_of(page, start + offset, head)

    def _rows_of(self, page: bytes, start: int, head: int) -> Iterator[Row]:
        count = int.from_bytes(page[head + 3 : head + 5], "big")
        for index in range(min(count, PAGE_SIZE // 4)):
            place = head + 8 + 2 * index
            cell = int.from_bytes(page[place : place + 2], "big")
            try:
                yield self._row(page, start, cell)
            except (IndexError, ValueError, UnicodeDecodeError):
                continue

    def _row(self, page: bytes, start: int, cell: int) -> Row:
        size, at = varint(page, cell)
        rowid, at = varint(page, at)
        local = page[at : at + local_size(size)]
        types, body = header(local)
        if len(types) > 16:
            raise ValueError("no row of ours has so many columns")
        columns: Record = []
        texts = local
        for kind in types:
            length = width(kind)
            if kind >= 12 and kind % 2 == 0:
                columns.append(None)
            else:
                if body + length > len(texts):
                    texts = self.payload(Row(rowid, [], start + at, size), limit=MAX_TEXT)
                columns.append(_value(kind, texts[body : body + length], length))
            body += length
        return Row(rowid, columns, start + at, size)

    def payload(self, row: Row, *, limit: int = 1 << 40) -> bytes:
        """The whole payload of a row, through its chain of overflow pages. Raises ValueError when that is broken."""
        if row.size > min(limit, self._size):
            raise ValueError("longer than the file")
        self._stream.seek(row.at)
        local = local_size(row.size)
        parts = [self._stream.read(local)]
        missing = row.size - local
        following = int.from_bytes(self._stream.read(4), "big") if missing else 0
        while missing > 0:
            if following <= 1 or following * PAGE_SIZE > self._size:
                raise ValueError("the chain of pages ends early")
            self._stream.seek((following - 1) * PAGE_SIZE)
            page = self._stream.read(PAGE_SIZE)
            following = int.from_bytes(page[:4], "big")
            parts.append(page[4 : 4 + missing])
            missing -= PAGE_SIZE - 4
        return b"".join(parts)

    def blob(self, row: Row) -> bytes:
        """The last column of a row, which is one of bytes. Raises ValueError."""
        payload = self.payload(row)
        types, body = header(payload)
        if not types or types[-1] < 12 or types[-1] % 2:
            raise ValueError("no bytes")
        return payload[body + sum(width(kind) for kind in types[:-1]) :]


def local_size(size: int) -> int:
    """How many bytes of a payload stand in the leaf page itself (section 1.6)."""
    most, least = PAGE_SIZE - 35, (PAGE_SIZE - 12) * 32 // 255 - 23
    if size <= most:
        return size
    kept = least + (size - least) % (PAGE_SIZE - 4)
    return kept if kept <= most else least


def varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends. Raises IndexError."""
    value = 0
    for index in range(8):
        byte = data[at + index]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + index + 1
    return value << 8 | data[at + 8], at + 9


def header(payload: bytes) -> tuple[list[int], int]:
    """The serial types of a record, and where its values begin. Raises IndexError, ValueError."""
    end, at = varint(payload, 0)
    if not 1 < end <= 64:
        raise ValueError("no record of ours")
    types = []
    while at < end:
        kind, at = varint(payload, at)
        types.append(kind)
    return types, end


def width(kind: int) -> int:
    """The bytes that a value of a serial type takes."""
    return (kind - 12) // 2 if kind >= 12 else (0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0)[kind]


def _value(kind: int, data: bytes, length: int) -> object:
    if len(data) < length:
        raise ValueError("cut off")
    if kind >= 13:
        return data.decode("utf-8")
    if kind in (8, 9):
        return kind - 8
    return int.from_bytes(data, "big", signed=True) if 1 <= kind <= 6 else None
