"""The control of a fine-tuning: the same run on pictures in which question and answer do not
belong together. Whatever it seems to gain, the verdict must not keep it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from astroview.core.models.model_card import Task
from trainer.data import tensor_colour
from trainer.data.pictures import Picture, Shown

Bytes = NDArray[np.uint8]


def shuffled(
    pictures: Sequence[Shown], task: Task, scale: int = 1, seed: int = 1
) -> tuple[Picture, ...]:
    """Each picture with the chroma of another one, or, for sharpness, beside another's poorer
    frame; all are read into memory.

    Parameters
    ----------
    pictures
        At least two.
    task
        ``colorize`` mixes lightness and chroma, ``superres`` low and high resolution.
    scale
        Of a super-resolver; the pictures are cut to multiples of it.
    seed
        Of who is given to whom: along one random cycle, so nobody keeps the own.
    """
    order = np.random.default_rng(seed).permutation(len(pictures))
    given = {int(i): pictures[int(j)] for i, j in zip(order, np.roll(order, 1), strict=True)}
    rows = [(picture, given[i]) for i, picture in enumerate(pictures)]
    if task == "colorize":
        return tuple(_as(one, _with_chroma(one.rgb, other.rgb)) for one, other in rows)
    return tuple(_beside(one, other, scale) for one, other in rows)


def _with_chroma(rgb_HWC: Bytes, other_HWC: Bytes) -> Bytes:
    """Lightness of one picture and chroma of another, stretched onto it and mirrored."""
    height, width = rgb_HWC.shape[:2]
    fitted = np.asarray(Image.fromarray(other_HWC).resize((width, height)))[:, ::-1]
    lab, foreign = (
        tensor_colour.to_oklab(torch.from_numpy(x.copy()).permute(2, 0, 1)[None].float() / 255)
        for x in (rgb_HWC, fitted)
    )
    mixed = tensor_colour.from_oklab(torch.cat([lab[:, :1], foreign[:, 1:]], 1)).clamp(0, 1)
    return (mixed[0].permute(1, 2, 0).numpy() * 255 + 0.5).astype(np.uint8)


def _beside(one: Shown, other: Shown, scale: int) -> Picture:
    height, width = (n - n % scale for n in one.shape)
    small = Image.fromarray(other.luma).resize((width // scale, height // scale))
    return Picture(one.name, one.rgb[:height, :width], one.target, one.sharpness, np.asarray(small))


def _as(shown: Shown, rgb_HWC: Bytes) -> Picture:
    return Picture(shown.name, rgb_HWC, shown.target, shown.sharpness)
