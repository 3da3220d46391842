"""The ways into the workspaces; each is made when it is first gone to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QStackedWidget, QWidget

from astroview.core.lazy_dataclass import dataclass
from astroview.core.models.model_card import ModelCard
from astroview.ui.batch.lazy_batch import BatchDeps, BatchDoor
from astroview.ui.documents.file_controller import FileController
from astroview.ui.enhance.shelf_watcher import ShelfWatch
from astroview.ui.lightbox.lazy_lightbox import LightboxDeps, LightboxDoor
from astroview.ui.process.scratch_folders import Scratch
from astroview.ui.process.worker_client import Worker
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.shell.action_registry import Commands
from astroview.ui.shell.notices import NoticeStrip
from astroview.ui.shell.view_workspace import ViewSpace
from astroview.ui.shell.workspaces import Workspaces
from astroview.ui.train.lazy_train import TrainDeps, TrainDoor
from astroview.ui.widgets.theme import Theme


@dataclass(frozen=True)
class SpaceDeps:
    """What of the window the workspaces need; ``stack`` holds their pages."""

    window: QWidget
    view: ViewSpace
    stack: QStackedWidget
    worker: Worker
    cards: tuple[ModelCard, ...]
    shelf: ShelfWatch
    memory: RememberedChoices
    scratch: Scratch
    strip: NoticeStrip
    filing: FileController
    undo: QUndoStack
    commands: Commands
    theme: Callable[[], Theme]
    grey_files: Callable[[], tuple[Path, ...]]  # that are open


@dataclass(frozen=True)
class SpaceDoors:
    """The workspaces and the switch between them."""

    batch: BatchDoor
    train: TrainDoor
    lightbox: LightboxDoor
    spaces: Workspaces


def make_doors(given: SpaceDeps) -> SpaceDoors:
    """Know all workspaces, make none."""
    made: list[Workspaces] = []

    def spaces() -> Workspaces:
        return made[0]

    window, worker, memory = given.window, given.worker, given.memory
    commands, theme = given.commands, given.theme
    batch = BatchDoor(
        BatchDeps(
            *(window, worker, given.cards, memory, given.strip, given.filing),
            *(commands, theme, spaces),
        )
    )
    train = TrainDoor(
        TrainDeps(*(window, worker, given.shelf, memory, commands, theme, spaces), given.grey_files)
    )
    lightbox = LightboxDoor(
        LightboxDeps(
            *(window, worker, given.scratch, memory, given.filing, given.undo),
            *(commands, theme, spaces, batch, train),
        )
    )
    makers = {
        "view": lambda: given.view,
        "batch": batch.make,
        "train": train.make,
        "lightbox": lightbox.make,
    }
    made.append(Workspaces(given.stack, commands, makers))
    return SpaceDoors(batch, train, lightbox, made[0])
