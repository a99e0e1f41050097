"""Files from outside are bounded before anything parses them, and text never becomes a formula."""

from __future__ import annotations

import stat
import struct
import time
import tracemalloc
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from lkip_desktop.errors import EnvironmentProblem, UserError
from lkip_desktop.outside import (
    DOCUMENT,
    MB,
    Limits,
    open_package,
    plain_cell,
    plain_text,
    require_docx,
    require_office,
    require_xlsx,
)

SMALL = Limits(file=MB, entries=20, entry=2 * MB, total=3 * MB)


def packed(entries: dict[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", method) as package:
        for name, data in entries.items():
            package.writestr(name, data)
    return out.getvalue()


def docx() -> bytes:
    out = BytesIO()
    document = Document()
    document.add_paragraph("Isi.")
    document.save(out)
    return out.getvalue()


def xlsx() -> bytes:
    out, book = BytesIO(), Workbook()
    book.active["A1"] = "Isi"
    book.save(out)
    return out.getvalue()


def changed(package: bytes, parts: dict[str, bytes]) -> bytes:
    """The same package with other or more parts."""
    with ZipFile(BytesIO(package)) as source:
        entries = {name: source.read(name) for name in source.namelist()}
    return packed(entries | parts)


def test_a_package_is_read_whole_and_piece_by_piece(tmp_path: Path) -> None:
    data = packed({"a/b.txt": b"isi", "besar.bin": bytes(range(256)) * 1000})
    path = tmp_path / "paket.zip"
    path.write_bytes(data)
    for source in (data, path):
        with open_package(source, SMALL) as package:
            assert package.names == ("a/b.txt", "besar.bin")
            assert "a/b.txt" in package
            assert package.read("a/b.txt") == b"isi"
            assert b"".join(package.chunks("besar.bin")) == bytes(range(256)) * 1000
            assert package.size("besar.bin") == 256_000
            with pytest.raises(KeyError):
                package.read("tidak ada")


@pytest.mark.parametrize(
    "name", ["../keluar.txt", "a/../../keluar.txt", "/etc/passwd", "C:/x.txt", "a\\b.txt", "a\x01b", "a/" * 14 + "x"]
)
def test_names_that_lead_out_are_refused(name: str) -> None:
    out = BytesIO()
    with ZipFile(out, "w") as package:
        entry = ZipInfo("tempat")
        entry.filename = name
        package.writestr(entry, b"x")
    with pytest.raises(UserError, match="demi keamanan"):
        open_package(out.getvalue(), SMALL)


def test_two_entries_of_one_name_are_refused() -> None:
    with pytest.raises(UserError, match="nama yang sama"):
        open_package(packed({"A.txt": b"1", "a.TXT": b"2"}), SMALL)


def test_a_link_is_refused() -> None:
    out = BytesIO()
    with ZipFile(out, "w") as package:
        entry = ZipInfo("tautan")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        package.writestr(entry, "/etc/passwd")
    with pytest.raises(UserError, match="menunjuk ke luar"):
        open_package(out.getvalue(), SMALL)


def test_bombs_are_refused_before_they_go_off() -> None:
    bomb = packed({f"{n}.xml": b"0" * (100 * MB) for n in range(2)})
    tracemalloc.start()
    with pytest.raises(UserError, match="terlalu besar bila dibuka"):
        open_package(bomb)
    assert tracemalloc.get_traced_memory()[1] < 5 * MB
    tracemalloc.stop()


def test_each_limit_holds() -> None:
    many = packed({f"{n}": b"" for n in range(21)})
    with pytest.raises(UserError, match="terlalu banyak"):
        open_package(many, SMALL)
    with pytest.raises(UserError, match="lebih besar dari 1 MB"):
        open_package(b"PK" + bytes(MB), SMALL)
    with pytest.raises(UserError, match="terlalu besar bila dibuka"):
        open_package(packed({"a": b"0" * (2 * MB + 1)}), SMALL)
    with pytest.raises(UserError, match="cara pemampatannya"):
        open_package(packed({"a": b"0" * 100}, ZIP_BZIP2), SMALL)


def test_a_directory_of_millions_is_not_read() -> None:
    """Only the end record tells: reading such a directory would take gigabytes."""
    data = bytearray(packed({"a": b"x"}))
    at = data.rfind(b"PK\x05\x06")
    data[at + 12 : at + 16] = struct.pack("<I", 900 * MB)
    with pytest.raises(UserError, match="terlalu banyak"):
        open_package(bytes(data), SMALL)


def test_entries_that_share_their_bytes_are_refused() -> None:
    data = packed({"a": b"0" * MB, "b": b"0" * MB}, ZIP_STORED)
    with ZipFile(BytesIO(data)) as package:
        second = package.getinfo("b").header_offset
    # Two directory entries over one body: the first body is cut out, its entry then points at the second.
    end = data.rfind(b"PK\x05\x06")
    start = struct.unpack("<I", data[end + 16 : end + 20])[0]
    body, directory = data[second:start], bytearray(data[start:end])
    for entry in range(2):
        at = [i for i in range(len(directory)) if directory[i : i + 4] == b"PK\x01\x02"][entry]
        directory[at + 42 : at + 46] = struct.pack("<I", 0)
    tail = bytearray(data[end:])
    tail[16:20] = struct.pack("<I", len(body))
    with pytest.raises(UserError, match="menindih"):
        open_package(bytes(body + directory + tail), Limits())


def test_a_locked_package_is_refused() -> None:
    data = bytearray(packed({"a": b"x"}))
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    with pytest.raises(UserError, match="kata sandi"):
        open_package(bytes(data), SMALL)


def test_what_is_no_package_is_told_so(tmp_path: Path) -> None:
    for data in (b"", b"PK", b"bukan zip", packed({"a": b"x"})[:-5], b"PK\x05\x06" + bytes(18) + b"x" * 70000):
        with pytest.raises(UserError, match="rusak"):
            open_package(data, SMALL)
    with pytest.raises(EnvironmentProblem, match="tidak ada"):
        open_package(tmp_path / "hilang.zip", SMALL)


def test_a_damaged_body_is_told_when_it_is_read() -> None:
    data = bytearray(packed({"a": b"isi yang panjang " * 50}, ZIP_STORED))
    data[60] ^= 0xFF
    with open_package(bytes(data), SMALL) as package, pytest.raises(UserError, match="rusak"):
        package.read("a")


@given(st.binary(max_size=300), st.integers(0, 5))
def test_any_bytes_are_refused_or_read(noise: bytes, where: int) -> None:
    data = bytearray(packed({"a.txt": b"isi" * 30, "b/c.xml": b"<a/>"}))
    at = len(data) * where // 6
    data[at : at + len(noise)] = noise
    try:
        with open_package(bytes(data), SMALL) as package:
            for name in package.names:
                package.read(name)
    except UserError:
        pass


def test_office_documents_are_told_by_their_parts() -> None:
    require_docx(docx())
    require_xlsx(xlsx())
    for check, data, word in ((require_docx, xlsx(), "Word"), (require_xlsx, docx(), "Excel")):
        with pytest.raises(UserError, match=word):
            check(data)
    with pytest.raises(UserError, match="bukan dokumen Word"):
        require_docx(packed({"word/document.xml": b"<a/>"}))


def test_macros_are_refused_whatever_the_ending_says() -> None:
    types = "application/vnd.ms-word.document.macroEnabled.main+xml"
    declared = f'<Types xmlns="urn:x"><Override PartName="/word/document.xml" ContentType="{types}"/></Types>'
    for parts in ({"word/vbaProject.bin": b"x"}, {"[Content_Types].xml": declared.encode()}):
        with pytest.raises(UserError, match="makro"):
            require_docx(changed(docx(), parts))
    with pytest.raises(UserError, match="makro"):
        require_xlsx(changed(xlsx(), {"xl/macrosheets/sheet1.xml": b"<a/>"}))


@pytest.mark.parametrize(
    ("kind", "target", "refused"),
    [
        ("attachedTemplate", "https://contoh.test/a.dotm", True),
        ("attachedTemplate", "HTTP://contoh.test/a.dotm", True),
        ("attachedTemplate", r"\\server\berbagi\a.dotm", True),
        ("attachedTemplate", "file://server/berbagi/a.dotm", True),
        ("oleObject", "http://contoh.test/a", True),
        ("attachedTemplate", "file:///C:/Templat/Kantor.dotx", False),
        ("hyperlink", "https://contoh.test/", False),
    ],
)
def test_what_word_would_fetch_from_the_network_is_refused(kind: str, target: str, refused: bool) -> None:
    base = "http://schemas.openxmlformats.org"
    one = f'<Relationship Id="r1" Type="{base}/officeDocument/2006/relationships/{kind}" Target="{target}"'
    rels = f'<Relationships xmlns="{base}/package/2006/relationships">{one} TargetMode="External"/></Relationships>'
    data = changed(docx(), {"word/_rels/settings.xml.rels": rels.encode()})
    if refused:
        with pytest.raises(UserError, match="dari jaringan"):
            require_docx(data)
    else:
        require_docx(data)


def test_opendocument_is_told_by_its_type_and_refused_with_macros() -> None:
    kind = b"application/vnd.oasis.opendocument.text"
    old = b'<!DOCTYPE m PUBLIC "-//x" "M.dtd"><m/>'
    good = {"mimetype": kind, "content.xml": b"<a/>", "META-INF/manifest.xml": old}
    require_office(packed(good | {"Basic/script-lc.xml": b"<a/>"}), ".odt", "a.odt")
    with pytest.raises(UserError, match="OpenDocument"):
        require_office(packed(good), ".ods", "a.ods")
    for macro in ("Basic/Standard/Module1.xml", "Scripts/python/a.py"):
        with pytest.raises(UserError, match="makro"):
            require_office(packed(good | {macro: b"x"}), ".odt", "a.odt")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_any_encoding(encoding: str) -> None:
    laughs = '<?xml version="1.0" encoding="{}"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    hostile = laughs.format(encoding).encode(encoding)
    for part in ("word/document.xml", "word/baru.xml", "_rels/.rels"):
        with pytest.raises(UserError, match="entitas"):
            require_docx(changed(docx(), {part: hostile}))


def test_a_large_document_is_looked_at_quickly() -> None:
    rows = b"<row>" + b"<c><v>1</v></c>" * 10 + b"</row>"
    data = changed(xlsx(), {"xl/worksheets/sheet2.xml": b"<sheet>" + rows * 60_000 + b"</sheet>"})
    begun = time.perf_counter()
    require_xlsx(data)
    assert time.perf_counter() - begun < 1
    assert DOCUMENT.file == 50 * MB


@pytest.mark.parametrize(
    "text", ["=1+1", "+62 812a", "-A1", "@SUM(A1)", " =cmd|' /C calc'!A0", "\t=1", "＝1", "- butir"]
)
def test_text_that_would_calculate_is_kept_as_text(text: str) -> None:
    assert plain_cell(text).startswith("'")


@pytest.mark.parametrize("text", ["", "-", "-5,2", "+62 812", "12.500,75", "98,39 %", "Inspektorat = pengawas", "a@b"])
def test_plain_text_and_figures_stay(text: str) -> None:
    assert plain_cell(text) == text


@given(st.text())
def test_no_cell_begins_like_a_formula(text: str) -> None:
    cell = plain_cell(text)
    first = cell.lstrip()[:1]
    assert first not in set("=@＝＠\t|")
    assert not (first in set("+-") and any(c.isalpha() for c in cell))
    assert "\x00" not in plain_text(text)
