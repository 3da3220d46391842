"""Super-resolvers that others trained for photographs, by spandrel (chaiNNer's loader): RealESRGAN,
SwinIR, Compact and some forty more architectures, recognised by their weights.

They come as ``.pth`` or ``.safetensors``, and know nothing of skies: they were never told what a
photon is. So they are bounded and keep the flux of each pixel as ours do, are illustrative, and
their card says what nobody knows.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor, nn
from torch.nn import functional

from astroview.core import extras
from astroview.core.errors import AstroviewError, ModelRejected
from astroview.core.models.model_card import ModelCard, Tiling

if TYPE_CHECKING:
    from astroview.core.models.shelf import UserShelf

ARCHITECTURE = "spandrel"  # of cards: what the network is, its weights tell
SUFFIXES = (".pth", ".pt", ".safetensors")
MOST_BYTES = 2 * 2**30
SCALES = (2, 3, 4, 8)
_NAMES = ("params_ema", "params", "state_dict", "model_state_dict", "model", "net")  # of wrappers
_TILE, _HALO = 256, 32  # pixels; how far such a network looks, nobody says
_NO_ID = re.compile(r"[^A-Za-z0-9._-]+")
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
        raise ModelRejected(f"the weights of {card.name} are for another scale than its card's")
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
    _try(found, file.name)
    content = save({name: value.float().contiguous().clone() for name, value in state.items()})
    card = replace(_card(file, found), sha256=hashlib.sha256(content).hexdigest())

    def write(target: Path) -> None:
        target.write_bytes(content)

    return onto.put(card, write)


def _read(file: Path) -> State:
    """The weights by name. Nothing in the file can run: of pickles only tensors are taken."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise _rejected(file.name, "it is larger than any model")
        if file.suffix.lower() == ".safetensors":
            with safe_open(file, "pt") as held:
                return {name: held.get_tensor(name) for name in held.keys()}  # noqa: SIM118
        held = torch.load(file, map_location="cpu", weights_only=True)
    except FileNotFoundError as problem:
        raise _rejected(file.name, "there is no such file", "Check its name.") from problem
    except (SafetensorError, OSError) as problem:
        raise _rejected(file.name, f"it is damaged ({problem})") from problem
    except Exception as problem:
        why = "it holds more than weights, which could run a program, or it is damaged"
        raise _rejected(file.name, why, "Ask for it as .safetensors.") from problem
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
        raise _rejected(name, "it holds no weights")
    return state


def _recognised(state: State, name: str) -> Recognised:
    import spandrel

    try:
        made: Any = spandrel.ModelLoader("cpu").load_from_state_dict(dict(state))
    except Exception as problem:
        known = "spandrel knows no such architecture, or its weights do not fit"
        raise _rejected(name, f"{known} ({type(problem).__name__})") from problem
    if not isinstance(made, spandrel.ImageModelDescriptor) or made.purpose != "SR":
        raise _rejected(name, "it is no super-resolver")
    if made.scale not in SCALES or made.input_channels not in (1, 3):
        what = f"it is for x{made.scale} and {made.input_channels} channels"
        raise _rejected(name, what, "astroview takes x2, x3, x4 and x8, of one or three channels.")
    needs = made.size_requirements
    return Recognised(
        made.model.eval(), str(made.architecture.name), int(made.scale), int(made.input_channels),
        max(1, int(needs.multiple_of)), max(1, int(needs.minimum)),
    )  # fmt: skip


def _try(found: Recognised, name: str) -> None:
    """Whether it runs at all, and gives numbers of the size that it says."""
    network = Community(found)
    with torch.inference_mode():
        try:
            made = network.finish(*(torch.linspace(0, 1, 32 * 40).view(1, 1, 32, 40),) * 2)
        except RuntimeError as problem:
            raise _rejected(name, f"it does not run ({problem})") from problem
    if made.shape != (1, 1, 32 * found.scale, 40 * found.scale) or not made.isfinite().all():
        raise _rejected(name, "what it makes is no picture")


def _card(file: Path, found: Recognised) -> ModelCard:
    base = _NO_ID.sub("-", file.stem).strip("-.") or "model"
    return ModelCard(
        id=f"community-{base}"[:80],
        name=f"{file.stem[:60]} ×{found.scale}",
        task="superres",
        architecture=ARCHITECTURE,
        hyper={"network": found.architecture[:80]},
        tiling=Tiling(_TILE, _HALO, found.multiple),
        sha256="",
        scale=found.scale,
        summary=f"{found.architecture}, trained by others: to look at, never to measure.",
        licence="unknown",
        credit="unknown",
        limits_of_use=(
            "Who trained it, on what, and under which licence, is not known here.",
            "It was not scored on skies: astroview evaluate tells how it does.",
            "It was made for photographs: what lies inside an input pixel is invented.",
            "How far it looks is not known: tiles may differ from the whole at their seams.",
            "Only the mean over each input pixel is a measurement.",
        ),
        illustrative=True,
    )


def _rejected(name: str, why: str, hint: str = "") -> AstroviewError:
    return ModelRejected(f"{name} cannot be imported: {why}", hint or "Ask whoever made it.")
