"""“Get frames”: a target, a survey and a number become a folder of frames.

The widget stands by itself: it runs ``astroview gather ... --events`` as a child process::

    gathering = Gathering([*resources.program(), "gather"], theme, Path.home() / "Frames")
    gathering.finished.connect(lambda folder: curation.curate(folder))
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableView,
)

from astroview.core.memory_limits import amount
from astroview.core.messages import gather_messages
from astroview.core.messages.gather_messages import (
    Fetched,
    GatherBegun,
    Gathered,
    GatherEvent,
    GatherProblem,
    GatherProgress,
)
from astroview.ui.i18n.translate import local, noted, tr, tr_counted
from astroview.ui.process.json_process import Ending
from astroview.ui.train.pages.gathered_files import GatheredFiles, Padded
from astroview.ui.train.pages.message_page import about_left
from astroview.ui.train.pages.process_page import ProcessPage, asking
from astroview.ui.widgets.controls import combo, dress, label, number_box, scaled
from astroview.ui.widgets.theme import Theme

SURVEYS = (
    ("dss", noted("Digitized Sky Survey, colour")),
    ("panstarrs", noted("Pan-STARRS, colour")),
    ("sdss-colour", noted("Sloan, colour")),
    ("sdss", noted("Sloan, frames in g, r, i")),
    ("hla", noted("Hubble Legacy Archive")),
    ("hst", noted("Hubble, all of MAST")),
    ("jwst", noted("James Webb")),
    ("skyview", noted("SkyView, DSS2 red")),
)
MOST = 5000
NARROW = 560  # pixels, for text of the usual size
State = Literal["empty", "running", "done", "stopped", "failed"]


class GatherPage(ProcessPage):
    """Asks what is wanted, fetches it, and lists the files as they come.

    Parameters
    ----------
    command
        The program and its arguments before the options: ``astroview gather``.
    home
        Where new folders are proposed.

    Signals
    -------
    finished : Path; the folder, when at least one frame is there
    failed : message, hint; told in the widget too
    busy_changed : bool
    """

    finished = Signal(object)
    failed = Signal(str, str)
    busy_changed = Signal(bool)

    def __init__(self, command: list[str], theme: Theme, home: Path) -> None:
        super().__init__(gather_messages.decode, theme)
        self._command, self._home = command, home
        self._here = 0
        self.state: State = "empty"
        self.files = GatheredFiles(theme, self)
        self.target = dress(QLineEdit(), spoken=tr("Target"))
        self.survey = combo(tr("Survey"), SURVEYS)
        self.count = number_box("Number of frames")
        self.folder = dress(QLineEdit(), spoken=tr("Folder"))
        self._named = False  # the user chose the folder
        self._lay_out()
        self._connect()
        self._propose()
        self._show()

    # ---- what others call ----------------------------------------------------------------

    def start(self) -> None:
        """Fetch what is wanted; what is in the folder already is not fetched again."""
        target, folder = self.target.text().strip(), self.folder.text().strip()
        if self.busy or not target or not folder:
            return
        self.files.begin()
        self._here, self.state = 0, "running"
        self._foot.say(tr("Asking the archive …"))
        self._foot.show_part(0, 0)
        arguments = [
            f"--target={target}",
            f"--survey={self.survey.currentData()}",
            f"--count={self.count.value()}",
            f"--out={folder}",
            "--events",
        ]
        self.process.begin([*self._command, *arguments])
        self.busy_changed.emit(True)  # noqa: FBT003 - a signal has no names
        self._show()

    def close_down(self) -> None:
        """End everything, since the window closes."""
        self.process.close()

    def set_theme(self, theme: Theme) -> None:
        self.files.theme = theme
        self._saying.set_theme(theme)

    # ---- layout --------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.target.setPlaceholderText(tr("M101, or RA and Dec in degrees"))
        self.count.setRange(1, MOST)
        self.count.setValue(60)
        self._choose = dress(QPushButton(tr("Choose …")), tip="Choose a folder")
        self.button = dress(QPushButton(tr("Get frames")), "primary")
        self._asked = asking(10)
        asked = (self.target, self.folder, self.survey, self.count)
        self._titles = [label(w.accessibleName(), "muted") for w in asked[:3]]
        self._titles.append(label("Frames", "muted"))
        for title, widget in zip(self._titles, asked, strict=True):
            title.setBuddy(widget)
        self._arrange(narrow=False)
        grid = self._asked
        self._stack(grid, self._table())

    def _arrange(self, narrow: bool) -> None:
        """Two columns of what is asked for; one where that has no room."""
        grid = self._asked
        asked = (self.target, self.folder, self.survey, self.count)
        for i, (title, widget) in enumerate(zip(self._titles, asked, strict=True)):
            row, column = (i, 0) if narrow else (i % 2, 2 * (i // 2))
            grid.addWidget(title, row, column)
            grid.addWidget(widget, row, column + 1)
        for row, button in enumerate((self.button, self._choose)):
            grid.addWidget(button, row, 4)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(3, 0 if narrow else 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(narrow=self.width() < scaled(NARROW))

    def _table(self) -> QTableView:
        self.view = dress(QTableView(), "queue", spoken="Files that come")
        self.view.setModel(self.files)
        self.view.setItemDelegate(Padded(self.view))
        self.view.setShowGrid(False)
        self.view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(28)
        columns = self.view.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        columns.setSectionResizeMode(2, QHeaderView.ResizeMode.Fixed)
        self.view.setColumnWidth(2, 110)
        return self.view

    def _connect(self) -> None:
        self.process.said.connect(self._said)
        self.process.ended.connect(self._ended)
        self.target.textChanged.connect(lambda _: self._propose())
        self.survey.currentIndexChanged.connect(lambda _: self._propose())
        self.target.returnPressed.connect(self.start)
        self.folder.textEdited.connect(self._name)
        self._choose.clicked.connect(self._choose_folder)
        self.button.clicked.connect(self.start)
        self._saying.pressed.connect(self.start)

    # ---- what is wanted ------------------------------------------------------------------

    def _propose(self) -> None:
        """A folder of the target's and the survey's names, unless the user chose one."""
        target = "".join(c if c.isalnum() or c in "+-." else " " for c in self.target.text())
        name = "-".join(target.split())
        if not self._named:
            proposed = self._home / f"{name}-{self.survey.currentData()}"
            self.folder.setText(str(proposed) if name else "")
        self._show_button()

    def _name(self, text: str) -> None:
        self._named = bool(text.strip())
        self._show_button()

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Folder for the frames"))
        if chosen:
            self.folder.setText(chosen)
            self._name(chosen)

    # ---- the process ---------------------------------------------------------------------

    def _said(self, event: GatherEvent) -> None:
        match event:
            case GatherBegun():
                self._foot.show_part(0, event.of)
                self._foot.say(
                    tr_counted(
                        "{count} frame is to be had", "{count} frames are to be had", event.of
                    )
                )
            case Fetched():
                self._here += event.state in ("done", "before")
                self.files.take(event)
                self._show_page()
            case GatherProgress():
                self._progress(event)
            case Gathered():
                self.state = "done"
                self._foot.say(_sum(event))
            case GatherProblem():
                self._fail(event.message, event.hint)

    def _progress(self, event: GatherProgress) -> None:
        self._foot.show_part(event.done + event.failed, event.of)
        words = [
            tr("{done} of {of} frames", done=event.done, of=event.of),
            local(amount(event.size)),
        ]
        words += [tr("{failed} failed", failed=event.failed)] if event.failed else []
        words += [about_left(event.eta_s)] if event.eta_s is not None and event.eta_s >= 1 else []
        self._foot.say(" · ".join(words))

    def _ended(self, ending: Ending) -> None:
        if self.state == "running":
            if ending.code is not None and not ending.last_words:
                self.state = "stopped"
                self._foot.say(tr("Stopped; the next start goes on from here."))
            else:
                self._fail("Gathering ended before it was done", ending.last_words)
        self.files.give_up(tr("not fetched"))
        self.busy_changed.emit(False)  # noqa: FBT003
        self._show()
        if self._here and self.state in ("done", "stopped"):
            self.finished.emit(Path(self.folder.text().strip()))

    def _fail(self, message: str, hint: str) -> None:
        self.state = "failed"
        self._saying.say("error", tr(message), tr(hint), tr("Try again"))
        self._foot.say(tr(message))
        self.failed.emit(message, hint)

    # ---- drawing -------------------------------------------------------------------------

    def _show(self) -> None:
        running = self.process.running
        self._show_page()
        for widget in (self.target, self.survey, self.count, self.folder, self._choose):
            widget.setEnabled(not running)
        told = self._pages.currentWidget() is self._saying  # the page says it already
        self._foot.setVisible(running or (bool(self.files.rows) and not told))
        self._foot.show_running(running)
        self._show_button()

    def _show_button(self) -> None:
        filled = bool(self.target.text().strip() and self.folder.text().strip())
        self.button.setEnabled(filled and not self.process.running)

    def _show_page(self) -> None:
        if self.state == "failed" and not self._here:
            self._pages.setCurrentWidget(self._saying)
        elif self.files.rows:
            self._pages.setCurrentWidget(self.view)
        else:
            if self.state == "running":
                self._saying.say("sample", tr("Asking the archive …"))
            elif self.state == "empty":
                self._saying.say(
                    "sample",
                    tr("Frames from the sky's archives"),
                    tr("Name a target and choose a survey. Frames come one after the other; "
                       "whom to thank for them is kept in manifest.csv beside them."),
                )  # fmt: skip
            else:
                self._saying.say("info", tr("Stopped before a frame came"))
            self._pages.setCurrentWidget(self._saying)


def _sum(event: Gathered) -> str:
    words = [
        tr_counted("{count} frame is here", "{count} frames are here", event.done + event.before)
    ]
    words += (
        [tr("{failed} failed: start again to try those", failed=event.failed)]
        if event.failed
        else []
    )
    words += [tr("credits in {name}", name=Path(event.manifest).name)]
    return " · ".join(words)
