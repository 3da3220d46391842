"""A trained network becomes a model on a shelf: card, safetensors, and what it scored."""

from __future__ import annotations

import platform
from pathlib import Path
from typing import Any, cast

import torch
from torch import nn

from astroview.core.messages.train_messages import Begun, Kept, Learnt, Remark
from astroview.core.models.model_card import ModelCard, Tiling
from astroview.engine.networks import weights
from trainer.config import Recipe
from trainer.data import palettes
from trainer.loop.fit_loop import COMPARES
from trainer.loop.run_folder import RunFolder
from trainer.tasks.colour_task import ColourTask

BEGINS = "Begins with"  # says a run of the model whose weights it had first
# Halos are the receptive fields' radii, rounded up to the stride (measured in the tests).
TILINGS = {
    "compact": Tiling(512, 16, 1),
    "gated": Tiling(512, 20, 1),
    "edsr": Tiling(512, 40, 1),
    "srresnet": Tiling(256, 56, 1),
    "palette-unet": Tiling(1536, 224, 16),
    "combined": Tiling(1024, 224, 16),
}


def export(network: nn.Module, recipe: Recipe, task: Any, run: RunFolder, folder: Path) -> Path:
    """Score the network on the held-out part and write it with its card to ``folder``."""
    network.eval()
    card = recipe.card
    known = palettes.named(task.palettes, card.palettes) if isinstance(task, ColourTask) else ()
    metrics = {k: round(v, 4) for k, v in task.score(cast("Any", network)).items()}
    made = ModelCard(
        id=card.id,
        name=card.name,
        task=cast("Any", recipe.task),
        architecture=recipe.architecture,
        hyper=dict(recipe.hyper),
        tiling=TILINGS[recipe.architecture],
        sha256="",
        scale=int(recipe.hyper.get("scale", 1)),
        summary=card.summary,
        palettes=known,
        licence=card.licence,
        credit=card.credit,
        training=_training(recipe, task, run),
        metrics=metrics,
        limits_of_use=card.limits_of_use,
        illustrative=card.illustrative,
        pictures=recipe.data.pictures if "scale" in recipe.hyper else "boxes",
    )
    weights.store(made, network, folder)
    return folder


def _training(recipe: Recipe, task: Any, run: RunFolder) -> dict[str, Any]:
    events = list(run.events())
    steps = max((e.step for e in events if isinstance(e, Learnt | Kept)), default=0)
    devices = sorted({e.device for e in events if isinstance(e, Begun)})
    hardware = f"{platform.machine()} CPU" if devices == ["cpu"] else ", ".join(devices)
    command = f"python -m trainer fit trainer/recipes/{recipe.name or recipe.card.id}.toml"
    command += " --data DIR" + (" --fine ORIGINALS" if "originals" in task.notes else "")
    facts: dict[str, Any] = {"steps": steps, "batch": recipe.run.batch, "crop": recipe.run.crop}
    remarks = [e.message for e in events if isinstance(e, Remark)]
    begun = next((text for text in remarks if text.startswith(BEGINS)), None)
    if begun:
        command += " --from MODEL"
        facts["begins_with"] = begun.removeprefix(BEGINS).strip(" .")
    compares = next((text for text in remarks[::-1] if text.startswith(COMPARES)), None)
    if compares:
        facts["content_loss"] = compares.removeprefix(COMPARES).strip(" .")
    return {
        **facts,
        **task.notes,
        "hardware": hardware,
        "torch": torch.__version__,
        "command": command,
    }
