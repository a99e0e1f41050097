"""What may be attached, and what names become on the way out."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lkip_desktop import resources
from lkip_desktop.attachments import DEFAULT_LIMIT, KINDS, accept, read_file, safe_name, size_limit
from lkip_desktop.errors import Cancelled, UserError
from lkip_desktop.outside import MB, ODF_TYPES, OFFICE_TYPES
from lkip_desktop.sop.load import parse_sop
from lkip_desktop.workflow.events import Act, Draft, Who, seal
from lkip_desktop.workflow.state import replay


def package(ending: str, **more: bytes) -> bytes:
    """A small office document of a kind."""
    parts = {"mimetype": ODF_TYPES[ending].encode()} if ending in ODF_TYPES else {}
    if ending in OFFICE_TYPES:
        part = f'<Override PartName="/a.xml" ContentType="{OFFICE_TYPES[ending]}"/>'
        parts["[Content_Types].xml"] = f'<Types xmlns="urn:x">{part}</Types>'.encode()
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name, data in {**parts, "a.xml": b"<a/>", **more}.items():
            target.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("ending", sorted(KINDS))
def test_each_kind_is_taken_by_its_content(ending: str) -> None:
    media_type, beginnings = KINDS[ending]
    for beginning in beginnings or (b"teks biasa", "teks".encode("utf-16")):
        data = package(ending) if beginning == b"PK\x03\x04" else beginning + b"...."
        assert accept(f"a{ending.upper()}", data).media_type == media_type


def test_bad_files_are_refused_with_a_cure(tmp_path: Path) -> None:
    cases = {
        "kosong.pdf": (b"", "kosong"),
        "gambar.pdf": (b"\x89PNG\r\n\x1a\n...", "tidak sesuai"),
        "program.exe": (b"MZ...", "tidak diterima"),
        "tanpa-akhiran": (b"%PDF-1.7", "tidak diterima"),
        "biner.txt": (b"a" * 5000 + b"\x00b", "tidak sesuai"),
        "zip.docx": (package(".xlsx"), "bukan dokumen Word"),
        "zip.odt": (package(".ods"), "OpenDocument"),
        "makro.docx": (package(".docx", **{"word/vbaProject.bin": b"x"}), "makro"),
        "rusak.xlsx": (b"PK\x03\x04rusak", "rusak"),
        "kalkulator.docm": (package(".docx"), "tidak diterima"),
    }
    for name, (data, words) in cases.items():
        path = tmp_path / name
        path.write_bytes(data)
        with pytest.raises(UserError, match=words):
            read_file(path)
        assert path.read_bytes() == data
    with pytest.raises(UserError, match="folder"):
        read_file(tmp_path)


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "besar.pdf"
    with path.open("wb") as stream:
        stream.truncate(40 * 1024 * MB)  # takes no room on the disk, and would take all memory
    with pytest.raises(UserError, match="lebih besar dari 50 MB"):
        read_file(path)


def test_reading_tells_how_far_it_is_and_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "pindaian.pdf"
    path.write_bytes(b"%PDF-" + bytes(3 * MB))
    told: list[tuple[int, int]] = []
    read_file(path, progress=lambda done, total: told.append((done, total)) or True)
    assert told[-1] == (3 * MB + 5, 3 * MB + 5)
    assert len(told) == 4
    with pytest.raises(Cancelled):
        read_file(path, progress=lambda done, total: False)


def test_the_limit_is_a_setting_within_reason() -> None:
    def limit(text: str) -> int:
        values = {"attachment_limit": text} if text else {}
        draft = Draft(Who("Rina"), Act.CREATED, {"year": 2026, "values": values})
        return (
            size_limit(replay(parse_sop(resources.sop_text()), [seal(draft, 1, datetime(2027, 2, 1, tzinfo=UTC), "")]))
            // MB
        )

    assert [limit(text) for text in ("", "7", "0", "9999", "banyak", "²")] == [DEFAULT_LIMIT, 7, 1, 500, 50, 50]


def test_odd_names_stay_readable() -> None:
    assert safe_name("Surat Pengantar LKIP 2026.pdf") == "Surat Pengantar LKIP 2026.pdf"
    assert safe_name("../../etc/passwd.txt") == "etcpasswd.txt"
    assert safe_name("a\u202egnp.exe.pdf") == "agnp.exe.pdf"
    assert safe_name("😀 laporan.pdf") == "😀 laporan.pdf"
    assert safe_name("laporan.pdf. .") == "laporan.pdf"
    assert safe_name("Rekap s.d. Triwulan IV") == "Rekap s.d. Triwulan IV"
    assert safe_name("a" * 149 + " .") == "a" * 149
    assert accept("rusak\udcff.txt", b"isi").name == "rusak?.txt"


@pytest.mark.parametrize("name", ["CON.pdf", "nul.tar.txt", "COM1", "LPT9 .txt", "com².pdf", "Aux", "CONIN$"])
def test_names_that_windows_reserves_get_a_word_before_them(name: str) -> None:
    assert safe_name(name).startswith("berkas ")


@given(st.text(max_size=400) | st.text(alphabet=' ./\\:COMNUL1²\u202e\u200b\x00\n"a😀', max_size=400))
@example("a.pdf. ")
@example("NUL ")
@example("." * 300)
@example("x" * 149 + " .pdf")
def test_any_name_becomes_one_that_every_system_takes(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert len(safe.encode()) <= 255
    assert len(safe) <= 160
    assert not set(safe) & set('<>:"/\\|?*\x00\n\u202e')
    assert not safe.endswith((" ", "."))
    assert not safe.startswith((" ", "."))
    assert safe.split(".")[0].strip().lower() not in {"con", "nul", "com1", "com²"}
    assert safe_name(safe) == safe
