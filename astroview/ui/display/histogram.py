"""The histogram with its draggable limits and midtone, on an axis that spreads the sky.

Astronomical histograms are a spike beside an empty axis. This axis is asinh about the median
with the noise as unit: sky, faint structure and star cores each get room. Display pictures
(0..255) keep a linear axis.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from astroview.core.lazy_dataclass import dataclass
from astroview.ui.display import histogram_paint as paint
from astroview.ui.display.histogram_counts import Counts
from astroview.ui.i18n.translate import tr
from astroview.ui.widgets.theme import Theme

MOST = float(np.finfo(np.float32).max)
Handle = Literal["low", "midtone", "high"]
HANDLES: tuple[Handle, ...] = ("low", "midtone", "high")


@dataclass(frozen=True)
class ToneCurve:
    """What the histogram shows of a display."""

    low: float
    high: float
    midtone: float
    band: int | None  # the channel that is being edited
    u: Callable[[NDArray[np.float32]], NDArray[np.float32]]  # samples to 0..1
    colours: Callable[[NDArray[np.float32]], NDArray[np.uint32]]  # samples to 0xffRRGGBB


class Histogram(QWidget):
    """Draws counts, the curve and three handles: black, midtone, white.

    Dragged with the mouse; with the keyboard, Up and Down choose a handle, Left and Right move
    it (Shift: faster).
    """

    limits_dragged = Signal(float, float)
    midtone_dragged = Signal(float)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setToolTip(tr("Drag black, middle grey (the diamond) and white"))
        self.theme = theme
        self._counts: Counts | None = None
        self._curve: ToneCurve | None = None
        self._held: Handle | None = None
        self._lively: Handle | None = None
        self._chosen: Handle = "low"  # by the keyboard
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Histogram"))

    def sizeHint(self) -> QSize:
        return QSize(220, 118)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.update()

    def show_counts(self, counts: Counts | None) -> None:
        self._counts = counts
        self.update()

    def show_curve(self, curve: ToneCurve) -> None:
        self._curve = curve
        self.update()

    # ---- geometry ------------------------------------------------------------------

    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(6.5, 6.5, -6.5, -20.5)

    def x_of(self, value: float) -> float:
        """Where a value stands, in pixels from the left."""
        area = self._area()
        place = self._counts.position(value) if self._counts else 0.0
        return area.left() + min(max(place, 0.0), 1.0) * area.width()

    def _value(self, x: float) -> float:
        area = self._area()
        place = min(max((x - area.left()) / area.width(), 0.0), 1.0)
        return self._counts.value(place) if self._counts else 0.0

    def _places(self) -> dict[Handle, float]:
        """Where the handles stand, in logical pixels."""
        curve = self._curve
        if curve is None:
            return {}
        return {
            "low": self.x_of(curve.low),
            "midtone": self.x_of(curve.midtone),
            "high": self.x_of(curve.high),
        }

    # ---- painting ------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area, theme = self._area(), self.theme
        edge = theme.accent if self.hasFocus() else theme.line
        painter.setPen(QPen(QColor(edge), 1))
        painter.setBrush(QColor(theme.field))
        painter.drawRoundedRect(area.adjusted(-6, -6, 6, 6), 5, 5)
        counts, curve = self._counts, self._curve
        if counts is None or curve is None:
            return
        paint.paint_counts(painter, area, counts.levels, theme, curve.band)
        along = np.array([counts.value(i / 159) for i in range(160)])
        values = along.clip(-MOST, MOST).astype(np.float32)
        u = np.clip(curve.u(values), 0, 1)
        paint.paint_curve(painter, area, u, theme)
        ramp = QRectF(area.left() - 6, area.bottom() + 11, area.width() + 12, 8)
        paint.paint_ramp(painter, ramp, curve.colours(values), theme)
        lively = self._held or self._lively or (self._chosen if self.hasFocus() else None)
        places = self._places()
        for name in ("low", "high"):
            paint.paint_limit(painter, places[name], area, theme, lively == name)
        paint.paint_midtone(painter, self._diamond(), theme, lively == "midtone")

    def _diamond(self) -> QPointF:
        area = self._area()
        curve = self._curve
        assert curve is not None
        level = float(np.clip(curve.u(np.array([curve.midtone], np.float32))[0], 0, 1))
        return QPointF(self.x_of(curve.midtone), area.bottom() - level * area.height())

    # ---- mouse ---------------------------------------------------------------------

    def _near(self, point: QPointF) -> Handle | None:
        """The handle under the mouse; the diamond first, as it lies between the others."""
        if self._counts is None or self._curve is None:
            return None
        if (point - self._diamond()).manhattanLength() <= 11:
            return "midtone"
        places = self._places()
        low, high = abs(point.x() - places["low"]), abs(point.x() - places["high"])
        if min(low, high) > 8:
            return None
        return "low" if low < high else "high"

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = self._near(event.position())
            self._chosen = self._held or self._chosen
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        near = self._held or self._near(event.position())
        if near != self._lively:
            self._lively = near
            self.update()
        self.setCursor(Qt.CursorShape.SplitHCursor if near else Qt.CursorShape.ArrowCursor)
        if self._held:
            self._move(self._held, event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._lively = None
        self.update()

    def _move(self, handle: Handle, x: float) -> None:
        curve = self._curve
        if curve is None or self._counts is None:
            return
        value = self._value(x)
        if handle == "midtone":
            if curve.low < value < curve.high:
                self.midtone_dragged.emit(value)
            return
        low, high = (value, curve.high) if handle == "low" else (curve.low, value)
        if low < high:
            self.limits_dragged.emit(low, high)

    # ---- keys ----------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        turns = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        key = Qt.Key(event.key())
        if key in turns:
            self._chosen = HANDLES[(HANDLES.index(self._chosen) + turns[key]) % len(HANDLES)]
            self.update()
        elif key in steps and self._curve is not None:
            far = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            self._move(self._chosen, self._places()[self._chosen] + far * steps[key])
        else:
            super().keyPressEvent(event)
