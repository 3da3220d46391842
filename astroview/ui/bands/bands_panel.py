"""Channels of a colour picture composed from bands: which band, how much of it, how soft."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import exp, log
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from astroview.ui.i18n.translate import local, noted, tr
from astroview.ui.widgets.controls import combo, dress, field, label, section

if TYPE_CHECKING:
    from astroview.core.bands.bands import Assignment, Band, Picks

STEPS = 400
RANGES = {"weight": (0.01, 1.0), "q": (0.5, 60.0), "wide": (1e-3, 1e3)}
CHANNELS = (noted("Red"), noted("Green"), noted("Blue"))
SHOWN_IN = {
    "Red": noted("The band shown in red"),
    "Green": noted("The band shown in green"),
    "Blue": noted("The band shown in blue"),
}
HOW_STRONG = {
    "Red": noted("How strong red is"),
    "Green": noted("How strong green is"),
    "Blue": noted("How strong blue is"),
}
Weights = tuple[float, float, float]


class BandsPanel(QWidget):
    """Says ``assigned`` (`Assignment`), ``mixed`` (weights, Q, stretch), ``balance`` (bool).

    ``balance(True)`` asks for neutral bright light, ``balance(False)`` for the bands as they are.
    """

    assigned = Signal(object)
    mixed = Signal(object, float, float)
    balance = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._weights: Weights = (1.0, 1.0, 1.0)
        self._q = self._wide = self._home = 1.0
        self._choices: list[Picks] = []
        self._boxes: list[QComboBox] = []
        self._sliders: dict[str, QSlider] = {}
        self._values: dict[str, QLabel] = {}
        self.hide()

    def _lay_out(self) -> None:
        """Make the controls; most windows never compose anything."""
        rows, block = section("Colour from bands")
        self._boxes = [combo(name, tip=SHOWN_IN[name]) for name in CHANNELS]
        for i, (name, box) in enumerate(zip(CHANNELS, self._boxes, strict=True)):
            box.activated.connect(self._say_assigned)
            box.setMinimumContentsLength(5)  # F444W
            row = field(name, box, 60)
            row.addWidget(self._slider(f"weight{i}", HOW_STRONG[name]), 1)
            row.addWidget(self._values[f"weight{i}"])
            rows.addLayout(row)
        for key, name, tip in (
            ("q", "Q", tr("Softening: more lifts faint light and keeps bright cores")),
            ("wide", tr("Bright"), tr("Of all bands together (astropy: stretch)")),
        ):
            row = field(name, self._slider(key, tip), 60)
            row.addWidget(self._values[key])
            rows.addLayout(row)
        rows.addLayout(self._buttons())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(block)

    def _slider(self, key: str, tip: str) -> QSlider:
        slider = dress(QSlider(Qt.Orientation.Horizontal), tip=tip, spoken=tip)
        slider.setMaximum(STEPS)
        slider.setMinimumWidth(30)
        slider.valueChanged.connect(lambda value: self._slid(key, value))
        value = label("", "muted")
        value.setMinimumWidth(self.fontMetrics().horizontalAdvance("0.000"))
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._sliders[key], self._values[key] = slider, value
        return slider

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for text, tip, balanced in (
            (tr("Balance"), tr("Weights that make bright light neutral on average"), True),
            (tr("As measured"), tr("Equal weights: the numbers as they are in the files"), False),
        ):
            button = dress(QPushButton(text), tip=tip)
            button.clicked.connect(lambda _=False, on=balanced: self.balance.emit(on))
            row.addWidget(button, 1)
        return row

    # ---- what others call ------------------------------------------------------------

    def show_bands(self, bands: Sequence[Band], channels: Assignment) -> None:
        """Offer these bands, and the mean of each two neighbours, to every channel."""
        if not self._boxes:
            self._lay_out()
        order = sorted(range(len(bands)), key=lambda i: bands[i].nm or 0.0)
        self._choices = [(i,) for i in order]
        self._choices += list(pairwise(order))
        self._choices += [p for p in channels.channels if p not in self._choices]
        for box, picks in zip(self._boxes, channels.channels, strict=True):
            box.clear()
            for choice in self._choices:
                name = " + ".join(bands[i].name for i in choice)
                box.addItem(name, name)
                tip = " + ".join(bands[i].label for i in choice)
                box.setItemData(box.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
            box.setCurrentIndex(self._choices.index(picks))

    def show_mix(self, weights: Weights, q: float, wide: float, home: float) -> None:
        """Show how the bands are mixed; ``home`` is the automatic stretch."""
        self._weights, self._q, self._wide, self._home = weights, q, wide, home
        shown = {**{f"weight{i}": w for i, w in enumerate(weights)}, "q": q, "wide": home / wide}
        for key, number in shown.items():
            low, high = RANGES["weight" if key.startswith("weight") else key]
            place = min(max(log(max(number, 1e-12) / low) / log(high / low), 0.0), 1.0)
            with QSignalBlocker(self._sliders[key]):
                self._sliders[key].setValue(round(place * STEPS))
            self._values[key].setText(local(f"{number:.3g}"))

    # ---- inside ----------------------------------------------------------------------

    def _say_assigned(self) -> None:
        from astroview.core.bands.bands import Assignment

        picks = [self._choices[box.currentIndex()] for box in self._boxes]
        self.assigned.emit(Assignment(picks[0], picks[1], picks[2]))

    def _slid(self, key: str, value: int) -> None:
        low, high = RANGES["weight" if key.startswith("weight") else key]
        number = low * exp(value / STEPS * log(high / low))
        weights, q, wide = list(self._weights), self._q, self._wide
        if key == "q":
            q = number
        elif key == "wide":
            wide = self._home / number
        else:
            weights[int(key[-1])] = number
        self.mixed.emit((weights[0], weights[1], weights[2]), q, wide)
