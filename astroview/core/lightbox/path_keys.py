"""Paths in databases: any name a file system has, also one that is no Unicode."""

from __future__ import annotations

import os

LAST = "\U0010ffff"


def key_of(path: str) -> str:
    """A text that stands for a path: a letter for each byte, so that folders stay beginnings."""
    return os.fsencode(path).decode("latin-1")


def path_of(key: str) -> str:
    """The path of a key."""
    return os.fsdecode(key.encode("latin-1"))


def is_key(text: object) -> bool:
    """Whether a text of a database, which may be damaged, stands for a path."""
    return isinstance(text, str) and all(c <= "\xff" for c in text)


def below(folder: str) -> tuple[str, str]:
    """The first and the last key of what lies in a folder and its sub-folders."""
    start = key_of(os.path.join(folder, ""))  # noqa: PTH118 - a Path has no ending slash
    return start, start + LAST
