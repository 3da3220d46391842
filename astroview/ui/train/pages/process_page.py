"""A page that runs a command of ours: what is asked for, what comes of it, and how far it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QGridLayout, QLayout, QStackedWidget, QVBoxLayout, QWidget

from astroview.ui.process.json_process import LineProcess
from astroview.ui.train.pages.message_page import MessagePage
from astroview.ui.train.pages.progress_footer import Footer
from astroview.ui.widgets.controls import label
from astroview.ui.widgets.theme import Theme


class ProcessPage(QWidget):
    """The parts that such pages share.

    Parameters
    ----------
    decode
        Makes a message of a line that the command says.
    """

    def __init__(self, decode: Callable[[str], Any], theme: Theme) -> None:
        super().__init__()
        self.process = LineProcess(decode, self)
        self._saying, self._foot = MessagePage(theme), Footer()
        self._pages = QStackedWidget()
        self._foot.stopped.connect(self.stop)

    @property
    def busy(self) -> bool:
        """Whether the command runs."""
        return self.process.running

    def stop(self) -> None:
        """Stop; the command decides what stays of what it made."""
        self.process.leave()

    def _stack(self, asked: QLayout, result: QWidget) -> QVBoxLayout:
        """From above: what is asked for, a message or what came of it, how far it is."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(asked)
        self._pages.addWidget(self._saying)
        self._pages.addWidget(result)
        column.addWidget(self._pages, 1)
        column.addWidget(self._foot)
        return column


def asking(top: int) -> QGridLayout:
    """A grid for what is asked for, so far from the upper edge."""
    grid = QGridLayout()
    grid.setContentsMargins(18, top, 18, 12)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(8)
    return grid


def add_titled(grid: QGridLayout, row: int, column: int, words: str, widget: QWidget) -> None:
    """Put a widget into such a grid, behind its title."""
    title = label(words, "muted")
    title.setBuddy(widget)
    grid.addWidget(title, row, column)
    grid.addWidget(widget, row, column + 1)
