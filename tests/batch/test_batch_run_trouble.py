"""A batch whose worker is killed, whose files change or go, and whose disk is full."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from batches import Notes, results

from astroview.batch.batch_run import enhance_paths
from astroview.batch.process_client import WorkerProcess
from astroview.batch.recipe import BatchRecipe
from astroview.core.errors import CannotSave, WorkerLost
from astroview.core.messages.batch_messages import BatchEvent, BatchProblem, ItemProgress, ItemState
from astroview.core.messages.worker_messages import Progress
from astroview.core.options import EnhanceOptions


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a Unix word")
def test_a_killed_worker_costs_nothing(
    samples: Path, tiny_frame: Path, tmp_path: Path, tiny_models: EnhanceOptions
) -> None:
    killed: list[int] = []

    def kill_once(event: BatchEvent) -> None:
        if isinstance(event, ItemProgress) and not killed:
            mine = subprocess.run(
                ["pgrep", "-P", str(os.getpid()), "-f", "--", "--worker"],
                capture_output=True,
                text=True,
            )
            killed.extend(int(pid) for pid in mine.stdout.split())
            for pid in killed:
                os.kill(pid, signal.SIGKILL)

    if shutil.which("pgrep") is None:
        pytest.skip("pgrep finds the worker, and is not here")
    paths = [samples / "galaxy.fits", tiny_frame]
    notes = Notes(react=kill_once)
    summary = enhance_paths(paths, tmp_path / "out", BatchRecipe(tiny_models), notes)
    assert killed
    assert (summary.done, summary.failed) == (2, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a Unix word")
def test_a_worker_that_dies_says_so_and_the_next_job_gets_another(
    samples: Path, tiny_frame: Path, tmp_path: Path, tiny_models: EnhanceOptions
) -> None:
    killed: list[int] = []
    with WorkerProcess() as worker:

        def kill(_: Progress) -> None:
            assert worker.pid is not None
            if not killed:
                killed.append(worker.pid)
                os.kill(worker.pid, signal.SIGKILL)

        galaxy = samples / "galaxy.fits"
        with pytest.raises(WorkerLost) as caught:
            worker.enhance(galaxy, None, 0, tiny_models, tmp_path / "a", kill)
        assert "-9" in caught.value.message
        assert caught.value.hint
        outputs = worker.enhance(tiny_frame, None, 0, tiny_models, tmp_path / "b", kill)
        assert Path(outputs.source).exists()
        last = worker.pid
    assert last not in (None, *killed)
    with pytest.raises(ProcessLookupError):
        os.kill(last or 0, 0)


def test_a_file_that_changes_is_read_again_and_one_that_goes_is_named(
    tiny_frame: Path, tmp_path: Path, tiny_models: EnhanceOptions
) -> None:
    changes: list[float] = []
    gone = tmp_path / "gone.fits"
    shutil.copy(tiny_frame, gone)

    def react(event: BatchEvent) -> None:
        if isinstance(event, ItemProgress) and len(changes) < 1:
            with tiny_frame.open("ab") as file:
                file.write(bytes(2880))
            gone.unlink()
            changes.append(time.time())

    notes = Notes(react=react)
    out, recipe = tmp_path / "out", BatchRecipe(tiny_models)
    summary = enhance_paths([tiny_frame, gone], out, recipe, notes)
    assert (summary.done, summary.failed, summary.left) == (1, 1, 0)
    names = notes.paths
    states = [
        e.state for e in notes.events if isinstance(e, ItemState) and names[e.id] == tiny_frame.name
    ]
    assert states == ["running", "waiting", "running", "done"]
    assert notes.ends["gone.fits"].state == "failed"
    assert "gone.fits" in notes.ends["gone.fits"].problem
    assert enhance_paths([tiny_frame], out, recipe, Notes()).skipped == 1


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="mounts a small disk")
def test_a_full_disk_ends_the_batch_and_room_lets_it_go_on(
    cuts: tuple[Path, Path], tiny_frame: Path, tmp_path: Path, tiny_models: EnhanceOptions
) -> None:
    out = tmp_path / "small"
    out.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", out], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("this machine mounts no small disk")
    try:
        notes = Notes()
        paths = [tiny_frame, *cuts]
        summary = enhance_paths(paths, out, BatchRecipe(tiny_models), notes)
        assert (summary.done, summary.failed, summary.left) == (1, 0, 2)
        (problem,) = [e for e in notes.events if isinstance(e, BatchProblem)]
        assert "full" in problem.message
        assert not list(out.rglob("*.part"))
        subprocess.run(["mount", "-o", "remount,size=90m", out], check=True)
        more = enhance_paths(paths, out, BatchRecipe(tiny_models), Notes())
        assert (more.done, more.skipped, more.left) == (2, 1, 0)
        subprocess.run(["mount", "-o", "remount,ro", out], check=True)
        with pytest.raises(CannotSave) as caught:
            enhance_paths(paths, out, BatchRecipe(tiny_models), Notes())
        assert "Read-only" in caught.value.message
    finally:
        subprocess.run(["umount", out], check=True)


@pytest.mark.skipif(os.name == "nt", reason="an open file holds its folder there")
def test_an_output_folder_that_is_removed_is_told(
    tiny_frame: Path, tmp_path: Path, tiny_models: EnhanceOptions
) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for i in range(4):
        shutil.copy(tiny_frame, folder / f"{i}.fits")

    removed: list[str] = []

    def remove_once(event: BatchEvent) -> None:
        if isinstance(event, ItemState) and event.state == "done" and not removed:
            removed.append(event.target)
            shutil.rmtree(out)

    with pytest.raises(CannotSave, match="was removed while the batch wrote into it") as caught:
        enhance_paths([folder], out, BatchRecipe(tiny_models), Notes(react=remove_once))
    assert "again" in caught.value.hint
    summary = enhance_paths([folder], out, BatchRecipe(tiny_models), Notes())
    assert (summary.done + summary.skipped, summary.failed) == (4, 0)
    # One that was saved after its record was lost has another beside it, and none is missing.
    assert {f"{i}_combined_x2.fits" for i in range(4)} <= results(out).keys()
