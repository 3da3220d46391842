"""What an AVIF says of its colours in a box of code points (ISO 23008-12, colr nclx)."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, BinaryIO

from astroview.core.io.pictures.png_colour import cicp_profile

if TYPE_CHECKING:
    from astroview.core.colour.colour_profiles import Profile

_HEAD = 65536  # bytes in which the boxes of properties are looked for


def avif_profile(file: BinaryIO, colours: int) -> Profile | None:
    """The profile of the colours, None for sRGB. Raises HdrColours where they are for HDR."""
    head = file.read(_HEAD)
    at = head.find(b"colrnclx")
    if at < 0 or len(head) < at + 12:
        return None
    primaries, transfer = struct.unpack(">HH", head[at + 8 : at + 12])
    return cicp_profile(primaries, transfer, colours)
