"""What a run remarked: a halved batch, a restored checkpoint, notes on the frames."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from astroview.ui.i18n.translate import tr
from astroview.ui.train.runs.run_events import Story
from astroview.ui.widgets.controls import label
from astroview.ui.widgets.theme import Theme

SHOWN = 12


class Remarks(QWidget):
    """The latest remarks, the last one first; hides while there are none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[tuple[str, str, bool], ...] = ()
        self._words = label("", wrap=True)
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label("Remarks", "heading"))
        column.addWidget(self._words)
        self.hide()

    def show_story(self, story: Story) -> None:
        """Show what a run remarked."""
        told = [
            (tr("step {step:,}", step=remark.step), tr(remark.message), remark.warning)
            for remark in reversed(story.remarks[-SHOWN:])
        ]
        told += [("", tr(note), False) for note in (story.data.notes if story.data else ())]
        if tuple(told) != self._shown:
            self._shown = tuple(told)
            self._draw()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._draw()

    def _draw(self) -> None:
        self.setVisible(bool(self._shown))
        self._words.setText("<br>".join(self._line(*line) for line in self._shown))

    def _line(self, when: str, message: str, warning: bool) -> str:
        colour = self._theme.danger if warning else self._theme.text
        head = f'<span style="color:{self._theme.muted}">{escape(when)}</span> &nbsp;'
        body = f'<span style="color:{colour}">{escape(message)}</span>'
        return (head if when else "") + body
