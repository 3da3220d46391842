"""What files are called where several have one name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice, zip_longest
from pathlib import Path

MOST = 200  # files of one name that are compared: folders may hold very many of them


def with_folder(name: str, path: Path | None, others: Iterable[Path | None]) -> str:
    """A file's name; where others are called the same, behind the first folder, seen from the
    file, that is not theirs: "night1/m31".
    """
    if path is None:
        return name
    mine = path.parts[-2::-1]
    differs = 0
    for other in islice(others, MOST):
        theirs = other.parts[-2::-1] if other else ()
        if other is None or theirs == mine:
            continue  # no file, or another part of this one
        pairs = enumerate(zip_longest(mine, theirs))
        differs = max(differs, next(at for at, (a, b) in pairs if a != b) + 1)
    if not differs:
        return name
    folders = [part.strip("/\\") for part in mine[:differs]]
    between = [] if differs <= 2 else ["…"]
    shown = folders[::-1] if not between else [folders[-1], *between]
    return "/".join([*(part for part in shown if part), name])


def told_apart(files: Sequence[tuple[str, Path | None]]) -> list[str]:
    """What each of some files is called in a list of them, given their names and paths."""
    same: dict[str, dict[Path | None, None]] = {}
    for name, path in files:
        same.setdefault(name, {})[path] = None
    return [with_folder(name, path, same[name]) for name, path in files]
