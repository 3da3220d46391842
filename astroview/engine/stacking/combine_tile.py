"""One tile of a stack: its frames' pixels, without the bad ones, into samples and their errors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from astroview.engine.stacking import context_plane
from astroview.engine.stacking.drizzled import drizzle
from astroview.engine.stacking.likelihood import NoiseModel, information, solve
from astroview.engine.stacking.rejection import reject_by_median, reject_by_model
from astroview.engine.stacking.splines import fine_means

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from astroview.core.sky.sky_noise import SkyNoise
    from astroview.engine.stacking.context_plane import Bits
    from astroview.engine.stacking.field_sample import ErrorScale
    from astroview.engine.stacking.matched_frame import MatchedFrame
    from astroview.engine.stacking.stack_choices import StackChoices
    from astroview.engine.stacking.tile_pieces import FineTile, TilePixels

    Samples = NDArray[np.float32]

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
    context
        Which exposures were seen; see `context_plane`.
    """

    planes: dict[str, Samples]
    counts: tuple[tuple[int, int], ...]
    context: Bits


def prepared(pieces: Sequence[TilePixels], tile: FineTile, noise: NoiseModel) -> Samples | None:
    """Reject bad pixels; returns where the iteration may begin."""
    reject_by_median(pieces, tile, noise)
    return reject_by_model(pieces, tile, noise)


def combine(
    pieces: Sequence[TilePixels],
    tile: FineTile,
    exposures: Sequence[MatchedFrame],
    base: SkyNoise,
    noise: NoiseModel,
    rounds: int,
    errors: ErrorScale,
    choices: StackChoices,
) -> CombinedTile:
    """Combine what the frames have of a tile; ``base`` is the sky that the result keeps."""
    start = prepared(pieces, tile, noise)
    if choices.method == "drizzle":
        above, sigma = drizzle(pieces, tile, choices)
    else:
        above, sigma = _likely(pieces, tile, noise, rounds, errors, start)
    weight, coverage, seen_by = _weights(pieces, tile)
    inner = tile.inner
    seen = coverage[inner] > 0
    unit = base.sigmas[0] or 1.0
    fine = {
        "samples": np.where(seen, above[inner] * unit + _sky(tile, base), np.nan),
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
) -> tuple[Samples, Samples]:
    """Samples above the sky, and their standard deviation."""
    if not pieces:
        nothing = np.full(tile.shape, np.nan, np.float32)
        return nothing, nothing
    floor = np.float32(noise.floor([piece.exposure for piece in pieces]))
    s = solve(pieces, noise, tile.shape, rounds, start)
    light = fine_means(s) - floor
    known = information(pieces, noise, s, float(floor))
    with np.errstate(divide="ignore"):
        sigma = errors.at(light / np.float32(noise.sigma)) / np.sqrt(known)
    return light, sigma.astype(np.float32)


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
    """The reference's sky on the core."""
    c, by_y, by_x = base.level
    y = (tile.core.y + np.arange(tile.core.height) + 0.5) / tile.scale - 0.5
    x = (tile.core.x + np.arange(tile.core.width) + 0.5) / tile.scale - 0.5
    return ((c + by_y * y)[:, None] + (by_x * x)[None]).astype(np.float32)
