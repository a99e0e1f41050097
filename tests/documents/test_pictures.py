"""Pictures from outside: turned upright, small, without what a camera wrote into them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from lkip_desktop.documents.pictures import usable
from lkip_desktop.documents.report import Heading, Numbering, Picture, Report, Section
from lkip_desktop.documents.report_docx import report_docx
from lkip_desktop.documents.report_pdf import report_pdf
from lkip_desktop.errors import UserError

ORIENTATION = 0x0112


def saved(image: Image.Image, kind: str = "JPEG", **more: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


@pytest.mark.parametrize(("turned", "red"), [(1, (0, 0)), (3, (1, 1)), (6, (1, 0)), (8, (0, 1))])
def test_a_photograph_stands_as_its_camera_says(turned: int, red: tuple[int, int]) -> None:
    """A red corner lies where the camera's sense of up puts it."""
    image = Image.new("RGB", (600, 400), "blue")
    image.paste("red", (0, 0, 100, 100))
    exif = image.getexif()
    exif[ORIENTATION] = turned
    picture = usable(saved(image, exif=exif))
    assert picture is not None
    assert (picture.width, picture.height) == ((600, 400) if turned in (1, 3) else (400, 600))
    shown = Image.open(BytesIO(picture.png)).convert("RGB")
    corner = tuple(edge * (size - 1) for edge, size in zip(red, shown.size, strict=True))
    assert shown.getpixel(corner)[0] > 200  # type: ignore[index,arg-type]
    assert not shown.getexif()


@pytest.mark.parametrize("mode", ["CMYK", "L", "1", "P", "LA", "RGBA", "I;16"])
def test_every_kind_of_colour_is_read(mode: str) -> None:
    image = Image.new("I;16", (40, 30)) if mode == "I;16" else Image.new("RGB", (40, 30), "green").convert(mode)
    kind = "TIFF" if mode == "CMYK" else "PNG"
    picture = usable(saved(image, kind))
    assert picture is not None
    assert (picture.width, picture.height) == (40, 30)


def test_grey_of_16_bits_is_no_blank() -> None:
    image = Image.new("I;16", (40, 30), 0x8000)
    picture = usable(saved(image, "PNG"))
    assert picture is not None
    assert Image.open(BytesIO(picture.png)).convert("L").getpixel((0, 0)) == 128


def test_a_photograph_of_108_megapixels_is_read_small() -> None:
    picture = usable(saved(Image.new("RGB", (12_000, 9_000))), largest=600)
    assert picture is not None
    assert (picture.width, picture.height) == (600, 450)


@pytest.mark.parametrize("data", [None, b"", b"bukan gambar", b"\x89PNG\r\n\x1a\n\x00"])
def test_what_is_no_picture_is_none(data: bytes | None) -> None:
    assert usable(data) is None


@pytest.mark.parametrize("write", [report_docx, report_pdf])
def test_a_report_with_a_picture_that_cannot_be_read_is_not_made_without_it(write: Any) -> None:
    sections = (Section((Heading(1, "BAB I"), Picture("Foto rapat", b"rusak", "Rapat.")), Numbering.ARABIC),)
    with pytest.raises(UserError, match="Gambar “Foto rapat” tidak terbaca"):
        write(Report("Uji", "Uji", 2026, ("LKIP", "Uji"), sections))
