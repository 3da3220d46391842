from __future__ import annotations

import pytest
from astropy.io import fits

from astroview.core.fits_headers import (
    CardProblem,
    integer,
    number,
    plane_header,
    result_header,
    text,
    with_primary,
)


def header(**cards: object) -> fits.Header:
    return fits.Header([(keyword.replace("__", "-"), value) for keyword, value in cards.items()])


def test_what_no_longer_holds_is_left_out_and_all_else_kept() -> None:
    stale = header(
        SIMPLE=True, BITPIX=16, NAXIS=3, NAXIS1=5, NAXIS2=6, NAXIS3=7, BSCALE=2.0, BZERO=1.0,
        BLANK=-1, CHECKSUM="x", DATASUM="1", ZIMAGE=True, ZTILE1=5, ZCMPTYPE="RICE_1",
        ZQUANTIZ="NO_DITHER", DATAMAX=9.0, CTYPE3="VELO", CRPIX3=1.0, CD3_3=1.0, CD1_3=0.0,
        PC3_1=0.0, WCSAXES=3, EXTNAME="COMPRESSED_IMAGE",
    )  # fmt: skip
    good = header(
        OBJECT="M 31", CTYPE1="RA---TAN", CRPIX1=3.0, CD1_2=0.1, PV1_3=1.0, A_0_2=1e-5, EXPTIME=3.0,
        ZD=31.0, DATE__OBS="2020-01-01", CTYPE1A="LINEAR",
    )  # fmt: skip
    kept = result_header(stale + good, ())
    assert list(kept) == list(good)


def test_history_and_comments_stay_and_grow() -> None:
    before = header(OBJECT="M 31")
    before.add_comment("by hand")
    before.add_history("flat fielded")
    after = result_header(before, ("enhanced ×2 by a model — with “care”", "x" * 100))
    assert after["COMMENT"][0] == "by hand"
    assert list(after["HISTORY"])[:2] == [
        "flat fielded",
        'enhanced x2 by a model - with "care"',
    ]
    assert "".join(list(after["HISTORY"])[2:]) == "x" * 100


def test_no_header_gives_history_alone() -> None:
    assert list(result_header(None, ("one",))) == ["HISTORY"]


def test_an_extension_takes_what_it_lacks_but_no_coordinates() -> None:
    extension = header(EXTNAME="SCI", EXPTIME=10.0)
    primary = header(SIMPLE=True, NAXIS=0, OBJECT="M 31", EXPTIME=99.0, CRVAL1=1.0, A_ORDER=2)
    assert dict(with_primary(extension, primary)) == {
        "EXTNAME": "SCI",
        "EXPTIME": 10.0,
        "OBJECT": "M 31",
    }


def test_a_plane_of_a_cube_has_two_axes() -> None:
    cube = header(NAXIS=3, NAXIS1=5, NAXIS3=9, WCSAXES=3, CTYPE1="RA---TAN", CTYPE3="VELO", PC1_3=0)
    assert dict(plane_header(cube)) == {"NAXIS": 2, "NAXIS1": 5, "CTYPE1": "RA---TAN"}
    assert cube["NAXIS"] == 3
    tied = cube + header(CD1_3=0.1)
    assert plane_header(tied) == tied


def test_cards_are_read_as_what_is_wanted() -> None:
    cards = header(A=5, B=" adu ", C="no number", D=None)
    assert (integer(cards, "A"), text(cards, "B"), text(cards, "E")) == (5, "adu", "")
    assert (number(cards, "A", 1.0), number(cards, "C", 1.0), number(cards, "D", 2.0)) == (5, 1, 2)
    with pytest.raises(CardProblem):
        integer(cards, "E")
