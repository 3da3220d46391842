"""Low-rank additions that learn while the weights they are added to stay (LoRA, Hu et al. 2021).

The convention is that of `astroview.engine.networks.lora`: ``W + scale * B A`` for each convolution
and dense layer, taken as a matrix of outputs by everything else. B begins at zero, so that the
network is at first what it was.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn.utils import parametrize

SCALE = 1.0


class LowRank(nn.Module):
    """Adds ``scale * B A`` to a weight; a parametrization of torch's."""

    def __init__(self, weight: Tensor, rank: int, scale: float = SCALE) -> None:
        super().__init__()
        outputs, inputs = weight.shape[0], weight[0].numel()
        rank = min(rank, outputs, inputs)
        self.scale = scale
        self.A = nn.Parameter(torch.empty(rank, inputs))
        self.B = nn.Parameter(torch.zeros(outputs, rank))
        nn.init.kaiming_uniform_(self.A, math.sqrt(5))

    def forward(self, weight: Tensor) -> Tensor:
        """The weight with the addition, in its shape."""
        return weight + (self.B @ self.A).view(weight.shape) * self.scale


def insert(network: nn.Module, rank: int) -> None:
    """Put additions of that rank (or less, where a layer is thinner) into a network."""
    layers = [m for m in network.modules() if isinstance(m, nn.Conv2d | nn.Linear)]
    for layer in layers:
        learns = LowRank(layer.weight, rank)
        parametrize.register_parametrization(layer, "weight", learns)
        layer.parametrizations["weight"].original.requires_grad_(requires_grad=False)  # type: ignore[union-attr]


def additions(network: nn.Module) -> dict[str, Tensor]:
    """What was learnt, as an adapter's file names it: ``NAME.A`` (rank, inputs) and ``NAME.B``
    (outputs, rank) of each weight NAME.
    """
    found: dict[str, Tensor] = {}
    for name, module in network.named_modules():
        if isinstance(module, LowRank):
            weight = name.replace(".parametrizations.weight.0", ".weight")
            found |= {f"{weight}.A": module.A.detach(), f"{weight}.B": module.B.detach()}
    return found


def merge(network: nn.Module) -> None:
    """Add the additions to the weights for good: a plain network is left."""
    for module in network.modules():
        if parametrize.is_parametrized(module, "weight"):
            parametrize.remove_parametrizations(module, "weight", leave_parametrized=True)
