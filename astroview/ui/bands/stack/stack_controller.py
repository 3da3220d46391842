"""Combining frames in the window: offered, done by a process of its own, shown with its shifts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QMainWindow

from astroview.core import resources
from astroview.core.errors import AstroviewError
from astroview.core.frame import Frame
from astroview.core.messages import stack_messages
from astroview.core.messages.stack_messages import (
    StackDone,
    StackedFrame,
    StackEvent,
    StackFields,
    StackProblem,
    StackProgress,
)
from astroview.core.messages.worker_messages import Progress
from astroview.core.texts import Text
from astroview.ui.bands.stack import stack_fellows, stack_rows
from astroview.ui.bands.stack.stack_fellows import NOTHING, Combinable
from astroview.ui.bands.stack.stack_offer import StackOffer
from astroview.ui.bands.stack.stack_panel import StackPanel
from astroview.ui.display.display_panel import DisplayPanel
from astroview.ui.documents.document import Document
from astroview.ui.documents.document_store import DocumentStore
from astroview.ui.documents.session_jobs import SessionJob
from astroview.ui.i18n.translate import tr
from astroview.ui.process.json_process import Ending, LineProcess
from astroview.ui.process.thread_pool import Background
from astroview.ui.shell.action_registry import Commands
from astroview.ui.shell.notice import Act, Notice

MOST = 200  # open frames that are searched
PATIENCE_MS = 1500  # to leave when it is cancelled; a tile may be long


class StackController(QObject):
    """Finds fellows of the frame looked at, offers to combine them, and does it.

    ``offer`` is the row that offers it, for the window to place; ``answered`` takes away the
    notice whose button does the same.
    """

    notice = Signal(object)

    def __init__(
        self,
        window: QMainWindow,
        display: DisplayPanel,
        answered: Callable[[Act], None],
        desk: DocumentStore,
        commands: Commands,
    ) -> None:
        super().__init__(window)
        self._window, self._answered = window, answered
        self._desk, self._commands = desk, commands
        self._session = desk.session
        self._background = Background(1, self)
        self._process = LineProcess(stack_messages.decode, self, name="the stack")
        self._offered: Combinable = NOTHING
        self._searched: tuple = ()
        self._told: set[tuple[Path, ...]] = set()
        self._made: dict[Path, tuple[StackedFrame, ...]] = {}
        self._problem: StackProblem | None = None
        self._pending: dict[Path, StackDone] = {}
        self._asked: Callable[[], None] = self.combine  # the same, filters mixed
        self._cancelled = False
        self.offer, self.panel = StackOffer(), StackPanel()
        display.add_below(self.panel)
        self._connect()

    def _connect(self) -> None:
        for signal in (self._session.selected, self._session.changed, self._session.removed):
            signal.connect(self._update)
        self._session.marked_changed.connect(self._show_offer)
        self._desk.opened.connect(self._opened)
        self.offer.combine.connect(self.combine)
        self.offer.cancel.connect(self.cancel)
        jobs = self._session.jobs
        jobs.changed.connect(lambda _: self.offer.show_job(jobs.get("combine")))
        jobs.progressed.connect(self.offer.show_progress)
        self._process.said.connect(self._said)
        self._process.ended.connect(self._ended)
        self._commands.serve(
            {"combine": self.combine, "combine_fields": self.combine_fields},
            possible={
                "combine": lambda: not self.running and self.candidates.count > 1,
                "combine_fields": lambda: not self.running and len(self._measured()) > 1,
            },
        )

    # ---- what others call ----------------------------------------------------------------

    @property
    def running(self) -> bool:
        """Whether frames are being combined."""
        return self._process.running

    @property
    def busy(self) -> bool:
        """Whether fellows are being looked for, or frames combined."""
        return self._background.busy or self.running

    @property
    def candidates(self) -> Combinable:
        """The rows selected in the list, else the frames on offer."""
        documents = [self._desk.documents.get(key) for key in self._session.marked]
        chosen = stack_fellows.marked([one.frame for one in documents if one])
        return chosen if chosen.count > 1 else self._offered

    def combine(self) -> None:
        """Ask where the result goes, and combine."""
        given = self.candidates
        if given.count < 2 or self.running:
            return
        first = given.paths[0]
        proposed = str(first.with_name(f"{first.name.split('.')[0]}_stack.fits"))
        name, _ = QFileDialog.getSaveFileName(
            self._window, tr("Combine into"), proposed, "FITS (*.fits)"
        )
        if name:
            path = Path(name)
            self.combine_into(path if path.suffix else path.with_suffix(".fits"))

    def combine_into(self, target: Path) -> None:
        """Combine what is selected, or on offer, into a file."""
        given = self.candidates
        if given.count < 2 or self.running:
            return
        self._answered(self.combine)
        hdu = [] if given.hdu is None else [f"--hdu={given.hdu}"]
        self._begin([f"--out={target}", *hdu], given.paths, target.name)

    def combine_fields(self) -> None:
        """Ask for a folder, and combine all open frames, field by field and filter by filter."""
        if (paths := self._measured()) and not self.running:
            name = QFileDialog.getExistingDirectory(
                self._window, tr("Stacks of all fields into"), str(paths[0].parent)
            )
            if name:
                self.combine_fields_into(Path(name))

    def combine_fields_into(self, folder: Path) -> None:
        """Combine all open frames by field and filter into files of a folder."""
        paths = self._measured()
        if len(paths) > 1 and not self.running:
            self._begin([f"--out={folder}", "--by-field"], paths, folder.name)

    def _measured(self) -> tuple[Path, ...]:
        """The files of all open frames that can be combined at all."""
        return stack_fellows.measured([one.frame for one in self._desk.documents.values()])

    def _begin(self, words: Sequence[str], paths: Sequence[Path], name: str) -> None:
        self._problem, self._cancelled = None, False
        self._asked = partial(self._begin, [*words, "--mixed-filters"], paths, name)
        how = [f"--scale={self.offer.scale}", *(["--denoise"] if self.offer.denoise else [])]
        line = [*words, *how, "--events", "--", *map(str, paths)]
        self._process.begin([*resources.program(), "stack", *line])
        self._session.jobs.begin(SessionJob("combine", name))

    def cancel(self) -> None:
        """Give up combining; no file is left."""
        if self.running:
            self._cancelled = True
            self._process.leave()
            self.startTimer(PATIENCE_MS)

    def timerEvent(self, event: object) -> None:
        self.killTimer(event.timerId())  # type: ignore[attr-defined]
        if self._cancelled and self.running:
            self._process.kill()

    def close(self) -> None:
        """Stop what runs; nothing is told any more."""
        self._process.close()
        self._background.close()

    # ---- offering ------------------------------------------------------------------------

    def _update(self, *_: object) -> None:
        chosen = self._session.selection
        frame = chosen.document.frame if chosen else None
        made = self._rows_of(frame) if frame else ()
        if made:
            self.panel.show_frames(made)
        self.panel.setVisible(bool(made))
        frames = [d.frame for d in list(self._desk.documents.values())[:MOST]]
        key = (id(frame), *map(id, frames))
        if key == self._searched:
            return
        self._searched = key
        if frame is None:
            self._offer(NOTHING)
            return
        work = partial(stack_fellows.fellows, frames, frame)
        self._background.run(work, partial(self._found, key), self._failed)

    def _rows_of(self, frame: Frame) -> tuple[StackedFrame, ...]:
        """The frames of a stack; those of a file made earlier are read, and come later."""
        path = frame.path
        if path is None or frame.header is None or "STKMETH" not in frame.header:
            return ()
        if path not in self._made:
            self._made[path] = ()
            work = partial(stack_rows.rows_of, path)
            self._background.run(work, partial(self._rows_read, path), self._failed)
        return self._made[path]

    def _rows_read(self, path: Path, rows: tuple[StackedFrame, ...]) -> None:
        self._made[path] = rows
        self._update()

    def _found(self, key: tuple, found: Combinable) -> None:
        if key == self._searched:
            self._offer(found)

    def _offer(self, found: Combinable) -> None:
        self._offered = found
        self._show_offer()
        if found.count > 2 and not any(set(found.paths) <= set(told) for told in self._told):
            self._told.add(found.paths)
            words = Text("{count} frames of one field are open.", count=found.count)
            hint = "What they sampled together comes before a guess."
            button = Text("Combine {count} frames", count=found.count)
            self.notice.emit(Notice(words, hint, "info", button, self.combine))

    def _show_offer(self) -> None:
        self.offer.show_count(self.candidates.count)
        self._commands.update()

    def _failed(self, error: AstroviewError) -> None:
        self.notice.emit(Notice.of(error))

    # ---- the process ---------------------------------------------------------------------

    def _said(self, event: StackEvent) -> None:
        match event:
            case StackProgress():
                now = Progress("", event.done, event.of, event.eta_s, event.note)
                self._session.jobs.progress("combine", now)
            case StackDone():
                self._made[Path(event.path)] = event.frames
                self._show_result(event)
            case StackFields():
                self._problem = None
            case StackProblem():
                if self._problem is not None:  # of another field
                    self._tell_problem(self._problem)
                self._problem = event

    def _show_result(self, done: StackDone) -> None:
        path = Path(done.path)
        for key, document in list(self._desk.documents.items()):
            if document.frame.path == path:
                self._desk.remove(key, "")
        self._pending[path] = done
        self._desk.open([path])

    def _opened(self, document: Document, _first: bool) -> None:
        """Tell of a stack when it is there, after what its file has to say."""
        path = document.frame.path
        if path is not None and (done := self._pending.pop(path, None)) is not None:
            QTimer.singleShot(0, partial(self._tell_of, done))

    def _tell_of(self, done: StackDone) -> None:
        path = Path(done.path)
        unfit = [one for one in done.frames if one.reason]
        taken = len(done.frames) - len(unfit)
        words = tr("{taken} frames were combined into {name}.", taken=taken, name=path.name)
        why = [f"{one.name}: {tr(one.reason)}." for one in unfit[:3]]
        if done.remark:
            remark = tr(done.remark)
            why.append(f"{remark[:1].upper()}{remark[1:]}.")  # German nouns keep their capitals
        self.notice.emit(Notice(words, " ".join(why), "info" if why else "done"))

    def _ended(self, ending: Ending) -> None:
        self._session.jobs.end("combine")
        if self._cancelled:
            self.notice.emit(Notice("Combining was cancelled."))
        elif self._problem is not None:
            self._tell_problem(self._problem)
        elif ending.code != 0:
            last = "".join(ending.last_words.splitlines()[-1:])
            self.notice.emit(Notice.of_words("Combining ended before it was done", last))

    def _tell_problem(self, problem: StackProblem) -> None:
        """Why there is no stack; where filters differ the user may want one all the same."""
        button, act = (tr("Combine all the same"), self._asked) if problem.filters else ("", None)
        self.notice.emit(Notice.of_words(problem.message, problem.hint, button, act))
