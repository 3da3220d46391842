"""Opens the settings, and brings to the window what was changed there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from astroview.core.io.paths import network_rules
from astroview.core.lazy_dataclass import dataclass
from astroview.core.settings import BatchSettings, Settings
from astroview.ui.documents.session import Session
from astroview.ui.enhance.enhance_panel import EnhancePanel
from astroview.ui.process.worker_client import Worker
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.shell.action_registry import Commands
from astroview.ui.shell.preferences import own_keys
from astroview.ui.viewer.gestures import Gestures
from astroview.ui.widgets.single_dialog import SingleDialog
from astroview.ui.widgets.theme import ThemeKeeper

if TYPE_CHECKING:
    from astroview.ui.shell.preferences.settings_dialog import SettingsDialog


@dataclass(frozen=True)
class Preferred:
    """What in the window follows the settings."""

    memory: RememberedChoices
    commands: Commands
    worker: Worker
    panel: EnhancePanel
    session: Session
    gestures: Gestures
    themes: ThemeKeeper
    batch_chosen: Callable[[BatchSettings], object]


class SettingsController(QObject):
    """Serves the action; keys of the user's own are in force from the start."""

    def __init__(self, window: QMainWindow, given: Preferred) -> None:
        super().__init__(window)
        self._window, self._given = window, given
        self._sheet = SingleDialog(self._made)
        self._network = given.memory.settings.network
        given.commands.serve({"settings": self._sheet.show})
        own_keys.apply(given.commands.actions, given.memory.settings.shortcuts)

    @property
    def dialog(self) -> SettingsDialog | None:
        """The dialog, while it is open."""
        return self._sheet.dialog  # type: ignore[return-value]

    def _made(self) -> SettingsDialog:
        """The dialog; it is loaded when it is first asked for."""
        from astroview.ui.shell.preferences.device_page import DeviceChoice
        from astroview.ui.shell.preferences.settings_dialog import SettingsDeps, SettingsDialog

        given = self._given
        choice = DeviceChoice(lambda: given.panel.options.device, self._run_on)
        deps = SettingsDeps(
            given.memory, given.commands.actions, given.worker, choice, self._applied
        )
        return SettingsDialog(self._window, deps)

    def _run_on(self, device: str) -> None:
        panel = self._given.panel
        panel.take(replace(panel.options, device=device))
        panel.tell_chosen()

    def _applied(self, now: Settings) -> None:
        given, session = self._given, self._given.session
        given.themes.choose(now.theme)
        given.themes.set_text(now.text_percent, now.font)
        network_rules.put_in_force(now.network, self._network)
        self._network = now.network
        given.gestures.set_preset(now.gestures)
        given.batch_chosen(now.batch)
        own_keys.apply(given.commands.actions, now.shortcuts)
        session.compare(replace(session.comparison, trust=now.view.trust))
        given.commands.update()
