"""What is no measurement is marked on the picture, counted, and named under the cursor."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from astroview.core.bad_pixels.pixel_rule import (
    FLAGGED,
    NO_ERROR,
    SATURATED,
    STANDS_FOR_NONE,
    STRUCK,
)
from astroview.core.options import EnhanceOptions
from astroview.ui.main_window import MainWindow
from astroview.ui.viewer.bad_pixels import mark_controller
from astroview.ui.viewer.bad_pixels.mark_overlay import COLOURS

HEIGHT, WIDTH = 120, 160


def write_frame(path: Path, **cards: float) -> Path:
    """Sky with a star, -999 and -32768 here and there, a column at 65535, and two cosmic rays;
    rows from the bottom.
    """
    rng = np.random.default_rng(4)
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    samples = rng.normal(100, 5, (HEIGHT, WIDTH))
    samples += 3000 * np.exp(-((y - 60) ** 2 + (x - 80) ** 2) / 4)
    samples[10, 20] = -999
    samples[100, 30:34] = -32768
    samples[:, 140] = 65535
    samples[30, 50] = samples[90, 100] = 20000
    header = fits.Header({"BUNIT": "adu", **cards})
    fits.PrimaryHDU(samples.astype(np.float32), header).writeto(path)
    return path


def write_flagged(path: Path) -> Path:
    """A frame of JWST's making: one pixel that is not to be used, one without an error."""
    rng = np.random.default_rng(4)
    samples = rng.normal(100, 5, (HEIGHT, WIDTH)).astype(np.float32)
    quality, errors = np.zeros((HEIGHT, WIDTH), np.int32), np.full_like(samples, 5)
    quality[30, 50], quality[31, 51], errors[90, 100] = 1, 4, np.nan
    fits.HDUList(
        [fits.PrimaryHDU(header=fits.Header({"TELESCOP": "JWST"})),
         fits.ImageHDU(samples, name="SCI"), fits.ImageHDU(errors, name="ERR"),
         fits.ImageHDU(quality, name="DQ")]
    ).writeto(path)  # fmt: skip
    return path


def colour_at(window: MainWindow, x: int, y: int) -> int:
    """Of the picture, at a pixel of the file."""
    at = window.viewer.placing(window.viewer.panes()[0])
    point = at.point(QPointF(x + 0.5, HEIGHT - y - 0.5)).toPoint()
    return QColor(window.viewer.grab().toImage().pixelColor(point)).rgba()


@pytest.fixture
def marked(window: MainWindow, wait, tmp_path: Path) -> MainWindow:
    window.open([write_frame(tmp_path / "struck.fits")])
    wait()
    window.actions_["no_data"].trigger()
    wait()
    return window


def test_sentinels_and_cosmic_rays_are_marked_and_counted(marked: MainWindow, wait) -> None:
    over = marked.quality.marks.overlay
    assert over.counts == {STANDS_FOR_NONE: 1 + 4 + HEIGHT, STRUCK: 2}
    for x, y in ((20, 10), (31, 100), (140, 5), (140, 110)):
        assert colour_at(marked, x, y) == COLOURS[STANDS_FOR_NONE]
    for x, y in ((50, 30), (100, 90)):
        assert colour_at(marked, x, y) == COLOURS[STRUCK]
    star, sky = colour_at(marked, 80, 60), colour_at(marked, 5, 5)
    assert not {star, sky} & set(COLOURS.values())
    marked.actions_["no_data"].trigger()
    wait()
    assert colour_at(marked, 50, 30) not in COLOURS.values()
    assert not over.counts


def test_values_of_a_full_detector_are_called_saturated(
    marked: MainWindow, wait, tmp_path: Path
) -> None:
    marked.open([write_frame(tmp_path / "full.fits", SATURATE=60000.0)])
    wait()
    for name in ("no_data", "saturated"):
        marked.actions_[name].setChecked(False)
        marked.actions_[name].trigger()
    wait()
    over = marked.quality.marks.overlay
    assert over.counts == {STANDS_FOR_NONE: 5, STRUCK: 2, SATURATED: HEIGHT}
    assert colour_at(marked, 140, 20) == COLOURS[SATURATED]
    assert [text for _, text in over.lines] == [
        "5  stands for no data", "2  cosmic ray, hot or dead pixel", "120  saturated",
    ]  # fmt: skip


def test_the_cursor_says_why_a_number_is_no_measurement(marked: MainWindow, wait) -> None:
    layer = marked.viewer.shown.before
    said = {(20, 10): "stands for no data", (50, 30): "cosmic ray, hot or dead pixel",
            (80, 60): "adu"}  # fmt: skip
    for (x, y), words in said.items():
        marked.viewer.pointed.emit(layer, QPointF(x + 0.5, HEIGHT - y - 0.5))
        wait(lambda words=words: marked.parts.status.value.text().endswith(words))


def test_large_frames_are_looked_at_where_one_looks(
    marked: MainWindow, wait, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With bounds that this small frame is above; marks are those of the whole."""
    monkeypatch.setattr(mark_controller, "WHOLE", 1000)
    monkeypatch.setattr(mark_controller, "IN_VIEW", 3000)
    marked.open([write_frame(tmp_path / "again.fits")])
    wait()
    marked.actions_["no_data"].setChecked(False)
    marked.actions_["no_data"].trigger()
    wait()
    over = marked.quality.marks.overlay
    assert not over.counts
    assert "Zoom in" in over.said
    marked.viewer.resize(marked.viewer.size())
    view = marked.viewer.view
    at = marked.viewer.placing(marked.viewer.panes()[0]).point(QPointF(50.5, HEIGHT - 30.5))
    marked.viewer.zoom_to(view.zoom * 4, at)
    wait()
    assert over.counts.get(STRUCK) == 1
    assert over.said == "in this part of the frame"
    assert colour_at(marked, 50, 30) == COLOURS[STRUCK]


def test_what_the_file_calls_bad_is_marked_and_kept_from_networks(
    marked: MainWindow, wait, tmp_path: Path
) -> None:
    marked.open([write_flagged(tmp_path / "rate.fits")])
    wait()
    marked.actions_["no_data"].setChecked(False)
    marked.actions_["no_data"].trigger()
    wait()
    assert marked.quality.marks.overlay.counts == {FLAGGED: 1, NO_ERROR: 1}
    assert colour_at(marked, 50, 30) == COLOURS[FLAGGED]
    sharpen = EnhanceOptions(colorizer=None, superres="superres-x2", device="cpu")
    panel, counted = marked.parts.enhance, []
    for used in (True, False):
        marked.actions_["quality_used"].setChecked(not used)
        marked.actions_["quality_used"].trigger()
        assert panel.options.data_quality is used
        marked.enhance(replace(sharpen, data_quality=panel.options.data_quality))
        wait()
        counted.append(marked.selection.result.frame.made.bad_pixels)
    assert counted == [2, 0]
