"""Files that go together: bands of one field, and pairs of a poorer and a better frame."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import numpy as np

from astroview.core.bands.filters import filter_in_name
from astroview.core.errors import DatasetProblem
from astroview.core.io.paths.plain_paths import plain
from astroview.core.texts import Text
from astroview.core.unforeseen import read_text_file
from trainer.curate.folder_scan import Seen
from trainer.curate.frame_measures import FrameMeasures

SIGHT = 16  # bits of a 64-bit perceptual hash by which the two frames of a pair may differ
SHAPE = 0.03  # by how much of a whole number the ratio of a pair's sides may miss it
SUFFIX = re.compile(r"(\.[A-Za-z0-9]{1,5})+$")


@dataclass(frozen=True)
class FilePair:
    """Paths of a poorer and a better frame of one field."""

    low: str
    high: str


def pairs_of_folders(low: Path, high: Path, paths: Sequence[str]) -> list[FilePair]:
    """Pairs of files with the same name (suffixes aside) at the same place in two folders.

    Raises
    ------
    DatasetProblem
        No file has a partner.
    """
    inside: dict[Path, dict[str, str]] = {low: {}, high: {}}
    for folder, found in inside.items():
        for text in paths:
            path = Path(text)
            if path.is_relative_to(folder):
                found.setdefault(_bare(path.relative_to(folder)), text)
    both = [name for name in inside[low] if name in inside[high]]
    if not both:
        raise DatasetProblem(
            Text(
                "no frame in {name} has a partner in {high_name}",
                name=low.name,
                high_name=high.name,
            ),
            hint="Partners have the same name; or name them in a CSV file with columns low, high.",
        )
    return [FilePair(inside[low][name], inside[high][name]) for name in both]


def pairs_of_csv(path: Path) -> list[FilePair]:
    """Pairs that a CSV file names in its columns ``low`` and ``high``; relative paths are seen
    from the file's folder, and from the current one where nothing is there.

    Raises
    ------
    DatasetProblem
        It cannot be read, lacks a column, or names no pair.
    """
    try:
        text = read_text_file(path, DatasetProblem)
        rows = list(csv.DictReader(StringIO(text, newline="")))
        found = [
            FilePair(*(_beside(path, row[side].strip()) for side in ("low", "high")))
            for row in rows
        ]
    except (OSError, ValueError, KeyError, AttributeError, csv.Error) as problem:
        raise DatasetProblem(
            Text("{name} is no list of pairs", name=path.name),
            hint="It needs a first line “low,high” and a line with two files for each pair.",
        ) from problem
    if not found:
        raise DatasetProblem(
            Text("{name} names no pair", name=path.name), hint="Add a line for each pair."
        )
    return found


def _beside(path: Path, name: str) -> str:
    """A file that a list names, which may be a copy of a URL or of stdin, alone in its folder."""
    here = path.parent / name
    return str(plain(here if here.exists() else Path(name)))


def scale_of(low: FrameMeasures, high: FrameMeasures) -> int:
    """How many times more pixels the better frame has along a side; 0 when no whole number."""
    rows, columns = high.height / low.height, high.width / low.width
    scale = round(rows)
    fits = max(abs(rows - scale), abs(columns - scale)) <= SHAPE * scale
    return scale if fits and 2 <= scale <= 8 else 0


def mismatch(low: FrameMeasures, high: FrameMeasures) -> str:
    """Why two frames are no pair, or ""."""
    if not scale_of(low, high):
        return (
            f"no pair: {high.height} × {high.width} pixels are no whole multiple "
            f"of {low.height} × {low.width}"
        )
    if (low.phash ^ high.phash).bit_count() > SIGHT:
        return "no pair: the two frames do not show the same"
    return ""


def sets_of_bands(seen: Sequence[Seen], root: Path) -> list[list[int]]:
    """Indices of frames of one field in two filters or more, blue to red, one for each filter.

    Frames belong to a field when their paths differ by the filter's name only, or when their
    names say no filter but their headers do and they point to one place.
    """
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for i, one in enumerate(seen):
        if one.look is not None and one.look.nm and one.look.kind == "grey":
            groups[_field(Path(one.path), one.look, root)].append(i)
    found: list[list[int]] = []
    for group in groups.values():
        by_nm: dict[int, int] = {}
        for i in group:
            look = seen[i].look
            by_nm.setdefault(round(look.nm) if look else 0, i)
        if len(by_nm) > 1:
            found.append([by_nm[nm] for nm in sorted(by_nm)])
    return found


def _field(path: Path, look: FrameMeasures, root: Path) -> tuple[object, ...]:
    """What frames of one field have in common: the path without the filter's name, and the size
    when they have no coordinates.
    """
    below = path.relative_to(root) if path.is_relative_to(root) else path
    whole = [*below.parent.parts, _bare(Path(below.name))]
    parts = [_without_filter(part) for part in whole]
    if parts == whole and look.radius:
        size = 2.0 ** np.round(np.log2(look.radius / 4))
        steps = (round(look.dec / size), round(look.ra * np.cos(np.radians(look.dec)) / size))
        return (str(below.parent), *steps, look.height, look.width)
    shape = () if look.radius else (look.height, look.width)
    return (*(part for part in parts if part), *shape)


def _without_filter(part: str) -> str:
    """A name without the word in it that names a filter."""
    found, _ = filter_in_name(part)
    if not found:
        return part
    words = re.split(r"([_\-. ]+)", part)
    kept = [w for w in words if w.lower() != found.lower()]
    return "".join(kept) if len(kept) < len(words) else part


def _bare(path: Path) -> str:
    """A path with slashes and without the file's suffixes."""
    return (path.parent / (SUFFIX.sub("", path.name) or path.name)).as_posix()
