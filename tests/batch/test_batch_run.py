"""A batch does each file once, goes on over bad ones, and says what became of each."""

from __future__ import annotations

import csv
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from batches import Notes, results
from PIL import Image

from astroview.batch.batch_run import BatchControl, Conduct, enhance_paths
from astroview.batch.dry_run import rehearse
from astroview.batch.journal import FolderBusy, open_journal
from astroview.batch.recipe import BatchRecipe
from astroview.core.errors import CannotSave, ModelRejected, UnreadableFrame
from astroview.core.io.paths.find_frames import Filter
from astroview.core.messages.batch_messages import (
    BatchDone,
    BatchEvent,
    BatchProgress,
    ItemProgress,
    ItemState,
    Listed,
)
from astroview.core.options import EnhanceOptions


def test_bad_files_do_not_stop_the_good_ones(
    tiny_frame: Path, tmp_path: Path, tiny_models: EnhanceOptions
) -> None:
    folder, out = tmp_path / "in", tmp_path / "new" / "out"
    folder.mkdir()
    (folder / "1.fits").touch()
    (folder / "2.fits").write_text("not FITS at all")
    (folder / "3.fits").write_bytes(tiny_frame.read_bytes()[:5000])
    fits.PrimaryHDU(np.full((30, 30), np.nan, np.float32)).writeto(folder / "4.fits")
    shutil.copy(tiny_frame, folder / "5.fits")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "6.fits")
    paths = [tmp_path / "missing.fits", tmp_path / "6.fits", folder]
    notes = Notes()
    conduct = Conduct(report=tmp_path / "report.json", thumbs=True)

    summary = enhance_paths(paths, out, BatchRecipe(tiny_models), notes, conduct)

    assert (summary.done, summary.failed, summary.left) == (1, 6, 0)
    assert set(results(out)) == {"5_combined_x2.fits"}
    for name, end in notes.ends.items():
        assert (end.state == "done") == (name == "5.fits")
        assert bool(end.problem) == (name != "5.fits")
        assert "Traceback" not in end.problem + end.hint
    assert any(isinstance(event, ItemProgress) for event in notes.events)
    assert isinstance(notes.events[0], Listed)
    assert notes.events[-1] == BatchDone(1, 6, 0, summary.seconds, str(tmp_path / "report.json"))
    last = [event for event in notes.events if isinstance(event, BatchProgress)][-1]
    assert (last.done, last.failed, last.of) == (1, 6, 7)

    written = json.loads((tmp_path / "report.json").read_text())
    assert (written["done"], written["failed"], len(written["files"])) == (1, 6, 7)
    with (tmp_path / "report.csv").open(newline="") as file:
        rows = {Path(row["source"]).name: row for row in csv.DictReader(file)}
    assert rows["2.fits"]["problem"]
    assert rows["5.fits"]["target"].endswith("5_combined_x2.fits")
    with Image.open(tmp_path / "report.png") as sheet:
        assert sheet.width > 300
    assert notes.ends["5.fits"].after
    with Image.open(notes.ends["5.fits"].after) as thumbnail:
        assert max(thumbnail.size) == 128


def test_the_same_again_skips_and_what_changed_is_redone(
    folder: Path, tmp_path: Path, tiny_models: EnhanceOptions
) -> None:
    out, recipe = tmp_path / "out", BatchRecipe(tiny_models)

    def again(
        recipe: BatchRecipe = recipe, source: Path = folder, out: Path = out
    ) -> tuple[int, int]:
        summary = enhance_paths([source], out, recipe, Notes())
        assert summary.failed == 1
        return summary.done, summary.skipped

    assert again() == (3, 0)
    first = results(out)
    assert set(first) == {
        *("a_combined_x2.fits", "b_combined_x2.fits"),
        "sub/a_combined_x2.fits",
    }
    os.utime(folder / "a.fits")  # a new date alone is no change
    os.utime(out / "a_combined_x2.fits")
    assert again() == (0, 3)
    folder.rename(tmp_path / "moved")  # neither are folders that moved
    out.rename(tmp_path / "results")
    assert again(source=tmp_path / "moved", out=tmp_path / "results") == (0, 3)
    (tmp_path / "moved").rename(folder)
    (tmp_path / "results").rename(out)

    (out / "b_combined_x2.fits").unlink()  # a result that is gone
    with (out / "sub" / "a_combined_x2.fits").open("r+b") as file:  # one that was altered
        file.seek(5000)
        file.write(b"x")
    assert again() == (2, 1)
    assert results(out) == first

    with fits.open(folder / "a.fits", mode="update") as hdus:  # an input that changed
        hdus[0].data[10:20] += 50
    painted = replace(recipe, options=replace(tiny_models, palette="natural, faint"))
    assert again() == (1, 2)
    now = results(out)
    assert {name for name in now if now[name] != first[name]} == {"a_combined_x2.fits"}
    assert again(painted) == (3, 0)


def test_where_it_is_computed_is_no_reason_to_do_it_again(
    folder: Path, tmp_path: Path, tiny_models: EnhanceOptions
) -> None:
    out, notes = tmp_path / "out", Notes()
    two = Conduct(devices=("cpu", "cpu"), memory=1)
    assert enhance_paths([folder], out, BatchRecipe(tiny_models), notes, two).done == 3
    other = BatchRecipe(replace(tiny_models, device="auto", tile=64))
    assert enhance_paths([folder], out, other, notes).skipped == 3


def test_an_out_that_cannot_be_is_refused_and_a_missing_model_is_told(
    tiny_frame: Path, tmp_path: Path
) -> None:
    with pytest.raises(CannotSave) as caught:
        enhance_paths([tiny_frame], tiny_frame, BatchRecipe(EnhanceOptions()), Notes())
    assert caught.value.hint
    unknown = BatchRecipe(EnhanceOptions(superres="nowhere"))
    with pytest.raises(ModelRejected):
        enhance_paths([tiny_frame], tmp_path / "out", unknown, Notes())
    assert not (tmp_path / "out").exists()


def test_bands_are_refused_where_a_set_could_not_be_put_together(
    folder: Path, tmp_path: Path, tiny_models: EnhanceOptions
) -> None:
    """Instead of taking each band for itself without a word."""
    recipe, out = BatchRecipe(tiny_models), tmp_path / "out"
    for paths, target, conduct, word in (
        ([folder], out, Conduct(bands=True, watch=True), "watched"),
        (["s3://sky/bands"], out, Conduct(bands=True), "this machine"),
        ([folder], "s3://sky/out", Conduct(bands=True, dask="tcp://host:1"), "cluster"),
    ):
        with pytest.raises(UnreadableFrame, match=word) as caught:
            enhance_paths(paths, target, recipe, Notes(), conduct)
        assert "--bands" in caught.value.hint
    with pytest.raises(UnreadableFrame):
        list(rehearse(["s3://sky/bands"], out, recipe, Filter(), bands=True))
    assert not out.exists()


def test_two_batches_cannot_share_a_folder(
    tiny_frame: Path, tmp_path: Path, tiny_models: EnhanceOptions
) -> None:
    out = tmp_path / "out"
    with open_journal(out), pytest.raises(FolderBusy) as caught:
        enhance_paths([tiny_frame], out, BatchRecipe(tiny_models), Notes())
    assert str(os.getpid()) in caught.value.message
    assert caught.value.hint
    assert enhance_paths([tiny_frame], out, BatchRecipe(tiny_models), Notes()).done == 1


def test_it_can_be_steered(folder: Path, tmp_path: Path, tiny_models: EnhanceOptions) -> None:
    """Paused, a file skipped and retried, others added and ordered; then all are done."""
    means: list[BatchControl] = []
    done: list[str] = []
    extra = folder.parent / "extra.fits"
    shutil.copy(folder / "a.fits", extra)

    def steer(steering: BatchControl) -> None:
        means.append(steering)
        steering.board.pause(paused=True)

    def react(event: BatchEvent) -> None:
        ids = {name: key for key, name in notes.paths.items()}
        if isinstance(event, Listed) and not event.more and "extra.fits" not in ids:
            means[0].add([extra])
        elif isinstance(event, Listed) and not event.more:
            means[0].skip([ids["b.fits"]])
            means[0].board.order([ids["extra.fits"]])
            means[0].board.pause(paused=False)
        elif isinstance(event, ItemState) and event.state == "done":
            done.append(notes.paths[event.id])
            if len(done) == 1:
                means[0].board.retry([ids["b.fits"]])

    notes = Notes(react=react)
    summary = enhance_paths(
        [folder], tmp_path / "out", BatchRecipe(tiny_models), notes, steer=steer
    )
    assert (summary.done, summary.failed, summary.left) == (4, 1, 0)
    assert done[0] == "extra.fits"
    states = [e.state for e in notes.events if isinstance(e, ItemState)]
    assert "cancelled" in states


def test_stopped_it_leaves_the_rest_to_the_next_run(
    folder: Path, tmp_path: Path, tiny_models: EnhanceOptions
) -> None:
    means: list[BatchControl] = []

    def react(event: BatchEvent) -> None:
        if isinstance(event, ItemProgress):
            means[0].stop()

    out = tmp_path / "out"
    notes = Notes(react=react)
    stopped = enhance_paths([folder], out, BatchRecipe(tiny_models), notes, steer=means.append)
    assert stopped.done == 0
    assert stopped.left >= 3
    assert not results(out)
    assert not list(out.rglob("*.part"))
    assert enhance_paths([folder], out, BatchRecipe(tiny_models), Notes()).done == 3


def test_bands_in_a_folder_become_one_frame_in_true_colour(
    tiny_frame: Path, tmp_path: Path, tiny_models: EnhanceOptions
) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    with fits.open(tiny_frame) as hdus:
        for i, letter in enumerate("gri"):
            hdus[0].header["FILTER"] = letter
            fits.PrimaryHDU(hdus[0].data * (i + 1), hdus[0].header).writeto(
                folder / f"m31_{letter}.fits"
            )
    shutil.copy(tiny_frame, folder / "other.fits")
    conduct = Conduct(bands=True, thumbs=True)

    def run() -> tuple[int, int, int]:
        done = enhance_paths([folder], out, BatchRecipe(tiny_models), Notes(), conduct)
        return done.done, done.skipped, done.failed

    assert run() == (2, 0, 0)
    assert set(results(out)) == {"m31_i-r-g_combined_x2.fits", "other_combined_x2.fits"}
    with fits.open(out / "m31_i-r-g_combined_x2.fits", checksum=True) as hdus:
        assert hdus[0].data.shape == (3, 96, 128)
        assert hdus["LINEAR"].data.shape == (3, 96, 128)
        red, blue = (hdus["LINEAR"].data[i].mean() for i in (0, 2))
        assert red == pytest.approx(3 * blue, rel=1e-3)
        assert "red from i" in str(hdus[0].header["HISTORY"])
    assert run() == (0, 2, 0)
    with fits.open(folder / "m31_g.fits", mode="update") as hdus:
        hdus[0].data += 1
    assert run() == (1, 1, 0)
