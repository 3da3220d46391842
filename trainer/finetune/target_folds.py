"""Folds over targets: where few are held out, every target judges, under a model that learnt from
others alone.

The budget is shared alike by the folds and by the model that is kept, which learns from all
targets. So a fold's model learnt as long, from fewer: what the folds gain is rather less than what
the model does.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from astroview.core.messages.train_messages import (
    GoesOn,
    Learnt,
    StageProgress,
    TrainEvent,
    Waits,
)
from astroview.core.texts import Text
from trainer.config import FOLDS, TuneConfig
from trainer.data.pictures import Shown
from trainer.data.training_data import Material

FOLDER = "folds"  # of a run folder: each fold is a run folder there, which is gone on with
OF = 100  # what a fold's progress is told in
TELL_S = 1.0


@dataclass(frozen=True)
class TargetFold:
    """What a fold's model learns from, and the targets that it is judged on; numbered from 1."""

    number: int
    train: tuple[Shown, ...]
    held: tuple[Shown, ...]

    def material(self, whole: Material) -> Material:
        """What a run of the fold is given: those who judge choose nothing."""
        return replace(whole, train=self.train, watched=self.held, judged=self.held, notes=())


def folds(config: TuneConfig, found: Material) -> tuple[TargetFold, ...]:
    """The folds of a run; none where enough targets are held out, or no folds are wished."""
    if config.folds == "no" or (config.folds == "auto" and not found.shared):
        return ()
    pictures = everything(found)
    targets = sorted({p.target for p in pictures}, key=_hash)
    parts = [set(targets[k::FOLDS]) for k in range(FOLDS)]
    return tuple(
        TargetFold(
            k + 1,
            tuple(p for p in pictures if p.target not in part),
            tuple(p for p in pictures if p.target in part),
        )
        for k, part in enumerate(parts)
    )


def everything(found: Material) -> tuple[Shown, ...]:
    """All pictures of a material, each once."""
    held = found.judged if found.shared else (*found.watched, *found.judged)
    return (*found.train, *held)


def whole(found: Material, config: TuneConfig) -> Material:
    """What the model that is kept learns from: all, with nothing held out. ``config`` has the
    budget of one of the runs.
    """
    pictures = everything(found)
    each = Text.counted("{count} step", "{count:,} steps", config.steps) if config.steps else ""
    if config.minutes:
        minutes = Text("{minutes:.3g} minutes", minutes=config.minutes)
        each = Text("{minutes} or {steps}", minutes=minutes, steps=each) if each else minutes
    note = Text(
        "Few targets are held out, so all {targets} judge, in {folds} folds: of each a model that"
        " learnt from the others. The folds' models and the one that is kept, which learns from"
        " all, have {each} each.",
        targets=len({p.target for p in pictures}),
        folds=FOLDS,
        each=each,
    )
    return replace(found, train=pictures, watched=(), judged=()).noted(note)


class FoldProgress:
    """What a fold tells of itself, told on as a stage of the whole run."""

    def __init__(self, fold: TargetFold, of: Sequence[TargetFold], tell: Callable[..., None]):
        self._before, self._count, self._tell = fold.number - 1, len(of), tell
        self._spoken = 0.0

    def __call__(self, event: TrainEvent) -> None:
        """Hear an event of the fold's run."""
        if isinstance(event, Waits | GoesOn):
            self._tell(event)
        elif isinstance(event, Learnt) and time.monotonic() - self._spoken > TELL_S:
            self._spoken = time.monotonic()
            done = round(OF * (self._before + event.share) / self._count)
            self._tell(StageProgress(event.time, "folds", min(done, OF - 1), OF))


def _hash(target: str) -> str:
    return hashlib.sha256(target.encode(errors="surrogatepass")).hexdigest()
