"""What a budget buys, in words: how many steps, and what the folds of few targets leave of it."""

from __future__ import annotations

from collections.abc import Sequence

from astroview.core.messages.curate_messages import Estimate
from astroview.core.settings import TrainSettings
from astroview.ui.i18n.translate import tr
from trainer.config import FEW_HELD, FOLDS


def budget_note(
    choices: TrainSettings, estimates: Sequence[Estimate], goals: Sequence[str], rate: float
) -> str:
    """What is to be known before a run begins; empty where there is nothing.

    Parameters
    ----------
    estimates, goals
        What was found in the folder, and what is to be learnt of it.
    rate
        Steps a second of the last run of such a model on that device; 0 where there was none.
    """
    mine = [one for one in estimates if one.goal in goals]
    if not any(one.judging < FEW_HELD for one in mine):
        each = _budget(choices, rate, 1) if rate and choices.minutes else ""
        return tr("The budget: {each}.", each=each) if each else ""
    each = _budget(choices, rate, FOLDS + 1)
    note = tr(
        "Few targets are held out, so all of them judge, in {folds} folds. Those and the model have"
        " {each} each.",
        folds=FOLDS,
        each=each,
    )
    if "sharpen" in goals:
        note += " " + tr("Not so where a telescope is measured in the frames.")
    return note


def _budget(choices: TrainSettings, rate: float, parts: int) -> str:
    """A part of the budget: ``7.5 minutes (about 450 steps)``."""
    minutes, steps = choices.minutes / parts, choices.steps // parts
    bought = int(rate * 60 * minutes)
    if steps and (not minutes or not bought or steps <= bought):
        return tr("{steps:,} steps", steps=steps)
    if bought:
        return tr("{minutes:.3g} minutes (about {steps:,} steps)", minutes=minutes, steps=bought)
    return tr("{minutes:.3g} minutes", minutes=minutes)
