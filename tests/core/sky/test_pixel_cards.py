"""Header cards whose truth depends on the pixel, card by card."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from astropy.io import fits
from astropy.wcs import WCS
from hypothesis import given, settings
from hypothesis import strategies as st

from astroview.core.sky.pixel_cards import dropped_line, scaled_cards
from astroview.core.sky.wcs import rescaled_header

if TYPE_CHECKING:
    from pathlib import Path

    from astroview.core.sky.pixel_cards import Value

GONE = object()
# keyword, value, comment, what it is at twice the sampling
CARDS: list[tuple[str, Value, str, object]] = [
    ("XPIXSZ", 4.63, "", 2.315), ("YPIXSZ", 4.63, "", 2.315), ("PIXSIZE1", 4.63, "", 2.315),
    ("PIXSIZE", 9.0, "", 4.5), ("SCALE", 1.273, "", 0.6365), ("PIXSCALE", "0.4", "", "0.2"),
    ("PIXSCALE", "0.4 arcsec", "", "0.2 arcsec"), ("PXSCAL1", -1.22, "", -0.61),
    ("PIXSCAL2", 0.4, "", 0.2), ("SECPIX", 1.0, "", 0.5), ("SECPIX1", 2, "", 1),
    ("IDCSCALE", 0.05, "", 0.025), ("D001SCAL", 0.05, "", 0.025), ("PIXELSC", 3, "", 1.5),
    ("HIERARCH ESO INS PIXSCALE", 0.2, "", 0.1), ("HIERARCH ESO DET CHIP1 PSZX", 15.0, "", 7.5),
    ("PLTSCALE", 67.2, "arcsec/mm", 67.2), ("ANYTHING", 0.4, "[arcsec/pixel] on the sky", 0.2),
    ("PIXAR_SR", 2.35e-14, "", 5.875e-15), ("PIXAR_A2", 0.001, "", 0.00025),
    ("PIXAREA", 0.01, "", 0.0025), ("SQ", 0.04, "arcsec2 per pixel", 0.01),
    ("DATASEC", "[1:96,1:64]", "", "[1:192,1:128]"),
    ("TRIMSEC", "[3:94,1:64]", "", "[5:188,1:128]"),
    ("BIASSEC", "[97:100,1:64]", "", "[193:200,1:128]"), ("DATASECA", "[9:2,*]", "", "[18:3,*]"),
    ("MYSEC", "[2:3, 4:5]", "", "[3:6,7:10]"), ("CCDSEC", "[1:96,1:64]", "", GONE),
    ("DETSEC", "[1:96,1:64]", "", GONE), ("CCDSUM", "1 1", "", GONE), ("CCDSUM", "2 4", "", "1 2"),
    ("HBIN", 2, "", 1), ("IMSCALE", 0.4, "", 0.2), ("CCDPSIZE", 9.0, "", 4.5),
    ("XBINNING", 1, "", GONE), ("XBINNING", 2, "", 1), ("YBINNING", 4, "", 2),
    ("BINX", 3, "", GONE),
    ("HIERARCH ESO DET WIN1 BINX", 2, "", 1), ("BAYERPAT", "RGGB", "", GONE),
    ("XBAYROFF", 0, "", GONE),
    ("BAYOFFX", 1, "", GONE), ("COLORTYP", "RGGB", "", GONE), ("SUBSIZE1", 2048, "", 4096),
    ("SUBSTRT1", 1, "", 1), ("SUBSTRT2", 65, "", 129), ("XORGSUBF", 10, "", 20),
    ("FWHM", 3.0, "[pix] median", 6.0), ("FWHM", 1.2, "[arcsec] seeing", 1.2),
    ("FWHM", 2.5, "", GONE), ("FWHMPIX", 2.5, "", 5.0), ("SEEING", 2.5, "FWHM in pixels", 5.0),
    ("SEEING", 1.5, "FWHM in arcsec", 1.5), ("HFR", 2.0, "", GONE),
    ("OBJX", 40.5, "x position of target [pix]", 80.5), ("NBAD", 12, "number of (pixels)", GONE),
    ("CRPIX1", 40.0, "", 79.5), ("CRPIX2T", 1, "", 1.5), ("OCRPIX1", 40.0, "", 79.5),
    ("OCD1_1", 2e-5, "", 1e-5), ("OCX10", 0.05, "", 0.025), ("CDELT1B", 2.0, "", 1.0),
    ("CD2_1Z", 1e-4, "", 5e-5), ("A_ORDER", 3, "", 3), ("A_2_0", 1e-4, "", 5e-5),
    ("B_1_2", 1e-6, "", 2.5e-7), ("AP_1_0", 1e-4, "", 1e-4), ("A_DMAX", 3.5, "", 7.0),
    ("PV1_4", 0.1, "", 0.1), ("CRVAL1", 10.0, "", 10.0), ("CROTA2", 3.0, "", 3.0),
    ("LTV1", 3.0, "", 5.5), ("LTM2_2", 1.0, "", 2.0), ("R_SUN", 400.0, "", 800.0),
    ("IMAGEW", 96, "", 192), ("CNPIX1", 7, "", 14), ("X0_MP", 10.5, "", 20.5),
    ("EXPTIME", 300.0, "", 300.0), ("FOCALLEN", 750.0, "", 750.0), ("GAIN", 1.5, "e-/ADU", 1.5),
    ("RDNOISE", 5.0, "e-/pixel", 5.0), ("DARKCUR", 0.1, "e-/s/pixel", 0.1),
    ("PHOTFLAM", 1e-19, "", 1e-19), ("MAGZERO", 25.0, "", 25.0), ("AIRMASS", 1.2, "", 1.2),
    ("ORIENTAT", 3.0, "", 3.0), ("PHOTPLAM", 5000.0, "", 5000.0), ("FLAG", True, "in pixels", True),
]  # fmt: skip


@given(
    whose=st.sampled_from(["", "X", "Y", "R", "CCD", "DET", "AP"]),
    pixel=st.sampled_from(["PIX", "PX", "PIXEL", "PIX_"]),
    size=st.sampled_from(["SCAL", "SCALE", "SCL", "SZ", "SIZE", "SIZ"]),
    axis=st.sampled_from(["", "1", "2", "X", "Y"]),
)
def test_the_size_of_a_pixel_is_told_however_it_is_spelled(
    whose: str, pixel: str, size: str, axis: str
) -> None:
    header = fits.Header()
    header["HIERARCH " + whose + pixel + size + axis] = 0.5
    assert list(scaled_cards(header, 2)[0].values()) == [0.25]


@pytest.mark.parametrize(("keyword", "value", "comment", "wanted"), CARDS)
def test_each_card_is_true_of_the_finer_pixels_or_gone(
    keyword: str, value: Value, comment: str, wanted: object
) -> None:
    before = fits.Header([fits.Card(keyword, value, comment), fits.Card("OBJECT", "M 31")])
    after, dropped = scaled_cards(before, 2)
    assert before[keyword] == value
    assert after["OBJECT"] == "M 31"
    if wanted is GONE:
        assert keyword not in after
        assert dropped == (keyword,)
        assert keyword in dropped_line(dropped)[0]
    else:
        assert after[keyword] == pytest.approx(wanted) if isinstance(wanted, float) else True
        assert after[keyword] == wanted or isinstance(wanted, float)
        assert dropped == ()


def test_nothing_changes_where_nothing_is_magnified() -> None:
    before = fits.Header([fits.Card(*card[:3]) for card in CARDS])
    after, dropped = scaled_cards(before, 1)
    assert (after.tostring(), dropped) == (before.tostring(), ())


@settings(deadline=None)
@given(st.sampled_from([c for c in CARDS if c[3] is not GONE and isinstance(c[1], float)]),
       st.integers(2, 4), st.integers(2, 4))  # fmt: skip
def test_twice_is_once_by_the_product(
    card: tuple[str, Value, str, object], one: int, other: int
) -> None:
    header = fits.Header([fits.Card(*card[:3])])
    twice = scaled_cards(scaled_cards(header, one)[0], other)[0]
    once = scaled_cards(header, one * other)[0]
    assert all(np.isclose(twice[k], once[k], rtol=1e-12) for k in once)


@pytest.mark.parametrize("letter", ["", "A", "P", "Z"])
@pytest.mark.parametrize("gone", [(), ("CRPIX1",), ("CRPIX1", "CRPIX2"), ("CDELT1", "CDELT2")])
def test_coordinates_of_every_letter_and_their_defaults(letter: str, gone: tuple[str, ...]) -> None:
    cards = {"CTYPE1": "LINEAR", "CTYPE2": "LINEAR", "CRPIX1": 3.0, "CRPIX2": 4.0, "CRVAL1": 10.0,
             "CRVAL2": 20.0, "CDELT1": 0.5, "CDELT2": 0.25}  # fmt: skip
    header = fits.Header({f"{k}{letter}": v for k, v in cards.items() if k not in gone})
    scaled = scaled_cards(header, 3)[0]
    places = np.array([[0.0, 0.0], [5.0, 7.0], [-0.5, 9.5]])
    here = WCS(header, key=letter or " ").all_pix2world(places, 0)
    there = WCS(scaled, key=letter or " ").all_pix2world((places + 0.5) * 3 - 0.5, 0)
    assert np.allclose(here, there, rtol=0, atol=1e-12)


@pytest.mark.parametrize("cards", [{"LTV1": 3.0, "LTV2": 5.0}, {"LTM1_1": 0.5, "LTM2_2": 0.5},
                                   {"LTV1": -8.0, "LTM1_1": 1.0, "LTM2_2": 1.0}])  # fmt: skip
def test_physical_coordinates_and_their_defaults(cards: dict[str, float]) -> None:
    scaled = scaled_cards(fits.Header(cards), 2)[0]
    for axis in (1, 2):
        matrix, shift = cards.get(f"LTM{axis}_{axis}", 1.0), cards.get(f"LTV{axis}", 0.0)
        for physical in (1.0, 17.25):
            here = matrix * physical + shift
            there = scaled[f"LTM{axis}_{axis}"] * physical + scaled[f"LTV{axis}"]
            assert there == pytest.approx(2 * (here - 0.5) + 0.5)
    assert "LTV1" not in scaled_cards(fits.Header({"OBJECT": "x"}), 2)[0]


def test_a_camera_frame_of_many_cards(shared_data: Path) -> None:
    path = shared_data.parent / "cases" / "fits" / "18_per_pixel_keywords.fits"
    if not path.is_file():
        pytest.skip(f"no {path.name}")
    header = fits.getheader(path)
    made, dropped = rescaled_header(header, 2, (128, 192))
    assert (made["XPIXSZ"], made["SCALE"]) == (2.315, 0.6365)
    assert made["PIXAR_SR"] == pytest.approx(header["PIXAR_SR"] / 4)
    assert {"BAYERPAT", "CCDSUM", "XBINNING", "CCDSEC"} <= set(dropped)
    assert (made["EXPTIME"], made["FOCALLEN"], made["ORIENTAT"]) == (300.0, 750.0, 3.0)
