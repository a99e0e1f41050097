"""Takes files from outside apart within bounds, before anything parses them, and makes text safe for cells."""

from __future__ import annotations

import re
import stat
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, TypeVar
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as DeflateError

from lkip_desktop.errors import EnvironmentProblem, UserError, reason_of

T = TypeVar("T")

MB = 1024 * 1024
CHUNK = 64 * 1024
DEEPEST_XML, COUNTED_XML = 200, 5 * MB
"""Levels; and bytes up to which they are counted: the table of a large sheet is flat, and counting is slow."""

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*")

_LOADED_ON_OPENING = ("attachedTemplate", "oleObject", "frame", "subDocument")
"""Kinds of relationships (ECMA-376 part 1) that Word follows when it opens a document, without being asked."""
_REMOTE = re.compile(r"\s*(?:(?:https?|ftp|mhtml):|(?:file:)?[\\/]{2}[^\\/])", re.IGNORECASE)

XML_ENDINGS = (".xml", ".rels", ".vml")

_END, _END_SIZE, _COMMENT = b"PK\x05\x06", 22, 65535
_LARGE_LOCATOR, _LARGE_LOCATOR_SIZE = b"PK\x06\x07", 20
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a package may hold; sizes in bytes. `ratio` is unpacked to packed, for entries above 1 MB."""

    file: int = 50 * MB
    entries: int = 4000
    entry: int = 200 * MB
    total: int = 400 * MB
    ratio: int = 250
    depth: int = 12
    name: int = 400


DOCUMENT = Limits()


class Package:
    """A zip whose directory was found within bounds; nothing of it is ever written to disk. Close it, or use `with`."""

    def __init__(self, archive: ZipFile, stream: IO[bytes], name: str) -> None:
        self._archive, self._stream, self._name = archive, stream, name
        self._entries = {entry.filename: entry for entry in archive.infolist() if not entry.is_dir()}

    @property
    def names(self) -> tuple[str, ...]:
        """The entries that are files, in the order of the directory."""
        return tuple(self._entries)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def size(self, name: str) -> int:
        """The unpacked size in bytes. Raises KeyError."""
        return self._entries[name].file_size

    def read(self, name: str) -> bytes:
        """An entry's bytes. Raises KeyError when there is no such entry, UserError when it cannot be unpacked."""
        with self.open(name) as stream:
            return self._guarded(stream.read)

    def chunks(self, name: str) -> Iterator[bytes]:
        """An entry's bytes, piece by piece; raises as `read` does."""
        with self.open(name) as stream:
            while piece := self._guarded(lambda: stream.read(CHUNK)):
                yield piece

    def open(self, name: str) -> AbstractContextManager[IO[bytes]]:
        """An entry as a stream; raises as `read` does."""
        entry = self._entries[name]
        return self._guarded(lambda: self._archive.open(entry))

    def close(self) -> None:
        self._archive.close()
        self._stream.close()

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _guarded(self, act: Callable[[], T]) -> T:
        try:
            return act()
        except (BadZipFile, DeflateError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
            raise broken(self._name) from error
        except OSError as error:
            raise unreadable(self._name, error) from error


def open_package(data: bytes | Path, limits: Limits = DOCUMENT, name: str = "") -> Package:
    """A zip from outside, as bytes or as a file on disk. `name` is how sentences call it.

    Raises UserError when it is no zip, damaged, locked with a password, beyond the limits, or holds names that lead
    out of it; EnvironmentProblem when the disk does not give it.
    """
    name = name or (data.name if isinstance(data, Path) else "Berkas itu")
    try:
        stream: IO[bytes] = BytesIO(data) if isinstance(data, bytes) else data.open("rb")
    except OSError as error:
        raise unreadable(name, error) from error
    try:
        with _closing_on_error(stream):
            size = stream.seek(0, 2)
            if size > limits.file:
                raise UserError(f"“{name}” lebih besar dari {limits.file // MB} MB dan tidak dibaca.")
            _require_small_directory(stream, size, limits, name)
            archive = ZipFile(stream)
            _require_entries(archive.infolist(), size, limits, name)
            return Package(archive, stream, name)
    except (BadZipFile, EOFError, NotImplementedError, ValueError) as error:
        raise broken(name) from error
    except OSError as error:
        raise unreadable(name, error) from error


def broken(name: str) -> UserError:
    """What to raise for a file that cannot be taken apart."""
    return UserError(f"“{name}” rusak atau bukan jenis berkas itu. Simpan ulang di program asalnya, lalu coba lagi.")


def unreadable(name: str, error: OSError) -> EnvironmentProblem:
    """What to raise for a file that the disk does not give."""
    return EnvironmentProblem(
        f"“{name}” tidak dapat dibaca ({reason_of(error)}). Data siklus tidak berubah; "
        "periksa berkas itu lalu coba lagi."
    )


def _unsafe(name: str, why: str) -> UserError:
    return UserError(f"“{name}” tidak dibuka demi keamanan: {why}. Data siklus tidak berubah.")


@contextmanager
def _closing_on_error(stream: IO[bytes]) -> Iterator[None]:
    try:
        yield
    except BaseException:
        stream.close()
        raise


def _require_small_directory(stream: IO[bytes], size: int, limits: Limits, name: str) -> None:
    """Refuse a directory too large to be read at all: the reader makes an object of every entry in it.

    Layout: PKWARE APPNOTE 4.3.16 (end record; directory size at offset 12) and 4.3.15 (locator of the large form).
    """
    length = min(size, _END_SIZE + _COMMENT + _LARGE_LOCATOR_SIZE)
    stream.seek(size - length)
    tail = stream.read(length)
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise broken(name)
    large = tail[max(at - _LARGE_LOCATOR_SIZE, 0) : at].startswith(_LARGE_LOCATOR)
    if large or int.from_bytes(tail[at + 12 : at + 16], "little") > limits.entries * (46 + limits.name):
        raise _unsafe(name, "isinya terlalu banyak")
    stream.seek(0)


def _require_entries(entries: list[ZipInfo], size: int, limits: Limits, name: str) -> None:
    if len(entries) > limits.entries:
        raise _unsafe(name, "isinya terlalu banyak")
    if sum(entry.file_size for entry in entries) > limits.total or any(e.file_size > limits.entry for e in entries):
        raise _unsafe(name, "isinya menjadi terlalu besar bila dibuka")
    # Entries that share their packed bytes unpack to far more than any single ratio tells.
    if sum(entry.compress_size for entry in entries) > size:
        raise _unsafe(name, "isinya saling menindih")
    seen: set[str] = set()
    for entry in entries:
        why = _fault(entry, limits)
        key = unicodedata.normalize("NFC", entry.filename).casefold()
        if why or key in seen:
            raise _unsafe(name, why or "ada dua isi dengan nama yang sama")
        seen.add(key)


def _fault(entry: ZipInfo, limits: Limits) -> str:
    """Why an entry is refused, or empty."""
    if entry.flag_bits & _ENCRYPTED:
        return "berkas itu dikunci dengan kata sandi"
    # Other methods unpack without a bound.
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return "cara pemampatannya tidak dikenal"
    if entry.file_size > MB and entry.file_size > limits.ratio * max(entry.compress_size, 1):
        return "isinya menjadi terlalu besar bila dibuka"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "ada isi yang menunjuk ke luar"
    return _name_fault(entry.filename, entry.orig_filename, limits)


def _name_fault(name: str, raw: str, limits: Limits) -> str:
    path = PurePosixPath(name)
    # The reader cuts a name at a zero byte and, on Windows, turns backslashes round: the raw name tells.
    odd = not name or "\\" in raw or ":" in name or any(unicodedata.category(c) in ("Cc", "Cs") for c in raw)
    if odd or path.is_absolute() or ".." in path.parts or name.startswith("/"):
        return "ada isi yang menunjuk ke luar"
    if len(path.parts) > limits.depth or len(name) > limits.name:
        return "susunan foldernya terlalu dalam"
    return ""


# Office documents


_OFFICE = "application/vnd.openxmlformats-officedocument."
OFFICE_TYPES = {
    ".docx": f"{_OFFICE}wordprocessingml.document.main+xml",
    ".xlsx": f"{_OFFICE}spreadsheetml.sheet.main+xml",
    ".pptx": f"{_OFFICE}presentationml.presentation.main+xml",
}
ODF_TYPES = {
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}
_WORDS = {".docx": "dokumen Word", ".xlsx": "buku kerja Excel", ".pptx": "presentasi PowerPoint"}
_CONTENT_TYPES = "[Content_Types].xml"
_MACRO_PARTS = ("vbaproject.bin", "vbadata.xml", "xl/macrosheets/", "xl/intlmacrosheets/")
_NOT_XML = (expat.ExpatError, ValueError, LookupError)
"""What the parser raises; the last two for an encoding that Python does not know or that cannot be used in XML."""
_BASIC_LISTS = ("script-lc.xml", "script-lb.xml", "dialog-lc.xml", "dialog-lb.xml")


def require_docx(data: bytes, name: str = "", limits: Limits = DOCUMENT) -> None:
    """Raises UserError unless these bytes are a Word document within bounds, without macros and without entities."""
    require_office(data, ".docx", name or "Dokumen itu", limits)


def require_xlsx(data: bytes, name: str = "", limits: Limits = DOCUMENT) -> None:
    """Raises UserError unless these bytes are a workbook within bounds, without macros and without entities."""
    require_office(data, ".xlsx", name or "Buku kerja itu", limits)


def require_office(data: bytes, ending: str, name: str, limits: Limits = DOCUMENT) -> None:
    """Raises UserError unless a package is what its ending (a key of OFFICE_TYPES or ODF_TYPES) says, and harmless."""
    with open_package(data, limits, name) as package:
        if ending in ODF_TYPES:
            # Never parsed here, and old ones declare a document type in their manifest.
            _require_odf(package, ODF_TYPES[ending], name)
            return
        _require_office_xml(package, ending, name)
        for part in package.names:
            if part.lower().endswith(XML_ENDINGS):
                require_plain_xml(package, part, name)
            if part.lower().endswith(".rels"):
                _require_nothing_fetched(package.read(part), name)


def _require_nothing_fetched(data: bytes, name: str) -> None:
    """Raises UserError when an office program would load another document over the network on opening this one."""

    def begin(_: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("Type", "").rpartition("/")[2]
        if kind in _LOADED_ON_OPENING and _REMOTE.match(attributes.get("Target", "")):
            raise _unsafe(name, "isinya mengambil templat atau dokumen lain dari jaringan")

    _walk(data, name, begin)


def _require_office_xml(package: Package, ending: str, name: str) -> None:
    if _CONTENT_TYPES not in package:
        raise UserError(f"“{name}” bukan {_WORDS[ending]}. Simpan ulang dengan jenis yang benar.")
    types = _content_types(package.read(_CONTENT_TYPES), name)
    parts = [part.lower() for part in package.names]
    if any("sheet.binary" in one for one in types):
        raise UserError(f"“{name}” memakai format biner Excel (.xlsb). Simpan ulang sebagai .xlsx.")
    if any("macroenabled" in one or "vbaproject" in one for one in types) or any(_is_macro(part) for part in parts):
        raise UserError(f"“{name}” berisi makro dan tidak diterima. Simpan ulang tanpa makro ({ending[1:]}).")
    if OFFICE_TYPES[ending] not in types:
        raise UserError(f"“{name}” bukan {_WORDS[ending]}. Simpan ulang dengan jenis yang benar.")


def _is_macro(part: str) -> bool:
    return part.endswith(_MACRO_PARTS[:2]) or part.startswith(_MACRO_PARTS[2:])


def _content_types(data: bytes, name: str) -> set[str]:
    """The content types that a package declares, in small letters."""
    types: set[str] = set()

    def begin(_: str, attributes: dict[str, str]) -> None:
        types.add(attributes.get("ContentType", "").lower())

    _walk(data, name, begin)
    return types


def _walk(data: bytes, name: str, begin: Callable[[str, dict[str, str]], None]) -> None:
    """Hand each element of a part, with its attributes, to `begin`."""
    parser = _parser(name)
    parser.StartElementHandler = begin
    try:
        parser.Parse(data, True)
    except _NOT_XML as error:
        raise broken(name) from error


def _require_odf(package: Package, media_type: str, name: str) -> None:
    if "mimetype" not in package or package.read("mimetype").strip() != media_type.encode():
        raise UserError(f"“{name}” bukan dokumen OpenDocument jenis itu. Simpan ulang dengan jenis yang benar.")
    for part in map(PurePosixPath, package.names):
        basic = part.parts[0] == "Basic" and part.name not in _BASIC_LISTS
        if basic or part.parts[0] == "Scripts":
            raise UserError(f"“{name}” berisi makro dan tidak diterima. Simpan ulang tanpa makro.")


def require_plain_xml(package: Package, part: str, name: str) -> None:
    """Raises UserError when a part is not well-formed, nests without end, or declares a document type.

    That is the only place for entities, and packages forbid it (ECMA-376 part 2, 9.1.4).
    """
    parser = _parser(name)
    deep = 0

    def begin(*_: object) -> None:
        nonlocal deep
        deep += 1
        if deep > DEEPEST_XML:
            raise broken(name)

    def end(*_: object) -> None:
        nonlocal deep
        deep -= 1

    if package.size(part) <= COUNTED_XML:
        parser.StartElementHandler, parser.EndElementHandler = begin, end
    try:
        for piece in package.chunks(part):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except _NOT_XML as error:
        raise broken(name) from error


def _parser(name: str) -> expat.XMLParserType:
    def refuse(*_: object) -> None:
        raise _unsafe(name, "isinya memakai entitas XML")

    def namespace(_: str | None, uri: str | None) -> None:
        # What libxml2 takes for a malformed address stops python-docx and openpyxl in their middle.
        if uri and not _ADDRESS.fullmatch(uri):
            raise broken(name)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = refuse
    parser.StartNamespaceDeclHandler = namespace
    return parser


# Text on its way to a person or into cells


def visible(text: str) -> str:
    """A text from outside without what would steer a terminal or turn the reading direction; lines and tabs stay."""
    odd = ("Cc", "Cf", "Zl", "Zp")
    return "".join("\ufffd" if unicodedata.category(c) in odd and c not in "\n\t" else c for c in text)


XLSX_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""For every xlsxwriter.Workbook, which otherwise makes a formula of a text that begins with an equals sign."""

MAX_CELL = 32767
_FORMULA = frozenset("=+-@\t\r\n|%＝＋－＠")


def plain_cell(text: str) -> str:
    """A text as a CSV cell that no spreadsheet takes for a formula: an apostrophe goes before what would start one.

    Figures such as ``-5,2`` and a lone dash stay as they are; control characters go (source: OWASP, CSV injection).
    """
    kept = plain_text(text)
    if kept and kept.lstrip()[:1] in _FORMULA and not _is_figure(kept):
        return f"'{kept}"
    return kept


def plain_text(text: str) -> str:
    """A text for `write_string` of a workbook: no characters that XML forbids, at most what a cell takes (32 767)."""
    kept = "".join(c for c in text.replace("\r\n", "\n") if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return kept.replace("\ufffe", "").replace("\uffff", "")[:MAX_CELL]


def _is_figure(text: str) -> bool:
    rest = text.strip().lstrip("+-").strip()
    return set(rest) <= set("0123456789.,% ") and len(text.strip()) - len(text.strip().lstrip("+-")) <= 1
