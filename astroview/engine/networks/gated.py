"""The super-resolver of gated blocks: features weighed by themselves, on the coarse grid.

Legend: ``u`` a plane in stretched units (about 0..1), ``s`` the scale.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from astroview.engine.networks.superres import enlarge, to_be_halved
from astroview.engine.networks.tile_superres import asks_reduction


class GatedBlock(nn.Module):
    """Three 3x3 convolutions whose answer is weighed by itself, around a shortcut.

    The gate has no parameters: ``x + (f + x) (sigmoid(f) - 1/2)``, as in SPAN (Wan et al. 2023,
    *Swift Parameter-free Attention Network*), which has no shortcut.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList([nn.Conv2d(width, width, 3, padding=1) for _ in range(3)])
        for layer in self.layers:
            if not layer.weight.is_meta:  # type: ignore[union-attr]
                nn.init.kaiming_normal_(layer.weight, 0.1)  # type: ignore[arg-type]
            nn.init.zeros_(layer.bias)  # type: ignore[arg-type]

    def forward(self, x: Tensor) -> Tensor:
        """Keep the shape (B, width, h, w)."""
        learning = torch.is_grad_enabled()
        f = x
        for layer in list(self.layers)[:-1]:
            f = functional.silu(layer(f), inplace=not learning)
        f = self.layers[-1](f)
        if learning:
            return x + (f + x) * (f.sigmoid() - 0.5)
        gate = f.sigmoid().sub_(0.5)  # in place: fresh memory costs as much as the sums
        return f.add_(x).mul_(gate).add_(x)


class Gated(nn.Module):
    """Gated blocks on the coarse grid, then pixel shuffle, around a bicubic shortcut.

    Beside the plane it sees the noise level and how the plane was reduced, as SRMD (Zhang et al.
    2018) sees noise and blur: a detector's box means and a resized picture want other answers.

    Parameters
    ----------
    scale, width, blocks
        Magnification, channels, and number of `GatedBlock`.
    """

    asks_reduction = True

    def __init__(self, scale: int = 2, width: int = 48, blocks: int = 4) -> None:
        super().__init__()
        self.scale, self.halved = scale, False
        self.head = nn.Conv2d(3, width, 3, padding=1)
        self.body = nn.ModuleList([GatedBlock(width) for _ in range(blocks)])
        self.merge = nn.Conv2d(3 * width, width, 1)
        self.tail = nn.Conv2d(width, scale * scale, 3, padding=1)
        self.reduction = nn.Linear(2 * width, 1)
        for layer in (self.tail, self.reduction):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)  # type: ignore[arg-type]

    def forward(self, u_B1HW: Tensor, sigma_B: Tensor, box_B: Tensor | None = None) -> Tensor:
        """Super-resolve (B, 1, H, W) with noise levels (B,) in the same units to
        (B, 1, sH, sW); see `features`.
        """
        return self.finish(self.features(u_B1HW, sigma_B, box_B), u_B1HW)

    def halve(self) -> None:
        """As `superres.Compact.halve`."""
        self.body.bfloat16()
        self.merge.bfloat16()
        self.halved = True

    def features(self, u_B1HW: Tensor, sigma_B: Tensor, box_B: Tensor | None = None) -> Tensor:
        """What the last layer sees, (B, width, H, W).

        Parameters
        ----------
        box_B
            How each plane was reduced: 1 by box means, as a detector integrates, -1 by
            antialiased bicubic, as picture editors do, 0 (also None) unknown.
        """
        noise = sigma_B.view(-1, 1, 1, 1).expand_as(u_B1HW)
        told = torch.zeros_like(noise) if box_B is None else box_B.view(-1, 1, 1, 1)
        planes = [u_B1HW - 0.3, noise * 10, told.expand_as(u_B1HW)]
        seen_BCHW = torch.cat(planes, 1)
        first = (
            to_be_halved(self.head, seen_BCHW).bfloat16() if self.halved else self.head(seen_BCHW)
        )
        x, seen = first, [first]
        for block in self.body:
            x = block(x)
            seen = [*seen, x] if len(seen) == 1 else seen
        x = self.merge(torch.cat([*seen, x], 1))
        return x.float() if self.halved else x

    def box_odds(self, u_B1HW: Tensor, sigma_B: Tensor) -> Tensor:
        """Log odds (B,) that planes were reduced by box means and not by a resizer's filter, by
        what the features are like where there is detail; 0 of an untrained network. Planes of
        about 96 pixels are what it learnt this from (`trainer.calibrate.superres_reduction`).
        """
        return self.reduction(self.summary(u_B1HW, sigma_B))[:, 0]

    def summary(self, u_B1HW: Tensor, sigma_B: Tensor) -> Tensor:
        """Mean and spread of each feature where there is detail, (B, 2 width)."""
        x = self.features(u_B1HW, sigma_B)
        detail = (u_B1HW - functional.avg_pool2d(u_B1HW, 3, 1, 1)).abs()
        weight = detail / detail.sum((2, 3), keepdim=True).clamp_min(1e-6)
        mean = (x * weight).sum((2, 3), keepdim=True)
        spread = ((x - mean).square() * weight).sum((2, 3)).sqrt()
        return torch.cat([mean[..., 0, 0], spread], 1)

    def finish(self, features_BCHW: Tensor, u_B1HW: Tensor) -> Tensor:
        """As `superres.Compact.finish`."""
        x = self.tail(functional.silu(features_BCHW))
        return functional.pixel_shuffle(x, self.scale) + enlarge(u_B1HW, self.scale)


def told(network: nn.Module, u_B1HW: Tensor, sigma_B: Tensor, box_B: Tensor | None) -> Tensor:
    """What a super-resolver makes of planes (B, 1, H, W) with noise levels (B,); one that asks is
    told how they were reduced, see `Gated.features`.
    """
    if asks_reduction(network):
        return network(u_B1HW, sigma_B, box_B)
    return network(u_B1HW, sigma_B)
