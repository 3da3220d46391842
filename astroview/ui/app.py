"""Start of the application: logging, theme, worker, window."""

from __future__ import annotations

import gc
import logging
import sys
import traceback
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path
from threading import Thread
from types import TracebackType

from PySide6.QtCore import QEvent, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QFontDatabase
from PySide6.QtWidgets import QApplication

from astroview.core import resources, settings
from astroview.core.io.paths import network_rules, temp_folders
from astroview.core.lazy_dataclass import dataclass
from astroview.core.messages import worker_messages
from astroview.core.models.model_card import default_shelf
from astroview.core.texts import Text
from astroview.ui.documents import document
from astroview.ui.documents.file_loader import Glimpse
from astroview.ui.documents.preload import Preload
from astroview.ui.documents.saved_sessions.session_store import SessionStore
from astroview.ui.i18n import translate
from astroview.ui.main_window import MainWindow
from astroview.ui.process.file_open_events import FileOpenEvents
from astroview.ui.process.scratch_folders import Scratch
from astroview.ui.process.signal_wakeup import SignalWakeup
from astroview.ui.process.worker_client import Worker
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.shell.notice import Notice
from astroview.ui.shell.window_deps import MadePages, WindowDeps
from astroview.ui.widgets import icons
from astroview.ui.widgets.theme import ThemeKeeper

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class RunningApp:
    """A started application; `close` leaves nothing behind."""

    app: QApplication
    window: MainWindow
    themes: ThemeKeeper
    scratch: Scratch

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        self.themes.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.scratch.close()


def run(files: Sequence[Path | str], demo: bool = False, pages: MadePages | None = None) -> int:
    """Open the window and stay until it is closed.

    Parameters
    ----------
    files
        Files and folders to open.
    demo
        Enhance the first one (the sample frame when there is none) as soon as it is open.
    pages
        Pages of the guide that are made when they are looked at.

    Returns
    -------
    int
        The exit code.
    """
    with logging_to(settings.log_folder()):
        return _run(files, demo, pages or {})


def _run(files: Sequence[Path | str], demo: bool, pages: MadePages) -> int:
    loaded = settings.load()
    glimpse = Preload(Path(files[0])) if files else document.glimpse
    running = start(RememberedChoices(loaded.settings), glimpse, pages)
    window = running.window
    former, sys.excepthook = sys.excepthook, Unexpected(window, settings.log_folder())
    if loaded.problems:
        told = "; ".join((*loaded.problems[:2], *loaded.problems[2:][-1:]))
        window.tell(Notice("A setting was not understood and has its default.", told))
    window.show()
    if demo:
        window.desk.opened.connect(_Once(window.enhance))
    if files:
        window.spaces.take([Path(name) for name in files])
    elif demo:
        window.open_sample()
    if sys.platform == "darwin":
        running.app.installEventFilter(FileOpenEvents(window.spaces.take, window))
    window.begin_session(restore=not files and not demo)
    # Not while a frame is being opened.
    QTimer.singleShot(3000 if files else 200, partial(_started, window))
    wakeup = SignalWakeup(window, running.app.exit)
    code = running.app.exec()
    wakeup.close()
    running.close()
    sys.excepthook = former
    return code


def _started(window: MainWindow) -> None:
    # What stands now stays: 139,000 objects, whose collections took 89 ms each, five pictures long.
    # It hides no crash: closed six times with all workspaces open, with it and without, none.
    gc.freeze()
    gc.enable()
    window.begin()
    Thread(target=temp_folders.sweep, daemon=True).start()


def start(
    memory: RememberedChoices,
    glimpse: Glimpse = document.glimpse,
    pages: MadePages | None = None,
) -> RunningApp:
    """Make the application and its window, not yet shown; ``glimpse`` looks at files first."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("astroview")
    _bring_fonts()
    translate.install(app, memory.settings.language)
    app.setDesktopFileName("astroview")
    app.setWindowIcon(icons.app_icon())
    kept = memory.settings
    network_rules.put_in_force(kept.network)
    themes = ThemeKeeper(app, kept.theme, kept.text_percent, kept.font)
    scratch = Scratch()
    store = SessionStore(settings.sessions()) if memory.lasting else None
    worker = Worker(worker_messages.worker_command(), scratch, store)
    given = WindowDeps(
        worker,
        default_shelf().cards(),
        themes,
        memory,
        settings.log_folder(),
        scratch,
        glimpse,
        store,
        pages or {},
    )
    window = MainWindow(given)
    themes.dress()
    return RunningApp(app, window, themes, scratch)


def _bring_fonts() -> None:
    """The bundle's own fonts, on a system that has none: every word would be empty boxes."""
    if not QFontDatabase.families():
        for path in sorted((resources.root() / "fonts").glob("*.ttf")):
            QFontDatabase.addApplicationFont(str(path))


@contextmanager
def logging_to(folder: Path) -> Generator[None]:
    """Log into a rotating file; to stderr where no file can be written."""
    handler: logging.Handler
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "astroview.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8"
        )
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    level = root.level
    root.setLevel(logging.INFO)
    try:
        yield
    finally:
        root.setLevel(level)
        root.removeHandler(handler)
        handler.close()


class Unexpected:
    """``sys.excepthook``: what nobody expected goes to the log and, once, to the user."""

    def __init__(self, window: MainWindow, logs: Path) -> None:
        self._window = window
        self._logs = logs

    def __call__(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        log.critical("unexpected", exc_info=(kind, error, trace))
        traceback.clear_frames(trace)  # a painter in them would paint for ever, and end us
        self._window.tell(
            Notice(
                Text(
                    "Something unexpected went wrong ({name}: {error}).",
                    name=kind.__name__,
                    error=error,
                ),
                "Your frames are untouched. Please report it with the log.",
                "error",
                "Open log folder",
                partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(self._logs))),
            )
        )


class _Once:
    """Calls a function at the first signal only."""

    def __init__(self, act: object) -> None:
        self._act = act

    def __call__(self, *_: object) -> None:
        act, self._act = self._act, None
        if callable(act):
            QTimer.singleShot(0, act)
