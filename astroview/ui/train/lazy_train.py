"""The way into the Train workspace: what the window needs of it before it is made."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from astroview.core import settings
from astroview.core.io.paths.plain_paths import opened
from astroview.core.lazy_dataclass import dataclass
from astroview.ui.enhance.shelf_watcher import ShelfWatch
from astroview.ui.process.worker_client import Worker
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.shell.action_registry import Commands
from astroview.ui.shell.notice import Notice
from astroview.ui.shell.workspaces import Workspaces
from astroview.ui.train import INTERRUPTED
from astroview.ui.widgets.theme import Theme

if TYPE_CHECKING:
    from astroview.ui.train.train_workspace import TrainSpace


LONGEST = 65_536  # bytes of a path


@dataclass(frozen=True)
class TrainDeps:
    """What of the window the workspace needs."""

    window: QWidget
    worker: Worker
    shelf: ShelfWatch
    memory: RememberedChoices
    commands: Commands
    theme: Callable[[], Theme]
    spaces: Callable[[], Workspaces]
    frames: Callable[[], tuple[Path, ...]]  # grey ones that are open, the one on show first


class TrainDoor(QObject):
    """Makes the workspace when it is first needed, and says why it may be needed.

    Signals
    -------
    notice : `Notice`
    """

    notice = Signal(object)

    def __init__(self, given: TrainDeps) -> None:
        super().__init__(given.window)
        self._given = given
        self._space: TrainSpace | None = None
        given.commands.serve({"train_import": self.choose_import})

    def make(self) -> TrainSpace:
        """Make the workspace; `Workspaces` asks for it once."""
        from astroview.ui.train.train_workspace import TrainSpace

        space = self._space = TrainSpace(self._given)
        space.notice.connect(self.notice)
        return space

    @property
    def space(self) -> TrainSpace:
        """The workspace, made when it is not there yet."""
        self._given.spaces().get("train")
        assert self._space
        return self._space

    def choose_import(self) -> None:
        """Ask for a model in a file, wherever one looks."""
        self._given.spaces().go("train")
        self.space.deciding.choose_import()

    def look_for_unfinished(self) -> None:
        """Say once when a window ended while a run was training."""
        if not self._given.memory.lasting:
            return
        path = settings.folder() / INTERRUPTED
        try:
            with opened(path) as file:
                name = file.read(LONGEST).decode().strip()
            path.unlink()
        except (OSError, ValueError):
            return
        hint = "It can go on from its last checkpoint."
        act = partial(self._show, Path(name))
        self.notice.emit(Notice("The last training was interrupted.", hint, "info", "Show", act))

    def _show(self, folder: Path) -> None:
        self._given.spaces().go("train")
        self.space.training.open_run(folder)
