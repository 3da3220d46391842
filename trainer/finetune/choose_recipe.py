"""From what a user chose to a recipe: rates, losses and crops that suit a model and its task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from astroview.core.models.model_card import ModelCard
from trainer.config import (
    CardConfig,
    CriticConfig,
    DataConfig,
    LossConfig,
    Method,
    Recipe,
    RunConfig,
    TuneConfig,
)
from trainer.data.pictures import Shown

RATES: dict[Method, float] = {"full": 2e-4, "head": 5e-4, "adapter": 2e-3}
END = 0.02  # of the rate is left at the end
BATCH = 16
CROPS = {"superres": 48, "colorize": 160}  # input pixels a side
LEAST_CROP = 16
LOSSES = {
    "superres": LossConfig(fft=0.05),
    "colorize": LossConfig(code=0.03, swap=0.03, rank=0.002),
}
CRITICS = {
    "superres": CriticConfig("whole", width=32, after=1 / 3),
    "colorize": CriticConfig("patch", width=32, after=1 / 3),
}


def recipe_for(
    config: TuneConfig, card: ModelCard, pictures: Sequence[Shown], processes: int = 1
) -> Recipe:
    """The recipe of a run that tunes the model of that card on those pictures, in so many
    processes that share each batch.
    """
    lr = config.lr or RATES[config.method]
    run = RunConfig(
        steps=config.steps,
        minutes=config.minutes,
        batch=config.batch or BATCH * processes,
        crop=_crop(card, pictures),
        lr=lr,
        lr_end=lr * END,
        warmup=20,
        ema=0.99,
        seed=config.seed,
        method=config.method,
        rank=config.rank,
        patience=config.patience,
        keep_best=True,
        checkpoint_every=config.checkpoint_every,
        validate_every=config.score_every,
        sample_every=config.sample_every,
        log_every=5,
    )
    loss = replace(LOSSES[card.task], adversarial=config.adversarial)
    return Recipe(
        card.task,
        card.architecture,
        dict(card.hyper),
        run,
        DataConfig(config.held_out, noisy=0.1, jpeg=0.05, pictures=card.pictures),
        loss,
        CRITICS[card.task] if config.adversarial else CriticConfig(),
        CardConfig(id=card.id, name=card.name, illustrative=card.illustrative),
    )


def _crop(card: ModelCard, pictures: Sequence[Shown]) -> int:
    """As large as usual, or as nine of ten pictures have room for."""
    usual = CROPS[card.task]
    if card.task != "superres" or not pictures:
        return usual
    sides = sorted(min(p.shape) for p in pictures)
    room = sides[len(sides) // 10] // card.scale
    return max(LEAST_CROP, min(usual, room - room % 4))
