"""The colorizer: chroma from lightness, steered by a palette code.

A residual U-Net on the picture at a quarter of its resolution predicts, for each 4 x 4 cell, a
local linear model from lightness to chroma, ``ab = A L + B`` (a guided filter, He et al. 2013,
whose coefficients are learnt as in HDRNet, Gharbi et al. 2017). The coefficients are
interpolated to full resolution, where L paints sharp stars. The encoder sees no code, so it can
also say which of the card's palettes is likely for a frame. There is no normalisation layer:
the result of a tile does not depend on what else is in the frame.

Codes may be one for a frame or a grid of them (`astroview.engine.networks.regional_code`); a
network with layers for it takes measured chroma too (`astroview.engine.networks.guided_layers`).
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from astroview.engine.networks.guided_layers import Guided
from astroview.engine.networks.palette_code import CODE_LENGTH
from astroview.engine.networks.regional_code import Place, Steer, steer

CELL = 4  # pixels a side of the cells that share coefficients
STRIDE = 4 * CELL  # the deepest level's


class Painting(NamedTuple):
    """What the network says of a picture: coefficients (B, 4, H/4, W/4) and palette logits
    (B, K).
    """

    coefficients: Tensor
    logits: Tensor


class Block(nn.Module):
    """Two 3x3 convolutions around a shortcut, with an optional palette (FiLM) in between."""

    def __init__(self, width: int, film: int = 0) -> None:
        super().__init__()
        self.first = nn.Conv2d(width, width, 3, padding=1)
        self.second = nn.Conv2d(width, width, 3, padding=1)
        self.film = nn.Linear(film, 2 * width) if film else None
        nn.init.zeros_(self.second.weight)

    def forward(self, x: Tensor, palette: Steer | None = None) -> Tensor:
        """Keep the shape (B, width, h, w)."""
        y = self.first(functional.leaky_relu(x, 0.1))
        if self.film is not None and palette is not None:
            gain, shift = palette.through(self.film).chunk(2, 1)
            y = y * (1 + gain) + shift
        return x + self.second(functional.leaky_relu(y, 0.1))


class Colorizer(nn.Module):
    """See the module's text.

    Parameters
    ----------
    widths
        Channels at 1/4, 1/8 and 1/16 of the resolution.
    middle
        Blocks at the deepest level.
    palettes
        How many palettes the head ranks.
    guide
        Channels of the layers that see measured chroma; 0 has none.
    classes
        Classes of chroma that `classify` tells apart, which training asks it; 0 has none.
    """

    def __init__(
        self,
        widths: tuple[int, int, int] = (40, 80, 160),
        middle: int = 3,
        palettes: int = 16,
        guide: int = 0,
        classes: int = 0,
    ) -> None:
        super().__init__()
        w1, w2, w3 = widths
        film = 128
        self.embed = nn.Sequential(
            nn.Linear(CODE_LENGTH, film), nn.SiLU(), nn.Linear(film, film), nn.SiLU()
        )
        self.stem = nn.Conv2d(CELL * CELL, w1, 3, padding=1)
        self.encode = nn.ModuleList([Block(w1), Block(w2), Block(w3)])
        self.down = nn.ModuleList([nn.Conv2d(w1, w2, 2, stride=2), nn.Conv2d(w2, w3, 2, stride=2)])
        self.middle = nn.ModuleList([Block(w3, film) for _ in range(middle)])
        self.up = nn.ModuleList([nn.Conv2d(w3, w2, 1), nn.Conv2d(w2, w1, 1)])
        self.decode = nn.ModuleList([Block(w2, film), Block(w1, film)])
        self.out = nn.Conv2d(w1, 4, 3, padding=1)
        nn.init.zeros_(self.out.weight)
        if self.out.bias is not None:
            nn.init.zeros_(self.out.bias)
        self.rank = nn.Sequential(nn.Linear(2 * w3 + 32, 96), nn.SiLU(), nn.Linear(96, palettes))
        self.guided = Guided(CELL * CELL, widths, guide) if guide else None
        self.classify = nn.Conv2d(w1, classes, 1) if classes else None

    def look(self, L_B1HW: Tensor) -> tuple[list[Tensor], Tensor]:
        """Encode lightness (B, 1, H, W), sides multiples of 16; the palette logits (B, K)."""
        levels, summary = self.read(L_B1HW)
        return levels, self.rank(summary)

    def read(self, L_B1HW: Tensor) -> tuple[list[Tensor], Tensor]:
        """Encode lightness; what the ranking of palettes is told of it, (B, 2 w3 + 32)."""
        x = self.stem(functional.pixel_unshuffle(L_B1HW - 0.3, CELL))
        levels = [self.encode[0](x)]
        for block, down in zip(list(self.encode)[1:], self.down, strict=True):
            levels.append(block(down(levels[-1])))
        deep = levels[-1]
        tones = [_tones(L_B1HW)]
        return levels, torch.cat([deep.mean((2, 3)), deep.amax((2, 3)), *tones], 1)

    def forward(
        self,
        L_B1HW: Tensor,
        code: Tensor,
        guide_B4hw: Tensor | None = None,
        place: Place | None = None,
    ) -> Painting:
        """Coefficients for lightness (B, 1, H, W) and palette codes (B, 24), or (B, 24, R, R) by
        region; under measured chroma, (B, 4, H/4, W/4), where given. Lightness is that of the
        whole frame, or lies in it at a place.
        """
        levels, logits = self.look(L_B1HW)
        said = self.answer(L_B1HW, levels, code, guide_B4hw, place)
        return Painting(said[0], logits)

    def answer(
        self,
        L_B1HW: Tensor,
        levels: list[Tensor],
        code: Tensor,
        guide_B4hw: Tensor | None = None,
        place: Place | None = None,
    ) -> tuple[Tensor, Tensor]:
        """Coefficients of lightness that was encoded before, and the features behind them."""
        place = place or Place(0, 0, L_B1HW.shape[-2], L_B1HW.shape[-1])
        if guide_B4hw is None or self.guided is None:
            features = self.decoded(levels, code, place)
            return self.out(features), features
        light = functional.pixel_unshuffle(L_B1HW - 0.3, CELL)
        joined, fine = self.guided.look(light, guide_B4hw, levels)
        features = self.decoded(joined, code, place)
        made = self.guided.finish(features, fine, self.out(features), guide_B4hw)
        return made, features

    def features(self, L_B1HW: Tensor, code: Tensor) -> tuple[Tensor, Tensor]:
        """What the last layer sees, (B, w1, H/4, W/4), and the palette logits (B, K); an
        uncertainty head looks at it too.
        """
        levels, logits = self.look(L_B1HW)
        return self.decoded(levels, code), logits

    def decoded(self, levels: list[Tensor], code: Tensor, place: Place | None = None) -> Tensor:
        """`features` of lightness that was encoded before."""
        if place is None:
            place = Place(0, 0, *(CELL * n for n in levels[0].shape[-2:]))
        many = code.ndim > 2
        embedded = self.embed(code.permute(0, 2, 3, 1) if many else code)
        stride, x = STRIDE, levels[-1]
        palette = steer(embedded, place, stride, (x.shape[-2], x.shape[-1]))
        for block in self.middle:
            x = block(x, palette)
        for block, up, skip in zip(self.decode, self.up, levels[-2::-1], strict=True):
            x = functional.interpolate(up(x), scale_factor=2, mode="bilinear", align_corners=False)
            stride //= 2
            palette = steer(embedded, place, stride, (x.shape[-2], x.shape[-1]))
            x = block(x + skip, palette)
        return x


def paint(coefficients: Tensor, L_B1HW: Tensor) -> Tensor:
    """Chroma (B, 2, H, W) of lightness (B, 1, H, W), at the resolution of the lightness: the
    coefficients' picture, or that picture super-resolved by a whole factor.
    """
    maps = functional.interpolate(
        coefficients, L_B1HW.shape[-2:], mode="bilinear", align_corners=False
    )
    return maps[:, :2] * L_B1HW + maps[:, 2:]


def paint_part(coefficients: Tensor, L_B1HW: Tensor, cell: int, top: int, left: int) -> Tensor:
    """`paint` for a part of the lightness that begins at whole cells ``top`` and ``left``, of
    ``cell`` pixels a side: what `paint` gives there, in less memory.
    """
    height, width = coefficients.shape[-2:]
    bottom, right = (
        start + -(-n // cell) for start, n in zip((top, left), L_B1HW.shape[-2:], strict=True)
    )
    first = max(top - 1, 0), max(left - 1, 0)
    part = coefficients[..., first[0] : min(bottom + 1, height), first[1] : min(right + 1, width)]
    size = part.shape[-2] * cell, part.shape[-1] * cell
    maps = functional.interpolate(part, size, mode="bilinear", align_corners=False)
    y, x = (top - first[0]) * cell, (left - first[1]) * cell
    maps = maps[..., y : y + L_B1HW.shape[-2], x : x + L_B1HW.shape[-1]]
    return maps[:, :2] * L_B1HW + maps[:, 2:]


def _tones(L_B1HW: Tensor) -> Tensor:
    """(B, 32): the share of pixels in 32 soft lightness bins, as logarithms."""
    centres = torch.linspace(0, 1, 32, device=L_B1HW.device, dtype=L_B1HW.dtype)
    small = functional.avg_pool2d(L_B1HW, 2).flatten(1)
    shares = (1 - (small[..., None] - centres).abs() * 31).clamp_min(0).mean(1)
    return (shares + 1e-3).log() / 4 + 1
