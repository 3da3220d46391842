"""Pictures by tables: the same as computed in full, whatever the display."""

from __future__ import annotations

import numpy as np
import pytest
from astropy.io import fits
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QImage

from astroview.core.bad_pixels.saturation import saturation_level
from astroview.core.colour import colour_space
from astroview.core.colour.band_stretch import lupton
from astroview.core.colour.stretch import KINDS, Kind, Stretch
from astroview.core.colour.tone import Tone
from astroview.core.frame import ArraySource, Frame
from astroview.ui.render import colour_maps, lut_codes, rendering
from astroview.ui.render.rendering import Look, picture

RANDOM = np.random.default_rng(5)
SKY = RANDOM.normal(100, 5, (60, 80)).astype(np.float32)
SKY[20:24, 30:34] += 40_000
SKY[0, :7] = np.nan


def rgb_of(image: QImage) -> np.ndarray:
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return pixels[..., 2::-1].astype(int)


def coded(samples: np.ndarray) -> tuple[lut_codes.Coded, ...]:
    bands = samples[..., None] if samples.ndim == 2 else samples
    return tuple(lut_codes.encode(bands[..., i]) for i in range(bands.shape[2]))


@given(st.lists(st.floats(width=32, allow_nan=True, allow_infinity=False), min_size=2, max_size=60))
def test_codes_keep_order_ends_and_nan(values: list[float]) -> None:
    plane = np.array([values], np.float32)
    found = lut_codes.encode(plane)
    back = found.values[found.codes]
    good = np.isfinite(plane)
    assert (np.isnan(back) == ~good).all()
    if good.any():
        order = np.argsort(plane[good], kind="stable")
        assert (np.diff(found.codes[good][order].astype(int)) >= 0).all()
        assert back[good].min() >= plane[good].min()
        assert back[good].max() <= plane[good].max()


def test_codes_are_finer_than_the_noise_and_than_a_thousandth() -> None:
    found = lut_codes.encode(SKY)
    good = np.isfinite(SKY)
    error = np.abs(found.values[found.codes] - SKY)[good]
    assert (error <= np.maximum(0.005, 1e-3 * np.abs(SKY[good]))).all()


@pytest.mark.parametrize("kind", KINDS)
def test_grey_is_as_computed_in_full(kind: Kind) -> None:
    stretch = Stretch(kind, 85, 20_000, 0.001 if kind == "asinh" else 0.0)
    found = rgb_of(picture(coded(SKY), Look(stretch)))
    assert np.abs(found - colour_space.render8(SKY, stretch).astype(int)).max() <= 1


@pytest.mark.parametrize("joint", [False, True])
def test_colour_is_as_computed_in_full(joint: bool) -> None:
    samples = np.stack([SKY, SKY * 2, SKY + 30], -1)
    stretch = lupton((90, 180, 120), (5, 9, 7), 10.0)
    stretch = stretch if joint else type(stretch)(stretch.bands)
    found = rgb_of(picture(coded(samples), Look(stretch)))
    full = colour_space.render8(samples, stretch).astype(int)
    assert np.abs(found - full)[SKY == SKY].max() <= 2


def test_painted_colour_ignores_the_map_and_keeps_lightness() -> None:
    chroma = RANDOM.normal(0, 0.05, (*SKY.shape, 2)).astype(np.float32)
    stretch = Stretch("asinh", 85, 20_000, 0.001)
    found = rgb_of(picture(coded(SKY), Look(stretch, colour_map="heat"), chroma))
    full = colour_space.render8(SKY, stretch, chroma).astype(int)
    assert np.abs(found - full).max() <= 2


def test_invert_contrast_gamma_and_map() -> None:
    ramp = np.linspace(0, 1, 256, dtype=np.float32)[None]
    linear = Stretch("linear", 0, 1)
    inverted = rgb_of(picture(coded(ramp), Look(linear, invert=True)))[0, :, 0]
    assert (inverted[0], inverted[-1]) == (255, 0)
    flat = rgb_of(picture(coded(ramp), Look(linear, tone=Tone(contrast=2))))[0, :, 0]
    assert flat[63] == 0
    assert flat[192] == 255
    lifted = rgb_of(picture(coded(ramp), Look(linear, tone=Tone(gamma=2))))[0, :, 0]
    assert lifted[64] == pytest.approx(128, abs=1)
    heat = rgb_of(picture(coded(ramp), Look(linear, colour_map="heat")))[0]
    assert np.abs(heat - colour_maps.table("heat")).max() <= 12  # the ramp's steps are rounded


def test_marks_only_on_demand() -> None:
    stretch = Stretch("linear", 0, 200)
    plain = rgb_of(picture(coded(SKY), Look(stretch)))
    assert (plain[0, 0] == 0).all()
    marked = rgb_of(picture(coded(SKY), Look(stretch, mark_no_data=True, saturated=30_000)))
    blue, red = (
        [c >> 16 & 255, c >> 8 & 255, c & 255]
        for c in (rendering.NO_DATA_COLOUR, rendering.SATURATED_COLOUR)
    )
    assert marked[0, 0].tolist() == blue
    assert marked[21, 31].tolist() == red
    assert (marked[30:] == plain[30:]).all()
    both = np.stack([SKY, SKY, SKY * 0 + 1], -1)
    colour = rgb_of(picture(coded(both), Look(stretch, mark_no_data=True, saturated=30_000)))
    assert colour[0, 0].tolist() == blue
    assert colour[21, 31].tolist() == red


@pytest.mark.parametrize(
    ("cards", "level"),
    [
        ({"SATURATE": 52000.0, "BITPIX": -32}, 52000.0),
        ({"BITPIX": 16, "BZERO": 32768}, 65535.0),
        ({"BITPIX": 8}, 255.0),
        ({"BITPIX": -32}, None),
        ({"BITPIX": 16, "SATURATE": "unknown"}, 32767.0),
    ],
)
def test_saturation_by_header_or_type(cards: dict, level: float | None) -> None:
    frame = Frame("f", SKY.shape, 1, "linear", ArraySource(SKY), None, header=fits.Header(cards))
    assert saturation_level(frame) == level


def test_every_map_has_256_colours() -> None:
    assert len(set(colour_maps.KEYS)) == len(colour_maps.KEYS)
    for key in colour_maps.KEYS:
        table = colour_maps.table(key)
        assert table.shape == (256, 3)
        assert len(np.unique(table, axis=0)) >= 8
    heat = colour_maps.table("heat")
    assert heat[round(0.34 * 255)].tolist() == [255, 87, 0]  # DS9: red full at 0.34, blue still 0
    assert colour_maps.table("i8")[40].tolist() == [0, 255, 0]
