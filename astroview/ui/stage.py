"""Puts the selected frame and result on the viewer, and keeps their layers."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from astroview.core.frame import Frame
from astroview.core.stretch import Stretch
from astroview.ui.background import Background
from astroview.ui.desk import Selection
from astroview.ui.display import Display, look
from astroview.ui.layer import Layer, Look
from astroview.ui.notices import Notice
from astroview.ui.overviews import OverviewBuilder
from astroview.ui.sampling import Overviews
from astroview.ui.viewer import Shown, Viewer


class Stage(QObject):
    """Old pictures stay on the viewer until the new ones are ready."""

    notice = Signal(object)
    shown = Signal()  # what was waited for is on the viewer

    def __init__(
        self, viewer: Viewer, background: Background, builder: OverviewBuilder, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._viewer, self._background, self._builder = viewer, background, builder
        builder.built.connect(self._averaged)
        self._layers: dict[int, Layer] = {}  # by id of their frame, which they keep alive
        self._own: dict[int, Stretch] = {}  # stretches of frames that need one of their own
        self._waiting: Shown | None = None
        self._scene: Frame | None = None
        self._glimpsed: Layer | None = None
        self._saturation: float | None = None

    @property
    def settled(self) -> bool:
        """Whether the selection is on screen, fully drawn."""
        return self._waiting is None and self._viewer.settled and not self._builder.busy

    def show(self, selection: Selection | None) -> None:
        """Show a document, or one of its results with its original."""
        if selection is None:
            self._clear()
            return
        result, document = selection.result, selection.document
        before = result.original if result else document.frame
        self._saturation = document.loaded.saturation
        keep = {id(before): self._layer(before, 1, document.display)}
        after = None
        if result:
            if result.stretch:
                self._own[id(result.frame)] = result.stretch
            after = self._layer(result.frame, result.frame.scale, document.display)
            keep[id(result.frame)] = after
        label = result.label if result else ""
        self._layers |= keep
        self._waiting = Shown(before.shape, keep[id(before)], after, label)
        self._swap()

    def glimpse(self, frame: Frame | None, display: Display) -> None:
        """Show a frame that is still being opened, or nothing after all."""
        self._clear()
        if frame is not None:
            self._glimpsed = self._layer(frame, 1, display)
            self._layers[id(frame)] = self._glimpsed
            self._waiting = Shown(frame.shape, self._glimpsed)

    def set_display(self, display: Display) -> None:
        """Show everything in another display."""
        for layer in self._layers.values():
            layer.set_look(self._look(layer.frame, display))

    def _look(self, frame: Frame, display: Display) -> Look:
        own = self._own.get(id(frame))
        return Look(own, display.invert) if own else look(display, frame.channels, self._saturation)

    def _layer(self, frame: Frame, per_scene: int, display: Display) -> Layer:
        wanted = self._look(frame, display)
        layer = self._layers.get(id(frame)) or self._adopted(frame)
        if layer is None:
            layer = Layer(frame, per_scene, wanted, self._background)
            layer.changed.connect(self._swap)
            layer.failed.connect(lambda error: self.notice.emit(Notice.of(error)))
        layer.set_look(wanted)
        return layer

    def _adopted(self, frame: Frame) -> Layer | None:
        """The layer of the glimpse, when it shows just these samples."""
        layer, self._glimpsed = self._glimpsed, None
        if layer is None or layer.frame.source != frame.source or frame.chroma is not None:
            return None
        del self._layers[id(layer.frame)]
        layer.frame = frame
        return layer

    def _clear(self) -> None:
        self._waiting = self._scene = self._glimpsed = None
        self._viewer.show_layers(None, keep_view=False)
        self._keep({})

    def _swap(self) -> None:
        """Bring the waiting pictures to the viewer once there is something of each to see."""
        shown = self._waiting
        if shown is None:
            return
        layers = [layer for layer in (shown.before, shown.after) if layer]
        if all(layer.patches or layer.settled for layer in layers):
            self._waiting = None
            same = self._scene is not None and _same_scene(self._scene, shown.before.frame)
            self._scene = shown.before.frame
            self._viewer.show_layers(shown, keep_view=same)
            self._keep({id(layer.frame): layer for layer in layers})
            self._viewer.repaint()  # now: what follows may keep the machine busy
            self.shown.emit()

    def _keep(self, layers: dict[int, Layer]) -> None:
        for key, layer in self._layers.items():
            if key not in layers:
                layer.close()
                self._own.pop(key, None)
        self._layers = layers
        self._builder.want(layer.frame for layer in layers.values())

    def _averaged(self, frame: Frame, overviews: Overviews) -> None:
        layer = self._layers.get(id(frame))
        if layer:
            layer.set_overviews(overviews)


def _same_scene(one: Frame, other: Frame) -> bool:
    return one.shape == other.shape and one.path == other.path
