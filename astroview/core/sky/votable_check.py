"""What a VOTable asks of its reader, found out before it is read.

A VOTable may name a place on the network or on this disk where its rows lie, say that it has
more rows than anybody has memory for, and define words that stand for a million others. The
elements that can do so are looked at in the raw file.
"""

from __future__ import annotations

import mmap
import re
from math import prod
from typing import TYPE_CHECKING

from astroview.core.errors import AstroviewError
from astroview.core.memory_limits import check_memory

if TYPE_CHECKING:
    from pathlib import Path

_ELEMENT = re.compile(
    rb"<(?:[\w.-]+:)?(TABLE|FIELD|STREAM|!ENTITY)\b((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*)"
)
_ATTRIBUTE = re.compile(rb"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_BYTES = {
    "boolean": 1, "bit": 1, "unsignedByte": 1, "char": 1, "short": 2, "int": 4, "unicodeChar": 4,
    "float": 4, "long": 8, "double": 8, "floatComplex": 8, "doubleComplex": 16,
}  # fmt: skip
_ROWS_AT_ONCE = 512  # that the library makes room for when a table does not say how many it has
_POINTER = 8


def check_votable(path: Path, error: type[AstroviewError]) -> None:
    """Raise ``error`` when a VOTable's rows lie elsewhere, or cannot be as many as it says.

    Raises `memory_limits.TooLarge` when it would take more memory than it may.
    """
    size = path.stat().st_size
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text:
        rows, width, needs = 0, 0, 0
        for found in _ELEMENT.finditer(text):
            kind, said = found[1].decode(), _attributes(found[2])
            if kind == "!ENTITY":
                raise error(
                    f"{path.name} defines words of its own (entities), which can do harm",
                    hint="Save it again with TOPCAT or astropy.",
                )
            if kind == "STREAM" and "href" in said:
                raise error(
                    f"The rows of {path.name} lie elsewhere, at {said['href'][:200]}",
                    hint="Download them, or save the table with its rows in one file.",
                )
            if kind == "TABLE":
                rows, width = _whole(said.get("nrows", "0")), 0
                if rows > size:
                    raise error(f"{path.name} says that it has {rows:,} rows, in {size:,} bytes")
            if kind == "FIELD":
                width += _width(said)
                needs = max(needs, width * max(rows, _ROWS_AT_ONCE))
    check_memory(path.name, size, needs)


def _attributes(text: bytes) -> dict[str, str]:
    return {
        key.decode("ascii", "replace"): (double or single).decode("utf-8", "replace")
        for key, double, single in _ATTRIBUTE.findall(text)
    }


def _whole(words: str) -> int:
    return int(words) if words.strip().isdecimal() and len(words) < 19 else 0


def _width(field: dict[str, str]) -> int:
    """Bytes of a field in a row of the array."""
    lengths = field.get("arraysize", "1").split("x")
    if "*" in lengths[-1]:
        return _POINTER
    return _BYTES.get(field.get("datatype", ""), 16) * prod(_whole(length) for length in lengths)
