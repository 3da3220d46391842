"""Measured chroma as a survey would give it: the truth's, coarse, blurred, noisy, a little off,
and with holes.

Legend: ``guide_4hw`` see `astroview.engine.networks.guided_layers.planes`; ``k`` pixels of the
frame that one of the guide covers, a side.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from astroview.core.colour.chroma_guide import ChromaGuide
from astroview.engine.networks.colorizer import CELL
from astroview.engine.networks.guided_layers import planes
from trainer.data import tensor_colour

JUDGED = (8, 16, 32)  # pixels of the frame in one of a guide that scores are made with


@dataclass(frozen=True)
class Coarse:
    """How a guide came about.

    Parameters
    ----------
    k
        Pixels of the frame in one of the guide.
    blur
        Standard deviation of its seeing, in its own pixels.
    noise
        Standard deviation in Oklab.
    shift
        Rows and columns that it is off, in pixels of the frame.
    phase
        Where its first pixel begins, in pixels of the frame: 0 or less.
    """

    k: float = 16.0
    blur: float = 0.5
    noise: float = tensor_colour.LAB_UNIT
    shift: tuple[float, float] = (0.0, 0.0)
    phase: tuple[float, float] = (0.0, 0.0)


def drawn(rng: np.random.Generator) -> Coarse:
    """One of those that a network learns from."""
    k = float(np.exp(rng.uniform(np.log(4.0), np.log(40.0))))
    angle, off = rng.uniform(0, 2 * math.pi), rng.uniform(0, 1.2)
    return Coarse(
        k,
        float(rng.uniform(0.3, 0.7)),
        tensor_colour.LAB_UNIT * float(rng.uniform(0, 2)),
        (off * math.sin(angle), off * math.cos(angle)),
        (-float(rng.uniform(0, k)), -float(rng.uniform(0, k))),
    )


def measured(ab_2HW: Tensor, how: Coarse, rng: np.random.Generator) -> Tensor:
    """A guide's own pixels, (2, h, w), of a frame with that chroma."""
    height, width = ab_2HW.shape[-2:]
    rows = _gathering(height, how, 0)
    columns = _gathering(width, how, 1)
    made = torch.einsum("ih,chw,jw->cij", rows, ab_2HW, columns)
    noise = rng.normal(0, how.noise, tuple(made.shape))
    return made + torch.from_numpy(noise).float()


def holes(shape: tuple[int, int], rng: np.random.Generator) -> Tensor:
    """Which of a guide's pixels are valid, (h, w): none of a few discs or of one side, or all."""
    valid = torch.ones(shape)
    kind = rng.random()
    if kind < 0.4:
        return valid
    y, x = torch.meshgrid(torch.arange(shape[0]), torch.arange(shape[1]), indexing="ij")
    if kind < 0.55:  # the survey ends here
        angle = rng.uniform(0, 2 * math.pi)
        side = (y - shape[0] / 2) * math.sin(angle) + (x - shape[1] / 2) * math.cos(angle)
        return (side < rng.uniform(-0.3, 0.4) * max(shape)).float()
    for _ in range(int(rng.integers(1, 8))):
        radius = rng.uniform(0.4, max(0.16 * max(shape), 0.8))
        cy, cx = rng.uniform(0, shape[0]), rng.uniform(0, shape[1])
        valid[(y - cy) ** 2 + (x - cx) ** 2 < radius**2] = 0
    return valid


def in_cells(guide_2hw: Tensor, valid_hw: Tensor, how: Coarse, shape: tuple[int, int]) -> Tensor:
    """The planes (4, H/4, W/4) for a frame of that shape."""
    rows, columns = (
        _between(length // CELL, count, how.k, phase)
        for length, count, phase in zip(shape, valid_hw.shape, how.phase, strict=True)
    )
    seen = torch.cat([guide_2hw * valid_hw, valid_hw[None]])
    found = torch.einsum("ih,chw,jw->cij", rows, seen, columns)
    valid = found[2:]
    return planes((found[:2] / valid.clamp_min(1e-6))[None], valid[None], how.k)[0]


def guide_of(
    ab_2HW: Tensor, rng: np.random.Generator, how: Coarse | None = None, whole: bool = False
) -> Tensor:
    """Planes (4, H/4, W/4) of a guide of a frame's chroma: as drawn, or as said; with holes, or
    ``whole``.
    """
    how = how or drawn(rng)
    seen = measured(ab_2HW, how, rng)
    shape = (seen.shape[-2], seen.shape[-1])
    valid = torch.ones(shape) if whole else holes(shape, rng)
    if not whole and rng.random() < 0.1:  # something that only the survey has
        place = tuple(int(rng.integers(n)) for n in shape)
        seen[:, place[0], place[1]] += torch.from_numpy(rng.normal(0, 0.1, 2)).float()
    return in_cells(seen, valid, how, (ab_2HW.shape[-2], ab_2HW.shape[-1]))


def _gathering(length: int, how: Coarse, axis: int) -> Tensor:
    """(pixels of the guide, pixels of the frame): what each gathers; rows add up to 1."""
    count = max(1, math.ceil((length - how.phase[axis]) / how.k))
    middle = how.phase[axis] + (torch.arange(count) + 0.5) * how.k + how.shift[axis]
    off = torch.arange(length) + 0.5 - middle[:, None]
    sigma = max(how.blur * how.k, 0.3) * math.sqrt(2)
    weight = torch.erf((off + how.k / 2) / sigma) - torch.erf((off - how.k / 2) / sigma)
    weight = weight + 1e-6 / (1 + off.abs())  # for a pixel beyond the edge
    return weight / weight.sum(1, keepdim=True)


def _between(cells: int, count: int, k: float, phase: float) -> Tensor:
    """(cells, pixels of the guide): bilinear shares at the middles of cells."""
    place = ((torch.arange(cells) + 0.5) * CELL - phase) / k - 0.5
    place = place.clamp(0, count - 1)
    return (1 - (place[:, None] - torch.arange(count)).abs()).clamp_min(0)


def judged(ab_2HW: Tensor, k: int) -> ChromaGuide:
    """The guide that scores are made with: blurred by half its pixel, noisy by a unit of CIELAB,
    off by a pixel of the frame, without holes; the same one for the same chroma.
    """
    rng = np.random.default_rng((k, ab_2HW.shape[-2], ab_2HW.shape[-1]))
    angle = rng.uniform(0, 2 * math.pi)
    how = Coarse(float(k), shift=(math.sin(angle), math.cos(angle)))
    seen = measured(ab_2HW, how, rng).permute(1, 2, 0).numpy()
    return ChromaGuide(np.ascontiguousarray(seen), (how.k, how.k), name=f"the truth at 1/{k}")
