"""Where a linear frame shows more than its sky: colour fades to nothing elsewhere."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from astroview.core import tiles
from astroview.core.colour.chroma_maps import bilinear, centres
from astroview.core.frame import Frame, Window
from astroview.core.sky.sky_noise import REACH, SkyNoise, sky_of, sky_of_array
from astroview.engine.runtime import cache as memos
from astroview.engine.runtime.cache import Cache

FloatArray = NDArray[np.float32]


def sky_for(frame: Frame, memo: Cache) -> SkyNoise | None:
    """The sky of a linear grey frame; None for pictures, whose noise nobody knows."""
    if frame.kind != "linear" or frame.channels != 1:
        return None
    return memo.recall(memos.key(memos.of_file(frame), "sky"), lambda: sky_of(frame))


def of_reduced(x: FloatArray) -> FloatArray | None:
    """`SkyNoise.presence` of a reduced frame (h, w), whose noise is less than that of the frame."""
    sky = sky_of_array(x)
    return None if sky is None else sky.presence(x)


def of_tile(frame: Frame, sky: SkyNoise, tile: tiles.Tile, scale: int) -> FloatArray:
    """`SkyNoise.presence` in the core of a tile, (sh, sw) fine pixels; the same whatever the
    tiles.
    """
    core, margin = tile.core, REACH + 1
    around = Window(
        core.y - margin, core.x - margin, core.height + 2 * margin, core.width + 2 * margin
    ).clip(frame.shape)
    present = sky.presence(frame.read(around), around.y, around.x)
    top, left = core.y - around.y, core.x - around.x
    if scale == 1:
        return present[top : top + core.height, left : left + core.width]
    rows = centres(top * scale, core.height * scale, scale) - 0.5
    columns = centres(left * scale, core.width * scale, scale) - 0.5
    return bilinear(present[..., None], rows, columns)[..., 0]
