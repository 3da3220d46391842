"""The frames of a folder of any size, told while it is still being listed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from astroview.core.io.paths.find_frames import Filter
from astroview.core.io.paths.plain_paths import plain
from astroview.core.lazy_dataclass import dataclass

FIRST, PIECE = 200, 5000  # entries told at once: a page at first, then many


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file of the folder; ``problem`` says why it cannot be looked at, "" mostly."""

    path: str
    size: int
    mtime_ns: int
    problem: str = ""


def stream(folder: Path, recursive: bool = True) -> Iterator[tuple[ListedFile, ...]]:
    """Frames of a folder, in pieces, in the order the file system has them.

    Hidden files are left out, and files whose suffix is no frame's. Links to folders are
    followed, no folder is entered twice. `find_frames.find` gives the same files in the order of
    their names, once it knows all of a folder.
    """
    piece: list[ListedFile] = []
    most = FIRST
    for listed in _listed(str(plain(folder)), recursive):
        piece.append(listed)
        if len(piece) >= most:
            yield tuple(piece)
            piece, most = [], PIECE
    if piece:
        yield tuple(piece)


def _listed(top: str, recursive: bool) -> Iterator[ListedFile]:
    wanted, waiting, seen = Filter(), [top], {os.path.realpath(top)}
    while waiting:
        folder = waiting.pop()
        try:
            entries = os.scandir(folder)
        except OSError as problem:
            yield ListedFile(folder, 0, 0, f"The folder cannot be listed: {_reason(problem)}")
            continue
        with entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if _is_folder(entry):
                    real = os.path.realpath(entry.path)
                    if recursive and real not in seen:
                        seen.add(real)
                        waiting.append(entry.path)
                elif wanted.takes(entry.name, entry.name):
                    yield _file(entry)


def _file(entry: os.DirEntry[str]) -> ListedFile:
    try:
        status = entry.stat()
    except OSError as problem:  # a link to nowhere or to itself
        return ListedFile(entry.path, 0, 0, f"The file cannot be opened: {_reason(problem)}")
    return ListedFile(entry.path, status.st_size, status.st_mtime_ns)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _reason(problem: OSError) -> str:
    return problem.strerror or str(problem)
