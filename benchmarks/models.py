"""How long the bundled models take, side by side in one run: ``python -m benchmarks.models``.

Each model works through the engine on the same frames (a grey one in linear units, a picture in
RGB), by turns: what else the machine does falls on all of them alike. Seconds are of the clock and
of the CPU for each Mpixel of the input, medians over the rounds. The load under which they were
taken stands beside them, and above `QUIET` nothing is written: such figures measure the others.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks import page

if TYPE_CHECKING:
    from astroview.core.frame import Frame
    from astroview.core.options import EnhanceOptions

QUIET = 0.25  # of other processes' load for each core, at most, to write figures down
SAMPLES = Path(__file__).resolve().parents[1] / "resources" / "samples"
JOBS = (
    ("x2, RGB picture", "superres-x2", None, "picture"),
    ("x2, grey frame", "superres-x2", None, "grey"),
    ("x4, RGB picture", "superres-x4", None, "picture"),
    ("x4, grey frame", "superres-x4", None, "grey"),
    ("colour, grey frame", None, "colorizer", "grey"),
    ("x2, then colour", "superres-x2", "colorizer", "grey"),
    ("colour and x2 in one", "combined-x2", "combined-x2", "grey"),
)


@dataclass(frozen=True)
class Took:
    """Seconds a Mpixel of the input."""

    wall_s: float
    cpu_s: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--side", type=int, default=768, help="pixels a side of the frames")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    chosen = parser.parse_args()
    before = load()
    with tempfile.TemporaryDirectory(prefix="astroview-models-") as folder:
        found = measured(chosen.side, chosen.rounds, chosen.device, Path(folder))
    table = "\n".join(_table(found, chosen.side, chosen.rounds, chosen.device, before))
    print(table)
    if chosen.write:
        put(table, before)


def load() -> float:
    """What other processes load each core with, over the last minute."""
    cores = os.cpu_count() or 1
    return os.getloadavg()[0] / cores if hasattr(os, "getloadavg") else 0.0


def put(table: str, before: float, document: Path = page.DOCUMENT) -> None:
    """Write the table, unless it was taken under load. Raises SystemExit."""
    if before > QUIET:
        raise SystemExit(
            f"Not written: a load of {before:.2f} a core before the first round is above {QUIET}."
        )
    page.put("models", table, document)


def frames(side: int) -> dict[str, Frame]:
    """The sample frames, tiled to a side, in memory."""
    from astroview.core.frame import ArraySource
    from astroview.core.io.open_file import open_frame

    made: dict[str, Frame] = {}
    for name, file in (("grey", "galaxy.fits"), ("picture", "nebula.png")):
        frame = open_frame(SAMPLES / file)
        samples = frame.read()
        if name == "picture" and samples.ndim == 2:
            samples = np.repeat(samples[..., None], 3, -1)
        repeats = [-(-side // n) for n in samples.shape[:2]] + [1] * (samples.ndim - 2)
        samples = np.ascontiguousarray(np.tile(samples, repeats)[:side, :side])
        channels = 3 if samples.ndim == 3 else 1
        source = ArraySource(samples)
        made[name] = replace(frame, shape=(side, side), channels=channels, source=source)
    return made


def measured(side: int, rounds: int, device: str, scratch: Path) -> dict[str, list[Took]]:
    """Every job in every round, beginning with another one each time."""
    from astroview.core.models.model_card import default_shelf
    from astroview.core.options import EnhanceOptions
    from astroview.engine.pipeline.enhance import enhance_to
    from astroview.engine.runtime import allocator
    from astroview.engine.runtime.cache import Cache
    from astroview.engine.runtime.live_updates import Live

    allocator.keep_memory()  # as a worker does
    shelf, shown = default_shelf(), frames(side)
    found: dict[str, list[Took]] = {name: [] for name, *_ in JOBS}

    def run(superres: str | None, colorizer: str | None, frame: Frame, live: Live) -> Took:
        options: EnhanceOptions = EnhanceOptions(
            superres=superres, colorizer=colorizer, device=device
        )
        wall, cpu = time.monotonic(), time.process_time()
        enhance_to(frame, options, scratch / "out", shelf, lambda *_: None, live)
        took = time.monotonic() - wall, time.process_time() - cpu
        shutil.rmtree(scratch / "out")
        mpixel = frame.shape[0] * frame.shape[1] / 1e6
        return Took(took[0] / mpixel, took[1] / mpixel)

    for turn in range(rounds + 1):
        jobs = JOBS[turn % len(JOBS) :] + JOBS[: turn % len(JOBS)]
        for name, superres, colorizer, kind in jobs:
            live = Live(Cache())
            small = frames(64)[kind]
            run(superres, colorizer, small, live)  # loads the network
            if turn:  # the first round warms up
                found[name].append(run(superres, colorizer, shown[kind], live))
    return found


def _table(
    found: dict[str, list[Took]], side: int, rounds: int, device: str, before: float
) -> Iterator[str]:
    yield f"Frames of {side} x {side} pixels on {device} ({os.cpu_count()} cores), {rounds} rounds"
    yield f"by turns, medians; load before the first round {before:.2f} a core."
    yield ""
    yield "| | s a Mpixel | CPU s a Mpixel |"
    yield "|---|---|---|"
    for name, rows in found.items():
        wall, cpu = (statistics.median(getattr(r, k) for r in rows) for k in ("wall_s", "cpu_s"))
        yield f"| {name} | {wall:.2f} | {cpu:.2f} |"
    yield ""
    yield "`python -m benchmarks.models` prints this table; `make benchmark-models` writes it."


if __name__ == "__main__":
    main()
