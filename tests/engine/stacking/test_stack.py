"""Stacks of simulated dithers beside the sky that they were made of."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from dithers import SKY, Sky, View, dithers, frames, write
from scipy.ndimage import gaussian_filter

from astroview.core.errors import Cancelled, CannotSave
from astroview.core.frame import ArraySource, Frame
from astroview.core.io.open_file import open_frame
from astroview.core.sky import measure_reports
from astroview.core.sky.wcs import sky_at
from astroview.core.texts import Text
from astroview.engine.stacking import tile_plan
from astroview.engine.stacking.stack_choices import CannotCombine, StackChoices
from astroview.engine.stacking.stack_file import save_stack
from astroview.engine.stacking.stack_files import stack_fields, stack_files
from astroview.engine.stacking.stack_run import Stack, stack_frames

INNER = 8  # reference pixels at the edge that not all frames see


def silent(done: int, of: int, note: str) -> None:
    """No progress is shown."""


def stacked(given: list, folder: Path, **choices: object) -> Stack:
    folder.mkdir(exist_ok=True)
    return stack_frames(given, folder, StackChoices(reference=0, **choices), silent)  # type: ignore[arg-type]


def errors(stack: Stack, sky: Sky, fwhm: float = 1.3) -> np.ndarray:
    scale = stack.choices.scale
    off = stack.planes["samples"] - SKY - sky.truth(scale, fwhm)
    return off[INNER * scale : -INNER * scale, INNER * scale : -INNER * scale]


def rms(off: np.ndarray) -> float:
    return float(np.sqrt(np.mean(off**2)))


def test_many_frames_are_sharper_and_truer_than_drizzle_and_know_their_errors(
    tmp_path: Path,
) -> None:
    sky = Sky.of(1)
    given = frames(sky, dithers(8), tmp_path)
    likely = stacked(given, tmp_path / "a")
    drizzled = stacked(given, tmp_path / "b", method="drizzle")
    assert rms(errors(likely, sky)) < 12
    assert rms(errors(likely, sky)) < 0.2 * rms(errors(drizzled, sky))
    sigma = likely.planes["sigma"][16:-16, 16:-16]
    within = np.abs(errors(likely, sky)) < 1.645 * sigma
    assert 0.85 < within.mean() < 0.97
    assert (likely.planes["coverage"][16:-16, 16:-16] == 8).all()
    assert np.allclose(likely.planes["weight"][40:-40, 40:-40], 8 / 86, rtol=0.1)
    light = (likely.planes["samples"] - SKY)[16:-16, 16:-16].sum()
    assert light == pytest.approx(sky.truth(2)[16:-16, 16:-16].sum(), rel=0.01)


def softened(plane: np.ndarray) -> np.ndarray:
    """As a search for sources sees it: through the stars' own shape."""
    return gaussian_filter(plane, 1.3 * 2 / 2.3548)


def test_a_network_leaves_noise_out_and_every_frame_is_explained(tmp_path: Path) -> None:
    """Told the stack's own noise; what was measured stays beside it, and the file says so."""
    sky = Sky.of(1)
    given = frames(sky, dithers(6), tmp_path)
    plain = stacked(given, tmp_path / "a")
    quiet = stacked(given, tmp_path / "b", denoise=True)
    assert rms(errors(quiet, sky)) < rms(errors(plain, sky))
    dark = (sky.truth(2) < 0.1)[16:-16, 16:-16]
    assert rms(errors(quiet, sky)[dark]) < 0.8 * rms(errors(plain, sky)[dark])
    assert max(taken.residual for taken in quiet.taken) < 1.05
    noise = float(np.std(errors(plain, sky)[dark]))
    before, after = (softened(errors(made, sky)) for made in (plain, quiet))
    high = before > 2 * np.std(before[dark])
    assert (after - before)[high & dark].max() < 0.2 * noise  # no peak of the noise rises
    assert (quiet.planes["measured"] == plain.planes["samples"]).all()
    assert (quiet.planes["sigma"] == plain.planes["sigma"]).all()
    assert not list(tmp_path.glob("b/noise-free"))
    save_stack(quiet, out := tmp_path / "quiet.fits")
    with fits.open(out, checksum=True) as hdus:
        header = hdus[0].header
        assert (header["AIMODEL1"], header["AIPHOT"]) == ("superres-x2", "not for photometry")
        assert header["AISHA1"]
        assert "no model had a part" not in "".join(header["HISTORY"])
        assert "AIMODEL1" not in hdus["MEASURED"].header
        assert hdus["MEASURED"].header["AIVALUES"] == header["AIVALUES"]
        before, after = hdus["MEASURED"].data, hdus[0].data
        assert after.sum() == pytest.approx(before.sum(), rel=1e-3)
    frame = open_frame(out)
    assert measure_reports.caution(frame)
    with pytest.raises(CannotCombine, match="x2 and finer"):
        stacked(given, tmp_path / "c", denoise=True, scale=1)
    with pytest.raises(CannotCombine, match="most likely sky"):
        stacked(given, tmp_path / "d", denoise=True, method="drizzle")


@pytest.mark.parametrize("scale", [1, 3])
def test_other_scales(scale: int, tmp_path: Path) -> None:
    sky = Sky.of(1)
    made = stacked(frames(sky, dithers(6), tmp_path), tmp_path / "s", scale=scale)
    assert made.shape == (96 * scale, 96 * scale)
    off = errors(made, sky)
    assert rms(off) < 0.1 * rms(sky.truth(scale))
    assert abs(np.median(off)) < 1


def test_cosmic_rays_are_rejected_and_stars_are_not(tmp_path: Path) -> None:
    sky = Sky.of(7)
    clean = stacked(frames(sky, dithers(6), tmp_path), tmp_path / "a")
    struck = stacked(frames(sky, dithers(6, rays=25), tmp_path), tmp_path / "b")
    assert max(taken.rejected for taken in clean.taken) < 5e-4
    shares = [taken.rejected for taken in struck.taken]
    assert min(shares) > 0.7 * 50 / 96**2
    assert max(shares) < 2.5 * 50 / 96**2
    assert rms(errors(struck, sky)) < 1.5 * rms(errors(clean, sky)) + 2


def test_exposures_skies_seeing_and_units_are_brought_together(tmp_path: Path) -> None:
    sky = Sky.of(8)
    views = dithers(6)
    kinds = [
        {},
        {"light": 2.0, "sky": 130.0, "header": {"EXPTIME": 200.0}},
        {"fwhm": 1.6},
        {"light": 0.7, "sky": 30.0, "header": {"EXPTIME": 70.0}},
        {"sky": 80.0},
        {},
    ]
    mixed = [View(v.dx, v.dy, seed=v.seed, **k) for v, k in zip(views, kinds, strict=True)]
    made = stacked(frames(sky, mixed, tmp_path), tmp_path / "s")
    assert not made.refused
    light = [taken.exposure.light for taken in made.taken]
    assert light == pytest.approx([1, 2, 1, 0.7, 1, 1], rel=0.02)
    off = errors(made, sky)
    assert abs(np.median(off)) < 1
    assert rms(off) < 40


def test_counts_and_rates_of_one_field_are_no_clouds(tmp_path: Path) -> None:
    sky, views = Sky.of(8), dithers(5)
    given = frames(sky, views, tmp_path)
    for i, (unit, divisor) in enumerate([("electron/s", 100.0), ("adu", 8.0)], start=1):
        with fits.open(tmp_path / f"frame{i}.fits", mode="update") as hdus:
            hdus[0].data /= np.float32(divisor)
            hdus[0].header["BUNIT"] = unit
        given[i] = open_frame(tmp_path / f"frame{i}.fits")
    made = stacked(given, tmp_path / "s")
    assert not made.refused
    assert made.taken[1].exposure.light == pytest.approx(0.01, rel=0.02)
    assert rms(errors(made, sky)) < 25


@pytest.mark.parametrize("method", ["likelihood", "drizzle"])
def test_turned_frames(method: str, tmp_path: Path) -> None:
    sky = Sky.of(9)
    views = [View(v.dx, v.dy, turn=7.0 * i, seed=i) for i, v in enumerate(dithers(5))]
    made = stacked(frames(sky, views, tmp_path), tmp_path / "s", method=method)
    assert not made.refused
    off = errors(made, sky)
    middle = np.nan_to_num(off[20:-20, 20:-20], nan=1e9)  # which all frames see
    assert rms(middle) < (20 if method == "likelihood" else 250)


@pytest.mark.parametrize("unit", [1e-17, 1e-6, 1e9])
def test_numbers_of_any_unit(unit: float, tmp_path: Path) -> None:
    """Flux densities are tiny in some units, and huge in others; 32 bits hold their ratios."""
    sky = Sky.of(24, 80, 30)
    given = [
        Frame(f"frame{i}", (80, 80), 1, "linear", ArraySource(sky.seen(view) * unit), None)
        for i, view in enumerate(dithers(4))
    ]
    made = stacked(given, tmp_path / "s", rounds=12)
    truth = SKY + sky.truth(2)
    off = (made.planes["samples"] / unit - truth)[16:-16, 16:-16]
    assert rms(off) < 0.1 * rms(truth - SKY)
    sigma = made.planes["sigma"][16:-16, 16:-16] / unit
    assert 0.8 < (np.abs(off) < 1.645 * sigma).mean() < 0.97


def test_tiles_leave_no_seams(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sky = Sky.of(10)
    given = frames(sky, dithers(4), tmp_path)
    whole = stacked(given, tmp_path / "a", rounds=20)
    monkeypatch.setattr(tile_plan, "LARGEST", 40)
    monkeypatch.setattr(tile_plan, "SMALLEST", 40)
    parts = stacked(given, tmp_path / "b", rounds=20)
    off = whole.planes["samples"] - parts.planes["samples"]
    assert np.abs(off).max() < 0.1 * np.nanmedian(whole.planes["sigma"])


# ---------------------------------------------------------------- what is not fit


def test_frames_that_do_not_fit_are_left_out_with_their_reason(tmp_path: Path) -> None:
    sky, views = Sky.of(11), dithers(7)
    views[2] = View(0.5, 0.5, trail=7.0, seed=2)
    views[4] = View(-0.5, 0.7, light=0.2, seed=4)
    given = frames(sky, views, tmp_path)
    other = write(Sky.of(12), View(seed=8), tmp_path / "elsewhere.fits")
    flat = tmp_path / "flat.fits"
    fits.PrimaryHDU(np.full((96, 96), 7, np.float32)).writeto(flat)
    made = stacked([*given, open_frame(other), open_frame(flat)], tmp_path / "s")
    why = {one.name: one.reason for one in made.refused}
    assert "trailed" in why["frame2.fits"]
    assert "clouds" in why["frame4.fits"]
    assert "another field" in why["elsewhere.fits"]
    assert "all its samples are 7" in why["flat.fits"]
    assert len(why) == 4
    assert len(made.taken) == 5
    assert all(isinstance(reason, Text) for reason in why.values())


def test_copies_of_a_frame_measure_nothing_more(tmp_path: Path) -> None:
    sky, views = Sky.of(11), dithers(3)
    given = frames(sky, views, tmp_path)
    for i in (0, 1):
        copy = tmp_path / f"copy{i}.fits"
        copy.write_bytes((tmp_path / f"frame{i}.fits").read_bytes())
        given.insert(0, open_frame(copy))
    (tmp_path / "s").mkdir()
    choices = StackChoices(reference=2, rounds=4)
    made = stack_frames(given, tmp_path / "s", choices, silent)
    assert {one.name: one.reason for one in made.refused} == {
        "copy0.fits": "it holds the same samples as frame0.fits",
        "frame1.fits": "it holds the same samples as copy1.fits",
    }
    assert len(made.taken) == 3


def test_when_too_few_are_left_the_error_says_why(tmp_path: Path) -> None:
    given = [open_frame(write(Sky.of(i), View(), tmp_path / f"{i}.fits")) for i in (13, 14)]
    with pytest.raises(CannotCombine, match=r"only one is left.*another field"):
        stacked(given, tmp_path / "s")
    with pytest.raises(CannotCombine, match="One frame makes no stack"):
        stacked(given[:1], tmp_path / "t")


def test_filters_and_units_must_go_together(tmp_path: Path) -> None:
    sky, views = Sky.of(15), dithers(3)
    mixed = [View(v.dx, v.dy, seed=v.seed, header={"FILTER": f}) for v, f in zip(views, "gri")]  # noqa: B905
    given = frames(sky, mixed, tmp_path)
    with pytest.raises(CannotCombine, match="different filters: g, r, i") as caught:
        stacked(given, tmp_path / "s")
    assert "--mixed-filters" in caught.value.hint
    made = stacked(given, tmp_path / "t", mixed_filters=True, method="drizzle")
    assert made.filters == ("g", "r", "i")
    odd = write(sky, View(header={"BUNIT": "MJy/sr"}), tmp_path / "odd.fits")
    with pytest.raises(CannotCombine, match="MJy/sr"):
        stacked([*frames(sky, views, tmp_path), open_frame(odd)], tmp_path / "u")


def test_a_frame_that_vanishes_in_mid_run_is_left_out(tmp_path: Path) -> None:
    sky = Sky.of(16)
    given = frames(sky, dithers(4), tmp_path)

    def progress(_done: int, _of: int, note: str) -> None:
        if note.startswith("looking"):
            (tmp_path / "frame3.fits").unlink(missing_ok=True)

    (tmp_path / "s").mkdir()
    made = stack_frames(given, tmp_path / "s", StackChoices(reference=0), progress)
    assert [one.name for one in made.refused] == ["frame3.fits"]
    assert len(made.taken) == 3
    assert rms(errors(made, sky)) < 25


def test_cancelled_leaves_no_file(tmp_path: Path) -> None:
    frames(Sky.of(17), dithers(3), tmp_path)
    out = tmp_path / "out" / "stack.fits"
    out.parent.mkdir()

    def progress(_done: int, _of: int, note: str) -> None:
        if note == "combining":
            raise Cancelled

    with pytest.raises(Cancelled):
        stack_files([tmp_path], out, StackChoices(), progress)
    assert not list(out.parent.iterdir())


# ---------------------------------------------------------------- the file


def test_the_file_holds_sums_errors_and_how_it_was_made(tmp_path: Path) -> None:
    sky = Sky.of(18)
    frames(sky, dithers(5), tmp_path, coordinates=True)
    (tmp_path / "broken.fits").write_bytes(b"SIMPLE  = ")
    out = tmp_path / "made.fits"
    done = stack_files([tmp_path], out, StackChoices(), silent, None, tmp_path / "frame0.fits")
    assert [one.name for one in done.frames if one.reason] == ["broken.fits"]
    with fits.open(out, checksum=True) as hdus:
        assert [hdu.name for hdu in hdus] == [
            *("PRIMARY", "SIGMA", "WEIGHT", "COVERAGE", "CONTEXT", "STACKED")
        ]
        header, data = hdus[0].header, hdus[0].data
        assert data.shape == (192, 192)
        assert (header["NCOMBINE"], header["TEXPTIME"], header["EXPTIME"]) == (5, 500.0, 100.0)
        assert header["AIVALUES"] == "sum"
        assert "AIMODEL1" not in header
        history = "".join(header["HISTORY"])
        assert "measured, combined from 5 frames" in history
        assert "no model had a part" in history
        assert "broken.fits" in history
        assert data.sum() == pytest.approx(96**2 * SKY + sky.flux.sum(), rel=0.02)
        assert len(hdus["STACKED"].data) == 6
        assert np.nanmedian(hdus["SIGMA"].data) == pytest.approx(
            np.nanmedian(np.abs(data - np.nanmedian(data))) * 1.48, rel=0.6
        )
        for hdu in hdus:  # same input, same bytes, whatever the time
            assert not re.search(r"\d{4}-\d\d-\d\dT", str(hdu.header.comments["CHECKSUM"]))
    made, base = open_frame(out), open_frame(tmp_path / "frame0.fits")
    assert made.read().mean() == pytest.approx(SKY + sky.flux.sum() / 96**2, rel=0.02)
    here, there = sky_at(base, 40.0, 30.0), sky_at(made, 80.5, 60.5)
    assert here is not None
    assert there == pytest.approx(here, abs=1e-7)


def test_a_stack_never_replaces_a_frame_and_needs_a_fits_name(tmp_path: Path) -> None:
    frames(Sky.of(19), dithers(3), tmp_path)
    with pytest.raises(CannotSave, match="one of the frames"):
        stack_files([tmp_path], tmp_path / "frame1.fits", StackChoices(), silent)
    with pytest.raises(CannotSave, match="no FITS file"):
        stack_files([tmp_path], tmp_path / "stack.png", StackChoices(), silent)
    torn = tmp_path / "torn.fits"  # it cannot be read, and is the user's all the same
    torn.write_bytes((tmp_path / "frame1.fits").read_bytes()[:2000])
    kept = torn.read_bytes()
    with pytest.raises(CannotSave, match="one of the frames"):
        stack_files([tmp_path], torn, StackChoices(), silent)
    assert torn.read_bytes() == kept


def test_by_field_no_stack_replaces_a_frame_of_another_field(tmp_path: Path) -> None:
    sky, cards = Sky.of(19), {"OBJECT": "M 13"}
    for i, view in enumerate(dithers(2)):
        write(sky, replace(view, header=cards), tmp_path / f"{i}.fits", coordinates=True)
    lone = write(Sky.of(20), View(header={"FILTER": "Ha"}), tmp_path / "M-13_r.fits")
    kept, told = lone.read_bytes(), []
    assert stack_fields([tmp_path], tmp_path, StackChoices(), silent, told.append) == 0
    assert "one of the frames" in told[-1].message
    assert lone.read_bytes() == kept


def test_where_nothing_can_be_written_is_said_before_the_work(tmp_path: Path) -> None:
    frames(Sky.of(19), dithers(2), tmp_path)
    (tmp_path / "folder.fits").mkdir()
    notes: list[str] = []
    for name, why in (
        ("no/such/stack.fits", "there is no folder"),
        ("frame0.fits/stack.fits", "there is no folder"),
        ("folder.fits", "was not saved"),
        (f"{'x' * 300}.fits", "was not saved"),
    ):
        with pytest.raises(CannotSave, match=why):
            stack_files([tmp_path / "frame0.fits", tmp_path / "frame1.fits"], tmp_path / name,
                        StackChoices(), lambda *said: notes.append(said[2]))  # fmt: skip
    assert not notes
