"""FITS checksums (FITS standard 4.0, appendix J), summed piece by piece."""

from __future__ import annotations

import numpy as np

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
