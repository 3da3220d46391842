"""Bands of one field: named by their filters, put on one grid, composed by wavelength."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from astropy.wcs import WCS

from astroview.core.bands.bands import (
    Assignment,
    Band,
    BandsDoNotMatch,
    assign,
    bands_in,
    compose_bands,
    identify,
    identify_all,
    offer,
)
from astroview.core.bands.compose_files import ComposeChoices, compose_files
from astroview.core.bands.filters import filter_in_header, filter_in_name, wavelength
from astroview.core.colour.band_stretch import auto_lupton, lupton, lupton_of
from astroview.core.errors import Cancelled
from astroview.core.io.open_file import open_frame

RANDOM = np.random.default_rng(8)
RA, DEC = 150.0, 2.0


def write(path: Path, scale: float, side: int, turn: float = 0.0, **cards: object) -> Path:
    """A star field on the sky: three stars at fixed places, on a grid of its own."""
    wcs = WCS(naxis=2)
    wcs.wcs.ctype = ["RA---TAN", "DEC--TAN"]
    wcs.wcs.crval = [RA, DEC]
    wcs.wcs.crpix = [side / 2 + 0.5, side / 2 + 0.5]
    c, s = np.cos(np.deg2rad(turn)), np.sin(np.deg2rad(turn))
    wcs.wcs.cd = scale / 3600 * np.array([[-c, s], [s, c]])
    y, x = np.mgrid[:side, :side]
    data = RANDOM.normal(10, 0.1, (side, side))
    for ra, dec in ((0, 0), (12, 5), (-8, -14)):  # arcsec from the centre
        px, py = wcs.all_world2pix(RA + ra / 3600 / np.cos(np.deg2rad(DEC)), DEC + dec / 3600, 0)
        data += 500 * np.exp(-((x - px) ** 2 + (y - py) ** 2) / 2 / (1.5 / scale) ** 2)
    header = wcs.to_header()
    header.update(cards)
    fits.PrimaryHDU(data.astype(np.float32), header).writeto(path)
    return path


@pytest.mark.parametrize(
    ("name", "about", "nm"),
    [
        ("F606W", "HST ACS", 606), ("F160W", "HST WFC3", 1600), ("F850LP", "", 850),
        ("F098M", "", 980), ("F277W", "JWST NIRCAM", 2770), ("F277W", "", 2770),
        ("F410M", "HST WFC3", 410), ("F410M", "JWST", 4100), ("F1000W", "MIRI", 10000),
        ("F090W", "", 900), ("CLEAR;F814W", "HST", 814),
        ("r.MP9601", "", 623), ("g DECam SDSS c0001 4720.0 1520.0", "", 477), ("HSC-I", "", 763),
        ("R", "", 641),
        ("r'", "", 623), ("Ks", "", 2159), ("J", "", 1235), ("SDSS z", "", 913),
        ("H-alpha", "", 656.3), ("[O III]", "", 500.7),
        ("Halpha", "", 656.3), ("OIII", "", 500.7), ("NUV", "", 231),
        ("Luminance", "", None), ("CLEAR", "", None), ("", "", None),
    ],
)  # fmt: skip
def test_filters_are_known(name: str, about: str, nm: float | None) -> None:
    assert wavelength(name, about) == nm


def test_headers_and_names_tell_the_filter() -> None:
    acs = fits.Header({"INSTRUME": "ACS", "FILTER1": "CLEAR1L", "FILTER2": "F814W"})
    assert filter_in_header(acs) == ("F814W", 814)
    assert filter_in_header(fits.Header({"WAVELEN": 1.25})) == ("", 1250)
    assert filter_in_header(fits.Header({"PHOTPLAM": 5921.0})) == ("", 592.1)
    assert filter_in_header(fits.Header({"FILTER": 7})) == ("7", None)
    assert filter_in_name("gc_2mass_k") == ("K", 2159)
    assert filter_in_name("hst_wfc3_uvis_f475w_drz_cutout")[1] == 475
    assert filter_in_name("ceers_f115w_12608")[1] == 1150
    assert filter_in_name("reprojected_sdss_r") == ("r", 623)
    assert filter_in_name("m31") == ("", None)


def test_assignment_is_by_wavelength(tiny_frame: Path) -> None:
    frame = open_frame(tiny_frame)
    bands = [Band(frame, str(nm), nm) for nm in (814.0, 475.0, 606.0)]
    assert assign(bands) == Assignment((0,), (2,), (1,))
    assert assign(bands[:2]) == Assignment((0,), (1, 0), (1,))
    six = [Band(frame, "", nm) for nm in (1150.0, 1500, 2000, 2770, 3560, 4440)]
    assert assign(six) == Assignment((5,), (2,), (0,))
    unknown = [Band(frame, "a", None), *bands[:2]]
    assert assign(unknown) == Assignment((2,), (1,), (0,))
    with pytest.raises(BandsDoNotMatch, match="two bands"):
        assign(bands[:1])


def test_bands_on_other_grids_are_reprojected_star_upon_star(tmp_path: Path) -> None:
    paths = [
        write(tmp_path / "a_g.fits", 0.5, 120, FILTER="g"),
        write(tmp_path / "a_r.fits", 0.8, 90, turn=30, FILTER="r"),
        write(tmp_path / "a_i.fits", 1.0, 90, turn=-15, FILTER="i"),
    ]
    bands = identify_all([open_frame(p) for p in paths])
    assert [b.name for b in offer([b.frame for b in bands], bands[1].frame)] == ["g", "r", "i"]
    seen: list[tuple[int, int]] = []
    frame = compose_bands(bands, assign(bands), tmp_path, lambda *now: seen.append(now))
    assert frame.shape == (120, 120)  # the finest grid
    assert seen[-1] == (2, 2)
    rgb = frame.read()
    for y, x in ((59, 59), (49, 35), (87, 75)):  # the stars on that grid, row 0 on top
        part = np.nan_to_num(rgb[y - 6 : y + 7, x - 6 : x + 7])
        peaks = [np.unravel_index(part[..., c].argmax(), part.shape[:2]) for c in range(3)]
        assert np.ptp(np.array(peaks), axis=0).max() <= 1
        assert part.max((0, 1)).min() > 300
    assert "a_r reprojected (bilinear) onto the grid of a_g" in frame.history
    assert frame.header is not None
    assert "FILTER" not in frame.header


def test_equal_grids_are_taken_as_they_are(tmp_path: Path) -> None:
    paths = [write(tmp_path / f"n_{b}.fits", 0.5, 60, FILTER=b) for b in "gri"]
    bands = identify_all([open_frame(p) for p in paths])
    frame = compose_bands(bands, assign(bands), tmp_path / "nowhere")
    np.testing.assert_array_equal(frame.read()[..., 0], bands[2].frame.read())
    two = compose_bands(bands[:2], assign(bands[:2]), tmp_path / "nowhere").read()
    np.testing.assert_allclose(two[..., 1], (two[..., 0] + two[..., 2]) / 2, rtol=1e-6)


def test_what_does_not_match_is_said(tmp_path: Path) -> None:
    here = identify(open_frame(write(tmp_path / "g.fits", 0.5, 60, FILTER="g")))
    far = identify(open_frame(write(tmp_path / "r.fits", 0.5, 60, FILTER="r", CRVAL1=160.0)))
    fits.PrimaryHDU(np.ones((9, 9), np.float32)).writeto(tmp_path / "plain_i.fits")
    plain = identify(open_frame(tmp_path / "plain_i.fits"))
    assert offer([here.frame, far.frame, plain.frame], here.frame) == []
    with pytest.raises(BandsDoNotMatch, match="different parts of the sky"):
        compose_bands([here, far], assign([here, far]), tmp_path)
    with pytest.raises(BandsDoNotMatch, match="no sky coordinates"):
        compose_bands([here, plain], assign([here, plain]), tmp_path)


def test_composing_can_be_cancelled(tmp_path: Path) -> None:
    one = identify(open_frame(write(tmp_path / "g.fits", 0.5, 60, FILTER="g")))
    two = identify(open_frame(write(tmp_path / "r.fits", 0.7, 60, FILTER="r")))

    def stop(_done: int, _of: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        compose_bands([one, two], assign([one, two]), tmp_path, stop)


def test_bands_inside_one_file(tmp_path: Path) -> None:
    cube = RANDOM.normal(0, 1, (3, 20, 30)).astype(np.float32)
    header = fits.Header({"BANDS": "grz", "CTYPE1": "RA---TAN", "CTYPE2": "DEC--TAN"})
    fits.PrimaryHDU(cube, header).writeto(tmp_path / "cube.fits")
    assert [(b.name, b.nm) for b in bands_in(tmp_path / "cube.fits")] == [
        ("g", 477), ("r", 623), ("z", 913),
    ]  # fmt: skip
    images = [fits.ImageHDU(cube[i], name=n) for i, n in enumerate(("F475W", "F606W", "F814W"))]
    fits.HDUList([fits.PrimaryHDU(), *images]).writeto(tmp_path / "mef.fits")
    assert [b.nm for b in bands_in(tmp_path / "mef.fits")] == [475, 606, 814]


def test_lupton_there_and_back() -> None:
    weights, q, wide = lupton_of(lupton((1, 2, 3), (4, 2, 8), 12.0))
    assert weights == pytest.approx((0.5, 1, 0.25))
    assert (q, wide) == pytest.approx((12, 2))


def test_saved_with_bands_and_weights(tmp_path: Path) -> None:
    paths = [write(tmp_path / f"s_{b}.fits", 0.5, 60, FILTER=b) for b in "gri"]
    out = tmp_path / "rgb.fits"
    told = compose_files(paths, out, ComposeChoices(weights=(1, 0.5, 0.25)), lambda *_: None)
    assert told == "red i · 763 nm, green r · 623 nm, blue g · 477 nm"
    history = str(open_frame(out).header["HISTORY"]).replace("\n", "")  # type: ignore[index]
    assert "green from r 623 nm (s_r.fits)" in history
    assert "weights of red, green, blue 1 0.5 0.25, Q 8" in history
    with pytest.raises(BandsDoNotMatch, match="one of the bands"):
        compose_files(paths, paths[0], ComposeChoices(), lambda *_: None)
    with pytest.raises(BandsDoNotMatch, match="bands 1 to 3"):
        compose_files(paths, out, ComposeChoices(channels=(1, 2, 4)), lambda *_: None)
    for given in ([out], [*paths, out]):
        with pytest.raises(BandsDoNotMatch, match=r"rgb\.fits is a colour picture already"):
            compose_files(
                given, tmp_path / "new.png", ComposeChoices(channels=(3, 2, 1)), lambda *_: None
            )


REAL = {
    "hst_cosmic_horseshoe/*.fits": ["F814W", "F606W", "F475W"],
    "2mass_galactic_center/*.fits": ["K", "H", "J"],
    "humvi_ground/CFHTLS*.fits": ["i", "r", "g"],
    "humvi_ground/VICS82*.fits": ["Ks", "J", "i"],
    "legacysurvey_0860m305/*.fz": ["z", "r", "g"],
    "sdss_ngc6976/*.bz2": ["i", "r", "g"],  # all three headers say g: the names decide
    "jwst_ceers_small_sample/*_12608.fits": ["F444W", "F200W", "F115W"],
}


@pytest.mark.parametrize("pattern", REAL)
def test_real_fields_get_their_colours(shared_data: Path, pattern: str, tmp_path: Path) -> None:
    paths = sorted((shared_data / "bands").glob(pattern))
    bands = identify_all([open_frame(path) for path in paths])
    assert len(offer([b.frame for b in bands], bands[0].frame)) >= 3 or "sdss" in pattern
    channels = assign(bands)
    assert [bands[picks[0]].name for picks in channels.channels] == REAL[pattern]
    frame = compose_bands(bands, channels, tmp_path)
    samples = frame.read(step=2)
    stretch = auto_lupton(samples)
    u = np.clip(np.nan_to_num(stretch.forward(samples)), 0, 1)
    assert 0.005 < u.mean() < 0.5
    spread = [float(u[..., c].mean()) for c in range(3)]
    assert max(spread) < 6 * min(spread)  # no channel drowns the others
