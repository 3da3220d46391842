"""Where those who work on a batch report: to the journal first, then to the board."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from astroview.batch import journal
from astroview.batch.batch_state import BatchState
from astroview.batch.journal import Journal
from astroview.batch.output_names import Task
from astroview.batch.retry import CHANGED, has_changed, retry
from astroview.core.bands.band_sets import content_of
from astroview.core.errors import AstroviewError, UnreadableFrame
from astroview.core.io.byte_stores import read_head
from astroview.core.io.paths import remote_paths
from astroview.core.messages.batch_messages import ItemProgress, ItemState
from astroview.core.messages.worker_messages import Progress
from astroview.core.options import SavedFile
from astroview.core.texts import Text

THUMBS = ("before", "after")


def thumb_name(name: str) -> str:
    """Where in the folder of thumbnails those of a task go: no folder holds too many."""
    return f"{name[:2]}/{name}"


@dataclass(frozen=True, slots=True)
class ReadyResult:
    """A file that is to be enhanced; ``content`` is its sha256, the rest as it was read."""

    task: Task
    content: str
    size: int
    mtime_ns: int

    def has_changed(self) -> bool:
        """Whether the file is no longer what was read; a lost one fails where it is opened."""
        return has_changed(self.task.source, self.size, self.mtime_ns)


@dataclass(frozen=True)
class OutcomeRecorder:
    """What became of a file, for any thread to say.

    Parameters
    ----------
    recipe
        The fingerprint of what is done to every file.
    thumbs
        Folder for thumbnails; None: none are made.
    on_full
        Called when a disk is full: stop or pause, for every further file would fail.
    """

    board: BatchState
    journal: Journal
    recipe: str
    thumbs: Path | None
    on_full: Callable[[], None]

    def read(self, task: Task) -> ReadyResult | None:
        """Look at a file, and whether it is done; None when there is nothing left to do.

        Raises
        ------
        UnreadableFrame
            The file is missing, empty, forbidden, or changes while it is read.
        """
        ready = self._known(task) or _identified(task)
        record = self.journal.done(task.target, ready.content, self.recipe)
        target = task.target_in(self.board.out)
        if record is not None and journal.is_intact(record, target):
            thumbs = self.thumbnails(task)
            before, after = (f"{thumbs}-{which}.png" for which in THUMBS)
            has = bool(thumbs) and Path(after).exists()
            self.board.settle(
                task,
                ItemState(
                    *(task.id, "skipped", str(target), 0.0),
                    warnings=record.warnings,
                    before=before if has else "",
                    after=after if has else "",
                ),
            )
            return None
        start = journal.Start(task.target, task.source, ready.content, ready.size, ready.mtime_ns)
        self.journal.append(start)
        return ready

    def _known(self, task: Task) -> ReadyResult | None:
        try:
            now = os.stat(task.source)  # noqa: PTH116 - it may have changed since it was listed
        except OSError:
            return None
        content = self.journal.known_input(task.source, now.st_size, now.st_mtime_ns)
        return ReadyResult(task, content, now.st_size, now.st_mtime_ns) if content else None

    def thumbnails(self, task: Task) -> str:
        """Where thumbnails of a file go (see `save_result.finish`); empty for none."""
        return str(self.thumbs / thumb_name(task.id)) if self.thumbs else ""

    def progress(self, task: Task, event: Progress) -> None:
        """How far a file is."""
        told = ItemProgress(task.id, event.done, event.of, event.eta_s, event.note)
        self.board.tell(told)

    def done(self, ready: ReadyResult, saved: SavedFile, seconds: float) -> None:
        """A result is on disk."""
        task = ready.task
        self.journal.append(
            journal.Done(
                *(task.target, ready.content, self.recipe),
                *(saved.sha256, saved.size, saved.mtime_ns, round(seconds, 3), saved.warnings),
            )
        )
        target = str(task.target_in(self.board.out))
        self.board.settle(
            task,
            ItemState(
                *(task.id, "done", target, seconds),
                warnings=saved.warnings,
                before=saved.before,
                after=saved.after,
            ),
        )

    def failed(self, task: Task, message: str, hint: str = "", seconds: float = 0.0) -> None:
        """A file cannot be enhanced."""
        self.journal.append(journal.Failed(task.target, task.source, message, hint), sync=False)
        told = ItemState(task.id, "failed", "", seconds, problem=message, hint=hint)
        self.board.settle(task, told)

    def full(self, task: Task, error: AstroviewError) -> None:
        """There is no room: the file waits again, and the batch does not run into it further."""
        first = not self.board.is_held
        self.on_full()
        self.board.put_back(task)
        if first:
            self.board.problem(error.message, error.hint)

    def retry_or_fail(self, task: Task, message: str, hint: str) -> None:
        """What happened may have nothing to do with the file: once more, then it fails."""
        if not retry(self.board, task):
            self.failed(task, message, hint)

    def cancelled(self, task: Task) -> None:
        """A file was given up, as somebody wished."""
        self.board.settle(task, ItemState(task.id, "cancelled"))


def _identified(task: Task) -> ReadyResult:
    if not remote_paths.is_url(task.source):
        return _hashed(task, Path(task.source))
    key = remote_paths.content_key(task.source)
    found = remote_paths.status(task.source)
    if found is None:
        raise UnreadableFrame(*CHANGED)
    return ReadyResult(task, key, found.size, found.mtime_ns)


def _hashed(task: Task, path: Path) -> ReadyResult:
    """Read a file to its end; it must be the same before and after."""
    for wait_s in (1.0, 0.0):
        try:
            before = _status(path)
            content, after = content_of(path), path.stat()
        except OSError as problem:
            raise UnreadableFrame(
                Text(
                    "{name} cannot be read: {strerror}",
                    name=path.name,
                    strerror=problem.strerror or problem,
                ),
                hint="Check that the drive is there and that you may read the file.",
            ) from problem
        if (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns):
            return ReadyResult(task, content, after.st_size, after.st_mtime_ns)
        time.sleep(wait_s)
    raise UnreadableFrame(*CHANGED)


def _status(path: Path) -> os.stat_result:
    with suppress(OSError):  # which `read_head` puts in plain words
        kind = path.stat().st_mode
        if not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):
            raise UnreadableFrame(
                Text("{name} is not a file", name=path.name), hint="Name a file or a folder."
            )
    read_head(path)
    return path.stat()
