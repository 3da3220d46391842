"""Weights that torchvision's networks learnt on ImageNet, where they are on this machine.

This repository holds none of them, and nothing fetches them unasked: they are looked for in a file
that is named, or in the folder into which torchvision downloads.
"""

from __future__ import annotations

from pathlib import Path
from pickle import UnpicklingError
from typing import Any, Literal

import torch
from torch import nn

Name = Literal["vgg16", "vgg19", "resnet18"]
# The names under which torchvision keeps its first edition of them.
FILES: dict[Name, str] = {
    "vgg16": "vgg16-397923af.pth",
    "vgg19": "vgg19-dcbb9e9d.pth",
    "resnet18": "resnet18-f37072fd.pth",
}
# Channels of the convolutions of each of VGG's five groups (Simonyan & Zisserman 2015, table 1).
VGG16 = ((64,) * 2, (128,) * 2, (256,) * 3, (512,) * 3, (512,) * 3)
VGG19 = ((64,) * 2, (128,) * 2, (256,) * 4, (512,) * 4, (512,) * 4)


def vgg_layers(groups: tuple[tuple[int, ...], ...]) -> nn.Sequential:
    """The layers of a VGG, numbered as torchvision's ``features``."""
    layers: list[nn.Module] = []
    before = 3
    for group in groups:
        for after in group:
            layers += [nn.Conv2d(before, after, 3, padding=1), nn.ReLU(inplace=True)]
            before = after
        layers.append(nn.MaxPool2d(2, 2))
    return nn.Sequential(*layers)


def cached(name: Name) -> Path:
    """Where torchvision keeps the weights of a network, whether they are there or not."""
    return Path(torch.hub.get_dir()) / "checkpoints" / FILES[name]


def state_of(name: Name, file: Path | None = None) -> dict[str, Any]:
    """The state of a network: of ``file``, or else of torchvision's cache.

    Raises
    ------
    FileNotFoundError
        There is no such file.
    OSError
        It cannot be read, or holds no network's state.
    """
    path = file or cached(name)
    if not path.is_file():
        raise FileNotFoundError(f"no {path.name} in {path.parent.name}")
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except (UnpicklingError, RuntimeError, ValueError, EOFError, LookupError) as problem:
        raise OSError(f"{path.name} is damaged") from problem
    if not isinstance(state, dict) or not state:
        raise OSError(f"{path.name} holds no weights")
    return state
