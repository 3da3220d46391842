"""Models are data: a folder with ``card.json`` and ``model.safetensors``, on a shelf."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, field, replace
from pathlib import Path
from typing import Any, Literal

from astroview.core import json_lines, resources, strict_json
from astroview.core.atomic_write import replacing_text
from astroview.core.colour_hints import check_palette
from astroview.core.errors import ModelRejected
from astroview.core.io.paths.plain_paths import is_file, is_folder
from astroview.core.lazy_dataclass import dataclass
from astroview.core.texts import Text

Task = Literal["colorize", "superres", "combined"]
Pictures = Literal["boxes", "free"]
CARD_NAME = "card.json"
WEIGHTS_NAME = "model.safetensors"
PARENT = "parent_sha256"  # in the metadata of an adapter's weights
ILLUSTRATIVE = "illustrative"  # how a model is marked that paints texture


@dataclass(frozen=True)
class Palette:
    """A named convention of colour: the code that conditions a colorizer (see
    ``astroview.engine.networks.palette_code``), and a few sRGB swatches from dark to bright.
    """

    name: str
    code: tuple[float, ...]
    swatches: tuple[tuple[int, int, int], ...] = ()

    def __post_init__(self) -> None:
        check_palette(self.code, self.swatches)


@dataclass(frozen=True)
class Tiling:
    """How a model may be run in tiles, in input pixels.

    ``halo`` is the radius of the receptive field: with so many pixels of context around a
    tile its result equals that of the whole frame. ``multiple_of`` is the network's stride.
    """

    size: int
    halo: int
    multiple_of: int = 1


@dataclass(frozen=True)
class Origin:
    """What a tuned model was made from, and how.

    ``sha256`` is that of the parent's weights, ``fingerprint`` one over the contents of the
    pictures that it learnt from; ``made`` is a day (ISO 8601).
    """

    parent: str
    sha256: str
    method: str = "full"
    steps: int = 0
    fingerprint: str = ""
    pictures: int = 0
    made: str = ""


@dataclass(frozen=True)
class Adapter:
    """The weights file holds low-rank additions to the parent's weights, ``scale * B A``, and
    no weights of its own (see ``astroview.engine.networks.weights``).
    """

    rank: int
    scale: float


@dataclass(frozen=True)
class ModelCard:
    """What the application needs to know about a model, and what a user should.

    ``origin`` is there for tuned models only, ``adapter`` for those of them that need their
    parent's weights. ``uncertainty`` is empty for a model that cannot say how far off it may
    be; see ``astroview.engine.networks.interval_heads``. An ``illustrative`` model paints texture
    that was not measured: it is used where it is named and nowhere else, and its results say so.

    ``pictures`` tells what a super-resolver's answers to display pictures are meant to be:
    "free", written as they are; "boxes" (cards that do not say), given the means of the pixels
    first, as they were in training. ``for_pictures`` is the id of a super-resolver of the same
    magnification that answers display pictures in its place: what was made by a filter and what
    a detector integrated are learnt better apart. ``for_guides`` likewise is the id of a colorizer
    that paints with measured chroma in its place.

    ``star`` is how wide the stars of a telescope are that a model was tuned for, FWHM in pixels of
    its frames: results may be as sharp as those. 0: as sharp as of any telescope, 1.3 pixels.
    """

    id: str
    name: str
    task: Task
    architecture: str
    hyper: dict[str, Any]
    tiling: Tiling
    sha256: str
    scale: int = 1
    summary: str = ""
    palettes: tuple[Palette, ...] = ()
    licence: str = ""
    credit: str = ""
    training: dict[str, Any] = field(default_factory=dict[str, Any])
    metrics: dict[str, Any] = field(default_factory=dict[str, Any])
    uncertainty: dict[str, Any] = field(default_factory=dict[str, Any])
    limits_of_use: tuple[str, ...] = ()
    origin: Origin | None = None
    adapter: Adapter | None = None
    illustrative: bool = False
    pictures: Pictures = "boxes"
    for_pictures: str = ""
    for_guides: str = ""
    star: float = 0.0
    folder: Path | None = None

    @property
    def weights(self) -> Path:
        """The weights file beside the card."""
        if self.folder is None:
            raise ModelRejected(Text("model {id} has no folder", id=self.id))
        return self.folder / WEIGHTS_NAME

    def does(self, task: Task) -> bool:
        """Whether the model can be chosen for a task: a combined one paints and sharpens."""
        return self.task in (task, "combined")

    def title(self, mark: str = ILLUSTRATIVE) -> str:
        """Its name for people; that of an illustrative model ends with the mark, once."""
        if not self.illustrative:
            return self.name
        return f"{self.name.replace(f' ({ILLUSTRATIVE})', '')} ({mark})"

    @property
    def denoises(self) -> bool:
        """Whether it learnt noise: on skies whose truth is known it is nearer without it."""
        without = self.metrics.get("sky_psnr_denoised")
        as_it_is = self.metrics.get("sky_psnr")
        if not isinstance(without, int | float) or not isinstance(as_it_is, int | float):
            return False
        return without > as_it_is

    @property
    def scored_by(self) -> str:
        """The command that scored a model of others above bicubic; "" where none did."""
        scored: Any = self.metrics.get("scored")
        if not isinstance(scored, dict) or scored.get("above_bicubic") is not True:
            return ""
        return " ".join(str(scored.get("command", "")).split())[:200]  # a card may say anything

    def palette(self, name: str) -> Palette:
        """The palette of that name; ModelRejected when the card has none."""
        for palette in self.palettes:
            if palette.name == name:
                return palette
        known = ", ".join(p.name for p in self.palettes) or Text("none")
        raise ModelRejected(
            Text("{name} has no palette “{name_2}”", name=self.name, name_2=name),
            hint=Text("It has: {known}.", known=known),
        )


def read_card(folder: Path) -> ModelCard:
    """Read ``folder/card.json``.

    Raises
    ------
    ModelRejected
        The card is missing, is not JSON, or lacks a field.
    """
    path = folder / CARD_NAME
    try:
        return replace(card_from(strict_json.read(path)), folder=folder)
    except (OSError, ValueError) as problem:
        raise ModelRejected(
            Text(
                "the model in “{name}” cannot be used: {problem}", name=folder.name, problem=problem
            ),
            hint="Its card.json is missing or damaged; copy the model folder again.",
        ) from problem


def card_from(values: dict[str, Any]) -> ModelCard:
    """A card from plain values, as its file has them. Raises ValueError: they make none."""
    if "folder" in values:
        raise ValueError("a card does not say where it lies")
    card = json_lines.build(ModelCard, values)
    numbers = (card.tiling.size, card.tiling.halo, card.tiling.multiple_of, card.scale)
    if not all(0 <= number < 2**20 for number in numbers):
        raise ValueError("its “tiling” or “scale” is impossible")
    return card


def card_text(card: ModelCard) -> str:
    """The content of a card's file; older versions read it too where no new field is used."""
    values = asdict(card)
    del values["folder"]
    for key in ("origin", "adapter", "illustrative", "for_pictures", "for_guides", "star"):
        if not values[key]:
            del values[key]
    if card.pictures == "boxes":
        del values["pictures"]
    return json.dumps(values, indent=1, ensure_ascii=False) + "\n"


def write_card(card: ModelCard, folder: Path) -> None:
    """Write ``folder/card.json`` (the weights are written by the engine)."""
    with replacing_text(folder / CARD_NAME) as file:
        file.write(card_text(card))


def sha256_of(path: Path) -> str:
    """Hex digest of a file, read in blocks."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def chosen_between(cards: Iterable[ModelCard]) -> tuple[ModelCard, ...]:
    """Those that a user chooses between: none that only answers for another."""
    known = tuple(cards)
    helping = {name for card in known for name in (card.for_pictures, card.for_guides)} - {""}
    return tuple(card for card in known if card.id not in helping)


@dataclass(frozen=True)
class ModelShelf:
    """The models in some folders (bundled ones, then the user's), in a fixed order: illustrative
    ones come last.
    """

    folders: tuple[Path, ...]

    def cards(self, task: Task | None = None) -> tuple[ModelCard, ...]:
        """Cards of the readable models; a damaged folder is left out here (see `card`)."""
        found = (c for c in self._read() if task in (None, c.task))
        return tuple(sorted(found, key=lambda c: c.illustrative))

    def usual(self, task: Task) -> tuple[ModelCard, ...]:
        """Those of a task that may be taken without being named: none that is illustrative."""
        return tuple(c for c in chosen_between(self.cards(task)) if not c.illustrative)

    def answering(self, card: ModelCard, kind: str) -> ModelCard:
        """The model that answers frames of a kind where ``card`` is chosen."""
        return self._other(card, card.for_pictures) if kind == "display" else card

    def painting(self, card: ModelCard, *, measured: bool) -> ModelCard:
        """The colorizer that paints where ``card`` is chosen, with ``measured`` chroma or not."""
        return self._other(card, card.for_guides) if measured else card

    def _other(self, card: ModelCard, name: str) -> ModelCard:
        """That of this name where it is there and magnifies alike; else the card itself."""
        fits = (c for c in self.cards(card.task) if c.id == name and c.scale == card.scale)
        return next(fits, card) if name else card

    def card(self, model_id: str) -> ModelCard:
        """The card with that id; ModelRejected when there is none or it is damaged."""
        for folder in self._model_folders():
            if folder.name == model_id:
                return read_card(folder)
        for card in self._read():
            if card.id == model_id:
                return card
        known = ", ".join(c.id for c in self._read()) or Text("none")
        raise ModelRejected(
            Text("there is no model “{model_id}”", model_id=model_id),
            hint=Text("Known models: {known}.", known=known),
        )

    def parent(self, card: ModelCard) -> ModelCard | None:
        """The model that a card was tuned from, found by its weights; None for the others. It may
        be one that an earlier version shipped.

        Raises
        ------
        ModelRejected
            It is not on this shelf, or its weights are others.
        """
        if card.origin is None:
            return None
        namesake = None
        earlier = ModelShelf((resources.earlier_models(),))
        for found in (*self._read(), *earlier._read()):
            if found.sha256 == card.origin.sha256:
                return found
        for found in self._read():
            namesake = found if found.id == card.origin.parent else namesake
        if namesake is None:
            raise ModelRejected(
                Text(
                    "{name} was tuned from “{parent}”, which is not installed",
                    name=card.name,
                    parent=card.origin.parent,
                ),
                hint="Import that model first, or bring it back from the trash.",
            )
        raise ModelRejected(
            Text(
                "{name} was tuned from another version of {namesake_name}",
                name=card.name,
                namesake_name=namesake.name,
            ),
            hint=Text(
                "Its parent's weights begin with sha256 {sha256}; import those.",
                sha256=card.origin.sha256[:12],
            ),
        )

    def choose(self, model_id: str | None, task: Task) -> ModelCard | None:
        """The card for a choice: an id, ``"auto"`` (the first of its task that may be taken
        without being named) or None (off).
        """
        if model_id is None:
            return None
        if model_id != "auto":
            card = self.card(model_id)
            if not card.does(task):
                raise ModelRejected(
                    Text("{name} is not a model to {task} with", name=card.name, task=task)
                )
            return card
        cards = self.usual(task)
        if not cards:
            raise ModelRejected(
                Text("no model to {task} with is installed", task=task),
                hint="The bundled models are missing; install astroview again.",
            )
        return cards[0]

    def scales(self) -> tuple[int, ...]:
        """The magnifications that are to be had without naming a model, ascending."""
        return tuple(sorted({card.scale for card in self.usual("superres")}))

    def superres(self, scale: int) -> ModelCard | None:
        """The first super-resolver of that magnification that may be taken without being named;
        None for 1.

        Raises
        ------
        ModelRejected
            There is none.
        """
        if scale == 1:
            return None
        for card in self.usual("superres"):
            if card.scale == scale:
                return card
        known = ", ".join(f"×{n}" for n in self.scales()) or Text("none")
        raise ModelRejected(
            Text("no super-resolver for ×{scale} is installed", scale=scale),
            hint=Text("There are: {known}.", known=known),
        )

    def superres_id(self, scale: int, named: str = "auto") -> str | None:
        """The id of the super-resolver that is named, or else of the first of a magnification;
        None for 1. Raises ModelRejected when it is not to be had.
        """
        card = self.superres(scale) if named == "auto" else self.choose(named, "superres")
        return card.id if card else None

    def _model_folders(self) -> Iterable[Path]:
        for shelf in self.folders:
            if is_folder(shelf):
                yield from sorted(p for p in shelf.iterdir() if _is_model(p))

    def _read(self) -> Iterable[ModelCard]:
        for folder in self._model_folders():
            try:
                yield read_card(folder)
            except ModelRejected:
                continue


def _is_model(folder: Path) -> bool:
    """Hidden folders are models that are being written."""
    return not folder.name.startswith(".") and is_file(folder / CARD_NAME)


def default_shelf() -> ModelShelf:
    """The bundled models, then those that the user trained or added."""
    return ModelShelf((resources.root() / "models", resources.user_models()))
