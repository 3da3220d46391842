"""How many true samples lie within the intervals beside what was no measurement, and where an
answer was bounded: ``python -m benchmarks.reliability damaged``.

Simulated frames whose truth is known are struck by cosmic rays, get gaps, or saturate. What is
counted are the samples of good pixels that touch a bad one, and of those whose answer was bounded.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import torch
from astropy.io import fits
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter

from astroview.core.frame import ArraySource, Frame, Window
from astroview.core.models.shelf import default_shelf
from astroview.core.options import EnhanceOptions
from astroview.core.tiles import plan
from astroview.engine.networks.tile_superres import sharpen
from astroview.engine.pipeline import tile_stages
from astroview.engine.pipeline.enhance_plan import setting_for, sharpener
from astroview.engine.runtime.cache import Cache
from trainer.data import exposures
from trainer.data.exposures import Exposure

FloatArray = NDArray[np.float32]
MODELS = ("superres-x2", "superres-x4")
SEEDS, SIDE = range(9100, 9106), 128  # of frames that calibrated nothing; their pixels a side
STRUCK = 40  # places of a frame
SATURATED = 0.999  # of the pixels are fainter


class Counted(NamedTuple):
    """Samples, and how many of them are within: beside bad pixels, and where bounded."""

    beside: tuple[int, int]
    bounded: tuple[int, int]


def main(arguments: Sequence[str]) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reliability damaged")
    parser.add_argument("--write", action="store_true", help="into docs/reliability.md")
    chosen = parser.parse_args(arguments)
    text = table({model: counted(model) for model in MODELS})
    print(text)
    if chosen.write:
        from benchmarks import page

        page.put("damaged", text, page.DOCUMENT.with_name("reliability.md"))
    return 0


def counted(model: str) -> dict[str, Counted]:
    """Of one model, by kind of damage."""
    card = default_shelf().card(model)
    made = dict[str, Counted]()
    for kind, damage in KINDS.items():
        found = [
            _count(model, exposure, damage(exposure.seen, np.random.default_rng(seed)))
            for seed, exposure in zip(
                SEEDS, exposures.finer(SEEDS, card.scale, SIDE * card.scale), strict=True
            )
        ]
        total = np.sum(found, 0)
        made[kind] = Counted(tuple(total[0]), tuple(total[1]))
    return made


def rays(seen: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Short tracks, far above what they lie on."""
    made, noise = seen.copy(), float(np.median(np.abs(seen - np.median(seen)))) * 1.5
    for y, x in rng.integers(4, len(seen) - 4, (STRUCK, 2)):
        for step in range(int(rng.integers(1, 4))):
            made[y + step * int(rng.integers(0, 2)), x + step] += noise * rng.uniform(30, 3000)
    return made


def gaps(seen: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Squares and a row without data."""
    made = seen.copy()
    for y, x in rng.integers(4, len(seen) - 8, (STRUCK, 2)):
        side = int(rng.integers(1, 4))
        made[y : y + side, x : x + side] = np.nan
    made[len(seen) // 2] = np.nan
    return made


def saturated(seen: FloatArray, _: np.random.Generator) -> FloatArray:
    """The brightest at one value, which the file names."""
    return np.minimum(seen, np.float32(np.quantile(seen, SATURATED)))


Damage = Callable[[FloatArray, np.random.Generator], FloatArray]
KINDS: dict[str, Damage] = {"cosmic rays": rays, "gaps": gaps, "saturation": saturated}


@torch.inference_mode()
def _count(model: str, exposure: Exposure, samples: FloatArray) -> Counted:
    card, options = default_shelf().card(model), EnhanceOptions(device="cpu")
    height, width = samples.shape
    top = float(np.nanmax(samples))
    header = fits.Header({"SATURATE": top} if (samples == top).sum() > 1 else {})
    frame = Frame(
        exposure.name, (height, width), 1, "linear", ArraySource(samples), None, header=header
    )
    setting = setting_for(frame, options)
    how = sharpener(frame, card, setting, options, Cache())
    (tile,) = plan(frame.shape, card.tiling.size, card.tiling.halo, 1)
    x, seen = tile_stages.read(frame, tile, setting)
    made = sharpen(
        how, tile_stages.tensor(x, setting.device), tile_stages.beside_bad(seen, setting.device)
    )
    scale = card.scale
    here = Window(tile.core.y - tile.read.y, tile.core.x - tile.read.x, height, width).slices
    fine = tuple(slice(part.start * scale, part.stop * scale) for part in here)
    assert made.half is not None
    within = np.abs(made.samples[0, 0].numpy()[fine] - exposure.truth)
    inside = within <= made.half[0, 0].numpy()[fine]
    bad, share = seen.bad[here], made.share[0, 0].numpy()[here]
    touching = np.asarray(maximum_filter(bad, 3), bool) & ~bad
    bounded = (share < tile_stages.LESS) & ~bad
    return Counted(*(_part(inside, pixels, scale) for pixels in (touching, bounded)))


def _part(inside: NDArray[np.bool_], pixels: NDArray[np.bool_], scale: int) -> tuple[int, int]:
    samples = inside[tile_stages.repeat(pixels, scale)]
    return samples.size, int(samples.sum())


def table(found: dict[str, dict[str, Counted]]) -> str:
    """Markdown: by model and damage."""
    lines = [
        "| model | damage | samples beside bad pixels | within | samples bounded | within |",
        "|---|---|---:|---:|---:|---:|",
    ]
    for model, kinds in found.items():
        for kind, counts in kinds.items():
            cells = " | ".join(f"{n:,} | {k / n:.1%}" if n else "0 | " for n, k in counts)
            lines.append(f"| {model} | {kind} | {cells} |")
    return "\n".join(lines)
