"""Pixels that do not show the sky: cosmic rays, hot and dead pixels, satellites.

First against the median of all frames, with as much leave as the image is steep (as AstroDrizzle
does, Fruchter & Hook 2002); then against the sky that explains the others, where a pixel may also
be taken back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.engine.stacking.likelihood import NoiseModel, expected, solve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from astroview.engine.stacking.tile_pieces import FineTile, TilePixels

    Numbers = NDArray[Any]
    Samples = NDArray[np.float32]

CLEAR = 5.0  # sigmas
BESIDE = 3.5  # sigmas, of the four neighbours of what was rejected
STEEP = (1.0, 2.5)  # of the image's range in 3 x 3 pixels; of two frames only
UNSURE = 0.08  # of the same range, of the sky that explains the pixels: registration, PSF
_FIRST, _ROUNDS = 6, 2


def reject_by_median(pieces: Sequence[TilePixels], tile: FineTile, noise: NoiseModel) -> None:
    """Mark pixels that stand out from the frames' median; only with two frames and more."""
    if len(pieces) < 2:
        return
    middle, steep = _median(pieces, tile)
    leave = STEEP[1] if len(pieces) == 2 else STEEP[0]
    for piece in pieces:
        y, x = piece.place_y / tile.scale - 0.5, piece.place_x / tile.scale - 0.5
        usual, slope = _sampled(middle, y, x), _sampled(steep, y, x)
        sigma = np.sqrt(noise.variance(piece.exposure, usual))
        off = np.abs(piece.values - usual) - leave * slope
        _mark(piece, np.asarray(off / sigma, np.float32))


def _median(pieces: Sequence[TilePixels], tile: FineTile) -> tuple[Samples, Samples]:
    """The median of all frames on the reference's pixels, and its range in 3 x 3."""
    from scipy.ndimage import map_coordinates, maximum_filter, minimum_filter

    left, top, _, _ = tile.edges()
    n, m = (side // tile.scale for side in tile.shape)
    x, y = np.meshgrid(left + 0.5 + np.arange(m), top + 0.5 + np.arange(n))
    layers = np.full((len(pieces), n, m), np.nan, np.float32)
    for layer, piece in zip(layers, pieces, strict=True):
        window = piece.exposure.window(*tile.edges())
        at_x, at_y = piece.exposure.placement.to_frame(x, y)
        holes = np.where(piece.seen > 0, piece.values, np.nan)
        at = np.stack([at_y - window.y, at_x - window.x])
        layer[:] = map_coordinates(holes, at, order=1, mode="constant", cval=np.nan)
    count = np.isfinite(layers).sum(0)
    ordered = np.sort(layers, axis=0)  # NaN last
    low = np.maximum((count - 1) // 2, 0)
    high = np.where(count > 2, count // 2, low)  # of two the lesser: cosmic rays only add
    pick = np.stack([low, high])
    both = np.take_along_axis(ordered, pick, axis=0).mean(0)
    middle = np.where(count > 0, both, 0).astype(np.float32)
    steep: Any = maximum_filter(middle, 3) - minimum_filter(middle, 3)
    return middle, np.asarray(steep, np.float32)


def _sampled(image: Samples, y: Numbers, x: Numbers) -> Samples:
    from scipy.ndimage import map_coordinates

    found: Any = map_coordinates(image, np.stack([y, x]), order=1, mode="nearest")
    return np.asarray(found, np.float32)


def _mark(piece: TilePixels, sigmas: Samples) -> None:
    """Reject what is off by more than `CLEAR`, and neighbours of it that are off as well."""
    from scipy.ndimage import binary_dilation

    out = (sigmas > CLEAR) & (piece.seen > 0)
    if out.any():
        out |= np.asarray(binary_dilation(out), bool) & (sigmas > BESIDE)
    piece.good = piece.seen * ~out


def reject_by_model(
    pieces: Sequence[TilePixels], tile: FineTile, noise: NoiseModel
) -> Samples | None:
    """Judge all pixels anew by the sky that explains the good ones; returns its coefficients.

    Of frames that contradict each other at a place only the worst is rejected in each turn: one
    cosmic ray pulls the sky so far up that all others are off too. What was rejected before pulls
    at nothing, and stays rejected while it is off.
    """
    if len(pieces) < 2:
        return None
    s: Samples | None = None
    for _ in range(_ROUNDS):
        s = solve(pieces, noise, tile.shape, _FIRST, s)
        floor = noise.floor([piece.exposure for piece in pieces])
        off = [_off(piece, s, floor, noise) for piece in pieces]
        worst = np.zeros((tile.shape[0] // tile.scale + 2, tile.shape[1] // tile.scale + 2))
        places = [_cells(piece, tile) for piece in pieces]
        for piece, here, (y, x) in zip(pieces, off, places, strict=True):
            np.maximum.at(worst, (y, x), here * (piece.good > 0))
        worst = _around(worst)
        for piece, here, (y, x) in zip(pieces, off, places, strict=True):
            blamed = (here >= 0.7 * worst[y, x]) | (piece.good == 0)
            _mark(piece, np.where(blamed, here, 0).astype(np.float32))
    return s


def _off(piece: TilePixels, s: Samples, floor: float, noise: NoiseModel) -> Samples:
    """By how many sigmas each pixel is off; 0 where there is none."""
    from scipy.ndimage import maximum_filter, minimum_filter

    ought = expected(piece, s, floor)
    steep = np.asarray(maximum_filter(ought, 3) - minimum_filter(ought, 3))
    sigma = np.sqrt(noise.variance(piece.exposure, ought) + (UNSURE * steep) ** 2)
    return np.asarray(piece.seen * np.abs(piece.values - ought) / sigma, np.float32)


def _cells(piece: TilePixels, tile: FineTile) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    n, m = (side // tile.scale + 2 for side in tile.shape)
    y = np.clip(np.floor(piece.place_y / tile.scale), -1, n - 2).astype(np.int64) + 1
    x = np.clip(np.floor(piece.place_x / tile.scale), -1, m - 2).astype(np.int64) + 1
    return y, x


def _around(worst: Numbers) -> Numbers:
    from scipy.ndimage import maximum_filter

    return np.asarray(maximum_filter(worst, 3))
