"""Which open frames make a stack with the one that is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from astroview.core.frame import Frame
from astroview.core.lazy_dataclass import dataclass


@dataclass(frozen=True)
class Combinable:
    """Files of one field and filter, and the HDU of each; None: the one a file opens with."""

    paths: tuple[Path, ...] = ()
    hdu: int | str | None = None

    @property
    def count(self) -> int:
        return len(self.paths)


NOTHING = Combinable()


def marked(frames: Sequence[Frame]) -> Combinable:
    """What was chosen by hand: whatever of it can be combined at all."""
    return _of([frame for frame in frames if _is_measured(frame)])


def measured(frames: Sequence[Frame]) -> tuple[Path, ...]:
    """The files of frames that can be combined at all, each once."""
    paths = (frame.path for frame in frames if frame.path is not None and _is_measured(frame))
    return tuple(dict.fromkeys(paths))


def fellows(frames: Sequence[Frame], chosen: Frame) -> Combinable:
    """The frames of the chosen one's field and filter; `NOTHING` where it is alone. Any thread.

    Without sky coordinates only frames of one shape and one known filter belong together.
    """
    from astroview.core.bands.bands import identify, same_field

    if not _is_measured(chosen):
        return NOTHING
    band = identify(chosen).nm
    alike = [chosen]
    for frame in frames:
        if frame is chosen or not _is_measured(frame) or frame.path == chosen.path:
            continue
        if identify(frame).nm != band or (chosen.wcs is None and band is None):
            continue
        if same_field(chosen, frame) and frame.hdu == chosen.hdu:
            alike.append(frame)
    return _of(sorted(alike, key=lambda frame: str(frame.path)))


def _is_measured(frame: Frame) -> bool:
    grey = frame.channels == 1 and frame.kind == "linear" and frame.chroma is None
    combined = frame.header is not None and "STKMETH" in frame.header
    return grey and frame.path is not None and frame.plane == 0 and not combined


def _of(frames: Sequence[Frame]) -> Combinable:
    paths = tuple(dict.fromkeys(frame.path for frame in frames if frame.path is not None))
    hdus = {frame.hdu for frame in frames}
    if len(paths) < 2:
        return NOTHING
    return Combinable(paths, next(iter(hdus)) if len(hdus) == 1 else None)
