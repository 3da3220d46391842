"""What one file looks like, in a few numbers: measured once, judged as often as wanted."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

import imagehash
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from astroview.core.atomic_write import replacing
from astroview.core.bad_pixels.pixel_rule import good_frame
from astroview.core.bands.bands import bands_in, identify
from astroview.core.bands.filters import filter_in_name
from astroview.core.colour.stretch import auto_stretch
from astroview.core.frame import Frame, Window
from astroview.core.io.open_file import open_frame
from astroview.core.provenance import by_a_network
from trainer.data.target_names import target_of

FloatArray = NDArray[np.float32]
SAMPLE_SIDE = 384  # pixels, at most, of the sparse sample of the whole frame
WINDOW_SIDE = 512  # pixels of the window in its middle where detail is measured
THUMB_SIDE = 128  # pixels of a thumbnail, the longest side
SPACE_FILTER = re.compile(r"f\d{3,4}(w2?|m|n|lp|x)", re.IGNORECASE)  # f115w_109 is no W 109
OUTLIER, NOISE_SHARED = 6.5, 1.08  # sigma that no noise reaches; what chance adds to 4 x 4 means
# What frames that show no sky are called in their headers (IMAGETYP, OBSTYPE, FRAME, ...).
CALIBRATION = re.compile(
    r"(dome|sky|twilight|master)?[ _-]*(flat|bias|dark|zero|arc|lamp|overscan)", re.IGNORECASE
)
CALIBRATION_CARDS = ("IMAGETYP", "OBSTYPE", "IMGTYPE", "FRAMETYP", "FRAME")
INK, ALIKE = 0.25, 6 / 255  # what stands out from the background; what counts as one grey


@dataclass(frozen=True)
class FrameMeasures:
    """One frame's measures; shares are 0..1.

    Parameters
    ----------
    height, width
        In pixels.
    kind
        ``"colour"`` when its channels differ, else ``"grey"``.
    linear
        Physical samples, not a picture for the eye.
    made
        A network painted or super-resolved it: it is a result that was saved.
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
        Share of bright pixels that equal their neighbour exactly, as in charts.
    ruled
        Share of what stands out that is straight strokes of one grey, as in text and axes.
    noise
        1 where all that is seen looks like noise that no two pixels share, 0 where something
        stands out or pixels agree with their neighbours; see `noise`.
    phash
        64-bit perceptual hash.
    target
        What the frame shows, from its name or header, or "".
    calibration
        "flat", "bias", "dark" ... where the header says that the frame shows no sky, or "".
    band, nm
        The filter and its wavelength; "" and 0 when it is not known.
    bands
        How many bands the file itself holds.
    ra, dec, radius
        Where it points and how far its corners are from there, in degrees (ICRS); radius 0
        when it has no coordinates.
    """

    height: int
    width: int
    kind: Literal["colour", "grey"]
    linear: bool
    made: bool
    missing: float
    saturated: float
    spread: float
    detail: float
    blocks: float
    flat: float
    ruled: float
    noise: float
    phash: int
    target: str = ""
    calibration: str = ""
    band: str = ""
    nm: float = 0.0
    bands: int = 1
    ra: float = 0.0
    dec: float = 0.0
    radius: float = 0.0


def look_at(path: Path, thumb: Path | None = None) -> FrameMeasures:
    """Measure a file, and write a thumbnail of it where one is wanted.

    Raises
    ------
    UnreadableFrame
        It is no frame; the reason is in plain words.
    """
    frame = open_frame(path)
    step = max(1, -(-max(frame.shape) // SAMPLE_SIDE))
    sparse, good = frame.read(step=step), good_frame(frame).read(step=step)
    gone = ~np.isfinite(good if good.ndim == 2 else good[..., 1])
    if frame.kind == "linear" and good.ndim == 2:
        gone |= good == 0
    stretch = auto_stretch(frame, sparse if gone.all() else good)
    u = np.nan_to_num(stretch.forward(good))
    near = np.nan_to_num(_grey(stretch.forward(frame.read(_middle(frame.shape)))))
    if thumb is not None:
        _save_thumb(u, thumb)
    band, nm = _band(path, frame)
    ra, dec, radius = _pointing(frame)
    return FrameMeasures(
        *frame.shape,
        kind="colour" if _is_colour(u) else "grey",
        linear=frame.kind == "linear",
        made=by_a_network(frame),
        missing=float(gone.mean()),
        saturated=_saturated(frame, sparse),
        spread=float(_grey(u)[~gone].std()) if not gone.all() else 0.0,
        detail=detail(near, _step(frame)),
        blocks=blocks(near),
        flat=flat(near),
        ruled=ruled(near),
        noise=noise(near),
        phash=_phash(u, gone),
        target=_target(path, frame),
        calibration=_calibration(frame),
        band=band,
        nm=nm,
        bands=_bands(path, frame),
        ra=ra,
        dec=dec,
        radius=radius,
    )


def detail(grey_HW: FloatArray, step: float = 0.0) -> float:
    """Rms Laplacian at the pixel scale beside that of the frame reduced by two: 0.25 where all
    is smooth, 2 for noise that knows no scale; 0 for blank. What rounding to values ``step``
    apart adds is left out.
    """
    height, width = (n // 2 * 2 for n in grey_HW.shape)
    if min(height, width) < 8:
        return 0.0
    even = grey_HW[:height, :width]
    rows = even[::2] + even[1::2]
    small = ((rows[:, ::2] + rows[:, 1::2]) / 4).astype(np.float32)
    rounding = 20 * step**2 / 12  # the variance of the Laplacian of rounding errors
    fine = _laplacian_power(grey_HW) - rounding
    coarse = _laplacian_power(small) - rounding / 4
    return math.sqrt(max(fine, 0.0) / coarse) if coarse > 1e-8 else 0.0


def _laplacian_power(u: FloatArray) -> float:
    inside = u[1:-1, 1:-1] * 4 - u[:-2, 1:-1] - u[2:, 1:-1] - u[1:-1, :-2] - u[1:-1, 2:]
    return float(np.vdot(inside, inside) / inside.size)


def blocks(grey_HW: FloatArray) -> float:
    """How much larger steps across the borders of 8 x 8 blocks are than steps inside them."""
    found: list[float] = []
    for axis in (0, 1):
        jumps = np.abs(np.diff(grey_HW, axis=axis)).mean(1 - axis)
        if len(jumps) < 16:
            return 1.0
        at = np.arange(len(jumps)) % 8
        inside = float(np.median([jumps[at == k].mean() for k in range(7)]))
        found.append(float(jumps[at == 7].mean()) / inside if inside > 1e-6 else 1.0)
    return max(found)


def flat(grey_HW: FloatArray) -> float:
    """Share of pixels brighter than a quarter that equal their right and lower neighbours."""
    here = grey_HW[:-1, :-1]
    same = (here == grey_HW[:-1, 1:]) & (here == grey_HW[1:, :-1]) & (here > 0.25)
    return float(same.mean()) if same.size else 0.0


def ruled(grey_HW: FloatArray) -> float:
    """Share of what stands out from the background that is straight strokes of one grey: alike
    for five pixels along rows or columns, with a step to the background on both sides of them.
    """
    if min(grey_HW.shape) < 16:
        return 0.0
    ink = np.abs(grey_HW - np.median(grey_HW)) > INK
    inner = ink[4:-4, 4:-4]
    if inner.sum() < 32:
        return 0.0
    strokes = _strokes(grey_HW, ink) | _strokes(grey_HW.T, ink.T).T
    return float((strokes & inner).sum() / inner.sum())


def _strokes(u: FloatArray, ink: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Pixels (without a rim of 4) of strokes along rows, at most six pixels wide."""
    here = u[4:-4, 4:-4]
    width = u.shape[1]
    alike = np.ones(here.shape, np.bool_)
    for k in (-2, -1, 1, 2):
        alike &= np.abs(u[4:-4, 4 + k : width - 4 + k] - here) < ALIKE
    above = ~(ink[:-8, 4:-4] & ink[1:-7, 4:-4] & ink[2:-6, 4:-4] & ink[3:-5, 4:-4])
    below = ~(ink[8:, 4:-4] & ink[7:-1, 4:-4] & ink[6:-2, 4:-4] & ink[5:-3, 4:-4])
    return alike & above & below


def noise(grey_HW: FloatArray) -> float:
    """Whether a frame is nothing but noise, 0..1: the mean of 4 x 4 pixels then varies by a quarter
    of what one pixel does, and nothing is farther out than noise goes.

    Noise that its pixels share (drizzled, resampled) counts as structure, so that only what is
    surely empty is found.
    """
    height, width = (n // 4 * 4 for n in grey_HW.shape)
    if min(height, width) < 32:
        return 0.0
    u = grey_HW[:height, :width]
    u = u - np.median(u)
    sigma = float(np.median(np.abs(u))) / 0.6745
    if sigma <= 0 or float(np.abs(u).max()) > OUTLIER * sigma:
        return 0.0
    means = u.reshape(height // 4, 4, width // 4, 4).mean((1, 3))
    if float(np.abs(means).max()) * 4 > OUTLIER * sigma:
        return 0.0
    shared = float(means.std()) * 4 / max(float(u.std()), 1e-12)
    return max(0.0, min(1.0, 2 - shared / NOISE_SHARED))


def _save_thumb(u: FloatArray, path: Path) -> None:
    picture = Image.fromarray((np.clip(u, 0, 1) * 255 + 0.5).astype(np.uint8))
    picture.thumbnail((THUMB_SIDE, THUMB_SIDE), Image.Resampling.BOX)
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path, lasting=False) as file:
        picture.save(file, "JPEG", quality=85)


def _target(path: Path, frame: Frame) -> str:
    """A known name in the file's name or header, else ""."""
    named = str(frame.header.get("OBJECT", "")) if frame.header is not None else ""
    return target_of(SPACE_FILTER.sub(" ", f"{path.stem} {named}")) or ""


def _calibration(frame: Frame) -> str:
    """The kind of calibration frame that the header says it is, else ""."""
    header = frame.header if frame.header is not None else {}
    for card in CALIBRATION_CARDS:
        if match := CALIBRATION.match(str(header.get(card, "")).strip()):
            return match[2].lower()
    return ""


def _band(path: Path, frame: Frame) -> tuple[str, float]:
    """Name and wavelength of the filter, from the header, the file's or the folder's name;
    ("", 0) when nobody knows.
    """
    if frame.channels != 1:
        return "", 0.0
    band = identify(frame)
    if band.nm:
        return band.name, band.nm
    name, nm = filter_in_name(path.parent.name)
    return (name, nm) if nm and name.lower() == path.parent.name.lower() else ("", 0.0)


def _bands(path: Path, frame: Frame) -> int:
    """How many bands of one field the file holds."""
    if frame.header is None or frame.channels != 1:
        return 1
    found = bands_in(path)
    return len(found) if len(found) > 1 and all(band.nm for band in found) else 1


def _pointing(frame: Frame) -> tuple[float, float, float]:
    """RA, Dec and radius in degrees; zeros without coordinates."""
    if frame.wcs is None:
        return 0.0, 0.0, 0.0
    height, width = frame.shape
    try:
        celestial = cast("Any", frame.wcs.celestial)
        middle, corner = celestial.pixel_to_world([width / 2, 0], [height / 2, 0]).icrs
        ra, dec = float(middle.ra.deg), float(middle.dec.deg)
        radius = float(middle.separation(corner).deg)
    except (ValueError, AttributeError, TypeError):
        return 0.0, 0.0, 0.0
    return (ra, dec, radius) if np.isfinite([ra, dec, radius]).all() else (0.0, 0.0, 0.0)


def _middle(shape: tuple[int, int]) -> Window:
    """The middle of a frame, on the 8-pixel grid that JPEG blocks would have."""
    height, width = (min(n, WINDOW_SIDE) for n in shape)
    y, x = (
        (whole - part) // 2 // 8 * 8 for whole, part in zip(shape, (height, width), strict=True)
    )
    return Window(y, x, height, width)


def _is_colour(u: FloatArray) -> bool:
    if u.ndim != 3:
        return False
    red, green, blue = u[..., 0], u[..., 1], u[..., 2]
    high, low = np.maximum(np.maximum(red, green), blue), np.minimum(np.minimum(red, green), blue)
    return float((high - low).mean()) > 0.01


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
    return u if u.ndim == 2 else (u[..., 0] + u[..., 1] + u[..., 2]) / np.float32(3)


def _phash(u: FloatArray, gone: NDArray[np.bool_]) -> int:
    """Of what was measured: frames of different fields may have one and the same rim."""
    grey = np.clip(_grey(u), 0, 1)
    if gone.any() and not gone.all():
        grey = np.where(gone, np.float32(np.median(grey[~gone])), grey)
    picture = Image.fromarray((grey * 255).astype(np.uint8))
    return int(str(imagehash.phash(picture)), 16)
