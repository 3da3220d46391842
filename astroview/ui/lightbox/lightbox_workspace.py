"""The Lightbox workspace as the window sees it: made, and its actions served."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal

from astroview.core import settings
from astroview.core.lightbox.frame_cache import FrameCache
from astroview.core.lightbox.verdicts import VerdictBook
from astroview.core.messages import worker_messages
from astroview.ui.i18n.translate import tr
from astroview.ui.lightbox.lazy_lightbox import LightboxDeps
from astroview.ui.lightbox.leaving_frames import LeavingFrames
from astroview.ui.lightbox.lightbox_controller import LightboxController, LightboxTools
from astroview.ui.lightbox.lightbox_panel import LightboxPanel
from astroview.ui.process.worker_client import Worker
from astroview.ui.shell.lightbox_actions import RATES
from astroview.ui.shell.notice import Notice
from astroview.ui.widgets.panel_space import PanelSpace
from astroview.ui.widgets.theme import Theme

MENU = (
    *("lb_open", "lb_reject", "lb_tag", "lb_measure"),
    *("lb_export", "lb_copy", "lb_batch", "lb_train"),
)
GB = 10**9


class LightboxSpace(PanelSpace[LightboxPanel]):
    """Panel and controllers of the Lightbox.

    Signals
    -------
    notice : `Notice`
    opened : list of paths for View
    batched : list of paths for Batch
    to_learn : (folder, of the paths of its frames whether they are chosen) for Train
    """

    notice = Signal(object)
    opened = Signal(object)
    batched = Signal(object)
    to_learn = Signal(object, object)

    def __init__(self, given: LightboxDeps) -> None:
        super().__init__(given.window)
        self._given = given
        memory = given.memory
        lasting, kept = memory.lasting, memory.settings.lightbox
        self._book = VerdictBook(settings.verdicts() if lasting else None)
        self._cache = FrameCache(
            settings.frame_cache() if lasting else None, int(kept.pictures_gb * GB)
        )
        self._looker = Worker(worker_messages.worker_command(), given.scratch, parent=self)
        self.panel = LightboxPanel(given.theme())
        self.sifting = LightboxController(
            self.panel,
            LightboxTools(
                *(given.worker, self._looker, self._cache, self._book, given.undo, memory)
            ),
        )
        self.leaving = LeavingFrames(given.window, self.sifting.chosen)
        self._connect()
        self._serve()

    def _connect(self) -> None:
        doing, given = self.sifting, self._given
        for teller in (doing, self.leaving):
            teller.notice.connect(self.notice)
        doing.changed.connect(given.commands.update)
        doing.opened.connect(self.opened)
        self.panel.empty.choose_folder.connect(given.filing.choose_folder)
        self.panel.cancelled.connect(self.leaving.cancel)
        self.leaving.progressed.connect(self._show_copies)

    def tell_damaged(self) -> None:
        """Say when the book of verdicts had to be begun anew."""
        if self._book.set_aside:
            told = tr("Ratings and tags could not be read, and begin anew.")
            hint = tr("The file as it was is {set_aside}.", set_aside=self._book.set_aside)
            self.notice.emit(Notice(told, hint, "error"))

    def _serve(self) -> None:
        doing, panel, leaving = self.sifting, self.panel, self.leaving
        folder = lambda: self._given.memory.folder  # noqa: E731
        some = lambda: bool(panel.model.shown)  # noqa: E731
        picked = lambda: panel.view.current() is not None  # noqa: E731
        about_picked = ("lb_open", "lb_reject", "lb_tag", *RATES)
        about_all = ("lb_measure", "lb_export", "lb_copy", "lb_batch", "lb_train")
        self._given.commands.serve(
            {
                "lb_open": doing.open_selected,
                "lb_reload": doing.reload,
                "lb_find": panel.search.setFocus,
                "lb_tag": panel.card.tags.setFocus,
                "lb_reject": lambda: doing.verdicts.reject(),  # noqa: PLW0108 - triggered says a bool
                **{name: partial(self._rate, stars) for stars, name in enumerate(RATES)},
                "lb_advance": self._advance,
                "lb_measure": doing.measure,
                "lb_painted": doing.show_painted,
                "lb_larger": lambda: doing.enlarge(1),
                "lb_smaller": lambda: doing.enlarge(-1),
                "lb_export": lambda: leaving.choose_list(folder()),
                "lb_copy": lambda: leaving.choose_folder(folder()),
                "lb_batch": self.send_to_batch,
                "lb_train": self.send_to_train,
            },
            ticked={
                "lb_advance": lambda: self._given.memory.settings.lightbox.advance,
                "lb_painted": lambda: panel.view.with_colours,
            },
            possible={
                **dict.fromkeys(about_picked, picked),
                **dict.fromkeys(about_all, some),
                "lb_reload": lambda: doing.folder is not None,
            },
        )
        panel.set_menu(tuple(self._given.commands.actions[name] for name in MENU))

    def _rate(self, stars: int, _on: bool = False) -> None:
        self.sifting.verdicts.rate(stars)

    def _advance(self, on: bool) -> None:
        memory = self._given.memory
        memory.keep_lightbox(replace(memory.settings.lightbox, advance=on))

    def _show_copies(self, done: int, of: int) -> None:
        if of:
            self.panel.say(tr("Copying: {done:,} of {of:,} files", done=done, of=of))
        self.panel.show_progress(done / of if of else None)

    # ---- onward ----------------------------------------------------------------------------

    def send_to_batch(self) -> None:
        """The selected frames, or all on show, for the queue."""
        paths = [Path(row.path) for row in self.sifting.chosen()]
        if paths:
            self.batched.emit(paths)

    def send_to_train(self) -> None:
        """The folder to learn from, without the frames that are not chosen."""
        chosen = {row.path for row in self.sifting.chosen()}
        if chosen and self.sifting.folder:
            wanted = {row.path: row.path in chosen for row in self.panel.model.rows}
            self.to_learn.emit(self.sifting.folder, wanted)

    # ---- what the window calls -------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether something is going on."""
        return self.sifting.busy or self.leaving.busy

    def take(self, paths: Sequence[Path]) -> None:
        """A folder to look through."""
        self.sifting.take(paths)

    def set_dropping(self, on: bool) -> None:
        """Files are held over the window, or no longer."""
        self.panel.empty.set_dropping(on)

    def set_theme(self, theme: Theme) -> None:
        """Draw in a theme's colours."""
        self.panel.set_theme(theme)

    def may_close(self) -> bool:
        """What is said is kept at once: nothing asks."""
        return True

    def close(self) -> None:
        """End what runs."""
        self.sifting.close()
        self.leaving.close()
        self._looker.close()
        self._cache.close()
        self._book.close()
