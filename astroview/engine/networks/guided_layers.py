"""What a colorizer makes of measured chroma: a coarse plane of it, with holes, as an input.

The plane's own chroma is the answer to begin with, interpolated between its pixels; what is
added are edges, stars and all that it is too coarse for, and the palette where it has holes.

Legend: ``guide_B4hw`` Oklab a and b, validity 0..1 and how coarse the plane is, for each cell of
`CELL` pixels (see `planes`).
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from astroview.engine.networks.palette_code import GAIN

PLANES = 4
MIDDLING = 16.0  # pixels of the frame in one of the guide whose coarseness counts as 0


def planes(ab_B2hw: Tensor, valid_B1hw: Tensor, pixels: float) -> Tensor:
    """The planes of a guide one of whose pixels is as wide as so many of the frame's.

    Parameters
    ----------
    ab_B2hw
        Oklab chroma at the middle of each cell; anything where nothing is known.
    valid_B1hw
        1 where it is known, 0 where not, and between at the edges of holes.
    """
    coarse = math.log2(max(pixels, 1.0) / MIDDLING) / 2
    known = valid_B1hw > 0
    return torch.cat([torch.where(known, ab_B2hw, 0.0), valid_B1hw, coarse * valid_B1hw], 1)


class _Step(nn.Module):
    """Two 3x3 convolutions around a shortcut."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(width, width, 3, padding=1)
        self.second = nn.Conv2d(width, width, 3, padding=1)
        nn.init.zeros_(self.second.weight)

    def forward(self, x: Tensor) -> Tensor:
        """Keep the shape (B, width, h, w)."""
        y = self.first(functional.leaky_relu(x, 0.1))
        return x + self.second(functional.leaky_relu(y, 0.1))


class Guided(nn.Module):
    """The layers that see the guide beside lightness; new ones change nothing.

    Parameters
    ----------
    light
        Channels of lightness in a cell.
    widths
        Channels of the colorizer's levels.
    width
        Channels inside.
    """

    def __init__(self, light: int, widths: tuple[int, int, int], width: int) -> None:
        super().__init__()
        self.stem = nn.Conv2d(light + PLANES, width, 3, padding=1)
        self.steps = nn.ModuleList([_Step(width) for _ in widths])
        self.down = nn.ModuleList([nn.Conv2d(width, width, 2, stride=2) for _ in widths[1:]])
        self.join = nn.ModuleList([nn.Conv2d(width, w, 1) for w in widths])
        self.mix = nn.Conv2d(widths[0] + width, width, 1)
        self.out = nn.Conv2d(width, 4, 3, padding=1)
        for layer in (*self.join, self.out):
            assert isinstance(layer, nn.Conv2d)
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)  # type: ignore[arg-type]

    def look(
        self, light_BChw: Tensor, guide_B4hw: Tensor, levels: list[Tensor]
    ) -> tuple[list[Tensor], Tensor]:
        """The levels with what the guide says added, and what `finish` needs."""
        told = torch.cat([guide_B4hw[:, :2] * GAIN, guide_B4hw[:, 2:]], 1)
        x = self.stem(torch.cat([light_BChw, told], 1))
        fine = x = self.steps[0](x)
        made = [levels[0] + self.join[0](x)]
        rest = zip(self.down, self.steps[1:], self.join[1:], levels[1:], strict=True)  # type: ignore[arg-type]
        for down, step, join, level in rest:
            x = step(down(x))
            made.append(level + join(x))
        return made, fine

    def finish(
        self, features: Tensor, fine: Tensor, coefficients: Tensor, guide_B4hw: Tensor
    ) -> Tensor:
        """Coefficients (B, 4, h, w): the guide's chroma where it is valid, the colorizer's
        elsewhere, and what corrects both.
        """
        mixed = self.mix(functional.leaky_relu(torch.cat([features, fine], 1), 0.1))
        more = self.out(functional.leaky_relu(mixed, 0.1))
        ab, valid = guide_B4hw[:, :2], guide_B4hw[:, 2:3]
        base = torch.cat([torch.zeros_like(ab), ab], 1)
        return coefficients + valid * (base - coefficients) + more
