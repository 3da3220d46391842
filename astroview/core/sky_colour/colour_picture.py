"""A picture in colour as something that measured colours: its Oklab, and where that holds.

Legend: ``lab`` Oklab; `good` pixels have a colour that was measured, `seen` ones at least a
lightness (saturated ones have only that). A *map* leads from places in a frame to places in the
picture (see `core.sky.align`).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core.colour import colour_space
from astroview.core.colour.band_stretch import auto_lupton
from astroview.core.colour.stretch import sample
from astroview.core.errors import AstroviewError
from astroview.core.frame import Frame, blocks
from astroview.core.io.open_file import open_frame
from astroview.core.io.pictures.avm_sky import avm_wcs
from astroview.core.lazy_dataclass import dataclass
from astroview.core.provenance import has_painted_colour, rendered_lines
from astroview.core.sky_colour.flat_patches import flat_patches
from astroview.core.texts import Text

if TYPE_CHECKING:
    from astropy.wcs import WCS
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float32]
    BoolArray = NDArray[np.bool_]

MOST_PIXELS = 4096 * 4096  # of a picture in memory; larger ones are reduced
SATURATED = 0.99  # of a channel's full scale
GREY = 0.5 / 255  # of full scale, between channels: what an 8-bit picture does not tell from grey
EMPTY_SIDE = 9  # pixels: a pure black square of that side is no sky, but nothing at all,
EMPTY_SHARE = 0.05  # if it is as large a part of the picture's shorter side


@dataclass(frozen=True, eq=False)
class ColourPicture:
    """A picture of some sky in colour.

    Attributes
    ----------
    lab
        (h, w, 3) float32, Oklab; 0 where nothing was seen.
    good, seen
        (h, w) see the legend.
    name
        In words.
    wcs
        Its sky, counting rows from the bottom; None without any.
    seeing
        Full width at half maximum of its stars in its pixels, or what stands for it.
    lines
        What is to be said of its colours, for the history.
    """

    lab: FloatArray
    good: BoolArray
    seen: BoolArray
    name: str
    wcs: WCS | None = None
    seeing: float = 2.0
    lines: tuple[str, ...] = ()

    @property
    def shape(self) -> tuple[int, int]:
        """(h, w)."""
        return self.good.shape[0], self.good.shape[1]


def picture_of(
    rgb: FloatArray, name: str, wcs: WCS | None = None, seeing: float = 2.0,
    lines: tuple[str, ...] = (), alpha: BoolArray | None = None,
) -> ColourPicture:  # fmt: skip
    """A `ColourPicture` of sRGB (h, w, 3) in 0..1, NaN where there is nothing; ``alpha`` is False
    there too.
    """
    seen: BoolArray = np.asarray(np.isfinite(rgb).all(-1))
    if alpha is not None:
        seen = seen & alpha
    known = np.where(seen[..., None], np.clip(rgb, 0, 1), np.float32(0))
    good = seen & (known.max(-1) < SATURATED)
    painted_over = flat_patches(known, good, seeing)
    seen, good = seen & ~painted_over, good & ~painted_over
    lab = colour_space.srgb_to_oklab(known)
    return ColourPicture(lab, good, seen, name, wcs, seeing, lines)


def from_file(path: Path) -> ColourPicture:
    """The colours of a file: FITS or XISF of three channels, a set of bands, or a picture, which
    AVM may give a WCS.

    Raises
    ------
    AstroviewError
        It cannot be read, is grey, or its colours were painted.
    """
    frame = open_frame(path)
    if has_painted_colour(frame):
        raise AstroviewError(
            Text(
                "the colours of {name} were painted by a model, so nobody measured them",
                name=path.name,
            ),
            hint="Take a picture whose colours come from a telescope.",
        )
    if frame.channels != 3:
        raise _grey(path)
    rgb, lines, step = _rendered(frame)
    apart = np.ptp(rgb, -1)  # NaN where nothing is seen
    if np.isfinite(apart).any() and not (apart > GREY).any():  # three channels of one plane
        raise _grey(path)
    wcs = frame.wcs if frame.wcs is not None else avm_wcs(path, frame.shape)
    if wcs is not None and step > 1:
        wcs = _reduced_wcs(wcs, step, frame.shape[0], rgb.shape[0])
    return picture_of(rgb, path.name, wcs, lines=lines)


def _grey(path: Path) -> AstroviewError:
    return AstroviewError(
        Text("{name} is grey: it has no colours to give", name=path.name),
        hint="Compose its bands first, or take a picture in colour.",
    )


def _rendered(frame: Frame) -> tuple[FloatArray, tuple[str, ...], int]:
    """Colours as they are shown, means over step x step pixels; how they came about; the step."""
    drawn: Any = None
    if frame.kind == "linear":
        seen = sample(frame)
        most, least = (
            np.nanmax(seen, (0, 1), initial=-np.inf),
            np.nanmin(seen, (0, 1), initial=np.inf),
        )
        if not (most > least).any():  # of any channel: one colour all over tells nothing either
            raise AstroviewError(
                Text("{name} is the same everywhere: it has no colours to give", name=frame.name),
                hint="Take a picture in colour.",
            )
        drawn = auto_lupton(seen)
    step = 1
    while frame.shape[0] * frame.shape[1] > MOST_PIXELS * step * step:
        step += 1
    scale = np.float32(1 / (frame.full_scale or 1.0))
    parts: list[FloatArray] = []
    for window in blocks(frame.shape, 256 * step):
        samples = frame.read(window)
        rgb = colour_space.render(samples, drawn) if drawn is not None else samples * scale
        rgb[~np.isfinite(samples).all(-1)] = np.nan
        parts.append(_means(rgb, step))
    whole = np.concatenate(parts)
    if drawn is not None:  # black is the sky, drawn so
        return whole, rendered_lines(drawn), step
    whole[empty(whole)] = np.nan
    return whole, (), step


def _means(rgb: FloatArray, step: int) -> FloatArray:
    """Means of whole boxes; NaN where one pixel of a box is."""
    if step == 1:
        return rgb
    height, width = (n // step for n in rgb.shape[:2])
    inside = rgb[: height * step, : width * step]
    return inside.reshape(height, step, width, step, 3).mean((1, 3), dtype=np.float32)


def _reduced_wcs(wcs: WCS, step: int, height: int, rows: int) -> WCS:
    """For means over boxes that are counted from the top."""
    left_over = height - rows * step  # rows at the bottom that are in no box
    made: Any = wcs.slice((slice(left_over, None), slice(None)))
    return made.slice((slice(None, None, step), slice(None, None, step)))


def empty(rgb: NDArray[Any]) -> BoolArray:
    """Where whole squares are pure black: the picture ends there, or has a hole."""
    from scipy.ndimage import binary_dilation, binary_erosion

    black = (rgb == 0).all(-1)
    if not black.any():
        return black
    side = max(EMPTY_SIDE, round(EMPTY_SHARE * min(black.shape)))
    row = np.ones((1, side), bool)  # a square is a row, then a column
    opened = binary_erosion(binary_erosion(black, row), row.T)
    return np.asarray(binary_dilation(binary_dilation(opened, row), row.T), bool)


def mirrored(picture: ColourPicture) -> ColourPicture:
    """Left and right exchanged; without a WCS."""
    parts = (part[:, ::-1] for part in (picture.lab, picture.good, picture.seen))
    lab, good, seen = map(np.ascontiguousarray, parts)
    return replace(picture, lab=lab, good=good, seen=seen, wcs=None)
