"""The View workspace as the window sees it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from astroview.core.lazy_dataclass import dataclass
from astroview.ui.widgets.theme import Theme
from astroview.ui.window_layout import Body, ViewPanels


@dataclass(frozen=True)
class ViewSpace:
    """The parts that look at a frame; always there. ``open`` opens what is dropped on it."""

    body: Body
    parts: ViewPanels
    open: Callable[[Sequence[Path]], None]

    @property
    def page(self) -> QWidget:
        """What is shown."""
        return self.body.splitter

    def enter(self) -> None:
        """The keyboard stays where it is."""

    def come_home(self) -> None:
        """Give the keyboard to the picture, or to the page that says how to begin."""
        viewer, empty = self.parts.viewer, self.parts.empty
        empty.focus() if viewer.isHidden() else viewer.setFocus()

    def focus_next(self) -> None:
        """Give the keyboard to the next part: frames, picture, controls."""
        self.body.focus_next()

    def fold(self, on: bool) -> None:
        """Hide the side panels, or show them."""
        self.body.fold(on)

    def take(self, paths: Sequence[Path]) -> None:
        """Look at frames."""
        self.open(paths)

    def set_dropping(self, on: bool) -> None:
        """Files are held over the window, or no longer."""
        self.parts.empty.set_dropping(on)
        self.parts.viewer.set_dropping(on)

    def set_theme(self, theme: Theme) -> None:
        """Draw in a theme's colours."""
        parts = self.parts
        parts.viewer.set_surround(theme.surround)
        for part in (parts.frames, parts.empty, parts.display, parts.enhance):
            part.set_theme(theme)

    def may_close(self) -> bool:
        """Nothing here asks."""
        return True

    def close(self) -> None:
        """Its controllers are the window's."""
