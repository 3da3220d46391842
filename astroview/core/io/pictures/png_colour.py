"""What a PNG says of its colours: cICP, iCCP, sRGB, gAMA and cHRM, in this order of weight.

Format: W3C, Portable Network Graphics (third edition), sections 4.3 and 11.3.2; the numbers of
cICP: ITU-T H.273.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from astroview.core.colour.colour_profiles import (
    D65,
    SRGB_PRIMARIES,
    Profile,
    profile_of,
    read_profile,
)
from astroview.core.colour.colour_space import decode_srgb

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_COLOUR_CHUNKS = (b"cICP", b"iCCP", b"sRGB", b"gAMA", b"cHRM")
_MOST = 2**24  # bytes of a chunk before the samples that is looked at
_SRGB_GAMMA = 45455  # 1 / 2.2 in units of 1e-5: what writers of sRGB add for old readers
_STEEPEST, _FLATTEST = 1_000, 10_000_000  # of gAMA: exponents 100 to 0.01
_NEARLY = 0.05  # of a gamma: the difference that decoders of PNG let pass
_PRIMARIES = {  # H.273, table 2: white and primaries
    1: (D65, SRGB_PRIMARIES),
    5: (D65, (0.64, 0.33, 0.29, 0.60, 0.15, 0.06)),
    6: (D65, (0.630, 0.340, 0.310, 0.595, 0.155, 0.070)),
    7: (D65, (0.630, 0.340, 0.310, 0.595, 0.155, 0.070)),
    9: (D65, (0.708, 0.292, 0.170, 0.797, 0.131, 0.046)),
    11: ((0.314, 0.351), (0.680, 0.320, 0.265, 0.690, 0.150, 0.060)),
    12: (D65, (0.680, 0.320, 0.265, 0.690, 0.150, 0.060)),
}
_NAMES = {1: "BT.709", 9: "BT.2020", 11: "DCI-P3", 12: "Display P3"}
_HDR = {16: "PQ", 18: "HLG"}


class HdrColours(ValueError):
    """Colours that cannot be shown as they are meant."""


def colour_of(file: BinaryIO, colours: int) -> Profile | None:
    """The profile of a PNG's colours, None for sRGB; `colours` is 1 (grey) or 3.

    Raises HdrColours where they cannot be shown, and ValueError where what the file says makes no
    sense.
    """
    chunks = _colour_chunks(file)
    if b"cICP" in chunks:
        primaries, transfer, _, full = chunks[b"cICP"][:4]
        if not full:
            raise HdrColours("its black and white are those of video, 16 and 235 of 255")
        return cicp_profile(primaries, transfer, colours)
    if b"iCCP" in chunks:
        return fitting(read_profile(_unpacked(chunks[b"iCCP"])), colours)
    if b"sRGB" in chunks or not (b"gAMA" in chunks or b"cHRM" in chunks):
        return None
    return _from_numbers(chunks.get(b"gAMA"), chunks.get(b"cHRM"), colours)


def cicp_profile(primaries: int, transfer: int, colours: int) -> Profile | None:
    """The profile of code points (H.273); None for sRGB. Raises HdrColours for others."""
    if transfer in _HDR:
        raise HdrColours(f"its light is coded for HDR screens ({_HDR[transfer]})")
    primaries = 1 if primaries == 2 else primaries  # not specified: as most are
    if primaries == 1 and transfer in (1, 2, 6, 13, 14, 15):
        return None
    white, chromaticities = _PRIMARIES.get(primaries, (None, None))
    curve = _curve(transfer)
    if white is None or chromaticities is None or curve is None:
        raise HdrColours(f"its colours are coded in an unusual way ({primaries}/{transfer})")
    name = _NAMES.get(primaries, f"colours of kind {primaries}")
    return profile_of(name, colours, curve, white, chromaticities)


def _curve(transfer: int) -> float | NDArray[np.float32] | None:
    """From coded values to light. BT.709 is shown as sRGB: it describes a camera, not a screen."""
    if transfer in (1, 2, 6, 13, 14, 15):
        return decode_srgb(np.linspace(0, 1, 4096, dtype=np.float32))
    return {4: 2.2, 5: 2.8, 8: 1.0}.get(transfer)


def _from_numbers(gamma: bytes | None, primaries: bytes | None, colours: int) -> Profile | None:
    exponent = _SRGB_GAMMA
    if gamma is not None:
        (exponent,) = struct.unpack(">I", gamma[:4])
    if not _STEEPEST <= exponent <= _FLATTEST:
        raise ValueError(f"its gamma cannot be (gAMA is {exponent})")
    numbers = [*D65, *SRGB_PRIMARIES]
    if primaries is not None and colours == 3:
        numbers = [value / 1e5 for value in struct.unpack(">8I", primaries[:32])]
    usual = abs(exponent / _SRGB_GAMMA - 1) <= _NEARLY
    if usual and np.allclose(numbers, [*D65, *SRGB_PRIMARIES], atol=0.002):
        return None
    name = f"gamma {1e5 / exponent:.3g}"
    return profile_of(name, colours, 1e5 / exponent, numbers[:2], numbers[2:])


def fitting(profile: Profile, colours: int) -> Profile | None:
    """A profile for samples of so many colours; None for sRGB. Raises ValueError for others."""
    kinds = {1: ("gray", "rgb"), 3: ("rgb",), 4: ("cmyk",)}
    if profile.kind not in kinds[colours]:
        raise ValueError(f"its profile speaks of {profile.kind} samples")
    return None if profile.is_srgb else profile


def _unpacked(chunk: bytes) -> bytes:
    _, _, packed = chunk.partition(b"\0")
    try:
        return zlib.decompressobj().decompress(packed[1:], _MOST)
    except zlib.error as problem:
        raise ValueError("its colour profile is damaged") from problem


def _colour_chunks(file: BinaryIO) -> dict[bytes, bytes]:
    """The chunks that speak of colour, which stand before the samples."""
    file.seek(len(SIGNATURE))
    found: dict[bytes, bytes] = {}
    while len(head := file.read(8)) == 8:
        length, kind = struct.unpack(">I4s", head)
        if kind in (b"IDAT", b"IEND"):
            break
        if kind in _COLOUR_CHUNKS and length <= _MOST:
            found[kind] = file.read(length)
            file.seek(4, 1)
        else:
            file.seek(length + 4, 1)
    return found
