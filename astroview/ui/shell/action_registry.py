"""The window's actions: who serves them, which are possible now, which are ticked."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QToolBar, QWidget

from astroview.ui.documents.session import Selection
from astroview.ui.shell import actions
from astroview.ui.widgets.theme import Theme

Handlers = Mapping[str, Callable[..., object]]
Checks = Mapping[str, Callable[[], bool]]


class Commands(QObject):
    """Makes the actions, menus and toolbar; controllers say what the actions do.

    A controller calls `serve` once with its handlers (by action name), with a function for each
    action that it ticks, and with one for each that is not always possible. What an action
    generally needs (a frame, a result) stands in its `actions.Spec`. Controls that go with a
    mode have room in the toolbar (`add_option`).
    """

    def __init__(self, window: QMainWindow, selection: Callable[[], Selection | None]) -> None:
        super().__init__(window)
        self._window, self._selection = window, selection
        self._checks: dict[str, Callable[[], bool]] = {}
        self._possible: dict[str, Callable[[], bool]] = {}
        self._served: set[str] = set()
        self.actions: dict[str, QAction] = actions.make(window)
        hooks = actions.fill_menus(window, self.actions)
        self.recent, self.earlier = hooks["recent"], hooks["earlier"]
        self._bars: dict[str, QToolBar] = {}
        self._space = "view"

    @property
    def unserved(self) -> set[str]:
        """Actions that nobody serves: a mistake of ours."""
        return set(self.actions) - self._served

    def bar(self, space: str) -> QToolBar:
        """The toolbar of a workspace, made when it is first asked for."""
        if space not in self._bars:
            self._bars[space] = actions.make_toolbar(space, self._window, self.actions)
        return self._bars[space]

    def add_option(self, control: QWidget, wanted: SignalInstance) -> None:
        """Give a control that goes with a mode its room in the toolbar, while it is ``wanted``."""
        place = self.bar("view").findChild(QWidget, actions.OPTIONS)
        room = self.bar("view").findChild(QAction, actions.OPTIONS)
        row = place.layout() if place else None
        if row is None or room is None:
            return
        row.addWidget(control)
        wanted.connect(room.setVisible)

    def serve(
        self, handlers: Handlers, ticked: Checks | None = None, possible: Checks | None = None
    ) -> None:
        """Connect actions to what they do; ``ticked`` and ``possible`` are asked by `update`."""
        for name, handler in handlers.items():
            self.actions[name].triggered.connect(handler)
            self._served.add(name)
        self._checks |= ticked or {}
        self._possible |= possible or {}

    def enter(self, space: str) -> None:
        """Offer what is possible in a workspace."""
        self._space = space
        self.update()

    def update(self, *_: object) -> None:
        """Bring all actions in step with what is looked at."""
        chosen = self._selection()
        looking = self._space == "view" and chosen is not None
        have = {
            "": True,
            "frame": looking,
            "result": bool(looking and chosen and chosen.after),
            **{space: self._space == space for space in actions.TOOLBARS if space != "view"},
        }
        for name, action in self.actions.items():
            able = have[actions.SPECS[name].needs]
            action.setEnabled(able and (name not in self._possible or self._possible[name]()))
        for name, check in self._checks.items():
            self.actions[name].setChecked(check())

    def tint(self, theme: Theme) -> None:
        """Give the actions their icons in a theme's colours."""
        actions.tint(self.actions, theme)
