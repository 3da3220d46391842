"""The Batch workspace as the window sees it: made here, served here."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from astroview.core.batch_messages import batch_command
from astroview.core.messages import Devices
from astroview.core.models import ModelCard
from astroview.ui.background import Background
from astroview.ui.batch import phrases, standing
from astroview.ui.batch.batching import Batching
from astroview.ui.batch.panel import BatchPanel
from astroview.ui.batch.remembered import Remembered
from astroview.ui.batch.thumbnails import Thumbnails
from astroview.ui.commands import Commands
from astroview.ui.memory import Memory
from astroview.ui.notices import Notice, NoticeStrip
from astroview.ui.theme import Theme
from astroview.ui.words import tr
from astroview.ui.workspaces import Workspaces

MENU = ("batch_open", "batch_top", "batch_remove", "batch_retry", "batch_folder")


class BatchSpace(QObject):
    """Panel and controller of batches.

    Signals
    -------
    notice : `Notice`
    """

    notice = Signal(object)

    def __init__(
        self,
        window: QWidget,
        cards: tuple[ModelCard, ...],
        memory: Memory,
        strip: NoticeStrip,
        theme: Theme,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._background = Background(2, self)  # one searches folders, one draws thumbnails
        self._thumbnails = Thumbnails(self._background, self)
        self.panel = BatchPanel(cards, memory.settings.batch, self._thumbnails, theme)
        remembered = Remembered(memory.lasting)
        self.batching = Batching(self.panel, batch_command(), strip, remembered, self._background)
        self.batching.notice.connect(self.notice)
        self.batching.chosen.connect(memory.keep_batch)
        self._asked: QMessageBox | None = None
        self._confirmed = False

    def serve(self, commands: Commands, spaces: Workspaces) -> None:
        """Serve the actions of the workspace and tell how it goes."""
        doing, spaces_ = self.batching, spaces
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
            ticked={"batch_pause": lambda: doing.phase is standing.Phase.PAUSED},
            possible={
                "batch_start": doing.can_start,
                "batch_pause": lambda: doing.panel.look.press in ("pause", "resume"),
                "batch_stop": lambda: doing.active and doing.phase is not standing.Phase.STOPPING,
                "batch_retry": doing.can_retry,
                "batch_top": self.panel.view.can_move,
                "batch_remove": doing.can_remove,
                "batch_open": doing.can_open,
                "batch_folder": doing.can_show_folder,
                "batch_clear": doing.can_clear,
            },
        )
        self.panel.set_menu(tuple(commands.actions[name] for name in MENU))
        doing.changed.connect(commands.update)
        doing.changed.connect(lambda: spaces_.mark("batch", standing.news(doing.standing)))
        spaces.changed.connect(lambda name: self.panel.focus() if name == "batch" else None)
        self._go = partial(spaces.go, "batch")
        self._tell_unfinished()

    def add(self, paths: Sequence[Path]) -> None:
        """Add frames and folders, and show the queue."""
        self._go()
        self.batching.add(paths)

    def offer(self, folder: Path, count: int, opened: int) -> None:
        """A folder with many frames was opened: perhaps a batch was meant."""
        holds = f"{folder.name} holds {phrases.frames(count)}."
        if opened < count:
            holds = f"{folder.name} holds {phrases.frames(count)}; the first {opened:,} are opened."
        self.notice.emit(
            Notice(
                holds,
                "They can be enhanced all at once.",
                "info",
                "Enhance as a batch",
                partial(self.add, [folder]),
            )
        )

    def offer_devices(self, devices: Devices) -> None:
        """Let the choices name the devices that there are."""
        self.panel.strip.set_devices(devices.names, devices.default)

    @property
    def busy(self) -> bool:
        """Whether folders are searched or thumbnails drawn."""
        return self._background.busy

    def may_close(self) -> bool:
        """Whether the window may close now; asks when a batch runs, and closes it on Yes."""
        if not self.batching.active or self._confirmed:
            return True
        if self._asked is not None:
            return False
        stands = self.batching.standing
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle(tr("A batch is running"))
        box.setText(tr(f"{stands.ended:,} of {phrases.frames(stands.total)} are done. Quit now?"))
        box.setInformativeText(
            tr(
                "The frame at work is given up. Nothing that is done is lost: "
                "the next time, astroview offers to resume the batch."
            )
        )
        quit_ = box.addButton(tr("Quit"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(tr("Keep running"), QMessageBox.ButtonRole.RejectRole))
        box.finished.connect(lambda _: self._answered(box, box.clickedButton() is quit_))
        self._asked = box
        box.open()
        return False

    def close(self) -> None:
        """End what runs."""
        self.batching.close()
        self._background.close()

    def set_theme(self, theme: Theme) -> None:
        self.panel.set_theme(theme)

    def _answered(self, box: QMessageBox, yes: bool) -> None:
        self._asked, self._confirmed = None, yes
        box.deleteLater()
        if yes:
            QTimer.singleShot(0, self._window.close)

    def _tell_unfinished(self) -> None:
        if self.panel.card.text is not None:
            hint = "What is done is not done again."
            self.notice.emit(
                Notice("The last batch was interrupted.", hint, "info", "Show", self._go)
            )
