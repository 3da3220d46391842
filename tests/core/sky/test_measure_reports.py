"""What the reports say, and that they name the samples they are of."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from astropy.io import fits
from PySide6.QtCore import QPointF

from astroview.core.frame import ArraySource
from astroview.core.sky.measure_reports import report_box, report_line, report_star
from astroview.core.sky.sky_map import SkyWords
from astroview.ui.viewer.cursor_readout import reading

WORDS = SkyWords()


@pytest.fixture
def starry(make, tan):
    y, x = np.mgrid[:80, :100] + 0.5
    star = 3000 * np.exp(-((x - 40.3) ** 2 + (y - 30.2) ** 2) / (2 * 1.7**2))
    noise = np.random.default_rng(0).normal(100, 3, (80, 100))
    return make(star + noise, wcs=tan(scale=1e-4, at=(50.5, 40.5)), header=fits.Header())


def test_star(starry) -> None:
    report = report_star(starry, ((41.0, 31.0),), WORDS)
    rows = dict(report.rows)
    assert rows["FWHM"].startswith("4.0")
    assert rows["FWHM"].endswith("″")
    x, y = (float(v) for v in rows["x, y (FITS)"].split(", "))
    assert (x, y) == pytest.approx((40.8, 80 - 30.2 + 0.5), abs=0.05)
    assert rows["RA"].startswith("10 00 ")
    assert report.places[0] == pytest.approx((40.3, 30.2), abs=0.05)
    assert report.plot is not None
    assert "FWHM\t4." in report.text
    assert "distance (px)\tabove background" in report.text
    assert not report.caution


def test_no_star_says_so(starry) -> None:
    report = report_star(starry, ((80.0, 60.0),), WORDS)
    assert not report.rows
    assert report.plot is None
    assert "No star" in report.remarks[0]


def test_line_and_box(starry) -> None:
    line = report_line(starry, ((10.5, 30.2), (70.5, 30.2)), WORDS)
    rows = dict(line.rows)
    assert rows["Length"] == "60.00 px = 21.6″"
    assert float(rows["Maximum"].split()[0]) == pytest.approx(starry.read().max(), rel=0.05)
    assert line.table.count("\n") == 61
    box = report_box(starry, ((4.7, 60.2), (15.2, 50.4)), SkyWords("galactic"))
    rows = dict(box.rows)
    assert rows["Size"] == "10 × 10 px"
    assert box.places == ((5, 50), (15, 60))
    assert float(rows["Mean"]) == pytest.approx(100, abs=1)
    assert rows["Unit"] == "adu"
    assert rows["l"].endswith("°")
    outside = report_box(starry, ((200, 200), (210, 210)), WORDS)
    assert "no data" in outside.remarks[0]


def test_results_say_whose_samples_they_are(starry) -> None:
    fine = np.kron(starry.read(), np.ones((2, 2), np.float32))
    result = replace(starry, shape=(160, 200), source=ArraySource(fine), scale=2)
    report = report_box(result, ((0.0, 0.0), (8.0, 8.0)), WORDS)
    assert "super-resolved ×2" in dict(report.rows)["Samples of"]
    assert "not for photometry" in report.caution
    assert report.caution in report.text
    painted = replace(starry, chroma=ArraySource(np.zeros((80, 100, 2), np.float32)))
    report = report_star(painted, ((41.0, 31.0),), WORDS)
    assert "painted" in report.caution
    known = ("colour painted: model colorizer, sha256 1234567890", "super-resolution: model x")
    rgb = replace(starry, channels=3, source=ArraySource(np.repeat(fine[..., None], 3, 2)))
    for history, words in (((), ""), (known[:1], "colours that a network"), (known, "detail")):
        said = report_box(replace(rgb, history=history), ((0.0, 0.0), (8.0, 8.0)), WORDS).caution
        assert words in said
        assert bool(said) == bool(history)
    assert dict(report.rows)["Samples of"] == "made"


def test_the_ruler_has_a_position_angle(make, tan) -> None:
    """North is up and east is left on this frame: as on the sky."""
    frame = make(np.zeros((80, 100)), wcs=tan(scale=1e-4, at=(50.5, 40.5)), header=fits.Header())
    for end, wanted in (((50, 10), 0.0), ((20, 40), 90.0), ((50, 70), 180.0), ((80, 10), 315.0)):
        rows = dict(report_line(frame, ((50.0, 40.0), tuple(map(float, end))), WORDS).rows)
        told = float(rows["Position angle"].split("°")[0])
        assert min(abs(told - wanted), 360 - abs(told - wanted)) < 0.1
    bare = make(np.zeros((80, 100)))
    rows = dict(report_line(bare, ((50.0, 40.0), (60.0, 30.0)), WORDS).rows)
    assert rows["Angle"].startswith("45.00°")
    assert "Position angle" not in dict(report_line(bare, ((5.0, 4.0), (6.0, 4.0)), WORDS).rows)


def test_a_colour_result_borrows_no_unit(make) -> None:
    grey = make(np.full((8, 8), 3.0))
    colour = replace(make(np.full((16, 16, 3), 0.5)), unit="", kind="display", scale=2)
    there = QPointF(1, 1)
    assert reading(grey, None, there).value == "3 adu"
    assert reading(grey, colour, there).value == "3 adu → 0.5 0.5 0.5"
    assert reading(grey, replace(grey, scale=1), there).value == "3 → 3 adu"
    assert reading(colour, grey, there).value.endswith("3 adu")
