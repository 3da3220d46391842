"""The window: puts the rooms together. What it does is done by its controllers.

To add something: write a controller in a module of its own, give it what it needs, let it call
``commands.serve`` for its actions and listen to ``looking.changed``; make it in `_controllers`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QUndoStack
from PySide6.QtWidgets import QApplication, QMainWindow

from astroview.core.models.model_card import default_shelf
from astroview.core.options import EnhanceOptions
from astroview.ui.bands.bands_rooms import bands_rooms
from astroview.ui.bands.mix_state import MixState
from astroview.ui.display.display_controller import DisplayController
from astroview.ui.display.picture_controllers import picture_controllers
from astroview.ui.display.picture_menu import PictureMenu
from astroview.ui.documents.document_history import DocumentHistory
from astroview.ui.documents.document_store import DocumentStore
from astroview.ui.documents.file_controller import FileController
from astroview.ui.documents.file_watcher import FileWatcher
from astroview.ui.documents.frame_actions import FrameActions
from astroview.ui.documents.frame_order import FrameOrder
from astroview.ui.documents.saver import Saver
from astroview.ui.documents.session import Selection, Session
from astroview.ui.documents.session_rooms import SessionRooms, keep_session
from astroview.ui.enhance.colour_offer import ColourOffer
from astroview.ui.enhance.enhance_rooms import EnhanceDeps, enhance_rooms
from astroview.ui.enhance.leave_question import LeaveQuestion
from astroview.ui.enhance.shelf_watcher import ShelfWatch
from astroview.ui.export.export_view import ViewExport
from astroview.ui.measure import measure_controller
from astroview.ui.measure.ledger.ledger_controller import LedgerController, LedgerDeps
from astroview.ui.measure.measure_controller import MeasureController
from astroview.ui.process.thread_pool import Background
from astroview.ui.render.overviews import OverviewBuilder
from astroview.ui.shell import keyboard_focus, window_actions
from astroview.ui.shell.action_registry import Commands
from astroview.ui.shell.history_panel import HistoryPanel
from astroview.ui.shell.layout_keeper import LayoutKeeper
from astroview.ui.shell.mouse_and_palette import MouseAndPalette
from astroview.ui.shell.notices import Notice
from astroview.ui.shell.preferences.settings_controller import Preferred, SettingsController
from astroview.ui.shell.space_doors import SpaceDeps, make_doors
from astroview.ui.shell.view_workspace import ViewSpace
from astroview.ui.shell.window_deps import WindowDeps
from astroview.ui.viewer.bad_pixels.frame_rules import FrameRules
from astroview.ui.viewer.compare_controller import CompareController
from astroview.ui.viewer.compare_with import CompareWith
from astroview.ui.viewer.cursor_readout import CursorReadout
from astroview.ui.viewer.scene_controller import SceneController
from astroview.ui.viewer.second.second_controller import SecondController, SecondDeps
from astroview.ui.viewer.selection_controller import SelectionController
from astroview.ui.viewer.tile_cursor import TileCursor
from astroview.ui.viewer.trust_actions import TrustActions
from astroview.ui.widgets.tab_order import ReadingTabs
from astroview.ui.widgets.theme import Theme
from astroview.ui.window_layout import Body, make_panels

if TYPE_CHECKING:
    from astroview.ui.batch.batch_workspace import BatchSpace
    from astroview.ui.lightbox.lightbox_workspace import LightboxSpace
    from astroview.ui.train.train_workspace import TrainSpace

MOST_STEPS = 200  # that can be undone: each holds what it was done to


class MainWindow(ReadingTabs, QMainWindow):
    """One window; `app.run` and the tests drive it through its public methods."""

    def __init__(self, given: WindowDeps) -> None:
        super().__init__()
        self.setWindowTitle("astroview")
        self.setMinimumSize(760, 480)
        self._given, self.worker, self.memory = given, given.worker, given.memory
        # One thread opens files, so that they are listed in the order they were asked for.
        self._viewing, self._opening = Background(2, self), Background(1, self)
        self.session, self.undo, self._closed = Session(self), QUndoStack(self), False
        self.undo.setUndoLimit(MOST_STEPS)
        self.history = DocumentHistory(
            self.session, self.undo, given.store or given.scratch, self._opening, self
        )
        display = self.memory.first_display
        self.desk = DocumentStore(
            self.session, self.history, self._opening, display, given.glimpse, self
        )
        theme = given.themes.theme
        self.parts = make_panels(self.session, theme, given.cards, self.memory.options)
        self.viewer, self.notices = self.parts.viewer, self.parts.notices
        self._builder = OverviewBuilder(given.scratch.make, self)
        self.stage = SceneController(self.session, self.viewer, self._viewing, self._builder, self)
        self.saver = Saver(self)
        self.body = Body(self.parts, theme)
        self.setCentralWidget(self.body)
        self._controllers()
        self._connect()
        self._serve()
        self.spaces.go("view")
        self._apply_theme(theme)
        self.memory.restore(self, self.body.splitter)
        keep = lambda: self.memory.keep_window(self, self.body.splitter)  # noqa: E731
        self.layout_keeper = LayoutKeeper(self, self.body.splitter, keep)
        self.commands.update()
        self.parts.empty.focus()

    def _controllers(self) -> None:
        parts, memory = self.parts, self.memory
        self.commands = Commands(self, lambda: self.selection)
        self.shelf = ShelfWatch(default_shelf(), self._given.cards, self)
        self.looking = SelectionController(
            *(self.session, parts.viewer),
            (parts.display, self.body.header, parts.enhance, parts.frames.planes),
            *(self.body.show_picture, self.desk, self.stage, memory),
        )
        rules = FrameRules()
        probe = CursorReadout(self._viewing, self, rules)
        self.looking.connect_probe(probe)
        probe.read.connect(parts.status.show_reading)
        self.filing = FileController(self, self.desk, self.saver, memory)
        self.filing.serve(self.commands, parts.empty, lambda: self.selection)
        self.comparing = CompareController(
            self.session, self.viewer, self.stage, memory, self.commands
        )
        self.trusting = TrustActions(self, self.session, memory, self.commands)
        themes = self._given.themes
        self.pairing = CompareWith(self, self.looking, self.desk, self._viewing, themes.current)
        self.pairing.serve(self.commands)
        self.habits = MouseAndPalette(
            self, self.viewer.gestures, memory, self.commands, themes.current, self.open
        )
        self.composing, self.stacking = bands_rooms(
            *(self, self.desk, self.looking, parts.display, parts.enhance),
            *(parts.notices.answered, self.commands, self._given.scratch.make),
        )
        self.seeing = DisplayController(
            self.undo, parts.display, self.viewer, self.looking, self.desk, self.commands
        )
        self.filters, self.limiting, self.quality = picture_controllers(
            *(self, self.viewer, self.seeing, parts.display, self.desk, self.commands),
            *(self._viewing, rules),
        )
        self._workspaces(themes.current)
        theme = themes.theme
        self.knowing = MeasureController(
            measure_controller.MeasureDeps(
                *(parts.viewer, parts.frames, self.body.header, parts.status.opening),
                *(parts.notices.withdraw, self.body.sides, self.looking, self.filing),
                *(self.commands, memory, probe, theme, self.undo),
            )
        )
        self.ledger = LedgerController(
            LedgerDeps(
                *(self.worker, self.desk, self.looking, parts.viewer, self.body.sides),
                *(self.commands, self._given.scratch, theme),
            )
        )
        self.exporting = ViewExport(
            *(self, self.viewer, self.knowing.furniture, lambda: self.selection),
            *(lambda: memory.folder, lambda: self.desk.originals),
        )
        self.offering = ColourOffer(self.viewer, lambda: self.selection, self)
        self.exporting.serve(self.commands, lambda: self.comparing.rate)
        self.enhancing, self.live, self.steering = enhance_rooms(
            EnhanceDeps(
                *(self.worker, self.desk, self.looking, parts.enhance, parts.status),
                *(self.viewer, self.undo, self.commands, self._viewing, self._given.scratch.make),
            ),
            self,
        )
        self._steps_and_session(theme, probe)

    def _workspaces(self, theme: Callable[[], Theme]) -> None:
        """View, and the three others behind their doors."""
        given, view = self._given, ViewSpace(self.body, self.parts, self.open)
        doors = make_doors(
            SpaceDeps(
                *(self, view, self.body.spaces, self.worker, given.cards, self.shelf),
                *(self.memory, given.scratch, self.notices, self.filing, self.undo),
                *(self.commands, theme, self.session.grey_files),
            )
        )
        self._batch, self._train, self._lightbox = doors.batch, doors.train, doors.lightbox
        self.spaces = doors.spaces
        self.body.put_above(self.spaces.row)
        self.settling = SettingsController(
            self,
            Preferred(
                *(self.memory, self.commands, self.worker, self.parts.enhance, self.session),
                *(self.viewer.gestures, given.themes, self._batch.set_choices),
            ),
        )

    def _steps_and_session(self, theme: Theme, probe: CursorReadout) -> None:
        """What spans the rooms: the picture's menu, steps, the order of the frames, the session on
        disk.
        """
        self.picture_menu = PictureMenu(
            self.viewer, self.actions_, lambda: probe.last, self.knowing.regions.editor
        )
        self.seeing.right_button.clicked.connect(self.picture_menu.open)
        FrameOrder(self.session, self.commands)
        TileCursor(self.viewer)
        self.steps = HistoryPanel(self.undo, theme)
        self.steps.close_wished.connect(self.actions_["history"].trigger)
        self.body.sides.add(self.steps)
        self.second = SecondController(
            SecondDeps(
                *(self, self.session, self.viewer, self._viewing, self._given.scratch.make),
                *(self.commands, probe, self.knowing.placed.store, self.knowing.laid_on_sky),
                self._given.themes,
            )
        )
        self.leaving = LeaveQuestion(self, self.session, self.enhancing.start, lambda: self.settled)
        self.keeper, self._sessions = keep_session(
            SessionRooms(
                *(self, self.session, self.viewer, self.stage, self.commands),
                *(self.pairing.compare, self.second, MixState(self.session, self.composing)),
                *(self.parts.status.opening, self.parts.empty),
            ),
            *(self.knowing.placed.store, self.leaving, self._given.store, self.memory, self.tell),
        )

    # ---- what app, snapshot and tests call ---------------------------------------------

    @property
    def selection(self) -> Selection | None:
        """What is looked at."""
        return self.session.selection

    @property
    def actions_(self) -> dict[str, QAction]:
        """The actions by name."""
        return self.commands.actions

    @property
    def batch(self) -> BatchSpace:
        """The Batch workspace, made when it is not there yet."""
        return self._batch.space

    @property
    def train(self) -> TrainSpace:
        """The Train workspace, made when it is not there yet."""
        return self._train.space

    @property
    def lightbox(self) -> LightboxSpace:
        """The Lightbox workspace, made when it is not there yet."""
        return self._lightbox.space

    def begin(self) -> None:
        """What can wait until the window has been seen: warm up, and tell of unfinished work."""
        self.worker.probe()
        self._batch.look_for_unfinished()
        self._train.look_for_unfinished()

    def begin_session(self, restore: bool) -> None:
        """Bring the last session back, or offer it when it was cut short."""
        if self._sessions:
            self._sessions.begin(restore)

    def open(self, paths: Sequence[Path]) -> None:
        """Open files and folders in the background."""
        self.filing.open(paths)

    def open_sample(self) -> None:
        """Open the bundled sample frame."""
        self.filing.open_sample()

    def enhance(self, options: EnhanceOptions | None = None) -> None:
        """Enhance the selected frame; by default with the choices on the panel."""
        if self.selection is None:
            return
        document = self.selection.document
        if not self.steering.keep(document, options or self.parts.enhance.options):
            self.enhancing.start(document, options)

    def save_as(self, path: Path) -> None:
        """Save what is selected, as displayed, in the background."""
        self.filing.save_as(path)

    def tell(self, notice: Notice) -> None:
        """Show a notice."""
        self.notices.tell(notice)

    @property
    def settled(self) -> bool:
        """Whether nothing is being read, computed, drawn or saved."""
        busy = (self.desk, self.saver, self.exporting, self.ledger, self._viewing, self.knowing,
                self.composing, self.stacking, self.quality, self.offering)  # fmt: skip
        resting = not self.enhancing.running and not any(part.busy for part in busy)
        return resting and all(p.settled for p in (self.steering, self.stage, self.second))

    # ---- wiring ------------------------------------------------------------------------

    def _connect(self) -> None:
        parts = self.parts
        for teller in (
            *(self.desk, self.stage, self.saver),
            *(self.enhancing, self.filing, self.looking, self.pairing, self._batch, self.knowing),
            *(self.composing, self.stacking, self._train, self._lightbox, self.offering),
            *(self.exporting, self.habits, FileWatcher(self.desk, self)),
            *(self.steering, self.filters, self.limiting, self.quality, self.ledger, self.history),
        ):
            teller.notice.connect(self.tell)
        self.session.jobs.changed.connect(lambda _: self.commands.update())
        for changed in (self.looking.changed, self.desk.changed, self.desk.removed):
            changed.connect(self.commands.update)
        self.looking.titled.connect(self.setWindowTitle)
        self.looking.zoomed.connect(parts.status.show_zoom)
        self.desk.opening.standing.connect(parts.status.opening.show_standing)
        parts.status.opening.cancelled.connect(self.desk.opening.cancel)
        parts.frames.remove.connect(self.desk.remove)
        parts.frames.plane_chosen.connect(self.looking.open_plane)
        self.looking.enhanced.connect(self.comparing.show_result)
        self.pairing.paired.connect(self.comparing.show_result)
        self.spaces.changed.connect(lambda name: parts.status.show_readings(name == "view"))
        self.filing.dropping.connect(self.spaces.set_dropping)
        self.filing.dropped.connect(self.offering.dropped)
        self.filing.given.connect(self.spaces.take)
        self.offering.taken.connect(self.steering.take_colours)
        self.desk.many.connect(self._batch.offer)
        self._batch.compared.connect(self._compare)
        # One tool has the mouse: taking one up lays the other aside.
        hints = parts.enhance.steer.hints
        hints.painting.connect(lambda on: on and self.knowing.lay_tool_aside())
        self.knowing.tool_taken.connect(lambda: hints.set_painting(on=False))
        parts.frames.open_files.connect(self.filing.choose_files)
        FrameActions(
            *(parts.frames, self.session, self.filing.choose_target),
            *(self.body.header.late.show, self.pairing.choose),
        )
        self.body.header.close_wished.connect(self.actions_["header"].trigger)
        parts.enhance.enhance.connect(self.enhance)
        parts.enhance.chosen.connect(self.memory.keep_options)
        for offer in (parts.enhance.set_cards, self._batch.set_cards):
            self.shelf.changed.connect(offer)
        self._given.themes.changed.connect(self._apply_theme)

    def _serve(self) -> None:
        commands, self._escape = self.commands, self._escape_key()
        window_actions.serve_picture(commands, self.session, self.viewer)
        window_actions.serve_sides(commands, self.body.sides, self.body.header.late, self.steps)
        window_actions.serve_themes(commands, self._given.themes, self.memory)
        window_actions.serve_help(commands, self, self._given.log_folder, self._given.pages)
        commands.serve(
            {
                "quit": self._quit,
                "walk": self.spaces.focus_next,
                "panels": lambda on: self.spaces.fold(not on),
                "enhance": self.parts.enhance.press,
                "quality_used": self.parts.enhance.set_data_quality,
                "cancel": self._escape.press,
            },
            ticked={
                "panels": lambda: not self.body.folded,
                "quality_used": lambda: self.parts.enhance.data_quality,
            },
            possible={"enhance": lambda: not self.enhancing.running},
        )

    def _compare(self, frame: str, result: str) -> None:
        self.spaces.go("view")
        if result:
            self.desk.open_with_result(Path(frame), Path(result))
        else:
            self.open([Path(frame)])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not keyboard_focus.press(event, QApplication.focusWidget()):
            super().keyPressEvent(event)

    def _escape_key(self) -> keyboard_focus.EscapeKey:
        hints, enhance = self.parts.enhance.steer.hints, self.parts.enhance
        ends = (hints.lay_aside, self.knowing.escape, enhance.stop)
        full = self.actions_["full"]
        return keyboard_focus.EscapeKey(
            *(self, keyboard_focus.FieldBefore(self)),
            *(self.spaces.come_home, ends, full, self.notices.dismiss),
        )

    def _quit(self) -> None:
        if self.leaving.may_leave():
            self.close()

    def _apply_theme(self, theme: Theme) -> None:
        self.commands.tint(theme)
        pages = self.knowing, self.ledger, self.steps
        for part in (self.notices, self.parts.status.opening, *pages, *self.spaces):
            part.set_theme(theme)

    def closeEvent(self, event: QCloseEvent) -> None:
        asks = event.spontaneous() and not self._closed  # by the user, not by a program
        if (asks and not self.leaving.may_leave()) or (
            not self._closed and not all(space.may_close() for space in self.spaces)
        ):
            event.ignore()
            return
        event.accept()
        if self._closed:
            return
        self._closed = True
        self.comparing.close()
        self.knowing.close()
        self.ledger.close()
        self.layout_keeper.close()
        self.memory.keep_window(self, self.body.splitter)
        self.hide()  # what is left to do may take a moment
        if self.keeper:
            self.keeper.close()
        self.second.close()  # the session knows that it was open
        self.undo.clear()  # while those are there who hear of it
        for part in (
            *(self.enhancing, self.worker, self.steering, *self.spaces),
            *(self._viewing, self._opening, self._builder, self.offering),
            *(self.saver, self.exporting, self.composing, self.stacking, self.quality),
        ):
            part.close()
