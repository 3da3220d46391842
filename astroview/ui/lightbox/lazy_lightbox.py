"""The way into the Lightbox: what the window needs of it before it is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QWidget

from astroview.core.lazy_dataclass import dataclass
from astroview.ui.documents.file_controller import FileController
from astroview.ui.process.scratch_folders import Scratch
from astroview.ui.process.worker_client import Worker
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.shell.action_registry import Commands
from astroview.ui.shell.workspaces import Workspaces
from astroview.ui.widgets.theme import Theme

if TYPE_CHECKING:
    from astroview.ui.batch.lazy_batch import BatchDoor
    from astroview.ui.lightbox.lightbox_workspace import LightboxSpace
    from astroview.ui.train.lazy_train import TrainDoor


@dataclass(frozen=True)
class LightboxDeps:
    """What of the window the workspace needs."""

    window: QWidget
    worker: Worker
    scratch: Scratch
    memory: RememberedChoices
    filing: FileController
    undo: QUndoStack
    commands: Commands
    theme: Callable[[], Theme]
    spaces: Callable[[], Workspaces]
    batch: BatchDoor
    train: TrainDoor


class LightboxDoor(QObject):
    """Makes the workspace when it is first needed, and hands on what leaves it.

    Signals
    -------
    notice : `Notice`
    """

    notice = Signal(object)

    def __init__(self, given: LightboxDeps) -> None:
        super().__init__(given.window)
        self._given = given
        self._space: LightboxSpace | None = None

    def make(self) -> LightboxSpace:
        """Make the workspace; `Workspaces` asks for it once."""
        from astroview.ui.lightbox.lightbox_workspace import LightboxSpace

        space = self._space = LightboxSpace(self._given)
        space.notice.connect(self.notice)
        space.opened.connect(self._open)
        space.batched.connect(self._batch)
        space.to_learn.connect(self._learn)
        space.tell_damaged()
        return space

    @property
    def space(self) -> LightboxSpace:
        """The workspace, made when it is not there yet."""
        self._given.spaces().get("lightbox")
        assert self._space
        return self._space

    # Batch and Train are made when something is sent to them.

    def _open(self, paths: Sequence[Path]) -> None:
        self._given.spaces().go("view")
        self._given.filing.open(paths)

    def _batch(self, paths: Sequence[Path]) -> None:
        self._given.batch.space.add(paths)

    def _learn(self, folder: Path, chosen: Mapping[str, bool]) -> None:
        self._given.train.space.learn_from(folder, chosen)
