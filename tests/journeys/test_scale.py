"""Scales of DS9 through the window: curves, typed limits, what is seen, one scale for all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from astropy.visualization import ZScaleInterval
from by_name import find
from PySide6.QtWidgets import QComboBox

from astroview.ui.main_window import MainWindow

KNOWN = {
    "squared": lambda t: t**2,
    "sinh": lambda t: np.sinh(3 * t) / np.sinh(3),
}


@pytest.fixture
def pair(tmp_path: Path) -> list[Path]:
    """Two frames of one unit, the second brighter."""
    rng = np.random.default_rng(1)
    paths = [tmp_path / "a.fits", tmp_path / "b.fits"]
    for path, level in zip(paths, (100, 900), strict=True):
        data = rng.gamma(2.0, 30.0, (120, 160)).astype(np.float32) + level
        data[:, 80:] += 300
        fits.PrimaryHDU(data).writeto(path)
    return paths


def greys(window: MainWindow) -> np.ndarray:
    """Grey levels of the frame as it is shown, (H, W), row 0 on top."""
    (patch,) = window.viewer.shown.before.patches
    image = patch.image
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return rows[..., 1].astype(float)


@pytest.mark.parametrize("kind", sorted(KNOWN))
def test_curves_as_ds9_has_them(window: MainWindow, wait, pair: list[Path], kind: str) -> None:
    window.open(pair[:1])
    wait()
    window.parts.display.set_method("minmax")
    window.parts.display.set_kind(kind)
    wait()
    data = fits.getdata(pair[0])[::-1].astype(float)
    t = (data - data.min()) / (data.max() - data.min())
    assert greys(window) == pytest.approx(255 * KNOWN[kind](t), abs=1.5)


def test_an_equalised_histogram_is_flat(window: MainWindow, wait, pair: list[Path]) -> None:
    window.open(pair[:1])
    wait()
    window.parts.display.set_method("minmax")
    window.parts.display.set_kind("histogram")
    wait()
    counts = np.histogram(greys(window), 16, (0, 256))[0]
    assert counts.min() > 0.7 * counts.mean()
    assert counts.max() < 1.3 * counts.mean()
    window.actions_["undo"].trigger()
    wait()
    linear = np.histogram(greys(window), 16, (0, 256))[0]
    assert linear.max() > 2 * linear.mean()


def test_limits_are_typed(window: MainWindow, wait, pair: list[Path]) -> None:
    window.open(pair[:1])
    wait()
    data = fits.getdata(pair[0])
    window.limiting.set_percentiles(3, 92.5)
    stretch = window.seeing.display.stretch
    assert (stretch.low, stretch.high) == pytest.approx(np.percentile(data, [3, 92.5]), rel=1e-6)
    assert find(window.parts.display, QComboBox, "Limits").currentText() == "3 – 92.5 %"
    window.limiting.set_zscale(0.6, 5000)
    wanted = ZScaleInterval(n_samples=5000, contrast=0.6).get_limits(data[::-1])
    stretch = window.seeing.display.stretch
    assert (stretch.low, stretch.high) == pytest.approx(wanted, rel=1e-6)
    window.limiting.set_percentiles(50, 20)
    assert "no percentiles" in window.notices.current.message


def test_limits_of_what_is_seen(window: MainWindow, wait, pair: list[Path]) -> None:
    window.open(pair[:1])
    wait()
    window.parts.display.set_method("minmax")
    window.viewer.zoom_to(24)
    window.viewer.set_view(window.viewer.view.at(130, 60))
    window.actions_["limits_seen"].trigger()
    wait()
    seen = window.viewer.visible
    data = fits.getdata(pair[0])[::-1]
    part = data[int(seen.top()) : int(seen.bottom()) + 1, int(seen.left()) : int(seen.right()) + 1]
    stretch = window.seeing.display.stretch
    assert stretch.low >= 400  # the brighter half alone
    assert stretch.low == pytest.approx(part.min(), rel=0.02)
    assert stretch.high == pytest.approx(part.max(), rel=0.02)


def test_one_scale_for_every_frame(window: MainWindow, wait, pair: list[Path]) -> None:
    window.open(pair)
    wait()
    window.parts.display.set_method("minmax")
    before = [d.display.stretch for d in window.session.documents.values()]
    window.actions_["limits_all"].trigger()
    wait()
    data = np.concatenate([fits.getdata(path).ravel() for path in pair])
    for one in window.session.documents.values():
        stretch = one.display.stretch
        assert (stretch.low, stretch.high) == pytest.approx((data.min(), data.max()), rel=1e-6)
    window.actions_["undo"].trigger()
    wait()
    assert [d.display.stretch for d in window.session.documents.values()] == before
