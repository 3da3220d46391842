"""“Palettes of a folder”: a folder of colour pictures becomes palettes, shown on the user's frames.

The page stands by itself: it runs ``astroview palettes make ... --events`` as a child process. What
comes of it lies in a scratch folder until it is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from astroview.core.errors import AstroviewError
from astroview.core.messages import palette_messages as said
from astroview.core.models.palette_set import SUFFIX, PaletteShelf, clean
from astroview.ui.i18n.translate import noted, tr, tr_counted
from astroview.ui.process.json_process import Ending
from astroview.ui.shell.notice import Notice
from astroview.ui.train.pages.kept_palettes import KeptPalettes
from astroview.ui.train.pages.painted_frames import PaintedFrames
from astroview.ui.train.pages.process_page import ProcessPage, add_titled, asking
from astroview.ui.widgets.controls import dress, label
from astroview.ui.widgets.theme import Theme

MOST_SHOWN = 3  # frames
WORK = {
    "looking": noted("Looking through the folder"),
    "reading": noted("Reading pictures"),
    "comparing": noted("Taking palettes"),
    "painting": noted("Painting your frames"),
}
WHAT = noted(
    "Choose a folder of colour pictures of your survey or telescope. In seconds their palettes can"
    " be chosen in View, Batch and on the command line; nothing is trained. First they are shown"
    " on the frames that are open."
)
State = Literal["empty", "running", "done", "kept", "stopped", "failed"]


class PalettesPage(ProcessPage):
    """Asks for a folder, takes its palettes, shows them, and keeps them with one click.

    Parameters
    ----------
    command
        The program and its arguments before the folder: ``astroview palettes make``.
    shelf
        Where they are kept.
    frames
        The grey frames to show them on.

    Signals
    -------
    notice : `Notice`
    changed
        Other palettes are on the shelf.
    """

    notice = Signal(object)
    changed = Signal()

    def __init__(
        self,
        command: list[str],
        shelf: PaletteShelf,
        frames: Callable[[], Sequence[Path]],
        theme: Theme,
    ) -> None:
        super().__init__(said.decode, theme)
        self._command, self._shelf, self._frames = command, shelf, frames
        self.state: State = "empty"
        self._scratch: TemporaryDirectory[str] | None = None
        self._made: said.PalettesMade | None = None
        self._named = False  # the user chose the name
        self.folder = dress(QLineEdit(), spoken="Folder")
        self.name = dress(QLineEdit(), spoken="Name")
        self.choose = dress(QPushButton(tr("Choose …")), tip="Choose a folder")
        self.button = dress(QPushButton(tr("Take palettes")), "primary")
        self.keep_button = dress(QPushButton(tr("Keep")), "primary")
        self.discard_button = QPushButton(tr("Discard"))
        self.painted = PaintedFrames(theme)
        self.kept = KeptPalettes(shelf, theme)
        self._words = label("", "heading", wrap=True)
        self._hint = label("", "muted", wrap=True)
        self._lay_out()
        self._connect()
        self._show()

    # ---- what others call ----------------------------------------------------------------

    @property
    def words(self) -> str:
        """What the page says of what was made, or why nothing was."""
        page = self._pages.currentWidget()
        return self._saying.words if page is self._saying else self._words.text()

    def take(self, folder: Path) -> None:
        """Take the palettes of a folder."""
        if not self.busy:
            self.folder.setText(str(folder))
            self.start()

    def start(self) -> None:
        """Take the palettes of the folder that is named."""
        folder = self.folder.text().strip()
        if self.busy or not folder:
            return
        try:
            name = clean(self.name.text() or Path(folder).name)
        except AstroviewError as problem:
            self.notice.emit(Notice.of(problem))
            return
        self._forget()
        self._scratch = TemporaryDirectory(prefix="astroview-palettes-", ignore_cleanup_errors=True)
        place = Path(self._scratch.name)
        shown = [f"--show={path}" for path in list(self._frames())[:MOST_SHOWN]]
        self.state = "running"
        self._foot.say(tr("Looking through the folder"))
        self._foot.show_part(0, 0)
        self.process.begin([
            *self._command, folder, f"--name={name}", f"--out={place / f'new{SUFFIX}'}",
            f"--pictures={place}", "--events", *shown,
        ])  # fmt: skip
        self._show()

    def keep(self) -> None:
        """Put what was made on the shelf."""
        if self.state == "done" and self._made and self.bring_in(Path(self._made.file)):
            self.state = "kept"
            self._show()

    def bring_in(self, file: Path) -> bool:
        """Put a file of palettes on the shelf; whether it is there now."""
        try:
            one = self._shelf.keep(file)
        except AstroviewError as problem:
            self.notice.emit(Notice.of(problem))
            return False
        self.kept.look()
        self.changed.emit()
        hint = tr("Choose them as the palette in View and Batch, or by --palette.")
        self.notice.emit(Notice(tr("The palettes “{name}” are kept.", name=one.name), hint, "done"))
        return True

    def discard(self) -> None:
        """Forget what was made."""
        self._forget()
        self.state = "empty"
        self._show()

    def close_down(self) -> None:
        """End everything, since the window closes."""
        self.process.close()
        self._forget()

    def set_theme(self, theme: Theme) -> None:
        for part in (self.painted, self.kept, self._saying):
            part.set_theme(theme)

    # ---- layout --------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.folder.setPlaceholderText(tr("A folder of colour pictures"))
        grid = asking(12)
        grid.setColumnStretch(1, 1)
        rows = (("Folder", self.folder, self.choose), ("Name", self.name, self.button))
        for row, (words, edit, button) in enumerate(rows):
            add_titled(grid, row, 0, words, edit)
            grid.addWidget(button, row, 2)
        column = self._stack(grid, self._result())
        column.addWidget(self.kept)

    def _result(self) -> QWidget:
        inner = QWidget()
        head = QHBoxLayout()
        head.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._words)
        words.addWidget(self._hint)
        head.addLayout(words, 1)
        for button in (self.keep_button, self.discard_button):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(inner)
        column.setContentsMargins(18, 4, 18, 12)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.painted)
        column.addStretch(1)
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setWidget(inner)
        return self._scroll

    def _connect(self) -> None:
        self.process.said.connect(self._said)
        self.process.ended.connect(self._ended)
        self.choose.clicked.connect(self.choose_folder)
        self.button.clicked.connect(self.start)
        self.keep_button.clicked.connect(self.keep)
        self.discard_button.clicked.connect(self.discard)
        self.folder.textChanged.connect(self._propose)
        self.name.textEdited.connect(self._name)
        for edit in (self.folder, self.name):
            edit.returnPressed.connect(self.start)
        self._saying.pressed.connect(self.choose_folder)
        self.kept.notice.connect(self.notice)
        self.kept.changed.connect(self.changed)

    def choose_folder(self) -> None:
        """Ask for a folder, and take its palettes."""
        title = tr("A folder of colour pictures")
        chosen = QFileDialog.getExistingDirectory(self, title, self.folder.text())
        if chosen:
            self.take(Path(chosen))

    def _propose(self, text: str) -> None:
        if not self._named:
            self.name.setText(Path(text.strip()).name)
        self._show_button()

    def _name(self, text: str) -> None:
        self._named = bool(text.strip())

    # ---- the process ---------------------------------------------------------------------

    def _said(self, event: said.PaletteEvent) -> None:
        match event:
            case said.PaletteProgress():
                self._foot.show_part(event.done, event.of)
                far = tr("{done} of {of}", done=event.done, of=event.of)
                self._foot.say(f"{tr(WORK[event.work])} · {far}")
            case said.PalettesMade():
                self._made = event
                self._words.setText(
                    tr_counted(
                        "“{name}”: palettes of {count} picture",
                        "“{name}”: palettes of {count} pictures",
                        event.pictures,
                        name=event.name,
                    )
                )
                self._hint.setText(self._left_out(event))
                self._show()
            case said.PaletteShown():
                self.painted.add(Path(event.frame), event.palette, Path(event.picture))
            case said.PaletteProblem() if event.frame:
                self.painted.cannot(Path(event.frame), tr(event.message))
            case said.PaletteProblem():
                self._fail(event.message, event.hint)
            case said.PalettesDone():
                self.state = "done"

    def _left_out(self, event: said.PalettesMade) -> str:
        if not event.refused:
            return ""
        return tr(
            "{refused} could not be used. The first: {problem}",
            refused=event.refused,
            problem=event.problem,
        )

    def _ended(self, ending: Ending) -> None:
        if self.state == "running" and ending.code is not None and not ending.last_words:
            self.state = "stopped"
            self._forget()
        elif self.state == "running":
            self._fail("No palettes came of it", ending.last_words)
        self._show()

    def _fail(self, message: str, hint: str) -> None:
        self.state = "failed"
        self._saying.say("error", tr(message), tr(hint), tr("Choose another folder …"))

    def _forget(self) -> None:
        self._made = None
        self.painted.clear()
        if self._scratch and not self.process.running:
            self._scratch.cleanup()
            self._scratch = None

    # ---- drawing -------------------------------------------------------------------------

    def _show(self) -> None:
        running = self.process.running
        for widget in (self.folder, self.name, self.choose):
            widget.setEnabled(not running)
        self._foot.setVisible(running)
        self._foot.show_running(running)
        self.keep_button.setVisible(self.state in ("running", "done"))
        self.discard_button.setVisible(self.state in ("running", "done"))
        for button in (self.keep_button, self.discard_button):
            button.setEnabled(self.state == "done" and not running)
        if self.state in ("empty", "stopped") or (running and self._made is None):
            title = (
                "Palettes of a folder" if self.state != "stopped" else "Stopped; nothing was kept"
            )
            button = "" if running else tr("Choose a folder …")
            self._saying.say("sample", tr(title), tr(WHAT), button)
        told = self.state != "failed" and self._made is not None
        self._pages.setCurrentWidget(self._scroll if told else self._saying)
        self._show_button()

    def _show_button(self) -> None:
        self.button.setEnabled(bool(self.folder.text().strip()) and not self.process.running)
