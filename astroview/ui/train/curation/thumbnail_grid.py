"""Thumbnails of files that were judged, to look over and to overrule."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import PurePath

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent

from astroview.core.messages.curate_messages import Judged
from astroview.ui.i18n.translate import tr
from astroview.ui.train.curation.judged_files import ROW, ShownFiles, second_line
from astroview.ui.widgets.controls import dress
from astroview.ui.widgets.theme import Theme
from astroview.ui.widgets.tile_painter import PICTURE, Index, TileLook, TilePainter, Tint, cell_of
from astroview.ui.widgets.tile_view import TileView

KEPT = 2000  # pictures in memory, about 40 kB each


class GridPictures:
    """Thumbnails, read when they come into view (a fraction of a millisecond each)."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, QImage] = OrderedDict()

    def of(self, path: str) -> QImage:
        """The picture; a null one when there is none."""
        if path not in self._kept:
            self._kept[path] = QImage(path) if path else QImage()
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return self._kept[path]

    def clear(self) -> None:
        """Forget all: files may have changed."""
        self._kept.clear()


class VerdictGrid(TileView):
    """The thumbnails.

    Signals
    -------
    wished : bool; the selected files shall be accepted, or refused
    toggled : `Judged`; this file's verdict shall be the other one
    """

    wished = Signal(bool)
    toggled = Signal(object)

    def __init__(self, shown: ShownFiles, theme: Theme) -> None:
        super().__init__(PICTURE)
        dress(self, "verdicts", spoken="Files that were judged")
        self.setModel(shown)
        self._pictures = GridPictures()
        self._painter = TilePainter(self, theme, self._tile)
        self.setItemDelegate(self._painter)
        self.set_cell(cell_of(PICTURE, self.font()))
        self.doubleClicked.connect(lambda index: self.toggled.emit(index.data(ROW)))

    def _tile(self, index: Index) -> TileLook:
        row: Judged = index.data(ROW)
        refused = row.verdict == "refused"
        tint: Tint = "accent_text" if row.overruled else "danger" if refused else "muted"
        words = second_line(row)
        if row.overruled and not refused:
            words = tr("Accepted by you")
        picture = self._pictures.of(row.thumbnail)
        name = PurePath(row.path).name
        return TileLook(name, words, "error" if refused else "done", tint, picture, refused)

    def set_theme(self, theme: Theme) -> None:
        self._painter.set_theme(theme)
        self.viewport().update()

    def forget_pictures(self) -> None:
        """Files may have changed."""
        self._pictures.clear()

    def selected(self) -> list[Judged]:
        """The selected files, in their order."""
        indexes = sorted(self.selectionModel().selectedIndexes(), key=QModelIndex.row)
        return [index.data(ROW) for index in indexes]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter accepts, Delete refuses, Space takes the other verdict."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wished.emit(True)  # noqa: FBT003 - a signal has no names
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.wished.emit(False)  # noqa: FBT003
        elif key == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.toggled.emit(self.currentIndex().data(ROW))
        else:
            super().keyPressEvent(event)
