from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from by_name import find
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QWidget

from astroview.core import resources
from astroview.core.colour.stretch import Stretch, sky_stretch
from astroview.core.errors import UnreadableFrame
from astroview.core.frame import ArraySource, Frame
from astroview.core.messages.worker_messages import Progress
from astroview.core.models.model_card import default_shelf
from astroview.core.options import EnhanceOptions
from astroview.ui.display.display_panel import DisplayPanel
from astroview.ui.display.histogram import Histogram
from astroview.ui.display.histogram_counts import count
from astroview.ui.documents import document
from astroview.ui.documents.session_jobs import progress_text
from astroview.ui.enhance.enhance_panel import EnhancePanel
from astroview.ui.enhance.palette_picker import PalettePicker
from astroview.ui.process.scratch_folders import Scratch
from astroview.ui.render import display_settings
from astroview.ui.render.display_settings import Display
from astroview.ui.shell import actions
from astroview.ui.shell.notices import Notice, NoticeStrip
from astroview.ui.widgets import icons
from astroview.ui.widgets.controls import NumberEdit, nice
from astroview.ui.widgets.theme import DARK, LIGHT, style_sheet

REPOSITORY = Path(__file__).resolve().parents[2]
RANDOM = np.random.default_rng(0)
SKY = RANDOM.normal(100, 5, (128, 128)).astype(np.float32)
AUTO = sky_stretch(SKY)
LOADED = document.look_at(Frame("sky", SKY.shape, 1, "linear", ArraySource(SKY), None))


@pytest.fixture
def panel(qtbot) -> DisplayPanel:
    made = DisplayPanel(DARK)
    qtbot.addWidget(made)
    made.show_frame(Display(AUTO), LOADED)
    made.resize(280, 400)
    made.grab()  # lays it out
    return made


def test_dragging_a_limit_sets_it(panel: DisplayPanel, qtbot) -> None:
    seen: list[Display] = []
    panel.changed.connect(seen.append)
    histogram = find(panel, Histogram)
    x = round(histogram.x_of(AUTO.high))
    qtbot.mousePress(histogram, Qt.MouseButton.LeftButton, pos=QPoint(x, 40))
    qtbot.mouseMove(histogram, QPoint(x - 30, 40))
    qtbot.mouseRelease(histogram, Qt.MouseButton.LeftButton, pos=QPoint(x - 30, 40))
    assert seen[-1].method == "manual"
    assert seen[-1].stretch.high < AUTO.high
    assert seen[-1].stretch.low == AUTO.low
    assert round(histogram.x_of(seen[-1].stretch.high)) == pytest.approx(x - 30, abs=1)


def test_typing_a_limit(panel: DisplayPanel, qtbot) -> None:
    seen: list[Display] = []
    panel.changed.connect(seen.append)
    low = find(panel, NumberEdit, "Black")
    low.selectAll()
    qtbot.keyClicks(low, "91.5")
    qtbot.keyClick(low, Qt.Key.Key_Return)
    assert seen[-1].stretch.low == 91.5
    low.selectAll()
    qtbot.keyClicks(low, "abc")
    qtbot.keyClick(low, Qt.Key.Key_Return)
    assert seen[-1].stretch.low == 91.5
    assert low.text() == "91.5"


def test_limits_of_a_frame_that_was_closed_are_not_shown(panel: DisplayPanel) -> None:
    shown = [find(panel, NumberEdit, name) for name in ("Black", "White")]
    before = [edit.text() for edit in shown]
    assert all(before)
    panel.clear()
    assert [edit.text() for edit in shown] == ["", ""]
    panel.show_frame(Display(AUTO), LOADED)
    assert [edit.text() for edit in shown] == before


@pytest.mark.parametrize("method", [name for name, _ in display_settings.METHODS])
@pytest.mark.parametrize("kind", [name for name, _ in display_settings.KIND_NAMES])
def test_every_choice_gives_a_stretch(method: display_settings.Method, kind) -> None:
    opening = LOADED.opening
    shown = display_settings.with_kind(opening, kind, SKY, opening)
    shown = display_settings.with_method(shown, method, SKY, opening)
    assert shown.stretch.low < shown.stretch.high
    for boost in (0.0, 0.3, 1.0):
        boosted = display_settings.with_boost(shown, boost)
        if shown.stretch.kind in display_settings.BOOST:
            assert display_settings.boost_of(boosted.stretch) == pytest.approx(boost, abs=1e-6)


@pytest.mark.parametrize(
    "samples",
    [
        SKY,
        np.full((4, 4), np.nan, np.float32),
        np.zeros((5, 5), np.float32),
        SKY[..., None] + SKY[:, :1, None] * [0, 1, 2],
    ],
    ids=["sky", "nan", "constant", "rgb"],
)
def test_histogram_axis_goes_both_ways(samples: np.ndarray) -> None:
    counts = count(samples.astype(np.float32), physical=True, full_scale=None)
    for place in (0.0, 0.2, 0.9):
        assert counts.position(counts.value(place)) == pytest.approx(place, abs=1e-4)
    assert np.isfinite(counts.levels).all()


@pytest.mark.filterwarnings("error")
def test_an_axis_may_go_beyond_what_32_bits_hold(qtbot) -> None:
    samples = np.linspace(0.3, 1.0, 441, dtype=np.float32).reshape(21, 21) * np.float32(3.4e38)
    loaded = document.look_at(Frame("edge", (21, 21), 1, "linear", ArraySource(samples), None))
    panel = DisplayPanel(DARK)
    qtbot.addWidget(panel)
    panel.show_frame(loaded.opening, loaded)
    assert loaded.counts.value(1.0) > float(np.finfo(np.float32).max)
    assert not panel.grab().isNull()


def test_the_newest_notice_shows_and_an_error_waits_behind_it(qtbot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    strip = NoticeStrip(DARK)
    strip.setParent(around)
    strip.tell(Notice("Saving a.fits …"))
    strip.tell(Notice.of(UnreadableFrame("a.fits is a text file", "Open it in an editor")))
    assert strip.current
    assert strip.current.message == "a.fits is a text file."
    strip.tell(Notice("Saved b.fits.", kind="done"))
    assert strip.current.message == "Saved b.fits."
    strip.dismiss()
    assert strip.current.kind == "error"
    strip.dismiss()
    assert not strip.isVisibleTo(around)


def test_a_flood_of_notices_leaves_the_latest(qtbot) -> None:
    """Another program may cause thousands; nobody puts them away one by one."""
    around = QWidget()
    qtbot.addWidget(around)
    strip = NoticeStrip(DARK)
    strip.setParent(around)
    for i in range(1000):
        strip.tell(Notice(f"{i} is not there.", kind="error"))
    read = 0
    while strip.current:
        assert strip.current.message == f"{999 - read} is not there."
        strip.dismiss()
        read += 1
    assert read <= 50


def test_enhance_panel_gives_the_choices_on_it(qtbot) -> None:
    cards = default_shelf().cards()
    panel = EnhancePanel(cards, EnhanceOptions(superres=None), DARK)
    qtbot.addWidget(panel)
    assert panel.options.superres is None
    assert panel.options.colorizer == next(c.id for c in cards if c.task == "colorize")
    panel.set_devices(("cpu", "cuda"), "cuda")
    assert find(panel, QComboBox, "Device").itemText(0) == "Automatic (GPU (CUDA))"
    assert not panel.button.isEnabled()
    panel.set_ready(ready=True, grey=False)  # colour on RGB alone is nothing to do
    assert not panel.button.isEnabled()
    panel.set_ready(ready=True, grey=True)
    assert panel.button.isEnabled()
    panel.set_running("m51")
    assert panel.button.text() == "Cancel"


def test_no_models_is_said(qtbot) -> None:
    panel = EnhancePanel((), EnhanceOptions(), DARK)
    qtbot.addWidget(panel)
    panel.set_ready(ready=True)
    assert not panel.button.isEnabled()
    assert "No models" in panel.button.toolTip()


def test_palettes_are_offered_with_swatches(qtbot) -> None:
    card = default_shelf().cards("colorize")[0]
    picker = PalettePicker()
    qtbot.addWidget(picker)
    picker.show_card(card, card.palettes[2].name)
    assert picker.count() == len(card.palettes) + 1
    assert picker.chosen == card.palettes[2].name
    assert not picker.itemIcon(1).isNull()


def test_progress_in_words() -> None:
    assert (
        progress_text(Progress("a", 480, 1000, 72.4, "sharpening"))
        == "Sharpening · 48 % · 1:12 left"
    )
    assert progress_text(Progress("a", 0, 1, None, "starting")) == "Starting"


def test_scratch_of_dead_processes_is_swept(tmp_path: Path) -> None:
    die = "import os, sys, pathlib; from astroview.ui.process.scratch_folders import Scratch;"
    die += "s = Scratch(pathlib.Path(sys.argv[1])); s.make('job'); os._exit(9)"
    subprocess.run([sys.executable, "-c", die, str(tmp_path)], cwd=REPOSITORY)
    (dead,) = tmp_path.iterdir()
    mine = Scratch(tmp_path)
    other = Scratch(tmp_path)
    assert not dead.exists()
    assert mine.folder.exists()
    mine.drop(mine.make("job"))
    mine.close()
    other.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("qapp")
def test_every_icon_is_there_and_every_colour_is_filled_in() -> None:
    for spec in actions.SPECS.values():
        if spec.icon:
            assert not icons.icon(spec.icon, DARK).isNull()
    assert not icons.app_icon().isNull()
    for theme in (DARK, LIGHT):
        assert "@" not in style_sheet(theme)
    assert len(list((resources.root() / "icons").glob("*.svg"))) > 20


def test_numbers_are_short(qtbot) -> None:
    assert [nice(n) for n in (0, 65535, 12.3456789, 1e-9, -3.0)] == [
        "0",
        "65535",
        "12.346",
        "1e-09",
        "-3",
    ]
    edit = NumberEdit("n")
    qtbot.addWidget(edit)
    edit.set_number(0.123456789)
    assert edit.number == 0.123456789
    assert document.duration(200) == "3 min 20 s"
    assert replace(Display(Stretch()), invert=True).invert
