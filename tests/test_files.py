"""A file is replaced as a whole or not at all."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from lkip_desktop.files import replacing, write_atomically


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_is_written(tmp_path: Path) -> None:
    write_atomically(tmp_path / "surat.pdf", b"isi")
    assert (tmp_path / "surat.pdf").read_bytes() == b"isi"
    assert names_in(tmp_path) == ["surat.pdf"]


def test_an_old_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "surat.pdf"
    path.write_bytes(b"a much longer old content")
    write_atomically(path, b"isi")
    assert path.read_bytes() == b"isi"
    assert names_in(tmp_path) == ["surat.pdf"]


# Windows counts the whole path, and 260 characters of it; elsewhere a name may have 255 bytes.
LONG_NAME = "x" * (80 if sys.platform == "win32" else 251) + ".pdf"


@pytest.mark.parametrize("name", ["Laporan 100% & #1.docx", "📄 surat.pdf", LONG_NAME])
def test_every_name_the_system_takes_works(tmp_path: Path, name: str) -> None:
    write_atomically(tmp_path / name, b"isi")
    assert names_in(tmp_path) == [name]


def test_an_error_in_the_block_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "surat.pdf"
    path.write_bytes(b"lama")

    def write_half() -> None:
        with replacing(path) as partial:
            partial.write_bytes(b"bar")
            raise RuntimeError("stopped halfway")

    with pytest.raises(RuntimeError):
        write_half()
    assert path.read_bytes() == b"lama"
    assert names_in(tmp_path) == ["surat.pdf"]


@pytest.mark.parametrize("call", ["os.fsync", "pathlib.Path.replace"])
def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    path = tmp_path / "surat.pdf"
    path.write_bytes(b"lama")

    def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(call, no_room)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(path, b"baru")
    assert path.read_bytes() == b"lama"
    assert names_in(tmp_path) == ["surat.pdf"]


def test_a_block_that_writes_nothing_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "surat.pdf"
    path.write_bytes(b"lama")
    with pytest.raises(FileNotFoundError), replacing(path):
        pass
    assert path.read_bytes() == b"lama"
    assert names_in(tmp_path) == ["surat.pdf"]


def test_a_protected_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "surat.pdf"
    path.write_bytes(b"lama")
    # The rights themselves would not stop an administrator, who may be running the tests.
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(PermissionError):
        write_atomically(path, b"baru")
    assert path.read_bytes() == b"lama"


def test_the_folder_must_exist(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_atomically(tmp_path / "tidak ada" / "surat.pdf", b"isi")


if sys.platform != "win32":

    def test_the_rights_of_the_old_file_stay(tmp_path: Path) -> None:
        path = tmp_path / "surat.pdf"
        path.write_bytes(b"lama")
        path.chmod(0o640)
        write_atomically(path, b"baru")
        assert path.stat().st_mode & 0o777 == 0o640

    def test_a_link_is_followed(tmp_path: Path) -> None:
        target = tmp_path / "arsip.pdf"
        target.write_bytes(b"lama")
        link = tmp_path / "surat.pdf"
        link.symlink_to(target)
        write_atomically(link, b"baru")
        assert link.is_symlink()
        assert target.read_bytes() == b"baru"
