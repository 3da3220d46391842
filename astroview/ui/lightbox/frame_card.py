"""What is known of the frame that the keyboard is on, and what the user says of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from astroview.core.lightbox.frame_query import FrameRow
from astroview.core.lightbox.verdicts import NOTHING_SAID
from astroview.ui.i18n.translate import tr, tr_counted
from astroview.ui.lightbox import row_text
from astroview.ui.lightbox.tag_line import TagLine
from astroview.ui.shell.lightbox_actions import MOST_STARS
from astroview.ui.widgets.controls import Elided, dress, label, section
from astroview.ui.widgets.theme import Theme

PICTURE = 256


class FrameCard(QWidget):
    """Picture, stars, tags and facts of one frame.

    Signals
    -------
    rated : 0 to 5
    tagged : the line of tags was changed
    rejected : whether it is
    """

    rated = Signal(int)
    tagged = Signal(str)
    rejected = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._path = ""
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setMinimumHeight(120)
        self._name = Elided("")
        self._problem = label("", "danger", wrap=True)
        self.stars = [self._star(number) for number in range(1, MOST_STARS + 1)]
        self.reject = dress(QPushButton(tr("Reject")), tip="X")
        self.reject.setCheckable(True)
        self.reject.clicked.connect(self.rejected)
        self.tags = dress(TagLine(), spoken=tr("Tags"))
        self.tags.setPlaceholderText(tr("Tags, with commas between them"))
        self.tags.editingFinished.connect(lambda: self.tagged.emit(self.tags.text()))
        self._facts = QFormLayout()
        self._facts.setHorizontalSpacing(14)
        self._facts.setVerticalSpacing(4)
        self._lay_out()
        self.show_row(None)

    def _star(self, number: int) -> QToolButton:
        button = dress(
            QToolButton(),
            tip=str(number),
            spoken=tr_counted("{count} star", "{count} stars", number),
        )
        button.clicked.connect(lambda: self.rated.emit(number))
        return button

    def _lay_out(self) -> None:
        rows, block = section("", first=True)
        rows.addWidget(self.picture)
        rows.addWidget(self._name)
        rows.addWidget(self._problem)
        line = QHBoxLayout()
        line.setSpacing(0)
        for star in self.stars:
            line.addWidget(star)
        line.addStretch(1)
        line.addWidget(self.reject)
        rows.addLayout(line)
        rows.addWidget(self.tags)
        rows.addSpacing(4)
        rows.addLayout(self._facts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(block)

    def show_row(
        self,
        row: FrameRow | None,
        called: str = "",
        count: int = 1,
        tags: tuple[str, ...] = (),
    ) -> None:
        """Show a frame, as it is ``called`` among the others; ``count`` are selected, what is said
        is said of all, and ``tags`` are those that all have.
        """
        path = row.path if row else ""
        said = row.said if row else NOTHING_SAID
        more = tr(" and {count:,} more", count=count - 1) if count > 1 else ""
        self._name.setText(f"{called}{more}" if row else tr("No frame is selected"))
        self._name.setToolTip(path)
        problem = row.facts.problem if row and row.facts else ""
        self._problem.setText(tr(problem))
        self._problem.setVisible(bool(problem))
        for number, star in enumerate(self.stars, 1):
            star.setText("★" if number <= said.rating else "☆")
        self.reject.setChecked(said.rejected)
        if not self.tags.hasFocus() or path != self._path:
            self.tags.show_tags(tags)
        for control in (*self.stars, self.reject, self.tags):
            control.setEnabled(row is not None)
        self._path = path
        self._show_facts(row)

    def show_picture(self, picture: QPixmap | None) -> None:
        """The frame's picture; None while there is none."""
        self.picture.setPixmap(picture or QPixmap())

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def _show_facts(self, row: FrameRow | None) -> None:
        while self._facts.rowCount():
            self._facts.removeRow(0)
        for name, value in row_text.lines(row) if row else []:
            words = label(value)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.setWordWrap(True)
            self._facts.addRow(label(name, "muted"), words)
