"""Reference pictures lend their palette."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from astroview.core import compose, files
from astroview.core.errors import AstroviewError
from astroview.core.models import sha256_of
from astroview.core.steering import Reference
from astroview.core.stretch import auto_stretch
from astroview.engine.glance import LOOK_SIDE
from astroview.engine.palette import palette_code


def read_reference(path: Path) -> Reference:
    """The palette of a colour picture (Welsh et al. 2002 took colours from one likewise).

    Raises
    ------
    UnreadableFrame, AstroviewError
        The file is no picture, or a grey one.
    """
    frame = files.open_frame(path)
    if frame.channels != 3 and frame.chroma is None:
        raise AstroviewError(
            f"{path.name} is grey: there is no palette in it",
            hint="Choose a colour picture (JPEG, PNG, TIFF or a three-plane FITS).",
        )
    step = max(1, -(-max(frame.shape) // LOOK_SIDE))
    chroma = frame.read_chroma(step=step) if frame.chroma is not None else None
    lab = compose.srgb_to_oklab(compose.render(frame.read(step=step), auto_stretch(frame), chroma))
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
        red, green, blue = np.clip(compose.oklab_to_srgb(row) * 255 + 0.5, 0, 255).astype(int)
        found.append((int(red), int(green), int(blue)))
    return tuple(found)
