"""What is common to super-resolvers of others, whatever they come as: a card that says what nobody
knows, a trial before they are taken, and how they are refused.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Protocol

import torch
from torch import Tensor

from astroview.core.errors import AstroviewError, ModelRejected
from astroview.core.models.model_card import ModelCard, Tiling
from astroview.core.texts import Text

MOST_BYTES = 2 * 2**30
SCALES = (2, 3, 4, 8)
TILE, HALO = 256, 32  # pixels; how far such a network looks, nobody says
TO_LOOK_AT = "trained by others: to look at, never to measure."
UNSCORED = "It was not scored on skies: astroview evaluate tells how it does."
_NO_ID = re.compile(r"[^A-Za-z0-9._-]+")


class Enlarger(Protocol):
    """What is tried: the part of `tile_superres.SuperResolver` that does all of the work here."""

    scale: int

    def finish(self, features_BCHW: Tensor, u_B1HW: Tensor) -> Tensor:
        """(B, 1, sH, sW)."""
        ...


def check_runs(network: Enlarger, name: str) -> None:
    """Whether it runs at all, and gives numbers of the size that it says. Raises ModelRejected."""
    plane = torch.linspace(0, 1, 32 * 40).view(1, 1, 32, 40)
    with torch.inference_mode():
        try:
            made = network.finish(plane, plane)
        except RuntimeError as problem:
            raise rejected(name, f"it does not run ({problem})") from problem
    wanted = (1, 1, 32 * network.scale, 40 * network.scale)
    if made.shape != wanted or not made.isfinite().all():
        raise rejected(name, "what it makes is no picture")


def card_of(file: Path, architecture: str, network: str, scale: int, tiling: Tiling) -> ModelCard:
    """The card of a file's model, but for the sha256 of its weights; ``network`` is what it is
    called by those who know such networks.
    """
    base = _NO_ID.sub("-", file.stem).strip("-.") or "model"
    return ModelCard(
        id=f"community-{base}"[:80],
        name=f"{file.stem[:60]} ×{scale}",
        task="superres",
        architecture=architecture,
        hyper={"network": network[:80]},
        tiling=tiling,
        sha256="",
        scale=scale,
        summary=f"{network[:80]}, {TO_LOOK_AT}",
        licence="unknown",
        credit="unknown",
        limits_of_use=(
            "Who trained it, on what, and under which licence, is not known here.",
            UNSCORED,
            "It was made for photographs: what lies inside an input pixel is invented.",
            "How far it looks is not known: tiles may differ from the whole at their seams.",
            "Only the mean over each input pixel is a measurement.",
        ),
        illustrative=True,
    )


def rejected(name: str, why: str, hint: str = "") -> AstroviewError:
    """The error that a file is refused, and why."""
    return ModelRejected(
        Text("{name} cannot be imported: {why}", name=name, why=why), hint or "Ask whoever made it."
    )
