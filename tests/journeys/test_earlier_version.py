"""What version 0.1.0 wrote still opens: a result, settings, colour choices, a journal, a model.

The files in ``tests/earlier-version`` were written by that version.
"""

import gzip
import json
import shutil
from pathlib import Path

import pytest
import torch

from astroview.batch.journal import open_journal
from astroview.core import settings
from astroview.core.claim import claim_of
from astroview.core.enhance import sidecar
from astroview.core.frame import Window
from astroview.core.io.open_file import open_frame
from astroview.core.models.model_package import bring_in
from astroview.core.models.shelf import ModelShelf, UserShelf
from astroview.core.options import EnhanceOptions
from astroview.engine.networks import weights
from astroview.engine.pipeline.enhance import enhance

KEPT = Path(__file__).parents[1] / "earlier-version"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for file in KEPT.iterdir():
        if file.suffix == ".gz":
            (tmp_path / file.stem).write_bytes(gzip.decompress(file.read_bytes()))
        else:
            shutil.copyfile(file, tmp_path / file.name)
    return tmp_path


def test_a_result_has_its_colour_its_interval_and_its_provenance(folder: Path):
    original, result = (open_frame(folder / n) for n in ("star.fits", "star_combined_x2.fits"))
    assert (result.shape, result.channels) == ((40, 48), 3)
    light = open_frame(folder / "star_combined_x2.fits", "LUMINANCE")
    means = light.read().reshape(20, 2, 24, 2).mean((1, 3))
    assert means == pytest.approx(original.read(), rel=1e-4)
    claim = claim_of(result)
    assert claim is not None
    assert [model for model, _ in claim.models] == ["superres-x2", "colorizer"]
    assert light.unit == original.unit


def test_settings_are_all_there(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ASTROVIEW_CONFIG_DIR", str(folder))
    loaded = settings.load()
    assert not loaded.problems
    told = loaded.settings
    assert (told.theme, told.language, told.gestures) == ("dark", "de", "ds9")
    assert told.recent_files == ("/data/m51.fits",)
    assert (told.view.stretch, told.view.compare, told.know.system) == (
        "asinh",
        "blink",
        "galactic",
    )
    assert (told.enhance.superres, told.enhance.quality) == ("superres-x2", "best")
    assert (told.batch.scale, told.batch.denoise, told.train.steps) == (4, True, 300)


def test_colour_choices_beside_a_frame_are_taken(folder: Path):
    chosen = sidecar.load(folder / "star.fits", "")
    assert chosen is not None
    assert chosen.palette == "natural, vivid"
    assert [(hint.x, hint.y, hint.radius) for hint in chosen.hints] == [(11.5, 9.5, 6), (3, 4, 4)]
    assert chosen.reference is not None
    assert chosen.reference.name == "m101.jpg"


def test_a_journal_is_read_and_its_results_count(folder: Path):
    home = folder / ".astroview"
    home.mkdir()
    shutil.move(folder / "journal.jsonl", home / "journal.jsonl")
    done = json.loads((home / "journal.jsonl").read_text().splitlines()[-1])
    with open_journal(folder) as record:
        assert record.unread == 0
        found = record.done("star_combined_x2.fits", done["input"], done["recipe"])
        assert found is not None
        assert found.sha256 == done["sha256"]
        assert not list(record.unfinished())


def test_a_tuned_model_comes_onto_the_shelf_and_works(folder: Path, tmp_path: Path):
    own = tmp_path / "models"
    shelf = UserShelf(own, tmp_path / "trash", ModelShelf((own,)))
    card = bring_in(folder / "mine.astromodel", shelf)
    assert weights.load(card, torch.device("cpu")) is not None
    frame = open_frame(folder / "star.fits")
    options = EnhanceOptions(colorizer=None, superres=card.id, device="cpu")
    made = enhance(frame, options, tmp_path / "made", shelf.everything, lambda *_: None)
    assert made.shape == (40, 48)
    assert made.read(Window(0, 0, 2, 2)).mean() == pytest.approx(frame.read()[0, 0], rel=1e-4)
