"""Parts of a page as whoever uses it finds them: by their kind, and by what they are called."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget

W = TypeVar("W", bound=QWidget)


def find(page: QWidget, kind: type[W], name: str = "") -> W:
    """The only part of its kind that is called so; without a name, the only one of its kind.

    Of several, it is the one that is to be seen.
    """
    found = [one for one in page.findChildren(kind) if not name or name in names(one)]
    seen = [one for one in found if one.isVisibleTo(page)] or found
    known = [names(one) for one in page.findChildren(kind)]
    assert len(seen) == 1, f"{len(seen)} {kind.__name__} are called {name!r}, of {known}"
    return seen[0]


def names(widget: QWidget) -> set[str]:
    """What a part is called: aloud, on itself, in itself where it is empty, before itself."""
    page = widget.window()
    found = {label.text() for label in page.findChildren(QLabel) if label.buddy() is widget}
    found.add(widget.accessibleName())
    if isinstance(widget, QAbstractButton):
        found.add(widget.text().replace("&", ""))
    if isinstance(widget, QLineEdit):
        found.add(widget.placeholderText())
    return found - {""}


def words(page: QWidget) -> str:
    """What is to be read on a page, or on a label: a line for each."""
    labels = [page] if isinstance(page, QLabel) else page.findChildren(QLabel)
    return "\n".join(one.text() for one in labels if one.isVisibleTo(page))


def choices(box: QComboBox) -> list[str]:
    """What a list offers."""
    return [box.itemText(row) for row in range(box.count())]


def choose(box: QComboBox, name: str) -> None:
    """Choose in a list, as a hand does."""
    assert name in choices(box), choices(box)
    box.setCurrentIndex(box.findText(name))
    box.activated.emit(box.currentIndex())
