"""Copies of kept files for other programs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices

from lkip_desktop.errors import EnvironmentProblem
from ui.documents import opening

LEAVES_A_COPY = """
from ui.documents.opening import copy_of
print(copy_of("a.pdf", b"%PDF-"))
"""


def test_a_dangerous_name_becomes_a_plain_one() -> None:
    path = opening.copy_of("../..\\u202egpj.exe:\\n.pdf", b"isi")
    assert path.read_bytes() == b"isi"
    assert path.suffix == ".pdf"
    assert path.parent.parent == opening._folder()


def test_copies_are_gone_when_the_program_ends() -> None:
    root = Path(opening.__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", LEAVES_A_COPY], cwd=root, capture_output=True, text=True, check=True)
    path = Path(done.stdout.strip())
    assert path.name == "a.pdf"
    assert not path.parent.parent.exists()


def test_no_program_for_a_file_gives_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
    with pytest.raises(EnvironmentProblem, match="tidak mempunyai program"):
        opening.show(Path("/x/berkas.odt"))


def test_a_copy_that_cannot_be_written_gives_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(opening, "write_atomically", full)
    with pytest.raises(EnvironmentProblem, match="Data siklus tidak berubah"):
        opening.copy_of("a.pdf", b"x")
