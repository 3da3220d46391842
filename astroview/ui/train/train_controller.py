"""Fine-tuning from the folder to the verdict: which page is on show, and what is pressed on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QFile, QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from astroview.core.io.paths.plain_paths import is_file, is_folder
from astroview.core.models.model_card import ModelCard
from astroview.core.settings import TrainSettings
from astroview.ui.i18n.translate import tr
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.shell.notice import Notice
from astroview.ui.train.pages.run_draft import RunDraft
from astroview.ui.train.runs import run_plan, run_state
from astroview.ui.train.runs.run_queue import Runs
from astroview.ui.train.runs.run_record import RunRecord
from astroview.ui.train.runs.run_state import ACTIVE, State
from astroview.ui.train.runs.train_process import LOG
from astroview.ui.train.train_panel import TrainPanel

MOST_FOLDERS = 40  # elsewhere that are remembered


class TrainController(QObject):
    """Decides what the panel shows, and does what is pressed on it.

    Signals
    -------
    notice : `Notice`
    changed
        Something stands differently: other actions may be possible.
    """

    notice = Signal(object)
    changed = Signal()

    def __init__(
        self, panel: TrainPanel, runs: Runs, drafting: RunDraft, memory: RememberedChoices
    ) -> None:
        super().__init__(panel)
        self.panel, self.runs, self.drafting = panel, runs, drafting
        self._memory = memory
        self._known: dict[Path, tuple[State, str]] = {}
        self._news = ""
        runs.changed.connect(self._run_changed)
        runs.listed.connect(self._listed)
        runs.ended.connect(self._ended)
        runs.notice.connect(self.notice)
        panel.picked.connect(self.show)
        panel.new_wanted.connect(self.new)
        panel.open_wanted.connect(self.choose_run)
        panel.begin.choose_folder.connect(self.choose_data)
        panel.begin.open_run.connect(self.choose_run)
        panel.begin.gather.connect(drafting.gather)
        drafting.changed.connect(self.changed)
        drafting.wanted.connect(self.new)
        drafting.ready.connect(self._begin)
        runs.search(memory.settings.train.folders)

    # ---- what is on show -------------------------------------------------------------------

    @property
    def current(self) -> RunRecord | None:
        """The run on show."""
        return self.panel.run_page.run if self.panel.on_show == "run" else None

    def show(self, run: RunRecord) -> None:
        """Show a run."""
        self.runs.show(run)
        self.panel.show_run(run)
        self.changed.emit()

    def new(self) -> None:
        """Show the page of a new run, or how to begin when nothing was dropped yet."""
        self.runs.show(None)
        if self.drafting.begun:
            self.panel.show_new()
        else:
            self.panel.show_begin()
        self.changed.emit()

    def take(self, paths: list[Path]) -> None:
        """Something was dropped: a run folder is opened, a model imported, a folder learnt from."""
        for path in paths:
            if self.runs.at(path) or (is_folder(path) and _is_run(path)):
                self.open_run(path)
                return
        self.drafting.take(paths)

    def choose_data(self) -> None:
        """Ask for a folder of frames."""
        start = self.drafting.folder or self._memory.folder
        name = QFileDialog.getExistingDirectory(
            self.panel, tr("A folder of frames to learn from"), str(start)
        )
        if name:
            self.drafting.take([Path(name)])

    def choose_run(self) -> None:
        """Ask for a run folder."""
        name = QFileDialog.getExistingDirectory(self.panel, tr("Open a run folder"))
        if name:
            self.open_run(Path(name))

    def open_run(self, folder: Path) -> None:
        """Show a run folder that lies elsewhere, and remember it."""
        run = self.runs.open(folder)
        if run is None:
            return
        if folder.parent != self.runs.folder:
            known = self._memory.settings.train.folders
            kept = (str(folder), *(other for other in known if other != str(folder)))
            self._remember(folders=kept[:MOST_FOLDERS])
        self.show(run)

    # ---- what is pressed -------------------------------------------------------------------

    def start(self) -> None:
        """Begin the new run, or go on with the one on show."""
        run = self.current
        if self.panel.on_show == "new":
            self.drafting.start()
        elif run and run.resumable:
            self.runs.go_on(run)

    def pause(self) -> None:
        """Pause the run on show, or let it go on."""
        run = self.current
        if run and run.state is State.PAUSED:
            self.runs.resume(run)
        elif run:
            self.runs.pause(run)

    def finish(self) -> None:
        """Stop and keep the run on show."""
        if self.current:
            self.runs.finish(self.current)

    def leave(self) -> None:
        """Leave the run on show; it can be resumed."""
        if self.current:
            self.runs.leave(self.current)

    def again(self, run: RunRecord) -> None:
        """A new run with the choices of another."""
        if run.config:
            self.drafting.begin_like(run.config)
            self.new()

    def show_log(self, run: RunRecord) -> None:
        """Show what the trainer said."""
        log = run.path / LOG
        if is_file(log):
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(log)))
        else:
            self.notice.emit(Notice(tr("There is no log of this run here."), str(run.path)))

    def show_folder(self) -> None:
        """Show the folder of the run on show."""
        if self.current:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.current.path)))

    def remove(self) -> None:
        """Take the run on show off the list; one of our own goes into the trash."""
        run = self.current
        if run is None or run.process:
            return
        if run.path.parent != self.runs.folder:
            known = self._memory.settings.train.folders
            self._remember(folders=tuple(f for f in known if f != str(run.path)))
            self._forget(run, tr("The run is not listed any more; its folder is where it was."))
            return
        if QFile.moveToTrash(str(run.path)):
            self._forget(run, tr("The run is in the system's trash."))
        else:
            hint = tr("Remove the folder by hand: {path}", path=run.path)
            self.notice.emit(Notice(tr("There is no trash for this run."), hint, "error"))

    def can_start(self) -> bool:
        if self.panel.on_show == "new":
            return not self.drafting.why_not
        return self.current is not None and self.current.resumable

    def can_pause(self) -> bool:
        run = self.current
        return run is not None and run.ours and run.state in (State.TRAINING, State.PAUSED)

    def is_paused(self) -> bool:
        return self.current is not None and self.current.state is State.PAUSED

    def can_finish(self) -> bool:
        run = self.current
        able = (State.TRAINING, State.PAUSED, State.WAITING)
        return run is not None and run.ours and run.state in able

    def can_leave(self) -> bool:
        run = self.current
        return run is not None and run.ours and run.state is not State.LEAVING

    def can_remove(self) -> bool:
        run = self.current
        return run is not None and run.process is None and run.state not in ACTIVE

    def news(self) -> str:
        """How the run that trains is doing, for the workspace's button."""
        active = self.runs.active
        if not active:
            return ""
        state, story = active[0].state, active[0].story
        part = run_state.part_of(state, story)
        if state is State.TRAINING and part is not None:
            return f"{100 * part:.0f} %"
        return tr("paused") if state is State.PAUSED else "…"

    # ---- inside ----------------------------------------------------------------------------

    def _begin(self, choices: TrainSettings, models: Mapping[str, ModelCard | None]) -> None:
        drafting = self.drafting
        name = drafting.name
        begun = [
            run
            for config in run_plan.configs(choices, models, drafting.data, name)
            if (run := self.runs.begin(config))
        ]
        if begun:
            drafting.forget()
            self.show(begun[0])

    def _forget(self, run: RunRecord, words: str) -> None:
        self.runs.forget(run)
        self.notice.emit(Notice(words, run.name, "done"))
        self._show_something()

    def _show_something(self) -> None:
        if self.runs.all:
            self.show(self.runs.all[0])
        else:
            self.new()

    def _listed(self) -> None:
        """At first the run that matters most is shown: one that is not ended."""
        current = self.current
        if current:
            self.panel.show_run(current)
        elif self.runs.all and self.panel.on_show == "begin":
            wanted = (ACTIVE, {State.INTERRUPTED, State.STOPPED, State.NEW})
            for states in wanted:
                for run in self.runs.all:
                    if run.state in states:
                        self.show(run)
                        return
            self.show(self.runs.all[0])
        self.changed.emit()

    def _run_changed(self, run: RunRecord) -> None:
        self.panel.refresh(run)
        known, news = (run.state, run.decided), self.news()
        if self._known.get(run.path) != known or self._news != news:
            self._known[run.path], self._news = known, news
            self.changed.emit()

    def _ended(self, run: RunRecord) -> None:
        self.panel.refresh(run)

    def _remember(self, **values: object) -> None:
        self._memory.keep_train(replace(self._memory.settings.train, **values))  # type: ignore[arg-type]


def _is_run(folder: Path) -> bool:
    from astroview.ui.train.runs import run_folders

    return run_folders.is_run(folder)
