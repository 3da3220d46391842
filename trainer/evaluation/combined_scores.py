"""Low-resolution grey in, high-resolution colour out: by two networks in a row, or by one."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from astroview.core.colour import colour_space
from astroview.core.colour.stretch import auto_stretch
from astroview.core.colour_hints import Reference
from astroview.core.frame import ArraySource, Frame
from astroview.core.models.model_card import ModelCard, ModelShelf
from astroview.core.options import EnhanceOptions
from astroview.engine.networks.palette_code import palette_code
from astroview.engine.networks.superres import enlarge
from astroview.engine.pipeline.enhance import enhance
from trainer.data import degrade, tensor_colour
from trainer.data.pictures import Picture
from trainer.evaluation.colour_scores import compared
from trainer.evaluation.resume_log import ResumeLog, Row, means
from trainer.tasks.colour_samples import small_picture

SIDE = 512
Tick = Callable[[str], None]


@dataclass(frozen=True)
class ModelPair:
    """Who sharpens and who paints; one combined model is both."""

    superres: ModelCard
    colorizer: ModelCard

    @property
    def name(self) -> str:
        one = self.superres.sha256 == self.colorizer.sha256
        return self.superres.id if one else f"{self.superres.id}+{self.colorizer.id}"

    @property
    def shelf(self) -> ModelShelf:
        """These two alone, wherever they lie."""
        return _Only((), {card.id: card for card in (self.superres, self.colorizer)})


@dataclass(frozen=True)
class _Only(ModelShelf):
    cards_by_id: dict[str, ModelCard]

    def card(self, model_id: str) -> ModelCard:
        return self.cards_by_id[model_id]


def score_all(
    pair: ModelPair, held: Sequence[Picture], notes: ResumeLog, tick: Tick
) -> dict[str, Any]:
    """The pair under its automatic palette and the truth's own, and bicubic without colour."""
    rows: dict[str, dict[str, Row]] = {}
    for picture in held:
        key = f"{pair.superres.sha256} {pair.colorizer.sha256} combined {picture.name}"
        made = notes.recall(key, lambda p=picture: _score(pair, p.rgb))
        for name, row in made.items():
            rows.setdefault(name, {})[picture.name] = row
        tick(f"{pair.name}: {picture.name}")
    return {"rows": rows, "means": {name: _means(list(by.values())) for name, by in rows.items()}}


def _means(rows: list[Row]) -> dict[str, float]:
    made = means(rows)
    made["cpu_s_per_mpix"] = made.pop("seconds") / made.pop("mpix")
    return {"pictures": float(len(rows)), **made}


def _score(pair: ModelPair, rgb_HWC: NDArray[np.uint8]) -> dict[str, Row]:
    superres, colorizer, shelf, name = pair.superres, pair.colorizer, pair.shelf, pair.name
    truth = _trimmed(small_picture(rgb_HWC, SIDE), superres.scale)
    lab = tensor_colour.to_oklab(truth)
    grey = colour_space.encode_srgb(lab[0, 0].numpy() ** 3)
    small = degrade.shrink(torch.from_numpy(grey)[None, None], superres.scale, torch.ones(1))
    seen = np.rint(small[0, 0].numpy() * 255).astype(np.uint8)
    frame = Frame("picture", seen.shape, 1, "display", ArraySource(seen), 255.0)
    code = tuple(float(n) for n in palette_code(lab[:, :1], lab[:, 1:])[0])
    plain = EnhanceOptions(colorizer.id, superres.id, device="cpu", uncertainty=False)
    guided = EnhanceOptions(
        colorizer.id,
        superres.id,
        device="cpu",
        uncertainty=False,
        reference=Reference("the truth", code, ""),
    )
    rows: dict[str, Row] = {}
    for title, options in ((name, plain), (f"{name}, truth's palette", guided)):
        started = time.process_time()
        y = _enhanced(frame, options, shelf)
        seconds = time.process_time() - started
        rows[title] = {**compared(y, truth), "seconds": seconds, "mpix": seen.size / 1e6}
    started = time.process_time()
    up = enlarge(small, superres.scale).clamp(0, 1).expand(-1, 3, -1, -1)
    seconds = time.process_time() - started
    rows["bicubic, neutral"] = {**compared(up, truth), "seconds": seconds, "mpix": seen.size / 1e6}
    return rows


def _enhanced(frame: Frame, options: EnhanceOptions, shelf: ModelShelf) -> Tensor:
    with tempfile.TemporaryDirectory(prefix="astroview-combined-") as folder:
        made = enhance(frame, options, Path(folder), shelf, _silent)
        stretch = made.rendered or auto_stretch(made)
        rgb = colour_space.render(made.read(), stretch, made.read_chroma())
    return torch.from_numpy(np.ascontiguousarray(rgb, np.float32)).permute(2, 0, 1)[None]


def _silent(done: int, of: int, note: str = "") -> None:
    """No progress is shown."""


def _trimmed(truth: Tensor, scale: int) -> Tensor:
    height, width = (n - n % scale for n in truth.shape[-2:])
    return truth[..., :height, :width]
