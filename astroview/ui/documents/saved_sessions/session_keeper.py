"""Keeps the session on disk while one works, and brings an earlier one back."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from astroview.core.errors import AstroviewError, CannotSave
from astroview.core.frame import Frame
from astroview.core.io.paths.plain_paths import is_file, is_folder
from astroview.core.io.paths.temp_folders import stays
from astroview.core.lazy_dataclass import dataclass
from astroview.core.texts import Text
from astroview.ui.documents.document import Document
from astroview.ui.documents.file_loader import LoadStanding
from astroview.ui.documents.saved_sessions import session_archive, session_file
from astroview.ui.documents.saved_sessions.session_file import KeptDocument, KeptSession, Restored
from astroview.ui.documents.saved_sessions.session_store import EndedSession, SessionStore, size_of
from astroview.ui.documents.session import Session
from astroview.ui.i18n.translate import tr, tr_counted
from astroview.ui.process.thread_pool import Background
from astroview.ui.shell.notice import Notice

log = logging.getLogger(__name__)
CALM_MS = 1200  # a view that is dragged changes all the time
GB = 10**9
_ODD = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, AstroviewError)
Keys = dict[int, int]  # of the file to those of the window


@dataclass(frozen=True)
class KeptRoom:
    """What another part of the window keeps with the session: plain JSON out, and back in.

    ``by_document``: an object whose names are keys of documents, each on its own.
    """

    save: Callable[[], Any]
    restore: Callable[[Any, Keys], None]
    by_document: bool = False


class SessionKeeper(QObject):
    """Writes what is open soon after it changed; a window that is killed loses no more.

    Parameters
    ----------
    limit_gb
        What all kept sessions may take together.

    Signals
    -------
    restored : everything of an earlier session is back
    standing : `LoadStanding` of what is brought back, or None: nothing is
    notice : `Notice`
    """

    restored = Signal()
    standing = Signal(object)
    notice = Signal(object)

    def __init__(
        self, session: Session, store: SessionStore, limit_gb: Callable[[], float], parent: QObject
    ) -> None:
        super().__init__(parent)
        self.session, self.store = session, store
        self._limit = limit_gb
        self._background = Background(1, self)
        self._rooms: dict[str, KeptRoom] = {}
        self._copies: dict[int, tuple[Frame, Path]] = {}  # of frames that lie in no file
        self._lost: tuple[KeptDocument, ...] = ()  # that are not to be had, for now
        self._lost_rooms: dict[str, dict[str, Any]] = {}  # what rooms said of them
        self._unwanted: list[Restored] = []  # that came too late: its results stay on the disk
        self._writing = self._closed = False
        self._to_come: list[KeptDocument] = []
        self._coming: KeptSession | None = None  # while it is brought back
        self._unpacked: Path | None = None  # a saved session, while it is
        self._came_from: Path | None = None
        self._keys: Keys = {}
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self._calm.timeout.connect(self._write)
        session.changed.connect(self._changed)
        for signal in (session.removed, session.selected, session.displayed, session.arranged):
            signal.connect(self.touch)
        session.marked_changed.connect(self.touch)

    def keep_room(self, name: str, room: KeptRoom) -> None:
        """Keep what another part of the window says of itself, too; it calls `touch`."""
        self._rooms[name] = room

    @property
    def busy(self) -> bool:
        """Whether something is being written or brought back."""
        return self._background.busy or self._coming is not None

    @property
    def pending(self) -> bool:
        """Whether something is not on the disk yet."""
        return self._calm.isActive() or self._writing or self.busy

    # ---- writing -----------------------------------------------------------------------

    def touch(self, *_: object) -> None:
        """Something changed: write it soon."""
        if not self._closed and not self._calm.isActive() and self._coming is None:
            self._calm.start()

    def flush(self, closed: bool = False) -> None:
        """Write now; ``closed`` when the window closes."""
        self._calm.stop()
        if self.session.documents or self.store.begun:
            try:
                session_file.write(replace(self._kept(), closed=closed), self.store.home)
            except OSError as problem:
                log.warning("the session cannot be kept: %s", problem)

    def close(self) -> None:
        """Leave the session to the next start."""
        if self._coming is None:
            self.flush(closed=True)
            self.store.end()
            self.store.prune(self._kept())
        self._closed = True
        self._background.close()
        self.store.close(empty=not self.session.documents and not self._lost and not self._coming)

    def _changed(self, document: Document) -> None:
        frames = (document.frame, *(result.original for result in document.results))
        for frame in frames:
            if not stays(frame.path) and id(frame) not in self._copies:
                self._copy(frame)
        if document.results:
            self._mind_room()
        self.touch()

    def _copy(self, frame: Frame) -> None:
        """A frame that lies in no file, or in one that goes with the window, gets one here."""
        path = self.store.home / session_file.COPIES / f"{len(self._copies) + 1}-{id(frame):x}.fits"
        self._copies[id(frame)] = (frame, path)
        self._background.run(partial(_write_copy, frame, path), self.touch, self._not_copied)

    def _not_copied(self, error: AstroviewError) -> None:
        log.warning("a frame without a file cannot be kept: %s", error.message)

    def _kept(self) -> KeptSession:
        copies = {key: path for key, (_, path) in self._copies.items() if is_file(path)}
        found = (
            session_file.kept_document(d, copies) for d in list(self.session.documents.values())
        )
        chosen = self.session.selection
        return KeptSession(
            (*(document for document in found if document), *self._lost),
            chosen.document.key if chosen else 0,
            chosen.result.id if chosen and chosen.result else "",
            self.session.marked,
            time.time(),
            rooms={name: self._said(name, room) for name, room in self._rooms.items()},
        )

    def _said(self, name: str, room: KeptRoom) -> Any:
        lost = self._lost_rooms.get(name)
        return {**lost, **room.save()} if lost else room.save()

    def _write(self) -> None:
        if self._writing:
            self._calm.start()
            return
        if not self.session.documents and not self.store.begun:
            return
        self._writing = True
        work = partial(_write, self._kept(), self.store.home)
        self._background.run(work, self._written, self._not_written)

    def _written(self, _: object) -> None:
        self._writing = False

    def _not_written(self, error: AstroviewError) -> None:
        if self._writing:
            self._writing = False
            log.warning("the session cannot be kept: %s", error.message)

    # ---- room on the disk ----------------------------------------------------------------

    def _mind_room(self) -> None:
        limit = int(self._limit() * GB)
        work = partial(_over_limit, self.store, limit)
        self._background.run(work, self._make_room, self._not_copied)

    def _make_room(self, found: tuple[list[str], int]) -> None:
        """Of this session, too, the oldest results go, but none that is looked at."""
        gone, over = found
        chosen = self.session.selection
        looked_at = chosen.result.id if chosen and chosen.result else ""
        made = [(d.key, r) for d in self.session.documents.values() for r in d.results if r.outputs]
        made.sort(key=lambda pair: _made_at(pair[1].scratch))
        for key, result in made[:-1]:
            if over <= 0:
                break
            if result.id != looked_at and result.scratch.parent == self.store.folder:
                over -= size_of(result.scratch)
                document = self.session.documents[key]
                self.session.put(document.without_result(result.id))
                gone.append(document.frame.name)
        if gone:
            names = ", ".join(dict.fromkeys(gone[:3])) + (" …" if len(gone) > 3 else "")
            told = tr("The oldest results were dropped to make room: {names}.", names=names)
            hint = tr(
                "Sessions may take {what:g} GB; the settings say how much.", what=self._limit()
            )
            self.notice.emit(Notice(told, hint))

    # ---- bringing back -------------------------------------------------------------------

    def last(self) -> EndedSession | None:
        """The session that ended last; None when there is none."""
        return next(iter(self.store.ended()), None)

    def restore(self, ended: EndedSession) -> None:
        """Bring an earlier session back into this window, what was looked at first."""
        if self._coming is not None:
            return
        if not self.session.documents and self.store.take_up(ended):
            self._begin(ended.kept, None)
        elif kept := self.store.take_over(ended):
            self._begin(kept, None)

    def cancel(self) -> None:
        """Do not wait for what has not come yet: it is kept, and comes at the next start."""
        if self._unpacked is not None:
            self._unpacked = None
            self.standing.emit(None)
        if self._coming is None:
            return
        left, self._to_come = self._to_come, []
        for kept in left:
            self._lose(kept)
        self._arrived()
        self.notice.emit(
            Notice(
                tr_counted(
                    "{count} frame was not brought back.",
                    "{count} frames were not brought back.",
                    len(left),
                ),
                tr("What is known of them is kept, and comes at the next start."),
                "info",
                tr("Bring back now"),
                self.bring_lost,
            )
        )

    def bring_lost(self) -> None:
        """Frames that did not come: try again."""
        if self._coming is None and self._lost:
            lost, rooms = self._lost, self._lost_rooms
            self.forget_lost()
            self._begin(KeptSession(lost, rooms=rooms), None)

    def _begin(self, kept: KeptSession, home: Path | None) -> None:
        if self._coming is not None:
            self.cancel()  # what it brought stays
        self._coming, self._keys, self._came_from = kept, {}, home
        self._to_come = sorted(kept.documents, key=lambda d: d.key != kept.key)
        self._next()

    def _next(self) -> None:
        if not self._to_come:
            self._arrived()
            self._tell_of_lost()
            return
        coming, kept = self._coming, self._to_come[0]
        assert coming is not None
        of = len(coming.documents)
        told = LoadStanding(kept.name, of - len(self._to_come), of, back=True)
        self.standing.emit(told)
        work = partial(session_file.restored, kept, self._came_from, self.store)
        self._background.run(
            work, partial(self._came, coming, kept), partial(self._came_not, coming, kept)
        )

    def _came(self, coming: KeptSession, kept: KeptDocument, found: Restored) -> None:
        if coming is not self._coming:
            self._unwanted.append(found)
            return
        del self._to_come[0]
        key = self._keys[kept.key] = self.session.new_key()
        if kept.frame.copy:
            self._copies[id(found.loaded.frame)] = (found.loaded.frame, Path(kept.frame.path))
        self.session.put(found.as_document(key))
        if kept.key == coming.key or self.session.selection is None:
            self.session.select(key, coming.result)
        if found.lost:
            words = tr_counted(
                "{count} result of {name} could not be brought back.",
                "{count} results of {name} could not be brought back.",
                len(found.lost),
                name=kept.name,
            )
            self.notice.emit(Notice(words, tr("Enhance the frame again."), "error"))
        self._next()

    def _came_not(self, coming: KeptSession, kept: KeptDocument, error: AstroviewError) -> None:
        log.info("not brought back: %s", error.message)
        if coming is self._coming:
            del self._to_come[0]
            self._lose(kept)
            self._next()

    def _lose(self, kept: KeptDocument) -> None:
        """Keep what does not come, under a key that no frame of this window has."""
        assert self._coming is not None
        key = self.session.new_key()
        self._lost = (*self._lost, replace(kept, key=key))
        for name, room in self._rooms.items():
            said = self._coming.rooms.get(name)
            if room.by_document and isinstance(said, dict) and str(kept.key) in said:
                self._lost_rooms.setdefault(name, {})[str(key)] = said[str(kept.key)]

    def _arrived(self) -> None:
        assert self._coming is not None
        coming, self._coming = self._coming, None
        order = [self._keys[d.key] for d in coming.documents if d.key in self._keys]
        others = [key for key in self.session.documents if key not in order]
        self.session.arrange((*others, *order))
        self.session.mark([self._keys[k] for k in coming.marked if k in self._keys])
        for name, room in self._rooms.items():
            if self._keys and name in coming.rooms:
                try:
                    room.restore(coming.rooms[name], self._keys)
                except _ODD as problem:
                    log.warning("of a session, %s cannot be brought back: %s", name, problem)
        self.store.taken_up()
        self.standing.emit(None)
        self.touch()
        self.restored.emit()

    def _tell_of_lost(self) -> None:
        if not self._lost:
            return
        names = ", ".join(kept.name for kept in self._lost[:3])
        more = " …" if len(self._lost) > 3 else ""
        forget = partial(self.forget_lost)
        self.notice.emit(
            Notice(
                tr("Not there any more: {names}{more}", names=names, more=more),
                tr("Their results are kept, in case the files come back."),
                "error",
                tr("Forget them"),
                forget,
            )
        )

    def forget_lost(self) -> None:
        """Frames whose files are gone are kept no longer."""
        self._lost, self._lost_rooms = (), {}
        self.touch()

    # ---- sessions as files ---------------------------------------------------------------

    def save_as(self, path: Path) -> None:
        """Write the session and its results to a file, or to a folder, that can be moved."""
        work = partial(session_archive.save, self._kept(), self.store.home, path)
        told = Notice.saved(path, tr("Saved the session as {name}.", name=path.name))
        self._background.run(work, lambda _: self.notice.emit(told), self._tell)

    def open(self, path: Path) -> None:
        """Add what a saved session holds to the window."""
        self._unpacked = path
        self.standing.emit(LoadStanding(path.name, 0, 1, back=True))
        work = partial(session_archive.unpack, path, self.store.home)
        self._background.run(work, partial(self._unpacked_from, path), self._not_unpacked)

    def _unpacked_from(self, path: Path, kept: KeptSession) -> None:
        if self._unpacked is path:
            self._unpacked = None
            self._begin(kept, path if is_folder(path) else path.parent)

    def _not_unpacked(self, error: AstroviewError) -> None:
        self._unpacked = None
        self.standing.emit(None)
        self._tell(error)

    def _tell(self, error: AstroviewError) -> None:
        self.notice.emit(Notice.of(error))


def _write(kept: KeptSession, home: Path) -> None:
    try:
        session_file.write(kept, home)
    except OSError as problem:
        raise CannotSave(
            Text("the session cannot be written: {problem}", problem=problem)
        ) from problem


def _write_copy(frame: Frame, path: Path) -> None:
    from astroview.core.io.fits.temp_fits import write_copy

    write_copy(frame, path, lambda _done, _of: None)


def _over_limit(store: SessionStore, limit: int) -> tuple[list[str], int]:
    """Whose results went of sessions that ended, and the bytes that this one takes too much."""
    return store.make_room(limit), store.size - limit


def _made_at(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except OSError:
        return 0.0
