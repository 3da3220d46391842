"""Colour points steer what the colorizer painted: a correction that spreads but respects edges.

Levin, Lischinski & Weiss (2004) colourise by optimisation: neighbouring pixels of like
lightness have like colours. Here what spreads is not the colour but the *correction*, the hint's
chroma minus the network's, so that the network's own variety stays. A third term pulls the
correction to zero: far from every hint, and beyond strong edges, the network alone speaks. The
solution is then written as a local linear model of lightness (guided filter, He et al. 2013),
the form of the network's own answer, and so reaches full resolution without bleeding over stars.

Legend: ``L`` lightness (h, w) and ``ab`` chroma (h, w, 2) on a reduced grid; ``D`` correction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from astroview.core.colour.chroma_maps import ChromaMaps
from astroview.core.colour_hints import Hint

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

FloatArray = NDArray[np.float32]
Disc = tuple[NDArray[np.intp], NDArray[np.intp]]  # indices of cells


@dataclass(frozen=True)
class HintSpread:
    """How a correction spreads.

    Parameters
    ----------
    reach
        Share of the long side after which a correction has faded to 1/e where nothing stops it.
    edge
        Difference of lightness between neighbouring cells that stops it.
    leak
        What passes even over the strongest edge.
    tone
        Difference of lightness at which a place is another matter than the hint.
    far
        Share of the long side within which places of the same lightness take over a
        correction though nothing connects them.
    doubt
        So many hints it takes for such places to take over half of a correction: one hint
        speaks for its region, many for the picture.
    """

    reach: float = 0.25
    edge: float = 0.05
    leak: float = 0.02
    tone: float = 0.1
    far: float = 0.5
    doubt: float = 0.5


MANY = 10  # hints that speak for the whole picture


def spread_for(count: int) -> HintSpread:
    """How corrections spread: one hint speaks for its own region, `MANY` for the picture."""
    alone = HintSpread(reach=0.15, doubt=3.0)
    many, share = HintSpread(), min(max(count - 1, 0) / (MANY - 1), 1.0)
    return HintSpread(
        reach=alone.reach + share * (many.reach - alone.reach),
        doubt=alone.doubt + share * (many.doubt - alone.doubt),
    )


def correct(
    L: FloatArray,
    ab: FloatArray,
    hints: Sequence[Hint],
    cell: tuple[float, float],
    spread: HintSpread | None = None,
    present: FloatArray | None = None,
) -> ChromaMaps:
    """The correction for a frame whose lightness and network chroma, reduced to a grid of cells
    (so many pixels of the frame high and wide), are ``L`` and ``ab``.

    ``present`` (h, w) is 0 on empty sky and 1 on what stands before it: hints on objects leave
    the sky as it is.
    """
    spread = spread or spread_for(len(hints))
    dabs = [dab for hint in hints for dab in hint.dabs()]
    shares = [1 / len(strokes) for hint in hints for strokes in [hint.dabs()] for _ in strokes]
    discs = [_disc(dab, L.shape, cell) for dab in dabs]
    wanted = np.stack([np.array([h.a, h.b], np.float32) for h in dabs])
    gaps = np.stack([w - ab[disc].mean(0) for w, disc in zip(wanted, discs, strict=True)])
    prior = _alike(L, discs, gaps, shares, spread)
    weight, target = np.zeros(L.shape, np.float64), np.zeros((*L.shape, 2), np.float64)
    for disc, gap in zip(discs, gaps, strict=True):
        weight[disc] += 1
        target[disc] += gap
    target[weight > 0] /= weight[weight > 0][:, None]
    D = _solve(L, weight, target, prior.astype(np.float64), spread)
    heard = 1.0 if present is None else _spoken_for(present, discs)[..., None]
    return ChromaMaps(_linear_in_lightness(L, (D * heard).astype(np.float32)), cell)


def _disc(hint: Hint, shape: tuple[int, ...], cell: tuple[float, float]) -> Disc:
    """Indices of the cells that a hint covers; the one under its middle at least."""
    y, x = hint.y / cell[0] - 0.5, hint.x / cell[1] - 0.5
    ry, rx = max(hint.radius / cell[0], 0.01), max(hint.radius / cell[1], 0.01)
    rows = np.arange(max(int(y - ry), 0), min(int(y + ry) + 2, shape[0]))
    columns = np.arange(max(int(x - rx), 0), min(int(x + rx) + 2, shape[1]))
    inside = ((rows[:, None] - y) / ry) ** 2 + ((columns[None] - x) / rx) ** 2 <= 1
    if not inside.any():
        row = min(max(round(y), 0), shape[0] - 1)
        column = min(max(round(x), 0), shape[1] - 1)
        return np.array([row]), np.array([column])
    found = np.nonzero(inside)
    return rows[found[0]], columns[found[1]]


def _alike(
    L: FloatArray,
    discs: Sequence[Disc],
    gaps: FloatArray,
    shares: Sequence[float],
    spread: HintSpread,
) -> FloatArray:
    """(h, w, 2): the mean gap of the hints that a cell is like in lightness and near to; zero
    where it is like none.
    """
    rows, columns = np.ogrid[: L.shape[0], : L.shape[1]]
    reach = spread.far * max(L.shape)
    total = np.zeros((*L.shape, 2), np.float32)
    share = np.full(L.shape, spread.doubt, np.float32)
    for disc, gap, heard in zip(discs, gaps, shares, strict=True):
        apart = np.hypot(rows - disc[0].mean(), columns - disc[1].mean()) / reach
        unlike = (L - L[disc].mean()) / spread.tone
        near = heard * np.exp(-0.5 * (apart**2 + unlike**2)).astype(np.float32)
        total += near[..., None] * gap
        share += near
    return total / share[..., None]


def _spoken_for(present: FloatArray, discs: Sequence[Disc]) -> FloatArray:
    """(h, w): where hints have a say: on objects, and on the sky too if one was put there."""
    on_sky = any(float(present[disc].mean()) < 0.5 for disc in discs)
    return np.ones_like(present) if on_sky else present


def _solve(
    L: FloatArray,
    weight: NDArray[np.float64],
    target: NDArray[np.float64],
    prior: NDArray[np.float64],
    spread: HintSpread,
) -> NDArray[np.float64]:
    """Minimise  sum w (D - target)^2 + sum a_ij (D_i - D_j)^2 + pull sum (D - prior)^2."""
    from scipy.sparse import diags_array
    from scipy.sparse.linalg import cg

    pull = (1.0 / (spread.reach * max(L.shape))) ** 2
    firm = 10.0 * weight.ravel()
    laplacian, degree = _affinities(L, spread)
    system = laplacian + diags_array(firm + pull)
    right = firm[:, None] * target.reshape(-1, 2) + pull * prior.reshape(-1, 2)
    inverse = diags_array(1 / (degree + firm + pull))
    D = prior.reshape(-1, 2).copy()
    for k in range(2):
        D[:, k], _ = cg(system, right[:, k], D[:, k], rtol=1e-3, maxiter=400, M=inverse)
    return D.reshape(*L.shape, 2)


def _affinities(L: FloatArray, spread: HintSpread) -> tuple[csr_matrix, NDArray[np.float64]]:
    """The graph Laplacian of the four-neighbour grid, and its diagonal."""
    from scipy.ndimage import gaussian_filter
    from scipy.sparse import coo_array, diags_array

    guide = gaussian_filter(L, 0.7)
    number = np.arange(L.size).reshape(L.shape)
    pairs = ((number[:, :-1], number[:, 1:]), (number[:-1], number[1:]))
    one = np.concatenate([p[0].ravel() for p in pairs])
    other = np.concatenate([p[1].ravel() for p in pairs])
    step = guide.ravel()[one] - guide.ravel()[other]
    like = np.exp(-0.5 * (step.astype(np.float64) / spread.edge) ** 2) + spread.leak
    joined = coo_array((like, (one, other)), shape=(L.size, L.size))
    both = (joined + joined.T).tocsr()
    degree = np.asarray(both.sum(1)).ravel()
    return cast("csr_matrix", diags_array(degree) - both), degree


def _linear_in_lightness(L: FloatArray, D: FloatArray, radius: int = 2) -> FloatArray:
    """(h, w, 4): the local linear model of D in L over windows (guided filter)."""
    from scipy.ndimage import uniform_filter

    def mean(values: NDArray[np.floating]) -> FloatArray:
        axes = range(values.ndim)
        size = [2 * radius + 1 if axis < 2 else 1 for axis in axes]
        return np.asarray(uniform_filter(values, cast("int", size), mode="nearest"), np.float32)

    L_mean, D_mean = mean(L), mean(D)
    variance = mean(L * L) - L_mean**2
    slope = (mean(D * L[..., None]) - D_mean * L_mean[..., None]) / (variance + 1e-3)[..., None]
    offset = D_mean - slope * L_mean[..., None]
    return mean(np.concatenate([slope, offset], -1))
