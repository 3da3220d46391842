"""Which cubes are colour pictures, and what the planes of the others are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from astropy.io import fits

from astroview.core.colour.stretch import auto_stretch
from astroview.core.cubes.spectral_axis import spectral_axis
from astroview.core.frame import Window
from astroview.core.io.open_file import describe, list_hdus, open_frame
from astroview.core.io.save_file import save_frame
from astroview.core.sky.wcs import sky_at

CASES = Path(__file__).parents[5] / "shared" / "cases" / "fits"
SOLVED: dict[str, Any] = {
    "CTYPE1": "RA---TAN", "CTYPE2": "DEC--TAN", "CRVAL1": 202.4, "CRVAL2": 47.2,
    "CRPIX1": 8.5, "CRPIX2": 6.5, "CD1_1": -2e-4, "CD2_2": 2e-4, "CD1_2": 0.0, "CD2_1": 0.0,
}  # fmt: skip


def cube(tmp_path: Path, cards: dict[str, Any], planes: int = 3) -> Path:
    samples = np.arange(planes, dtype=np.float32)[:, None, None] + np.zeros((12, 16), np.float32)
    samples[:, 3, 5] += 100
    path = tmp_path / "cube.fits"
    fits.PrimaryHDU(samples, fits.Header(cards)).writeto(path, overwrite=True)
    return path


@pytest.mark.parametrize(
    "cards",
    [
        {},
        SOLVED,
        SOLVED | {"CTYPE3": "RGB"},
        SOLVED | {"CTYPE1": "RA---TAN-SIP", "CTYPE2": "DEC--TAN-SIP", "WCSAXES": 2},
        SOLVED | {"CRPIX3": 0.0, "CDELT3": 1.0, "CRVAL3": 0.0},
        SOLVED | {"CTYPE1": "GLON-CAR", "CTYPE2": "GLAT-CAR"},
        {"COLORSPC": "RGB"},
    ],
)
def test_three_planes_that_are_colours(tmp_path: Path, cards: dict[str, Any]) -> None:
    path = cube(tmp_path, cards)
    frame = open_frame(path)
    assert (frame.channels, list_hdus(path)[0].planes) == (3, 1)
    assert frame.read()[0, 0].tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    ("cards", "names"),
    [
        (SOLVED | {"BANDS": "grz", "BAND0": "g", "BAND1": "r", "BAND2": "z"}, ("g", "r", "z")),
        (SOLVED | {"BANDS": "g,r,i"}, ("g", "r", "i")),
        (
            SOLVED | {"CTYPE3": "FREQ", "CUNIT3": "GHz", "CRVAL3": 1.4, "CRPIX3": 1, "CDELT3": 0.1},
            ("1.4 GHz", "1.5 GHz", "1.6 GHz"),
        ),
        (
            SOLVED | {"CTYPE3": "STOKES", "CRVAL3": 1, "CRPIX3": 1, "CDELT3": 1},
            ("Stokes I", "Stokes Q", "Stokes U"),
        ),
        (SOLVED | {"CUNIT3": "m/s"}, ()),
        (SOLVED | {"CRVAL3": 1420.4, "CDELT3": 0.2}, ()),
        (SOLVED | {"WCSDIM": 3}, ()),
        (SOLVED | {"SPECSYS": "LSRK"}, ()),
        ({"CTYPE1": "WAVE", "CTYPE2": "LINEAR"}, ()),
        (SOLVED | {"CTYPE3": "TIME"}, ()),
        (SOLVED | {"CTYPE3": "LINEAR", "CD3_3": 1.0, "WAT3_001": "wtype=linear"}, ()),  # IRAF
        (SOLVED | {"CTYPE3": "STOKES", "CRVAL3": 1e308, "CDELT3": 1e308}, ()),
    ],
)
def test_three_planes_that_are_none(
    tmp_path: Path, cards: dict[str, Any], names: tuple[str, ...]
) -> None:
    path = cube(tmp_path, cards)
    assert open_frame(path, plane=2).read().min() == 2
    info = list_hdus(path)[0]
    assert (info.planes, info.channels, info.plane_names) == (3, 1, names)


@pytest.mark.parametrize("unit", ["m/s", "m s-1", "m.s-1", ""])
def test_planes_are_told_in_the_units_of_their_spectrum(tmp_path: Path, unit: str) -> None:
    spectral = {"CTYPE3": "VRAD", "CUNIT3": unit, "CRVAL3": 1.2e6, "CDELT3": 5e3, "CRPIX3": 1.0}
    solved = {k: v for k, v in SOLVED.items() if not k.startswith("CD")}
    path = cube(tmp_path, solved | {"CDELT1": -2e-4, "CDELT2": 2e-4} | spectral)
    names = list_hdus(path)[0].plane_names
    axis = spectral_axis(fits.getheader(path), 3)
    assert axis.unit == "km/s"
    assert names == ("1200 km/s", "1205 km/s", "1210 km/s")
    assert [float(name.split()[0]) for name in names] == pytest.approx(axis.values)


def test_planes_of_four_axes(tmp_path: Path) -> None:
    header = fits.Header(
        SOLVED | {"CTYPE3": "VRAD", "CUNIT3": "km/s", "CRVAL3": 10.0, "CDELT3": 2.0, "CRPIX3": 1.0,
                  "CTYPE4": "STOKES", "CRVAL4": 1.0, "CDELT4": 1.0, "CRPIX4": 1.0}
    )  # fmt: skip
    samples = np.arange(8, dtype=np.float32).reshape(2, 4, 1, 1) + np.zeros((5, 6), np.float32)
    path = tmp_path / "a.fits"
    fits.PrimaryHDU(samples, header).writeto(path)
    names = list_hdus(path)[0].plane_names
    assert names[0] == "10 km/s, Stokes I"
    assert names[5] == "12 km/s, Stokes Q"
    assert open_frame(path, plane=5).read()[0, 0] == 5
    assert "planes: 10 km/s, Stokes I, 12 km/s" in describe(path)


def test_a_colour_picture_keeps_its_sky_when_it_is_saved(tmp_path: Path) -> None:
    frame = open_frame(cube(tmp_path, SOLVED))
    saved = save_frame(frame, tmp_path / "b.fits", auto_stretch(frame))
    again = open_frame(saved)
    assert again.channels == 3
    assert np.allclose(sky_at(again, 5, 8), sky_at(frame, 5, 8), atol=1e-9)
    assert np.allclose(open_frame(saved, hdu="LINEAR").read(), frame.read())


@pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are not here")
@pytest.mark.parametrize("name", ["06_rgb_plate_solved", "06_rgb_same_pixels_no_wcs"])
def test_shared_cases(name: str) -> None:
    frame = open_frame(CASES / f"{name}.fits")
    red, _, blue = frame.read()[frame.shape[0] - 1 - 41, 61]
    assert blue > 3 * red


@pytest.mark.parametrize("kind", ["u1", "i2", "u2", "f4"])
@pytest.mark.parametrize("cards", [{}, {"CTYPE1": "RGB"}])
def test_colours_side_by_side_are_those_of_planes(
    tmp_path: Path, kind: str, cards: dict[str, Any]
) -> None:
    pixels = np.random.default_rng(1).integers(0, 200, (12, 16, 3)).astype(kind)
    fits.PrimaryHDU(pixels, fits.Header(cards)).writeto(tmp_path / "beside.fits")
    fits.PrimaryHDU(np.moveaxis(pixels, -1, 0)).writeto(tmp_path / "planes.fits")
    beside, planes = (open_frame(tmp_path / f"{name}.fits") for name in ("beside", "planes"))
    assert (beside.shape, beside.channels) == ((12, 16), 3)
    assert np.array_equal(beside.read(), planes.read())
    part = Window(2, 3, 7, 9)
    assert np.array_equal(beside.read(part, 2), planes.read(part, 2))
    assert np.array_equal(beside.read_exact(part), planes.read_exact(part))
    info = list_hdus(tmp_path / "beside.fits")[0]
    assert (info.planes, info.channels, info.shape) == (1, 3, (3, 12, 16))
    saved = save_frame(beside, tmp_path / "saved.fits", auto_stretch(beside))
    again = open_frame(saved, "LINEAR")
    assert np.array_equal(again.read(), beside.read())


@pytest.mark.parametrize(
    "cards", [SOLVED, {"CTYPE3": "FREQ"}, {"CTYPE1": "FREQ"}, {"BANDS": "grz"}]
)
def test_cubes_that_are_three_wide_stay_cubes(tmp_path: Path, cards: dict[str, Any]) -> None:
    path = tmp_path / "cube.fits"
    fits.PrimaryHDU(np.zeros((12, 16, 3), np.float32), fits.Header(cards)).writeto(path)
    assert (open_frame(path).channels, list_hdus(path)[0].planes) == (1, 12)


def test_three_colours_and_a_further_axis_of_one(tmp_path: Path) -> None:
    path = cube(tmp_path, {})
    samples = fits.getdata(path)
    fits.PrimaryHDU(samples[None]).writeto(path, overwrite=True)
    assert (open_frame(path).channels, list_hdus(path)[0].planes) == (3, 1)
    assert open_frame(path).read()[0, 0].tolist() == [0, 1, 2]
    fits.PrimaryHDU(samples[None], fits.Header({"CTYPE4": "STOKES"})).writeto(path, overwrite=True)
    assert (open_frame(path).channels, list_hdus(path)[0].planes) == (1, 3)
