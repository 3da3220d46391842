"""Colours that somebody measured, through the real window, a real worker and a server of ours."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hips_server import HipsServer, Sky, frame_wcs, grey_fits, png, serving
from PySide6.QtCore import QPointF

from astroview.core.colour.chroma_guide import MEASURED
from astroview.core.frame import Window
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


@pytest.fixture(scope="module")
def sky() -> Sky:
    return Sky(reach=0.015, stars=25)


@pytest.fixture
def server(sky: Sky, monkeypatch: pytest.MonkeyPatch) -> Iterator[HipsServer]:
    with serving(sky) as running:
        monkeypatch.setenv("ASTROVIEW_HIPS2FITS", running.address)
        yield running


@pytest.fixture
def opened(server: HipsServer, window: MainWindow, wait, sky: Sky, tmp_path: Path) -> MainWindow:
    assert not server.asked
    (tmp_path / "field.fits").write_bytes(grey_fits(sky, SHAPE, frame_wcs(SHAPE)))
    window.open([tmp_path / "field.fits"])
    wait()
    return window


def test_colours_from_the_sky(opened: MainWindow, server: HipsServer, wait) -> None:
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
