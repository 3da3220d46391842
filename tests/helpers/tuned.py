"""Tiny models of each task to fine-tune, and hands to do it, for tests of the trainer."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch

from astroview.core.messages.train_messages import TrainMessage
from astroview.core.models.model_card import ModelCard, Palette, Tiling, read_card
from astroview.engine.networks import weights
from astroview.engine.networks.interval_heads import PREFIX, Spread
from trainer.config import TuneConfig
from trainer.finetune import tune_run
from trainer.loop.run_folder import RunFolder
from trainer.loop.stdin_control import StdinControl

T = TypeVar("T")
HYPER = {
    "superres": ("compact", {"scale": 2, "width": 6, "depth": 3}),
    "colorize": ("palette-unet", {"widths": [4, 6, 8], "middle": 1, "palettes": 2}),
}


def store_models(shelf: Path) -> None:
    """Put a tiny model of each task, untrained, on a shelf."""
    codes = np.random.default_rng(0).normal(0, 0.3, (2, 24))
    palettes = tuple(Palette(n, tuple(c)) for n, c in zip("ab", codes.tolist(), strict=True))
    for task, (architecture, hyper) in HYPER.items():
        torch.manual_seed(1)
        network = weights.build(architecture, hyper)
        for parameter in network.parameters():
            parameter.data.add_(torch.randn_like(parameter) * 0.01)
        card = ModelCard(task, task.title(), task, architecture, hyper, Tiling(64, 16, 16), "")
        scale = 2 if task == "superres" else 1
        known = palettes if task == "colorize" else ()
        weights.store(dataclasses.replace(card, scale=scale, palettes=known), network, shelf / task)


def with_head(models: Path, folder: Path) -> Path:
    """The tiny super-resolver with an (untrained) uncertainty head."""
    card = read_card(models / "superres")
    network = weights.load(card, torch.device("cpu"))
    features = network.features(torch.zeros(1, 1, 16, 16), torch.zeros(1))
    head = Spread(features.shape[1], 2, 8)
    state = weights.state_of(card) | {PREFIX + k: v for k, v in head.state_dict().items()}
    known = {"width": 8, "interval": 0.9, "factors": {"display": [[0, 1]], "linear": [[0, 1]]}}
    weights.store_state(dataclasses.replace(card, uncertainty=known), state, folder)
    return folder


def go(
    config: TuneConfig, folder: Path, steering: StdinControl | None = None
) -> list[TrainMessage]:
    """Train, and judge on the user's pictures alone: the bundled ones take a while to make."""
    run = tune_run.begin(config, folder)
    tune_run.tune(config, run, steering or StdinControl(), bundled=())
    return list(run.events())


def first(events: list[TrainMessage], kind: type[T]) -> T:
    return next(e for e in events if isinstance(e, kind))


def newest(folder: Path) -> dict[str, torch.Tensor]:
    state = RunFolder(folder).newest()
    assert state is not None
    return {**state["network"], **{f"average {k}": v for k, v in state["average"].items()}}
