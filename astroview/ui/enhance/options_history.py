"""Choices of an enhancement as steps of the window's undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand, QUndoStack

from astroview.core.options import EnhanceOptions
from astroview.ui.enhance.enhance_panel import EnhancePanel
from astroview.ui.i18n.translate import noted, tr

WORDS = {
    "colorizer": noted("colour"),
    "superres": noted("sharpening"),
    "quality": noted("quality"),
    "denoise": noted("noise"),
    "data_quality": noted("data quality"),
    "device": noted("device"),
}


class OptionsHistory(QObject):
    """Lets what is chosen on the panel be undone; what colours a frame has its own steps."""

    def __init__(self, panel: EnhancePanel, undo: QUndoStack) -> None:
        super().__init__(panel)
        self._panel, self._undo = panel, undo
        self._now, self._taking = _own(panel.options), False
        panel.chosen.connect(self._chosen)

    def _chosen(self, options: EnhanceOptions) -> None:
        before, self._now = self._now, _own(options)
        if not self._taking and before != self._now:
            self._undo.push(_OptionsStep(before, self._now, self._take))

    def _take(self, options: EnhanceOptions) -> None:
        self._taking = True
        self._panel.take(options)
        self._taking = False


class _OptionsStep(QUndoCommand):
    """From some choices to others; it was made before it is pushed."""

    def __init__(
        self,
        before: EnhanceOptions,
        after: EnhanceOptions,
        take: Callable[[EnhanceOptions], None],
    ) -> None:
        changed = [name for name in WORDS if getattr(before, name) != getattr(after, name)]
        super().__init__(tr(WORDS[changed[0]] if changed else "choices"))
        self._before, self._after, self._take, self._made = before, after, take, True

    def undo(self) -> None:
        self._take(self._before)

    def redo(self) -> None:
        if not self._made:
            self._take(self._after)
        self._made = False


def _own(options: EnhanceOptions) -> EnhanceOptions:
    """Without what belongs to a frame."""
    return replace(options, palette="auto", vividness=1.0, hints=(), reference=None)
