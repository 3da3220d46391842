"""FITS checksums (FITS standard 4.0, appendix J), summed piece by piece."""

from __future__ import annotations

import numpy as np
from astropy.io import fits

from astroview.core.library_warnings import collected_warnings

PLACEHOLDERS = (("DATASUM", "0".ljust(10)), ("CHECKSUM", "0" * 16))
_CARD = 80

# ASCII punctuation between the digits and letters, which the encoding must not use.
_PUNCTUATION = {*range(0x3A, 0x41), *range(0x5B, 0x61)}


def add32(total: int, content: bytes) -> int:
    """Add bytes (a multiple of four of them) to a 32-bit ones' complement sum."""
    total += int(np.frombuffer(content, ">u4").sum(dtype=np.uint64))
    while total >> 32:
        total = (total & 0xFFFFFFFF) + (total >> 32)
    return total


def encoded(total: int) -> str:
    """The complement of a sum as the 16 characters of a CHECKSUM card."""
    complement = ~total & 0xFFFFFFFF
    columns = [_four_characters(complement >> shift & 0xFF) for shift in (24, 16, 8, 0)]
    text = "".join(chr(columns[i][j]) for j in range(4) for i in range(4))
    return text[-1] + text[:-1]  # the card's value starts one byte off a multiple of four


def _four_characters(byte: int) -> list[int]:
    """Four alphanumeric characters which, less 48 each, add up to the byte."""
    four = [byte // 4 + 48] * 4
    four[0] += byte % 4
    while any(character in _PUNCTUATION for character in four):
        for j in (0, 2):
            if four[j] in _PUNCTUATION or four[j + 1] in _PUNCTUATION:
                four[j] += 1
                four[j + 1] -= 1
    return four


def encode(header: fits.Header) -> bytearray:
    """A header as it is stored, what is not ASCII replaced."""
    with collected_warnings():
        return bytearray(header.tostring().encode("ascii", errors="replace"))


def fill_in(content: bytearray, keyword: str, value: str | float) -> None:
    """Replace a card of an encoded header, which takes long to encode again."""
    name = f"{keyword:8}= ".encode("ascii")
    at = next(i for i in range(0, len(content), _CARD) if content.startswith(name, i))
    content[at : at + _CARD] = fits.Card(keyword, value).image.encode("ascii")


def fill_in_sums(content: bytearray, total: int) -> None:
    """Fill DATASUM and CHECKSUM into an encoded header that has `PLACEHOLDERS`."""
    fill_in(content, "DATASUM", str(total).ljust(10))
    fill_in(content, "CHECKSUM", encoded(add32(total, bytes(content))))
