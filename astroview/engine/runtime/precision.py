"""Half precision where it is twice as fast and changes next to nothing.

A CPU with instructions for bfloat16 (products of 8 significant bits, sums in float32) does twice
the multiplications a second. A network that can `halve` takes its hidden layers so; what goes in,
the shortcut around them, what comes out, stretch and flux stay in float32.
"""

from __future__ import annotations

import copy
import math
from typing import Any, Protocol, TypeVar, runtime_checkable

import torch
from torch import Tensor, nn

from astroview.core.models.model_card import ModelCard
from astroview.engine.networks import weights
from astroview.engine.networks.interval_heads import Spread
from astroview.engine.networks.tile_superres import SuperResolver

M = TypeVar("M", bound=nn.Module)
NATIVE = ("_is_avx512_bf16_supported", "_is_amx_tile_supported")  # others emulate it, slowly
PROBE_SIDE, PROBE_NOISE = 48, 0.02
TOLERANCE = 1 / 512  # root mean square in stretched units: half a level of an 8-bit picture


@runtime_checkable
class Halvable(SuperResolver, Protocol):
    """A super-resolver whose hidden layers may be taken in bfloat16."""

    def halve(self) -> None:
        """From now on."""
        ...


def load(card: ModelCard, device: torch.device) -> nn.Module:
    """`weights.load` for enhancing with: in half precision where that serves."""
    return swift(weights.load(card, device), device)


def load_spread(card: ModelCard, device: torch.device) -> Any:
    """`weights.load_spread` likewise. What it tells of errors, two digits are enough for."""
    head = weights.load_spread(card, device)
    if isinstance(head, Spread) and device.type == "cpu" and has_bfloat16():
        head.halve()
    return head


def swift(network: M, device: torch.device) -> M:
    """The network, or one that answers as it does in less time on that device."""
    if device.type != "cpu" or not isinstance(network, Halvable) or not has_bfloat16():
        return network
    half = copy.deepcopy(network)
    half.halve()
    return half if differ(network, half) < TOLERANCE else network


def has_bfloat16() -> bool:
    """Whether this CPU multiplies bfloat16 in instructions of its own."""
    return any(getattr(torch.cpu, name, bool)() for name in NATIVE)


@torch.inference_mode()
def differ(one: SuperResolver, other: SuperResolver) -> float:
    """Root mean square of the difference between what two networks say of a picture."""
    u, sigma = probe(), torch.full((1,), PROBE_NOISE)
    said = [network.finish(network.features(u, sigma), u) for network in (one, other)]
    found = float((said[0] - said[1]).square().mean().sqrt())
    return found if math.isfinite(found) else math.inf


def probe() -> Tensor:
    """(1, 1, 48, 48): a slope, stars of all brightnesses, and noise, from a seed of its own."""
    chance = torch.Generator().manual_seed(0)
    line = torch.arange(PROBE_SIDE, dtype=torch.float32)
    u = 0.1 + 0.2 * line[:, None] / PROBE_SIDE + torch.zeros(PROBE_SIDE, PROBE_SIDE)
    for peak in torch.logspace(-2, 0, 12).tolist():
        y, x = (torch.rand(2, generator=chance) * PROBE_SIDE).tolist()
        u = u + peak * torch.exp(-((line[:, None] - y) ** 2 + (line - x) ** 2) / 4)
    noise = torch.randn(u.shape, generator=chance) * PROBE_NOISE
    return (u + noise).clamp(-0.1, 1.2)[None, None]
