"""Cards to networks on a device, and back: safetensors only, checked by sha256."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import nn

from astroview.core.errors import ModelRejected
from astroview.core.models import WEIGHTS_NAME, ModelCard, sha256_of, write_card
from astroview.engine.colorizer import Colorizer
from astroview.engine.superres import Compact, SRResNet


def _palette_unet(hyper: dict[str, Any]) -> nn.Module:
    w1, w2, w3 = hyper["widths"]
    others = {key: int(value) for key, value in hyper.items() if key != "widths"}
    return Colorizer((w1, w2, w3), **others)


def _compact(hyper: dict[str, Any]) -> nn.Module:
    return Compact(**hyper)


def _srresnet(hyper: dict[str, Any]) -> nn.Module:
    return SRResNet(**hyper)


ARCHITECTURES: dict[str, Callable[[dict[str, Any]], nn.Module]] = {
    "palette-unet": _palette_unet,
    "compact": _compact,
    "srresnet": _srresnet,
}


def build(architecture: str, hyper: dict[str, Any]) -> nn.Module:
    """An untrained network; ModelRejected for an unknown architecture or hyper-parameter."""
    try:
        return ARCHITECTURES[architecture](hyper)
    except (KeyError, TypeError, ValueError) as problem:
        raise ModelRejected(
            f"this version cannot build the architecture “{architecture}” ({problem})",
            hint=f"It knows {', '.join(ARCHITECTURES)}; a newer astroview may know more.",
        ) from problem


def load(card: ModelCard, device: torch.device) -> nn.Module:
    """The trained network of a card, in float32 and evaluation mode, on a device.

    Raises
    ------
    ModelRejected
        The weights are missing, damaged (sha256) or do not fit the architecture.
    """
    path = card.weights
    if not path.is_file():
        raise ModelRejected(f"the weights of {card.name} are missing", hint=f"Expected {path}.")
    if sha256_of(path) != card.sha256:
        raise ModelRejected(
            f"the weights of {card.name} are damaged",
            hint="Their checksum differs from the card's; copy the model again.",
        )
    network = build(card.architecture, card.hyper)
    try:
        network.load_state_dict({k: v.float() for k, v in load_file(path).items()})
    except (SafetensorError, RuntimeError, OSError) as problem:
        raise ModelRejected(f"the weights of {card.name} do not fit: {problem}") from problem
    network.requires_grad_(requires_grad=False).eval()
    return network.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]


def store(card: ModelCard, network: nn.Module, folder: Path) -> ModelCard:
    """Write ``folder`` with half-precision weights and the card, whose sha256 is filled in."""
    folder.mkdir(parents=True, exist_ok=True)
    state = {k: v.detach().cpu().half().contiguous() for k, v in network.state_dict().items()}
    save_file(state, folder / WEIGHTS_NAME)
    (folder / WEIGHTS_NAME).chmod(0o644)  # safetensors makes it the owner's alone
    stored = replace(card, sha256=sha256_of(folder / WEIGHTS_NAME), folder=folder)
    write_card(stored, folder)
    return stored
