"""Colour pictures of a made-up survey: blobs whose faint and bright light have odd hues."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from astroview.core.colour import colour_space


def picture(seed: int, faint: tuple[float, float], bright: tuple[float, float]) -> Image.Image:
    """A picture (96, 96); hues are Oklab a and b of faint and of bright light."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:96, :96]
    light = np.zeros((96, 96))
    for _ in range(6):
        at, width = rng.uniform(10, 86, 2), rng.uniform(3, 16)
        tilt = rng.uniform(0.5, 1.5)
        light += rng.uniform(0.2, 0.7) * np.exp(
            -((x - at[0]) ** 2 * tilt + (y - at[1]) ** 2 / tilt) / (2 * width**2)
        )
    L = np.clip(0.06 + light, 0, 0.95).astype(np.float32)
    share = np.clip((L - 0.15) / 0.5, 0, 1)[..., None]
    present = np.clip((L - 0.08) / 0.1, 0, 1)[..., None]
    ab = present * (np.array(faint) * (1 - share) + np.array(bright) * share)
    ab = colour_space.fit_gamut(L, ab.astype(np.float32))
    rgb = colour_space.oklab_to_srgb(np.concatenate([L[..., None], ab], -1))
    return Image.fromarray((np.clip(rgb, 0, 1) * 255).round().astype(np.uint8))


def survey(folder: Path, count: int, first: int = 0) -> Path:
    """A folder of pictures of one odd convention: faint light green, bright light violet."""
    folder.mkdir(parents=True, exist_ok=True)
    for k in range(first, first + count):
        shift = 0.01 * (k % 3)
        picture(k, (-0.09 - shift, 0.05), (0.09, -0.08 - shift)).save(folder / f"object{k}.png")
    return folder
