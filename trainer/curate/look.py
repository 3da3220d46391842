"""What one file looks like, in a few numbers: measured once, judged as often as wanted."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

import imagehash
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy.ndimage import laplace

from astroview.core.files import open_frame
from astroview.core.frame import Frame, Window
from astroview.core.stretch import auto_stretch
from trainer.pictures import target_of

FloatArray = NDArray[np.float32]
SAMPLE_SIDE = 512  # pixels of the sparse sample of the whole frame
WINDOW_SIDE = 768  # pixels of the window in its middle where detail is measured
CELL_DEG = 0.5  # frames whose centres share a cell of the sky show the same field


@dataclass(frozen=True)
class Look:
    """One frame's measures; shares are 0..1.

    Parameters
    ----------
    height, width
        In pixels.
    kind
        ``"colour"`` when its channels differ, else ``"grey"``.
    linear
        Physical samples, not a picture for the eye.
    missing
        Share of pixels without data: NaN, or exactly 0 in a frame that is not a picture.
    saturated
        Share of pixels at the top of the scale.
    spread
        Standard deviation of what is seen, after the stretch.
    detail
        Strength of structure at the pixel scale beside that at twice the scale, see `detail`;
        noise counts as structure, a picture that was enlarged has none.
    blocks
        Steps at every eighth pixel beside those in between; 1 without JPEG blocks.
    flat
        Share of bright pixels that equal their neighbour exactly, as in charts and text.
    phash
        64-bit perceptual hash.
    target
        What the frame shows, from its name or header; a cell of the sky; or "".
    band
        The filter, or "".
    """

    height: int
    width: int
    kind: Literal["colour", "grey"]
    linear: bool
    missing: float
    saturated: float
    spread: float
    detail: float
    blocks: float
    flat: float
    phash: int
    target: str = ""
    band: str = ""


def look_at(path: Path) -> Look:
    """Measure a file.

    Raises
    ------
    UnreadableFrame
        It is no frame; the reason is in plain words.
    """
    frame = open_frame(path)
    step = max(1, max(frame.shape) // SAMPLE_SIDE)
    sparse = frame.read(step=step)
    gone = ~np.isfinite(sparse if sparse.ndim == 2 else sparse.mean(-1))
    if frame.kind == "linear" and sparse.ndim == 2:
        gone |= sparse == 0
    stretch = auto_stretch(frame)
    u = np.nan_to_num(stretch.forward(sparse))
    near = _grey(np.nan_to_num(stretch.forward(frame.read(_middle(frame.shape)))))
    return Look(
        *frame.shape,
        kind="colour" if _is_colour(u) else "grey",
        linear=frame.kind == "linear",
        missing=float(gone.mean()),
        saturated=_saturated(frame, sparse),
        spread=float(_grey(u)[~gone].std()) if not gone.all() else 0.0,
        detail=detail(near, _step(frame)),
        blocks=blocks(near),
        flat=flat(near),
        phash=_phash(u),
        target=_target(path, frame),
        band=band_of(frame),
    )


def detail(grey_HW: FloatArray, step: float = 0.0) -> float:
    """Rms Laplacian at the pixel scale beside that of the frame reduced by two: 0.25 where all
    is smooth, 2 for noise that knows no scale; 0 for blank. What rounding to values ``step``
    apart adds is left out.
    """
    height, width = (n // 2 * 2 for n in grey_HW.shape)
    small = grey_HW[:height, :width].reshape(height // 2, 2, width // 2, 2).mean((1, 3))
    rounding = 20 * step**2 / 12  # the variance of the Laplacian of rounding errors
    fine = float((laplace(grey_HW) ** 2).mean()) - rounding
    coarse = float((laplace(small) ** 2).mean()) - rounding / 4
    return math.sqrt(max(fine, 0.0) / coarse) if coarse > 1e-8 else 0.0


def blocks(grey_HW: FloatArray) -> float:
    """How much larger steps across the borders of 8 x 8 blocks are than steps inside them."""
    found = []
    for plane in (grey_HW, grey_HW.T):
        jumps = np.abs(np.diff(plane, axis=1)).mean(0)
        at = np.arange(len(jumps)) % 8
        inside = np.median([jumps[at == k].mean() for k in range(7) if (at == k).any()])
        border = jumps[at == 7]
        found.append(float(border.mean() / inside) if len(border) and inside > 1e-6 else 1.0)
    return max(found)


def flat(grey_HW: FloatArray) -> float:
    """Share of pixels brighter than a quarter that equal their right and lower neighbours."""
    here = grey_HW[:-1, :-1]
    same = (here == grey_HW[:-1, 1:]) & (here == grey_HW[1:, :-1]) & (here > 0.25)
    return float((same & (here < 0.999)).mean() + (same & (here >= 0.999)).mean())


def band_of(frame: Frame) -> str:
    """The filter that a header names, or ""."""
    if frame.header is None:
        return ""
    for key in ("FILTER", "FILTER1", "FILTNAM1", "FILTER2", "BAND"):
        value = str(frame.header.get(key, "")).strip()
        if value and not value.upper().startswith(("CLEAR", "N/A", "NONE")):
            return value
    return ""


def _target(path: Path, frame: Frame) -> str:
    """A known name in the file's name or header; else where it points; else ""."""
    named = str(frame.header.get("OBJECT", "")) if frame.header is not None else ""
    if found := target_of(f"{path.stem} {named}"):
        return found
    if frame.wcs is None:
        return ""
    height, width = frame.shape
    try:
        sky = cast("Any", frame.wcs.celestial.pixel_to_world(width / 2, height / 2)).icrs
        ra, dec = float(sky.ra.deg), float(sky.dec.deg)
    except (ValueError, AttributeError, TypeError):
        return ""
    if not np.isfinite([ra, dec]).all():
        return ""
    row = round(dec / CELL_DEG)
    column = round(ra * max(np.cos(np.radians(dec)), 0.01) / CELL_DEG)
    return f"sky{row:+d}{column:+d}"


def _middle(shape: tuple[int, int]) -> Window:
    """The middle of a frame, on the 8-pixel grid that JPEG blocks would have."""
    height, width = (min(n, WINDOW_SIDE) for n in shape)
    y, x = (
        (whole - part) // 2 // 8 * 8 for whole, part in zip(shape, (height, width), strict=True)
    )
    return Window(y, x, height, width)


def _is_colour(u: FloatArray) -> bool:
    return u.ndim == 3 and float(np.ptp(u, axis=-1).mean()) > 0.01


def _saturated(frame: Frame, sparse: FloatArray) -> float:
    top = frame.full_scale if frame.kind != "linear" else None
    if top is None or not np.isfinite(top):
        finite = sparse[np.isfinite(sparse)]
        return float((finite >= finite.max()).mean()) if finite.size else 0.0
    return float((sparse >= top).mean())


def _step(frame: Frame) -> float:
    """How far apart grey values of an 8-bit picture are, after the mean over its channels."""
    return 1 / 255 / math.sqrt(frame.channels) if frame.full_scale == 255 else 0.0


def _grey(u: FloatArray) -> FloatArray:
    return u if u.ndim == 2 else u.mean(-1)


def _phash(u: FloatArray) -> int:
    picture = Image.fromarray((np.clip(_grey(u), 0, 1) * 255).astype(np.uint8))
    return int(str(imagehash.phash(picture)), 16)
