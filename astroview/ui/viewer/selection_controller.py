"""Which frame or result is looked at, and everything that shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QPointF, Signal

from astroview.core.frame import Frame
from astroview.core.texts import Text
from astroview.ui.documents.comparison import Mode
from astroview.ui.documents.document import Document, LoadedFile, Result
from astroview.ui.documents.document_store import DocumentStore
from astroview.ui.documents.session import Selection, Session
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.render.display_settings import Display
from astroview.ui.render.layer import Layer
from astroview.ui.shell.notice import Notice
from astroview.ui.viewer import panes
from astroview.ui.viewer.cursor_readout import CursorReadout
from astroview.ui.viewer.pane_probe import read_pane
from astroview.ui.viewer.scene_controller import SceneController
from astroview.ui.viewer.viewer import Viewer


class ShowsSelection(Protocol):
    """A panel that shows something of what is looked at, or nothing for None."""

    def show_selection(self, selection: Selection | None) -> None: ...


class SelectionController(QObject):
    """Keeps the viewer and the panels in step with one selection.

    Signals
    -------
    changed
        Another selection, or the same with new contents or another display. Panels that show
        something of the selected frame connect here and ask for `selection`.
    titled : the window's title
    zoomed : device pixels to a frame pixel, or None without a frame
    enhanced
        (`Document`, `Result`) that is looked at got a new result.
    notice : `Notice`
    """

    changed = Signal()
    titled = Signal(str)
    zoomed = Signal(object)
    enhanced = Signal(object, object)
    notice = Signal(object)

    def __init__(
        self,
        session: Session,
        viewer: Viewer,
        panels: Sequence[ShowsSelection],
        show_picture: Callable[[bool], None],
        desk: DocumentStore,
        stage: SceneController,
        memory: RememberedChoices,
    ) -> None:
        super().__init__(viewer)
        self._session, self._viewer = session, viewer
        self._panels, self._show_picture = panels, show_picture
        self._stage, self._memory = stage, memory
        self._open_plane = desk.open_plane
        session.selected.connect(self._show)
        session.displayed.connect(self._displayed)
        for others in (session.changed, session.removed):  # that may have the same name
            others.connect(self._tell_title)
        desk.opened.connect(self._opened)
        desk.finished.connect(self._result_ready)
        desk.glimpsed.connect(self._glimpsed)
        stage.shown.connect(desk.opening.proceed)
        viewer.zoom_changed.connect(lambda _: self._tell_zoom())
        viewer.stepped.connect(session.step)
        viewer.pane_clicked.connect(self._choose_pane)

    def connect_probe(self, probe: CursorReadout) -> None:
        """Read what is under the mouse."""
        self._viewer.pointed.connect(partial(self._pointed, probe))

    def frames(self) -> list[Frame]:
        """All open frames, in their order."""
        return [document.frame for document in self._session.documents.values()]

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
        if self._viewer.mode is Mode.TILE and 0 <= at < len(self._stage.tiles):
            key = self._stage.tiles[at]
            if self.selection is None or self.selection.document.key != key:
                self._session.select(key)

    # ---- documents -----------------------------------------------------------------------

    def _glimpsed(self, loaded: LoadedFile | None, display: Display) -> None:
        """The picture alone, as soon as it can be seen; the rest of the document follows."""
        if self.selection is None:
            self._stage.glimpse(loaded.frame if loaded else None, display)
            self._show_picture(loaded is not None)

    def _opened(self, document: Document, look: bool) -> None:
        if look:
            self._viewer.setFocus()
            self._session.select(document.key)

    def open_plane(self, hdu: int | str, plane: int) -> None:
        """Show another image or plane of the file that is looked at."""
        if self.selection:
            self._open_plane(self.selection.document.key, hdu, plane)

    def _result_ready(self, document: Document, result: Result) -> None:
        show = partial(self._session.select, document.key, result.id)
        if self.selection and self.selection.document.key == document.key:
            self.enhanced.emit(document, result)
            show()
            self._viewer.setFocus()
        else:
            name = self._session.called(document)
            self.notice.emit(
                Notice(Text("{name} is enhanced.", name=name), "", "done", "Show", show)
            )

    # ---- showing -----------------------------------------------------------------------

    def _show(self) -> None:
        selection = self.selection
        self._stage.show(selection)
        self._show_picture(selection is not None)
        for panel in self._panels:
            panel.show_selection(selection)
        self._tell_title()
        self._tell_zoom()
        self.changed.emit()

    def _tell_title(self) -> None:
        name = self._session.looked_at
        self.titled.emit(f"{name} – astroview" if name else "astroview")

    def _tell_zoom(self) -> None:
        zoom = self._viewer.view.zoom * self._viewer.devicePixelRatioF()
        self.zoomed.emit(zoom if self.selection else None)

    def _pointed(self, probe: CursorReadout, layer: Layer | None, scene: object) -> None:
        place = scene if isinstance(scene, QPointF) else None
        read_pane(probe, self._viewer, self._stage, self.selection, layer, place)
