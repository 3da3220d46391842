"""What combining frames says: ``astroview stack ... --events``, one JSON line each.

Events go out on stdout; nothing is asked. When stdin closes the process ends, and no file is left.
"""

from __future__ import annotations

from astroview.core import json_lines
from astroview.core.lazy_dataclass import dataclass


@dataclass(frozen=True)
class StackedFrame:
    """A frame that was given: how it lies on the reference, and whether it took part.

    Attributes
    ----------
    reason
        Why it took no part; "" where it did.
    dx, dy
        Its middle on the reference, in reference pixels from the same place (rows from the top).
    rotation, scale
        Degrees; its pixels in those of the reference.
    stars, rms, error
        Stars that told it, their residual along an axis and the shift's standard error, pixels.
    light
        Of the same star, in this frame's numbers over the reference's.
    noise
        Of its sky in the reference's unit.
    fwhm, ellipticity
        Of its stars, own pixels, without the pixel itself.
    exposure_s
        As its header tells; 0 where it does not.
    rejected
        Share of its pixels that were no measurement.
    residual
        Root mean square of what the stack leaves of its good pixels, in their noise; 0 where
        that was not asked (drizzle).
    """

    name: str
    reason: str = ""
    dx: float = 0.0
    dy: float = 0.0
    rotation: float = 0.0
    scale: float = 1.0
    stars: int = 0
    rms: float = 0.0
    error: float = 0.0
    light: float = 1.0
    noise: float = 0.0
    fwhm: float = 0.0
    ellipticity: float = 0.0
    exposure_s: float = 0.0
    rejected: float = 0.0
    residual: float = 0.0
    is_reference: bool = False


@dataclass(frozen=True)
class StackProgress:
    """How far one step is; ``of`` is 0 where that cannot be told, ``eta_s`` None likewise."""

    done: int
    of: int
    note: str
    eta_s: float | None = None


@dataclass(frozen=True)
class StackDone:
    """The last event: the file is written.

    ``rounds`` of the likelihood; 0 of drizzle. ``height`` and ``width`` are the reference's.
    ``remark`` is what the user should know of the result; "" where there is nothing.
    """

    path: str
    scale: int
    method: str
    rounds: int
    frames: tuple[StackedFrame, ...]
    height: int
    width: int
    seconds: float
    remark: str = ""


@dataclass(frozen=True)
class StackFields:
    """The first event of combining by field: names of the stacks, and frames that are alone."""

    names: tuple[str, ...]
    alone: tuple[StackedFrame, ...] = ()


@dataclass(frozen=True)
class StackProblem:
    """Nothing could be combined (of one of the fields), and no file was written.

    ``filters``: because the frames are of different filters, which may be allowed.
    """

    message: str
    hint: str = ""
    filters: bool = False


StackEvent = StackProgress | StackDone | StackFields | StackProblem

_TYPES: dict[str, type[StackEvent]] = {
    kind.__name__: kind for kind in (StackProgress, StackDone, StackFields, StackProblem)
}


def encode(message: StackEvent) -> str:
    """One line of JSON, pure ASCII, without the newline."""
    return json_lines.encode(message)


def decode(line: str) -> StackEvent:
    """The message in a line; the inverse of `encode`. Raises ValueError when there is none."""
    return json_lines.decode(line, _TYPES)
