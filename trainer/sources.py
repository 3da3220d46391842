"""Where training pictures come from: a curation's report, a folder, or tar shards in one.

A `Source` is named and told apart by target before anything is decoded; `Source.read` decodes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from astroview.core.errors import DatasetProblem, UnreadableFrame
from astroview.core.listing import Found, find
from astroview.core.models import Task
from astroview.core.plain_paths import plain
from trainer import pictures, shards
from trainer.curate import samples
from trainer.curate.samples import Sample
from trainer.pictures import Picture


@dataclass(frozen=True)
class Source:
    """One picture that may be learnt from.

    ``held_out`` is what a report or a shard says of it, None where nobody has: then the split is
    made by targets. ``read`` raises AstroviewError or OSError when it cannot be used.
    """

    name: str
    target: str
    held_out: bool | None
    read: Callable[[], Picture]


def sources(place: Path, task: Task) -> list[Source]:
    """What there is to learn that task from: by a report's verdicts, or all pictures, frames and
    shards below a folder.

    Raises
    ------
    DatasetProblem
        There is nothing at that place, or nothing in it is a frame.
    """
    place = plain(place)
    if not place.exists():
        raise DatasetProblem(
            f"there is no folder {place}", hint="Choose the folder that holds your pictures."
        )
    if samples.is_report(place):
        goal = "colour" if task == "colorize" else "sharpen"
        chosen = samples.for_goal(samples.read_samples(place), goal)
        return [_of_sample(s, task) for s in chosen]
    found = [place] if place.is_file() else []
    if place.is_dir():
        found = [Path(f.source) for f in find([place]) if isinstance(f, Found)]
        found += sorted(place.rglob("*.tar"))
    if not found:
        raise DatasetProblem(
            f"{place.name} holds no picture that can be read",
            hint="Give a folder with FITS, TIFF, PNG or JPEG files, or tar shards of them.",
        )
    return _of_files(place if place.is_dir() else place.parent, found, task)


def _of_files(folder: Path, found: list[Path], task: Task) -> list[Source]:
    notes = pictures.manifest(folder)
    made: list[Source] = []
    for path in found:
        if path.suffix == ".tar":
            made += [_of_member(member, task) for member in shards.members(path)]
            continue
        name = path.relative_to(folder).as_posix()
        note = notes.get(name, {})
        target = pictures.target_of(f"{name} {note.get('mission_credit', '')}") or name
        sample = Sample("colour", (path,), target, held_out=False)
        sharpness = float(note.get("sharpness") or 1.0)
        read = partial(_read, sample, task, name, sharpness, strict=True)
        made.append(Source(name, target, None, read))
    return made


def _of_sample(sample: Sample, task: Task) -> Source:
    read = partial(_read, sample, task, sample.name, sample.detail)
    return Source(sample.name, sample.target, sample.held_out, read)


def _of_member(member: shards.Member, task: Task) -> Source:
    def read() -> Picture:
        return _fit_for(task, shards.picture(member))

    return Source(member.name, member.target, member.held_out, read)


def _read(
    sample: Sample, task: Task, name: str, sharpness: float, *, strict: bool = False
) -> Picture:
    if sample.kind == "pair":
        low, high = samples.pixel_pair(sample)
        rgb = np.repeat(high[..., None], 3, -1)
        return Picture(name, rgb, sample.target, sharpness, low)
    made = samples.as_picture(sample, strict=strict)
    return _fit_for(task, replace(made, name=name, sharpness=sharpness))


def _fit_for(task: Task, picture: Picture) -> Picture:
    red, green, blue = np.moveaxis(picture.rgb, -1, 0)
    if task == "colorize" and np.array_equal(red, green) and np.array_equal(red, blue):
        raise UnreadableFrame(f"{picture.name} is grey: no colour can be learnt from it")
    return picture
