"""What an evaluation is asked for, and what all of its kinds share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from astroview.core.errors import DatasetProblem, ModelRejected
from astroview.core.models.model_card import CARD_NAME, ModelCard, ModelShelf, read_card
from astroview.core.texts import Text
from trainer.config import DataConfig
from trainer.data import pictures
from trainer.evaluation import perceptual_distance
from trainer.evaluation.resume_log import ResumeLog, Row

Task = Literal["sr", "colour", "combined"]
AGAINST: dict[str, tuple[str, ...]] = {
    "sr": ("bicubic", "lanczos"), "colour": ("neutral", "train-mean"), "combined": (),
}  # fmt: skip
WAYS = ("best", "denoise")
Tick = Callable[[str], None]


@dataclass(frozen=True)
class Request:
    """What is asked for.

    Attributes
    ----------
    model
        An id on the shelf, or a folder with a card (or a run's folder); for "combined" two with
        a plus between them, super-resolver first, or a combined model. ``:best`` after a
        super-resolver asks for its best quality, ``:denoise`` lets it leave out noise.
    against
        More of these, or bicubic, lanczos, neutral, train-mean; empty: the task's own.
    pictures
        How many of the held-out pictures, evenly spread, and of the skies at most; None: all.
    bands
        Folder of real FITS bands, or None.
    perceptual, critic
        Whether to compare features too, and the run folder whose critic judges what was made, and
        has the features where VGG19 cannot be had.
    vgg
        A file with VGG19's weights; None looks into torchvision's cache.
    sky_side, dark_side
        Of the simulated and real skies and of the frame of noise alone, coarse pixels.
    """

    task: Task
    model: str
    against: tuple[str, ...] = ()
    pictures: int | None = None
    bands: Path | None = None
    perceptual: bool = False
    critic: Path | None = None
    vgg: Path | None = None
    sky_side: int = 192
    dark_side: int = 512


def apart(name: str) -> tuple[str, str]:
    """A model's name and how it is to work: "best", "denoise" or ""."""
    model, _, way = name.rpartition(":")
    return (model, way) if way in WAYS else (name, "")


def card_of(name: str, shelf: ModelShelf) -> ModelCard:
    """A card by id, by its folder, or by the run that made it. Raises ModelRejected."""
    folder = Path(name)
    for place in (folder, folder / "model"):
        if (place / CARD_NAME).is_file():
            return read_card(place)
    return shelf.card(name)


class Evaluation:
    """One request on the held-out pictures of a folder; its kinds say what is scored."""

    def __init__(
        self, request: Request, data: Path, notes: ResumeLog, shelf: ModelShelf, tick: Tick
    ) -> None:
        self.request, self.data, self.notes = request, data, notes
        self.shelf, self.tick = shelf, tick
        self.against = request.against or AGAINST[request.task]
        self.card = self._card()
        self.train, held = pictures.split(pictures.load(data), DataConfig.held_out)
        if not held:
            raise DatasetProblem(
                Text("no picture in {name} is held out", name=data.name),
                hint="Give a folder with more pictures.",
            )
        self.held = spread(held, request.pictures)

    def sections(self) -> dict[str, dict[str, Any]]:
        """Means and rows by section."""
        raise NotImplementedError

    def _card(self) -> ModelCard:
        return self.of_task(apart(self.request.model)[0])

    def of_task(self, name: str) -> ModelCard:
        """A model of the request's task. Raises ModelRejected for others."""
        card = card_of(name, self.shelf)
        wanted = "superres" if self.request.task == "sr" else "colorize"
        if card.task != wanted:
            raise ModelRejected(
                Text(
                    "{name} is not a model for --task {task}",
                    name=card.name,
                    task=self.request.task,
                ),
                hint="“astroview models” tells what each model does.",
            )
        return card

    @cached_property
    def eye(self) -> perceptual_distance.Eye | None:
        """What sees features, if that was asked for."""
        asked = self.request
        return perceptual_distance.eye_for(asked.critic, asked.vgg) if asked.perceptual else None

    def perceptual(self, key: str, pairs: Callable[[], Any]) -> Row:
        """Distances in features, or what stands for none."""
        assert self.eye is not None
        eye = self.eye
        among = f"{len(self.held)} {self.held[0].name} {self.held[-1].name}"
        return self.notes.recall(
            f"{key} {eye.name} {among}",
            lambda: {**perceptual_distance.distances(eye, pairs()), "seen_by": eye.name},
        )


def spread(found: Sequence[Any], count: int | None) -> list[Any]:
    """So many, evenly spread over what there is."""
    if count is None or count >= len(found):
        return list(found)
    return [found[i * len(found) // count] for i in range(count)]
