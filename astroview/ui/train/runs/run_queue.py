"""The runs: which there are, which trains now, which wait for their turn."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from astroview.core.errors import AstroviewError
from astroview.core.messages import train_messages as messages
from astroview.core.messages.train_messages import Ended, TrainMessage, TrainRequest
from astroview.core.texts import Text
from astroview.ui.process.json_process import Ending
from astroview.ui.process.thread_pool import Background
from astroview.ui.shell.notice import Notice
from astroview.ui.train.runs import run_folders, run_plan
from astroview.ui.train.runs.event_tail import Tail
from astroview.ui.train.runs.run_folders import RunGlance
from astroview.ui.train.runs.run_record import RunRecord
from astroview.ui.train.runs.run_state import ACTIVE, State
from astroview.ui.train.runs.train_process import TrainProcess
from trainer.config import TuneConfig

log = logging.getLogger(__name__)
PATIENCE_MS = 15_000  # from Leave to kill
CLOCK_S = 0.5  # by which clocks and rounded times may differ


class Runs(QObject):
    """Knows all runs; one trains on a device at a time, others wait in the queue.

    Parameters
    ----------
    folder
        Where new runs go.
    command
        The command of a run folder: program and arguments.

    Signals
    -------
    listed : runs came or went, or stand in another order
    changed : `RunRecord`; it stands differently, or told something
    ended : `RunRecord`; our process there has ended
    notice : `Notice`
    """

    listed = Signal()
    changed = Signal(object)
    ended = Signal(object)
    notice = Signal(object)

    def __init__(
        self,
        folder: Path,
        command: Callable[[Path], list[str]],
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.folder, self.command, self._background = folder, command, background
        self.all: list[RunRecord] = []
        self._queue: list[RunRecord] = []
        self._default_device = "auto"
        self._shown: RunRecord | None = None
        self.searched = False

    # ---- which there are -----------------------------------------------------------------

    def search(self, others: Iterable[str] = ()) -> None:
        """Look for runs beside the window's thread."""
        work = partial(run_folders.find, self.folder, [Path(other) for other in others])
        self._background.run(work, self._found, self._not_found)

    def open(self, folder: Path) -> RunRecord | None:
        """Take up a run folder that lies elsewhere; None when it is none."""
        known = self.at(folder)
        if known:
            return known
        if not run_folders.is_run(folder):
            self.notice.emit(
                Notice(
                    Text("{name} is no run folder.", name=folder.name),
                    "A run folder holds config.toml and events.jsonl.",
                    "error",
                )
            )
            return None
        return self._add(RunRecord.of(run_folders.glance(folder)))

    def at(self, folder: Path) -> RunRecord | None:
        """The run of a folder."""
        return next((run for run in self.all if run.path == folder), None)

    def pace(self, model: str, device: str) -> float:
        """Steps a second of the latest run of that model on a device; 0 where there was none."""
        wanted = self._default_device if device == "auto" else device
        same = (r for r in self.all if r.model == model and self._device(r) == wanted)
        return next((r.story.learnt.rate for r in same if r.story.learnt), 0.0)

    def forget(self, run: RunRecord) -> None:
        """A run is not listed any more; its folder is not touched."""
        if run.process is None:
            self.all.remove(run)
            if run in self._queue:
                self._queue.remove(run)
            self._stop_tail(run)
            self.listed.emit()

    def show(self, run: RunRecord | None) -> None:
        """A run is looked at: read all that it told, and go on reading."""
        before, self._shown = self._shown, run
        if before and before is not run and before.process is None:
            self._stop_tail(before)
        if run:
            self._tail(run)

    # ---- making them go ------------------------------------------------------------------

    def begin(self, config: TuneConfig) -> RunRecord | None:
        """A new run; it starts at once, or when its device is free. None when it cannot."""
        folder = run_plan.free_folder(self.folder, config, datetime.now())
        try:
            config = run_plan.write(config, folder)
        except AstroviewError as error:
            self.notice.emit(Notice.of(error))
            return None
        run = self._add(RunRecord.of(RunGlance(folder, config, run_folders.Story())))
        self.go_on(run)
        return run

    def go_on(self, run: RunRecord) -> None:
        """Start a run, or go on with it from its checkpoint; it waits when its device is taken."""
        if run.process or run.queued:
            return
        run.ending = None
        if any(self._same_device(run, other) for other in self.all if other.process):
            run.queued = True
            self._queue.append(run)
            self.changed.emit(run)
        else:
            self._start(run)

    def leave_queue(self, run: RunRecord) -> None:
        """A run does not wait for its turn any more."""
        if run.queued:
            run.queued = False
            self._queue.remove(run)
            self.changed.emit(run)

    def pause(self, run: RunRecord) -> None:
        """Wait after this step, with everything loaded."""
        self._ask(run, messages.Pause())

    def resume(self, run: RunRecord) -> None:
        """Go on after `pause`."""
        self._ask(run, messages.Resume())

    def finish(self, run: RunRecord) -> None:
        """Train no further: score, write and judge the model."""
        self._ask(run, messages.Finish())

    def leave(self, run: RunRecord) -> None:
        """Keep a checkpoint and end; killed when it does not end by itself."""
        if run.process and not run.leaving:
            self._ask(run, messages.Leave())
            run.leaving = True
            QTimer.singleShot(PATIENCE_MS, run.process, run.process.kill)
            self.changed.emit(run)

    @property
    def active(self) -> list[RunRecord]:
        """The runs in which a process of ours trains."""
        return [run for run in self.all if run.process]

    def set_default_device(self, name: str) -> None:
        """Which device "auto" takes."""
        self._default_device = name

    def close(self) -> None:
        """End our processes; their runs can be resumed."""
        self._queue.clear()
        active = self.active
        for run in active:  # asked at the same time, so that they keep checkpoints side by side
            assert run.process
            run.process.send(messages.Leave())
        for run in active:
            assert run.process
            run.process.close()
        for run in self.all:
            self._stop_tail(run)

    # ---- inside --------------------------------------------------------------------------

    def _found(self, glances: list[RunGlance]) -> None:
        known = {run.path for run in self.all}
        self.all += [RunRecord.of(found) for found in glances if found.path not in known]
        self.searched = True
        self.listed.emit()

    def _not_found(self, error: AstroviewError) -> None:
        self.searched = True
        self.notice.emit(Notice.of(error))
        self.listed.emit()

    def _add(self, run: RunRecord) -> RunRecord:
        self.all.insert(0, run)
        self.listed.emit()
        return run

    def _start(self, run: RunRecord) -> None:
        self._tail(run)
        run.queued = run.leaving = False
        run.started = time.time() - CLOCK_S
        run.said = None
        run.process = TrainProcess(run.path, self)
        run.process.said.connect(partial(self._process_said, run))
        run.process.ended.connect(partial(self._process_ended, run))
        run.process.begin(self.command(run.path))
        self.changed.emit(run)

    def _ask(self, run: RunRecord, request: TrainRequest) -> None:
        if run.process:
            run.process.send(request)

    def _process_said(self, run: RunRecord, event: TrainMessage) -> None:
        if isinstance(event, Ended):
            run.said = event

    def _process_ended(self, run: RunRecord, ending: Ending) -> None:
        if run.process:
            run.process.deleteLater()
        run.process, run.ending, run.leaving = None, ending, False
        if run.tail:
            run.tail.look_now()
        self.changed.emit(run)
        self.ended.emit(run)
        self._start_next()

    def _start_next(self) -> None:
        for run in tuple(self._queue):
            if not any(self._same_device(run, other) for other in self.active):
                self._queue.remove(run)
                self._start(run)

    def _same_device(self, one: RunRecord, other: RunRecord) -> bool:
        return self._device(one) == self._device(other)

    def _device(self, run: RunRecord) -> str:
        wanted = run.config.device if run.config else "auto"
        return self._default_device if wanted == "auto" else wanted

    def _tail(self, run: RunRecord) -> None:
        if run.tail is None:
            run.tail = Tail(self._background, self)
            run.tail.helped.connect(lambda: self.changed.emit(run))
            run.tail.caught_up.connect(partial(self._caught_up, run))
            run.tail.follow(run.path)

    def _stop_tail(self, run: RunRecord) -> None:
        if run.tail:
            run.first = run.story
            run.tail.follow(None)
            run.tail.deleteLater()
            run.tail = None

    def _caught_up(self, run: RunRecord) -> None:
        """A run elsewhere may have fallen silent."""
        if run.process is None and run.state is not run.told_state:
            self.changed.emit(run)
        run.told_state = run.state


def busy_state(run: RunRecord) -> bool:
    """Whether a process trains there, ours or another."""
    return run.state in ACTIVE and run.state is not State.QUEUED
