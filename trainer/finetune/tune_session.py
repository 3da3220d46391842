"""One process's work on a run of fine-tuning: it reads, trains, writes, judges, and tells of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import torch
from lightning_fabric import Fabric
from torch import nn

from astroview.core.errors import AstroviewError, Cancelled, ModelRejected
from astroview.core.messages.train_messages import (
    DataRead,
    Ended,
    Outcome,
    Remark,
    Stage,
    StageProgress,
    TrainEvent,
)
from astroview.core.models.model_card import CARD_NAME, ModelCard, default_shelf, read_card
from astroview.core.texts import Text
from astroview.engine.networks import weights
from astroview.engine.runtime.device import is_lost
from trainer.calibrate import tuned_intervals
from trainer.config import Recipe, TuneConfig, share_of
from trainer.data import training_data
from trainer.data.pictures import Picture, Shown
from trainer.data.training_data import Material
from trainer.finetune import export_tuned, target_folds, verdict
from trainer.finetune.choose_recipe import recipe_for
from trainer.finetune.pinned_crops import Pinned
from trainer.finetune.target_folds import FoldProgress, TargetFold
from trainer.finetune.telescope_run import TelescopeRun, telescope_run
from trainer.finetune.verdict import Witness
from trainer.loop import fit_contract, fit_loop, hardware, replay, shuffled_control
from trainer.loop.batch_shares import dealt
from trainer.loop.fit_contract import Company
from trainer.loop.learner_state import fresh
from trainer.loop.memory_estimate import measure
from trainer.loop.run_folder import RunFolder
from trainer.loop.stdin_control import StdinControl
from trainer.loop.tensorboard_log import TensorBoardLog
from trainer.tasks.colour_task import ColourTask
from trainer.tasks.superres_task import SuperResTask
from trainer.tasks.telescope_task import TelescopeTask

T = TypeVar("T")
TELL_S = 0.25  # progress of a stage is told no more often than this
FEW = Text(
    "Few targets are held out: they only judge. The best weights are chosen by pictures that are"
    " learnt from."
)
UNJUDGED = Text(
    "It was to train no further before all folds were trained: only those that are judge, if any."
)


@dataclass(frozen=True)
class Parent:
    """The model that a run begins with."""

    card: ModelCard
    network: nn.Module


class TuneSession:
    """One process's work on a run."""

    def __init__(
        self,
        config: TuneConfig,
        run: RunFolder,
        steering: StdinControl,
        tell: Callable[[TrainEvent], None],
        bundled: Sequence[Picture] | None,
        *,
        alone: bool = True,
    ) -> None:
        self.config, self.run, self.steering, self.told = config, run, steering, tell
        self.bundled = bundled
        logs = config.tensorboard and alone and hardware.is_first()
        self.board = TensorBoardLog(run.path) if logs else None
        self.alone = alone  # or a fold of another run, whose pictures nobody looks at
        self.speaks = hardware.is_first()
        self.spoken = 0.0
        self.step = 0
        self.scope: TelescopeRun | None = None

    def go(self) -> Ended:
        """Read, train, judge."""
        card = _parent(self.config.model)
        learnt_from, folds = self.read(card)
        if not self.scope:  # pictures are tuned on from the model that answers them
            card = weights.shelf_of(card).answering(card, "display")
        outcome, task = self.trained(card, learnt_from)
        made = self.export(outcome, card, learnt_from, task) if self.speaks else None
        if folds and self.steering.finish:  # before its time: they are judged by as many steps
            self.steering.finished()
            self.config = replace(self.config, steps=max(1, outcome.step), minutes=0.0)
        witnesses = self.folded(card, learnt_from, folds)
        if made is None:
            return ended("done", outcome.step)
        if witnesses and (told := tuned_intervals.as_of(witnesses[0].model, made)):
            self.remark(tuned_intervals.in_words(told))
        self.judge(card, made, learnt_from, witnesses)
        return self.end(Ended(time.time(), "done", outcome.step, made.name))

    def read(self, card: ModelCard) -> tuple[Material, tuple[TargetFold, ...]]:
        """What is learnt from and judged by; with folds, each of them has a share of the budget."""
        scale = card.scale if card.task == "superres" else 0
        found = training_data.gather(self.config, card.task, self.progress("reading"), scale)
        self.scope = self.measured(card, found)
        folds = () if self.scope else target_folds.folds(self.config, found)
        if self.scope:
            found = found.noted(self.scope.note())
        elif folds:
            self.config = share_of(self.config)
            found = target_folds.whole(found, self.config)
        elif found.shared:
            found = found.noted(FEW)
        found = self.controlled(found, card)
        self.tell(_data_read(found))
        return found, folds

    def controlled(self, found: Material, card: ModelCard) -> Material:
        """What a control learns from: shuffled pictures."""
        if not self.config.control:
            return found
        how = (card.task, card.scale, self.config.seed)
        train = shuffled_control.shuffled(found.train, *how)
        return replace(found, train=train).noted("A control: it learns from shuffled pictures.")

    def trained(
        self, card: ModelCard, learnt_from: Material
    ) -> tuple[fit_contract.Outcome, ColourTask | SuperResTask]:
        """Train to the end of the budget. Raises Cancelled when asked to leave before."""
        made = self.on_device_or_cpu(lambda name: self.fit(name, card, learnt_from))
        self.step = made[0].step
        if not made[0].over:
            raise Cancelled
        return made

    def folded(
        self, card: ModelCard, whole: Material, folds: Sequence[TargetFold]
    ) -> tuple[Witness, ...]:
        """A model of each fold, in a run folder of its own, which is gone on with; asked to train
        no further, those that are ready.
        """
        made: list[Witness] = []
        for fold in folds:
            if self.steering.finish:
                self.remark(UNJUDGED)
                break
            told = FoldProgress(fold, folds, self.tell)
            run = RunFolder(self.run.path / target_folds.FOLDER / str(fold.number))
            run.prepare()
            other = TuneSession(self.config, run, self.steering, told, self.bundled, alone=False)
            material = other.controlled(fold.material(whole), card)
            outcome, task = other.trained(card, material)
            if self.steering.finish:
                self.remark(UNJUDGED)
                break
            if self.speaks:
                model = other.export(outcome, card, material, task, intervals=fold.number == 1)
                made.append(Witness(model, fold.held))
        return tuple(made)

    def measured(self, card: ModelCard, learnt_from: Material) -> TelescopeRun | None:
        """The telescope that the frames are of, where the run is to learn in its units."""
        if card.task != "superres":
            return None
        return telescope_run(self.config, learnt_from, card.scale, self.progress("reading"))

    def on_device_or_cpu(self, work: Callable[[str], T]) -> T:
        """What ``work`` makes on the chosen device; on the CPU when that is lost in mid-run."""
        try:
            return work(self.config.device)
        except RuntimeError as problem:
            if not is_lost(problem):
                raise
            if hardware.processes() > 1:
                raise AstroviewError(
                    Text("a device was lost: {problem}", problem=problem),
                    hint="The last checkpoint is kept: --resume.",
                ) from problem
            said = str(problem).splitlines()[0]
        message = f"The device was lost ({said}): it goes on on the CPU from the last checkpoint."
        self.tell(Remark(time.time(), self.step, message, warning=True))
        return work("cpu")

    def fit(
        self, device: str, card: ModelCard, learnt_from: Material
    ) -> tuple[fit_contract.Outcome, ColourTask | SuperResTask]:
        """Train on a device, when it is this run's turn there; what came of it, and the task."""
        # What the bundled super-resolvers were trained in; twice as fast where a CPU has it.
        half = card.task == "superres" and hardware.is_fast_cpu(device)
        fabric = hardware.fabric_for(device, "bfloat16" if half else "auto")
        parent = Parent(card, weights.load(card, torch.device("cpu")))
        with hardware.turn(str(fabric.device), self.step, self.steering, self.tell):
            recipe, own, task = self.plan(fabric, parent, learnt_from)
            company = Company(
                model=card.id,
                steering=self.steering,
                sample=Pinned(own, parent.network, self.run.path, self.tell)
                if self.alone
                else fit_contract.nobody,
                from_base=True,
                tell=self.hear,
            )
            state = parent.network.state_dict()
            return fit_loop.fit(task, recipe, self.run, fabric, company, state), own

    def plan(
        self, fabric: Fabric, parent: Parent, learnt_from: Material
    ) -> tuple[Recipe, ColourTask | SuperResTask, Any]:
        """The recipe, its task, and that with replay; the batch is what there is memory for."""
        config = self.config
        recipe = recipe_for(config, parent.card, learnt_from.train, hardware.processes())
        few = learnt_from.shared and not self.scope  # what judges shall have chosen nothing
        watched = training_data.spread(learnt_from.train if few else learnt_from.watched)
        if self.scope:
            recipe = self.scope.recipe(recipe)
            own = TelescopeTask(
                recipe, learnt_from.train, watched, self.scope, control=self.config.control
            )
        else:
            own = task_for(recipe, learnt_from.train, watched, parent)
        task: Any = own
        if config.replay:
            scenes = replay.scenes(self.progress("reading"))
            plain = replace(recipe, data=replace(recipe.data, skies=0.0))
            skies = task_for(plain, scenes, (), parent, survey=False)
            sharing = hardware.processes()
            least = 1 if dealt(recipe.run.batch, sharing) else sharing
            task = replay.Replaying(own, skies, parent.network, config.replay, least)
        hardware.hold_to(fabric.device, config.memory_gb)
        if not config.batch and hardware.processes() == 1:
            footprint = measure(task, fresh(task, recipe))
            limit = hardware.room(fabric.device, config.memory_gb)
            batch = footprint.batch_within(limit, recipe.run.batch)
            recipe = replace(recipe, run=replace(recipe.run, batch=batch))
        return recipe, own, task

    def export(
        self,
        outcome: fit_contract.Outcome,
        card: ModelCard,
        learnt_from: Material,
        task: ColourTask | SuperResTask,
        *,
        intervals: bool = True,
    ) -> Path:
        """Write the tuned model into the run folder, with ``intervals`` of its own errors."""
        self.tell(StageProgress(time.time(), "exporting", 0, 1))
        recipe = recipe_for(self.config, card, learnt_from.train)
        convention = task.convention if isinstance(task, ColourTask) else None
        star = self.scope.star if self.scope else 0.0
        given = (recipe, card, learnt_from, self.run, convention, star)
        made = export_tuned.export(outcome, self.config, *given)
        held = {p.name: p for p in (*learnt_from.watched, *learnt_from.judged) if intervals}
        told = tuned_intervals.recalibrate(card, made, [*held.values()], self.progress("exporting"))
        if told:
            self.remark(tuned_intervals.in_words(told))
        self.tell(StageProgress(time.time(), "exporting", 1, 1))
        return made

    def judge(
        self, card: ModelCard, made: Path, learnt_from: Material, witnesses: Sequence[Witness]
    ) -> None:
        """Say whether it is better than its parent, on pictures that chose nothing."""
        assert card.folder is not None
        progress = self.progress("scoring")
        chosen = verdict.spread(learnt_from.judged, verdict.MOST)
        skies = self.scope.judged if self.scope else ()
        given = (self.run.path, progress, self.bundled, skies, witnesses)
        found = verdict.judge(card.folder, made, chosen, *given)
        verdict.note_on_card(made, found)
        self.tell(found)

    def progress(self, stage: Stage) -> Callable[[int, int], None]:
        """Tell how far a stage is, a few times a second; asked to leave, it ends there."""

        def told(done: int, of: int) -> None:
            if self.steering.leave:
                raise Cancelled
            if done == of or time.monotonic() - self.spoken > TELL_S:
                self.spoken = time.monotonic()
                self.tell(StageProgress(time.time(), stage, done, of))

        return told

    def tell(self, event: TrainEvent) -> None:
        """Tell the run folder, and whoever listens here; of several processes the first does."""
        if self.speaks:
            self.run.tell(event)
            self.hear(event)

    def remark(self, message: str) -> None:
        """Tell something to know."""
        self.tell(Remark(time.time(), self.step, message))

    def hear(self, event: TrainEvent) -> None:
        """Pass on what the run folder was told."""
        self.step = getattr(event, "step", self.step)
        self.told(event)
        if self.board:
            self.board(event)

    def end(self, event: Ended) -> Ended:
        """The last event."""
        self.tell(event)
        return event


def task_for(
    recipe: Recipe,
    train: Sequence[Shown],
    watched: Sequence[Shown],
    parent: Parent,
    survey: bool = True,
) -> ColourTask | SuperResTask:
    """The task of a recipe on pictures; a colorizer keeps its palettes, and of a ``survey``
    offers one more.
    """
    if recipe.task == "superres":
        return SuperResTask(recipe, train, watched)
    codes = np.array([p.code for p in parent.card.palettes], np.float32)
    known = codes[: int(recipe.hyper.get("palettes", len(codes)))] if len(codes) else None
    return ColourTask(recipe, train, watched, known, variations=1, survey=survey)


def _parent(model: str) -> ModelCard:
    """The model of that id on the shelf, or in that folder; ModelRejected when its weights are not
    to be had.
    """
    folder = Path(model)
    card = read_card(folder) if (folder / CARD_NAME).is_file() else default_shelf().card(model)
    if card.task not in ("colorize", "superres"):
        raise ModelRejected(
            Text("{name} cannot be tuned: its task is {task}", name=card.name, task=card.task)
        )
    weights.load(card, torch.device("cpu"))  # before pictures are read
    return card


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


def ended(outcome: Outcome, step: int, problem: AstroviewError | None = None) -> Ended:
    message, hint = (problem.message, problem.hint) if problem else ("", "")
    return Ended(time.time(), outcome, step, "", message, hint)
