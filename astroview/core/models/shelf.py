"""The user's own shelf: what is put on it, renamed, removed and brought back.

A model appears whole or not at all: it is written into a hidden folder of the shelf and renamed.
What is removed goes to a trash folder, from where it can come back.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from astroview.core import resources
from astroview.core.errors import CannotSave, ModelRejected
from astroview.core.io.paths.plain_paths import is_file, is_folder, is_there
from astroview.core.lazy_dataclass import dataclass
from astroview.core.models import card_check, safetensors_header
from astroview.core.models.model_card import (
    CARD_NAME,
    PARENT,
    WEIGHTS_NAME,
    ModelCard,
    ModelShelf,
    default_shelf,
    read_card,
    sha256_of,
    write_card,
)
from astroview.core.texts import Text

PART = ".part"  # how the hidden folder of a model that is being written ends
DAY_S = 86400


@dataclass(frozen=True)
class UserShelf:
    """A folder of models that the user may change.

    ``everything`` is all that can be seen (bundled models too): ids are unique there, and parents
    are looked for there.
    """

    folder: Path
    trash: Path
    everything: ModelShelf

    def adopt(self, folder: Path) -> ModelCard:
        """Copy a model's folder onto the shelf; one that is there already is left as it is.

        Raises
        ------
        ModelRejected
            Card and weights do not hold together.
        CannotSave
            Nothing was put there.
        """
        card = read_card(folder)
        if (known := self._known(card)) and is_file(card.weights):
            check_weights(card, card.weights)
            return known
        return self.put(card, lambda target: _copy(card, target))

    def put(self, card: ModelCard, write: Callable[[Path], None]) -> ModelCard:
        """Put a model on the shelf whose weights ``write`` writes to a path. An id that another
        model has is given a number.

        Raises
        ------
        ModelRejected
            The card, or what was written, is not what it should be.
        CannotSave
            Nothing was put there.
        """
        card_check.check(card)
        with _saving(self.folder, card.name):
            beside = self._beside(card)
            try:
                write(beside / WEIGHTS_NAME)
                check_weights(card, beside / WEIGHTS_NAME)
                # A damaged file is refused also where the shelf holds what it was once.
                return self._known(card) or self._place(card, beside)
            finally:
                shutil.rmtree(beside, ignore_errors=True)

    def discard(self, model_id: str) -> Path:
        """Move a model to the trash; its place there is what `restore` wants.

        Raises ModelRejected for models that are not the user's.
        """
        card = self.own(model_id)
        assert card.folder
        with _saving(self.trash, card.name):
            self.trash.mkdir(parents=True, exist_ok=True)
            place = self.trash / f"{time.time_ns():020d}-{card.folder.name}"
            shutil.move(card.folder, place)
        return place

    def discarded(self) -> tuple[ModelCard, ...]:
        """What is in the trash, the latest first; ``folder`` is its place."""
        newest_first = ModelShelf((self.trash,)).cards()[::-1]
        return tuple(newest_first)

    def restore(self, place: Path) -> ModelCard:
        """Bring a model back from the trash."""
        card = self.adopt(place)
        shutil.rmtree(place, ignore_errors=True)
        return card

    def rename(self, model_id: str, name: str) -> ModelCard:
        """Give a model another name for people; its id stays, as batches and settings know it.

        Raises ModelRejected for models that are not the user's, and for names that are none.
        """
        card = self.own(model_id)
        renamed = replace(card, name=" ".join(name.split()))
        card_check.check(renamed)
        assert card.folder
        with _saving(self.folder, card.name):
            write_card(renamed, card.folder)
        return renamed

    def own(self, model_id: str) -> ModelCard:
        """The user's model of that id. Raises ModelRejected."""
        card = self.everything.card(model_id)
        if card.folder is None or card.folder.parent != self.folder:
            raise ModelRejected(
                Text("{name} belongs to astroview and stays as it is", name=card.name),
                hint="Models that you tuned or imported can be changed.",
            )
        return card

    def needing(self, card: ModelCard) -> tuple[ModelCard, ...]:
        """The adapters that cannot be used without this model's weights."""
        others = self.everything.cards()
        return tuple(c for c in others if c.adapter and c.origin and c.origin.sha256 == card.sha256)

    def _known(self, card: ModelCard) -> ModelCard | None:
        """A model that does the same: of the same weights and palettes, whatever its name."""
        for one in self.everything.cards(card.task):
            if (one.sha256, one.palettes) == (card.sha256, card.palettes):
                return one
        return None

    def _beside(self, card: ModelCard) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        _forget_leftovers(self.folder)
        beside = self.folder / f".{card.id}.{os.urandom(4).hex()}{PART}"
        beside.mkdir()
        return beside

    def _place(self, card: ModelCard, beside: Path) -> ModelCard:
        """Give what is whole a free name; another process may be quicker with one."""
        while True:
            target = self.folder / free_id(card.id, self._taken())
            write_card(replace(card, id=target.name), beside)
            try:
                beside.rename(target)
            except OSError:
                if not is_there(target):
                    raise
            else:
                return read_card(target)

    def _taken(self) -> set[str]:
        names = {p.name for p in self.folder.iterdir()} if is_folder(self.folder) else set[str]()
        return names | {c.id for c in self.everything.cards()}


def user_shelf() -> UserShelf:
    """The shelf of whoever runs the program."""
    return UserShelf(resources.user_models(), resources.model_trash(), default_shelf())


def free_id(wanted: str, taken: set[str]) -> str:
    """An id that no other model has: the wanted one, or with a number; case counts for nothing,
    as on some file systems.
    """
    low = {name.lower() for name in taken}
    number, found = 1, wanted
    while found.lower() in low:
        number += 1
        found = f"{wanted[:74]}-{number}"
    return found


def check_weights(card: ModelCard, path: Path) -> None:
    """ModelRejected unless a file is a safetensors file with the sha256 of the card; that of an
    adapter names the card's parent.
    """
    found = safetensors_header.read_header(path, f"“{card.name}”")
    if card.adapter and found.metadata.get(PARENT) != (card.origin and card.origin.sha256):
        raise ModelRejected(
            Text("the card and the weights of {name} name different parents", name=card.name),
            hint="They do not belong together; get the model once more.",
        )
    if sha256_of(path) != card.sha256:
        raise ModelRejected(
            Text("the weights of {name} are damaged", name=card.name),
            hint="Their checksum differs from the card's; get the model once more.",
        )
    safetensors_header.check_values(path, f"“{card.name}”")


def chain(card: ModelCard, shelf: ModelShelf) -> tuple[ModelCard, ...]:
    """A tuned model's parent, its parent, and so on, as far as they are there."""
    found: list[ModelCard] = []
    while card.origin and len(found) < 32:
        try:
            parent = shelf.parent(card)
        except ModelRejected:
            break
        if parent is None:
            break
        found.append(parent)
        card = parent
    return tuple(found)


def fingerprint(shelf: ModelShelf) -> str:
    """A text that changes when a model is added, removed or changed; costs a few stats."""
    seen: list[str] = []
    for folder in shelf.folders:
        with suppress(OSError):
            for model in sorted(folder.iterdir()):
                with suppress(OSError):
                    found = (model / CARD_NAME).stat()
                    seen.append(f"{model}:{found.st_mtime_ns}:{found.st_size}:{found.st_ino}")
    return "\n".join(seen)


def _copy(card: ModelCard, target: Path) -> None:
    if not is_file(card.weights):
        raise ModelRejected(
            Text("the weights of {name} are missing", name=card.name),
            hint=Text("Expected {weights}.", weights=card.weights),
        )
    shutil.copyfile(card.weights, target)


def _forget_leftovers(folder: Path) -> None:
    """Folders that a killed process left; younger ones may be in work."""
    for left in folder.glob(f".*{PART}"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > DAY_S:
                shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _saving(folder: Path, name: str) -> Generator[None]:
    try:
        yield
    except OSError as problem:
        raise CannotSave(
            Text(
                "{name} was not saved: {strerror}", name=name, strerror=problem.strerror or problem
            ),
            hint=Text("Is there room, and may you write into {folder}?", folder=folder),
        ) from problem
