"""The session's actions: an earlier one again, one saved to be moved, a new one."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from astroview.core.io.paths.called_apart import told_apart
from astroview.ui.documents.saved_sessions.session_archive import SUFFIX
from astroview.ui.documents.saved_sessions.session_keeper import SessionKeeper
from astroview.ui.documents.saved_sessions.session_store import EndedSession
from astroview.ui.i18n.translate import tr
from astroview.ui.shell.action_registry import Commands
from astroview.ui.shell.notice import Notice

MAX_LISTED = 10  # earlier sessions in the menu


class SessionController(QObject):
    """Asks which session and where to, and offers the one that was cut short."""

    def __init__(
        self,
        window: QWidget,
        keeper: SessionKeeper,
        commands: Commands,
        folder: Callable[[], str],
    ) -> None:
        super().__init__(window)
        self._window, self._keeper, self._folder = window, keeper, folder
        commands.serve(
            {
                "session_open": self._choose,
                "session_save": self._choose_target,
                "session_new": self._close_all,
            },
            possible={
                "session_save": lambda: bool(keeper.session.documents),
                "session_new": lambda: bool(keeper.session.documents),
            },
        )
        commands.earlier.aboutToShow.connect(partial(self._list, commands.earlier))

    def begin(self, restore: bool) -> None:
        """At the start: the last session again, or an offer of it when it was cut short."""
        last = self._keeper.last()
        if last is None:
            return
        if restore and not last.troubled:
            self._keeper.restore(last)
        elif last.troubled or last.cut_short:
            names = len(last.kept.documents)
            self._keeper.notice.emit(
                Notice(
                    tr("The last session was cut short."),
                    tr("{names} frames were open.", names=names),
                    "info",
                    tr("Bring it back"),
                    partial(self._keeper.restore, last),
                )
            )

    def _list(self, menu: QMenu) -> None:
        menu.clear()
        found = self._keeper.store.ended()[:MAX_LISTED]
        for one, title in zip(found, titles(found), strict=True):
            menu.addAction(title, partial(self._keeper.restore, one))
        if not found:
            menu.addAction(tr("None")).setEnabled(False)

    def _choose(self) -> None:
        patterns = f"{tr('Sessions')} (*{SUFFIX} session.json)"
        name, _ = QFileDialog.getOpenFileName(
            self._window, tr("Open session"), self._folder(), patterns
        )
        if name:
            path = Path(name)
            self._keeper.open(path if path.suffix == SUFFIX else path.parent)

    def _choose_target(self) -> None:
        one, many = f"{tr('One file')} (*{SUFFIX})", f"{tr('A folder')} (*)"
        wanted = str(Path(self._folder()) / f"{tr('session')}{SUFFIX}")
        name, kind = QFileDialog.getSaveFileName(
            self._window, tr("Save session as"), wanted, f"{one};;{many}"
        )
        if name:
            path = Path(name)
            if kind == many:
                path = path.with_suffix("") if path.suffix == SUFFIX else path
            elif path.suffix != SUFFIX:
                path = path.with_name(path.name + SUFFIX)
            self._keeper.save_as(path)

    def _close_all(self) -> None:
        for key in list(self._keeper.session.documents):
            self._keeper.session.remove(key)


def titles(sessions: Sequence[EndedSession]) -> list[str]:
    """``2026-11-03 14:05 · m31, m33 and 4 more`` of each; files of one name, in one session or in
    several, are told apart by their folders.
    """
    kept = [d for one in sessions for d in one.kept.documents]
    files = [(d.name, None if d.frame.copy else Path(d.frame.path)) for d in kept]
    called = iter(told_apart(files))
    return [_title(one, [next(called) for _ in one.kept.documents]) for one in sessions]


def _title(one: EndedSession, names: list[str]) -> str:
    listed = ", ".join(names[:2])
    if len(names) > 2:
        more = len(names) - 2
        listed = tr("{listed} and {more} more", listed=listed, more=more)
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(one.kept.saved_at))
    return f"{when} · {listed}"
