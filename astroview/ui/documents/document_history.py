"""Closing a frame and discarding a result as steps that can be undone, and the list of all steps.

What was closed is kept in words (`session_file`), with a lease of its results' folders: so a step
costs no open file, and a frame comes back by being read again. What lies in no file is held.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from astroview.core.errors import AstroviewError
from astroview.core.lazy_dataclass import dataclass
from astroview.ui.documents.document import Document
from astroview.ui.documents.saved_sessions import session_file
from astroview.ui.documents.saved_sessions.session_file import KeptDocument, Restored
from astroview.ui.documents.session import Row, Session
from astroview.ui.i18n.translate import tr
from astroview.ui.process.scratch_folders import Lease, Leases
from astroview.ui.process.thread_pool import Background
from astroview.ui.shell.notice import Notice

MAX_KEPT = 20  # removals that can be undone: their results take room on the disk


@dataclass(frozen=True)
class Removal:
    """What was taken out of the session, and where it stood.

    Attributes
    ----------
    row
        The document, and the result when only that went.
    document
        As it was before; None where ``kept`` says it in words.
    """

    row: Row
    name: str
    order: tuple[int, ...]
    results: tuple[str, ...]
    kept: KeptDocument | None
    document: Document | None
    leases: tuple[Lease, ...]


def removal(session: Session, row: Row, leases: Leases) -> Removal:
    """Describe what is about to be removed."""
    key, result_id = row
    document = session.documents[key]
    gone = [r for r in document.results if not result_id or r.id == result_id]
    kept = session_file.kept_document(replace(document, results=tuple(gone)), {})
    whole = kept is None or len(kept.results) < len(gone)
    result = document.result(result_id)
    return Removal(
        row,
        session.called(document, result),
        tuple(session.documents),
        tuple(r.id for r in document.results),
        None if whole else kept,
        document if whole else None,
        tuple(leases.lease(*r.outputs.folders) for r in gone if r.outputs),
    )


class RemovalStep(QUndoCommand):
    """One removal; ``history`` does it and takes it back."""

    def __init__(self, what: Removal, history: DocumentHistory) -> None:
        text = (
            tr("discarding {name}", name=what.name)
            if what.row[1]
            else tr("closing {name}", name=what.name)
        )
        super().__init__(text)
        self.what: Removal | None = what
        self._history = history

    def undo(self) -> None:
        if self.what is None:
            self.setObsolete(True)
        else:
            self._history.put_back(self.what)

    def redo(self) -> None:
        if self.what is not None:
            self._history.take_out(self.what)


class DocumentHistory(QObject):
    """Removes documents and results by steps of the window's undo.

    Signals
    -------
    notice : `Notice`
    """

    notice = Signal(object)

    def __init__(
        self,
        session: Session,
        undo: QUndoStack,
        leases: Leases,
        background: Background,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._undo, self._leases = session, undo, leases
        self._background = background
        self._steps: deque[RemovalStep] = deque()

    def remove(self, key: int, result_id: str) -> RemovalStep | None:
        """Close a document or discard a result."""
        document = self._session.documents.get(key)
        if document is None or (result_id and document.result(result_id) is None):
            return None
        step = RemovalStep(removal(self._session, (key, result_id), self._leases), self)
        self._steps.append(step)
        while len(self._steps) > MAX_KEPT:
            self._steps.popleft().what = None
        self._undo.push(step)
        return step

    def take_back(self, step: RemovalStep) -> None:
        """Undo one removal, whatever was done since."""
        if self._undo.index() and self._undo.command(self._undo.index() - 1) is step:
            self._undo.undo()
        elif step.what is not None:
            self.put_back(step.what)

    def take_out(self, what: Removal) -> None:
        """Remove it from the session."""
        key, result_id = what.row
        document = self._session.documents.get(key)
        if document and result_id:
            self._session.put(document.without_result(result_id))
        else:
            self._session.remove(key)

    def put_back(self, what: Removal) -> None:
        """Bring it back where it stood, and look at it."""
        if what.document is not None:
            self._came_back(what, what.document)
            return
        assert what.kept is not None
        open_now = self._session.documents.get(what.row[0])
        loaded = open_now.loaded if open_now else None
        work = partial(session_file.restored, what.kept, None, self._leases, loaded)
        self._background.run(work, partial(self._restored, what), self._tell)

    def _restored(self, what: Removal, found: Restored) -> None:
        self._came_back(what, found.as_document(what.row[0]))

    def _came_back(self, what: Removal, document: Document) -> None:
        key, result_id = what.row
        now = self._session.documents.get(key)
        if result_id:
            if now is None or now.result(result_id):
                return
            both = {r.id: r for r in (*now.results, *document.results)}
            order = dict.fromkeys((*(i for i in what.results if i in both), *both))
            document = replace(now, results=tuple(both[name] for name in order))
        elif now is not None:
            return
        self._session.put(document)
        self._session.arrange(what.order)
        self._session.select(key, result_id)

    def _tell(self, error: AstroviewError) -> None:
        self.notice.emit(Notice.of(error))
