"""The two curves of a run: the loss, and a figure on held-out frames."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QBoxLayout, QComboBox, QSizePolicy, QWidget

from astroview.ui.i18n.translate import noted, tr
from astroview.ui.train.runs.chart import Chart, ChartLine
from astroview.ui.train.runs.run_events import RunCurve, Story
from astroview.ui.train.verdict.figure_names import drawn, named
from astroview.ui.widgets.controls import dress
from astroview.ui.widgets.theme import Theme

NARROW = 800  # below, where a figure has no room beside its name, one stands over the other
LOSS = "loss"
APART_MS = 40  # from one chart's new picture to the other's


class Curves(QWidget):
    """Shows a run's curves; what each chart shows can be chosen where there is a choice."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._story = Story()
        self.loss, self.figure = Chart(theme), Chart(theme)
        self._terms = _choices(noted("Which part of the loss"))
        self._figures = _choices(noted("Which figure on held-out frames"))
        for chart, box, name in (
            (self.loss, self._terms, "Loss"),
            (self.figure, self._figures, noted("Held-out frames")),
        ):
            chart.title.setText(tr(name))
            chart.head.insertWidget(1, box)
            box.activated.connect(lambda *_: self._draw())
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(24)
        self._row.addWidget(self.loss, 1)
        self._row.addWidget(self.figure, 1)
        self._later = QTimer(self, singleShot=True, interval=APART_MS)
        self._later.timeout.connect(self._draw_figure)

    def show_story(self, story: Story) -> None:
        """Show what a run told; more of the same story is drawn one chart after the other, as
        painting one takes half of the time that a turn of the event loop has.
        """
        another, self._story = story is not self._story, story
        _offer(self._terms, [LOSS, *story.terms] if story.terms else [LOSS])
        first = story.begun.figure if story.begun else ""
        _offer(self._figures, drawn(story.scores, first))
        self._draw_loss()
        if another:
            self._draw_figure()
        else:
            self._later.start()

    def set_theme(self, theme: Theme) -> None:
        self.loss.set_theme(theme)
        self.figure.set_theme(theme)

    def minimumSizeHint(self) -> QSize:
        """As narrow as one chart may be: they stand over each other then."""
        return QSize(240, super().minimumSizeHint().height())

    def resizeEvent(self, event: object) -> None:  # type: ignore[override]
        narrow = self.width() < NARROW
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        self._row.setSpacing(12 if narrow else 24)

    def _draw(self) -> None:
        self._draw_loss()
        self._draw_figure()

    def _draw_loss(self) -> None:
        story = self._story
        term = self._terms.currentData() or LOSS
        curve = story.loss if term == LOSS else story.terms.get(term)
        self.loss.show_line(_line(curve, smoothed=True))

    def _draw_figure(self) -> None:
        figure = self._figures.currentData()
        self.figure.show_line(self._figure_line(figure) if figure else None)

    def _figure_line(self, figure: str) -> ChartLine | None:
        curve = self._story.scores.get(figure)
        base = None
        if curve and curve.steps and curve.steps[0] == 0:
            base = curve.values[0]
        begun = self._story.begun
        if begun is None or figure != begun.figure:
            return _line(curve, base=base, higher=named(figure).higher)
        return _line(curve, base=base, best=self._story.best_step, higher=begun.higher)


def _line(
    curve: RunCurve | None,
    *,
    smoothed: bool = False,
    base: float | None = None,
    best: int | None = None,
    higher: bool = True,
) -> ChartLine | None:
    if curve is None or not curve.steps:
        return None
    steps = np.array(curve.steps, np.float64)
    return ChartLine(steps, np.array(curve.values, np.float64), smoothed, base, best, higher)


def _choices(tip: str) -> QComboBox:
    box = dress(QComboBox(), tip=tip, spoken=tip)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    box.setMinimumContentsLength(9)
    box.hide()
    return box


def _offer(box: QComboBox, keys: list[str]) -> None:
    """Offer these, keeping what is chosen."""
    if [box.itemData(i) for i in range(box.count())] == keys:
        return
    chosen = box.currentData()
    box.clear()
    for key in keys:
        known = named(key)
        box.addItem(tr("All") if key == LOSS else known.name, key)
    box.setCurrentIndex(max(box.findData(chosen), 0) if keys else -1)
    box.setVisible(len(keys) > 1)
