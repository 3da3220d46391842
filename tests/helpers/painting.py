"""A tiny model that paints texture, for tests: untrained, so what it paints is wild."""

from __future__ import annotations

from pathlib import Path

NAME = "Painter ×4 (illustrative)"


def store_painter(shelf: Path, model: str = "painter-x4", scale: int = 4) -> None:
    """Put an illustrative super-resolver on a shelf."""
    import torch

    from astroview.core.models.model_card import ModelCard, Tiling
    from astroview.engine.networks import weights

    torch.manual_seed(5)
    hyper = {"scale": scale, "width": 4, "blocks": 1}
    network = weights.build("srresnet", hyper)
    card = ModelCard(
        *(model, NAME.replace("4", str(scale)), "superres", "srresnet", hyper, Tiling(64, 16), ""),
        *(scale, "Paints plausible texture: for illustration, never for measurement."),
        illustrative=True,
    )
    weights.store(card, network, shelf / model)
