"""What a run learns from: pictures to train on, to watch it by, and to judge it by."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from astroview.core.errors import DatasetProblem
from trainer import pictures
from trainer.config import TuneConfig
from trainer.pictures import Picture

LEAST = 4  # targets: two to learn from, one to watch, one to judge by
WATCHED = 24  # pictures that are scored while a run trains


@dataclass(frozen=True)
class Material:
    """No target is in two of the three parts, unless ``judged`` and ``watched`` are the same
    for want of targets; ``notes`` say so.
    """

    train: tuple[Picture, ...]
    watched: tuple[Picture, ...]
    judged: tuple[Picture, ...]
    refused: int = 0
    fingerprint: str = ""
    notes: tuple[str, ...] = ()


def gather(config: TuneConfig, progress: Callable[[int, int], None]) -> Material:
    """Read what ``config.data`` names.

    Raises
    ------
    DatasetProblem
        There is no such folder, nothing in it can be read, or it shows too few targets.
    """
    folder = Path(config.data)
    if not folder.is_dir():
        raise DatasetProblem(
            f"there is no folder {folder}", hint="Choose the folder that holds your pictures."
        )
    found = pictures.load(folder, progress)
    train, held = split(found, config.held_out)
    watched, judged, notes = _halves(held)
    return Material(train, watched, judged, 0, fingerprint(found), notes)


def split(
    found: Sequence[Picture], held_out: float
) -> tuple[tuple[Picture, ...], tuple[Picture, ...]]:
    """Training and held-out pictures; of few targets at least two are held out.

    Raises
    ------
    DatasetProblem
        The pictures show too few targets.
    """
    targets = sorted({p.target for p in found}, key=_hash)
    if len(targets) < LEAST:
        raise DatasetProblem(
            f"{len(found)} pictures of {len(targets)} targets are too few to learn from and to "
            f"be judged by: at least {LEAST} targets are needed",
            hint="Add pictures of other targets; 40 or more make a model much better.",
        )
    share = [int(_hash(t)[:8], 16) / 2**32 for t in targets]
    count = min(len(targets) - 2, max(2, sum(s < held_out for s in share)))
    held = set(targets[:count])
    return (
        tuple(p for p in found if p.target not in held),
        tuple(p for p in found if p.target in held),
    )


def fingerprint(found: Sequence[Picture]) -> str:
    """A sha256 over the pictures' pixels, whatever their files are called."""
    digests = sorted(hashlib.sha256(p.rgb.tobytes()).digest() for p in found)
    return hashlib.sha256(b"".join(digests)).hexdigest()


def _halves(
    held: Sequence[Picture],
) -> tuple[tuple[Picture, ...], tuple[Picture, ...], tuple[str, ...]]:
    """Pictures to choose weights by, and others to judge them by: what was chosen by a score
    looks better in it than it is.
    """
    targets = sorted({p.target for p in held}, key=_hash)
    if len(targets) < 2 * LEAST:
        few = f"{len(targets)} held-out targets are few: the best weights are chosen by them too."
        return _spread(held), tuple(held), (few,)
    mine = set(targets[::3])
    watched = tuple(p for p in held if p.target in mine)
    return _spread(watched), tuple(p for p in held if p.target not in mine), ()


def _spread(held: Sequence[Picture]) -> tuple[Picture, ...]:
    """So many that a score takes seconds, from all over the list."""
    step = max(1, -(-len(held) // WATCHED))
    return tuple(held[::step])


def _hash(target: str) -> str:
    return hashlib.sha256(target.encode()).hexdigest()
