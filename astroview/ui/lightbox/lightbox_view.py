"""The tiles of the Lightbox."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent

from astroview.core.lightbox.frame_query import FrameRow
from astroview.ui.i18n.translate import tr
from astroview.ui.lightbox.lightbox_model import ROW, LightboxModel
from astroview.ui.lightbox.painted_pictures import PaintedPictures
from astroview.ui.lightbox.row_text import second_line, short_problem, spoken
from astroview.ui.lightbox.tile_pictures import TilePictures
from astroview.ui.widgets.controls import dress
from astroview.ui.widgets.theme import Theme
from astroview.ui.widgets.tile_painter import Index, TileLook, TilePainter, cell_of
from astroview.ui.widgets.tile_view import TileView

SIZES = (QSize(88, 66), QSize(136, 104), QSize(200, 152), QSize(256, 200))
USUAL = 1


class LightboxView(TileView):
    """Shows frames; Enter and a double click open.

    Signals
    -------
    opened : the selected frames are to be opened
    picked : the selection, or where the keyboard is, changed
    menu_wanted : `QPoint` on the screen
    """

    opened = Signal()
    picked = Signal()
    menu_wanted = Signal(object)

    def __init__(self, model: LightboxModel, theme: Theme) -> None:
        super().__init__(SIZES[USUAL])
        dress(self, "lightbox", spoken="Frames")
        self._model = model
        self._pictures: TilePictures | None = None
        self._painted: PaintedPictures | None = None
        self.with_colours = False
        self.field = "name"
        self.setModel(model)
        self._painter = TilePainter(self, theme, self.tile)
        self.setItemDelegate(self._painter)
        self._size = USUAL
        self.set_size(USUAL)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._say_menu)
        self.doubleClicked.connect(lambda _: self.opened.emit())
        self.selectionModel().selectionChanged.connect(lambda *_: self.picked.emit())
        self.selectionModel().currentChanged.connect(self._current_changed)

    def show_pictures(self, plain: TilePictures, painted: PaintedPictures) -> None:
        """Where pictures come from."""
        self._pictures, self._painted = plain, painted
        self._tell_room()

    @property
    def size_step(self) -> int:
        """Which of `SIZES` the pictures have."""
        return self._size

    def set_size(self, step: int) -> None:
        """Pictures of another size."""
        self._size = min(max(step, 0), len(SIZES) - 1)
        self._painter.picture = SIZES[self._size]
        self._tell_room()
        self.set_cell(cell_of(SIZES[self._size], self.font()))

    def set_theme(self, theme: Theme) -> None:
        self._painter.set_theme(theme)
        self.viewport().update()

    def selected(self) -> list[FrameRow]:
        """The selected frames, in their order."""
        return [self._model.row_at(place) for place in self.selected_rows()]

    def current(self) -> FrameRow | None:
        """The frame that the keyboard is on."""
        index = self.currentIndex()
        return index.data(ROW) if index.isValid() else None

    def _tell_room(self) -> None:
        room = SIZES[self._size] * self.devicePixelRatioF()
        for pictures in (self._pictures, self._painted):
            if pictures:
                pictures.set_room(room)

    def tile(self, index: Index) -> TileLook:
        """What a tile shows."""
        row: FrameRow = index.data(ROW)
        picture, painted = self._picture(row)
        said, second = row.said, second_line(row, self.field)
        damaged = bool(row.facts and row.facts.problem)
        if not damaged and self._pictures and row.path in self._pictures.problems:
            damaged, second = True, short_problem(row, tr(self._pictures.problems[row.path]))
        mark = "error" if damaged else "close" if said.rejected else ""
        tint = "danger" if damaged or said.rejected else "muted"
        if painted and not mark:
            mark, tint, second = "brush", "accent_text", second or tr("Painted")
        return TileLook(
            self._model.called(row), second, mark, tint, picture, said.rejected, said.rating
        )

    def _picture(self, row: FrameRow) -> tuple[QImage | None, bool]:
        """A frame's picture, and whether a network painted its colours."""
        plain = self._pictures.known(row.path) if self._pictures else None
        if self.with_colours and self._painted:
            painted = self._painted.known(row.path)
            if painted is not None and not painted.isNull():
                return painted, True
        return plain, False

    def _current_changed(self, *_: object) -> None:
        row = self.current()
        self.setAccessibleDescription(spoken(row, self._model.called(row)) if row else "")
        self.viewport().update()
        self.picked.emit()

    def _say_menu(self, at: QPoint) -> None:
        if self.indexAt(at).isValid():
            self.menu_wanted.emit(self.viewport().mapToGlobal(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
        ):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here; names are found by the field above."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._tell_room()
        super().resizeEvent(event)
