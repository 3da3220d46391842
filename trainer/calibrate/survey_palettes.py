"""The palettes of a folder of colour pictures as a set of their own; nothing is trained.

Each picture gives its palette code and what a colorizer's encoder says of its grey, as in a
model's own bank (`trainer.calibrate.palette_bank`); a few that stand for all of them are named.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save

from astroview.core.atomic_write import replacing
from astroview.core.errors import AstroviewError, CannotSave, DatasetProblem
from astroview.core.models import palette_set
from astroview.core.models.model_card import ModelCard, Palette
from astroview.core.models.palette_bank import Listing
from astroview.core.models.palette_set import PaletteSet
from astroview.core.texts import Text
from trainer.calibrate import palette_bank
from trainer.data import palettes
from trainer.data.picture_sources import sources
from trainer.data.pictures import Shown
from trainer.data.tensor_colour import to_oklab
from trainer.tasks.colour_samples import small_picture

Progress = Callable[[int, int, str], None]
FEWEST = 2  # pictures
MOST = 1000  # of more, so many from all over the folder
TYPICAL = 4  # named palettes beside the most typical picture's
GREY = 0.004  # Oklab chroma: a folder whose pictures have less, on average, has no palette
SIDE = 256  # pixels: larger pictures are reduced once they were read
SEED = 1


@dataclass(frozen=True)
class Found:
    """Pictures of a folder, and the first that could not be used."""

    pictures: tuple[Shown, ...]
    refused: int = 0
    problem: str = ""


def make_set(
    folder: Path, name: str, card: ModelCard, file: Path, progress: Progress
) -> tuple[PaletteSet, Found]:
    """Write the palettes of a folder's colour pictures as a set, all or nothing.

    Parameters
    ----------
    card
        The colorizer whose encoder looks at the pictures.
    file
        Where the set is written.
    progress
        Told how many pictures are done, of how many, and what is done; may raise to stop.

    Raises
    ------
    DatasetProblem
        There are no colour pictures, or hardly a colour in them.
    ModelRejected
        Palettes cannot be called so.
    CannotSave
        The file cannot be written.
    """
    palette_set.clean(name)
    found = read_pictures(folder, progress)
    _check(found, folder)
    return write_set(found.pictures, name, card, file, progress), found


def read_pictures(folder: Path, progress: Progress) -> Found:
    """Colour pictures and composed bands of a folder, reduced; what cannot be used is counted."""
    listed = sources(folder, "colorize", lambda done, of: progress(done, of, "looking"))
    step = max(1, -(-len(listed) // MOST))
    chosen, kept = listed[::step], list[Shown]()
    refused, first = 0, ""
    for i, source in enumerate(chosen):
        try:
            kept.append(_reduced(source.read()))
        except (AstroviewError, OSError, ValueError) as problem:
            first, refused = first or str(problem), refused + 1
        progress(i + 1, len(chosen), "reading")
    return Found(tuple(kept), refused, first)


def write_set(
    pictures: Sequence[Shown], name: str, card: ModelCard, file: Path, progress: Progress
) -> PaletteSet:
    """Write the set of some pictures; see `make_set`."""
    codes = np.stack([palettes.code_of(picture.rgb) for picture in pictures])
    features = palette_bank.features_of(
        palette_bank.colorizer(card),
        pictures,
        lambda done, of: progress(done, of, "comparing"),
    )
    told = [palette_bank.told_by({}, picture.name) for picture in pictures]
    listed = Listing(tuple(palette_bank.entries_of(told)), card.sha256)
    day = datetime.now(UTC).date().isoformat()
    words = palette_set.header(name, listed, typical_of(codes), day)
    content = save(palette_bank.tensors_of(codes, features), words)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with replacing(file) as out:
            out.write(content)
    except OSError as problem:
        raise CannotSave(
            Text("The palettes were not saved: {strerror}", strerror=problem.strerror or problem),
            hint=Text("Is there room, and may you write into {parent}?", parent=file.parent),
        ) from problem
    return palette_set.read_set(file)


def typical_of(codes_NK: palettes.Codes) -> tuple[Palette, ...]:
    """The most typical picture's palette, and those of clusters, named by their hues."""
    first = palettes.convention(codes_NK)
    rows = [first]
    if len(codes_NK) > TYPICAL:
        clusters = palettes.cluster(codes_NK, TYPICAL, SEED)
        rows += [row for row in clusters if not np.array_equal(row, first)]
    return palettes.named(np.stack(rows), ("typical",))


def _check(found: Found, folder: Path) -> None:
    if len(found.pictures) < FEWEST:
        why = f" ({found.problem})" if found.problem else ""
        raise DatasetProblem(
            Text(
                "{name} has too few colour pictures to take palettes of{why}",
                name=folder.name,
                why=why,
            ),
            hint=Text(
                "Give a folder with {fewest} or more colour pictures: PNG, JPEG, TIFF or FITS.",
                fewest=FEWEST,
            ),
        )
    if max(_chroma(picture) for picture in found.pictures) < GREY:
        raise DatasetProblem(
            Text("the pictures of {name} have no colour to speak of", name=folder.name),
            hint="Give pictures whose colours you like.",
        )


def _chroma(picture: Shown) -> float:
    lab: Any = to_oklab(small_picture(picture.rgb, 64))
    return float(lab[:, 1:].square().sum(1).sqrt().mean())


def _reduced(picture: Any) -> Shown:
    """As small as its palette and its look need, so that any number fits in memory."""
    from PIL import Image

    image = Image.fromarray(picture.rgb)
    image.thumbnail((SIDE, SIDE), Image.Resampling.BOX)
    return replace(picture, rgb=np.asarray(image), low=None)
