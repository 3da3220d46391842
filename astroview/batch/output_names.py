"""Where each result goes: told beforehand, and the same whenever the batch runs again."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from astroview.batch.recipe import BatchRecipe
from astroview.core.io.open_file import frame_name
from astroview.core.io.paths import remote_paths
from astroview.core.io.paths.file_names import Words, expand
from astroview.core.io.paths.find_frames import FoundFile
from astroview.core.io.paths.remote_paths import Place
from astroview.core.io.save_file import Format

_PICTURES: dict[str, Format] = {
    ".png": "png",
    ".jpg": "png",
    ".jpeg": "png",
    ".tif": "tiff",
    ".tiff": "tiff",
    ".webp": "png",
    ".avif": "png",
    ".jxl": "png",
    ".xisf": "xisf",
}


@dataclass(frozen=True, slots=True)
class Task:
    """One file of a batch and where its result goes (relative to the output folder)."""

    id: str
    source: str
    target: str
    size: int
    mtime_ns: int

    def target_in(self, out: Place) -> Place:
        """The file that the result becomes."""
        return remote_paths.below(out, self.target)


class Namer:
    """Gives targets to files as they are found, never the same twice.

    A file in a sub-folder of a folder that was searched goes into the same sub-folder of the
    output. Where two files would still get one name (``x.fits`` and ``x.fit``), the later one
    gets ``_2``, ``_3``, ... A file that an earlier run named keeps its name. Names that differ
    in case only count as one, since some file systems think so.

    Parameters
    ----------
    earlier
        Sources of earlier runs, by target.
    """

    def __init__(
        self, recipe: BatchRecipe, words: Words, out: Place, earlier: Mapping[str, str]
    ) -> None:
        self._recipe, self._words = recipe, words
        self._is_taken = _occupied(out)
        self._earlier = {source: target for target, source in earlier.items()}
        self._owners = {target.casefold(): source for target, source in earlier.items()}
        self._here: set[str] = set()  # sources of this run

    def task(self, found: FoundFile) -> Task:
        """The task for a file."""
        target = self._target(found)
        return Task(task_id(target), found.source, target, found.size, found.mtime_ns)

    def _target(self, found: FoundFile) -> str:
        suffix = self._recipe.format or format_for(Path(found.source))
        start = _joined(found.below, self._stem(found))
        target = self._earlier.get(found.source, "")
        if not re.fullmatch(rf"{re.escape(start)}(_\d+)?\.{suffix}", target):
            number, target = 1, f"{start}.{suffix}"
            while not self._is_free(target, found.source):
                number += 1
                target = f"{start}_{number}.{suffix}"
        self._owners[target.casefold()] = found.source
        self._here.add(found.source)
        return target

    def _is_free(self, target: str, source: str) -> bool:
        """Not given to another file, unless that was moved away; and no stranger stands there."""
        owner = self._owners.get(target.casefold())
        if owner is None:
            return not self._is_taken(target)
        return owner == source or (owner not in self._here and not remote_paths.exists(owner))

    def _stem(self, found: FoundFile) -> str:
        source = Path(found.source)
        return expand(self._recipe.name, frame_name(source), source.parent.name, self._words)


def _occupied(out: Place) -> Callable[[str], bool]:
    """Tells whether something stands in the output folder; a store is asked once for all."""
    if not isinstance(out, str):
        there = os.path.realpath(out)
        return lambda target: os.path.lexists(os.path.join(there, target))
    if not remote_paths.is_folder(out):  # yet
        return lambda _: False
    start = len(out.rstrip("/")) + 1
    return {file.url[start:] for files in remote_paths.walk(out) for file in files}.__contains__


def task_id(name: str) -> str:
    """A short name for a task: the same for the same target."""
    return hashlib.blake2b(os.fsencode(name), digest_size=8).hexdigest()


def format_for(path: Path) -> Format:
    """The format that suits an input: a picture for a picture, FITS for the rest."""
    return _PICTURES.get(path.suffix.lower(), "fits")


def looks_like_result(name: str, words: Words) -> bool:
    """Whether a file's name (with suffix) could be one that `Namer` gives by default."""
    pattern = rf"_{re.escape(words.method)}_{re.escape(words.scale)}(_\d+)?$"
    return re.search(pattern, frame_name(Path(name))) is not None


def _joined(below: str, name: str) -> str:
    return f"{below}/{name}" if below else name
