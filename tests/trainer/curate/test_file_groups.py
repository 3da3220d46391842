"""What goes together: bands, pairs, targets; what comes of it for training."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from PIL import Image

from astroview.core.errors import DatasetProblem
from trainer.curate import curated_samples, curation_report
from trainer.curate.curate_run import CurateChoices, curate
from trainer.curate.curated_samples import (
    CuratedSample,
    as_picture,
    for_goal,
    pixel_pair,
    pixels,
    read_samples,
)
from trainer.curate.file_groups import pairs_of_csv

SIDE = 128
Blobs = Callable[..., np.ndarray]


def run(place: Path, out: Path, **choices: object) -> curation_report.CurationReport:
    return curate(place, CurateChoices(out=out, **choices), lambda _: None)  # type: ignore[arg-type]


def frame(blobs: Blobs, seed: int, side: int = SIDE) -> np.ndarray:
    grain = np.random.default_rng(seed).normal(0, 4, (side, side, 3))
    return (blobs(seed, side) + grain).astype(np.float32)


def at(ra: float, dec: float, **cards: object) -> fits.Header:
    """A header of a frame of 128 x 128 pixels of 1 arcsec."""
    return fits.Header(
        {"CTYPE1": "RA---TAN", "CTYPE2": "DEC--TAN", "CRVAL1": ra, "CRVAL2": dec, "CRPIX1": 64.5,
         "CRPIX2": 64.5, "CDELT1": -1 / 3600, "CDELT2": 1 / 3600, **cards}
    )  # fmt: skip


def uses(made: curation_report.CurationReport) -> dict[str, str]:
    return {Path(e.path).name: e.use or e.reason for e in made.entries}


# ---------------------------------------------------------------- bands


def test_bands_of_one_field_go_together(tmp_path: Path, blobs: Blobs):
    place = tmp_path / "bands"
    place.mkdir()
    for seed in (1, 2):
        rgb = frame(blobs, seed)
        for k, band in enumerate("gri"):
            header = fits.Header({"FILTER": band, "OBJECT": f"NGC {seed}"})
            fits.writeto(place / f"field{seed}-{band}.fits", rgb[..., 2 - k], header)
    made = run(place, tmp_path / "notes")
    assert [e.use for e in made.entries] == ["bands"] * 6
    assert {e.target for e in made.entries} == {"ngc1", "ngc2"}
    held = {e.target for e in made.entries if e.held_out}
    assert len(held) == 1  # a target lies wholly on one side
    found = read_samples(tmp_path / "notes")
    assert [len(s.paths) for s in found] == [3, 3]
    assert [p.name for p in found[0].paths] == [f"field1-{b}.fits" for b in "gri"]
    shown = pixels(found[0]).astype(np.float32)
    assert shown.shape == (SIDE, SIDE, 3)
    assert pixels(found[0]).dtype == np.uint8
    true = frame(blobs, 1)[::-1]  # FITS counts rows from below
    for k in range(3):  # the longest wave is red
        assert np.corrcoef(shown[..., k].ravel(), true[..., k].ravel())[0, 1] > 0.8


def test_bands_are_found_by_folders_and_by_headers(tmp_path: Path, blobs: Blobs):
    place = tmp_path / "bands"
    rgb = frame(blobs, 3)
    for k, band in enumerate("gr"):
        (place / band).mkdir(parents=True)
        fits.writeto(place / band / "m31.fits", rgb[..., k])
        name = place / f"exposure{17 * k + 3}.fits"  # only the header knows
        fits.writeto(name, frame(blobs, 4)[..., k], at(40.0, 10.0, FILTER=band))
    made = run(place, tmp_path / "notes")
    assert set(uses(made).values()) == {"bands"}
    assert len(made.samples) == 2


def test_a_file_of_several_bands_is_a_set_of_its_own(tmp_path: Path, blobs: Blobs):
    place = tmp_path / "cube"
    place.mkdir()
    planes = np.moveaxis(frame(blobs, 5)[..., [2, 1, 1, 0]], -1, 0)
    fits.writeto(place / "brick.fits", planes, fits.Header({"BANDS": "griz"}))
    made = run(place, tmp_path / "notes")
    assert uses(made) == {"brick.fits": "bands"}
    assert pixels(made.samples[0]).shape == (SIDE, SIDE, 3)


# ---------------------------------------------------------------- explicit pairs


@pytest.fixture
def two_folders(tmp_path: Path, blobs: Blobs) -> tuple[Path, Path]:
    low, high = tmp_path / "low", tmp_path / "high"
    for folder in (low, high):
        folder.mkdir()
    for seed in (1, 2, 3, 4):
        whole = frame(blobs, seed, 192)[..., 0] + 30
        small = whole.reshape(96, 2, 96, 2).mean((1, 3))
        fits.writeto(high / f"f{seed}.fits", whole.astype(np.float32))
        fits.writeto(low / f"f{seed}.fits", (3 * small + 50).astype(np.float32))
    fits.writeto(low / "alone.fits", frame(blobs, 9)[..., 0])
    fits.writeto(low / "f5.fits", frame(blobs, 5, 96)[..., 0])
    fits.writeto(high / "f5.fits", frame(blobs, 6, 192)[..., 0])  # another field
    fits.writeto(low / "f6.fits", frame(blobs, 7, 100)[..., 0])
    fits.writeto(high / "f6.fits", frame(blobs, 7, 150)[..., 0])
    return low, high


def test_two_folders_make_pairs(two_folders: tuple[Path, Path], tmp_path: Path):
    low, high = two_folders
    made = run(low, tmp_path / "notes", high=high)
    pairs = [s for s in made.samples if s.kind == "pair"]
    assert [s.name for s in pairs] == ["f1.fits", "f2.fits", "f3.fits", "f4.fits"]
    assert {s.scale for s in pairs} == {2}
    assert 0 < sum(s.held_out for s in pairs) < 4
    reasons = {(Path(e.path).parent.name, Path(e.path).name): e.reason for e in made.entries}
    assert "do not show the same" in reasons["low", "f5.fits"]
    assert "no whole multiple" in reasons["high", "f6.fits"]
    assert [s.kind for s in made.samples if s.name == "alone.fits"] == ["sharpen"]
    poor, good = pixel_pair(pairs[0])
    assert (poor.shape, good.shape) == ((96, 96), (192, 192))
    means = good.reshape(96, 2, 96, 2).astype(float).mean((1, 3))
    assert np.abs(means - poor).mean() < 3  # one stretch, although the units differ


def test_a_list_makes_pairs_and_says_what_it_lacks(two_folders: tuple[Path, Path], tmp_path: Path):
    low, _ = two_folders
    listed = tmp_path / "pairs.csv"
    listed.write_text("low,high\nlow/f1.fits,high/f1.fits\nlow/f2.fits,high/gone.fits\n")
    made = run(low, tmp_path / "notes", pairs=listed)
    assert [s.name for s in made.samples if s.kind == "pair"] == ["f1.fits"]
    assert "is refused" in next(e.reason for e in made.entries if e.path == str(low / "f2.fits"))
    listed.write_text("a,b\n1,2\n")
    with pytest.raises(DatasetProblem, match="no list of pairs"):
        run(low, tmp_path / "notes", pairs=listed)
    (tmp_path / "other").mkdir()
    fits.writeto(tmp_path / "other" / "x.fits", np.zeros((9, 9)))
    with pytest.raises(DatasetProblem, match="has a partner"):
        run(low, tmp_path / "notes", high=tmp_path / "other")


def test_a_list_from_elsewhere_names_files_from_here(
    two_folders: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    copy = tmp_path / "copy" / "stdin"
    copy.parent.mkdir()
    copy.write_text("low,high\nlow/f1.fits,high/f1.fits\n")
    made = run(two_folders[0], tmp_path / "notes", pairs=copy)
    assert [s.name for s in made.samples if s.kind == "pair"] == ["f1.fits"]


# ---------------------------------------------------------------- targets


def test_frames_that_overlap_on_the_sky_are_one_target(tmp_path: Path, blobs: Blobs):
    place = tmp_path / "sky"
    place.mkdir()
    step = 100 / 3600
    for k in range(3):  # a chain: the first and the last do not touch
        fits.writeto(place / f"c{k}.fits", frame(blobs, k)[..., 0], at(359.98 + k * step, 0.0))
    for k in range(8):
        fits.writeto(place / f"far{k}.fits", frame(blobs, 10 + k)[..., 0], at(20.0 * k + 5, 40.0))
    made = run(place, tmp_path / "notes")
    assert len({e.target for e in made.entries[:3]}) == 1
    assert len({e.target for e in made.entries}) == 9
    assert len({e.held_out for e in made.entries[:3]}) == 1


def test_a_mosaic_is_cut_and_its_border_left_out(tmp_path: Path, blobs: Blobs):
    place = tmp_path / "mosaic"
    place.mkdir()
    for k in range(12):
        ra = 180 + k * 110 / 3600  # overlapping tiles along a strip
        fits.writeto(place / f"tile{k}.fits", frame(blobs, k)[..., 0], at(ra, 0.0))
    made = run(place, tmp_path / "notes", held_out=0.25)
    held = {Path(e.path).name for e in made.entries if e.held_out}
    border = {Path(e.path).name for e in made.entries if e.why == "border"}
    assert held in ({"tile0.fits", "tile1.fits", "tile2.fits"},
                    {"tile9.fits", "tile10.fits", "tile11.fits"})  # fmt: skip
    assert border in ({"tile3.fits"}, {"tile8.fits"})
    assert {e.target for e in made.taken if e.held_out}.isdisjoint(
        e.target for e in made.taken if not e.held_out
    )


def test_overruling_one_file_moves_no_other_across_the_split(tmp_path: Path, blobs: Blobs):
    place = tmp_path / "many"
    place.mkdir()
    for k in range(12):
        Image.fromarray(frame(blobs, k).clip(0, 255).astype(np.uint8)).save(place / f"p{k}.png")
    before = {e.path: e.held_out for e in run(place, tmp_path / "notes").entries}
    left = next(path for path, held in before.items() if not held)
    from astroview.core.messages import curation_overrides

    curation_overrides.write(tmp_path / "notes" / curation_overrides.NAME, place, {left: False})
    after = {e.path: e.held_out for e in run(place, tmp_path / "notes").taken}
    assert after == {path: held for path, held in before.items() if path != left}


# ---------------------------------------------------------------- what training reads


def test_samples_are_read_back(tmp_path: Path, blobs: Blobs):
    place = tmp_path / "mixed"
    place.mkdir()
    for k in range(3):
        Image.fromarray(frame(blobs, k).clip(0, 255).astype(np.uint8)).save(place / f"p{k}.png")
    fits.writeto(place / "grey.fits", frame(blobs, 8)[..., 0])
    made = run(place, tmp_path / "notes")
    found = read_samples(tmp_path / "notes" / "report.json")
    assert found == list(made.samples)
    assert [s.kind for s in for_goal(found, "colour")] == ["colour"] * 3
    assert len(for_goal(found, "sharpen")) == 4
    by_name = {s.name: as_picture(s) for s in found}
    assert np.array_equal(by_name["p0.png"].rgb, np.asarray(Image.open(place / "p0.png")))
    grey = by_name["grey.fits"].rgb
    assert grey.shape == (SIDE, SIDE, 3)
    assert (grey[..., 0] == grey[..., 2]).all()
    assert by_name["p1.png"].target == "p1.png"


@pytest.mark.parametrize("text", ["", "[]", '{"format": 1}', '{"format": 2, "samples": 3}'])
def test_what_is_no_report_is_refused(tmp_path: Path, text: str):
    path = tmp_path / "report.json"
    path.write_text(text)
    assert curated_samples.is_report(path)
    with pytest.raises(DatasetProblem, match="no report"):
        read_samples(path)


def test_a_report_without_anything_to_learn_from_says_so(tmp_path: Path):
    content = {"format": curated_samples.FORMAT, "folder": "/x", "samples": [], "entries": []}
    (tmp_path / "report.json").write_text(json.dumps(content))
    with pytest.raises(DatasetProblem, match="nothing in x"):
        read_samples(tmp_path)


def test_a_sample_that_has_gone_says_so(tmp_path: Path):
    from astroview.core.errors import AstroviewError

    with pytest.raises(AstroviewError):
        pixels(CuratedSample("colour", (tmp_path / "gone.png",), "m1", held_out=False))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_a_list_without_end_is_not_read(tmp_path: Path):
    os.mkfifo(tmp_path / "pairs.csv")
    for endless in (tmp_path / "pairs.csv", Path("/dev/zero")):
        with pytest.raises(DatasetProblem, match="no file but a pipe"):
            pairs_of_csv(endless)
