"""``astroview palettes``: from a folder of pictures to a frame that is painted like them."""

from __future__ import annotations

import json
from pathlib import Path

import coloured
import pytest
from astropy.io import fits
from PIL import Image

import astroview
from astroview import cli
from astroview.core.models.model_card import default_shelf
from astroview.core.models.palette_set import palette_shelf
from trainer.evaluation.survey_scores import OWN, UNKNOWN, survey_scores


def test_palettes_of_a_folder_paint_a_frame_and_are_removed(
    tmp_path: Path, tiny_frame: Path, capsys: pytest.CaptureFixture[str]
):
    folder = coloured.survey(tmp_path / "survey", 6)
    Image.new("L", (64, 64), 90).save(folder / "grey.png")
    (folder / "torn.png").write_bytes(b"\x89PNG torn")

    def said(*words: str, code: int = 0) -> str:
        assert cli.run([*words]) == code
        out = capsys.readouterr()
        return out.out if code == 0 else out.err

    shown = ("--show", str(tiny_frame), "--pictures", str(tmp_path / "shown"))
    told = said("palettes", "make", str(folder), "--name", "Odd: one", *shown)
    assert "Odd one: palettes of 6 pictures (2 could not be used)" in told
    assert len(list((tmp_path / "shown").glob("*.png"))) == 6
    listed = json.loads(said("palettes", "--json"))
    assert listed[0]["name"] == "Odd one"
    assert "Odd one: like object1" in listed[0]["palettes"]
    assert "Odd one: typical" in said("palettes")
    out = ("--scale", "1", "--out", str(tmp_path / "out"), "--palette")
    for name in ("Odd one", "Odd one: typical", "Odd one: like object1, pale"):
        said("enhance", str(tiny_frame), *out, name, "--fresh")
        made = next((tmp_path / "out").glob("*.fits"))
        history = " ".join(map(str, fits.getheader(made)["HISTORY"]))
        assert "palette Odd one:" in history
    for name in ("Odd one: typical, pale", "Odd one, pale", "gold, pale"):
        with pytest.raises(SystemExit):
            cli.run(["enhance", str(tiny_frame), *out, name])
        assert f"No palette “{name}”" in capsys.readouterr().err
    said("palettes", "remove", "odd one")
    with pytest.raises(SystemExit):
        cli.run(["enhance", str(tiny_frame), *out, "Odd one"])
    capsys.readouterr()
    assert "Odd one" in said("palettes", "restore")
    said("palettes", "restore", "Odd one")
    said("palettes", "rename", "Odd one", "Even")
    assert palette_shelf().named("Even").names[0] == "Even"


@pytest.mark.parametrize("kind", ["empty", "grey", "missing", "one"])
def test_a_folder_without_colour_is_refused_in_a_line(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    folder = tmp_path / "folder"
    if kind != "missing":
        folder.mkdir()
    if kind == "grey":
        for k in range(4):
            coloured.picture(k, (0, 0), (0, 0)).convert("L").save(folder / f"{k}.png")
    if kind == "one":
        coloured.survey(folder, 1)
    assert cli.run(["palettes", "make", str(folder)]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) <= 2
    assert not palette_shelf().sets()


def test_from_python_and_stopped(tmp_path: Path):
    folder = coloured.survey(tmp_path / "survey", 3)
    made = astroview.make_palettes(folder)
    assert made.names[:2] == ("survey", "survey: typical")
    told: list[str] = []

    def stop(done: int, _of: int, note: str) -> None:
        told.append(note)
        if note == "comparing" and done == 2:
            raise astroview.Cancelled

    with pytest.raises(astroview.Cancelled):
        astroview.make_palettes(folder, "Other", progress=stop)
    assert [one.name for one in palette_shelf().sets()] == ["survey"]
    assert {"looking", "reading", "comparing"} == set(told)


def test_a_surveys_own_palettes_come_nearer_on_its_other_targets(tmp_path: Path):
    card = default_shelf().card("colorizer")
    folder = coloured.survey(tmp_path / "survey", 10)
    found = survey_scores(card, folder, 0.3, 3, lambda *_: None)
    assert found.gain(UNKNOWN) > 0.15
    assert found.rows[OWN].shape == (3,)
    assert "other targets" in found.table()
