"""The palettes of folders that the user keeps, each with a button that removes it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from astroview.core.errors import AstroviewError
from astroview.core.models.palette_set import PaletteSet, PaletteShelf
from astroview.ui.enhance.palette_picker import HEIGHT, WIDTH, swatches
from astroview.ui.i18n.translate import tr, tr_counted
from astroview.ui.shell.notice import Notice
from astroview.ui.widgets import icons
from astroview.ui.widgets.controls import Elided, dress, label, tool
from astroview.ui.widgets.theme import Theme


class KeptPalettes(QFrame):
    """Lists them; hidden while there are none.

    Signals
    -------
    notice : `Notice`
    changed
        One was removed, or brought back.
    """

    notice = Signal(object)
    changed = Signal()

    def __init__(self, shelf: PaletteShelf, theme: Theme) -> None:
        super().__init__()
        dress(self, "footer")
        self._shelf, self._theme = shelf, theme
        self.rows: dict[str, QToolButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(18, 10, 18, 10)
        self._column.setSpacing(4)
        self.look()

    def look(self) -> None:
        """List what is on the shelf now."""
        while item := self._column.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.rows = {}
        sets = self._shelf.sets()
        if sets:
            self._column.addWidget(label("Palettes that you keep", "heading"))
        for one in sets:
            self._column.addWidget(self._row(one))
        self.setVisible(bool(sets))

    def remove(self, name: str) -> None:
        """Move one to the trash; the notice brings it back."""
        try:
            place = self._shelf.discard(name)
        except AstroviewError as problem:
            self.notice.emit(Notice.of(problem))
            return
        words = tr("The palettes “{name}” are removed.", name=name)
        self.notice.emit(Notice(words, "", "done", tr("Undo"), partial(self._restore, place)))
        self._say()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for button in self.rows.values():
            button.setIcon(icons.icon("remove", theme))

    def _restore(self, place: Path) -> None:
        try:
            self._shelf.restore(place)
        except AstroviewError as problem:
            self.notice.emit(Notice.of(problem))
        self._say()

    def _say(self) -> None:
        self.look()
        self.changed.emit()

    def _row(self, one: PaletteSet) -> QWidget:
        block = QWidget()
        row = QHBoxLayout(block)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        strip = QLabel()
        strip.setPixmap(swatches(one.typical[0]).pixmap(WIDTH, HEIGHT))
        row.addWidget(strip)
        row.addWidget(Elided(one.name), 1)
        row.addWidget(
            label(
                tr_counted("{count} picture", "{count} pictures", len(one.listing.entries)), "muted"
            )
        )
        button = tool(
            tr("Remove the palettes “{name}”", name=one.name), partial(self.remove, one.name)
        )
        button.setIcon(icons.icon("remove", self._theme))
        self.rows[one.name] = button
        row.addWidget(button)
        return block
