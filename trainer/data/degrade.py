"""From a good picture to what a poorer telescope or file would have shown: training pairs.

Legend: ``u`` planes (B, 1, H, W) in stretched units 0..1; random draws come from the caller's
generator, so that a batch is a function of (seed, step) alone.
"""

from __future__ import annotations

import io

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional


def shrink(u_B1HW: Tensor, scale: int, kinds: Tensor) -> Tensor:
    """Reduce by a whole scale: rows whose ``kinds`` is 0 by box means (as a detector
    integrates), the others by antialiased bicubic (as picture editors do).
    """
    box = functional.avg_pool2d(u_B1HW, scale)
    size = box.shape[-2:]
    cubic = functional.interpolate(
        u_B1HW, size, mode="bicubic", antialias=True, align_corners=False
    )
    return torch.where(kinds.view(-1, 1, 1, 1) == 0, box, cubic.clamp(0, 1))


def add_noise(u_B1HW: Tensor, sigma_B: Tensor, generator: torch.Generator) -> Tensor:
    """Gaussian noise of standard deviation ``sigma_B`` (B,) in stretched units."""
    noise = torch.randn(u_B1HW.shape, generator=generator)
    return u_B1HW + noise * sigma_B.view(-1, 1, 1, 1)


def jpeg(u_1HW: Tensor, quality: int) -> Tensor:
    """One grey plane (1, H, W) through JPEG at a quality of 1..95."""
    grey = (u_1HW[0].clamp(0, 1).numpy() * 255 + 0.5).astype(np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(grey).save(buffer, "JPEG", quality=quality)
    return torch.from_numpy(np.array(Image.open(buffer), np.float32) / 255)[None]


def quantise(u_B1HW: Tensor) -> Tensor:
    """Round to the 8 bits of a picture file."""
    return (u_B1HW.clamp(0, 1) * 255).round() / 255
