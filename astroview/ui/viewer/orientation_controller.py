"""How the picture is turned: as stored, with north up and east left, or as its user wants it."""

from __future__ import annotations

from dataclasses import replace
from math import atan2, degrees

from PySide6.QtCore import QObject, Signal

from astroview.core.frame import Frame
from astroview.core.lazy_dataclass import dataclass
from astroview.core.sky.compass import Compass, compass_at
from astroview.core.sky.sky_map import SkyMap
from astroview.ui.i18n.translate import tr
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.shell.action_registry import Commands
from astroview.ui.shell.notices import Notice
from astroview.ui.viewer.viewer import Viewer
from astroview.ui.widgets.decimal_box import ask_number


@dataclass(frozen=True)
class Orientation:
    """Degrees clockwise on the screen, after mirroring left to right."""

    turn: float = 0.0
    mirrored: bool = False


def north_up(compass: Compass) -> Orientation:
    """The orientation that brings north to the top and east to the left."""
    (nx, ny), (ex, ey) = compass.north, compass.east
    mirrored = nx * ey - ny * ex > 0  # east lies clockwise of north, as on a map of the Earth
    nx = -nx if mirrored else nx
    return Orientation((-90.0 - degrees(atan2(ny, nx))) % 360, mirrored)


class OrientationController(QObject):
    """Keeps an orientation for each frame, or north up for all of them.

    Signals
    -------
    notice : `Notice`
    """

    notice = Signal(object)

    def __init__(self, viewer: Viewer, memory: RememberedChoices, commands: Commands) -> None:
        super().__init__(viewer)
        self._viewer, self._memory, self._commands = viewer, memory, commands
        self._own: dict[str, Orientation] = {}
        self._frame: Frame | None = None
        self._compass: Compass | None = None
        commands.serve(
            {
                "north_up": self._north_up,
                "turn_left": lambda: self.turn_by(-90),
                "turn_right": lambda: self.turn_by(90),
                "turn_to": self._ask,
                "mirror": self.mirror,
                "mirror_down": lambda: self.mirror(down=True),
                "orient_reset": self.reset,
            },
            ticked={"north_up": lambda: self.keeps_north_up},
            possible={"orient_reset": lambda: viewer.view.oriented},
        )

    @property
    def keeps_north_up(self) -> bool:
        """Whether every frame with a sky is shown with north up."""
        return self._memory.settings.know.north_up

    def show(self, frame: Frame | None, sky: SkyMap | None) -> None:
        """Another frame is looked at, and its sky is known."""
        self._frame = frame
        height, width = frame.shape if frame else (0, 0)
        self._compass = compass_at(sky, width / 2, height / 2) if sky else None
        self._apply()

    def turn_by(self, turn: float) -> None:
        """Turn clockwise on the screen."""
        view = self._viewer.view
        self._take(Orientation((view.turn + turn) % 360, view.mirrored))

    def mirror(self, _: bool = False, down: bool = False) -> None:
        """Mirror what is seen left to right, or top to bottom."""
        view = self._viewer.view
        turn = (180.0 if down else 0.0) - view.turn
        self._take(Orientation(turn % 360, not view.mirrored))

    def turn_to(self, turn: float) -> None:
        """Turn the picture to an angle, clockwise on the screen."""
        self._take(Orientation(turn % 360, self._viewer.view.mirrored))

    def reset(self) -> None:
        """Show the frame as it is stored."""
        self._take(Orientation())

    def _take(self, wanted: Orientation) -> None:
        """An orientation of the frame's own: north is up no longer."""
        if self.keeps_north_up:
            self._keep(on=False)
        self._own[_name(self._frame)] = wanted
        self._apply()

    def _north_up(self, on: bool) -> None:
        if on and self._frame is not None and self._compass is None:
            hint = "It has no sky coordinates (WCS)."
            self.notice.emit(Notice("North of this frame is not known.", hint, "info"))
        self._keep(on)
        if not on:
            self._own.pop(_name(self._frame), None)
        self._apply()

    def _keep(self, on: bool) -> None:
        self._memory.keep_know(replace(self._memory.settings.know, north_up=on))

    def _apply(self) -> None:
        if self.keeps_north_up and self._compass is not None:
            wanted = north_up(self._compass)
        else:
            wanted = self._own.get(_name(self._frame), Orientation())
        self._viewer.orient(wanted.turn, wanted.mirrored)
        self._commands.update()

    def _ask(self) -> None:
        title, words = tr("Turn the picture"), tr("Degrees, clockwise")
        turn = ask_number(self._viewer, title, words, self._viewer.view.turn, (-360, 360), 2)
        if turn is not None:
            self.turn_to(turn)


def _name(frame: Frame | None) -> str:
    return f"{frame.path} {frame.hdu} {frame.shape}" if frame is not None else ""
