"""What of a folder can be learnt from: verdicts as thumbnails, to look over and to overrule.

The widget stands by itself: it runs ``astroview curate DIR --events`` as a child process, draws
what that says, and keeps what the user overrules in the file that the command reads::

    curation = Curation([*resources.program(), "curate"], theme)
    curation.finished.connect(lambda curated: ...)   # .report is what `TuneConfig.data` takes
    curation.curate(Path("/data/my-survey"))
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from astroview.core.errors import AstroviewError
from astroview.core.messages import curate_messages, curation_overrides
from astroview.core.messages.curate_messages import (
    CurateBegun,
    Curated,
    CurateEvent,
    CurateProblem,
    CurateProgress,
    Judged,
)
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.process.json_process import Ending, LineProcess
from astroview.ui.train.curation.judged_files import WHY, ShownFiles, Verdicts
from astroview.ui.train.curation.override_history import OverrideHistory, may_change
from astroview.ui.train.curation.thumbnail_grid import VerdictGrid
from astroview.ui.train.pages.data_sufficiency import Enough
from astroview.ui.train.pages.message_page import MessagePage, about_left
from astroview.ui.train.pages.progress_footer import Footer
from astroview.ui.widgets.controls import Segmented, combo, dress
from astroview.ui.widgets.theme import Theme
from astroview.ui.widgets.wrapping_row import WrappingRow

AGAIN_MS = 900  # after the last wish, the whole is judged again
HELD_OUT = 0.2  # share of the targets
TABS = (("accepted", noted("Accepted")), ("refused", noted("Refused")), ("all", noted("All")))
State = Literal["empty", "running", "done", "failed"]


class Curation(QWidget):
    """Shows a curation, runs it, and keeps what the user overrules.

    Parameters
    ----------
    command
        The program and its arguments before the folder: ``astroview curate``.

    Signals
    -------
    finished : `Curated`; the report is written; also after each change of the verdicts
    failed : message, hint; told in the widget too
    busy_changed : bool; a curation began or ended
    overruled : dict of paths to bool; all that the user wishes now
    """

    finished = Signal(object)
    failed = Signal(str, str)
    busy_changed = Signal(bool)
    overruled = Signal(object)

    def __init__(self, command: list[str], theme: Theme) -> None:
        super().__init__()
        self._command = command
        self._folder: Path | None = None
        self._pairs: Path | None = None
        self._chosen: dict[str, bool] = {}
        self._begun: CurateBegun | None = None
        self._held_out = HELD_OUT
        self._stale: set[str] = set()  # paths whose wish the process does not know yet
        self.state: State = "empty"
        self.curated: Curated | None = None
        self.overruling = OverrideHistory()
        self.process = LineProcess(curate_messages.decode, self)
        self.model = Verdicts(self)
        self.shown = ShownFiles(self.model, self)
        self.grid = VerdictGrid(self.shown, theme)
        self.enough = Enough(theme)
        self._saying, self._foot = MessagePage(theme), Footer()
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._lay_out()
        self._connect()
        self._show()

    # ---- what others call ----------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether a curation runs, or will at once."""
        return self.process.running or self._again.isActive()

    def curate(
        self, folder: Path, pairs: Path | None = None, chosen: Mapping[str, bool] | None = None
    ) -> None:
        """Look at a folder; what an earlier curation saw of it is not looked at again.

        ``pairs`` is a list of poorer and better frames, CSV with columns low and high. Files that
        are not ``chosen`` are refused as if the user did it here; of those that are, no earlier
        refusal by the user holds.
        """
        self.process.close()
        self._again.stop()
        if folder != self._folder:
            self.model.begin()
            self.overruling.begin({})
        self._folder, self._pairs, self.curated = folder, pairs, None
        self._chosen = dict(chosen or {})
        self.enough.show_estimates(())
        self.grid.forget_pictures()
        self._start()

    def hold_out(self, share: float) -> None:
        """Keep another share of the targets for the scores; the whole is judged again soon."""
        if share == self._held_out:
            return
        self._held_out = share
        if self.process.running or self.state == "done":
            self._again.start()
            self.busy_changed.emit(True)  # noqa: FBT003 - a signal has no names

    def stop(self) -> None:
        """End the curation; what was seen is kept for the next one."""
        self._again.stop()
        self.process.leave()

    def close_down(self) -> None:
        """End everything, since the window closes."""
        self._again.stop()
        self.process.close()

    def set_theme(self, theme: Theme) -> None:
        for part in (self.grid, self.enough, self._saying):
            part.set_theme(theme)

    def wish(self, rows: list[Judged], take: bool) -> None:
        """Accept or refuse files; the whole is judged again soon."""
        self._changed(self.overruling.wish(rows, take))

    def undo(self) -> None:
        """Take the last wish back."""
        self._changed(self.overruling.undo(self.model.known()))

    # ---- layout --------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.tabs = Segmented((value, tr(words), "") for value, words in TABS)
        self.tabs.set_value("accepted")
        self.reasons = combo(tr("Reason"), tip="Show the frames with one reason")
        self.reasons.setMinimumWidth(190)
        self._accept = dress(QPushButton(tr("Accept")), tip="Enter")
        self._refuse = dress(QPushButton(tr("Leave out")), tip="Delete")
        self._undo = dress(QPushButton(tr("Undo")), tip="Ctrl+Z")
        buttons = (self._undo, self._refuse, self._accept)
        self._head = WrappingRow([(self.tabs, self.reasons), buttons])
        self._head.setContentsMargins(18, 10, 18, 8)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._saying)
        self._pages.addWidget(self.grid)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.enough)
        column.addWidget(self._head)
        column.addWidget(self._pages, 1)
        column.addWidget(self._foot)

    def _connect(self) -> None:
        self.process.said.connect(self._said)
        self.process.helped.connect(self._helped)
        self.process.ended.connect(self._ended)
        self._again.timeout.connect(self._start)
        self.tabs.chosen.connect(lambda _: self._filter())
        self.reasons.currentIndexChanged.connect(lambda _: self._filter())
        self.grid.wished.connect(lambda take: self.wish(self.grid.selected(), take))
        self.grid.toggled.connect(lambda row: self.wish([row], row.verdict == "refused"))
        self.grid.selectionModel().selectionChanged.connect(lambda *_: self._show_buttons())
        self._accept.clicked.connect(lambda: self.wish(self.grid.selected(), take=True))
        self._refuse.clicked.connect(lambda: self.wish(self.grid.selected(), take=False))
        self._undo.clicked.connect(self.undo)
        self._foot.stopped.connect(self.stop)
        self._saying.pressed.connect(self._try_again)
        keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.undo)

    def _try_again(self) -> None:
        if self._folder:
            self.curate(self._folder, self._pairs)

    # ---- the process ---------------------------------------------------------------------

    def _start(self) -> None:
        """Run the command; a wish during a run makes it run once more."""
        if self._folder is None:
            return
        if self.process.running:
            self._again.start()
            return
        self._stale.clear()
        self.state = "running"
        self._foot.say(tr("Looking for frames …"))
        self._foot.show_part(0, 0)
        options = [f"--held-out={self._held_out:g}", "--events"]
        if self._pairs:
            options.append(f"--pairs={self._pairs}")
        self.process.begin([*self._command, str(self._folder), *options])
        self.busy_changed.emit(True)  # noqa: FBT003 - a signal has no names
        self._show()

    def _said(self, event: CurateEvent) -> None:
        match event:
            case CurateBegun():
                self._begin(event)
            case CurateProgress():
                self._progress(event)
            case Judged():
                if event.path not in self._stale:
                    self.model.take(event)
            case Curated():
                self.curated = event
            case CurateProblem():
                self._fail(event.message, event.hint)

    def _begin(self, event: CurateBegun) -> None:
        first = self._begun is None or self._begun.folder != event.folder
        self._begun = event
        if first or not self.overruling.can_undo:
            try:
                known = curation_overrides.read(Path(event.overrules), Path(event.folder))
            except AstroviewError:
                return  # the process says so
            self.overruling.begin(known)
        if self._chosen:
            self._stale.update(self.overruling.choose(self._chosen))
            self._chosen = {}
            self._keep_wishes()

    def _progress(self, event: CurateProgress) -> None:
        self._foot.show_part(event.done, max(event.of, 1))
        words = tr("{done:,} of {of:,} files looked at", done=event.done, of=event.of)
        if event.eta_s is not None and event.done < event.of:
            words = f"{words} · {about_left(event.eta_s)}"
        self._foot.say(words)

    def _helped(self) -> None:
        self.model.flush()
        self._show()

    def _ended(self, ending: Ending) -> None:
        if self.state == "running":
            if self.curated is not None:
                self.state = "done"
                if not self._stale:  # else it told of files that are not wished
                    self.enough.show_estimates(self.curated.estimates)
                    self.finished.emit(self.curated)
            elif self.model.rows and ending.code == 1:
                self.state = "done"  # stopped: what was seen stays
            elif ending.code == 1 and not ending.last_words:
                self.state = "empty"
            else:
                self._fail("The curation ended before it was done", ending.last_words)
        if self._stale:
            self._again.start()
        self.busy_changed.emit(self.busy)
        self._show()

    def _fail(self, message: str, hint: str) -> None:
        self.state = "failed"
        self._saying.say("error", tr(message), tr(hint), tr("Try again"))
        self.failed.emit(message, hint)

    # ---- wishes --------------------------------------------------------------------------

    def _changed(self, rows: list[Judged]) -> None:
        if not rows or self._begun is None:
            return
        for row in rows:
            self.model.take(row)
            self._stale.add(row.path)
        self.model.flush()
        if not self._keep_wishes():
            return
        self.overruled.emit(dict(self.overruling.wishes))
        self._again.start()
        self._show()

    def _keep_wishes(self) -> bool:
        """Write what the user wishes to where the process reads it; whether that went well."""
        assert self._begun is not None
        try:
            folder = Path(self._begun.folder)
            curation_overrides.write(Path(self._begun.overrules), folder, self.overruling.wishes)
        except AstroviewError as error:
            self._fail(error.message, error.hint)
            self._show()
            return False
        return True

    # ---- drawing -------------------------------------------------------------------------

    def _filter(self) -> None:
        verdict = self.tabs.value
        self.reasons.setVisible(verdict == "refused")
        why = self.reasons.currentData() or "" if verdict == "refused" else ""
        self.shown.show_only("" if verdict == "all" else verdict, why)
        self._show_page()
        self._show_buttons()

    def _show(self) -> None:
        counts = self.model.counts
        numbers = {"all": len(self.model.rows), **{v: counts[v] for v in ("accepted", "refused")}}
        for value, words in TABS:
            self.tabs.set_text(value, f"{tr(words)} {numbers[value]:,}")
        self._show_reasons()
        self._head.setVisible(bool(self.model.rows) and self.state != "failed")
        self._foot.setVisible(self.process.running)
        self._filter()

    def _show_reasons(self) -> None:
        """The kinds of reasons there are, with their counts; the choice stays."""
        counts = self.model.counts
        wanted = [("", tr("All reasons"))]
        wanted += [(why, f"{tr(WHY[why])} ({counts[why]:,})") for why in WHY if counts[why] > 0]
        shown = [
            (self.reasons.itemData(i), self.reasons.itemText(i))
            for i in range(self.reasons.count())
        ]
        if wanted == shown:
            return
        chosen = self.reasons.currentData()
        self.reasons.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.reasons.clear()
        for why, words in wanted:
            self.reasons.addItem(words, why)
        self.reasons.setCurrentIndex(max(self.reasons.findData(chosen), 0))
        self.reasons.blockSignals(False)  # noqa: FBT003

    def _show_page(self) -> None:
        if self.state == "failed":
            self._pages.setCurrentWidget(self._saying)
            return
        if self.shown.rowCount():
            self._pages.setCurrentWidget(self.grid)
            return
        if self.state == "running":
            self._saying.say("sample", tr("Looking at the frames …"))
        elif self.state == "empty":
            self._saying.say(
                "folder",
                tr("No frames have been looked at yet"),
                tr("FITS files and pictures are sorted into what a model can learn from and "
                   "what not, each with a reason."),
            )  # fmt: skip
        elif self.tabs.value == "accepted":
            self._saying.say(
                "error",
                tr("Nothing here can be learnt from"),
                tr("Under “Refused” stands why; accept what you want to keep all the same."),
            )
        else:
            self._saying.say("done", tr("Nothing was refused"))
        self._pages.setCurrentWidget(self._saying)

    def _show_buttons(self) -> None:
        rows = self.grid.selected() if self._pages.currentWidget() is self.grid else []
        self._accept.setEnabled(any(may_change(row, take=True) for row in rows))
        self._refuse.setEnabled(any(may_change(row, take=False) for row in rows))
        self._undo.setEnabled(self.overruling.can_undo)
