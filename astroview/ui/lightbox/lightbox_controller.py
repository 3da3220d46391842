"""The Lightbox from the drop of a folder to the list that leaves it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPixmap, QUndoStack

from astroview.core.io.paths.plain_paths import is_folder
from astroview.core.lazy_dataclass import dataclass
from astroview.core.lightbox.frame_cache import FileState, FrameCache
from astroview.core.lightbox.frame_quality import outlier_scores
from astroview.core.lightbox.frame_query import FIELDS, FrameRow
from astroview.core.lightbox.look_at import SeenFile
from astroview.core.lightbox.verdicts import VerdictBook, all_tags
from astroview.core.options import EnhanceOptions
from astroview.ui.i18n.translate import tr, tr_counted
from astroview.ui.lightbox import row_text
from astroview.ui.lightbox.folder_rows import FolderPiece, FrameListing, arranged
from astroview.ui.lightbox.lightbox_panel import LightboxPanel
from astroview.ui.lightbox.look_queue import LookQueue
from astroview.ui.lightbox.painted_pictures import PaintedPictures
from astroview.ui.lightbox.tile_pictures import TilePictures
from astroview.ui.lightbox.verdict_controller import VerdictController
from astroview.ui.lightbox.verdict_steps import VerdictSteps
from astroview.ui.process.latest_only import Latest
from astroview.ui.process.thread_pool import Background
from astroview.ui.process.worker_client import Worker
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.shell.notice import Notice

AGAIN_S = 2.0  # while headers are read, frames are arranged anew no more often
SCROLL_MS = 25  # what is scrolled past faster is not read
AHEAD = 2  # pages below the one in view whose pictures are made, too
MOST_OPENED = 100  # frames that are opened in View at once


@dataclass(frozen=True)
class LightboxTools:
    """What the controller works with; ``looker`` is a process of its own."""

    worker: Worker
    looker: Worker
    cache: FrameCache
    book: VerdictBook
    undo: QUndoStack
    memory: RememberedChoices


class LightboxController(QObject):
    """Decides what the panel shows, and does what is pressed on it.

    Signals
    -------
    notice : `Notice`
    changed
        Something stands differently: other actions may be possible.
    opened : list of paths that are to be looked at in View
    """

    notice = Signal(object)
    changed = Signal()
    opened = Signal(object)

    def __init__(self, panel: LightboxPanel, given: LightboxTools) -> None:
        super().__init__(panel)
        self.panel, self.model, self.view, self._given = panel, panel.model, panel.view, given
        self.folder: Path | None = None
        self._named: list[int] | None = None  # all rows by name, once all are listed
        self._go_to = ""  # a file that the keyboard goes to when it is found
        self._placed = ""  # where the keyboard was put while nobody has moved it
        self._arranged_at, self._unmeasured = 0.0, 0
        # One lists and sorts, two make pictures; what is written waits for neither.
        self._background, self._drawing = Background(1, self), Background(2, self)
        self.listing = FrameListing(self._background, given.cache, given.book, self)
        self._arranging = Latest(self._background, self)
        self.looks = LookQueue(
            *(given.looker, self._drawing, given.cache, self._is_known, self._state_of), self
        )
        self.pictures = TilePictures(self._drawing, given.cache, self._state_of, self)
        self.painted = PaintedPictures(
            *(given.worker, self._drawing, given.cache, self._state_of, self._painting), self
        )
        self.verdicts = VerdictController(
            panel, VerdictSteps(given.book, given.undo, self), given.memory, self
        )
        self._calm = QTimer(self, singleShot=True, interval=SCROLL_MS)
        self._restore()
        self._connect()

    def _restore(self) -> None:
        kept, panel = self._given.memory.settings.lightbox, self.panel
        panel.sort.setCurrentIndex(max(panel.sort.findData(kept.sort), 0))
        panel.down.setChecked(kept.descending)
        self.view.set_size(kept.picture_size)
        self.view.show_pictures(self.pictures, self.painted)

    def _connect(self) -> None:
        panel, view = self.panel, self.view
        self.listing.found.connect(self._found)
        self.listing.named.connect(self._listed)
        self.looks.seen.connect(self._seen)
        self.looks.progressed.connect(self._progressed)
        self.looks.ended.connect(self._looked)
        verdicts = self.verdicts
        verdicts.notice.connect(self.notice)
        for signal, work in (
            (verdicts.judging, self._moved),
            (verdicts.fewer, self._fewer),
            (verdicts.missing, self.arrange),
            (verdicts.said, self._picked),
        ):
            signal.connect(work)
        self._arranging.failed.connect(lambda error: self.notice.emit(Notice.of(error)))
        self._calm.timeout.connect(self._want)
        for pictures in (self.pictures, self.painted):
            pictures.changed.connect(self._drawn)
        panel.wanted_changed.connect(self._wanted_changed)
        panel.cancelled.connect(self.looks.cancel)
        view.seen.connect(lambda *_: self._calm.start())
        view.picked.connect(self._picked)
        view.opened.connect(self.open_selected)

    # ---- the folder ------------------------------------------------------------------------

    def take(self, paths: Sequence[Path]) -> None:
        """Show the first folder; of a file its folder, with the keyboard on the file."""
        folder = next((path for path in paths if is_folder(path)), None)
        if folder is None and paths:
            self._go_to = str(paths[0])
            folder = paths[0].parent
        if folder is not None:
            self.open(folder)

    def open(self, folder: Path) -> None:
        """Show a folder."""
        self.folder, self._named = folder, None
        self.looks.clear()
        self.pictures.clear()
        self.pictures.problems.clear()
        self.painted.clear()
        self.model.begin()
        self.panel.show_folder(opened=True)
        self.panel.show_progress(-1)
        self.panel.say(tr("Listing {name} …", name=folder.name))
        self.panel.nothing.clear()
        self.panel.show_counts()
        self.listing.begin(folder)
        self.panel.focus()
        self.changed.emit()

    def reload(self) -> None:
        """List the folder again; the keyboard stays on its frame."""
        current = self.view.current()
        if self.folder is not None:
            self._go_to = current.path if current else ""
            self.open(self.folder)

    def _found(self, piece: FolderPiece) -> None:
        first = not self.model.shown
        self.model.add(piece.rows, self.panel.wanted.query.wants)
        if piece.known:
            self.model.take_seen(piece.known)
        if first and self.model.shown and not self._go_to:
            self._place_first()
        self.panel.show_counts()
        self.panel.say(
            tr_counted(
                "Listing {what} … {count} frame",
                "Listing {what} … {count:,} frames",
                len(self.model.rows),
                what=self._name(),
            )
        )
        self._calm.start()

    def _listed(self, order: list[int]) -> None:
        self._named = order
        self.panel.show_progress(None)
        self._say_total()
        self._score()
        self._wanted_changed()
        self.panel.card.tags.offer(all_tags(row.said for row in self.model.rows))
        self.changed.emit()

    def _name(self) -> str:
        return self.folder.name if self.folder else ""

    def _say_total(self) -> None:
        """Say what is on show, and how many of it are not measured where that matters."""
        wanted = self.panel.wanted
        matters = "quality" in wanted.query.needs | {FIELDS[wanted.field][1]}
        self._unmeasured = self.model.not_measured() if matters else 0
        self._say_selected(len(self.view.selected_rows()))

    def _say_selected(self, count: int) -> None:
        if self._named is None or self.looks.whole:
            return  # how far that is stands there
        shown, total = len(self.model.shown), len(self.model.rows)
        self.panel.say(row_text.folder_words(self._name(), shown, total, self._unmeasured, count))

    # ---- which frames, in which order ------------------------------------------------------

    def _wanted_changed(self) -> None:
        wanted = self.panel.wanted
        kept = self._given.memory.settings.lightbox
        chosen = replace(kept, sort=wanted.field, descending=wanted.descending)
        if chosen != kept:
            self._given.memory.keep_lightbox(chosen)
        self.arrange()
        if self._named is None:
            return  # asked again when all is listed
        needs = wanted.query.needs | {FIELDS[wanted.field][1]}
        if "facts" in needs:
            self.looks.look_at_all([row.path for row in self.model.rows], measure=False)

    def arrange(self) -> None:
        """Show what is wanted, in its order."""
        self._arranged_at = time.monotonic()
        rows = self.model.rows
        named = list(range(len(rows))) if self._named is None else self._named
        work = partial(arranged, rows, named, self.panel.wanted)
        self._arranging.wish(work, partial(self._arranged, rows))

    def _arranged(self, rows: list[FrameRow], shown: list[int]) -> None:
        if rows is not self.model.rows:
            return  # of another folder
        query = self.panel.wanted.query
        nothing = not shown and self._named is not None
        self.panel.nothing.setText(
            row_text.why_nothing(self._name(), rows, query) if nothing else ""
        )
        if shown == self.model.shown:
            self._go_on()
            self._say_total()
            return
        current, place = self.view.current(), self.view.currentIndex().row()
        chosen = {self.model.shown[i] for i in self.view.selected_rows()}
        self.model.arrange(shown)
        if current and current.path == self._placed:
            self._place_first()
        elif current and not self._go_to:
            now = self.model.place_of(current.path)
            self.view.set_current(now if now >= 0 else min(place, len(shown) - 1))
            if len(chosen) > 1:
                self.view.select_rows([i for i, number in enumerate(shown) if number in chosen])
        self._go_on()
        self._say_total()
        self._calm.start()
        self._picked()  # perhaps nothing

    def _go_on(self) -> None:
        """Put the keyboard on the file that was asked for, or on the first."""
        if self._go_to and self._named is not None:
            self.view.set_current(max(self.model.place_of(self._go_to), 0))
            self._go_to = ""
        elif self.view.current() is None and self.model.shown:
            self._place_first()

    def _place_first(self) -> None:
        """Put the keyboard on the first frame, where it stays first until somebody moves it."""
        self.view.set_current(0)
        current = self.view.current()
        self._placed = current.path if current else ""

    # ---- what is known of frames -----------------------------------------------------------

    def measure(self) -> None:
        """S/N and seeing of the selected frames, or of all on show."""
        self.looks.look_at_all([row.path for row in self.chosen()], measure=True)

    def _is_known(self, path: str, measured: bool) -> bool:
        row = self.model.row_of(path)
        if row is None:
            return True  # of another folder
        return (row.quality if measured else row.facts) is not None

    def _state_of(self, path: str) -> FileState | None:
        row = self.model.row_of(path)
        return FileState(path, row.size, row.mtime_ns) if row else None

    def _seen(self, found: tuple[SeenFile, ...]) -> None:
        self.model.take_seen(found)
        current = self.view.current()
        if current and any(seen.path == current.path for seen in found):
            self._picked()

    def _progressed(self, done: int, of: int, measured: bool) -> None:
        self.panel.say(row_text.progress_words(done, of, measured, self.looks.left_s))
        self.panel.show_progress(done / max(of, 1))
        if time.monotonic() - self._arranged_at > AGAIN_S:
            self.arrange()

    def _looked(self) -> None:
        self.panel.show_progress(None)
        self._say_total()
        self._score()
        self.arrange()
        self.changed.emit()

    def _score(self) -> None:
        """How odd each measured frame is among those of its filter and size."""
        rows = self.model.rows
        if any(row.quality for row in rows):
            self._background.run(partial(_scores, rows), partial(self._scored, rows), _ignored)

    def _scored(self, rows: list[FrameRow], scores: list[float]) -> None:
        for row, score in zip(rows, scores, strict=False):
            row.outlier = score
        self.arrange()
        self.model.redraw()
        self._picked()

    # ---- pictures --------------------------------------------------------------------------

    def show_painted(self, on: bool) -> None:
        """Small pictures with painted colours, or as the files are."""
        self.view.with_colours = on
        self._want()
        self.view.viewport().update()

    def enlarge(self, steps: int) -> None:
        """Larger or smaller pictures."""
        self.view.set_size(self.view.size_step + steps)
        kept = self._given.memory.settings.lightbox
        self._given.memory.keep_lightbox(replace(kept, picture_size=self.view.size_step))
        self._want()

    def _painting(self) -> EnhanceOptions:
        options = self._given.memory.options
        return EnhanceOptions(
            colorizer=options.colorizer or "auto", superres=None, device=options.device
        )

    def _want(self) -> None:
        """Pictures and facts of what is in view, and of the pages after it."""
        first, last = self.view.on_show
        page = max(last - first + 1, 0)
        shown = self.model.shown[first : last + 1 + AHEAD * page]
        paths = [self.model.rows[number].path for number in shown]
        self.pictures.want(paths)
        self.painted.want(paths if self.view.with_colours else [])
        self.looks.want(paths[: 2 * page])

    def _drawn(self) -> None:
        self.view.viewport().update()
        current = self.view.current()
        if current:
            self._show_picture(current)

    def _show_picture(self, row: FrameRow | None) -> None:
        picture = self.pictures.known(row.path) if row else None
        there = picture is not None and not picture.isNull()
        self.panel.card.show_picture(QPixmap.fromImage(picture) if there and picture else None)

    # ---- the frame under the keyboard ------------------------------------------------------

    def chosen(self) -> list[FrameRow]:
        """What an action is about: the selected frames, or all on show when one at most is."""
        rows = self.view.selected()
        return rows if len(rows) > 1 else [self.model.rows[number] for number in self.model.shown]

    def _fewer(self) -> None:
        self._say_total()
        self._calm.start()

    def _moved(self) -> None:
        self._placed = ""

    def _picked(self) -> None:
        row = self.view.current()
        self.panel.look.setEnabled(row is not None)
        called = self.model.called(row) if row else ""
        count, tags = len(self.view.selected_rows()), self.verdicts.shared_tags()
        self.panel.card.show_row(row, called, max(count, 1), tags)
        self._show_picture(row)
        self._say_selected(count)
        self.changed.emit()

    # ---- onward ----------------------------------------------------------------------------

    def open_selected(self) -> None:
        """Look at the selected frames in View."""
        paths = [Path(row.path) for row in self.view.selected()]
        if len(paths) > MOST_OPENED:
            told = tr("View opens {most_opened} of these frames at most.", most_opened=MOST_OPENED)
            self.notice.emit(Notice(told, tr("Select fewer, or send them to Batch.")))
        elif paths:
            self.opened.emit(paths)

    @property
    def busy(self) -> bool:
        """Whether something is being listed, read, drawn or written."""
        parts = (self.listing, self.looks, self.pictures, self.painted, self.verdicts)
        return (
            any(part.busy for part in parts)
            or self._calm.isActive()
            or self._background.busy
            or self._drawing.busy
        )

    def close(self) -> None:
        """End what runs; what was said is on the disk then."""
        self.listing.stop()
        self.looks.clear()
        self.verdicts.close()
        for background in (self._background, self._drawing):
            background.close()


def _scores(rows: Sequence[FrameRow]) -> list[float]:
    groups = [
        (row.facts.filter, row.facts.width, row.facts.height) if row.facts else None for row in rows
    ]
    return outlier_scores([row.quality for row in rows], groups)


def _ignored(_: object) -> None:
    """The log has it."""
