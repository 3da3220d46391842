"""What a safetensors file says of itself, read without torch and without trust.

The format: eight bytes with the length of a JSON header, the header (tensors by name: type,
shape, place), then nothing but their values, one after the other.
"""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import Any, NoReturn, cast

import numpy as np

from astroview.core import strict_json
from astroview.core.errors import ModelRejected
from astroview.core.io.paths.plain_paths import opened
from astroview.core.lazy_dataclass import dataclass
from astroview.core.texts import Text

LONGEST = 4 * 2**20  # bytes of a header
SIZES = {"F16": 2, "BF16": 2, "F32": 4, "U8": 1}  # the last is a file of others, whole
_EXPONENTS = {
    "F16": ("<u2", np.uint16(0x7C00)),
    "BF16": ("<u2", np.uint16(0x7F80)),
    "F32": ("<u4", np.uint32(0x7F800000)),
}
_PIECE = 2**22  # bytes that are looked at at a time
METADATA = "__metadata__"


@dataclass(frozen=True)
class Tensors:
    """Shapes of the tensors by name, and the texts that were put beside them."""

    shapes: dict[str, tuple[int, ...]]
    metadata: dict[str, str]


def read_header(path: Path, name: str = "") -> Tensors:
    """Check a file from its first byte to its last length, but for the values.

    Parameters
    ----------
    name
        What to call the file in words, by default as it is called.

    Raises
    ------
    ModelRejected
        It is no safetensors file, is cut off, or holds something odd.
    """
    name = name or path.name
    try:
        with opened(path) as file:
            size = os.fstat(file.fileno()).st_size
            length = int.from_bytes(file.read(8), "little")
            if not 2 <= length <= min(LONGEST, size - 8):
                _reject(name, "its header has an impossible length")
            header = strict_json.loads(file.read(length))
    except (OSError, ValueError, RecursionError) as problem:
        _reject(name, Text("its header cannot be read ({name})", name=type(problem).__name__))
    if not isinstance(header, dict):
        _reject(name, "its header is no table")
    return _checked(cast("dict[str, Any]", header), size - 8 - length, name)


def check_values(path: Path, name: str = "") -> None:
    """ModelRejected when a file that `read_header` took holds a value that is no finite number."""
    name = name or path.name
    with opened(path) as file:
        length = int.from_bytes(file.read(8), "little")
        header = strict_json.loads(file.read(length))
        places = sorted(
            (entry["data_offsets"], entry["dtype"], key)
            for key, entry in header.items()
            if key != METADATA and entry["dtype"] in _EXPONENTS
        )
        for (start, stop), kind, key in places:
            file.seek(8 + length + start)
            left = stop - start
            while left > 0:
                content = file.read(min(left, _PIECE))
                left -= len(content)
                if not content or not _finite(content, kind):
                    _reject(name, Text("not all values of {key} are numbers", key=key[:80]))


def _finite(content: bytes, kind: str) -> bool:
    """Whether all are: no exponent has all its bits set."""
    letters, exponent = _EXPONENTS[kind]
    bits = np.frombuffer(content, letters) & exponent
    return not bool((bits == exponent).any())


def _checked(header: dict[str, Any], room: int, name: str) -> Tensors:
    metadata = header.pop(METADATA, {})
    if not isinstance(metadata, dict):
        _reject(name, "its metadata are no table")
    texts = {str(k): str(v) for k, v in cast("dict[Any, Any]", metadata).items()}
    places = sorted((_place(entry, name), key) for key, entry in header.items())
    end = 0
    for (start, stop), key in places:
        if start != end:
            _reject(name, Text("the values of {key} are not where they should be", key=key[:80]))
        end = stop
    if end != room:
        _reject(name, "it is cut off, or something was put behind its end")
    return Tensors({key: tuple(entry["shape"]) for key, entry in header.items()}, texts)


def _place(entry: Any, name: str) -> tuple[int, int]:
    """Where a tensor's values begin and end, which must be as many as its shape says."""
    try:
        shape, (start, stop) = entry["shape"], entry["data_offsets"]
        known = all(type(n) is int and 0 <= n < 2**40 for n in (*shape, start, stop))
        size = SIZES[entry["dtype"]] * math.prod(shape) if known and len(shape) <= 8 else -1
    except (KeyError, TypeError, ValueError):
        size, start, stop = -1, 0, 0
    if size != stop - start:
        _reject(name, "a tensor in it has no shape or type that this version knows")
    return start, stop


def _reject(name: str, why: str) -> NoReturn:
    raise ModelRejected(
        Text("{name} holds no weights that can be used: {why}", name=name, why=why),
        hint="The file is damaged, or is no safetensors file; get it once more.",
    )
