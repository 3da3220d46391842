"""Many stars in the window: magnitudes as photutils gives them, a table, a growth curve, files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from astropy import units
from astropy.io import fits
from astropy.stats import SigmaClip
from astropy.table import Table
from by_name import find
from photutils.aperture import ApertureStats, CircularAnnulus, CircularAperture
from PySide6.QtWidgets import QPushButton

from astroview.core.photometry.zero_point import zero_point
from astroview.core.sky.region_files import shapes_in
from astroview.ui.main_window import MainWindow

STARS = np.array([[40.3, 30.6, 900.0], [120.8, 75.2, 300.0], [90.1, 130.4, 2500.0]])


@pytest.fixture
def stars(tmp_path: Path) -> Path:
    """200 x 160 pixels: three stars of known flux on a sky of 50, with a WCS and a zero point."""
    rng = np.random.default_rng(4)
    y, x = np.mgrid[:160, :200]
    data = rng.normal(50, 0.5, (160, 200))
    for sx, sy, height in STARS:
        data += height * np.exp(-((x - sx) ** 2 + (y - sy) ** 2) / (2 * 1.5**2))
    header = fits.Header(
        {"CTYPE1": "RA---TAN", "CTYPE2": "DEC--TAN", "CRVAL1": 10.0, "CRVAL2": 20.0,
         "CRPIX1": 100.0, "CRPIX2": 80.0, "CDELT1": -1e-4, "CDELT2": 1e-4, "MAGZPT": 26.5,
         "BUNIT": "electron/s"}
    )  # fmt: skip
    path = tmp_path / "stars.fits"
    fits.PrimaryHDU(data.astype(np.float32), header).writeto(path)
    return path


def test_stars_become_a_table_of_magnitudes(
    window: MainWindow, wait, stars: Path, tmp_path: Path
) -> None:
    window.open([stars])
    wait()
    window.actions_["photometry"].trigger()
    photometry, page = window.knowing.photometry, window.knowing.photometry.page
    assert "Zero point from MAGZPT" in page.words
    page.set_number("radius", 6)
    page.set_number("fwhm", 3.5)
    find(page, QPushButton, "Measure").click()
    wait(lambda: photometry.table is not None)
    wait()
    table = photometry.table
    assert len(table) == 3
    order = np.argsort(-STARS[:, 2])
    found = np.column_stack([table["x"] - 1, table["y"] - 1])
    assert found == pytest.approx(STARS[order, :2], abs=0.05)
    data = fits.getdata(stars).astype(float)
    inside = ApertureStats(data, CircularAperture(found, 6))
    ring = ApertureStats(
        data, CircularAnnulus(found, 8, 14), sigma_clip=SigmaClip(sigma=3.0, maxiters=5)
    )
    flux = inside.sum - ring.median * inside.sum_aper_area.value
    assert np.asarray(table["flux"]) == pytest.approx(flux, rel=1e-6)
    assert np.asarray(table["mag"]) == pytest.approx(26.5 - 2.5 * np.log10(flux), abs=1e-6)
    truth = 26.5 - 2.5 * np.log10(STARS[order, 2] * 2 * np.pi * 1.5**2)
    assert np.asarray(table["mag"]) == pytest.approx(truth, abs=0.02)
    assert len(window.knowing.placed.sources) == 3
    window.knowing.placed.choose(0)
    window.actions_["photometry"].trigger()
    wait(lambda: page.plot.plot is not None)
    curve = page.plot.plot.series[0]
    assert curve.x[-1] == 8
    assert curve.y[-1] == pytest.approx(STARS[order[0], 2] * 2 * np.pi * 1.5**2, rel=0.02)
    assert curve.y[2] < 0.5 * curve.y[-1]
    for name in ("stars.ecsv", "stars.csv"):
        photometry.save_table(tmp_path / name)
        wait()
        again = Table.read(tmp_path / name)
        assert np.asarray(again["mag"]) == pytest.approx(np.asarray(table["mag"]))
    assert Table.read(tmp_path / "stars.ecsv").meta["zero_point"] == 26.5


def test_regions_are_measured_without_a_sky(
    window: MainWindow, wait, stars: Path, tmp_path: Path
) -> None:
    plain = tmp_path / "plain.fits"
    fits.PrimaryHDU(fits.getdata(stars)).writeto(plain)
    window.open([plain])
    wait()
    window.actions_["photometry"].trigger()
    photometry, page = window.knowing.photometry, window.knowing.photometry.page
    page.choose_where("regions")
    find(page, QPushButton, "Measure").click()
    assert "no regions to measure" in window.notices.current.message
    (tmp_path / "a.reg").write_text("image\ncircle(41.3,31.6,6)\npoint(121.8,76.2)\n")
    window.knowing.placed.open_regions(tmp_path / "a.reg")
    wait()
    page.set_number("zero", 25)
    find(page, QPushButton, "Measure").click()
    wait(lambda: photometry.table is not None)
    wait()
    assert np.asarray(photometry.table["mag"]) == pytest.approx(
        25 - 2.5 * np.log10(STARS[:2, 2] * 2 * np.pi * 1.5**2), abs=0.03
    )
    marked = window.knowing.placed.sources
    assert marked.places == pytest.approx(
        np.column_stack([STARS[:2, 0] + 0.5, 160 - STARS[:2, 1] - 0.5]), abs=0.1
    )
    assert "Click one" in window.notices.current.hint
    window.open([stars])  # another frame: nobody knows where on it they would be
    wait()
    assert not len(marked)
    window.session.select(1)
    wait()
    assert len(marked) == 2
    page.set_number("outer", 3)
    find(page, QPushButton, "Measure").click()
    assert "no ring" in window.notices.current.message


def test_zero_points_of_headers() -> None:
    hubble = fits.Header({"PHOTFLAM": 7.0e-20, "PHOTPLAM": 5921.0, "EXPTIME": 400.0})
    per_second = zero_point(hubble, "electron/s")
    assert per_second
    of_one = 7.0e-20 * units.Unit("erg / (s cm2 AA)")
    known = of_one.to(units.ABmag, units.spectral_density(5921 * units.AA))
    assert per_second.magnitude == pytest.approx(known.value, abs=2e-3)
    total = zero_point(hubble, "electron")
    assert total
    assert total.magnitude - per_second.magnitude == pytest.approx(2.5 * np.log10(400))
    webb = zero_point(fits.Header({"PIXAR_SR": 2.29e-14}), "MJy/sr")
    assert webb
    assert webb.magnitude == pytest.approx(8.9 - 2.5 * np.log10(2.29e-8), abs=1e-6)
    assert zero_point(None, "nanomaggy").magnitude == 22.5  # type: ignore[union-attr]
    assert zero_point(fits.Header(), "adu") is None


def test_a_star_over_all_open_frames_is_a_light_curve(
    window: MainWindow, wait, stars: Path, tmp_path: Path
) -> None:
    paths = [stars.with_name(f"night{day}.fits") for day in (2, 1, 3)]
    with fits.open(stars) as hdus:
        data, header = np.array(hdus[0].data, float), hdus[0].header
    for path, day in zip(paths, (2, 1, 3), strict=True):
        header["DATE-OBS"] = f"2024-03-{day:02}T00:00:00"
        fits.writeto(path, (50 + (data - 50) * day).astype(np.float32), header)
    window.open(paths)
    wait(lambda: window.settled and len(window.session.documents) == 3)
    window.actions_["photometry"].trigger()
    photometry, page = window.knowing.photometry, window.knowing.photometry.page
    find(page, QPushButton, "Light curve").click()
    assert window.notices.current  # no star is chosen yet
    assert "No star" in window.notices.current.message
    frame = window.selection.document.frame
    window.knowing.placed.store.change(shapes_in("image\ncircle(41.3,31.6,7)\n", frame), "a star")
    page.set_number("radius", 6)
    find(page, QPushButton, "Light curve").click()
    wait(lambda: photometry.curve is not None)
    curve = photometry.curve
    assert list(curve["frame"]) == ["night1", "night2", "night3"]
    flux = np.asarray(curve["flux"], float)
    assert flux / flux[0] == pytest.approx([1, 2, 3], rel=0.01)
    assert "Scatter" in page.words
    photometry.save_table(tmp_path / "curve.ecsv")
    wait(lambda: not photometry.busy)
    assert np.asarray(Table.read(tmp_path / "curve.ecsv")["flux"]) == pytest.approx(flux)
