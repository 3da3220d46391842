"""What a JPEG XL file says of its colours and alpha, which the decoder does not hand out.

Format: ISO/IEC 18181-1, image header (annex D) and colour encoding (annex E). Bits come lowest
first; `u32` reads one of four ranges.
"""

from __future__ import annotations

import struct
from dataclasses import replace
from typing import Final

from astroview.core.lazy_dataclass import dataclass

_CODESTREAM = b"\xff\x0a"
_CONTAINER = b"\x00\x00\x00\x0cJXL \r\n\x87\n"
_LENGTH: Final = ((1, 9), (1, 13), (1, 18), (1, 30))
_ENUM: Final = ((0, 0), (1, 0), (2, 4), (18, 6))
_COORDINATE: Final = ((0, 19), (524288, 19), (1048576, 20), (2097152, 21))
_ALPHA, _SPOT, _FILTER_ARRAY = 0, 2, 5
_GREY, _XYB = 1, 2
_CUSTOM = 2
_PRIMARIES = {1: 1, 9: 9, 11: 12}  # primaries here -> primaries of H.273


@dataclass(frozen=True)
class JxlHeader:
    """The part of a header that matters for colour.

    Attributes
    ----------
    shape
        (H, W) as stored, before the orientation is applied.
    has_icc
        Whether the colours are described by an ICC profile, packed in the codestream.
    primaries, transfer
        Code points of H.273.
    gamma
        The exponent from coded values to light, where the file gives one instead of `transfer`.
    unusual
        Whether white or primaries are given in numbers of their own.
    """

    shape: tuple[int, int]
    bits: int = 8
    is_float: bool = False
    is_grey: bool = False
    has_alpha: bool = False
    associated: bool = False
    has_icc: bool = False
    primaries: int = 1
    transfer: int = 13
    gamma: float | None = None
    unusual: bool = False


def is_jxl(head: bytes) -> bool:
    """Whether a file begins as JPEG XL does."""
    return head.startswith((_CODESTREAM, _CONTAINER))


def read_header(content: bytes) -> JxlHeader:
    """The header of a JPEG XL file. Raises ValueError or IndexError when it makes no sense."""
    bits = _Bits(_codestream(content)[2:])
    height, width = _size(bits)
    header = JxlHeader((height, width))
    if bits.flag():  # everything as usual
        return header
    if bits.flag():
        bits.take(3)  # orientation: the decoder obeys it
        if bits.flag():
            _size(bits)
        _refuse(bits.flag(), "a preview")
        _refuse(bits.flag(), "an animation")
    is_float, depth = _depth(bits)
    bits.flag()
    alphas = [a for _ in range(bits.u32((0, 0), (1, 0), (2, 4), (1, 12))) if (a := _extra(bits))]
    bits.flag()  # XYB inside: the decoder turns it into what follows
    header = replace(
        header, bits=depth, is_float=is_float, has_alpha=bool(alphas),
        associated="associated" in alphas,
    )  # fmt: skip
    return _with_colours(header, bits)


def _with_colours(header: JxlHeader, bits: _Bits) -> JxlHeader:
    if bits.flag():
        return header
    has_icc, space = bits.flag(), bits.u32(*_ENUM)
    header = replace(header, has_icc=has_icc, is_grey=space == _GREY)
    if has_icc or space == _XYB:
        return header
    white = bits.u32(*_ENUM)
    for _ in range(2 if white == _CUSTOM else 0):
        bits.u32(*_COORDINATE)
    primaries = bits.u32(*_ENUM) if space != _GREY else 1
    for _ in range(6 if primaries == _CUSTOM else 0):
        bits.u32(*_COORDINATE)
    unusual = white != 1 or primaries not in _PRIMARIES
    header = replace(header, primaries=_PRIMARIES.get(primaries, 1), unusual=unusual)
    if bits.flag():
        return replace(header, gamma=1e7 / max(bits.take(24), 1))
    return replace(header, transfer=bits.u32(*_ENUM))


def _extra(bits: _Bits) -> str:
    """What an extra channel says of alpha: "", "straight" or "associated"."""
    if bits.flag():
        return "straight"
    kind = bits.u32(*_ENUM)
    _depth(bits)
    bits.u32((0, 0), (3, 0), (4, 0), (1, 3))
    for _ in range(bits.u32((0, 0), (0, 4), (16, 5), (48, 10))):
        bits.take(8)
    if kind == _ALPHA:
        return "associated" if bits.flag() else "straight"
    if kind == _SPOT:
        bits.take(64)
    if kind == _FILTER_ARRAY:
        bits.u32((1, 0), (0, 2), (3, 4), (19, 8))
    return ""


def _size(bits: _Bits) -> tuple[int, int]:
    """Height and width; nothing else is read of the sizes of aspect ratios."""
    small = bits.flag()
    height = 8 * (bits.take(5) + 1) if small else bits.u32(*_LENGTH)
    ratio = bits.take(3)
    if ratio == 0:
        return height, 8 * (bits.take(5) + 1) if small else bits.u32(*_LENGTH)
    across, down = ((1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))[ratio - 1]
    return height, height * across // down


def _depth(bits: _Bits) -> tuple[bool, int]:
    """Whether samples are floating-point numbers, and how many bits they have."""
    if not bits.flag():
        return False, bits.u32((8, 0), (10, 0), (12, 0), (1, 6))
    depth = bits.u32((32, 0), (16, 0), (24, 0), (1, 6))
    bits.take(4)
    return True, depth


def _refuse(there: bool, what: str) -> None:
    if there:
        raise ValueError(f"it holds {what}, which is not understood here")


def _codestream(content: bytes) -> bytes:
    """The codestream, or its first part, without the boxes around it."""
    if content.startswith(_CODESTREAM):
        return content
    at = 0
    while at + 8 <= len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        start, end = at + 8, at + length
        if length == 1:
            (long,) = struct.unpack(">Q", content[at + 8 : at + 16])
            start, end = at + 16, at + long
        elif length == 0:
            end = len(content)
        if kind == b"jxlc":
            return content[start:end]
        if kind == b"jxlp":
            return content[start + 4 : end]
        if end <= at:
            break
        at = end
    raise ValueError("it has no picture in it")


class _Bits:
    """Bits of bytes, lowest first."""

    def __init__(self, content: bytes) -> None:
        self._number = int.from_bytes(content[:4096], "little")
        self._left = 8 * min(len(content), 4096)

    def take(self, count: int) -> int:
        if count > self._left:
            raise ValueError("it ends too early")
        value = self._number & ((1 << count) - 1)
        self._number >>= count
        self._left -= count
        return value

    def flag(self) -> bool:
        return bool(self.take(1))

    def u32(self, *ranges: tuple[int, int]) -> int:
        start, count = ranges[self.take(2)]
        return start + self.take(count)
