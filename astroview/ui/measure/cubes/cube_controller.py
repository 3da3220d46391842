"""Spectra of what is pointed at or chosen, and pictures of collapsed planes as new frames."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Signal
from PySide6.QtGui import QGuiApplication

from astroview.core.errors import AstroviewError
from astroview.core.frame import Frame
from astroview.core.io.paths.temp_folders import HeldFolder
from astroview.core.lazy_dataclass import dataclass
from astroview.core.sky.region_geometry import Region
from astroview.ui.documents.file_controller import FileController
from astroview.ui.documents.frames_panel import FramesPanel
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.measure.regions.region_editor import RegionEditor
from astroview.ui.process.latest_only import Latest
from astroview.ui.process.thread_pool import Background
from astroview.ui.render.layer import Layer
from astroview.ui.shell.action_registry import Commands
from astroview.ui.shell.notices import Notice
from astroview.ui.viewer.viewer import Viewer
from astroview.ui.widgets.side_pages import LatePage, SidePages
from astroview.ui.widgets.theme import Theme

if TYPE_CHECKING:
    from astroview.core.cubes.cube_samples import Cube
    from astroview.ui.measure.cubes.spectrum_page import Spectrum, SpectrumPage

SCRATCH = "astroview-planes-"  # begins the names of folders for collapsed pictures


@dataclass(frozen=True)
class CubeRooms:
    """What of the window cubes need."""

    viewer: Viewer
    sides: SidePages
    frames: FramesPanel
    filing: FileController
    commands: Commands
    editor: RegionEditor
    theme: Theme


class CubeController(QObject):
    """Serves the page of spectra.

    Signals
    -------
    notice : `Notice`
    """

    notice = Signal(object)

    def __init__(self, rooms: CubeRooms) -> None:
        super().__init__(rooms.sides)
        self._rooms, self._theme = rooms, rooms.theme
        self._background = Background(1, self)
        self._latest = Latest(self._background, self)
        self._latest.failed.connect(self._fail)
        self._frame: Frame | None = None
        self._cube: Cube | None = None
        self._late = LatePage(rooms.sides, self._make_page)
        self._held: HeldFolder | None = None
        self.has_planes: Callable[[], bool] = lambda: rooms.frames.planes.planes > 1
        rooms.viewer.pointed.connect(self._point)
        rooms.editor.chosen.connect(self._choose)
        rooms.commands.serve(
            {"spectrum": self.show_page},
            ticked={"spectrum": lambda: self.showing},
            possible={"spectrum": self.has_planes},
        )

    @property
    def page(self) -> SpectrumPage:
        """The page, made when it is first asked for."""
        return self._late()

    def _make_page(self) -> SpectrumPage:
        from astroview.ui.measure.cubes.spectrum_page import SpectrumPage  # plots: slow to import

        page = SpectrumPage(self._theme)
        page.close_wished.connect(lambda: self.show_page(on=False))
        page.plane_wished.connect(self._go)
        page.collapse.connect(self.collapse)
        page.copy.connect(self.copy)
        return page

    @property
    def showing(self) -> bool:
        """Whether the page is on show."""
        return self._late.shown

    @property
    def busy(self) -> bool:
        return self._background.busy

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        if self._late.made is not None:
            self._late.made.set_theme(theme)

    def close(self) -> None:
        """Work no more; pictures that were made go."""
        self._background.close()
        if self._held is not None:
            self._held.release()

    def show_page(self, on: bool = True) -> None:
        """Show the page, or the controls again."""
        self._late.show(on)
        if on:
            self._choose()

    def look(self, frame: Frame | None) -> None:
        """Another frame, or another plane of the same cube, is looked at."""
        before, self._frame = self._frame, frame
        same = before is not None and frame is not None and _place(before) == _place(frame)
        if not same:
            self._cube = None
            if self._late.made is not None:
                self._late.made.show_spectrum(None, 0)
        elif self._late.made is not None and frame is not None:
            self._late.made.show_plane(frame.plane)
        if self.showing and not same:
            self._choose()

    def copy(self) -> None:
        """Copy the spectrum as text."""
        QGuiApplication.clipboard().setText(self.page.text)
        self.notice.emit(Notice("Copied as text.", "", "info"))

    # ---- spectra ---------------------------------------------------------------------------

    def _point(self, layer: Layer | None, scene: QPointF | None) -> None:
        if layer is None or scene is None or not self.showing or self._rooms.editor.region:
            return
        if self._frame is not None and self.has_planes():
            x, y = int(scene.x()), self._frame.shape[0] - 1 - int(scene.y())
            self._wish(partial(_at, x, y))

    def _choose(self) -> None:
        """The mean over the chosen region."""
        region = self._rooms.editor.region
        if self.showing and region is not None and self.has_planes():
            self._wish(partial(_over, region))

    def _wish(self, measure: Callable[[Cube], Spectrum | None]) -> None:
        frame = self._frame
        if frame is not None:
            self._latest.wish(
                partial(_measured, frame, self._cube, measure), partial(self._take, frame)
            )

    def _take(self, frame: Frame, found: tuple[Cube, Spectrum | None]) -> None:
        now = self._frame
        if now is None or _place(frame) != _place(now):
            return
        self._cube, spectrum = found
        if spectrum is not None:
            self.page.show_spectrum(spectrum, now.plane)

    def _go(self, plane: int) -> None:
        """The line in the plot was dragged."""
        planes = self._rooms.frames.planes
        if self._frame is not None and plane != self._frame.plane:
            planes.step(plane - self._frame.plane)

    # ---- collapsed -------------------------------------------------------------------------

    def collapse(self, way: str, first: int, last: int) -> None:
        """Make a picture of some planes and open it as a frame."""
        frame = self._frame
        if frame is None:
            return
        if self._held is None:
            self._held = HeldFolder(SCRATCH)
        work = partial(_collapsed, frame, way, first, last, self._held.path)
        self._background.run(work, lambda path: self._rooms.filing.open([path]), self._fail)

    def _fail(self, error: AstroviewError) -> None:
        self.notice.emit(Notice.of(error))


def _place(frame: Frame) -> tuple[object, ...]:
    return frame.path, frame.hdu, frame.shape


def _measured(
    frame: Frame, cube: Cube | None, measure: Callable[[Cube], Spectrum | None]
) -> tuple[Cube, Spectrum | None]:
    from astroview.core.cubes.cube_samples import cube_of

    known = cube or cube_of(frame)
    return known, measure(known)


def _at(x: int, y: int, cube: Cube) -> Spectrum | None:
    from astroview.core.cubes.cube_samples import spectrum_at
    from astroview.ui.measure.cubes.spectrum_page import Spectrum

    values = spectrum_at(cube, x, y)
    of = tr("Pixel {x}, {y} (FITS)", x=x + 1, y=y + 1)
    return Spectrum(cube.axis, values, of, cube.unit) if values.size else None


def _over(region: Region, cube: Cube) -> Spectrum | None:
    from astroview.core.cubes.cube_samples import spectrum_over
    from astroview.core.sky.regions.region_statistics import pixels_inside
    from astroview.ui.measure.cubes.spectrum_page import Spectrum

    found = pixels_inside(region, cube.shape[1:])
    if found is None:
        return None
    inside, at = found
    values = spectrum_over(cube, inside, at)
    return Spectrum(cube.axis, values, noted("Mean over the chosen region"), cube.unit)


def _collapsed(frame: Frame, way: str, first: int, last: int, folder: Path) -> Path:
    from astroview.core.cubes.cube_samples import collapsed, cube_of, write_collapsed

    cube = cube_of(frame)
    picture = collapsed(cube, way, first, last)  # type: ignore[arg-type]
    path = folder / f"{frame.name}_{way}_{first + 1}-{last + 1}.fits"
    return write_collapsed(path, cube, picture, way, first, last)  # type: ignore[arg-type]
