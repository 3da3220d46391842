"""Measured chroma as the colorizer sees it: on the cells of a tile, or of a reduced frame."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from astroview.core.colour.chroma_guide import ChromaGuide
from astroview.engine.networks.colorizer import CELL
from astroview.engine.networks.guided_layers import planes
from astroview.engine.networks.regional_code import REGIONS, regional_code, to_numbers

ENOUGH = 0.02  # share of a frame that must be known for a palette to be read off it


def guide_planes(
    guide: ChromaGuide, first: tuple[int, int], cells: tuple[int, int], step: float = 1.0
) -> Tensor:
    """(1, 4, h, w) for so many cells from row and column ``first``, counted in pixels of a frame
    that was reduced by ``step``; multiples of `CELL`.
    """
    side = CELL * step
    coarse = guide.reduced((side, side))
    y, x = (
        (n + (np.arange(count) + 0.5) * CELL) * step for n, count in zip(first, cells, strict=True)
    )
    chroma, valid = coarse.at(y, x)
    ab = torch.from_numpy(np.ascontiguousarray(chroma.transpose(2, 0, 1)))[None]
    pixels = float(np.sqrt(coarse.cell[0] * coarse.cell[1])) / step
    return planes(ab, torch.from_numpy(np.ascontiguousarray(valid))[None, None], pixels)


def measured_code(
    guide: ChromaGuide, light: NDArray[np.float32], step: float
) -> tuple[float, ...] | None:
    """The palette by region that a guide tells, for lightness (h, w) of a frame reduced by
    ``step``; None where too little of the frame is known.
    """
    height, width = (n // CELL for n in light.shape)
    if min(height, width) < REGIONS:
        return None
    seen = guide_planes(guide, (0, 0), (height, width), step)
    if float(seen[:, 2].mean()) < ENOUGH:
        return None
    whole = torch.from_numpy(light[: height * CELL, : width * CELL])[None, None]
    small = functional.avg_pool2d(whole, CELL)
    return to_numbers(regional_code(small, seen[:, :2], valid_B1HW=seen[:, 2:3]))
