"""Files in, enhanced files out. A file that fails is named with its reason; the others go on."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from astroview.batch.client import WorkerProcess
from astroview.batch.plan import Job, plan
from astroview.core.errors import AstroviewError, CannotSave
from astroview.core.files import open_frame
from astroview.core.messages import Progress
from astroview.core.options import EnhanceOptions
from astroview.core.results import frame_from_outputs
from astroview.core.saving import Format, save_frame
from astroview.core.stretch import auto_stretch


@dataclass(frozen=True)
class Choice:
    """Which plane of every file: HDU by number or name (None: the first image), plane of cubes."""

    hdu: int | str | None = None
    plane: int = 0


@dataclass(frozen=True)
class Outcome:
    """How a job ended: done when ``problem`` is empty, else why not and what to try."""

    job: Job
    seconds: float
    problem: str = ""
    hint: str = ""


class Report(Protocol):
    """Who is told how the batch goes."""

    def started(self, job: Job, number: int, of: int) -> None: ...
    def progress(self, job: Job, event: Progress) -> None: ...
    def ended(self, outcome: Outcome) -> None: ...


def enhance_paths(
    paths: Sequence[Path],
    out: Path,
    options: EnhanceOptions,
    fmt: Format | None,
    report: Report,
    choice: Choice = Choice(),
) -> tuple[Outcome, ...]:
    """Enhance files and folders into the folder `out` (made if need be), one at a time.

    Computing happens in a worker process, so neither an unforeseen error nor a crash over one
    file reaches the others. See `plan` for the names of the results.

    Raises
    ------
    CannotSave
        `out` cannot be made.
    UnreadableFrame
        A folder cannot be listed.
    """
    jobs = plan(paths, out, fmt)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotSave(
            f"The folder {out} cannot be made: {error.strerror}",
            hint="Choose another one with --out.",
        ) from error
    outcomes: list[Outcome] = []
    # The worker ends before its scratch folder goes: it could make files there again.
    with TemporaryDirectory(prefix="astroview-") as base, WorkerProcess() as worker:
        bench = _Bench(worker, options, choice, report, Path(base))
        for number, job in enumerate(jobs, start=1):
            report.started(job, number, len(jobs))
            outcomes.append(_attempt(job, bench))
            report.ended(outcomes[-1])
    return tuple(outcomes)


@dataclass(frozen=True)
class _Bench:
    """What every job of a batch works with; ``base`` is the folder for scratch."""

    worker: WorkerProcess
    options: EnhanceOptions
    choice: Choice
    report: Report
    base: Path


def _attempt(job: Job, bench: _Bench) -> Outcome:
    began = time.monotonic()
    problem, hint = "", ""
    try:
        _enhance(job, bench)
    except AstroviewError as error:
        problem, hint = error.message, error.hint
    except MemoryError:
        problem, hint = "There is not enough memory for this frame", "Choose a smaller scale."
    except OSError as error:  # scratch space, mostly
        problem, hint = str(error), "Is the disk full, or the file gone?"
    return Outcome(job, time.monotonic() - began, problem, hint)


def _enhance(job: Job, bench: _Bench) -> None:
    frame = open_frame(job.source, bench.choice.hdu, bench.choice.plane)
    with TemporaryDirectory(dir=bench.base, ignore_cleanup_errors=True) as scratch:
        outputs = bench.worker.enhance(
            job.source.absolute(),
            frame.hdu,
            bench.choice.plane,
            bench.options,
            Path(scratch),
            lambda event: bench.report.progress(job, event),
        )
        result = frame_from_outputs(frame, outputs)
        save_frame(result, job.target, result.rendered or auto_stretch(result))
