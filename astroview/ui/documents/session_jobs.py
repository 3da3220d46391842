"""Work under way on what is open, as data: who does it lies elsewhere, who shows it listens."""

from __future__ import annotations

from dataclasses import field, replace
from pathlib import Path
from typing import Literal
from uuid import uuid4

from PySide6.QtCore import QObject, Signal

from astroview.core.lazy_dataclass import dataclass
from astroview.core.messages.worker_messages import Progress
from astroview.core.options import EnhanceOptions
from astroview.ui.i18n.translate import tr

JobKind = Literal["enhance", "compose", "combine"]


@dataclass(frozen=True)
class SessionJob:
    """One piece of work.

    Attributes
    ----------
    name
        What is worked on, for the user.
    key
        The document that it is of; 0 when it makes a new one.
    options
        What a frame is enhanced with.
    replaces
        Id of the result whose place is taken; "" when there is one more.
    draft
        Made because a choice changed: a further change may replace it.
    scratch
        The folder of the process that works, once there is one.
    progress
        The newest; None before the first.
    """

    kind: JobKind
    name: str
    key: int = 0
    options: EnhanceOptions | None = None
    replaces: str = ""
    draft: bool = False
    scratch: Path | None = None
    progress: Progress | None = None
    id: str = field(default_factory=lambda: uuid4().hex)


class SessionJobs(QObject):
    """The work under way, one piece of each kind.

    Signals
    -------
    changed : kind
        Work began, ended, or is done by another process now.
    progressed : `SessionJob`
    """

    changed = Signal(str)
    progressed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: dict[JobKind, SessionJob] = {}

    def get(self, kind: JobKind) -> SessionJob | None:
        """The work of that kind, if any is under way."""
        return self._jobs.get(kind)

    def begin(self, job: SessionJob) -> None:
        """Work begins."""
        self._jobs[job.kind] = job
        self.changed.emit(job.kind)

    def place(self, kind: JobKind, scratch: Path) -> None:
        """The folder that the process works in."""
        if job := self._jobs.get(kind):
            self._jobs[kind] = replace(job, scratch=scratch)
            self.changed.emit(job.kind)

    def progress(self, kind: JobKind, progress: Progress) -> None:
        """How far it is."""
        if job := self._jobs.get(kind):
            now = self._jobs[kind] = replace(job, progress=progress)
            self.progressed.emit(now)

    def end(self, kind: JobKind) -> None:
        """It is over, in whatever way."""
        if self._jobs.pop(kind, None):
            self.changed.emit(kind)


def progress_text(progress: Progress) -> str:
    """``Sharpening · 48 % · 0:12 left``."""
    note = tr(progress.note)
    note = note[:1].upper() + note[1:]
    parts = [note, f"{100 * progress.done // progress.of} %" if progress.done else ""]
    if progress.eta_s is not None and progress.eta_s >= 1:
        minutes, seconds = divmod(round(progress.eta_s), 60)
        parts.append(tr("{minutes}:{seconds:02d} left", minutes=minutes, seconds=seconds))
    return " · ".join(part for part in parts if part)
