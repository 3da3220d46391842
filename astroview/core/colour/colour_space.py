"""Colour spaces, and the one place where samples become colours.

Legend: ``u`` stretched grey (0..1, sRGB-encoded), ``rgb`` sRGB-encoded (0..1), ``lab`` Oklab
(L 0..1, a, b about -0.4..0.4; Ottosson 2020), ``chroma`` its a, b.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from astroview.core.colour.tone import Drawn, Toned, levels

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

TABLE = 16384  # entries of the sRGB table that the viewer uses


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
    colour fits into sRGB. ``light`` is Oklab L (...) in 0..1; NaN chroma becomes neutral.
    """
    chroma = np.asarray(chroma, np.float32)
    outside = ~_in_gamut(_planes(light, chroma[..., 0], chroma[..., 1]))
    if not outside.any():
        return chroma
    fitted = chroma.copy()
    fitted[outside] = _shrunk(light[outside], chroma[outside])
    return fitted


def painted_light(light: FloatArray, chroma: FloatArray) -> list[FloatArray]:
    """Linear red, green and blue (H, W) each in 0..1, of Oklab L (H, W) and chroma (H, W, 2).

    The one way in which painted colour is drawn, on screen and in files: what does not fit into
    sRGB pales, as in `fit_gamut`, and keeps its lightness and its hue.
    """
    planes = _planes(light, chroma[..., 0], chroma[..., 1])
    outside = ~_in_gamut(planes)
    if outside.any():
        light_N = light[outside]
        fitted = _shrunk(light_N, chroma[outside])
        for plane, part in zip(planes, _planes(light_N, fitted[:, 0], fitted[:, 1]), strict=True):
            plane[outside] = part
    return [np.clip(plane, 0, 1, out=plane) for plane in planes]


_HALVINGS = 11  # of the share of chroma that is kept


def _shrunk(light_N: FloatArray, chroma_N2: FloatArray) -> FloatArray:
    """Colours out of gamut, each with the largest share of its chroma (in 1/2048) that fits.

    Along the way to neutral each linear channel is a cubic of that share.
    """
    chroma_N2 = np.nan_to_num(chroma_N2)
    steps = [chroma_N2[:, 0] * row[1] + chroma_N2[:, 1] * row[2] for row in LAB_TO_LMS]
    powers = [[np.ones_like(d), d, d * d, _cubed(d)] for d in steps]
    cubics = [_cubic(light_N, powers, row) for row in LMS_TO_RGB]
    keep_N = np.zeros_like(light_N)
    for halving in range(1, _HALVINGS + 1):
        tried_N = keep_N + np.float32(0.5**halving)
        at = [((c[3] * tried_N + c[2]) * tried_N + c[1]) * tried_N + c[0] for c in cubics]
        keep_N = np.where(_in_gamut(at), tried_N, keep_N)
    return chroma_N2 * keep_N[:, None]


def _cubic(
    light_N: FloatArray, powers: list[list[FloatArray]], row: FloatArray
) -> list[FloatArray]:
    sums = [sum(m * p[n] for m, p in zip(row, powers, strict=True)) for n in range(4)]
    factors = (_cubed(light_N), 3 * light_N * light_N, 3 * light_N, np.float32(1))
    return [np.asarray(f * p, np.float32) for f, p in zip(factors, sums, strict=True)]


def _cubed(x: FloatArray) -> FloatArray:
    """``x ** 3``, which is thirty times slower where x is negative."""
    return x * x * x


def _planes(light: FloatArray, a: FloatArray, b: FloatArray) -> list[FloatArray]:
    """Linear red, green and blue of Oklab planes, in gamut or not."""
    # Oklab's first column is 1, so L is simply added: three fused planes, no (.., 3) matmul.
    lms = [_cubed(light + a * row[1] + b * row[2]) for row in LAB_TO_LMS]
    return [
        np.asarray(row[0] * lms[0] + row[1] * lms[1] + row[2] * lms[2], np.float32)
        for row in LMS_TO_RGB
    ]


def _in_gamut(planes: list[FloatArray]) -> NDArray[np.bool_]:
    """Whether linear red, green and blue can be shown, but for rounding; NaN cannot."""
    good = (planes[0] >= _BELOW) & (planes[0] <= _ABOVE)
    for plane in planes[1:]:
        good &= (plane >= _BELOW) & (plane <= _ABOVE)
    return good


_BELOW, _ABOVE = -2e-5, 1 + 1e-4


def colourise(u: FloatArray, chroma: FloatArray) -> FloatArray:
    """Grey u (H, W) in 0..1 plus chroma (H, W, 2) to sRGB (H, W, 3) of the same lightness.

    ``grey(colourise(u, c)) == u`` to better than 1/255; chroma that does not fit the gamut is
    reduced at constant lightness.
    """
    planes = painted_light(lightness(u), np.asarray(chroma, np.float32))
    return np.clip(np.stack([encode_srgb(plane) for plane in planes], -1), 0, 1)


def render(samples: FloatArray, drawn: Drawn, chroma: FloatArray | None = None) -> FloatArray:
    """Samples in native units, (H, W) or (H, W, 3), to sRGB float32 (H, W, 3) in 0..1.

    One stretch serves all channels, or each has its own. NaN (no data) becomes black.
    """
    u = levels(samples, drawn)
    if chroma is not None:
        rgb = colourise(u, chroma)
    else:
        rgb = u if u.ndim == 3 else np.repeat(u[..., None], 3, -1)
    return 1 - rgb if isinstance(drawn, Toned) and drawn.invert else rgb


def render8(
    samples: FloatArray, drawn: Drawn, chroma: FloatArray | None = None
) -> NDArray[np.uint8]:
    """`render` for the screen: uint8 (H, W, 3), by a table; the same to 1/255."""
    u = levels(samples, drawn)
    if chroma is not None:
        rgb = painted8(lightness(u), np.asarray(chroma, np.float32))
    else:
        grey8 = (u * 255 + 0.5).astype(np.uint8)
        rgb = grey8 if grey8.ndim == 3 else np.repeat(grey8[..., None], 3, -1)
    return 255 - rgb if isinstance(drawn, Toned) and drawn.invert else rgb


def painted8(light: FloatArray, ab: FloatArray) -> NDArray[np.uint8]:
    """Oklab L (H, W) and a, b (H, W, 2) to uint8 sRGB (H, W, 3), by tables."""
    out = np.empty((*light.shape, 3), np.uint8)
    for i, plane in enumerate(painted_light(light, ab)):
        out[..., i] = _encode_table()[(plane * (TABLE - 1) + 0.5).astype(np.int32)]
    return out


@cache
def _encode_table() -> NDArray[np.uint8]:
    light = np.linspace(0, 1, TABLE, dtype=np.float32)
    return (encode_srgb(light) * 255 + 0.5).astype(np.uint8)
