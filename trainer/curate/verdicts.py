"""Whether a frame is fit to learn from, and in plain words why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from trainer.curate.look import Look


@dataclass(frozen=True)
class Limits:
    """What a frame must have; see `Look` for the measures."""

    least_side: int = 96
    most_missing: float = 0.5
    most_saturated: float = 0.2
    least_spread: float = 0.01
    least_detail: float = 0.45
    most_blocks: float = 2.0
    most_flat: float = 0.3


USUAL = Limits()
RULES: tuple[tuple[Callable[[Look, Limits], bool], str], ...] = (
    (lambda k, m: min(k.height, k.width) < m.least_side, "too small: {height} × {width} pixels"),
    (lambda k, m: k.missing > m.most_missing, "mostly without data: {missing:.0%} of the pixels"),
    (lambda k, m: k.spread < m.least_spread, "blank: nothing stands out from the background"),
    (lambda k, m: k.saturated > m.most_saturated, "saturated: {saturated:.0%} of the pixels"),
    (lambda k, m: k.flat > m.most_flat, "a chart, text or drawing: {flat:.0%} flat and bright"),
    (lambda k, m: k.blocks > m.most_blocks, "blocks of a strong JPEG compression show"),
    (
        lambda k, m: k.detail < m.least_detail,
        "blurred, or enlarged before: no detail in its pixels",
    ),
)


def reason_against(look: Look, limits: Limits = USUAL) -> str:
    """Why a frame is refused, or "" when it is fit."""
    for is_broken, words in RULES:
        if is_broken(look, limits):
            return words.format(**vars(look))
    return ""
