"""Planes of flags that go with a picture (DQ, mask): found in its file, and read by their bits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from astroview.core.frame import Window
from astroview.core.io.flag_names import FLAGS
from astroview.core.io.open_file import open_frame

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from astroview.core.frame import Frame
    from astroview.core.io.fits.hdu_info import HduInfo

SIDE = 4096  # rows and columns of the picture of flags, at most
ROWS = 4_000_000  # samples that are read at once


def quality_hdu(frame: Frame, hdus: Sequence[HduInfo]) -> int | None:
    """The HDU with the flags of a frame: of its size, named as such, the next one after it."""
    if not isinstance(frame.hdu, int):
        return None
    hdu = frame.hdu
    fits = [
        info.index for info in hdus
        if info.is_image and FLAGS.fullmatch(info.name.strip()) and info.shape[-2:] == frame.shape
    ]  # fmt: skip
    return next((i for i in fits if i > hdu), fits[0] if fits else None)


def flagged(frame: Frame, hdu: int, bits: int = 0) -> NDArray[np.bool_]:
    """Which pixels have one of these bits set (0: any), (H', W'), row 0 on top.

    Of frames with more than `SIDE` rows or columns each k x k pixels are one, flagged if any is.
    Raises UnreadableFrame.
    """
    assert frame.path is not None
    plane = open_frame(frame.path, hdu, max_bytes=frame.max_bytes)
    height, width = frame.shape
    k = max(1, -(-max(height, width) // SIDE))
    result = np.zeros((-(-height // k), -(-width // k)), bool)
    rows = max(k, ROWS // max(width, 1) // k * k)
    for top in range(0, height, rows):
        values = plane.read_exact(Window(top, 0, min(rows, height - top), width))
        whole = np.nan_to_num(values).astype(np.int64)
        hit = (whole & bits if bits else whole) != 0
        down = np.logical_or.reduceat(hit, np.arange(0, hit.shape[0], k), axis=0)
        both = np.logical_or.reduceat(down, np.arange(0, width, k), axis=1)
        result[top // k : top // k + both.shape[0]] = both
    return result
