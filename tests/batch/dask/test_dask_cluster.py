"""A batch on a real Dask cluster of processes: shared out, and no file lost with a worker."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import waiting
from astropy.io import fits

from astroview.batch.batch_run import BatchControl, Conduct, enhance_paths
from astroview.batch.dask.dask_cluster import DaskCluster, connected
from astroview.batch.journal import FOLDER
from astroview.batch.recipe import BatchRecipe
from astroview.core.errors import AstroviewError
from astroview.core.messages.batch_messages import BatchEvent, ItemProgress, ItemState
from astroview.core.models.model_card import sha256_of
from astroview.core.options import EnhanceOptions

pytestmark = [
    pytest.mark.fresh_start,  # a cluster forks and kills by itself
    pytest.mark.skipif(find_spec("distributed") is None, reason="Dask is not installed"),
    pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a Unix word"),
]
ON_CPU = BatchRecipe(EnhanceOptions(device="cpu"))
CLUSTER = Conduct(dask="local:2")
FRAMES = 6


@pytest.fixture
def frames(tmp_path: Path) -> Path:
    """Six small frames and one that is none."""
    folder = tmp_path / "night"
    folder.mkdir()
    rng = np.random.default_rng(2)
    for i in range(FRAMES):
        samples = rng.normal(100, 5, (40, 48)).astype(np.float32)
        fits.PrimaryHDU(samples).writeto(folder / f"{i}.fits")
    (folder / "bad.fits").write_text("the night was cloudy")
    return folder


def results(out: Path) -> dict[str, str]:
    return {path.name: sha256_of(path) for path in out.glob("*.fits")}


def test_a_lost_worker_costs_no_file(frames: Path, tmp_path: Path) -> None:
    """One of two Dask workers is killed when the first file is done."""
    told: list[BatchEvent] = []
    steering: list[BatchControl] = []

    def tell(event: BatchEvent) -> None:
        told.append(event)
        if isinstance(event, ItemState) and event.state == "done" and len(pids) == 0:
            crew = steering[0].crew
            assert isinstance(crew, DaskCluster)
            pids.extend(crew.client.run(os.getpid).values())
            os.kill(pids[0], signal.SIGKILL)

    pids: list[int] = []
    out = tmp_path / "out"
    summary = enhance_paths([frames], out, ON_CPU, tell, CLUSTER, steering.append)

    assert len(set(pids)) == 2
    assert (summary.done, summary.failed, summary.left) == (FRAMES, 1, 0)
    assert any(isinstance(event, ItemProgress) for event in told)
    problems = [event for event in told if isinstance(event, ItemState) and event.problem]
    assert ["text file" in event.problem for event in problems] == [True]

    alone = tmp_path / "alone"
    enhance_paths([frames], alone, ON_CPU, lambda _: None)
    assert results(out) == results(alone)
    assert len(results(out)) == FRAMES

    again = enhance_paths([frames], out, ON_CPU, lambda _: None)  # without a cluster
    assert (again.done, again.skipped) == (0, FRAMES)
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_a_batch_that_is_stopped_goes_on_where_it_was(frames: Path, tmp_path: Path) -> None:
    steering: list[BatchControl] = []

    def stop_early(event: BatchEvent) -> None:
        if isinstance(event, ItemState) and event.state == "done":
            steering[0].stop()

    one = Conduct(dask="local:1")
    first = enhance_paths([frames], tmp_path / "out", ON_CPU, stop_early, one, steering.append)
    assert first.left
    assert first.done >= 1
    second = enhance_paths([frames], tmp_path / "out", ON_CPU, lambda _: None)
    assert (second.done + second.skipped, second.failed, second.left) == (FRAMES, 1, 0)
    assert second.skipped >= first.done
    assert not list((tmp_path / "out" / FOLDER).glob("*.part"))


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """The address of a Dask cluster as somebody else starts it: a scheduler and two workers,
    processes of their own on 127.0.0.1.
    """
    place, note = tmp_path / "dask", tmp_path / "scheduler.json"
    place.mkdir()
    here = ("--host", "127.0.0.1", "--no-dashboard")
    started: list[subprocess.Popen[bytes]] = []

    def start(name: str, *arguments: str | Path) -> None:
        command = [sys.executable, "-m", "distributed.cli.dask_" + name, *map(str, arguments)]
        quiet = subprocess.DEVNULL
        started.append(subprocess.Popen(command, stdout=quiet, stderr=quiet, cwd=place))

    start("scheduler", "--port", "0", "--scheduler-file", note, *here)
    try:
        address = _address(note, started[0])
        for _ in range(2):
            start("worker", address, "--nthreads", "1", "--no-nanny", *here)
        yield address
    finally:
        for process in started:  # they would take leave of one another for long
            process.kill()
            process.wait()


def _address(note: Path, scheduler: subprocess.Popen[bytes]) -> str:
    def told() -> str:
        assert scheduler.poll() is None, "the scheduler ended"
        with suppress(OSError, ValueError, KeyError):
            return str(json.loads(note.read_text())["address"])
        return ""

    return waiting.until(told, "where the scheduler is", 60)


def test_a_cluster_that_somebody_else_runs(scheduler: str, frames: Path, tmp_path: Path) -> None:
    """The command itself, at tcp://: nothing of it is left at the cluster when it ends."""
    assert scheduler.startswith("tcp://127.0.0.1:")
    out = tmp_path / "out"
    command = ["-m", "astroview", "enhance", frames, "--out", out, "--dask", scheduler]
    run = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)
    assert run.returncode == 1, run.stderr  # one frame is none
    assert "bad.fits: failed" in run.stderr
    assert f"{FRAMES} of {FRAMES + 1} done, 1 failed" in run.stdout
    assert len(results(out)) == FRAMES

    again = enhance_paths([frames], out, ON_CPU, lambda _: None, Conduct(dask=scheduler))
    assert (again.done, again.skipped, again.failed) == (0, FRAMES, 1)
    with connected(scheduler) as client:
        assert len(client.nthreads()) == 2
        names = client.run(lambda dask_worker: list(dask_worker.plugins))
    assert not any("astroview" in name for found in names.values() for name in found)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("local:0", "no cluster"),
        ("local:many", "no cluster"),
        ("tcp://127.0.0.1:9", "No Dask scheduler answers"),
        ("nonsense://x", "No Dask scheduler answers"),
        ("none.json", "No Dask scheduler answers"),
    ],
)
def test_addresses_that_lead_nowhere(
    address: str, words: str, frames: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("astroview.batch.dask.dask_cluster.CONNECT_S", 1)
    with pytest.raises(AstroviewError, match=words) as caught:
        enhance_paths([frames], tmp_path / "out", ON_CPU, lambda _: None, Conduct(dask=address))
    assert caught.value.hint
