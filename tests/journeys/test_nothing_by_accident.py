"""What a hand does in passing changes nothing: the wheel, a drag with another tool, a notice."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from by_name import find
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QPushButton,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from astroview.core.options import EnhanceOptions
from astroview.ui.main_window import MainWindow
from astroview.ui.shell.notice import Notice
from astroview.ui.viewer.panes import AFTER

Wait = Callable[..., None]


def turn(widget: QWidget, steps: int) -> None:
    middle = QPointF(widget.rect().center())
    inverted = False
    event = QWheelEvent(
        middle,
        QPointF(widget.mapToGlobal(middle.toPoint())),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        inverted,
    )
    QApplication.sendEvent(widget, event)


def state(widget: QWidget) -> object:
    return widget.currentIndex() if isinstance(widget, QComboBox) else widget.value()  # type: ignore[attr-defined]


@pytest.mark.parametrize("space", ["view", "batch", "train"])
def test_the_wheel_changes_no_control(window: MainWindow, wait: Wait, samples: Path, space: str):
    window.open([samples / "galaxy.fits"])
    wait()
    window.spaces.go(space)
    page = window.spaces.get(space).page
    kinds = (QComboBox, QAbstractSpinBox, QAbstractSlider)
    controls = [w for w in page.findChildren(QWidget) if isinstance(w, kinds)]
    controls = [w for w in controls if not isinstance(w, QScrollBar)]
    assert len(controls) > 5
    before = [state(w) for w in controls]
    for widget in controls:
        widget.setFocus()
        for steps in (3, -3, -3, 3, -1):
            turn(widget, steps)
    changed = [
        w.accessibleName() for w, old in zip(controls, before, strict=True) if state(w) != old
    ]
    assert changed == []
    assert not window.enhancing.running


def test_a_result_is_kept_when_a_choice_changes(window: MainWindow, wait: Wait, samples: Path):
    window.open([samples / "galaxy.fits"])
    wait()
    usual = replace(window.parts.enhance.options, superres=None)
    window.steering.choose(window.steering.colouring.with_palette("blue"))
    window.enhance(replace(usual, palette="blue"))
    wait()
    first = window.selection.result
    for palette in ("copper", "rose"):
        window.steering.choose(window.steering.colouring.with_palette(palette))
        wait()
    results = window.selection.document.results
    assert results[0].id == first.id
    assert len(results) == 2, "the draft of copper made way for that of rose; blue is kept"
    assert window.selection.result == results[1]
    labels = [r.label for r in results]
    assert "blue" in labels[0]
    assert "rose" in labels[1]
    # Enhance keeps the draft, without a job; the next choice is one more.
    window.enhance(replace(usual, palette="rose"))
    assert not window.enhancing.running
    window.steering.choose(window.steering.colouring.with_palette("copper"))
    wait()
    assert len(window.selection.document.results) == 3
    # Back to blue: what was made is there at once.
    window.steering.choose(window.steering.colouring.with_palette("blue"))
    assert not window.enhancing.running
    assert window.selection.result.id == first.id


def test_tools_lay_each_other_aside_and_escape_ends_any(
    window: MainWindow, wait: Wait, qtbot: QtBot, samples: Path
):
    window.open([samples / "galaxy.fits"])
    wait()
    bar = window.parts.enhance.steer.hints
    window.actions_["hints"].trigger()
    assert window.viewer.tool == "hints"
    window.actions_["measure_line"].trigger()
    assert not bar.is_painting
    assert window.viewer.tool == "line"
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(window.viewer, left, pos=QPoint(200, 200))
    qtbot.mouseMove(window.viewer, QPoint(260, 220))
    qtbot.mouseRelease(window.viewer, left, pos=QPoint(260, 220))
    assert not window.steering.colouring.hints
    assert not window.enhancing.running
    window.actions_["hints"].trigger()
    assert window.knowing.measuring.hand.form is None
    assert bar.is_painting
    window.actions_["cancel"].trigger()
    assert not bar.is_painting
    assert window.viewer.tool == ""


def test_a_notice_moves_nothing_and_the_newest_comes_first(
    window: MainWindow, wait: Wait, samples: Path
):
    window.open([samples / "galaxy.fits"])
    wait()
    before = window.viewer.geometry()
    for name in ("first", "second", "third"):
        window.tell(Notice(f"The {name} is wrong.", "", "error"))
    QApplication.processEvents()
    assert window.viewer.geometry() == before
    assert window.notices.current.message == "The third is wrong."
    seen = set()
    for _ in range(3):
        seen.add(window.notices.current.message)
        find(window.notices, QPushButton, "2 more").click()
    assert len(seen) == 3
    window.notices.dismiss()
    assert window.notices.current is not None
    assert window.body.rect().contains(window.notices.geometry())
    viewer = window.viewer
    place = viewer.rect().translated(viewer.mapTo(window.body, QPoint()))
    assert place.contains(window.notices.geometry())  # and it covers no button of a panel


def test_a_preview_names_itself_and_its_values_are_not_told_as_the_results(
    window: MainWindow, wait: Wait, small: Path
):
    window.open([small])
    wait()
    window.enhance(EnhanceOptions(superres="superres-x2", colorizer=None))
    wait()
    assert window.viewer.preview_of(AFTER) == ""
    window.enhance(EnhanceOptions(superres="superres-x2", colorizer=None, quality="best"))
    wait(lambda: window.live.showing)
    assert window.viewer.preview_of(AFTER).startswith("Preview")
    assert "best" in window.viewer.preview_of(AFTER)
    wait()
    assert window.viewer.preview_of(AFTER) == ""
    assert len(window.selection.document.results) == 2
