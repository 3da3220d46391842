"""Super-resolvers of residual blocks: the larger network, and the student recipe's generator."""

from __future__ import annotations

from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.fusion import fuse_conv_bn_eval

from astroview.engine.networks.superres import enlarge


class _Block(nn.Module):
    """Convolution, leaky ReLU, convolution around a shortcut; it begins as the shortcut alone."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(width, width, 3, padding=1)
        self.second = nn.Conv2d(width, width, 3, padding=1)
        nn.init.zeros_(self.second.weight)
        nn.init.zeros_(self.second.bias)  # type: ignore[arg-type]

    def forward(self, x: Tensor) -> Tensor:
        """Keep the shape (B, width, h, w); sums in the precision of x."""
        learning = torch.is_grad_enabled()
        y = self.first(x.to(self.first.weight.dtype))
        y = self.second(functional.leaky_relu(y, 0.1, inplace=not learning))
        return x + y.to(x.dtype)


class EDSR(nn.Module):
    """Residual blocks without normalisation, as in the baseline of EDSR (Lim et al. 2017, 16
    blocks of 64 channels), around a bicubic shortcut as in `superres.Compact`, whose inputs and
    whose last layer on the coarse grid it has.

    Parameters
    ----------
    scale, width, blocks
        Magnification, channels, and number of residual blocks.
    """

    def __init__(self, scale: int = 2, width: int = 64, blocks: int = 16) -> None:
        super().__init__()
        self.scale = scale
        self.head = nn.Conv2d(2, width, 3, padding=1)
        self.body = nn.ModuleList([_Block(width) for _ in range(blocks)])
        self.tail = nn.Conv2d(width, scale * scale, 3, padding=1)
        nn.init.zeros_(self.tail.weight)
        nn.init.zeros_(self.tail.bias)  # type: ignore[arg-type]

    def forward(self, u_B1HW: Tensor, sigma_B: Tensor) -> Tensor:
        """As `superres.Compact.forward`."""
        return self.finish(self.features(u_B1HW, sigma_B), u_B1HW)

    def halve(self) -> None:
        """As `superres.Compact.halve`; the sums of the blocks stay in float32 too."""
        self.body.bfloat16()

    def features(self, u_B1HW: Tensor, sigma_B: Tensor) -> Tensor:
        """As `superres.Compact.features`."""
        noise = sigma_B.view(-1, 1, 1, 1).expand_as(u_B1HW)
        x = self.head(torch.cat([u_B1HW - 0.3, noise * 10], 1))
        for block in self.body:
            x = block(x)
        return x

    def finish(self, features_BCHW: Tensor, u_B1HW: Tensor) -> Tensor:
        """As `superres.Compact.finish`."""
        x = self.tail(functional.leaky_relu(features_BCHW, 0.1))
        return functional.pixel_shuffle(x, self.scale) + enlarge(u_B1HW, self.scale)


class _Normalised(nn.Module):
    """Convolution, norm, PReLU, convolution, norm, around a shortcut."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(width, width, 3, padding=1),
            nn.BatchNorm2d(width),
            nn.PReLU(),
            nn.Conv2d(width, width, 3, padding=1),
            nn.BatchNorm2d(width),
        )

    def forward(self, x: Tensor) -> Tensor:
        """Keep the shape (B, width, h, w); sums in the precision of x."""
        return x + _run(self.body, x).to(x.dtype)


class SRResNet(nn.Module):
    """The generator of SRGAN (Ledig et al. 2017, fig. 4), on one plane.

    Its batch norms use statistics of the training in use, so tiles agree with the whole.

    Parameters
    ----------
    scale
        A power of two.
    width, blocks
        64 and 16 in the paper.
    noise
        Whether the noise level is a second input plane, as in `superres.Compact`; the paper has
        none.
    """

    def __init__(
        self, scale: int = 4, width: int = 64, blocks: int = 16, noise: bool = False
    ) -> None:
        super().__init__()
        self.scale, self.noise = scale, noise
        self.head = nn.Sequential(nn.Conv2d(1 + noise, width, 9, padding=4), nn.PReLU())
        self.body = nn.Sequential(
            *(_Normalised(width) for _ in range(blocks)),
            nn.Conv2d(width, width, 3, padding=1),
            nn.BatchNorm2d(width),
        )
        ups: list[nn.Module] = []
        for _ in range(scale.bit_length() - 1):
            ups += [nn.Conv2d(width, 4 * width, 3, padding=1), nn.PixelShuffle(2), nn.PReLU()]
        self.tail = nn.Sequential(*ups, nn.Conv2d(width, 1, 9, padding=4))

    def forward(self, u_B1HW: Tensor, sigma_B: Tensor) -> Tensor:
        """As `superres.Compact.forward`; without ``noise`` sigma_B is not looked at."""
        return self.finish(self.features(u_B1HW, sigma_B), u_B1HW)

    def features(self, u_B1HW: Tensor, sigma_B: Tensor) -> Tensor:
        """As `superres.Compact.features`."""
        if self.noise:
            level = sigma_B.view(-1, 1, 1, 1).expand_as(u_B1HW)
            u_B1HW = torch.cat([u_B1HW, level * 10], 1)
        shortcut = x = self.head(u_B1HW)
        for block in self.body[:-2]:
            x = block(x)
        return shortcut + _run(self.body[-2:], x).to(x.dtype)

    def halve(self) -> None:
        """As `superres.Compact.halve`, in evaluation mode: norms become part of the convolutions
        before them; sums, the first and the last layer stay in float32.
        """
        for block in self.body[:-2]:
            _fold(cast("_Normalised", block).body)
        _fold(self.body)
        self.body.bfloat16()
        self.tail[:-1].bfloat16()

    def finish(self, features_BCHW: Tensor, u_B1HW: Tensor) -> Tensor:
        """As `superres.Compact.finish`."""
        x = _run(self.tail[:-1], features_BCHW)
        return self.tail[-1](x.to(features_BCHW.dtype))


def _run(layers: nn.Sequential, x: Tensor) -> Tensor:
    """In the precision of their weights."""
    return layers(x.to(next(layers.parameters()).dtype))


def _fold(layers: nn.Sequential) -> None:
    """Let convolutions do what the norms behind them do."""
    for i, layer in enumerate(layers):
        after = layers[i + 1] if i + 1 < len(layers) else None
        if isinstance(layer, nn.Conv2d) and isinstance(after, nn.BatchNorm2d):
            layers[i], layers[i + 1] = fuse_conv_bn_eval(layer, after), nn.Identity()
