"""Which frame or result is looked at, and everything that shows it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPointF, Signal

from astroview.ui.documents.document import Document, LoadedFile, Result
from astroview.ui.documents.document_store import DocumentStore
from astroview.ui.documents.session import Selection, Session
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.render.display_settings import Display
from astroview.ui.render.layer import Layer
from astroview.ui.shell.notice import Notice
from astroview.ui.viewer import panes
from astroview.ui.viewer.cursor_readout import CursorReadout
from astroview.ui.viewer.panes import Mode
from astroview.ui.viewer.scene_controller import SceneController
from astroview.ui.window_layout import Body, Parts


class SelectionController(QObject):
    """Keeps viewer, panels, status bar and list in step with one selection.

    Signals
    -------
    changed
        Another selection, or the same with new contents or another display. Panels that show
        something of the selected frame connect here and ask for `selection`.
    titled : the window's title
    enhanced
        (`Document`, `Result`) that is looked at got a new result.
    notice : `Notice`
    """

    changed = Signal()
    titled = Signal(str)
    enhanced = Signal(object, object)
    notice = Signal(object)

    def __init__(
        self,
        session: Session,
        parts: Parts,
        body: Body,
        desk: DocumentStore,
        stage: SceneController,
        memory: RememberedChoices,
    ) -> None:
        super().__init__(body)
        self._session, self._parts, self._body = session, parts, body
        self._stage, self._memory = stage, memory
        self._open_plane = desk.open_plane
        session.selected.connect(self._show)
        session.displayed.connect(self._displayed)
        desk.opened.connect(self._opened)
        desk.finished.connect(self._result_ready)
        desk.glimpsed.connect(self._glimpsed)
        stage.shown.connect(desk.opening.proceed)
        desk.opening.standing.connect(parts.status.opening.show_standing)
        parts.status.opening.cancelled.connect(desk.opening.cancel)
        parts.frames.remove.connect(desk.remove)
        parts.frames.plane_chosen.connect(self._plane_chosen)
        parts.viewer.zoom_changed.connect(lambda _: self._show_zoom())
        parts.viewer.stepped.connect(session.step)
        parts.viewer.pane_clicked.connect(self._choose_pane)

    def connect_probe(self, probe: CursorReadout) -> None:
        """Read what is under the mouse, for the status bar."""
        self._parts.viewer.pointed.connect(partial(self._pointed, probe))
        probe.read.connect(self._parts.status.show_reading)

    @property
    def selection(self) -> Selection | None:
        """The session's."""
        return self._session.selection

    def _displayed(self, document: Document) -> None:
        """The selected frame and its results in another way."""
        self._memory.keep_display(document.loaded, document.display)
        if self.selection and self.selection.document is document:
            self._stage.set_display(document.display)
            self.changed.emit()

    def _choose_pane(self, shows: int) -> None:
        """Work on the tile that was clicked."""
        at = shows - panes.GRID
        if self._parts.viewer.mode is Mode.TILE and 0 <= at < len(self._stage.tiles):
            key = self._stage.tiles[at]
            if self.selection is None or self.selection.document.key != key:
                self._session.select(key)

    # ---- documents -----------------------------------------------------------------------

    def _glimpsed(self, loaded: LoadedFile | None, display: Display) -> None:
        """The picture alone, as soon as it can be seen; the rest of the document follows."""
        if self.selection is None:
            self._stage.glimpse(loaded.frame if loaded else None, display)
            self._body.show_picture(loaded is not None)

    def _opened(self, document: Document, look: bool) -> None:
        if look:
            self._parts.viewer.setFocus()
            self._session.select(document.key)

    def _plane_chosen(self, hdu: int, plane: int) -> None:
        if self.selection:
            self._open_plane(self.selection.document.key, hdu, plane)

    def _result_ready(self, document: Document, result: Result) -> None:
        show = partial(self._session.select, document.key, result.id)
        if self.selection and self.selection.document.key == document.key:
            self.enhanced.emit(document, result)
            show()
            self._parts.viewer.setFocus()
        else:
            self.notice.emit(
                Notice(f"{document.frame.name} is enhanced.", "", "done", "Show", show)
            )

    # ---- showing -----------------------------------------------------------------------

    def _show(self) -> None:
        selection = self.selection
        self._stage.show(selection)
        self._body.show_picture(selection is not None)
        if selection:
            self._fill_panels(selection)
        else:
            self._clear_panels()
        self.changed.emit()

    def _clear_panels(self) -> None:
        parts = self._parts
        parts.display.clear()
        parts.header.show_frame(None)
        parts.enhance.set_ready(ready=False)
        parts.enhance.show_used(None)
        parts.frames.planes.show_choices((), None, 0)
        parts.status.show_zoom(None)
        self.titled.emit("astroview")

    def _fill_panels(self, selection: Selection) -> None:
        parts, document, result = self._parts, selection.document, selection.result
        loaded = document.loaded
        frame = result.frame if result else loaded.frame
        parts.display.show_frame(document.display, loaded, painted=frame.chroma is not None)
        parts.header.show_frame(frame)
        grey, linear = loaded.frame.channels == 1, loaded.frame.kind == "linear"
        parts.enhance.set_ready(ready=True, grey=grey, linear=linear)
        parts.enhance.show_used(result.used if result else None)
        parts.frames.planes.show_choices(loaded.hdus, loaded.frame.hdu, loaded.frame.plane)
        self.titled.emit(f"{frame.name} – astroview")
        self._show_zoom()

    def _show_zoom(self) -> None:
        viewer = self._parts.viewer
        zoom = viewer.view.zoom * viewer.devicePixelRatioF()
        self._parts.status.show_zoom(zoom if self.selection else None)

    def _tile(self, layer: Layer) -> int:
        """The key of the document that a tile shows; 0 when it is none."""
        shown, tiles = self._parts.viewer.shown, self._stage.tiles
        layers = [one for one, _ in shown.grid] if shown else []
        return tiles[layers.index(layer)] if layer in layers and len(layers) == len(tiles) else 0

    def _pointed(self, probe: CursorReadout, layer: Layer | None, scene: object) -> None:
        if layer is None or self.selection is None:
            probe.leave()
            return
        if (tile := self._tile(layer)) and isinstance(scene, QPointF):
            if own := self._stage.own_place(tile, scene):
                probe.point(own[0], None, own[1])
            return
        preview = bool(self._parts.viewer.preview_of(panes.AFTER))
        # The values of a result are not those of the preview that is painted over it.
        after = None if preview else self.selection.after
        probe.point(self.selection.before, after, scene)  # type: ignore[arg-type]
