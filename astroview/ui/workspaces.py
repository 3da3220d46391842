"""The workspaces of the window, and the switch between them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from astroview.ui.commands import Commands
from astroview.ui.widgets import Segmented
from astroview.ui.words import noted, tr

NAMES = {"view": noted("View"), "batch": noted("Batch")}


class Workspaces(QObject):
    """Shows one page of the stack at a time; every toolbar has the switch in its right corner.

    Parameters
    ----------
    stack
        Holds the pages that `add` names.

    Signals
    -------
    changed : the name of the workspace that is on show now
    """

    changed = Signal(str)

    def __init__(self, stack: QStackedWidget, commands: Commands) -> None:
        super().__init__(stack)
        self._stack, self._commands = stack, commands
        self._pages: dict[str, QWidget] = {}
        self._switches: list[Segmented] = []
        self.current = "view"

    def add(self, name: str, page: QWidget) -> None:
        """Give a workspace its page."""
        self._pages[name] = page
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)

    def serve(self) -> None:
        """Serve the actions and put the switch into the toolbars; call it once, after `add`."""
        self._commands.serve(
            {f"space_{name}": partial(self._chosen, name) for name in self._pages},
            ticked={
                f"space_{name}": lambda name=name: self.current == name for name in self._pages
            },
        )
        tips = {name: self._commands.actions[f"space_{name}"].toolTip() for name in self._pages}
        for bar in self._commands.bars.values():
            switch = Segmented([(name, NAMES[name], tips[name]) for name in self._pages])
            switch.chosen.connect(self.go)
            switch.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
            bar.addWidget(switch)
            self._switches.append(switch)
        self.go("view")

    def go(self, name: str) -> None:
        """Show a workspace."""
        entered = name != self.current
        self.current = name
        self._stack.setCurrentWidget(self._pages[name])
        for switch in self._switches:
            switch.set_value(name)
        self._commands.enter(name)
        if entered:
            self.changed.emit(name)

    def mark(self, name: str, news: str) -> None:
        """Put news on a workspace's button, such as how far its work is; empty for none."""
        for switch in self._switches:
            switch.set_text(name, f"{tr(NAMES[name])} · {news}" if news else tr(NAMES[name]))

    def _chosen(self, name: str, _on: bool = False) -> None:
        self.go(name)
