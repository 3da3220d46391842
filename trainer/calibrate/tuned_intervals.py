"""Intervals of a tuned model: its parent's head is taken over, and its factors are measured anew.

Tuning changes what a network says, and little of what its features mean: the head still tells
where errors are larger than elsewhere, and how large they are is what a factor says. It is measured
on pictures and skies that no step learnt from; others check that nine of ten errors lie within.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import torch
from safetensors.torch import load_file

from astroview.core.models.model_card import ModelCard, read_card
from astroview.engine.networks import weights
from astroview.engine.networks.colorizer import Colorizer
from astroview.engine.networks.interval_heads import PREFIX
from astroview.engine.networks.tile_superres import SuperResolver
from trainer.calibrate import colour_intervals, superres_intervals
from trainer.calibrate.superres_intervals import LearningBudget
from trainer.data.pictures import Picture, Shown
from trainer.data.training_data import Middle

SKIES = 6  # simulated frames to fit, and as many to check
PICTURES, SIDE = 16, 384  # pictures, and pixels a side that are taken of one
FEWEST = 2
Progress = Callable[[int, int], None]


def recalibrate(
    parent: ModelCard, folder: Path, held: Sequence[Shown], progress: Progress
) -> ModelCard | None:
    """Give the tuned model of a folder the intervals of its own errors.

    Parameters
    ----------
    held
        Pictures that no step learnt from; every second one fits, the others check.

    Returns
    -------
    ModelCard or None
        The model's card; None where the parent has no intervals, or too little is held out.
    """
    head = weights.load_spread(parent, torch.device("cpu"))
    pictures = _pictures(held)
    if head is None or len(pictures) < FEWEST:
        return None
    progress(0, 1)
    card = read_card(folder)
    card = replace(card, uncertainty={k: parent.uncertainty[k] for k in ("width", "interval")})
    measure = _of_superres if card.task == "superres" else _of_colorizer
    found = measure(card, head, pictures)
    state = dict(load_file(card.weights))
    state |= {PREFIX + key: value for key, value in head.state_dict().items()}
    made = replace(card, uncertainty={**card.uncertainty, **found})
    progress(1, 1)
    return weights.store_state(made, state, folder)


def as_of(sibling: Path, folder: Path) -> ModelCard | None:
    """Give a model the intervals of its sibling, which learnt alike from fewer pictures, so that
    others could say how far off it is: where the model itself learnt from all there are. None
    where the sibling has no intervals.
    """
    theirs, card = read_card(sibling), read_card(folder)
    if not theirs.uncertainty:
        return None
    head = {k: v for k, v in load_file(theirs.weights).items() if k.startswith(PREFIX)}
    made = replace(card, uncertainty=theirs.uncertainty)
    return weights.store_state(made, {**load_file(card.weights), **head}, folder)


def in_words(card: ModelCard) -> str:
    """How often the truth lay within, of frames that fitted nothing."""
    told = card.uncertainty.get("coverage", {})
    parts: list[str] = []
    for kind, share in told.items():
        shares = [pair[1] for pair in share] if isinstance(share, list) else [share]
        parts.append(f"{KINDS.get(kind, kind)} {100 * sum(shares) / len(shares):.0f} %")
    return f"Its 90 % intervals were measured anew; they hold, on others: {', '.join(parts)}."


KINDS = {"display": "pictures", "linear": "measured frames", "palette": "under a known palette",
         "auto": "under the automatic one", "guide": "under measured chroma"}  # fmt: skip


def _of_superres(card: ModelCard, head: Any, held: Sequence[Picture]) -> dict[str, Any]:
    budget = LearningBudget(skies=SKIES)
    network = cast("SuperResolver", weights.load(card, torch.device("cpu")))
    found = superres_intervals.calibrated(card, network, head, held, budget)
    whole = replace(card, uncertainty={**card.uncertainty, **found})
    return {**found, **superres_intervals.measured_with(whole, head, None, budget)}


def _of_colorizer(card: ModelCard, head: Any, held: Sequence[Picture]) -> dict[str, Any]:
    network = cast("Colorizer", weights.load(card, torch.device("cpu")))
    return colour_intervals.calibrated(card, network, head, held)


def _pictures(held: Sequence[Shown]) -> list[Picture]:
    """Some of all, the middle of large ones, in memory."""
    step = max(1, len(held) // PICTURES)
    made: list[Picture] = []
    for one in held[::step][:PICTURES]:
        part = one if max(one.shape) <= SIDE else Middle(one, SIDE)
        made.append(Picture(one.name, part.rgb, one.target, one.sharpness))
    return made
