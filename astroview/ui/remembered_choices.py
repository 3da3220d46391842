"""What the window remembers between two runs, in the terms of the window."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import cast

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QMainWindow, QSplitter

from astroview.core import settings
from astroview.core.enhance_choices import lasting
from astroview.core.errors import CannotSave
from astroview.core.io.paths.plain_paths import is_file
from astroview.core.io.save_formats import SUFFIXES
from astroview.core.options import EnhanceOptions
from astroview.core.settings import (
    BatchSettings,
    EnhanceSettings,
    KnowSettings,
    LightboxSettings,
    Settings,
    TrainSettings,
    WindowSettings,
)
from astroview.ui.documents.comparison import Mode
from astroview.ui.documents.display_store import Displays
from astroview.ui.documents.document import LoadedFile
from astroview.ui.documents.recent_files import with_recent
from astroview.ui.render import display_settings
from astroview.ui.render.display_settings import Display
from astroview.ui.viewer.gestures import Preset

log = logging.getLogger(__name__)
MODES = {
    "off": Mode.RESULT,
    "slider": Mode.SPLIT,
    "across": Mode.ACROSS,
    "side": Mode.SIDE,
    "grid": Mode.GRID,
    "blink": Mode.BLINK,
    "difference": Mode.DIFFERENCE,
}
MOST_SCREENS = 8  # whose layouts are remembered
METHODS = {"zscale": "zscale", "percentile": "p99.5", "minmax": "minmax"}


class RememberedChoices:
    """Settings that are written when they change.

    Parameters
    ----------
    start
        The settings to begin with.
    lasting
        Whether changes are written; snapshots and tests of other rooms leave no trace.
    """

    def __init__(self, start: Settings, lasting: bool = True) -> None:
        self.settings, self._lasting = start, lasting
        self._book: Displays | None = None

    # ---- read --------------------------------------------------------------------------

    @property
    def options(self) -> EnhanceOptions:
        kept = self.settings.enhance
        device = kept.device if kept.device in ("auto", "cpu", "cuda", "mps") else "auto"
        return EnhanceOptions(
            kept.colorizer, kept.superres, **lasting(replace(kept, device=device))
        )

    @property
    def mode(self) -> Mode:
        return MODES.get(self.settings.view.compare, Mode.SPLIT)

    @property
    def blink_rate(self) -> float:
        """Pictures a second."""
        return min(max(self.settings.view.blink_per_s, 0.1), 10.0)

    @property
    def gestures(self) -> Preset:
        return self.settings.gestures

    @property
    def recent(self) -> list[Path]:
        return [path for path in map(Path, self.settings.recent_files) if is_file(path)]

    @property
    def lasting(self) -> bool:
        """Whether anything is written at all."""
        return self._lasting

    @property
    def folder(self) -> str:
        return self.settings.last_folder

    @property
    def save_format(self) -> str:
        return self.settings.save_format

    @property
    def _displays(self) -> Displays:
        """How files were displayed; made when it is first asked for, which needs Qt."""
        if self._book is None:
            self._book = Displays(settings.displays() if self._lasting else None)
        return self._book

    def first_display(self, loaded: LoadedFile) -> Display:
        """How a frame opens: as it was displayed last, else as usual."""
        return self._displays.of(loaded.frame) or self._usual(loaded)

    def _usual(self, loaded: LoadedFile) -> Display:
        """As chosen last for physical data, as it is for pictures."""
        result, view = loaded.opening, self.settings.view
        if loaded.frame.kind == "display":
            return result
        if view.limits in METHODS:
            method = cast("display_settings.Method", METHODS[view.limits])
            result = display_settings.with_method(result, method, loaded.samples, loaded.opening)
        if view.stretch != "auto":
            result = display_settings.with_kind(
                result, view.stretch, loaded.samples, loaded.opening
            )
        return result

    def restore(self, window: QMainWindow, splitter: QSplitter) -> None:
        """Put window and panels where they were, on the last used of the screens there are."""
        kept = self.settings.window
        _fit(window, QSize(1280, 800))
        attached = {_screen_name(screen) for screen in QGuiApplication.screens()}
        layouts = (line.split("|") for line in kept.screens if line.count("|") == 2)
        latest = next((rest for name, *rest in layouts if name in attached), None)
        geometry, state = latest or (kept.geometry, kept.state)
        if geometry:
            window.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii", "replace")))
            if not window.isMaximized() and not window.isFullScreen():
                _fit(window, window.size())
        if state:
            splitter.restoreState(QByteArray.fromBase64(state.encode("ascii", "replace")))

    # ---- keep --------------------------------------------------------------------------

    def keep(self, changed: Settings) -> None:
        """Remember these settings from now on."""
        self._keep(changed)

    def keep_recent(self, path: Path) -> None:
        recent = with_recent(self.settings.recent_files, path)
        self._keep(replace(self.settings, recent_files=recent, last_folder=str(path.parent)))

    def keep_target(self, path: Path) -> None:
        kind = SUFFIXES.get(path.suffix.lower(), "fits")
        self._keep(replace(self.settings, save_format=kind, last_folder=str(path.parent)))

    def keep_options(self, options: EnhanceOptions) -> None:
        kept = EnhanceSettings(options.colorizer, options.superres, **lasting(options))
        self._keep(replace(self.settings, enhance=kept))

    def keep_batch(self, choices: BatchSettings) -> None:
        self._keep(replace(self.settings, batch=choices))

    def keep_train(self, choices: TrainSettings) -> None:
        self._keep(replace(self.settings, train=choices))

    def keep_lightbox(self, choices: LightboxSettings) -> None:
        self._keep(replace(self.settings, lightbox=choices))

    def keep_mode(self, mode: Mode) -> None:
        name = next((name for name, known in MODES.items() if known is mode), None)
        if name:
            view = replace(self.settings.view, compare=name)  # type: ignore[arg-type]
            self._keep(replace(self.settings, view=view))

    def keep_blink_rate(self, rate: float) -> None:
        self._keep(replace(self.settings, view=replace(self.settings.view, blink_per_s=rate)))

    def keep_trust(self, level: float) -> None:
        self._keep(replace(self.settings, view=replace(self.settings.view, trust=level)))

    def keep_trust_saved(self, on: bool) -> None:
        self._keep(replace(self.settings, view=replace(self.settings.view, trust_saved=on)))

    def keep_language(self, choice: str) -> None:
        self._keep(replace(self.settings, language=choice))  # type: ignore[arg-type]

    def keep_gestures(self, preset: Preset) -> None:
        self._keep(replace(self.settings, gestures=preset))

    def keep_display(self, loaded: LoadedFile, shown: Display) -> None:
        """For this file; the last stretch and limits of physical data serve the next one too."""
        self._keep_usual(loaded, shown)
        self._displays.keep(loaded.frame, None if shown == self._usual(loaded) else shown)

    def _keep_usual(self, loaded: LoadedFile, shown: Display) -> None:
        if loaded.frame.kind == "display" or shown.method == "manual":
            return
        now, first = (display_settings.stretch_of(d, None).kind for d in (shown, loaded.opening))
        automatic = shown.method == "auto" and now == first
        named = {"zscale": "zscale", "minmax": "minmax", "auto": "auto"}
        limits = named.get(shown.method, "percentile")
        kind = "auto" if automatic else now
        view = replace(self.settings.view, stretch=kind, limits=limits)  # type: ignore[arg-type]
        self._keep(replace(self.settings, view=view))

    def keep_know(self, know: KnowSettings) -> None:
        self._keep(replace(self.settings, know=know))

    def keep_theme(self, choice: str) -> None:
        self._keep(replace(self.settings, theme=choice))  # type: ignore[arg-type]

    def keep_window(self, window: QMainWindow, splitter: QSplitter) -> None:
        geometry = bytes(window.saveGeometry().toBase64().data()).decode()
        state = bytes(splitter.saveState().toBase64().data()).decode()
        name, former = _screen_name(window.screen()), self.settings.window
        others = (line for line in former.screens if line.partition("|")[0] != name)
        screens = (f"{name}|{geometry}|{state}", *others)[:MOST_SCREENS]
        kept = WindowSettings(geometry, state, former.workspace, screens)
        self._keep(replace(self.settings, window=kept))
        self.flush()

    def flush(self) -> None:
        """Write now what waits to be written."""
        self._displays.flush()

    def _keep(self, changed: Settings) -> None:
        if changed == self.settings:
            return
        self.settings = changed
        if self._lasting:
            try:
                settings.save(changed)
            except CannotSave as problem:
                log.warning("%s", problem)


FRAME = QSize(16, 48)  # what a window manager adds around a window, about


def _fit(window: QMainWindow, size: QSize) -> None:
    """Give a window that size, or what its screen has room for; its least size gives way too."""
    room = window.screen().availableGeometry()
    most = (room.size() - FRAME).expandedTo(QSize(320, 240))
    window.setMinimumSize(window.minimumSize().boundedTo(most))
    window.resize(size.boundedTo(most))
    corner = window.pos()
    x = min(max(corner.x(), room.left()), room.right() - window.width())
    y = min(max(corner.y(), room.top()), room.bottom() - window.height())
    window.move(max(x, room.left()), max(y, room.top()))


def _screen_name(screen: QScreen) -> str:
    """The same for a screen of the same make, size and scaling."""
    size, ratio = screen.size(), screen.devicePixelRatio()
    return f"{screen.name()} {size.width()}x{size.height()} {ratio:g}".replace("|", " ")
