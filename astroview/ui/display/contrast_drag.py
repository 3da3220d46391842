"""The right button on the picture: a drag for contrast and bias, a click for a menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from astroview.core.colour.tone import Tone
from astroview.ui.display.display_panel import DisplayPanel


class ContrastDrag(QObject):
    """Right-drag on the picture, as in DS9: sideways for bias, up for contrast.

    Signals
    -------
    clicked : QPointF, where the button was pressed and let go without a drag
    """

    clicked = Signal(QPointF)

    def __init__(self, viewer: QWidget, panel: DisplayPanel, tone: Callable[[], Tone]) -> None:
        super().__init__(viewer)
        self._viewer, self._panel, self._tone = viewer, panel, tone
        self._from: tuple[QPointF, Tone] | None = None
        self._dragged = False
        viewer.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent):
            return False
        right = event.button() == Qt.MouseButton.RightButton
        if event.type() == QEvent.Type.MouseButtonPress and right:
            self._from, self._dragged = (event.position(), self._tone()), False
            return True
        if event.type() == QEvent.Type.MouseButtonRelease and right and self._from:
            self._from = None
            if not self._dragged:
                self.clicked.emit(event.position())
            return True
        if event.type() == QEvent.Type.MouseMove and self._from:
            self._drag(*self._from, event.position())
            return False  # what is under the mouse is read all the while
        return False

    def _drag(self, start: QPointF, tone: Tone, now: QPointF) -> None:
        """A hand that clicks moves by a pixel or two; that is no drag yet."""
        far = (now - start).manhattanLength() >= QApplication.startDragDistance()
        self._dragged = self._dragged or far
        if self._dragged:
            self._panel.set_tone(dragged(start, tone, now, self._viewer))


def dragged(start: QPointF, tone: Tone, now: QPointF, over: QWidget) -> Tone:
    """The tone after a drag: the widget's width is a bias of 1, its height 10 x the contrast."""
    sideways = (now.x() - start.x()) / max(over.width(), 1)
    upwards = (start.y() - now.y()) / max(over.height(), 1)
    contrast = min(max(tone.contrast * 10**upwards, 0.1), 10.0)
    bias = min(max(tone.bias + sideways, 0.0), 1.0)
    return replace(tone, contrast=round(contrast, 3), bias=round(bias, 3))
