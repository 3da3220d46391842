"""Pictures of a simulated sky, the same on every machine: made from seeds when they are first
asked for, about one a second, and kept in the user's cache.

``python -m trainer.data.simulated_pictures DIR --count 24`` writes some as PNG.
"""

from __future__ import annotations

import argparse
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from astroview.core import resources
from astroview.core.atomic_write import replacing
from astroview.core.colour import band_stretch
from trainer.data.pictures import Picture
from trainer.simulate import rgb_scene

SIDE = 192
VERSION = 1  # of how the pictures are made: another one makes them again
# Electrons: the noise that the stretch is made for, and the one that is in the picture.
SKY_NOISE, NOISE = np.float32(15), np.float32(4)
Progress = Callable[[int, int], None]


def pictures(
    name: str, seeds: Sequence[int], progress: Progress | None = None, cache: Path | None = None
) -> list[Picture]:
    """The pictures of some seeds; each is a target of its own.

    They are kept as ``name`` in the folder ``cache``, by default the user's. What cannot be kept
    there is made each time.
    """
    kept = (cache or resources.cache()) / f"{name}-{VERSION}-{SIDE}.npz"
    known = _read(kept)
    found: list[Picture] = []
    for done, seed in enumerate(seeds):
        if seed not in known:
            known[seed] = picture(seed)
        found.append(Picture(f"simulated sky {seed}", known[seed], f"simulated {seed}"))
        if progress:
            progress(done + 1, len(seeds))
    _keep(kept, known)
    return found


def picture(seed: int, side: int = SIDE) -> NDArray[np.uint8]:
    """One picture (side, side, 3): the sky of a seed with noise, as a press picture shows it."""
    light = rgb_scene(seed, side)
    noise = np.random.default_rng([seed, 3]).normal(0, 1, light.shape).astype(np.float32)
    stretch = band_stretch.auto_lupton((light + SKY_NOISE * noise).astype(np.float32))
    shown = band_stretch.clipped(
        stretch.forward((light + NOISE * noise).astype(np.float32)), stretch
    )
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


def main(arguments: Sequence[str] | None = None) -> None:
    """Write pictures of seeds into a folder, as ``sky-SEED.png``; those that are there stay."""
    parser = argparse.ArgumentParser(prog="python -m trainer.data.simulated_pictures")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=24)
    parser.add_argument("--first", type=int, default=5000, help="seed of the first picture")
    chosen = parser.parse_args(arguments)
    chosen.folder.mkdir(parents=True, exist_ok=True)
    for seed in range(chosen.first, chosen.first + chosen.count):
        file = chosen.folder / f"sky-{seed}.png"
        if not file.is_file():
            Image.fromarray(picture(seed)).save(file)


if __name__ == "__main__":
    main()
