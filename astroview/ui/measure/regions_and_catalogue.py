"""Regions and a catalogue on the frame that is looked at: read, shown, chosen, saved."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from astroview.core.errors import AstroviewError
from astroview.core.frame import Frame
from astroview.core.sky.sky_map import sky_map
from astroview.core.texts import Text
from astroview.ui.i18n.translate import tr
from astroview.ui.measure.measure_marks import Measured
from astroview.ui.measure.regions.region_store import RegionStore
from astroview.ui.process.latest_only import Latest
from astroview.ui.process.thread_pool import Background
from astroview.ui.shell.notice import Notice
from astroview.ui.viewer.overlays.catalogue_overlay import Sources
from astroview.ui.viewer.overlays.region_overlay import Shapes
from astroview.ui.viewer.viewer import Viewer

if TYPE_CHECKING:
    from astroview.core.sky.catalogues import Catalogue
    from astroview.core.sky.region_files import Regions, RegionShape

STILL = 4.0  # a press that moved less is a click


class RegionsAndCatalogue(QObject):
    """Keeps regions for each frame, and one catalogue for all of them.

    Signals
    -------
    picked : (source, `MeasureReport` with its row); it was clicked, or chosen with `choose`
    catalogue_changed
        Another catalogue, or none.
    placed
        Other sources lie on the frame (see `on_frame`).
    notice : `Notice`
    """

    picked = Signal(int, object)
    catalogue_changed = Signal()
    placed = Signal()
    notice = Signal(object)

    def __init__(self, viewer: Viewer, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._viewer, self._background = viewer, background
        self._placing = Latest(background, self)
        self._placing.failed.connect(self._fail)
        self.store = RegionStore(self)
        self.shapes, self.sources = Shapes(), Sources()
        self.tool_in_hand: Callable[[], bool] = lambda: False
        self.catalogue: Catalogue | None = None
        self.frame: Frame | None = None
        self.sky = False  # whether the catalogue has places on the frame
        self._which: np.ndarray = np.empty(0, np.int64)
        self._chosen: int | None = None  # the source, wherever it lies
        self._pressed: QPointF | None = None
        for overlay in (self.shapes, self.sources):
            viewer.add_overlay(overlay)
        viewer.installEventFilter(self)

    def look(self, frame: Frame | None) -> None:
        """Another frame is looked at."""
        if frame is not self.frame:
            self.frame = frame
            self.store.look(frame)
            self._place()
            self._viewer.update()

    # ---- regions -------------------------------------------------------------------------

    def open_regions(self, path: Path) -> None:
        """Read a DS9 region file and add its regions to the frame."""
        if self.frame is not None:
            from astroview.core.sky import region_files

            work = partial(region_files.read_regions, path, self.frame)
            self._background.run(work, partial(self._add_file, self.frame), self._fail)

    def _add_file(self, frame: Frame, found: Regions) -> None:
        self._add(frame, tr("opened regions"), found.shapes)
        count = len(found.shapes)
        hint = " ".join(found.remarks)
        self.notice.emit(
            Notice(
                Text.counted(
                    "{name}: {count} region is shown.",
                    "{name}: {count} regions are shown.",
                    count,
                    name=found.name,
                ),
                hint,
                "info",
            )
        )

    def keep(self, measured: Measured | None) -> None:
        """Make a region of what was measured."""
        if measured is None or not measured.report.places or self.frame is None:
            hint = "Measure a line, a box or a star first."
            self.notice.emit(Notice("There is nothing to keep as a region.", hint, "info"))
            return
        from astroview.core.sky import region_files

        form = "circle" if measured.form == "star" else measured.form
        points = tuple((x / measured.per_scene, y / measured.per_scene)
                       for x, y in measured.report.places)  # fmt: skip
        work = partial(
            region_files.place_marks, [region_files.RegionMark(form, points)], self.frame
        )
        add = partial(self._add, self.frame, tr("new region"))
        self._background.run(work, add, self._fail)

    def save_regions(self, path: Path) -> None:
        """Write the frame's regions to a file."""
        if self.frame is not None and self.store.shapes:
            from astroview.core.sky import region_files

            on_sky = self.frame.wcs is not None
            work = partial(region_files.write_regions, path, self.store.shapes, self.frame, on_sky)
            told = Notice.saved(path)
            self._background.run(work, lambda _: self.notice.emit(told), self._fail)

    def clear_regions(self) -> None:
        """Take the frame's regions away; the notice brings them back."""
        old, frame = self.store.shapes, self.frame
        if not old or frame is None:
            return
        self.store.change((), tr("removed regions"))
        undo = partial(self.store.change, old, tr("opened regions"), frame)
        text = Text.counted("Removed {count} region.", "Removed {count} regions.", len(old))
        self.notice.emit(Notice(text, "", "info", "Undo", undo))

    def _add(
        self, frame: Frame, words: str, shapes: tuple[RegionShape, ...] | list[RegionShape]
    ) -> None:
        self.store.change((*self.store.of(frame), *shapes), words, frame)

    # ---- catalogue -----------------------------------------------------------------------

    def open_catalogue(self, path: Path, name: str = "") -> None:
        """Read a table and show its sources on every frame that has a sky."""
        work = partial(_read, path, name)
        self._background.run(work, partial(self.set_catalogue), self._fail)

    def set_catalogue(self, catalogue: Catalogue | None) -> None:
        """Show another catalogue, or none."""
        self.catalogue, self._chosen = catalogue, None
        self.catalogue_changed.emit()
        self._place(told=True)

    @property
    def on_frame(self) -> np.ndarray:
        """Sources of the catalogue that lie on the frame; all of them where it has no sky."""
        if self.catalogue is not None and self.sky:
            return self._which
        return np.arange(len(self.catalogue) if self.catalogue else 0)

    def _place(self, told: bool = False) -> None:
        self.sources.show(np.empty((0, 2)))
        self._which, self.sky = np.empty(0, np.int64), False
        self._viewer.update()
        if self.catalogue is None or self.frame is None:
            self.placed.emit()
            return
        work = partial(_on_frame, self.catalogue, self.frame)
        self._placing.wish(work, partial(self._take, self.catalogue, told))

    def _take(
        self, catalogue: Catalogue, told: bool, found: tuple[np.ndarray, np.ndarray] | None
    ) -> None:
        if catalogue is not self.catalogue:
            return
        self.sky = found is not None
        if found is not None:
            self.sources.show(found[0])
            self._which = found[1]
            self._mark(self._chosen)
        self._viewer.update()
        self.placed.emit()
        if told:
            self.notice.emit(_outcome(catalogue, found, self.frame))

    def pick(self, source: int) -> None:
        """Choose a source of those on the frame, and show its row."""
        self._choose(int(self._which[source]))

    def choose(self, source: int) -> None:
        """Choose a source of the catalogue: mark it, and bring it into view."""
        self._choose(source)
        place = self.sources.place_of_chosen
        if place is not None and not self._viewer.visible.contains(place):
            self._viewer.set_view(self._viewer.view.at(place.x(), place.y()))

    def _choose(self, source: int) -> None:
        if self.catalogue is None:
            return
        from astroview.core.sky.measure_reports import MeasureReport

        self._chosen = source
        self._mark(source)
        rows = tuple(self.catalogue.row(source))
        self.picked.emit(
            source, MeasureReport(tr("{name}, source", name=self.catalogue.name), rows)
        )

    def _mark(self, source: int | None) -> None:
        found = np.flatnonzero(self._which == (-1 if source is None else source))
        self.sources.chosen = int(found[0]) if found.size else None
        self._viewer.update()

    # ---- mouse ---------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click on a source chooses it; drags go on to the viewer."""
        if not isinstance(event, QMouseEvent) or self.tool_in_hand() or not len(self.sources):
            return False
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        if event.type() == QEvent.Type.MouseButtonPress:
            self._pressed = event.position()
        elif event.type() == QEvent.Type.MouseButtonRelease and self._pressed is not None:
            moved = (event.position() - self._pressed).manhattanLength()
            self._pressed = None
            at = self._viewer.placing_at(event.position())
            source = self.sources.near(at, event.position()) if moved < STILL else None
            if source is not None:
                self.pick(source)
        return False

    def _fail(self, error: AstroviewError) -> None:
        self.notice.emit(Notice.of(error))


def _read(path: Path, name: str) -> Catalogue:
    from astroview.core.sky import catalogues

    import_module("pyqtgraph.Qt.internals")  # the rings need it; slow to import
    return catalogues.read_catalogue(path, name)


def _on_frame(catalogue: Catalogue, frame: Frame) -> tuple[np.ndarray, np.ndarray] | None:
    from astroview.core.sky import catalogues
    from astroview.core.sky.catalogue_positions import year_of

    if catalogue.seen_in is not None:
        return catalogues.place_measured(catalogue) if catalogue.seen_in is frame else None
    sky = sky_map(frame)
    year = year_of(frame.header)
    return catalogues.place_catalogue(catalogue, sky, frame.shape, year) if sky else None


def _outcome(
    catalogue: Catalogue, found: tuple[np.ndarray, np.ndarray] | None, frame: Frame | None
) -> Notice:
    from astroview.core.sky.catalogue_positions import year_of
    from astroview.core.sky.catalogues import moves

    total = len(catalogue)
    if found is None:
        hint = "Open a frame with sky coordinates (WCS) to see them."
        if catalogue.seen_in is not None:
            hint = Text("Go to {frame} to see them.", frame=catalogue.seen_in.name)
        return Notice(
            Text.counted(
                "{name} holds {count} source.",
                "{name} holds {count:,} sources.",
                total,
                name=catalogue.name,
            ),
            hint,
            "info",
        )
    inside = len(found[1])
    hint = Text(
        "Click one to see its row." if inside else "The frame shows another part of the sky."
    )
    year = year_of(frame.header) if frame else None
    if inside and year is not None and moves(catalogue, year):
        hint = Text(
            "They stand where their proper motions bring them in {year:.1f}. {hint}",
            year=year,
            hint=hint,
        )
    return Notice(
        Text(
            "{inside:,} of {total:,} sources of {name} lie here.",
            inside=inside,
            total=total,
            name=catalogue.name,
        ),
        hint,
        "info",
    )


def ask_to_open(parent: QWidget, title: str, folder: str, patterns: str) -> Path | None:
    """A file to read; None when the user thought better of it."""
    name, _ = QFileDialog.getOpenFileName(
        parent, title, folder, f"{patterns};;{tr('All files (*)')}"
    )
    return Path(name) if name else None


def ask_to_save(parent: QWidget, title: str, wanted: str, patterns: str) -> Path | None:
    """Where to write; None when the user thought better of it."""
    name, _ = QFileDialog.getSaveFileName(parent, title, wanted, patterns)
    return Path(name) if name else None
