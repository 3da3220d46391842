"""What a palette is chosen by: a view of the object, not of how it happens to lie on the frame.

The view has a bounded size and a brightness of its own, whatever the display; what the encoder
says of it is the mean over its 8 turns and mirrors. So a mirrored, turned, or fainter frame
of an object gets the same palette.
"""

from __future__ import annotations

from math import ceil, sqrt
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from astroview.core.colour import colour_space
from astroview.core.colour.stretch import auto_stretch
from astroview.core.frame import Frame, Window
from astroview.engine.networks.colorizer import STRIDE
from astroview.engine.networks.tile_superres import LUMA

if TYPE_CHECKING:
    from astroview.engine.networks.colorizer import Colorizer

FloatArray = NDArray[np.float32]

SIDE = 192  # pixels of the view's long side
READ_AT_MOST = 4_000_000  # samples
BRIGHT, SHARE = 0.9, 0.995  # so bright is the pixel below which so many of the view lie
GAINS = (0.5, 4.0)  # by which a view is made brighter at most


def view_of(frame: Frame) -> FloatArray:
    """Oklab lightness (h, w) of a reduced frame, sides multiples of `STRIDE`, as `normalised`."""
    x = _read(frame)
    finite = x[np.isfinite(x)]
    x = np.nan_to_num(x, nan=float(np.median(finite)) if finite.size else 0.0)
    small = reduced(torch.from_numpy(np.ascontiguousarray(x))[None, None])
    u = auto_stretch(frame, small[0, 0].numpy()).forward(small[0, 0].numpy())
    return normalised(np.clip(u, 0, 1))


def normalised(u: FloatArray) -> FloatArray:
    """Oklab lightness of stretched grey (h, w), made as bright as any other view."""
    gain = BRIGHT / max(float(np.quantile(u, SHARE)), 1e-3)
    return colour_space.lightness(np.clip(u * np.float32(np.clip(gain, *GAINS)), 0, 1))


def reduced(x_11HW: Tensor) -> Tensor:
    """A picture at `SIDE` by area, or enlarged to it; a mirrored one is reduced to its mirror."""
    height, width = x_11HW.shape[-2:]
    share = SIDE / max(height, width)
    sides = [max(STRIDE, round(n * share / STRIDE) * STRIDE) for n in (height, width)]
    if share >= 1:
        return functional.interpolate(x_11HW, sides, mode="bilinear", align_corners=False)
    return functional.interpolate(x_11HW, sides, mode="area")


def summary(network: Colorizer, light: FloatArray) -> Tensor:
    """What the encoder says of a view (h, w), (F,): the mean over its 8 turns and mirrors."""
    where = next(network.parameters()).device
    L_11HW = torch.from_numpy(np.ascontiguousarray(light))[None, None]
    told = [network.read(turned.to(where))[1].float().cpu() for turned in _orbit(L_11HW)]
    return torch.cat(told).mean(0)


def _orbit(L_11HW: Tensor) -> list[Tensor]:
    """Views of one shape together, each twice mirrored or not."""
    upright = torch.cat([L_11HW, L_11HW.flip(2), L_11HW.flip(3), L_11HW.flip((2, 3))])
    return [upright, upright.transpose(2, 3).contiguous()]


def _read(frame: Frame) -> FloatArray:
    """Grey samples of a frame; of a large one every n-th, as near to one edge as to the other."""
    height, width = frame.shape
    step = max(1, ceil(sqrt(height * width / READ_AT_MOST)))
    top, left = ((n - 1) % step // 2 for n in (height, width))
    x = frame.read(Window(top, left, height - top, width - left), step)
    return x if x.ndim == 2 else x @ np.array(LUMA, np.float32)
