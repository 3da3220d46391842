"""What a run learns from: pictures to train on, to watch it by, and to judge it by."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from astroview.core.errors import AstroviewError, DatasetProblem
from astroview.core.models.model_card import Task
from astroview.core.texts import Text
from trainer.config import FEW_HELD, TuneConfig
from trainer.data import pictures
from trainer.data.picture_sources import PictureSource, sources
from trainer.data.pictures import Shown
from trainer.data.streamed_pictures import Shelf, Streamed
from trainer.loop.hardware import free_memory

MEMORY_SHARE = 0.4  # of free memory may hold pictures; more of them are streamed
LEAST = 4  # targets: two to learn from, one to watch, one to judge by
WATCHED = 24  # pictures that are scored while a run trains
WATCHED_PIXELS = 4 * 2**20  # of them together, at most
Bytes = NDArray[np.uint8]


@dataclass(frozen=True)
class Material:
    """No target is in two of the three parts, unless ``judged`` and ``watched`` are the same
    for want of targets (``shared``); ``notes`` say so.
    """

    train: tuple[Shown, ...]
    watched: tuple[Shown, ...]
    judged: tuple[Shown, ...]
    refused: int = 0
    fingerprint: str = ""
    notes: tuple[str, ...] = ()

    @property
    def shared(self) -> bool:
        """Whether the same pictures are to be watched and to judge: too few to do both."""
        return self.watched == self.judged

    def noted(self, note: str) -> Material:
        """With one thing more to be known."""
        return replace(self, notes=(*self.notes, note))


def gather(
    config: TuneConfig, task: Task, progress: Callable[[int, int], None], scale: int = 0
) -> Material:
    """Look at what ``config.data`` names; keep it in memory, or leave it in its files where that
    is wished or memory is short. The better frames of pairs are ``scale`` times as fine.

    Raises
    ------
    DatasetProblem
        There is no such place, nothing in it can be read, or it shows too few targets.
    """
    listed = sources(Path(config.data), task, progress, scale)
    seen = _Seen(config.shards)
    for i, source in enumerate(listed):
        seen.look_at(source)
        progress(i + 1, len(listed))
    if not seen.found:
        raise DatasetProblem(
            Text(
                "nothing in {name} can be learnt from: {first_problem}",
                name=Path(config.data).name,
                first_problem=seen.first_problem,
            ),
            hint="astroview curate says of each file why.",
        )
    if any(held is not None for held in seen.held):
        pairs = list(zip(seen.found, seen.held, strict=True))
        train, held = (tuple(p for p, h in pairs if bool(h) == side) for side in (False, True))
        _check_targets(seen.found, train, held)
    else:
        targets = pictures.join_lookalikes([p.target for p in seen.found], seen.looks)
        train, held = split(seen.with_targets(targets), config.held_out)
    return Material(train, *_halves(held), seen.refused, seen.fingerprint, seen.notes())


class _Seen:
    """What was looked at so far."""

    def __init__(self, streams: bool) -> None:
        self.found: list[Shown] = []
        self.held: list[bool | None] = []
        self.looks: list[int] = []
        self.refused, self.first_problem = 0, "no file is a picture"
        self._digests: list[bytes] = []
        self._room = MEMORY_SHARE * free_memory()
        self._kept, self._wished = 0, streams
        self._streams = streams
        self._shelf = Shelf(self._room / 2)

    def look_at(self, source: PictureSource) -> None:
        """Decode a picture; one that cannot be used is counted, and left out."""
        try:
            seen = source.read()
        except (AstroviewError, OSError, ValueError) as problem:
            self.first_problem = self.first_problem if self.refused else str(problem)
            self.refused += 1
            return
        self.looks.append(pictures.look(Image.fromarray(seen.rgb)))
        self._digests.append(hashlib.sha256(seen.rgb.tobytes()).digest())
        self._kept += seen.rgb.nbytes
        self._streams = self._streams or self._kept > self._room
        streamed = Streamed(source, seen, self._shelf)
        self.found.append(streamed if self._streams else seen)
        self.held.append(source.held_out)

    def with_targets(self, targets: Sequence[str]) -> list[Shown]:
        """The pictures with other targets' keys."""
        return [p.of(target) for p, target in zip(self.found, targets, strict=True)]

    @property
    def fingerprint(self) -> str:
        """A sha256 over the pixels of all pictures, whatever their files are called."""
        return hashlib.sha256(b"".join(sorted(self._digests))).hexdigest()

    def notes(self) -> tuple[str, ...]:
        """What is to be known."""
        made: list[str] = []
        if self.refused:
            others = f", and {self.refused - 1:,} more" if self.refused > 1 else ""
            made.append(f"Left out: {self.first_problem}{others}.")
        if self._streams and not self._wished:
            made.append(f"{self._kept / 1e9:.1f} GB of pictures: streamed from their files.")
        return tuple(made)


def split(found: Sequence[Shown], held_out: float) -> tuple[tuple[Shown, ...], tuple[Shown, ...]]:
    """Training and held-out pictures; of few targets at least two are held out.

    Raises
    ------
    DatasetProblem
        The pictures show too few targets.
    """
    targets = sorted({p.target for p in found}, key=_hash)
    if len(targets) < LEAST:
        raise _too_few(len(found), len(targets))
    share = [int(_hash(t)[:8], 16) / 2**32 for t in targets]
    count = min(len(targets) - 2, max(2, sum(s < held_out for s in share)))
    held = set(targets[:count])
    return (
        tuple(p for p in found if p.target not in held),
        tuple(p for p in found if p.target in held),
    )


def _check_targets(found: Sequence[Shown], train: Sequence[Shown], held: Sequence[Shown]) -> None:
    targets = len({p.target for p in found})
    if targets < LEAST or not train or not held:
        raise _too_few(len(found), targets)


def _too_few(count: int, targets: int) -> DatasetProblem:
    return DatasetProblem(
        Text(
            "{count} pictures of {targets} targets are too few to learn from and to be "
            "judged by: at least {least} targets are needed",
            count=count,
            targets=targets,
            least=LEAST,
        ),
        hint="Add pictures of other targets; 40 or more make a model much better.",
    )


def _halves(held: Sequence[Shown]) -> tuple[tuple[Shown, ...], tuple[Shown, ...]]:
    """Pictures to choose weights by, and others to judge them by: what was chosen by a score
    looks better in it than it is. All for both, where there are too few.
    """
    targets = sorted({p.target for p in held}, key=_hash)
    if len(targets) < FEW_HELD:
        return tuple(held), tuple(held)
    mine = set(targets[::3])
    watched = tuple(p for p in held if p.target in mine)
    return watched, tuple(p for p in held if p.target not in mine)


def spread(held: Sequence[Shown]) -> tuple[Shown, ...]:
    """So many, and so much of each, that a score takes seconds: from all over the list, and of
    large pictures the middle.
    """
    step = max(1, -(-len(held) // WATCHED))
    some = held[::step]
    side = int((WATCHED_PIXELS / max(len(some), 1)) ** 0.5) // 16 * 16
    return tuple(p if p.shape[0] * p.shape[1] <= side**2 else Middle(p, side) for p in some)


@dataclass(frozen=True)
class Middle:
    """The middle of a picture, ``side`` pixels square or what there is of that; see `Shown`."""

    picture: Shown
    side: int

    @property
    def name(self) -> str:
        return self.picture.name

    @property
    def target(self) -> str:
        return self.picture.target

    @property
    def sharpness(self) -> float:
        return self.picture.sharpness

    @property
    def shape(self) -> tuple[int, int]:
        height, width = self.picture.shape
        return min(height, self.side), min(width, self.side)

    @property
    def rgb(self) -> Bytes:
        return self.picture.rgb[self._part(1)]

    @property
    def luma(self) -> Bytes:
        return self.picture.luma[self._part(1)]

    @property
    def low(self) -> Bytes | None:
        low = self.picture.low
        return None if low is None else low[self._part(self.picture.shape[0] // low.shape[0])]

    def of(self, target: str) -> Middle:
        """The same picture with another target's key."""
        return Middle(self.picture.of(target), self.side)

    def _part(self, scale: int) -> tuple[slice, slice]:
        """Its rows and columns in the picture, or in one that is ``scale`` times as coarse."""
        pairs = zip(self.picture.shape, self.shape, strict=True)
        firsts = [(whole - part) // 2 // 16 * 16 // scale for whole, part in pairs]
        y, x = (slice(a, a + n // scale) for a, n in zip(firsts, self.shape, strict=True))
        return y, x


def _hash(target: str) -> str:
    return hashlib.sha256(target.encode(errors="surrogatepass")).hexdigest()
