"""Frames laid on each other: to a fiftieth of a pixel, turned, magnified, with and without WCS."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from dithers import Sky, View, dithers, frames

from astroview.core.frame import ArraySource, Frame
from astroview.engine.stacking.registration import Apart, Matched, match, refine
from astroview.engine.stacking.star_fits import find_stars

GOOD = 0.02  # reference pixels


def off(sky: Sky, view: View, placement: object) -> float:
    """How far stars of the frame come to lie from where they are on the reference, at most."""
    x, y = sky.placed(view)
    inside = (np.minimum(x, y) > 0) & (np.maximum(x, y) < sky.side)
    there = placement.to_reference(x - 0.5, y - 0.5)  # type: ignore[attr-defined]
    away = np.hypot(there[0] - (sky.x - 0.5), there[1] - (sky.y - 0.5))
    return float(away[inside].max())


def memory_frame(samples: np.ndarray) -> Frame:
    return Frame("f", samples.shape, 1, "linear", ArraySource(samples), None)


@pytest.mark.parametrize("fwhm", [1.1, 1.3, 2.0, 3.5])
def test_stars_are_where_they_are(fwhm: float) -> None:
    sky = Sky.of(2)
    found = find_stars(memory_frame(sky.seen(View(0.3, -0.4, fwhm=fwhm))))
    assert found.count >= 15
    assert found.fwhm == pytest.approx(fwhm, rel=0.05)
    x, y = sky.x + 0.3 - 0.5, sky.y - 0.4 - 0.5
    away = np.hypot(found.x[:, None] - x, found.y[:, None] - y)
    assert np.median(away.min(1)) < 0.025 * fwhm + 0.01
    nearest = away.argmin(1)
    assert abs(np.median(found.x - x[nearest])) < 0.01
    assert abs(np.median(found.y - y[nearest])) < 0.01
    assert np.median(found.flux / sky.flux[nearest]) == pytest.approx(1, abs=0.02)


def test_noise_cosmic_rays_and_flat_frames_have_no_stars() -> None:
    rng = np.random.default_rng(1)
    noise = rng.normal(50, 6, (80, 80)).astype(np.float32)
    noise[rng.integers(5, 75, 30), rng.integers(5, 75, 30)] += 3000
    assert find_stars(memory_frame(noise)).count == 0
    assert find_stars(memory_frame(np.full((64, 64), 3, np.float32))).count == 0
    assert find_stars(memory_frame(np.full((64, 64), np.nan, np.float32))).count == 0


@pytest.mark.parametrize("coordinates", [False, True], ids=["stars alone", "WCS"])
@pytest.mark.parametrize(
    "view",
    [View(1.37, -0.81), View(-12.2, 7.7), View(2.0, 1.0, 5.0), View(0, 0, 90.0),
     View(1, 1, 30.0, 1.2), View(1, -2, -3.0, 0.85)],
    ids=["shift", "far shift", "turned", "on its side", "turned, finer", "turned, coarser"],
)  # fmt: skip
def test_a_frame_is_laid_on_another(view: View, coordinates: bool, tmp_path: Path) -> None:
    sky = Sky.of(3, faint=2000)
    base, other = frames(sky, [View(), view], tmp_path, coordinates=coordinates)
    stars = [find_stars(base), find_stars(other)]
    found = match(other, stars[1], base, stars[0])
    assert isinstance(found, Matched)
    mine = match(base, stars[0], base, stars[0])
    assert isinstance(mine, Matched)
    placement = refine([mine, found], stars, stars[0])[1]
    assert off(sky, view, placement) < GOOD * 2  # at the farthest star
    x, y = placement.to_reference(np.array([47.5]), np.array([47.5]))
    back = placement.to_frame(x, y)
    assert np.allclose(back, 47.5, atol=1e-2)
    turn = placement.local(other.shape)[2]
    assert turn == pytest.approx(-view.turn, abs=0.05)


def test_distortion_that_the_coordinates_tell_is_taken_out(tmp_path: Path) -> None:
    """Optics bend the field by half a pixel, and far dithers bend each star otherwise."""
    sky = Sky.of(3, faint=2000)
    views = [View(sip=3e-4), View(14.2, -9.3, sip=3e-4, seed=1), View(-11.7, 6.1, 20.0, sip=3e-4)]
    given = frames(sky, views, tmp_path, coordinates=True)
    stars = [find_stars(frame) for frame in given]
    matched = [match(f, s, given[0], stars[0]) for f, s in zip(given, stars, strict=True)]
    placements = refine([m for m in matched if isinstance(m, Matched)], stars, stars[0])
    x, y = sky.placed(views[0])
    for view, placement in zip(views[1:], placements[1:], strict=True):
        px, py = sky.placed(view)
        inside = (np.minimum(px, py) > 0) & (np.maximum(px, py) < sky.side)
        there = placement.to_reference(px - 0.5, py - 0.5)
        away = np.hypot(there[0] - (x - 0.5), there[1] - (y - 0.5))[inside]
        assert np.median(away) < GOOD
        assert away.max() < 2 * GOOD


@pytest.mark.parametrize("turn", [0.0, 37.0])
def test_a_mirrored_frame_is_laid_on_the_others_by_its_stars(turn: float) -> None:
    """Another diagonal mirror in the beam, and no coordinates."""
    sky, view = Sky.of(3, faint=2000), View(1.4, -0.6, turn, seed=2)
    base, other = memory_frame(sky.seen(View())), memory_frame(sky.seen(view)[:, ::-1].copy())
    stars = [find_stars(base), find_stars(other)]
    found = match(other, stars[1], base, stars[0])
    assert isinstance(found, Matched)
    x, y = sky.placed(view)
    inside = (np.minimum(x, y) > 0) & (np.maximum(x, y) < sky.side)
    there = found.placement.to_reference(sky.side - x - 0.5, y - 0.5)
    away = np.hypot(there[0] - (sky.x - 0.5), there[1] - (sky.y - 0.5))
    assert away[inside].max() < 2 * GOOD


def test_many_frames_tell_shifts_better_than_a_fiftieth_of_a_pixel() -> None:
    sky, views = Sky.of(4), dithers(6)
    given = [memory_frame(sky.seen(view)) for view in views]
    stars = [find_stars(frame) for frame in given]
    matched = [match(f, s, given[0], stars[0]) for f, s in zip(given, stars, strict=True)]
    placements = refine([m for m in matched if isinstance(m, Matched)], stars, stars[0])
    for view, placement in zip(views, placements, strict=True):
        dx, dy, turn, scale = placement.local((96, 96))
        assert abs(dx + view.dx) < GOOD
        assert abs(dy + view.dy) < GOOD
        assert abs(turn) < 0.05
        assert scale == pytest.approx(1, abs=1e-3)
        assert placement.error < 0.01


def test_another_field_is_told_apart() -> None:
    base = memory_frame(Sky.of(5).seen(View()))
    other = memory_frame(Sky.of(6).seen(View()))
    found = match(other, find_stars(other), base, find_stars(base))
    assert isinstance(found, Apart)
    assert "another field" in found.reason
