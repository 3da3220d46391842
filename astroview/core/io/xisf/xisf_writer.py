"""Frames as XISF files: what the FITS file would hold, as images with FITS keywords.

The FITS file is written first, into scratch: so both hold the same samples, cards and history.
"""

from __future__ import annotations

import base64
import re
import struct
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO
from xml.sax.saxutils import escape, quoteattr

import numpy as np
from astropy.io import fits

from astroview.core.colour.colour_profiles import srgb_icc
from astroview.core.fits_headers import text, without_tables
from astroview.core.io.fits.fits_writer import write_fits
from astroview.core.io.xisf.xisf_header import SIGNATURE
from astroview.core.lazy_dataclass import dataclass
from astroview.core.library_warnings import collected_warnings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from astroview.core.colour.tone import Drawn
    from astroview.core.frame import Frame
    from astroview.core.io.fits.fits_choices import FitsChoices

_ALIGNED = 4096  # bytes: where blocks of samples begin
_BLOCK = 2**22  # samples copied at a time
_STORAGE = re.compile(
    r"SIMPLE|XTENSION|BITPIX|NAXIS\d*|EXTEND|PCOUNT|GCOUNT|CHECKSUM|DATASUM|"
    r"(CTYPE|CRPIX|CRVAL|CDELT|CUNIT)3|CD3_3|END"
)
_NAMESPACE = "http://www.pixinsight.com/xisf"
_TABLES = ("D2IMARR", "WCSDVARR")


@dataclass(frozen=True, eq=False)
class _Image:
    """An image HDU and what its element says."""

    hdu: Any
    shape: tuple[int, int, int]  # channels, height, width

    @property
    def size(self) -> int:
        return 4 * self.shape[0] * self.shape[1] * self.shape[2]

    def planes(self) -> Iterator[NDArray[np.float32]]:
        """The rows of one plane after the other, from the top; a few megabytes at a time."""
        channels, height, width = self.shape
        rows = max(1, _BLOCK // width)
        for channel in range(channels):
            plane = (channel,) if channels > 1 else ()
            for end in range(height, 0, -rows):
                part = self.hdu.section[(*plane, slice(max(0, end - rows), end))]
                yield np.ascontiguousarray(part[::-1], np.float32)


def write_xisf(file: BinaryIO, frame: Frame, stretch: Drawn, choices: FitsChoices) -> None:
    """Write a frame as a monolithic XISF file of uncompressed 32-bit images."""
    with tempfile.TemporaryDirectory(prefix="astroview-") as folder, collected_warnings():
        scratch = Path(folder) / "scratch.fits"
        with scratch.open("w+b") as twin:
            write_fits(twin, frame, stretch, replace(choices, only_image=True))
        with fits.open(scratch, memmap=False, do_not_scale_image_data=True) as hdus:
            images = [_image(hdu) for hdu in hdus if _is_image(hdu)]
            _write(file, images)


def _is_image(hdu: Any) -> bool:
    return bool(hdu.is_image and hdu.shape) and text(hdu.header, "EXTNAME") not in _TABLES


def _image(hdu: Any) -> _Image:
    shape = hdu.shape if len(hdu.shape) == 3 else (1, *hdu.shape)
    return _Image(hdu, shape)


def _write(file: BinaryIO, images: list[_Image]) -> None:
    elements = [_element(image, first=i == 0) for i, image in enumerate(images)]
    longest = _header(elements, [10**18] * len(images), images)
    place = _aligned(16 + len(longest))
    places: list[int] = []
    for image in images:
        places.append(place)
        place = _aligned(place + image.size)
    header = _header(elements, places, images)
    file.write(SIGNATURE + struct.pack("<II", len(header), 0) + header)
    for place, image in zip(places, images, strict=True):
        file.write(b"\0" * (place - file.tell()))
        file.writelines(block.astype("<f4").tobytes() for block in image.planes())


def _aligned(place: int) -> int:
    return -(-place // _ALIGNED) * _ALIGNED


def _header(elements: list[str], places: list[int], images: list[_Image]) -> bytes:
    parts = [
        element.replace("@PLACE@", f"{place}:{image.size}")
        for element, place, image in zip(elements, places, images, strict=True)
    ]
    made = (
        '<Metadata><Property id="XISF:CreatorApplication" type="String">astroview</Property>'
        "</Metadata>"
    )
    body = "".join((*parts, made))
    start = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{start}<xisf version="1.0" xmlns="{_NAMESPACE}">{body}</xisf>'.encode()


def _element(image: _Image, *, first: bool) -> str:
    channels, height, width = image.shape
    header: fits.Header = without_tables(image.hdu.header)
    name = re.sub(r"\W", "_", text(header, "EXTNAME")) or ("main" if first else "image")
    low, high = (0.0, 1.0) if text(header, "RENDERED") else _bounds(image)
    attributes = {
        "id": name,
        "geometry": f"{width}:{height}:{channels}",
        "sampleFormat": "Float32",
        "bounds": f"{low!r}:{high!r}",
        "colorSpace": "RGB" if channels == 3 else "Gray",
        "location": "attachment:@PLACE@",
    }
    told = " ".join(f"{key}={quoteattr(value)}" for key, value in attributes.items())
    profile = _profile() if text(header, "RENDERED") and channels == 3 else ""
    return f"<Image {told}>{''.join(map(_keyword, header.cards))}{profile}</Image>"


def _bounds(image: _Image) -> tuple[float, float]:
    """The lowest and highest sample; the format wants them of all floating-point images."""
    ends = [
        (float(np.min(known)), float(np.max(known)))
        for block in image.planes()
        if (known := block[np.isfinite(block)]).size
    ]
    low, high = min((e[0] for e in ends), default=0.0), max((e[1] for e in ends), default=1.0)
    return (low, high) if low < high else (low, low + 1.0)


def _keyword(card: fits.Card) -> str:
    name = card.keyword or ""
    if _STORAGE.fullmatch(name) or len(name) > 8:
        return ""
    value, comment = _value(card.value), card.comment
    if name in ("HISTORY", "COMMENT", ""):
        value, comment = "", str(card.value)
    told = f"name={quoteattr(name or 'COMMENT')} value={quoteattr(value)}"
    return f"<FITSKeyword {told} comment={quoteattr(comment)}/>"


def _value(value: object) -> str:
    if isinstance(value, bool | np.bool_):
        return "T" if value else "F"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return "" if isinstance(value, fits.card.Undefined) or value is None else str(value)


def _profile() -> str:
    packed = base64.b64encode(srgb_icc(3)).decode("ascii")
    return f'<ICCProfile location="inline:base64">{escape(packed)}</ICCProfile>'
