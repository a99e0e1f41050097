"""Makes a picture from outside safe to print: a small clean PNG, or nothing when it cannot be read."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO

# Enough for a letterhead at 600 dpi; a photograph of 40 megapixels would only make every letter heavy.
LARGEST = 640
MOST_PIXELS = 90_000_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG with its size in pixels."""

    png: bytes
    width: int
    height: int

    def fit(self, width: float, height: float) -> tuple[float, float]:
        """The largest size of the same shape within `width` and `height`, in their unit."""
        scale = min(width / self.width, height / self.height)
        return self.width * scale, self.height * scale


def usable(data: bytes | None, largest: int = LARGEST) -> Picture | None:
    """The picture as PNG without metadata, upright as its camera says, at most `largest` pixels wide and high.

    None when it cannot be read, or would take too much room to.
    """
    if not data:
        return None
    try:
        return _clean(data, largest)
    except Exception:
        # Decoders fail in many ways on damaged bytes, and a letter without its logo is still a letter.
        return None


def _clean(data: bytes, largest: int) -> Picture:
    from PIL import Image, ImageOps

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        with Image.open(BytesIO(data)) as source:
            # A JPEG, which most photographs are, is decoded no larger than it is needed.
            source.draft("RGB", (largest, largest))
            if source.width * source.height > MOST_PIXELS:
                raise ValueError(source.size)
            upright = ImageOps.exif_transpose(source)
            if upright.mode.startswith("I"):
                # Grey of 16 bits, as scanners write it, would be cut off at the white of 8 bits.
                upright = upright.point(lambda grey: grey * (1 / 256)).convert("L")
            image = upright.convert("RGBA")
    image.thumbnail((largest, largest))
    out = BytesIO()
    image.save(out, "PNG")
    return Picture(out.getvalue(), image.width, image.height)
