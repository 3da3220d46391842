"""Brings files and results into the session: opens, reads again, takes out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from astroview.core.errors import AstroviewError
from astroview.core.io.paths.plain_paths import is_folder
from astroview.core.memory_limits import TooLarge
from astroview.core.messages.worker_messages import Done
from astroview.core.provenance import saved_here
from astroview.core.texts import Text
from astroview.ui.documents import document as documents
from astroview.ui.documents.document import Document, LoadedFile, Result
from astroview.ui.documents.document_history import DocumentHistory
from astroview.ui.documents.file_loader import Batch, FileLoader, Glimpse
from astroview.ui.documents.session import Session
from astroview.ui.process.thread_pool import Background
from astroview.ui.process.worker_client import Job
from astroview.ui.render.display_settings import Display
from astroview.ui.shell.notice import Notice

LOOK = True  # at what was opened
MOST = 500  # frames opened by one drop
MANY = 10  # frames in a folder that look like work for a batch


class DocumentStore(QObject):
    """Opens files in the background and puts them into the session as documents.

    Signals
    -------
    changed : `Document`, new or with new contents
    removed : key
    opened : (`Document`, first of its batch)
    finished : (`Document`, `Result`)
    recoloured : (`Document`, `Result`) that took the place of an earlier one
    glimpsed
        (`LoadedFile`, `Display`) of a file that is being opened, or (None, None): it did not open.
    many : (a folder with many frames, how many, how many of them are opened)
    notice : `Notice`
    """

    changed = Signal(object)
    removed = Signal(int)
    opened = Signal(object, bool)
    finished = Signal(object, object)
    recoloured = Signal(object, object)
    glimpsed = Signal(object, object)
    many = Signal(object, int, int)
    notice = Signal(object)

    def __init__(
        self,
        session: Session,
        history: DocumentHistory,
        background: Background,
        first_display: Callable[[LoadedFile], Display],
        glimpse: Glimpse = documents.glimpse,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.session, self.history = session, history
        self._background, self._first_display = background, first_display
        self.opening = FileLoader(background, glimpse, self)
        self.opening.glimpsed.connect(self._glimpsed)
        self.opening.loaded.connect(self._loaded)
        self.opening.failed.connect(self._tell)
        self.opening.too_large.connect(self._ask_for_room)
        session.changed.connect(self.changed)
        session.removed.connect(self.removed)

    @property
    def documents(self) -> dict[int, Document]:
        """The session's documents by key."""
        return self.session.documents

    @property
    def busy(self) -> bool:
        """Whether files are being read."""
        return self._background.busy or self.opening.busy

    @property
    def originals(self) -> list[Path]:
        """The files that nothing is saved over: those of open frames, but not what was saved here
        and is looked at again.
        """
        frames = [document.frame for document in self.documents.values()]
        return [path for frame in frames if not saved_here(frame) for path in frame.originals]

    # ---- opening ---------------------------------------------------------------------

    def open(self, paths: Sequence[Path]) -> None:
        """Open files, and every frame in folders. The first one opened gets looked at."""
        batch = Batch()
        folders = [path for path in paths if is_folder(path)]
        for path in folders:
            search = partial(_frames_in, path)
            self._background.run(search, partial(self._open_folder, path, batch), self._tell)
        self._open_files([path for path in paths if path not in folders], batch)

    def _open_folder(self, folder: Path, batch: Batch, found: list[Path]) -> None:
        if not found:
            self.notice.emit(
                Notice(
                    Text("There is no frame in {name}.", name=folder.name),
                    "FITS, TIFF, PNG and JPEG files are opened.",
                    "error",
                )
            )
        if len(found) > MANY:
            self.many.emit(folder, len(found), min(len(found), MOST))
        self._open_files(found[:MOST], batch)

    def _open_files(self, paths: Sequence[Path], batch: Batch) -> None:
        open_now = {d.frame.path: d for d in self.documents.values()}
        for path in paths:
            if path in open_now:
                self.opened.emit(open_now[path], batch.first())
        new = [path for path in paths if path not in open_now]
        if new:
            self.opening.add(new, batch, glimpse=batch.fresh and not self.documents)

    def _glimpsed(self, loaded: LoadedFile | None) -> None:
        if not self.documents:
            self.glimpsed.emit(loaded, self._first_display(loaded) if loaded else None)

    def _loaded(self, loaded: LoadedFile, batch: Batch) -> None:
        path, known = loaded.frame.path, self.documents.values()
        previews = [d.key for d in known if d.loaded.too_large and d.frame.path == path]
        key = previews[0] if previews else self.session.new_key()
        document = Document(key, loaded, self._first_display(loaded))
        self.session.put(document)
        self.opened.emit(document, batch.first())
        if loaded.too_large:
            self.ask_for_room(document)
        elif said := documents.said_of(loaded):
            self.notice.emit(Notice(said))

    def add(self, loaded: LoadedFile, display: Display) -> Document:
        """Keep a frame that comes from no file, and look at it."""
        document = Document(self.session.new_key(), loaded, display)
        self._put_back(document)
        return document

    def exchange(self, key: int, loaded: LoadedFile, display: Display) -> Document:
        """Another frame for an open document; its results stay."""
        self._put_back(replace(self.documents[key], loaded=loaded, display=display))
        return self.documents[key]

    def open_plane(self, key: int, hdu: int | str, plane: int) -> None:
        """Show another image or plane of a document's file; its results stay."""
        path = self.documents[key].frame.path
        if path is not None:
            allowed = self.documents[key].frame.max_bytes
            work = partial(documents.load, path, hdu, plane, max_bytes=allowed)
            failed = partial(self._plane_failed, key)
            self._background.run(work, partial(self._plane_loaded, key), failed)

    def open_images(self, key: int) -> None:
        """Open the other images of a document's file, each as a document of its own."""
        document = self.documents[key]
        path, allowed = document.frame.path, document.frame.max_bytes
        known = {(d.frame.path, d.frame.hdu) for d in self.documents.values()}
        for info in document.loaded.hdus:
            if path is not None and info.is_image and (path, info.index) not in known:
                work = partial(documents.load, path, info.index, 0, max_bytes=allowed)
                name = f"{document.frame.name} {info.name or info.index}"
                self._background.run(work, partial(self._image_loaded, name), self._tell)

    def _image_loaded(self, name: str, loaded: LoadedFile) -> None:
        named = replace(loaded, frame=replace(loaded.frame, name=name))
        document = Document(self.session.new_key(), named, self._first_display(named))
        self.session.put(document)
        self.opened.emit(document, not LOOK)

    def reload(self, key: int) -> None:
        """Read a document's file again: it changed on disk. Its results stay."""
        frame = self.documents[key].frame
        if frame.hdu is not None:
            self.open_plane(key, frame.hdu, frame.plane)
        elif frame.path is not None:
            work = partial(documents.load, frame.path, max_bytes=frame.max_bytes)
            self._background.run(work, partial(self._plane_loaded, key), self._tell)

    def _plane_loaded(self, key: int, loaded: LoadedFile) -> None:
        old = self.documents.get(key)
        if old:
            same_image = old.frame.hdu == loaded.frame.hdu
            shown = old.display if same_image else self._first_display(loaded)
            self.session.put(replace(old, loaded=loaded, display=shown))
            if loaded.frame.pieces is not None and not same_image:
                self.notice.emit(Notice(documents.said_of(loaded)))
            self.opened.emit(self.documents[key], LOOK)

    def _plane_failed(self, key: int, error: AstroviewError) -> None:
        self._tell(error)
        if key in self.documents:  # what is shown stays, and choosers are to say so
            self.session.put(self.documents[key])

    def open_with_result(self, path: Path, result: Path) -> None:
        """Open a frame and what was made of it and saved, and look at both."""
        known = next((d for d in self.documents.values() if d.frame.path == path), None)
        work = partial(documents.load_pair, path, result, known.loaded if known else None)
        self._background.run(work, self._pair_loaded, self._tell)

    def _pair_loaded(self, pair: tuple[LoadedFile, Result]) -> None:
        loaded, result = pair
        path = loaded.frame.path
        document = next((d for d in self.documents.values() if d.frame.path == path), None)
        if document is None:
            document = Document(self.session.new_key(), loaded, self._first_display(loaded))
        self.session.put(document.without_result(result.id).with_result(result))
        self.opened.emit(self.documents[document.key], LOOK)
        self.finished.emit(self.documents[document.key], result)

    # ---- results and choices -----------------------------------------------------------

    def take_result(self, key: int, job: Job, done: Done, instead_of: str = "") -> None:
        """Load what a finished job wrote and put it under its document, or in the place of the
        result that it colours anew.
        """
        document = self.documents.get(key)
        work = partial(documents.load_result, job, done, document and document.display)
        self._background.run(work, partial(self._result_loaded, key, instead_of), self._tell)

    def _result_loaded(self, key: int, instead_of: str, result: Result) -> None:
        document = self.documents.get(key)
        if document is None:
            return
        if document.result(instead_of):
            result = replace(result, id=instead_of)
            self.session.put(document.with_changed(result))
            self.recoloured.emit(self.documents[key], result)
        else:
            self.session.put(document.with_result(result))
            self.finished.emit(self.documents[key], result)

    def show_uncertainty(self, key: int, result: Result) -> None:
        """Put how far off a result may be under its document too, and look at it."""
        make = partial(documents.uncertainty_of, result)
        self.show_made(key, documents.uncertainty_id(result.id), make)

    def show_known(self, key: int, shown: Result | Document) -> None:
        """Likewise where its colour, or the document's own, was measured."""
        make = partial(documents.known_of, shown)
        self.show_made(key, documents.known_id(shown.id if isinstance(shown, Result) else ""), make)

    def show_made(self, key: int, result_id: str, make: Callable[[], Result]) -> None:
        """Look at a picture under a document; one that is not there is made in the background."""
        made = self.documents[key].result(result_id)
        if made:
            self.finished.emit(self.documents[key], made)
            return
        self._background.run(make, partial(self._result_loaded, key, ""), self._tell)

    def remove(self, key: int, result_id: str) -> None:
        """Close a document or discard a result; the notice's button takes it back."""
        document = self.documents[key]
        result, called = document.result(result_id), self.session.called(document)
        step = self.history.remove(key, result.id if result else "")
        if result:
            label = result.label
            name = Text("Discarded the result “{label}” of {name}.", label=label, name=called)
        else:
            name = Text("Closed {name}.", name=called)
        if step and (result or document.results):
            undo = partial(self.history.take_back, step)
            self.notice.emit(Notice(name, "", "info", "Undo", undo))

    def _put_back(self, document: Document) -> None:
        self.session.put(document)
        self.opened.emit(document, LOOK)

    def ask_for_room(self, preview: Document) -> None:
        """Ask whether a picture that is too large is to be opened as a whole."""
        frame, error = preview.frame, preview.loaded.too_large
        if error and frame.path:
            self._ask_for_room(frame.path, error, frame.preview)

    def _ask_for_room(self, path: Path, error: TooLarge, side: int = 1) -> None:
        hint = (
            Text("What is shown is one pixel of each {side} × {side}.", side=side)
            if side > 1
            else "Small files that claim to be so large are mostly damaged, or made to do harm."
        )
        allow = partial(self.opening.add_large, path, error.needs)
        self.notice.emit(Notice.of_words(error.message, hint, "Open it anyway", allow))

    def _tell(self, error: AstroviewError) -> None:
        self.notice.emit(Notice.of(error))


def _frames_in(folder: Path) -> list[Path]:
    from astroview.core.io.paths.find_frames import frames_in  # only folders need what it imports

    return frames_in(folder)
