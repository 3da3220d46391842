"""Photometry of what is looked at: stars found, drawn or listed become a table."""

from __future__ import annotations

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
from astroview.ui.i18n.translate import tr
from astroview.ui.measure.photometry.photometry_page import PhotometryPage
from astroview.ui.measure.regions_and_catalogue import RegionsAndCatalogue
from astroview.ui.process.latest_only import Latest
from astroview.ui.process.thread_pool import Background
from astroview.ui.shell.action_registry import Commands
from astroview.ui.shell.notices import Notice
from astroview.ui.viewer.viewer import Viewer
from astroview.ui.widgets.side_pages import SidePages
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
        theme: Theme,
    ) -> None:  # fmt: skip
        super().__init__(placed)
        self._viewer, self._sides, self._placed = viewer, sides, placed
        self._commands = commands
        self._background = Background(1, self)
        self._growing = Latest(self._background, self)
        self._growing.failed.connect(self._fail)
        self.page = PhotometryPage(theme)
        sides.add(self.page)
        self._frame: Frame | None = None
        self.table: Any = None
        self._measured: tuple[Catalogue, Frame, Apertures] | None = None
        self._rows: tuple[tuple[str, str], ...] = ()
        self.page.measure.connect(self.measure)
        self.page.save.connect(self._ask_target)
        self.page.table.connect(commands.actions["catalogue_table"].trigger)
        self.page.close_wished.connect(lambda: sides.show_page(None))
        placed.picked.connect(self._grow)
        commands.serve(
            {
                "photometry": lambda on: sides.show_page(self.page if on else None),
                "catalogue_save": self._ask_target,
            },
            ticked={"photometry": lambda: sides.page is self.page},
            possible={"catalogue_save": lambda: placed.catalogue is not None},
        )

    @property
    def busy(self) -> bool:
        return self._background.busy

    def close(self) -> None:
        """Work no more."""
        self._background.close()

    def set_theme(self, theme: Theme) -> None:
        self.page.set_theme(theme)

    def look(self, frame: Frame | None) -> None:
        """Another frame is looked at."""
        from astroview.core.photometry.zero_point import zero_point

        if frame is self._frame:
            return
        self._frame = frame
        found = zero_point(frame.header, frame.unit) if frame else None
        self.page.show_zero_point(found.magnitude if found else None, found.origin if found else "")
        self.page.show_outcome((), None)

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
        table = found.table
        rows = [
            ("Stars", f"{len(table):,}"),
            ("Median sky", significant(float(np.nanmedian(table["sky"])), 6)),
        ]
        if "mag" in table.colnames:
            known = np.ma.compressed(np.ma.asarray(table["mag"]))
            if known.size:
                rows.append(("Magnitudes", f"{known.min():.2f} – {known.max():.2f}"))
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
        place = float(row["x"]) - 1, float(row["y"]) - 1
        self._growing.wish(
            partial(_growth, frame, place, how),
            lambda plot: self.page.show_outcome(self._rows, plot),
        )

    # ---- files -----------------------------------------------------------------------------

    def save_table(self, path: Path) -> None:
        """Write the table that is shown."""
        from astroview.core.photometry.table_files import write_stars

        catalogue = self._placed.catalogue
        if catalogue is not None:
            told = Notice(f"Saved {path.name}.", "", "done")
            work = partial(write_stars, path, catalogue.table)
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
    name = tr(f"Stars of {frame.name}")
    if "ra" in table.colnames:
        return catalogue_of(table, name)
    nowhere = np.zeros((len(table), 2))
    return Catalogue(
        name, table, nowhere, np.arange(len(table)), ("x", "y"), Positions(nowhere, ("x", "y"))
    )


def _growth(frame: Frame, place: tuple[float, float], how: Apertures) -> Plot:
    from astroview.core.photometry.aperture_table import growth
    from astroview.core.sky.measure_reports import Plot, Series

    radii, flux = growth(frame, place, how).T
    unit = f" ({frame.own_unit})" if frame.own_unit else ""
    return Plot((Series(radii, flux, "line", "accent"),), "radius (px)", "flux inside" + unit)
