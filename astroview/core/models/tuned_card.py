"""The cards of tuned models: ids, names, and what they are made from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import replace

from astroview.core.models.model_card import Adapter, ModelCard, Origin
from astroview.core.models.shelf import free_id

MARK = "-tuned-"


def tuned_id(parent: str, name: str, taken: Collection[str]) -> str:
    """``colorizer-tuned-m101``: from the first ancestor's id and a name, and like no other."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:32].strip("-") or "own"
    return free_id(f"{parent.split(MARK, maxsplit=1)[0][:32]}{MARK}{slug}", set(taken))


def tuned_card(
    parent: ModelCard,
    name: str,
    origin: Origin,
    taken: Collection[str] = (),
    adapter: Adapter | None = None,
) -> ModelCard:
    """The card of a model tuned from ``parent``, before its weights are stored.

    Parameters
    ----------
    name
        What the user calls it, such as the data's name.
    taken
        Ids that other models have.
    """
    limit = f"Tuned on {origin.pictures} pictures: on others it may do worse than {parent.name}."
    return replace(
        parent,
        id=tuned_id(parent.id, name, taken),
        name=name_for_people(parent, name),
        sha256="",
        summary=f"{parent.name}, tuned on {origin.pictures} pictures. {parent.summary}".strip(),
        training={},
        metrics={},
        limits_of_use=(limit, *(text for text in parent.limits_of_use if "Tuned on" not in text)),
        origin=origin,
        adapter=adapter,
        for_pictures="",
        for_guides="",
        star=0.0,
        folder=None,
    )


def name_for_people(parent: ModelCard, name: str) -> str:
    """``Colorizer · M101``, of a tuned parent too."""
    return f"{parent.name.split(' · ', maxsplit=1)[0]} · {' '.join(name.split())[:80] or 'tuned'}"
