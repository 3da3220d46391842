"""What the window tells of a frame: tools that measure, overlays, words for positions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QUndoStack

from astroview.core.frame import Frame
from astroview.core.io.fits.header_text import header_lines
from astroview.core.lazy_dataclass import dataclass
from astroview.core.sky.sky_map import SkyMap, SkyWords
from astroview.ui.documents.file_controller import FileController
from astroview.ui.documents.frames_panel import FramesPanel
from astroview.ui.documents.header_controller import HeaderController
from astroview.ui.documents.opening_strip import OpeningStrip
from astroview.ui.measure.active_tool import ActiveTool
from astroview.ui.measure.cubes.cube_controller import CubeController, CubeRooms
from astroview.ui.measure.cursor_page import CursorFollower, CursorPanel
from astroview.ui.measure.measure_marks import MeasureMarks
from astroview.ui.measure.measure_panel import MeasurePanel
from astroview.ui.measure.overlay_files import OverlayFiles
from astroview.ui.measure.photometry.photometry_controller import PhotometryController
from astroview.ui.measure.regions.region_editor import TOOL
from astroview.ui.measure.regions.regions_controller import RegionsController
from astroview.ui.measure.regions_and_catalogue import RegionsAndCatalogue
from astroview.ui.measure.sky_around import SkyAround
from astroview.ui.measure.sky_overlays import SkyOverlays
from astroview.ui.measure.source_table import SourceTable
from astroview.ui.process.latest_only import Latest
from astroview.ui.process.thread_pool import Background
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.samp.samp_controller import Rooms, Samp
from astroview.ui.shell.action_registry import Commands
from astroview.ui.shell.measure_actions import PLANES
from astroview.ui.shell.notice import Notice
from astroview.ui.viewer.cursor_readout import CursorReadout
from astroview.ui.viewer.orientation_controller import OrientationController
from astroview.ui.viewer.overlays.marks import Marks
from astroview.ui.viewer.paint_layers import Overlay
from astroview.ui.viewer.picture_overlays import PictureOverlays
from astroview.ui.viewer.selection_controller import SelectionController
from astroview.ui.viewer.viewer import Viewer
from astroview.ui.widgets.side_pages import SidePages
from astroview.ui.widgets.theme import Theme

if TYPE_CHECKING:
    from astroview.core.sky.measure_reports import MeasureReport


@dataclass(frozen=True)
class MeasureDeps:
    """What of the window this needs."""

    viewer: Viewer
    frames: FramesPanel
    header: HeaderController
    opening: OpeningStrip
    withdraw: Callable[[Notice], None]  # a notice that holds no longer
    sides: SidePages
    looking: SelectionController
    filing: FileController
    commands: Commands
    memory: RememberedChoices
    probe: CursorReadout
    theme: Theme
    undo: QUndoStack


class MeasureController(QObject):
    """Keeps tools and overlays in step with what is looked at.

    Signals
    -------
    notice : `Notice`
    tool_taken : a tool that measures has the mouse now
    """

    notice = Signal(object)
    tool_taken = Signal()

    def __init__(self, given: MeasureDeps) -> None:
        super().__init__(given.sides)
        self._given = given
        self._viewer, self._memory = given.viewer, given.memory
        self.background = Background(1, self)
        self.marks = Marks()
        self.sky = SkyOverlays(self._viewer, self._memory, given.commands, self.background)
        self.furniture, self.grid = self.sky.furniture, self.sky.grid
        self._latest = Latest(self.background, self)
        self.panel, self.table = MeasurePanel(given.theme), SourceTable(given.theme)
        self.measuring = MeasureMarks(self._viewer, self.panel, self.marks, self._latest)
        self.measuring.words = lambda: self.words
        self.placed = RegionsAndCatalogue(self._viewer, self.background, self)
        self.placed.tool_in_hand = lambda: self.measuring.hand.form is not None
        self.regions = RegionsController(
            self._viewer, given.sides, self.placed, given.undo, given.theme
        )
        self.regions.words = lambda: self.words
        self.regions.serve(given.commands)
        self.cubes = CubeController(
            CubeRooms(
                *(self._viewer, given.sides, given.frames, given.filing, given.commands),
                *(self.regions.editor, given.theme),
            )
        )
        self.photometry = PhotometryController(
            *(self._viewer, given.sides, self.placed, given.commands, given.theme),
            given.looking.frames,
        )
        self.files = OverlayFiles(self._viewer, self.placed, self._memory, given.commands)
        self.around = SkyAround(self._viewer, self.placed, self.marks, given.filing, given.commands)
        rooms = Rooms(
            *(self._viewer, given.filing, self.placed, self.marks, given.commands),
            lambda: given.looking.selection,
        )
        self.samp = Samp(rooms, self)
        self.turning = OrientationController(self._viewer, self._memory, given.commands)
        self.laid = PictureOverlays(
            self._viewer, self._memory, given.commands, Latest(self.background, self)
        )
        for overlay in (
            *(self.placed.shapes, self.placed.sources, self.regions.editor.handles),
            *(self.laid.contours, self.marks),
        ):
            overlay.shared = self.sky.shared  # tiles may show another sky
        self.cursor = CursorPanel(given.theme)
        self.following = CursorFollower(self._viewer, self.cursor, Latest(self.background, self))
        self.following.words = lambda: self.words
        given.frames.add_below(self.sky.navigator)
        self._planes = given.frames.planes
        self._told: Notice | None = None
        self._frame: Frame | None = None
        for page in (self.panel, self.table, self.cursor):
            given.sides.add(page)
        for overlay in (self.grid, self.furniture, self.marks):
            self._viewer.add_overlay(
                overlay, below=overlay is self.grid
            )  # colour bars stay readable
        self._connect()
        self._serve()
        given.probe.words = self.words

    @property
    def _more(
        self,
    ) -> tuple[RegionsController, CubeController, PhotometryController, SkyAround]:
        """Rooms that work by themselves."""
        return self.regions, self.cubes, self.photometry, self.around

    @property
    def laid_on_sky(self) -> tuple[Overlay, ...]:
        """What belongs to the scene, in whichever window it is shown."""
        return self.grid, self.furniture, self.laid.contours

    @property
    def words(self) -> SkyWords:
        """How positions are read."""
        return self.sky.words

    @property
    def busy(self) -> bool:
        """Whether something is still being worked out."""
        return self.background.busy or self.samp.busy or any(part.busy for part in self._more)

    def set_theme(self, theme: Theme) -> None:
        parts = (self.panel, self.table, self._given.header, self._planes.player)
        rooms = (self.regions, self.cubes, self.photometry)
        for part in (*parts, self.cursor, *rooms):
            part.set_theme(theme)

    def escape(self) -> bool:
        """Lay the tool aside, or what stands in place of the controls; whether there was one."""
        if self.regions.escape():
            return True
        if self.measuring.hand.form is None and self._given.sides.page is None:
            return False
        self._lay_aside()
        return True

    def close(self) -> None:
        """Work no more."""
        self.samp.close()
        for part in self._more:
            part.close()
        self.background.close()

    # ---- wiring ------------------------------------------------------------------------

    def _connect(self) -> None:
        given, viewer = self._given, self._viewer
        given.looking.changed.connect(self._look)
        viewer.shown_changed.connect(self._planes.player.arrived)
        self._planes.player.changed.connect(given.commands.update)
        given.header.hdu_chosen.connect(self._planes.chosen)
        given.header.foreign_wished.connect(self._read_header)
        viewer.shown_changed.connect(self.measuring.again)
        self.sky.mapped.connect(self._mapped)
        self.sky.words_changed.connect(self._words_changed)
        self.grid.told.connect(self._tell_of_frame)
        self.measuring.notice.connect(self.notice)
        self.measuring.changed.connect(self._tool_changed)
        self.panel.close_wished.connect(self._lay_aside)
        self.panel.keep.connect(self.keep_region)
        self.placed.notice.connect(self.notice)
        for teller in (*self._more, self.turning, self.laid, self.files):
            teller.notice.connect(self.notice)
        self.cursor.close_wished.connect(self._lay_aside)
        self.regions.tool_taken.connect(self._region_taken)
        self.samp.notice.connect(self.notice)
        opening = self._given.opening
        self.samp.standing.connect(opening.show_standing)
        opening.cancelled.connect(self.samp.cancel)
        self.placed.picked.connect(self._show_row)
        self.placed.placed.connect(self._list_sources)
        self.table.chosen.connect(self.placed.choose)
        self.table.copy.connect(self.copy)
        self.table.close_wished.connect(self._lay_aside)
        self.placed.catalogue_changed.connect(given.commands.update)
        given.sides.changed.connect(self._side_changed)

    def _serve(self) -> None:
        sides, hand = self._given.sides, self.measuring.hand
        tools = {f"measure_{form}": form for form in ("line", "box", "star")}
        self._given.commands.serve(
            {
                **{name: lambda on, f=form: self._take(f, on) for name, form in tools.items()},
                "copy_result": self.copy,
                "plane_next": lambda: self._planes.step(1),
                "plane_previous": lambda: self._planes.step(-1),
                "plane_play": self._planes.player.play,
                "keep_region": self.keep_region,
                "catalogue_table": self._show_table,
                "cursor_page": lambda on: sides.show_page(self.cursor if on else None),
            },
            ticked={
                **{name: partial(_in_hand, hand, form) for name, form in tools.items()},
                "plane_play": lambda: self._planes.player.playing,
                "catalogue_table": lambda: sides.page is self.table,
                "cursor_page": lambda: sides.page is self.cursor,
            },
            possible={
                **dict.fromkeys(PLANES, lambda: self._planes.planes > 1),
                "catalogue_table": lambda: self.placed.catalogue is not None,
            },
        )

    # ---- what is looked at -----------------------------------------------------------------

    def _look(self) -> None:
        chosen = self._given.looking.selection
        frame = chosen.original if chosen else None
        self.placed.look(frame)
        self.cubes.look(frame)
        self.photometry.look(frame)
        hdus = chosen.document.loaded.hdus if chosen else ()
        self._given.header.show_hdus(hdus, frame.hdu if frame else None)
        if frame is not self._frame:
            self._frame = frame
            if self._told:
                given_up, self._told = self._told, None
                self._given.withdraw(given_up)
            self.sky.look(frame)

    def _tell_of_frame(self, words: str) -> None:
        """Something that holds for the frame that is looked at alone."""
        self._told = Notice(words)
        self.notice.emit(self._told)

    def _mapped(self, frame: Frame | None, sky: SkyMap | None) -> None:
        self.turning.show(frame, sky)
        self.laid.show(frame, sky)
        self.around.show(frame, sky)

    def _words_changed(self, words: SkyWords) -> None:
        self._given.probe.say_in(words)
        self.measuring.words_changed()

    def _read_header(self, hdu: int) -> None:
        """The cards of an HDU that holds no picture."""
        if self._frame is not None and self._frame.path is not None:
            work = partial(header_lines, self._frame.path, hdu)
            show = self._given.header.page.show_lines
            self.background.run(work, show, lambda e: self.notice.emit(Notice.of(e)))

    # ---- tools ---------------------------------------------------------------------------

    def lay_tool_aside(self) -> None:
        """Another tool has the mouse now; what was measured goes with ours."""
        self.regions.lay_aside()
        if self.measuring.hand.form is not None:
            self._lay_aside()

    def _region_taken(self) -> None:
        """A form is drawn with the mouse now."""
        self.measuring.take("")
        self.tool_taken.emit()

    def _take(self, form: str, on: bool) -> None:
        if on:
            self.measuring.take(form)
            self._given.sides.show_page(self.panel)
            self._viewer.setFocus()
        else:
            self._lay_aside()

    def _tool_changed(self) -> None:
        form = self.measuring.hand.form
        if form:
            self.regions.lay_aside()
            self.tool_taken.emit()  # first: the other tool clears the cursor
        if form or not self._viewer.tool.startswith(TOOL):
            self._viewer.show_tool(form or "")
        self._given.commands.update()

    def _lay_aside(self) -> None:
        self.measuring.take("")
        self._given.sides.show_page(None)
        self._viewer.setFocus()

    def _side_changed(self) -> None:
        """Another page took the panel's place: the tool goes with it."""
        if self._given.sides.page is not self.panel:
            self.measuring.take("")
        self._given.commands.update()

    def copy(self) -> None:
        """Copy the measurement, or the position under the cursor."""
        if not self.regions.copy_report() and not self.measuring.copy():
            self._copy_position()

    def _copy_position(self) -> None:
        read = self._given.probe.last
        text = "\t".join(part for part in (read.position, read.value, read.sky) if part)
        if text:
            QGuiApplication.clipboard().setText(text)
            self.notice.emit(Notice("The position under the cursor is copied.", "", "info"))
        else:
            hint = "Point at the picture, or measure something."
            self.notice.emit(Notice("There is nothing to copy.", hint, "info"))

    # ---- regions and catalogue -------------------------------------------------------------

    def keep_region(self) -> None:
        """Keep what was measured as a region."""
        self.placed.keep(self.measuring.measured)

    def _show_row(self, source: int, report: MeasureReport) -> None:
        if self._given.sides.page is not self.table:
            self._given.sides.show_page(self.table)
        self.table.choose(source, report.rows)
        self.measuring.take_other(report)

    def _list_sources(self) -> None:
        self.table.show_sources(self.placed.catalogue, self.placed.on_frame)
        if self.placed.catalogue is None and self._given.sides.page is self.table:
            self._given.sides.show_page(None)

    def _show_table(self, on: bool) -> None:
        self._given.sides.show_page(self.table if on else None)
        (self.table.view if on else self._viewer).setFocus()


def _in_hand(hand: ActiveTool, form: str) -> bool:
    return hand.form == form
