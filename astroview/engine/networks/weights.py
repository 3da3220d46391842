"""Cards to networks on a device, and back: safetensors only, checked by sha256.

The file of an adapter holds what was added to its parent (`astroview.engine.networks.lora`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor, nn

from astroview.core.atomic_write import replacing
from astroview.core.errors import ModelRejected
from astroview.core.models.model_card import (
    PARENT,
    WEIGHTS_NAME,
    ModelCard,
    ModelShelf,
    default_shelf,
    sha256_of,
    write_card,
)
from astroview.core.texts import Text
from astroview.engine.networks import community, community_onnx, interval_heads, lora
from astroview.engine.networks.colorizer import Colorizer
from astroview.engine.networks.combined import Combined
from astroview.engine.networks.gated import Gated
from astroview.engine.networks.residual import EDSR, SRResNet
from astroview.engine.networks.superres import Compact


def _palette_unet(hyper: dict[str, Any]) -> nn.Module:
    w1, w2, w3 = hyper["widths"]
    others = {key: int(value) for key, value in hyper.items() if key != "widths"}
    return Colorizer((w1, w2, w3), **others)


def _compact(hyper: dict[str, Any]) -> nn.Module:
    return Compact(**hyper)


def _gated(hyper: dict[str, Any]) -> nn.Module:
    return Gated(**hyper)


def _combined(hyper: dict[str, Any]) -> nn.Module:
    w1, w2, w3 = hyper["widths"]
    others = {key: int(value) for key, value in hyper.items() if key != "widths"}
    return Combined(widths=(w1, w2, w3), **others)


def _edsr(hyper: dict[str, Any]) -> nn.Module:
    return EDSR(**hyper)


def _srresnet(hyper: dict[str, Any]) -> nn.Module:
    return SRResNet(**hyper)


State = dict[str, Tensor]
M = TypeVar("M", bound=nn.Module)

ARCHITECTURES: dict[str, Callable[[dict[str, Any]], nn.Module]] = {
    "palette-unet": _palette_unet,
    "compact": _compact,
    "gated": _gated,
    "edsr": _edsr,
    "srresnet": _srresnet,
    "combined": _combined,
}


def build(architecture: str, hyper: dict[str, Any]) -> nn.Module:
    """An untrained network; ModelRejected for an unknown architecture or hyper-parameter."""
    try:
        return ARCHITECTURES[architecture](hyper)
    except (KeyError, TypeError, ValueError) as problem:
        raise ModelRejected(
            Text(
                "this version cannot build the architecture “{architecture}” ({problem})",
                architecture=architecture,
                problem=problem,
            ),
            hint=Text(
                "It knows {architectures}; a newer astroview may know more.",
                architectures=", ".join(ARCHITECTURES),
            ),
        ) from problem


def load(card: ModelCard, device: torch.device, shelf: ModelShelf | None = None) -> nn.Module:
    """The trained network of a card, in float32 and evaluation mode, on a device.

    Parameters
    ----------
    shelf
        Where an adapter's parent is looked for; by default beside the model and among all that
        are installed.

    Raises
    ------
    ModelRejected
        The weights are missing, damaged (sha256) or do not fit the architecture; or an
        adapter's parent is missing or another one.
    """
    state = state_of(card, shelf)
    if card.architecture == community.ARCHITECTURE:
        return _ready(community.network_of(card, state), device)
    if card.architecture == community_onnx.ARCHITECTURE:
        return _ready(community_onnx.network_of(card, state), device)
    _check_shapes(card, state)
    network = build(card.architecture, card.hyper)
    network.load_state_dict(state)
    return _ready(network, device)


def load_spread(card: ModelCard, device: torch.device) -> Any:
    """The uncertainty head of a card, made ready as `load` does; None when it has none: a
    `interval_heads.Spread`, of a colorizer a `interval_heads.ChromaSpread`.

    Raises
    ------
    ModelRejected
        The weights are missing, damaged or do not fit.
    """
    if not card.uncertainty:
        return None
    try:
        head = interval_heads.head_of(card, _read(card))
    except (KeyError, RuntimeError) as problem:
        raise _do_not_fit(card, problem) from problem
    return _ready(head, device)


def _check_shapes(card: ModelCard, state: State) -> None:
    """Takes no memory, whatever size of a network a card from elsewhere asks for."""
    with torch.device("meta"):
        wanted = build(card.architecture, card.hyper).state_dict()
    differ = wanted.keys() ^ state.keys()
    differ |= {k for k in wanted.keys() & state.keys() if wanted[k].shape != state[k].shape}
    if differ:
        raise _do_not_fit(card, f"{min(differ)} is not as its architecture has it")


def _do_not_fit(card: ModelCard, problem: Exception | str) -> ModelRejected:
    return ModelRejected(
        Text("the weights of {name} do not fit: {problem}", name=card.name, problem=problem)
    )


def _ready(network: M, device: torch.device) -> M:
    network.requires_grad_(requires_grad=False).eval()
    return network.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]


def state_of(card: ModelCard, shelf: ModelShelf | None = None) -> State:
    """The weights of a card by name, in float32 (bytes as they are); an adapter's added to its
    parent's; without those of an uncertainty head. Raises as `load` does.
    """
    own = {k: v for k, v in _read(card).items() if not k.startswith(interval_heads.PREFIX)}
    if card.adapter is None:
        return own
    shelf = shelf or shelf_of(card)
    parent = shelf.parent(card)
    if parent is None:
        raise ModelRejected(
            Text("{name} is an adapter, and its card names no parent", name=card.name)
        )
    if parent.architecture != card.architecture or parent.hyper != card.hyper:
        raise ModelRejected(
            Text(
                "{name} does not fit its parent {parent_name}",
                name=card.name,
                parent_name=parent.name,
            )
        )
    return lora.merge(state_of(parent, shelf), own, card)


def store(card: ModelCard, network: nn.Module, folder: Path) -> ModelCard:
    """Write ``folder`` with half-precision weights and the card, whose sha256 is filled in."""
    return store_state(replace(card, adapter=None), network.state_dict(), folder)


def store_adapter(card: ModelCard, additions: State, folder: Path) -> ModelCard:
    """`store` for what was added to a parent: ``NAME.A`` (rank, inputs) and ``NAME.B``
    (outputs, rank) for each weight NAME that was added to, and ``NAME`` for what is replaced.

    The card has ``adapter`` and ``origin``; the file names the parent's sha256 as well.
    """
    if card.adapter is None or card.origin is None:
        raise ValueError("an adapter's card says its rank, and its parent")
    return store_state(card, additions, folder)


def store_state(card: ModelCard, state: State, folder: Path) -> ModelCard:
    """Write named weights with their card: the file first, so that a card speaks of what is
    there. What a card says of its parent's uncertainty goes, unless the head is among them.
    """
    if not any(name.startswith(interval_heads.PREFIX) for name in state):
        card = replace(card, uncertainty={})
    folder.mkdir(parents=True, exist_ok=True)
    halves = {k: v.detach().cpu().half().contiguous() for k, v in state.items()}
    metadata = {PARENT: card.origin.sha256} if card.adapter and card.origin else None
    content = save(halves, metadata)
    with replacing(folder / WEIGHTS_NAME) as file:
        file.write(content)
    stored = replace(card, sha256=hashlib.sha256(content).hexdigest(), folder=folder)
    write_card(stored, folder)
    return stored


def _read(card: ModelCard) -> State:
    path = card.weights
    if not path.is_file():
        raise ModelRejected(
            Text("the weights of {name} are missing", name=card.name),
            hint=Text("Expected {path}.", path=path),
        )
    if sha256_of(path) != card.sha256:
        raise ModelRejected(
            Text("the weights of {name} are damaged", name=card.name),
            hint="Their checksum differs from the card's; copy the model again.",
        )
    try:
        with safe_open(path, "pt") as file:
            lora.check_parent(card, (file.metadata() or {}).get(PARENT))
            held = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
            return {k: v if v.dtype == torch.uint8 else v.float() for k, v in held.items()}
    except (SafetensorError, OSError) as problem:
        raise _do_not_fit(card, problem) from problem


def shelf_of(card: ModelCard) -> ModelShelf:
    """What lies beside a model, and all that is installed."""
    folders = default_shelf().folders
    return ModelShelf((card.folder.parent, *folders) if card.folder else folders)
