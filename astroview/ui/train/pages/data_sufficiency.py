"""Whether there is enough to learn from: two lines with a light of their own."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from astroview.core.messages.curate_messages import Estimate
from astroview.ui.i18n.translate import tr
from astroview.ui.widgets import icons
from astroview.ui.widgets.controls import label
from astroview.ui.widgets.theme import Theme

MARKS = {"none": "error", "few": "info", "some": "info", "enough": "done"}


class Enough(QWidget):
    """Shows the estimates of a curation."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._estimates: tuple[Estimate, ...] = ()
        self._rows: list[tuple[QLabel, QLabel]] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(18, 8, 18, 0)
        grid.setHorizontalSpacing(9)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        for place in range(2):
            mark, words = QLabel(), label(wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(mark, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, place, 1)
            self._rows.append((mark, words))

    def show_estimates(self, estimates: tuple[Estimate, ...]) -> None:
        """Show them; hides when there are none."""
        self._estimates = estimates
        self.setVisible(bool(estimates))
        for (mark, words), estimate in zip(self._rows, estimates, strict=False):
            mark.setPixmap(self._mark(estimate))
            words.setText(tr(estimate.words))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.show_estimates(self._estimates)

    def _mark(self, estimate: Estimate) -> QPixmap:
        theme = self._theme
        colours = {"none": theme.danger, "few": theme.accent_text, "some": theme.accent_text}
        colour = colours.get(estimate.level, theme.muted)
        return icons.pixmap(MARKS[estimate.level], colour, 17, self.devicePixelRatioF())
