"""Whether there is enough to learn from, in words for the user."""

from __future__ import annotations

from collections.abc import Sequence

from astroview.core.messages.curate_messages import Estimate, Goal, Level
from astroview.core.texts import Text
from trainer.curate.curated_samples import CuratedSample, for_goal

ENOUGH, FEW, LEAST = 40, 12, 4  # different targets: to train well, with some gain, and at all
NOTHING: dict[Goal, Text] = {
    "colour": Text("Colour: nothing to learn from."),
    "sharpen": Text("Sharpness: nothing to learn from."),
}
WANTED: dict[Goal, Text] = {
    "colour": Text("Colour pictures, or frames of one field in two filters or more, would serve."),
    "sharpen": Text("Sharp pictures or frames of at least 96 pixels a side would serve."),
}


def estimate(samples: Sequence[CuratedSample], goal: Goal) -> Estimate:
    """What there is to learn for one goal."""
    mine = for_goal(samples, goal)
    targets = len({s.target for s in mine})
    held = sum(s.held_out for s in mine)
    level = _level(targets, held)
    words = Text(
        "{counts} {advice}",
        counts=_counted(goal, len(mine), targets, held),
        advice=_advice(level, targets, goal),
    )
    if not mine:
        words = Text("{nothing} {advice}", nothing=NOTHING[goal], advice=WANTED[goal])
    judging = len({s.target for s in mine if s.held_out})
    return Estimate(goal, len(mine), targets, held, level, words, judging)


def _level(targets: int, held: int) -> Level:
    if targets < LEAST or not held:
        return "none"
    return "few" if targets < FEW else "some" if targets < ENOUGH else "enough"


def _counted(goal: Goal, samples: int, targets: int, held: int) -> Text:
    told = {
        "samples": Text.counted("{count} sample", "{count:,} samples", samples),
        "targets": Text.counted("{count} target", "{count:,} targets", targets),
        "held": f"{held:,}",
    }
    if goal == "colour":
        return Text("Colour: {samples} of {targets}, {held} held out for the scores.", **told)
    return Text("Sharpness: {samples} of {targets}, {held} held out for the scores.", **told)


def _advice(level: Level, targets: int, goal: Goal) -> Text:
    if level == "enough":
        return Text("That is enough to begin with.")
    if level == "some":
        return Text(
            "That is little: expect a small gain, and more from {enough} targets on.",
            enough=ENOUGH,
        )
    if level == "few":
        return Text(
            "That is very little: a gain is unlikely to show in the scores. "
            "At least {few} targets are advised.",
            few=FEW,
        )
    if targets >= LEAST:
        return Text("None of it is held out, so that nothing could be scored; add other targets.")
    return Text(
        "That is too little: at least {least} different targets are needed. {wanted}",
        least=LEAST,
        wanted=WANTED[goal],
    )
