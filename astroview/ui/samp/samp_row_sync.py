"""A table that several programs show: a row chosen in one of them is shown in the others."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject

from astroview.core.lazy_dataclass import dataclass
from astroview.ui.measure.regions_and_catalogue import RegionsAndCatalogue

if TYPE_CHECKING:
    from astroview.core.sky.samp_link import Heard

Send = Callable[[str, dict[str, str]], object]


@dataclass(frozen=True)
class Shared:
    """What the programs at the hub call the table that is shown here; "" for one of our own."""

    id: str = ""
    url: str = ""

    def is_same(self, other: Shared) -> bool:
        """Whether both name one table."""
        by_id = bool(self.id) and self.id == other.id
        return by_id or (bool(self.url) and self.url == other.url)


class SharedRows(QObject):
    """Keeps what the table that is shown is called at the hub, and brings rows to and fro.

    Parameters
    ----------
    send
        Sends a message of a type with its parameters, when somebody can hear it.
    """

    def __init__(self, placed: RegionsAndCatalogue, send: Send, parent: QObject) -> None:
        super().__init__(parent)
        self._placed, self._send = placed, send
        self._hearing = False
        self._table = self._coming = Shared()
        placed.picked.connect(self._picked)
        placed.catalogue_changed.connect(self._another_table)

    def sent(self, url: str) -> None:
        """The table that is shown was sent under this name."""
        self._table = Shared(url, url)

    def comes(self, event: Heard) -> None:
        """The table that is opened next is what another program sent."""
        self._coming = Shared(event.params.get("table-id", ""), event.params.get("url", ""))

    def highlight(self, event: Heard) -> None:
        """Another program chose a row of the table that is shown."""
        catalogue = self._placed.catalogue
        asked = Shared(event.params.get("table-id", ""), event.params.get("url", ""))
        row = event.params.get("row", "")
        if catalogue is None or not self._table.is_same(asked) or not _is_row(row):
            return
        found = np.flatnonzero(catalogue.rows == int(row))
        if found.size:
            self._hearing = True
            self._placed.choose(int(found[0]))
            self._hearing = False

    def _another_table(self) -> None:
        """What was sent to us is shown; a catalogue that was opened here is nobody else's."""
        self._table, self._coming = self._coming, Shared()

    def _picked(self, source: int, _report: object) -> None:
        """Let the others highlight the row that was chosen here."""
        catalogue = self._placed.catalogue
        shared = self._table.id or self._table.url
        if catalogue is not None and shared and not self._hearing:
            row = str(int(catalogue.rows[source]))
            told = {"table-id": self._table.id, "url": self._table.url, "row": row}
            self._send("table.highlight.row", told)


def _is_row(text: str) -> bool:
    """Whether a text is a row's number, and one that fits into 64 bits."""
    return text.isdecimal() and len(text) < 19
