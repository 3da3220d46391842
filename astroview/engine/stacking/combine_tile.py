"""One tile of a stack: its frames' pixels, without the bad ones, into samples and their errors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from astroview.engine.stacking import context_plane
from astroview.engine.stacking.drizzled import drizzle
from astroview.engine.stacking.likelihood import NoiseModel, expected, information, solve
from astroview.engine.stacking.rejection import reject_by_median, reject_by_model
from astroview.engine.stacking.splines import coefficients, fine_means

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from astroview.core.sky.sky_noise import SkyNoise
    from astroview.engine.stacking.context_plane import Bits
    from astroview.engine.stacking.field_sample import ErrorScale
    from astroview.engine.stacking.matched_frame import MatchedFrame
    from astroview.engine.stacking.stack_choices import StackChoices
    from astroview.engine.stacking.tile_pieces import FineTile, TilePixels, TileTask

    Samples = NDArray[np.float32]

_HOLDING = 1  # rounds that hold a proposal to the frames: more bring their noise back
_FAINTEST = 1e-6  # that a coefficient may be: it is multiplied
_SEES = 0.4  # of a whole pixel's say, from which on a frame counts as having seen a fine pixel


@dataclass(frozen=True, eq=False)
class CombinedTile:
    """A tile's core.

    Attributes
    ----------
    planes
        As `stack_run.Stack` has them.
    counts
        Of each exposure: pixels rejected, and pixels there were.
    misfits
        Of each exposure: the sum of its good pixels' squared residuals, in their noise, and how
        many they were; 0 of drizzle.
    context
        Which exposures were seen; see `context_plane`.
    """

    planes: dict[str, Samples]
    counts: tuple[tuple[int, int], ...]
    misfits: tuple[tuple[float, int], ...]
    context: Bits


def prepared(pieces: Sequence[TilePixels], tile: FineTile, noise: NoiseModel) -> Samples | None:
    """Reject bad pixels; returns where the iteration may begin."""
    reject_by_median(pieces, tile, noise)
    return reject_by_model(pieces, tile, noise)


def combine(
    pieces: Sequence[TilePixels],
    task: TileTask,
    exposures: Sequence[MatchedFrame],
    base: SkyNoise,
    noise: NoiseModel,
    rounds: int,
    errors: ErrorScale,
    choices: StackChoices,
) -> CombinedTile:
    """Combine what the frames have of a tile; ``base`` is the sky that the result keeps."""
    tile, unit, level = task.tile, base.sigmas[0] or 1.0, _sky(task.tile, base)
    start = prepared(pieces, tile, noise)
    misfits: dict[int, tuple[float, int]] = {}
    if choices.method == "drizzle":
        above, sigma = drizzle(pieces, tile, choices)
    else:
        if task.proposal is not None:
            start, rounds = (
                _begun_with((task.proposal - level) / unit, pieces, noise, start),
                _HOLDING,
            )
        above, sigma, misfits = _likely(pieces, tile, noise, rounds, errors, start)
    weight, coverage, seen_by = _weights(pieces, tile)
    inner = tile.inner
    seen = coverage[inner] > 0
    fine = {
        "samples": np.where(seen, (above * unit + level)[inner], np.nan),
        "sigma": np.where(seen, sigma[inner] * unit, np.nan),
        "weight": weight[inner] / unit**2,
        "coverage": coverage[inner],
    }
    planes = {name: tile.bin(plane) for name, plane in fine.items()}
    counts = {id(p.exposure): (int((p.core & (p.good == 0)).sum()), int(p.core.sum()))
              for p in pieces}  # fmt: skip
    return CombinedTile(
        {name: plane.astype(np.float32) for name, plane in planes.items()},
        tuple(counts.get(id(e), (0, 0)) for e in exposures),
        tuple(misfits.get(id(e), (0.0, 0)) for e in exposures),
        _context(seen_by, exposures, tile),
    )


def _context(
    seen_by: Sequence[tuple[MatchedFrame, NDArray[np.bool_]]],
    exposures: Sequence[MatchedFrame],
    tile: FineTile,
) -> Bits:
    places = {id(exposure): i for i, exposure in enumerate(exposures)}
    nobody = np.zeros((tile.core.height, tile.core.width), bool)
    seen = [(places[id(exposure)], where[tile.inner]) for exposure, where in seen_by]
    return context_plane.bits_of(seen or [(0, nobody)], len(exposures), tile.binned)


def _likely(
    pieces: Sequence[TilePixels],
    tile: FineTile,
    noise: NoiseModel,
    rounds: int,
    errors: ErrorScale,
    start: Samples | None,
) -> tuple[Samples, Samples, dict[int, tuple[float, int]]]:
    """Samples above the sky, their standard deviation, and what is left of each frame."""
    if not pieces:
        nothing = np.full(tile.shape, np.nan, np.float32)
        return nothing, nothing, {}
    floor = np.float32(noise.floor([piece.exposure for piece in pieces]))
    s = solve(pieces, noise, tile.shape, rounds, start)
    light = fine_means(s) - floor
    known = information(pieces, noise, s, float(floor))
    with np.errstate(divide="ignore"):
        sigma = errors.at(light / np.float32(noise.sigma)) / np.sqrt(known)
    return light, sigma.astype(np.float32), _misfits(pieces, noise, s, float(floor))


def _begun_with(
    light: Samples, pieces: Sequence[TilePixels], noise: NoiseModel, start: Samples | None
) -> Samples | None:
    """Coefficients of light (n, m) above the sky; where that is not known, those there are."""
    if not pieces or start is None:
        return start
    floor = np.float32(noise.floor([piece.exposure for piece in pieces]))
    known = np.isfinite(light)
    return coefficients(np.where(known, light + floor, fine_means(start)), _FAINTEST)


def _misfits(
    pieces: Sequence[TilePixels], noise: NoiseModel, s: Samples, floor: float
) -> dict[int, tuple[float, int]]:
    found: dict[int, tuple[float, int]] = {}
    for piece in pieces:
        ought = expected(piece, s, floor)
        good = (piece.good > 0) & piece.core
        off = (piece.values - ought)[good] ** 2 / noise.variance(piece.exposure, ought)[good]
        found[id(piece.exposure)] = (float(off.sum(dtype=np.float64)), int(good.sum()))
    return found


def _weights(
    pieces: Sequence[TilePixels], tile: FineTile
) -> tuple[Samples, Samples, list[tuple[MatchedFrame, NDArray[np.bool_]]]]:
    """One over the sky's variance of a reference pixel, the number of frames, and where each is."""
    seen_by: list[tuple[MatchedFrame, NDArray[np.bool_]]] = []
    weight, coverage = np.zeros(tile.shape, np.float32), np.zeros(tile.shape, np.float32)
    for piece in pieces:
        whole = tile.scale**2 * piece.exposure.area
        say = piece.sees.back(piece.good) * np.float32(whole)
        weight += say / np.float32(piece.exposure.noise**2 * piece.exposure.area)
        coverage += say > _SEES
        seen_by.append((piece.exposure, say > _SEES))
    return weight, coverage, seen_by


def _sky(tile: FineTile, base: SkyNoise) -> Samples:
    """The reference's sky on the tile with its margin (n, m)."""
    c, by_y, by_x = base.level
    height, width = tile.shape
    y = (tile.core.y - tile.pad + np.arange(height) + 0.5) / tile.scale - 0.5
    x = (tile.core.x - tile.pad + np.arange(width) + 0.5) / tile.scale - 0.5
    return ((c + by_y * y)[:, None] + (by_x * x)[None]).astype(np.float32)
