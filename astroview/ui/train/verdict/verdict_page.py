"""How a run ended: is the tuned model better, by which figures, and what shall become of it."""

from __future__ import annotations

from dataclasses import field
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from astroview.core.lazy_dataclass import dataclass
from astroview.core.messages.train_messages import Verdict
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.train.runs.picture_grid import PictureGrid, PictureRow, inside
from astroview.ui.train.runs.run_pictures import RunPictures
from astroview.ui.train.verdict.figure_table import FigureTable
from astroview.ui.widgets import icons
from astroview.ui.widgets.controls import label
from astroview.ui.widgets.theme import Theme

COLUMNS = (noted("Input"), noted("Base model"), noted("Tuned model"), noted("Truth"))
TUNED = 2


@dataclass(frozen=True)
class Decision:
    """What was decided on a tuned model, in words; ``good`` when it was kept."""

    words: str = ""
    good: bool = field(default=True)


class VerdictPage(QWidget):
    """Draws a verdict; what is pressed stands in the page's head."""

    def __init__(self, pictures: RunPictures, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._verdict: Verdict | None = None
        self._mark = QLabel()
        self._headline = label("", "heading", wrap=True)
        font = QFont(self._headline.font())
        font.setPointSizeF(font.pointSizeF() * 1.35)
        font.setWeight(QFont.Weight.DemiBold)
        self._headline.setFont(font)
        self._reasons = label("", "muted", wrap=True)
        self._decision = label("", "painted", wrap=True)
        self.table = FigureTable(theme)
        self.grid = PictureGrid(COLUMNS, pictures, theme)
        self._pictures_title = label("On frames it never saw", "heading")
        self._lay_out()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._headline)
        words.addWidget(self._reasons)
        words.addWidget(self._decision)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(self.table)
        column.addWidget(self._pictures_title)
        column.addWidget(self.grid)
        column.addStretch(1)

    def show_verdict(self, folder: Path, verdict: Verdict, decision: Decision) -> None:
        """Show a verdict, and what was decided."""
        self._verdict = verdict
        self._headline.setText(tr(verdict.headline))
        self._reasons.setText("\n".join(f"•  {tr(reason)}" for reason in verdict.reasons))
        self._reasons.setVisible(bool(verdict.reasons))
        self._decision.setText(decision.words)
        self._decision.setVisible(bool(decision.words))
        self.table.show_figures(verdict.figures)
        rows = tuple(
            PictureRow(tuple(inside(folder, name) for name in names)) for names in verdict.pictures
        )
        self.grid.show_rows(rows, TUNED)
        for part in (self._pictures_title, self.grid):
            part.setVisible(bool(rows))
        self._show_mark()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.table.set_theme(theme)
        self.grid.set_theme(theme)
        self._show_mark()

    def _show_mark(self) -> None:
        if self._verdict is None:
            return
        name, colour = "done", self._theme.accent_text
        if not self._verdict.keep:
            name, colour = "info", self._theme.muted
        self._mark.setPixmap(icons.pixmap(name, colour, 34, self.devicePixelRatioF()))
        self._mark.setFixedSize(QSize(34, 34))
