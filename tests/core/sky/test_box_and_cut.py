"""Box statistics and line cuts against numpy and astropy."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from astropy.stats import sigma_clipped_stats
from hypothesis import given, settings
from hypothesis import strategies as st

from astroview.core.frame import Window
from astroview.core.io import open_file
from astroview.core.sky import box_statistics as boxes
from astroview.core.sky.box_statistics import measure_box, statistics
from astroview.core.sky.line_cut import cut_line
from astroview.core.sky.number_text import angle, as_text, sample_text, significant, with_error
from astroview.core.sky.region_geometry import Region
from astroview.core.sky.regions.region_reports import report_region
from astroview.core.sky.sky_map import SkyWords


def test_box_against_references(make) -> None:
    rng = np.random.default_rng(5)
    data = rng.normal(100, 5, (60, 80)).astype(np.float32)
    data[10, 10], data[20:22, 30] = 9000.0, np.nan
    window = Window(5, 4, 30, 40)
    report = measure_box(make(data), window)
    (found,) = report.channels
    inside = data[5:35, 4:44].astype(np.float64)
    good = inside[np.isfinite(inside)]
    mean, median, std = sigma_clipped_stats(good, sigma=3, maxiters=5)
    assert (found.count, found.missing) == (good.size, 2)
    assert found.mean == pytest.approx(good.mean())
    assert found.median == pytest.approx(np.median(good))
    assert found.std == pytest.approx(good.std())
    assert (found.minimum, found.maximum) == (good.min(), 9000.0)
    assert found.total == pytest.approx(good.sum())
    clipped = (found.clipped_mean, found.clipped_median, found.clipped_std)
    assert clipped == pytest.approx((mean, median, std))
    assert found.kept < found.count
    assert report.unit == "adu"
    assert ("No data (NaN)", "2") in report.rows


def test_box_on_a_real_file(shared_data: Path) -> None:
    path = shared_data / "fits" / "astropy+astropy" / "m13.fits"
    data = fits.getdata(path).astype(np.float64)
    frame = open_file.open_frame(path)
    (found,) = measure_box(frame, Window(frame.shape[0] - 60, 10, 50, 30)).channels
    inside = data[10:60, 10:40]  # FITS rows from the bottom
    assert found.total == pytest.approx(inside.sum())
    assert found.maximum == inside.max()


def test_box_of_colours_and_nothing(make) -> None:
    data = np.zeros((4, 5, 3))
    data[..., 1] = 7
    report = measure_box(make(data), Window(0, 0, 4, 5))
    assert [channel.mean for channel in report.channels] == [0, 7, 0]
    nothing = statistics(np.full(9, np.nan, np.float32))
    assert (nothing.count, nothing.missing) == (0, 9)
    assert np.isnan(nothing.mean)
    assert measure_box(make(np.ones((3, 3))), Window(9, 9, 4, 4)).channels[0].count == 0


def test_huge_boxes_are_sampled_and_say_so(make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boxes, "MOST", 100)
    report = measure_box(make(np.arange(900.0).reshape(30, 30)), Window(0, 0, 30, 30))
    assert report.step == 3
    assert report.channels[0].count == 100


def test_cut_along_a_row_and_a_diagonal(make) -> None:
    y, x = np.mgrid[:50, :70].astype(float)
    frame = make(2 * x + 3 * y)
    row = cut_line(frame, (0.5, 10.5), (69.5, 10.5))
    assert row.values[:, 0] == pytest.approx(2 * np.arange(70) + 30)
    assert row.distance[-1] == row.length == 69
    slanted = cut_line(frame, (5.25, 4.0), (60.75, 45.5))
    wanted = 2 * (slanted.x - 0.5) + 3 * (slanted.y - 0.5)
    assert slanted.values[:, 0] == pytest.approx(wanted, rel=1e-6)
    head, first = slanted.table.splitlines()[:2]
    assert head.endswith("value (adu)")
    assert float(first.split("\t")[3]) == pytest.approx(slanted.values[0, 0], rel=1e-6)


def test_cut_leaves_holes_and_the_outside_empty(make) -> None:
    data = np.ones((20, 30))
    data[:, 12:15] = np.nan
    values = cut_line(make(data), (-5.0, 10.5), (35.0, 10.5)).values[:, 0]
    places = np.linspace(-5, 35, 41)
    assert np.isnan(values[(places < 0) | (places > 30)]).all()
    assert np.isnan(values[(places > 12) & (places < 15)]).all()
    assert (values[np.isfinite(values)] == 1).all()
    assert cut_line(make(data), (3.0, 3.0), (3.0, 3.0)).values.shape == (2, 1)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(-20, 620), min_size=4, max_size=4))
def test_a_long_cut_reads_little(ends: list[float]) -> None:
    """No window that a cut reads is larger than its pieces, whatever its direction."""
    largest = []

    class Counting:
        def read(self, window: Window, step: int) -> np.ndarray:
            largest.append(max(window.height, window.width))
            return np.zeros((window.height, window.width), np.float32)

    from astroview.core.frame import Frame

    frame = Frame("counted", (600, 600), 1, "linear", Counting(), None)
    cut_line(frame, (ends[0], ends[1]), (ends[2], ends[3]))
    assert max(largest, default=0) <= 260


def test_words() -> None:
    assert significant(12.0) == "12"
    assert significant(1.23456789) == "1.23457"
    assert significant(31193350.4) == "31193350"
    assert significant(123456.7) == "123457"
    assert significant(1.5e-9) == "1.5e-09"
    assert significant(float("nan")) == "–"
    assert with_error(1234.5678, 2.345) == "1234.6 ± 2.3"
    assert with_error(5.0, 0.0) == "5"
    assert with_error(257692.3, 151.2) == "257692 ± 151"
    assert [angle(a) for a in (0.05, 12.3, 600, 9000)] == ["50 mas", "12.3″", "10′", "2.5°"]
    assert as_text("A", [("b", "1")]) == "A\nb\t1"


@pytest.mark.parametrize(
    ("samples", "lowest", "mean"),
    [
        (np.arange(20, dtype="i8") + 2**53 + 1, "9007199254740993", None),
        (np.arange(20, dtype="u8") + 2**63 + 1, "9223372036854775809", None),
        (2460000.5 + np.arange(20) / 1e3, "2460000.5", "2460000.5095"),
        (1e40 * (1 + np.arange(20) / 1e4), "1e+40", "1.00095e+40"),
        (np.arange(20, dtype="f4") + 100.25, "100.25", "109.75"),
    ],
)
def test_levels_are_told_as_finely_as_they_are_apart(
    tmp_path: Path, samples: np.ndarray, lowest: str, mean: str | None
) -> None:
    fits.PrimaryHDU(samples.reshape(4, 5)).writeto(tmp_path / "a.fits")
    frame = open_file.open_frame(tmp_path / "a.fits")
    (found,) = measure_box(frame, Window(0, 0, 4, 5)).channels
    assert found.minimum == samples[0]
    rows = dict(measure_box(frame, Window(0, 0, 4, 5)).rows)
    assert rows["Minimum"] == lowest
    assert rows["Maximum"] != lowest
    assert mean is None or rows["Mean"] == mean
    assert sample_text(frame.read_exact()[-1, 0]) == lowest
    region = Region("circle", ((2.0, 2.0),), (1.5,))
    inside = dict(report_region(frame, region, (), SkyWords()).rows)
    assert len({inside["Minimum"], inside["Median"], inside["Maximum"]}) == 3
