"""Palette codes by region: a coarse grid of codes over a frame, blended between their centres.

One code for a whole frame says which hue a brightness has, not where. A grid of codes lets the
left of a frame be blue and its right red. Where all codes of a grid are one, it is as if that one
were told for the whole frame.

Legend: ``code_BKRR`` codes (B, `CODE_LENGTH`, R, R) of R x R regions, first row at the top.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn

from astroview.engine.networks.palette_code import (
    CODE_LENGTH,
    GAIN,
    PRIOR,
    TONE_WIDTH,
    TONES,
    fine_detail,
)

REGIONS = 4  # a side


class Place(NamedTuple):
    """Where in its frame a tile lies: its first row and column, and the frame's height and width,
    in pixels. A tile may reach beyond the frame's edge.
    """

    y: int
    x: int
    height: int
    width: int


def shares(start: int, count: int, stride: int, length: int, regions: int) -> Tensor:
    """(count, regions): how much each region has a say at so many cells of ``stride`` pixels from
    pixel ``start`` of a side of ``length`` pixels. A row adds up to 1.
    """
    place = (start + (torch.arange(count) + 0.5) * stride) * regions / length - 0.5
    place = place.clamp(0, regions - 1)
    return (1 - (place[:, None] - torch.arange(regions)).abs()).clamp_min(0)


class Steer(NamedTuple):
    """Embedded codes (B, F), or (B, R, R, F) with the regions' shares at rows and columns."""

    embedded: Tensor
    rows: Tensor | None = None
    columns: Tensor | None = None

    def through(self, layer: nn.Linear) -> Tensor:
        """What a layer says of them: (B, C, 1, 1), or (B, C, h, w)."""
        said: Tensor = layer(self.embedded)
        if self.rows is None or self.columns is None:
            return said[..., None, None]
        rows, columns = self.rows.to(said), self.columns.to(said)
        return torch.einsum("hi,bijc,wj->bchw", rows, said, columns)


def steer(embedded: Tensor, place: Place, stride: int, shape: tuple[int, int]) -> Steer:
    """For features of so many cells of ``stride`` pixels at a place."""
    if embedded.ndim == 2:
        return Steer(embedded)
    regions, where = embedded.shape[1], embedded.device
    rows = shares(place.y, shape[0], stride, place.height, regions)
    columns = shares(place.x, shape[1], stride, place.width, regions)
    return Steer(embedded, rows.to(where), columns.to(where))


def broadcast(code_BK: Tensor, regions: int = REGIONS) -> Tensor:
    """(B, K, R, R): the same code everywhere."""
    return code_BK[..., None, None].expand(-1, -1, regions, regions)


def regional_code(
    L_B1HW: Tensor, ab_B2HW: Tensor, regions: int = REGIONS, valid_B1HW: Tensor | None = None
) -> Tensor:
    """`palette_code` of each region, (B, `CODE_LENGTH`, R, R), which leans on that of the whole
    where a region has little of a tone; of the valid pixels only.

    Regions overlap as `shares` blends them.
    """
    valid = torch.ones_like(L_B1HW, dtype=torch.float32) if valid_B1HW is None else valid_B1HW
    lean = PRIOR * L_B1HW.shape[-1] * L_B1HW.shape[-2] / regions**2
    count = valid.sum((2, 3)).clamp_min(1e-3)
    mean = ((ab_B2HW.float() * valid).sum((2, 3)) / count)[..., None, None]
    moments = _moments(L_B1HW, ab_B2HW, valid, regions)
    sums = [moment.sum((2, 3), keepdim=True) for moment in moments]
    whole = _statistics(sums, lean * regions**2, mean)
    found = _statistics(moments, lean, mean, whole)
    tones = [_code(*found[i]) for i in range(len(TONES))]
    return torch.cat([*tones, *(mean * GAIN for mean, _ in found[len(TONES) :])], 1)


def regional_support(L_B1HW: Tensor, regions: int = REGIONS) -> Tensor:
    """How much the pixels of each region say of each number of its code, (B, `CODE_LENGTH`, R, R)
    in 0..1.
    """
    parts: list[Tensor] = []
    count = L_B1HW.shape[-1] * L_B1HW.shape[-2] / regions**2
    for centre in TONES:
        weight = (1 - (L_B1HW.float() - centre).abs() / TONE_WIDTH).clamp_min(0)
        share = _pooled(weight, regions) / count
        parts.append((share / (share + 8 * PRIOR)).expand(-1, 5, -1, -1))
    parts.append(torch.ones_like(parts[0][:, :4]))
    return torch.cat(parts, 1)


def turned(code_BKRR: Tensor, quarters: int, mirrored: bool) -> Tensor:
    """The codes of a picture that was turned by `torch.rot90`, then mirrored left to right."""
    made = torch.rot90(code_BKRR, quarters, (-2, -1))
    return made.flip(-1) if mirrored else made


def from_numbers(code: tuple[float, ...]) -> Tensor:
    """(1, K) of a code of the whole frame, (1, K, R, R) of one by region: K R R numbers, as
    `to_numbers` gives them.
    """
    told = torch.tensor(code)
    if len(code) == CODE_LENGTH:
        return told[None]
    regions = round((len(code) / CODE_LENGTH) ** 0.5)
    return told.view(1, CODE_LENGTH, regions, regions)


def of_whole(code: Tensor) -> Tensor:
    """(B, K) of a code by region, for what knows no place: the mean."""
    return code if code.ndim == 2 else code.mean((2, 3))


def to_numbers(code: Tensor) -> tuple[float, ...]:
    """A code (1, K) or (1, K, R, R) as plain numbers."""
    return tuple(float(n) for n in code.flatten())


def fits(code: tuple[float, ...]) -> bool:
    """Whether so many numbers are a code of a frame, or of regions."""
    regions = round((len(code) / CODE_LENGTH) ** 0.5)
    return regions > 0 and len(code) == CODE_LENGTH * regions**2


def _moments(L_B1HW: Tensor, ab_B2HW: Tensor, valid: Tensor, regions: int) -> list[Tensor]:
    """For each tone, and for bright and for dark detail, sums of weights times 1, a, b, a^2, b^2
    and a b by region, (B, 6, R, R).
    """
    L, ab = L_B1HW.float(), ab_B2HW.float()
    detail = fine_detail(L)
    weights = [(1 - (L - centre).abs() / TONE_WIDTH).clamp_min(0) for centre in TONES]
    weights += [(sign * detail).clamp_min(0) * 10 for sign in (1, -1)]
    what = valid * torch.cat([torch.ones_like(L), ab, ab.square(), ab.prod(1, keepdim=True)], 1)
    return [_pooled(weight * what, regions) for weight in weights]


def _pooled(x_BCHW: Tensor, regions: int) -> Tensor:
    height, width = x_BCHW.shape[-2:]
    rows, columns = (shares(0, n, 1, n, regions).to(x_BCHW) for n in (height, width))
    return rows.T @ (x_BCHW @ columns)


Statistics = list[tuple[Tensor, Tensor]]


def _statistics(
    moments: list[Tensor], lean: float, mean_B211: Tensor, whole: Statistics | None = None
) -> Statistics:
    """Of each: means of a and b, (B, 2, R, R), and central moments a^2, b^2, a b, (B, 3, R, R).

    As in `palette_code` means lean on the picture's; those of a region on the whole's too.
    """
    made: Statistics = []
    for i, moment in enumerate(moments):
        more, prior = (0.0, None) if whole is None else (lean, whole[i])
        weight, first, second = moment[:, :1], moment[:, 1:3], moment[:, 3:]
        total = weight + lean + more
        mean = (first + lean * mean_B211 + (more * prior[0] if prior else 0.0)) / total
        pairs = torch.cat([mean.square(), mean.prod(1, keepdim=True)], 1)
        mixed = (mean * first.flip(1)).sum(1, keepdim=True)
        spread = second - torch.cat([2 * mean * first, mixed], 1) + weight * pairs
        made.append((mean, (spread + (more * prior[1] if prior else 0.0)) / total))
    return made


def _code(mean: Tensor, spread: Tensor) -> Tensor:
    """(B, 5, R, R) as `palette_code` has them."""
    deviation = (spread[:, :2].clamp_min(0) + 1e-6).sqrt()
    correlation = spread[:, 2:] / (deviation.prod(1, keepdim=True) + 1e-4)
    return torch.cat([mean * GAIN, deviation * GAIN, correlation], 1)
