"""The package around a DOCX: written with fixed times and order, read also where links lead nowhere."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.pkgwriter import PackageWriter
from lxml import etree

# The earliest time that a zip can hold.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_FIRST = "[Content_Types].xml"


def load(data: bytes) -> Document:
    """The document in a package that `outside.require_docx` has passed.

    LibreOffice, saving an ODT as DOCX, names workbooks of charts that it does not write; the library would stop there.
    """
    with ZipFile(BytesIO(data)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    links = {name: _live(name, parts) for name in parts if name.endswith(".rels")}
    if any(links[name] != parts[name] for name in links):
        data = packed({**parts, **links}, compressed=False)
    return docx.Document(BytesIO(data))


def _live(name: str, parts: Mapping[str, bytes]) -> bytes:
    """A part of relationships without those to parts that are not there; the same bytes where all are."""
    data = parts[name]
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False))
    folder = posixpath.dirname(posixpath.dirname(name))
    dead = [
        link
        for link in root
        if link.get("TargetMode") != "External"
        and posixpath.normpath(posixpath.join("/", folder, link.get("Target", ""))).lstrip("/") not in parts
    ]
    for link in dead:
        root.remove(link)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True) if dead else data


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
    written[body] = _filled(written[body], filling)
    return packed(written)


def _filled(body: bytes, filling: Sequence[str]) -> bytes:
    """A document with its holes filled. What was filled in is long, and not looked through for the next hole."""
    pieces = []
    for number, xml in enumerate(filling):
        before, _, body = body.partition(etree.tostring(hole(number)))
        pieces += [before, xml.encode()]
    return b"".join((*pieces, body))


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
