"""One pixel of each square of a large PNG, read by strips: never more than a few megabytes at once.

The rows of a strip are unpacked, and libpng undoes their filters; what is kept of them becomes a
small PNG with the palette, transparency and colours of the large one. Of an interlaced PNG the
first pass is taken, which has every eighth pixel.

Format: W3C, Portable Network Graphics (third edition), sections 5, 7 to 9 and 13.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

import imagecodecs
import numpy as np
from numpy.typing import NDArray

from astroview.core.io.pictures.png_colour import SIGNATURE
from astroview.core.io.pictures.thinned_source import Tell, places, side_of_squares
from astroview.core.lazy_dataclass import dataclass

if TYPE_CHECKING:
    Bytes = NDArray[np.uint8]

_KEPT = (b"PLTE", b"tRNS", b"cICP", b"iCCP", b"sRGB", b"gAMA", b"cHRM", b"sBIT", b"eXIf")
_MOST_KEPT = 2**24  # bytes of what stands before the pixels
_STRIP = 2**22  # bytes of rows unpacked at a time
_PIECE = 2**16  # bytes of the file read at a time
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # by colour type
_FIRST_PASS = 8  # of an interlaced picture: every such pixel
# By the bytes of a pixel: a kind of PNG (bits, colour type) whose filters do the same.
_ALIKE = {1: (8, 0), 2: (8, 4), 3: (8, 2), 4: (8, 6), 6: (16, 2), 8: (16, 6)}


@dataclass(frozen=True)
class _Head:
    """The size of the rows in the file, and what stands before the pixels."""

    width: int
    height: int
    depth: int
    colour: int
    first_pass: bool
    chunks: bytes

    @property
    def bits(self) -> int:
        """Of a pixel."""
        return self.depth * _CHANNELS[self.colour]

    @property
    def row(self) -> int:
        """Bytes of a row, without its filter."""
        return -(-self.width * self.bits // 8)


def thinned_png(file: BinaryIO, most_side: int, tell: Tell) -> tuple[bytes, int]:
    """A PNG of one pixel of each square, and the side of the squares.

    Parameters
    ----------
    most_side
        Pixels that the small picture may have along a side.

    Raises
    ------
    ValueError
        It is no PNG, or what stands before its pixels makes no sense.
    """
    head = _head(file)
    side = side_of_squares((head.height, head.width), most_side)
    ys, xs = places(head.height, side), places(head.width, side)
    kept = np.zeros((len(ys), -(-len(xs) * head.bits // 8)), np.uint8)
    done = 0
    for top, rows in _strips(head, _unpacked(file, head)):
        wanted = ys[(ys >= top) & (ys < top + len(rows))]
        if wanted.size:
            kept[done : done + len(wanted)] = _columns(rows[wanted - top], xs, head)
            done += len(wanted)
        tell(min(top + len(rows), head.height), head.height)
    if done < len(ys):
        raise ValueError("it ends too early")
    made = _png(len(xs), head.depth, head.colour, kept, head.chunks)
    return made, side * (_FIRST_PASS if head.first_pass else 1)


def _head(file: BinaryIO) -> _Head:
    if file.read(8) != SIGNATURE:
        raise ValueError("it is no PNG")
    length, kind = struct.unpack(">I4s", file.read(8))
    if kind != b"IHDR" or length != 13:
        raise ValueError("its header is damaged")
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", file.read(13))
    file.read(4)
    bits = depth * _CHANNELS.get(colour, 0)
    if not width or not height or (bits not in (1, 2, 4) and bits // 8 not in _ALIKE):
        raise ValueError("its header makes no sense")
    if interlaced:
        width, height = -(-width // _FIRST_PASS), -(-height // _FIRST_PASS)
    return _Head(width, height, depth, colour, bool(interlaced), _chunks(file))


def _chunks(file: BinaryIO) -> bytes:
    """What is kept of the chunks before the pixels; the file stands at the first of those."""
    kept = b""
    while True:
        start = file.tell()
        length, kind = struct.unpack(">I4s", file.read(8))
        if kind == b"IDAT":
            file.seek(start)
            return kept
        if kind in _KEPT:
            if len(kept) + length > _MOST_KEPT:
                raise ValueError("what stands before its pixels is too long")
            kept += _chunk(kind, file.read(length))
        else:
            file.seek(length, 1)
        file.seek(4, 1)


def _unpacked(file: BinaryIO, head: _Head) -> Iterator[bytes]:
    """The rows, each with its filter, in strips; fewer where the file ends early."""
    unpacker, strip = zlib.decompressobj(), bytearray()
    rows = max(1, _STRIP // (head.row + 1))
    wanted = rows * (head.row + 1)
    for piece in _packed(file):
        left = piece
        while left:
            strip += unpacker.decompress(left, wanted - len(strip))
            left = unpacker.unconsumed_tail
            if len(strip) == wanted:
                yield bytes(strip)
                strip.clear()
        if unpacker.eof:
            break
    yield bytes(strip)


def _packed(file: BinaryIO) -> Iterator[bytes]:
    while len(start := file.read(8)) == 8:
        length, kind = struct.unpack(">I4s", start)
        if kind != b"IDAT":
            return
        while length > 0 and (piece := file.read(min(length, _PIECE))):
            length -= len(piece)
            yield piece
        file.seek(4, 1)


def _strips(head: _Head, strips: Iterator[bytes]) -> Iterator[tuple[int, Bytes]]:
    """The first row of each strip, and its rows without filters, as bytes (rows, bytes)."""
    above, top = np.zeros(head.row, np.uint8), 0
    for strip in strips:
        count = min(len(strip) // (head.row + 1), head.height - top)
        if count == 0:
            return
        filtered = np.frombuffer(strip, np.uint8, count * (head.row + 1)).reshape(count, -1)
        rows = _without_filters(filtered, above, head)
        yield top, rows
        above, top = rows[-1], top + count


def _without_filters(filtered: Bytes, above: Bytes, head: _Head) -> Bytes:
    """Rows (n, bytes) of filtered ones (n, 1 + bytes), the row above them known."""
    step = max(1, head.bits // 8)
    depth, colour = _ALIKE[step]
    first = np.concatenate([np.zeros(1, np.uint8), above])
    body = np.concatenate([first[None], filtered])
    small = _wrapped(head.row // step, depth, colour, body)
    decoded = imagecodecs.png_decode(small)
    plain = decoded.astype(">u2").view(np.uint8) if depth == 16 else decoded
    return plain.reshape(len(body), head.row)[1:]


def _columns(rows: Bytes, xs: NDArray[np.intp], head: _Head) -> Bytes:
    if head.bits >= 8:
        step = head.bits // 8
        return rows.reshape(len(rows), head.width, step)[:, xs].reshape(len(rows), -1)
    bits = np.unpackbits(rows, axis=1)[:, : head.width * head.bits]
    some = bits.reshape(len(rows), head.width, head.bits)[:, xs]
    return np.packbits(some.reshape(len(rows), -1), axis=1)


def _png(width: int, depth: int, colour: int, rows: Bytes, chunks: bytes) -> bytes:
    body = np.concatenate([np.zeros((len(rows), 1), np.uint8), rows], 1)
    return _wrapped(width, depth, colour, body, chunks)


def _wrapped(width: int, depth: int, colour: int, body: Bytes, chunks: bytes = b"") -> bytes:
    head = struct.pack(">IIBBBBB", width, len(body), depth, colour, 0, 0, 0)
    pixels = zlib.compress(body.tobytes(), 0)
    return b"".join(
        [SIGNATURE, _chunk(b"IHDR", head), chunks, _chunk(b"IDAT", pixels), _chunk(b"IEND", b"")]
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
