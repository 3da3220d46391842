"""A folder of any size, looked at file by file; what was seen is kept, so a second run is quick."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from astroview.core.errors import AstroviewError, DatasetProblem
from astroview.core.listing import Found, Unlisted, find
from trainer.curate.look import Look, look_at

NOTES = "looks.jsonl"
AT_ONCE = 64  # files handed to the threads at a time, so that a stop is quick


@dataclass(frozen=True)
class Seen:
    """A file that was looked at: its measures, or why there are none."""

    path: str
    size: int
    mtime_ns: int
    look: Look | None
    problem: str = ""


def look_through(
    folder: Path, notes: Path, progress: Callable[[int, int], None], threads: int = 2
) -> list[Seen]:
    """Look at every frame below ``folder``.

    Parameters
    ----------
    folder
        Searched with its sub-folders, none of them twice.
    notes
        Folder for what was seen: a file that has the size and time it had then is not looked
        at again. A stop loses nothing.
    progress
        Called as ``progress(done, of)``; may raise to stop.
    threads
        How many files are looked at together.

    Raises
    ------
    DatasetProblem
        The folder cannot be read, or holds no frame.
    """
    paths = _frames(folder)
    notes.mkdir(parents=True, exist_ok=True)
    known = _read(notes / NOTES)
    _mend(notes / NOTES)
    found: list[Seen] = []
    with (notes / NOTES).open("a", encoding="utf-8") as log, ThreadPoolExecutor(threads) as pool:
        for some in _chunks(paths, AT_ONCE):
            for seen in pool.map(partial(_see, known), some):
                if seen.path not in known or known[seen.path] != seen:
                    log.write(json.dumps(asdict(seen)) + "\n")
                found.append(seen)
                progress(len(found), len(paths))
            log.flush()
    return found


def _frames(folder: Path) -> list[Path]:
    found = list(find([folder]))
    if refused := [one for one in found if isinstance(one, Unlisted) and one.source == str(folder)]:
        raise DatasetProblem(f"{folder.name}: {refused[0].problem}", refused[0].hint)
    paths = [Path(one.source) for one in found if isinstance(one, Found)]
    if not paths:
        raise DatasetProblem(
            f"{folder.name} holds no frame",
            hint="Give a folder with FITS, TIFF, PNG or JPEG files; sub-folders count.",
        )
    return paths


def _see(known: dict[str, Seen], path: Path) -> Seen:
    stat = path.stat()
    before = known.get(str(path))
    if before and (before.size, before.mtime_ns) == (stat.st_size, stat.st_mtime_ns):
        return before
    try:
        return Seen(str(path), stat.st_size, stat.st_mtime_ns, look_at(path))
    except AstroviewError as problem:
        return Seen(str(path), stat.st_size, stat.st_mtime_ns, None, problem.message)


def _read(path: Path) -> dict[str, Seen]:
    """What an earlier run saw; a torn last line and lines of another version are left out."""
    if not path.is_file():
        return {}
    known: dict[str, Seen] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            values: dict[str, Any] = json.loads(line)
            look = Look(**values.pop("look")) if values.get("look") else values.pop("look", None)
            known[values["path"]] = Seen(look=look, **values)
        except (ValueError, TypeError, KeyError):
            continue
    return known


def _mend(path: Path) -> None:
    """End a torn last line, so that the next one does not grow onto it."""
    if path.is_file() and (text := path.read_bytes()) and not text.endswith(b"\n"):
        path.write_bytes(text + b"\n")


def _chunks(paths: Iterable[Path], size: int) -> Iterator[list[Path]]:
    source = iter(paths)
    while some := list(islice(source, size)):
        yield some
