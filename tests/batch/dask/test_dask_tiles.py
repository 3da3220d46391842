"""A stack whose tiles a real Dask cluster computes: the same bytes, whatever becomes of it."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from dithers import Sky, View, dithers, write

from astroview.core.errors import AstroviewError, Cancelled
from astroview.core.models.model_card import sha256_of
from astroview.engine.stacking import tile_plan
from astroview.engine.stacking.stack_choices import StackChoices
from astroview.engine.stacking.stack_files import stack_fields, stack_files
from astroview.engine.stacking.tile_work import TileRunner

pytestmark = [
    pytest.mark.skipif(find_spec("distributed") is None, reason="Dask is not installed"),
    pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a Unix word"),
]
CHOICES = StackChoices(rounds=6)


def silent(done: int, of: int, note: str) -> None:
    """No progress is shown."""


@pytest.fixture(scope="module")
def cluster() -> Iterator[TileRunner]:
    from astroview.batch.tile_runner import tile_runner

    with tile_runner("local:2") as run:
        yield run


@pytest.fixture
def dithered_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Four frames with sky coordinates, one of them turned; four tiles."""
    monkeypatch.setattr(tile_plan, "LARGEST", 48)
    folder = tmp_path / "night"
    folder.mkdir()
    views = dithers(4)
    views[3] = View(1.2, -0.6, turn=3.0, seed=3)
    for i, view in enumerate(views):
        write(Sky.of(41), view, folder / f"frame{i}.fits", coordinates=True)
    return folder


def test_the_file_is_the_same_to_the_byte(
    dithered_folder: Path, tmp_path: Path, cluster: TileRunner
) -> None:
    here, there = tmp_path / "here.fits", tmp_path / "there.fits"
    stack_files([dithered_folder], here, CHOICES, silent)
    told: list[tuple[int, int]] = []

    def progress(done: int, of: int, note: str) -> None:
        if note == "combining":
            told.append((done, of))

    done = stack_files([dithered_folder], there, CHOICES, progress, run=cluster)
    assert told == [(i, 4) for i in range(1, 5)]
    assert not [one for one in done.frames if one.reason]
    assert sha256_of(there) == sha256_of(here)


def test_drizzle_and_a_wide_grid_and_fields_too(
    dithered_folder: Path, tmp_path: Path, cluster: TileRunner
) -> None:
    wide = StackChoices(scale=1, method="drizzle", extent="union")
    for name, run in (("here", None), ("there", cluster)):
        kind = {} if run is None else {"run": run}
        told: list[object] = []
        assert (
            stack_fields([dithered_folder], tmp_path / name, wide, silent, told.append, **kind) == 1
        )  # type: ignore[arg-type]
    (here,), (there,) = ((tmp_path / name).iterdir() for name in ("here", "there"))
    assert sha256_of(there) == sha256_of(here)


def test_a_frame_that_vanishes_is_left_out(
    dithered_folder: Path, tmp_path: Path, cluster: TileRunner
) -> None:
    def progress(_done: int, _of: int, note: str) -> None:
        if note == "looking at a sample of the field":
            (dithered_folder / "frame3.fits").unlink(missing_ok=True)

    out = tmp_path / "out.fits"
    done = stack_files(
        [dithered_folder], out, StackChoices(rounds=6, reference=0), progress, run=cluster
    )
    assert [one.name for one in done.frames if one.reason] == ["frame3.fits"]
    assert out.exists()


def test_what_is_cancelled_leaves_no_file_and_the_cluster_goes_on(
    dithered_folder: Path, tmp_path: Path, cluster: TileRunner
) -> None:
    out = tmp_path / "out" / "stack.fits"
    out.parent.mkdir()

    def progress(_done: int, _of: int, note: str) -> None:
        if note == "combining":
            raise Cancelled

    with pytest.raises(Cancelled):
        stack_files([dithered_folder], out, CHOICES, progress, run=cluster)
    assert not list(out.parent.iterdir())
    stack_files([dithered_folder], out, CHOICES, silent, run=cluster)
    assert out.exists()
    client = cluster.client  # type: ignore[attr-defined]
    names = client.run(lambda dask_worker: list(dask_worker.plugins))
    assert not any("astroview" in name for found in names.values() for name in found)


def test_a_lost_worker_costs_no_tile(
    dithered_folder: Path, tmp_path: Path, cluster: TileRunner
) -> None:
    here, there = tmp_path / "here.fits", tmp_path / "there.fits"
    stack_files([dithered_folder], here, CHOICES, silent)
    client = cluster.client  # type: ignore[attr-defined]
    killed: list[int] = []

    def progress(_done: int, _of: int, note: str) -> None:
        if note == "combining" and not killed:
            killed.append(next(iter(client.run(os.getpid).values())))
            os.kill(killed[0], signal.SIGKILL)

    stack_files([dithered_folder], there, CHOICES, progress, run=cluster)
    assert killed
    assert sha256_of(there) == sha256_of(here)


def test_nobody_answers(
    dithered_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import astroview

    monkeypatch.setattr("astroview.batch.dask.dask_cluster.CONNECT_S", 1)
    for address, words in (("local:none", "no cluster"), ("tcp://127.0.0.1:9", "No Dask")):
        with pytest.raises(AstroviewError, match=words) as caught:
            astroview.stack(dithered_folder, tmp_path / "out.fits", dask=address)
        assert caught.value.hint
    assert not (tmp_path / "out.fits").exists()
