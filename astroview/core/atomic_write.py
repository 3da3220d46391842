"""Files that are written wholly or not at all: beside their place first, then into it; and never
over what a user gave.
"""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Generator, Iterable
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from astroview.core.errors import CannotSave
from astroview.core.io.paths.plain_paths import is_file, is_folder, is_stream
from astroview.core.texts import Text

_PART = ".part"


@contextmanager
def replacing(path: Path, *, lasting: bool = True) -> Generator[BinaryIO]:
    """A new file beside the target, that takes its place when all went well.

    Parameters
    ----------
    path
        The target; what was there stays until the new file is whole.
    lasting
        Whether the disk must have it before it takes its place, which survives power loss and
        takes a while.

    Raises
    ------
    OSError
        Nothing was changed. A pipe, a socket or a device is never replaced: who may write where
        devices are would take them from everybody.
    """
    check_replaceable(path)
    beside = path.with_name(f"{_part_prefix(path)}{os.urandom(4).hex()}{_PART}")
    try:
        with beside.open("xb+") as file:
            yield cast("BinaryIO", file)
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        beside.replace(path)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def check_replaceable(path: Path) -> None:
    """Raise OSError where something stands that no file can take the place of."""
    if is_folder(path):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if is_stream(path):
        raise OSError(errno.EINVAL, "It is a pipe, a socket or a device", str(path))


def never_over(target: Path, given: Iterable[Path | None]) -> None:
    """Raise CannotSave where a target is one of the files that were given, by whatever name: by a
    link, or in letters of another case.
    """
    if is_one_of(target, given):
        raise CannotSave(
            Text("{name} is the original, which astroview never overwrites", name=target.name),
            hint="Choose another name.",
        )


def is_one_of(target: Path, given: Iterable[Path | None]) -> bool:
    """Whether a path leads to one of these files. Those that are not there are none."""
    try:
        there = target.stat()
    except (OSError, ValueError):
        return False
    for one in given:
        with suppress(OSError, ValueError):
            known = one and one.stat()
            if known and (known.st_dev, known.st_ino) == (there.st_dev, there.st_ino):
                return True
    return False


@contextmanager
def replacing_text(path: Path, *, lasting: bool = True) -> Generator[TextIO]:
    """`replacing` for UTF-8 text; line ends are written as they are given."""
    with replacing(path, lasting=lasting) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
        yield text
        text.detach()


def save_text(path: Path, text: str) -> None:
    """Write a text for the user, all or nothing.

    Raises
    ------
    CannotSave
        The file cannot be written.
    """
    try:
        with replacing_text(path) as file:
            file.write(text)
    except OSError as problem:
        raise CannotSave(
            Text(
                "{name} cannot be written: {strerror}",
                name=path.name,
                strerror=problem.strerror or problem,
            ),
            hint="See whether you may write there.",
        ) from problem


def leftovers(path: Path) -> list[Path]:
    """What a killed process left beside `path` when it was writing it."""
    prefix = _part_prefix(path)
    try:
        with os.scandir(path.parent) as entries:
            names = [e.name for e in entries if e.name.startswith(prefix)]
    except OSError:
        return []
    return [path.with_name(name) for name in names if name.endswith(_PART)]


def _part_prefix(path: Path) -> str:
    """Hidden, and short enough in bytes for any file system."""
    return "." + os.fsdecode(os.fsencode(path.name)[:180]) + "."


def prune(place: Path, most: int) -> None:
    """Remove the files of a folder that lay unused for longest, until ``most`` bytes are left."""
    files = sorted(
        ((s.st_mtime, s.st_size, p) for p in place.iterdir() if is_file(p) and (s := p.stat())),
        reverse=True,
    )
    total = 0
    for _, size, path in files:
        total += size
        if total > most:
            path.unlink(missing_ok=True)
