"""What a JPEG 2000 file says of its samples in the boxes around them (ISO/IEC 15444-1, annex I)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from astroview.core.lazy_dataclass import dataclass

SIGNATURE = b"\0\0\0\x0cjP  \r\n\x87\n"
CODESTREAM = b"\xff\x4f\xff\x51"
SRGB, GREY, SYCC = 16, 17, 18  # code points of colour spaces that decoders turn into RGB
_SPACES = {12: "CMYK", 14: "CIELab", 15: "bi-level", 20: "e-sRGB", 21: "ROMM RGB", 24: "e-sYCC"}
_ENUMERATED, _RESTRICTED, ANY_ICC = 1, 2, 3  # kinds of descriptions of colour
_COLOUR, _OPACITY, _PREMULTIPLIED = 0, 1, 2
DEPTH = 42  # bytes from a codestream's begin to the depth of its first component
HEAD = 2**20  # bytes in which the boxes of the header are looked for


@dataclass(frozen=True)
class Jp2Header:
    """The part of a header that matters for colour.

    Attributes
    ----------
    bits, is_signed
        Of the first component.
    space
        A code point of a colour space; None where a profile or nothing is given.
    icc
        The profile of the colours; b"" without.
    icc_method
        Where in the file the byte stands that says of what kind the profile is; -1 without.
    alpha
        The channel of opacity, by the file's own word; None without.
    associated
        Whether colours are multiplied by it.
    in_order
        Whether channel 0 is the first colour, channel 1 the second ...
    """

    bits: int = 8
    is_signed: bool = False
    space: int | None = None
    icc: bytes = b""
    icc_method: int = -1
    alpha: int | None = None
    associated: bool = False
    in_order: bool = True

    @property
    def odd_space(self) -> str:
        """The name of a colour space that is not understood; "" mostly."""
        if self.space in (None, SRGB, GREY, SYCC):
            return ""
        return _SPACES.get(self.space or 0, f"number {self.space}")


def is_jp2(head: bytes) -> bool:
    """Whether a file begins as JPEG 2000 does, boxed or bare."""
    return head.startswith((SIGNATURE, CODESTREAM))


def read_header(content: bytes) -> Jp2Header:
    """The header of a file that `is_jp2`, by its first `HEAD` bytes. Raises ValueError or
    struct.error for nonsense.
    """
    content = content[:HEAD]
    at = content.find(CODESTREAM)
    if at < 0 or at + DEPTH >= len(content):
        raise ValueError("its picture is missing")
    depth = content[at + DEPTH]
    said: dict[str, object] = {"bits": (depth & 127) + 1, "is_signed": bool(depth & 128)}
    if content.startswith(SIGNATURE):
        for kind, start, end in _boxes(content, 0, at):
            if kind == b"jp2h":
                said |= _spoken(content, start, end)
    return Jp2Header(**said)  # pyright: ignore[reportArgumentType]


def _spoken(content: bytes, start: int, end: int) -> dict[str, object]:
    """What the boxes of the header say of colours; of several descriptions the first counts."""
    found: dict[str, object] = {}
    for kind, first, last in _boxes(content, start, end):
        if kind == b"colr" and not ("space" in found or "icc" in found):
            found |= _colour(content, first, last)
        elif kind == b"cdef":
            found |= _channels(content[first:last])
    return found


def _colour(content: bytes, first: int, last: int) -> dict[str, object]:
    method = content[first]
    if method == _ENUMERATED:
        return {"space": struct.unpack(">I", content[first + 3 : first + 7])[0]}
    if method in (_RESTRICTED, ANY_ICC):
        return {"icc": content[first + 3 : last], "icc_method": first}
    return {}


def _channels(box: bytes) -> dict[str, object]:
    (count,) = struct.unpack(">H", box[:2])
    rows = [struct.unpack(">HHH", box[2 + 6 * i : 8 + 6 * i]) for i in range(count)]
    opacity = [row for row in rows if row[1] in (_OPACITY, _PREMULTIPLIED)]
    return {
        "in_order": all(row[2] == row[0] + 1 for row in rows if row[1] == _COLOUR and row[2]),
        "alpha": opacity[0][0] if opacity else None,
        "associated": bool(opacity) and opacity[0][1] == _PREMULTIPLIED,
    }


def _boxes(content: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind, first and last byte of the boxes between two places."""
    while at + 8 <= end:
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        start = at + 8
        if length == 1:
            (length,) = struct.unpack(">Q", content[start : start + 8])
            start += 8
        last = min(at + length, len(content)) if length else len(content)
        if last <= at + 7:
            return
        yield kind, start, last
        at = last
