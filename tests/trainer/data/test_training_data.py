"""What a run learns from: folders, frames, reports, pairs and shards, in memory or not."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from astropy.io import fits
from PIL import Image

from astroview.core.errors import DatasetProblem
from astroview.core.models.model_card import ModelCard, Tiling
from trainer import __main__ as door
from trainer.config import TuneConfig
from trainer.curate.curate_run import CurateChoices, curate
from trainer.data import shards, training_data
from trainer.data.pictures import Picture
from trainer.data.prefetch import Prefetch
from trainer.data.training_data import Material
from trainer.finetune.choose_recipe import recipe_for
from trainer.tasks.superres_task import SuperResTask

Blobs = Callable[..., np.ndarray]


def nothing(*_: object) -> None:
    """No progress is shown."""


def gathered(data: Path, task: str = "colorize", **values: object) -> Material:
    config = TuneConfig("none", str(data), **values)
    return training_data.gather(config, task, nothing)


@pytest.fixture
def own(tmp_path: Path, blobs: Blobs) -> Path:
    """A folder with ten colour pictures, four grey frames, and one that is broken."""
    folder = tmp_path / "own"
    folder.mkdir()
    for i in range(10):
        grain = np.random.default_rng(i).normal(0, 9, (128, 128, 3))
        picture = np.clip(blobs(i, 128) + grain + 20, 0, 255).astype(np.uint8)
        Image.fromarray(picture).save(folder / f"field-{i}.png")
    for i in range(4):
        plane = blobs(50 + i, 128).mean(-1).astype(np.float32) * 40 + 100
        fits.PrimaryHDU(plane).writeto(folder / f"frame-{i}.fits")
    (folder / "broken.png").write_bytes(b"not a picture")
    return folder


def test_a_folder_is_read_for_each_task(own: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(own.parent)
    colour, sharpen = gathered(Path("own")), gathered(own, "superres")
    assert len(colour.train) + len({p.name for p in (*colour.watched, *colour.judged)}) == 10
    assert colour.refused == 5  # grey frames have no colour to learn, and one file is broken
    assert len(sharpen.train) + len({p.name for p in (*sharpen.watched, *sharpen.judged)}) == 14
    assert sharpen.refused == 1
    held = {p.target for p in (*colour.watched, *colour.judged)}
    assert not held & {p.target for p in colour.train}


def test_a_folder_may_be_named_by_a_detour(own: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(own)
    detour = Path("..") / own.name
    assert gathered(detour).fingerprint == gathered(own).fingerprint


def test_the_fingerprint_is_of_what_is_there_not_of_its_names(own: Path, blobs: Blobs):
    before = gathered(own).fingerprint
    (own / "field-3.png").rename(own / "renamed.png")
    assert gathered(own).fingerprint == before
    Image.fromarray(blobs(99, 128)).save(own / "another.png")
    assert gathered(own).fingerprint != before


def test_streamed_pictures_are_those_in_memory(own: Path):
    kept, streamed = gathered(own, "superres"), gathered(own, "superres", shards=True)
    assert kept.fingerprint == streamed.fingerprint
    for one, two in zip(kept.train, streamed.train, strict=True):
        assert type(one) is not type(two)
        assert (one.name, one.target, one.shape) == (two.name, two.target, two.shape)
        np.testing.assert_array_equal(one.rgb, two.rgb)
        np.testing.assert_array_equal(one.luma, two.luma)
    gone = gathered(own, "superres", shards=True).train[0]
    (own / gone.name).unlink()
    with pytest.raises(DatasetProblem, match="any more"):
        gone.rgb  # noqa: B018


def test_shards_hold_what_was_packed_and_its_split(own: Path, tmp_path: Path):
    whole = gathered(own)
    held = {p.name: p for p in (*whole.watched, *whole.judged)}
    pictures = [(p, False) for p in whole.train] + [(p, True) for p in held.values()]
    made = shards.pack(pictures, tmp_path / "shards", nothing, size=40_000)
    assert len(made) > 1
    again = gathered(tmp_path / "shards")
    assert again.fingerprint == whole.fingerprint
    assert {p.target for p in again.train} == {p.target for p in whole.train}
    made[0].write_bytes(made[0].read_bytes()[:600])
    with pytest.raises(DatasetProblem, match="shard-00000"):
        gathered(tmp_path / "shards")


def test_shards_are_packed_by_a_command(own: Path, tmp_path: Path):
    out = tmp_path / "shards"
    assert door.main(["shards", str(own), "--out", str(out), "--task", "colorize"]) == 0
    assert gathered(out).fingerprint == gathered(own).fingerprint


def test_batches_made_ahead_are_those_of_their_steps():
    made = Prefetch(lambda step, size: {"x": torch.full((size,), step)}, threads=2)
    found = [made(step, size) for step, size in ((0, 4), (1, 4), (2, 2), (7, 2))]
    made.close()
    assert [batch["x"].tolist() for batch in found] == [[0] * 4, [1] * 4, [2] * 2, [7] * 2]


def test_a_report_decides_what_is_learnt_from_and_what_is_held_out(own: Path, tmp_path: Path):
    curate(own, CurateChoices(out=tmp_path / "notes"), nothing)
    report = tmp_path / "notes" / "report.json"
    held = {s["target"] for s in json.loads(report.read_text())["samples"] if s["held_out"]}
    found = gathered(report)
    assert held
    assert {p.target for p in (*found.watched, *found.judged)} <= held
    assert not held & {p.target for p in found.train}


def test_of_a_real_pair_the_poorer_frame_is_shown_as_it_is(blobs: Blobs):
    low = np.full((48, 48), 250, np.uint8)  # what no degradation of the better frame would make
    pair = Picture("pair", blobs(1, 96), "pair", 1.0, low)
    hyper = {"scale": 2, "width": 4, "depth": 2}
    card = ModelCard("m", "M", "superres", "compact", hyper, Tiling(64, 16), "", scale=2)
    recipe = recipe_for(TuneConfig("none", ".", steps=1), card, [pair])
    batch = SuperResTask(recipe, [pair], []).batch(0, 8)
    assert batch["x"].shape[1:] == (1, 48, 48)
    assert batch["y"].shape[1:] == (1, 96, 96)
    for x in batch["x"]:
        assert x.min() == x.max() > 0.65


def test_one_surveys_pictures_are_copied_with_their_credits(own: Path, tmp_path: Path):
    lines = ["file,mission_credit"]
    lines += [f"field-{i}.png,{'JWST; NASA' if i % 3 else 'Hubble'}" for i in range(10)]
    (own / "MANIFEST.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    out = tmp_path / "jwst"
    assert door.main(["subset", str(own), "--credit", "JWST|Webb", "--out", str(out)]) == 0
    assert len(list(out.glob("*.png"))) == 6
    assert (out / "field-1.png").read_bytes() == (own / "field-1.png").read_bytes()
    assert door.main(["subset", str(own), "--credit", "WISE", "--out", str(tmp_path / "no")]) == 1


def test_a_folder_with_nothing_says_so(tmp_path: Path):
    with pytest.raises(DatasetProblem, match="no folder"):
        gathered(tmp_path / "away")
    with pytest.raises(DatasetProblem, match="holds no picture"):
        gathered(tmp_path)
    (tmp_path / "broken.png").write_bytes(b"nothing")
    with pytest.raises(DatasetProblem, match=r"nothing in .* can be learnt from"):
        gathered(tmp_path)
