"""What the Batch workspace shows before there are frames: where to drop, and how to begin."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from astroview.ui import icons
from astroview.ui.theme import Theme
from astroview.ui.widgets import dress, label
from astroview.ui.words import noted, tr

HOW = noted(
    "Every frame in a folder and its sub-folders is enhanced, with one set of choices. "
    "Originals are never touched, a frame that fails does not stop the others, "
    "and a batch that was interrupted can be resumed."
)


class EmptyQueue(QWidget):
    """Says ``add_folder`` or ``add_files``."""

    add_folder = Signal()
    add_files = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._dropping = theme, False
        self._mark = label(centre=True)
        self._title = label("Drop frames or folders here", "heading", centre=True)
        font = QFont(self._title.font())
        font.setPointSizeF(font.pointSizeF() * 1.7)
        font.setWeight(QFont.Weight.DemiBold)
        self._title.setFont(font)
        how = label(HOW, "muted", wrap=True, centre=True)
        how.setMaximumWidth(560)
        how.setMinimumHeight(how.fontMetrics().height() * 4)
        how.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        line = QHBoxLayout()
        line.addWidget(how)
        self._folder = dress(QPushButton(tr("Add a folder …")), tip="Ctrl+Shift+O")
        self._files = dress(QPushButton(tr("Add frames …")), tip="Ctrl+O")
        self._folder.clicked.connect(self.add_folder)
        self._files.clicked.connect(self.add_files)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addStretch(1)
        for button in (self._folder, self._files):
            button.setIconSize(QSize(18, 18))
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(56, 32, 56, 32)
        column.setSpacing(0)
        column.addStretch(3)
        for widget, gap in ((self._mark, 12), (self._title, 8)):
            column.addWidget(widget)
            column.addSpacing(gap)
        column.addLayout(line)
        column.addSpacing(12)
        column.addLayout(buttons)
        column.addStretch(4)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._mark.setPixmap(icons.pixmap("batch", theme.faint, 56, 2))
        self._folder.setIcon(icons.icon("folder", theme))
        self._files.setIcon(icons.icon("open", theme))
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
