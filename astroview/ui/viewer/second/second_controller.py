"""Opens and closes the second window, keeps it in step, and with the session."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QEvent, QObject, QPointF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QMainWindow

from astroview.core.frame import Frame
from astroview.core.lazy_dataclass import dataclass
from astroview.ui.documents.comparison import Mode
from astroview.ui.documents.document import Document
from astroview.ui.documents.session import Session
from astroview.ui.measure.regions.region_store import RegionStore
from astroview.ui.process.thread_pool import Background
from astroview.ui.render.overviews import OverviewBuilder
from astroview.ui.shell.action_registry import Commands
from astroview.ui.viewer import panes
from astroview.ui.viewer.cursor_readout import CursorReadout
from astroview.ui.viewer.frames_on_grid import FramesOnGrid
from astroview.ui.viewer.overlays.region_overlay import Shapes
from astroview.ui.viewer.paint_layers import Overlay, Placing
from astroview.ui.viewer.pane_probe import read_pane
from astroview.ui.viewer.scene_controller import SceneController
from astroview.ui.viewer.second.second_window import SecondWindow
from astroview.ui.viewer.second.session_mirror import SessionMirror, Shows
from astroview.ui.viewer.second.view_link import LinkedView, ViewLink
from astroview.ui.viewer.viewer import Viewer
from astroview.ui.widgets.theme import Theme, ThemeKeeper

KEPT_FOR_THE_FIRST = ("full", "quit", "cancel", "panels", "walk", "fit", "one", "two", "zoom_in",
                      "zoom_out")  # fmt: skip


@dataclass(frozen=True)
class SecondDeps:
    """What of the first window this needs. ``laid`` are overlays that belong to its scene."""

    window: QMainWindow
    session: Session
    viewer: Viewer
    background: Background
    scratch: Callable[[str], Path]
    commands: Commands
    probe: CursorReadout
    regions: RegionStore
    laid: tuple[Overlay, ...]
    themes: ThemeKeeper


class SecondController(QObject):
    """Serves *Second window*, and is a room of the session.

    Signals
    -------
    changed : it opened, closed, or shows something else
    notice : `Notice`
    """

    changed = Signal()
    notice = Signal(object)

    def __init__(self, given: SecondDeps) -> None:
        super().__init__(given.window)
        self._given = given
        self.room: SecondRoom | None = None
        given.commands.serve(
            {"second": self._switch}, ticked={"second": lambda: self.room is not None}
        )

    @property
    def settled(self) -> bool:
        """Whether it is closed, or fully drawn."""
        return self.room is None or self.room.settled

    def open(self) -> SecondRoom:
        """Open it, or bring it to the front."""
        if self.room is None:
            self.room = SecondRoom(self._given, self)
            self.room.window.ended.connect(self._ended)
            self.room.changed.connect(self.changed)
            self.room.stage.notice.connect(self.notice)
            self.room.window.come_up()
            self._given.commands.update()
            self.changed.emit()
        else:
            self.room.window.raise_()
        return self.room

    def close(self) -> None:
        """Close it, if it is open."""
        if self.room is not None:
            self.room.window.close()

    def _ended(self) -> None:
        room, self.room = self.room, None
        if room is not None:
            room.close()
            self._given.commands.update()
            self.changed.emit()

    def _switch(self, on: bool) -> None:
        if on:
            self.open()
        else:
            self.close()

    # ---- with the session ------------------------------------------------------------------

    def save(self) -> dict[str, Any]:
        """Plain JSON for the session; nothing of a window that is closed."""
        if self.room is None:
            return {}
        window, shows = self.room.window, self.room.mirror.shows
        place = bytes(window.saveGeometry().toBase64().data()).decode()
        locked = self.room.link.on
        return {"shows": shows.what, "row": list(shows.row), "locked": locked, "place": place}

    def restore(self, told: dict[str, Any], keys: dict[int, int]) -> None:
        """Raises ValueError, KeyError or TypeError for what `save` did not write."""
        if not told:
            return
        key, result = told["row"]
        shows = Shows(told["shows"], (keys.get(int(key), 0), str(result)))
        if shows.what not in ("looked_at", "tiles", "held"):
            raise ValueError(f"nothing is shown as {shows.what}")
        if shows.what == "held" and not shows.row[0]:
            shows = Shows()
        room = self.open()
        room.window.restoreGeometry(QByteArray.fromBase64(str(told["place"]).encode()))
        room.show(shows)
        room.lock(bool(told["locked"]))


class SecondRoom(QObject):
    """The parts of an open second window.

    Signals
    -------
    changed : it shows something else, or moves with the first window no longer
    """

    changed = Signal()

    def __init__(self, given: SecondDeps, parent: QObject) -> None:
        super().__init__(parent)
        self._given = given
        actions = given.commands.actions
        self.window = SecondWindow(actions["full"].shortcuts())
        self.viewer = self.window.viewer
        self.mirror = SessionMirror(given.session, self)
        self._builder = OverviewBuilder(given.scratch, self)
        self.stage = SceneController(
            self.mirror.session, self.viewer, given.background, self._builder, self
        )
        self.link = ViewLink(
            (
                LinkedView(given.viewer, lambda: _scene_of(given.session)),
                LinkedView(self.viewer, lambda: _scene_of(self.mirror.session)),
            ),
            FramesOnGrid(given.background, self),
            lambda: given.session.comparison.lock,
            self,
        )
        self._regions = Shapes()
        self.viewer.add_overlay(self._regions)
        for overlay in given.laid:
            self.viewer.add_overlay(OfOneScene(overlay, lambda: self._same))
        given.viewer.installEventFilter(self)
        kept = KEPT_FOR_THE_FIRST
        self.window.addActions([action for name, action in actions.items() if name not in kept])
        self._zooms()
        self._connect()
        self.viewer.set_mode(self.mirror.session.comparison.mode)
        self.window.lock.setChecked(True)
        self._set_theme(given.themes.theme)
        self._listed()
        self._look()

    @property
    def settled(self) -> bool:
        """Whether all of it is on the screen."""
        return self.stage.settled

    @property
    def _same(self) -> bool:
        """Whether both windows show the same scene."""
        mine = _scene_of(self.mirror.session)
        return mine is not None and mine is _scene_of(self._given.session)

    def show(self, shows: Shows) -> None:
        """Show something else."""
        self.mirror.show(shows)
        self._listed()
        self._look()
        self.changed.emit()

    def lock(self, on: bool) -> None:
        """Move with the first window, or do not."""
        self.link.on = on
        self.window.lock.setChecked(on)
        self.link.follow()
        self.changed.emit()

    def close(self) -> None:
        """Show nothing more, and go."""
        self._given.viewer.removeEventFilter(self)
        self.link.on = False
        self.mirror.close()
        self.stage.show(None)
        self._builder.close()
        self.window.deleteLater()
        self.deleteLater()

    # ---- wiring ----------------------------------------------------------------------------

    def _connect(self) -> None:
        given, mirrored, window = self._given, self.mirror.session, self.window
        window.wished.connect(self.show)
        window.locked.connect(self.lock)
        window.used.connect(lambda: self.viewer.gestures.set_preset(given.viewer.gestures.preset))
        mirrored.selected.connect(self._look)
        mirrored.displayed.connect(self._displayed)
        for signal in (mirrored.changed, mirrored.removed, mirrored.arranged):
            signal.connect(self._listed)
        self.stage.shown.connect(self.link.follow)
        given.regions.shown.connect(self._show_regions)
        given.themes.changed.connect(self._set_theme)
        self.viewer.stepped.connect(given.session.step)
        self.viewer.pane_clicked.connect(self._choose_pane)
        self.viewer.pointed.connect(self._pointed)

    def _zooms(self) -> None:
        """Keys that zoom mean the picture of the window that they are pressed in."""
        viewer, actions = self.viewer, self._given.commands.actions
        for name, act in {
            "fit": viewer.fit,
            "one": lambda: viewer.one_to_one(1),
            "two": lambda: viewer.one_to_one(2),
            "zoom_in": lambda: viewer.zoom_step(up=True),
            "zoom_out": lambda: viewer.zoom_step(up=False),
        }.items():
            own = actions[name]
            copy = self.window.addAction(own.text())
            copy.setShortcuts(own.shortcuts())
            copy.triggered.connect(act)

    def _look(self) -> None:
        chosen = self.mirror.session.selection
        self.link.hold()
        self.stage.show(chosen)
        self._show_regions()
        self._tell_title()

    def _tell_title(self) -> None:
        name = self.mirror.session.looked_at
        self.window.setWindowTitle(f"{name} – astroview 2" if name else "astroview 2")

    def _displayed(self, document: Document) -> None:
        chosen = self.mirror.session.selection
        if chosen and chosen.document is document:
            self.stage.set_display(document.display)

    def _listed(self, *_: object) -> None:
        session = self.mirror.session
        rows = [
            (Shows("held", (d.key, r.id if r else "")), session.called(d, r))
            for d in session.documents.values() for r in (None, *d.results)
        ]  # fmt: skip
        self.window.offer(rows, self.mirror.shows)
        self._tell_title()

    def _show_regions(self) -> None:
        chosen = self.mirror.session.selection
        self._regions.show(self._given.regions.of(chosen.original) if chosen else ())
        self.viewer.update()

    def _set_theme(self, theme: Theme) -> None:
        self.viewer.set_surround(theme.surround)

    def _choose_pane(self, shows: int) -> None:
        at = shows - panes.GRID
        if self.viewer.mode is Mode.TILE and 0 <= at < len(self.stage.tiles):
            self._given.session.select(self.stage.tiles[at])

    def _pointed(self, layer: object, scene: object) -> None:
        place = scene if isinstance(scene, QPointF) else None
        chosen = self.mirror.session.selection
        read_pane(self._given.probe, self.viewer, self.stage, chosen, layer, place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is laid over the first picture changes as that is painted anew."""
        if event.type() == QEvent.Type.Paint and self._given.laid and self._same:
            self.viewer.update()
        return False


class OfOneScene:
    """An overlay of the first window's scene, on the second one while that shows it too."""

    def __init__(self, overlay: Overlay, same: Callable[[], bool]) -> None:
        self._overlay, self._same = overlay, same

    def paint(self, painter: QPainter, at: Placing) -> None:
        if self._same():
            self._overlay.paint(painter, at)


def _scene_of(session: Session) -> Frame | None:
    """The frame whose pixels are the scene."""
    return session.selection.original if session.selection else None
