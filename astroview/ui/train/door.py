"""The way into the Train workspace: what the window needs of it before it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from astroview.core import settings
from astroview.ui.commands import Commands
from astroview.ui.jobs import Worker
from astroview.ui.memory import Memory
from astroview.ui.notices import Notice
from astroview.ui.shelf_watch import ShelfWatch
from astroview.ui.theme import Theme
from astroview.ui.train import INTERRUPTED
from astroview.ui.workspaces import Workspaces

if TYPE_CHECKING:
    from astroview.ui.train.space import TrainSpace


@dataclass(frozen=True)
class Given:
    """What of the window the workspace needs."""

    window: QWidget
    worker: Worker
    shelf: ShelfWatch
    memory: Memory
    commands: Commands
    theme: Callable[[], Theme]
    spaces: Callable[[], Workspaces]


class TrainDoor(QObject):
    """Makes the workspace when it is first needed, and says why it may be needed.

    Signals
    -------
    notice : `Notice`
    """

    notice = Signal(object)

    def __init__(self, given: Given) -> None:
        super().__init__(given.window)
        self._given = given
        self._space: TrainSpace | None = None

    def make(self) -> TrainSpace:
        """Make the workspace; `Workspaces` asks for it once."""
        from astroview.ui.train.space import TrainSpace

        space = self._space = TrainSpace(self._given)
        space.notice.connect(self.notice)
        return space

    @property
    def space(self) -> TrainSpace:
        """The workspace, made when it is not there yet."""
        self._given.spaces().get("train")
        assert self._space
        return self._space

    def look_for_unfinished(self) -> None:
        """Say once when a window ended while a run was training."""
        if not self._given.memory.lasting:
            return
        path = settings.folder() / INTERRUPTED
        try:
            name = path.read_text(encoding="utf-8").strip()
            path.unlink()
        except (OSError, ValueError):
            return
        hint = "It can go on from its last checkpoint."
        act = partial(self._show, Path(name))
        self.notice.emit(Notice("The last training was interrupted.", hint, "info", "Show", act))

    def _show(self, folder: Path) -> None:
        self._given.spaces().go("train")
        self.space.training.open_run(folder)
