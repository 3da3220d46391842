"""Small files that are computed at once end as if each had been alone."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits

from astroview.batch import device_slots
from astroview.batch.batch_run import BatchControl, Conduct, Summary, enhance_paths
from astroview.batch.bounded_queue import BoundedQueue
from astroview.batch.journal import open_journal
from astroview.batch.process_client import WorkerProcess
from astroview.batch.recipe import BatchRecipe
from astroview.batch.work import enhance_one
from astroview.core.messages.batch_messages import BatchEvent, ItemProgress, ItemState, Listed
from astroview.core.models.model_card import default_shelf
from astroview.core.options import EnhanceOptions
from astroview.engine.runtime.cache import Cache

TOGETHER = Conduct(devices=("cpu",), together=8)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Seven small frames; one without data, one that is broken, one too large to join others."""
    rng = np.random.default_rng(8)
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(7):
        shape = (40, 48) if number != 3 else (52, 44)
        samples = rng.normal(100 * (number + 1), 5, shape).astype(np.float32)
        fits.PrimaryHDU(samples).writeto(folder / f"a{number}.fits")
    fits.PrimaryHDU(np.full((40, 48), np.nan, np.float32)).writeto(folder / "b_blank.fits")
    (folder / "c_broken.fits").write_text("not FITS at all")
    large = rng.normal(100, 5, (40, device_slots.SMALL_BYTES // 160 + 100)).astype(np.float32)
    fits.PrimaryHDU(large).writeto(folder / "d_large.fits")
    return folder


def run(
    source: Path,
    out: Path,
    options: EnhanceOptions,
    react: Callable[[BatchEvent], None],
    means: list[BatchControl],
) -> Summary:
    """With all files listed before the first is read."""

    def steer(steering: BatchControl) -> None:
        means.append(steering)
        steering.board.pause(paused=True)

    def tell(event: BatchEvent) -> None:
        if isinstance(event, Listed) and not event.more:
            means[0].board.pause(paused=False)
        react(event)

    return enhance_paths([source], out, BatchRecipe(options), tell, TOGETHER, steer)


def assert_alike(path: Path, other: Path) -> None:
    """Samples are the same; colour but for the last bit of its half precision."""
    with fits.open(path, checksum=True) as mine, fits.open(other) as his:
        assert [hdu.name for hdu in mine] == [hdu.name for hdu in his]
        for one, two in zip(mine, his, strict=True):
            assert one.data.shape == two.data.shape
            assert np.allclose(one.data, two.data, rtol=1e-3, atol=1e-3)
        assert np.allclose(mine["LUMINANCE"].data, his["LUMINANCE"].data, rtol=1e-5)


def test_each_file_ends_as_if_alone(
    folder: Path, tmp_path: Path, tiny_models: EnhanceOptions
) -> None:
    """Bad ones fail, one of several is cancelled, the others are as ever."""
    ends: dict[str, ItemState] = {}
    names: dict[str, str] = {}
    cancelled: list[str] = []
    most = 0

    def react(event: BatchEvent) -> None:
        nonlocal most
        if isinstance(event, Listed):
            names.update({item.id: Path(item.path).name for item in event.items})
        if isinstance(event, ItemState):
            ends[event.id] = event
        at_work = [name for name, end in ends.items() if end.state == "running"]
        most = max(most, len(at_work))
        if isinstance(event, ItemProgress) and len(at_work) > 1 and not cancelled:
            cancelled.append(at_work[1])
            means[0].skip(cancelled)

    means: list[BatchControl] = []
    out = tmp_path / "together"
    summary = run(folder, out, tiny_models, react, means)
    assert (summary.done, summary.failed, summary.left) == (7, 2, 0)
    assert most > 2
    by_name = {names[key]: end for key, end in ends.items()}
    assert by_name[names[cancelled[0]]].state == "cancelled"
    assert "no data" in by_name["b_blank.fits"].problem
    assert by_name["c_broken.fits"].state == "failed"
    done = {name for name, end in by_name.items() if end.state == "done"}
    assert {path.name for path in out.glob("*.fits")} == {
        name.replace(".fits", "_combined_x2.fits") for name in done
    }
    for name in sorted(done - {"d_large.fits"}):
        path = out / name.replace(".fits", "_combined_x2.fits")
        alone = tmp_path / "alone" / name
        recipe = BatchRecipe(tiny_models)
        enhance_one(folder / name, alone, recipe, default_shelf(), Cache(), lambda *_: None)
        assert_alike(path, alone)
    with open_journal(out) as record:
        assert len(record.sources) == 10


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a Unix word")
def test_a_worker_that_dies_with_several_costs_none_of_them(
    folder: Path, tmp_path: Path, tiny_models: EnhanceOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are done again, each alone: one of them may have been what killed it."""
    counts: list[int] = []
    killed: list[int] = []
    enhance_together = WorkerProcess.enhance_together

    def kill_the_first_few(self: WorkerProcess, jobs, progress):  # type: ignore[no-untyped-def]
        def kill(place: int, event) -> None:  # type: ignore[no-untyped-def]
            progress(place, event)
            if not killed and len(jobs) > 1:
                killed.append(len(jobs))
                os.kill(self.pid or 0, signal.SIGKILL)

        counts.append(len(jobs))
        return enhance_together(self, jobs, kill)

    monkeypatch.setattr(WorkerProcess, "enhance_together", kill_the_first_few)
    for name in ("b_blank.fits", "c_broken.fits", "d_large.fits"):
        (folder / name).unlink()
    summary = run(folder, tmp_path / "out", tiny_models, lambda _: None, [])
    assert (summary.done, summary.failed) == (7, 0)
    after = counts[counts.index(killed[0]) + 1 :]  # others may have been on their way before
    assert after.count(1) >= killed[0]


def test_more_is_taken_off_a_belt_without_waiting() -> None:
    belt = BoundedQueue[int](2)
    belt.widen(5)
    for thing in (1, 2, 3, 40, 5):
        assert belt.put(thing)
    assert belt.get_more(2, lambda k: k < 10) == [1, 2]
    assert belt.get_more(9, lambda k: k < 10) == [3]
    assert belt.get_more(9, lambda k: k < 10) == []
    assert belt.get() == 40


def test_what_a_device_gains_by() -> None:
    assert device_slots.together_for("cpu") == 1
    assert device_slots.together_for("cuda:1") == device_slots.TOGETHER
    assert device_slots.SMALL_BYTES < device_slots.CORE_BYTES  # so that each has one core on a CPU
