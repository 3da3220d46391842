"""Colours: known values, and lightness that stays."""

import numpy as np
import pytest

from astroview.core.colour import colour_space
from astroview.core.colour.stretch import Kind, Stretch

RNG = np.random.default_rng(7)


def test_oklab_of_known_colours():
    # Ottosson (2020): white is (1, 0, 0); sRGB red is (0.62796, 0.22486, 0.12585).
    white, red = colour_space.srgb_to_oklab(np.float32([[1, 1, 1], [1, 0, 0]]))
    assert white == pytest.approx([1, 0, 0], abs=1e-4)
    assert red == pytest.approx([0.62796, 0.22486, 0.12585], abs=1e-4)


def test_round_trip():
    rgb = RNG.random((50, 40, 3), dtype=np.float32)
    assert colour_space.oklab_to_srgb(colour_space.srgb_to_oklab(rgb)) == pytest.approx(
        rgb, abs=1e-4
    )


@pytest.mark.parametrize("strength", [0.0, 0.05, 0.4])
def test_painting_keeps_lightness_to_one_grey_level(strength: float):
    u = RNG.random((64, 64), dtype=np.float32)
    chroma = RNG.normal(0, 1, (64, 64, 2)).astype(np.float32) * np.float32(strength)
    rgb = colour_space.colourise(u, chroma)
    assert np.abs(colour_space.grey(rgb) - u).max() < 1 / 255
    eight_bit = np.round(rgb * 255) / 255
    assert np.abs(colour_space.grey(eight_bit.astype(np.float32)) - u).max() < 1.5 / 255


def test_gamut_keeps_hue_and_leaves_what_fits():
    light = np.full((1, 2), 0.5, np.float32)
    chroma = np.float32([[[0.02, 0.01], [0.4, 0.2]]])
    fitted = colour_space.fit_gamut(light, chroma)
    assert (fitted[0, 0] == chroma[0, 0]).all()
    assert fitted[0, 1, 1] / fitted[0, 1, 0] == pytest.approx(0.5, rel=1e-5)
    assert 0.05 < fitted[0, 1, 0] < 0.4


@pytest.mark.parametrize("strength", [0.02, 0.1, 0.4])
@pytest.mark.parametrize("kind", ["linear", "asinh", "sqrt"])
def test_the_screen_and_the_file_are_drawn_alike(strength: float, kind: Kind):
    """Also where colours do not fit: chroma that was fitted under another stretch."""
    samples = RNG.normal(100, 30, (40, 50)).astype(np.float32)
    samples[3, 4] = np.nan
    painted_under = Stretch("linear", 50, 200)
    light = colour_space.lightness(np.clip(np.nan_to_num(painted_under.forward(samples)), 0, 1))
    wild = RNG.normal(0, strength, (40, 50, 2)).astype("f4")
    for chroma in (None, colour_space.fit_gamut(light, wild), wild):
        for stretch in (Stretch(kind, 50, 200), Stretch(kind, 90, 140), Stretch(kind, -40, 900)):
            exact = colour_space.render(samples, stretch, chroma) * 255
            screen = colour_space.render8(samples, stretch, chroma).astype(np.float32)
            assert np.abs(screen - exact).max() <= 1
            assert (exact[3, 4] < 1).all()


def test_colour_that_does_not_fit_pales_and_keeps_its_hue():
    light = RNG.uniform(0.3, 0.95, (30, 30)).astype(np.float32)
    wild = RNG.normal(0, 0.3, (30, 30, 2)).astype(np.float32)
    rgb = np.stack(
        [colour_space.encode_srgb(p) for p in colour_space.painted_light(light, wild)], -1
    )
    lab = colour_space.srgb_to_oklab(rgb)
    assert lab[..., 0] == pytest.approx(light, abs=2e-3)
    turned = np.angle((lab[..., 1] + 1j * lab[..., 2]) / (wild[..., 0] + 1j * wild[..., 1]))
    vivid = np.hypot(lab[..., 1], lab[..., 2]) > 0.02
    assert np.abs(turned[vivid]).max() < 0.05


def test_chroma_without_a_number_is_neutral():
    light = np.full((2, 2), 0.5, np.float32)
    chroma = np.full((2, 2, 2), np.nan, np.float32)
    red, green, blue = colour_space.painted_light(light, chroma)
    assert np.ptp([red, green, blue]) < 1e-4
    assert np.isfinite(colour_space.fit_gamut(light, chroma)).all()


def test_rgb_frames_share_one_stretch():
    rgb = RNG.random((4, 5, 3), dtype=np.float32) * 255
    assert colour_space.render(rgb, Stretch("linear", 0, 255)) == pytest.approx(rgb / 255, abs=1e-6)
