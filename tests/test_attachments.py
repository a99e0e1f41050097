"""What may be attached, and what names become on the way out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkip_desktop.attachments import KINDS, accept, read_file, safe_name
from lkip_desktop.errors import UserError


@pytest.mark.parametrize("ending", sorted(KINDS))
def test_each_kind_is_taken_with_its_own_beginning(ending: str) -> None:
    media_type, beginnings = KINDS[ending]
    for beginning in beginnings or (b"teks biasa",):
        assert accept(f"a{ending.upper()}", beginning + b"...").media_type == media_type


def test_bad_files_are_refused_with_a_cure(tmp_path: Path) -> None:
    cases = {
        "kosong.pdf": (b"", "kosong"),
        "gambar.pdf": (b"\x89PNG\r\n\x1a\n...", "tidak sesuai"),
        "program.exe": (b"MZ...", "tidak diterima"),
        "tanpa-akhiran": (b"%PDF-1.7", "tidak diterima"),
        "biner.txt": (b"a\x00b", "tidak sesuai"),
    }
    for name, (data, words) in cases.items():
        path = tmp_path / name
        path.write_bytes(data)
        with pytest.raises(UserError, match=words):
            read_file(path)
        assert path.read_bytes() == data
    with pytest.raises(UserError, match="folder"):
        read_file(tmp_path)


def test_odd_names_stay_readable() -> None:
    assert safe_name("Surat Pengantar LKIP 2026.pdf") == "Surat Pengantar LKIP 2026.pdf"
    assert safe_name("../../etc/passwd.txt") == "etcpasswd.txt"
    assert safe_name("CON.pdf") == "berkas CON.pdf"
    assert safe_name("a\u202egnp.exe.pdf") == "agnp.exe.pdf"
    assert safe_name("😀 laporan.pdf") == "😀 laporan.pdf"


@given(st.text(max_size=400))
def test_any_name_becomes_one_that_every_system_takes(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert len(safe.encode()) <= 255
    assert not set(safe) & set('<>:"/\\|?*\x00\n')
    assert not safe.endswith((" ", "."))
