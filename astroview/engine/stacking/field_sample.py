"""What a sample of the field tells: the photons' noise, when to stop, and how far off one is.

Iteration stops where a tenth of the pixels, held back, is explained best: from there on it would
explain noise. Errors are those of a stack of simulated frames, made of the stack itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from astroview.engine.stacking.likelihood import (
    NoiseModel,
    expected,
    information,
    iterate,
    solve,
)
from astroview.engine.stacking.splines import fine_means

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from astroview.engine.stacking.tile_pieces import FineTile, TilePixels

    Samples = NDArray[np.float32]

HELD_BACK = 0.1
MOST_ROUNDS, EVERY, FEWEST_ROUNDS = 60, 4, 8
_SOURCE = 3.0  # sigmas above the sky from which a pixel counts as a source
_FEW = 200  # pixels of sources that are asked
_BINS = (0.0, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0)  # light in sigmas: from which on each bin counts


@dataclass(frozen=True)
class ErrorScale:
    """True error over one over the root of `likelihood.information`, by light in sigmas."""

    light: tuple[float, ...] = (0.0,)
    factor: tuple[float, ...] = (1.0,)

    def at(self, light: Samples) -> Samples:
        """The factor for light (n, m) in sigmas of the sky."""
        place = np.log1p(np.maximum(light, 0))
        return np.interp(place, np.log1p(self.light), self.factor).astype(np.float32)


def photons_by(pieces: Sequence[TilePixels], noise: NoiseModel, s: Samples, scale: int) -> float:
    """The photons' noise that the residuals show; as it was where they cannot tell.

    What the fit took of the noise is taken of sky and stars alike, so their ratio counts.
    """
    if len(pieces) < 1.5 * scale**2:
        return noise.photons
    floor = noise.floor([piece.exposure for piece in pieces])
    square: list[NDArray[np.float64]] = []
    light: list[NDArray[np.float64]] = []
    for piece in pieces:
        ought = expected(piece, s, floor)
        good = (piece.good > 0) & piece.core
        unit = piece.exposure.noise**2
        square.append(((piece.values - ought)[good] ** 2 / unit).astype(np.float64))
        light.append((ought[good] / piece.exposure.gain / unit).astype(np.float64))
    every, bright = np.concatenate(square), np.concatenate(light)
    shine = bright * noise.sigma
    sky = every[np.abs(shine) < 1.0]
    stars = shine > 10.0
    if stars.sum() < _FEW or sky.size < _FEW:
        return noise.photons
    usual = float(np.median(sky))

    def excess(photons: float) -> float:
        return float(np.median(every[stars] / (1 + photons * bright[stars]))) - usual

    low, high = noise.sigma / 1000, noise.sigma / 3.5
    if excess(low) <= 0 or excess(high) >= 0:
        return low if excess(low) <= 0 else high
    for _ in range(40):
        middle = float(np.sqrt(low * high))
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    return float(np.sqrt(low * high))


def rounds_by(
    pieces: Sequence[TilePixels], noise: NoiseModel, tile: FineTile, rng: np.random.Generator
) -> int:
    """After how many rounds pixels that were held back are explained best."""
    goods = [piece.good for piece in pieces]
    held = [(g > 0) & piece.core & (rng.random(g.shape) < HELD_BACK)
            for g, piece in zip(goods, pieces, strict=True)]  # fmt: skip
    floor = noise.floor([piece.exposure for piece in pieces])
    for piece, out in zip(pieces, held, strict=True):
        piece.good = piece.good * ~out
    best, lowest = FEWEST_ROUNDS, np.inf
    try:
        for done, s in enumerate(iterate(pieces, noise, tile.shape), start=1):
            if done % EVERY:
                continue
            off = _held_deviance(pieces, held, noise, s, floor)
            if off < lowest:
                best, lowest = done, off
            if done >= MOST_ROUNDS or done >= best + 3 * EVERY:
                break
    finally:
        for piece, good in zip(pieces, goods, strict=True):
            piece.good = good
    return max(best, FEWEST_ROUNDS)


def _held_deviance(
    pieces: Sequence[TilePixels],
    held: Sequence[NDArray[np.bool_]],
    noise: NoiseModel,
    s: Samples,
    floor: float,
) -> float:
    """Mean squared residual, in sigmas, of pixels held back on sources (else of all)."""
    parts: list[NDArray[np.float64]] = []
    shine: list[NDArray[np.float64]] = []
    for piece, out in zip(pieces, held, strict=True):
        ought = expected(piece, s, floor)[out]
        variance = noise.variance(piece.exposure, ought)
        parts.append(((piece.values[out] - ought) ** 2 / variance).astype(np.float64))
        shine.append((ought / noise.sigma).astype(np.float64))
    every, light = np.concatenate(parts), np.concatenate(shine)
    sources = light > _SOURCE
    chosen = every[sources] if sources.sum() >= _FEW else every
    return float(np.minimum(chosen, 100).mean()) if chosen.size else 0.0


def error_scale(
    pieces: Sequence[TilePixels],
    noise: NoiseModel,
    tile: FineTile,
    rounds: int,
    s: Samples,
    rng: np.random.Generator,
) -> ErrorScale:
    """By stacking frames that are simulated from the stack: its errors, noise and bias, known."""
    floor = noise.floor([piece.exposure for piece in pieces])
    kept = [piece.values for piece in pieces]
    for piece in pieces:
        ought = expected(piece, s, floor)
        sigma = np.sqrt(noise.variance(piece.exposure, ought))
        piece.values = (ought + sigma * rng.standard_normal(ought.shape)).astype(np.float32)
    try:
        again = solve(pieces, noise, tile.shape, rounds)
    finally:
        for piece, values in zip(pieces, kept, strict=True):
            piece.values = values
    known = tile.bin(information(pieces, noise, s, floor)[tile.inner])
    true, found = (tile.bin(fine_means(one)[tile.inner]) for one in (s, again))
    pulls = ((found - true) * np.sqrt(np.maximum(known, 0))).ravel()
    light = ((true - floor) / noise.sigma).ravel()
    edges = (*_BINS[1:], np.inf)
    places: list[float] = []
    factors: list[float] = []
    for low, high in zip(_BINS, edges, strict=True):
        inside = (light >= low) & (light < high) if low else light < high
        if inside.sum() >= 40:
            ninety = float(np.quantile(np.abs(pulls[inside]), 0.9))
            places.append(max(float(np.median(light[inside])), 0.0))
            factors.append(ninety / 1.645)
    return ErrorScale(tuple(places), tuple(factors)) if places else ErrorScale()
