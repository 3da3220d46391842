"""The bundled validation set: 24 pictures of a simulated sky, the same on every machine.

They say what a tuned model forgot. No training may use their seeds.
"""

from __future__ import annotations

from pathlib import Path

from trainer.data import simulated_pictures
from trainer.data.pictures import Picture
from trainer.data.simulated_pictures import Progress

SEEDS = range(910_000, 910_024)


def pictures(
    progress: Progress | None = None, cache: Path | None = None, count: int = len(SEEDS)
) -> list[Picture]:
    """The first ``count`` pictures of the set; see `simulated_pictures.pictures`."""
    return simulated_pictures.pictures("validation", SEEDS[:count], progress, cache)
