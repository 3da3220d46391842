"""Arrays of results in scratch files."""

from __future__ import annotations

import errno
import math
import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from astroview.core.errors import DiskFull, UnreadableFrame
from astroview.core.texts import Text


def kept(path: Path) -> NDArray[Any]:
    """The samples of an earlier result, mapped."""
    try:
        return np.load(path, mmap_mode="r")
    except (OSError, ValueError) as problem:
        raise UnreadableFrame(
            Text("the earlier result cannot be read: {problem}", problem=problem),
            hint="Enhance the frame again.",
        ) from problem


def zeros(path: Path, shape: tuple[int, ...], kind: type[Any]) -> NDArray[Any]:
    """A new file of zeros, mapped."""
    path.parent.mkdir(parents=True, exist_ok=True)
    size = math.prod(shape) * np.dtype(kind).itemsize
    try:
        array = np.lib.format.open_memmap(path, mode="w+", dtype=kind, shape=shape)
        if hasattr(os, "posix_fallocate"):  # a full disk would kill whoever writes to the map
            with path.open("r+b") as file:
                os.posix_fallocate(file.fileno(), 0, path.stat().st_size)
    except OSError as problem:
        if problem.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise DiskFull(
            Text(
                "There is no room for {size:.0f} MB of scratch in {parent}",
                size=size / 1000000.0,
                parent=path.parent.parent,
            ),
            hint="Make room, or let TMPDIR name a folder on a larger disk.",
        ) from problem
    return array
