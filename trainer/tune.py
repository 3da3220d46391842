"""Fine-tuning: from a user's choice and pictures to a tuned model, with all that may go wrong."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from astroview.core.errors import AstroviewError, DatasetProblem, ModelRejected
from astroview.core.models import CARD_NAME, ModelCard, default_shelf, read_card
from astroview.core.train_messages import DataRead, Ended, StageProgress, TrainEvent
from astroview.engine import weights
from trainer import hardware, loop, material, tuned
from trainer.colour_task import ColourTask
from trainer.config import Recipe, TuneConfig
from trainer.material import Material
from trainer.pinned import Pinned
from trainer.recipe_for import recipe_for
from trainer.run import RunFolder
from trainer.sr_task import SuperResTask
from trainer.steering import Steering
from trainer.tune_file import CONFIG_NAME, read_tune, write_tune

TELL_S = 0.25  # progress of a stage is told no more often than this


@dataclass(frozen=True)
class Parent:
    """The model that a run begins with."""

    card: ModelCard
    network: nn.Module


def begin(config: TuneConfig, path: Path) -> RunFolder:
    """Make a run folder, or take the one that is there, if it is of the same choice.

    Raises
    ------
    DatasetProblem
        The folder holds another run, or another version's.
    """
    run, file = RunFolder(path), path / CONFIG_NAME
    config = replace(config, data=str(Path(config.data).absolute()))
    if file.is_file():
        before = read_tune(file)
        if (before.model, before.method, before.rank) != (config.model, config.method, config.rank):
            raise DatasetProblem(
                f"{path.name} holds a run of another model or method",
                hint="Choose another run folder, or go on with that run (--resume).",
            )
    run.prepare()
    write_tune(config, file)
    return run


def resume(path: Path) -> tuple[RunFolder, TuneConfig]:
    """A run folder that is there, and its choice. Raises DatasetProblem as `read_tune` does."""
    file = path / CONFIG_NAME
    if not file.is_file():
        raise DatasetProblem(
            f"{path.name} is no run folder: it has no {CONFIG_NAME}",
            hint="Begin a run with astroview train --config FILE, or --model and --data.",
        )
    config = read_tune(file)
    run = RunFolder(path)
    run.prepare()
    return run, config


def tune(
    config: TuneConfig,
    run: RunFolder,
    steering: Steering,
    tell: Callable[[TrainEvent], None] = lambda _: None,
) -> Ended:
    """Train as ``config`` says into the run folder, resuming what is there; what it ended with.

    Raises
    ------
    AstroviewError
        What cannot be helped; the run folder was told of it.
    """
    session = _Session(config, run, steering, tell)
    try:
        return session.go()
    except AstroviewError as problem:
        session.tell(_ended("failed", session.step, problem))
        raise
    except KeyboardInterrupt:
        session.tell(_ended("interrupted", session.step))
        raise


class _Session:
    """One process's work on a run."""

    def __init__(
        self,
        config: TuneConfig,
        run: RunFolder,
        steering: Steering,
        tell: Callable[[TrainEvent], None],
    ) -> None:
        self.config, self.run, self.steering, self.told = config, run, steering, tell
        self.spoken = 0.0
        self.step = 0

    def go(self) -> Ended:
        """Read, train, judge."""
        fabric = hardware.fabric_for(self.config.device)
        parent = _parent(self.config.model)
        learnt_from = material.gather(self.config, self.reading)
        self.tell(_data_read(learnt_from))
        recipe = recipe_for(self.config, parent.card, learnt_from.train)
        task = task_for(recipe, learnt_from, parent)
        company = loop.Company(
            model=parent.card.id,
            steering=self.steering,
            sample=Pinned(task, parent.network, self.run.path, self.tell),
            from_base=True,
            tell=self.hear,
        )
        initial = parent.network.state_dict()
        outcome = loop.fit(task, recipe, self.run, fabric, company, initial)
        self.step = outcome.step
        if not outcome.over:
            return self.end(_ended("stopped", outcome.step))
        made = tuned.export(outcome, self.config, recipe, task, parent.card, learnt_from, self.run)
        return self.end(Ended(time.time(), "done", outcome.step, made.name))

    def reading(self, done: int, of: int) -> None:
        """Tell how many files were read, a few times a second."""
        if self.steering.leave:
            raise KeyboardInterrupt
        if done == of or time.monotonic() - self.spoken > TELL_S:
            self.spoken = time.monotonic()
            self.tell(StageProgress(time.time(), "reading", done, of))

    def tell(self, event: TrainEvent) -> None:
        """Tell the run folder, and whoever listens here."""
        self.run.tell(event)
        self.hear(event)

    def hear(self, event: TrainEvent) -> None:
        """Pass on what the run folder was told."""
        self.step = getattr(event, "step", self.step)
        self.told(event)

    def end(self, event: Ended) -> Ended:
        """The last event."""
        self.tell(event)
        return event


def task_for(recipe: Recipe, learnt_from: Material, parent: Parent) -> Any:
    """The task of a recipe on pictures; a colorizer keeps its palettes."""
    if recipe.task == "superres":
        return SuperResTask(recipe, learnt_from.train, learnt_from.watched)
    codes = np.array([p.code for p in parent.card.palettes], np.float32)
    known = codes if len(codes) else None
    return ColourTask(recipe, learnt_from.train, learnt_from.watched, known)


def _parent(model: str) -> Parent:
    """The model of that id on the shelf, or in that folder."""
    folder = Path(model)
    card = read_card(folder) if (folder / CARD_NAME).is_file() else default_shelf().card(model)
    if card.task not in ("colorize", "superres"):
        raise ModelRejected(f"{card.name} cannot be tuned: its task is {card.task}")
    return Parent(card, weights.load(card, torch.device("cpu")))


def _data_read(learnt_from: Material) -> DataRead:
    held = {p.name for p in (*learnt_from.watched, *learnt_from.judged)}
    return DataRead(
        time.time(),
        len(learnt_from.train),
        len(held),
        learnt_from.refused,
        learnt_from.fingerprint,
        learnt_from.notes,
    )


def _ended(outcome: Any, step: int, problem: AstroviewError | None = None) -> Ended:
    message, hint = (problem.message, problem.hint) if problem else ("", "")
    return Ended(time.time(), outcome, step, "", message, hint)
