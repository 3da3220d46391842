"""What run folders there are, and a first look at each: its plan, how it began and how it ends."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

from astroview.core.io.paths.plain_paths import is_file, opened
from astroview.core.lazy_dataclass import dataclass
from astroview.ui.train.runs import run_plan
from astroview.ui.train.runs.event_tail import EVENTS, take_line
from astroview.ui.train.runs.run_events import Story
from trainer.config import TuneConfig
from trainer.finetune.tune_config import CONFIG_NAME

HEAD, END = 16 * 1024, 64 * 1024  # bytes of the file of events
QUIET_S = 120.0  # a run that says nothing for so long is not at work any more


@dataclass(frozen=True)
class RunGlance:
    """A run folder at first sight; ``fresh`` says that its last event is only just written."""

    path: Path
    config: TuneConfig | None
    story: Story
    fresh: bool = False

    @property
    def name(self) -> str:
        """What the run is called."""
        return (self.config.name if self.config else "") or self.path.name


def find(runs: Path, others: Iterable[Path]) -> list[RunGlance]:
    """The runs in a folder and those elsewhere, the latest first."""
    try:
        own = [folder for folder in runs.iterdir() if is_run(folder)]
    except OSError:
        own = []
    known = dict.fromkeys([*own, *(folder for folder in others if is_run(folder))])
    glances = [glance(folder) for folder in known]
    return sorted(glances, key=lambda g: g.story.first_time or _made(g.path), reverse=True)


def is_run(folder: Path) -> bool:
    """Whether a folder holds a run."""
    return any(is_file(folder / name) for name in (CONFIG_NAME, EVENTS))


def glance(folder: Path) -> RunGlance:
    """Look at the beginning and the end of what a run said."""
    story = Story()
    for line in _ends(folder / EVENTS):
        take_line(story, line)
    quiet = time.time() - story.last_time
    fresh = story.ended is None and 0 <= quiet < QUIET_S
    return RunGlance(folder, run_plan.read(folder), story, fresh)


def _ends(path: Path) -> list[bytes]:
    """The first and the last lines of a file."""
    try:
        with opened(path) as file:
            size = file.seek(0, 2)
            file.seek(0)
            if size <= HEAD + END:
                return file.read().split(b"\n")
            head = file.read(HEAD).split(b"\n")[:-1]
            file.seek(size - END)
            return head + file.read().split(b"\n")[1:]
    except OSError:
        return []


def _made(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except OSError:
        return 0.0
