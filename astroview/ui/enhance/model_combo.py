"""The models that lists offer: in which order, under which names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from astroview.core import resources
from astroview.core.models.model_card import ILLUSTRATIVE, ModelCard, Task, chosen_between
from astroview.ui.i18n.translate import noted, tr

MUST_BE_NAMED = Qt.ItemDataRole.UserRole + 1  # of a row: an illustrative model
DENOISE = noted(
    "What is sharpened comes without the noise. Flux is then kept within the noise, not exactly,"
    " and no interval is given: for looking, not for measuring."
)
NOT_LINEAR = noted("Only for measured frames: the noise of a picture is not known")
NOT_LEARNT = noted("This model did not learn to tell noise from structure")
PAINTS = noted("Paints plausible texture: to look at, not to measure.")


def of_task(cards: Iterable[ModelCard], task: Task) -> list[ModelCard]:
    """Those of a task; behind the colorizers what paints and sharpens in one; illustrative ones,
    which nobody gets without choosing them, at the end. What answers pictures for another stands
    behind that one.
    """
    also = "combined" if task == "colorize" else task
    fits = [card for card in chosen_between(cards) if card.task in (task, also)]
    return sorted(fits, key=lambda card: (card.illustrative, card.task != task))


def first(cards: Iterable[ModelCard]) -> ModelCard | None:
    """The one that is taken where nobody chose; None where each of them must be named."""
    return next((card for card in cards if not card.illustrative), None)


def name_of(card: ModelCard) -> str:
    """A model's name in a list; that of a bundled one in the user's language."""
    if is_bundled(card):
        card = replace(card, name=tr(card.name.removesuffix(f" ({ILLUSTRATIVE})")))
    return card.title(tr("illustrative"))


def is_bundled(card: ModelCard) -> bool:
    """Whether astroview brings the model: what its card says has a translation then."""
    return card.folder is not None and card.folder.parent == resources.root() / "models"


def add(box: QComboBox, card: ModelCard, value: str = "") -> None:
    """Offer a model as ``value``, by default its id. Two may have one name: the tip tells them
    apart.
    """
    box.addItem(name_of(card), value or card.id)
    summary = tr(card.summary) if is_bundled(card) else card.summary
    tip = f"{summary} ({card.id})" if summary else card.id
    box.setItemData(box.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
    box.setItemData(box.count() - 1, card.illustrative, MUST_BE_NAMED)


def choose(box: QComboBox, value: str | None) -> None:
    """Choose what is wished for; where it is not there the first row, but never an illustrative
    model: none where there are no others.
    """
    rows = (row for row in range(box.count()) if not box.itemData(row, MUST_BE_NAMED))
    wished = box.findData(value)
    box.setPlaceholderText(tr("Choose a model"))
    box.setCurrentIndex(wished if wished >= 0 else next(rows, -1))
