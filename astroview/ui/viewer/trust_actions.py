"""How sure the detail of a result must be to be shown, and saved."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from astroview.core.enhance.trust_level import can_hide
from astroview.ui.documents.session import Session
from astroview.ui.i18n.translate import tr
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.shell.action_registry import Commands
from astroview.ui.widgets.decimal_box import ask_number

LEVELS = (0.0, 1.0, 2.0, 3.0, 5.0)  # S/N; 0: all detail is shown


class TrustActions(QObject):
    """Serves the choice of a level, which is remembered, and whether saved files keep to it."""

    def __init__(
        self, window: QWidget, session: Session, memory: RememberedChoices, commands: Commands
    ) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._memory, self._commands = memory, commands
        names = [f"trust_{level:.0f}" for level in LEVELS]
        commands.serve(
            {
                **{f"trust_{level:.0f}": partial(self._chosen, level) for level in LEVELS},
                "trust_other": lambda *_: self._ask(),
                "trust_saved": self._save_too,
            },
            ticked={
                **{f"trust_{level:.0f}": partial(self._is, level) for level in LEVELS},
                "trust_saved": lambda: memory.settings.view.trust_saved,
            },
            possible=dict.fromkeys((*names, "trust_other"), self._possible),
        )
        session.compare(replace(session.comparison, trust=memory.settings.view.trust))

    def set_level(self, level: float) -> None:
        """Hide detail below this S/N from now on; 0 hides none."""
        self._memory.keep_trust(level)
        self._session.compare(replace(self._session.comparison, trust=level))
        self._commands.update()

    def _chosen(self, level: float, *_: object) -> None:
        self.set_level(level)

    def _is(self, level: float) -> bool:
        return self._session.comparison.trust == level

    def _possible(self) -> bool:
        chosen = self._session.selection
        return bool(chosen and chosen.result and can_hide(chosen.result.frame))

    def _save_too(self, on: bool) -> None:
        self._memory.keep_trust_saved(on)
        self._commands.update()

    def _ask(self) -> None:
        title, words = tr("Hide unsure detail"), tr("Signal-to-noise of its intervals, at least")
        now = self._session.comparison.trust or 3.0
        level = ask_number(self._window, title, words, now, (0.0, 1000.0), 1)
        if level is not None:
            self.set_level(level)
