"""What the loop is given and gives: the task that learns, who goes along, and how it ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from torch import Tensor, nn

from astroview.core.messages.train_messages import (
    TrainEvent,
)
from trainer.loop.stdin_control import StdinControl

Progress = Callable[[int, int], None]


class Answer(NamedTuple):
    """What a network made of a batch: the weighted terms of its loss, and the pictures as a
    critic sees them, made and real, (B, C, H, W).
    """

    terms: dict[str, Tensor]
    fake: Tensor
    real: Tensor


class TrainingTask(Protocol):
    """What the loop needs of a task.

    ``seen_channels`` are those of the critic's pictures; ``figure`` is the one of `score` by
    which weights are chosen, and ``higher`` says whether more of it is better.
    """

    seen_channels: int
    figure: str
    higher: bool

    def network(self) -> nn.Module:
        """The untrained network."""
        ...

    def batch(self, step: int, size: int) -> dict[str, Tensor]:
        """The training batch of that step, a function of seed, step and size."""
        ...

    def answer(self, network: Any, batch: dict[str, Tensor]) -> Answer:
        """Run the network on the batch and judge what it made."""
        ...

    def score(self, network: Any) -> dict[str, float]:
        """Figures on the held-out part."""
        ...


def nobody(*_: object) -> None:
    """Nobody listens."""


@dataclass(frozen=True)
class Company:
    """Who goes along with a run.

    Parameters
    ----------
    model
        What the run is said to train.
    progress
        Called as ``progress(step, steps)`` between steps; may raise to stop, a checkpoint is
        then kept first.
    steering
        What is asked for between steps.
    sample
        Called as ``sample(network, step)`` to draw pictures.
    from_base
        Score and draw before the first step: the network can already do its work.
    tell
        Hears what the run folder is told too.
    """

    model: str = ""
    progress: Progress = nobody
    steering: StdinControl = field(default_factory=StdinControl)
    sample: Callable[[nn.Module, int], None] = nobody
    from_base: bool = False
    tell: Callable[[TrainEvent], None] = nobody


class Outcome(NamedTuple):
    """How training ended: the network to keep (the best, where scores chose), at which step,
    and whether it is over, or was left to be gone on with.
    """

    network: nn.Module
    step: int
    over: bool
