"""Frames that would spoil a stack without standing out as such: they are left out, and it is said
why.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from dithers import Sky, View, dithers, frames, write
from numpy.typing import NDArray

from astroview.core.frame import Frame
from astroview.core.io.open_file import open_frame
from astroview.engine.stacking.field_groups import field_groups
from astroview.engine.stacking.stack_choices import MixedFilters, StackChoices
from astroview.engine.stacking.stack_run import Stack, stack_frames

Samples = NDArray[np.float32]


def silent(done: int, of: int, note: str) -> None:
    """No progress is shown."""


def stacked(given: list[Frame], folder: Path, **choices: object) -> Stack:
    folder.mkdir()
    choices = {"reference": 0, "rounds": 8} | choices
    return stack_frames(given, folder, StackChoices(**choices), silent)  # type: ignore[arg-type]


def changed(path: Path, by: Callable[[Samples], Samples]) -> Frame:
    with fits.open(path) as hdus:
        samples, header = by(hdus[0].data), hdus[0].header.copy()
    fits.PrimaryHDU(samples, header).writeto(path, overwrite=True)
    return open_frame(path)


@pytest.mark.parametrize(
    ("by", "reason"),
    [
        (lambda x: x * 0, "all its samples are 0"),
        (lambda x: x * 0 + 7.5, "all its samples are 7.5"),
        (lambda x: x * np.nan, "none of its samples is a number"),
    ],
    ids=["zero", "flat", "NaN"],
)
def test_a_frame_that_measured_nothing(
    by: Callable[[Samples], Samples], reason: str, tmp_path: Path
) -> None:
    """Its coordinates lay it on the others, and its lack of noise would outweigh all of them."""
    given = frames(Sky.of(41), dithers(5), tmp_path, coordinates=True)
    without = stacked([*given[:2], *given[3:]], tmp_path / "a")
    given[2] = changed(tmp_path / "frame2.fits", by)
    made = stacked(given, tmp_path / "b")
    assert [one.name for one in made.refused] == ["frame2.fits"]
    assert reason in made.refused[0].reason
    assert np.array_equal(made.planes["samples"], without.planes["samples"], equal_nan=True)


@pytest.mark.parametrize("count", [2, 5])
def test_clouds_that_hide_all_stars(count: int, tmp_path: Path) -> None:
    """The coordinates that a telescope writes know nothing of clouds."""
    views = dithers(count + 1)
    views[1] = replace(views[1], light=0.01)
    given = frames(Sky.of(41, faint=4000.0), views, tmp_path, coordinates=True)
    made = stacked(given, tmp_path / "a")
    assert [one.name for one in made.refused] == ["frame1.fits"]
    assert made.refused[0].reason.startswith("clouds: none of ")
    kept = stacked(given, tmp_path / "b", keep_all=True)
    assert len(kept.taken) == count + 1


def test_a_field_of_few_faint_stars_is_no_cloud(tmp_path: Path) -> None:
    given = frames(Sky.of(42, stars=2), dithers(4), tmp_path, coordinates=True)
    assert len(stacked(given, tmp_path / "a").taken) == 4


def test_a_short_exposure_that_shows_no_stars_is_no_cloud(tmp_path: Path) -> None:
    views = dithers(4)
    views[1] = replace(views[1], light=0.002, header={"EXPTIME": 0.2})
    given = frames(Sky.of(41), views, tmp_path, coordinates=True)
    made = stacked(given, tmp_path / "a")
    assert not any("clouds" in one.reason for one in made.refused)


def test_a_frame_without_noise_does_not_outweigh_the_others(tmp_path: Path) -> None:
    sky = Sky.of(41)
    given = frames(sky, dithers(5), tmp_path, coordinates=True)
    level = float(np.median(given[2].read())) + 3.0  # most of its sky was cut off
    given[2] = changed(tmp_path / "frame2.fits", lambda x: np.maximum(x, level))
    made = stacked(given, tmp_path / "a")
    noises = [taken.exposure.noise for taken in made.taken]
    assert min(noises) > 0.1 * max(noises)


@pytest.mark.parametrize(
    ("usual", "odd"), [("r", "UVEX-17"), ("Foo", "Bar"), ("r", "CLEAR"), ("Lum", "Ha")]
)
def test_filters_that_no_table_knows_are_filters(usual: str, odd: str, tmp_path: Path) -> None:
    views = [View(v.dx, v.dy, seed=v.seed, header={"FILTER": usual}) for v in dithers(4)]
    views[2] = replace(views[2], header={"FILTER": odd})
    given = frames(Sky.of(41), views, tmp_path, coordinates=True)
    with pytest.raises(MixedFilters, match=rf"{usual}, {odd} \(frame2.fits\)"):
        stacked(given, tmp_path / "a")
    (group,), alone = field_groups(given)
    assert len(group.frames) == 3
    assert [one.name for one in alone] == ["frame2.fits"]
    made = stacked(given, tmp_path / "b", mixed_filters=True)
    assert made.filters == (usual, odd)


def test_a_frame_that_names_no_filter_goes_with_any(tmp_path: Path) -> None:
    views = [View(v.dx, v.dy, seed=v.seed, header={"FILTER": "Foo"}) for v in dithers(3)]
    given = frames(Sky.of(41), views, tmp_path, coordinates=True)
    bare = write(Sky.of(41), View(1.2, 0.3, seed=9, header={"FILTER": ""}), tmp_path / "bare.fits",
                 coordinates=True)  # fmt: skip
    assert stacked([*given, open_frame(bare)], tmp_path / "a").filters == ("Foo",)
