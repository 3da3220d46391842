"""Files looked at one after the other: their facts and, when wished, their measures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from astroview.core.errors import AstroviewError, Cancelled
from astroview.core.lazy_dataclass import dataclass
from astroview.core.lightbox.frame_facts import FrameFacts, facts_of_file
from astroview.core.lightbox.frame_quality import FrameQuality, quality_of


@dataclass(frozen=True)
class SeenFile:
    """A file as it was when it was looked at; ``quality`` is None when it was not measured."""

    path: str
    size: int
    mtime_ns: int
    facts: FrameFacts
    quality: FrameQuality | None = None


def look_at(
    paths: Sequence[str], measure: bool, is_cancelled: Callable[[], bool]
) -> tuple[SeenFile, ...]:
    """Look at files. One that is damaged stops none: its facts say why.

    Raises
    ------
    Cancelled
        Between two files, when that is wished.
    """
    found: list[SeenFile] = []
    for path in paths:
        if is_cancelled():
            raise Cancelled
        found.append(_look_at(Path(path), measure))
    return tuple(found)


def _look_at(path: Path, measure: bool) -> SeenFile:
    try:
        status = path.stat()
        state = (str(path), status.st_size, status.st_mtime_ns)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        return SeenFile(str(path), 0, 0, FrameFacts(problem=f"{path.name}: {reason}"))
    facts, frame = facts_of_file(path)
    if not measure:
        return SeenFile(*state, facts)
    try:
        quality = quality_of(frame) if frame is not None else FrameQuality()
    except AstroviewError as problem:
        return SeenFile(*state, FrameFacts(problem=problem.message), FrameQuality())
    return SeenFile(*state, facts, quality)
