"""A night's frames, grouped by what may be combined: one field, one filter."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from astroview.core.bands.bands import identify, same_field
from astroview.core.bands.field_index import places_of
from astroview.core.fits_headers import text
from astroview.core.texts import Text
from astroview.engine.stacking.unfit_frames import (
    UnfitFrame,
    file_name,
    filter_of,
    why_not_readable,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from astroview.core.frame import Frame

_TRIES = 6  # frames of a group that a further one is compared with
_NO_NAME = re.compile(r"[^\w.+-]+")


@dataclass(frozen=True)
class FieldGroup:
    """Frames of one field and filter, and a file name for their stack without its suffix."""

    name: str
    frames: tuple[Frame, ...]


def field_groups(frames: Sequence[Frame]) -> tuple[list[FieldGroup], list[UnfitFrame]]:
    """Groups of two frames and more, in the order of their first frames; and the others.

    Frames belong together whose filters are one and whose parts of the sky overlap; without
    coordinates those of one object (OBJECT) and shape.
    """
    alone: list[UnfitFrame] = []
    usable: list[Frame] = []
    for frame in frames:
        if why := why_not_readable(frame):
            alone.append(UnfitFrame(file_name(frame), why))
        else:
            usable.append(frame)
    places = places_of(usable)
    groups: list[list[int]] = []
    for i in range(len(usable)):
        fits = [group for group in groups if _belongs(i, group, usable, places)]
        joined = [i, *(j for group in fits for j in group)]  # it may be what joins two
        groups = [group for group in groups if group not in fits]
        groups.append(sorted(joined))
    groups.sort(key=lambda group: group[0])
    alone += [
        UnfitFrame(
            file_name(usable[group[0]]), Text("no other frame shows its field in its filter")
        )
        for group in groups
        if len(group) == 1
    ]
    several = [tuple(usable[j] for j in group) for group in groups if len(group) > 1]
    return _named(several), alone


def _belongs(
    i: int, group: Sequence[int], frames: Sequence[Frame], places: np.ndarray[tuple[int, int]]
) -> bool:
    frame = frames[i]
    if _kind(frame) != _kind(frames[group[0]]):
        return False
    if frame.wcs is None:
        other = frames[group[0]]
        return other.wcs is None and frame.shape == other.shape
    near = [j for j in reversed(group) if _may_meet(places[i], places[j])]
    return any(same_field(frame, frames[j]) for j in near[:_TRIES])


def _may_meet(one: np.ndarray[tuple[int]], other: np.ndarray[tuple[int]]) -> bool:
    return bool(((one[:3] - other[:3]) ** 2).sum() <= (one[3] + other[3]) ** 2)


def _kind(frame: Frame) -> tuple[object, ...]:
    """Filter, and without coordinates the object."""
    kind = filter_of(identify(frame))
    return (kind, frame.hdu, _header(frame, "OBJECT") if frame.wcs is None else "")


def _header(frame: Frame, keyword: str) -> str:
    return text(frame.header, keyword) if frame.header is not None else ""


def _named(several: Sequence[tuple[Frame, ...]]) -> list[FieldGroup]:
    """By object and filter; those that would have one name are counted."""
    names = [_name(frames) for frames in several]
    often, seen = Counter(names), Counter[str]()
    found: list[FieldGroup] = []
    for name, frames in zip(names, several, strict=True):
        seen[name] += 1
        found.append(FieldGroup(f"{name}_{seen[name]}" if often[name] > 1 else name, frames))
    return found


def _name(frames: Sequence[Frame]) -> str:
    objects = Counter(filter(None, (_header(frame, "OBJECT") for frame in frames)))
    base = objects.most_common(1)[0][0] if objects else frames[0].name
    band = identify(frames[0])
    parts = (base, band.name if band.nm is not None else _header(frames[0], "FILTER"))
    words = (_NO_NAME.sub("-", part).strip("-.") for part in parts if part)
    return "_".join([word for word in words if word] or ["field"])
