"""The student recipe's colorizers, to be beaten on the same data and steps; never shipped.

Both take lightness (B, 1, H, W), 0..1, sides multiples of `DIVISOR`, and give Oklab chroma
(B, 2, H, W). They have no palette: one answer for each grey.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

DIVISOR = 32
REACH = 0.4  # the largest chroma that tanh can give


class Down(nn.Module):
    """C of pix2pix's encoder: 4 x 4 convolution of stride 2, batch norm, leaky ReLU."""

    def __init__(self, before: int, after: int, normalise: bool = True) -> None:
        super().__init__()
        self.conv = nn.Conv2d(before, after, 4, 2, 1, bias=not normalise)
        self.norm = nn.BatchNorm2d(after) if normalise else nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        """Half the size."""
        return functional.leaky_relu(self.norm(self.conv(x)), 0.2)


class Up(nn.Module):
    """CD of pix2pix's decoder: 4 x 4 transposed convolution, batch norm, dropout, ReLU."""

    def __init__(self, before: int, after: int, drop: float = 0.0) -> None:
        super().__init__()
        self.conv = nn.ConvTranspose2d(before, after, 4, 2, 1, bias=False)
        self.norm = nn.BatchNorm2d(after)
        self.drop = nn.Dropout(drop)

    def forward(self, x: Tensor) -> Tensor:
        """Twice the size."""
        return functional.relu(self.drop(self.norm(self.conv(x))))


class Pix2PixUNet(nn.Module):
    """The U-Net of pix2pix (Isola et al. 2017, 6.1.1), five levels deep instead of eight, so
    that crops of 160 pixels fit.

    Parameters
    ----------
    width
        Channels of the first level; 64 in the paper.
    """

    def __init__(self, width: int = 64) -> None:
        super().__init__()
        w = [width, 2 * width, 4 * width, 8 * width, 8 * width]
        self.down = nn.ModuleList(
            [Down(1, w[0], normalise=False), *(Down(w[i], w[i + 1]) for i in range(4))]
        )
        self.up = nn.ModuleList(
            [
                Up(w[4], w[3], drop=0.5),
                Up(2 * w[3], w[2], drop=0.5),
                Up(2 * w[2], w[1]),
                Up(2 * w[1], w[0]),
            ]
        )
        self.out = nn.ConvTranspose2d(2 * w[0], 2, 4, 2, 1)

    def forward(self, L_B1HW: Tensor) -> Tensor:
        """Chroma (B, 2, H, W)."""
        levels: list[Tensor] = []
        x = L_B1HW
        for layer in self.down:
            x = layer(x)
            levels.append(x)
        for layer, skip in zip(self.up, levels[-2::-1], strict=True):
            x = torch.cat([layer(x), skip], 1)
        return REACH * torch.tanh(self.out(x))


class ResidualUNet(nn.Module):
    """A U-Net whose encoder is ResNet-18 (He et al. 2016), as the student project has it. The
    encoder starts untrained, as all networks here do.

    Parameters
    ----------
    width
        Channels of the decoder's last level.
    """

    def __init__(self, width: int = 32) -> None:
        super().__init__()
        from torchvision.models import resnet18  # of the extra "perceptual"

        body = resnet18(weights=None)
        body.conv1 = nn.Conv2d(1, 64, 7, 2, 3, bias=False)
        self.stem = nn.Sequential(body.conv1, body.bn1, body.relu)
        stages = (body.layer1, body.layer2, body.layer3, body.layer4)
        self.stages = nn.ModuleList([nn.Sequential(body.maxpool, stages[0]), *stages[1:]])
        wide, self.decode = 512, nn.ModuleList()
        for skip, after in ((256, 256), (128, 128), (64, 64), (64, width)):
            self.decode.append(_fuse(wide + skip, after))
            wide = after
        self.out = nn.Conv2d(width, 2, 3, padding=1)

    def forward(self, L_B1HW: Tensor) -> Tensor:
        """Chroma (B, 2, H, W)."""
        levels = [self.stem(L_B1HW)]
        for stage in self.stages:
            levels.append(stage(levels[-1]))
        x = levels[-1]
        for layer, skip in zip(self.decode, levels[-2::-1], strict=True):
            x = layer(torch.cat([_twice(x), skip], 1))
        return REACH * torch.tanh(self.out(_twice(x)))


def _fuse(before: int, after: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(before, after, 3, padding=1, bias=False), nn.BatchNorm2d(after), nn.ReLU()
    )


def _twice(x: Tensor) -> Tensor:
    return functional.interpolate(x, scale_factor=2, mode="nearest")


NETWORKS = {"pix2pix-unet": Pix2PixUNet, "residual-unet": ResidualUNet}


def build(architecture: str, width: int) -> Pix2PixUNet | ResidualUNet:
    """The baseline of that name."""
    return NETWORKS[architecture](width)
