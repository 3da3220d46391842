"""Teach a super-resolver that asks how a picture was reduced to tell it by itself.

The network stays as it is. A linear classifier of what its features are like (see
`astroview.engine.networks.gated.Gated.summary`) learns from crops reduced by box means and by the
filters of picture editors which is which: logistic regression on as many of both.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor
from torch.nn import functional

from astroview.engine.networks.gated import Gated
from trainer.data import degrade

Plane = NDArray[np.uint8]
SIDE = 96  # pixels of a reduced crop
CROPS, STEPS, DECAY = 500, 1500, 3e-3
LANCZOS, BILINEAR, JPEG = 0.25, 0.15, 0.2  # shares of the filters, and of JPEG after them


def teach(
    network: Gated, plane: Callable[[np.random.Generator], Plane], seed: int, crops: int = 0
) -> dict[str, float]:
    """Set the network's ``reduction`` layer by so many crops of each kind (0: `CROPS`) of grey
    pictures (H, W), drawn by ``plane``; what part of them it then tells right.
    """
    crops = crops or CROPS
    rng = np.random.default_rng(seed)
    seen: list[Tensor] = []
    with torch.no_grad():
        for _ in range(crops):
            fine = _lively(plane(rng), network.scale, rng)
            both = [reduced(fine, network.scale, boxes, rng) for boxes in (False, True)]
            pair = torch.stack(both)
            seen.append(network.summary(pair, torch.zeros(2)))
    x_NF, y_N = torch.cat(seen), torch.tensor([0.0, 1.0]).repeat(crops)
    mean, scale = x_NF.mean(0), x_NF.std(0) + 1e-4
    weight, bias = fitted((x_NF - mean) / scale, y_N)
    layer = network.reduction
    with torch.no_grad():
        layer.weight.copy_((weight / scale)[None])
        layer.bias.copy_(bias - (weight * mean / scale).sum())
        right = (layer(x_NF)[:, 0] > 0) == (y_N > 0.5)
    return {"crops": float(2 * crops), "right": round(float(right.float().mean()), 4)}


def reduced(fine_HW: Plane, scale: int, boxes: bool, rng: np.random.Generator) -> Tensor:
    """A crop (1, h, w) of 8 bits, reduced by box means or by one of the editors' filters."""
    height, width = (n // scale for n in fine_HW.shape)
    way = rng.random()
    if not boxes and way < LANCZOS + BILINEAR:
        kind = Image.Resampling.LANCZOS if way < LANCZOS else Image.Resampling.BILINEAR
        small = Image.fromarray(fine_HW).resize((width, height), kind)
        x = torch.from_numpy(np.asarray(small, np.float32) / np.float32(255))[None]
    else:
        u = torch.from_numpy(fine_HW.astype(np.float32) / np.float32(255))[None, None]
        x = degrade.quantise(degrade.shrink(u, scale, torch.full((1,), float(not boxes))))[0]
    return degrade.jpeg(x, int(rng.integers(85, 96))) if rng.random() < JPEG else x


def fitted(x_NF: Tensor, y_N: Tensor) -> tuple[Tensor, Tensor]:
    """Weights (F,) and bias () of a logistic regression of 0 and 1."""
    weight, bias = torch.zeros(x_NF.shape[1]), torch.zeros(())
    optimizer = torch.optim.Adam([weight.requires_grad_(), bias.requires_grad_()], 0.02)
    for _ in range(STEPS):
        loss = functional.binary_cross_entropy_with_logits(x_NF @ weight + bias, y_N)
        optimizer.zero_grad()
        (loss + DECAY * weight.square().sum()).backward()
        optimizer.step()
    return weight.detach(), bias.detach()


def _lively(plane: Plane, scale: int, rng: np.random.Generator) -> Plane:
    """The liveliest of four crops of a picture, its sides multiples of the scale."""
    side = SIDE * scale
    crops = [
        plane[y : y + side, x : x + side]
        for y, x in zip(
            rng.integers(0, max(1, plane.shape[0] - side + 1), 4),
            rng.integers(0, max(1, plane.shape[1] - side + 1), 4),
            strict=True,
        )
    ]
    best = max(crops, key=lambda crop: float(crop.std()))
    height, width = (n - n % scale for n in best.shape)
    return np.ascontiguousarray(best[:height, :width])
