"""What a run has told so far, as plain data: curves, scores, pictures, remarks, how it ended.

A run that goes on from a checkpoint says its steps after that once more: what it said of them
before is forgotten, as what it learnt then is.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass, field

from astroview.core import strict_json
from astroview.core.messages import train_messages as messages
from astroview.core.messages.train_messages import (
    Begun,
    DataRead,
    Ended,
    GoesOn,
    Kept,
    Learnt,
    Remark,
    Sampled,
    Scored,
    StageProgress,
    TrainMessage,
    Verdict,
    Waits,
)

REMARKS = 500  # that are kept


class RunCurve:
    """Values over steps, in the order of steps."""

    def __init__(self) -> None:
        self.steps, self.values = array("q"), array("d")

    def add(self, step: int, value: float) -> None:
        """One value more; what was known of this step and later ones is forgotten."""
        if self.steps and step <= self.steps[-1]:
            self.cut(step - 1)
        self.steps.append(step)
        self.values.append(value)

    def cut(self, last: int) -> None:
        """Forget what comes after a step."""
        kept = bisect_right(self.steps, last)
        del self.steps[kept:], self.values[kept:]


@dataclass
class Story:
    """Everything that the panel draws of one run; `take` is given each event.

    ``scores`` holds one curve a figure; where there is a value of step 0 it is the base
    model's. ``samples`` are those of each pinned crop, in the order of steps.
    """

    begun: Begun | None = None
    data: DataRead | None = None
    stage: StageProgress | None = None
    learnt: Learnt | None = None
    waits: Waits | None = None
    verdict: Verdict | None = None
    ended: Ended | None = None
    kept_step: int = 0
    best_step: int | None = None
    loss: RunCurve = field(default_factory=RunCurve)
    terms: dict[str, RunCurve] = field(default_factory=dict[str, RunCurve])
    scores: dict[str, RunCurve] = field(default_factory=dict[str, RunCurve])
    samples: dict[int, list[Sampled]] = field(default_factory=dict[int, list[Sampled]])
    remarks: list[Remark] = field(default_factory=list[Remark])
    peak_memory: int = 0
    first_time: float = 0.0
    last_time: float = 0.0
    other_format: str = ""  # why the run cannot be shown: another version wrote it
    unknown_lines: int = 0

    @property
    def step(self) -> int:
        """The last step that was told, or kept."""
        told = self.learnt or self.begun
        return max(told.step if told else 0, self.kept_step)

    @property
    def empty(self) -> bool:
        """Whether nothing was told yet."""
        return not self.first_time and not self.other_format

    def take(self, event: TrainMessage) -> None:
        """Another event."""
        time = getattr(event, "time", 0.0)
        self.first_time = self.first_time or time
        self.last_time = max(self.last_time, time)
        if self.ended and not isinstance(event, Ended):
            self._wake()
        match event:
            case Begun():
                self._begin(event)
            case Learnt():
                self._learn(event)
            case Scored():
                self.best_step = event.step if event.best else self.best_step
                for name, value in event.values.items():
                    self.scores.setdefault(name, RunCurve()).add(event.step, value)
            case Sampled():
                self._sample(event)
            case Remark():
                self.remarks.append(event)
                del self.remarks[:-REMARKS]
            case Ended():
                self.ended, self.waits, self.stage = event, None, None
            case _:
                self._note(event)

    def take_unknown(self, line: str) -> None:
        """A line that is no event we know: perhaps another version's run."""
        self.unknown_lines += 1
        if self.begun is None and not self.other_format:
            self.other_format = _version(line)

    def _wake(self) -> None:
        """Another process is at work here; it reads the frames before it says that it begins."""
        self.ended = self.verdict = self.waits = self.stage = self.learnt = None

    def _begin(self, event: Begun) -> None:
        if event.format != messages.FORMAT:
            self.other_format = f"format {event.format}"
            return
        self.other_format = ""
        for curve in (self.loss, *self.terms.values()):
            curve.cut(event.step)
        for curve in self.scores.values():
            curve.cut(event.step)
        for crop, told in self.samples.items():
            self.samples[crop] = [sample for sample in told if sample.step <= event.step]
        self._wake()
        self.begun, self.kept_step = event, min(self.kept_step, event.step)

    def _note(self, event: TrainMessage) -> None:
        match event:
            case DataRead():
                self.data = event
            case StageProgress():
                self.stage = event
            case Kept():
                self.kept_step = event.step
            case Waits():
                self.waits = event
            case GoesOn():
                self.waits = None
            case Verdict():
                self.verdict = event
            case _:
                pass  # a request; nobody writes those into the file

    def _learn(self, event: Learnt) -> None:
        self.learnt, self.stage = event, None
        self.peak_memory = max(self.peak_memory, event.memory)
        self.loss.add(event.step, event.loss)
        if len(event.terms) > 1:
            for name, value in event.terms.items():
                self.terms.setdefault(name, RunCurve()).add(event.step, value)

    def _sample(self, event: Sampled) -> None:
        told = self.samples.setdefault(event.crop, [])
        while told and told[-1].step >= event.step:
            told.pop()
        told.append(event)


def _version(line: str) -> str:
    """What a line says of the version that wrote it; "" when it says nothing."""
    try:
        told = strict_json.loads(line, nan=True)
    except ValueError:
        return ""
    if not isinstance(told, dict):
        return ""
    if told.get("type") == "Begun" and told.get("format") != messages.FORMAT:
        return f"format {told.get('format')}"
    return "format 1" if "event" in told else ""
