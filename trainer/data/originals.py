"""Finer files of pictures that are in the training folder already, for what is small in them.

A ``MANIFEST.csv`` beside them says with ``of`` which picture each is the same as; they go where
that one goes when targets are split.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from trainer.data.pictures import Picture, manifest

SIDE = 900  # pixels: reduced to that, so that memory holds them all


def originals(folder: Path, known: Sequence[Picture]) -> Iterator[Picture]:
    """Those of ``known`` pictures, with their targets; unreadable files are left out."""
    by_name = {picture.name: picture for picture in known}
    for name, note in manifest(folder).items():
        same = by_name.get(note.get("of", ""))
        if same is None:
            continue
        try:
            with Image.open(folder / name) as image:
                small = image.convert("RGB")
        except OSError:
            continue
        small.thumbnail((SIDE, SIDE), Image.Resampling.BOX)
        sharpness = float(note.get("sharpness") or 1.0)
        yield Picture(f"{folder.name}/{name}", np.asarray(small), same.target, sharpness)
