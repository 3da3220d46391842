"""The sky around a frame, asked of services: a name, the sources of a catalogue, a picture."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QPointF, Signal

from astroview.core.errors import AstroviewError
from astroview.core.frame import Frame
from astroview.core.io.paths.temp_folders import HeldFolder
from astroview.core.sky.sky_map import SkyMap, scale_at, separation
from astroview.core.texts import Text
from astroview.ui.documents.file_controller import FileController
from astroview.ui.i18n.translate import tr
from astroview.ui.measure.regions_and_catalogue import RegionsAndCatalogue
from astroview.ui.process.thread_pool import Background
from astroview.ui.shell.action_registry import Commands
from astroview.ui.shell.notices import Notice
from astroview.ui.viewer.overlays.marks import Marks
from astroview.ui.viewer.viewer import Viewer
from astroview.ui.widgets.ask_text import ask_text

if TYPE_CHECKING:
    from astroview.core.sky_services.sky_questions import Field

SCRATCH = "astroview-sky-"  # begins the names of folders for what services sent
CONES = {"cone_gaia": "gaia", "cone_2mass": "2mass", "cone_simbad": "simbad"}
PICTURES = {"field_dss2": "dss2", "field_2mass": "2mass"}
ALONE = 0.1  # degrees around a name, without a frame


class SkyAround(QObject):
    """Asks only when its actions are chosen.

    Signals
    -------
    notice : `Notice`
    """

    notice = Signal(object)

    def __init__(
        self, viewer: Viewer, placed: RegionsAndCatalogue, marks: Marks, filing: FileController,
        commands: Commands,
    ) -> None:  # fmt: skip
        super().__init__(placed)
        self._viewer, self._placed, self._marks, self._filing = viewer, placed, marks, filing
        self._background = Background(1, self)
        self._held: HeldFolder | None = None
        self._frame: Frame | None = None
        self._sky: SkyMap | None = None
        commands.serve(
            {
                "find_name": self._ask_name,
                **{name: lambda _=False, c=c: self.cone(c) for name, c in CONES.items()},
                **{name: lambda _=False, s=s: self.picture(s) for name, s in PICTURES.items()},
            },
            possible=dict.fromkeys((*CONES, *PICTURES), lambda: self._sky is not None),
        )

    @property
    def busy(self) -> bool:
        return self._background.busy

    def close(self) -> None:
        """Wait for no answer; what came goes."""
        self._background.close(0.5)
        if self._held is not None:
            self._held.release()

    def show(self, frame: Frame | None, sky: SkyMap | None) -> None:
        """Another frame is looked at, and its sky is known."""
        self._frame, self._sky = frame, sky

    def find(self, name: str) -> None:
        """Go to an object by its name, or offer a picture of where it is."""
        from astroview.core.sky_services.sky_questions import position_of

        self._background.run(partial(position_of, name), partial(self._found, name), self._fail)

    def cone(self, catalogue: str) -> None:
        """Lay the sources of a catalogue over the frame."""
        from astroview.core.sky_services import sky_questions

        field = self._field()
        if field is not None:
            name = sky_questions.CATALOGUES.get(catalogue, ("SIMBAD",))[0]
            work = partial(sky_questions.cone, catalogue, field, self._folder())
            taken = partial(self._placed.open_catalogue, name=name)
            self._background.run(work, taken, self._fail)

    def picture(self, survey: str, field: Field | None = None) -> None:
        """Open a survey's picture of the field as a frame."""
        from astroview.core.sky_services import sky_questions

        wanted = field or self._field()
        if wanted is not None:
            work = partial(sky_questions.picture_of, survey, wanted, self._pixel(), self._folder())
            self._background.run(work, lambda path: self._filing.open([path]), self._fail)

    # ---- own -------------------------------------------------------------------------------

    def _found(self, name: str, at: tuple[float, float]) -> None:
        frame, sky = self._frame, self._sky
        if frame is not None and sky is not None and sky.system == "icrs":
            x, y = sky.to_places(np.array([at]))[0]
            if 0 <= x <= frame.shape[1] and 0 <= y <= frame.shape[0]:
                self._marks.target = QPointF(float(x), float(y))
                self._viewer.set_view(self._viewer.view.at(float(x), float(y)))
                self.notice.emit(Notice(Text("{name} is here.", name=name), "", "info"))
                return
        from astroview.core.sky_services.sky_questions import Field

        show = partial(self.picture, "dss2", Field(*at, ALONE))
        text = Text("{name} is at RA {at:.5f}°, Dec {at_2:+.5f}°.", name=name, at=at[0], at_2=at[1])
        hint = "No frame on show has it."
        self.notice.emit(Notice(text, hint, "info", "Picture of DSS2", show))

    def _field(self) -> Field | None:
        """The circle around the frame."""
        from astroview.core.sky_services.sky_questions import Field

        frame, sky = self._frame, self._sky
        if frame is None or sky is None:
            return None
        height, width = frame.shape
        corners = sky.to_sky(
            np.array([[width / 2, height / 2], [0, 0], [width, 0], [0, height], [width, height]])
        )
        if not np.isfinite(corners).all():
            hint = "Its corners lie beyond what its coordinates cover."
            self.notice.emit(Notice("The field of this frame is not known.", hint, "info"))
            return None
        radius = max(separation(corners[0], corner) for corner in corners[1:]) / 3600
        return Field(float(corners[0, 0]), float(corners[0, 1]), radius)

    def _pixel(self) -> float:
        """Degrees of a pixel that suits the frame: no finer than its own, and 1 arcsecond."""
        frame, sky = self._frame, self._sky
        own = scale_at(sky, frame.shape[1] / 2, frame.shape[0] / 2) if frame and sky else None
        return max(own or 1.0, 0.3) / 3600

    def _folder(self) -> Path:
        if self._held is None:
            self._held = HeldFolder(SCRATCH)
        return self._held.path

    def _ask_name(self) -> None:
        words = tr("Name of an object (asked of Sesame, CDS)")
        if name := (ask_text(self._viewer, tr("Find on the sky"), words) or "").strip():
            self.find(name)

    def _fail(self, error: AstroviewError) -> None:
        self.notice.emit(Notice.of(error))
