"""Texts, names and numbers as FITS cards hold them: printable ASCII, on one line, finite.

Every card of ours is made here; astropy refuses what a card cannot hold, and a file would not be
written for a letter in its name. What comes from another file's header is one already.
"""

from __future__ import annotations

import os
import re
import unicodedata
from math import isfinite
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_from_bytes, unquote_to_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from astropy.io import fits

_SIMPLE = {
    "×": "x", "–": "-", "—": "-", "−": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...",
    "µ": "u", "μ": "u", "°": " deg", "″": '"', "′": "'", "Å": "Angstrom",
    "²": "^2", "³": "^3",
}  # fmt: skip
_CARD, _KEYWORD, _NUMBER = 80, len("KEYWORD = "), 20  # letters of a card and of its parts
# All printable ASCII but what begins an escape, what a card doubles, and what continues it.
_KEPT = "".join(chr(i) for i in range(32, 127) if chr(i) not in "%'&")
_LAST_SPACES = re.compile(r" +$")


def card(keyword: str, value: Any = None, comment: str = "") -> fits.Card:
    """A card with a text, number or truth; long texts are continued (FITS 4.0, 4.2.1.2).

    A number that is not finite becomes an undefined value.
    """
    from astropy.io import fits  # not at start

    comment = one_line(comment)
    if isinstance(value, str):
        # Blank reads back as empty; astropy takes the end of '' for one that an apostrophe of the
        # comment closes.
        value = one_line(value) or " "
        size = len(value.replace("'", "''")) + 2
        continued = size > _CARD - _KEYWORD
        return fits.Card(keyword, value, comment if continued else comment[: _room(size)])
    if isinstance(value, float) and not isfinite(value):
        value = None
    return fits.Card(keyword, value, comment[: _room(_NUMBER)])


def _room(size: int) -> int:
    """Letters of a comment that a card has room for, beside a value of that many."""
    return max(0, _CARD - _KEYWORD - max(_NUMBER, size) - len(" / "))


def add_history(header: fits.Header, lines: Iterable[str]) -> None:
    """Add lines of HISTORY; long ones take several cards."""
    for line in lines:
        header.add_history(one_line(line))


def one_line(text: str) -> str:
    """Text in printable ASCII, on one line."""
    return plain(" ".join(text.splitlines()) if "\n" in text or "\r" in text else text)


def plain(text: str) -> str:
    r"""Text in printable ASCII (and newlines), which is all that FITS and TIFF know.

    Accents are left out (é: e), signs are spelt (µ: u), what has no likeness is escaped as in
    Python (``\u2604``); a tab is a space.
    """
    return text if _is_plain(text) else "".join(map(_plain_letter, text))


def _is_plain(text: str) -> bool:
    return text.isascii() and all(c.isprintable() or c == "\n" for c in text)


def _plain_letter(letter: str) -> str:
    if " " <= letter <= "~" or letter == "\n":
        return letter
    if letter in _SIMPLE:
        return _SIMPLE[letter]
    if letter.isspace():
        return " "
    base = unicodedata.normalize("NFKD", letter)
    base = "".join(c for c in base if not unicodedata.combining(c))
    if unicodedata.combining(letter):
        return ""
    if base and _is_plain(base) and "\n" not in base:
        return base
    return letter.encode("unicode_escape").decode("ascii")


def escaped_name(name: str) -> str:
    """A file's name in printable ASCII, from which `unescaped_name` has every byte of it again.

    What FITS cannot hold is written as in addresses of the web (``%0A``).
    """
    escaped = quote_from_bytes(os.fsencode(name), safe=_KEPT)
    return _LAST_SPACES.sub(lambda found: "%20" * len(found[0]), escaped)


def unescaped_name(text: str) -> str:
    """The name that `escaped_name` made this of."""
    return os.fsdecode(unquote_to_bytes(text))
