"""astroview under the clock: ``start FILE`` or ``redraw FILE GESTURES``; prints JSON."""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent


def start(path: Path) -> None:
    """Open the window as ``python -m astroview FILE`` does; print when the frame is painted."""
    from astroview import doors

    gc.disable()  # as the door does before it imports the window
    from astroview.ui.viewer.viewer import Viewer

    paint = Viewer.paintEvent
    done: list[float] = []

    def painted(viewer: Viewer, event: object) -> None:
        paint(viewer, event)  # type: ignore[arg-type]
        if not done and viewer.shown and viewer.shown.before.patches:
            from PySide6.QtCore import QTimer

            done.append(0.0)
            QTimer.singleShot(0, lambda: finish(viewer))

    def finish(viewer: Viewer) -> None:
        done[0] = time.monotonic()  # after the picture went to the display
        print(json.dumps({"painted": done[0], "correct": correct(viewer)}), flush=True)
        viewer.window().close()

    Viewer.paintEvent = painted  # type: ignore[method-assign]
    doors.open_window([path])


def correct(viewer: object) -> bool:
    """Whether the block is bright, and dark beside it, where the frame's coordinates say."""
    from benchmarks.viewing.frames import BLOCK_X, BLOCK_Y

    height, width = viewer.shown.shape  # type: ignore[attr-defined]
    picture = viewer.grab().toImage()  # type: ignore[attr-defined]
    at = viewer.placing(viewer.panes()[0])  # type: ignore[attr-defined]

    def level(x: float, y: float) -> float:
        from PySide6.QtCore import QPointF

        point = at.point(QPointF(x * width, (1 - y) * height)).toPoint()
        around = [(i, j) for i in range(-3, 4) for j in range(-3, 4)]
        found = [picture.pixelColor(point.x() + i, point.y() + j).red() for i, j in around]
        return sorted(found)[len(found) // 2]

    x, y = sum(BLOCK_X) / 2, sum(BLOCK_Y) / 2
    return level(x, y) > level(1 - x, y) + 30 and level(x, y) > level(x, 1 - y) + 30


class Gestures:
    """The real window, and gestures on it timed from the event to the painted picture."""

    def __init__(self, path: Path) -> None:
        from astroview.core.settings import Settings
        from astroview.ui import app
        from astroview.ui.remembered_choices import RememberedChoices
        from astroview.ui.viewer.viewer import Viewer

        self.paints: list[float] = []
        self.times: dict[str, list[tuple[float, ...]]] = {"pan": [], "zoom": [], "stretch": []}
        paint = Viewer.paintEvent

        def painted(which: Viewer, event: object) -> None:
            paint(which, event)  # type: ignore[arg-type]
            self.paints.append(time.perf_counter())

        Viewer.paintEvent = painted  # type: ignore[method-assign]
        self.running = app.start(RememberedChoices(Settings(), lasting=False))
        window, self.viewer = self.running.window, self.running.window.viewer
        window.show()
        window.open([path])
        self.settle()
        more_x, more_y = 1600 - self.viewer.width(), 1000 - self.viewer.height()
        window.resize(window.width() + more_x, window.height() + more_y)
        self.settle()

    def settle(self) -> None:
        while not self.running.window.settled:
            self.running.app.processEvents()
            time.sleep(0.001)
        self.running.app.processEvents()

    def timed(self, kind: str, act: Callable[[], object]) -> None:
        """First paint, the refined one, and the window's CPU time to the first."""
        self.settle()
        self.paints.clear()
        begun, working = time.perf_counter(), time.thread_time()
        act()
        while not self.paints:
            self.running.app.processEvents()
        first, worked = time.perf_counter() - begun, time.thread_time() - working
        while not self.viewer.settled:
            self.running.app.processEvents()
        self.running.app.processEvents()
        refined = self.paints[-1] - begun
        self.times[kind].append((1000 * first, 1000 * refined, 1000 * worked))

    def pan(self, count: int) -> None:
        """Drag with the left button."""
        from PySide6.QtCore import QEvent

        self.settle()
        self._mouse(QEvent.Type.MouseButtonPress, 1200, 700)
        for i in range(count):
            at = 1200 - 23 * i, 700 - 11 * i
            self.timed("pan", partial(self._mouse, QEvent.Type.MouseMove, *at))
        self._mouse(QEvent.Type.MouseButtonRelease, 0, 0)

    def zoom(self, count: int) -> None:
        """Turn the wheel, twelve clicks in, twelve out."""
        for i in range(count):
            self.timed("zoom", partial(self._wheel, 120 if (i // 12) % 2 == 0 else -120))

    def stretch(self, count: int) -> None:
        """Move the limits."""
        window = self.running.window
        self.settle()
        for i in range(count):
            key = window.selection.document.key  # type: ignore[union-attr]
            display = window.session.documents[key].display
            limits = replace(display.stretch, high=display.stretch.high * 0.98, low=900 + i)
            wanted = replace(display, stretch=limits)
            self.timed("stretch", partial(window.session.set_display, key, wanted))

    def _mouse(self, kind: QEvent.Type, x: float, y: float) -> None:
        from PySide6.QtCore import QPointF, Qt
        from PySide6.QtGui import QMouseEvent
        from PySide6.QtWidgets import QApplication

        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        at = QPointF(x, y)
        place = QPointF(self.viewer.mapToGlobal(at.toPoint()))
        QApplication.sendEvent(self.viewer, QMouseEvent(kind, at, place, left, left, none))

    def _wheel(self, angle: int) -> None:
        from PySide6.QtCore import QPoint, QPointF, Qt
        from PySide6.QtGui import QWheelEvent
        from PySide6.QtWidgets import QApplication

        none, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
        at, turned = QPointF(700, 400), QPoint(0, angle)
        place = QPointF(self.viewer.mapToGlobal(at.toPoint()))
        no_button = Qt.MouseButton.NoButton
        event = QWheelEvent(at, place, QPoint(), turned, no_button, none, phase, False)  # noqa: FBT003
        QApplication.sendEvent(self.viewer, event)


def redraw(path: Path, count: int) -> None:
    """Print the times of gestures in the real window."""
    gestures = Gestures(path)
    for zoom in (1.0, 0.37):
        gestures.viewer.zoom_to(zoom)
        gestures.pan(count // 2)
    gestures.viewer.fit()
    gestures.zoom(count)
    gestures.viewer.zoom_to(1.0)
    gestures.stretch(count)
    print(json.dumps(gestures.times), flush=True)
    gestures.running.close()


if __name__ == "__main__":
    if sys.argv[1] == "start":
        start(Path(sys.argv[2]))
    else:
        redraw(Path(sys.argv[2]), int(sys.argv[3]))
