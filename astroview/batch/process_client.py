"""The near side of the wall without Qt: a worker process, started when it is needed."""

from __future__ import annotations

import contextlib
import itertools
import subprocess
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType

from astroview.core.errors import AstroviewError, Cancelled, WorkerLost
from astroview.core.messages import worker_messages
from astroview.core.messages.worker_messages import (
    Cancel,
    Devices,
    Done,
    Enhance,
    Failed,
    Probe,
    Progress,
    Request,
    Save,
    Saved,
    Stopped,
    Together,
)
from astroview.core.options import EnhanceOptions, Outputs, SavedFile
from astroview.core.texts import Text

PATIENCE_S = 3.0  # how long a worker may take to leave


End = Done | Saved | Devices | Failed | Stopped


class JobFailed(AstroviewError):
    """The worker says that a job failed; ``problem`` is the class of its error."""

    def __init__(self, event: Failed) -> None:
        super().__init__(event.message, event.hint)
        self.problem = event.problem


@dataclass(frozen=True)
class Share:
    """What one process may use of the machine; None: all it finds."""

    threads: int | None = None
    memory: int | None = None


ALL = Share()


class WorkerProcess:
    """A worker that runs one job at a time and is started again if it dies.

    A frame that kills the process (out of memory, a crash in a library) costs that frame only.
    Use it as a context manager; at the end the process is gone, whatever it was doing. One
    thread asks; any thread may `cancel` or `kill`.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed in __exit__
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()  # of the process and its stdin
        self._jobs: tuple[str, ...] = ()
        self._ended = False

    def __enter__(self) -> WorkerProcess:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()
        self._errors.close()

    @property
    def pid(self) -> int | None:
        """The process id; None while there is no process."""
        return self._process.pid if self._process else None

    def device(self) -> str:
        """The device that "auto" takes. Raises as `enhance`."""
        (end,) = self._ask(Probe(), [""], lambda _: None)
        if not isinstance(end, Devices):
            raise _as_error(end)
        return end.default

    def enhance(
        self,
        path: Path | str,
        hdu: int | str | None,
        plane: int,
        options: EnhanceOptions,
        scratch: Path,
        progress: Callable[[Progress], None],
        share: Share = ALL,
        max_bytes: int | None = None,
    ) -> Outputs:
        """Enhance one plane of a file into a scratch folder and wait for it.

        ``max_bytes`` is what opening it may take; see `open_file.open_frame`.

        Raises
        ------
        JobFailed
            The worker could not do it, and says why.
        WorkerLost
            The worker ended in mid-job. The next call starts a new one.
        Cancelled
            `cancel` was called.

        What `progress` raises comes out, too; the process is ended, which cancels the job.
        """
        job = Enhance("", str(path), str(scratch), hdu, plane, options)
        job = replace(job, threads=share.threads, memory=share.memory, max_bytes=max_bytes)
        (end,) = self.enhance_together([job], lambda _, event: progress(event))
        if not isinstance(end, Outputs):
            raise end
        return end

    def enhance_together(
        self, jobs: Sequence[Enhance], progress: Callable[[int, Progress], None]
    ) -> list[Outputs | JobFailed | Cancelled]:
        """Enhance several small frames at once, and wait for all: how each of them ended.

        ``progress`` is told the place of a job in the list. Raises WorkerLost.
        """
        names = [str(next(self._numbers)) for _ in jobs]
        places = {name: place for place, name in enumerate(names)}
        named = [replace(job, id=name) for job, name in zip(jobs, names, strict=True)]
        request = named[0] if len(named) == 1 else Together(str(next(self._numbers)), tuple(named))
        ends = self._ask(request, names, lambda event: progress(places[event.id], event))
        return [end.outputs if isinstance(end, Done) else _as_error(end) for end in ends]

    def save(self, request: Save) -> SavedFile:
        """Save a result and wait for it. Raises as `enhance`."""
        name = str(next(self._numbers))
        (end,) = self._ask(replace(request, id=name), [name], lambda _: None)
        if not isinstance(end, Saved):
            raise _as_error(end)
        return end.saved

    def cancel(self, place: int = 0) -> None:
        """Give up the job at work, if there is one; of several the one at that place."""
        with self._lock, contextlib.suppress(OSError):
            if place < len(self._jobs):
                self._write(Cancel(self._jobs[place]))

    def kill(self) -> None:
        """End the process now and for good; a call that waits raises WorkerLost."""
        with self._lock:
            self._ended = True
            if self._process is not None:
                self._process.kill()

    def _ask(
        self, request: Request, names: Sequence[str], progress: Callable[[Progress], None]
    ) -> list[End]:
        """How the jobs of those names end."""
        ends: dict[str, End] = {}
        try:
            self._send(request, names)
            while len(ends) < len(names):
                match self._next_event():
                    case Progress(id=name) as event if name in names:
                        progress(event)
                    case Done(id=name) | Saved(id=name) | Stopped(id=name) as end if name in names:
                        ends[name] = end
                    case Failed(id=name) as end if name in names:
                        ends[name] = end
                    case Failed() as end:  # the request as a whole
                        ends |= dict.fromkeys(names, end)
                    case Devices() as end if isinstance(request, Probe):
                        ends[""] = end
                    case _:
                        pass
        finally:
            self._jobs = ()
            if len(ends) < len(names):  # nobody waits any more for what goes on over there
                self._stop()
        return [ends[name] for name in names]

    def _send(self, request: Request, names: Sequence[str]) -> None:
        with self._lock:
            if self._ended:
                raise WorkerLost("The batch has ended")
            if self._process is None or self._process.poll() is not None:
                self._process = subprocess.Popen(
                    worker_messages.worker_command(),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=self._errors,
                )
            try:
                self._write(request)
                self._jobs = tuple(names)
                return
            except OSError as error:
                reason = error
        raise self._lost() from reason

    def _write(self, request: Request) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(worker_messages.encode(request).encode("ascii") + b"\n")
        self._process.stdin.flush()

    def _next_event(self) -> worker_messages.Message:
        assert self._process is not None
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line.endswith(b"\n"):
            raise self._lost()
        return worker_messages.decode(line.decode("ascii"))

    def _lost(self) -> WorkerLost:
        code = self._stop()
        self._errors.seek(0)
        lines = self._errors.read().decode("utf-8", "replace").strip().splitlines()
        self._errors.truncate(0)
        said = Text(" Its last words: {line}", line=lines[-1]) if lines else ""
        return WorkerLost(
            Text("The process that computes ended unexpectedly (exit code {code})", code=code),
            hint=Text("Often memory ran out: try a smaller frame or scale.{said}", said=said),
        )

    def _stop(self) -> int | None:
        """End the process: closed stdin asks it to leave, then it is killed."""
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return None
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(OSError):
            process.stdin.close()
        try:
            process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
        return process.returncode


def _as_error(end: End) -> JobFailed | Cancelled:
    return JobFailed(end) if isinstance(end, Failed) else Cancelled()
