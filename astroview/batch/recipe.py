"""What is done to every file of a batch, and the short print that tells two recipes apart."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from astroview.core.io.paths.file_names import NAME, Words, name_words
from astroview.core.io.save_file import Format
from astroview.core.models.model_card import ModelCard, ModelShelf
from astroview.core.options import EnhanceOptions
from astroview.core.sky_colour.surveys import sources_mark

EDITION = 1  # raised when the same options and models no longer give the same pixels
# Where and in which pieces it is computed is no part of what is computed.
_WHERE = ("device", "tile")


@dataclass(frozen=True)
class BatchRecipe:
    """One set of choices for all files of a batch.

    Parameters
    ----------
    options
        For the engine; its device is the one that a batch with one worker computes on.
    format
        Of the results; None: FITS for FITS, TIFF for TIFF, PNG for other pictures.
    hdu, plane
        Which plane of every file: HDU by number or name (None: the first image).
    name
        Pattern of the results' names without suffix; see `core.io.paths.file_names`.
    """

    options: EnhanceOptions
    format: Format | None = None
    hdu: int | str | None = None
    plane: int = 0
    name: str = NAME


def words(options: EnhanceOptions, shelf: ModelShelf) -> Words:
    """The words for names. Raises ModelRejected when a model is not to be had."""
    _, colour = _cards(options, shelf)
    scale = magnification(options, shelf)
    return name_words(scale=scale, colour=colour is not None, palette=options.palette)


def magnification(options: EnhanceOptions, shelf: ModelShelf) -> int:
    """How many times as fine results are. Raises ModelRejected when the model is not to be had."""
    sharp, _ = _cards(options, shelf)
    return sharp.scale if sharp else 1


def fingerprint(recipe: BatchRecipe, shelf: ModelShelf) -> str:
    """16 hex digits that change whenever the results would: with options, models and format.

    Neither the device nor the tiles count, since the results do not depend on them (to
    rounding). Raises ModelRejected when a model is not to be had.
    """
    chosen: dict[str, Any] = {k: v for k, v in asdict(recipe.options).items() if k not in _WHERE}
    sharp, colour = _cards(recipe.options, shelf)
    pictures = sharp and shelf.answering(sharp, "display")
    models = [card and (card.id, card.sha256) for card in (sharp, colour)]
    chosen |= {"superres": models[0], "colorizer": models[1]}
    if pictures != sharp and pictures:
        chosen["for_pictures"] = (pictures.id, pictures.sha256)
    measured = colour and shelf.painting(colour, measured=bool(recipe.options.colour_from))
    if measured != colour and measured:
        chosen["for_guides"] = (measured.id, measured.sha256)
    chosen["colour_from"] = sources_mark(recipe.options.colour_from)
    content = [EDITION, chosen, recipe.format, recipe.hdu, recipe.plane]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


def _cards(options: EnhanceOptions, shelf: ModelShelf) -> tuple[ModelCard | None, ModelCard | None]:
    return (
        shelf.choose(options.superres, "superres"),
        shelf.choose(options.colorizer, "colorize"),
    )
