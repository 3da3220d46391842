"""What the Train workspace shows before there are runs: what it is for, and how to begin."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from astroview.ui import icons
from astroview.ui.theme import Theme
from astroview.ui.widgets import dress, label
from astroview.ui.words import noted, tr

WHAT = noted(
    "A model learns from your own frames: colours like those of your pictures, or sharpening that "
    "knows your seeing and noise. At the end it is judged on frames it never saw, and on those of "
    "the bundled validation set; you keep it only if it is better."
)
HOW = noted(
    "Four targets are the least, forty are a good beginning. Your frames stay where they are."
)


class BeginPage(QWidget):
    """Says ``choose_folder``, ``gather`` or ``open_run``."""

    choose_folder = Signal()
    gather = Signal()
    open_run = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._dropping = theme, False
        self._mark = label(centre=True)
        self._title = label("Drop a folder of your frames here", "heading", centre=True, wrap=True)
        font = QFont(self._title.font())
        font.setPointSizeF(font.pointSizeF() * 1.7)
        font.setWeight(QFont.Weight.DemiBold)
        self._title.setFont(font)
        self._folder = dress(QPushButton(), tip="Ctrl+Shift+O")
        self._gather = dress(QPushButton(), tip="Download frames of a target from an archive")
        self._run = dress(QPushButton(), tip="Watch a run of a cluster, or go on with one")
        for button, words, signal in (
            (self._folder, tr("Choose a folder …"), self.choose_folder),
            (self._gather, tr("Get frames …"), self.gather),
            (self._run, tr("Open a run folder …"), self.open_run),
        ):
            button.setText(words)
            button.clicked.connect(signal)
            button.setIconSize(QSize(18, 18))
        self._lay_out()
        self.set_theme(theme)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addStretch(1)
        for button in (self._folder, self._gather, self._run):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 32, 48, 32)
        column.setSpacing(0)
        column.addStretch(3)
        for widget, gap in ((self._mark, 12), (self._title, 10)):
            column.addWidget(widget)
            column.addSpacing(gap)
        for words, lines in ((WHAT, 5), (HOW, 2)):
            text = label(words, "muted", wrap=True, centre=True)
            text.setMaximumWidth(600)
            text.setMinimumHeight(text.fontMetrics().lineSpacing() * lines)
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            line = QHBoxLayout()
            line.addWidget(text)
            column.addLayout(line)
        column.addSpacing(14)
        column.addLayout(buttons)
        column.addStretch(4)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._mark.setPixmap(icons.pixmap("train", theme.faint, 56, 2))
        self._folder.setIcon(icons.icon("folder", theme))
        self._gather.setIcon(icons.icon("gather", theme))
        self._run.setIcon(icons.icon("open", theme))
        self.update()

    def set_dropping(self, on: bool) -> None:
        """Files hover over the window."""
        self._dropping = on
        self.update()

    def focus(self) -> None:
        """Let the keyboard begin here."""
        self._folder.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(self._theme.accent if self._dropping else self._theme.faint), 1.5)
        pen.setDashPattern([5, 4])
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(20, 20, -20, -20), 12, 12)
