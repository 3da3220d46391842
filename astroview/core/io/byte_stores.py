"""Bytes of a file on disk, or of what a compressed file (.gz .bz2 .xz .Z) holds.

A store is opened anew for every read: no shared position (threads), no handle left behind.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tempfile
import weakref
import zlib
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from astroview.core.errors import UnreadableFrame
from astroview.core.io.paths.temp_folders import HeldFolder, sweep
from astroview.core.lazy_dataclass import dataclass
from astroview.core.library_warnings import collected_warnings
from astroview.core.memory_limits import (
    UNASKED_SCRATCH,
    TooLarge,
    allowed_scratch,
    amount,
    in_words,
)
from astroview.core.texts import Text
from astroview.core.unforeseen import refuse_streams

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    _Unpacked = io.BufferedIOBase | io.RawIOBase

SCRATCH = "astroview-unpacked-"  # begins the names of folders for what is unpacked
MEMORY_LIMIT = 64 * 2**20  # bytes; what unpacks to more goes to a temporary file
_CHUNK = 4 * 2**20

# What a damaged compressed stream makes the decompressors raise.
_DAMAGED = (OSError, EOFError, ValueError, IndexError, zlib.error, lzma.LZMAError)


class ReadProgress(Protocol):
    """Told how much is done; may raise `Cancelled`."""

    def __call__(self, done: int, of: int) -> object: ...


class Store(Protocol):
    """Bytes that can be opened any number of times, by any thread; `name` is for messages."""

    @property
    def name(self) -> str: ...

    @property
    def size(self) -> int: ...

    def open(self) -> BinaryIO: ...


@dataclass(frozen=True)
class DiskStore:
    """A file as it is on disk; `name` is for messages."""

    name: str
    path: Path

    @property
    def size(self) -> int:
        return self.path.stat().st_size

    def open(self) -> BinaryIO:
        return cast("BinaryIO", self.path.open("rb", buffering=0))


@dataclass(frozen=True)
class MemoryStore:
    """Unpacked bytes in memory."""

    name: str
    content: bytes

    @property
    def size(self) -> int:
        return len(self.content)

    def open(self) -> BinaryIO:
        return io.BytesIO(self.content)  # shares the bytes, does not copy them


class TemporaryStore(DiskStore):
    """A temporary file that goes when the store does, or is swept when the process was killed."""

    def __init__(self, name: str, held: HeldFolder) -> None:
        super().__init__(name, held.path / "unpacked")
        weakref.finalize(self, held.release)


def open_store(
    path: Path, progress: ReadProgress | None = None, max_bytes: int | None = None
) -> Store:
    """The bytes of a file, unpacked when it is compressed as a whole.

    `progress` is told of bytes read of a compressed file and of its size. `max_bytes` is how
    much it may unpack to; by default as `memory_limits.allowed_scratch` says.

    Raises UnreadableFrame when the file is missing, empty, forbidden, damaged or no file;
    `memory_limits.TooLarge` when it unpacks to more.
    """
    head = read_head(path)
    for magic, unpacker in _UNPACKERS.items():
        if head.startswith(magic):
            return _unpack(path, unpacker, progress, max_bytes)
    return DiskStore(path.name, path)


def read_head(path: Path, count: int = 4096) -> bytes:
    """The first bytes of a file as it is on disk; errors as `open_store`."""
    try:
        refuse_streams(path)
        with path.open("rb") as file:
            head = file.read(count)
    except FileNotFoundError:
        raise UnreadableFrame(
            Text("There is no file {path}", path=path), hint="Check the name."
        ) from None
    except IsADirectoryError:
        raise UnreadableFrame(
            Text("{name} is a folder", name=path.name), hint="Choose a file in it."
        ) from None
    except OSError as problem:
        raise UnreadableFrame(
            Text(
                "{name} cannot be opened: {strerror}",
                name=path.name,
                strerror=problem.strerror or problem,
            ),
            hint="Check that the drive is there and that you may read the file.",
        ) from problem
    if not head:
        raise UnreadableFrame(
            Text("{name} is empty (0 bytes)", name=path.name), hint="Download or copy it again."
        )
    return head


def _uncompress(file: BinaryIO) -> _Unpacked:
    try:
        import uncompresspy
    except ImportError:
        raise UnreadableFrame(
            Text("{name} is packed with the old Unix tool compress", name=Path(file.name).name),
            hint="Unpack it first, with gzip -d, or run: pip install uncompresspy",
        ) from None
    return cast("_Unpacked", uncompresspy.LZWFile(file, save_checkpoints=False))


def _gunzip(file: BinaryIO) -> _Unpacked:
    return gzip.GzipFile(fileobj=file)


_UNPACKERS: dict[bytes, Callable[[BinaryIO], _Unpacked]] = {
    b"\x1f\x8b": _gunzip,
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\x00": lzma.LZMAFile,
    b"\x1f\x9d": _uncompress,
}


def _unpack(
    path: Path,
    unpacker: Callable[[BinaryIO], _Unpacked],
    progress: ReadProgress | None,
    max_bytes: int | None,
) -> Store:
    content = bytearray()
    size = path.stat().st_size
    most = allowed_scratch(size, Path(tempfile.gettempdir()), max_bytes)
    try:
        # Only .Z warns, and collecting makes other files wait for their turn.
        quiet = collected_warnings() if unpacker is _uncompress else nullcontext()
        with quiet, path.open("rb") as file, unpacker(file) as packed:
            chunks = _at_most(most, _chunks(packed, file, size, progress), path.name, size)
            for chunk in chunks:
                content += chunk
                if len(content) > MEMORY_LIMIT:
                    return _spill(path.name, content, chunks)
    except _DAMAGED as problem:
        raise UnreadableFrame(
            Text(
                "{name} is damaged: it cannot be unpacked ({problem})",
                name=path.name,
                problem=problem,
            ),
            hint="Download or copy it again; it may have been cut short.",
        ) from problem
    if not content:
        raise UnreadableFrame(
            Text("{name} has nothing in it", name=path.name), hint="Download or copy it again."
        )
    return MemoryStore(path.name, bytes(content))


def _chunks(
    packed: _Unpacked, file: BinaryIO, size: int, progress: ReadProgress | None
) -> Iterator[bytes]:
    while chunk := packed.read(_CHUNK):
        if progress:
            progress(min(file.tell(), size), size)
        yield chunk


def _at_most(most: int, chunks: Iterator[bytes], name: str, size: int) -> Iterator[bytes]:
    """The chunks, while they are no more than the file may unpack to."""
    done = 0
    for chunk in chunks:
        done += len(chunk)
        if done > most:
            raise TooLarge(
                Text(
                    "{name} ({amount}) unpacks to more than {most_amount}, which is allowed",
                    name=name,
                    amount=amount(size),
                    most_amount=amount(most),
                ),
                hint=Text(
                    "If you trust it, make room on the disk and allow more, for example "
                    "--max-bytes {most}.",
                    most=in_words(max(10 * most, UNASKED_SCRATCH)),
                ),
                needs=max(10 * most, UNASKED_SCRATCH),
            )
        yield chunk


def _spill(name: str, start: bytearray, rest: Iterator[bytes]) -> Store:
    sweep(SCRATCH)  # there is room to be had where an earlier process was killed
    held = HeldFolder(SCRATCH)
    store = TemporaryStore(name, held)
    with store.path.open("wb") as file:
        _write(file, start, name)
        start.clear()
        for chunk in rest:
            _write(file, chunk, name)
    return store


def _write(file: BinaryIO, chunk: bytes | bytearray, name: str) -> None:
    try:
        file.write(chunk)
    except OSError as problem:
        raise UnreadableFrame(
            Text(
                "{name} cannot be unpacked: {strerror}",
                name=name,
                strerror=problem.strerror or problem,
            ),
            hint="Make room on the disk that holds temporary files.",
        ) from problem
