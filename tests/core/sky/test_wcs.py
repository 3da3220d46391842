"""Coordinates stay true: on real headers of every kind, and by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from astropy.io import fits
from astropy.wcs import WCS
from hypothesis import given
from hypothesis import strategies as st

from astroview.core.errors import UnreadableFrame
from astroview.core.frame import ArraySource, Frame
from astroview.core.io.open_file import list_hdus, open_frame
from astroview.core.sky.wcs import (
    format_sky,
    plate_scale,
    read_wcs,
    scaled_header,
    scaled_wcs,
    sky_at,
)

if TYPE_CHECKING:
    from pathlib import Path

SIP = {
    "CTYPE1": "RA---TAN-SIP", "CTYPE2": "DEC--TAN-SIP", "CRPIX1": 40.0, "CRPIX2": 30.0,
    "CRVAL1": 150.0, "CRVAL2": 20.0, "CD1_1": -1e-4, "CD1_2": 2e-6, "CD2_1": 1e-6, "CD2_2": 1e-4,
    "A_ORDER": 3, "B_ORDER": 3, "A_2_0": 1e-4, "A_1_1": -2e-5, "B_0_2": 3e-4, "B_3_0": 1e-6,
}  # fmt: skip
PC = {
    "CTYPE1": "GLON-CAR", "CTYPE2": "GLAT-CAR", "CRPIX1": 10.0, "CRPIX2": 20.0, "CRVAL1": 30.0,
    "CRVAL2": 0.0, "CDELT1": -0.01, "CDELT2": 0.01, "PC1_1": 0.9, "PC1_2": 0.1, "PC2_1": -0.1,
    "PC2_2": 0.9,
}  # fmt: skip
NO_CDELT = {key: value for key, value in PC.items() if not key.startswith("CDELT")}


def pixels_apart(one: WCS, scaled: WCS, scale: int, shape: tuple[int, int]) -> float:
    """How far, in fine pixels, the same places of both frames are from each other on the sky."""
    height, width = shape
    x, y = np.meshgrid(np.linspace(-0.5, width - 0.5, 5), np.linspace(-0.5, height - 0.5, 5))
    places = np.stack([x.ravel(), y.ravel()], -1)
    here = np.asarray(one.all_pix2world(places, 0))
    there = np.asarray(scaled.all_pix2world((places + 0.5) * scale - 0.5, 0))
    apart = (here - there + 180) % 360 - 180
    apart[:, one.wcs.lng] *= np.cos(np.deg2rad(here[:, one.wcs.lat]))
    return float(np.nan_to_num(np.abs(apart)).max()) * 3600 / (plate_scale(one) / scale)


@pytest.mark.parametrize("cards", [SIP, PC, NO_CDELT])
@pytest.mark.parametrize("scale", [2, 3, 4])
def test_the_same_star_is_at_the_same_place(cards: dict[str, object], scale: int) -> None:
    header = fits.Header(cards)
    wcs = WCS(header)
    scaled = scaled_header(header, scale, (60 * scale, 80 * scale))
    assert pixels_apart(wcs, WCS(scaled), scale, (60, 80)) < 1e-6
    also = scaled_wcs(wcs, scale)
    assert also is not None
    assert pixels_apart(wcs, also, scale, (60, 80)) < 1e-6


def test_scaling_twice_is_scaling_by_the_product() -> None:
    header = fits.Header(SIP)
    twice = scaled_header(scaled_header(header, 2, (1, 1)), 3, (1, 1))
    once = scaled_header(header, 6, (1, 1))
    assert all(np.isclose(twice[k], once[k]) for k in once if not isinstance(once[k], str))


@pytest.mark.parametrize("folder", ["fits", "bands"])
def test_real_headers_keep_their_sky(shared_data: Path, folder: str) -> None:
    checked = 0
    for path in sorted((shared_data / folder).rglob("*.*"))[:: 1 if folder == "fits" else 20]:
        for frame in _frames(path):
            assert frame.header is not None
            assert frame.wcs is not None
            header = scaled_header(frame.header, 2, (2 * frame.shape[0], 2 * frame.shape[1]))
            scaled = scaled_wcs(frame.wcs, 2, header)
            assert scaled is not None, path
            assert pixels_apart(frame.wcs, scaled, 2, frame.shape) < 0.01, path
            checked += 1
    assert checked > 10


def _frames(path: Path) -> list[Frame]:
    """Frames with coordinates: one of each size in a file."""
    try:
        images = [] if path.name.startswith("jw") else list_hdus(path)  # large, and all alike
        found = {hdu.shape: hdu.index for hdu in images if hdu.is_image}
        frames = [open_frame(path, index) for index in found.values()]
    except UnreadableFrame:
        return []
    return [frame for frame in frames if frame.wcs is not None]


def test_related_cards_are_scaled_with_the_picture() -> None:
    cards = {
        "LTV1": 3.0, "LTM1_1": 1.0, "PIXSCALE": 0.4, "CRPIX1P": 1.0, "CTYPE1P": "X", "CDELT1P": 1.0,
        "EXPTIME": 10.0, "NAXIS1": 5, "NAXIS2": 6, "GAIN": 2,
    }  # fmt: skip
    scaled = scaled_header(fits.Header(cards), 2, (12, 10))
    assert scaled["LTV1"] == 5.5
    assert scaled["LTM1_1"] == 2.0
    assert scaled["PIXSCALE"] == 0.2
    assert (scaled["CRPIX1P"], scaled["CDELT1P"]) == (1.5, 0.5)
    assert (scaled["EXPTIME"], scaled["GAIN"]) == (10.0, 2)
    assert (scaled["NAXIS1"], scaled["NAXIS2"]) == (10, 12)


def frame_with(cards: dict[str, object], height: int = 60, width: int = 80) -> Frame:
    wcs = read_wcs(fits.Header(cards))
    source = ArraySource(np.zeros((height, width), np.float32))
    return Frame("a", (height, width), 1, "linear", source, None, wcs=wcs)


def test_the_top_row_is_the_last_of_fits() -> None:
    tan = {k: v for k, v in SIP.items() if not k.startswith(("A_", "B_"))}
    tan |= {"CTYPE1": "RA---TAN", "CTYPE2": "DEC--TAN"}
    assert sky_at(frame_with(tan), 39, 60 - 30) == pytest.approx((150.0, 20.0))


def test_galactic_coordinates_are_told_as_equatorial() -> None:
    cards = {**PC, "CRVAL1": 0.0, "CRPIX1": 1.0, "CRPIX2": 60.0}
    assert sky_at(frame_with(cards), 0, 0) == pytest.approx((266.40499, -28.93617), abs=1e-4)


@pytest.mark.parametrize("axes", [("HPLN-TAN", "HPLT-TAN"), ("LINEAR", "LINEAR"), ("", "")])
def test_there_is_no_sky_on_the_sun_or_on_a_bench(axes: tuple[str, str]) -> None:
    cards = {**PC, "CTYPE1": axes[0], "CTYPE2": axes[1]}
    assert sky_at(frame_with(cards), 3, 3) is None


def test_there_is_no_sky_outside_an_all_sky_map() -> None:
    cards = {
        "CTYPE1": "RA---AIT", "CTYPE2": "DEC--AIT", "CRPIX1": 40.5, "CRPIX2": 30.5, "CRVAL1": 0.0,
        "CRVAL2": 0.0, "CDELT1": -6.0, "CDELT2": 6.0,
    }  # fmt: skip
    assert sky_at(frame_with(cards), 0, 0) is None
    assert sky_at(frame_with(cards), 39.5, 29.5) is not None


def test_bad_coordinates_are_no_coordinates() -> None:
    assert read_wcs(fits.Header({**PC, "CTYPE1": "RA---TAN"})) is None
    assert read_wcs(fits.Header({**PC, "CDELT1": 0.0})) is None
    assert read_wcs(fits.Header({**SIP, "CTYPE2": "nonsense"})) is None


@pytest.mark.parametrize(
    ("sky", "words"),
    [
        ((210.802429, 54.34875), "14 03 12.58  +54 20 55.5"),
        ((0.0, -0.000001), "00 00 00.00  +00 00 00.0"),
        ((359.9999999, -89.99999), "00 00 00.00  -90 00 00.0"),
        ((10.0, -0.5), "00 40 00.00  -00 30 00.0"),
    ],
)
def test_sky_in_words(sky: tuple[float, float], words: str) -> None:
    assert format_sky(*sky) == words


@given(ra=st.floats(0, 360), dec=st.floats(-90, 90))
def test_words_say_where(ra: float, dec: float) -> None:
    h, m, s, d, dm, ds = (abs(float(part)) for part in format_sky(ra, dec).split())
    assert max(m, s, dm, ds) < 60
    turned = abs((h + m / 60 + s / 3600) * 15 - ra)
    assert min(turned, 360 - turned) < 1e-4
    assert d + dm / 60 + ds / 3600 == pytest.approx(abs(dec), abs=2e-5)
