"""Open frames on the pixel grid of the one that is looked at, for tiling and blinking them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Signal

from astroview.core.errors import AstroviewError
from astroview.core.frame import Frame
from astroview.ui.documents.comparison import Lock
from astroview.ui.process.thread_pool import Background
from astroview.ui.viewer.viewport import Viewport

if TYPE_CHECKING:
    from astroview.core.sky.align import Map, Registered

Pair = tuple[int, int, Lock]  # ids of base and other


class FramesOnGrid(QObject):
    """Registers frames in the background, and keeps them while they are wanted.

    Signals
    -------
    changed : another frame is ready
    """

    changed = Signal()

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._known: dict[Pair, tuple[Frame, Frame, Frame]] = {}  # base, other, registered
        self._asked: set[Pair] = set()
        self._maps: dict[Pair, Map] = {}

    @property
    def busy(self) -> bool:
        """Whether a frame is still to come."""
        return bool(self._asked)

    def of(self, base: Frame, other: Frame, lock: Lock) -> Frame | None:
        """The other frame on the base's grid; None while that is worked out."""
        if other is base:
            return base
        pair: Pair = (id(base), id(other), lock)
        if pair in self._known:
            return self._known[pair][2]
        if pair not in self._asked:
            self._asked.add(pair)
            done = partial(self._done, pair, base, other)
            failed = partial(self._failed, pair, base, other)
            self._background.run(partial(_register, base, other, lock), done, failed)
        return None

    def place(self, base: Frame, other: Frame, lock: Lock, scene: QPointF) -> QPointF:
        """Where a scene point of the base lies in the other frame's own scene."""
        if other is base:
            return scene
        import numpy as np

        from astroview.core.sky import align

        pair: Pair = (id(base), id(other), lock)
        if pair not in self._maps:
            self._maps[pair] = align.map_between(base, other, "pixels" if lock == "image" else lock)
        scale = base.scale  # of a result
        x, y = np.array([scene.x() * scale - 0.5]), np.array([scene.y() * scale - 0.5])
        there_x, there_y = self._maps[pair].grid(x, y)
        return QPointF(float(there_x[0, 0]) + 0.5, float(there_y[0, 0]) + 0.5)

    def keep(self, frames: set[int]) -> None:
        """Forget what belongs to other frames than these, by their ids."""
        self._known = {p: kept for p, kept in self._known.items() if {p[0], p[1]} <= frames}
        self._maps = {p: kept for p, kept in self._maps.items() if {p[0], p[1]} <= frames}

    def _done(self, pair: Pair, base: Frame, other: Frame, found: Registered) -> None:
        self._asked.discard(pair)
        # Laid there by its pixels alone, it is not known to show the base's sky.
        own = found.by == "wcs" or other.wcs is not None
        self._known[pair] = (base, other, found.frame if own else replace(found.frame, wcs=None))
        self.changed.emit()

    def _failed(self, pair: Pair, base: Frame, other: Frame, _: AstroviewError) -> None:
        self._asked.discard(pair)
        self._known[pair] = (base, other, other)  # as it lies
        self.changed.emit()


def _register(base: Frame, other: Frame, lock: Lock) -> Registered:
    from astroview.core.sky import align  # astropy's WCS takes a while to load

    way = {
        "wcs": align.register, "image": align.register_pixels, "fit": align.register_fitted
    }[lock]  # fmt: skip
    return way(base, other)


def same_sky(view: Viewport, before: Frame, after: Frame, lock: Lock) -> Viewport:
    """The view of another base that shows what the view of the former one did."""
    if lock != "wcs":
        return view
    from astroview.core.sky import align

    found = align.place_in(before, after, view.x - 0.5, view.y - 0.5)
    if found is None:
        return view
    x, y, pixels = found
    return replace(view, x=x + 0.5, y=y + 0.5, zoom=view.zoom / pixels)
