"""napari's way to open what astroview opens: FITS, XISF and raw photographs, with sky and unit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from astroview.bridges.napari_layers import Layer, layer_of
from astroview.core import memory_limits
from astroview.core.io.open_file import is_frame_file, list_hdus, open_frame

Reader = Callable[[str | Sequence[str]], list[Layer]]


def get_reader(path: str | Sequence[str]) -> Reader | None:
    """What reads such paths; None where astroview does not (npe2's ``readers``)."""
    return read if all(is_frame_file(one) for one in _paths(path)) else None


def read(path: str | Sequence[str]) -> list[Layer]:
    """One layer a file: its first picture, all planes of a cube.

    Raises
    ------
    AstroviewError
        It cannot be read, or takes more memory than it may; message and hint say so.
    """
    return [_read(one) for one in _paths(path)]


def _paths(path: str | Sequence[str]) -> list[Path]:
    return [Path(one) for one in ([path] if isinstance(path, str) else path)]


def _read(path: Path) -> Layer:
    frame = open_frame(path)
    planes = next((h.planes for h in list_hdus(path) if h.index == frame.hdu), 1)
    height, width = frame.shape
    needs = 4 * planes * height * width * frame.channels
    memory_limits.check_memory(path.name, path.stat().st_size, needs)
    if planes == 1 or frame.channels == 3:
        return layer_of(frame, frame.read())
    every = [open_frame(path, frame.hdu, plane).read() for plane in range(planes)]
    return layer_of(frame, np.stack(every))
