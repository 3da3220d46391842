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

    def __init__(self, limits: QAction, maps: QAction, panel: DisplayPanel) -> None:
        """Limits and colour maps come before an action of their submenus, stretches before both."""
        colours, others = _menu_of(maps), _menu_of(limits)
        stretches = QMenu(tr("Stretch"), others)
        _menu_of(others.menuAction()).insertMenu(others.menuAction(), stretches)
        self._groups = {
            "stretch": _choices(stretches, None, display_settings.KIND_NAMES, panel.set_kind),
            "limits": _choices(others, limits, display_settings.METHODS[:-1], panel.set_method),
            "map": _choices(
                *(colours, maps, ((known.key, known.name) for known in colour_maps.CHOICES)),
                panel.set_colour_map,
            ),
        }
        others.insertSeparator(limits)
        colours.insertSeparator(maps)
        colours.aboutToShow.connect(self._draw_ramps)  # their tables are slow to import

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


def _menu_of(action: QAction) -> QMenu:
    return next(o for o in action.associatedObjects() if isinstance(o, QMenu))


def _choices(
    menu: QMenu,
    before: QAction | None,
    choices: Iterable[tuple[str, str]],
    act: Callable[[str], object],
) -> QActionGroup:
    group = QActionGroup(menu)
    group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
    for key, text in choices:
        action = QAction(local(tr(text)), menu, checkable=True)
        action.setData(key)
        action.triggered.connect(lambda _=False, key=key: act(key))
        menu.insertAction(before, action)  # type: ignore[arg-type] # at the end without one
        group.addAction(action)
    return group
