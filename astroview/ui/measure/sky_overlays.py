"""The sky on the picture: grid, compass and scale, panner; and how positions are read."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QSizeF, Signal

from astroview.core.frame import Frame
from astroview.core.sky.sky_map import SkyMap, SkyWords, sky_map
from astroview.ui.process.latest_only import Latest
from astroview.ui.process.thread_pool import Background
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.render.layer import Layer
from astroview.ui.shell.action_registry import Commands
from astroview.ui.viewer.navigator import Navigator
from astroview.ui.viewer.overlays.compass_and_scale import Furniture
from astroview.ui.viewer.overlays.pane_sky import PaneSky
from astroview.ui.viewer.overlays.sky_grid import SkyGrid
from astroview.ui.viewer.paint_layers import Placing
from astroview.ui.viewer.viewer import Viewer


class SkyOverlays(QObject):
    """Finds the sky of the frame that is looked at, draws it, and serves its switches.

    Signals
    -------
    mapped : (`Frame` | None, `SkyMap` | None); the frame that is looked at, once its sky is known
    words_changed : `SkyWords`; positions are read in another way
    """

    mapped = Signal(object, object)
    words_changed = Signal(object)

    def __init__(
        self,
        viewer: Viewer,
        memory: RememberedChoices,
        commands: Commands,
        background: Background,
    ) -> None:
        super().__init__(viewer)
        self._viewer, self._memory, self._commands = viewer, memory, commands
        self._panes = PaneSky(self._layer_of)
        self.furniture = Furniture(self._panes)
        self.grid = SkyGrid(Latest(background, self), self._panes)
        self.navigator = Navigator(viewer, Latest(background, self))
        self._mapping = Latest(background, self)
        self._frame: Frame | None = None
        self._sky: SkyMap | None = None
        viewer.view_changed.connect(lambda _: self._ask_grid())
        viewer.mode_changed.connect(lambda _: self._ask_grid())
        self.grid.changed.connect(viewer.update)
        self._serve()
        self._remembered()

    def _serve(self) -> None:
        self._commands.serve(
            {
                "furniture": lambda on: self._switch("furniture", on),
                "grid": lambda on: self._switch("grid", on),
                "magnifier": lambda on: self._switch("magnifier", on),
                "panner": lambda on: self._switch("panner", on),
                "sky_icrs": lambda: self._read_in(system="icrs"),
                "sky_galactic": lambda: self._read_in(system="galactic"),
                "sky_sexagesimal": lambda: self._read_in(style="sexagesimal"),
                "sky_degrees": lambda: self._read_in(style="degrees"),
            },
            ticked={
                "furniture": lambda: self.furniture.on,
                "grid": lambda: self.grid.on,
                "magnifier": lambda: self._memory.settings.know.magnifier,
                "panner": lambda: self._memory.settings.know.panner,
                "sky_icrs": lambda: self.words.system == "icrs",
                "sky_galactic": lambda: self.words.system == "galactic",
                "sky_sexagesimal": lambda: self.words.style == "sexagesimal",
                "sky_degrees": lambda: self.words.style == "degrees",
            },
        )

    @property
    def words(self) -> SkyWords:
        """How positions are read."""
        know = self._memory.settings.know
        return SkyWords(know.system, know.style)

    def _layer_of(self, at: Placing) -> Layer | None:
        shown = self._viewer.shown
        return shown.layer(at.pane.shows) if shown else None

    def shared(self, at: Placing) -> bool:
        """Whether what lies on the frame that is looked at lies on what a pane shows as well."""
        return self._frame is None or self._panes.shared(at, self._frame, self._sky)

    def look(self, frame: Frame | None) -> None:
        """Another frame is looked at."""
        self._frame = frame
        if frame is None:
            self._mapped(None, None)
        else:
            work = partial(sky_map, frame, self.words.system)
            self._mapping.wish(work, partial(self._mapped, frame))

    def _mapped(self, frame: Frame | None, sky: SkyMap | None) -> None:
        if frame is not self._frame:
            return
        self._sky = sky
        self.furniture.show(frame, sky)
        self.grid.show(frame, sky, self.words)
        self.mapped.emit(frame, sky)
        self._ask_grid()
        self._viewer.update()

    def _ask_grid(self) -> None:
        viewer = self._viewer
        self.grid.look(viewer.view.visible(QSizeF(viewer.size())), viewer.view.zoom)

    def _remembered(self) -> None:
        know = self._memory.settings.know
        self.furniture.on, self.grid.on = know.furniture, know.grid
        self.navigator.show_part("panner", know.panner)
        self.navigator.show_part("magnifier", know.magnifier)

    def _switch(self, name: str, on: bool) -> None:
        self._memory.keep_know(replace(self._memory.settings.know, **{name: on}))
        self._remembered()
        self._ask_grid()
        self._viewer.update()
        self._commands.update()

    def _read_in(self, **choice: str) -> None:
        self._memory.keep_know(replace(self._memory.settings.know, **choice))  # type: ignore[arg-type]
        if self._frame is not None:
            self.look(self._frame)
        self.words_changed.emit(self.words)
        self._commands.update()
