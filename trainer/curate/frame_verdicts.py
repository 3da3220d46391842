"""Whether a frame is fit to learn from, and in plain words why not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from astroview.core.messages.curate_messages import Why
from trainer.curate.frame_measures import FrameMeasures


@dataclass(frozen=True)
class Limits:
    """What a frame must have; see `FrameMeasures` for the measures."""

    least_side: int = 96
    most_missing: float = 0.5
    most_saturated: float = 0.2
    least_spread: float = 0.01
    least_detail: float = 0.45
    most_blocks: float = 2.0
    most_flat: float = 0.5
    most_ruled: float = 0.3
    most_noise: float = 0.9


@dataclass(frozen=True)
class FrameFinding:
    """What speaks against a file: the kind of reason, and the reason; both "" when nothing does."""

    why: Why = ""
    reason: str = ""


USUAL = Limits()
FIT = FrameFinding()
LOW_SIDE: tuple[Why, ...] = ("small", "blurred", "blocks")  # what the poorer of a pair may be
RULES: tuple[tuple[Why, Callable[[FrameMeasures, Limits], bool], str], ...] = (
    (
        "made",
        lambda k, m: k.made,
        "made by a network: its colour or detail was never measured",
    ),
    (
        "small",
        lambda k, m: min(k.height, k.width) < m.least_side,
        "too small: {height} × {width} pixels",
    ),
    (
        "missing",
        lambda k, m: k.missing > m.most_missing,
        "mostly without data: {missing:.0%} of the pixels",
    ),
    (
        "blank",
        lambda k, m: k.spread < m.least_spread,
        "blank: nothing stands out from the background",
    ),
    (
        "blank",
        lambda k, m: bool(k.calibration),
        "a calibration frame ({calibration}): it shows no sky",
    ),
    (
        "blank",
        lambda k, m: k.noise > m.most_noise,
        "noise alone: nothing stands out from it",
    ),
    (
        "chart",
        lambda k, m: k.ruled > m.most_ruled,
        "text or a diagram: {ruled:.0%} of what stands out is straight strokes",
    ),
    (
        "saturated",
        lambda k, m: k.saturated > m.most_saturated,
        "saturated: {saturated:.0%} of the pixels",
    ),
    ("chart", lambda k, m: k.flat > m.most_flat, "a drawing: {flat:.0%} of it is flat and bright"),
    ("blocks", lambda k, m: k.blocks > m.most_blocks, "blocks of a strong JPEG compression show"),
    (
        "blurred",
        lambda k, m: k.detail < m.least_detail,
        "blurred, or enlarged before: no detail in its pixels",
    ),
)


def finding(
    look: FrameMeasures, limits: Limits = USUAL, lenient: Iterable[Why] = ()
) -> FrameFinding:
    """The first rule that speaks against a frame; `FIT` when none does. ``lenient`` names rules
    that do not count.
    """
    for why, is_broken, words in RULES:
        if why not in lenient and is_broken(look, limits):
            return FrameFinding(why, words.format(**vars(look)))
    return FIT
