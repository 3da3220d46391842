"""Flux ledger, new and lost sources, residuals: on frames where the answers are known."""

import numpy as np
import pytest

from astroview.engine.pipeline import trust

PLACES = np.array([[20.0, 30.0], [40.0, 12.0], [44.0, 50.0]])
FLUX = (9000.0, 4000.0, 2500.0)


def stars(side: int, scale: int, places: np.ndarray, fluxes: tuple[float, ...]) -> np.ndarray:
    """Gaussian stars, sigma 1.2 coarse pixels, each integrated well; surface brightness."""
    y, x = np.mgrid[: side * scale, : side * scale]
    sigma = 1.2 * scale
    made = np.zeros((side * scale, side * scale))
    for (cy, cx), flux in zip(trust.to_fine(places, scale), fluxes, strict=True):
        bump = np.exp(-((y - cy) ** 2 + (x - cx) ** 2) / (2 * sigma**2)) / (2 * np.pi * 1.2**2)
        made += flux * bump
    return made.astype(np.float32)


def noise(side: int = 64, sigma: float = 10.0) -> np.ndarray:
    return np.random.default_rng(5).normal(0, sigma, (side, side)).astype(np.float32)


def test_an_honest_result_keeps_everything():
    before = stars(64, 1, PLACES, FLUX) + noise()
    after = before.repeat(2, 0).repeat(2, 1)
    seen = trust.compare(before, after, 10.0)
    assert len(seen.places) == 3
    assert np.allclose(seen.places, PLACES, atol=1)
    assert seen.flux_ratio == pytest.approx(1, abs=0.01)
    assert len(seen.new) == len(seen.lost) == 0
    assert seen.worst_residual < 1e-4


@pytest.mark.parametrize("scale", [2, 4])
@pytest.mark.parametrize("across", [-1, 0, 1])
@pytest.mark.parametrize("down", [-1, 0, 1])
def test_a_star_without_its_core_is_neither_lost_nor_new(down: int, across: int, scale: int):
    before, fine = (stars(64, s, PLACES, FLUX) for s in (1, scale))
    before += noise()
    fine += before.repeat(scale, 0).repeat(scale, 1) - trust.box_means(fine, scale).repeat(
        scale, 0
    ).repeat(scale, 1)
    before[20 + down, 30 + across] = np.nan
    fine[np.isnan(before).repeat(scale, 0).repeat(scale, 1)] = np.nan
    seen = trust.compare(before, fine, 10.0)
    assert len(seen.places) == 3
    assert len(seen.new) == len(seen.lost) == 0
    flat = np.where(np.isnan(fine), np.nan, np.float32(0))
    assert len(trust.compare(before, flat, 10.0).lost) == 3


def test_fluxes_are_the_stars_own():
    fine = stars(64, 2, PLACES, FLUX)
    found = trust.fluxes(fine, trust.to_fine(PLACES, 2), 2 * trust.APERTURE) / 4
    within = 1 - np.exp(-(trust.APERTURE**2) / (2 * 1.2**2))  # of a Gaussian in the aperture
    assert found == pytest.approx(np.array(FLUX) * within, rel=0.02)


def test_what_was_added_is_new_and_what_was_taken_is_lost():
    before = stars(64, 1, PLACES, FLUX)
    added = np.array([[10.0, 50.0]])
    after = stars(64, 2, np.vstack([PLACES[:2], added]), (*FLUX[:2], 3000.0))
    seen = trust.compare(before, after, 10.0)
    assert np.allclose(trust.to_coarse(seen.new, 2), added, atol=1)
    assert np.allclose(seen.lost, PLACES[2:], atol=1)
    assert seen.worst_residual == pytest.approx(3000 / (2 * np.pi * 1.44) / 10, rel=0.1)


def test_noise_alone_has_no_sources():
    assert len(trust.find_sources(noise(256), 10.0)) == 0


def test_the_filter_leaves_the_noise_that_is_counted_with():
    frame = noise(256)
    hits = len(trust.find_sources(frame, 10.0, threshold=2.0))
    few = len(trust.find_sources(frame, 10.0, threshold=3.0))
    assert hits > 5 * few > 0  # peaks of noise thin out as those of a Gaussian do


def test_errors_are_what_the_noise_does_to_fluxes():
    places = np.stack(np.meshgrid(np.arange(12, 244, 16), np.arange(12, 244, 16)), -1)
    places = places.reshape(-1, 2).astype(float)
    measured = trust.fluxes(noise(256), places, trust.APERTURE)
    said = trust.flux_errors(10.0, places)
    assert measured.std() == pytest.approx(said[0], rel=0.15)
    even = trust.flux_errors(np.full((256, 256), 10.0, np.float32), places)
    assert even == pytest.approx(said, rel=1e-3)


def test_frames_without_data_or_sources():
    blank = np.full((32, 32), np.nan, np.float32)
    seen = trust.compare(blank, blank.repeat(2, 0).repeat(2, 1))
    assert len(seen.places) == len(seen.new) == 0
    assert np.isnan(seen.flux_ratio)
