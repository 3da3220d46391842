"""Samples of the colour task: pictures made smaller, cropped, exposed and shown as a frame is."""

from __future__ import annotations

import math

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor
from torch.nn import functional

from trainer.data import tensor_colour
from trainer.data.pictures import Picture, Shown

SCORE_SIDE = 384  # held-out pictures are scored at most that large
FINE_SIDE = 900  # pixels a side of pictures that are held in memory in their finer form


def small_picture(rgb_HWC: NDArray[np.uint8], side: int = SCORE_SIDE) -> Tensor:
    """A picture (1, 3, h, w) in 0..1, reduced to a long side of at most ``side``."""
    image = Image.fromarray(rgb_HWC)
    image.thumbnail((side, side), Image.Resampling.BOX)
    return torch.from_numpy(np.asarray(image, np.float32) / 255).permute(2, 0, 1)[None]


def held_picture(picture: Shown) -> Shown:
    """A finer picture, reduced to what memory holds many of."""
    image = Image.fromarray(picture.rgb)
    image.thumbnail((FINE_SIDE, FINE_SIDE), Image.Resampling.BOX)
    return Picture(picture.name, np.asarray(image), picture.target, picture.sharpness)


def crop(
    rgb: NDArray[np.uint8], side: int, rng: np.random.Generator, parts: int
) -> NDArray[np.uint8]:
    """A square of random place and size (from one of so many parts of the picture to all of it),
    turned.
    """
    height, width = rgb.shape[:2]
    short = min(height, width)
    least = min(short, max(side // 2, short // parts))
    box = int(rng.integers(least, short + 1))
    y, x = int(rng.integers(0, height - box + 1)), int(rng.integers(0, width - box + 1))
    image = Image.fromarray(rgb[y : y + box, x : x + box])
    kind = Image.Resampling.BOX if box > side else Image.Resampling.BICUBIC
    crop = np.rot90(np.asarray(image.resize((side, side), kind)), int(rng.integers(4)))
    return np.ascontiguousarray(crop[:, ::-1] if rng.random() < 0.5 else crop)


def exposed(L_1HW: Tensor, rng: np.random.Generator) -> Tensor:
    """The same lightness as a telescope's frame is shown: on a brighter sky, in a steeper
    stretch, and with the noise of drizzled pixels.
    """
    sky = float(np.exp(rng.uniform(np.log(1e-4), np.log(0.02))))
    steep = float(np.exp(rng.uniform(np.log(0.3), np.log(12.0))))
    light = (L_1HW**3 + sky) / (1 + sky)
    shown = torch.asinh(steep * light) / math.asinh(steep)
    if rng.random() < 0.5:
        grain = torch.from_numpy(rng.normal(size=tuple(L_1HW.shape))).float()
        grain = functional.avg_pool2d(grain[None], 3, 1, 1)[0] * 3
        depth = math.exp(rng.uniform(math.log(0.005), math.log(0.05)))
        return (shown ** (1 / 3) + grain * depth).clamp(0, 1)
    return shown.clamp(0, 1) ** (1 / 3)


def shown(rgb_3HW: Tensor, rng: np.random.Generator) -> Tensor:
    """The lightness that the network is shown, (1, H, W): the picture's own, or that of
    another channel mix and tone curve, as grey frames come through other filters and hands.
    """
    if rng.random() < 0.5:
        return tensor_colour.to_oklab(rgb_3HW[None])[0, :1]
    mix = torch.from_numpy(rng.dirichlet((2.0, 3.0, 1.5))).float().view(3, 1, 1)
    grey = (rgb_3HW * mix).sum(0, keepdim=True) ** float(rng.uniform(0.8, 1.3))
    return tensor_colour.decode_srgb(grey) ** (1 / 3)
