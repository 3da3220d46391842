"""Which weights learn: all of them, the last layers, or low-rank additions to frozen ones."""

from __future__ import annotations

from torch import nn

from astroview.engine.networks.colorizer import Colorizer
from astroview.engine.networks.combined import Combined
from astroview.engine.networks.gated import Gated
from astroview.engine.networks.residual import EDSR, SRResNet
from astroview.engine.networks.superres import Compact
from trainer import adapters
from trainer.config import Method


def choose(network: nn.Module, method: Method, rank: int) -> None:
    """Let only those parameters learn that the method says; adapters are put in."""
    if method == "full":
        return
    network.requires_grad_(requires_grad=False)
    if method == "adapter":
        adapters.insert(network, rank)
        return
    for part in _head(network):
        part.requires_grad_(requires_grad=True)


def _head(network: nn.Module) -> list[nn.Module]:
    """What turns features into the answer; of an unknown network the last module with weights."""
    match network:
        case Colorizer():
            return [network.decode, network.up, network.out, network.rank]
        case Combined():  # the colorizer in it goes on painting as it did
            return [network.sharp, network.detail]
        case Compact():
            return [*list(network.body)[-2:], network.tail]
        case Gated():
            return [list(network.body)[-1], network.merge, network.tail]
        case EDSR():
            return [list(network.body)[-1], network.tail]
        case SRResNet():
            return [network.tail]
        case _:
            return [m for m in network.modules() if list(m.parameters(recurse=False))][-1:]


def count(network: nn.Module) -> tuple[int, int]:
    """How many numbers the network has, and how many of them learn."""
    sizes = [(p.numel(), p.requires_grad) for p in network.parameters()]
    return sum(n for n, _ in sizes), sum(n for n, learns in sizes if learns)
