"""The session as a second window has it: the same documents, another one looked at."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from PySide6.QtCore import QObject

from astroview.core.lazy_dataclass import dataclass
from astroview.ui.documents.comparison import Mode
from astroview.ui.documents.document import Document
from astroview.ui.documents.session import Row, Session

What = Literal["looked_at", "tiles", "held"]


@dataclass(frozen=True)
class Shows:
    """What a second window shows: what the first one looks at, all frames tiled, or one ``row``
    whatever is looked at.
    """

    what: What = "looked_at"
    row: Row = (0, "")


class SessionMirror(QObject):
    """Keeps ``session`` in step with the first one; documents are shared, they are never changed.

    The mirror has a selection and a way of comparing of its own, so that a `SceneController`
    shows them as it shows those of the first session.
    """

    def __init__(self, first: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._first = first
        self.session = Session(self)
        self.shows = Shows()
        first.changed.connect(self._changed)
        first.removed.connect(self._removed)
        first.displayed.connect(self._displayed)
        first.arranged.connect(self._arrange)
        first.marked_changed.connect(self._follow)
        first.selected.connect(self._follow)
        first.compared.connect(self._compare)
        for document in first.documents.values():
            self.session.put(document)
        self.show(self.shows)

    def show(self, shows: Shows) -> None:
        """Show something else from now on."""
        self.shows = shows
        self._compare()
        self._follow()

    def close(self) -> None:
        """Hear of the first session no longer, and show nothing."""
        self._first.disconnect(self)
        for key in list(self.session.documents):
            self.session.remove(key)

    def _changed(self, document: Document) -> None:
        self.session.put(document)
        self._follow()

    def _removed(self, key: int) -> None:
        self.session.remove(key)
        if self.shows.what == "held" and self.shows.row[0] == key:
            self.show(Shows())

    def _displayed(self, document: Document) -> None:
        self.session.set_display(document.key, document.display)

    def _arrange(self) -> None:
        self.session.arrange(list(self._first.documents))

    def _compare(self) -> None:
        mode = Mode.TILE if self.shows.what == "tiles" else Mode.RESULT
        self.session.compare(replace(self._first.comparison, mode=mode))

    def _follow(self) -> None:
        first = self._first
        chosen = first.selection
        row = self.shows.row if self.shows.what == "held" else chosen.row if chosen else None
        if self.shows.what == "tiles" and row:
            row = row[0], ""
        if row:
            self.session.select(*row)
        self.session.mark(first.marked)
