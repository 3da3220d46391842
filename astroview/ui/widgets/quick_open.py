"""A field and a list under it: type a few letters, press Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGraphicsDropShadowEffect,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from astroview.core.lazy_dataclass import dataclass
from astroview.ui.widgets import fuzzy
from astroview.ui.widgets.controls import dress
from astroview.ui.widgets.theme import Theme

Index = QModelIndex | QPersistentModelIndex
WIDTH, ROWS = 560, 11
NOTE, SECOND = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -ROWS + 1,
    Qt.Key.Key_PageDown: ROWS - 1,
}


@dataclass(frozen=True)
class QuickEntry:
    """Something to choose: its words, where it is found, a note at the right (a shortcut).

    Those of a lower ``rank`` stand first, however well others fit.
    """

    text: str
    act: Callable[[], object]
    second: str = ""
    note: str = ""
    rank: int = 0


class Chooser(QFrame):
    """Lies over a window, at its top; closes by Escape or when the keyboard goes elsewhere."""

    def __init__(
        self, parent: QWidget, title: str, prompt: str, entries: Sequence[QuickEntry], theme: Theme
    ) -> None:
        super().__init__(parent)
        self._former = QApplication.focusWidget()
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("chooser")
        self._over, self._entries = parent, list(entries)
        self._shown: list[QuickEntry] = []
        self.field = dress(QLineEdit(), spoken=title)
        self.field.setPlaceholderText(prompt)
        self.field.setClearButtonEnabled(False)
        self.list = dress(QListWidget(), "choices", spoken=title)
        self._rows = _EntryRows(theme)
        self.list.setItemDelegate(self._rows)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self.field.textChanged.connect(self._filter)
        self.field.installEventFilter(self)
        parent.installEventFilter(self)
        self.list.itemClicked.connect(lambda _: self.take())
        shadow = QGraphicsDropShadowEffect(self, blurRadius=32, offset=QPointF(0, 6))
        shadow.setColor(QColor(0, 0, 0, 150))
        self.setGraphicsEffect(shadow)
        self._filter("")

    def pop_up(self) -> None:
        """Show at the top of the window, in its middle."""
        self._fit()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _fit(self) -> None:
        """As high as its rows, within the window."""
        room = self._over.size()
        width = min(WIDTH, room.width() - 40)
        rows = self._rows.height(self.fontMetrics()) * min(ROWS, max(len(self._shown), 1)) + 4
        top = min(72, room.height() // 12)
        self.list.setFixedHeight(min(rows, room.height() - top - 90))
        height = self.list.height() + self.field.sizeHint().height() + 24
        self.setGeometry((room.width() - width) // 2, top, width, height)

    @property
    def texts(self) -> list[str]:
        """What the list offers now."""
        return [entry.text for entry in self._shown]

    def take(self) -> None:
        """Do what the current row says."""
        row = self.list.currentRow()
        if 0 <= row < len(self._shown):
            entry = self._shown[row]
            self.leave()
            entry.act()

    def leave(self) -> None:
        """Close, and give the keyboard back."""
        if self._former and self.field.hasFocus():
            self._former.setFocus(Qt.FocusReason.PopupFocusReason)
        self.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The field has the keyboard; some keys are the list's."""
        if watched is self._over:
            if event.type() == QEvent.Type.Resize:
                self._fit()
            return False
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.close()
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # no shortcut of the window while a name is typed
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return True
        if event.key() in STEPS and self._shown:
            wanted = self.list.currentRow() + STEPS[Qt.Key(event.key())]
            self.list.setCurrentRow(min(max(wanted, 0), len(self._shown) - 1))
            return True
        return False

    def _filter(self, query: str) -> None:
        found = [
            (worth, entry)
            for entry in self._entries
            if (worth := fuzzy.score(query, f"{entry.text} {entry.second}")) is not None
        ]
        if query.strip():
            found.sort(key=lambda pair: (pair[1].rank, -pair[0]))
        self._shown = [entry for _, entry in found]
        self.list.clear()
        for entry in self._shown:
            item = QListWidgetItem(entry.text, self.list)
            item.setData(NOTE, entry.note)
            item.setData(SECOND, entry.second)
        self.list.setCurrentRow(0)
        self._fit()


class _EntryRows(QStyledItemDelegate):
    """Paints a row: the words, where they are found, the note at the right."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def height(self, metrics: QFontMetrics) -> int:
        return metrics.height() + 12

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self.height(option.fontMetrics))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        theme, row, metrics = self._theme, option.rect, option.fontMetrics
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.hover))
            painter.drawRoundedRect(row, 5, 5)
        inner = row.adjusted(10, 0, -10, 0)
        middle, note = Qt.AlignmentFlag.AlignVCenter, index.data(NOTE)
        painter.setPen(QColor(theme.muted))
        painter.drawText(inner, int(middle | Qt.AlignmentFlag.AlignRight), note)
        inner.setRight(inner.right() - metrics.horizontalAdvance(note) - 16)
        text = metrics.elidedText(index.data(), Qt.TextElideMode.ElideMiddle, inner.width())
        painter.setPen(QColor(theme.text))
        painter.drawText(inner, int(middle), text)
        inner.setLeft(inner.left() + metrics.horizontalAdvance(text) + 12)
        if inner.width() > 40:
            second = index.data(SECOND)
            second = metrics.elidedText(second, Qt.TextElideMode.ElideRight, inner.width())
            painter.setPen(QColor(theme.faint))
            painter.drawText(inner, int(middle), second)
        painter.restore()
