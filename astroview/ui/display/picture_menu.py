"""The menu of the picture: what is done most at the place under the cursor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtCore import QObject, QPointF
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from astroview.ui.i18n.translate import tr

ABOVE = ("fit", "one", "north_up")
BELOW = ("copy", "export", "save")
MARKS = ("no_data", "saturated", "reset")


class PlaceWords(Protocol):
    """What is told of the place under the cursor."""

    @property
    def position(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def sky(self) -> str: ...


class RegionsUnder(Protocol):
    """Regions under the cursor, see `RegionEditor`."""

    def choose_at(self, point: QPointF) -> bool: ...
    def put_at(self, point: QPointF) -> None: ...
    def remove(self) -> None: ...


class PictureMenu(QObject):
    """Made anew for each click, of the window's own actions and of what lies there."""

    def __init__(
        self,
        viewer: QWidget,
        actions: Mapping[str, QAction],
        there: Callable[[], PlaceWords],
        regions: RegionsUnder,
    ) -> None:
        super().__init__(viewer)
        self._viewer, self._actions = viewer, actions
        self._there, self._regions = there, regions
        self.menu: QMenu | None = None

    def open(self, point: QPointF) -> None:
        """Show the menu at a point of the viewer; without a frame there is none."""
        if not self._actions["fit"].isEnabled():
            return
        self.menu = menu = QMenu(self._viewer)
        menu.aboutToHide.connect(menu.deleteLater)
        if words := self._words():
            menu.addAction(tr("Copy value and position"), lambda: _copy(words))
            menu.addSeparator()
        self._add(ABOVE)
        menu.addSeparator()
        if self._regions.choose_at(point):
            menu.addAction(tr("Properties of the region"), self._show_regions)
            menu.addAction(tr("Delete the region"), self._regions.remove)
        else:
            menu.addAction(tr("Circle here"), lambda: self._regions.put_at(point))
        menu.addSeparator()
        self._add(MARKS)
        menu.addSeparator()
        self._add(BELOW)
        menu.popup(self._viewer.mapToGlobal(point.toPoint()))

    def _words(self) -> str:
        told = self._there()
        return "\t".join(part for part in (told.position, told.value, told.sky) if part)

    def _add(self, names: tuple[str, ...]) -> None:
        if self.menu is not None:
            self.menu.addActions([self._actions[name] for name in names])

    def _show_regions(self) -> None:
        if not self._actions["region_panel"].isChecked():
            self._actions["region_panel"].trigger()


def _copy(words: str) -> None:
    QGuiApplication.clipboard().setText(words)
