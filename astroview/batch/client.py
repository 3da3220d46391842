"""The near side of the wall without Qt: a worker process, started when it is needed."""

from __future__ import annotations

import contextlib
import itertools
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from astroview.core import messages
from astroview.core.errors import AstroviewError, WorkerLost
from astroview.core.messages import Done, Enhance, Failed, Outputs, Progress
from astroview.core.options import EnhanceOptions

PATIENCE_S = 3.0  # how long a worker may take to leave


class JobFailed(AstroviewError):
    """The worker says that a job failed; ``problem`` is the class of its error."""

    def __init__(self, event: Failed) -> None:
        super().__init__(event.message, event.hint)
        self.problem = event.problem


class WorkerProcess:
    """A worker that runs one job at a time and is started again if it dies.

    A frame that kills the process (out of memory, a crash in a library) costs that frame only.
    Use it as a context manager; at the end the process is gone, whatever it was doing.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed in __exit__
        self._numbers = itertools.count(1)

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

    def enhance(
        self,
        path: Path,
        hdu: int | None,
        plane: int,
        options: EnhanceOptions,
        scratch: Path,
        progress: Callable[[Progress], None],
    ) -> Outputs:
        """Enhance one plane of a file into the folder `scratch` and wait for it.

        Raises
        ------
        JobFailed
            The worker could not do it, and says why.
        WorkerLost
            The worker ended in mid-job. The next call starts a new one.

        What `progress` raises comes out, too; the process is ended, which cancels the job.
        """
        job = str(next(self._numbers))
        self._send(Enhance(job, str(path), str(scratch), hdu, plane, options))
        try:
            return self._outputs(job, progress)
        except JobFailed:
            raise
        except BaseException:  # nobody waits any more for the job that goes on over there
            self._stop()
            raise

    def _outputs(self, job: str, progress: Callable[[Progress], None]) -> Outputs:
        while True:
            match self._next_event():
                case Done(id=name, outputs=outputs) if name == job:
                    return outputs
                case Progress(id=name) as event if name == job:
                    progress(event)
                case Failed(id=name) as event if name in (job, ""):
                    raise JobFailed(event)
                case _:
                    pass

    def _send(self, request: Enhance) -> None:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                messages.worker_command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
            )
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(messages.encode(request).encode("ascii") + b"\n")
            self._process.stdin.flush()
        except OSError as error:
            raise self._lost() from error

    def _next_event(self) -> messages.Message:
        assert self._process is not None
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line.endswith(b"\n"):
            raise self._lost()
        return messages.decode(line.decode("ascii"))

    def _lost(self) -> WorkerLost:
        code = self._stop()
        self._errors.seek(0)
        lines = self._errors.read().decode("utf-8", "replace").strip().splitlines()
        self._errors.truncate(0)
        said = f" Its last words: {lines[-1]}" if lines else ""
        return WorkerLost(
            f"The process that computes ended unexpectedly (exit code {code})",
            hint=f"Often memory ran out: try a smaller frame or scale.{said}",
        )

    def _stop(self) -> int | None:
        """End the process: closed stdin asks it to leave, then it is killed."""
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
