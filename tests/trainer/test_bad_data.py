"""Folders that are not as they should be, through the commands that a user types."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from tuned import first, go

from astroview import cli
from astroview.core.errors import UnreadableFrame
from astroview.core.messages.train_messages import DataRead, Ended
from trainer.config import TuneConfig
from trainer.curate.curated_samples import CuratedSample, as_picture, read_samples
from trainer.data.picture_sources import sources
from trainer.loop.run_folder import RunFolder

MANY = 1000
BROKEN = "field-0500.png"


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A thousand small pictures of as many targets; one of them broke off."""
    folder = tmp_path_factory.mktemp("many") / "survey"
    folder.mkdir()
    rng = np.random.default_rng(0)
    for number in range(MANY):
        coarse = Image.fromarray(rng.integers(0, 200, (6, 6, 3), np.uint8))
        smooth = np.asarray(coarse.resize((96, 96), Image.Resampling.BICUBIC), np.int16)
        grainy = np.clip(smooth + rng.integers(-25, 26, smooth.shape), 0, 255)
        path = folder / f"field-{number:04}.png"
        Image.fromarray(grainy.astype(np.uint8)).save(path, compress_level=1)
    path = folder / BROKEN
    path.write_bytes(path.read_bytes()[:900])
    return folder


def test_one_broken_file_of_a_thousand_is_named_and_no_other_is_lost(
    many: Path, choice: Callable[..., TuneConfig], tmp_path: Path
):
    notes = tmp_path / "notes"
    assert cli.run(["curate", str(many), "--out", str(notes)]) == 0
    entries = json.loads((notes / "report.json").read_text())["entries"]
    refused = {e["path"]: e["reason"] for e in entries if e["reason"]}
    assert list(refused) == [BROKEN]
    assert refused[BROKEN].startswith("unreadable: ")
    samples = read_samples(notes)
    assert {s.name for s in samples} == {p.name for p in many.iterdir()} - {BROKEN}

    data = str(notes / "report.json")
    events = go(choice(data=data, steps=2, sample_every=2), tmp_path / "run")
    seen, ended = first(events, DataRead), events[-1]
    assert (seen.training + seen.held_out, seen.refused) == (MANY - 1, 0)
    assert isinstance(ended, Ended)
    assert ended.outcome == "done"


def test_without_a_curation_it_is_named_too(
    many: Path, choice: Callable[..., TuneConfig], tmp_path: Path
):
    few = tmp_path / "few"
    few.mkdir()
    for path in (p for p in sorted(many.iterdir())[490:510]):
        os.link(path, few / path.name)
    seen = first(go(choice(data=str(few), steps=1), tmp_path / "run"), DataRead)
    assert (seen.training + seen.held_out, seen.refused) == (19, 1)
    assert any(BROKEN in note for note in seen.notes)


def train(config: TuneConfig, data: Path, run: Path) -> int:
    choices = ["--steps", "6", "--device", "cpu", "--replay", "0"]
    return cli.run(
        ["train", "--model", config.model, "--data", str(data), "--run", str(run), *choices]
    )


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"note.txt": b"cloudy"}, "holds no picture that can be read"),
        ({"a.fits": b"SIMPLE", "b.png": b"PNG"}, "othing in own can be learnt from"),
        ({f"{k}.png": b"" for k in range(3)}, "3 pictures of 3 targets are too few"),
    ],
)  # fmt: skip
def test_a_folder_with_too_little_is_refused_in_plain_words(
    files: dict[str, bytes],
    words: str,
    choice: Callable[..., TuneConfig],
    blobs: Callable[..., np.ndarray],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
):
    own = tmp_path / "own"
    own.mkdir()
    for number, (name, content) in enumerate(files.items()):
        if content:
            (own / name).write_bytes(content)
        else:
            Image.fromarray(blobs(number, 72)).save(own / name)
    assert train(choice(), own, tmp_path / "run") == 1
    assert words in capsys.readouterr().err
    ended = list(RunFolder(tmp_path / "run").events())[-1]
    assert isinstance(ended, Ended)
    assert ended.outcome == "failed"
    assert words in ended.message
    assert ended.hint


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
def test_a_full_disk_is_said_where_the_run_folder_takes_no_word(
    choice: Callable[..., TuneConfig],
    data: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
):
    run = tmp_path / "run"
    run.mkdir()
    (run / "events.jsonl").symlink_to("/dev/full")
    assert train(choice(), data, run) == 1
    assert "The disk of run is full" in capsys.readouterr().err


def test_what_a_network_made_is_not_learnt_from_unless_a_user_says_so(
    tmp_path: Path, blobs: Callable[..., np.ndarray]
) -> None:
    told = PngInfo()
    told.add_text(
        "Description", f"astroview: m1.fits\nsuper-resolution: model x, sha256 {64 * 'a'}"
    )
    Image.fromarray(blobs(1, 128)).save(tmp_path / "sky.png")
    Image.fromarray(blobs(2, 128)).save(tmp_path / "result.png", pnginfo=told)
    found = {source.name: source for source in sources(tmp_path, "superres")}
    assert found["sky.png"].read().rgb.shape == (128, 128, 3)
    with pytest.raises(UnreadableFrame, match="made by a network"):
        found["result.png"].read()
    chosen = CuratedSample("colour", (tmp_path / "result.png",), "m1", held_out=False)
    assert as_picture(chosen).rgb.shape == (128, 128, 3)
