"""The sources of the result that is looked at, before and after: asked of the worker, shown."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QMouseEvent

from astroview.core.errors import AstroviewError
from astroview.core.io.paths.plain_paths import is_file
from astroview.core.lazy_dataclass import dataclass
from astroview.core.messages.worker_messages import Event, Failed, SourcesCompared
from astroview.ui.documents.comparison import Mode
from astroview.ui.documents.document import Result
from astroview.ui.documents.document_store import DocumentStore
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.measure.ledger.change_marks import ChangeMarks
from astroview.ui.measure.ledger.ledger_page import LedgerPage
from astroview.ui.measure.ledger.residual_picture import residual_id, residual_of
from astroview.ui.process.scratch_folders import Lease, Scratch
from astroview.ui.process.thread_pool import Background
from astroview.ui.process.worker_client import Worker
from astroview.ui.shell.action_registry import Commands
from astroview.ui.shell.notices import Notice
from astroview.ui.viewer.selection_controller import SelectionController
from astroview.ui.viewer.viewer import Viewer
from astroview.ui.widgets.side_pages import LatePage, SidePages
from astroview.ui.widgets.theme import Theme

if TYPE_CHECKING:
    from astroview.core.enhance.source_changes import SourceChanges

KEPT = 8  # ledgers that are remembered
CLOSE = 8.0  # screen pixels a pixel, at least, where one jumps to a source
STILL = 4.0  # a press that moved less is a click
UNSUITED = noted("Sources are compared where a measured frame of a file was super-resolved.")


@dataclass(frozen=True)
class LedgerDeps:
    """What of the window this needs."""

    worker: Worker
    desk: DocumentStore
    looking: SelectionController
    viewer: Viewer
    sides: SidePages
    commands: Commands
    scratch: Scratch
    theme: Theme


@dataclass(frozen=True, eq=False)
class _Known:
    """The ledger of a result, and the folder that its map lies in."""

    result: Result
    changes: SourceChanges
    folder: Path
    lease: Lease


class LedgerController(QObject):
    """Shows the page while it is wanted, with the result that is looked at.

    Signals
    -------
    notice : `Notice`
    """

    notice = Signal(object)

    def __init__(self, given: LedgerDeps) -> None:
        super().__init__(given.sides)
        self._given = given
        self._theme, self.marks = given.theme, ChangeMarks()
        self._late = LatePage(given.sides, self._make_page)
        self._background = Background(1, self)
        self._known: list[_Known] = []
        self._asked: dict[str, tuple[Result, Path]] = {}
        self._pressed: QPointF | None = None
        given.viewer.add_overlay(self.marks)
        given.viewer.installEventFilter(self)
        self._connect()
        given.commands.serve(
            {"ledger": self._want, "residual": self.show_residual},
            ticked={"ledger": lambda: self.wanted},
            possible={name: lambda: self._result is not None for name in ("ledger", "residual")},
        )

    def _connect(self) -> None:
        given = self._given
        given.worker.answered.connect(self._answered)
        given.looking.changed.connect(self._look)
        given.sides.changed.connect(self._look)

    def _make_page(self) -> LedgerPage:
        page = LedgerPage(self._theme)
        page.chosen.connect(self.jump)
        page.states_changed.connect(self._show_states)
        page.residual_wished.connect(self.show_residual)
        page.copy.connect(self._copy)
        page.close_wished.connect(partial(self._late.show, on=False))
        return page

    @property
    def page(self) -> LedgerPage:
        """The page, made when it is first asked for."""
        return self._late()

    @property
    def wanted(self) -> bool:
        """Whether the page is shown."""
        return self._late.shown

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return bool(self._asked) or self._background.busy

    @property
    def _result(self) -> Result | None:
        """The result that is looked at, if its sources can be compared."""
        chosen = self._given.looking.selection
        made = chosen.result if chosen else None
        if made is None or made.original.path is None:
            return None
        finer = made.frame.shape[0] > made.original.shape[0]
        measured = made.original.kind == made.frame.kind == "linear"
        return made if finer and measured and (made.outputs or is_file(made.scratch)) else None

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        if self._late.made:
            self._late.made.set_theme(theme)

    def close(self) -> None:
        """Work no more."""
        self._background.close()

    # ---- what is looked at -----------------------------------------------------------------

    def _want(self, on: bool) -> None:
        self._late.show(on)

    def _look(self) -> None:
        if not self.wanted:
            self._mark(None)
            return
        result = self._result
        known = self._of(result)
        if known is not None:
            self._mark(known.changes)
            self.page.show_changes(known.changes)
        else:
            self._mark(None)
            self.page.show_words(tr("Comparing the sources …") if result else tr(UNSUITED))
            if result is not None:
                self._ask(result)

    def _of(self, result: Result | None) -> _Known | None:
        return next((k for k in self._known if result and k.result.frame is result.frame), None)

    def _mark(self, changes: SourceChanges | None) -> None:
        if changes is not self.marks.changes:
            self.marks.show(changes)
            self._given.viewer.update()

    def _ask(self, result: Result) -> None:
        if any(asked.frame is result.frame for asked, _ in self._asked.values()):
            return
        folder = self._given.scratch.make(f"ledger-{id(result):x}-{len(self._known)}")
        saved = None if result.outputs else result.scratch
        name = self._given.worker.compare_sources(result.original, result.outputs, saved, folder)
        self._asked[name] = (result, folder)

    def _answered(self, event: Event) -> None:
        result, folder = self._asked.pop(getattr(event, "id", ""), (None, None))
        if result is None or folder is None:
            return
        if isinstance(event, SourcesCompared):
            lease = self._given.scratch.lease(folder)
            done = partial(self._keep, result, folder, lease)
            self._background.run(partial(_read, event), done, self._failed)
        elif isinstance(event, Failed):
            self._given.scratch.drop(folder)
            self._failed(AstroviewError(event.message, event.hint))

    def _keep(self, result: Result, folder: Path, lease: Lease, changes: SourceChanges) -> None:
        self._known = [*self._known[1 - KEPT :], _Known(result, changes, folder, lease)]
        self._look()

    def _failed(self, error: AstroviewError) -> None:
        self.page.show_words(tr(error.message))
        self.notice.emit(Notice.of(error))

    # ---- choosing --------------------------------------------------------------------------

    def jump(self, row: int) -> None:
        """Bring a source into the middle, near enough to be seen; beside a line that splits the
        picture, into the middle of the larger part.
        """
        place = self.marks.choose(row)
        viewer = self._given.viewer
        if place is not None:
            zoom = max(viewer.view.zoom, CLOSE)
            x, y = place.x(), place.y()
            if viewer.split_showing and viewer.view.turn == 0 and not viewer.view.mirrored:
                aside = viewer.split / 2 if viewer.split > 0.5 else (1 + viewer.split) / 2
                size = viewer.height() if viewer.mode is Mode.ACROSS else viewer.width()
                apart = (aside - 0.5) * size / zoom
                x, y = (x, y - apart) if viewer.mode is Mode.ACROSS else (x - apart, y)
            viewer.set_view(replace(viewer.view, x=x, y=y, zoom=zoom))
        viewer.update()

    def _show_states(self, states: object) -> None:
        self.marks.shown = frozenset(states)  # type: ignore[call-overload]
        self._given.viewer.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click on a ring chooses its row; drags go on to the viewer."""
        if not isinstance(event, QMouseEvent) or self.marks.changes is None:
            return False
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        if event.type() == QEvent.Type.MouseButtonPress:
            self._pressed = event.position()
        elif event.type() == QEvent.Type.MouseButtonRelease and self._pressed is not None:
            moved = (event.position() - self._pressed).manhattanLength()
            self._pressed = None
            at = self._given.viewer.placing_at(event.position())
            row = self.marks.near(at, event.position()) if moved < STILL else None
            if row is not None:
                self.marks.choose(row)
                self.page.choose(row)
                self._given.viewer.update()
        return False

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.page.text())
        self.notice.emit(Notice("The table is copied.", "", "info"))

    # ---- the map ---------------------------------------------------------------------------

    def show_residual(self, *_: object) -> None:
        """Put the map of residuals under the frame, and look at it; first ask for it."""
        chosen, result = self._given.looking.selection, self._result
        known = self._of(result)
        if known is None or chosen is None:
            self._want(on=True)
            return
        make = partial(residual_of, known.result, known.changes, known.folder, known.lease)
        name = residual_id(known.result.id)
        self._given.desk.show_made(chosen.document.key, name, make)


def _read(event: SourcesCompared) -> SourceChanges:
    from astroview.core.enhance.source_changes import read_changes

    import_module("pyqtgraph.Qt.internals")  # the rings need it; slow to import
    return read_changes(
        *(Path(event.rows), Path(event.residual), event.noise, event.verdict), whole=event.whole
    )
