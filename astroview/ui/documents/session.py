"""What is open in the window and what is looked at: plain data that panels show and change.

No widget is asked what is true. A panel or a controller changes the session by its methods, and
everybody who shows something of it listens to its signals. The data are consistent before the
first signal is sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from astroview.core.frame import Frame
from astroview.core.io.paths.called_apart import with_folder
from astroview.core.lazy_dataclass import dataclass
from astroview.ui.documents.comparison import Comparison
from astroview.ui.documents.document import Document, Result
from astroview.ui.documents.session_jobs import SessionJobs
from astroview.ui.render.display_settings import Display

MAX_TOGETHER = 36  # documents that are tiled or blinked
Row = tuple[int, str]  # key of a document, id of one of its results or ""


@dataclass(frozen=True)
class Beside:
    """Another open frame, laid on the selected one's grid."""

    key: int
    result_id: str
    frame: Frame
    label: str
    display: Display


@dataclass(frozen=True, eq=False)
class Selection:
    """A document, one of its results or none, and perhaps another file beside it.

    Attributes
    ----------
    before, after
        The two frames that are compared; ``after`` is None when there is one only. Both lie on
        the scene of the opened frame, with ``scale`` pixels to one of its.
    """

    document: Document
    result: Result | None = None
    beside: Beside | None = None

    @property
    def row(self) -> Row:
        """Where it stands in the list."""
        return self.document.key, self.result.id if self.result else ""

    @property
    def frame(self) -> Frame:
        """The result's, else the document's."""
        return self.result.frame if self.result else self.document.frame

    @property
    def original(self) -> Frame:
        """The frame whose pixels are the scene: that which a result was made of."""
        return self.result.original if self.result else self.document.frame

    @property
    def before(self) -> Frame:
        return self.frame if self.beside else self.original

    @property
    def after(self) -> Frame | None:
        if self.beside:
            return self.beside.frame
        return self.result.frame if self.result else None


class Session(QObject):
    """Open documents in their order, the one that is looked at, those that are marked, and the
    work under way on them (`jobs`, with signals of its own), and how they are compared.

    Signals
    -------
    changed : `Document`, new or with new contents
    removed : key
    selected
        Another selection, or the same with new contents; see `selection`.
    displayed : `Document` that is displayed in another way
    marked_changed
        Other documents are marked; see `marked`.
    arranged
        The documents have another order.
    compared
        Pictures are compared in another way; see `comparison`.
    """

    changed = Signal(object)
    removed = Signal(int)
    selected = Signal()
    displayed = Signal(object)
    marked_changed = Signal()
    arranged = Signal()
    compared = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keys = count(1)
        self.documents: dict[int, Document] = {}
        self.selection: Selection | None = None
        self.jobs = SessionJobs(self)
        self.comparison = Comparison()
        self.marked: tuple[int, ...] = ()  # documents that a command for several works on

    def new_key(self) -> int:
        """A key that no document has or had."""
        return next(self._keys)

    @property
    def rows(self) -> list[Row]:
        """Documents and their results, in their order."""
        kept = self.documents.values()
        return [(d.key, r) for d in kept for r in ("", *(result.id for result in d.results))]

    @property
    def together(self) -> list[Document]:
        """What tiles and blinking are of: the marked documents when there are several, else all
        of them; at most `MAX_TOGETHER`, about the one that is looked at.
        """
        keys = list(self.marked if len(self.marked) > 1 else self.documents)
        keys = [key for key in self.documents if key in keys]
        chosen = self.selection.document.key if self.selection else 0
        at = keys.index(chosen) if chosen in keys else 0
        first = min(max(at - MAX_TOGETHER // 2, 0), max(len(keys) - MAX_TOGETHER, 0))
        return [self.documents[key] for key in keys[first : first + MAX_TOGETHER]]

    def called(self, document: Document, result: Result | None = None) -> str:
        """A document's name, with a folder where another file of that name is open, and which of
        its results.
        """
        name, path = document.frame.name, document.frame.path
        same = (d.frame.path for d in self.documents.values() if d.frame.name == name)
        name = with_folder(name, path, (other for other in same if other != path))
        return f"{name} · {result.label}" if result else name

    @property
    def looked_at(self) -> str:
        """What the frame that is looked at is called, in the title of a window; "" for none."""
        chosen = self.selection
        if chosen is None or chosen.frame.name != chosen.document.frame.name:
            return chosen.frame.name if chosen else ""  # a result's file has a name of its own
        return self.called(chosen.document)

    def grey_files(self) -> tuple[Path, ...]:
        """Files of the grey frames that are open, the one that is looked at first."""
        chosen = self.selection.document.key if self.selection else 0
        order = sorted(self.documents.values(), key=lambda document: document.key != chosen)
        grey = (d.frame for d in order if d.frame.channels == 1 and d.frame.chroma is None)
        return tuple(dict.fromkeys(frame.path for frame in grey if frame.path))

    # ---- documents -----------------------------------------------------------------------

    def put(self, document: Document) -> None:
        """Keep a document, new or changed. One that is looked at is shown as it is now; when the
        result that is looked at went, its neighbour is.
        """
        old = self.documents.get(document.key)
        self.documents[document.key] = document
        chosen = self.selection
        shown = chosen is not None and chosen.document.key == document.key
        if chosen and shown:
            wanted = _survivor(old, document, chosen.result.id) if chosen.result else ""
            now = Selection(document, document.result(wanted))
            kept = now.result is chosen.result and document.frame is chosen.document.frame
            self.selection = replace(now, beside=chosen.beside) if kept else now
        self.changed.emit(document)
        if shown and self.selection is not None and self.selection.document is document:
            self.selected.emit()

    def remove(self, key: int) -> None:
        """Close a document. When it was looked at, its neighbour is."""
        if key not in self.documents:
            return
        keys = list(self.documents)
        at = keys.index(key)
        neighbour = next(iter((*keys[at + 1 :], *reversed(keys[:at]))), None)
        del self.documents[key]
        chosen = self.selection
        gone = chosen is not None and chosen.document.key == key
        if gone:
            self.selection = None if neighbour is None else Selection(self.documents[neighbour])
        elif chosen and chosen.beside and chosen.beside.key == key:
            gone, self.selection = True, replace(chosen, beside=None)
        marked = tuple(k for k in self.marked if k != key)
        if gone and not marked and self.selection:
            marked = (self.selection.document.key,)
        self.removed.emit(key)
        self.mark(marked)
        if gone:
            self.selected.emit()

    def arrange(self, keys: Sequence[int]) -> None:
        """Put the documents into this order; others follow as they were."""
        order = dict.fromkeys((*(key for key in keys if key in self.documents), *self.documents))
        if list(order) != list(self.documents):
            kept = {key: self.documents[key] for key in order}
            self.documents.clear()
            self.documents.update(kept)
            self.arranged.emit()

    def set_display(self, key: int, display: Display) -> None:
        """Display a document in another way."""
        if key not in self.documents or self.documents[key].display == display:
            return
        document = self.documents[key] = replace(self.documents[key], display=display)
        chosen = self.selection
        if chosen and chosen.document.key == key:
            chosen = self.selection = replace(chosen, document=document)
        if chosen and chosen.beside and chosen.beside.key == key:
            self.selection = replace(chosen, beside=replace(chosen.beside, display=display))
        self.displayed.emit(document)

    # ---- what is looked at -----------------------------------------------------------------

    def select(self, key: int, result_id: str = "") -> None:
        """Look at a document or one of its results."""
        document = self.documents.get(key)
        if document is None:
            return
        wanted, now = Selection(document, document.result(result_id)), self.selection
        if now and now.document is document and now.result is wanted.result:
            return  # perhaps it is compared with another file: it still is
        self.selection = wanted
        if key not in self.marked:
            self.mark((key,))
        self.selected.emit()

    def step(self, by: int) -> None:
        """Look at the next or previous row."""
        rows = self.rows
        if self.selection and rows:
            self.select(*rows[(rows.index(self.selection.row) + by) % len(rows)])

    def look_beside(self, beside: Beside | None) -> None:
        """Compare what is looked at with another frame, or no longer."""
        if self.selection and self.selection.beside is not beside:
            self.selection = replace(self.selection, beside=beside)
            self.selected.emit()

    def compare(self, comparison: Comparison) -> None:
        """Compare in that way from now on."""
        if comparison != self.comparison:
            self.comparison = comparison
            self.compared.emit()

    def mark(self, keys: Sequence[int]) -> None:
        """Mark documents for what works on several of them."""
        marked = tuple(dict.fromkeys(key for key in keys if key in self.documents))
        if marked != self.marked:
            self.marked = marked
            self.marked_changed.emit()


def _survivor(old: Document | None, now: Document, result_id: str) -> str:
    """The result that takes the place of one that may have gone: itself, or its neighbour."""
    if old is None or now.result(result_id):
        return result_id
    ids = [result.id for result in old.results]
    if result_id not in ids:
        return ""
    at = ids.index(result_id)
    order = (*ids[at + 1 :], *reversed(ids[:at]))
    return next((name for name in order if now.result(name)), "")
