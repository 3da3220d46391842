"""The figures of a verdict: base and tuned model, and by how much more than the noise."""

from __future__ import annotations

from itertools import accumulate, groupby, pairwise

from PySide6.QtCore import QLineF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from astroview.core.messages.train_messages import Figure
from astroview.ui.i18n.translate import local, noted, tr, tr_counted
from astroview.ui.train.verdict.figure_names import named
from astroview.ui.widgets.theme import Theme

ROW, TITLE, GAP = 30, 34, 28
SIDES = {
    "own": noted("Your frames, held out"),
    "bundled": noted("Bundled validation set"),
}
ABOUT = {
    "own": noted("targets that no training step saw"),
    "bundled": noted("what the model could do before: has it forgotten?"),
}
NARROW = 600  # below, the bars are left out


class FigureTable(QWidget):
    """One line a figure: name, base → tuned, the change with its noise, and a bar."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._groups: list[tuple[str, tuple[Figure, ...]]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_figures(self, figures: tuple[Figure, ...]) -> None:
        """Show the figures of a verdict."""
        ordered = sorted(figures, key=lambda figure: list(SIDES).index(figure.side))
        self._groups = [(side, tuple(own)) for side, own in groupby(ordered, lambda f: f.side)]
        self.setFixedHeight(self.sizeHint().height())
        self.setAccessibleName("; ".join(spoken(figure) for figure in ordered))
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        lines = sum(len(own) for _, own in self._groups)
        return QSize(600, max(lines * ROW + len(self._groups) * TITLE, 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = 0
        for side, own in self._groups:
            self._title(painter, QRect(0, top, self.width(), TITLE), side, own)
            top += TITLE
            for figure in own:
                self._line(painter, QRect(0, top, self.width(), ROW), figure)
                top += ROW

    def _title(self, painter: QPainter, place: QRect, side: str, own: tuple[Figure, ...]) -> None:
        painter.setPen(QColor(self._theme.line))
        painter.drawLine(place.bottomLeft(), place.bottomRight())
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(QColor(self._theme.text))
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(place, flags, tr(SIDES[side]))
        used = painter.fontMetrics().horizontalAdvance(tr(SIDES[side])) + 10
        painter.setFont(self.font())
        painter.setPen(QColor(self._theme.muted))
        pictures = max(figure.pictures for figure in own)
        counted = tr_counted("{count} picture", "{count:,} pictures", pictures)
        about = f"{counted}: {tr(ABOUT[side])}"
        rest = place.adjusted(used, 0, 0, 0)
        about = painter.fontMetrics().elidedText(about, Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, flags, about)

    def _line(self, painter: QPainter, place: QRect, figure: Figure) -> None:
        bars = self.width() >= NARROW
        cells = self._cells(painter, place)
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.setPen(QColor(self._theme.text))
        painter.drawText(cells[0], left, name_of(figure))
        painter.setPen(QColor(self._theme.muted))
        painter.drawText(cells[1], left, values_of(figure))
        painter.setPen(QColor(self._colour(figure)))
        painter.drawText(cells[2], right, change_of(figure))
        if bars:
            self._bar(painter, QRectF(cells[3]).adjusted(0, 9, GAP, -9), figure)

    def _cells(self, painter: QPainter, place: QRect) -> list[QRect]:
        """Name, figures and change as wide as the widest of all lines; the bar has the rest."""
        metrics = painter.fontMetrics()
        every = [(name_of(f), values_of(f), change_of(f)) for _, own in self._groups for f in own]
        widths = [
            max(map(metrics.horizontalAdvance, column)) for column in zip(*every, strict=True)
        ]
        lefts = [0, *accumulate(width + GAP for width in widths), place.width()]
        return [QRect(a, place.top(), max(b - a - GAP, 0), ROW) for a, b in pairwise(lefts)]

    def _bar(self, painter: QPainter, place: QRectF, figure: Figure) -> None:
        """The change from the middle to the right for better, with twice its noise either way."""
        most = max(abs(figure.change) + 2 * figure.noise, 1e-12) * 1.1
        middle, half = place.center().x(), place.width() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        better = figure.change > 2 * figure.noise
        painter.setBrush(QColor(self._theme.accent if better else self._colour(figure)))
        end = middle + half * figure.change / most
        bar = QRectF(min(middle, end), place.top(), abs(end - middle), place.height())
        painter.drawRoundedRect(bar, 2, 2)
        painter.setPen(QPen(QColor(self._theme.text), 1.2))
        low, high = (middle + half * (figure.change + k * figure.noise) / most for k in (-2, 2))
        y = place.center().y()
        painter.drawLine(QLineF(low, y, high, y))
        for x in (low, high):
            painter.drawLine(QLineF(x, y - 3, x, y + 3))
        painter.setPen(QColor(self._theme.faint))
        painter.drawLine(QLineF(middle, place.top() - 4, middle, place.bottom() + 4))

    def _colour(self, figure: Figure) -> str:
        if abs(figure.change) <= 2 * figure.noise:
            return self._theme.muted
        return self._theme.accent_text if figure.change > 0 else self._theme.danger


def name_of(figure: Figure) -> str:
    """What a figure is called, with its unit."""
    name = named(figure.name).name
    name = name[:1].upper() + name[1:]
    return f"{name} ({figure.unit})" if figure.unit else name


def values_of(figure: Figure) -> str:
    """``2.59 → 2.43``."""
    return f"{_short(figure.base)}  →  {_short(figure.tuned)}"


def change_of(figure: Figure) -> str:
    """``+0.42 ± 0.08``: positive for better."""
    change, noise = (
        (f"{v:+.2f}" if abs(figure.base) >= 1 else f"{v:+.4f}")
        for v in (figure.change, figure.noise)
    )
    return local(f"{change} ± {noise.removeprefix('+')}".replace("-", "−"))


def spoken(figure: Figure) -> str:
    """A figure for screen readers."""
    better = tr("better") if figure.change > 0 else tr("worse")
    return f"{tr(SIDES[figure.side])}, {name_of(figure)}: {better} {change_of(figure)}"


def _short(value: float) -> str:
    return local(f"{value:.2f}" if abs(value) >= 1 else f"{value:.4f}")
