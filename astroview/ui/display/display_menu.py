"""Stretch, limits and colour map in the View menu, so that the keyboard and menus reach all."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from astroview.ui.display.colour_map_picker import ramp
from astroview.ui.display.display_panel import DisplayPanel
from astroview.ui.i18n.translate import local, tr
from astroview.ui.render import colour_maps, display_settings
from astroview.ui.render.display_settings import Display


class DisplayMenu:
    """Submenus whose ticks follow the display on screen."""

    def __init__(self, before: QAction, panel: DisplayPanel) -> None:
        """The submenus come before an action, in the menu that it is in."""
        menu = next(o for o in before.associatedObjects() if isinstance(o, QMenu))
        self._groups = {
            "stretch": _submenu(
                menu, before, tr("Stretch"), display_settings.KIND_NAMES, panel.set_kind
            ),
            "limits": _submenu(
                menu, before, tr("Limits"), display_settings.METHODS[:-1], panel.set_method
            ),
            "map": _submenu(
                *(menu, before, tr("Colour map")),
                ((known.key, known.name) for known in colour_maps.CHOICES),
                panel.set_colour_map,
            ),
        }
        first = self._groups["map"].actions()[0]
        maps = next(o for o in first.associatedObjects() if isinstance(o, QMenu))
        maps.aboutToShow.connect(self._draw_ramps)  # their tables are slow to import

    def _draw_ramps(self) -> None:
        for action in self._groups["map"].actions():
            if action.icon().isNull():
                action.setIcon(ramp(action.data()))

    def show_display(self, shown: Display | None, mapped: bool) -> None:
        """Tick what holds; ``mapped``: colour maps apply to what is on screen."""
        for group in self._groups.values():
            group.setEnabled(shown is not None)
        if shown is None:
            return
        self._groups["map"].setEnabled(mapped)
        chosen = {
            "stretch": display_settings.stretch_of(shown, None).kind,
            "limits": shown.method,
            "map": shown.colour_map,
        }
        for name, group in self._groups.items():
            for action in group.actions():
                action.setChecked(action.data() == chosen[name])


def _submenu(
    menu: QMenu,
    before: QAction,
    title: str,
    choices: Iterable[tuple[str, str]],
    act: Callable[[str], object],
) -> QActionGroup:
    below = QMenu(title, menu)
    menu.insertMenu(before, below)
    group = QActionGroup(menu)
    group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
    for key, text in choices:
        action = below.addAction(local(tr(text)))
        action.setCheckable(True)
        action.setData(key)
        action.triggered.connect(lambda _=False, key=key: act(key))
        group.addAction(action)
    return group
