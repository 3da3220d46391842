"""Which frames have a part in each pixel of a stack: a bit for each, as drizzle keeps them.

Bit i of plane k stands for frame 32 k + i of those that took part, in the order of IMCMB001,
IMCMB002, ...
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import numpy as np
from astropy.io import fits

from astroview.core.io.fits.checksums import PLACEHOLDERS, add32, encode, fill_in_sums

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Bits = NDArray[np.uint32]

BITS = 32
NAME = "CONTEXT"
_UNIT = 2880
_ROWS = 256  # written at a time


def planes_for(frames: int) -> int:
    """How many planes so many frames need."""
    return max(1, -(-frames // BITS))


def bits_of(seen: Sequence[tuple[int, NDArray[np.bool_]]], frames: int, side: int) -> Bits:
    """(planes, h, w) of the frames' places in the list and where each was seen (h s, w s), in
    pixels that are ``side`` times as large.
    """
    height, width = (n // side for n in seen[0][1].shape)
    found = np.zeros((planes_for(frames), height, width), np.uint32)
    for place, where in seen:
        whole = where.reshape(height, side, width, side).any((1, 3))
        found[place // BITS][whole] |= np.uint32(1 << place % BITS)
    return found


def frames_at(bits: Bits) -> tuple[int, ...]:
    """The places in the list of the frames that one pixel's (planes,) bits name."""
    return tuple(
        BITS * k + i for k, word in enumerate(bits) for i in range(BITS) if int(word) >> i & 1
    )


def write_context(file: BinaryIO, context: Bits, sky: fits.Header) -> None:
    """Append the extension: 32-bit integers (planes, H, W), the bottom row first.

    ``sky`` is a header with the coordinates of the pixels.
    """
    header = fits.Header([
        ("XTENSION", "IMAGE"), ("BITPIX", 32), ("NAXIS", 3), ("NAXIS1", context.shape[2]),
        ("NAXIS2", context.shape[1]), ("NAXIS3", context.shape[0]), ("PCOUNT", 0), ("GCOUNT", 1),
        ("EXTNAME", NAME, "frames of a pixel: bit i of plane k is IMCMB(32k+i+1)"),
    ])  # fmt: skip
    header.extend(sky)
    for keyword, empty in PLACEHOLDERS:
        header[keyword] = empty
    start, content, total = file.tell(), encode(header), 0
    file.write(content)
    size = 0
    for plane in context:
        for bottom in range(len(plane), 0, -_ROWS):
            rows = plane[max(0, bottom - _ROWS) : bottom][::-1]
            packed = np.ascontiguousarray(rows, ">u4").tobytes()
            total = add32(total, packed)
            file.write(packed)
            size += len(packed)
    file.write(b"\0" * (-size % _UNIT))
    end = file.tell()
    fill_in_sums(content, total)
    file.seek(start)
    file.write(content)
    file.seek(end)
