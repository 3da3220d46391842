"""Files in, enhanced files out. A file that fails is named with its reason; the others go on.

    listing -> board -> reading -> ready -> computing -> made -> saving -> journal, board

Each arrow is a thread's hand-over; what lies between is bounded. Whatever ends the process, the
journal tells the next run what is done.
"""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from astroview import __version__
from astroview.batch import batch_report as report
from astroview.batch import journal
from astroview.batch.batch_state import BatchState, Tell
from astroview.batch.bounded_queue import BoundedQueue
from astroview.batch.journal import Journal, open_journal
from astroview.batch.lister import Earlier, Lister, check_bands
from astroview.batch.local_workers import LocalWorkers
from astroview.batch.outcome_recorder import THUMBS, OutcomeRecorder, ReadyResult, thumb_name
from astroview.batch.output_names import Namer, Task, task_id
from astroview.batch.recipe import BatchRecipe, fingerprint, magnification, words
from astroview.batch.watch_loop import WatchLoop, folders_of
from astroview.core.atomic_write import leftovers
from astroview.core.errors import CannotSave, UnreadableFrame
from astroview.core.io.paths import temp_folders
from astroview.core.io.paths.file_names import check_name
from astroview.core.io.paths.find_frames import Filter
from astroview.core.io.paths.remote_paths import Place
from astroview.core.messages.batch_messages import BatchDone
from astroview.core.models.model_card import default_shelf
from astroview.core.texts import Text

READERS = 1  # threads that read ahead; with one the order is kept, and a disk is fast enough
AHEAD = 4  # files that were read and not begun
SETS = "sets"  # the folder where sets of bands are noted
SCRATCH = "astroview-batch-"  # begins the names of scratch folders


@dataclass(frozen=True)
class Conduct:
    """How a batch is gone about; nothing here changes a result.

    Parameters
    ----------
    fresh
        Do again what was done before.
    devices
        A lane of work each; "auto" picks one. A CPU has as many as cores (see `device_slots`).
    memory
        Bytes that tiles at work and results that are not saved yet may take, half each; None: a
        quarter of what is there.
    thumbs
        Make thumbnails, and a contact sheet of them.
    report
        Where the report goes (JSON; CSV and sheet beside it); None: a hidden folder in the
        output, when there are thumbnails, else nowhere.
    pause_when_full
        Wait for `BatchControl.resume` when a disk is full, instead of ending.
    watch
        Go on with what comes into the folders, until the batch is stopped or drained.
    bands
        Compose those that make colour together, and take the set as one frame. Not together
        with `watch`, and not from URLs.
    together
        Small files that go through the networks at once; None: as the device gains by it.
    dask
        Address of a Dask cluster that computes (see `dask_cluster.connected`); None: this machine
        does.
    """

    filter: Filter = field(default_factory=Filter)
    fresh: bool = False
    devices: tuple[str, ...] = ("auto",)
    memory: int | None = None
    thumbs: bool = False
    report: Path | None = None
    pause_when_full: bool = False
    together: int | None = None
    dask: str | None = None
    watch: bool = False
    bands: bool = False


@dataclass(frozen=True)
class Summary:
    """How a batch ended; ``left`` files have not been done."""

    done: int
    failed: int
    skipped: int
    left: int
    seconds: float


class Crew(Protocol):
    """Whoever enhances what was read: this machine's processes, or a cluster's."""

    def jobs(self, ready: BoundedQueue[ReadyResult]) -> list[Callable[[], None]]: ...
    def cancel(self, names: Sequence[str]) -> None: ...
    def kill(self) -> None: ...


@dataclass(frozen=True)
class BatchControl:
    """For those who steer a batch while it runs. Any thread may call."""

    board: BatchState
    crew: Crew
    lister: Lister
    stop: Callable[[], None]

    def skip(self, names: Sequence[str]) -> None:
        """Cancel files."""
        self.crew.cancel(self.board.skip(names))

    def add(self, paths: Sequence[Place]) -> None:
        """More files and folders."""
        self.lister.add(paths)


def enhance_paths(
    paths: Sequence[Place],
    out: Place,
    recipe: BatchRecipe,
    tell: Tell,
    conduct: Conduct = Conduct(),
    steer: Callable[[BatchControl], None] | None = None,
) -> Summary:
    """Enhance files and folders into the folder `out` (made if need be); both may be URLs.

    What an earlier run did is skipped, if input, recipe and result are unchanged. Computing
    happens in worker processes, so neither an unforeseen error nor a crash over one file
    reaches the others. See `output_names.Namer` for the names of the results.

    Parameters
    ----------
    tell
        Hears every event (see `batch_messages`), from any thread, one at a time.
    steer
        Called once, before anything is listed, with the means to steer.

    Raises
    ------
    FolderBusy
        Another batch writes into `out`.
    CannotSave
        `out` cannot be made or written to.
    ModelRejected
        A model that is asked for is not to be had.
    UnreadableFrame
        There is no folder to watch; or bands are wanted where they cannot be put together.
    """
    began = time.monotonic()
    shelf = default_shelf()
    check_name(recipe.name)
    if conduct.bands:
        check_bands(paths, out, watch=conduct.watch, cluster=conduct.dask is not None)
    names, print_ = words(recipe.options, shelf), fingerprint(recipe, shelf)
    with open_journal(out) as record, _scratch(record, print_) as scratch:
        _sweep(record, out)
        if conduct.fresh:
            record.append(journal.Fresh())
        board = BatchState(out, tell)
        home = journal.home_of(out)
        desk = OutcomeRecorder(
            *(board, record, print_, home / "thumbs" if conduct.thumbs else None),
            (lambda: board.pause(paused=True)) if conduct.pause_when_full else board.drain,
        )
        scale = magnification(recipe.options, shelf)
        namer = Namer(recipe, names, out, record.sources)
        earlier = Earlier(out, record.sources, names)
        watched = folders_of(paths) if conduct.watch else ()
        once = [path for path in paths if path not in watched]
        sets = home / SETS if conduct.bands else None
        lister = Lister(once, conduct.filter, namer, board, earlier, sets)
        watching = WatchLoop(watched, conduct.filter, earlier, lister, board) if watched else None
        try:
            with _crew(conduct, recipe, desk, scale, scratch) as crew:
                run = _BatchRun(board, desk, crew, lister, watching)
                if steer:
                    steer(BatchControl(board, crew, lister, run.stop))
                run.go()
        finally:
            _sweep(record, out)
        record.check_there()
        summary = Summary(
            *(board.count("done"), board.count("failed"), board.count("skipped"), board.left),
            time.monotonic() - began,
        )
        place = conduct.report or (home / "report.json" if conduct.thumbs else None)
        written = report.write(place, board, print_, summary.seconds) if place else ""
        tell(BatchDone(*(summary.done, summary.failed, summary.skipped, summary.seconds), written))
    return summary


@contextmanager
def _crew(
    conduct: Conduct, recipe: BatchRecipe, desk: OutcomeRecorder, scale: int, scratch: Path
) -> Generator[Crew]:
    if conduct.dask is None:
        memory = conduct.memory or _quarter_of_memory()
        together = conduct.together
        yield LocalWorkers(conduct.devices, recipe, desk, memory, scale, scratch, together)
        return
    from astroview.batch.dask.dask_cluster import grid_crew

    there = replace(recipe, options=replace(recipe.options, device=conduct.devices[0]))
    with grid_crew(conduct.dask, there, desk) as crew:
        yield crew


class _BatchRun:
    """The threads of a batch, from the first to the last."""

    def __init__(
        self,
        board: BatchState,
        desk: OutcomeRecorder,
        crew: Crew,
        lister: Lister,
        watching: WatchLoop | None,
    ) -> None:
        self._board, self._desk, self._crew, self._lister = board, desk, crew, lister
        self._watching = watching
        self._ready: BoundedQueue[ReadyResult] = BoundedQueue(AHEAD)
        self._reading = READERS
        self._lock = threading.Lock()

    def go(self) -> None:
        """Work until all files have ended, or until `stop`."""
        jobs = [
            *(self._lister.work, *([self._read] * READERS)),
            *self._crew.jobs(self._ready),
            *([self._watching.work] if self._watching else []),
        ]
        with ThreadPoolExecutor(len(jobs), thread_name_prefix="batch") as pool:
            futures = [pool.submit(job) for job in jobs]
            try:
                wait(futures, return_when=FIRST_EXCEPTION)
            finally:  # Ctrl+C and what nobody foresaw come by here
                if not all(future.done() for future in futures):
                    self.stop()
        for future in futures:
            future.result()

    def stop(self) -> None:
        """End now: files at work are given up, to be done by the next run."""
        self._board.drain(stop=True)
        self._list_no_more()
        self._ready.close(drop=True)
        self._crew.kill()

    def _read(self) -> None:
        try:
            while (task := self._board.take()) is not None:
                self._read_one(task)
        finally:
            with self._lock:
                self._reading -= 1
                last = self._reading == 0
            if last:
                self._list_no_more()
                self._ready.close()

    def _list_no_more(self) -> None:
        if self._watching:
            self._watching.close()
        self._lister.close()

    def _read_one(self, task: Task) -> None:
        try:
            ready = self._desk.read(task)
        except UnreadableFrame as error:
            self._desk.failed(task, error.message, error.hint)
            return
        if ready is not None and not self._ready.put(ready):
            self._board.put_back(task)


# ---------------------------------------------------------------- what a killed run left


@contextmanager
def _scratch(record: Journal, print_: str) -> Generator[Path]:
    """A folder for intermediate arrays; those of earlier runs that were killed go."""
    host = socket.gethostname()
    for run in record.runs:
        if run.host == host and _is_scratch(Path(run.scratch)):
            shutil.rmtree(run.scratch, ignore_errors=True)
    temp_folders.sweep()
    try:
        folder = Path(tempfile.mkdtemp(prefix=SCRATCH))
    except OSError as problem:
        raise CannotSave(
            Text("There is no room for scratch: {strerror}", strerror=problem.strerror or problem),
            hint="Let TMPDIR name a folder with room that you may write to.",
        ) from problem
    try:
        record.append(journal.Run(print_, host, str(folder), __version__))
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _is_scratch(folder: Path) -> bool:
    """Whether a folder is one of ours: a journal may say anything."""
    here = Path(tempfile.gettempdir()).resolve()
    ours = folder.name.startswith(SCRATCH) and not folder.is_symlink()
    return ours and folder.parent.resolve() == here


def _sweep(record: Journal, out: Place) -> None:
    """Remove the half files of results that were begun and did not end."""
    if isinstance(out, str):  # a store shows no half files
        return
    for target in list(record.unfinished()):
        if Path(target).is_absolute() or ".." in Path(target).parts:
            continue  # a journal may say anything
        thumbs = out / journal.FOLDER / "thumbs" / thumb_name(task_id(target))
        for path in (out / target, *(Path(f"{thumbs}-{which}.png") for which in THUMBS)):
            for part in leftovers(path):
                with suppress(OSError):
                    part.unlink()


def _quarter_of_memory() -> int:
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 4
    return 2 * 2**30
