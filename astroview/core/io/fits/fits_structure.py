"""Whether the HDUs of a FITS file can be what they say, before any library walks them.

Libraries take sizes at their word: one axis of -1 makes a reader find the same HDU for ever,
10^9 axes make it count to 10^9. Here only the cards of structure are read, straight from the
file's blocks, and every one must be a whole number within bounds.
"""

from __future__ import annotations

import re
from math import prod
from typing import TYPE_CHECKING

from astroview.core.errors import UnreadableFrame
from astroview.core.io.windowed_reader import TYPES
from astroview.core.lazy_dataclass import dataclass
from astroview.core.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

BLOCK, CARD = 2880, 80  # bytes; a FITS file is made of blocks, a header of cards
MAX_AXES = 64  # the standard has room for 999, but no array library goes beyond this
MAX_FIELDS = 999  # columns of a table; the standard's own bound
MAX_SEED = 10_000  # of dithering; the standard's own bound
MAX_HEADER = 16 * 2**20  # bytes of one header: 200,000 cards
MAX_HDUS = 100_000
MAX_BYTES = 2**62  # of one HDU: what a file position can hold

# As lenient about blanks, case and HIERARCH as the libraries are, so that none sees other cards.
_STRUCTURE = re.compile(
    rb" {0,3}(?:HIERARCH\s+)?"
    rb"(BITPIX|NAXIS\d*|PCOUNT|GCOUNT|GROUPS|TFIELDS|ZBITPIX|ZNAXIS\d*|ZTILE\d+|ZDITHER0)\s*=(.*)",
    re.IGNORECASE | re.DOTALL,
)
_INTEGER = re.compile(rb"[+-]?\d{1,18}")


@dataclass(frozen=True)
class HduPlace:
    """Where one HDU lies: its header, its data of ``size`` bytes, and what follows (offsets)."""

    header: int
    data: int
    size: int
    end: int


def hdu_places(file: BinaryIO, name: str) -> Iterator[HduPlace]:
    """The HDUs of a FITS file in order, each checked before it is yielded.

    Ends where no further header begins. The file's position is its own: pass a file that
    nobody else reads. Raises UnreadableFrame for sizes that cannot be.
    """
    start = 0
    for index in range(MAX_HDUS):
        file.seek(start)
        cards = _structure_cards(file, name, index)
        if cards is None:
            return
        data = file.tell()
        size = _checked_size(cards, name, index)
        place = HduPlace(start, data, size, data + -(-size // BLOCK) * BLOCK)
        yield place
        start = place.end
    raise impossible(name, f"it has more than {MAX_HDUS:,} HDUs")


def impossible(name: str, what: str) -> UnreadableFrame:
    """The error for a file that says of itself what cannot be."""
    return UnreadableFrame(
        Text("{name} is damaged: {what}", name=name, what=what),
        hint="Download or copy it again, or ask whoever made it for a valid FITS file.",
    )


def _structure_cards(file: BinaryIO, name: str, index: int) -> dict[str, int] | None:
    """The cards of structure of the header at the file's position; None when there is none."""
    cards: dict[str, int] = {}
    for number in range(MAX_HEADER // BLOCK):
        block = file.read(BLOCK)
        if len(block) < BLOCK or (number == 0 and not _begins(block)):
            return None
        for at in range(0, BLOCK, CARD):
            card = block[at : at + CARD]
            if card.rstrip() == b"END":
                return cards
            if found := _STRUCTURE.match(card):
                _take(cards, found[1].decode().upper(), found[2], f"{name}|{index}")
            elif found := _STRUCTURE.match(card[:8] + b"="):
                # Without "=" a card has no value, and readers differ in what they make of it.
                raise impossible(name, f"HDU {index} gives {found[1].decode().upper()} no value")
    raise impossible(name, f"the header of HDU {index} has no end")


def _begins(block: bytes) -> bool:
    return block.startswith((b"SIMPLE", b"XTENSION"))


def _take(cards: dict[str, int], keyword: str, raw: bytes, where: str) -> None:
    name, _, index = where.rpartition("|")
    words = raw.partition(b"/")[0].strip()
    if keyword == "GROUPS":
        cards[keyword] = int(words == b"T")
        return
    if not _INTEGER.fullmatch(words):
        said = words.decode("ascii", "replace")[:20]
        raise impossible(name, f"HDU {index} says {keyword} = {said}, which is no whole number")
    value = int(words)
    if cards.setdefault(keyword, value) != value:
        raise impossible(name, f"HDU {index} says {keyword} twice, {cards[keyword]} and {value}")
    if not _in_bounds(keyword, value):
        raise impossible(name, f"HDU {index} says {keyword} = {value}, which cannot be")


def _in_bounds(keyword: str, value: int) -> bool:
    if keyword in ("BITPIX", "ZBITPIX"):
        return value in TYPES
    if keyword in ("NAXIS", "ZNAXIS"):
        return 0 <= value <= MAX_AXES
    if keyword == "TFIELDS":
        return 0 <= value <= MAX_FIELDS
    if keyword == "ZDITHER0":  # where a table of random numbers is entered
        return 0 <= value <= MAX_SEED
    if keyword.startswith("ZTILE"):
        return value > 0
    return value >= 0


def _checked_size(cards: dict[str, int], name: str, index: int) -> int:
    """Bytes of the data, without padding."""
    axes = [cards.get(f"NAXIS{i + 1}") for i in range(cards.get("NAXIS", 0))]
    if None in axes:
        raise impossible(name, f"HDU {index} does not say how long axis {axes.index(None) + 1} is")
    lengths = [length for length in axes if length is not None]
    if lengths and lengths[0] == 0 and cards.get("GROUPS"):
        lengths = lengths[1:]
    if cards.get("TFIELDS") is not None and lengths[:1] == [0] and prod(lengths[1:]) > 0:
        raise impossible(
            name, f"HDU {index} says that it has {prod(lengths[1:]):,} rows of nothing"
        )
    count = cards.get("GCOUNT", 1) * (cards.get("PCOUNT", 0) + prod(lengths)) if lengths else 0
    size = abs(cards.get("BITPIX", 8)) // 8 * count
    if size > MAX_BYTES:
        raise impossible(name, f"HDU {index} says that it holds {size:.0e} bytes")
    return size
