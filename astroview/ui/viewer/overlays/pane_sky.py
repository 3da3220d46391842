"""The sky of the frame that a pane shows, which may be another one than is looked at."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from astroview.core.frame import Frame
from astroview.core.sky.sky_map import SkyMap, scale_at, separation, sky_map
from astroview.ui.render.layer import Layer
from astroview.ui.viewer import panes
from astroview.ui.viewer.paint_layers import Placing

LayerOf = Callable[[Placing], Layer | None]
Known = tuple[SkyMap | None, float]  # and pixels of its frame to one of the scene
NEAR = 2.0  # pixels within which two frames show the same place


class PaneSky:
    """Finds it where frames are tiled or blinked; elsewhere it is that of the frame looked at."""

    def __init__(self, layer_of: LayerOf) -> None:
        self._layer_of = layer_of
        self._known: tuple[Frame, SkyMap | None] | None = None
        self._others: dict[int, tuple[Frame, SkyMap | None]] = {}

    def of(self, at: Placing, frame: Frame, sky: SkyMap | None) -> Known:
        """What a pane shows of the sky; ``frame`` and ``sky`` are those looked at."""
        layer = self._layer_of(at) if at.pane.shows >= panes.GRID else None
        if layer is None or layer.frame is frame:
            return sky, 1.0
        if self._known is None or self._known[0] is not frame or self._known[1] is not sky:
            self._known, self._others = (frame, sky), {}
        found = self._others.get(id(layer.frame))
        if found is None:
            system = sky.system if sky is not None else "icrs"
            found = self._others[id(layer.frame)] = (layer.frame, sky_map(layer.frame, system))
        return found[1], layer.per_scene

    def resampled(self, at: Placing) -> bool:
        """Whether a pane shows a frame on the pixels of another one: its own are of other size."""
        if at.pane.shows < panes.GRID:
            return False
        from astroview.core.sky.align import WarpedSource  # it is loaded: frames are tiled

        layer = self._layer_of(at)
        return layer is not None and isinstance(layer.frame.source, WarpedSource)

    def shared(self, at: Placing, frame: Frame, sky: SkyMap | None) -> bool:
        """Whether the pane shows the same place of the sky as the frame looked at does there; of
        two that know nothing of the sky, the same pixel.
        """
        own, times = self.of(at, frame, sky)
        if own is sky or sky is None:
            return own is sky
        x, y = at.view.x, at.view.y
        here, there = sky.one(x, y), own.one(x * times, y * times) if own else None
        pixel = scale_at(sky, x, y)
        if here is None or there is None or pixel is None:
            return here is None and own is not None
        return separation(_pair(here), _pair(there)) < NEAR * pixel


def _pair(place: tuple[float, float]) -> NDArray[np.float64]:
    return np.array(place)
