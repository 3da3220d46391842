"""Where training pictures come from: a curation's report, a folder, or tar shards in one.

A `PictureSource` is named and told apart by target before anything is decoded;
`PictureSource.read` decodes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from astroview.core.errors import DatasetProblem, UnreadableFrame
from astroview.core.io.paths.find_frames import FoundFile, find
from astroview.core.io.paths.plain_paths import plain
from astroview.core.messages.curate_messages import Goal
from astroview.core.models.model_card import Task
from astroview.core.texts import Text
from trainer.curate import curated_samples
from trainer.curate.curate_run import verdicts
from trainer.curate.curated_samples import CuratedSample
from trainer.curate.curation_report import CurationEntry
from trainer.data import pictures, shards
from trainer.data.pictures import Picture
from trainer.data.target_names import target_of

Progress = Callable[[int, int], None]


def silent(_done: int, _of: int) -> None:
    """Tell nobody how far it is."""


@dataclass(frozen=True)
class PictureSource:
    """One picture that may be learnt from.

    ``held_out`` is what a report or a shard says of it, None where nobody has: then the split is
    made by targets. ``read`` raises AstroviewError or OSError when it cannot be used.
    """

    name: str
    target: str
    held_out: bool | None
    read: Callable[[], Picture]


def sources(
    place: Path, task: Task, progress: Progress = silent, scale: int = 0
) -> list[PictureSource]:
    """What there is to learn that task from: by a report's verdicts, or by the verdicts that
    `trainer.curate` has for a folder, and all shards below it. A file that it refuses is a source
    whose ``read`` says why. The better frame of a pair is so many times as fine as ``scale`` says;
    0 leaves it as it is.

    Raises
    ------
    DatasetProblem
        There is nothing at that place, or nothing in it is a frame.
    """
    place = plain(place)
    if not place.exists():
        raise DatasetProblem(
            Text("there is no folder {place}", place=place),
            hint="Choose the folder that holds your pictures.",
        )
    if curated_samples.is_report(place):
        chosen = curated_samples.for_goal(curated_samples.read_samples(place), _goal(task))
        return [_of_sample(s, task, scale) for s in chosen]
    if place.is_file():
        return _of_file(place, task)
    packed = [
        _of_member(m, task) for path in sorted(place.rglob("*.tar")) for m in shards.members(path)
    ]
    if next((f for f in find([place]) if isinstance(f, FoundFile)), None) is not None:
        return _of_folder(place, task, progress, scale) + packed
    if not packed:
        raise DatasetProblem(
            Text("{name} holds no picture that can be read", name=plain(place).name),
            hint="Give a folder with FITS, TIFF, PNG or JPEG files, or tar shards of them.",
        )
    return packed


def _goal(task: Task) -> Goal:
    return "colour" if task == "colorize" else "sharpen"


def _of_file(path: Path, task: Task) -> list[PictureSource]:
    if path.suffix == ".tar":
        return [_of_member(member, task) for member in shards.members(path)]
    sample = CuratedSample("colour", (path,), target_of(path.stem) or path.name, held_out=False)
    return [
        PictureSource(
            path.name,
            sample.target,
            None,
            partial(_read, sample, task, path.name, 1.0, strict=True),
        )
    ]


def _of_folder(
    folder: Path, task: Task, progress: Callable[[int, int], None], scale: int
) -> list[PictureSource]:
    notes = pictures.manifest(folder)

    def note(path: Path) -> dict[str, str]:
        return notes.get(path.relative_to(folder).as_posix(), {})

    def named(path: Path) -> str:
        return target_of(note(path).get("mission_credit", "")) or ""

    report = verdicts(folder, progress, named)
    made: list[PictureSource] = []
    chosen = curated_samples.for_goal(report.samples, _goal(task))
    for sample in chosen:
        name = sample.paths[0].relative_to(folder).as_posix()
        sharpness = float(note(sample.paths[0]).get("sharpness") or 1.0)
        read = partial(_read, sample, task, name, sharpness, scale=scale)
        made.append(PictureSource(name, sample.target, None, read))
    taken = {path for sample in chosen for path in sample.paths}
    return made + [_refused(e, task) for e in report.entries if Path(e.path) not in taken]


def _refused(entry: CurationEntry, task: Task) -> PictureSource:
    name = Path(entry.path).name
    grey = "grey: no colour can be learnt from it" if task == "colorize" else "of no use here"

    def read() -> Picture:
        raise UnreadableFrame(Text("{name}: {reason}", name=name, reason=entry.reason or grey))

    return PictureSource(name, entry.target, None, read)


def _of_sample(sample: CuratedSample, task: Task, scale: int) -> PictureSource:
    read = partial(_read, sample, task, sample.name, sample.detail, scale=scale)
    return PictureSource(sample.name, sample.target, sample.held_out, read)


def _of_member(member: shards.Member, task: Task) -> PictureSource:
    def read() -> Picture:
        return _fit_for(task, shards.picture(member))

    return PictureSource(member.name, member.target, member.held_out, read)


def _read(
    sample: CuratedSample,
    task: Task,
    name: str,
    sharpness: float,
    *,
    strict: bool = False,
    scale: int = 0,
) -> Picture:
    if sample.kind == "pair":
        low, high = curated_samples.pixel_pair(sample, scale)
        rgb = np.repeat(high[..., None], 3, -1)
        return Picture(name, rgb, sample.target, sharpness, low)
    made = curated_samples.as_picture(sample, strict=strict)
    path = sample.paths[0] if made.rgb.shape and sample.kind == "sharpen" else None
    return _fit_for(task, replace(made, name=name, sharpness=sharpness, path=path))


def _fit_for(task: Task, picture: Picture) -> Picture:
    red, green, blue = np.moveaxis(picture.rgb, -1, 0)
    if task == "colorize" and np.array_equal(red, green) and np.array_equal(red, blue):
        raise UnreadableFrame(
            Text("{name} is grey: no colour can be learnt from it", name=picture.name)
        )
    return picture
