"""A model that others trained, from a file onto the shelf: tried first, then its card, which says
what nobody knows of it.

The page stands by itself: it runs ``astroview models import FILE --events`` as a child process,
because only the engine can tell what such a file holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from astroview.core.errors import AstroviewError
from astroview.core.messages import import_messages as said
from astroview.core.models.model_card import ModelCard
from astroview.core.models.shelf import UserShelf
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.process.json_process import Ending, LineProcess
from astroview.ui.train.pages.imported_card import ImportedCard
from astroview.ui.train.pages.message_page import MessagePage
from astroview.ui.train.pages.progress_footer import Footer
from astroview.ui.widgets.theme import Theme

WHAT = noted(
    "Super-resolvers that others trained come as .pth, .safetensors or .onnx. Nothing in such a"
    " file is run but its network, and that is tried on a small picture first."
)
State = Literal["empty", "running", "done", "stopped", "failed"]


class ImportPage(QWidget):
    """Imports one file after the other, and shows the card of the last.

    Parameters
    ----------
    command
        The program and its arguments before the file: ``astroview models import``.
    shelf
        Where the models are put.

    Signals
    -------
    wished
        The user wants to choose a file.
    imported : `ModelCard`
    unwanted : `ModelCard`; it is to be taken off the shelf
    """

    wished = Signal()
    imported = Signal(object)
    unwanted = Signal(object)

    def __init__(self, command: list[str], shelf: UserShelf, theme: Theme) -> None:
        super().__init__()
        self._command, self._shelf = command, shelf
        self._waiting: list[Path] = []
        self._file = Path()
        self.state: State = "empty"
        self.process = LineProcess(said.decode, self)
        self.card, self._saying, self._foot = ImportedCard(theme), MessagePage(theme), Footer()
        self._pages = QStackedWidget()
        for page in (self._saying, self.card):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pages, 1)
        column.addWidget(self._foot)
        self.process.said.connect(self._said)
        self.process.ended.connect(self._ended)
        self._foot.stopped.connect(self.stop)
        self._saying.pressed.connect(self.wished)
        self.card.another.connect(self.wished)
        self.card.unwanted.connect(self._take_off)
        self._show("empty")

    @property
    def busy(self) -> bool:
        """Whether a file is being imported."""
        return self.process.running

    @property
    def words(self) -> str:
        """What the page says."""
        return self.card.words if self.state == "done" else self._saying.words

    def take(self, files: Sequence[Path]) -> None:
        """Import files, one after the other."""
        self._waiting.extend(files)
        self._next()

    def stop(self) -> None:
        """Import no more; of what is being tried nothing is left."""
        self._waiting.clear()
        self.state = "stopped"
        self.process.kill()

    def forget(self) -> None:
        """What is on show was taken off the shelf."""
        self._show("empty")

    def close_down(self) -> None:
        """End everything, since the window closes."""
        self._waiting.clear()
        self.process.close()

    def set_theme(self, theme: Theme) -> None:
        self._saying.set_theme(theme)
        self.card.set_theme(theme)

    # ---- inside --------------------------------------------------------------------------

    def _next(self) -> None:
        if self.busy or not self._waiting:
            return
        self._file = self._waiting.pop(0)
        self._foot.say(tr("Trying {name}", name=self._file.name))
        self._foot.show_part(0, 0)
        self.process.begin([*self._command, str(self._file), "--events"])
        self._show("running")

    def _said(self, event: said.ImportEvent) -> None:
        match event:
            case said.ModelImported():
                self._arrived(event.id)
            case said.ImportProblem():
                self._fail(event.message, event.hint)

    def _arrived(self, model_id: str) -> None:
        try:
            card = self._shelf.own(model_id)
        except AstroviewError as problem:  # somebody took it away in the meantime
            self._fail(problem.message, problem.hint)
            return
        self.card.show_card(card, self._file.name)
        self.imported.emit(card)
        self._show("done")

    def _ended(self, ending: Ending) -> None:
        if self.state == "running":  # it said nothing
            why = tr("{name} could not be imported: the process ended", name=self._file.name)
            self._fail(why, ending.last_words)
        self._show(self.state)
        self._next()

    def _fail(self, message: str, hint: str) -> None:
        words = "\n".join(f"{part.rstrip('.')}." for part in (tr(message), tr(hint)) if part)
        self._saying.say("error", tr("Nothing was imported"), words, tr("Choose another file …"))
        self._show("failed")

    def _take_off(self, card: ModelCard) -> None:
        self._show("empty")
        self.unwanted.emit(card)

    def _show(self, state: State) -> None:
        self.state = state
        if state in ("empty", "running", "stopped"):
            title = "Nothing was imported" if state == "stopped" else "Models of others"
            button = "" if state == "running" else tr("Choose a file …")
            self._saying.say("sample", tr(title), tr(WHAT), button)
        self._pages.setCurrentWidget(self.card if state == "done" else self._saying)
        self._foot.setVisible(state == "running")
        self._foot.show_running(state == "running")
