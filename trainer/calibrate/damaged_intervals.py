"""Intervals beside pixels that are no measurement, calibrated on simulated frames with damage.

What a network sees there was filled in: smoother than what is true. Beside a gap intervals are
multiplied by a factor; beside a full pixel they take in a part of how far it is above what stood
for it, since a star that fills pixels is steeper than anything around tells. Both are such that
nine of ten samples lie within; where that is so anyway they stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from astropy.io import fits
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter

from astroview.core.frame import ArraySource, Frame, Window
from astroview.core.options import EnhanceOptions
from astroview.core.tiles import plan
from astroview.engine.networks.interval_heads import INTERVAL, BesideBad
from astroview.engine.networks.tile_superres import Sharpener, sharpen
from astroview.engine.pipeline import tile_stages
from astroview.engine.pipeline.enhance_plan import setting_for
from trainer.data import exposures
from trainer.data.exposures import Exposure

FloatArray = NDArray[np.float32]
Mask = NDArray[np.bool_]
FIT = range(8100, 8116)  # seeds
SIDE = 128  # pixels of a frame
PLACES = 40  # of a frame that are struck
FULL = (0.999, 0.9975)  # of the pixels are fainter
HALO, LARGEST = 32, 512
STEPS = np.linspace(0, 1, 51)


def rays(seen: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Short tracks, far above what they lie on."""
    made, noise = seen.copy(), float(np.median(np.abs(seen - np.median(seen)))) * 1.5
    for y, x in rng.integers(4, len(seen) - 4, (PLACES, 2)):
        for step in range(int(rng.integers(1, 4))):
            made[y + step * int(rng.integers(0, 2)), x + step] += noise * rng.uniform(30, 3000)
    return made


def gaps(seen: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Squares and a row without data."""
    made = seen.copy()
    for y, x in rng.integers(4, len(seen) - 8, (PLACES, 2)):
        side = int(rng.integers(1, 4))
        made[y : y + side, x : x + side] = np.nan
    made[len(seen) // 2] = np.nan
    return made


def saturated(seen: FloatArray, _: np.random.Generator, below: float = FULL[0]) -> FloatArray:
    """The brightest at one value, which the file names."""
    return np.minimum(seen, np.float32(np.quantile(seen, below)))


def more_saturated(seen: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Likewise, more of them."""
    return saturated(seen, rng, FULL[1])


Damage = Callable[[FloatArray, np.random.Generator], FloatArray]
KINDS: dict[str, Damage] = {"cosmic rays": rays, "gaps": gaps, "saturation": saturated}
FITTING: dict[str, Damage] = {**KINDS, "more saturation": more_saturated}
Prepare = Callable[[Frame], Sharpener]


@dataclass(frozen=True, eq=False)
class Struck:
    """What a super-resolver made of a frame with damage: |error| and half of the intervals (sH,
    sW); which pixels (H, W) are bad, what share of the network's answer each has, and how far full
    ones beside it are above what stood for them.
    """

    error: FloatArray
    half: FloatArray
    bad: Mask
    share: FloatArray
    step: FloatArray

    @property
    def scale(self) -> int:
        return len(self.error) // len(self.bad)

    def touching(self) -> Mask:
        """Good pixels that touch a bad one."""
        return np.asarray(maximum_filter(self.bad, 3), bool) & ~self.bad

    def within(self, pixels: Mask) -> tuple[int, int]:
        """Samples of some pixels, and how many of them are within."""
        inside = (self.error <= self.half)[tile_stages.repeat(pixels, self.scale)]
        return inside.size, int(inside.sum())


def measured(prepare: Prepare, scale: int, seeds: range = FIT) -> dict[str, float]:
    """For a card: see `interval_heads.BesideBad`. ``prepare`` makes a network ready for a frame."""

    def plain(frame: Frame) -> Sharpener:
        return replace(prepare(frame), beside=BesideBad())

    by_gap = _beside(struck_frames(plain, scale, "gaps", seeds))
    full = _beside(
        struck
        for kind in ("saturation", "more saturation")
        for struck in struck_frames(plain, scale, kind, seeds)
    )
    error, half, _ = by_gap
    gap = float(np.quantile(error / half, INTERVAL)) if error.size else 1.0
    error, half, step = full
    parts = [float((error <= np.hypot(half, part * step)).mean()) for part in STEPS]
    enough = next((p for p, inside in zip(STEPS, parts, strict=True) if inside >= INTERVAL), 1.0)
    return {"gap": round(max(1.0, gap), 4), "step": round(float(enough), 4)}


def _beside(found: Iterator[Struck]) -> tuple[FloatArray, FloatArray, FloatArray]:
    """|error|, half of the intervals and steps of all samples beside bad pixels, (N,) each."""
    parts = list[tuple[FloatArray, ...]]()
    for struck in found:
        here = tile_stages.repeat(struck.touching(), struck.scale)
        steps = tile_stages.repeat(struck.step, struck.scale)
        parts.append((struck.error[here], struck.half[here], steps[here]))
    error, half, step = (np.concatenate(kind) for kind in zip(*parts, strict=True))
    return error, half, step


def struck_frames(
    prepare: Prepare, scale: int, kind: str, seeds: Sequence[int]
) -> Iterator[Struck]:
    """Simulated frames with damage of one kind, super-resolved."""
    first, count = seeds[0], len(seeds)
    for exposure in exposures.finer(range(first, first + count), scale, SIDE * scale):
        rng = np.random.default_rng(first)
        yield struck_frame(prepare, exposure, FITTING[kind](exposure.seen, rng))
        first += 1


@torch.inference_mode()
def struck_frame(prepare: Prepare, exposure: Exposure, samples: FloatArray) -> Struck:
    """One whose samples are damaged."""
    height, width = samples.shape
    top = float(np.nanmax(samples))
    header = fits.Header({"SATURATE": top} if (samples == top).sum() > 1 else {})
    frame = Frame(
        exposure.name, (height, width), 1, "linear", ArraySource(samples), None, header=header
    )
    how, setting = prepare(frame), setting_for(frame, EnhanceOptions(device="cpu"))
    (tile,) = plan(frame.shape, LARGEST, HALO, 1)
    x, seen = tile_stages.read(frame, tile, setting)
    planes = tile_stages.tensor(x, setting.device)
    near = tile_stages.near_bad(seen, planes)
    made = sharpen(how, planes, near)
    scale = how.network.scale
    here = Window(tile.core.y - tile.read.y, tile.core.x - tile.read.x, height, width).slices
    fine = tuple(slice(part.start * scale, part.stop * scale) for part in here)
    assert made.half is not None
    step: Any = np.zeros(frame.shape, np.float32) if near is None else near.step[0, 0].numpy()[here]
    return Struck(
        np.abs(made.samples[0, 0].numpy()[fine] - exposure.truth),
        made.half[0, 0].numpy()[fine],
        seen.bad[here],
        made.share[0, 0].numpy()[here],
        step,
    )
