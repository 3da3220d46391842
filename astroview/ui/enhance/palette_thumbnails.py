"""Small pictures to choose from: the likeliest palettes on the very frame that is open."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFontMetrics,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from astroview.core.colour_hints import Reference
from astroview.core.models.palette_set import MARK
from astroview.ui.enhance.palette_picker import title
from astroview.ui.i18n.translate import tr
from astroview.ui.widgets import icons
from astroview.ui.widgets.controls import label, scaled
from astroview.ui.widgets.theme import Theme

PICTURE, CAPTION = 54, 17  # heights, for text of the usual size
COLUMNS = 3
COUNT = 5  # variations; the sixth place takes a picture


class Thumb(QAbstractButton):
    """A picture with a caption: not there yet, there, or chosen."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.theme = theme
        self.value = ""
        self.swatches: tuple[tuple[int, int, int], ...] = ()
        self.dashed = False
        self._picture: QPixmap | None = None

    def show_picture(self, value: str, caption: str, image: QImage | None) -> None:
        """A choice, or with an empty value a place that waits for one."""
        self.value = value
        self._picture = QPixmap.fromImage(image) if image is not None else None
        self.setText(caption)
        self.setAccessibleName(
            tr("Palette {caption}", caption=caption) if value else tr("Palette, not there yet")
        )
        self.setToolTip(caption if value else tr("A likely palette of this frame, being painted"))
        self.setEnabled(bool(value))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(76, scaled(PICTURE) + scaled(CAPTION))

    def minimumSizeHint(self) -> QSize:
        return QSize(56, scaled(PICTURE) + scaled(CAPTION))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(1, 1, self.width() - 2, scaled(PICTURE) - 2)
        shape = QPainterPath()
        shape.addRoundedRect(box, 5, 5)
        empty = self._picture is None and not self.dashed
        painter.fillPath(shape, QColor(self.theme.hover if empty else self.theme.field))
        painter.save()
        painter.setClipPath(shape)
        self._paint_inside(painter, box)
        painter.restore()
        self._paint_rim(painter, box)
        self._paint_caption(painter)

    def _paint_inside(self, painter: QPainter, box: QRectF) -> None:
        if self._picture is not None:
            painter.drawPixmap(box, self._picture, _cover(self._picture, box))
        for i, (red, green, blue) in enumerate(self.swatches):
            step = box.width() / len(self.swatches)
            part = QRectF(box.x() + i * step, box.y(), step + 1, box.height())
            painter.fillRect(part, QColor(red, green, blue))
        if self.dashed and not self.swatches:
            icon = icons.pixmap("picture", self.theme.muted, 20, self.devicePixelRatioF())
            painter.drawPixmap(box.center() - QPointF(10, 10), icon)

    def _paint_rim(self, painter: QPainter, box: QRectF) -> None:
        theme = self.theme
        chosen, hot = self.isChecked(), self.underMouse() and self.isEnabled()
        colour = theme.accent if chosen or self.hasFocus() else theme.faint if hot else theme.line
        pen = QPen(QColor(colour), 2 if chosen else 1)
        if self.dashed and not self.swatches:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 5, 5)

    def _paint_caption(self, painter: QPainter) -> None:
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 0.85)
        painter.setFont(font)
        colour = self.theme.text if self.isChecked() else self.theme.muted
        painter.setPen(QColor(colour))
        below = QRectF(0, scaled(PICTURE), self.width(), scaled(CAPTION))
        text = QFontMetrics(font).elidedText(
            self.text(), Qt.TextElideMode.ElideRight, int(below.width())
        )
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, text)


def _cover(picture: QPixmap, box: QRectF) -> QRectF:
    """The middle of a picture that fills a box without distortion."""
    scale = min(picture.width() / box.width(), picture.height() / box.height())
    width, height = box.width() * scale, box.height() * scale
    return QRectF((picture.width() - width) / 2, (picture.height() - height) / 2, width, height)


class VariationStrip(QWidget):
    """Five variations and a place for a picture whose palette is taken.

    Signals
    -------
    chosen : a palette's name
    picture_wanted
        A picture is to be chosen from disk.
    picture_dropped : Path
    again
        What failed shall be tried again.
    """

    chosen = Signal(str)
    picture_wanted = Signal()
    picture_dropped = Signal(object)
    again = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._theme = theme
        self._filled = 0
        self._palette = ""
        self.thumbs = [Thumb(theme) for _ in range(COUNT)]
        self.picture = Thumb(theme)
        self.picture.dashed = True
        self._problem = label("", "muted", wrap=True)
        self._problem.linkActivated.connect(lambda _: self.again.emit())
        grid = QGridLayout()
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        for i, thumb in enumerate([*self.thumbs, self.picture]):
            grid.addWidget(thumb, i // COLUMNS, i % COLUMNS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(grid)
        column.addWidget(self._problem)
        for thumb in self.thumbs:
            thumb.clicked.connect(lambda _=False, t=thumb: self._click(t))
        self.picture.clicked.connect(self._picture_clicked)
        self.show_reference(None)
        self.set_waiting()

    def set_waiting(self) -> None:
        """Nothing is there yet. Old pictures stay until new ones replace them."""
        self._filled = 0
        self._problem.hide()
        for thumb in self.thumbs:
            if not thumb.value:
                thumb.show_picture("", "", None)

    def clear(self) -> None:
        """Another frame: the old pictures say nothing of it."""
        for thumb in self.thumbs:
            thumb.show_picture("", "", None)
            thumb.setChecked(False)
        self.set_waiting()

    def add(self, palette: str, image: QImage) -> None:
        """The next variation."""
        if self._filled < len(self.thumbs):
            self.thumbs[self._filled].show_picture(
                palette, title(palette.partition(MARK)[2] or palette), image
            )
            self._filled += 1
        self._tick()

    def set_failed(self, why: str) -> None:
        """There will be none, and why."""
        self._problem.setText(f'{tr(why)} <a href="again">{tr("Try again")}</a>')
        self._problem.show()

    def show_chosen(self, palette: str, reference: Reference | None) -> None:
        """Which one is taken."""
        self._palette = "" if reference else palette
        self.show_reference(reference)
        self._tick()

    def show_reference(self, reference: Reference | None) -> None:
        """The picture whose palette is taken, or the invitation to choose one."""
        self.picture.swatches = reference.swatches if reference else ()
        self.picture.show_picture(
            "picture", reference.name if reference else tr("From picture"), None
        )
        self.picture.setToolTip(tr("Take the palette of a colour picture: click, or drop one here"))
        self.picture.setChecked(reference is not None)

    def set_theme(self, theme: Theme) -> None:
        for thumb in (*self.thumbs, self.picture):
            thumb.theme = theme
            thumb.update()

    def _tick(self) -> None:
        for thumb in self.thumbs:
            thumb.setChecked(bool(thumb.value) and thumb.value == self._palette)

    def _click(self, thumb: Thumb) -> None:
        self._tick()  # the choice shows when it is taken
        self.chosen.emit(thumb.value)

    def _picture_clicked(self) -> None:
        self.picture.setChecked(bool(self.picture.swatches))
        self.picture_wanted.emit()

    # ---- a picture dropped here lends its palette ----------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()
            self._show_dropping(on=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_dropping(on=False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_dropping(on=False)
        event.acceptProposedAction()
        self.picture_dropped.emit(Path(event.mimeData().urls()[0].toLocalFile()))

    def _show_dropping(self, on: bool) -> None:
        self.picture.setDown(on)
        self.picture.setChecked(on or bool(self.picture.swatches))
