"""How bright a sample of a star may be that lies between pixels, by the pixels around.

Of a sharp star whose centre is near the corner of four pixels, the samples next to the corner are
up to twice as bright as any pixel: far more than a share of the range around allows that also
holds for edges and for what no optics let through. But such a star can be told: along its row and
its column the pixels are those of a Gaussian that was summed over pixels, and how much light its
nearer and its farther neighbour have tells where its centre is and how wide it is.

Legend: ``u`` light of the nearer neighbour along an axis, ``v`` the most of the farther one and of
the one beyond the nearer, in units of the pixel's; ``g`` the brightest sample by its pixel.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import torch
from scipy.interpolate import LinearNDInterpolator, NearestNDInterpolator
from scipy.special import ndtr
from torch import Tensor
from torch.nn import functional

SHARPEST, WIDEST = 1.0, 4.0  # FWHM in pixels, of the stars that are told
CLEAR = 50.0  # sigma that a pixel is above the least around: below, noise tells nothing
NEARLY = 1.25  # times as bright as a pixel its neighbours are at most: it has the peak, or nearly
LEAST_AROUND = 0.25  # of a star's pixel the two neighbours along each axis have together
CORNER = 0.5  # of what a star's pixel at the corner would have, by those beside it
MARGIN = 1.01
STEPS = 129  # of u, and of v, in the table
REACH = 2


def star_room(
    x_BCHW: Tensor, low: Tensor, high: Tensor, scale: int, noise: float | Tensor
) -> Tensor | None:
    """The brightest samples that stars allow, (B, C, H, W); minus infinity where there is none,
    None where there is none at all.

    Parameters
    ----------
    low, high
        The least and the largest of the 3 x 3 pixels around each.
    noise
        Standard deviation of the sky, in units of x.
    """
    above = x_BCHW - low
    is_peak = (above > CLEAR * noise) & (high - low <= NEARLY * above)
    places = is_peak.nonzero(as_tuple=True)
    if not len(places[0]):
        return None
    floor, light = low[places], above[places]
    near = _around(x_BCHW, places)
    part = ((near - floor[:, None, None]) / light[:, None, None]).clamp_min(0)
    lines = part[:, :, REACH], part[:, REACH]
    (rows, far_rows), (columns, far_columns) = (_sides(line) for line in lines)
    corner = _corner(part)
    told = (rows + far_rows > LEAST_AROUND) & (columns + far_columns > LEAST_AROUND)
    told &= corner > CORNER * rows * columns
    peak = _brightest(rows, far_rows, scale) * _brightest(columns, far_columns, scale)
    made = torch.full_like(x_BCHW, -torch.inf)
    made[places] = torch.where(told, floor + MARGIN * peak * light, -torch.inf)
    return made


def _around(x_BCHW: Tensor, places: tuple[Tensor, ...]) -> Tensor:
    """The 5 x 5 pixels around some places, (N, 5, 5)."""
    batch, channel, y, x = places
    padded = functional.pad(x_BCHW, (REACH,) * 4, mode="replicate")
    steps = torch.arange(2 * REACH + 1, device=x_BCHW.device)
    return padded[
        batch[:, None, None],
        channel[:, None, None],
        y[:, None, None] + steps[:, None],
        x[:, None, None] + steps,
    ]


def _sides(line_N5: Tensor) -> tuple[Tensor, Tensor]:
    """U and v along an axis."""
    further, left, _, right, beyond = line_N5.unbind(1)
    is_right = right >= left
    u = torch.where(is_right, right, left)
    return u, torch.where(is_right, torch.maximum(left, beyond), torch.maximum(right, further))


def _corner(part_N55: Tensor) -> Tensor:
    """The pixel across the corner that the nearer neighbours share."""
    down, right = (
        part_N55[:, 3, 2] >= part_N55[:, 1, 2],
        part_N55[:, 2, 3] >= part_N55[:, 2, 1],
    )
    lower = torch.where(right, part_N55[:, 3, 3], part_N55[:, 3, 1])
    upper = torch.where(right, part_N55[:, 1, 3], part_N55[:, 1, 1])
    return torch.where(down, lower, upper)


def _brightest(u_N: Tensor, v_N: Tensor, scale: int) -> Tensor:
    """G along an axis, from the table."""
    table = star_table(scale).to(u_N.device, u_N.dtype)
    at = [n.clamp(0, 1) * (STEPS - 1) for n in (u_N, v_N)]
    (i, j), (a, b) = ([n.floor().clamp(max=STEPS - 2).long() for n in at], at)
    a, b = a - i, b - j
    first = table[i, j] * (1 - b) + table[i, j + 1] * b
    return first * (1 - a) + (table[i + 1, j] * (1 - b) + table[i + 1, j + 1] * b) * a


@cache
def star_table(scale: int) -> Tensor:
    """G of u and v, (STEPS, STEPS) of 0..1 each; of stars between `SHARPEST` and `WIDEST`."""
    width, centre = (
        n.ravel()
        for n in np.meshgrid(
            np.geomspace(SHARPEST, WIDEST, 60) / np.sqrt(8 * np.log(2)), np.linspace(0, 0.5, 101)
        )
    )
    edges = (np.arange(-1.5, 3)[:, None] - centre) / width
    left, own, right, beyond = np.diff(ndtr(edges), axis=0)
    parts = (np.linspace(-0.5, 0.5, scale + 1)[:, None] - centre) / width
    peak = np.diff(ndtr(parts), axis=0).max(0) * scale
    known = np.stack([right / own, np.maximum(left, beyond) / own], -1)
    grid = np.stack(np.meshgrid(*[np.linspace(0, 1, STEPS)] * 2, indexing="ij"), -1)
    made = LinearNDInterpolator(known, peak / own)(grid)
    outside = NearestNDInterpolator(known, peak / own)(grid)
    return torch.from_numpy(np.where(np.isfinite(made), made, outside))
