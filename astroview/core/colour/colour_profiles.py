"""Colour profiles and gamma: what coded colours mean, turned into sRGB.

littleCMS (in imagecodecs) reads the profiles. Those of a curve for each channel and a matrix
(Adobe RGB, ProPhoto, Display P3, grey) are asked for their curves once, and applied here in
floating point; those of tables (CMYK, Lab) are applied by littleCMS itself, without its 8-bit
short cuts.

Legend: ``coded`` float32 in 0..1, (..., C); ``light`` linear sRGB, which may leave 0..1.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from io import BytesIO

import imagecodecs
import numpy as np
from numpy.typing import NDArray
from PIL import ImageCms

from astroview.core.colour.colour_space import decode_srgb, encode_srgb
from astroview.core.lazy_dataclass import dataclass

FloatArray = NDArray[np.float32]

LEVELS = 65536  # of the tables that curves are held in
_EXACT = 0x0100  # littleCMS: no short cuts (cmsFLAGS_NOOPTIMIZE)
_SAME = 0.5 / 255  # a profile nearer to sRGB than this is sRGB
_KINDS = {b"RGB ": "rgb", b"GRAY": "gray", b"CMYK": "cmyk", b"Lab ": "lab"}
# CIE x, y of white and of red, green, blue.
D65 = (0.3127, 0.3290)
SRGB_PRIMARIES = (0.64, 0.33, 0.30, 0.60, 0.15, 0.06)
ADOBE_PRIMARIES = (0.64, 0.33, 0.21, 0.71, 0.15, 0.06)
_ADOBE_GAMMA = 563 / 256
_DATE = slice(24, 36)  # of an ICC header: when it was made


@dataclass(frozen=True)
class Profile:
    """An ICC profile that can be applied.

    Attributes
    ----------
    icc
        The profile itself.
    name
        As it calls itself: "Adobe RGB (1998)".
    kind
        Of the samples it speaks of: "rgb", "gray", "cmyk" or "lab".
    """

    icc: bytes
    name: str
    kind: str

    @property
    def channels(self) -> int:
        """How many samples a pixel has."""
        return {"gray": 1, "cmyk": 4}.get(self.kind, 3)

    @property
    def is_srgb(self) -> bool:
        """Whether it changes nothing that could be seen."""
        return self.kind in ("rgb", "gray") and _is_srgb(self.icc, self.kind)


def read_profile(icc: bytes) -> Profile:
    """The profile in a file. Raises ValueError when it is none that pictures can have."""
    kind = _KINDS.get(icc[16:20])
    if kind is None:
        raise ValueError("its colour space is none of RGB, grey, CMYK and Lab")
    try:
        parsed = ImageCms.ImageCmsProfile(BytesIO(icc))
        name = ImageCms.getProfileDescription(parsed).strip()
    except (OSError, ImageCms.PyCMSError) as problem:
        raise ValueError("it is damaged") from problem
    profile = Profile(icc, name or "a profile without a name", kind)
    to_srgb(np.zeros((1, profile.channels), np.float32), profile)  # raises where it is useless
    return profile


def profile_of(
    name: str,
    colours: int,
    gamma: float | FloatArray,
    white: Sequence[float] = D65,
    primaries: Sequence[float] = SRGB_PRIMARIES,
) -> Profile:
    """A profile from what a file says in numbers.

    Parameters
    ----------
    colours
        1 (grey) or 3.
    gamma
        The exponent that turns coded values into light, or the curve itself (light in 0..1).
    white, primaries
        CIE x, y of white, and of red, green and blue one after the other.

    Raises
    ------
    ValueError
        The numbers are no colours.
    """
    kind = "rgb" if colours == 3 else "gray"
    exponent, curve = (gamma, None) if isinstance(gamma, float) else (None, gamma)
    try:
        icc = imagecodecs.cms_profile(
            kind,
            whitepoint=list(white),
            primaries=list(primaries),
            transferfunction=curve,
            gamma=exponent,
        )
    except (imagecodecs.CmsError, ValueError, TypeError, ZeroDivisionError) as problem:
        raise ValueError(f"its colours are not understood ({problem})") from problem
    profile = Profile(icc, name, kind)
    to_srgb(np.zeros((1, colours), np.float32), profile)
    return profile


def adobe_rgb() -> Profile:
    """Adobe RGB (1998), which cameras name in their EXIF without giving the profile."""
    return profile_of("Adobe RGB", 3, _ADOBE_GAMMA, D65, ADOBE_PRIMARIES)


def to_srgb(coded: FloatArray, profile: Profile) -> FloatArray:
    """Coded samples (..., C) to sRGB (..., C) in 0..1, of CMYK and Lab (..., 3).

    Colours outside sRGB are clipped. Greys (C = 1) under an RGB profile are equal amounts of its
    colours. Raises ValueError when littleCMS refuses the profile.
    """
    if profile.kind == "gray":
        index = _index(coded[..., 0])
        return _grey_curve(profile.icc)[index][..., None]
    if coded.shape[-1] < profile.channels:
        return to_srgb(np.repeat(coded, profile.channels, -1), profile)[..., 1:2]
    curves = _curves(profile.icc) if profile.kind == "rgb" else None
    if curves is None:
        return _by_tables(coded, profile)
    light = curves[0][_index(coded[..., 0])]
    light += curves[1][_index(coded[..., 1])]
    light += curves[2][_index(coded[..., 2])]
    return encode_srgb(np.clip(light, 0, 1))


def lab_to_srgb(lab: FloatArray) -> FloatArray:
    """CIE L (0..100), a, b under D50 (..., 3) to sRGB in 0..1, clipped."""
    content = np.ascontiguousarray(lab, np.float32)
    rgb = _transform(content, imagecodecs.cms_profile("lab4"), "lab", _SRGB, "rgb", np.float32)
    return np.clip(rgb, 0, 1)


@cache
def srgb_icc(colours: int) -> bytes:
    """The profile to embed in pictures of sRGB colours (3) or greys (1) that are saved here."""
    icc = imagecodecs.cms_profile("srgb")
    if colours == 1:
        curve = decode_srgb(np.linspace(0, 1, 4096, dtype=np.float32))
        icc = imagecodecs.cms_profile("gray", whitepoint=D65, transferfunction=curve)
    dated = bytearray(icc)
    dated[_DATE] = bytes((7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))  # always the same bytes
    return bytes(dated)


_SRGB = imagecodecs.cms_profile("srgb")


@cache
def _linear_srgb() -> bytes:
    return imagecodecs.cms_profile("rgb", whitepoint=D65, primaries=SRGB_PRIMARIES, gamma=1.0)


def _index(coded: FloatArray) -> NDArray[np.uint16]:
    return (np.clip(coded, 0, 1) * np.float32(LEVELS - 1) + np.float32(0.5)).astype(np.uint16)


@lru_cache(maxsize=8)
def _grey_curve(icc: bytes) -> FloatArray:
    """The sRGB grey (65536,) of each coded grey."""
    ramp = np.linspace(0, 1, LEVELS, dtype=np.float32).reshape(256, 256)
    light = _transform(ramp, icc, "gray", _linear_srgb(), "rgb", np.float32)
    return encode_srgb(np.clip(light[..., 1].reshape(-1), 0, 1))


@lru_cache(maxsize=8)
def _curves(icc: bytes) -> tuple[FloatArray, FloatArray, FloatArray] | None:
    """What red, green and blue, (65536, 3) each, add to the light; None where they do not add."""
    ramp = np.zeros((LEVELS, 3, 3), np.float32)
    for channel in range(3):
        ramp[:, channel, channel] = np.linspace(0, 1, LEVELS, dtype=np.float32)
    light = _transform(ramp, icc, "rgb", _linear_srgb(), "rgb", np.float32)
    black = light[0, 0]
    curves = [np.ascontiguousarray(light[:, i]) for i in range(3)]
    curves[1] -= black
    curves[2] -= black
    some = np.random.default_rng(0).integers(0, LEVELS, (16, 16, 3))
    coded = (some / np.float32(LEVELS - 1)).astype(np.float32)
    wanted = _transform(coded, icc, "rgb", _linear_srgb(), "rgb", np.float32)
    summed = curves[0][some[..., 0]] + curves[1][some[..., 1]] + curves[2][some[..., 2]]
    return (curves[0], curves[1], curves[2]) if np.abs(summed - wanted).max() < 1e-3 else None


@lru_cache(maxsize=32)
def _is_srgb(icc: bytes, kind: str) -> bool:
    profile = Profile(icc, "", kind)
    if kind == "gray":
        coded = np.linspace(0, 1, 256, dtype=np.float32)[:, None]
    else:
        coded = np.stack(np.meshgrid(*[np.linspace(0, 1, 9, dtype=np.float32)] * 3), axis=-1)
    return bool(np.abs(to_srgb(coded, profile) - coded).max() <= _SAME)


def _by_tables(coded: FloatArray, profile: Profile) -> FloatArray:
    stored = np.ascontiguousarray(_index(coded))
    rgb = _transform(stored, profile.icc, profile.kind, _SRGB, "rgb", np.uint16)
    return rgb.astype(np.float32) / np.float32(LEVELS - 1)


def _transform(
    samples: NDArray[np.generic],
    icc: bytes,
    colours: str,
    out_icc: bytes,
    out_colours: str,
    out_type: type[np.generic],
) -> NDArray[np.float32]:
    try:
        return imagecodecs.cms_transform(
            samples, icc, out_icc, colorspace=colours, outcolorspace=out_colours,
            outdtype=out_type, flags=_EXACT,
        )  # fmt: skip
    except (imagecodecs.CmsError, ValueError, TypeError) as problem:
        raise ValueError(f"its colour profile cannot be used ({problem})") from problem
