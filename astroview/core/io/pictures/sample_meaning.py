"""What the stored samples of a picture stand for: colour model, alpha, profile, no-data value.

Legend: ``stored`` float32 (H, W) or (H, W, C), as in the file; ``shown`` float32 (H, W) or
(H, W, 3), sRGB or grey in 0..full_scale, NaN where there is no data.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from astroview.core.colour.colour_profiles import Profile, lab_to_srgb, to_srgb
from astroview.core.frame import Source, Window, blocks, read_exact
from astroview.core.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float32]

Model = Literal["grey", "rgb", "cmyk", "cielab", "icclab"]
COLOURS: dict[Model, int] = {"grey": 1, "rgb": 3, "cmyk": 4, "cielab": 3, "icclab": 3}
_SPARSE = 1024  # rows and columns looked at for colour in a picture that is not in memory
_BLOCK = 2**20  # pixels looked at for colour at a time
_FAINT = 1 / 512  # of full scale: less than this is rounding of a conversion, not colour


@dataclass(frozen=True, eq=False)
class Meaning:
    """How stored samples become what they mean.

    Attributes
    ----------
    model
        "grey", "rgb", "cmyk" (0 = no ink), "cielab" (a and b are signed integers), "icclab" (a
        and b are offset by half of the range). Colours are the first channels.
    full_scale
        The stored value of white; None for measurements, of which colours are never changed.
    extra
        Stored channels behind the colours.
    alpha
        The one of them that tells how opaque a pixel is; 0 means no data.
    associated
        Whether colours are stored multiplied by alpha.
    inverted
        Whether 0 is white.
    palette
        (n, 3) or (n,) colours in 0..full_scale, of which stored samples are the numbers.
    no_data
        A stored value that means no data.
    profile
        What the colours mean, where that is not sRGB.
    """

    model: Model
    full_scale: float | None
    extra: int = 0
    alpha: int | None = None
    associated: bool = False
    inverted: bool = False
    palette: FloatArray | None = None
    no_data: float | None = None
    profile: Profile | None = None

    @property
    def is_plain(self) -> bool:
        """Whether stored samples are shown as they are."""
        odd = self.extra or self.inverted or self.palette is not None or self.profile is not None
        return not (odd or self.model not in ("grey", "rgb") or self._has_holes)

    @property
    def bands(self) -> int:
        """How many greys a pixel has of which nobody says what they are; 1 mostly."""
        several = self.model == "grey" and self.palette is None
        return 1 + (self.extra - (self.alpha is not None) if several else 0)

    def of_band(self, index: int) -> tuple[Meaning, tuple[int, ...]]:
        """What one of the `bands` means, and its channels among the stored ones."""
        greys = [i for i in range(1 + self.extra) if i != self.alpha]
        if self.alpha is None:
            return replace(self, extra=0), (greys[index],)
        return replace(self, extra=1, alpha=1), (greys[index], self.alpha)

    @property
    def _has_holes(self) -> bool:
        return self.alpha is not None or self.no_data is not None

    def shown(self, stored: FloatArray) -> FloatArray:
        """Stored samples of any part of the picture as what they mean."""
        pixels = stored if stored.ndim == 3 else stored[..., None]
        colours = pixels[..., : COLOURS[self.model]]
        missing = self._missing(pixels)
        if self.alpha is not None and self.associated:
            colours = self._divided(colours, pixels[..., self.alpha])
        colours = self._converted(self._looked_up(colours))
        if missing is not None:
            colours = np.where(missing[..., None], np.float32(np.nan), colours).astype(np.float32)
        return np.ascontiguousarray(colours[..., 0] if colours.shape[2] == 1 else colours)

    def _missing(self, pixels: FloatArray) -> NDArray[np.bool_] | None:
        missing = None
        if self.alpha is not None:
            missing = pixels[..., self.alpha] == 0
        if self.no_data is not None:
            colours = pixels[..., : COLOURS[self.model]]
            none = (colours == np.float32(self.no_data)).all(-1)
            missing = none if missing is None else missing | none
        return missing

    def _divided(self, colours: FloatArray, alpha: FloatArray) -> FloatArray:
        opaque = np.float32(self.full_scale or 1.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            colours = (colours * (opaque / alpha)[..., None]).astype(np.float32)
        return colours if self.full_scale is None else np.minimum(colours, opaque)

    def _looked_up(self, colours: FloatArray) -> FloatArray:
        if self.inverted:
            colours = np.float32(self.full_scale or 0.0) - colours
        if self.palette is None:
            return colours
        numbers = np.clip(colours[..., 0], 0, len(self.palette) - 1).astype(np.intp)
        found = self.palette[numbers]
        return found if found.ndim == 3 else found[..., None]

    def _converted(self, colours: FloatArray) -> FloatArray:
        if self.full_scale is None:
            return colours
        white = np.float32(self.full_scale)
        if self.model in ("cielab", "icclab"):
            return lab_to_srgb(_lab(colours, self.model, self.full_scale)) * white
        if self.profile is not None:
            return to_srgb(colours / white, self.profile) * white
        if self.model == "cmyk":
            light = (white - colours[..., :3]) * (white - colours[..., 3:]) / white
            return light.astype(np.float32)
        return colours


def _lab(stored: FloatArray, model: Model, full_scale: float) -> FloatArray:
    """CIE L (0..100), a, b of 8- or 16-bit samples (TIFF 6.0, section 23; ICC, Lab encoding)."""
    unit = 1.0 if full_scale <= 255 else 256.0
    top = full_scale if model == "cielab" or unit == 1.0 else 65280.0
    half = (full_scale + 1) / 2
    ab = stored[..., 1:]
    signed = ab - half if model == "icclab" else np.where(ab >= half, ab - 2 * half, ab)
    return np.concatenate([stored[..., :1] * (100.0 / top), signed / unit], -1, dtype=np.float32)


@dataclass(frozen=True, eq=False)
class MeantSource:
    """Stored samples, turned into what they mean when they are read."""

    stored: Source
    meaning: Meaning
    mask: Source | None = None  # 0 where there is no data

    def read(self, window: Window, step: int) -> FloatArray:
        shown = self.meaning.shown(self.stored.read(window, step))
        if self.mask is not None:
            missing = self.mask.read(window, step) == 0
            shown[missing] = np.nan
        return shown


@dataclass(frozen=True, eq=False)
class SomeChannels:
    """Some of the stored channels of each pixel: (H, W) of one, (H, W, C) of several."""

    stored: Source
    channels: tuple[int, ...]

    def read(self, window: Window, step: int) -> FloatArray:
        chosen = self.channels[0] if len(self.channels) == 1 else list(self.channels)
        return np.ascontiguousarray(self.stored.read(window, step)[..., chosen])


@dataclass(frozen=True, eq=False)
class FirstChannel:
    """A colour source of which one channel says all."""

    colour: Source

    def read(self, window: Window, step: int) -> FloatArray:
        return np.ascontiguousarray(self.colour.read(window, step)[..., 0])

    def read_exact(self, window: Window, step: int) -> NDArray[Any]:
        return read_exact(self.colour, window, step)[..., 0]


def meant(
    stored: Source, shape: tuple[int, int], meaning: Meaning, mask: Source | None, *, lazy: bool
) -> tuple[Source, int]:
    """A picture's samples as a source, and its channels: 1 where all colours are greys.

    Parameters
    ----------
    shape
        (H, W) of the picture.
    lazy
        Whether samples are in a file, of which only sparse rows are looked at for colour.
    """
    source = stored if meaning.is_plain and mask is None else MeantSource(stored, meaning, mask)
    sees_colour = meaning.model != "grey" or (
        meaning.palette is not None and meaning.palette.ndim == 2
    )
    if not sees_colour:
        return source, 1
    looked_at = MeantSource(stored, _without_profile(meaning), mask)
    faint = 0.0
    if meaning.model not in ("grey", "rgb"):
        faint = _FAINT * (meaning.full_scale or 0.0)
    if _has_colour(looked_at, shape, faint, lazy=lazy):
        return source, 3
    return FirstChannel(source), 1


def _without_profile(meaning: Meaning) -> Meaning:
    """RGB greys stay greys under any profile, and are sooner looked at without."""
    if meaning.model != "rgb" or meaning.profile is None:
        return meaning
    return replace(meaning, profile=None)


def _has_colour(source: Source, shape: tuple[int, int], faint: float, *, lazy: bool) -> bool:
    if lazy:
        step = max(1, max(shape) // _SPARSE)
        return _is_colour(source.read(Window.whole(shape), step), faint)
    rows = max(1, _BLOCK // shape[1])
    return any(_is_colour(source.read(window, 1), faint) for window in blocks(shape, rows))


def _is_colour(shown: FloatArray, faint: float) -> bool:
    if faint:
        return bool(np.nanmax(np.ptp(shown, axis=-1), initial=0.0) > faint)
    first = shown[..., 0]
    missing = np.isnan(first)
    return any(not ((shown[..., i] == first) | missing).all() for i in (1, 2))
