"""JSON from files that anybody may have written: whatever is wrong with it is a ValueError.

Python's own reader takes NaN and infinity, which JSON has not, and whole numbers that no float
holds; it ends in a RecursionError where brackets are nested some thousand deep, and what it just
takes, others that walk through it do not.
"""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any, NoReturn, cast

from astroview.core.io.paths.plain_paths import is_file, opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MAX_BYTES = 64 * 2**20  # of a file that is read as a whole
DEEPEST = 100  # brackets within brackets
_DIGITS = 300  # of a whole number: a float holds 308


def loads(text: str | bytes, *, nan: bool = False) -> Any:
    """What a text says; ``nan`` lets NaN and infinities pass. Raises ValueError."""
    try:
        if nan:
            found = json.loads(text, parse_int=_whole)
        else:
            found = json.loads(
                text, parse_constant=_no_constant, parse_float=_finite, parse_int=_whole
            )
    except RecursionError:
        raise ValueError("it is nested too deep") from None
    _check_depth(found)
    return found


def read(path: Path) -> dict[str, Any]:
    """The object in a file. Raises OSError, and ValueError for anything but one object."""
    found = loads(content(path).decode("utf-8-sig"))
    if not isinstance(found, dict):
        raise ValueError("it is no object of JSON")
    return cast("dict[str, Any]", found)


def content(path: Path) -> bytes:
    """All of a small file, which is waited for by nobody. Raises OSError, ValueError: too large."""
    with opened(path) as file:
        found = file.read(MAX_BYTES + 1)
    if len(found) > MAX_BYTES:
        raise ValueError("it is too large")
    return found


def lines(path: Path) -> Iterator[str]:
    """The lines of a file of JSON lines, none where it is missing; what is no UTF-8 in one spoils
    no other. A line of more than `MAX_BYTES` ends the file. Raises OSError.
    """
    if not is_file(path):
        return
    with opened(path) as file:
        while line := file.readline(MAX_BYTES):
            if len(line) == MAX_BYTES and not line.endswith(b"\n"):
                return
            yield line.decode("utf-8", "replace").rstrip("\r\n")


def set_aside(path: Path) -> Path | None:
    """Keep a file that cannot be used as ``NAME.bak`` beside it, and say where; None: it cannot be.

    The file itself stays until something else takes its place.
    """
    kept = path.with_name(f"{path.name}.bak")
    try:
        shutil.copyfile(path, kept)
    except OSError:
        return None
    return kept


def _check_depth(found: Any) -> None:
    level = [found]
    for _ in range(DEEPEST + 1):
        level = [one for held in level for one in _held(held) if isinstance(one, list | dict)]
        if not level:
            return
    raise ValueError("it is nested too deep")


def _held(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return cast("dict[str, Any]", value).values()
    return cast("list[Any]", value) if isinstance(value, list) else ()


def _no_constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is no JSON")


def _whole(text: str) -> int:
    if len(text) > _DIGITS:
        raise ValueError(f"{text[:20]}... is beyond what numbers hold")
    return int(text)


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"{text[:20]} is beyond what numbers hold")
    return number
