"""The critics: what tells a made picture from a real one. Training only, never shipped."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional


class PatchCritic(nn.Module):
    """The 70 x 70 PatchGAN of pix2pix (Isola et al. 2017, 6.1.2): C64-C128-C256-C512, 4 x 4
    convolutions, strides 2, 2, 2, 1, then one logit for each overlapping 70-pixel patch.

    Parameters
    ----------
    channels
        Of what it sees: the condition's and the picture's together.
    width
        Channels of the first layer; 64 in the paper.
    normalise
        Instance normalisation on all but the first layer; the paper's batch of one makes its
        batch normalisation that.
    """

    def __init__(self, channels: int, width: int = 64, normalise: bool = True) -> None:
        super().__init__()
        widths, strides = [width, 2 * width, 4 * width, 8 * width], [2, 2, 2, 1]
        layers: list[nn.Module] = []
        before = channels
        for i, (after, stride) in enumerate(zip(widths, strides, strict=True)):
            normal = bool(i) and normalise
            block: list[nn.Module] = [nn.Conv2d(before, after, 4, stride, 1, bias=not normal)]
            if normal:
                block.append(nn.InstanceNorm2d(after, affine=True))
            layers.append(nn.Sequential(*block, nn.LeakyReLU(0.2)))
            before = after
        self.layers = nn.ModuleList(layers)
        self.out = nn.Conv2d(before, 1, 4, 1, 1)

    def features(self, x_BCHW: Tensor) -> list[Tensor]:
        """What each layer says, shallow first."""
        found: list[Tensor] = []
        for layer in self.layers:
            x_BCHW = layer(x_BCHW)
            found.append(x_BCHW)
        return found

    def forward(self, x_BCHW: Tensor) -> Tensor:
        """Logits (B, 1, h, w), one a patch."""
        return self.out(self.features(x_BCHW)[-1])


class WholeCritic(nn.Module):
    """SRGAN's discriminator (Ledig et al. 2017, fig. 4): eight 3 x 3 convolutions of 64 to 512
    channels, every second one with stride 2, then two dense layers and one logit a picture.

    The dense layers see the mean over a 6 x 6 grid, so that any size of picture will do.

    Parameters
    ----------
    channels
        Of the picture.
    width
        Channels of the first layer; 64 in the paper.
    """

    def __init__(self, channels: int = 3, width: int = 64) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        before = channels
        for i in range(8):
            after, stride = width * 2 ** (i // 2), 1 + i % 2
            block: list[nn.Module] = [nn.Conv2d(before, after, 3, stride, 1)]
            if i:
                block.append(nn.BatchNorm2d(after))
            layers.append(nn.Sequential(*block, nn.LeakyReLU(0.2)))
            before = after
        self.layers = nn.ModuleList(layers)
        self.dense = nn.Sequential(
            nn.Linear(36 * before, 16 * width), nn.LeakyReLU(0.2), nn.Linear(16 * width, 1)
        )

    def features(self, x_BCHW: Tensor) -> list[Tensor]:
        """What each layer says, shallow first."""
        found: list[Tensor] = []
        for layer in self.layers:
            x_BCHW = layer(x_BCHW)
            found.append(x_BCHW)
        return found

    def forward(self, x_BCHW: Tensor) -> Tensor:
        """Logits (B, 1)."""
        grid = functional.adaptive_avg_pool2d(self.features(x_BCHW)[-1], 6)
        return self.dense(torch.flatten(grid, 1))
