"""What a training run says and hears.

Events are lines of ``events.jsonl`` in the run folder, whoever trains there: a child process of
the window, a terminal, or a cluster. Whoever watches reads that file as it grows, and nothing
else; so a run that a cluster wrote is shown like one of our own. Requests come in on the
trainer's stdin when it was started with ``--steered``. Closed stdin means: keep a checkpoint
and end; the same run folder resumes. A failure is said on its stdout as well, as `Ended`: a disk
that is full, or a folder that is locked, takes no word of it.

Paths in events are relative to the run folder. Times are seconds since 1970.
"""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from astroview.core import json_lines
from astroview.core.lazy_dataclass import dataclass

FORMAT = 2  # of run folders; the first one's events were not typed
Stage = Literal["reading", "baseline", "training", "folds", "scoring", "exporting"]
Outcome = Literal["done", "stopped", "failed", "interrupted"]
Side = Literal["own", "bundled"]


@dataclass(frozen=True)
class Begun:
    """A process trains here from now on: the first time, or once more after a stop.

    ``steps`` is 0 while only ``minutes`` bound the run. ``trained`` of ``parameters`` numbers
    are learnt; the others stay as they were. ``figure`` is the one of `Scored` by which the best
    weights are chosen; ``higher`` says whether more of it is better.
    """

    time: float
    format: int
    model: str
    task: str
    method: str
    device: str
    step: int
    steps: int
    minutes: float
    parameters: int = 0
    trained: int = 0
    figure: str = ""
    higher: bool = True
    processes: int = 1


@dataclass(frozen=True)
class DataRead:
    """What there is to learn from; ``fingerprint`` is a sha256 over the files' contents."""

    time: float
    training: int
    held_out: int
    refused: int
    fingerprint: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class StageProgress:
    """How far a stage is that is no training; told a few times a second at most."""

    time: float
    stage: Stage
    done: int
    of: int


@dataclass(frozen=True)
class Learnt:
    """A few steps more: the loss, its terms, and the pace. ``memory`` is the peak in bytes of
    the device, or of the process on a CPU; ``share`` is how much of the budget is spent, 0 to 1.
    """

    time: float
    step: int
    loss: float
    terms: dict[str, float] = field(default_factory=dict[str, float])
    rate: float = 0.0
    eta_s: float | None = None
    memory: int = 0
    batch: int = 0
    share: float = 0.0


@dataclass(frozen=True)
class Scored:
    """Figures on held-out pictures, of the network as it is; step 0 is the base model. ``best``:
    these weights are the best so far, and are kept.
    """

    time: float
    step: int
    values: dict[str, float]
    best: bool = False


@dataclass(frozen=True)
class Sampled:
    """Pictures of a pinned crop: ``before`` (input), ``now`` (the network as it is), ``truth``,
    and ``base`` (the model that the run began with). PNG files; the same ``crop`` keeps its place.
    """

    time: float
    step: int
    crop: int
    before: str
    base: str
    now: str
    truth: str


@dataclass(frozen=True)
class Kept:
    """A checkpoint is on disk."""

    time: float
    step: int


@dataclass(frozen=True)
class Remark:
    """Something to know: a halved batch, a restored checkpoint, a lost device."""

    time: float
    step: int
    message: str
    warning: bool = False


@dataclass(frozen=True)
class Waits:
    """The run is paused (or waits for a device that another run uses), with all it loaded."""

    time: float
    step: int
    reason: str = ""


@dataclass(frozen=True)
class GoesOn:
    """The run goes on after `Waits`."""

    time: float
    step: int


@dataclass(frozen=True)
class Figure:
    """One line of a verdict: a figure of base and tuned model on one set of pictures.

    ``side`` is the user's own held-out part or the bundled validation set. ``change`` is positive
    for better, in the figure's unit; ``noise`` its standard error over the pictures.
    """

    side: Side
    name: str
    unit: str
    base: float
    tuned: float
    change: float
    noise: float
    pictures: int


@dataclass(frozen=True)
class Verdict:
    """Is the tuned model better? ``keep`` is the advice, ``headline`` says it in one sentence.

    ``pictures`` are rows of PNG files (input, base, tuned, truth).
    """

    time: float
    keep: bool
    headline: str
    reasons: tuple[str, ...]
    figures: tuple[Figure, ...]
    pictures: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Ended:
    """The process is about to end. ``model`` is the folder of the tuned model, or empty.

    ``done``: the verdict is there. ``stopped``: a checkpoint is kept, and the run can go on.
    """

    time: float
    outcome: Outcome
    step: int
    model: str = ""
    message: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Pause:
    """Wait after this step, with everything loaded."""


@dataclass(frozen=True)
class Resume:
    """Go on after `Pause`."""


@dataclass(frozen=True)
class Finish:
    """Train no further: score what was learnt, export it, judge it."""


@dataclass(frozen=True)
class Leave:
    """Keep a checkpoint and end now."""


TrainEvent = (
    Begun | DataRead | StageProgress | Learnt | Scored | Sampled | Kept | Remark
    | Waits | GoesOn | Verdict | Ended
)  # fmt: skip
TrainRequest = Pause | Resume | Finish | Leave
TrainMessage = TrainEvent | TrainRequest

_TYPES: dict[str, type[TrainMessage]] = {
    kind.__name__: kind
    for kind in (
        *(Begun, DataRead, StageProgress, Learnt, Scored, Sampled, Kept, Remark),
        *(Waits, GoesOn, Verdict, Ended),
        *(Pause, Resume, Finish, Leave),
    )
}


def encode(message: TrainMessage) -> str:
    """One line of JSON, pure ASCII, without the newline."""
    return json_lines.encode(message)


def decode(line: str) -> TrainMessage:
    """The message in a line; the inverse of `encode`. Raises ValueError when there is none."""
    return json_lines.decode(line, _TYPES)
