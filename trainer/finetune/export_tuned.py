"""The tuned model: its card beside its parent's, and its weights, in the run folder."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from astroview.core.models.model_card import Adapter, ModelCard, Origin, Palette
from astroview.core.models.tuned_card import tuned_card
from astroview.engine.networks import bounded, weights
from trainer import adapters
from trainer.config import Recipe, TuneConfig
from trainer.data import palettes
from trainer.data.palettes import Codes
from trainer.data.training_data import Material
from trainer.loop.fit_contract import Outcome
from trainer.loop.run_folder import RunFolder

Palettes = tuple[Palette, ...]


def export(
    outcome: Outcome,
    config: TuneConfig,
    recipe: Recipe,
    parent: ModelCard,
    learnt_from: Material,
    run: RunFolder,
    convention: Codes | None = None,
    star: float = 0.0,
) -> Path:
    """Write ``model/`` of the run folder; an adapter as its additions. ``convention`` is the code
    of the pictures' own palette, ``star`` the width of the telescope's stars: see `ModelCard`.
    """
    network = outcome.network.cpu()
    origin = Origin(
        parent.id,
        parent.sha256,
        config.method,
        outcome.step,
        learnt_from.fingerprint,
        len(learnt_from.train),
        dt.datetime.now(dt.UTC).date().isoformat(),
    )
    # The shelf gives it a number if the id is taken there; here it stays what it is.
    name = config.name or Path(config.data).stem
    card = replace(
        tuned_card(parent, name, origin),
        palettes=_palettes(parent, recipe, name, convention),
        star=star if star < bounded.STAR else 0.0,  # wider ones: as of any model, of any version
        training={
            "steps": outcome.step,
            "batch": recipe.run.batch,
            "crop": recipe.run.crop,
            "training_pictures": len(learnt_from.train),
            "command": f"astroview train --config {run.path.name}/config.toml",
        },
    )
    folder = run.path / "model"
    if config.method == "adapter":
        ranked = replace(card, adapter=Adapter(config.rank, adapters.SCALE))
        weights.store_adapter(ranked, adapters.additions(network), folder)
    else:
        weights.store(card, network, folder)
    return folder


def _palettes(parent: ModelCard, recipe: Recipe, name: str, convention: Codes | None) -> Palettes:
    """The parent's palettes, and the pictures' own."""
    if convention is None:
        return parent.palettes
    known = parent.palettes[: int(recipe.hyper.get("palettes", len(parent.palettes)))]
    return (*known, *palettes.named(convention[None], (f"as in {name}",)))
