"""Comparing through the real window: two files, all the ways, by keys, palette and menus."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from astroview.core import settings
from astroview.core.colour.colour_profiles import read_profile
from astroview.core.io.open_file import open_frame
from astroview.core.sky.wcs import plate_scale, sky_at
from astroview.ui.app import start
from astroview.ui.main_window import MainWindow
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.viewer.panes import BEFORE, Mode
from astroview.ui.viewer.viewport import Viewport


@pytest.fixture
def pair(tiny_frame: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A frame, and the same with something new in it, twice as fine."""
    with fits.open(tiny_frame) as hdus:
        data, header = np.array(hdus[0].data), hdus[0].header.copy()
    data[10, 50] += 100
    for key in ("CRPIX1", "CRPIX2"):
        header[key] = 2 * (header[key] - 0.5) + 0.5
    for key in ("CDELT1", "CDELT2"):
        header[key] /= 2
    fine = tmp_path / "fine.fits"
    fits.PrimaryHDU(data.repeat(2, 0).repeat(2, 1), header).writeto(fine)
    return tiny_frame, fine


@pytest.fixture
def paired(window: MainWindow, wait, pair: tuple[Path, Path], qtbot: QtBot) -> MainWindow:
    """The window with the two beside each other, chosen as a user would."""
    window.open(list(pair))
    wait()
    window.activateWindow()
    window.actions_["compare_with"].trigger()
    chooser = window.pairing.chooser
    assert chooser
    assert chooser.texts == ["fine"]
    qtbot.keyClicks(chooser.field, "fi")
    qtbot.keyClick(chooser.field, Qt.Key.Key_Return)
    wait(lambda: window.selection and window.selection.beside)
    wait()
    return window


def test_any_two_files(paired: MainWindow, wait) -> None:
    window = paired
    assert window.selection
    assert window.selection.after
    assert window.selection.after.scale == 2  # its own samples, by WCS
    shown = window.viewer.shown
    assert shown
    assert (shown.before_label, shown.after_label) == ("tiny", "fine")
    window.actions_["compare_end"].trigger()
    wait()
    assert not window.viewer.paired
    assert not window.actions_["split"].isEnabled()


def test_closing_the_other_file_ends_it(paired: MainWindow, wait) -> None:
    other = max(paired.desk.documents)
    paired.desk.remove(other, "")
    wait()
    assert paired.selection
    assert paired.selection.beside is None
    assert not paired.viewer.paired


def test_every_mode_by_its_key(paired: MainWindow, wait, qtbot: QtBot) -> None:
    keys = {
        "D": Mode.SIDE, "Q": Mode.GRID, "B": Mode.BLINK,
        "A": Mode.RESULT, "O": Mode.ORIGINAL, "S": Mode.SPLIT,
    }  # fmt: skip
    viewer = paired.viewer
    viewer.setFocus()
    for key, mode in keys.items():
        qtbot.keyClick(viewer, getattr(Qt.Key, f"Key_{key}"))
        wait()
        assert viewer.mode is mode
        assert paired.actions_[mode.value].isChecked()
        qtbot.keyPress(viewer, Qt.Key.Key_Space)
        assert all(pane.shows == BEFORE for pane in viewer.panes())
        qtbot.keyRelease(viewer, Qt.Key.Key_Space)


def test_difference_in_sigma(paired: MainWindow, wait) -> None:
    viewer = paired.viewer
    paired.actions_["difference"].trigger()
    wait()
    shown = viewer.shown
    assert shown
    assert shown.difference
    values = shown.difference.frame.read()
    assert values[48 - 1 - 10, 50] == pytest.approx(100 / 5, rel=0.25)  # noise is about 5
    assert np.abs(np.delete(values, 50, axis=1)).max() < 1e-4

    def colour(x: float, y: float) -> QColor:
        at = viewer.placing(viewer.panes()[0])
        place = at.point(viewer.scene_at(QPoint(0, 0).toPointF()) * 0).toPoint()
        zoom = viewer.view.zoom
        return viewer.grab().toImage().pixelColor(place + QPoint(int(x * zoom), int(y * zoom)))

    new, same = colour(50.5, 37.5), colour(20.5, 10.5)
    assert new.hue() in range(35, 65)  # ochre: brighter than before
    assert same.saturation() < 10
    assert same.lightness() > 220
    legend = shown.legend
    assert legend
    assert "adu" in legend.lines[0]


def test_blink_rate_is_remembered(paired: MainWindow, wait, qtbot: QtBot) -> None:
    viewer = paired.viewer
    paired.actions_["blink"].trigger()
    first = paired.comparing.rate
    qtbot.keyClick(viewer, Qt.Key.Key_BracketRight)
    assert paired.comparing.rate > first
    seen = set()
    wait(lambda: seen.add(viewer.panes()[0].shows) or len(seen) == 2)
    assert settings.load().settings.view.blink_per_s == paired.comparing.rate
    assert settings.load().settings.view.compare == "blink"


def test_each_file_has_its_own_stretch_until_linked(paired: MainWindow, wait) -> None:
    shown = paired.viewer.shown
    assert shown
    assert shown.after
    paired.parts.display.set_kind("log")
    wait()
    assert shown.before.look.stretch.kind == "log"
    assert shown.after.look.stretch.kind != "log"
    paired.actions_["linked"].trigger()
    wait()
    assert shown.after.look == shown.before.look
    paired.parts.display.set_kind("sqrt")
    wait()
    assert shown.after.look == shown.before.look
    paired.actions_["linked"].trigger()
    wait()
    assert shown.before.look.stretch.kind == "sqrt"
    assert shown.after.look.stretch.kind != "sqrt"


def test_command_palette(window: MainWindow, wait, pair: tuple[Path, Path], qtbot: QtBot) -> None:
    window.open(list(pair))
    wait()
    window.activateWindow()
    qtbot.keyClick(window.viewer, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = window.habits.palette
    assert palette
    assert QApplication.focusWidget() is palette.field
    assert {"Open …", "Fit", "tiny.fits", "fine.fits"} <= set(palette.texts)
    assert "Side by side" not in palette.texts  # there is no result yet
    qtbot.keyClicks(palette.field, "two one")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.viewer.view.zoom == pytest.approx(2 / window.viewer.devicePixelRatioF())
    assert window.viewer.hasFocus()
    qtbot.keyClick(window.viewer, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    again = window.habits.palette
    assert again
    qtbot.keyClick(again.field, Qt.Key.Key_Escape)
    assert not again.isVisible()


def test_habits_are_remembered(window: MainWindow) -> None:
    window.actions_["mouse_ds9"].trigger()
    assert window.viewer.gestures.preset == "ds9"
    assert settings.load().settings.gestures == "ds9"
    assert window.actions_["mouse_ds9"].isChecked()
    assert not window.actions_["mouse_photo"].isChecked()


def test_the_view_for_others(paired: MainWindow, wait, tmp_path: Path) -> None:
    window = paired
    window.actions_["copy"].trigger()
    copied = QApplication.clipboard().image()
    assert copied.width() == window.viewer.width() * window.devicePixelRatioF()
    wait()
    png, svg = tmp_path / "view.png", tmp_path / "view.svg"
    window.exporting.export(png)
    window.exporting.export(svg)
    picture = QImage(str(png))
    assert picture.width() == copied.width()
    last = range(picture.height() - 18, picture.height() - 6)
    assert max(picture.pixelColor(x, y).lightness() for x in range(12, 90) for y in last) > 150
    text = svg.read_text()
    assert "tiny" in text
    assert "fine" in text
    assert "image/png" in text
    assert "<metadata><?xpacket" in text
    assert "DigitalSourceType" not in text  # no network had a part in it
    window.exporting.export(tmp_path / "no" / "folder.png")
    wait(lambda: window.notices.current and window.notices.current.kind == "error")
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("suffix", ["png", "jpg"])
def test_the_view_says_where_on_the_sky_it_is(
    paired: MainWindow, wait, tmp_path: Path, suffix: str
) -> None:
    window, viewer = paired, paired.viewer
    frame = window.selection.document.frame
    out = tmp_path / f"view.{suffix}"
    for turn, mirrored, zoom in ((0, False, 3.0), (30, True, 1.7)):
        viewer.set_view(Viewport(20.5, 13.25, zoom, turn, mirrored))
        wait()
        window.exporting.export(out)
        shown = open_frame(out)
        with Image.open(out) as made:
            assert read_profile(made.info["icc_profile"]).is_srgb
        ratio = viewer.devicePixelRatioF()
        for x, y in ((100.0, 40.0), (300.0, 222.0)):  # of the viewer
            scene = viewer.scene_at(QPointF(x, y))
            wanted = sky_at(frame, scene.x() - 0.5, scene.y() - 0.5)
            found = sky_at(shown, x * ratio - 0.5, y * ratio - 0.5)
            pixel = plate_scale(frame.wcs) / 3600
            assert found == pytest.approx(wanted, abs=1.2 * pixel / zoom)  # whole screen pixels
    window.actions_["side"].trigger()
    wait()
    window.exporting.export(out)
    assert open_frame(out).wcs is None  # two skies beside each other


@pytest.mark.parametrize("suffix", ["gif", "webp"])
def test_movie_of_a_blink(paired: MainWindow, wait, tmp_path: Path, suffix: str) -> None:
    from PIL import Image, ImageChops

    window = paired
    assert not window.actions_["movie"].isEnabled()
    window.actions_["blink"].trigger()
    wait()
    assert window.actions_["movie"].isEnabled()
    out = tmp_path / f"blink.{suffix}"
    window.exporting.movie(out)
    wait()
    with Image.open(out) as movie:
        assert movie.n_frames == 2
        assert movie.info.get("loop", 0) == 0
        first = movie.convert("RGB")
        movie.seek(1)
        movie.load()
        assert movie.info["duration"] == round(1000 / window.comparing.rate)
        assert ImageChops.difference(first, movie.convert("RGB")).getbbox()


@pytest.mark.usefixtures("qapp")
def test_shortcut_sheet_is_complete() -> None:
    from astroview.ui.shell import actions, shortcuts

    told = {what for _, lines in shortcuts.groups() for _, what in lines}
    missing = {spec.text.rstrip(" …") for spec in actions.SPECS.values() if spec.keys} - told
    assert not missing


def test_the_layout_is_remembered_for_each_screen(window: MainWindow) -> None:
    window.resize(780, 600)
    window.close()
    kept = settings.load().settings
    [here] = kept.window.screens
    elsewhere = "HDMI-1 3840x2160 2|AAAA|AAAA"  # not attached now
    both = replace(kept.window, screens=(elsewhere, here), geometry="", state="")
    again = start(RememberedChoices(replace(kept, window=both)))
    assert (again.window.width(), again.window.height()) == (780, 600)
    again.window.resize(770, 590)
    again.close()
    screens = settings.load().settings.window.screens
    assert screens[0].partition("|")[0] == here.partition("|")[0]
    assert screens[0] != here
    assert screens[1:] == (elsewhere,)
