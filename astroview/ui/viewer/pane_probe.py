"""Reads what a pane of a picture shows under the mouse: the frame as its file has it."""

from __future__ import annotations

from PySide6.QtCore import QPointF

from astroview.ui.documents.session import Selection
from astroview.ui.viewer import panes
from astroview.ui.viewer.cursor_readout import CursorReadout
from astroview.ui.viewer.scene_controller import SceneController
from astroview.ui.viewer.viewer import Viewer


def read_pane(
    probe: CursorReadout,
    viewer: Viewer,
    stage: SceneController,
    chosen: Selection | None,
    layer: object,
    scene: QPointF | None,
) -> None:
    """Let the read-out read a scene point of the layer under the mouse, or nothing."""
    if layer is None or chosen is None or scene is None:
        probe.leave()
        return
    if tile := _tile(viewer, stage, layer):
        if own := stage.own_place(tile, scene):
            probe.point(own[0], None, own[1])
        return
    preview = bool(viewer.preview_of(panes.AFTER))
    # The values of a result are not those of the preview that is painted over it.
    probe.point(chosen.before, None if preview else chosen.after, scene)


def _tile(viewer: Viewer, stage: SceneController, layer: object) -> int:
    """The key of the document that a tile shows; 0 when it is none."""
    shown, tiles = viewer.shown, stage.tiles
    layers: list[object] = [one for one, _ in shown.grid] if shown else []
    return tiles[layers.index(layer)] if layer in layers and len(layers) == len(tiles) else 0
