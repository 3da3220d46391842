"""The workspaces of the window, and the switch between them.

A workspace is made when it is first gone to: until then only its name and a function that makes
it are known, and nothing of it is imported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QToolBar,
    QWidget,
)

from astroview.core.models import model_package
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.shell.action_registry import Commands
from astroview.ui.shell.keyboard_focus import KeyboardKept
from astroview.ui.widgets.controls import Segmented, dress
from astroview.ui.widgets.theme import Theme

NAMES = {
    "view": noted("View"),
    "batch": noted("Batch"),
    "train": noted("Train"),
    "lightbox": noted("Lightbox"),
}


class Space(Protocol):
    """What the window asks of a workspace."""

    @property
    def page(self) -> QWidget:
        """What is shown."""
        ...

    def enter(self) -> None:
        """It is on show now: let the keyboard begin here."""

    def come_home(self) -> None:
        """Give the keyboard to what it is about."""

    def focus_next(self) -> None:
        """Give the keyboard to the next part of the page."""

    def fold(self, on: bool) -> None:
        """Hide the side panels, or show them."""

    def take(self, paths: Sequence[Path]) -> None:
        """Files and folders were dropped on the window or chosen."""

    def set_dropping(self, on: bool) -> None:
        """Files are held over the window, or no longer."""

    def set_theme(self, theme: Theme) -> None:
        """Draw in a theme's colours."""

    def may_close(self) -> bool:
        """Whether the window may close now; otherwise the workspace asks, and closes it then."""
        ...

    def close(self) -> None:
        """End what runs."""


class ToolRow(QFrame):
    """The toolbar of the workspace on show, and at its right the switch, which is always there."""

    def __init__(self, commands: Commands) -> None:
        super().__init__()
        dress(self, "tools")
        self.switch = Segmented(
            (name, title, commands.actions[f"space_{name}"].toolTip())
            for name, title in NAMES.items()
        )
        self.switch.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._bars = QStackedWidget()
        self._bars.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 10, 0)
        row.setSpacing(4)
        row.addWidget(self._bars, 1)
        row.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_bar(self, bar: QToolBar) -> None:
        """Show a workspace's toolbar."""
        self._bars.addWidget(bar)
        self._bars.setCurrentWidget(bar)


class Workspaces(QObject):
    """Shows one workspace at a time, and makes each when it is first needed.

    Parameters
    ----------
    stack
        Holds the pages.
    makers
        What makes each workspace of `NAMES`.

    Signals
    -------
    changed : the name of the workspace that is on show now
    """

    changed = Signal(str)

    def __init__(
        self, stack: QStackedWidget, commands: Commands, makers: Mapping[str, Callable[[], Space]]
    ) -> None:
        super().__init__(stack)
        self._stack, self._commands, self._makers = stack, commands, makers
        self._made: dict[str, Space] = {}
        self._folded = False
        self.row = ToolRow(commands)
        self.row.switch.chosen.connect(self.go)
        self.current = ""
        self._kept = KeyboardKept(stack, self.come_home)
        commands.serve(
            {f"space_{name}": partial(self._chosen, name) for name in makers},
            ticked={f"space_{name}": lambda name=name: self.current == name for name in makers},
        )

    def get(self, name: str) -> Space:
        """A workspace, made when it is not there yet."""
        if name not in self._made:
            space = self._made[name] = self._makers[name]()
            self._stack.addWidget(space.page)
            space.fold(self._folded)
        return self._made[name]

    def take(self, paths: Sequence[Path]) -> None:
        """Files and folders go where one looks; models in files to Train, wherever that is."""
        models = [path for path in paths if model_package.is_model(path)]
        if others := [path for path in paths if path not in models]:
            self._made[self.current].take(others)
        if models:
            self.go("train")
            self._made["train"].take(models)

    def set_dropping(self, on: bool) -> None:
        """Files are held over the workspace on show, or no longer."""
        self._made[self.current].set_dropping(on)

    def come_home(self) -> None:
        """Give the keyboard to what the workspace on show is about."""
        self._made[self.current].come_home()

    def focus_next(self) -> None:
        """Give the keyboard to the next part of the workspace on show."""
        self._made[self.current].focus_next()

    def __iter__(self) -> Iterator[Space]:
        """Those that are made."""
        return iter(tuple(self._made.values()))

    def go(self, name: str) -> None:
        """Show a workspace."""
        entered, space = name != self.current, self.get(name)
        self.current = name
        self._stack.setCurrentWidget(space.page)
        self.row.show_bar(self._commands.bar(name))
        self.row.switch.set_value(name)
        self._commands.enter(name)
        if entered:
            space.enter()
            self.changed.emit(name)

    def fold(self, on: bool) -> None:
        """Hide the side panels of every workspace, or show them."""
        self._folded = on
        for space in self:
            space.fold(on)

    def mark(self, name: str, news: str) -> None:
        """Put news on a workspace's button, such as how far its work is; empty for none."""
        title = tr(NAMES[name])
        self.row.switch.set_text(name, f"{title} · {news}" if news else title)

    def _chosen(self, name: str, _on: bool = False) -> None:
        self.go(name)
