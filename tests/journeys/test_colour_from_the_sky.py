"""Colours that somebody measured, through the real window, a real worker and a server of ours."""

from __future__ import annotations

import os
import re
from pathlib import Path

import numpy as np
import pytest
from by_name import words
from hips_server import HipsServer, Sky, frame_wcs, grey_fits, png
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from astroview.core.colour.chroma_guide import MEASURED
from astroview.core.colour.stretch import Stretch
from astroview.core.frame import ArraySource, Frame, Window
from astroview.core.io.save_file import save_frame
from astroview.core.provenance import measured_by
from astroview.ui.documents.document import describe_result
from astroview.ui.main_window import MainWindow
from astroview.ui.viewer.cursor_readout import reading

SHAPE = (120, 160)


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASTROVIEW_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("ASTROVIEW_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("OMP_NUM_THREADS", "1")


@pytest.fixture
def opened(server: HipsServer, window: MainWindow, wait, sky: Sky, tmp_path: Path) -> MainWindow:
    assert not server.asked
    (tmp_path / "field.fits").write_bytes(grey_fits(sky, SHAPE, frame_wcs(SHAPE)))
    window.open([tmp_path / "field.fits"])
    wait()
    return window


def test_colours_from_the_sky(opened: MainWindow, server: HipsServer, wait, tmp_path: Path) -> None:
    window, row = opened, opened.parts.enhance.steer.measured
    assert not server.asked  # nobody is asked by itself
    server.blank = {"CDS/P/SDSS9/color"}
    window.actions_["from_sky"].trigger()
    wait(lambda: window.steering.looks.settled)
    assert list(row.looks) == ["panstarrs", "legacy", "sdss", "dss2", "2mass", "wise", "galex"]
    assert not row.looks["sdss"].isEnabled()
    assert row.looks["dss2"].isEnabled()
    asked = len(server.asked)

    row.looks["dss2"].click()  # before any result a click is a choice
    wait()
    assert window.parts.enhance.options.colour_from == "dss2"
    assert row.box.currentText() == "DSS2"
    assert len(server.asked) == asked
    window.actions_["enhance"].trigger()
    wait(seconds=300)
    assert window.selection
    result = window.selection.result
    assert result, window.notices.current
    assert measured_by(result.frame) == "DSS2 at 1.9 arcsec"
    assert result.label.startswith("Enhanced ×2, colour measured by DSS2 at 1.9 arcsec")
    assert describe_result(result).startswith("colour measured by DSS2 at 1.9 arcsec · ")
    assert "painted" not in describe_result(result)
    said = reading(result.original, result.frame, QPointF(80, 60))
    assert said.value.endswith("colour measured")
    assert result.frame.colour_known
    known = result.frame.colour_known.read(Window.whole(result.frame.shape), 1)
    assert (known == MEASURED).mean() > 0.8
    if folder := os.environ.get("ASTROVIEW_SCREENSHOTS"):
        window.grab().save(str(Path(folder) / "colour-from-the-sky.png"))

    window.actions_["colour_known"].trigger()
    wait()
    assert window.selection.result
    assert window.selection.result.label == "Measured colour"

    # Saved, and opened as a file of its own, it says the same.
    saved = tmp_path / "saved.fits"
    save_frame(result.frame, saved, result.frame.rendered)
    window.open([saved])
    wait()
    again = window.selection.document.frame
    assert again.path == saved
    assert np.array_equal(again.colour_known.read(Window.whole(again.shape), 1), known)
    assert reading(again, None, QPointF(160, 120)).value.endswith("colour measured")
    window.actions_["colour_known"].trigger()
    wait()
    assert window.selection.result
    assert window.selection.result.label == "Measured colour"
    assert np.array_equal(window.selection.result.frame.read(), known)
    window.filing.close_selected()
    window.session.select(next(iter(window.session.documents)), result.id)
    wait()

    window.actions_["undo"].trigger()
    wait()
    assert window.parts.enhance.options.colour_from == ""
    assert row.box.currentText() == "Guessed"


def test_a_picture_that_is_dropped_on_the_row(
    opened: MainWindow, sky: Sky, wait, tmp_path: Path
) -> None:
    window, row = opened, opened.parts.enhance.steer.measured
    (tmp_path / "press.png").write_bytes(png(sky.drawn(frame_wcs(SHAPE), SHAPE)))
    row.chosen.emit(str(tmp_path / "press.png"))
    wait()
    assert row.box.currentText() == "press.png"
    window.actions_["enhance"].trigger()
    wait(seconds=300)
    assert window.selection
    assert window.selection.result, window.notices.current
    assert measured_by(window.selection.result.frame).startswith("press.png at ")


@pytest.mark.parametrize("told", [True, False], ids=["by coordinates", "by stars"])
def test_a_picture_that_is_dropped_on_the_frame(
    opened: MainWindow, sky: Sky, wait, tmp_path: Path, told: bool
) -> None:
    """It opens, and its colours are offered with how it lies on the frame; what shows another
    field only opens.
    """
    window = opened
    key = window.selection.document.key
    if not told:
        plain = tmp_path / "plain.fits"
        plain.write_bytes(grey_fits(sky, SHAPE, frame_wcs(SHAPE), told=False))
        window.open([plain])
        wait()
        key = window.selection.document.key
    shape = (150, 190)
    wcs = frame_wcs(shape, arcsec=0.45, turn=48.0)
    press, other = tmp_path / "press.png", tmp_path / "other.png"
    press.write_bytes(png(sky.drawn(wcs, shape)))
    other.write_bytes(png(Sky(seed=9, reach=0.015, stars=25).drawn(wcs, shape)))
    if told:
        seen = ArraySource(sky.drawn(wcs, shape))
        seen = Frame("press", shape, 3, "display", seen, 1.0, wcs=wcs)
        save_frame(seen, press, Stretch("linear", 0.0, 1.0))
    else:
        drop(window, other)
        wait()
        assert window.selection.document.frame.path == other
        assert window.notices.current is None
        window.session.select(key)
    drop(window, press)
    wait()
    assert window.selection.document.frame.path == press  # opened as ever
    offer = window.notices.current
    assert offer
    assert offer.button == "Take its colours"
    words = "by their coordinates" if told else r"by \d+ stars, residual 0\.\d+ pixels"
    assert re.search(rf"press.png lies on \w+ {words}", offer.message)
    window.notices.button.click()
    wait()
    assert window.selection.document.key == key
    assert window.parts.enhance.options.colour_from == str(press)
    window.actions_["undo"].trigger()
    assert window.parts.enhance.options.colour_from == ""


def drop(window: MainWindow, path: Path) -> None:
    """On the middle of the picture."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    at = window.viewer.mapTo(window, window.viewer.rect().center())
    event = QDropEvent(
        *(QPointF(at), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton),
        Qt.KeyboardModifier.NoModifier,
    )
    # Qt delivers a drop only after a drag that the platform began.
    assert window.filing.eventFilter(window, event)


@pytest.mark.warns
def test_a_server_that_is_off_costs_a_sentence(
    opened: MainWindow, wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, row = opened, opened.parts.enhance.steer.measured
    monkeypatch.setenv("ASTROVIEW_HIPS2FITS", "http://127.0.0.1:9/hips2fits")
    row.chosen.emit("dss2")
    wait()
    window.actions_["enhance"].trigger()
    wait(seconds=300)
    assert window.selection
    assert window.selection.result is None
    assert window.notices.current
    assert "cannot be reached" in window.notices.current.message
    row.button.click()
    wait(lambda: window.steering.looks.settled)
    assert not row.looks


def test_a_server_that_answers_nonsense_is_told(
    opened: MainWindow, server: HipsServer, wait
) -> None:
    window, row = opened, opened.parts.enhance.steer.measured
    server.wrong = "500"
    row.button.click()
    wait(lambda: window.steering.looks.settled)
    assert not any(look.isEnabled() for look in row.looks.values())
    assert "does not give it (500" in words(row)
    server.wrong = ""
    row.button.click()
    wait(lambda: window.steering.looks.settled)
    assert row.looks["dss2"].isEnabled()
    assert "does not give it" not in words(row)
