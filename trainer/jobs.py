"""The trainer's jobs, from plain paths: what the command line and the app's panel start."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import Module

from astroview.core.errors import DatasetProblem
from astroview.core.messages.train_messages import DataRead, Remark
from astroview.core.models.model_card import read_card
from astroview.core.texts import Text
from astroview.engine.networks import weights
from astroview.engine.networks.combined import Combined
from astroview.engine.networks.gated import Gated
from trainer import export as exporting
from trainer.calibrate import superres_reduction
from trainer.config import Recipe
from trainer.data import pictures
from trainer.finetune import initial_weights
from trainer.loop import fit_loop, hardware
from trainer.loop.fit_contract import Company
from trainer.loop.run_folder import RunFolder
from trainer.tasks.colour_task import ColourTask
from trainer.tasks.combined_task import CombinedTask
from trainer.tasks.plain_colour_task import PlainColourTask
from trainer.tasks.superres_task import SuperResTask


def task_for(
    recipe: Recipe,
    data: Path,
    palettes: NDArray[np.float32] | None = None,
    fine: Path | None = None,
) -> Any:
    """The task that a recipe asks for, on the pictures below ``data``; a super-resolver or
    a colorizer learns from their better originals in ``fine`` too.

    Raises
    ------
    DatasetProblem
        There are too few pictures to train on some and to hold others out.
    """
    found = pictures.load(data)
    train, held = pictures.split(found, recipe.data.held_out)
    if not train or not held:
        raise DatasetProblem(
            Text(
                "{count} pictures are too few to train on and to hold some out",
                count=len(train) + len(held),
            ),
            hint="Give a folder with more pictures of different targets.",
        )
    originals = pictures.load_fine(fine, found) if fine else []
    finer = pictures.split(originals, recipe.data.held_out)[0]
    if recipe.task == "superres":
        return SuperResTask(recipe, train, held, finer)
    if recipe.task == "combined":
        return CombinedTask(recipe, train, held, palettes)
    if recipe.task == "plain-colour":
        return PlainColourTask(recipe, train, held, palettes)
    return ColourTask(recipe, train, held, palettes, finer=finer)


def make_task(recipe: Recipe, data: Path, run: RunFolder, fine: Path | None = None) -> Any:
    """`task_for` a run; the palettes of a colour run stay those that it began with."""
    task = task_for(recipe, data, run.palettes(), fine)
    if isinstance(task, ColourTask):
        run.keep_palettes(task.palettes)
    return task


def fit(
    recipe: Recipe,
    data: Path,
    folder: Path,
    device: str,
    progress: Callable[[int, int], None],
    parents: Sequence[Path] = (),
    teacher: Path | None = None,
    fine: Path | None = None,
) -> None:
    """Train into ``folder`` (resuming what is there) and put the model into ``folder/model``.

    A fresh run begins with the weights of the models in the folders ``parents``, if given: see
    `trainer.finetune.initial_weights`. A colorizer's palettes are kept too. ``teacher`` is the
    folder of a super-resolver that another one follows, where the recipe gives that a weight;
    ``fine`` one of better originals of the pictures: see `trainer.data.pictures.load_fine`.

    Raises
    ------
    ModelRejected
        A parent is damaged, or of another architecture than the recipe's.
    """
    run = RunFolder(folder)
    run.begin(recipe)
    fabric = hardware.fabric_for(device, recipe.run.precision)
    initial = _begin_with(parents, recipe, run) if parents else None
    task = make_task(recipe, data, run, fine)
    if teacher and isinstance(task, SuperResTask):
        task.teacher = weights.load(read_card(teacher), fabric.device)
    run.tell(data_read(task))
    company = Company(progress=progress)
    network = fit_loop.fit(task, recipe, run, fabric, company, initial).network
    _finish(network, task)
    if recipe.architecture in weights.ARCHITECTURES:
        exporting.export(network, recipe, task, run, folder / "model")
    else:  # a baseline: its scores are all that is wanted
        scores: dict[str, Any] = {k: round(v, 4) for k, v in task.score(network.eval()).items()}
        scores |= {k: task.notes[k] for k in ("encoder",) if k in task.notes}
        text = json.dumps(scores, indent=1)
        (folder / "scores.json").write_text(text + "\n", encoding="utf-8")


def _finish(network: Module, task: Any) -> None:
    """What a network learns when it has learnt all else."""
    trunk = network.sharp if isinstance(network, Combined) else network
    if isinstance(trunk, Gated):
        told = superres_reduction.teach(trunk.eval(), task.plane, task.recipe.run.seed)
        task.notes["reductions_told_apart"] = told


def data_read(task: Any, refused: int = 0, fingerprint: str = "") -> DataRead:
    """What a task has to learn from, as an event."""
    training, held = task.notes["training_pictures"], task.notes["held_out_pictures"]
    return DataRead(time.time(), training, held, refused, fingerprint)


def _begin_with(parents: Sequence[Path], recipe: Recipe, run: RunFolder) -> dict[str, Tensor]:
    cards = [read_card(parent) for parent in parents]
    state = initial_weights.weights_of(cards, recipe)
    for card in cards:
        if card.palettes and run.palettes() is None:
            run.keep_palettes(np.array([p.code for p in card.palettes], np.float32))
    told = "; ".join(f"{card.name}, sha256 {card.sha256}" for card in cards)
    run.tell(Remark(time.time(), 0, f"{exporting.BEGINS} {told}."))
    return state


def export(folder: Path, data: Path, shelf: Path) -> Path:
    """Export a run's newest checkpoint to ``shelf/<id of its card>``."""
    run = RunFolder(folder)
    recipe = run.recipe()
    state = run.newest()
    if state is None:
        raise DatasetProblem(
            Text("{name} has no checkpoint yet", name=folder.name), hint="Train it first."
        )
    task = make_task(recipe, data, run)
    network = task.network()
    network.load_state_dict(state["average"])
    _finish(network, task)
    return exporting.export(network.eval(), recipe, task, run, shelf / recipe.card.id)
