"""The mark of models that others trained: *illustrative* until a whole evaluation has scored them
above bicubic on skies, and again where a later one does not.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from astroview.core.io.paths.plain_paths import plain
from astroview.core.models.model_card import ModelCard, write_card
from astroview.core.models.shelf import UserShelf
from astroview.engine.networks import community, community_onnx
from astroview.engine.networks.community_card import TO_LOOK_AT, UNSCORED
from trainer.evaluation.request import Request, apart, card_of
from trainer.evaluation.resume_log import EDITION

COMMUNITY = (community.ARCHITECTURE, community_onnx.ARCHITECTURE)
SCORED_ABOVE = "On skies whose truth is known its PSNR is above bicubic's"
SCORED_BELOW = "On skies whose truth is known its PSNR is not above bicubic's"
TOLD = ("psnr", "completeness", "purity", "false_per_mpix")
RIVAL = "bicubic"
DECISIVE = ("sky, simulated", "sky, real bands")  # sharp enough to show what a model adds
Means = dict[str, dict[str, dict[str, Any]]]


def noted(
    summary: dict[str, Any], request: Request, data: Path, shelf: UserShelf
) -> ModelCard | None:
    """Write what an evaluation found into the card of a community model on the user's shelf, and
    lift or set its mark.

    Parameters
    ----------
    summary
        As `evaluation_run.evaluate` returns it.

    Returns
    -------
    ModelCard | None
        The card as it is now; None where the evaluation decides nothing: of another task or
        another kind of model, of a part of the pictures and skies, at another quality, or without
        bicubic beside it.
    """
    if request.task != "sr" or request.pictures is not None:
        return None
    model, way = apart(request.model)
    card = card_of(model, shelf.everything)
    own = card.folder is not None and card.folder.parent == shelf.folder
    if way or not own or card.architecture not in COMMUNITY:
        return None
    figures = _figures(summary["means"], card.id)
    skies = [figures[section] for section in DECISIVE if section in figures]
    decisive = [pair for pair in skies if "psnr" in pair[card.id] and "psnr" in pair[RIVAL]]
    if not decisive:
        return None
    above = all(pair[card.id]["psnr"] > pair[RIVAL]["psnr"] for pair in decisive)
    made = _card(card, figures, plain(data).name, above=above)
    assert card.folder
    write_card(made, card.folder)
    return made


def _figures(means: Means, name: str) -> Means:
    """By section those that are told, of the model and of bicubic."""
    return {
        section: {
            who: {key: rows[who][key] for key in TOLD if rows[who].get(key) is not None}
            for who in (name, RIVAL)
        }
        for section, rows in means.items()
        if name in rows and RIVAL in rows
    }


def _card(card: ModelCard, figures: Means, data: str, *, above: bool) -> ModelCard:
    plain = data.encode("ascii", "backslashreplace").decode()  # as histories have it
    command = f"astroview evaluate --task sr --model {card.id} --data {plain}"
    scored = {"command": command, "edition": EDITION, "above_bicubic": above, "figures": figures}
    told = f"{SCORED_ABOVE if above else SCORED_BELOW} ({command})."
    kept = [
        line
        for line in card.limits_of_use
        if not line.startswith((UNSCORED, SCORED_ABOVE, SCORED_BELOW))
    ]
    name = card.summary.partition(", trained by others")[0]
    verdict = "trained by others, scored above bicubic on skies." if above else TO_LOOK_AT
    return replace(
        card,
        metrics={**card.metrics, "scored": scored},
        limits_of_use=(told, *kept),
        summary=f"{name}, {verdict}",
        illustrative=not above,
    )
