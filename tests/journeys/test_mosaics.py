"""The images of a file as one picture, in the window, in what is saved, and after a restart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import waiting
from astropy.io import fits
from astropy.wcs import WCS
from by_name import choose, find
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from astroview.core.io.open_file import open_frame
from astroview.core.models.model_card import default_shelf
from astroview.core.options import EnhanceOptions
from astroview.core.settings import Settings
from astroview.engine.pipeline.verify import verify
from astroview.ui.app import start
from astroview.ui.main_window import MainWindow
from astroview.ui.remembered_choices import RememberedChoices


@pytest.fixture
def chips(tmp_path: Path) -> Path:
    """Two chips of 40 x 60 pixels, eight pixels apart, the second turned upside down."""
    rng, hdus = np.random.default_rng(5), [fits.PrimaryHDU()]
    for number, sections in enumerate(
        (("[1:60,1:40]", 30.5, -1e-4), ("[120:61,40:1]", 98.5, 1e-4))
    ):
        where, reference, side = sections
        wcs: Any = WCS(naxis=2)
        wcs.wcs.ctype = ["RA---TAN", "DEC--TAN"]
        wcs.wcs.crval, wcs.wcs.crpix = [83.6, 22.0], [reference, 20.5]
        wcs.wcs.cd = np.diag([side, -side])
        header = wcs.to_header()
        header["DETSEC"] = where
        samples = (100 * number + rng.random((40, 60)) + 10).astype(np.float32)
        hdus.append(fits.ImageHDU(samples, header, name=f"CCD{number + 1}"))
    path = tmp_path / "night.fits"
    fits.HDUList(hdus).writeto(path)
    return path


def as_mosaic(window: MainWindow, wait: Any, path: Path, way: str) -> Any:
    window.open([path])
    wait()
    window.actions_[f"mosaic_{way}"].trigger()
    wait(lambda: window.selection.document.frame.hdu == f"mosaic:{way}")
    wait()
    return window.selection.document.frame


def test_a_mosaic_by_the_sky_is_seen_enhanced_saved_and_verified(
    window: MainWindow, wait: Any, chips: Path, tmp_path: Path
) -> None:
    frame = as_mosaic(window, wait, chips, "wcs")
    one, two = (open_frame(chips, hdu).read() for hdu in (1, 2))
    gap = np.full((40, 8), np.nan, np.float32)
    np.testing.assert_array_equal(frame.read(), np.hstack([one, gap, two[::-1, ::-1]]))
    assert window.notices.current
    assert "Mosaic of 2 HDUs by their WCS" in window.notices.current.message
    assert find(window.parts.frames.planes, QComboBox, "Image").currentData() == "mosaic:wcs"

    window.enhance(EnhanceOptions(colorizer=None, superres="superres-x2"))
    wait()
    result = window.selection.result
    assert result is not None, window.notices.current
    assert result.frame.shape == (80, 256)
    saved = tmp_path / "sharp.fits"
    window.save_as(saved)
    wait()
    with fits.open(saved) as hdus:
        header, samples = hdus[0].header, np.asarray(hdus[0].data)  # type: ignore[attr-defined]
    assert header["AIHDU"] == "mosaic:wcs"
    assert np.isnan(samples[:, 124:132]).all()  # nothing was invented in the gap
    assert np.isfinite(samples[:, :112]).all()
    there = WCS(header).all_pix2world([[2 * 10 + 0.5, 2 * 5 + 0.5]], 0)
    before = open_frame(chips, 1).wcs.all_pix2world([[10, 5]], 0)  # type: ignore[union-attr]
    np.testing.assert_allclose(there, before, atol=1e-9)
    found = verify(saved, chips, default_shelf(), lambda *_: None)
    assert found.verdict in ("identical", "within tolerance"), found


def test_the_line_at_the_bottom_tells_which_pixel_of_which_image_it_is(
    window: MainWindow, wait: Any, chips: Path, qtbot: QtBot
) -> None:
    window.open([chips])
    wait()
    images = find(window.parts.frames.planes, QComboBox, "Image")
    assert [images.itemText(i) for i in (2, 3)] == ["Mosaic by detector", "Mosaic by sky"]
    choose(images, "Mosaic by detector")
    wait(lambda: window.selection.document.frame.hdu == "mosaic:iraf")
    wait()
    viewer, status = window.viewer, window.parts.status
    assert window.selection.document.frame.shape == (40, 120)  # without the gap of the sky
    at = viewer.placing(viewer.panes()[0]).point(QPointF(100.5, 10.5)).toPoint()
    qtbot.mouseMove(viewer, at)
    x, y = 60 - 1 - (100 - 60), 40 - 1 - (39 - 10)  # of CCD2, from its lower left, turned
    wait(lambda: f"HDU 2 CCD2: {x + 1}, {y + 1}" in status.position.text())
    two = open_frame(chips, "CCD2")
    assert float(status.value.text()) == pytest.approx(float(two.read()[39 - y, x]), rel=1e-3)
    wait(status.sky.text)  # that of CCD2: the chips' do not go on into one another here
    assert two.wcs is not None
    ra = two.wcs.all_pix2world([[x, y]], 0)[0][0]
    hours, minutes, seconds = status.sky.text().replace("RA", "").split()[:3]
    told = 15 * (float(hours) + float(minutes) / 60 + float(seconds) / 3600)
    assert told == pytest.approx(ra, abs=2e-4)


def test_a_mosaic_that_cannot_be_is_said_and_nothing_changes(
    window: MainWindow, wait: Any, chips: Path
) -> None:
    with fits.open(chips, mode="update") as hdus:
        hdus[2].header["DETSEC"] = "[1:60,1:40]"  # type: ignore[attr-defined]
    window.open([chips])
    wait()
    images = find(window.parts.frames.planes, QComboBox, "Image")
    choose(images, "Mosaic by detector")
    wait(lambda: window.notices.current)
    wait()
    assert window.notices.current
    assert "lie at one place" in window.notices.current.message
    assert window.selection.document.frame.hdu == 1
    assert images.currentData() == 1


@pytest.mark.usefixtures("own_data", "qapp")
def test_a_mosaic_is_there_again_after_a_restart(
    chips: Path,
) -> None:
    running = start(RememberedChoices(Settings(theme="dark")))
    running.window.show()
    running.window.begin_session(restore=False)
    running.window.open([chips])
    waiting.in_window(lambda: running.window.settled and running.window.selection)
    running.window.actions_["mosaic_wcs"].trigger()
    documents = running.window.session.documents
    waiting.in_window(lambda: next(iter(documents.values())).frame.hdu == "mosaic:wcs")
    shown = next(iter(documents.values())).frame.read()
    running.close()
    running = start(RememberedChoices(Settings(theme="dark")))
    running.window.begin_session(restore=True)
    waiting.in_window(lambda: running.window.session.documents and running.window.settled)
    frame = next(iter(running.window.session.documents.values())).frame
    assert frame.hdu == "mosaic:wcs"
    np.testing.assert_array_equal(frame.read(), shown)
    running.close()
