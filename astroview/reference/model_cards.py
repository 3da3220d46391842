"""The page of the bundled models' cards, from the cards themselves."""

from __future__ import annotations

from astroview.core import resources
from astroview.core.models.model_card import ModelCard, ModelShelf

INTRODUCTION = """\
# Cards of the bundled models

This page is made from the cards that lie beside the weights, `resources/models/*/card.json`. What
the figures mean, and how they were had, stands in [Models and scores](../models.md); who made the
pictures in [Credits](../credits.md). `sky_psnr` is what [its tables](../models.md#on-skies) call
PSNR in the stretch, on three small simulated scenes of its own that a training is scored on, deep
to shallow, which are harder: it is to be compared with the two beside it, without noise
(`sky_psnr_denoised`) and by interpolation (`sky_psnr_bicubic`).
"""


def model_cards() -> str:
    """Markdown: a chapter for each card."""
    shelf = ModelShelf((resources.root() / "models",))
    return "\n".join([INTRODUCTION, *map(_chapter, shelf.cards())])


def _chapter(card: ModelCard) -> str:
    told = {
        "id": f"`{card.id}`",
        "task": card.task,
        "scale": f"×{card.scale}",
        "architecture": card.architecture,
        "licence": card.licence,
        "credit": card.credit,
        "weights": f"sha256 `{card.sha256}`",
        "palettes": "; ".join(palette.name for palette in card.palettes),
        "trained on": _pictures(card),
        "trained by": _command(card.training.get("command")),
        "scored by": _command(card.metrics.get("command")),
    }
    figures = {f"`{name}`": f"{value:,}" for name, value in card.metrics.items()
               if isinstance(value, int | float)}  # fmt: skip
    limits = [f"- {limit}" for limit in card.limits_of_use]
    parts = [f"## {card.title()}", "", card.summary, "", *limits, ""]
    return "\n".join(
        [*parts, *_table("what", "on its card", told), *_table("figure", "value", figures)]
    )


def _pictures(card: ModelCard) -> str:
    counts = (card.training.get("training_pictures"), card.training.get("held_out_pictures"))
    return "{} pictures; {} were held out".format(*counts) if all(counts) else ""


def _command(words: object) -> str:
    return f"`{words}`" if words else ""


def _table(title: str, what: str, rows: dict[str, str]) -> list[str]:
    lines = [f"| {name} | {words} |" for name, words in rows.items() if words]
    return [f"| {title} | {what} |", "|---|---|", *lines, ""] if lines else []
