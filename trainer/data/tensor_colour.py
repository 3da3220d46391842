"""`astroview.core.colour.colour_space`'s colour space for tensors, differentiable, on any
device.
"""

from __future__ import annotations

import torch
from torch import Tensor

from astroview.core.colour import colour_space

LAB_UNIT = 0.0025  # of Oklab's a and b in one of CIELAB's, for colours as bright as sRGB's


def decode_srgb(rgb: Tensor) -> Tensor:
    """SRGB-encoded values (0..1, any shape) to linear light."""
    bright = ((rgb.clamp_min(0.04045) + 0.055) / 1.055) ** 2.4
    return torch.where(rgb <= 0.04045, rgb / 12.92, bright)


def encode_srgb(light: Tensor) -> Tensor:
    """Linear light (any shape) to sRGB-encoded values."""
    bright = 1.055 * light.clamp_min(0.0031308) ** (1 / 2.4) - 0.055
    return torch.where(light <= 0.0031308, light * 12.92, bright)


def _mix(matrix: object, x_B3HW: Tensor) -> Tensor:
    weights = torch.as_tensor(matrix, dtype=x_B3HW.dtype, device=x_B3HW.device)
    return torch.einsum("ij,bjhw->bihw", weights, x_B3HW)


def to_oklab(rgb_B3HW: Tensor) -> Tensor:
    """(B, 3, H, W) sRGB in 0..1 to Oklab."""
    lms = _mix(colour_space.RGB_TO_LMS, decode_srgb(rgb_B3HW))
    return _mix(colour_space.LMS_TO_LAB, lms.clamp_min(0) ** (1 / 3))


def from_oklab(lab_B3HW: Tensor) -> Tensor:
    """(B, 3, H, W) Oklab to sRGB, not clipped."""
    return encode_srgb(oklab_to_light(lab_B3HW))


# CIE 1976, D65 white; the space in which chroma errors are reported.
XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
WHITE = (0.95047, 1.0, 1.08883)


def to_cielab(rgb_B3HW: Tensor) -> Tensor:
    """(B, 3, H, W) sRGB in 0..1 to CIELAB (L 0..100)."""
    return light_to_cielab(decode_srgb(rgb_B3HW))


def oklab_to_light(lab_B3HW: Tensor) -> Tensor:
    """(B, 3, H, W) Oklab to linear light, not clipped."""
    return _mix(colour_space.LMS_TO_RGB, _mix(colour_space.LAB_TO_LMS, lab_B3HW) ** 3)


def light_to_cielab(light_B3HW: Tensor) -> Tensor:
    """(B, 3, H, W) linear light in 0..1 to CIELAB (L 0..100)."""
    xyz = _mix(XYZ, light_B3HW)
    t = xyz / torch.tensor(WHITE, dtype=xyz.dtype, device=xyz.device).view(1, 3, 1, 1)
    f = torch.where(t > 216 / 24389, t.clamp_min(1e-8) ** (1 / 3), (24389 / 27 * t + 16) / 116)
    return torch.stack(
        [116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], 1
    )
