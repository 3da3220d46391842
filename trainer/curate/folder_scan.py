"""A folder of any size, looked at file by file; what was seen is kept, so a second run is quick."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TextIO

from astroview.core import json_lines, strict_json
from astroview.core.errors import AstroviewError, CannotSave, DatasetProblem
from astroview.core.io.paths.find_frames import FoundFile, Unlisted, find
from astroview.core.io.paths.plain_paths import opened
from astroview.core.texts import Text
from trainer.curate.frame_measures import FrameMeasures, look_at

NOTES = "looks.jsonl"
AT_ONCE = 64  # files handed to the threads at a time, so that a stop is quick


@dataclass(frozen=True)
class Seen:
    """A file that was looked at: its measures, or why there are none."""

    path: str
    size: int
    mtime_ns: int
    look: FrameMeasures | None
    problem: str = ""


@dataclass(frozen=True)
class ScanNotes:
    """The folder of what was seen: measures, and thumbnails if they are wanted."""

    place: Path
    thumbs: bool = False

    def thumb(self, path: str) -> Path:
        """Where a file's thumbnail is, or would be."""
        name = hashlib.sha256(os.fsencode(path)).hexdigest()[:24]
        return self.place / "thumbs" / name[:2] / f"{name}.jpg"


def frames_below(folder: Path) -> list[Path]:
    """Every frame of a folder and its sub-folders, in the order a person would sort them.

    Raises
    ------
    DatasetProblem
        The folder cannot be read, or holds no frame.
    """
    found = list(find([folder]))
    if refused := [one for one in found if isinstance(one, Unlisted) and one.source == str(folder)]:
        raise DatasetProblem(
            Text("{name}: {problem}", name=folder.name, problem=refused[0].problem), refused[0].hint
        )
    paths = [Path(one.source) for one in found if isinstance(one, FoundFile)]
    if not folder.is_dir() or not paths:
        raise DatasetProblem(
            Text("{name} holds no frame", name=folder.name)
            if folder.is_dir()
            else Text("there is no folder {folder}", folder=folder),
            hint="Give a folder with FITS, TIFF, PNG or JPEG files; sub-folders count.",
        )
    return paths


def look_through(
    paths: Sequence[Path],
    notes: ScanNotes,
    heard: Callable[[Seen, bool], None],
    threads: int | None = None,
) -> list[Seen]:
    """Look at files, in their order.

    Parameters
    ----------
    notes
        A file that has the size and time it had when it was last noted is not looked at again.
        A stop loses nothing.
    heard
        Called with each file as it was seen, and whether that is news; may raise to stop.
    threads
        How many files are looked at together (default: one for each processor).

    Raises
    ------
    CannotSave
        The notes cannot be written.
    """
    threads = threads or os.cpu_count() or 1
    known = _open_notes(notes.place)
    found: list[Seen] = []
    log_file = notes.place / NOTES
    with log_file.open("a", encoding="utf-8") as log, ThreadPoolExecutor(threads) as pool:
        for some in _chunks(paths, AT_ONCE):
            for seen in pool.map(partial(_see, known, notes), some):
                news = known.get(seen.path) is not seen
                if news:
                    log.write(json.dumps(asdict(seen)) + "\n")
                found.append(seen)
                heard(seen, news)
            _flush(log, log_file)
    return found


def _open_notes(place: Path) -> dict[str, Seen]:
    try:
        place.mkdir(parents=True, exist_ok=True)
        known = _read(place / NOTES)
        _mend(place / NOTES)
        (place / NOTES).touch()
        with opened(place / NOTES):  # a pipe would be waited for
            pass
    except OSError as problem:
        raise _cannot_note(place, problem) from problem
    return known


def _flush(log: TextIO, path: Path) -> None:
    try:
        log.flush()
    except OSError as problem:
        raise _cannot_note(path.parent, problem) from problem


def _cannot_note(place: Path, problem: OSError) -> CannotSave:
    return CannotSave(
        Text(
            "What was seen cannot be kept in {place}: {strerror}",
            place=place,
            strerror=problem.strerror or problem,
        ),
        hint="Choose another folder for it with --out, or make room.",
    )


def _see(known: dict[str, Seen], notes: ScanNotes, path: Path) -> Seen:
    try:
        stat = path.stat()
    except OSError as problem:
        return Seen(str(path), 0, 0, None, problem.strerror or str(problem))
    before = known.get(str(path))
    thumb = notes.thumb(str(path)) if notes.thumbs else None
    same = before and (before.size, before.mtime_ns) == (stat.st_size, stat.st_mtime_ns)
    if before and same and (before.look is None or thumb is None or thumb.exists()):
        return before
    try:
        return Seen(str(path), stat.st_size, stat.st_mtime_ns, look_at(path, thumb))
    except AstroviewError as problem:
        return Seen(str(path), stat.st_size, stat.st_mtime_ns, None, problem.message)


def _read(path: Path) -> dict[str, Seen]:
    """What an earlier run saw; a torn last line and lines of another version are left out."""
    known: dict[str, Seen] = {}
    for line in strict_json.lines(path):
        try:
            seen = json_lines.convert(Seen, strict_json.loads(line, nan=True), "a line")
        except ValueError:
            continue
        known[seen.path] = seen
    return known


def _mend(path: Path) -> None:
    """End a torn last line, so that the next one does not grow onto it."""
    if path.is_file() and (text := path.read_bytes()) and not text.endswith(b"\n"):
        path.write_bytes(text + b"\n")


def _chunks(paths: Iterable[Path], size: int) -> Iterator[list[Path]]:
    source = iter(paths)
    while some := list(islice(source, size)):
        yield some
