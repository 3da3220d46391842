"""Which files to enhance, and where each result goes: decided before anything is computed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from astroview.core.files import find_frames, frame_name
from astroview.core.saving import Format

_PICTURES: dict[str, Format] = {
    ".png": "png",
    ".jpg": "png",
    ".jpeg": "png",
    ".tif": "tiff",
    ".tiff": "tiff",
}
_RESULT = re.compile(r"_enhanced(_\d+)?$")


@dataclass(frozen=True)
class Job:
    """One file and the file that its result becomes."""

    source: Path
    target: Path


def plan(paths: Sequence[Path], out: Path, fmt: Format | None) -> tuple[Job, ...]:
    """Jobs for files and, recursively, for the frames in folders; each file once.

    A result is named ``<stem>_enhanced.<format>``. Where two inputs would get the same name,
    the later ones in order get ``_2``, ``_3``, ... Without a format FITS stay FITS, TIFF stay
    TIFF, and other pictures become PNG. Earlier results in `out` are not inputs again when
    their folder is. A path that does not exist is kept: it fails when its turn comes.
    """
    sources = _sources(paths, out)
    taken = {source.resolve() for source in sources}
    jobs: list[Job] = []
    for source in sources:
        suffix = fmt or format_for(source)
        stem = f"{frame_name(source)}_enhanced"
        target, number = out / f"{stem}.{suffix}", 1
        while target.resolve() in taken:
            number += 1
            target = out / f"{stem}_{number}.{suffix}"
        taken.add(target.resolve())
        jobs.append(Job(source, target))
    return tuple(jobs)


def format_for(path: Path) -> Format:
    """The format that suits an input: a picture for a picture, FITS for the rest."""
    return _PICTURES.get(path.suffix.lower(), "fits")


def _sources(paths: Iterable[Path], out: Path) -> list[Path]:
    found: dict[Path, Path] = {}
    for path in paths:
        inside = find_frames(path) if path.is_dir() else [path]
        for file in inside:
            if not (path.is_dir() and _is_result(file, out)):
                found.setdefault(file.resolve(), file)
    return list(found.values())


def _is_result(file: Path, out: Path) -> bool:
    return file.parent.resolve() == out.resolve() and bool(_RESULT.search(frame_name(file)))
