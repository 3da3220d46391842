"""Paths as people give them, made comparable."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO


def can_name(text: str) -> bool:
    """Whether a text can name a file: nothing in it is no letter."""
    try:
        return b"\0" not in os.fsencode(text)
    except UnicodeEncodeError:  # half of a pair of surrogates
        return False


def is_file(path: Path) -> bool:
    """Whether a file is there, as far as that can be known: where nobody may look, the server is
    down, or the name is too long, a `Path` raises OSError.
    """
    return os.path.isfile(path)  # noqa: PTH113


def is_folder(path: Path) -> bool:
    """Whether a folder is there; as `is_file`."""
    return os.path.isdir(path)  # noqa: PTH112


def is_there(path: Path) -> bool:
    """Whether anything is there; as `is_file`."""
    return os.path.exists(path)  # noqa: PTH110


def is_stream(path: Path) -> bool:
    """Whether a pipe, a socket or a device stands there: opening one may wait for ever, and what
    is read or written may have no end.
    """
    try:
        kind = path.stat().st_mode
    except (OSError, ValueError):  # it is told when it is opened
        return False
    return not stat.S_ISREG(kind) and not stat.S_ISDIR(kind)


def opened(path: Path) -> BinaryIO:
    """A file to read from. Raises OSError, also for a pipe, a socket or a device in its place."""
    if is_stream(path):
        raise OSError(errno.EINVAL, "it is no file but a pipe, a socket or a device", str(path))
    return path.open("rb")


def plain(path: Path | str) -> Path:
    """The path from the root, without ``.`` and ``..``; links stay as they are, and nothing need
    be there.
    """
    return Path(os.path.abspath(path))  # noqa: PTH100  Path.absolute keeps "..", resolve no links
