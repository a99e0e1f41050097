"""Strict reading of a TOML table: every key is asked for by type, and what nobody asked for is an error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any, TypeVar

from lkip_desktop.errors import SopError

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

_KIND_NAMES = {str: "teks", int: "bilangan bulat", bool: "true atau false", list: "daftar", dict: "tabel"}


class Reader:
    """One TOML table at a `place` (dotted). Raises SopError that names the place of what is missing or wrong."""

    def __init__(self, table: Any, place: str = "") -> None:
        self.place = place
        if not isinstance(table, dict):
            raise SopError("seharusnya sebuah tabel.", place or "(awal berkas)")
        self._table: dict[str, Any] = table
        self._asked: set[str] = set()

    def at(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key

    def __contains__(self, key: str) -> bool:
        return key in self._table

    def get(self, key: str, kind: type[T], default: T | None = None) -> T:
        """The value under `key`; without a default it must be there."""
        self._asked.add(key)
        if key not in self._table:
            if default is None:
                raise SopError("kunci ini wajib ada.", self.at(key))
            return default
        value = self._table[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise SopError(f"seharusnya {_KIND_NAMES[kind]}.", self.at(key))
        return value

    def text(self, key: str, default: str | None = None) -> str:
        value = self.get(key, str, default)
        if default is None and not value.strip():
            raise SopError("tidak boleh kosong.", self.at(key))
        return value

    def choice(self, key: str, kind: type[E], default: E | None = None) -> E:
        text = self.text(key, default.value if default is not None else None)
        try:
            return kind(text)
        except ValueError:
            allowed = ", ".join(member.value for member in kind)
            raise SopError(f"“{text}” tidak dikenal; pilih salah satu dari: {allowed}.", self.at(key)) from None

    def texts(self, key: str) -> tuple[str, ...]:
        items = self.get(key, list, [])
        for index, item in enumerate(items):
            if not isinstance(item, str):
                raise SopError("seharusnya teks.", f"{self.at(key)}[{index}]")
        return tuple(items)

    def table(self, key: str) -> Reader:
        return Reader(self.get(key, dict), self.at(key))

    def tables(self, key: str, *, required: bool = False) -> Iterator[Reader]:
        items = self.get(key, list, None if required else [])
        for index, item in enumerate(items):
            yield Reader(item, f"{self.at(key)}[{index}]")

    def all(self, key: str, make: Callable[[Reader], T], *, required: bool = False) -> tuple[T, ...]:
        """Each table of a list, made into a value and closed."""
        made = []
        for reader in self.tables(key, required=required):
            made.append(make(reader))
            reader.close()
        return tuple(made)

    def close(self) -> None:
        """Say so when a key was not asked for: a misspelt key must not be silently without effect."""
        unknown = sorted(set(self._table) - self._asked)
        if unknown:
            raise SopError("kunci ini tidak dikenal; periksa ejaannya.", self.at(unknown[0]))
