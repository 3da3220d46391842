"""The keys of all actions, to be changed; a key that another action has is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from astroview.ui.i18n.translate import tr
from astroview.ui.shell.preferences import own_keys
from astroview.ui.widgets.controls import dress, label

NATIVE = QKeySequence.SequenceFormat.NativeText


class ShortcutPage(QWidget):
    """A list of actions, and a field that takes the keys of the chosen one."""

    def __init__(
        self,
        actions: Mapping[str, QAction],
        kept: tuple[str, ...],
        keep: Callable[[tuple[str, ...]], object],
    ) -> None:
        super().__init__()
        self._actions, self._keep = actions, keep
        self.own = own_keys.parsed(kept)
        self.list = dress(QTreeWidget(), "choices", spoken="Actions and their keys")
        self.list.setHeaderLabels([tr("Action"), tr("Keys")])
        self.list.setRootIsDecorated(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setStretchLastSection(False)
        self.field = dress(QKeySequenceEdit(), spoken="New key")
        self.field.setMaximumSequenceLength(1)
        self.said = label("", "muted", wrap=True)
        self._usual, self._none = QPushButton(tr("As usual")), QPushButton(tr("No key"))
        row = QHBoxLayout()
        for part in (label("New key", "muted"), self.field, self._usual, self._none):
            row.addWidget(part)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.list, 1)
        rows.addLayout(row)
        rows.addWidget(self.said)
        self.field.editingFinished.connect(self._taken)
        self._usual.clicked.connect(self._back)
        self._none.clicked.connect(lambda: self._give(()))
        self.list.currentItemChanged.connect(lambda *_: self._chosen())
        self._fill()

    def choose(self, name: str) -> None:
        """Choose an action."""
        for i in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(i)
            if item is not None and item.data(0, Qt.ItemDataRole.UserRole) == name:
                self.list.setCurrentItem(item)

    def give(self, key: str) -> bool:
        """Give the chosen action a key; False, with words, where another one has it."""
        name = self._name
        if not name or not key:
            return False
        other = own_keys.owner(key, self.own, name)
        if other is not None:
            shown = QKeySequence(key).toString(NATIVE)
            self.said.setText(
                tr(
                    "{shown} belongs to “{words}”: give that another key first.",
                    shown=shown,
                    words=self._words(other),
                )
            )
            return False
        self._give((key,))
        return True

    def filter(self, words: str) -> None:
        """Show what has these letters."""
        for i in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(i)
            if item is not None:
                text = f"{item.text(0)} {item.text(1)}".casefold()
                item.setHidden(words not in text)

    def reset(self) -> None:
        """All keys as usual."""
        self.own = {}
        self._tell("")

    @property
    def _name(self) -> str:
        item = self.list.currentItem()
        return str(item.data(0, Qt.ItemDataRole.UserRole)) if item is not None else ""

    def _words(self, name: str) -> str:
        return self._actions[name].text().replace("&", "").rstrip(" …")

    def _fill(self) -> None:
        for name in self._actions:
            item = QTreeWidgetItem([self._words(name), self._keys(name)])
            item.setData(0, Qt.ItemDataRole.UserRole, name)
            self.list.addTopLevelItem(item)
        self.list.sortItems(0, Qt.SortOrder.AscendingOrder)
        if (first := self.list.topLevelItem(0)) is not None:
            self.list.setCurrentItem(first)

    def _keys(self, name: str) -> str:
        keys = own_keys.keys_of(name, self.own)
        return ", ".join(QKeySequence(key).toString(NATIVE) for key in keys)

    def _chosen(self) -> None:
        self.field.clear()
        self.said.clear()

    def _taken(self) -> None:
        key = self.field.keySequence().toString(own_keys.FORM)
        if key:
            self.give(key)
            self.field.clear()

    def _back(self) -> None:
        """The usual keys of the chosen action, unless another one has got one of them."""
        name = self._name
        if not name:
            return
        for key in own_keys.usual(name):
            if own_keys.owner(key, self.own, name) is not None:
                self.give(key)  # says whose it is
                return
        self._give(own_keys.usual(name))

    def _give(self, keys: tuple[str, ...]) -> None:
        name = self._name
        if name:
            self.own[name] = keys
            if keys == own_keys.usual(name):
                del self.own[name]
            self._tell("")

    def _tell(self, said: str) -> None:
        self.said.setText(said)
        self._keep(own_keys.lines(self.own))
        for i in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(i)
            if item is not None:
                item.setText(1, self._keys(str(item.data(0, Qt.ItemDataRole.UserRole))))
