"""Samples to a picture for the screen, by tables; no widgets, any thread.

Legend: ``u`` stretched samples in 0..1 after contrast and gamma; a *table* has one entry for
each code of `lut_codes`; pixels are BGRX in one uint32, as Qt paints fastest.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from astroview.core.colour import colour_space
from astroview.core.colour.band_stretch import AnyStretch, BandStretch
from astroview.core.colour.stretch import Stretch
from astroview.core.colour.tone import Tone
from astroview.core.lazy_dataclass import dataclass
from astroview.ui.render import colour_maps
from astroview.ui.render.lut_codes import NO_DATA, Coded

if TYPE_CHECKING:
    from collections.abc import Iterator

FloatArray = NDArray[np.float32]
Pixels = NDArray[np.uint32]

NO_DATA_COLOUR = 0xFF3D5AFE  # blue: no data, when marked
SATURATED_COLOUR = 0xFFFF2D20  # red: saturated, when marked
_STRIP = 1 << 17  # samples worked on at a time, so that they stay in the cache


@dataclass(frozen=True)
class Look:
    """How samples become a picture.

    Attributes
    ----------
    colour_map
        A key of `colour_maps`; for grey frames that no model has painted.
    mark_no_data
        Whether pixels without data get a colour of their own.
    saturated
        Samples from this value on get a colour of their own; None: none do.
    smooth, block
        Sigma of the Gaussian and side of the blocks that samples are seen through, in pixels.
    trust
        The signal-to-noise that detail of a super-resolved frame must have to be shown; 0: none.
    legend
        What the values are, for a colour bar that is always there; "": it is there on wish.
    """

    stretch: AnyStretch
    invert: bool = False
    tone: Tone = field(default_factory=Tone)
    colour_map: str = colour_maps.GREY
    mark_no_data: bool = False
    saturated: float | None = None
    smooth: float = 0.0
    block: int = 1
    trust: float = 0.0
    legend: str = ""

    @property
    def veil(self) -> tuple[float, int, float]:
        """What samples are seen through: other samples have to be read when it changes."""
        return self.smooth, self.block, self.trust


def picture(planes: tuple[Coded, ...], look: Look, chroma: FloatArray | None = None) -> QImage:
    """Coded channels (one or three), and painted chroma (H, W, 2) or None, as a picture."""
    height, width = planes[0].codes.shape
    image = QImage(width, height, QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.bits(), np.uint32).reshape(height, width)
    if len(planes) == 3:
        _colour(planes, look, pixels)
    elif chroma is not None:
        _painted(planes[0], look, chroma, pixels)
    else:
        _take(grey_table(planes[0].values, look), planes[0], pixels)
    return image


def grey_table(values: FloatArray, look: Look) -> Pixels:
    """The colour of each code of a grey plane."""
    colours = colours_of(values, look)
    if look.mark_no_data:
        colours[NO_DATA] = NO_DATA_COLOUR
    if look.saturated is not None:
        colours[:NO_DATA][values[:NO_DATA] >= look.saturated] = SATURATED_COLOUR
    return colours


def colours_of(values: FloatArray, look: Look) -> Pixels:
    """The colours (0xffRRGGBB) of grey values, any shape; no marks."""
    stretch = look.stretch.bands[0] if isinstance(look.stretch, BandStretch) else look.stretch
    place = look.tone.apply(stretch.forward(values)) * (colour_maps.SIZE - 1) + 0.5
    table = colour_maps.table(look.colour_map)
    rgb = (table[::-1] if look.invert else table).astype(np.uint32)
    packed = 0xFF000000 | rgb[:, 0] << 16 | rgb[:, 1] << 8 | rgb[:, 2]
    return packed.astype(np.uint32)[place.astype(np.int32)]


def _take(table: NDArray, plane: Coded, out: NDArray) -> None:
    np.take(table, plane.codes, out=out, mode="clip")


def _colour(planes: tuple[Coded, ...], look: Look, pixels: Pixels) -> None:
    stretch = look.stretch
    if isinstance(stretch, BandStretch) and stretch.joint:
        _joint(planes, stretch, look, pixels)
    else:
        bands = stretch.bands if isinstance(stretch, BandStretch) else (stretch,) * 3
        _separate(planes, bands, look, pixels)
    _mark_colour(planes, look, pixels)


def _separate(
    planes: tuple[Coded, ...], bands: tuple[Stretch, ...], look: Look, pixels: Pixels
) -> None:
    tables: list[Pixels] = []
    for plane, band, shift in zip(planes, bands, (16, 8, 0), strict=True):
        u = look.tone.apply(band.forward(plane.values))
        level = (255 * (1 - u if look.invert else u) + 0.5).astype(np.uint32)
        tables.append((0xFF000000 | level << shift).astype(np.uint32))
    for rows in _strips(pixels):
        red, green, blue = (
            np.take(table, plane.codes[rows], mode="clip")
            for table, plane in zip(tables, planes, strict=True)
        )
        red |= green
        np.bitwise_or(red, blue, out=pixels[rows])


def _joint(planes: tuple[Coded, ...], stretch: BandStretch, look: Look, pixels: Pixels) -> None:
    """Colours kept: the bands scaled by tables, the gain of their mean by another one."""
    scaled = [
        np.nan_to_num((p.values - b.low) / np.float32(b.high - b.low)).astype(np.float32)
        for p, b in zip(planes, stretch.bands, strict=True)
    ]
    gains = _gains(stretch)
    level = _levels(look)
    for rows in _strips(pixels):
        t = [np.take(s, p.codes[rows], mode="clip") for s, p in zip(scaled, planes, strict=True)]
        mean = (t[0] + t[1] + t[2]) * np.float32(1 / 3)
        gain = np.take(gains, mean.view(np.uint32) >> _DROPPED, mode="clip")
        top = np.maximum(np.maximum(t[0], t[1]), t[2]) * gain
        gain *= np.float32(_LEVELS - 1)
        gain /= np.maximum(top, 1, out=top)
        out = pixels[rows]
        out[...] = 0xFF000000
        for band, shift in zip(t, (16, 8, 0), strict=True):
            place = np.maximum(band * gain, 0).astype(np.uint16)
            out |= np.take(level[shift], place, mode="clip")


_LEVELS = 4096
_DROPPED = 15  # of the 32 bits of a float


def _levels(look: Look) -> dict[int, Pixels]:
    """Tables from u (in steps) to a channel of a pixel."""
    u = look.tone.apply(np.linspace(0, 1, _LEVELS, dtype=np.float32))
    level = (255 * (1 - u if look.invert else u) + 0.5).astype(np.uint32)
    return {shift: (level << shift).astype(np.uint32) for shift in (16, 8, 0)}


def _gains(stretch: BandStretch) -> FloatArray:
    """F(i) / i of a joint stretch by the leading bits of i, 1/256 of any i; 0 below black."""
    bits = np.arange(1 << (31 - _DROPPED), dtype=np.uint32) << _DROPPED
    middle = (bits | 1 << (_DROPPED - 1)).view(np.float32)
    with np.errstate(all="ignore"):
        gain = stretch.gain(np.nan_to_num(middle))
    return np.append(np.nan_to_num(gain, nan=0.0, posinf=0.0, neginf=0.0), np.float32(0))


def _painted(plane: Coded, look: Look, chroma: FloatArray, pixels: Pixels) -> None:
    """The lightness of the samples, the colour of a model."""
    stretch = look.stretch.bands[0] if isinstance(look.stretch, BandStretch) else look.stretch
    table = colour_space.lightness(look.tone.apply(stretch.forward(plane.values)))
    for rows in _strips(pixels):
        rgb = colour_space.painted8(np.take(table, plane.codes[rows], mode="clip"), chroma[rows])
        if look.invert:
            np.subtract(255, rgb, out=rgb)
        bytes_ = pixels[rows].view(np.uint8).reshape(*rgb.shape[:2], 4)
        bytes_[..., :3] = rgb[..., ::-1]
        bytes_[..., 3] = 255
    _mark_colour((plane,), look, pixels)


def _mark_colour(planes: tuple[Coded, ...], look: Look, pixels: Pixels) -> None:
    """Pixels with no data in any channel, or saturated in any."""
    level = look.saturated
    for plane in planes if level is not None else ():
        over = plane.values >= np.float32(level or 0)  # never where NaN stands for no data
        if over.any():
            pixels[np.take(over, plane.codes, mode="clip")] = SATURATED_COLOUR
    for plane in planes if look.mark_no_data else ():
        pixels[plane.codes == NO_DATA] = NO_DATA_COLOUR


def _strips(pixels: Pixels) -> Iterator[slice]:
    rows = max(1, _STRIP // max(pixels.shape[1], 1))
    for top in range(0, pixels.shape[0], rows):
        yield slice(top, top + rows)
