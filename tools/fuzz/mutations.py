"""Damage done to a file's bytes: what bit rot, cut downloads, odd programs and bad will do."""

from __future__ import annotations

import random
import re
import struct

MOST = 2**18  # bytes of a seed; the harm lies in headers
NUMBERS = (b"0", b"-1", b"1", b"2", b"65535", b"2147483647", b"-2147483648", b"4294967296",
           b"999999999999999999", b"1E308", b"NaN", b"'x'", b"T")  # fmt: skip
WORDS = (0, 1, 2, 255, 256, 32767, 65535, 2**31 - 1, 2**31, 2**32 - 1)
_CARD = re.compile(rb"(= +)('[^']*'|[^ /']+)")
_NUMBER = re.compile(rb"\d+")


def mutated(content: bytes, chance: random.Random) -> bytes:
    """The content with one to six mutations."""
    data = bytearray(content[:MOST])
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        if not data:
            break
        chance.choice(_ALL)(data, chance)
    return bytes(data)


def _bytes(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 8)):
        data[chance.randrange(len(data))] = chance.randrange(256)


def _header_bytes(data: bytearray, chance: random.Random) -> None:
    data[chance.randrange(min(len(data), 3000))] = chance.randrange(256)


def _cut(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


def _repeat(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    piece = data[start : start + chance.choice((1, 80, 2880))]
    data[start:start] = piece * chance.choice((1, 2, 30))
    del data[4 * MOST :]


def _remove(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    del data[start : start + chance.choice((1, 2, 4, 80, 2880))]


def _swap_blocks(data: bytearray, chance: random.Random) -> None:
    size = chance.choice((4, 80, 2880))
    one, other = (chance.randrange(max(1, len(data) // size)) * size for _ in range(2))
    data[one : one + size], data[other : other + size] = (
        data[other : other + size],
        data[one : one + size],
    )


def _word(data: bytearray, chance: random.Random) -> None:
    """A binary number, as TIFF, PNG and the rest have them."""
    form = chance.choice(("<H", ">H", "<I", ">I"))
    packed = struct.pack(form, chance.choice(WORDS) % 2 ** (8 * struct.calcsize(form)))
    start = chance.randrange(min(len(data), 4000))
    data[start : start + len(packed)] = packed


def _card(data: bytearray, chance: random.Random) -> None:
    """The value of a card of a FITS header, in place."""
    cards = [at for at in range(0, min(len(data) - 8, 60_000), 80) if data[at + 8] == ord("=")]
    if not cards:
        _number(data, chance)
        return
    at = chance.choice(cards)
    data[at + 10 : at + 30] = chance.choice(NUMBERS).rjust(20)[:20]


def _number(data: bytearray, chance: random.Random) -> None:
    """A number in a text."""
    found = list(_NUMBER.finditer(data[:20_000]))
    if found:
        one = chance.choice(found)
        data[one.start() : one.end()] = chance.choice(NUMBERS)


_ALL = (_bytes, _header_bytes, _header_bytes, _cut, _repeat, _remove, _swap_blocks, _word, _word,
        _card, _card, _card, _number)  # fmt: skip
