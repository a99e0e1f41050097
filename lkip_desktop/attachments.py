"""What may come into a cycle as a file: known kinds, told by their first bytes and not by their names."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from lkip_desktop.errors import EnvironmentProblem, UserError, reason_of

MAX_BYTES = 100 * 1024 * 1024

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


def read_file(path: Path) -> IncomingFile:
    """A file from disk. Raises UserError when it is not fit, EnvironmentProblem when it cannot be read."""
    try:
        if not path.is_file():
            raise UserError(f"“{path.name}” bukan berkas. Pilih sebuah berkas, bukan folder.")
        if path.stat().st_size > MAX_BYTES:
            raise UserError(
                f"“{path.name}” lebih besar dari {MAX_BYTES // 1024 // 1024} MB. Perkecil dahulu berkasnya."
            )
        data = path.read_bytes()
    except OSError as error:
        raise EnvironmentProblem(
            f"“{path.name}” tidak dapat dibaca ({reason_of(error)}). Siklus tidak berubah; "
            "periksa berkas itu lalu coba lagi."
        ) from error
    return accept(path.name, data)


def accept(name: str, data: bytes) -> IncomingFile:
    """Bytes under a name. Raises UserError for an empty file, an unknown ending, or bytes that belie the ending."""
    if not data:
        raise UserError(f"“{name}” kosong (0 byte). Pindai atau simpan ulang berkasnya, lalu lampirkan lagi.")
    ending = Path(name).suffix.lower()
    if ending not in KINDS:
        known = ", ".join(kind.lstrip(".") for kind in KINDS)
        raise UserError(f"Jenis berkas “{name}” tidak diterima. Yang diterima: {known}.")
    media_type, beginnings = KINDS[ending]
    if (beginnings and not data.startswith(beginnings)) or (not beginnings and b"\x00" in data[:4096]):
        raise UserError(f"Isi “{name}” tidak sesuai dengan akhiran namanya. Simpan ulang dengan jenis yang benar.")
    return IncomingFile(name, data, hashlib.sha256(data).hexdigest(), media_type)


_FORBIDDEN = set('<>:"/\\|?*')
_RESERVED = {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)}


def safe_name(name: str, fallback: str = "berkas") -> str:
    """A name that every file system takes: no control or bidi characters, no path parts, no name Windows reserves.

    At most 150 characters and 255 bytes in UTF-8; the ending is kept.
    """
    kept = "".join(c for c in name if c not in _FORBIDDEN and unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    stem, ending = Path(kept).stem.strip(" ."), Path(kept).suffix[:12]
    if not stem or stem.lower().split(".")[0] in _RESERVED:
        stem = f"{fallback} {stem}".strip()
    stem = stem[: 150 - len(ending)]
    while len((stem + ending).encode()) > 255:
        stem = stem[:-1]
    return stem + ending
