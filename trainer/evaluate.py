"""Scores of a finished model on held-out pictures, by one fixed protocol.

Super-resolution: pictures of held-out targets, reduced by antialiased bicubic, rounded to
8 bits, restored; PSNR and SSIM of RGB; "sharp" are those with sharpness >= 0.4 and a long side
of 512 pixels or more; "sharp, halved" are the same pictures reduced by two before anything
else: all of them are JPEGs, whose blocks and noise at the pixel scale nothing can restore, and
dB against those measure the truth.
Colour: every held-out picture at 384 pixels at most, grey by Oklab lightness.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import torch

from astroview.core.models import read_card
from astroview.engine import weights
from astroview.engine.superres import Compact
from trainer import jobs, metrics, sr_task
from trainer.config import Recipe
from trainer.pictures import Picture
from trainer.sr_task import SuperResTask

SHARP = 0.4
LONG_SIDE = 512


def evaluate(model: Path, data: Path) -> dict[str, Any]:
    """Mean figures of the model in the folder ``model`` on the held-out part of ``data``."""
    card = read_card(model)
    network = weights.load(card, torch.device("cpu"))
    recipe = Recipe(card.task, card.architecture, card.hyper)
    codes = torch.tensor([p.code for p in card.palettes]).numpy() if card.palettes else None
    task = jobs.task_for(recipe, data, codes)
    if isinstance(task, SuperResTask):
        scores = _superres(task.held, cast("Compact", network), card.scale)
    else:
        scores = {"pictures": len(task.held), **task.score(network)}
    return {"model": card.id, **scores}


def _superres(held: list[Picture], network: Compact, scale: int) -> dict[str, Any]:
    """Means over all held-out pictures, over those that are sharp and large, and over halves of
    these.
    """
    large = [p for p in held if p.sharpness >= SHARP and max(p.rgb.shape[:2]) >= LONG_SIDE]
    sets = {
        "all": [p.rgb for p in held],
        "sharp": [p.rgb for p in large],
        "sharp, halved": [sr_task.half(p.rgb) for p in large],
    }
    return {name: _mean_scores(network, pictures, scale) for name, pictures in sets.items()}


def _mean_scores(network: Compact, pictures: list[Any], scale: int) -> dict[str, Any]:
    rows = [sr_task.score_picture(network, rgb, scale) for rgb in pictures]
    for row in rows:
        row["gain_db"] = row["psnr"] - row["bicubic_psnr"]
    return {"pictures": len(rows), **metrics.means(rows)}
