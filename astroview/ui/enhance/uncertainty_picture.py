"""How far off a result's samples may be, and where its colour was measured, as pictures."""

from __future__ import annotations

from PySide6.QtCore import QObject

from astroview.ui.documents.document import Result
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
                "colour_known": lambda: bool(self._result and self._result.frame.colour_known),
            },
        )

    @property
    def _result(self) -> Result | None:
        chosen = self._looking.selection
        return chosen.result if chosen else None

    def show(self, *_: object) -> None:
        """Put half of the samples' 90 % interval beside the result, and look at it."""
        chosen = self._looking.selection
        if chosen and chosen.result:
            self._desk.show_uncertainty(chosen.document.key, chosen.result)

    def show_known(self, *_: object) -> None:
        """Likewise where the result's colour was measured."""
        chosen = self._looking.selection
        if chosen and chosen.result:
            self._desk.show_known(chosen.document.key, chosen.result)
