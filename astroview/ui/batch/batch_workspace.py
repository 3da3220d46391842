"""The Batch workspace as the window sees it: made, and its actions served."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal

from astroview.core import resources
from astroview.core.messages.worker_messages import Devices
from astroview.core.models.model_card import ModelCard
from astroview.ui.batch import batch_phase, batch_text
from astroview.ui.batch.batch_controller import BatchController
from astroview.ui.batch.batch_panel import BatchPanel
from astroview.ui.batch.lazy_batch import BatchDeps
from astroview.ui.batch.row_thumbnails import Thumbnails
from astroview.ui.batch.unfinished_batch import Remembered
from astroview.ui.i18n.translate import tr
from astroview.ui.process.thread_pool import Background
from astroview.ui.shell.confirm_quit import ConfirmQuit
from astroview.ui.shell.notice import Notice
from astroview.ui.widgets.panel_space import PanelSpace
from astroview.ui.widgets.theme import Theme

MENU = ("batch_open", "batch_top", "batch_remove", "batch_retry", "batch_folder")


class BatchSpace(PanelSpace[BatchPanel]):
    """Panel and controller of batches.

    Signals
    -------
    notice : `Notice`
    """

    notice = Signal(object)

    def __init__(self, given: BatchDeps) -> None:
        super().__init__(given.window)
        self._given, self._window = given, given.window
        self._background = Background(2, self)  # one searches folders, one draws thumbnails
        self.thumbnails = Thumbnails(self._background, self)
        choices = given.memory.settings.batch
        self.panel = BatchPanel(given.cards, choices, self.thumbnails, given.theme())
        remembered = Remembered(given.memory.lasting)
        self.batching = BatchController(
            self.panel, resources.program(), given.strip, remembered, self._background
        )
        self.quitting = ConfirmQuit(given.window)
        self._connect()
        self._serve()

    def _connect(self) -> None:
        given, doing, empty = self._given, self.batching, self.panel.empty
        doing.notice.connect(self.notice)
        doing.chosen.connect(given.memory.keep_batch)
        doing.changed.connect(given.commands.update)
        doing.changed.connect(self._tell_news)
        empty.add_files.connect(given.filing.choose_files)
        empty.add_folder.connect(given.filing.choose_folder)
        given.worker.devices.connect(self._offer_devices)
        if given.worker.told:
            self._offer_devices(given.worker.told)

    def _serve(self) -> None:
        doing, commands = self.batching, self._given.commands
        commands.serve(
            {
                "batch_start": doing.start,
                "batch_pause": lambda on: doing.running.pause() if on else doing.start(),
                "batch_stop": doing.running.stop,
                "batch_retry": doing.retry,
                "batch_top": doing.to_top,
                "batch_remove": doing.remove_selected,
                "batch_open": self.panel.view.open_current,
                "batch_folder": doing.open_folder,
                "batch_clear": doing.clear,
            },
            ticked={"batch_pause": lambda: doing.phase is batch_phase.Phase.PAUSED},
            possible={
                "batch_start": doing.can_start,
                "batch_pause": lambda: doing.panel.look.press in ("pause", "resume"),
                "batch_stop": lambda: (
                    doing.active and doing.phase is not batch_phase.Phase.STOPPING
                ),
                "batch_retry": doing.can_retry,
                "batch_top": self.panel.view.can_move,
                "batch_remove": doing.can_remove,
                "batch_open": doing.can_open,
                "batch_folder": doing.can_show_folder,
                "batch_clear": doing.can_clear,
            },
        )
        self.panel.set_menu(tuple(commands.actions[name] for name in MENU))

    def take(self, paths: Sequence[Path]) -> None:
        """Frames and folders for the queue."""
        self.batching.add(paths)

    def set_dropping(self, on: bool) -> None:
        """Files are held over the window, or no longer."""
        self.panel.empty.set_dropping(on)

    def add(self, paths: Sequence[Path]) -> None:
        """Add frames and folders, and show the queue."""
        self._go()
        self.take(paths)

    def set_cards(self, cards: tuple[ModelCard, ...]) -> None:
        """Offer the models that there are now."""
        self.panel.strip.set_cards(cards)

    def tell_unfinished(self) -> None:
        """Say when the last batch was interrupted."""
        if self.panel.card.text is not None:
            hint = "What is done is not done again."
            self.notice.emit(
                Notice("The last batch was interrupted.", hint, "info", "Show", self._go)
            )

    @property
    def busy(self) -> bool:
        """Whether folders are searched or thumbnails drawn."""
        return self._background.busy

    def may_close(self) -> bool:
        """Whether the window may close now; asks when a batch runs, and closes it on Yes."""
        if not self.batching.active or self.quitting.confirmed:
            return True
        stands = self.batching.standing
        self.quitting.ask(
            tr("A batch is running"),
            tr(
                "{ended:,} of {frames} are done. Quit now?",
                ended=stands.ended,
                frames=batch_text.frames(stands.total),
            ),
            tr(
                "The frame at work is given up. Nothing that is done is lost: "
                "the next time, astroview offers to resume the batch."
            ),
            tr("Keep running"),
        )
        return False

    def close(self) -> None:
        """End what runs."""
        self.batching.close()
        self._background.close()

    def set_theme(self, theme: Theme) -> None:
        self.panel.set_theme(theme)

    def _go(self) -> None:
        self._given.spaces().go("batch")

    def _tell_news(self) -> None:
        self._given.spaces().mark("batch", batch_phase.news(self.batching.standing))

    def _offer_devices(self, devices: Devices) -> None:
        self.panel.strip.models.set_devices(devices.names, devices.default)
