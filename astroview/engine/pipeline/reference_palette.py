"""Reference pictures lend their palette."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from astroview.core.colour import colour_space
from astroview.core.colour.stretch import auto_stretch
from astroview.core.colour_hints import Reference
from astroview.core.errors import AstroviewError
from astroview.core.io import open_file
from astroview.core.models.model_card import sha256_of
from astroview.core.texts import Text
from astroview.engine.networks.palette_code import palette_code

LOOK_SIDE = 384  # pixels: a picture is reduced to that before its palette is read


def read_reference(path: Path) -> Reference:
    """The palette of a colour picture (Welsh et al. 2002 took colours from one likewise).

    Raises
    ------
    UnreadableFrame, AstroviewError
        The file is no picture, or a grey one.
    """
    frame = open_file.open_frame(path)
    if frame.channels != 3 and frame.chroma is None:
        raise AstroviewError(
            Text("{name} is grey: there is no palette in it", name=path.name),
            hint="Choose a colour picture (JPEG, PNG, TIFF or a three-plane FITS).",
        )
    step = max(1, -(-max(frame.shape) // LOOK_SIDE))
    chroma = frame.read_chroma(step=step) if frame.chroma is not None else None
    lab = colour_space.srgb_to_oklab(
        colour_space.render(frame.read(step=step), auto_stretch(frame), chroma)
    )
    planes = torch.from_numpy(np.ascontiguousarray(np.moveaxis(lab, -1, 0)))[None]
    code = palette_code(planes[:, :1], planes[:, 1:])[0]
    numbers = tuple(round(float(n), 4) for n in code)
    return Reference(path.name, numbers, sha256_of(path), _swatches(lab))


def _swatches(lab: NDArray[np.float32], count: int = 5) -> tuple[tuple[int, int, int], ...]:
    """The mean colours of a picture's tones, dark to bright."""
    flat = lab.reshape(-1, 3)
    order = np.argsort(flat[:, 0], kind="stable")
    rows = [flat[part].mean(0) for part in np.array_split(order, count) if part.size]
    found: list[tuple[int, int, int]] = []
    for row in rows:
        red, green, blue = np.clip(colour_space.oklab_to_srgb(row) * 255 + 0.5, 0, 255).astype(int)
        found.append((int(red), int(green), int(blue)))
    return tuple(found)
