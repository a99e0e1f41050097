"""What may come into a cycle as a file: known kinds, told by their content and not by their names."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from lkip_desktop.errors import Cancelled, EnvironmentProblem, UserError, reason_of
from lkip_desktop.outside import MB, ODF_TYPES, OFFICE_TYPES, Limits, require_office
from lkip_desktop.ports import Progress
from lkip_desktop.workflow.state import CycleState

LIMIT_FIELD = "attachment_limit"
DEFAULT_LIMIT, HIGHEST_LIMIT = 50, 500
"""Megabytes; the setting stands in the agency's profile."""

_ZIP = (b"PK\x03\x04",)
_OFFICE_XML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
# Ending → (media type, the ways such a file may begin). Plain text has no beginning of its own.
KINDS: dict[str, tuple[str, tuple[bytes, ...]]] = {
    ".pdf": ("application/pdf", (b"%PDF-",)),
    ".jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    ".tif": ("image/tiff", (b"II*\x00", b"MM\x00*")),
    ".tiff": ("image/tiff", (b"II*\x00", b"MM\x00*")),
    ".docx": (f"{_OFFICE_XML}wordprocessingml.document", _ZIP),
    ".xlsx": (f"{_OFFICE_XML}spreadsheetml.sheet", _ZIP),
    ".pptx": (f"{_OFFICE_XML}presentationml.presentation", _ZIP),
    ".odt": (f"{_ODF}text", _ZIP),
    ".ods": (f"{_ODF}spreadsheet", _ZIP),
    ".txt": ("text/plain", ()),
}
_PACKAGES = {**OFFICE_TYPES, **ODF_TYPES}
# Scans fill a document with pictures: what counts for an attachment is its size on the disk.
_PACKAGE_LIMITS = Limits(file=HIGHEST_LIMIT * MB, entry=2 * HIGHEST_LIMIT * MB, total=2 * HIGHEST_LIMIT * MB)


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file that was read and found fit: its name as text, its bytes, their SHA-256 in hex and the media type."""

    name: str
    data: bytes
    sha256: str
    media_type: str

    def described(self) -> dict[str, str | int]:
        """The keys that an event keeps of it."""
        return {"name": self.name, "sha256": self.sha256, "size": len(self.data), "media_type": self.media_type}


def size_limit(state: CycleState) -> int:
    """How many bytes a file may have, by the agency's profile; a cycle that has no such setting gets the default."""
    text = state.text(LIMIT_FIELD)
    wanted = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else DEFAULT_LIMIT
    return min(max(wanted, 1), HIGHEST_LIMIT) * MB


def require_file(path: Path) -> None:
    """Raise UserError for a folder, and for what is not there (any more)."""
    if not path.exists():
        raise UserError(f"Berkas “{path.name}” tidak ditemukan. Mungkin sudah dipindahkan atau diganti namanya.")
    if not path.is_file():
        raise UserError(f"“{path.name}” bukan berkas. Pilih sebuah berkas, bukan folder.")


def read_file(path: Path, limit: int = DEFAULT_LIMIT * MB, progress: Progress | None = None) -> IncomingFile:
    """A file from disk of at most `limit` bytes; `progress` is told bytes read of all.

    Raises UserError when it is not fit, EnvironmentProblem when it cannot be read, Cancelled when `progress` says so.
    """
    try:
        require_file(path)
        if path.stat().st_size > limit:
            raise _too_large(path.name, limit)
        _require_known(path.name)
        data = _read(path, limit, progress)
    except OSError as error:
        raise EnvironmentProblem(
            f"“{path.name}” tidak dapat dibaca ({reason_of(error)}). Siklus tidak berubah; "
            "periksa berkas itu lalu coba lagi."
        ) from error
    return accept(path.name, data)


def _read(path: Path, limit: int, progress: Progress | None) -> bytes:
    pieces, done, size = [], 0, path.stat().st_size
    with path.open("rb") as stream:
        while piece := stream.read(MB):
            pieces.append(piece)
            done += len(piece)
            # It may have grown since it was measured.
            if done > limit:
                raise _too_large(path.name, limit)
            if progress is not None and not progress(done, max(done, size)):
                raise Cancelled
    return b"".join(pieces)


def _too_large(name: str, limit: int) -> UserError:
    return UserError(
        f"“{name}” lebih besar dari {limit // MB} MB. Perkecil dahulu berkasnya, atau ubah batasnya di Profil instansi."
    )


def _require_known(name: str) -> str:
    """The ending of a name, in small letters. Raises UserError for one that is not on the list."""
    ending = Path(name).suffix.lower()
    if ending not in KINDS:
        known = ", ".join(kind.lstrip(".") for kind in KINDS)
        raise UserError(f"Jenis berkas “{name}” tidak diterima. Yang diterima: {known}.")
    return ending


def accept(name: str, data: bytes) -> IncomingFile:
    """Bytes under a name.

    Raises UserError for an empty file, an unknown ending, bytes that belie the ending, macros, or a package beyond
    all bounds.
    """
    # A name that is no text on this system cannot be kept as it is.
    name = name.encode("utf-8", "replace").decode("utf-8")
    if not data:
        raise UserError(f"“{name}” kosong (0 byte). Pindai atau simpan ulang berkasnya, lalu lampirkan lagi.")
    ending = _require_known(name)
    media_type, beginnings = KINDS[ending]
    if not (data.startswith(beginnings) if beginnings else _is_text(data)):
        raise UserError(f"Isi “{name}” tidak sesuai dengan akhiran namanya. Simpan ulang dengan jenis yang benar.")
    if ending in _PACKAGES:
        require_office(data, ending, name, _PACKAGE_LIMITS)
    return IncomingFile(name, data, hashlib.sha256(data).hexdigest(), media_type)


def _is_text(data: bytes) -> bool:
    """Whether bytes are plain text; Windows' editor also writes UTF-16, with its mark."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return len(data) % 2 == 0
    return b"\x00" not in data


_FORBIDDEN = set('<>:"/\\|?*')
_DROPPED = ("Cc", "Cf", "Cs", "Zl", "Zp")
_PORTS = "123456789¹²³"
_RESERVED = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {f"{p}{n}" for p in ("com", "lpt") for n in _PORTS}
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,10}\Z")
_MAX_CHARACTERS, _MAX_BYTES = 150, 255


def safe_name(name: str, fallback: str = "berkas") -> str:
    """A name that every file system takes: no control or bidi characters, no path parts, no name Windows reserves.

    At most 150 characters and 255 bytes in UTF-8; the ending is kept. Source: Microsoft, "Naming Files, Paths, and
    Namespaces".
    """
    text = unicodedata.normalize("NFC", name)
    kept = "".join(c for c in text if c not in _FORBIDDEN and unicodedata.category(c) not in _DROPPED).rstrip(" .")
    match = _ENDING.search(kept)
    ending = match.group() if match else ""
    stem = kept[: len(kept) - len(ending)].strip(" .")
    if not stem or stem.split(".")[0].strip().lower() in _RESERVED:
        stem = f"{fallback} {stem}".strip()
    stem = stem[: _MAX_CHARACTERS - len(ending)]
    while len((stem + ending).encode()) > _MAX_BYTES:
        stem = stem[:-1]
    return stem.rstrip(" .") + ending
