"""Photometry of what is looked at: stars found, drawn or listed become a table."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from astroview.core.errors import AstroviewError
from astroview.core.frame import Frame, Window
from astroview.core.photometry.aperture_table import Apertures, NothingToMeasure
from astroview.core.sky.number_text import significant
from astroview.core.texts import Text
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.measure.photometry.photometry_page import PhotometryPage
from astroview.ui.measure.regions_and_catalogue import RegionsAndCatalogue
from astroview.ui.process.latest_only import Latest
from astroview.ui.process.thread_pool import Background
from astroview.ui.shell.action_registry import Commands
from astroview.ui.shell.notices import Notice
from astroview.ui.viewer.viewer import Viewer
from astroview.ui.widgets.side_pages import LatePage, SidePages
from astroview.ui.widgets.theme import Theme

if TYPE_CHECKING:
    from astroview.core.sky.catalogues import Catalogue
    from astroview.core.sky.measure_reports import Plot


class PhotometryController(QObject):
    """Serves the page of photometry.

    Signals
    -------
    notice : `Notice`
    """

    notice = Signal(object)

    def __init__(
        self, viewer: Viewer, sides: SidePages, placed: RegionsAndCatalogue, commands: Commands,
        theme: Theme, frames: Callable[[], list[Frame]],
    ) -> None:  # fmt: skip
        super().__init__(placed)
        self._viewer, self._placed, self._theme = viewer, placed, theme
        self._commands, self._frames = commands, frames
        self._background = Background(1, self)
        self._growing = Latest(self._background, self)
        self._growing.failed.connect(self._fail)
        self._late = LatePage(sides, self._make_page)
        self._frame: Frame | None = None
        self.table: Any = None
        self._measured: tuple[Catalogue, Frame, Apertures] | None = None
        self._rows: tuple[tuple[str, str], ...] = ()
        self.curve: Any = None  # of one star over all frames, while it is shown
        self._star: tuple[float, float] | None = None  # that was chosen in the table
        placed.picked.connect(self._grow)
        commands.serve(
            {
                "photometry": self._late.show,
                "catalogue_save": self._ask_target,
            },
            ticked={"photometry": lambda: self._late.shown},
            possible={"catalogue_save": lambda: placed.catalogue is not None},
        )

    def _make_page(self) -> PhotometryPage:
        page = PhotometryPage(self._theme)
        page.measure.connect(self.measure)
        page.curve.connect(self.measure_curve)
        page.save.connect(self._ask_target)
        page.table.connect(self._commands.actions["catalogue_table"].trigger)
        page.close_wished.connect(partial(self._late.show, on=False))
        self._show_frame(page)
        return page

    @property
    def page(self) -> PhotometryPage:
        """The page, made when it is first asked for."""
        return self._late()

    @property
    def busy(self) -> bool:
        return self._background.busy

    def close(self) -> None:
        """Work no more."""
        self._background.close()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        if self._late.made:
            self._late.made.set_theme(theme)

    def look(self, frame: Frame | None) -> None:
        """Another frame is looked at."""
        if frame is self._frame:
            return
        self._frame = frame
        self.curve = self._star = None
        if self._late.made:
            self._show_frame(self._late.made)

    def _show_frame(self, page: PhotometryPage) -> None:
        """The zero point of what is looked at, and nothing measured yet."""
        from astroview.core.photometry.zero_point import zero_point

        frame = self._frame
        found = zero_point(frame.header, frame.unit) if frame else None
        page.show_zero_point(found.magnitude if found else None, found.origin if found else "")
        page.show_outcome((), None)

    def measure(self) -> None:
        """Measure the stars that are chosen on the page."""
        frame = self._frame
        if frame is None:
            return
        try:
            how, places = self.page.apertures, self._places(frame)
        except NothingToMeasure as problem:
            self._fail(problem)
            return
        seen, scale = self._viewer.visible, 1
        window = Window(
            int(seen.top() * scale), int(seen.left() * scale), int(seen.height()) + 1,
            int(seen.width()) + 1,
        )  # fmt: skip
        work = partial(_measured, frame, places, window, how)
        self._background.run(work, partial(self._take, frame, how), self._fail)

    def measure_curve(self) -> None:
        """Measure one star in every open frame, by time."""
        from astroview.core.photometry.light_curve import light_curve

        frame = self._frame
        if frame is None:
            return
        kinds = ("circle", "annulus", "ellipse", "box", "point")
        drawn = [s.source for s in self._placed.store.shapes if s.source.kind in kinds]
        place = self._star or next((s.points[0] for s in drawn if s.included), None)
        try:
            if place is None:
                raise NothingToMeasure(
                    "No star is chosen", hint="Draw a circle around one, or choose it in the table."
                )
            how = self.page.apertures
        except NothingToMeasure as problem:
            self._fail(problem)
            return
        work = partial(light_curve, self._frames(), frame, (place[0], place[1]), how)
        self._background.run(work, self._take_curve, self._fail)

    def _take_curve(self, curve: Any) -> None:
        self.curve = curve
        rows = [("Frames", f"{len(curve):,}")]
        flux = np.asarray(curve["flux"], float)
        if len(flux) > 1 and np.median(flux) > 0:
            rows.append(("Scatter", f"{100 * np.std(flux) / np.median(flux):.2f} %"))
        self.page.show_outcome(tuple(rows), _curve_plot(curve))

    def _places(self, frame: Frame) -> NDArray[np.float64] | None:
        """Pixels (N, 2) of regions or sources; None: stars are searched for."""
        height = frame.shape[0]
        if self.page.where == "regions":
            kinds = ("circle", "annulus", "ellipse", "box", "point")
            found = [s.source.points[0] for s in self._placed.store.shapes
                     if s.source.kind in kinds and s.source.included]  # fmt: skip
            if not found:
                raise NothingToMeasure(
                    "This frame has no regions to measure", hint="Draw circles or points first."
                )
            return np.array(found)
        if self.page.where == "catalogue":
            places = self._placed.sources.places
            if not len(places):
                raise NothingToMeasure(
                    "No sources lie on this frame", hint="Open a catalogue first."
                )
            return np.column_stack([places[:, 0] - 0.5, height - places[:, 1] - 0.5])
        return None

    def _take(self, frame: Frame, how: Apertures, found: Catalogue) -> None:
        self.table, self._measured = found.table, (found, frame, how)
        self.curve = self._star = None
        table = found.table
        rows = [
            ("Stars", f"{len(table):,}"),
            (noted("Median sky"), significant(float(np.nanmedian(table["sky"])), 6)),
        ]
        if "mag" in table.colnames:
            known = np.ma.compressed(np.ma.asarray(table["mag"]))
            if known.size:
                rows.append((noted("Magnitudes"), f"{known.min():.2f} – {known.max():.2f}"))
        self._rows = tuple(rows)
        if frame is self._frame:
            self.page.show_outcome(self._rows, None)
        self._placed.set_catalogue(found)
        self._commands.update()

    def _grow(self, source: int, _report: object) -> None:
        """A star was chosen: its growth curve."""
        if self._measured is None or self._placed.catalogue is not self._measured[0]:
            return
        catalogue, frame, how = self._measured
        row = catalogue.table[int(catalogue.rows[source])]
        place = self._star = float(row["x"]) - 1, float(row["y"]) - 1
        self.curve = None
        self._growing.wish(
            partial(_growth, frame, place, how),
            lambda plot: self.page.show_outcome(self._rows, plot),
        )

    # ---- files -----------------------------------------------------------------------------

    def save_table(self, path: Path) -> None:
        """Write the table that is shown."""
        from astroview.core.photometry.table_files import write_stars

        catalogue = self._placed.catalogue
        table = self.curve if self.curve is not None else catalogue and catalogue.table
        if table is not None:
            told = Notice.saved(path)
            work = partial(write_stars, path, table)
            self._background.run(work, lambda _: self.notice.emit(told), self._fail)

    def _ask_target(self) -> None:
        kinds = f"ECSV (*.ecsv);;CSV (*.csv);;{tr('All files (*)')}"
        name, _ = QFileDialog.getSaveFileName(
            self._viewer, tr("Save the table"), "stars.ecsv", kinds
        )
        if name:
            self.save_table(Path(name))

    def _fail(self, error: AstroviewError) -> None:
        self.notice.emit(Notice.of(error))


def _measured(
    frame: Frame, places: NDArray[np.float64] | None, window: Window, how: Apertures
) -> Catalogue:
    from astroview.core.photometry.aperture_table import find_stars, measure_stars
    from astroview.core.sky.catalogue_positions import Positions
    from astroview.core.sky.catalogues import Catalogue, catalogue_of

    found = find_stars(frame, window, how.fwhm) if places is None else places
    table = measure_stars(frame, found, how)
    name = tr("Stars of {name}", name=frame.name)
    if "ra" in table.colnames:
        return catalogue_of(table, name)
    nowhere, by = np.zeros((len(table), 2)), ("x", "y")
    return Catalogue(
        name, table, nowhere, np.arange(len(table)), by, Positions(nowhere, by), seen_in=frame
    )


def _curve_plot(curve: Any) -> Plot:
    """Magnitudes, or fluxes where there are none, by day; by number where nobody says when."""
    from astroview.core.sky.measure_reports import Plot, Series

    timed = "mjd" in curve.colnames
    days = np.ma.filled(curve["mjd"], np.nan) if timed else np.arange(1.0, len(curve) + 1)
    start = float(np.floor(np.nanmin(days))) if timed else 0.0
    name = "mag" if "mag" in curve.colnames else "flux"
    values = np.ma.filled(np.ma.asarray(curve[name], float), np.nan)
    axis = Text("MJD - {start:.0f}", start=start) if timed else tr("frame")
    series = Series(np.asarray(days, float) - start, values, "dots", "accent")
    return Plot((series,), axis, name)


def _growth(frame: Frame, place: tuple[float, float], how: Apertures) -> Plot:
    from astroview.core.photometry.aperture_table import growth
    from astroview.core.sky.measure_reports import Plot, Series

    radii, flux = growth(frame, place, how).T
    unit = f" ({frame.own_unit})" if frame.own_unit else ""
    return Plot(
        (Series(radii, flux, "line", "accent"),),
        "radius (px)",
        Text("flux inside{unit}", unit=unit),
    )
