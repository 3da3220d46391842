"""The open frames with their results, and the chooser of image and plane."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QImage,
    QPainter,
    QPainterPath,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from astroview.ui.documents.document import Document, describe, describe_result
from astroview.ui.documents.plane_chooser import PlaneChooser
from astroview.ui.documents.session import Session
from astroview.ui.i18n.translate import tr
from astroview.ui.widgets import icons
from astroview.ui.widgets.alike_names import AlikeNames
from astroview.ui.widgets.controls import label, tool
from astroview.ui.widgets.theme import Theme

LEAST_WIDTH = 100  # of the list, in pixels
KEY, RESULT, SECOND, PICTURE = (Qt.ItemDataRole.UserRole + i for i in range(4))
Index = QModelIndex | QPersistentModelIndex


class FramesPanel(QWidget):
    """Lists the session's documents, and lets one be looked at and several be marked.

    Signals
    -------
    remove, save, header, compare : (key, result id or "")
    plane_chosen : (hdu, plane) for the selected document
    open_files
    """

    remove = Signal(int, str)
    save = Signal(int, str)
    header = Signal(int, str)
    compare = Signal(int, str)
    plane_chosen = Signal(object, int)
    open_files = Signal()

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._session, self._following = session, False
        self._tops: dict[int, QTreeWidgetItem] = {}  # rows of documents by key
        self.setObjectName("left")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._delegate = _Rows(theme, lambda key: session.called(session.documents[key]))
        self.tree = _Tree()
        self.tree.setAccessibleName(tr("Open frames"))
        self.tree.setItemDelegate(self._delegate)
        self.tree.setItemsExpandable(False)
        self.tree.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self._menu)
        self.tree.itemSelectionChanged.connect(self._mark)
        self.tree.currentItemChanged.connect(lambda now, _: now and self._choose(now))
        session.changed.connect(self._show_document)
        session.removed.connect(self._drop_document)
        session.arranged.connect(self._arrange)
        session.selected.connect(self._follow)
        session.marked_changed.connect(self._follow)
        self.planes = PlaneChooser()
        self.planes.chosen.connect(self.plane_chosen)
        self._open = tool("Open frames (Ctrl+O)", self.open_files.emit)
        heading = QHBoxLayout()
        heading.setContentsMargins(14, 12, 9, 4)
        heading.addWidget(label("Frames", "heading"), 1)
        heading.addWidget(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addLayout(heading)
        column.addWidget(self.tree, 1)
        column.addWidget(self.planes)
        self.set_theme(theme)

    def minimumSizeHint(self) -> QSize:
        """Names are shortened, so large text asks for no more; numbers of planes do."""
        return super().minimumSizeHint().expandedTo(QSize(LEAST_WIDTH, 0))

    def add_below(self, widget: QWidget) -> None:
        """Put something below the list."""
        layout = self.layout()
        if layout is not None:
            layout.addWidget(widget)

    def set_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme
        self._open.setIcon(icons.icon("open", theme))
        self.tree.paint_again()

    def _show_document(self, document: Document) -> None:
        """Add a document, or bring its rows up to date."""
        with self._quiet():
            item = self._item(document.key)
            if item is None:
                item = self._tops[document.key] = _Top(self.tree, self._delegate.called)
            loaded = document.loaded
            words = loaded.frame.name, describe(loaded.frame)
            self._delegate.names.exchange(item.text(0), words[0])
            _fill(item, document.key, "", *words, loaded.thumbnail)
            known = {child.data(0, RESULT): child for child in _children(item)}
            for result in document.results:
                child = known.pop(result.id, None) or QTreeWidgetItem(item)
                words = result.label.partition(",")[0], describe_result(result)
                _fill(child, document.key, result.id, *words, result.thumbnail)
            for gone in known.values():
                item.removeChild(gone)
            item.setExpanded(True)

    def _drop_document(self, key: int) -> None:
        item = self._tops.pop(key, None)
        if item:
            self._delegate.names.exchange(item.text(0), "")
            with self._quiet():
                self.tree.takeTopLevelItem(self.tree.indexOfTopLevelItem(item))

    def _arrange(self) -> None:
        """Rows in the session's order."""
        with self._quiet():
            for at, key in enumerate(self._session.documents):
                item = self._item(key)
                now = self.tree.indexOfTopLevelItem(item) if item else at
                if item and now != at:
                    self.tree.takeTopLevelItem(now)
                    self.tree.insertTopLevelItem(at, item)
                    item.setExpanded(True)
        self._follow()

    def _follow(self) -> None:
        """Show which row the session looks at, and which documents it has marked."""
        if self._following:
            return
        chosen = self._session.selection
        item = self._item(*chosen.row) if chosen else None
        with self._quiet():
            if item is not None and item is not self.tree.currentItem():
                self.tree.setCurrentItem(item)
                self.tree.scrollToItem(item)
            if item is not None and self._marked() != self._session.marked:
                for row in self._walk():
                    on = row is item or row.data(0, KEY) in self._session.marked
                    row.setSelected(on and (row is item or not row.data(0, RESULT)))

    @contextmanager
    def _quiet(self) -> Generator[None]:
        """What the list does meanwhile is no wish of the user."""
        former, self._following = self._following, True
        yield
        self._following = former

    def _choose(self, item: QTreeWidgetItem) -> None:
        if not self._following:
            with self._quiet():
                self._session.select(item.data(0, KEY), item.data(0, RESULT))

    def _mark(self) -> None:
        if not self._following:
            with self._quiet():
                self._session.mark(self._marked())

    def _marked(self) -> tuple[int, ...]:
        """The documents whose rows are selected (Ctrl or Shift and a click select more)."""
        rows = [item for item in self._walk() if item.isSelected()]
        return tuple(dict.fromkeys(row.data(0, KEY) for row in rows))

    def _walk(self) -> list[QTreeWidgetItem]:
        rows: list[QTreeWidgetItem] = []
        for i in range(self.tree.topLevelItemCount()):
            if top := self.tree.topLevelItem(i):
                rows += [top, *_children(top)]
        return rows

    def _item(self, key: int, result_id: str = "") -> QTreeWidgetItem | None:
        top = self._tops.get(key)
        if top is None or not result_id:
            return top
        return next((row for row in _children(top) if row.data(0, RESULT) == result_id), None)

    def _menu(self, at: QPoint) -> None:
        item = self.tree.itemAt(at)
        if item is None:
            return
        names = item.data(0, KEY), item.data(0, RESULT)
        menu = QMenu(self)
        menu.addAction(tr("Save as …"), lambda: self.save.emit(*names))
        if len(self._walk()) > 1:
            menu.addAction(tr("Compare with …"), lambda: self.compare.emit(*names))
        menu.addAction(tr("Show header"), lambda: self.header.emit(*names))
        menu.addSeparator()
        what = tr("Discard result") if names[1] else tr("Close frame")
        menu.addAction(what, lambda: self.remove.emit(*names))
        menu.popup(self.tree.viewport().mapToGlobal(at))


class _Top(QTreeWidgetItem):
    """A document's row; a screen reader hears what is seen."""

    def __init__(self, tree: QTreeWidget, called: Callable[[QTreeWidgetItem], str]) -> None:
        super().__init__(tree)
        self._called = called

    def data(self, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._called(self)
        return super().data(column, role)


def _of(row: Index | QTreeWidgetItem, role: int) -> Any:
    return row.data(0, role) if isinstance(row, QTreeWidgetItem) else row.data(role)


def _children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    return [child for i in range(item.childCount()) if (child := item.child(i))]


def _fill(
    item: QTreeWidgetItem, key: int, result: str, first: str, second: str, picture: QImage
) -> None:
    for role, value in (
        (KEY, key),
        (RESULT, result),
        (SECOND, second),
        (PICTURE, picture),
        (Qt.ItemDataRole.DisplayRole, first),
        (Qt.ItemDataRole.ToolTipRole, f"{first}\n{second}"),
    ):
        item.setData(0, role, value)


class _Tree(QTreeWidget):
    """Leaves the indentation of rows empty; the delegate paints all there is."""

    def __init__(self) -> None:
        super().__init__()
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setIndentation(16)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is looked at stays in sight when other parts take room."""
        super().resizeEvent(event)
        if item := self.currentItem():
            self.scrollToItem(item)

    def paint_again(self) -> None:
        """All rows; without `viewport`, for which Qt for Python would look at all its widgets."""
        self.setDirtyRegion(QRegion(self.rect()))

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        pass


class _Rows(QStyledItemDelegate):
    """Paints a row: thumbnail, name, and a second line."""

    def __init__(self, theme: Theme, called: Callable[[int], str]) -> None:
        super().__init__()
        self.theme, self.names, self._called = theme, AlikeNames(), called

    def called(self, row: Index | QTreeWidgetItem) -> str:
        """A row's name, a file's with its folder where several have one name."""
        name, key, result = (_of(row, role) for role in (Qt.ItemDataRole.DisplayRole, KEY, RESULT))
        return self._called(key) if not result and self.names.several(name) else name

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        lines = 2 * option.fontMetrics.height()
        return QSize(120, max(lines + 14, 36 if index.data(RESULT) else 52))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        row = QRect(option.rect).adjusted(8, 1, -6, -1)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
            fill = QColor(self.theme.hover)
            fill.setAlphaF(1.0 if selected else 0.5)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawRoundedRect(row, 5, 5)
        if selected:
            painter.setBrush(QColor(self.theme.accent))
            painter.drawRoundedRect(
                QRect(row.left(), row.top() + 8, 3, row.height() - 16), 1.5, 1.5
            )
        side = min(row.height() - 10, 42)
        place = QRect(row.left() + 9, row.center().y() - side // 2 + 1, side, side)
        self._paint_picture(painter, place, index.data(PICTURE))
        self._paint_text(painter, row.adjusted(side + 18, 0, -6, 0), option.font, index)
        painter.restore()

    def _paint_picture(self, painter: QPainter, place: QRect, picture: QImage) -> None:
        shape = QPainterPath()
        shape.addRoundedRect(place, 3, 3)
        painter.save()
        painter.setClipPath(shape)
        painter.drawImage(place, picture)
        painter.restore()

    def _paint_text(self, painter: QPainter, place: QRect, font: QFont, index: Index) -> None:
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.88)
        metrics, small_metrics = QFontMetrics(font), QFontMetrics(small)
        height = metrics.height() + small_metrics.height() + 1
        top = place.center().y() - height // 2 + 1
        painter.setFont(font)
        painter.setPen(QColor(self.theme.text))
        first = self.names.shortened(self.called(index), metrics, place.width())
        painter.drawText(QPoint(place.left(), top + metrics.ascent()), first)
        painter.setFont(small)
        painter.setPen(QColor(self.theme.muted))
        second = small_metrics.elidedText(
            index.data(SECOND), Qt.TextElideMode.ElideRight, place.width()
        )
        base = top + metrics.height() + 1 + small_metrics.ascent()
        painter.drawText(QPoint(place.left(), base), second)
