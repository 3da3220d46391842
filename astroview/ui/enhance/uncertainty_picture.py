"""How far off a result's samples may be, and where its colour was measured, as pictures."""

from __future__ import annotations

from PySide6.QtCore import QObject

from astroview.ui.documents.document import Document, Result
from astroview.ui.documents.document_store import DocumentStore
from astroview.ui.shell.action_registry import Commands
from astroview.ui.viewer.selection_controller import SelectionController


class UncertaintyPicture(QObject):
    """Shows the intervals of the result that is looked at."""

    def __init__(
        self, looking: SelectionController, desk: DocumentStore, commands: Commands
    ) -> None:
        super().__init__(looking)
        self._looking, self._desk = looking, desk
        commands.serve(
            {"uncertainty": self.show, "colour_known": self.show_known},
            possible={
                "uncertainty": lambda: bool(self._result and self._result.frame.uncertainty),
                "colour_known": lambda: self._coloured is not None,
            },
        )

    @property
    def _result(self) -> Result | None:
        chosen = self._looking.selection
        return chosen.result if chosen else None

    @property
    def _coloured(self) -> Result | Document | None:
        """What is looked at, where somebody measured its colours: a result, or one saved before."""
        chosen = self._looking.selection
        shown = (chosen.result or chosen.document) if chosen else None
        return shown if shown and shown.frame.colour_known else None

    def show(self, *_: object) -> None:
        """Put half of the samples' 90 % interval beside the result, and look at it."""
        chosen = self._looking.selection
        if chosen and chosen.result:
            self._desk.show_uncertainty(chosen.document.key, chosen.result)

    def show_known(self, *_: object) -> None:
        """Likewise where its colour was measured."""
        chosen = self._looking.selection
        if chosen and (shown := self._coloured):
            self._desk.show_known(chosen.document.key, shown)
