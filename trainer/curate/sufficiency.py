"""Whether there is enough to learn from, in words for the user."""

from __future__ import annotations

from collections.abc import Sequence

from astroview.core.messages.curate_messages import Estimate, Goal, Level
from trainer.curate.curated_samples import CuratedSample, for_goal

ENOUGH, FEW, LEAST = 40, 12, 4  # different targets: to train well, with some gain, and at all
TITLES: dict[Goal, str] = {"colour": "Colour", "sharpen": "Sharpness"}


def estimate(samples: Sequence[CuratedSample], goal: Goal) -> Estimate:
    """What there is to learn for one goal."""
    mine = for_goal(samples, goal)
    targets = len({s.target for s in mine})
    held = sum(s.held_out for s in mine)
    level = _level(targets, held)
    words = f"{TITLES[goal]}: {_counted(len(mine), targets, held)}. {_advice(level, targets, goal)}"
    if not mine:
        words = f"{TITLES[goal]}: nothing to learn from. {_wanted(goal)}"
    judging = len({s.target for s in mine if s.held_out})
    return Estimate(goal, len(mine), targets, held, level, words, judging)


def _level(targets: int, held: int) -> Level:
    if targets < LEAST or not held:
        return "none"
    return "few" if targets < FEW else "some" if targets < ENOUGH else "enough"


def _counted(samples: int, targets: int, held: int) -> str:
    pictures = "1 sample" if samples == 1 else f"{samples:,} samples"
    pieces = "1 target" if targets == 1 else f"{targets:,} targets"
    return f"{pictures} of {pieces}, {held:,} held out for the scores"


def _advice(level: Level, targets: int, goal: Goal) -> str:
    if level == "enough":
        return "That is enough to begin with."
    if level == "some":
        return f"That is little: expect a small gain, and more from {ENOUGH} targets on."
    if level == "few":
        return (
            "That is very little: a gain is unlikely to show in the scores. "
            f"At least {FEW} targets are advised."
        )
    if targets >= LEAST:
        return "None of it is held out, so that nothing could be scored; add other targets."
    return f"That is too little: at least {LEAST} different targets are needed. {_wanted(goal)}"


def _wanted(goal: Goal) -> str:
    if goal == "colour":
        return "Colour pictures, or frames of one field in two filters or more, would serve."
    return "Sharp pictures or frames of at least 96 pixels a side would serve."
