"""Scores of a finished model on held-out pictures, by one fixed protocol.

Super-resolution: pictures of held-out targets, reduced by antialiased bicubic, rounded to
8 bits, restored; PSNR and SSIM of RGB; "sharp" are those with sharpness >= 0.4 and a long side
of 512 pixels or more; "clean" are those whose own pixel noise is below 3 grey levels: noise in
a truth cannot be restored, and dB against it measure the truth.
Colour: every held-out picture at 384 pixels at most, grey by Oklab lightness.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import numpy as np
import torch

from astroview.core.models import read_card
from astroview.engine import weights
from astroview.engine.stages import pixel_noise
from astroview.engine.superres import Compact
from trainer import jobs, metrics, sr_task
from trainer.config import Recipe
from trainer.pictures import Picture
from trainer.sr_task import SuperResTask

SHARP = 0.4
LONG_SIDE = 512
CLEAN = 3.0  # grey levels of 255


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
    """Means over all held-out pictures, over those that are sharp and large, and over those of
    them that are clean.
    """
    rows = [sr_task.score_picture(network, p.rgb, scale) for p in held]
    for row in rows:
        row["gain_db"] = row["psnr"] - row["bicubic_psnr"]
    large = [p.sharpness >= SHARP and max(p.rgb.shape[:2]) >= LONG_SIDE for p in held]
    sharp = [row for row, fits in zip(rows, large, strict=True) if fits]
    both = [fits and _is_clean(p) for fits, p in zip(large, held, strict=True)]
    clean = [row for row, fits in zip(rows, both, strict=True) if fits]
    return {
        "all": {"pictures": len(rows), **metrics.means(rows)},
        "sharp": {"pictures": len(sharp), **metrics.means(sharp)},
        "sharp and clean": {"pictures": len(clean), **metrics.means(clean)},
    }


def _is_clean(picture: Picture) -> bool:
    grey = picture.rgb.astype(np.float32) @ sr_task.LUMA
    return (pixel_noise(grey) or 0.0) < CLEAN
