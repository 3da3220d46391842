"""The bundled validation set: 24 pictures of a simulated sky, the same on every machine.

They say what a tuned model forgot. They are made from fixed seeds (`trainer.simulate`) when they
are first asked for, about one a second, and kept in the user's cache. No training may use these
seeds.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from astroview.core import band_stretch, resources
from astroview.core.replacing import replacing
from trainer.pictures import Picture
from trainer.simulate import rgb_scene

SEEDS = range(910_000, 910_024)
SIDE = 192
VERSION = 1  # of how the pictures are made: another one makes them again
SKY_NOISE, NOISE = 15.0, 4.0  # electrons: what the stretch is made for; what is in the picture
Progress = Callable[[int, int], None]


def pictures(
    progress: Progress | None = None, cache: Path | None = None, count: int = len(SEEDS)
) -> list[Picture]:
    """The first ``count`` pictures of the set; each is a target of its own.

    ``cache`` is a folder, by default the user's. What cannot be kept there is made each time.
    """
    kept = (cache or resources.cache()) / f"validation-{VERSION}-{SIDE}.npz"
    known = _read(kept)
    found: list[Picture] = []
    for done, seed in enumerate(SEEDS[:count]):
        if seed not in known:
            known[seed] = picture(seed)
        found.append(Picture(f"simulated sky {seed}", known[seed], f"simulated {seed}"))
        if progress:
            progress(done + 1, count)
    _keep(kept, known)
    return found


def picture(seed: int, side: int = SIDE) -> NDArray[np.uint8]:
    """One picture (side, side, 3): the sky of a seed with noise, as a press picture shows it."""
    light = rgb_scene(seed, side)
    noise = np.random.default_rng([seed, 3]).normal(0, 1, light.shape).astype(np.float32)
    stretch = band_stretch.auto_lupton(light + SKY_NOISE * noise)
    shown = band_stretch.clipped(stretch.forward(light + NOISE * noise), stretch)
    return (shown * 255 + 0.5).astype(np.uint8)


def _read(path: Path) -> dict[int, NDArray[np.uint8]]:
    """What is kept, by seed; nothing when the file is missing or damaged."""
    try:
        with np.load(path, allow_pickle=False) as file:
            found = {int(name): file[name] for name in file.files}
    except (OSError, ValueError, EOFError, zipfile.BadZipFile):
        return {}
    whole = (SIDE, SIDE, 3)
    return {k: v for k, v in found.items() if v.shape == whole and v.dtype == np.uint8}


def _keep(path: Path, pictures: dict[int, NDArray[np.uint8]]) -> None:
    if len(_read(path)) >= len(pictures):
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as file:
            np.savez_compressed(file, **{str(k): v for k, v in pictures.items()})  # type: ignore[arg-type]
    except OSError:
        return  # they are made again next time
