"""A batch goes on over bad files, a killed worker and a full disk; each is told with its reason."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits

from astroview.batch.client import WorkerProcess
from astroview.batch.plan import Job
from astroview.batch.run import Outcome, enhance_paths
from astroview.core.errors import CannotSave, WorkerLost
from astroview.core.messages import Progress
from astroview.core.options import EnhanceOptions

ON_CPU = EnhanceOptions(device="cpu")


@dataclass
class Notes:
    """A report that keeps what it is told."""

    begun: list[tuple[str, int, int]] = field(default_factory=list)
    steps: list[Progress] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    def started(self, job: Job, number: int, of: int) -> None:
        self.begun.append((job.source.name, number, of))

    def progress(self, job: Job, event: Progress) -> None:
        self.steps.append(event)

    def ended(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)


def test_bad_files_do_not_stop_the_good_ones(tiny_frame: Path, tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "new" / "out"
    folder.mkdir()
    (folder / "1.fits").touch()
    (folder / "2.fits").write_text("not FITS at all")
    (folder / "3.fits").write_bytes(tiny_frame.read_bytes()[:5000])
    fits.PrimaryHDU(np.full((30, 30), np.nan, np.float32)).writeto(folder / "4.fits")
    shutil.copy(tiny_frame, folder / "5.fits")
    missing = folder / "missing.fits"
    notes = Notes()

    outcomes = enhance_paths([missing, folder], out, ON_CPU, None, notes)

    assert tuple(notes.outcomes) == outcomes
    assert [name for name, _, _ in notes.begun] == ["missing.fits", *(f"{n}.fits" for n in "12345")]
    assert [of for _, _, of in notes.begun] == [6] * 6
    assert [bool(outcome.problem) for outcome in outcomes] == [True] * 5 + [False]
    for outcome in outcomes[:-1]:
        assert "Traceback" not in outcome.problem + outcome.hint
    assert notes.steps
    assert [path.name for path in out.iterdir()] == ["5_enhanced.fits"]


def test_an_out_that_is_a_file_is_refused(tiny_frame: Path) -> None:
    with pytest.raises(CannotSave) as caught:
        enhance_paths([tiny_frame], tiny_frame, ON_CPU, None, Notes())
    assert caught.value.hint


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a Unix word")
def test_a_killed_worker_costs_one_job(samples: Path, tiny_frame: Path, tmp_path: Path) -> None:
    killed: list[int] = []

    with WorkerProcess() as worker:

        def kill(_: Progress) -> None:
            assert worker.pid is not None
            if not killed:
                killed.append(worker.pid)
                os.kill(worker.pid, signal.SIGKILL)

        with pytest.raises(WorkerLost) as caught:
            worker.enhance(samples / "galaxy.fits", None, 0, ON_CPU, tmp_path / "a", kill)
        assert "-9" in caught.value.message
        assert caught.value.hint
        outputs = worker.enhance(tiny_frame, None, 0, ON_CPU, tmp_path / "b", kill)
        assert Path(outputs.source).exists()
        last = worker.pid
    assert last not in (None, *killed)
    with pytest.raises(ProcessLookupError):
        os.kill(last or 0, 0)
