"""The window's own actions: looking closer, pages at the side, the theme, help."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QMainWindow, QWidget

from astroview.ui.documents.header_panel import HeaderPanel
from astroview.ui.documents.session import Session
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.shell import dialogs
from astroview.ui.shell.action_registry import Commands
from astroview.ui.shell.actions import THEMES
from astroview.ui.shell.window_deps import MadePages
from astroview.ui.viewer.viewer import Viewer
from astroview.ui.widgets.side_pages import LatePage, SidePages
from astroview.ui.widgets.single_dialog import shower
from astroview.ui.widgets.theme import ThemeKeeper


def serve_picture(commands: Commands, session: Session, viewer: Viewer) -> None:
    """Which frame, and how near."""
    commands.serve(
        {
            "next": lambda: session.step(1),
            "previous": lambda: session.step(-1),
            "fit": viewer.fit,
            "one": lambda: viewer.one_to_one(1),
            "two": lambda: viewer.one_to_one(2),
            "zoom_in": lambda: viewer.zoom_step(up=True),
            "zoom_out": lambda: viewer.zoom_step(up=False),
        }
    )


def serve_sides(
    commands: Commands, sides: SidePages, header: LatePage[HeaderPanel], history: QWidget
) -> None:
    """The header, or the steps, in place of the controls."""
    commands.serve(
        {
            "header": header.show,
            "history": lambda on: sides.show_page(history if on else None),
        },
        ticked={
            "header": lambda: header.shown,
            "history": lambda: sides.page is history,
        },
    )


def serve_themes(commands: Commands, themes: ThemeKeeper, memory: RememberedChoices) -> None:
    """Light, dark, or as the system has it."""

    def choose(name: str, _on: bool = False) -> None:
        choice = name.removeprefix("theme_")
        themes.choose(choice)  # type: ignore[arg-type]
        memory.keep_theme(choice)
        commands.update()

    commands.serve(
        {name: partial(choose, name) for name in THEMES},
        ticked={name: lambda n=name: n == f"theme_{themes.choice}" for name in THEMES},
    )


def serve_help(commands: Commands, window: QMainWindow, logs: Path, made: MadePages) -> None:
    """What the window tells of itself."""

    def guide() -> QDialog:
        from astroview.ui.shell import guide_window  # with all that Qt has for long texts

        return guide_window.show_guide(window, made)

    commands.serve(
        {
            "full": lambda on: window.showFullScreen() if on else window.showNormal(),
            "keys": shower(lambda: dialogs.show_keys(window)),
            "guide": shower(guide),
            "log": lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(logs))),
            "about": shower(lambda: dialogs.show_about(window)),
        }
    )
