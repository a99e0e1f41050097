"""Makes the bytes of a DOCX depend on nothing but its content: fixed times and order inside the package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.pkgwriter import PackageWriter
from lxml import etree

# The earliest time that a zip can hold.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_FIRST = "[Content_Types].xml"


def hole(number: int) -> Any:
    """A place in a document's tree that is filled when it is saved."""
    return etree.Comment(f"hole {number}")


def saved(document: Document, filling: Sequence[str] = ()) -> bytes:
    """The file of a document, each hole filled with its XML.

    The library's own writer would compress the parts with times and in an order of its own.
    """
    package: Any = document.part.package
    for part in package.parts:
        part.before_marshal()
    written, writer = _Parts(), cast("Any", PackageWriter)
    writer._write_content_types_stream(written, package.parts)
    writer._write_pkg_rels(written, package.rels)
    writer._write_parts(written, package.parts)
    body = document.part.partname.membername
    for number, xml in enumerate(filling):
        written[body] = written[body].replace(etree.tostring(hole(number)), xml.encode())
    return packed(written)


class _Parts(dict[str, bytes]):
    """Takes the parts of a package as the library's own writer does."""

    def write(self, uri: PackURI, blob: bytes) -> None:
        self[uri.membername] = blob


def packed(parts: Mapping[str, bytes], *, compressed: bool = True) -> bytes:
    """A package of parts by their names, in a fixed order and without times."""
    out = BytesIO()
    with ZipFile(out, "w") as target:
        for name in sorted(parts, key=lambda name: (name != _FIRST, name)):
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type, entry.external_attr = ZIP_DEFLATED if compressed else ZIP_STORED, 0o600 << 16
            target.writestr(entry, parts[name])
    return out.getvalue()
