"""Intervals by signal-to-noise: what is fitted covers what it was fitted to, and its like."""

import numpy as np
import pytest

from astroview.engine.networks.interval_heads import Tables
from trainer.calibrate.measured_intervals import Errors, coverage, field_of, fitted, scatter
from trainer.data import exposures


def errors(seed: int, grain: float) -> Errors:
    """Noise in the sky, and errors of twice what the head says where it is bright."""
    rng = np.random.default_rng(seed)
    snr = np.concatenate([rng.normal(0, 1, 2000), 10 ** rng.uniform(0.5, 2.5, 4000)])
    head = 3 * (1 + snr.clip(0))
    scale = np.where(snr < 3, 7 / grain, 2 * head)
    error = np.abs(rng.laplace(0, scale / 2.3))
    told = (np.asarray(a, np.float32) for a in (error, head, snr))
    return Errors(f"frames/{seed}", *told, 5.0, grain)


def test_nine_of_ten_lie_within_of_every_signal_to_noise():
    tables = fitted([errors(i, 1 + i % 3) for i in range(12)])
    found = coverage([errors(i, 1 + i % 3) for i in range(100, 112)], tables)
    assert set(found) == {"frames", "real"}
    assert [least for least, *_ in found["real"]] == [0.0, 3.0, 10.0, 30.0]
    assert all(0.87 < part < 0.93 for _, part, _ in found["real"])
    assert all(0 < error < 0.02 for *_, error in found["real"])
    # Noise that is spread over pixels counts by its own factor.
    assert tables.skies == pytest.approx(sorted(tables.skies, reverse=True))
    assert isinstance(tables, Tables)


def test_samples_of_one_field_are_no_independent_witnesses():
    rng = np.random.default_rng(5)
    field = np.repeat(np.arange(40), 500)
    alike = rng.random(field.size) < 0.9
    apart = rng.random(field.size) < np.repeat(rng.choice([0.8, 1.0], 40), 500)
    assert scatter(alike, field)[0] == pytest.approx(np.sqrt(0.09 / field.size), rel=0.35)
    assert scatter(apart, field)[0] == pytest.approx(0.1 / np.sqrt(40), rel=0.35)
    assert scatter(alike, field * 0) == []


def test_nothing_to_fit_leaves_a_plain_interval_of_noise():
    tables = fitted([])
    assert tables.skies == (1.645,)
    assert set(tables.factors) == {1.0}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ceers/ceers_f115w_10983.fits", "ceers/ceers_f444w_10983.fits", True),
        ("ceers/ceers_f115w_10983.fits", "ceers/ceers_f115w_11097.fits", False),
        ("humvi/KiDS-test_g.fits", "humvi/KiDS-test_r.fits", True),
        ("2mass/gc_2mass_h.fits", "2mass/gc_2mass_j.fits.bz2", True),
        ("a/x_g.fits", "b/x_r.fits", False),
    ],
)
def test_a_field_is_told_by_its_name_without_the_filter(one: str, other: str, same: bool):
    assert (field_of(one) == field_of(other)) is same


@pytest.mark.parametrize("seed", [0, 1])
def test_a_finer_exposure_has_noise_of_its_own_whose_means_are_seen(seed: int):
    dark = np.zeros((96, 96), np.float32)
    made = exposures.as_finer("dark", dark, 2, seed)
    means = made.truth.reshape(48, 2, 48, 2).mean((1, 3))
    assert means == pytest.approx(made.seen, abs=1e-2)
    ratio = made.seen.std() / made.truth.std()
    assert 0.5 < ratio < 1  # spread over pixels: means of four keep more than half of it
