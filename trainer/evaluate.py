"""Scores of a finished model on held-out pictures, by one fixed protocol.

Super-resolution: pictures of held-out targets with sharpness >= 0.4 and a long side >= 512
pixels, reduced by antialiased bicubic, rounded to 8 bits, restored; PSNR and SSIM of RGB.
Colour: every held-out picture at 384 pixels at most, grey by Oklab lightness.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from astroview.core.models import read_card
from astroview.engine import weights
from trainer import jobs
from trainer.config import DataConfig, Recipe

PROTOCOL = DataConfig(min_sharpness=0.4, min_side=512)


def evaluate(model: Path, data: Path) -> dict[str, Any]:
    """Mean figures of the model in the folder ``model`` on the held-out part of ``data``."""
    card = read_card(model)
    network = weights.load(card, torch.device("cpu"))
    recipe = Recipe(card.task, card.architecture, card.hyper, data=PROTOCOL)
    codes = torch.tensor([p.code for p in card.palettes]).numpy() if card.palettes else None
    task = jobs.task_for(recipe, data, codes)
    scores: dict[str, float] = task.score(network)
    return {"model": card.id, "pictures": task.notes["held_out_pictures"], **scores}
