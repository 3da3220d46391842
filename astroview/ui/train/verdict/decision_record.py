"""What was decided on the model of a run, as its folder and the user's shelf tell it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Literal

from astroview.core.atomic_write import replacing_text
from astroview.core.errors import ModelRejected
from astroview.core.io.paths.plain_paths import is_file
from astroview.core.lazy_dataclass import dataclass
from astroview.core.models.model_card import ModelCard, default_shelf, read_card

Decided = Literal["", "kept", "discarded"]
_FILE = "discarded.txt"  # in the run folder


@dataclass(frozen=True)
class DecisionRecord:
    """The tuned model of a run, what became of it, and what it is called on the shelf."""

    card: ModelCard | None = None
    decided: Decided = ""
    on_shelf: ModelCard | None = None


def look(run: Path, model: str) -> DecisionRecord:
    """Read the card of a run's model, and see whether the shelf has it."""
    if not model:
        return DecisionRecord()
    try:
        card = read_card(run / model)
    except ModelRejected:
        return DecisionRecord(decided="discarded" if is_file(run / _FILE) else "")
    for known in default_shelf().cards(card.task):
        if (known.sha256, known.palettes) == (card.sha256, card.palettes):
            return DecisionRecord(card, "kept", known)
    return DecisionRecord(card, "discarded" if is_file(run / _FILE) else "")


def note_discarded(run: Path, on: bool) -> None:
    """Remember that a run's model is not wanted, or forget that; where nothing can be written
    it is asked again the next time.
    """
    with suppress(OSError):
        if on:
            with replacing_text(run / _FILE, lasting=False) as file:
                file.write("Its model was not wanted.\n")
        else:
            (run / _FILE).unlink(missing_ok=True)
