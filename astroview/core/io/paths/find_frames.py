"""The frames in files and folders, one after the other while the search goes on."""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from pathlib import Path

from astroview.core.io.open_file import FRAME_SUFFIXES
from astroview.core.io.paths import remote_paths
from astroview.core.io.paths.plain_paths import is_folder
from astroview.core.io.paths.remote_paths import Place
from astroview.core.lazy_dataclass import dataclass


@dataclass(frozen=True)
class Filter:
    """Which files of a folder count; patterns are matched with names, or with paths below the
    folder when they hold a slash. No pattern to include means all frames.
    """

    recursive: bool = True
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def takes(self, name: str, below: str) -> bool:
        """Whether a file called ``name`` at ``below`` (relative, with slashes) counts."""
        if not name.lower().endswith(FRAME_SUFFIXES):
            return False
        if self.include and not _matches(self.include, name, below):
            return False
        return not _matches(self.exclude, name, below)


def _matches(patterns: Iterable[str], name: str, below: str) -> bool:
    return any(
        fnmatch.fnmatchcase((below if "/" in p else name).lower(), p.lower()) for p in patterns
    )


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file; ``below`` is its folder relative to the one that was searched ("" for none)."""

    source: str
    below: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A folder or file that cannot be looked at, and why."""

    source: str
    problem: str
    hint: str


@dataclass
class _Search:
    """What one search has seen: files by their real path, folders by device and inode."""

    filter: Filter
    skip: frozenset[str]
    leave: Callable[[str], bool]
    files: set[str] = field(default_factory=set[str])
    folders: set[str] = field(default_factory=set[str])


def find(
    paths: Sequence[Place],
    choice: Filter = Filter(),
    skip: Iterable[Place] = (),
    leave: Callable[[str], bool] = lambda _: False,
) -> Iterator[FoundFile | Unlisted]:
    """Frames in `paths`, in the order a person would sort them (2 before 10); each file once.

    Files that are named are always taken, whatever they are called. In folders hidden files are
    left out, the folders in `skip`, and the files (real paths) that `leave` says. Links to
    folders are followed, but no folder is entered twice, so that loops end. A folder's files
    come before its sub-folders. URLs are listed by their store.
    """
    search = _Search(
        choice, frozenset(p if isinstance(p, str) else os.path.realpath(p) for p in skip), leave
    )
    for path in paths:
        if isinstance(path, str):
            yield from _elsewhere(path, search)
        elif is_folder(path):
            yield from _folder(os.path.abspath(path), "", search)
        else:
            yield from _named(os.path.abspath(path), search)


def frames_in(folder: Path, recursive: bool = True) -> list[Path]:
    """The frame files of a folder, as `find` finds them; what cannot be listed is left out."""
    found = find([folder], Filter(recursive))
    return [Path(one.source) for one in found if isinstance(one, FoundFile)]


def _named(path: str, search: _Search) -> Iterator[FoundFile]:
    try:
        status = os.stat(path)
        size, mtime = status.st_size, status.st_mtime_ns
    except OSError:
        size, mtime = 0, 0  # kept: it fails with its reason when its turn comes
    if _is_new(os.path.realpath(path), search.files):
        yield FoundFile(path, "", size, mtime)


def _elsewhere(url: str, search: _Search) -> Iterator[FoundFile | Unlisted]:
    try:
        if remote_paths.is_folder(url):
            for files in remote_paths.walk(url, search.filter.recursive):
                files.sort(key=lambda file: natural(remote_paths.file_name(file.url)))
                yield from (_remote(file) for file in files if _wanted(file, url, search))
        elif _is_new(url, search.files):
            yield _remote(remote_paths.status(url) or remote_paths.RemoteFile(url, 0, 0))
    except remote_paths.PlaceProblem as problem:
        yield Unlisted(url, problem.message, problem.hint)


def _wanted(file: remote_paths.RemoteFile, root: str, search: _Search) -> bool:
    name = remote_paths.file_name(file.url)
    skipped = (f"{out.rstrip('/')}/" for out in search.skip if out.rstrip("/") != root.rstrip("/"))
    if file.url.startswith(tuple(skipped)):
        return False
    takes = search.filter.takes(name, _joined(file.below, name)) and not search.leave(file.url)
    return takes and _is_new(file.url, search.files)


def _remote(file: remote_paths.RemoteFile) -> FoundFile:
    return FoundFile(file.url, file.below, file.size, file.mtime_ns)


def _folder(folder: str, below: str, search: _Search) -> Iterator[FoundFile | Unlisted]:
    real = os.path.realpath(folder)
    if (below and real in search.skip) or not _is_new(real, search.folders):
        return
    try:
        with os.scandir(folder) as entries:
            inside = [entry for entry in entries if not entry.name.startswith(".")]
    except OSError as problem:
        reason = problem.strerror or str(problem)
        yield Unlisted(folder, f"The folder cannot be listed: {reason}", "May you read it?")
        return
    inside.sort(key=lambda entry: natural(entry.name))
    folders: list[os.DirEntry[str]] = []
    for entry in inside:
        if _is_folder(entry):
            folders.append(entry)
        elif search.filter.takes(entry.name, _joined(below, entry.name)):
            yield from _file(entry, real, below, search)
    if search.filter.recursive:
        for entry in folders:
            yield from _folder(entry.path, _joined(below, entry.name), search)


def _file(
    entry: os.DirEntry[str], real: str, below: str, search: _Search
) -> Iterator[FoundFile | Unlisted]:
    try:
        status = entry.stat()
        regular = entry.is_file()
        linked = entry.is_symlink()
    except OSError as problem:  # a link to nowhere or to itself
        reason = problem.strerror or str(problem)
        yield Unlisted(entry.path, f"The file cannot be opened: {reason}", "Is it a broken link?")
        return
    itself = os.path.realpath(entry.path) if linked else os.path.join(real, entry.name)
    if regular and not search.leave(itself) and _is_new(itself, search.files):
        yield FoundFile(entry.path, below, status.st_size, status.st_mtime_ns)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_new(name: str, seen: set[str]) -> bool:
    if name in seen:
        return False
    seen.add(name)
    return True


def _joined(below: str, name: str) -> str:
    return f"{below}/{name}" if below else name


def natural(name: str) -> list[tuple[int, int, str]]:
    """A sorting key with numbers by value: f2 before f10."""
    parts = re.split(r"(\d+)", name.lower())
    return [(0, int(p), "") if p.isdecimal() else (1, 0, p) for p in parts]
