"""Frames onto one of them: by WCS first, else by the pattern of stars, then refined on all stars.

All frames' stars are laid together: each star's place is the mean of what the frames say, each
frame's correction the least squares of its stars, in turns, without outliers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core import extras
from astroview.core.texts import Text
from astroview.engine.stacking.placement import Placement, SkyPlaces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from astroview.core.frame import Frame
    from astroview.engine.stacking.star_fits import FittedStars

    Numbers = NDArray[Any]

NEAR = (4.0, 1.5, 0.6)  # reference pixels within which two stars are one, round by round
FEWEST = 3  # stars that a pattern needs
_BRIGHT = 50  # stars of a pattern
_FLOOR = 0.004  # pixels: no star's place is known better
_TURNS = 4


@dataclass(frozen=True)
class Apart:
    """Why a frame could not be laid on the reference."""

    reason: str


@dataclass(frozen=True, eq=False)
class Matched:
    """A frame's placement, and which of its stars are which of the reference's.

    Attributes
    ----------
    mine, theirs
        Places in the frame's and in the reference's list of stars, pairwise.
    """

    placement: Placement
    mine: NDArray[np.int64]
    theirs: NDArray[np.int64]


def match(frame: Frame, stars: FittedStars, reference: Frame, base: FittedStars) -> Matched | Apart:
    """Lay one frame's stars on the reference's."""
    sky = SkyPlaces.between(frame, reference)
    if sky is None and frame.wcs is not None and reference.wcs is not None:
        return Apart(Text("its coordinates lie on another part of the sky"))
    first = Placement(sky, SkyPlaces.between(reference, frame) if sky else None)
    shifted = _shifted(first, stars, base)
    found = _closed(shifted, stars, base) if shifted is not None else None
    for side in (1.0, -1.0):  # as it is, then mirrored
        if found is None and (pattern := _by_pattern(stars, base, side)) is not None:
            found = _closed(Placement(affine=pattern), stars, base)
    if found is not None:
        return found
    if sky is not None and min(stars.count, base.count) < FEWEST:
        nothing = np.zeros(0, np.int64)
        return Matched(first, nothing, nothing)  # too few stars to check it by
    if min(stars.count, base.count) < FEWEST:
        return Apart(Text("it has too few stars to be laid on the others, and no sky coordinates"))
    if sky is not None:
        return Apart(Text("its stars are not where its sky coordinates say"))
    return Apart(Text("its stars are not those of the other frames: it shows another field"))


def _shifted(first: Placement, stars: FittedStars, base: FittedStars) -> Placement | None:
    """The placement with the shift that most pairs of bright stars vote for."""
    if min(stars.count, base.count) < FEWEST:
        return None
    x, y = first.to_reference(stars.x[:100], stars.y[:100])
    dx = (base.x[None, :100] - x[:, None]).ravel()
    dy = (base.y[None, :100] - y[:, None]).ravel()
    near = np.hypot(dx, dy) < 60
    if not near.any():
        return None
    points = np.column_stack([dx[near], dy[near]])
    from scipy.spatial import KDTree

    tree: Any = KDTree(points)
    votes = np.array([len(v) for v in tree.query_ball_point(points, 1.0)])
    best = points[votes.argmax()]
    if votes.max() < FEWEST:
        return None
    shift = np.median(points[np.hypot(*(points - best).T) < 1.0], axis=0)
    affine = first.affine.copy()
    affine[:, 2] += shift
    return replace(first, affine=affine)


def _by_pattern(stars: FittedStars, base: FittedStars, side: float) -> Numbers | None:
    """The similarity that lays one pattern of stars, its x times ``side``, on another
    (astroalign); None without.
    """
    if min(stars.count, base.count) < FEWEST:
        return None
    try:
        import astroalign
    except ImportError as problem:
        raise extras.missing("stack", "astroalign") from problem
    one = np.column_stack([side * stars.x, stars.y])[:_BRIGHT]
    other = np.column_stack([base.x, base.y])[:_BRIGHT]
    try:
        found: Any = astroalign.find_transform(one, other, max_control_points=_BRIGHT)
    except (astroalign.MaxIterError, ValueError, TypeError):
        return None
    return np.asarray(found[0].params[:2], np.float64) * [side, 1.0, 1.0]


def _closed(start: Placement, stars: FittedStars, base: FittedStars) -> Matched | None:
    """Pair the stars nearer and nearer; None when too few find a partner."""
    from scipy.spatial import KDTree

    placement, mine, theirs = start, np.zeros(0, np.int64), np.zeros(0, np.int64)
    tree: Any = KDTree(np.column_stack([base.x, base.y]))
    for near in NEAR:
        x, y = placement.to_reference(stars.x, stars.y)
        away, place = tree.query(np.column_stack([x, y]), distance_upper_bound=near)
        mine = np.flatnonzero(np.isfinite(away))
        theirs = np.asarray(place)[mine]
        _, once = np.unique(theirs, return_index=True)
        mine, theirs = mine[once], theirs[once]
        if len(mine) < FEWEST:
            return None
        placement = corrected(
            placement, stars.x[mine], stars.y[mine], stars.error[mine], base.x[theirs],
            base.y[theirs],
        )  # fmt: skip
    if len(mine) < max(FEWEST, 0.2 * min(stars.count, base.count)):
        return None
    return Matched(placement, mine, theirs)


# ---------------------------------------------------------------- refining


def refine(
    matched: Sequence[Matched], every: Sequence[FittedStars], base: FittedStars
) -> list[Placement]:
    """All placements together; ``matched`` and ``every`` in one order, the reference among them.

    The reference's own placement stays what it is.
    """
    placements = [one.placement for one in matched]
    for _ in range(_TURNS):
        x, y, known = _mean_places(placements, matched, every, base)
        for i, (one, stars) in enumerate(zip(matched, every, strict=True)):
            good = known[one.theirs]
            mine, theirs = one.mine[good], one.theirs[good]
            if stars is base or len(mine) < FEWEST:
                continue
            placements[i] = corrected(
                placements[i], stars.x[mine], stars.y[mine], stars.error[mine], x[theirs],
                y[theirs],
            )  # fmt: skip
    return placements


def _mean_places(
    placements: Sequence[Placement],
    matched: Sequence[Matched],
    every: Sequence[FittedStars],
    base: FittedStars,
) -> tuple[Numbers, Numbers, NDArray[np.bool_]]:
    """The reference's stars where all frames together have them."""
    total, weight = np.zeros((2, base.count)), np.zeros(base.count)
    for placement, one, stars in zip(placements, matched, every, strict=True):
        x, y = placement.to_reference(stars.x[one.mine], stars.y[one.mine])
        share = 1 / (stars.error[one.mine] ** 2 + _FLOOR**2)
        np.add.at(total[0], one.theirs, share * x)
        np.add.at(total[1], one.theirs, share * y)
        np.add.at(weight, one.theirs, share)
    known = weight > 0
    x, y = total / np.where(known, weight, 1)
    return x, y, known


def corrected(
    placement: Placement, x: Numbers, y: Numbers, error: Numbers, to_x: Numbers, to_y: Numbers
) -> Placement:
    """With the affine part anew, so that stars of the frame come to lie where they belong.

    A shift, a similarity or all six numbers: whichever the stars can afford (Schwarz 1978).
    """
    if placement.sky is not None:
        x, y = placement.sky.at(x, y)
    sigma = np.sqrt(error**2 + _FLOOR**2)
    good = np.ones(len(x), bool)
    affine = placement.affine
    for _ in range(3):
        fits = _affordable(x[good], y[good], sigma[good], to_x[good], to_y[good], placement)
        affine = min(fits, key=lambda fit: fit[0])[1]
        off = np.hypot(*_residuals(affine, x, y, to_x, to_y)) / sigma
        now = off < 4 * max(1.0, float(np.median(off)) / 1.18)
        if now.sum() < FEWEST or (now == good).all():
            break
        good = now
    rx, ry = _residuals(affine, x[good], y[good], to_x[good], to_y[good])
    rms = float(np.sqrt((rx**2 + ry**2).mean() / 2))
    share = 1 / sigma[good] ** 2
    found = float(np.sqrt((share**2 * (rx**2 + ry**2) / 2).sum()) / share.sum())
    return replace(placement, affine=affine, stars=int(good.sum()), rms=rms, error=found)


def _residuals(
    affine: Numbers, x: Numbers, y: Numbers, to_x: Numbers, to_y: Numbers
) -> tuple[Numbers, Numbers]:
    there = affine @ np.stack([x, y, np.ones_like(x)])
    return there[0] - to_x, there[1] - to_y


def _affordable(
    x: Numbers, y: Numbers, sigma: Numbers, to_x: Numbers, to_y: Numbers, now: Placement
) -> list[tuple[float, Numbers]]:
    """(criterion, affine) of each kind of correction."""
    turn = now.affine[:, :2]
    kinds = [(2, _shift(turn, x, y, sigma, to_x, to_y))]
    if len(x) >= 4 or (now.sky is None and len(x) >= FEWEST):
        kinds.append((4, _similarity(x, y, sigma, to_x, to_y, np.linalg.det(turn) < 0)))
    if len(x) >= 8:
        kinds.append((6, _free(x, y, sigma, to_x, to_y)))
    scored: list[tuple[float, Numbers]] = []
    for count, affine in kinds:
        off = np.concatenate(_residuals(affine, x, y, to_x, to_y)) / np.tile(sigma, 2)
        chi2 = float((off**2).sum())
        scored.append((chi2 + count * np.log(2 * len(x)), affine))
    return scored


def _shift(
    turn: Numbers, x: Numbers, y: Numbers, sigma: Numbers, to_x: Numbers, to_y: Numbers
) -> Numbers:
    there = turn @ np.stack([x, y])
    shift = [np.average(t - h, weights=1 / sigma**2) for t, h in zip((to_x, to_y), there)]  # noqa: B905
    return np.column_stack([turn, shift])


def _similarity(
    x: Numbers, y: Numbers, sigma: Numbers, to_x: Numbers, to_y: Numbers, mirrored: bool
) -> Numbers:
    sign = -1.0 if mirrored else 1.0
    one, nothing = np.ones_like(x), np.zeros_like(x)
    rows = np.concatenate(
        [np.stack([x, -sign * y, one, nothing], 1), np.stack([y, sign * x, nothing, one], 1)]
    )
    a, b, c, d = _solved(rows, np.concatenate([to_x, to_y]), np.tile(sigma, 2))
    return np.array([[a, -sign * b, c], [b, sign * a, d]])


def _free(x: Numbers, y: Numbers, sigma: Numbers, to_x: Numbers, to_y: Numbers) -> Numbers:
    rows = np.stack([x, y, np.ones_like(x)], 1)
    return np.array([_solved(rows, to, sigma) for to in (to_x, to_y)])


def _solved(rows: Numbers, values: Numbers, sigma: Numbers) -> Numbers:
    return np.linalg.lstsq(rows / sigma[:, None], values / sigma, rcond=None)[0]
