"""Decoders of tile-compressed FITS that stay within their tile, whatever stands in it.

The routines in C that astropy uses believe the packed bytes: they read on behind the end of a tile
that is cut or damaged, write as many pixels as it claims, and never end with blocks of no length.
Here the claims are checked, and padding that ends every code stands behind the bytes, so that what
is read too much is read there; the routines then say themselves that the tile is damaged.
"""

from __future__ import annotations

import struct
import zlib
from typing import Any

import numpy as np
from astropy.io.fits.hdu.compressed import _codecs, _tiled_compression
from astropy.io.fits.hdu.compressed._compression import (
    decompress_hcompress_1_c,
    decompress_plio_1_c,
    decompress_rice_1_c,
)
from numpy.typing import NDArray

_SPARE = 4096  # bytes of padding, at least
_MOST_PLANES = 62  # bit planes of HCOMPRESS: what its 64-bit numbers hold
_HCOMPRESS = struct.Struct(">HiiiqBBB")  # magic, sides, scale, sum, bit planes of three kinds
_MAGIC = 0xDD99
_MOST_SPARE = 2**20  # bytes that any tile may unpack to


class Rice(_codecs.Rice1):
    """RICE_1: at most four bytes a pixel are read behind the end, and ones end every run."""

    def decode(self, buf: Any) -> NDArray[Any]:
        if not 0 < self.blocksize < 2**20 or self.bytepix not in (1, 2, 4):
            raise ValueError(f"blocks of {self.blocksize} pixels of {self.bytepix} bytes")
        packed = _padded(buf, b"\xff", self.tilesize * (self.bytepix + 1))
        plain = decompress_rice_1_c(packed, self.blocksize, self.bytepix, self.tilesize)
        return np.frombuffer(plain, dtype=f"i{self.bytepix}")


class Plio(_codecs.PLIO1):
    """PLIO_1: a list of 16-bit words that says itself how long it is."""

    def decode(self, buf: Any) -> NDArray[Any]:
        words = _native(buf)
        listed = np.frombuffer(words[: len(words) // 2 * 2], np.int16).astype(np.int64)
        if len(listed) < 7:
            raise ValueError("a tile of no length")
        old = listed[2] <= 0  # the length stood elsewhere once
        length, first = (listed[3], 3) if old else ((listed[4] << 15) + listed[3], listed[1])
        if not (0 <= length <= len(listed) and 0 <= first <= len(listed)):
            raise ValueError(f"a tile of {length} words in {len(listed)}")
        packed = _padded(buf, b"\0", _SPARE)
        plain = decompress_plio_1_c(packed, self.tilesize)
        return np.frombuffer(plain, dtype="i4")


class HCompress(_codecs.HCompress1):
    """HCOMPRESS_1: the sides in the tile are those of the tile; the padding is no code at all."""

    def decode(self, buf: Any) -> NDArray[Any]:
        head = _native(buf)
        if len(head) < _HCOMPRESS.size:
            raise ValueError("a tile of no length")
        magic, nx, ny, _, _, *planes = _HCOMPRESS.unpack_from(head)
        if magic != _MAGIC or nx * ny != self.nx * self.ny or min(nx, ny) < 1:
            raise ValueError(f"a tile of {nx} x {ny} pixels instead of {self.nx} x {self.ny}")
        if max(planes) > _MOST_PLANES:
            raise ValueError(f"a tile of {max(planes)} bit planes")
        packed = _padded(buf, b"\x55", 2 * self.nx * self.ny)
        plain = decompress_hcompress_1_c(
            packed, self.nx, self.ny, self.scale, self.smooth, self.bytepix
        )
        return np.frombuffer(plain, dtype="i4")


class Gzip(_codecs.Gzip1):
    """GZIP_1: no more is unpacked than good packers make of a tile."""

    def decode(self, buf: Any) -> NDArray[Any]:
        return np.frombuffer(_unzipped(buf), np.uint8)


class ShuffledGzip(_codecs.Gzip2):
    """GZIP_2: likewise."""

    def decode(self, buf: Any) -> NDArray[Any]:
        plain = np.frombuffer(_unzipped(buf), np.uint8)
        return plain.reshape((self.itemsize, -1)).T.ravel()


def guard() -> None:
    """Have astropy decode tiles by these, in this process."""
    safe = {"RICE_1": Rice, "RICE_ONE": Rice, "PLIO_1": Plio, "HCOMPRESS_1": HCompress,
            "GZIP_1": Gzip, "GZIP_2": ShuffledGzip}  # fmt: skip
    _tiled_compression.ALGORITHMS.update(safe)


def _native(buf: Any) -> bytes:
    """The bytes of a tile, its words in the machine's order, as the routines take them."""
    return np.asarray(buf).astype(buf.dtype.newbyteorder("="), copy=False).tobytes()


def _padded(buf: Any, with_: bytes, count: int) -> NDArray[np.uint8]:
    """The bytes of a tile, behind which so much padding lies in memory."""
    plain = _native(buf)
    return np.frombuffer(plain + with_ * (count + _SPARE), np.uint8)[: len(plain)]


def _unzipped(buf: Any) -> bytes:
    packed = np.frombuffer(buf, np.uint8).tobytes()
    most = _MOST_SPARE + 1032 * len(packed)  # the best that deflate can do
    unpacker = zlib.decompressobj(wbits=31)
    plain = unpacker.decompress(packed, most)
    if not unpacker.eof:
        raise ValueError("a tile ends too early")
    return plain
