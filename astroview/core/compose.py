"""Colour spaces, and the one place where samples become colours.

Legend: ``u`` stretched grey (0..1, sRGB-encoded), ``rgb`` sRGB-encoded (0..1), ``lab`` Oklab
(L 0..1, a, b about -0.4..0.4; Ottosson 2020), ``chroma`` its a, b.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from astroview.core.band_stretch import AnyStretch, clipped

FloatArray = NDArray[np.float32]

# Ottosson, "A perceptual color space for image processing" (2020), linear sRGB <-> Oklab.
RGB_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    np.float32,
)
LMS_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ],
    np.float32,
)
LAB_TO_LMS = np.linalg.inv(LMS_TO_LAB.astype(np.float64)).astype(np.float32)
LMS_TO_RGB = np.linalg.inv(RGB_TO_LMS.astype(np.float64)).astype(np.float32)

TABLE = 4096  # entries of the sRGB tables that the viewer uses


def decode_srgb(rgb: FloatArray) -> FloatArray:
    """SRGB-encoded values (0..1) to linear light."""
    rgb = np.asarray(rgb, np.float32)
    bright = ((np.maximum(rgb, 0.04045) + 0.055) / 1.055) ** np.float32(2.4)
    return np.where(rgb <= 0.04045, rgb / 12.92, bright).astype(np.float32)


def encode_srgb(light: FloatArray) -> FloatArray:
    """Linear light to sRGB-encoded values (0..1 for light in 0..1)."""
    light = np.asarray(light, np.float32)
    bright = 1.055 * np.maximum(light, 0.0031308) ** np.float32(1 / 2.4) - 0.055
    return np.where(light <= 0.0031308, light * 12.92, bright).astype(np.float32)


def srgb_to_oklab(rgb: FloatArray) -> FloatArray:
    """(..., 3) sRGB in 0..1 to (..., 3) Oklab."""
    lms = np.cbrt(decode_srgb(rgb) @ RGB_TO_LMS.T)
    return np.asarray(lms @ LMS_TO_LAB.T, np.float32)


def oklab_to_srgb(lab: FloatArray) -> FloatArray:
    """(..., 3) Oklab to (..., 3) sRGB; values outside 0..1 are out of gamut, not clipped."""
    return encode_srgb(_oklab_to_light(lab))


def _oklab_to_light(lab: FloatArray) -> FloatArray:
    lms = np.asarray(lab, np.float32) @ LAB_TO_LMS.T
    return np.asarray(lms * lms * lms @ LMS_TO_RGB.T, np.float32)


def lightness(u: FloatArray) -> FloatArray:
    """Oklab L of a neutral grey, sRGB-encoded u (0..1)."""
    return np.cbrt(decode_srgb(u))


def grey(rgb: FloatArray) -> FloatArray:
    """The neutral sRGB grey (...) with the Oklab lightness of ``rgb`` (..., 3)."""
    return encode_srgb(srgb_to_oklab(rgb)[..., 0] ** 3)


def fit_gamut(light: FloatArray, chroma: FloatArray) -> FloatArray:
    """Shrink chroma (..., 2) towards neutral, at constant Oklab lightness and hue, until the
    colour fits into sRGB. ``light`` is Oklab L (...) in 0..1; six bisection steps (1/64).
    """
    lab = np.concatenate([light[..., None], chroma], -1).astype(np.float32)
    outside = ~_in_gamut(lab)
    if not outside.any():
        return lab[..., 1:]
    lab_out = lab[outside]
    keep = np.zeros(lab_out.shape[0], np.float32)
    for step in (0.5, 0.25, 0.125, 0.0625, 0.03125, 0.015625):
        tried = keep + np.float32(step)
        fits = _in_gamut(
            np.concatenate([lab_out[:, :1], lab_out[:, 1:] * tried[:, None]], -1, dtype=np.float32),
        )
        keep = np.where(fits, tried, keep)
    fitted = lab[..., 1:].copy()
    fitted[outside] *= keep[:, None]
    return fitted


def _in_gamut(lab: FloatArray) -> NDArray[np.bool_]:
    return _is_light(_oklab_to_light(lab))


def _is_light(rgb: FloatArray) -> NDArray[np.bool_]:
    """Whether linear light (..., 3) can be shown, but for rounding."""
    good = (rgb >= -2e-5) & (rgb <= 1 + 1e-4)
    return good[..., 0] & good[..., 1] & good[..., 2]  # much faster than all(-1)


def colourise(u: FloatArray, chroma: FloatArray) -> FloatArray:
    """Grey u (H, W) in 0..1 plus chroma (H, W, 2) to sRGB (H, W, 3) of the same lightness.

    ``grey(colourise(u, c)) == u`` to better than 1/255; chroma that does not fit the gamut is
    reduced at constant lightness.
    """
    light = lightness(u)
    lab = np.concatenate([light[..., None], chroma], -1, dtype=np.float32)
    rgb = _oklab_to_light(lab)
    outside = ~_is_light(rgb)
    if outside.any():
        fitted = fit_gamut(light[outside], chroma[outside])
        rgb[outside] = _oklab_to_light(np.concatenate([lab[outside][:, :1], fitted], -1))
    return np.clip(encode_srgb(rgb), 0, 1)


def render(
    samples: FloatArray, stretch: AnyStretch, chroma: FloatArray | None = None
) -> FloatArray:
    """Samples in native units, (H, W) or (H, W, 3), to sRGB float32 (H, W, 3) in 0..1.

    One stretch serves all channels, or each has its own. NaN (no data) becomes black.
    """
    u = clipped(stretch.forward(samples), stretch)
    if chroma is not None:
        return colourise(u, np.nan_to_num(np.asarray(chroma, np.float32)))
    return u if u.ndim == 3 else np.repeat(u[..., None], 3, -1)


def render8(
    samples: FloatArray, stretch: AnyStretch, chroma: FloatArray | None = None
) -> NDArray[np.uint8]:
    """`render` for the screen: uint8 (H, W, 3), by tables; colours out of gamut are clipped."""
    u = clipped(stretch.forward(samples), stretch)
    if chroma is None:
        grey8 = (u * 255 + 0.5).astype(np.uint8)
        return grey8 if grey8.ndim == 3 else np.repeat(grey8[..., None], 3, -1)
    light = lightness_table()[(u * (TABLE - 1) + 0.5).astype(np.int32)]
    return painted8(light, np.asarray(chroma, np.float32))


def painted8(light: FloatArray, ab: FloatArray) -> NDArray[np.uint8]:
    """Oklab L (H, W) and a, b (H, W, 2) to uint8 sRGB (H, W, 3), by tables."""
    # Oklab's first column is 1, so L is simply added: three fused planes, no (.., 3) matmul.
    lms = [(light + ab[..., 0] * row[1] + ab[..., 1] * row[2]) ** 3 for row in LAB_TO_LMS]
    out = np.empty((*light.shape, 3), np.uint8)
    for i, row in enumerate(LMS_TO_RGB):
        plane = np.clip(row[0] * lms[0] + row[1] * lms[1] + row[2] * lms[2], 0, 1)
        out[..., i] = _encode_table()[(plane * (TABLE * 4 - 1) + 0.5).astype(np.int32)]
    return out


@cache
def lightness_table() -> FloatArray:
    return lightness(np.linspace(0, 1, TABLE, dtype=np.float32))


@cache
def _encode_table() -> NDArray[np.uint8]:
    light = np.linspace(0, 1, TABLE * 4, dtype=np.float32)
    return (encode_srgb(light) * 255 + 0.5).astype(np.uint8)
