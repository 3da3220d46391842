"""Is a tuned model better than its parent? Both are scored, picture by picture, on what no
training step saw: the held-out part of the user's pictures, and the bundled validation set.

The rule, all of which must hold for "keep":

- gain: on the user's pictures the first figure of the task gains more than chance explains
  (one-sided, 97.5 %, Student's t of the paired differences, targets as the unit) and more than
  is worth having;
- use: there it beats doing nothing (no colour; bicubic);
- no harm: no other figure, there or on the bundled set, loses more than its bound.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import torch

from astroview.core.messages.train_messages import Side, Verdict
from astroview.core.models.model_card import (
    ModelCard,
    ModelShelf,
    default_shelf,
    read_card,
    write_card,
)
from astroview.engine.networks import weights
from trainer.data import exposures, validation_set
from trainer.data.exposures import Exposure
from trainer.data.pictures import Shown
from trainer.finetune import verdict_pictures, verdict_text
from trainer.finetune.linear_scores import pictures_of
from trainer.finetune.paired_scores import LINEAR, MEASURES, Judge, PairedScores, judge_for
from trainer.finetune.paired_test import find

MOST = 64  # pictures of the user's that are looked at
SKIES, SKY_SIDE = range(8100, 8106), 64  # seeds and coarse pixels of the bundled exposures
Progress = Callable[[int, int], None]


def judge(
    base: Path,
    tuned: Path,
    held: Sequence[Shown],
    run: Path,
    progress: Progress,
    bundled: Sequence[Shown] | None = None,
    skies: Sequence[Exposure] = (),
) -> Verdict:
    """Compare two models' folders.

    Parameters
    ----------
    base, tuned
        Folders with card and weights, as they will be used.
    held
        The held-out part of the user's pictures, with their targets.
    run
        The run folder: pictures go into ``verdict`` there, and are named relative to it.
    progress
        Called with pictures done and their number; may raise to stop.
    bundled
        By default the bundled validation set, made when it is not there yet; of a super-resolver
        a few exposures of the simulator are added, which say what became of measured frames.
    skies
        Exposures of the user's own telescope that chose nothing: these are what is judged by, in
        linear units, instead of the pictures.

    Raises
    ------
    ModelRejected
        A model cannot be loaded.
    """
    own: list[Shown] = [*pictures_of(skies)] if skies else spread(held, MOST)
    pairer = _judge_of(base, tuned)
    plain = bundled is not None or pairer.task != "superres"
    measured = () if plain else _measured(read_card(base))
    count = len(own) + len(measured)
    count += len(validation_set.SEEDS) if bundled is None else len(bundled)
    others = _validation(progress, 2 * count) if bundled is None else list(bundled)
    others = [*others, *measured]
    pairs: dict[Side, list[PairedScores]] = {"own": [], "bundled": []}
    for done, (side, picture) in enumerate(
        [("own", p) for p in own] + [("bundled", p) for p in others]
    ):
        if pair := pairer.pair(picture):
            pairs["own" if side == "own" else "bundled"].append(pair)
        progress(count + done + 1, 2 * count)
    measures = {"own": LINEAR if skies else MEASURES[pairer.task]}
    measures["bundled"] = MEASURES[pairer.task]
    findings = [
        find(side, measure, told)
        for side in pairs
        for measure in measures[side]
        if (told := [p for p in pairs[side] if measure.key in p.base and measure.key in p.tuned])
    ]
    keep, headline, reasons = verdict_text.say(findings)
    first = measures["own"][0]
    rows, seen = verdict_pictures.rows(pairer, first, pairs["own"], pairs["bundled"], run)
    reasons = (*reasons, *verdict_text.of_units(findings), *verdict_text.of_sight(seen))
    figures = tuple(f.figure for f in findings)
    return Verdict(time.time(), keep, headline, reasons, figures, rows)


def note_on_card(tuned: Path, verdict: Verdict) -> None:
    """Write a verdict's figures as the metrics of the tuned model's card."""
    card = read_card(tuned)
    figures = [
        {
            "pictures": f"{f.side}, {f.pictures}", "figure": f.name, "unit": f.unit,
            "parent": round(f.base, 4), "tuned": round(f.tuned, 4),
            "change": round(f.change, 4), "noise": round(f.noise, 4),
        }
        for f in verdict.figures
    ]  # fmt: skip
    card.metrics["verdict"] = {"keep": verdict.keep, "figures": figures}
    write_card(card, tuned)


def spread(pictures: Sequence[Shown], most: int) -> list[Shown]:
    """At most so many, one of each target before a second of any."""
    turns: dict[str, int] = {}
    ranked: list[tuple[int, int]] = []
    for place, picture in enumerate(pictures):
        turns[picture.target] = turns.get(picture.target, 0) + 1
        ranked.append((turns[picture.target], place))
    return [pictures[place] for _, place in sorted(ranked)[:most]]


def _validation(progress: Progress, of: int) -> Sequence[Shown]:
    return validation_set.pictures(lambda done, _: progress(done, of))


def _measured(card: ModelCard) -> Sequence[Shown]:
    return pictures_of(exposures.simulated(SKIES, card.scale, SKY_SIDE * card.scale))


def _judge_of(base: Path, tuned: Path) -> Judge:
    cards = read_card(base), read_card(tuned)
    shelf = ModelShelf((base.parent, tuned.parent, *default_shelf().folders))
    networks = [weights.load(card, torch.device("cpu"), shelf) for card in cards]
    return judge_for(cards, (networks[0], networks[1]))
