"""Teach a finished colorizer to say how far off it may be: `trainer.calibrate.superres_intervals`
for colour.

The network stays as it is. A small head learns from its features the scale of the errors of
Oklab a and b on training pictures under their own palettes, half of them with measured chroma
where the network paints with it; then factors are measured on
held-out pictures so that nine of ten errors lie within: one for a palette that is right, one for
the palette that is chosen automatically, which is a guess and seldom right, and one for measured
chroma, of a colorizer that paints with it. Half of the held-out
pictures check them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from astroview.core.colour import colour_space
from astroview.core.colour.chroma_guide import ChromaGuide
from astroview.core.models.model_card import ModelCard
from astroview.engine.networks import weights
from astroview.engine.networks.colorizer import CELL, STRIDE, Colorizer, paint
from astroview.engine.networks.interval_heads import GUIDED, INTERVAL, PREFIX, ChromaSpread, fine
from astroview.engine.networks.palette_code import palette_code
from astroview.engine.networks.regional_code import Place, from_numbers
from astroview.engine.pipeline.guide_planes import guide_planes, measured_code
from trainer.calibrate.conformal import SAMPLES, ScoredErrors, conformal_factor, share_within
from trainer.config import DataConfig, Recipe, RunConfig
from trainer.data import tensor_colour
from trainer.data.chroma_guides import judged
from trainer.data.pictures import Picture
from trainer.tasks import losses
from trainer.tasks.colour_samples import small_picture
from trainer.tasks.colour_task import ColourTask, coefficients_of, ranking

WIDTH = 24
CROP = 160
KINDS = ("palette", "auto")
MIDDLING = 16  # pixels of the frame in one of the guide that intervals are measured with
Progress = Callable[[int, int], None]


class _ColourCrop(NamedTuple):
    features: Tensor  # (C, h, w) half precision
    error: Tensor  # (2, H, W) half precision


def taught(
    card: ModelCard,
    train: Sequence[Picture],
    held: Sequence[Picture],
    progress: Progress,
    batches: int,
    steps: int,
    batch: int,
) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """The weights with a calibrated head among them, and what the card is to say of it."""
    network = weights.load(card, torch.device("cpu"))
    assert isinstance(network, Colorizer)
    head = _learn(_pool(card, network, train, held, batches), steps, batch, progress)
    found = calibrated(card, network, head, held)
    state = {**weights.state_of(card), **{PREFIX + k: v for k, v in head.state_dict().items()}}
    return state, {"width": WIDTH, "interval": INTERVAL, **found}


@torch.no_grad()
def _pool(
    card: ModelCard,
    network: Colorizer,
    train: Sequence[Picture],
    held: Sequence[Picture],
    batches: int,
) -> list[_ColourCrop]:
    """Crops as the network was trained on, under their own palettes, and how far off it was."""
    run = RunConfig(batch=16, crop=CROP, seed=77)
    guided = 0.5 if network.guided is not None else 0.0
    data = DataConfig(noisy=0.3, guided=guided)
    recipe = Recipe("colorize", card.architecture, card.hyper, run, data)
    codes = np.array([palette.code for palette in card.palettes], np.float32)
    task = ColourTask(recipe, train, held, codes)
    made: list[_ColourCrop] = []
    for step in range(batches):
        drawn = task.batch(step, run.batch)
        lab = tensor_colour.to_oklab(drawn["rgb"])
        code, guide = palette_code(lab[:, :1], lab[:, 1:]), drawn.get("guide")
        coefficients, _, features = coefficients_of(network, drawn["L"], code, guide)
        error = paint(coefficients, drawn["L"]) - lab[:, 1:]
        made += map(_ColourCrop, features.half(), error.half())
    return made


def _learn(pool: Sequence[_ColourCrop], steps: int, batch: int, progress: Progress) -> ChromaSpread:
    """The head that makes the errors of the pool likeliest under Laplace distributions."""
    torch.manual_seed(1)
    head = ChromaSpread(pool[0].features.shape[0], WIDTH)
    optimizer = torch.optim.Adam(head.parameters(), lr=3e-3)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps, 1e-5)
    rng = np.random.default_rng(1)
    for step in range(steps):
        picked = [pool[i] for i in rng.integers(0, len(pool), batch)]
        features = torch.stack([crop.features for crop in picked]).float()
        error = torch.stack([crop.error for crop in picked]).float()
        log_b = fine(head(features), (error.shape[-2], error.shape[-1])).log()
        loss = losses.laplace_nll(error, log_b.expand_as(error))
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(head.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        progress(step + 1, steps)
    head.load_state_dict({k: v.half().float() for k, v in head.state_dict().items()})
    return head.requires_grad_(requires_grad=False).eval()


def calibrated(
    card: ModelCard, network: Colorizer, head: ChromaSpread, held: Sequence[Picture]
) -> dict[str, Any]:
    """Factors by kind of palette, and how many errors lie within on other pictures."""
    known = torch.tensor([palette.code for palette in card.palettes])
    scores = [_score(network, head, known, picture.rgb) for picture in held]
    kinds = KINDS if network.guided is None else (*KINDS, GUIDED)
    factors = {kind: conformal_factor([one[kind] for one in scores[::2]]) for kind in kinds}
    inside = {
        kind: float(np.mean([share_within(one[kind], factors[kind]) for one in scores[1::2]]))
        for kind in kinds
    }
    return {
        "factors": {kind: [[0.0, round(factor, 4)]] for kind, factor in factors.items()},
        "coverage": {kind: round(share, 4) for kind, share in inside.items()},
    }


@torch.no_grad()
def _score(
    network: Colorizer, head: ChromaSpread, known_PK: Tensor, rgb_HWC: NDArray[np.uint8]
) -> dict[str, ScoredErrors]:
    """|error| / b of a picture's a and b, by kind of palette, as a user gets them."""
    truth = tensor_colour.to_oklab(small_picture(rgb_HWC))
    L, ab = truth[:, :1], truth[:, 1:]
    first = ranking(network, L, known_PK)[0]
    codes = {"palette": palette_code(L, ab), "auto": known_PK[first : first + 1]}
    made = {kind: _off(network, head, L, ab, code) for kind, code in codes.items()}
    if network.guided is not None:
        guide = judged(ab[0], MIDDLING)
        told = measured_code(guide, L[0, 0].numpy(), 1.0)
        code = codes["auto"] if told is None else from_numbers(told)
        made[GUIDED] = _off(network, head, L, ab, code, guide)
    return made


def _off(
    network: Colorizer,
    head: ChromaSpread,
    L: Tensor,
    ab: Tensor,
    code: Tensor,
    guide: ChromaGuide | None = None,
) -> ScoredErrors:
    height, width = L.shape[-2:]
    pads = (0, -width % STRIDE, 0, -height % STRIDE)
    padded = functional.pad(L, pads, mode="replicate")
    cells = (padded.shape[-2] // CELL, padded.shape[-1] // CELL)
    seen = None if guide is None else guide_planes(guide, (0, 0), cells)
    levels, place = network.read(padded)[0], Place(0, 0, height, width)
    coefficients, features = network.answer(padded, levels, code, seen, place)
    b = fine(head(features), (padded.shape[-2], padded.shape[-1]))[0, 0, :height, :width].numpy()
    painted = paint(coefficients, padded)[0, :, :height, :width].permute(1, 2, 0).numpy()
    made = colour_space.fit_gamut(L[0, 0].numpy(), painted)
    scores = (np.abs(made - ab[0].permute(1, 2, 0).numpy()) / b[..., None]).ravel()
    rng = np.random.default_rng(scores.size)
    return ScoredErrors(rng.choice(scores, min(SAMPLES, scores.size), replace=False), 0.0)
