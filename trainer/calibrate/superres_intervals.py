"""Teach a finished model to say how far off it may be: ``python -m trainer uncertainty``.

Here super-resolvers; `trainer.calibrate.colour_intervals` has colorizers.

The network stays as it is, so its pictures do. A small head
(`astroview.engine.networks.interval_heads`) learns from the network's features the scale of its
errors, on pictures and on simulated exposures; then factors are measured on others, held out by
target or by seed, so that nine of ten errors lie within. Half of the held-out pictures and other
simulated skies check that. Of measured frames `trainer.calibrate.measured_intervals` has the last
word: give it a folder of real bands with ``--bands``.

Legend: ``u`` stretched; a score is |error| / half of the interval at factor 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from astroview.core.colour.stretch import Stretch
from astroview.core.errors import DatasetProblem
from astroview.core.frame import ArraySource, Frame
from astroview.core.models.model_card import ModelCard, read_card, write_card
from astroview.core.options import EnhanceOptions
from astroview.core.texts import Text
from astroview.engine.networks import interval_heads, weights
from astroview.engine.networks.interval_heads import INTERVAL, PREFIX, Spread
from astroview.engine.networks.tile_superres import (
    LUMA,
    Sharpener,
    SuperResolver,
    asks_reduction,
    sharpen,
)
from astroview.engine.networks.written import as_picture
from astroview.engine.pipeline.enhance_plan import setting_for
from astroview.engine.pipeline.reduction import told_of
from astroview.engine.runtime import precision
from trainer.calibrate import colour_intervals, damaged_intervals, measured_intervals
from trainer.calibrate.conformal import SAMPLES, ScoredErrors, conformal_factor, share_within
from trainer.config import DataConfig, Recipe, RunConfig
from trainer.data import degrade, exposures
from trainer.data.exposures import Exposure
from trainer.data.pictures import Picture, load, split
from trainer.tasks import losses
from trainer.tasks.superres_task import SuperResTask

WIDTH = 24
LEARN, FIT, CHECK = range(5000, 5024), range(6000, 6090), range(7000, 7090)  # seeds of skies
SIDE = 96  # coarse pixels of a simulated sky
CROP = 48
LEVELS = 3  # of noise, for which a factor is measured
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class LearningBudget:
    """How much is learnt: batches of crops of pictures, and steps."""

    batches: int = 24
    steps: int = 1500
    batch: int = 16
    pictures: int | None = None
    skies: int | None = None


def add_uncertainty(
    model: Path,
    data: Path,
    progress: Progress,
    budget: LearningBudget | None = None,
    out: Path | None = None,
    bands: Path | None = None,
    keep_head: bool = False,
) -> ModelCard:
    """Give the super-resolver or colorizer in the folder ``model`` a calibrated head.

    Parameters
    ----------
    data
        Folder of colour pictures, split by target as for training.
    out
        Folder of the model that has it; None: ``model`` itself.
    bands
        Folder of real FITS bands: intervals of measured frames are calibrated on them too.
    keep_head
        Learn nothing: measure anew only how intervals of measured frames follow the noise.

    Raises
    ------
    DatasetProblem
        The model is neither, or there are too few pictures.
    """
    budget = budget or LearningBudget()
    card = read_card(model)
    if card.task not in ("superres", "colorize"):
        raise DatasetProblem(
            Text("{name} is no super-resolver and no colorizer", name=card.name),
            hint="Name one that is.",
        )
    if keep_head:
        return _measured_anew(card, bands, budget)
    train, held = split(load(data), DataConfig().held_out)
    if budget.pictures:  # spread over all: neighbours in the list are alike
        held = held[:: max(1, len(held) // budget.pictures)]
    if len(held) < 2 or not train:
        raise DatasetProblem("there are too few pictures to calibrate with", hint="Give more.")
    taught = _taught if card.task == "superres" else _taught_colour
    state, known = taught(card, train, held, budget, progress)
    if card.task == "superres":
        made = replace(card, uncertainty=known)
        known |= measured_with(made, interval_heads.head_of(made, state), bands, budget)
    command = f"python -m trainer uncertainty resources/models/{card.id} --data DIR"
    command += f" --pictures {budget.pictures}" if budget.pictures else ""
    command += " --bands FITS_DIR" if bands else ""
    made = replace(card, uncertainty={**known, "command": command})
    return weights.store_state(made, state, out or model)


def measured_with(
    card: ModelCard, head: Any, bands: Path | None, budget: LearningBudget
) -> dict[str, Any]:
    network = precision.load(card, torch.device("cpu"))

    def prepare(frame: Frame) -> Sharpener:
        how = prepared(frame, network, head, card)
        return replace(how, factor=interval_heads.factor(card, frame.kind, how.sigma))

    found = measured_intervals.measured(prepare, card.scale, bands, budget.skies)
    tables = interval_heads.Tables.of(replace(card, uncertainty=found))

    def by_noise(frame: Frame) -> Sharpener:
        return replace(prepare(frame), tables=tables)

    seeds = damaged_intervals.FIT[: budget.skies]
    return {**found, "beside": damaged_intervals.measured(by_noise, card.scale, seeds)}


def _measured_anew(card: ModelCard, bands: Path | None, budget: LearningBudget) -> ModelCard:
    head = weights.load_spread(card, torch.device("cpu"))
    if head is None or card.task != "superres":
        raise DatasetProblem(
            Text("{name} has no head of a super-resolver", name=card.name),
            hint="Teach it one: no --keep-head.",
        )
    known = {**card.uncertainty, **measured_with(card, head, bands, budget)}
    if bands and "--bands" not in known["command"]:
        known["command"] += " --bands FITS_DIR"
    made = replace(card, uncertainty=known)
    assert card.folder is not None
    write_card(made, card.folder)
    return made


Taught = tuple[dict[str, Tensor], dict[str, Any]]


def _taught_colour(
    card: ModelCard,
    train: Sequence[Picture],
    held: Sequence[Picture],
    budget: LearningBudget,
    progress: Progress,
) -> Taught:
    counts = (budget.batches, budget.steps, budget.batch)
    return colour_intervals.taught(card, train, held, progress, *counts)


def _taught(
    card: ModelCard,
    train: Sequence[Picture],
    held: Sequence[Picture],
    budget: LearningBudget,
    progress: Progress,
) -> Taught:
    """The weights with a calibrated head among them, and what the card is to say of it."""
    network = precision.load(card, torch.device("cpu"))
    pool = [*_of_pictures(card, network, train, held, budget), *_of_skies(card, network, budget)]
    head = _halved(_learn(pool, card.scale, budget, progress))
    found = calibrated(card, cast("SuperResolver", network), head, held, budget)
    state = {**weights.state_of(card), **{PREFIX + k: v for k, v in head.state_dict().items()}}
    return state, {"width": WIDTH, "interval": INTERVAL, **found}


# ---------------------------------------------------------------- learning


@dataclass(frozen=True, eq=False)
class _Crop:
    features: Tensor  # (C, h, w) half precision
    u: Tensor  # (1, h, w)
    sigma: Tensor  # ()
    error: Tensor  # (1, sh, sw), of u


@torch.no_grad()
def _of_pictures(
    card: ModelCard,
    network: Any,
    train: Sequence[Picture],
    held: Sequence[Picture],
    budget: LearningBudget,
) -> list[_Crop]:
    """Crops as the network was trained on, and what it made of them."""
    run = RunConfig(batch=16, crop=CROP, seed=77)
    data = DataConfig(min_sharpness=0.2, halved=0.5, noisy=0.3)
    task = SuperResTask(Recipe("superres", card.architecture, card.hyper, run, data), train, held)
    made: list[_Crop] = []
    for step in range(budget.batches):
        batch = task.batch(step, run.batch)
        told = (batch["sigma"], *([batch["box"]] if asks_reduction(network) else []))
        features = network.features(batch["x"], *told)
        y = as_picture(network.finish(features, batch["x"]), batch["x"], card.pictures).samples
        error = y - batch["y"]
        made += map(_Crop, features.half(), batch["x"], batch["sigma"], error)
    return made


@torch.no_grad()
def _of_skies(card: ModelCard, network: Any, budget: LearningBudget) -> list[_Crop]:
    """Crops of simulated exposures, in the stretch in which the engine shows them."""
    made: list[_Crop] = []
    for exposure in exposures.simulated(LEARN[: budget.skies], card.scale, SIDE * card.scale):
        how = prepared(exposure.frame, network, None, card)
        made += _cut(how, exposure)
    return made


def _cut(how: Sharpener, exposure: Exposure) -> list[_Crop]:
    x = torch.from_numpy(exposure.seen)[None, None]
    u, truth = (_stretched(how.stretch, a) for a in (exposure.seen, exposure.truth))
    error = _stretched(how.stretch, sharpen(how, x).samples[0, 0].numpy()) - truth
    sigma = torch.tensor([how.sigma])
    features = how.features(u)[0].half()
    s, made = exposure.scale, list[_Crop]()
    for top in range(0, u.shape[-2] - CROP + 1, CROP):
        for left in range(0, u.shape[-1] - CROP + 1, CROP):
            coarse = (..., slice(top, top + CROP), slice(left, left + CROP))
            fine = (..., slice(top * s, (top + CROP) * s), slice(left * s, (left + CROP) * s))
            made.append(_Crop(features[coarse], u[0][coarse], sigma[0], error[0][fine]))
    return made


def _stretched(stretch: Stretch, x: NDArray[np.float32]) -> Tensor:
    return torch.from_numpy(np.asarray(stretch.forward(x), np.float32))[None, None]


def _learn(pool: Sequence[_Crop], scale: int, budget: LearningBudget, progress: Progress) -> Spread:
    """The head that makes the errors of the pool likeliest under Laplace distributions."""
    torch.manual_seed(1)
    head = Spread(pool[0].features.shape[0], scale, WIDTH)
    optimizer = torch.optim.Adam(head.parameters(), lr=3e-3)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, budget.steps, 1e-5)
    rng = np.random.default_rng(1)
    for step in range(budget.steps):
        picked = [pool[i] for i in rng.integers(0, len(pool), budget.batch)]
        features, u, error = (
            torch.stack([getattr(crop, name) for crop in picked]).float()
            for name in ("features", "u", "error")
        )
        log_b = head(features, u, torch.stack([crop.sigma for crop in picked]))
        loss = losses.laplace_nll(error, log_b)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(head.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        progress(step + 1, budget.steps)
    return head.requires_grad_(requires_grad=False).eval()


def _halved(head: Spread) -> Spread:
    """As it will be read from a file."""
    head.load_state_dict({k: v.half().float() for k, v in head.state_dict().items()})
    return head


# ---------------------------------------------------------------- calibrating


def calibrated(
    card: ModelCard,
    network: SuperResolver,
    head: Spread,
    held: Sequence[Picture],
    budget: LearningBudget,
) -> dict[str, Any]:
    """Factors by kind of frame and noise, and how many errors lie within on other frames."""
    fit = _score_pictures(card, network, head, held[::2])
    check = _score_pictures(card, network, head, held[1::2])
    flat = conformal_factor(fit)
    levels = _levels(_score_skies(card, network, head, FIT[: budget.skies]))
    linear = [(_noise(level), conformal_factor(level)) for level in levels]
    checks = _score_skies(card, network, head, CHECK[: budget.skies])
    sigmas, factors = zip(*linear, strict=True)
    inside = [share_within(one, float(np.interp(one.sigma, sigmas, factors))) for one in checks]
    order = np.argsort([one.sigma for one in checks])
    return {
        "factors": {
            "display": [[0.0, round(flat, 4)]],
            "linear": [[round(s, 5), round(f, 4)] for s, f in linear],
        },
        "coverage": {
            "display": round(float(np.mean([share_within(one, flat) for one in check])), 4),
            "linear": [
                [round(float(np.mean([checks[i].sigma for i in part])), 5),
                 round(float(np.mean([inside[i] for i in part])), 4)]
                for part in np.array_split(order, LEVELS) if part.size
            ],
        },
    }  # fmt: skip


def prepared(frame: Frame, network: Any, head: Spread | None, card: ModelCard) -> Sharpener:
    """A network as the engine uses it on a frame, with intervals at factor 1."""
    setting = setting_for(frame, EnhanceOptions(device="cpu"))
    return Sharpener(
        network,
        setting.networks,
        setting.sigma,
        head,
        kind=frame.kind,
        pictures=card.pictures,
        noise=setting.noise,
        box=told_of(frame, network, setting.networks, setting.device),
        floor=setting.floor,
        sky=setting.sky,
        grain=setting.grain,
    )


@torch.no_grad()
def _score_pictures(
    card: ModelCard, network: SuperResolver, head: Spread, held: Sequence[Picture]
) -> list[ScoredErrors]:
    made, scale = list[ScoredErrors](), card.scale
    for picture in held:
        height, width = (n - n % scale for n in picture.rgb.shape[:2])
        truth = torch.from_numpy(picture.rgb[:height, :width].copy()).permute(2, 0, 1)[None] / 255
        x = degrade.quantise(degrade.shrink(truth.float(), scale, torch.ones(1)))
        seen = (x[0].permute(1, 2, 0).numpy() * 255).round().astype(np.uint8)
        frame = Frame("picture", seen.shape[:2], 3, "display", ArraySource(seen), 255.0)
        how = prepared(frame, network, head, card)
        made.append(_scored(how, frame, picture.rgb[:height, :width].astype(np.float32)))
    return made


@torch.no_grad()
def _score_skies(
    card: ModelCard, network: SuperResolver, head: Spread, seeds: range
) -> list[ScoredErrors]:
    found: Iterable[Exposure] = exposures.simulated(seeds, card.scale, SIDE * card.scale)
    return [
        _scored(prepared(e.frame, network, head, card), e.frame, e.truth[..., None]) for e in found
    ]


def _scored(how: Sharpener, frame: Frame, truth_HWC: NDArray[np.float32]) -> ScoredErrors:
    x = frame.read()
    x_HWC = x if x.ndim == 3 else x[..., None]
    made = sharpen(how, torch.from_numpy(x_HWC).permute(2, 0, 1)[None])
    assert made.half is not None
    error = made.samples[0].permute(1, 2, 0).numpy() - truth_HWC
    luma = error @ np.array(LUMA, np.float32) if error.shape[2] == 3 else error[..., 0]
    half = np.maximum(made.half[0, 0].numpy(), np.finfo(np.float32).tiny)
    scores = (np.abs(luma) / half).ravel()
    rng = np.random.default_rng(scores.size)
    return ScoredErrors(rng.choice(scores, min(SAMPLES, scores.size), replace=False), how.sigma)


def _levels(found: Sequence[ScoredErrors]) -> list[list[ScoredErrors]]:
    """Frames in groups of like noise, quiet first."""
    order = np.argsort([one.sigma for one in found], kind="stable")
    return [[found[i] for i in part] for part in np.array_split(order, LEVELS) if part.size]


def _noise(found: Sequence[ScoredErrors]) -> float:
    return float(np.median([one.sigma for one in found]))
