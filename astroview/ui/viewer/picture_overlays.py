"""Crosshair, colour bar and contours: switched on and off, kept in step with the picture."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, QPointF, Signal

from astroview.core.colour.band_stretch import BandStretch
from astroview.core.colour.contour_lines import ContourLine, contour_lines, usual_levels
from astroview.core.colour.stretch import Stretch, auto_stretch
from astroview.core.frame import Frame
from astroview.core.sky.sky_map import SkyMap
from astroview.core.texts import Text
from astroview.ui.i18n import numbers
from astroview.ui.i18n.translate import local, tr
from astroview.ui.process.latest_only import Latest
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.render.layer import Layer
from astroview.ui.shell.action_registry import Commands
from astroview.ui.shell.notices import Notice
from astroview.ui.viewer.overlays.colour_bar import ColourBar
from astroview.ui.viewer.overlays.contours import Contours
from astroview.ui.viewer.overlays.crosshair import Crosshair
from astroview.ui.viewer.paint_layers import Placing
from astroview.ui.viewer.viewer import Viewer
from astroview.ui.widgets.ask_text import ask_text


class PictureOverlays(QObject):
    """Serves what is laid over the picture on wish.

    Signals
    -------
    notice : `Notice`
    """

    notice = Signal(object)

    def __init__(
        self, viewer: Viewer, memory: RememberedChoices, commands: Commands, latest: Latest
    ) -> None:
        super().__init__(viewer)
        self._viewer, self._memory, self._commands = viewer, memory, commands
        self._latest = latest
        self.crosshair, self.contours = Crosshair(), Contours()
        self.colour_bar = ColourBar(self._layer_of)
        self._frame: Frame | None = None
        self._sky: SkyMap | None = None
        self._pointed_in: tuple[Frame | None, SkyMap | None] = (None, None)
        self._wanted = False  # contours
        self._levels: tuple[float, ...] = ()  # typed ones; none: by the display
        self._held: tuple[Frame, SkyMap, tuple[ContourLine, ...]] | None = None
        for overlay in (self.contours, self.colour_bar, self.crosshair):
            viewer.add_overlay(overlay)
        viewer.pointed.connect(self._point)
        viewer.shown_changed.connect(self._trace)
        latest.failed.connect(lambda error: self.notice.emit(Notice.of(error)))
        commands.serve(
            {
                "crosshair": lambda on: self._switch("crosshair", on),
                "colour_bar": lambda on: self._switch("colour_bar", on),
                "contours": self.show_contours,
                "contour_levels": self._ask_levels,
                "contours_hold": self.hold,
            },
            ticked={
                "crosshair": lambda: self.crosshair.on,
                "colour_bar": lambda: self.colour_bar.on,
                "contours": lambda: self._wanted,
                "contours_hold": lambda: self._held is not None,
            },
            possible={"contours_hold": lambda: self._wanted},
        )
        self._remembered()

    def show(self, frame: Frame | None, sky: SkyMap | None) -> None:
        """Another frame is looked at, and its sky is known."""
        self._frame, self._sky = frame, sky
        self._keep_place()
        self._trace()

    # ---- contours --------------------------------------------------------------------------

    def show_contours(self, on: bool) -> None:
        """Draw contours of the frame that is looked at."""
        self._wanted = on
        if not on:
            self._held = None
        self._trace()
        self._commands.update()

    def set_levels(self, levels: tuple[float, ...]) -> None:
        """Draw these levels; none: those of the display."""
        self._levels = levels
        self._wanted, self._held = True, None
        self._trace()
        self._commands.update()

    def hold(self, on: bool) -> None:
        """Draw the contours of this frame over every other one, by the sky."""
        self._held = None
        if on and self._frame is not None and self._sky is not None:
            self._held = (self._frame, self._sky, self.contours.lines)
        elif on:
            hint = "It has no sky coordinates (WCS)."
            self.notice.emit(Notice("Contours cannot be laid on other frames.", hint, "info"))
        self._trace()
        self._commands.update()

    def _trace(self) -> None:
        frame, held = self._frame, self._held
        shown = self._viewer.shown
        if not self._wanted or frame is None or shown is None:
            self._latest.drop()
            self._take(())
            return
        if held is not None and held[0] is not frame:
            self._take(())
            if self._sky is not None:
                self._latest.wish(partial(_laid, held[1], self._sky, held[2]), self._take)
            return
        stretch = shown.before.look.stretch if shown.before.frame is frame else None
        one = stretch.bands[0] if isinstance(stretch, BandStretch) else stretch
        self._latest.wish(partial(_traced, frame, self._levels, one), self._take)

    def _take(self, lines: tuple[ContourLine, ...]) -> None:
        self.contours.show(lines)
        self._viewer.update()

    def _ask_levels(self) -> None:
        known = local("  ".join(f"{line.level:.6g}" for line in self.contours.lines))
        words = tr("Levels, with blanks between them")
        text = ask_text(self._viewer, tr("Contours"), words, known)
        if text is None:
            return
        levels = numbers.listed(text)
        if levels is None:
            hint = "Write numbers such as 120 250 500; nothing for the usual ones."
            self.notice.emit(Notice(Text("{text} holds no levels.", text=text), hint))
            return
        self.set_levels(tuple(levels))

    # ---- crosshair and colour bar ------------------------------------------------------------

    def _switch(self, name: str, on: bool) -> None:
        self._memory.keep_know(replace(self._memory.settings.know, **{name: on}))
        self._remembered()
        self._viewer.update()
        self._commands.update()

    def _remembered(self) -> None:
        know = self._memory.settings.know
        self.crosshair.on, self.colour_bar.on = know.crosshair, know.colour_bar

    def _point(self, layer: Layer | None, scene: QPointF | None) -> None:
        if layer is None or scene is None:
            return
        self.crosshair.place = scene  # where it is to be when it is switched on
        self._pointed_in = (self._frame, self._sky)
        if self.crosshair.on:
            self._viewer.update()

    def _keep_place(self) -> None:
        """On another frame the crosshair stays at its place on the sky, where both have one."""
        (frame, old), new, place = self._pointed_in, self._sky, self.crosshair.place
        if frame is self._frame or old is None or new is None or place is None:
            return
        if old.system == new.system:
            there = new.to_places(old.to_sky(np.array([[place.x(), place.y()]])))[0]
            if np.isfinite(there).all():
                self.crosshair.place = QPointF(float(there[0]), float(there[1]))
        self._pointed_in = (self._frame, new)

    def _layer_of(self, at: Placing) -> Layer | None:
        shown = self._viewer.shown
        return shown.layer(at.pane.shows) if shown else None


def _traced(
    frame: Frame, levels: tuple[float, ...], stretch: Stretch | None
) -> tuple[ContourLine, ...]:
    """Lines at these levels, or at those that a display (or the usual one) shows evenly."""
    return contour_lines(frame, levels or usual_levels(stretch or auto_stretch(frame)))


def _laid(old: SkyMap, new: SkyMap, lines: tuple[ContourLine, ...]) -> tuple[ContourLine, ...]:
    """Contours of one frame in the places of another."""
    return tuple(
        ContourLine(one.level, tuple(new.to_places(old.to_sky(line)) for line in one.lines))
        for one in lines
    )
