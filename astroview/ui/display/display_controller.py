"""Changes of display: taken from the panel and the mouse, applied, undone and redone."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import fields

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand, QUndoStack
from PySide6.QtWidgets import QWidget

from astroview.core.colour.tone import Tone
from astroview.ui.display.contrast_drag import ContrastDrag
from astroview.ui.display.display_menu import DisplayMenu
from astroview.ui.display.display_panel import DisplayPanel
from astroview.ui.documents.document import Document
from astroview.ui.documents.document_store import DocumentStore
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.render.display_settings import Display
from astroview.ui.shell.action_registry import Commands
from astroview.ui.viewer.selection_controller import SelectionController

MERGED_S = 1.0  # changes of the same thing that follow each other this fast are one step
KEPT = 200  # steps that can be undone
_ID = 1
VERBS = {"undo": noted("Undo"), "redo": noted("Redo")}

Apply = Callable[[int, Display], bool]


class DisplayChange(QUndoCommand):
    """One step: a document looks different. ``apply(key, display)`` is False when it is gone."""

    def __init__(self, key: int, before: Display, after: Display, apply: Apply) -> None:
        super().__init__(describe(before, after))
        self.key, self.before, self.after, self._apply = key, before, after, apply
        self.when = time.monotonic()

    def id(self) -> int:
        return _ID

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, DisplayChange) or other.key != self.key:
            return False
        quick = other.when - self.when <= MERGED_S
        if not quick or describe(other.before, other.after) != self.text():
            return False
        self.after, self.when = other.after, other.when
        self.setObsolete(self.after == self.before)
        return True

    def undo(self) -> None:
        self.setObsolete(not self._apply(self.key, self.before))

    def redo(self) -> None:
        self.setObsolete(not self._apply(self.key, self.after))


class DisplaysChange(QUndoCommand):
    """One step: several documents look different."""

    def __init__(
        self,
        before: dict[int, Display],
        after: dict[int, Display],
        apply: Callable[[dict[int, Display]], object],
        text: str,
    ) -> None:
        super().__init__(text)
        self.before, self.after, self._apply = before, after, apply

    def undo(self) -> None:
        self._apply(self.before)

    def redo(self) -> None:
        self._apply(self.after)


class DisplayController(QObject):
    """Takes changes of display, shows them, and lets them be undone.

    ``undo`` serves other rooms too: what they push is undone in one order with displays.
    """

    def __init__(
        self,
        undo: QUndoStack,
        panel: DisplayPanel,
        viewer: QWidget,
        looking: SelectionController,
        desk: DocumentStore,
        commands: Commands,
    ) -> None:
        super().__init__(looking)
        self._undo, self._panel, self._looking = undo, panel, looking
        self._session = desk.session
        undo.setUndoLimit(KEPT)
        panel.changed.connect(self.take)
        self.right_button = ContrastDrag(viewer, panel, self._tone)
        self._serve(commands, panel)
        done = commands.actions
        self._menu = DisplayMenu(done["limits_percentiles"], done["next_colours"], panel)
        looking.changed.connect(self._update)
        self._commands = commands
        undo.indexChanged.connect(self._update)
        self._update()

    def take(self, wanted: Display) -> None:
        """A new display for the document on screen."""
        shown = self._document
        if shown and shown.display != wanted:
            self._undo.push(DisplayChange(shown.key, shown.display, wanted, self._apply))

    @property
    def display(self) -> Display | None:
        """How the document on screen is displayed."""
        return self._document.display if self._document else None

    @property
    def _document(self) -> Document | None:
        chosen = self._looking.selection
        return chosen.document if chosen else None

    def _tone(self) -> Tone:
        return self._document.display.tone if self._document else Tone()

    def _apply(self, key: int, wanted: Display) -> bool:
        """Look at the document and show it so."""
        if key not in self._session.documents:
            return False
        if self._document is None or self._document.key != key:
            self._session.select(key)
        self._session.set_display(key, wanted)
        self._panel.show_display(wanted)
        return True

    def take_all(self, wanted: dict[int, Display], text: str) -> None:
        """New displays for several documents, one step; the one on screen stays on screen."""
        before = {key: self._session.documents[key].display for key in wanted}
        if wanted and before != wanted:
            self._undo.push(DisplaysChange(before, wanted, self._apply_all, text))

    def _apply_all(self, displays: dict[int, Display]) -> None:
        for key, display in displays.items():
            self._session.set_display(key, display)
            if self._document is not None and self._document.key == key:
                self._panel.show_display(display)

    def _serve(self, commands: Commands, panel: DisplayPanel) -> None:
        def shows(name: str) -> Callable[[], bool]:
            return lambda: bool(self._document and getattr(self._document.display, name))

        commands.serve(
            {
                "undo": self._undo.undo,
                "redo": self._undo.redo,
                "invert": panel.set_invert,
                "no_data": panel.set_no_data,
                "saturated": panel.set_saturated,
                "next_colours": lambda: panel.step_colour_map(1),
                "previous_colours": lambda: panel.step_colour_map(-1),
                "reset": panel.reset,
            },
            ticked={
                "invert": shows("invert"),
                "no_data": shows("mark_no_data"),
                "saturated": shows("mark_saturated"),
            },
            possible={
                "undo": self._undo.canUndo,
                "redo": self._undo.canRedo,
                "saturated": lambda: bool(self._document and self._document.loaded.saturation),
                "next_colours": lambda: panel.mapped,
                "previous_colours": lambda: panel.mapped,
            },
        )

    def _update(self) -> None:
        document, texts = self._document, self._commands.actions
        self._menu.show_display(document.display if document else None, self._panel.mapped)
        for name, text in (("undo", self._undo.undoText()), ("redo", self._undo.redoText())):
            texts[name].setText(f"{tr(VERBS[name])} {text}".strip())
        self._commands.update()


def describe(before: Display, after: Display) -> str:
    """What differs, for the menu: ``stretch``, ``colour map`` ..."""
    names = {
        "stretch": tr("stretch"),
        "bands": tr("stretch"),
        "method": tr("limits"),
        "invert": tr("inversion"),
        "joint": tr("keeping colours"),
        "colour_map": tr("colour map"),
        "tone": tr("contrast"),
        "mark_no_data": tr("marks"),
        "mark_saturated": tr("marks"),
        "smooth": tr("smoothing"),
        "block": tr("blocks"),
    }
    changed = [f.name for f in fields(Display) if getattr(before, f.name) != getattr(after, f.name)]
    return names[changed[0]] if changed else tr("display")
