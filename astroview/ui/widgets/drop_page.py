"""A workspace before there is anything in it: where to drop, what it is for, how to begin."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from astroview.core.lazy_dataclass import dataclass
from astroview.ui.i18n.translate import tr
from astroview.ui.widgets import icons
from astroview.ui.widgets.controls import dress, label
from astroview.ui.widgets.side_scroll import SideScroll
from astroview.ui.widgets.theme import Theme
from astroview.ui.widgets.wrapping_row import ButtonRow


@dataclass(frozen=True)
class Way:
    """A button: a way to begin."""

    icon: str
    words: str
    tip: str


class DropPage(QWidget):
    """A mark, a title, a few words and ``buttons``, one a way to begin, in a dashed frame.

    ``width`` is the most that a paragraph takes, in pixels.
    """

    def __init__(
        self,
        icon: str,
        title: str,
        paragraphs: tuple[str, ...],
        ways: tuple[Way, ...],
        theme: Theme,
        width: int = 600,
    ) -> None:
        super().__init__()
        self._theme, self._icon, self._ways = theme, icon, ways
        self._dropping = False
        self._mark = label(centre=True)
        self._title = label(title, "heading", centre=True, wrap=True)
        font = QFont(self._title.font())
        font.setPointSizeF(font.pointSizeF() * 1.7)
        font.setWeight(QFont.Weight.DemiBold)
        self._title.setFont(font)
        self.buttons = [_button(way) for way in ways]
        self._lay_out(paragraphs, width)
        self.set_theme(theme)

    def _lay_out(self, paragraphs: tuple[str, ...], width: int) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 4, 20, 4)
        column.setSpacing(0)
        column.addStretch(3)
        for widget, gap in ((self._mark, 12), (self._title, 10)):
            column.addWidget(widget)
            column.addSpacing(gap)
        for paragraph in paragraphs:
            text = label(paragraph, "muted", wrap=True, centre=True)
            text.setMaximumWidth(width)
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            line = QHBoxLayout()
            line.addWidget(text)
            column.addLayout(line)
            column.addSpacing(8)
        column.addSpacing(10)
        column.addWidget(ButtonRow(self.buttons))
        column.addStretch(4)
        # Large text in a small window is scrolled, not pressed together.
        scroll = SideScroll(inside)
        scroll.see_through()
        page = QVBoxLayout(self)
        page.setContentsMargins(28, 28, 28, 28)  # within the dashed line
        page.addWidget(scroll)

    def set_theme(self, theme: Theme) -> None:
        """Draw in a theme's colours."""
        self._theme = theme
        self._mark.setPixmap(icons.pixmap(self._icon, theme.faint, 56, 2))
        for way, button in zip(self._ways, self.buttons, strict=True):
            button.setIcon(icons.icon(way.icon, theme))
        self.update()

    def set_dropping(self, on: bool) -> None:
        """Files hover over the window."""
        self._dropping = on
        self.update()

    def focus(self) -> None:
        """Let the keyboard begin here."""
        self.buttons[0].setFocus()

    @property
    def focused(self) -> bool:
        """Whether the keyboard has begun here."""
        return self.buttons[0].hasFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(self._theme.accent if self._dropping else self._theme.faint), 1.5)
        pen.setDashPattern([5, 4])
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(20, 20, -20, -20), 12, 12)


def _button(way: Way) -> QPushButton:
    return dress(QPushButton(tr(way.words)), tip=way.tip)
