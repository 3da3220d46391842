"""A mixed folder is sorted: what is fit, what is not and why, and what goes together."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from PIL import Image, ImageDraw, ImageFilter

from astroview.core.errors import DatasetProblem
from trainer import __main__ as door
from trainer.curate import folder, report
from trainer.curate.look import detail

SIDE = 160


def sky(blobs: Callable[..., np.ndarray], seed: int) -> Image.Image:
    grain = np.random.default_rng(seed).normal(0, 4, (SIDE, SIDE, 3))
    return Image.fromarray(np.clip(blobs(seed, SIDE) + grain, 0, 255).astype(np.uint8))


@pytest.fixture
def mixed(tmp_path: Path, blobs: Callable[..., np.ndarray]) -> Path:
    place = tmp_path / "mixed"
    (place / "deeper").mkdir(parents=True)
    sky(blobs, 1).save(place / "good.png")
    sky(blobs, 2).convert("L").save(place / "deeper" / "grey.png")
    sky(blobs, 1).resize((150, 150)).save(place / "good again.jpg", quality=92)
    sky(blobs, 3).resize((60, 60)).save(place / "small.png")
    small = sky(blobs, 4).resize((80, 80))
    small.resize((240, 240), Image.Resampling.BICUBIC).save(place / "enlarged.png")
    Image.new("RGB", (SIDE, SIDE), (3, 3, 4)).save(place / "blank.png")
    Image.fromarray(np.full((SIDE, SIDE, 3), 255, np.uint8)).save(place / "burnt.png")
    sky(blobs, 5).filter(ImageFilter.GaussianBlur(0.4)).save(place / "blocks.jpg", quality=3)
    chart = Image.new("RGB", (240, 240), "white")
    ImageDraw.Draw(chart).text((10, 10), "magnitude\nagainst\ncolour", "black")
    chart.save(place / "chart.png")
    (place / "torn.fits").write_bytes(b"SIMPLE  =                    T")
    gone = np.random.default_rng(0).normal(100, 5, (SIDE, SIDE)).astype(np.float32)
    gone[:, :120] = np.nan
    fits.writeto(place / "edge.fits", gone)
    return place


def nothing(*_: int) -> None:
    """No progress is shown."""


def verdicts(made: report.Report) -> dict[str, str]:
    return {Path(e.path).name: e.reason.split(":")[0] for e in made.entries}


def test_every_file_has_a_verdict_and_a_reason(mixed: Path, tmp_path: Path):
    made = report.judge(folder.look_through(mixed, tmp_path / "notes", nothing))
    found = verdicts(made)
    assert found.pop("good.png") == found.pop("grey.png") == ""
    assert found == {
        "good again.jpg": "a near copy of good.png",
        "small.png": "too small",
        "enlarged.png": "blurred, or enlarged before",
        "blank.png": "blank",
        "burnt.png": "blank",
        "blocks.jpg": "blocks of a strong JPEG compression show",
        "chart.png": "saturated",
        "torn.fits": "unreadable",
        "edge.fits": "mostly without data",
    }
    uses = {Path(e.path).name: e.use for e in made.taken}
    assert uses == {"good.png": "colour", "grey.png": "sharpen"}
    assert "2 of 11 files" in made.summary()
    assert "too little" in made.summary()


def test_a_stop_loses_nothing_and_a_changed_file_is_looked_at_again(mixed: Path, tmp_path: Path):
    notes = tmp_path / "notes"

    def stop(done: int, *_: int) -> None:
        if done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        folder.look_through(mixed, notes, stop)
    log = notes / folder.NOTES
    kept = len(log.read_text().splitlines())
    assert kept >= 4
    with log.open("a") as file:
        file.write('{"path": "torn')  # the power went in mid-line
    first = folder.look_through(mixed, notes, nothing)
    lines = len(log.read_text().splitlines())
    assert folder.look_through(mixed, notes, nothing) == first
    assert len(log.read_text().splitlines()) == lines
    Image.new("RGB", (SIDE, SIDE)).save(mixed / "good.png")
    changed = report.judge(folder.look_through(mixed, notes, nothing))
    assert verdicts(changed)["good.png"] == "blank"
    assert len(log.read_text().splitlines()) == lines + 1


def test_the_user_has_the_last_word(mixed: Path, tmp_path: Path):
    seen = folder.look_through(mixed, tmp_path / "notes", nothing)
    wishes = {str(mixed / n): n == "small.png" for n in ("small.png", "good.png")}
    wishes[str(mixed / "torn.fits")] = True  # what cannot be read cannot be taken
    made = report.judge(seen, wishes)
    assert {Path(e.path).name for e in made.taken} == {"small.png", "grey.png"}


def test_bands_of_one_field_go_together(tmp_path: Path, blobs: Callable[..., np.ndarray]):
    place = tmp_path / "bands"
    place.mkdir()
    for seed in (1, 2):
        rgb = np.asarray(sky(blobs, seed)).astype(np.float32)
        for k, band in enumerate("gri"):
            header = fits.Header({"FILTER": band, "OBJECT": f"NGC {seed}"})
            fits.writeto(place / f"field{seed}-{band}.fits", rgb[..., k], header)
    made = report.judge(folder.look_through(place, tmp_path / "notes", nothing))
    assert [e.use for e in made.entries] == ["bands"] * 6
    assert {e.target for e in made.entries} == {"ngc1", "ngc2"}
    held = {e.target for e in made.entries if e.held_out}
    assert len(held) == 1  # a target lies wholly on one side


def test_an_empty_folder_says_so(tmp_path: Path):
    with pytest.raises(DatasetProblem, match="holds no frame"):
        folder.look_through(tmp_path, tmp_path / "notes", nothing)


def test_detail_knows_what_was_enlarged(blobs: Callable[..., np.ndarray]):
    grey = np.asarray(sky(blobs, 7).convert("L"), np.float32) / 255
    twice = Image.fromarray(grey).resize((2 * SIDE, 2 * SIDE), Image.Resampling.BICUBIC)
    assert detail(np.asarray(twice)) < 0.45 < detail(grey)


def test_the_command_prints_reasons_and_writes_a_report(
    mixed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert door.main(["curate", str(mixed), "--notes", str(tmp_path / "n")]) == 0
    said = capsys.readouterr().out
    assert "torn.fits: unreadable: " in said
    entries = json.loads((tmp_path / "n" / "report.json").read_text())
    assert len(entries) == 11


def test_real_pictures_are_mostly_fit(tmp_path: Path):
    data = Path(__file__).parents[3] / "shared" / "data" / "train" / "sky-map-team+stardroid"
    if not data.is_dir():
        pytest.skip("the real pictures (../shared/data) are not here")
    made = report.judge(folder.look_through(data, tmp_path, nothing))
    assert len(made.taken) > 0.6 * len(made.entries)
