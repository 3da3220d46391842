"""One pixel of each square of a large page of a TIFF, read strip by strip or tile by tile."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from astroview.core.io.pictures.thinned_source import Thinning, places, side_of_squares
from astroview.core.memory_limits import check_memory

_AT_ONCE = 2**24  # packed bytes that are read at a time


def thinned_page(name: str, size: int, page: Any, thinning: Thinning) -> tuple[NDArray[Any], int]:
    """The samples of one pixel of each square, (h, w) or (h, w, C), and the side of the squares.

    Raises TooLarge when a single strip or tile takes more than the file may, and what tifffile
    raises where one is damaged.
    """
    height, width, channels = page.imagelength, page.imagewidth, page.samplesperpixel
    if page.imagedepth != 1:
        raise ValueError("pages of three dimensions have no preview")
    check_memory(name, size, 4 * prod(page.chunks) * page.dtype.itemsize)
    side = side_of_squares((height, width), thinning.most_side)
    ys, xs = places(height, side), places(width, side)
    check_memory(name, size, 2 * len(ys) * len(xs) * channels * page.dtype.itemsize)
    kept = np.zeros((len(ys), len(xs), channels), page.dtype)
    for segment, index, shape in page.segments(maxworkers=1, buffersize=_AT_ONCE):
        plane, _, top, left, _ = index
        tall, wide = min(shape[1], height - top), min(shape[2], width - left)
        rows = np.flatnonzero((ys >= top) & (ys < top + tall))
        columns = np.flatnonzero((xs >= left) & (xs < left + wide))
        thinning.tell(min(top + tall, height), height)
        if segment is None or not rows.size or not columns.size:
            continue
        part = segment[0][ys[rows] - top][:, xs[columns] - left]
        which = slice(plane, plane + 1) if page.planarconfig == 2 else slice(None)
        kept[rows[:, None], columns, which] = part
    return (kept[..., 0] if channels == 1 else kept), side
