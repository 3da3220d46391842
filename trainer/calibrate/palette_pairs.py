"""Training pictures as `trainer.calibrate.automatic_palette` asks a frozen colorizer about them,
encoded once.

Legend: ``x_NF`` what the ranking of palettes is told of a frame.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from astroview.engine.networks.colorizer import STRIDE, Colorizer, paint
from trainer import metrics
from trainer.data import tensor_colour
from trainer.data.pictures import Shown
from trainer.tasks.colour_samples import SCORE_SIDE, shown, small_picture

SIDE = 96  # pixels: pictures are painted that small, which tells the cost of a palette
Progress = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class Lesson:
    """One picture: what the encoder says of it, and its true colours.

    ``views`` (V, F) are summaries of the whole frame as it is, and of most of it through another
    filter, tone curve and noise; ``chroma`` is CIELAB's (1, 2, h, w).
    """

    views: Tensor
    levels: list[Tensor]
    L_11HW: Tensor
    chroma: Tensor
    size: tuple[int, int]
    colourfulness: float

    @property
    def grey_error(self) -> float:
        """|Δab| of no colour at all."""
        return float(self._inside(self.chroma).abs().mean())

    def painted(self, network: Colorizer, code_BK: Tensor) -> tuple[Tensor, Tensor]:
        """|Δab| and colourfulness, (B,) each, under palette codes; differentiable."""
        levels = [x.expand(len(code_BK), -1, -1, -1) for x in self.levels]
        L_B1HW = self.L_11HW.expand(len(code_BK), -1, -1, -1)
        ab = paint(network.out(network.decoded(levels, code_BK)), L_B1HW)
        # Not quite to 0, where the slope of the cube root has no bound.
        rgb = self._inside(tensor_colour.from_oklab(torch.cat([L_B1HW, ab], 1)).clamp(1e-5, 1))
        errors = (tensor_colour.to_cielab(rgb)[:, 1:] - self._inside(self.chroma)).abs()
        return errors.mean((1, 2, 3)), torch.stack([metrics.colourful(one) for one in rgb])

    def _inside(self, x: Tensor) -> Tensor:
        return x[..., : self.size[0], : self.size[1]]


class Course:
    """Lessons to learn from and lessons kept aside; summaries are told scaled.

    Parameters
    ----------
    aside
        Which are kept aside, (N,).
    """

    def __init__(self, seen: Sequence[Lesson], aside: NDArray[np.bool_]) -> None:
        self.seen, self.aside = seen, np.flatnonzero(aside)
        self.learnt = np.flatnonzero(~aside)
        self._views = torch.stack([one.views for one in seen])
        known = self._views[torch.from_numpy(self.learnt)].flatten(0, 1)
        self.mean, self.scale = known.mean(0), known.std(0) + 1e-3

    @property
    def told(self) -> Tensor:
        """(N, F) of the frames as they are."""
        return (self._views[:, 0] - self.mean) / self.scale

    def drawn(self, rng: np.random.Generator, count: int) -> tuple[NDArray[np.int64], Tensor]:
        """Lessons to learn from, and one of their views each, with noise."""
        picks = rng.choice(self.learnt, count)
        views = self._views[picks, rng.integers(self._views.shape[1], size=count)]
        x = (views - self.mean) / self.scale
        return picks, x + 0.3 * torch.from_numpy(rng.normal(size=x.shape)).float()


@torch.no_grad()
def lessons(
    network: Colorizer, pictures: Sequence[Shown], seed: int, progress: Progress
) -> list[Lesson]:
    """Encode pictures."""
    made: list[Lesson] = []
    for i, picture in enumerate(pictures):
        made.append(_lesson(network, picture, np.random.default_rng((seed, i))))
        progress(i + 1, len(pictures))
    return made


def _lesson(network: Colorizer, picture: Shown, rng: np.random.Generator) -> Lesson:
    whole = small_picture(picture.rgb, SCORE_SIDE)
    light = tensor_colour.to_oklab(whole)[:, :1]
    views = [network.read(_padded(light))[1], network.read(_padded(_otherwise(whole, rng)))[1]]
    small = small_picture(picture.rgb, SIDE)
    L = _padded(tensor_colour.to_oklab(small)[:, :1])
    return Lesson(
        torch.cat(views),
        network.read(L)[0],
        L,
        tensor_colour.to_cielab(small)[:, 1:],
        (small.shape[-2], small.shape[-1]),
        metrics.colourfulness(small),
    )


def _otherwise(rgb_13HW: Tensor, rng: np.random.Generator) -> Tensor:
    """Lightness of most of a picture, turned, as another instrument might have seen it."""
    height, width = rgb_13HW.shape[-2:]
    share = rng.uniform(0.6, 1)
    h, w = max(int(height * share), 1), max(int(width * share), 1)
    y, x = int(rng.integers(0, height - h + 1)), int(rng.integers(0, width - w + 1))
    crop = torch.rot90(rgb_13HW[..., y : y + h, x : x + w], int(rng.integers(4)), (2, 3))
    light = shown(crop[0], rng)[None].float()
    sigma = np.exp(rng.uniform(np.log(0.005), np.log(0.06))) if rng.random() < 0.5 else 0.0
    return (light + torch.from_numpy(rng.normal(0, sigma, light.shape)).float()).clamp(0, 1)


def _padded(L: Tensor) -> Tensor:
    pads = (0, -L.shape[-1] % STRIDE, 0, -L.shape[-2] % STRIDE)
    return functional.pad(L, pads, mode="replicate")
