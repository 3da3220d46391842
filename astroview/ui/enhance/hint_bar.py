"""The brush for colour hints: on or off, its colour and size, and how many hints there are."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from astroview.core.colour import colour_space
from astroview.ui.i18n.translate import noted, tr, tr_counted
from astroview.ui.widgets import icons
from astroview.ui.widgets.controls import dress, field, label
from astroview.ui.widgets.theme import Theme

Chroma = tuple[float, float]  # Oklab a, b
SHOWN_LIGHT = 0.72  # Oklab lightness that swatches and markers are shown with
# What the sky has: emission lines, stars by temperature, dust; Oklab a, b.
COLOURS: tuple[tuple[str, Chroma], ...] = (
    (noted("H-alpha red"), (0.15, 0.06)),
    (noted("H II pink"), (0.12, -0.01)),
    (noted("Dust brown"), (0.045, 0.075)),
    (noted("Old stars, golden"), (0.01, 0.10)),
    (noted("White, neutral"), (0.0, 0.0)),
    (noted("Oxygen III teal"), (-0.09, -0.015)),
    (noted("Young stars, blue"), (-0.02, -0.08)),
    (noted("Reflection blue"), (0.0, -0.14)),
)
SIZES = (6, 60)  # diameters of the brush in screen pixels


def colour_of(chroma: Chroma, light: float = SHOWN_LIGHT) -> QColor:
    """A chroma as a colour for the screen."""
    lab = np.array([[light, *chroma]], np.float32)
    lab[:, 1:] = colour_space.fit_gamut(lab[:, 0], lab[:, 1:])
    red, green, blue = np.clip(colour_space.oklab_to_srgb(lab)[0], 0, 1)
    return QColor.fromRgbF(float(red), float(green), float(blue))


class Swatch(QAbstractButton):
    """A round colour."""

    def __init__(self, name: str, chroma: Chroma, theme: Theme) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setFixedSize(QSize(24, 24))
        self.theme, self.name = theme, name
        self.set_chroma(chroma)

    def set_chroma(self, chroma: Chroma) -> None:
        self.chroma = chroma
        dress(self, tip=self.name, spoken=self.name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        if chosen or self.hasFocus():
            painter.setPen(QPen(QColor(self.theme.accent), 2))
            painter.drawEllipse(QRectF(2, 2, 20, 20))
        rim = 5.5 if chosen else 3.5
        painter.setPen(QPen(QColor(0, 0, 0, 70), 1))
        painter.setBrush(colour_of(self.chroma))
        painter.drawEllipse(QRectF(rim, rim, 24 - 2 * rim, 24 - 2 * rim))


class HintBar(QWidget):
    """Controls of the brush; the painting itself is done by `hint_brush.HintBrush`.

    Signals
    -------
    painting : bool; the brush was taken up or put away
    cleared
    """

    painting = Signal(bool)
    cleared = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._brush = dress(
            QPushButton(tr("Paint hints")),
            tip="Click places whose colour you know; the rest follows",
            spoken="Paint colour hints",
        )
        self._brush.setCheckable(True)
        self._count = label("", "muted")
        self._clear = dress(QToolButton(), tip="Remove all hints", spoken="Remove all hints")
        self._picker = dress(
            QToolButton(), tip="Take a colour from the picture", spoken="Eyedropper"
        )
        self._picker.setCheckable(True)
        self._size = dress(QSlider(Qt.Orientation.Horizontal), tip="Size", spoken="Brush size")
        self._size.setRange(*SIZES)
        self._size.setValue(16)
        self._swatches = [Swatch(name, chroma, theme) for name, chroma in COLOURS]
        self._own = Swatch(tr("Taken from the picture"), (0.0, 0.0), theme)
        self._own.hide()
        self._group = QButtonGroup(self)
        for swatch in (*self._swatches, self._own):
            self._group.addButton(swatch)
        self._swatches[0].setChecked(True)
        self._lay_out()
        self.set_theme(theme)
        self._brush.toggled.connect(self._toggled)
        self._group.buttonClicked.connect(lambda _: self._picker.setChecked(False))
        self._clear.clicked.connect(lambda _: self.cleared.emit())
        self.show_count(0)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._brush)
        top.addWidget(self._count, 1)
        top.addWidget(self._clear)
        colours = QHBoxLayout()
        colours.setSpacing(1)
        for swatch in (*self._swatches, self._own):
            colours.addWidget(swatch)
        colours.addStretch(1)
        colours.addWidget(self._picker)
        self._tools = QWidget()
        inside = QVBoxLayout(self._tools)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        inside.addLayout(colours)
        inside.addLayout(field("Size", self._size, 60))
        self._tools.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._tools)

    @property
    def chroma(self) -> Chroma:
        """The colour on the brush."""
        chosen = self._group.checkedButton()
        return chosen.chroma if isinstance(chosen, Swatch) else (0.0, 0.0)

    @property
    def size_px(self) -> float:
        """The brush's diameter in screen pixels."""
        return float(self._size.value())

    @property
    def is_painting(self) -> bool:
        return self._brush.isChecked()

    @property
    def is_picking(self) -> bool:
        """Whether the next click takes a colour up."""
        return self._picker.isChecked()

    def set_painting(self, on: bool) -> None:
        """Take the brush up, or put it away."""
        self._brush.setChecked(on)

    def lay_aside(self) -> bool:
        """Put the brush away; whether it was in hand."""
        if not self.is_painting:
            return False
        self.set_painting(on=False)
        return True

    def take_colour(self, chroma: Chroma) -> None:
        """Paint with a colour that was picked."""
        self._own.set_chroma(chroma)
        self._own.show()
        self._own.setChecked(True)
        self._picker.setChecked(False)

    def show_count(self, count: int) -> None:
        words = tr_counted("{count} hint", "{count} hints", count) if count else ""
        self._count.setText(words)
        self._clear.setVisible(count > 0)

    def set_theme(self, theme: Theme) -> None:
        self._icons = [icons.icon(name, theme) for name in ("brush", "eyedropper", "remove")]
        brush, picker, remove = self._icons
        self._brush.setIcon(brush)
        self._picker.setIcon(picker)
        self._clear.setIcon(QIcon(remove))
        for swatch in (*self._swatches, self._own):
            swatch.theme = theme
            swatch.update()

    def _toggled(self, on: bool) -> None:
        self._tools.setVisible(on)
        if not on:
            self._picker.setChecked(False)
        self.painting.emit(on)
