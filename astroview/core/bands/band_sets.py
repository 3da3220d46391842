"""Sets of bands among the files of a folder; each set is told by a small file, opened as a frame.

A set's file (``.bands``, JSON) names the bands and how they were. So whatever takes a file takes a
set: its frame is the bands composed, three channels on one grid, in native units.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import weakref
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from astroview.core import strict_json
from astroview.core.atomic_write import replacing_text
from astroview.core.bands.bands import assign, common_name, compose_bands, identify_all
from astroview.core.bands.field_index import Fields
from astroview.core.errors import AstroviewError, UnreadableFrame
from astroview.core.io.open_file import BANDS_SUFFIX
from astroview.core.io.paths import remote_paths
from astroview.core.io.paths.find_frames import FoundFile, Unlisted
from astroview.core.io.paths.plain_paths import can_name, is_there
from astroview.core.io.paths.temp_folders import HeldFolder
from astroview.core.models.model_card import sha256_of
from astroview.core.texts import Text

if TYPE_CHECKING:
    from astroview.core.bands.bands import Band
    from astroview.core.frame import Frame

SUFFIX = BANDS_SUFFIX
SCRATCH = "astroview-bands-"  # begins the names of folders for reprojected bands
_ODD = re.compile(r"[^\w.+-]+")


def with_sets(
    listed: Iterable[FoundFile | Unlisted], folder: Path
) -> Iterator[FoundFile | Unlisted]:
    """The same files, with those that make colour together replaced by their set.

    Bands of a set are grey, lie in one folder, overlap on the sky (or have one shape and no
    coordinates), and are of different, known filters. The other files stay as they are.

    Parameters
    ----------
    folder
        Where the sets' files go.
    """
    from astroview.core.io.open_file import open_frame

    groups: dict[str, list[FoundFile]] = defaultdict(list)
    for one in listed:
        if isinstance(one, Unlisted) or remote_paths.is_url(one.source):
            yield one
        else:
            groups[os.path.dirname(one.source)].append(one)  # noqa: PTH120 - a million times
    for group in groups.values():
        frames: dict[str, Frame] = {}
        for one in group:
            try:
                frame = open_frame(Path(one.source))
            except AstroviewError:
                continue  # it fails with its reason when its turn comes
            if frame.channels == 1:
                frames[one.source] = replace(frame, path=Path(one.source))
        yield from _grouped(group, frames, folder)


def _grouped(group: list[FoundFile], frames: dict[str, Frame], folder: Path) -> Iterator[FoundFile]:
    grey = [one for one in group if one.source in frames]
    place = {one.source: i for i, one in enumerate(grey)}
    fields = Fields([frames[one.source] for one in grey])
    for one in group:
        i = place.get(one.source)
        if i is None:
            yield one
        elif fields.is_free(i):  # else in an earlier set
            chosen = fields.take(i)
            members, bands = [grey[j] for j, _ in chosen], [band for _, band in chosen]
            yield _noted(members, bands, folder) if chosen else one


def _noted(members: Sequence[FoundFile], bands: Sequence[Band], folder: Path) -> FoundFile:
    """Write a set's file, unless it is there and the same."""
    paths = [member.source for member in members]
    states = [[member.size, member.mtime_ns] for member in members]
    text = json.dumps({"bands": paths, "states": states})
    mark = hashlib.blake2b("\0".join(paths).encode("utf-8", "surrogateescape"), digest_size=6)
    name = _ODD.sub("_", common_name(bands)).strip("._") or "bands"
    path = folder / mark.hexdigest() / f"{name}{SUFFIX}"
    if not is_there(path) or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing_text(path, lasting=False) as file:
            file.write(text)
    status = path.stat()
    return FoundFile(str(path), members[0].below, status.st_size, status.st_mtime_ns)


def open_set(path: Path) -> Frame:
    """The bands of a set's file composed, each channel's band by its wavelength.

    Raises
    ------
    AstroviewError
        A band is gone, has changed or cannot be read; or they do not match after all.
    """
    from astroview.core.io.open_file import open_frame

    for band, state in _bands_of(path):
        _check_unchanged(band, state)
    frames = [open_frame(band) for band, _ in _bands_of(path)]
    bands = identify_all(frames)
    held = HeldFolder(SCRATCH)
    with ExitStack() as undo:
        undo.callback(held.release)
        frame = compose_bands(bands, assign(bands), held.path)
        undo.pop_all()  # the frame needs it from now on
    weakref.finalize(frame.source, held.release)
    return replace(frame, name=path.stem, path=path)


def content_of(path: Path) -> str:
    """What a file holds, as a sha256; of a set, what its bands hold. Raises OSError."""
    if path.suffix != SUFFIX:
        return sha256_of(path)
    each = [sha256_of(band) for band, _ in _bands_of(path)]
    return hashlib.sha256("".join(each).encode()).hexdigest()


def told(source: str) -> str:
    """What a source is called: a set by its bands."""
    if not source.endswith(SUFFIX) or remote_paths.is_url(source):
        return source
    return " + ".join(str(band) for band, _ in _bands_of(Path(source)))


def _bands_of(path: Path) -> list[tuple[Path, list[int]]]:
    try:
        content = strict_json.read(path)
        found = [
            (Path(band), state)
            for band, state in zip(content["bands"], content["states"], strict=True)
        ]
        if not all(can_name(str(band)) for band, _ in found):
            raise ValueError("a name in it is none")
        if not found or any(band.suffix == SUFFIX for band, _ in found):
            raise ValueError("a set is made of frames, not of sets")
        return found
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as problem:
        raise UnreadableFrame(
            Text("{name} is no set of bands", name=path.name),
            hint="Run the batch again; it is made anew.",
        ) from problem


def _check_unchanged(band: Path, state: list[int]) -> None:
    try:
        now = band.stat()
    except OSError as problem:
        raise UnreadableFrame(
            Text(
                "the band {name} cannot be read: {strerror}",
                name=band.name,
                strerror=problem.strerror or problem,
            ),
            hint="Check that the drive is there, and run the batch again.",
        ) from problem
    if [now.st_size, now.st_mtime_ns] != state:
        raise UnreadableFrame(
            Text("the band {name} has changed", name=band.name),
            hint="Run the batch again when it is complete.",
        )
