"""The student recipe's colorizers, to be beaten on the same data and steps; never shipped.

All take lightness (B, 1, H, W), 0..1, sides multiples of `DIVISOR`, and give Oklab chroma
(B, 2, H, W). They have no palette: one answer for each grey.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from trainer.tasks.pretrained import VGG16, Name, state_of, vgg_layers

log = logging.getLogger(__name__)
DIVISOR = 32
REACH = 0.4  # the largest chroma that tanh can give
GREY_MEAN, GREY_SPREAD = 0.449, 0.226  # ImageNet's, over its three channels


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
    """A U-Net whose encoder is ResNet-18 (He et al. 2016), as the student project has it.

    Parameters
    ----------
    width
        Channels of the decoder's last level.
    state
        Of torchvision's ``resnet18``; None begins untrained.
    """

    def __init__(self, width: int = 32, state: dict[str, Tensor] | None = None) -> None:
        super().__init__()
        from torchvision.models import resnet18  # of the extra "perceptual"

        body = resnet18(weights=None)
        if state is not None:
            body.load_state_dict(state)
        body.conv1 = of_grey(body.conv1)
        self.seen = Seen(pretrained=state is not None)
        self.stem = nn.Sequential(body.conv1, body.bn1, body.relu)
        stages = (body.layer1, body.layer2, body.layer3, body.layer4)
        self.stages = nn.ModuleList([nn.Sequential(body.maxpool, stages[0]), *stages[1:]])
        self.decode, self.out = _decoder(512, (256, 128, 64, 64), width)

    def forward(self, L_B1HW: Tensor) -> Tensor:
        """Chroma (B, 2, H, W)."""
        levels = [self.stem(self.seen(L_B1HW))]
        for stage in self.stages:
            levels.append(stage(levels[-1]))
        x = _decoded(self.decode, levels)
        return REACH * torch.tanh(self.out(_twice(x)))


class VggUNet(nn.Module):
    """A U-Net whose encoder is VGG16 (Simonyan & Zisserman 2015), the student project's other one.

    Parameters
    ----------
    width
        Channels of the decoder's last level.
    state
        Of torchvision's ``vgg16``; None begins untrained.
    """

    def __init__(self, width: int = 32, state: dict[str, Tensor] | None = None) -> None:
        super().__init__()
        body = vgg_layers(VGG16)
        if state is not None:
            prefix = "features."
            own = {k.removeprefix(prefix): v for k, v in state.items() if k.startswith(prefix)}
            body.load_state_dict(own)
        layers = list(body)
        layers[0] = of_grey(cast("nn.Conv2d", layers[0]))
        self.seen = Seen(pretrained=state is not None)
        cuts = [i for i, layer in enumerate(layers) if isinstance(layer, nn.MaxPool2d)]
        parts = zip([0, *cuts], [*cuts, len(layers)], strict=True)
        self.stages = nn.ModuleList([nn.Sequential(*layers[a:b]) for a, b in parts])
        self.decode, self.out = _decoder(512, (512, 512, 256, 128, 64), width)

    def forward(self, L_B1HW: Tensor) -> Tensor:
        """Chroma (B, 2, H, W)."""
        levels = [self.stages[0](self.seen(L_B1HW))]
        for stage in list(self.stages)[1:]:
            levels.append(stage(levels[-1]))
        return REACH * torch.tanh(self.out(_decoded(self.decode, levels)))


class Seen(nn.Module):
    """Grey as an encoder that was trained on ImageNet expects it; as it is for one that was not."""

    def __init__(self, *, pretrained: bool) -> None:
        super().__init__()
        mean, spread = (GREY_MEAN, GREY_SPREAD) if pretrained else (0.0, 1.0)
        self.register_buffer("mean", torch.tensor(mean))
        self.register_buffer("spread", torch.tensor(spread))

    def forward(self, L_B1HW: Tensor) -> Tensor:
        """The same shape."""
        return (L_B1HW - self.get_buffer("mean")) / self.get_buffer("spread")


def of_grey(layer: nn.Conv2d) -> nn.Conv2d:
    """A convolution of RGB as one of grey: it answers what the other does to three equal planes."""
    grey = nn.Conv2d(
        1,
        layer.out_channels,
        cast("tuple[int, int]", layer.kernel_size),
        cast("tuple[int, int]", layer.stride),
        cast("tuple[int, int]", layer.padding),
        bias=layer.bias is not None,
    )
    with torch.no_grad():
        grey.weight.copy_(layer.weight.sum(1, keepdim=True))
        if layer.bias is not None and grey.bias is not None:
            grey.bias.copy_(layer.bias)
    return grey


def _decoder(deepest: int, skips: tuple[int, ...], width: int) -> tuple[nn.ModuleList, nn.Conv2d]:
    """Levels that take a deeper one and a skip each, as wide as the skip, the last ``width``."""
    levels, before = nn.ModuleList(), deepest
    for skip, after in zip(skips, (*skips[:-1], width), strict=True):
        levels.append(_fuse(before + skip, after))
        before = after
    return levels, nn.Conv2d(width, 2, 3, padding=1)


def _decoded(decode: nn.ModuleList, levels: list[Tensor]) -> Tensor:
    x = levels[-1]
    for layer, skip in zip(decode, levels[-2::-1], strict=True):
        x = layer(torch.cat([_twice(x), skip], 1))
    return x


def _fuse(before: int, after: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(before, after, 3, padding=1, bias=False), nn.BatchNorm2d(after), nn.ReLU()
    )


def _twice(x: Tensor) -> Tensor:
    return functional.interpolate(x, scale_factor=2, mode="nearest")


Baseline = Pix2PixUNet | ResidualUNet | VggUNet
NETWORKS: dict[str, type[Baseline]] = {
    "pix2pix-unet": Pix2PixUNet,
    "residual-unet": ResidualUNet,
    "vgg-unet": VggUNet,
}
ENCODERS: dict[str, Name] = {"residual-unet": "resnet18", "vgg-unet": "vgg16"}


def build(hyper: dict[str, Any], architecture: str) -> Baseline:
    """The baseline of that name, untrained."""
    return NETWORKS[architecture](int(hyper.get("width", 64)))


def begun(hyper: dict[str, Any], architecture: str) -> tuple[Baseline, str]:
    """The baseline of that name as a run begins with it, and in words what its encoder begins with.

    With ``pretrained`` in ``hyper`` the encoder's weights are those of ImageNet, of the file
    ``encoder_file`` or of torchvision's cache; where they are not to be had it begins untrained,
    and the words say so.
    """
    encoder = ENCODERS.get(architecture)
    if encoder is None or not hyper.get("pretrained"):
        return build(hyper, architecture), "untrained"
    file = hyper.get("encoder_file")
    kind = VggUNet if encoder == "vgg16" else ResidualUNet
    try:
        state = state_of(encoder, Path(file) if file else None)
        return kind(int(hyper.get("width", 64)), state), f"{encoder} trained on ImageNet"
    except (OSError, RuntimeError) as problem:  # RuntimeError: another network's
        log.warning(
            "%s's weights are not to be had (%s): the encoder begins untrained. Name a file with "
            "torchvision's (encoder_file in the recipe), or put it into torchvision's cache.",
            encoder,
            problem,
        )
        return build(hyper, architecture), f"untrained: no weights of {encoder} were to be had"
