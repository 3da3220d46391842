"""Super-resolvers that others trained for photographs, by spandrel (chaiNNer's loader): RealESRGAN,
SwinIR, Compact and some forty more architectures, recognised by their weights.

They come as ``.pth`` or ``.safetensors``, and know nothing of skies: they were never told what a
photon is. So they are bounded and keep the flux of each pixel as ours do, are illustrative, and
their card says what nobody knows.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor, nn
from torch.nn import functional

from astroview.core import extras, memory_limits
from astroview.core.errors import ModelRejected
from astroview.core.models.model_card import ModelCard, Tiling
from astroview.core.texts import Text
from astroview.engine.networks import community_card
from astroview.engine.networks.community_card import MOST_BYTES, SCALES, rejected

if TYPE_CHECKING:
    from astroview.core.models.shelf import UserShelf

ARCHITECTURE = "spandrel"  # of cards: what the network is, its weights tell
_NAMES = ("params_ema", "params", "state_dict", "model_state_dict", "model", "net")  # of wrappers
_SLACK = 100  # layers without weights, which are counted too
State = dict[str, Tensor]


@dataclass(frozen=True)
class Recognised:
    """What spandrel makes of weights."""

    network: Any
    architecture: str
    scale: int
    channels: int
    multiple: int
    least: int


class Community(nn.Module):
    """Such a network on one plane, as `tile_superres.SuperResolver`."""

    def __init__(self, found: Recognised) -> None:
        super().__init__()
        self.network = found.network
        self.scale, self._channels = found.scale, found.channels
        self._multiple, self._least = found.multiple, found.least

    def features(self, u_B1HW: Tensor, sigma_B: Tensor) -> Tensor:
        """The plane itself: all is done in `finish`."""
        return u_B1HW

    def finish(self, features_BCHW: Tensor, u_B1HW: Tensor) -> Tensor:
        """(B, 1, sH, sW); of the colours that it makes of grey, the mean."""
        seen = u_B1HW.clamp(0, 1)
        height, width = seen.shape[2:]
        down, right = self._short(height), self._short(width)
        seen = functional.pad(seen, (0, right, 0, down), "replicate")
        made = self.network(seen.expand(-1, self._channels, -1, -1)).mean(1, keepdim=True)
        return made[..., : height * self.scale, : width * self.scale]

    def forward(self, u_B1HW: Tensor, sigma_B: Tensor) -> Tensor:
        """As `superres.Compact.forward`."""
        return self.finish(self.features(u_B1HW, sigma_B), u_B1HW)

    def halve(self) -> None:
        """Nobody tried these networks at less than full precision here."""

    def _short(self, length: int) -> int:
        """Pixels that a side lacks for the network."""
        return -(-max(length, self._least) // self._multiple) * self._multiple - length


def network_of(card: ModelCard, state: State) -> Community:
    """The network of a card's weights.

    Raises AstroviewError without the extra "community", and ModelRejected where the weights are
    not what the card says.
    """
    extras.need("community")
    found = _recognised(state, card.name)
    if found.scale != card.scale:
        raise ModelRejected(
            Text("the weights of {name} are for another scale than its card's", name=card.name)
        )
    return Community(found)


def bring_in(file: Path, onto: UserShelf) -> ModelCard:
    """Put the model of a .pth or .safetensors file onto the user's shelf, with a card that says
    what nobody knows of it.

    Raises
    ------
    AstroviewError
        The extra "community" is missing.
    ModelRejected
        It holds no super-resolver, is damaged, or would run a program.
    """
    extras.need("community")
    state = _read(file)
    found = _recognised(state, file.name)
    community_card.check_runs(Community(found), file.name)
    content = save({name: value.float().contiguous().clone() for name, value in state.items()})
    sha256 = hashlib.sha256(content).hexdigest()
    tiling = Tiling(community_card.TILE, community_card.HALO, found.multiple)
    base = community_card.card_of(file, ARCHITECTURE, found.architecture, found.scale, tiling)
    card = replace(base, sha256=sha256)

    def write(target: Path) -> None:
        target.write_bytes(content)

    return onto.put(card, write)


def _read(file: Path) -> State:
    """The weights by name. Nothing in the file can run: of pickles only tensors are taken."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise rejected(file.name, "it is larger than any model")
        if file.suffix.lower() == ".safetensors":
            with safe_open(file, "pt") as held:
                return {name: held.get_tensor(name) for name in held.keys()}  # noqa: SIM118
        held = torch.load(file, map_location="cpu", weights_only=True)
    except FileNotFoundError as problem:
        raise rejected(file.name, "there is no such file", "Check its name.") from problem
    except (SafetensorError, OSError) as problem:
        raise rejected(file.name, f"it is damaged ({problem})") from problem
    except Exception as problem:
        why = "it holds more than weights, which could run a program, or it is damaged"
        raise rejected(file.name, why, "Ask for it as .safetensors.") from problem
    return _unwrapped(held, file.name)


def _unwrapped(held: Any, name: str) -> State:
    for _ in range(3):
        if not isinstance(held, dict):
            break
        inside = next((held[key] for key in _NAMES if isinstance(held.get(key), dict)), None)
        if inside is None:
            break
        held = inside
    tensors = cast("dict[Any, Any]", held) if isinstance(held, dict) else {}
    state = {str(key): value for key, value in tensors.items() if isinstance(value, Tensor)}
    if not state:
        raise rejected(name, "it holds no weights")
    return state


def _check_size(state: State, name: str) -> None:
    """Refuse weights that stand for more than they hold: tensors may be one number, repeated, and
    networks are made as deep as the largest number in a name of their weights.
    """
    needs = 4 * sum(value.numel() for value in state.values())
    if needs > MOST_BYTES:
        why = f"its weights take {memory_limits.amount(needs)}, which is more than any model's"
        raise rejected(name, why)
    numbers = (int(part) for key in state for part in key.split(".") if part.isdecimal())
    if (deepest := max(numbers, default=0)) > len(state) + _SLACK:
        raise rejected(name, f"it asks for {deepest:,} layers, and holds {len(state)} weights")


def _recognised(state: State, name: str) -> Recognised:
    import spandrel

    _check_size(state, name)
    try:
        made: Any = spandrel.ModelLoader("cpu").load_from_state_dict(dict(state))
    except Exception as problem:
        known = "spandrel knows no such architecture, or its weights do not fit"
        raise rejected(name, f"{known} ({type(problem).__name__})") from problem
    if not isinstance(made, spandrel.ImageModelDescriptor) or made.purpose != "SR":
        raise rejected(name, "it is no super-resolver")
    if made.scale not in SCALES or made.input_channels not in (1, 3):
        what = f"it is for x{made.scale} and {made.input_channels} channels"
        raise rejected(name, what, "astroview takes x2, x3, x4 and x8, of one or three channels.")
    needs = made.size_requirements
    return Recognised(
        made.model.eval(), str(made.architecture.name), int(made.scale), int(made.input_channels),
        max(1, int(needs.multiple_of)), max(1, int(needs.minimum)),
    )  # fmt: skip
