"""Working by hand: whose habits the mouse follows, and every command by typing a few letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from astroview.ui.i18n import translate
from astroview.ui.i18n.translate import tr
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.shell.action_registry import Commands
from astroview.ui.shell.notice import Notice
from astroview.ui.viewer.gestures import Gestures, Preset
from astroview.ui.widgets.quick_open import Chooser, QuickEntry
from astroview.ui.widgets.theme import Theme

SPOKEN = ("system", *translate.LANGUAGES)
PRESETS: tuple[Preset, ...] = ("photo", "ds9")


class MouseAndPalette(QObject):
    """Serves the gesture presets, the language and the command palette.

    Signals
    -------
    notice : `Notice`
    """

    notice = Signal(object)

    def __init__(
        self,
        window: QMainWindow,
        gestures: Gestures,
        memory: RememberedChoices,
        commands: Commands,
        theme: Callable[[], Theme],
        open_files: Callable[[Sequence[Path]], None],
    ) -> None:
        super().__init__(window)
        self._window, self._gestures, self._memory = window, gestures, memory
        self._commands, self._theme, self._open = commands, theme, open_files
        self.palette: Chooser | None = None
        gestures.set_preset(memory.gestures)
        commands.serve(
            {
                "commands": self.show_palette,
                **{f"mouse_{name}": partial(self._choose, name) for name in PRESETS},
                **{f"language_{name}": partial(self._speak, name) for name in SPOKEN},
            },
            ticked={
                **{f"mouse_{name}": lambda n=name: n == gestures.preset for name in PRESETS},
                **{
                    f"language_{name}": lambda n=name: n == memory.settings.language
                    for name in SPOKEN
                },
            },
        )

    def show_palette(self, *_: object) -> None:
        """Every action that is possible now, and the recent files."""
        self._commands.update()
        self.palette = Chooser(
            self._window,
            tr("Commands"),
            tr("Type a few letters of a command"),
            self.entries(),
            self._theme(),
        )
        self.palette.pop_up()

    def entries(self) -> list[QuickEntry]:
        """What the palette offers."""
        found = [
            entry
            for menu in self._window.menuBar().actions()
            for entry in _of_menu(menu.menu(), _plain(menu.text()))  # type: ignore[arg-type]
        ]
        recent = self._commands.recent.title()
        files = [
            QuickEntry(path.name, partial(self._open, [path]), f"{recent} · {path.parent}", rank=1)
            for path in self._memory.recent
        ]
        return [*found, *files]

    def _choose(self, preset: Preset, _on: bool = False) -> None:
        self._gestures.set_preset(preset)
        self._memory.keep_gestures(preset)
        self._commands.update()

    def _speak(self, choice: str, _on: bool = False) -> None:
        self._memory.keep_language(choice)
        self._commands.update()
        self.notice.emit(Notice(tr("The language changes when astroview starts again.")))


def _of_menu(menu: QMenu, place: str) -> list[QuickEntry]:
    entries: list[QuickEntry] = []
    for action in menu.actions():
        inner = action.menu()
        if action.isSeparator() or not action.isVisible() or not action.isEnabled():
            continue
        if isinstance(inner, QMenu):
            if inner.objectName() != "recent":
                entries += _of_menu(inner, f"{place} › {_plain(inner.title())}")
        else:
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            entries.append(QuickEntry(_plain(action.text()), action.trigger, place, keys))
    return entries


def _plain(text: str) -> str:
    return text.replace("&", "")
