"""Names in a narrow list, shortened so that those that are alike can still be told apart."""

from __future__ import annotations

from bisect import bisect_left, insort

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

MARKS = "_-. "  # between the parts of a name
NEAR = 3  # names before and after one, in the order of the alphabet, that it may be taken for


class AlikeNames:
    """The names of a list, kept in order."""

    def __init__(self) -> None:
        self._names: list[str] = []

    def exchange(self, old: str, new: str) -> None:
        """A name came, went or changed; "" is none."""
        if old == new:
            return
        at = bisect_left(self._names, old)
        if old and self._names[at : at + 1] == [old]:
            del self._names[at]
        if new:
            insort(self._names, new)

    def several(self, name: str) -> bool:
        """Whether more than one is called so."""
        at = bisect_left(self._names, name)
        return self._names[at : at + 2] == [name, name]

    def shortened(self, name: str, metrics: QFontMetrics, width: int) -> str:
        """A name without its middle, or, where another one would read the same, without what both
        begin with.
        """
        middle, right = Qt.TextElideMode.ElideMiddle, Qt.TextElideMode.ElideRight
        short = metrics.elidedText(name, middle, width)
        if short == name:
            return name
        at = bisect_left(self._names, name)
        near = {*self._names[max(at - NEAR, 0) : at + NEAR + 1]} - {name}
        same = [one for one in near if metrics.elidedText(one, middle, width) == short]
        if not same:
            return short
        differs = max(_alike(name, one) for one in same)
        begin = max(name.rfind(mark, 0, differs) for mark in MARKS) + 1
        return metrics.elidedText(f"…{name[begin:]}", right, width)


def _alike(one: str, other: str) -> int:
    """How many letters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))
