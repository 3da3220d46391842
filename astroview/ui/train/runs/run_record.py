"""One run as the window knows it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from astroview.core.messages.train_messages import Ended
from astroview.ui.process.json_process import Ending
from astroview.ui.train.runs import run_state
from astroview.ui.train.runs.event_tail import Tail
from astroview.ui.train.runs.run_events import Story
from astroview.ui.train.runs.run_folders import QUIET_S, RunGlance
from astroview.ui.train.runs.run_state import State
from astroview.ui.train.runs.train_process import TrainProcess
from trainer.config import TuneConfig


@dataclass
class RunRecord:
    """A run folder, what it told, and the process of ours that trains there, if any."""

    path: Path
    config: TuneConfig | None
    first: Story  # at first sight; the tail knows more
    tail: Tail | None = None
    process: TrainProcess | None = None
    ending: Ending | None = None  # of our last process there
    said: Ended | None = None  # by our last process: a failure, whether or not its folder took it
    queued: bool = False
    leaving: bool = False
    started: float = 0.0  # when our process was
    told_state: State | None = None
    decided: str = ""  # "kept" or "discarded"

    @staticmethod
    def of(glance: RunGlance) -> RunRecord:
        """A run that was found."""
        return RunRecord(glance.path, glance.config, glance.story)

    @property
    def story(self) -> Story:
        """What it told, as far as it was read."""
        if self.tail and (not self.tail.story.empty or self.first.empty):
            return self.tail.story
        return self.first

    @property
    def name(self) -> str:
        """What the run is called."""
        return (self.config.name if self.config else "") or self.path.name

    @property
    def model(self) -> str:
        """Id of the model that it began with."""
        begun = self.story.begun
        return begun.model if begun else self.config.model if self.config else ""

    @property
    def elsewhere(self) -> bool:
        """Whether another process writes there: it said something only just now."""
        told = self.story
        if self.process or told.ended or self.ending is not None:
            return False
        return 0 <= time.time() - told.last_time < QUIET_S

    @property
    def state(self) -> State:
        """Where it stands."""
        if self.leaving and self.process:
            return State.LEAVING
        starting = self.process is not None and self.story.last_time < self.started
        alive = self.process is not None or self.elsewhere
        state = run_state.state_of(self.story, alive=alive, queued=self.queued, starting=starting)
        return State.FAILED if self._failed(state) else state

    def _failed(self, state: State) -> bool:
        """Whether our last process there failed without a word in the folder."""
        if self.process or self.queued or not (self.ending and self.ending.code):
            return False
        silent = self.story.last_time < self.started
        return silent or state in (State.NEW, State.INTERRUPTED)

    @property
    def failure(self) -> Ended | None:
        """Why it failed, if it said so."""
        return self.said or self.story.ended

    @property
    def ours(self) -> bool:
        """Whether a process of this window trains there, so that it takes requests."""
        return self.process is not None

    @property
    def resumable(self) -> bool:
        """Whether it can be begun, or gone on with."""
        return not self.process and not self.queued and self.state in run_state.RESUMABLE
