"""How many true samples lie within the intervals beside what was no measurement, and where an
answer was bounded: ``python -m benchmarks.reliability damaged``.

Simulated frames whose truth is known are struck by cosmic rays, get gaps, or saturate. What is
counted are the samples of good pixels that touch a bad one, and of those whose answer was bounded.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from astroview.core.frame import Frame
from astroview.core.models.shelf import default_shelf
from astroview.core.options import EnhanceOptions
from astroview.engine.networks.tile_superres import Sharpener
from astroview.engine.pipeline import tile_stages
from astroview.engine.pipeline.enhance_plan import setting_for, sharpener
from astroview.engine.runtime.cache import Cache
from trainer.calibrate.damaged_intervals import KINDS, Struck, struck_frames

FloatArray = NDArray[np.float32]
MODELS = ("superres-x2", "superres-x4")
SEEDS = range(9100, 9106)  # of frames that calibrated nothing


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
    card, options = default_shelf().card(model), EnhanceOptions(device="cpu")

    def prepare(frame: Frame) -> Sharpener:
        return sharpener(frame, card, setting_for(frame, options), options, Cache())

    made = dict[str, Counted]()
    for kind in KINDS:
        total = np.sum([_count(s) for s in struck_frames(prepare, card.scale, kind, SEEDS)], 0)
        made[kind] = Counted(tuple(total[0]), tuple(total[1]))
    return made


def _count(struck: Struck) -> Counted:
    parts = (struck.touching(), (struck.share < tile_stages.LESS) & ~struck.bad)
    return Counted(*(struck.within(pixels) for pixels in parts))


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
