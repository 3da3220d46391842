"""The regions of every frame, and each change of them as a plain value that can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from astroview.core.frame import Frame
from astroview.core.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from astroview.core.sky.region_files import RegionShape

Shapes = tuple["RegionShape", ...]


@dataclass(frozen=True)
class RegionChange:
    """What a user did to the regions of a frame: `RegionStore.restore` goes to either side of it.

    Attributes
    ----------
    frame
        The name that `name_of` gives the frame.
    words
        What was done, for a list of steps: "new region".
    merges
        Whether it is one step with what was done just before (nudges by keys).
    """

    frame: str
    before: Shapes
    after: Shapes
    words: str
    merges: bool = False


class RegionStore(QObject):
    """Regions by the frame they were made for.

    Signals
    -------
    stepped : `RegionChange` that a user made
    shown
        Other regions lie on the frame that is looked at, or another frame is.
    """

    stepped = Signal(object)
    shown = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.frame: Frame | None = None
        self._kept: dict[str, Shapes] = {}

    @property
    def shapes(self) -> Shapes:
        """The regions of the frame that is looked at."""
        return self._kept.get(name_of(self.frame), ())

    @property
    def kept(self) -> dict[str, Shapes]:
        """The regions of every frame, by `name_of`."""
        return {name: shapes for name, shapes in self._kept.items() if shapes}

    def look(self, frame: Frame | None) -> None:
        """Another frame is looked at."""
        if frame is not self.frame:
            self.frame = frame
            self.shown.emit()

    def of(self, frame: Frame | None) -> Shapes:
        """The regions of a frame."""
        return self._kept.get(name_of(frame), ())

    def change(
        self, after: Shapes, words: str, frame: Frame | None = None, merges: bool = False
    ) -> None:
        """Give a frame (the one that is looked at) other regions: a step of its user."""
        name = name_of(frame or self.frame)
        before = self._kept.get(name, ())
        if name and before != after:
            self.restore(name, after)
            self.stepped.emit(RegionChange(name, before, after, words, merges))

    def restore(self, frame: str, shapes: Shapes) -> None:
        """The regions of a frame as they were; no step of its own."""
        self._kept[frame] = shapes
        if frame == name_of(self.frame):
            self.shown.emit()


def name_of(frame: Frame | None) -> str:
    """What regions belong to: an image of a file, whichever plane of it is shown."""
    return f"{frame.path} {frame.hdu} {frame.shape}" if frame is not None else ""
