"""A batch that runs: its process, what it says, and the requests to it."""

from __future__ import annotations

import logging
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from astroview.core.messages import batch_messages as messages
from astroview.core.messages.batch_messages import BatchDone, BatchEvent, BatchProblem
from astroview.ui.batch.batch_phase import ACTIVE, BatchStanding, Phase
from astroview.ui.batch.batch_plan import BatchPlan
from astroview.ui.batch.batch_process import BatchProcess, Ending
from astroview.ui.batch.failure_notices import Failures
from astroview.ui.batch.queue_model import QueueModel
from astroview.ui.i18n.translate import noted
from astroview.ui.shell.notice import Notice

log = logging.getLogger(__name__)
PATIENCE_MS = 8000  # from Cancel all to kill


class BatchRunner(QObject):
    """Runs one plan at a time and keeps the queue in step with it.

    Signals
    -------
    changed
        Another phase, or news from the process.
    ended : True when it was stopped, False when it is done
    broke_off : (what happened, what to do); what was not done waits for another `run`
    refused
        The process never began; back to the draft.
    notice : `Notice`
    """

    changed = Signal()
    ended = Signal(bool)
    broke_off = Signal(str, str)
    refused = Signal()
    notice = Signal(object)

    def __init__(
        self, command: list[str], model: QueueModel, failures: Failures, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._model, self._failures = model, failures
        self.process = BatchProcess(command, self)
        self.phase = Phase.DRAFT
        self.plan: BatchPlan | None = None
        self.done: BatchDone | None = None
        self._problem: BatchProblem | None = None
        self._eta_s: float | None = None
        self._listing = self._listed = False
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self.process.kill)
        self.process.said.connect(self._take)
        self.process.helped.connect(self.changed)
        self.process.ended.connect(self._process_ended)

    @property
    def active(self) -> bool:
        """Whether there is a process at work (or on its way in or out)."""
        return self.phase in ACTIVE

    def standing(self) -> BatchStanding:
        """Where it stands."""
        return BatchStanding(
            self.phase,
            dict(self._model.counts),
            self._listing,
            bool(self.plan and self.plan.choices.watch),
            self._model.parts(),
            self._eta_s,
        )

    # ---- requests ----------------------------------------------------------------------

    def run(self, plan: BatchPlan) -> None:
        """Start a plan, or go on with it: what is done is skipped."""
        self.process.close()  # one that has said its last word may still be leaving
        self._failures.clear()
        self.plan, self.done, self._problem, self._eta_s = plan, None, None, None
        self._listing, self._listed = True, False
        self._enter(Phase.STARTING)
        self.process.start(plan)

    def add(self, paths: tuple[str, ...]) -> None:
        """More files and folders for the batch that runs."""
        if self.plan:
            self.process.send(messages.Add(paths))
            self.plan = replace(self.plan, paths=(*self.plan.paths, *paths))

    def pause(self) -> None:
        """Begin no further frame."""
        if self.phase is Phase.RUNNING:
            self.process.send(messages.Pause())
            self._enter(Phase.PAUSED)

    def resume(self) -> None:
        """Go on after `pause`."""
        if self.phase is Phase.PAUSED:
            self._problem = None
            self.process.send(messages.Resume())
            self._enter(Phase.RUNNING)

    def stop(self) -> None:
        """Cancel everything; what is done stays. Killed when it does not stop by itself."""
        if self.active and self.phase is not Phase.STOPPING:
            self._enter(Phase.STOPPING)
            self.process.send(messages.Stop())
            self.process.leave()
            self._patience.start()

    def skip(self, ids: tuple[str, ...]) -> None:
        """Cancel frames that wait or are at work."""
        if ids:
            self.process.send(messages.Skip(ids))

    def retry(self, ids: tuple[str, ...]) -> None:
        """Do failed and cancelled frames again."""
        if self.phase is Phase.ENDED and self.plan:
            self.run(self.plan)
        elif ids and self.active:
            self._failures.clear()
            self.process.send(messages.Retry(ids))

    def order(self, ids: tuple[str, ...]) -> None:
        """Do these first, in this order."""
        self.process.send(messages.Order(ids))

    def forget(self) -> None:
        """Back to a draft; the process must have ended, or goes."""
        self.process.close()
        self._failures.clear()
        self.plan = self.done = self._problem = None
        self._enter(Phase.DRAFT)

    def close(self) -> None:
        """End the process."""
        self._patience.stop()
        self.process.close()

    # ---- what the process says -------------------------------------------------------------

    def _take(self, event: BatchEvent) -> None:
        match event:
            case messages.Listed():
                self._take_listed(event)
            case messages.ItemState():
                row = self._model.take_state(event)
                if row and event.state == "failed":
                    self._failures.add(row)
            case messages.ItemProgress():
                self._model.take_progress(event)
            case messages.BatchProgress():
                self._eta_s = event.eta_s
                if self.phase in (Phase.STARTING, Phase.RUNNING, Phase.PAUSED):
                    self.phase = Phase.PAUSED if event.paused else Phase.RUNNING
            case messages.BatchProblem():
                self._problem = event
                self.notice.emit(Notice.of_words(event.message, event.hint))
            case messages.BatchDone():
                self.done = event
                if self.phase is not Phase.STOPPING:
                    self._end(stopped=False)

    def _take_listed(self, event: messages.Listed) -> None:
        if not self._listed:
            self._listed = True
            self._model.remove(self._model.ids("ready"))
        self._model.list_items(event.items)
        self._listing = event.more
        if self.phase is Phase.STARTING:
            self.phase = Phase.RUNNING

    def _process_ended(self, ending: Ending) -> None:
        self._patience.stop()
        if self.phase is Phase.STOPPING:
            self._model.set_all("waiting", "cancelled")
            self._model.set_all("running", "cancelled")
            self._end(stopped=True)
        elif self.phase is not Phase.ENDED and self._model.rowCount() and self._listed:
            self._break_off(ending)
        elif self.phase is not Phase.ENDED:
            self._refuse(ending)

    def _end(self, stopped: bool) -> None:
        self._failures.clear()
        self._enter(Phase.ENDED)
        self.ended.emit(stopped)

    def _break_off(self, ending: Ending) -> None:
        self._model.set_all("running", "waiting")
        problem, hint = "The batch stopped unexpectedly.", "What is done is kept; Resume goes on."
        if self._problem:
            problem, hint = self._problem.message, self._problem.hint
        else:
            log.warning("the batch broke off: %s %s", ending.code, ending.last_words)
            resume = self._run_again
            self.notice.emit(Notice(problem, hint, "error", "Resume", resume))
        self._enter(Phase.ENDED)
        self.broke_off.emit(problem, hint)

    def _run_again(self) -> None:
        if self.phase is Phase.ENDED and self.plan:
            self.run(self.plan)

    def _refuse(self, ending: Ending) -> None:
        if self._problem is None:
            said = ending.last_words.splitlines()[-1:] or [noted("It ended without a word.")]
            reason = said[0].partition("error: ")[2] or said[0]
            self.notice.emit(Notice.of_words("The batch could not start", reason))
        had_ended = bool(self._model.ids("done", "failed", "waiting", "cancelled"))
        self._enter(Phase.ENDED if had_ended else Phase.DRAFT)
        self.refused.emit()

    def _enter(self, phase: Phase) -> None:
        self.phase = phase
        self.changed.emit()
