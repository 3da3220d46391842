"""Stretches of three bands: exact inverses, and Lupton's mapping as astropy computes it."""

import numpy as np
import pytest
from astropy.visualization import make_lupton_rgb
from hypothesis import assume, given
from hypothesis import strategies as st

from astroview.core.colour import colour_space
from astroview.core.colour.band_stretch import (
    BandStretch,
    auto_bands,
    auto_lupton,
    balanced,
    clipped,
    lupton,
)
from astroview.core.colour.stretch import KINDS, Kind, Stretch, autostretch

RANDOM = np.random.default_rng(3)


def bands(kind: Kind, low: float, span: float) -> tuple[Stretch, Stretch, Stretch]:
    return (
        Stretch(kind, low, low + span),
        Stretch(kind, low - 3, low + 2 * span),
        Stretch(kind, low, low + span / 2),
    )


@pytest.mark.parametrize("kind", KINDS)
@given(
    x=st.lists(st.tuples(*[st.floats(-1e3, 1e4, width=32)] * 3), min_size=1, max_size=20),
    low=st.floats(-100, 100),
    span=st.floats(1, 1e3),
)
def test_separate_bands_are_undone(kind: Kind, x: list[tuple], low: float, span: float) -> None:
    stretch = BandStretch(bands(kind, low, span))
    samples = np.array(x, np.float32)
    back = stretch.inverse(stretch.forward(samples))
    assert (np.abs(back - samples) <= 3e-4 * (np.abs(samples) + abs(low) + 2 * span + 3)).all()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "sqrt"])
@given(
    x=st.tuples(*[st.floats(-1e3, 1e4, width=32)] * 3),
    low=st.floats(-100, 100),
    span=st.floats(1, 1e3),
)
def test_joint_bands_are_undone(kind: Kind, x: tuple, low: float, span: float) -> None:
    stretch = BandStretch(bands(kind, low, span), joint=True)
    samples = np.array([x], np.float32)
    linear = BandStretch(bands("linear", low, span)).forward(samples)
    # Where bright colours cancel to a mean of nearly nothing, float32 has lost it already.
    assume(abs(linear.mean()) > 1e-3 * np.abs(linear).max())
    back = stretch.inverse(stretch.forward(samples))
    room = 5e-3 * (np.abs(samples).max() + abs(low) + 2 * span + 3)
    assert (np.abs(back - samples) <= room).all()


@pytest.mark.parametrize("kind", KINDS)
def test_dict_and_back(kind: Kind) -> None:
    stretch = BandStretch(bands(kind, 5, 7), joint=kind != "sqrt")
    assert BandStretch.from_dict(stretch.to_dict()) == stretch
    assert np.isnan(stretch.forward(np.full((1, 3), np.nan, np.float32))).all()


def test_bad_values_are_refused() -> None:
    with pytest.raises(ValueError, match="square root"):
        BandStretch(bands("sqrt", 0, 1), joint=True)
    with pytest.raises(ValueError, match="three"):
        BandStretch((Stretch(), Stretch()))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="above 1"):
        Stretch("power", 0, 1, 0.5)


@pytest.mark.parametrize(("q", "wide"), [(8.0, 5.0), (1.0, 0.5), (20.0, 30.0)])
def test_lupton_is_astropys(q: float, wide: float) -> None:
    rgb = RANDOM.normal(1, 2, (40, 40, 3)).astype(np.float32)
    rgb[10:14, 10:14] += [300, 80, 20]
    black = (0.2, -0.1, 0.5)
    red, green, blue = (rgb[..., i] for i in range(3))
    theirs = make_lupton_rgb(red, green, blue, minimum=black, stretch=wide, Q=q)
    ours = colour_space.render8(rgb, lupton(black, (wide, wide, wide), q))
    assert np.abs(ours.astype(int) - theirs.astype(int)).max() <= 1


def test_a_weight_is_a_shorter_span() -> None:
    rgb = RANDOM.uniform(0, 9, (8, 8, 3)).astype(np.float32)
    weighted = lupton((0, 0, 0), (5 / 2.0, 5, 5 / 0.5)).forward(rgb)
    plain = lupton((0, 0, 0), (5, 5, 5)).forward(rgb * np.array([2, 1, 0.5], np.float32))
    np.testing.assert_allclose(weighted, plain, rtol=2e-4)


def test_what_is_too_bright_keeps_its_hue() -> None:
    stretch = lupton((0, 0, 0), (1, 1, 1))
    u = clipped(stretch.forward(np.array([[4e4, 2e4, 1e4]], np.float32)), stretch)
    np.testing.assert_allclose(u[0], [1, 0.5, 0.25], rtol=1e-4)


def test_automatic_bands_have_a_black_sky_and_one_scale() -> None:
    rgb = RANDOM.normal([100, 300, 50], 5, (128, 128, 3)).astype(np.float32)
    rgb[40:60, 40:60] += 2000
    stretch = auto_bands(rgb)
    spans = {round(b.high - b.low, 3) for b in stretch.bands}
    assert len(spans) == 1
    sky = clipped(stretch.forward(rgb[:30]), stretch)
    np.testing.assert_allclose(sky.mean((0, 1)), sky.mean(), atol=0.03)
    assert 0.01 < sky.mean() < 0.25


def test_weights_make_bright_light_neutral() -> None:
    light = RANDOM.exponential(1, (128, 128, 1)).astype(np.float32)
    weights = balanced(np.concatenate([light * 4, light, light * 2], -1) + 10)
    np.testing.assert_allclose(weights, (0.25, 1, 0.5), rtol=0.02)


@given(
    sky=st.tuples(*[st.floats(-1e37, 1e37)] * 3),
    noise=st.floats(0, 1),
    shape=st.sampled_from([(1, 1), (1, 9), (8, 8)]),
)
def test_any_bands_have_an_automatic_mapping(sky: tuple, noise: float, shape: tuple) -> None:
    """Flat ones too, and those whose noise is less than float32 tells apart, or nearly too much."""
    level = np.array(sky) * (1 + noise * RANDOM.normal(0, 0.1, (*shape, 3)))
    samples = level.astype(np.float32)
    for stretch in (auto_lupton(samples), auto_bands(samples)):
        assert np.isfinite(clipped(stretch.forward(samples), stretch)).all()


@given(st.floats(0.1, 50), st.floats(-1000, 1000))
def test_autostretch_puts_the_median_at_a_quarter(sigma: float, sky: float) -> None:
    samples = RANDOM.normal(sky, sigma, 4000).astype(np.float32)
    samples[:50] += np.float32(200 * sigma)
    stretch = autostretch(samples)
    assert stretch.kind == "mtf"
    median = np.array([np.median(samples)], np.float32)
    assert stretch.forward(median)[0] == pytest.approx(0.25, abs=0.01)
    assert autostretch(np.full(9, 3, np.float32)).kind == "linear"
