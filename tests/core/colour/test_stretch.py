"""Stretches: exact inverses, sensible limits, a black sky."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from astroview.core.colour.stretch import (
    KINDS,
    Kind,
    Stretch,
    auto_stretch,
    autostretch,
    equalised,
    limits,
    sky_stretch,
)
from astroview.core.frame import ArraySource, Frame


@pytest.mark.parametrize("kind", KINDS)
@given(
    x=st.lists(st.floats(-1e4, 1e5, width=32), min_size=1, max_size=30),
    low=st.floats(-100, 100),
    span=st.floats(1, 1e4),
)
def test_inverse_undoes_forward_anywhere(kind: Kind, x: list[float], low: float, span: float):
    stretch = Stretch(kind, low, low + span)
    samples = np.array(x, np.float32)
    back = stretch.inverse(stretch.forward(samples))
    allowed = 2e-4 * (np.abs(samples) + abs(low) + span)
    assert (np.abs(back - samples) <= allowed).all()


@pytest.mark.parametrize("kind", KINDS)
def test_limits_become_zero_and_one_and_order_is_kept(kind: Kind):
    stretch = Stretch(kind, 10, 210)
    u = stretch.forward(np.linspace(-100, 400, 501, dtype=np.float32))
    assert u[110] == pytest.approx(0, abs=1e-6)
    assert u[310] == pytest.approx(1, abs=1e-6)
    assert (np.diff(u) > 0).all()


def test_asinh_and_mtf_by_hand():
    # asinh(0.5/0.1) / asinh(1/0.1) = 2.312438 / 2.998223
    assert Stretch("asinh", 0, 2, 0.1).forward(np.float32([1]))[0] == pytest.approx(0.771270)
    # The midtone itself becomes one half.
    assert Stretch("mtf", 0, 1, 0.2).forward(np.float32([0.2]))[0] == pytest.approx(0.5)


def test_nan_stays_and_bad_values_are_refused():
    assert np.isnan(Stretch("log").forward(np.float32([np.nan]))[0])
    with pytest.raises(ValueError, match="differ"):
        Stretch("linear", 1, 1)
    with pytest.raises(ValueError, match="unknown"):
        Stretch.from_dict({"kind": "cube"})
    stretch = Stretch("mtf", 1, 2, 0.4)
    assert Stretch.from_dict(stretch.to_dict()) == stretch


def test_limits_ignore_nan_and_survive_flat_frames():
    samples = np.full((8, 8), 5, np.float32)
    samples[0, 0] = np.nan
    for method in ("zscale", "percentile", "minmax"):
        low, high = limits(samples, method)
        assert (low, high > low) == (5, True)
    assert limits(np.full((3, 3), np.nan, np.float32)) == (0, 1)
    assert limits(np.arange(101, dtype=np.float32), "percentile", 98) == pytest.approx((1, 99))


def test_sky_is_dark_and_its_noise_is_visible_but_faint():
    rng = np.random.default_rng(1)
    sky = rng.normal(1000, 10, (256, 256)).astype(np.float32)
    sky[100:110, 100:110] += 20000
    stretch = sky_stretch(sky)
    u = stretch.forward(sky)
    assert 0.0 < np.median(u) < 0.2
    assert 0.01 < u[:90].std() < 0.1
    assert u[105, 105] == pytest.approx(1, abs=0.05)


def test_display_frames_keep_their_values():
    frame = Frame("p", (2, 2), 1, "display", ArraySource(np.zeros((2, 2), np.uint8)), 255.0)
    assert auto_stretch(frame) == Stretch("linear", 0, 255)


MOST = float(np.finfo(np.float32).max)


@given(
    st.lists(st.floats(-MOST, MOST, width=32), min_size=1, max_size=60),
    st.sampled_from([0, 1, 400]),
)
def test_whatever_a_frame_holds_it_has_a_stretch(found: list[float], sky: int) -> None:
    samples = np.array([*found, *[100.0] * sky], np.float32)
    for low, high in (limits(samples, method) for method in ("zscale", "percentile", "minmax")):
        assert low < high
        Stretch("linear", low, high)
        equalised(samples, low, high)
        for kind in KINDS:
            shown = Stretch(kind, low, high).forward(samples)
            assert not np.isnan(shown).any()
            ascending = np.clip(shown[np.argsort(samples)], 0, 1)
            assert (np.diff(ascending) >= -1e-5).all()
    for stretch in (sky_stretch(samples), autostretch(samples)):
        assert np.isfinite([stretch.low, stretch.high, stretch.parameter]).all()


def test_enormous_values_do_not_overflow():
    samples = np.full((32, 32), 1e30, np.float32)
    samples[:16] = -1e30
    samples[3, 3] = 3e38
    assert np.isfinite(sky_stretch(samples).forward(samples)).all()
