"""Who paints grey pictures: colorizers, the student recipe's networks, and doing nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
from astropy.io import fits
from torch import Tensor
from torch.nn import functional

from astroview.core.colour import colour_space
from astroview.core.frame import ArraySource, Frame
from astroview.core.models.model_card import ModelCard, sha256_of
from astroview.core.models.palette_bank import bank_of
from astroview.core.options import EnhanceOptions
from astroview.engine.networks.palette_code import palette_code
from astroview.engine.networks.regional_code import from_numbers
from astroview.engine.pipeline.colour_plan import match_for
from astroview.engine.pipeline.enhance_plan import setting_for
from astroview.engine.pipeline.palette_choice import Choice, by_name, of_picture, offers
from astroview.engine.pipeline.preview import Preview, glance
from astroview.engine.runtime.cache import Cache
from trainer import metrics
from trainer.data import tensor_colour
from trainer.data.pictures import Picture
from trainer.loop.run_folder import RunFolder
from trainer.tasks import baselines, colour_task
from trainer.tasks.colour_samples import small_picture
from trainer.tasks.colour_task import VARIATIONS


class Painter(Protocol):
    """``key`` tells apart what may give other pixels."""

    name: str
    key: str

    def paint(self, truth_13HW: Tensor, source: str = "") -> dict[str, Tensor]:
        """Pictures (1, 3, H, W) by name, made of the truth's lightness (and, where a name says
        so, of its palette); ``source`` is the telescope or survey that a header would tell.
        """
        ...


class Palettes:
    """A colorizer as the engine runs it: under the palette it chooses automatically, the best of
    the five it offers, and the truth's own palette code: as the network paints it, and as the
    engine obeys the palette of a picture that somebody chose.
    """

    def __init__(self, card: ModelCard) -> None:
        bank = bank_of(card)
        self.card, self.name = card, card.id
        self.key = f"{card.sha256} {sha256_of(bank)[:12] if bank else ''}"
        self.auto = f"{card.id}, automatic palette"
        self.memo = Cache()

    @torch.inference_mode()
    def paint(self, truth_13HW: Tensor, source: str = "") -> dict[str, Tensor]:
        """See the class."""
        lab = tensor_colour.to_oklab(truth_13HW)
        L, name = lab[:, :1], self.card.id
        frame, options = grey_frame(L, source), EnhanceOptions(device="cpu", superres=None)
        seen = glance(frame, self.card, setting_for(frame, options), self.memo)
        found, why = offers(seen, options, VARIATIONS)
        tries = [self.painted(seen, L, by_name(p)) for p in found]
        best = min(tries, key=lambda y: metrics.chroma_error(y, truth_13HW))
        code = tuple(float(n) for n in palette_code(L, lab[:, 1:])[0])
        auto = replace(by_name(found[0]), why=why, known=False)
        own = Choice("the truth's", code, "measured", known=True)
        return {
            self.auto: self.painted(seen, L, auto),
            f"{name}, best of {VARIATIONS}": best,
            f"{name}, truth's palette": self.painted(seen, L, own),
            f"{name}, truth's palette, obeyed": self.painted(seen, L, of_picture("it", code)),
        }

    def painted(self, seen: Preview, L: Tensor, choice: Choice) -> Tensor:
        """What the engine makes of lightness (1, 1, H, W) under a palette, (1, 3, H, W)."""
        ab = colour_task.chroma_in(seen.network, L, from_numbers(choice.code))
        if match := match_for(seen, choice):
            light = L[0, 0].numpy()
            ab = torch.from_numpy(match.of(ab[0].permute(1, 2, 0).numpy(), light))
            ab = ab.permute(2, 0, 1)[None]
        return as_rendered(L, ab * choice.gain)


def grey_frame(L_11HW: Tensor, source: str) -> Frame:
    """The grey picture as a frame whose header names its telescope."""
    grey = colour_space.encode_srgb(L_11HW[0, 0].numpy() ** 3)
    header = fits.Header({"TELESCOP": source}) if source else None
    shape = (grey.shape[0], grey.shape[1])
    return Frame("truth", shape, 1, "display", ArraySource(grey), 1.0, header=header)


class Plain:
    """A baseline of `trainer.tasks.baselines`, from its run folder."""

    def __init__(self, folder: Path) -> None:
        recipe = RunFolder(folder).recipe()
        state: Any = RunFolder(folder).newest()
        self.name, self.key = recipe.architecture, f"{folder.name} {state['step']}"
        self._network = baselines.build(recipe.hyper, recipe.architecture)
        self._network.load_state_dict(state["average"])
        self._network.eval()

    @torch.inference_mode()
    def paint(self, truth_13HW: Tensor, source: str = "") -> dict[str, Tensor]:
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

    def paint(self, truth_13HW: Tensor, source: str = "") -> dict[str, Tensor]:
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
