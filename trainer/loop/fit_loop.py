"""One loop for all tasks: batch, loss, step, average, tell, score, keep. Top to bottom.

Several processes (one for each device) take the loop's turns together: each learns from its
part of the same batch, and decides what the first one decides.
"""

from __future__ import annotations

import copy
import time
from contextlib import ExitStack
from typing import NamedTuple

import torch
from lightning_fabric import Fabric
from torch import Tensor, nn

from astroview.core.errors import DatasetProblem, OutOfMemory
from astroview.core.messages.train_messages import (
    FORMAT,
    Begun,
    GoesOn,
    Kept,
    Learnt,
    Remark,
    Scored,
    TrainEvent,
    Waits,
)
from astroview.core.texts import Text
from astroview.engine.runtime.device import is_out_of_memory
from trainer.config import Recipe
from trainer.data.prefetch import Prefetch
from trainer.loop import hardware, trainable_weights
from trainer.loop import learner_state as learner
from trainer.loop.batch_shares import share_of
from trainer.loop.budget import Aside, Clock, due, learning_rate
from trainer.loop.fit_contract import Company, Outcome, TrainingTask
from trainer.loop.learner_state import Learner, Terms
from trainer.loop.run_folder import RunFolder

SCORES, SAMPLES = 16, 32  # times in a budget, where a recipe names no steps
KEEP_S = 45.0  # between checkpoints, where a recipe names no steps
EASES = 6  # times that the rate is lowered before a run gives up
EASE = 0.4
COMPARES = "The content loss compares"  # says a run that has one


class Due(NamedTuple):
    """What a step is followed by."""

    tell: bool
    score: bool
    sample: bool
    keep: bool


def fit(
    task: TrainingTask,
    recipe: Recipe,
    folder: RunFolder,
    fabric: Fabric,
    company: Company,
    initial: dict[str, Tensor] | None = None,
) -> Outcome:
    """Train, resuming from the folder's newest checkpoint.

    A fresh run begins with the weights ``initial``, if given.

    Raises
    ------
    DatasetProblem
        The loss is no number however low the rate.
    """
    run = _FitRun(task, recipe, folder, fabric, company, initial)
    try:
        return run.fit()
    finally:
        run.batches.close()


class _FitRun:
    """One process's way through the loop."""

    def __init__(
        self,
        task: TrainingTask,
        recipe: Recipe,
        folder: RunFolder,
        fabric: Fabric,
        company: Company,
        initial: dict[str, Tensor] | None,
    ) -> None:
        self.task, self.recipe, self.run = task, recipe, recipe.run
        self.folder, self.fabric, self.company = folder, fabric, company
        self.learner: Learner = learner.begin(task, recipe, fabric, initial)
        state = folder.newest()
        if state:
            self.learner.restore(state)
        self.at_first = copy.deepcopy(self.learner.state()) if state is None else None
        self.clock = Clock(recipe.run, float(state["spent"]) if state and "spent" in state else 0)
        self.kept = time.monotonic()
        self.spoken = (self.learner.step, self.clock.spent)
        mine = share_of(task.batch, fabric.global_rank, fabric.world_size)
        self.batches = Prefetch(mine, hardware.helpers(fabric.device))
        self.scored = self.last_kept = self.learner.step
        self.scoring = Aside(recipe.run.validate_every > 0)
        self.sampling = Aside(recipe.run.sample_every > 0)
        self.eased = 0

    def fit(self) -> Outcome:
        """The loop."""
        learner, company = self.learner, self.company
        self._begun()
        if learner.step == 0 and company.from_base:
            self._score()
            self._sample()
        share = self._together(self.clock.share(learner.step))
        while share < 1 and not self._enough():
            terms = self._learn(share)
            before, share = share, self._together(self.clock.share(learner.step))
            falls = self._due(before, share)
            if any(falls) and not learner.sound:
                share = self._back_off()
                continue
            if falls.tell:
                self._learnt(terms, share)
            if falls.score and self._affords(self.scoring, share):
                self._score()
            if falls.sample and self._affords(self.sampling, share):
                self._sample()
            if falls.keep:
                self._keep()
            self._between()
        return self._close()

    def _due(self, before: float, share: float) -> Due:
        """What is to be done after the step that brought the budget from ``before`` to there."""
        run, step, last = self.run, self.learner.step, share >= 1
        late = time.monotonic() - self.kept > KEEP_S
        keep = step % run.checkpoint_every == 0 if run.checkpoint_every else late
        return Due(
            last or step % run.log_every == 0,
            last or due(run.validate_every, SCORES, step, before, share),
            last or due(run.sample_every, SAMPLES, step, before, share),
            last or keep,
        )

    def _close(self) -> Outcome:
        """Keep what was learnt; choose what to go on with."""
        learner, steering = self.learner, self.company.steering
        if steering.finish and not steering.leave and learner.step > self.scored:
            self._score()
        if learner.step > self.last_kept:
            self._keep()
        return Outcome(self._chosen(), learner.step, not steering.leave)

    def _learn(self, share: float) -> Terms:
        """A step on this process's part of a batch, in pieces where memory does not hold it."""
        while True:
            try:
                return self._step(share)
            except (RuntimeError, MemoryError) as problem:
                if not is_out_of_memory(problem):
                    raise
            self._halve()  # out here: inside, the error would still hold the memory

    def _step(self, share: float) -> Terms:
        learner = self.learner
        batch = self.batches(learner.step, learner.batch)
        mine = {key: value.to(self.fabric.device) for key, value in batch.items()}
        lr = learning_rate(self.run, learner.step, share)
        return learner.learn(self.fabric, self.task, mine, lr, share)

    def _halve(self) -> None:
        """Go on with twice as many pieces of a batch, or end when they are single samples."""
        learner = self.learner
        piece = -(-learner.batch // learner.parts)
        if piece == 1 or self.fabric.world_size > 1:  # the others wait for this one's gradients
            raise OutOfMemory(
                Text(
                    "{device} has too little memory for a batch of {piece}",
                    device=self.fabric.device,
                    piece=piece,
                ),
                hint="Close other programs there, choose another device, or a smaller batch.",
            )
        learner.parts *= 2
        if self.fabric.device.type == "cuda":
            torch.cuda.empty_cache()
        self._remark(
            f"Memory did not hold {piece} samples at once: each batch of {learner.batch} is "
            f"taken in pieces of {-(-learner.batch // learner.parts)}."
        )

    def _between(self) -> None:
        """Between two steps: report, wait, leave."""
        with ExitStack() as broken_off:
            broken_off.callback(self._keep)
            self.company.progress(self.learner.step, self.run.steps)
            broken_off.pop_all()  # nobody did
        steering = self.company.steering
        if steering.paused:
            self._tell(Waits(time.time(), self.learner.step))
            self.clock.stand()
            steering.wait()
            self.clock.go_on()
            self._tell(GoesOn(time.time(), self.learner.step))

    def _enough(self) -> bool:
        """Whether to stop before the budget is spent."""
        steering = self.company.steering
        if 0 < self.run.patience <= self.learner.stale:
            self._remark(f"No gain in {self.learner.stale} scores: stopped early.")
            return True
        return bool(self._together(float(steering.finish or steering.leave)))

    def _back_off(self) -> float:
        """Restore the last checkpoint, with a lower rate; the budget's share."""
        self.eased += 1
        if self.eased > EASES:
            raise DatasetProblem(
                "the loss is no number, however low the learning rate",
                hint="Look for broken pictures in the data, or begin from another model.",
            )
        failed, ease = self.learner.step, self.learner.ease * EASE
        self.learner.restore(self.folder.newest() or {"step": 0, **(self.at_first or {})})
        self.learner.ease = ease
        step = self.learner.step
        self._remark(
            f"The loss was no number at step {failed}: back at step {step}, with "
            f"{self.learner.ease:.0%} of the learning rate.",
            warning=True,
        )
        return self._together(self.clock.share(step))

    def _affords(self, aside: Aside, share: float) -> bool:
        """Whether there is time for it; what is asked for by steps, and the last one, always is."""
        if aside.asked or share >= 1:
            return True
        return bool(self._together(float(aside.affordable(self.clock.spent))))

    def _score(self) -> None:
        with self.scoring.timed(self.clock):
            self.scored = step = self.learner.step
            if self.fabric.is_global_zero:
                values = self.task.score(self.learner.average)
                best = self.learner.judge(values[self.task.figure], self.task.higher)
                self._tell(Scored(time.time(), step, values, best))
            if self.fabric.world_size > 1:  # the others need to know when to stop
                self.learner.stale = int(self.fabric.broadcast(self.learner.stale))

    def _sample(self) -> None:
        with self.sampling.timed(self.clock):
            if self.fabric.is_global_zero:
                self.company.sample(self.learner.average, self.learner.step)
            if self.fabric.world_size > 1:  # the others' clocks stand as long
                self.fabric.barrier()

    def _keep(self) -> None:
        self.kept, self.last_kept = time.monotonic(), self.learner.step
        if self.fabric.is_global_zero and self.learner.sound:
            state = {**self.learner.state(), "spent": self.clock.spent}
            self.folder.save_checkpoint(self.learner.step, state)
            self._tell(Kept(time.time(), self.learner.step))

    def _chosen(self) -> nn.Module:
        average = self.learner.average
        if self.run.keep_best and self.learner.best is not None:
            average.load_state_dict(self.learner.best)
        return average

    def _begun(self) -> None:
        parameters, trained = trainable_weights.count(self.learner.raw)
        event = Begun(
            time.time(),
            FORMAT,
            self.company.model or self.recipe.card.id,
            self.recipe.task,
            self.run.method,
            str(self.fabric.device),
            self.learner.step,
            self.run.steps,
            self.run.minutes,
            parameters,
            trained,
            self.task.figure,
            self.task.higher,
            self.fabric.world_size,
        )
        self._tell(event)
        if self.learner.adversary and self.recipe.loss.content:
            self._remark(f"{COMPARES} {self.learner.adversary.content}.")

    def _learnt(self, terms: Terms, share: float) -> None:
        step, (first, began) = self.learner.step, self.spoken
        seconds = max(self.clock.spent - began, 1e-6)
        loss, *values = self._means([terms[1], *(term.detach() for term in terms[0].values())])
        event = Learnt(
            time.time(),
            step,
            loss,
            dict(zip(terms[0], values, strict=True)),
            round((step - first) / seconds, 4),
            self.clock.left(step, share, first, began),
            hardware.peak_memory(self.fabric.device),
            self.learner.batch,
            round(share, 5),
        )
        self._tell(event)
        self.spoken = (step, self.clock.spent)

    def _remark(self, message: str, *, warning: bool = False) -> None:
        self._tell(Remark(time.time(), self.learner.step, message, warning))

    def _tell(self, event: TrainEvent) -> None:
        if self.fabric.is_global_zero:
            self.folder.tell(event)
            self.company.tell(event)

    def _together(self, value: float) -> float:
        """The largest of all processes' values."""
        if self.fabric.world_size == 1:
            return value
        told = self.fabric.all_reduce(torch.tensor(value), reduce_op="max")
        return float(told)  # type: ignore[arg-type]

    def _means(self, values: list[Tensor]) -> list[float]:
        """Values as the mean over all processes, rounded to say them."""
        told = torch.stack([value.float() for value in values])
        if self.fabric.world_size > 1:
            told = self.fabric.all_reduce(told, reduce_op="mean")
        return [round(float(value), 6) for value in told]  # type: ignore[union-attr]
