"""Small pictures of frames, for lists and contact sheets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from astroview.core.atomic_write import replacing
from astroview.core.colour import colour_space

if TYPE_CHECKING:
    from astroview.core.colour.band_stretch import AnyStretch
    from astroview.core.frame import Frame

SIDE = 256  # pixels, the longest side


def thumbnail(frame: Frame, stretch: AnyStretch, side: int = SIDE) -> Image.Image:
    """The frame as it is shown under a stretch, at most `side` pixels wide and high.

    Reads every n-th row and column only, twice as many as are shown, and averages these.
    """
    step = max(1, max(frame.shape) // (2 * side))
    chroma = frame.read_chroma(step=step) if frame.chroma is not None else None
    picture = Image.fromarray(colour_space.render8(frame.read(step=step), stretch, chroma))
    picture.thumbnail((side, side), Image.Resampling.BOX)
    return picture


def save_thumbnail(frame: Frame, stretch: AnyStretch, path: Path, side: int = SIDE) -> Path:
    """Write `thumbnail` as PNG; the folder is made, and no half file ever has the name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path, lasting=False) as file:
        thumbnail(frame, stretch, side).save(file, "PNG")
    return path
