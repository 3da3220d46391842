"""The crash-safe record of what became of every file of a batch.

Append-only lines of JSON in the output folder. What a line says has happened: a result is on
disk, complete, before its line is. Lines that decide what is done again are synced to the disk.
A torn last line (power loss, kill -9) is left out.

A file is known by its content: the sha256 of the input, the fingerprint of the recipe, and the
target relative to the output folder. So folders may move, and dates may change.

``{"journal": 1}`` · ``run`` a run begins · ``fresh`` forget what was done · ``start`` a file
was read and its target fixed · ``done`` · ``failed``
"""

from __future__ import annotations

import hashlib
import json
import os
import socket
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

from filelock import FileLock, Timeout

from astroview.core import json_lines, resources, strict_json
from astroview.core.errors import AstroviewError, CannotSave
from astroview.core.io.paths import remote_paths
from astroview.core.io.paths.plain_paths import can_name, opened
from astroview.core.io.paths.remote_paths import Place
from astroview.core.models.model_card import sha256_of
from astroview.core.texts import Text

SCHEMA = 1
FOLDER = ".astroview"  # in the output folder; hidden, so that it is no input of anything


class FolderBusy(AstroviewError):
    """Another batch writes into the same folder."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run began; ``scratch`` is its folder for intermediate arrays on ``host``."""

    recipe: str
    host: str = ""
    scratch: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Fresh:
    """What was done before counts no more."""


@dataclass(frozen=True, slots=True)
class Start:
    """A file was read; ``size`` and ``mtime_ns`` are those of the input."""

    target: str
    source: str
    input: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Done:
    """A result is complete and on disk; ``size`` and ``mtime_ns`` are those of the result."""

    target: str
    input: str
    recipe: str
    sha256: str
    size: int
    mtime_ns: int
    seconds: float = 0.0
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """A file could not be enhanced."""

    target: str
    source: str
    problem: str
    hint: str = ""


Record = Run | Fresh | Start | Done | Failed
_KINDS: dict[str, type[Record]] = {k.__name__.lower(): k for k in (Run, Fresh, Start, Done, Failed)}


class Journal:
    """The journal of an output folder. Its methods may be called from any thread.

    Use `open_journal`, which also locks the folder.
    """

    def __init__(self, path: Path) -> None:
        """Read the journal, or begin one. Raises CannotSave, or AstroviewError for a newer one."""
        self.path = path
        self._lock = threading.Lock()
        self._done: dict[str, Done] = {}
        self._starts: dict[str, Start] = {}
        self._inputs: dict[str, Start] = {}
        self._scratch: list[Run] = []
        self._unread = 0
        try:
            for line in _whole_lines(path):
                self._replay(line)
            self._file = path.open("ab")
        except OSError as problem:
            raise _explained(path, problem) from problem
        if path.stat().st_size == 0:
            self._write({"journal": SCHEMA}, sync=True)
            _sync_folder(path.parent)

    def close(self) -> None:
        """Close the file; what was appended stays."""
        self._file.close()

    @property
    def unread(self) -> int:
        """Lines that made no sense, and were passed over."""
        return self._unread

    @property
    def sources(self) -> dict[str, str]:
        """Source by target, for every target that was ever given."""
        return {target: start.source for target, start in self._starts.items()}

    @property
    def runs(self) -> tuple[Run, ...]:
        """Earlier runs, first to last."""
        return tuple(self._scratch)

    def unfinished(self) -> Iterator[str]:
        """Targets that were begun, and neither done nor failed since."""
        return (t for t, s in self._starts.items() if not self._is_settled(t, s))

    def known_input(self, source: str, size: int, mtime_ns: int) -> str | None:
        """The sha256 of a source that has not changed since it was read; None: read it."""
        start = self._inputs.get(source)
        if start is None or (start.size, start.mtime_ns) != (size, mtime_ns):
            return None
        return start.input

    def done(self, target: str, content: str, recipe: str) -> Done | None:
        """What was recorded for an input's sha256 and a recipe; check the file by `is_intact`."""
        record = self._done.get(target)
        if record is None or (record.input, record.recipe) != (content, recipe):
            return None
        return record

    def append(self, record: Record, *, sync: bool = True) -> None:
        """Add a record; it is on disk when this returns. Raises CannotSave (no room, no folder)."""
        kind = type(record).__name__.lower()
        with self._lock:
            self._write({"is": kind, **_without_defaults(record)}, sync=sync)
            self._apply(record)

    def check_there(self) -> None:
        """Raise CannotSave when somebody removed the folder while the batch writes into it."""
        if os.fstat(self._file.fileno()).st_nlink == 0:
            raise CannotSave(
                Text(
                    "{parent} was removed while the batch wrote into it",
                    parent=self.path.parent.parent,
                ),
                hint="Run the batch again: what is not there is made anew.",
            )

    def _write(self, content: dict[str, Any], *, sync: bool) -> None:
        self.check_there()
        try:
            self._file.write(json.dumps(content).encode("ascii") + b"\n")
            self._file.flush()
            if sync:
                os.fsync(self._file.fileno())
        except OSError as problem:
            raise _explained(self.path, problem) from problem

    def _replay(self, line: bytes) -> None:
        try:
            content = cast("dict[str, Any]", strict_json.loads(line))
            if "journal" in content:
                _check_schema(self.path, content["journal"])
                return
            record = json_lines.build(_KINDS[content.pop("is")], content)
            if not all(can_name(getattr(record, which, "")) for which in ("target", "source")):
                raise ValueError("it names no file")
            self._apply(record)
        except (ValueError, KeyError, TypeError, AttributeError):
            self._unread += 1

    def _apply(self, record: Record) -> None:
        match record:
            case Start():
                self._starts[record.target] = record
                self._inputs[record.source] = record
            case Done():
                self._done[record.target] = record
            case Failed():
                self._done.pop(record.target, None)
            case Run():
                self._scratch.append(record)
            case Fresh():
                self._done.clear()

    def _is_settled(self, target: str, start: Start) -> bool:
        record = self._done.get(target)
        return record is not None and record.input == start.input


def home_of(out: Place) -> Path:
    """The folder for what is remembered of the batches into an output folder."""
    if isinstance(out, Path):
        return out / FOLDER
    url = out.rstrip("/")
    return resources.user_batches() / hashlib.sha256(url.encode()).hexdigest()[:16]


@contextmanager
def open_journal(out: Place) -> Generator[Journal]:
    """The journal of an output folder (made if need be), which nobody else can open meanwhile.

    That of a place elsewhere is kept on this machine, and only locked here.

    Raises
    ------
    FolderBusy
        Another batch writes into the folder.
    CannotSave
        The folder cannot be made or written to.
    """
    home = home_of(out)
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = FileLock(home / "lock")
        lock.acquire(timeout=0)
    except Timeout:
        raise FolderBusy(
            Text("Another batch is writing into {out}{owner}", out=out, owner=_owner(home)),
            hint="Wait for it to end, stop it, or choose another folder with --out.",
        ) from None
    except OSError as problem:
        raise _explained(home, problem) from problem
    try:
        _sign(home)
        journal = Journal(home / "journal.jsonl")
        try:
            yield journal
        finally:
            journal.close()
    finally:
        with suppress(OSError):
            (home / "owner.json").unlink(missing_ok=True)
        lock.release()


def is_intact(done: Done, file: Place) -> bool:
    """Whether a result is still what was written: by size and date, else by its checksum."""
    if isinstance(file, str):
        found = remote_paths.status(file)
        if found is None or found.size != done.size:
            return False
        return found.mtime_ns == done.mtime_ns or remote_paths.sha256(file) == done.sha256
    try:
        status = file.stat()
        if status.st_size != done.size:
            return False
        return status.st_mtime_ns == done.mtime_ns or sha256_of(file) == done.sha256
    except OSError:
        return False


def _whole_lines(path: Path) -> Iterator[bytes]:
    """The lines of a file that end in a newline; a torn last one is cut off."""
    if not path.exists():
        return
    with opened(path):  # a pipe would be waited for
        pass
    whole = 0
    with path.open("rb+") as file:
        for line in file:
            if not line.endswith(b"\n"):
                break
            whole += len(line)
            yield line
        file.truncate(whole)


def _check_schema(path: Path, found: Any) -> None:
    if not isinstance(found, int) or found > SCHEMA:
        raise AstroviewError(
            Text("{path} was written by a newer version of astroview", path=path),
            hint="Update astroview, or choose another folder with --out.",
        )


def _without_defaults(record: Record) -> dict[str, Any]:
    return {k: v for k, v in asdict(record).items() if v not in ("", (), 0.0) or k == "size"}


def _sign(home: Path) -> None:
    """Say who holds the lock, for the message that others get."""
    content = {"pid": os.getpid(), "host": socket.gethostname(), "since": time.time()}
    with suppress(OSError):
        (home / "owner.json").write_text(json.dumps(content))


def _owner(home: Path) -> str:
    try:
        who = strict_json.read(home / "owner.json")
        since = time.strftime("%H:%M", time.localtime(who["since"]))
        return f" (process {who['pid']} on {who['host']}, since {since})"
    except (OSError, ValueError, KeyError, TypeError, OverflowError):
        return ""


def _explained(path: Path, problem: OSError) -> CannotSave:
    return CannotSave(
        Text(
            "{path} cannot be written: {strerror}", path=path, strerror=problem.strerror or problem
        ),
        hint="Make room, allow writing, or choose another folder with --out.",
    )


def _sync_folder(folder: Path) -> None:
    """Make a new name in a folder survive power loss (not needed, and not possible, on Windows)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
