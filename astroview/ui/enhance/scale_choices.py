"""Magnifications that there are models for, and qualities, as choices of a row of buttons."""

from __future__ import annotations

from collections.abc import Iterable

from astroview.core.models.model_card import ModelCard
from astroview.ui.i18n.translate import noted, tr

OFF = ("1", noted("Off"), noted("Keep the sampling"))
TIPS = {
    2: noted("Twice as many pixels per side; flux is kept"),
    4: noted("Four times as many pixels per side; flux is kept"),
}
QUALITIES = (
    ("fast", noted("Fast"), noted("The network looks once")),
    (
        "best",
        noted("Best"),
        noted("The mean of 8 flips and turns: 8 times slower, a little nearer"),
    ),
)


def choices(cards: Iterable[ModelCard]) -> tuple[tuple[str, str, str], ...]:
    """“Off”, and ×2, ×4 or whatever the super-resolvers among the models magnify by."""
    scales = sorted({card.scale for card in cards if card.task == "superres"})
    return (OFF, *((str(scale), f"×{scale}", _tip(scale)) for scale in scales))


def _tip(scale: int) -> str:
    return TIPS.get(scale) or tr("{scale} times as many pixels per side; flux is kept", scale=scale)
