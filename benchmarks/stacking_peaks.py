"""Peaks of noise in a stack, before and after a network left its noise out: is any new?

python -m benchmarks.stacking_peaks [--write]

Of the fields of `benchmarks.stacking`: peaks on dark sky that stand above five times the noise, as
it is after (what a search for sources in the result measures) and as the stack itself had it
(what ``SIGMA`` tells), and the height of each before and after.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from astroview.core.frame import ArraySource, Frame
from astroview.engine.stacking.stack_choices import StackChoices
from astroview.engine.stacking.stack_run import stack_frames
from benchmarks import page, stacking

SIGNIFICANT = 5.0  # times the noise
READ = stacking.READ


@dataclass(frozen=True)
class Peak:
    """Of a peak on dark sky: before, after, and after in the noise that is left; else in the noise
    of the stack.
    """

    before: float
    after: float
    in_what_is_left: float


def peaks(made: stacking.Field) -> Iterator[Peak]:
    """Those that are significant before or after, by one of the two noises."""
    from scipy.ndimage import gaussian_filter, maximum_filter

    frames = [
        Frame(f"frame{i}", samples.shape, 1, "linear", ArraySource(samples), None, unit="electron")
        for i, samples in enumerate(made.frames)
    ]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        choices = StackChoices(stacking.SCALE, reference=0, denoise=True)
        planes = stack_frames(frames, Path(folder), choices, lambda *_: None).planes
        wide = made.fwhm * stacking.SCALE / 2.3548
        soft: list[Any] = [
            gaussian_filter(np.array(plane, np.float64) - stacking.SKY, wide)
            for plane in (planes["measured"], planes["samples"], made.truth)
        ]
    before, after, truth = soft
    dark = np.zeros(truth.shape, bool)
    inner = slice(stacking.EDGE * stacking.SCALE, -stacking.EDGE * stacking.SCALE)
    dark[inner, inner] = (truth < 0.02 * READ)[inner, inner]
    noise, left = (float(np.std((each - truth)[dark])) for each in (before, after))
    shown = (after == maximum_filter(after, 5)) & (after - truth > SIGNIFICANT * left)
    shown |= (before == maximum_filter(before, 5)) & (before - truth > SIGNIFICANT * noise)
    for y, x in np.argwhere(shown & dark):
        yield Peak(before[y, x] / noise, after[y, x] / noise, after[y, x] / left)


def table(seeds: range) -> str:
    """The counts by the number of frames, as Markdown."""
    lines = [
        "| frames | before | after, by the stack's noise | after, by what is left of it"
        " | heights before → after, in the stack's noise |",
        "|---:|---:|---:|---:|---|",
    ]
    for count in stacking.COUNTS:
        found = [peak for seed in seeds for peak in peaks(stacking.field(seed, count))]
        heights = [(p.before, p.after, p.in_what_is_left) for p in found]
        counts = [sum(h[k] > SIGNIFICANT for h in heights) for k in range(3)]
        told = ", ".join(f"{h[0]:.2f} → {h[1]:.2f}" for h in heights) or "none"
        lines.append(f"| {count} | {' | '.join(map(str, counts))} | {told} |")
        print(lines[-1], file=sys.stderr, flush=True)
    return "\n".join(lines)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=int, default=3, metavar="N")
    parser.add_argument("--write", action="store_true", help="put it into decision 35")
    chosen = parser.parse_args()
    text = table(range(chosen.seeds))
    print(text)
    if chosen.write:
        folder = Path(__file__).resolve().parents[1] / "docs/decisions"
        page.put("stacking peaks", text, folder / "0035-noise-left-out-of-stacks.md")
    return 0


if __name__ == "__main__":
    sys.exit(main())
