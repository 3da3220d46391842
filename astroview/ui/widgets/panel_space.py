"""A workspace that is one panel: what the window asks of it, the panel does."""

from __future__ import annotations

from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QObject


class Panel(Protocol):
    """What a workspace shows."""

    def focus(self) -> None:
        """Let the keyboard begin here."""
        ...

    def focus_next(self) -> None:
        """Give the keyboard to the next part."""
        ...

    def fold(self, on: bool) -> None:
        """Hide what stands beside the middle, or show it."""
        ...


P = TypeVar("P", bound=Panel)


class PanelSpace(QObject, Generic[P]):
    """Passes on what the window asks of every workspace (`ui.shell.workspaces`)."""

    panel: P

    @property
    def page(self) -> P:
        """What is shown."""
        return self.panel

    def enter(self) -> None:
        """Let the keyboard begin here."""
        self.panel.focus()

    def come_home(self) -> None:
        """Likewise, after it was elsewhere on the page."""
        self.panel.focus()

    def focus_next(self) -> None:
        """Give the keyboard to the next part of the page."""
        self.panel.focus_next()

    def fold(self, on: bool) -> None:
        """Hide what stands beside the middle, or show it."""
        self.panel.fold(on)
