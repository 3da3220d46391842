"""The keyboard goes from control to control as one reads, in whatever order they were made.

What stands in a part is split by the gaps between it: rows from above to below, what cannot be
split into rows into columns from left to right, and so on (an XY cut). Layouts are not asked: what
Python holds of their items is not told when those go.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractItemView, QWidget

Way = Literal["rows", "columns"]


def set_tab_order(part: QWidget) -> None:
    """Tab goes through what is seen of a part as one reads; to be called before it does."""
    for one, other in pairwise(tab_stops(part)):
        QWidget.setTabOrder(one, other)


def tab_stops(part: QWidget) -> Iterator[QWidget]:
    """What is seen of a part and takes the keyboard by Tab, in the order of reading."""
    if part.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield part
    if isinstance(part, QAbstractItemView):
        return
    straight = Qt.FindChildOption.FindDirectChildrenOnly
    inside = [one for one in part.findChildren(QWidget, options=straight) if _is_seen(one)]
    for place in reading_order([one.geometry() for one in inside]):
        yield from tab_stops(inside[place])


def _is_seen(part: QWidget) -> bool:
    return not part.isHidden() and not part.isWindow()


def reading_order(boxes: Sequence[QRect]) -> list[int]:
    """The places of boxes in a list, in the order in which they are read."""
    return _ordered(list(range(len(boxes))), boxes, "rows", "columns")


def _ordered(places: list[int], boxes: Sequence[QRect], way: Way, other: Way) -> list[int]:
    groups = _split(places, boxes, way)
    if len(groups) == 1:
        way, other = other, way
        groups = _split(places, boxes, way)
    if len(groups) == 1:  # they lie over each other
        return sorted(places, key=lambda i: (boxes[i].top(), boxes[i].left()))
    return [i for group in groups for i in _ordered(group, boxes, other, way)]


def _split(places: list[int], boxes: Sequence[QRect], way: Way) -> list[list[int]]:
    """Groups between which there is a gap."""

    def span(i: int) -> tuple[int, int]:
        box = boxes[i]
        return (box.top(), box.bottom()) if way == "rows" else (box.left(), box.right())

    groups: list[list[int]] = []
    end = 0
    for i in sorted(places, key=span):
        first, last = span(i)
        if groups and first < end:
            groups[-1].append(i)
            end = max(end, last)
        else:
            groups.append([i])
            end = last
    return groups


class ReadingTabs:
    """For windows: Tab goes through what they hold as one reads, whatever was put in last."""

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Qt's own way, after its order was brought in step with what stands where."""
        set_tab_order(self)  # type: ignore[arg-type]
        return super().focusNextPrevChild(forward)  # type: ignore[misc]
