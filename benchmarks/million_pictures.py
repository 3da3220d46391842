"""What a run of a million pictures takes before its first step: memory, and time to look through
them.

    python -m benchmarks.million_pictures [--sample 2000] [--side 256] [--pictures 1000000]

packs simulated pictures into shards, indexes them as `astroview train --shards` does, and
multiplies: both grow with the number of pictures, but for the search for look-alikes, which a
folder needs and shards that say what is held out do not; its time grows with the square.
"""

from __future__ import annotations

import argparse
import time
import tracemalloc
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from trainer.config import TuneConfig
from trainer.data import pictures, shards, training_data
from trainer.data.pictures import Picture

ALIKE = 20_000  # hashes that the search for look-alikes is timed on


@dataclass(frozen=True)
class IndexCost:
    """Of one picture: CPU seconds to list and to look at it, bytes that stay in memory; and CPU
    seconds of the search for look-alikes among so many, for the square of their number.
    """

    list_s: float
    look_s: float
    kept: float
    packed: float
    alike_s: float

    def rows(self, count: int) -> list[tuple[str, str]]:
        """What so many pictures take."""
        return [
            ("listing the shards", f"{count * self.list_s:,.0f} s"),
            ("decoding and looking at each once", f"{count * self.look_s / 3600:.1f} h"),
            ("memory that stays", f"{count * self.kept / 1e9:.2f} GB"),
            ("shards on disk", f"{count * self.packed / 1e9:,.0f} GB"),
            ("look-alikes, of a folder only", f"{count**2 * self.alike_s / 3600:.1f} h"),
        ]


def simulated(count: int, side: int) -> Iterator[tuple[Picture, bool]]:
    """Pictures with structure of all sizes, each of its own target; every fifth is held out."""
    rng = np.random.default_rng(0)
    waves = np.linspace(0, 2 * np.pi, side, dtype=np.float32)
    for i in range(count):
        shapes = rng.uniform(1, 20, (3, 2))
        turns = [np.sin(a * waves[:, None] + b * waves) for a, b in shapes]
        noise = rng.normal(0, 8, (side, side, 3))
        rgb = np.clip(np.stack(turns, -1) * 90 + 120 + noise, 0, 255).astype(np.uint8)
        yield Picture(f"{i:08d}.png", rgb, f"target {i}"), i % 5 == 0


def measured(sample: int, side: int) -> IndexCost:
    """What one of so many simulated pictures takes."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        shards.pack(simulated(sample, side), folder, lambda _done: None)
        packed = sum(file.stat().st_size for file in folder.glob("*.tar")) / sample
        began = time.process_time()
        for file in folder.glob("*.tar"):
            shards.members(file)
        listed = time.process_time()
        config = TuneConfig("", place, shards=True)
        training_data.gather(config, "superres", lambda _done, _of: None)
        looked = time.process_time()
        kept = _kept(config, sample)
    return IndexCost(
        (listed - began) / sample, (looked - listed) / sample, kept, packed, _alike(ALIKE)
    )


def _kept(config: TuneConfig, sample: int) -> float:
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    found = training_data.gather(config, "superres", lambda _done, _of: None)
    after = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    held = {p.name for p in (*found.watched, *found.judged)}
    assert len(found.train) + len(held) == sample
    return (after - before) / sample


def _alike(count: int) -> float:
    looks = np.random.default_rng(1).integers(0, 2**63, count, dtype=np.uint64).tolist()
    began = time.process_time()
    pictures.join_lookalikes([str(i) for i in range(count)], looks)
    return (time.process_time() - began) / count**2


def main() -> None:
    """Measure, multiply, print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=2000)
    parser.add_argument("--side", type=int, default=256)
    parser.add_argument("--pictures", type=int, default=10**6)
    chosen = parser.parse_args()
    cost = measured(chosen.sample, chosen.side)
    print(f"{chosen.sample} pictures of {chosen.side} pixels a side, on one core:")
    print(f"| {chosen.pictures:,} pictures | |\n|---|---|")
    for name, value in cost.rows(chosen.pictures):
        print(f"| {name} | {value} |")


if __name__ == "__main__":
    main()
