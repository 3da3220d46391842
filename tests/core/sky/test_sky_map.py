"""Positions, compass, scale bar and grid against astropy, and where the sky is difficult."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from astropy.coordinates import SkyCoord
from astropy.wcs import WCS
from astropy.wcs.utils import proj_plane_pixel_scales

from astroview.core.errors import UnreadableFrame
from astroview.core.frame import Frame
from astroview.core.io import open_file
from astroview.core.sky.compass import compass_at, scale_bar
from astroview.core.sky.graticule import Area, graticule
from astroview.core.sky.sky_map import SkyWords, position_text, scale_at, separation, sky_map

H, W = 160, 200
PLACES = np.array([[0.0, 0.0], [100.0, 80.0], [199.5, 0.5], [37.25, 141.0]])
WHOLE = Area(0, 0, W, H)


@pytest.fixture
def frame_of(make):
    return lambda wcs: make(np.zeros((H, W)), wcs=wcs)


@pytest.mark.parametrize("system", ["icrs", "galactic"])
@pytest.mark.parametrize(
    ("kinds", "named"),
    [
        (("RA---TAN", "DEC--TAN"), "icrs"),
        (("GLON-CAR", "GLAT-CAR"), "galactic"),
        (("ELON-TAN", "ELAT-TAN"), "barycentricmeanecliptic"),
        (("SLON-TAN", "SLAT-TAN"), "supergalactic"),
    ],
)
@pytest.mark.parametrize("equinox", [None, 2000.0])
def test_there_and_back_as_astropy_says(
    frame_of, tan, kinds, named: str, equinox: float | None, system: str
) -> None:
    wcs = tan(kinds=kinds, dec=2.0, turn=20)
    if equinox:  # of ecliptic longitudes astropy makes right ascensions
        wcs.wcs.equinox = equinox
        wcs.wcs.set()
    sky = sky_map(frame_of(wcs), system)
    assert sky is not None
    lonlat = sky.to_sky(PLACES)
    lon, lat = wcs.pixel_to_world_values(PLACES[:, 0] - 0.5, H - PLACES[:, 1] - 0.5)
    there = SkyCoord(lon, lat, unit="deg", frame=named).transform_to(system)
    apart = SkyCoord(lonlat[:, 0], lonlat[:, 1], unit="deg", frame=system).separation(there)
    assert apart.arcsec.max() < 1e-4
    assert sky.to_places(lonlat) == pytest.approx(PLACES, abs=1e-4)
    assert sky.one(100, 80) == pytest.approx(tuple(lonlat[1]))


def _frames(shared_data: Path, pattern: str) -> Iterator[Frame]:
    """Every real frame that can be opened."""
    for path in sorted((shared_data / "fits").rglob(pattern)):
        try:
            yield open_file.open_frame(path)
        except UnreadableFrame:
            continue


def test_old_equinoxes_become_icrs(frame_of, tan) -> None:
    wcs = tan()
    wcs.wcs.radesys, wcs.wcs.equinox = "FK4", 1950.0
    wcs.wcs.set()
    sky = sky_map(frame_of(wcs))
    assert sky is not None
    moved = separation(np.array(sky.one(100.5, 79.5)), np.array([150.0, 2.0]))
    assert 1500 < moved < 4000  # precession of half a century, in arcseconds


def test_no_sky(frame_of, tan, shared_data: Path) -> None:
    assert sky_map(frame_of(None)) is None
    assert sky_map(frame_of(tan(kinds=("HPLN-TAN", "HPLT-TAN")))) is None
    sun = open_file.open_frame(next((shared_data / "fits").rglob("aia_171_level1.fits")))
    assert sky_map(sun) is None


def test_real_frames_with_distortion(shared_data: Path) -> None:
    seen = 0
    for frame in _frames(shared_data, "*.fits"):
        sky = sky_map(frame)
        if sky is None or frame.wcs.sip is None:
            continue
        places = np.array([[3.0, 4.0], [frame.shape[1] / 2, frame.shape[0] / 2]])
        assert sky.to_places(sky.to_sky(places)) == pytest.approx(places, abs=0.01)
        seen += 1
    assert seen


def test_scale(frame_of, tan) -> None:
    wcs = tan(scale=2e-4, turn=33)
    sky = sky_map(frame_of(wcs))
    assert sky is not None
    wanted = float(proj_plane_pixel_scales(wcs).mean()) * 3600
    assert scale_at(sky, 100, 80) == pytest.approx(wanted, rel=1e-5)


def test_words() -> None:
    assert position_text(210.802, 54.349, SkyWords()) == "RA 14 03 12.48  Dec +54 20 56.4"
    degrees = position_text(210.802, -5.5, SkyWords(style="degrees"))
    assert degrees == "RA 210.802000°  Dec -5.500000°"
    assert position_text(102.0, 59.8, SkyWords("galactic")).startswith("l 102.000000°  b +59.8")


@pytest.mark.parametrize("turn", [0.0, 30.0, 145.0])
@pytest.mark.parametrize("dec", [0.0, -70.0, 89.0])
def test_compass(frame_of, tan, turn: float, dec: float) -> None:
    sky = sky_map(frame_of(tan(turn=turn, dec=dec)))
    assert sky is not None
    found = compass_at(sky, 100, 80)
    assert found is not None
    for (dx, dy), angle in ((found.north, 0), (found.east, 90)):
        there = np.array(sky.one(100 + 20 * dx, 80 + 20 * dy))
        here = SkyCoord(*sky.one(100, 80), unit="deg")
        towards = here.position_angle(SkyCoord(*there, unit="deg")).deg
        assert abs((towards - angle + 180) % 360 - 180) < 0.5


def test_scale_bar() -> None:
    bar = scale_bar(0.4, 180)
    assert bar is not None
    assert (bar.text, bar.pixels) == ("1′", pytest.approx(150))
    assert scale_bar(None, 180).text == "100 px"
    assert scale_bar(1e-4, 130).text == "10 mas"
    assert scale_bar(600, 200).text == "30°"
    assert scale_bar(0.2, 0) is None
    for scale in np.geomspace(1e-6, 3e4, 300):
        bar = scale_bar(float(scale), 150)
        assert 150 / 2.6 <= bar.pixels <= 150.001 or bar.text == "60°"


@pytest.mark.parametrize("system", ["icrs", "galactic"])
@pytest.mark.parametrize("ra", [150.0, 0.0])
@pytest.mark.parametrize("dec", [0.0, 65.0, -89.999, 90.0])
@pytest.mark.parametrize("scale", [2e-5, 1e-2])
def test_grid(frame_of, tan, ra: float, dec: float, scale: float, system: str) -> None:
    """Every line lies where its label says; enough of them, also at a pole and across 0h."""
    sky = sky_map(frame_of(tan(ra=ra, dec=dec, scale=scale, turn=15)), system)
    assert sky is not None
    found = graticule(sky, WHOLE, "sexagesimal" if system == "icrs" else "degrees")
    assert not found.reason
    for kind, column in (("lon", 0), ("lat", 1)):
        lines = [line for line in found.lines if line.kind == kind]
        assert 2 <= len(lines) <= 30
        assert len({line.label for line in lines}) == len(lines)
        for line in lines:
            for piece in line.pieces:
                lonlat = sky.to_sky(piece)
                apart = np.abs((lonlat[:, column] - line.value + 180) % 360 - 180)
                off_pole = np.abs(lonlat[:, 1]) < 90 - 1e-4
                assert apart[off_pole].max(initial=0) < 1e-4


def test_grid_at_the_pole_has_all_hours(frame_of, tan) -> None:
    sky = sky_map(frame_of(tan(dec=90.0, scale=0.01)))
    found = graticule(sky, WHOLE, "sexagesimal")
    hours = [line.value for line in found.lines if line.kind == "lon"]
    assert np.diff(sorted(hours)) == pytest.approx(np.diff(sorted(hours))[0])
    assert len(hours) * np.diff(sorted(hours))[0] == pytest.approx(360)


def test_grid_of_the_whole_sky(shared_data: Path) -> None:
    frame = open_file.open_frame(next((shared_data / "fits").rglob("allsky_rosat.fits")))
    sky = sky_map(frame, "galactic")
    found = graticule(sky, Area(0, 0, frame.shape[1], frame.shape[0]), "degrees")
    assert sum(line.kind == "lon" for line in found.lines) >= 5
    assert sum(line.kind == "lat" for line in found.lines) >= 3
    for line in found.lines:  # no stroke from one edge of the map to the other
        for piece in line.pieces:
            assert np.hypot(*np.diff(piece, axis=0).T).max() < 0.35 * max(frame.shape)


def test_labels(frame_of, tan) -> None:
    sky = sky_map(frame_of(tan(ra=150, dec=2, scale=1e-4)))
    labels = [line.label for line in graticule(sky, WHOLE, "sexagesimal").lines]
    assert "+2°00′00″" in labels or "+2°00′" in labels
    assert "10ʰ00ᵐ00ˢ" in labels
    labels = [line.label for line in graticule(sky, WHOLE, "degrees").lines]
    assert "+2.000°" in labels
    assert "150.000°" in labels


@pytest.mark.parametrize(
    "spoil",
    [
        {"crval": [1e30, 4e20]},
        {"cdelt": [1e-30, 1e-30]},
        {"cdelt": [1e9, -1e9]},
        {"crpix": [1e15, -1e15]},
    ],
)
def test_an_absurd_wcs_gives_no_grid_and_no_error(frame_of, tan, spoil: dict) -> None:
    wcs: WCS = tan()
    for name, value in spoil.items():
        setattr(wcs.wcs, name, value)
    sky = sky_map(frame_of(wcs))
    if sky is None:
        return
    found = graticule(sky, WHOLE, "sexagesimal")
    assert found.reason or len(found.lines) < 80
    compass_at(sky, 100, 80)
    scale_at(sky, 100, 80)
    sky.one(100, 80)


def test_every_real_frame_has_a_grid_or_a_reason(shared_data: Path) -> None:
    drawn = 0
    for frame in _frames(shared_data, "*.fits"):
        sky = sky_map(frame)
        if sky is None:
            continue
        found = graticule(sky, Area(0, 0, frame.shape[1], frame.shape[0]), "sexagesimal")
        assert found.lines or found.reason
        drawn += bool(found.lines)
    assert drawn > 15
