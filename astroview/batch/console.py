"""How a batch is reported in a terminal: live bars on a screen, plain lines in a pipe."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from astroview.core.wording import sentences

if TYPE_CHECKING:
    from types import TracebackType

    from astroview.batch.plan import Job
    from astroview.batch.run import Outcome
    from astroview.core import messages


class PlainReport:
    """One line a file: results on stdout, failures on stderr."""

    def __init__(self) -> None:
        self._place = ""

    def __enter__(self) -> PlainReport:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pass

    def started(self, job: Job, number: int, of: int) -> None:
        self._place = f"[{number}/{of}] " if of > 1 else ""

    def progress(self, job: Job, event: messages.Progress) -> None:
        pass

    def ended(self, outcome: Outcome) -> None:
        job = outcome.job
        if outcome.problem:
            reason = sentences(outcome.problem, outcome.hint)
            print(f"{self._place}{job.source}: failed: {reason}", file=sys.stderr, flush=True)
        else:
            print(
                f"{self._place}{job.source} -> {job.target} ({outcome.seconds:.1f} s)", flush=True
            )


class LiveReport(PlainReport):
    """The same lines, and below them a bar for the file at work with the time left."""

    def __init__(self) -> None:
        super().__init__()
        self._bars = Progress(
            TextColumn("{task.description}", table_column=None),
            BarColumn(bar_width=30),
            TaskProgressColumn(),
            TextColumn("{task.fields[note]}"),
            console=Console(),
            transient=True,
            redirect_stderr=sys.stderr.isatty(),
        )
        self._task = self._bars.add_task("", total=None, note="")

    def __enter__(self) -> LiveReport:
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bars.stop()

    def started(self, job: Job, number: int, of: int) -> None:
        super().started(job, number, of)
        title = escape(f"{self._place}{job.source.name}")
        self._bars.reset(self._task, description=title, note="starting")

    def progress(self, job: Job, event: messages.Progress) -> None:
        left = "" if event.eta_s is None else f"{_clock(event.eta_s)} left"
        self._bars.update(
            self._task,
            completed=event.done,
            total=event.of,
            note="  ".join(part for part in (escape(event.note), left) if part),
        )


def report_for_terminal() -> PlainReport:
    """Live bars when stdout is a screen."""
    return LiveReport() if sys.stdout.isatty() else PlainReport()


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
