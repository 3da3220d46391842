"""What is wrong with keys on a page: the way that Tab goes, where it begins, what Enter does."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QDialog,
    QPushButton,
    QWidget,
)
from seen_whole import path_of

from astroview.ui.i18n.translate import tr
from astroview.ui.shell.notices import NoticeStrip
from astroview.ui.widgets.quick_open import Chooser
from astroview.ui.widgets.tab_order import ReadingTabs, tab_stops

# What Enter may do where nothing else is chosen: it loses nothing.
SAFE = ("Done", "OK", "&OK", "Licences", "Finish, then quit", "Keep running")

FLOATING = (Chooser, NoticeStrip)  # they lie over the page


def tab_troubles(page: QWidget) -> list[str]:
    """All that Tab, Enter and the first key would do otherwise than one reads."""
    stops = _stops(page)
    found = [*_backwards(page, stops)]
    if isinstance(page, QDialog):
        found += [*_begins(page, stops), *_unsafe(page)]
    return found


def _stops(page: QWidget) -> list[QWidget]:
    """What Tab comes to, in its order."""
    parts = page.findChildren(QWidget)
    chain = list(tab_stops(page)) if isinstance(page, ReadingTabs) else _chained(parts)
    return [
        stop
        for stop in chain
        if stop.isVisible() and stop.isEnabled() and not stop.focusProxy() and not _inner(stop)
        if not isinstance(stop.parent(), FLOATING)
    ]


def _chained(parts: list[QWidget]) -> list[QWidget]:
    """Qt's own order of what stands in a page."""
    following = {id(part): part.nextInFocusChain() for part in parts}
    by_id = {id(part): part for part in parts}
    if not parts:
        return []
    chain, at = [], parts[0]
    for _ in following:
        chain.append(at)
        at = by_id.get(id(following[id(at)]), at)
    return [part for part in chain if part.focusPolicy() & Qt.FocusPolicy.TabFocus]


def _inner(widget: QWidget) -> bool:
    """A field in a box for numbers, that Qt counts as the box."""
    parent = widget.parentWidget()
    return parent is not None and parent.focusProxy() is widget


def _backwards(page: QWidget, stops: list[QWidget]) -> Iterator[str]:
    """Each stop that comes at once after one that stands below it, or right of it."""
    for one, other in pairwise(stops):
        if one.isAncestorOf(other) or other.isAncestorOf(one):
            continue
        before, after = _box(one, other, page), _box(other, one, page)
        above = after.bottom() < before.top() and _share(before, after, upright=False)
        left = after.right() < before.left() and _share(before, after, upright=True)
        if above or left:
            where = "above" if above else "left of"
            yield f"tab: {path_of(other)} is {where} {path_of(one)}, and comes after it"


def _box(widget: QWidget, beside: QWidget, page: QWidget) -> QRect:
    """Where a widget stands, or what it scrolls in where the other does not."""
    at = widget
    while (parent := at.parentWidget()) is not None and at is not page:
        at = parent
        if isinstance(at, QAbstractScrollArea) and not at.isAncestorOf(beside):
            widget = at
    return QRect(widget.mapTo(page, QPoint(0, 0)), widget.size())


def _share(one: QRect, other: QRect, upright: bool) -> bool:
    """Whether both stand in one row (``upright``) or one column."""
    if upright:
        middle = one.center().y(), other.center().y()
        return one.top() <= middle[1] <= one.bottom() and other.top() <= middle[0] <= other.bottom()
    return one.left() <= other.right() and other.left() <= one.right()


def _begins(dialog: QDialog, stops: list[QWidget]) -> Iterator[str]:
    now = dialog.focusWidget()
    begins = stops and (now in (stops[0], stops[0].focusProxy()) or _is_text(now) or _default(now))
    if stops and not begins:
        yield f"keyboard: begins at {path_of(now) if now else None}, not at {path_of(stops[0])}"


def _is_text(widget: QWidget | None) -> bool:
    """What scrolls by keys is read before its buttons are pressed."""
    return isinstance(widget, QAbstractScrollArea)


def _default(widget: QWidget | None) -> bool:
    """Where there is only something to press, the keyboard begins at what Enter does."""
    return isinstance(widget, QPushButton) and widget.isDefault()


def _unsafe(dialog: QDialog) -> Iterator[str]:
    buttons = [b for b in dialog.findChildren(QPushButton) if b.isVisible()]
    does = [button.text() for button in buttons if button.isDefault()]
    if any(words not in map(tr, SAFE) for words in does) or len(does) > 1:
        yield f"enter: does {does} in {path_of(dialog)}"
