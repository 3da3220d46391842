"""What of a page is cut off or covered: words that have no room, parts over each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QLabel,
    QLayout,
    QLineEdit,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from astroview.ui.widgets.controls import Elided

SPARE = 1  # pixel that a rounded size may lack
MOST_TYPED = 12  # letters in a field that are to be seen at once: numbers, no names of files


def path_of(widget: QWidget) -> str:
    """A widget by its kind and name, and those it stands in."""
    names: list[str] = []
    at: object = widget
    while isinstance(at, QWidget):
        names.append(f"{type(at).__name__}#{at.objectName() or at.accessibleName()}")
        at = at.parent()
    return " < ".join(names[:4])


def troubles(page: QWidget) -> list[str]:
    """All that cannot be seen whole on a page that is on show."""
    seen = [w for w in page.findChildren(QWidget) if w.isVisibleTo(page) and w.isVisible()]
    return [*_cut(seen), *_outside(seen, page), *_over_each_other(page, seen)]


def _cut(seen: list[QWidget]) -> Iterator[str]:
    for widget in seen:
        words, needed = _needed(widget)
        have = widget.rect()  # with what a style sheet puts around the words
        if needed[0] > have.width() + SPARE or needed[1] > have.height() + SPARE:
            room = f"{have.width()} x {have.height()} of {needed[0]} x {needed[1]}"
            yield f"cut: {words!r} has {room} in {path_of(widget)}"


def _needed(widget: QWidget) -> tuple[str, tuple[int, int]]:
    """The words of a widget, and the pixels they take."""
    if isinstance(widget, Elided) or "paintEvent" in vars(type(widget)):  # shortens its words
        return "", (0, 0)
    if isinstance(widget, QLabel) and widget.text():
        return widget.text(), _of_label(widget)
    metrics = widget.fontMetrics()
    if isinstance(widget, QAbstractButton) and _shows_text(widget):
        plain = widget.text().replace("&", "")
        drawn = 0 if widget.icon().isNull() else widget.iconSize().width()
        mark = 22 if isinstance(widget, QCheckBox) else 0
        return plain, (metrics.horizontalAdvance(plain) + drawn + mark, metrics.height())
    if isinstance(widget, QLineEdit):
        ours = widget.text() if len(widget.text()) < MOST_TYPED else ""
        return ours, (metrics.horizontalAdvance(ours) + 8, metrics.height())
    return "", (0, 0)


def _shows_text(button: QAbstractButton) -> bool:
    icon_only = Qt.ToolButtonStyle.ToolButtonIconOnly
    with_icon = isinstance(button, QToolButton) and button.toolButtonStyle() == icon_only
    return bool(button.text()) and not (with_icon and not button.icon().isNull())


def _of_label(label: QLabel) -> tuple[int, int]:
    if not label.pixmap().isNull():
        return 0, 0
    if not label.wordWrap():
        hint = label.sizeHint()
        return hint.width(), label.fontMetrics().height()
    words = label.text().split() if "<" not in label.text() else []
    widest = max((label.fontMetrics().horizontalAdvance(word) for word in words), default=0)
    return widest, label.heightForWidth(label.width())


def _outside(seen: list[QWidget], page: QWidget) -> Iterator[str]:
    """Parts that reach over the edge of what they stand in, unless that scrolls."""
    for widget in seen:
        parent = widget.parentWidget()
        if parent is None or _scrolls(parent) or widget.isWindow():
            continue
        if not parent.rect().contains(widget.geometry()) and not widget.geometry().isEmpty():
            yield f"outside: {_box(widget.geometry())} of {_box(parent.rect())}: {path_of(widget)}"
    if not page.isWindow():
        yield f"no window: {path_of(page)}"


def _scrolls(parent: QWidget) -> bool:
    area = parent.parentWidget()
    return isinstance(parent, QAbstractScrollArea) or (
        isinstance(area, QAbstractScrollArea) and area.viewport() is parent
    )


def _over_each_other(page: QWidget, seen: list[QWidget]) -> Iterator[str]:
    """Parts of one layout that share pixels."""
    for parent in [page, *seen]:
        layout = parent.layout()
        if layout is None or isinstance(parent, QStackedWidget):
            continue
        layouts = [layout, *layout.findChildren(QLayout)]
        parts = [
            w for w in seen if w.parent() is parent and any(one.indexOf(w) >= 0 for one in layouts)
        ]
        for one, other in combinations(parts, 2):
            shared = one.geometry() & other.geometry()
            if shared.width() > SPARE and shared.height() > SPARE:
                yield f"over each other: {path_of(one)} and {path_of(other)}"


def _box(box: QRect) -> str:
    return f"{box.x()},{box.y()} {box.width()}x{box.height()}"
