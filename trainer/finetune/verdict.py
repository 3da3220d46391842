"""Is a tuned model better than its parent? Both are scored, picture by picture, on what no
training step saw: the held-out part of the user's pictures, and the bundled validation set.

The rule by which one is kept is `keep_rule`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
from trainer.finetune import keep_rule, verdict_pictures, verdict_text
from trainer.finetune.linear_scores import pictures_of
from trainer.finetune.paired_scores import LINEAR, MEASURES, Judge, PairedScores, judge_for
from trainer.finetune.paired_test import find


@dataclass(frozen=True)
class Witness:
    """A model in whose place others of its kind are judged: what one fold made, and the pictures
    of targets that it did not learn from.
    """

    model: Path
    held: tuple[Shown, ...]


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
    witnesses: Sequence[Witness] = (),
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
    witnesses
        Models of folds, by which the user's pictures are judged instead of by the tuned one, that
        learnt from all of them.

    Raises
    ------
    ModelRejected
        A model cannot be loaded.
    """
    pairer = _judge_of(base, tuned)
    own = [(pairer, p) for p in pictures_of(skies) or spread(held, MOST)]
    for witness in witnesses:
        theirs = _judge_of(base, witness.model)
        own += [(theirs, p) for p in spread(witness.held, MOST // len(witnesses))]
    plain = bundled is not None or pairer.task != "superres"
    measured = () if plain else _measured(read_card(base))
    count = len(own) + len(measured)
    count += len(validation_set.SEEDS) if bundled is None else len(bundled)
    others = _validation(progress, 2 * count) if bundled is None else list(bundled)
    found: list[tuple[Side, Judge, Shown]] = [("own", judge, p) for judge, p in own]
    found.extend(("bundled", pairer, p) for p in (*others, *measured))
    pairs: dict[Side, list[PairedScores]] = {"own": [], "bundled": []}
    judges: dict[int, Judge] = {}
    for done, (side, judged_by, picture) in enumerate(found):
        if pair := judged_by.pair(picture):
            pairs[side].append(pair)
            judges[id(pair)] = judged_by
        progress(count + done + 1, 2 * count)
    measures = {"own": LINEAR if skies else MEASURES[pairer.task]}
    measures["bundled"] = MEASURES[pairer.task]
    findings = [
        find(side, measure, told)
        for side in pairs
        for measure in measures[side]
        if (told := [p for p in pairs[side] if measure.key in p.base and measure.key in p.tuned])
    ]
    decided = keep_rule.decide(findings)
    headline, reasons = verdict_text.say(decided, findings)
    first = measures["own"][0]
    views = {key: judged_by.view for key, judged_by in judges.items()}
    rows, seen = verdict_pictures.rows(views, first, pairs["own"], pairs["bundled"], run)
    reasons = (*reasons, *verdict_text.of_units(findings), *verdict_text.of_sight(seen))
    reasons = (*verdict_text.of_folds(findings, len(witnesses)), *reasons)
    figures = tuple(f.figure for f in findings)
    return Verdict(time.time(), decided.keep, headline, reasons, figures, rows)


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
