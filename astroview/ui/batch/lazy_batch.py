"""The way into the Batch workspace: what the window needs of it before it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from astroview.core import settings
from astroview.core.io.paths.plain_paths import is_there
from astroview.core.lazy_dataclass import dataclass
from astroview.core.models.model_card import ModelCard
from astroview.core.settings import BatchSettings
from astroview.core.texts import Text
from astroview.ui.documents.file_controller import FileController
from astroview.ui.i18n.translate import tr
from astroview.ui.process.worker_client import Worker
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.shell.action_registry import Commands
from astroview.ui.shell.notices import Notice, NoticeStrip
from astroview.ui.shell.workspaces import Workspaces
from astroview.ui.widgets.theme import Theme

if TYPE_CHECKING:
    from astroview.ui.batch.batch_workspace import BatchSpace


@dataclass(frozen=True)
class BatchDeps:
    """What of the window the workspace needs."""

    window: QWidget
    worker: Worker
    cards: tuple[ModelCard, ...]
    memory: RememberedChoices
    strip: NoticeStrip
    filing: FileController
    commands: Commands
    theme: Callable[[], Theme]
    spaces: Callable[[], Workspaces]


class BatchDoor(QObject):
    """Makes the workspace when it is first needed, and says why it may be needed.

    Signals
    -------
    notice : `Notice`
    compared : (path of a frame, path of its result or "") that are wanted on screen
    """

    notice = Signal(object)
    compared = Signal(str, str)

    def __init__(self, given: BatchDeps) -> None:
        super().__init__(given.window)
        self._given = given
        self._space: BatchSpace | None = None

    def make(self) -> BatchSpace:
        """Make the workspace; `Workspaces` asks for it once."""
        from astroview.ui.batch.batch_workspace import BatchSpace

        space = self._space = BatchSpace(self._given)
        space.notice.connect(self.notice)
        space.batching.compared.connect(self.compared)
        space.tell_unfinished()
        return space

    @property
    def space(self) -> BatchSpace:
        """The workspace, made when it is not there yet."""
        self._given.spaces().get("batch")
        assert self._space
        return self._space

    def set_choices(self, choices: BatchSettings) -> None:
        """Choices that were made elsewhere, where the workspace is there to show them."""
        if self._space and self._space.panel.strip.choices != choices:
            self._space.panel.strip.set_choices(choices)

    def set_cards(self, cards: tuple[ModelCard, ...]) -> None:
        """Offer the models that there are now, at once or when the workspace is made."""
        self._given = replace(self._given, cards=cards)
        if self._space:
            self._space.set_cards(cards)

    def offer(self, folder: Path, count: int, opened: int) -> None:
        """A folder with many frames was opened: perhaps a batch was meant."""
        from astroview.ui.batch import batch_text

        holds = Text("{name} holds {frames}.", name=folder.name, frames=batch_text.frames(count))
        if opened < count:
            holds = Text(
                "{name} holds {frames}; the first {opened:,} are opened.",
                name=folder.name,
                frames=batch_text.frames(count),
                opened=opened,
            )
        self.notice.emit(
            Notice(
                holds,
                "They can be enhanced all at once, or looked through as small pictures.",
                "info",
                "Enhance as a batch",
                partial(self._begin, folder),
                other=(tr("Look through in the Lightbox"), partial(self._look_through, folder)),
            )
        )

    def _look_through(self, folder: Path) -> None:
        """The folder in the Lightbox."""
        spaces = self._given.spaces()
        spaces.go("lightbox")
        spaces.get("lightbox").take([folder])

    def look_for_unfinished(self) -> None:
        """When a batch was interrupted, make the workspace, which says so."""
        if self._given.memory.lasting and is_there(settings.unfinished_batch()):
            self._given.spaces().get("batch")

    def _begin(self, folder: Path) -> None:
        self.space.add([folder])
