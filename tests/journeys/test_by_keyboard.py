"""Every control explains itself, and every control is reached without a mouse."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from by_name import find
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QMenu,
    QScrollArea,
    QScrollBar,
    QStackedWidget,
    QToolButton,
    QWidget,
)
from seen_whole import path_of

from astroview.ui.main_window import MainWindow
from astroview.ui.shell import actions, workspaces

CONTROLS = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit)
MOST_TABS = 120
LINE = 24  # pixels within which controls stand in one line


def own(widget: QWidget) -> bool:
    """Whether it is a control of ours, none of Qt's own inside another."""
    if isinstance(widget, QScrollBar) or widget.objectName().startswith("qt_"):
        return False
    return not isinstance(widget.parent(), QAbstractSpinBox | QComboBox | QLineEdit)


def controls(window: QWidget) -> Iterator[QWidget]:
    for kind in CONTROLS:
        yield from (widget for widget in window.findChildren(kind) if own(widget))


def explained(widget: QWidget, named: set[QWidget]) -> bool:
    """By words on it or beside it, or by a tooltip; a picture alone says too little."""
    if isinstance(widget, QAbstractButton):
        if not widget.isVisible() and not widget.text() and widget.icon().isNull():
            return True  # it gets its words when it is shown
        icon_only = (
            isinstance(widget, QToolButton)
            and widget.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
            and not widget.icon().isNull()
        )
        words = "" if icon_only else widget.text()
        return any(letter.isalpha() for letter in words) or bool(widget.toolTip())
    placeholder = isinstance(widget, QLineEdit) and widget.placeholderText()
    return bool(widget.toolTip() or widget in named or placeholder)


def test_every_control_explains_itself(window: MainWindow, wait, samples: Path) -> None:
    window.open([samples / "galaxy.fits"])
    wait()
    for name in workspaces.NAMES:
        window.spaces.go(name)
        wait()
    everything = [*window.findChildren(QWidget)]
    named = {w.buddy() for w in everything if isinstance(w, QLabel) and w.buddy()}
    silent = [path_of(c) for c in controls(window) if not explained(c, named)]
    assert not silent, "\n".join(silent)
    nameless = [
        path_of(c)
        for c in controls(window)
        if not (c.accessibleName() or c.toolTip() or explained(c, named))
    ]
    assert not nameless, "\n".join(nameless)


def tab(widget: QWidget, back: bool = False) -> None:
    """Press Tab where the keyboard is, as Qt delivers it."""
    if back:
        QTest.keyClick(widget, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    else:
        QTest.keyClick(widget, Qt.Key.Key_Tab)


def reachable(part: QWidget) -> set[QWidget]:
    """What of a part takes the keyboard by Tab and can be used now."""
    return {
        w
        for w in part.findChildren(QWidget)
        if w.focusPolicy() & Qt.FocusPolicy.TabFocus
        and w.isVisible()
        and w.isEnabled()
        and not w.focusProxy()
        and own(w)
        and isinstance(w, CONTROLS)
    }


def in_groups(widgets: set[QWidget]) -> set[object]:
    """Of buttons of which one is down one has the keyboard, arrows go to the others."""
    found: set[object] = set()
    for w in widgets:
        group = w.group() if isinstance(w, QAbstractButton) else None
        found.add(group if group is not None and group.exclusive() else w)
    return found


def walked(
    window: MainWindow, qapp: QApplication, home: QWidget, back: bool = False
) -> list[QWidget]:
    """What Tab goes through from a widget on, until it comes back there; the picture, where Tab
    is the next frame, is left by F6.
    """
    window.activateWindow()
    home.setFocus(Qt.FocusReason.OtherFocusReason)
    seen: list[QWidget] = []
    here = qapp.focusWidget()
    assert here is home, path_of(home)
    for _ in range(MOST_TABS):
        if here is window.viewer:
            window.actions_["walk"].trigger()
        else:
            tab(here, back)
        assert qapp.focusWidget() is not here, f"caught in {path_of(here)}"
        here = qapp.focusWidget()
        assert here is not None
        if here is home:
            return seen
        assert type(here) not in (QWidget, QFrame, QScrollArea, QStackedWidget), path_of(here)
        seen.append(here)
    raise AssertionError(f"Tab does not come back to {path_of(home)}")


def assert_reached(wanted: set[QWidget], seen: list[QWidget]) -> None:
    missed = in_groups(wanted) - in_groups(set(seen))
    assert not missed, "\n".join(path_of(w) for w in missed if isinstance(w, QWidget))


def assert_downwards(part: QWidget, seen: list[QWidget]) -> None:
    """The controls of a part follow each other as they stand: lines from the top, left to right."""
    places = [
        (w.mapTo(part, w.rect().center()).y() // LINE, w.mapTo(part, QPoint()).x(), path_of(w))
        for w in seen
        if part.isAncestorOf(w)
    ]
    wrong = [b[2] for a, b in pairwise(places) if b[:2] < a[:2] and a[0] - b[0] > 0]
    assert not wrong, "\n".join(wrong)


def plain_ones(part: QWidget, away: QWidget, qapp: QApplication) -> list[str]:
    """Controls that look the same with the keyboard and without."""
    found: list[str] = []
    for widget in reachable(part):
        away.setFocus()
        qapp.processEvents()
        before = widget.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        qapp.processEvents()
        if widget.grab().toImage() == before:
            found.append(path_of(widget))
    return found


def test_tab_walks_every_control_and_is_never_caught(
    window: MainWindow, wait, samples: Path, qapp: QApplication
) -> None:
    window.open([samples / "galaxy.fits"])
    wait()
    wanted = reachable(window.body.right)
    assert len(wanted) > 12
    seen = walked(window, qapp, window.viewer)
    assert_reached(wanted, seen)
    assert_downwards(window.body.right, seen)


def test_what_has_the_keyboard_looks_so(window: MainWindow, wait, samples: Path, qapp) -> None:
    window.open([samples / "galaxy.fits"])
    wait()
    window.activateWindow()
    for theme in ("theme_dark", "theme_light"):
        window.actions_[theme].trigger()
        wait()
        plain = plain_ones(window.body.right, window.viewer, qapp)
        assert not plain, "\n".join(plain)


def test_the_batch_by_keyboard(
    window: MainWindow, wait, tiny_frame: Path, tmp_path: Path, qapp, qtbot
) -> None:
    """The empty page, then a queue: Tab, Enter and Space, Delete, and Escape out of the search."""
    window.spaces.go("batch")
    wait()
    window.activateWindow()
    batch, empty = window.batch, window.batch.panel.empty
    assert qapp.focusWidget() is empty.buttons[0]
    asked: list[str] = []
    empty.add_folder.disconnect()
    empty.add_folder.connect(lambda: asked.append("folder"))
    qtbot.keyClick(empty.buttons[0], Qt.Key.Key_Return)
    qtbot.keyClick(empty.buttons[0], Qt.Key.Key_Space)
    assert asked == ["folder", "folder"]
    seen = walked(window, qapp, empty.buttons[0])
    assert_reached(reachable(batch.panel), [*seen, empty.buttons[0]])
    for name in ("a", "b", "c"):
        shutil.copy(tiny_frame, tmp_path / f"{name}.fits")
    batch.add([tmp_path / f"{name}.fits" for name in ("a", "b", "c")])
    wait(lambda: batch.batching.settled and batch.panel.model.rowCount() == 3)
    panel = batch.panel
    seen = walked(window, qapp, panel.view)
    assert_reached(reachable(panel), seen)
    assert_downwards(panel.side, seen)
    assert walked(window, qapp, panel.view, back=True) == seen[::-1]
    for theme in ("theme_dark", "theme_light"):
        window.actions_[theme].trigger()
        plain = plain_ones(panel, panel.view, qapp)
        assert not plain, "\n".join(plain)
    box = find(panel.strip, QCheckBox, "Sub-folders too")
    box.setFocus()
    was = box.isChecked()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert box.isChecked() is not was
    wait(lambda: batch.batching.settled and batch.panel.model.rowCount() == 3)  # listed anew
    search = find(panel, QLineEdit, "Find by name")
    search.setFocus()
    qtbot.keyClicks(search, "b.f")
    assert panel.shown.rowCount() == 1
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert panel.shown.rowCount() == 3
    assert qapp.focusWidget() is panel.view
    panel.view.selectRow(1)
    qtbot.keyClick(panel.view, Qt.Key.Key_Delete)
    assert panel.model.rowCount() == 2
    panel.view.selectRow(0)
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)  # opens what the keyboard is on
    wait(lambda: window.spaces.current == "view" and window.selection)
    assert window.selection.document.frame.name == "a"


@pytest.mark.usefixtures("own_data")
def test_training_by_keyboard(window: MainWindow, wait, training_folder: Path, qapp) -> None:
    """Where to begin, then a new run: every choice by Tab."""
    window.spaces.go("train")
    wait(lambda: not window.train.busy)
    window.activateWindow()
    panel, begin = window.train.panel, window.train.panel.begin
    assert qapp.focusWidget() is begin.buttons[0]
    assert_reached(reachable(begin), [*walked(window, qapp, begin.buttons[0]), begin.buttons[0]])
    window.train.take([training_folder])
    wait(lambda: panel.on_show == "new" and not window.train.curation.busy, 240)
    wanted = reachable(panel)
    home = next(iter(w for w in wanted if isinstance(w, QComboBox)))
    seen = walked(window, qapp, home)
    assert_reached(wanted, [*seen, home])
    for theme in ("theme_dark", "theme_light"):
        window.actions_[theme].trigger()
        plain = plain_ones(panel, window, qapp)
        assert not plain, "\n".join(plain)


def test_every_action_is_in_a_menu_and_in_the_palette(window: MainWindow, wait, samples) -> None:
    window.open([samples / "galaxy.fits"])
    wait()

    def of(menu: QMenu) -> Iterator[object]:
        for action in menu.actions():
            inner = action.menu()
            yield action
            if isinstance(inner, QMenu):
                yield from of(inner)

    in_menus = {a for bar in window.menuBar().actions() for a in of(bar.menu())}
    apart = {name for name, action in window.actions_.items() if action not in in_menus}
    assert not apart
    window.commands.update()
    offered = {entry.text for entry in window.habits.entries()}
    possible = {
        action.text().replace("&", "")
        for action in window.actions_.values()
        if action.isEnabled() and action.isVisible()
    }
    assert possible <= offered
    letters = [title[title.index("&") + 1].lower() for title, _ in actions.MENUS]
    assert len(letters) == len(set(letters))  # Alt and the letter opens the menu


@pytest.mark.parametrize("times", [1.5])
def test_text_of_another_size_is_not_cut(wait, samples: Path, qapp, window, times: float) -> None:
    """Buttons and labels are as large as their words under a larger font of the system."""
    usual = qapp.font()
    larger = qapp.font()
    larger.setPointSizeF(usual.pointSizeF() * times)
    try:
        qapp.setFont(larger)
        window.open([samples / "galaxy.fits"])
        wait()
        window.resize(1280, 800)
        qapp.processEvents()
        small = [
            path_of(b)
            for b in window.findChildren(QAbstractButton)
            if own(b) and b.isVisible() and b.text() and b.height() < b.fontMetrics().height()
        ]
        assert not small, "\n".join(small)
    finally:
        qapp.setFont(usual)


def test_a_nudge_a_centre_and_full_screen(window: MainWindow, wait, samples: Path, qtbot) -> None:
    window.open([samples / "galaxy.fits"])
    wait()
    viewer = window.viewer
    viewer.zoom_to(4)
    before = viewer.view
    moves = {"Left": (-1, 0), "Right": (1, 0), "Up": (0, -1), "Down": (0, 1)}
    for key, (dx, dy) in moves.items():
        qtbot.keyClick(viewer, getattr(Qt.Key, f"Key_{key}"))
        step = viewer.view.x - before.x, viewer.view.y - before.y
        assert (step[0] * dx > 0) == bool(dx)
        assert (step[1] * dy > 0) == bool(dy)
        before = viewer.view
    for preset in ("mouse_photo", "mouse_ds9"):
        window.actions_[preset].trigger()
        at = QPoint(viewer.width() // 3, viewer.height() // 4)
        scene = viewer.scene_at(at.toPointF())
        qtbot.mouseClick(viewer, Qt.MouseButton.MiddleButton, pos=at)
        assert (viewer.view.x, viewer.view.y) == pytest.approx((scene.x(), scene.y()))
    before = viewer.view
    qtbot.mousePress(viewer, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    qtbot.mouseMove(viewer, QPoint(240, 230))
    qtbot.mouseRelease(viewer, Qt.MouseButton.LeftButton, pos=QPoint(240, 230))
    assert viewer.view == before  # in DS9's habits left-drag is the tools'
    for key, zoom in (("0", None), ("1", 1.0), ("2", 2.0)):
        qtbot.keyClick(viewer, getattr(Qt.Key, f"Key_{key}"), Qt.KeyboardModifier.ControlModifier)
        if zoom:
            assert viewer.view.zoom * viewer.devicePixelRatioF() == pytest.approx(zoom)
    former = viewer.view.zoom
    qtbot.keyClick(viewer, Qt.Key.Key_Plus)
    assert viewer.view.zoom > former
    qtbot.keyClick(viewer, Qt.Key.Key_Minus)
    assert viewer.view.zoom == pytest.approx(former)
    qtbot.keyClick(viewer, Qt.Key.Key_F11)
    assert window.isFullScreen()
    qtbot.keyClick(viewer, Qt.Key.Key_F11)
    assert not window.isFullScreen()
