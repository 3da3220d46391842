"""Pixels of a measured frame that are no measurement: a rule of the frame tells them.

What needs the whole frame (how values are distributed, which of them stand for "no data", from
where on the detector is full) is measured once, from a sample; whether a pixel is bad then
depends on what lies within `NEAR` of it alone. So tiles, windows and single places agree with
the whole.

Legend: ``x`` samples (H, W) or (H, W, 3) in native units, NaN where there are none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from astroview.core.bad_pixels.saturation import saturation_level
from astroview.core.bad_pixels.star_test import REACH, sharper_than_a_star
from astroview.core.colour.stretch import sample
from astroview.core.frame import Frame, Window
from astroview.core.lazy_dataclass import dataclass

FloatArray = NDArray[np.float32]
Mask = NDArray[np.bool_]

NEAR = REACH  # pixels around one that decide whether it is bad
# Values that stand for "no data" where they lie far outside what the frame measured.
SENTINELS = (
    *(0.0, -1.0, -32768.0, -32767.0, 32767.0, 65535.0, -2147483648.0, 2147483647.0),
    *(-(10.0**digits) + one for digits in range(2, 7) for one in (0, 1)),
    *(10.0**digits - 1 for digits in range(4, 7)),
)
NAMED, FAR = 10.0, 30.0  # widths of the distribution below the sky: values of a name, and others
REPEATED = 3  # times that a value of no name occurs in the sample
BEYOND = 1e4  # times the range of the bulk: no detector counts so far
MOST_ARE_MEASURED = 0.5  # part of a frame that is not called "no data" by being repeated
FAR_BEYOND = 1e6  # likewise of what repeats itself: full pixels do too
FEW = 8  # values that stand for "no data" in one frame, at most, above and below
FULL_AT_MOST = 0.1  # of the sample: a keyword that says more is full speaks of other units
# Kinds, as HISTORY tells them.
NO_DATA = "without data"
STANDS_FOR_NONE = "standing for no data"
SATURATED = "saturated"
STRUCK = "struck or dead"
FLAGGED = "flagged as bad by the file"
NO_ERROR = "without a valid error"


class PixelFlags(Protocol):
    """What the file itself says of its pixels, on the grid of its frame; ``lines`` tell the
    history how.
    """

    @property
    def lines(self) -> tuple[str, ...]: ...

    def read(self, window: Window, step: int) -> dict[str, Mask]:
        """By kind, which pixels of a window are bad, every `step`-th row and column: (H', W')."""
        ...


@dataclass(frozen=True)
class Rule:
    """What is bad in a frame.

    Attributes
    ----------
    sky, noise
        Level and standard deviation of the sky.
    low, high
        Outside these nothing was measured.
    sentinels
        Values that stand for "no data".
    full
        The value from which on the detector is full, or None.
    flags
        What the file says of its pixels, where it does and is believed.
    """

    sky: float
    noise: float
    low: float
    high: float
    sentinels: tuple[float, ...] = ()
    full: float | None = None
    flags: PixelFlags | None = None

    def told(self, x: FloatArray, flagged: dict[str, Mask] | None = None) -> dict[str, Mask]:
        """What single values tell, and then what is ``flagged`` of them; by kind, in the shape of
        x. No pixel is of two kinds.
        """
        made = {NO_DATA: ~np.isfinite(x)}
        with np.errstate(invalid="ignore", over="ignore"):
            named = (x < self.low) | (x > self.high)
            for value in self.sentinels:
                named |= x == np.float32(value)
            made[STANDS_FOR_NONE] = named & ~made[NO_DATA]
            if self.full is not None:
                made[SATURATED] = (x >= self.full) & ~named
        for kind, mask in (flagged or {}).items():
            made[kind] = (mask if x.ndim == 2 else mask[..., None]) & ~any_of(made)
        return made

    def bad(self, x: FloatArray, flagged: dict[str, Mask] | None = None) -> dict[str, Mask]:
        """What is bad, by kind; single pixels of grey or of each channel too."""
        made = self.told(x, flagged)
        good = np.where(any_of(made), np.float32(np.nan), x)
        spikes = [sharper_than_a_star(plane, self.noise) for plane in planes_of(good)]
        made[STRUCK] = np.stack(spikes, -1) if x.ndim == 3 else spikes[0]
        return made


def judged(frame: Frame, rule: Rule | None, window: Window) -> tuple[FloatArray, dict[str, Mask]]:
    """Samples of a window, clipped to the frame, and by kind which of them are no measurement.

    Pixels within `NEAR` of the window's rim are told as if the frame ended there.
    """
    inside = window.clip(frame.shape)
    x = frame.read(inside)
    if rule is None:
        return x, {NO_DATA: ~np.isfinite(x)}
    return x, rule.bad(x, rule.flags.read(inside, 1) if rule.flags else None)


def read_good(
    frame: Frame, rule: Rule | None, window: Window | None = None, step: int = 1
) -> FloatArray:
    """As `Frame.read`, with NaN for what is told to be no measurement by its value or the file; a
    full detector still tells that there is light, and what was struck stays.
    """
    inside = (window or Window.whole(frame.shape)).clip(frame.shape)
    return without(frame.read(inside, step), rule, inside, step)


def without(x: FloatArray, rule: Rule | None, window: Window, step: int = 1) -> FloatArray:
    """What `read_good` makes of samples that were read."""
    if rule is None:
        return x
    told = rule.told(x, rule.flags.read(window, step) if rule.flags else None)
    bad = any_of({kind: mask for kind, mask in told.items() if kind != SATURATED})
    return np.where(bad, np.float32(np.nan), x) if bad.any() else x


@dataclass(frozen=True, eq=False)
class GoodSource:
    """The source of a frame whose reads are `read_good`."""

    frame: Frame
    rule: Rule

    def read(self, window: Window, step: int) -> FloatArray:
        return read_good(self.frame, self.rule, window, step)


def good_frame(frame: Frame) -> Frame:
    """A frame with NaN for what its values tell to be no measurement; for who measures sky or
    stars and has no rule at hand.
    """
    if isinstance(frame.source, GoodSource):
        return frame
    rule = rule_for(frame, sample(frame))
    return frame if rule is None else replace(frame, source=GoodSource(frame, rule))


def rule_for(frame: Frame, seen: FloatArray, flags: PixelFlags | None = None) -> Rule | None:
    """The rule of a frame of which a `sample` is at hand; None for display pictures, whose every
    value is one.
    """
    if frame.kind != "linear":
        return None
    return replace(rule_of(seen, saturation_level(frame)), flags=flags)


def rule_of(seen: FloatArray, full: float | None = None) -> Rule:
    """The rule that a sample of a frame tells, any shape; the noise is left open."""
    values = seen[np.isfinite(seen)].astype(np.float64)
    plain = values[~np.isin(values, SENTINELS)]
    if plain.size < 0.02 * values.size or plain.size == 0:
        plain = values
    if plain.size == 0:
        return Rule(0.0, 0.0, -np.inf, np.inf)
    sky, below, bulk = _spread(*_without_far_ends(np.sort(plain)))
    low, high = _low(sky, below, bulk), sky + max(FAR * below, bulk)
    known = [v for v in SENTINELS if v < sky - NAMED * below or v > high]
    if full is not None and float((values >= full).mean()) > FULL_AT_MOST:
        full = None
    return Rule(
        sky,
        0.0,
        sky - BEYOND * bulk if bulk else -np.inf,
        sky + BEYOND * bulk if bulk else np.inf,
        (*known, *_repeated(values, low)),
        full,
    )


def _spread(ordered: NDArray[np.float64], step: float) -> tuple[float, float, float]:
    """Of sorted values the median, the width below it, and how far the bulk reaches from it.

    Values that are multiples of a step, as photons are counted, are no narrower than it.
    """
    sky, least, most = (float(ordered[int(q * (ordered.size - 1))]) for q in (0.5, 0.01, 0.999))
    deviation = 1.4826 * float(np.median(np.abs(ordered - sky)))
    return sky, max(deviation, (sky - least) / 2.33, step), max(most - sky, sky - least)


def _low(sky: float, below: float, bulk: float) -> float:
    """Below this a value that repeats itself stands for "no data"."""
    return sky - FAR * below - 0.02 * bulk


def _without_far_ends(ordered: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """Sorted values without those at either end that the rest does not explain, and the smallest
    step between any two. Of a frame whose rim holds -1e10 they would pass for its distribution.

    What may go is repeated, of a few values, and at most half of all.
    """
    steps = np.diff(ordered)
    step = float(np.min(steps, initial=np.inf, where=steps > 0))
    step = step if np.isfinite(step) else 0.0
    most = int(ordered.size * (1 - MOST_ARE_MEASURED))
    first = _repeated_first(ordered, most)
    last = ordered.size - _repeated_first(-ordered[::-1], most - first)
    if first == 0 and last == ordered.size:
        return ordered, step
    sky, below, bulk = _spread(ordered[first:last], step)
    first = min(first, int(np.searchsorted(ordered, _low(sky, below, bulk))))
    if bulk or below:
        high = sky + FAR_BEYOND * max(bulk, below)
        last = max(last, int(np.searchsorted(ordered, high, "right")))
    return ordered[first:last], step


def _repeated_first(ordered: NDArray[np.float64], most: int) -> int:
    """How many of the first sorted values are a few that occur again and again."""
    count = 0
    for _ in range(FEW):
        if count == ordered.size:
            break
        after = int(np.searchsorted(ordered, ordered[count], "right"))
        if after - count < REPEATED or after > most:
            break
        count = after
    return count


def _repeated(values: NDArray[np.float64], low: float) -> Iterator[float]:
    """Values far below the sky that occur again and again: noise does not repeat itself."""
    found, counts = np.unique(values[values < low], return_counts=True)
    for value, count in zip(found.tolist(), counts.tolist(), strict=True):
        if count >= REPEATED and value not in SENTINELS:
            yield value


def any_of(kinds: dict[str, Mask]) -> Mask:
    """Where a pixel is of any kind."""
    return np.logical_or.reduce(list(kinds.values()))


def planes_of(x: NDArray[Any]) -> list[NDArray[Any]]:
    """The channels of (H, W) or (H, W, C), each (H, W)."""
    return [x[..., i] for i in range(x.shape[2])] if x.ndim == 3 else [x]
