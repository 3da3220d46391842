"""Who paints grey pictures: colorizers, the student recipe's networks, and doing nothing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol, cast

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from astroview.core.colour import colour_space
from astroview.core.models.model_card import ModelCard
from astroview.engine.networks import weights
from astroview.engine.networks.colorizer import Colorizer
from astroview.engine.networks.palette_code import palette_code
from trainer import metrics
from trainer.data import tensor_colour
from trainer.data.pictures import Picture
from trainer.loop.run_folder import RunFolder
from trainer.tasks import baselines, colour_task
from trainer.tasks.colour_task import VARIATIONS, small_picture


class Painter(Protocol):
    """``key`` tells apart what may give other pixels."""

    name: str
    key: str

    def paint(self, truth_13HW: Tensor) -> dict[str, Tensor]:
        """Pictures (1, 3, H, W) by name, made of the truth's lightness (and, where a name says
        so, of its palette).
        """
        ...


class Palettes:
    """A colorizer: under the palette it reads off the picture, the best of the five it would
    offer, and the truth's own palette code.
    """

    def __init__(self, card: ModelCard) -> None:
        self.card, self.name, self.key = card, card.id, card.sha256
        self.auto = f"{card.id}, automatic palette"
        self._known = torch.tensor([p.code for p in card.palettes])

    @cached_property
    def network(self) -> Colorizer:
        return cast("Colorizer", weights.load(self.card, torch.device("cpu")))

    @torch.inference_mode()
    def paint(self, truth_13HW: Tensor) -> dict[str, Tensor]:
        """See the class."""
        lab = tensor_colour.to_oklab(truth_13HW)
        L, name = lab[:, :1], self.card.id
        order = colour_task.ranking(self.network, L, self._known)[:VARIATIONS]
        tries = [self._painted(L, self._known[k : k + 1]) for k in order]
        best = min(tries, key=lambda y: metrics.chroma_error(y, truth_13HW))
        own = self._painted(L, palette_code(L, lab[:, 1:]))
        return {self.auto: tries[0], f"{name}, best of {VARIATIONS}": best,
                f"{name}, truth's palette": own}  # fmt: skip

    def _painted(self, L: Tensor, code: Tensor) -> Tensor:
        return as_rendered(L, colour_task.chroma_in(self.network, L, code))


class Plain:
    """A baseline of `trainer.tasks.baselines`, from its run folder."""

    def __init__(self, folder: Path) -> None:
        recipe = RunFolder(folder).recipe()
        state: Any = RunFolder(folder).newest()
        self.name, self.key = recipe.architecture, f"{folder.name} {state['step']}"
        self._network = baselines.build(recipe.architecture, int(recipe.hyper.get("width", 64)))
        self._network.load_state_dict(state["average"])
        self._network.eval()

    @torch.inference_mode()
    def paint(self, truth_13HW: Tensor) -> dict[str, Tensor]:
        """The network's one answer."""
        L = tensor_colour.to_oklab(truth_13HW)[:, :1]
        height, width = L.shape[-2:]
        pads = (0, -width % baselines.DIVISOR, 0, -height % baselines.DIVISOR)
        ab = self._network(functional.pad(L, pads, mode="replicate"))[..., :height, :width]
        return {self.name: as_rendered(L, ab)}


class Flat:
    """One chroma for all: none (neutral), or the mean of the training pictures."""

    def __init__(self, name: str, a: float = 0.0, b: float = 0.0) -> None:
        self.name, self.key = name, f"flat {a:.5f} {b:.5f}"
        self._ab = torch.tensor([a, b]).view(1, 2, 1, 1)

    def paint(self, truth_13HW: Tensor) -> dict[str, Tensor]:
        """See the class."""
        L = tensor_colour.to_oklab(truth_13HW)[:, :1]
        return {self.name: as_rendered(L, self._ab.expand(-1, -1, *L.shape[-2:]))}


def train_mean(train: Sequence[Picture]) -> Flat:
    """The mean chroma of training pictures, at 32 pixels."""
    small = [tensor_colour.to_oklab(small_picture(p.rgb, 32))[0, 1:].mean((1, 2)) for p in train]
    a, b = np.mean(torch.stack(small).numpy(), 0)
    return Flat("train-mean", float(a), float(b))


def as_rendered(L: Tensor, ab: Tensor) -> Tensor:
    """As the engine renders it: what is out of gamut pales, its lightness stays."""
    light = L[0, 0].numpy()
    fitted = colour_space.fit_gamut(light, ab[0].permute(1, 2, 0).numpy())
    rgb = colour_space.oklab_to_srgb(np.concatenate([light[..., None], fitted], -1))
    return torch.from_numpy(np.clip(rgb, 0, 1).astype(np.float32)).permute(2, 0, 1)[None]
