"""The combined model: from a grey frame to a finer one in colour, in one forward pass.

One trunk of features on the grid of the input serves two tails: the super-resolver's, for luma,
and one for the fine detail of chroma, which a palette code steers. The larger masses of colour
come from the colorizer's coefficients, read off the same input at a quarter of its sampling, and
painted on the *sharpened* lightness: stars and edges of colour are as sharp as those of luma.
Luma has to pass the flux projection before it is painted on, as any super-resolver's does.

Legend: ``u`` stretched luma and ``L`` lightness of the input, ``s`` the scale.
"""

from __future__ import annotations

from typing import NamedTuple

from torch import Tensor, nn
from torch.nn import functional

from astroview.engine.networks.colorizer import CELL, Colorizer, paint
from astroview.engine.networks.gated import Gated
from astroview.engine.networks.palette_code import CODE_LENGTH
from astroview.engine.networks.superres import Compact

REACH = 24  # input pixels that luma and the detail of chroma look around themselves


class Inner(NamedTuple):
    """The part of a tile that is kept, and what is around it that the trunk needs: rows and
    columns of the input, multiples of `CELL`.
    """

    top: int
    left: int
    height: int
    width: int

    @property
    def slices(self) -> tuple[slice, slice]:
        return slice(self.top, self.top + self.height), slice(self.left, self.left + self.width)


class CombinedAnswer(NamedTuple):
    """What the network says: fine luma (B, 1, sh, sw) before its flux is kept, the detail of
    chroma (B, 2, sh, sw), both of the inner part; the colorizer's coefficients (B, 4, H/4, W/4)
    and palette logits (B, K) of the whole input.
    """

    luma: Tensor
    detail: Tensor
    coefficients: Tensor
    logits: Tensor


class ChromaDetail(nn.Module):
    """From the trunk's features to fine chroma that is added to the painted one.

    Parameters
    ----------
    features, scale
        Channels of the trunk, and the magnification.
    width
        Channels inside.
    """

    def __init__(self, features: int, scale: int, width: int) -> None:
        super().__init__()
        self.scale = scale
        self.first = nn.Conv2d(features, width, 1)
        self.film = nn.Linear(CODE_LENGTH, 2 * width)
        self.second = nn.Conv2d(width, 2 * scale * scale, 3, padding=1)
        nn.init.zeros_(self.second.weight)
        nn.init.zeros_(self.second.bias)  # type: ignore[arg-type]

    def forward(self, features_BCHW: Tensor, code_BK: Tensor) -> Tensor:
        """(B, 2, sH, sW); nothing at all before training."""
        gain, shift = self.film(code_BK)[..., None, None].chunk(2, 1)
        x = self.first(functional.leaky_relu(features_BCHW, 0.1)) * (1 + gain) + shift
        return functional.pixel_shuffle(self.second(functional.leaky_relu(x, 0.1)), self.scale)


class Combined(nn.Module):
    """See the module's text. It is a super-resolver too (`features`, `finish`), and its
    ``colour`` a colorizer.

    Parameters
    ----------
    scale, width, depth, blocks
        Of the trunk and its luma tail: `Gated` with so many blocks, `Compact` where there are none.
    widths, middle, palettes
        See `Colorizer`.
    detail
        Channels of the tail for chroma.
    """

    def __init__(
        self,
        scale: int = 2,
        width: int = 36,
        depth: int = 10,
        widths: tuple[int, int, int] = (40, 80, 160),
        middle: int = 3,
        palettes: int = 16,
        detail: int = 16,
        blocks: int = 0,
    ) -> None:
        super().__init__()
        self.scale, self.asks_reduction = scale, blocks > 0
        self.sharp: Compact | Gated = (
            Gated(scale, width, blocks) if blocks else Compact(scale, width, depth)
        )
        self.colour = Colorizer(widths, middle, palettes)
        self.detail = ChromaDetail(width, scale, detail)

    def forward(
        self,
        u_B1HW: Tensor,
        sigma_B: Tensor,
        L_B1HW: Tensor,
        code_BK: Tensor,
        inner: Inner | None = None,
        box_B: Tensor | None = None,
    ) -> CombinedAnswer:
        """Luma and chroma of (B, 1, H, W), sides multiples of 16, with noise levels (B,) under
        palette codes (B, 24); ``box_B`` as `Gated.features` is told. The trunk looks at the
        ``inner`` part only, by default at all.
        """
        seen = u_B1HW[..., *inner.slices] if inner else u_B1HW
        told = () if box_B is None or not self.asks_reduction else (box_B,)
        features = self.features(seen, sigma_B, *told)
        painting = self.colour(L_B1HW, code_BK)
        return CombinedAnswer(
            self.finish(features, seen), self.detail(features, code_BK), *painting
        )

    def halve(self) -> None:
        """As `Compact.halve`, the trunk alone."""
        self.sharp.halve()

    def features(self, u_B1HW: Tensor, sigma_B: Tensor, *told_B: Tensor) -> Tensor:
        """As `Compact.features`, or `Gated.features`, which is told more."""
        return self.sharp.features(u_B1HW, sigma_B, *told_B)

    def box_odds(self, u_B1HW: Tensor, sigma_B: Tensor) -> Tensor:
        """As `Gated.box_odds`, of a network that asks how its input was reduced."""
        assert isinstance(self.sharp, Gated)
        return self.sharp.box_odds(u_B1HW, sigma_B)

    def finish(self, features_BCHW: Tensor, u_B1HW: Tensor) -> Tensor:
        """As `Compact.finish`."""
        return self.sharp.finish(features_BCHW, u_B1HW)


def chroma(made: CombinedAnswer, L_fine: Tensor, inner: Inner | None = None) -> Tensor:
    """Chroma (B, 2, sh, sw) of the sharpened lightness (B, 1, sh, sw) of the inner part."""
    if inner is None:
        return paint(made.coefficients, L_fine) + made.detail
    scale = L_fine.shape[-1] // inner.width
    part, spare = _cells(made.coefficients, inner)
    cell = CELL * scale
    pads = (spare[2] * cell, spare[3] * cell, spare[0] * cell, spare[1] * cell)
    painted = paint(part, functional.pad(L_fine, pads))
    top, left = pads[2], pads[0]
    height, width = L_fine.shape[-2:]
    return painted[..., top : top + height, left : left + width] + made.detail


def _cells(coefficients: Tensor, inner: Inner) -> tuple[Tensor, tuple[int, int, int, int]]:
    """The cells of the inner part and one more around it where there is one; how many more
    there are at the top, bottom, left and right.
    """
    height, width = coefficients.shape[-2:]
    y, x = inner.top // CELL, inner.left // CELL
    bottom, right = y + inner.height // CELL, x + inner.width // CELL
    first = max(y - 1, 0), max(x - 1, 0)
    last = min(bottom + 1, height), min(right + 1, width)
    spare = (y - first[0], last[0] - bottom, x - first[1], last[1] - right)
    return coefficients[..., first[0] : last[0], first[1] : last[1]], spare
