"""Make a colorizer's bank of palettes: ``python -m trainer bank MODEL --data DIR``.

No network is trained. Each picture that the colorizer may learn from (those held out are left
out) gives its palette code, what the encoder says of its grey, and what its name tells.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from safetensors.numpy import save

from astroview.core.atomic_write import replacing
from astroview.core.colour import colour_space
from astroview.core.errors import DatasetProblem
from astroview.core.models.model_card import ModelCard, read_card
from astroview.core.models.palette_bank import BANK_NAME, LIKE, PALE, Entry, source_in
from astroview.core.sky.object_kinds import kind_of
from astroview.core.texts import Text
from astroview.engine.networks import weights
from astroview.engine.networks.colorizer import Colorizer
from astroview.engine.networks.combined import Combined
from astroview.engine.pipeline import palette_view
from trainer.config import DataConfig
from trainer.data import palettes
from trainer.data.pictures import Shown, load, manifest, split

Progress = Callable[[int, int], None]
# Names of the libraries that pictures came from, where the mission is not told.
_LIBRARIES = (("pia", "spitzer wise"), ("gsfc", "hubble"))


def make_bank(model: Path, data: Path, progress: Progress) -> Path:
    """Write the bank of the colorizer in the folder ``model``.

    Raises
    ------
    DatasetProblem
        The model is no colorizer, or there are no pictures to take palettes of.
    """
    card = read_card(model)
    if not card.does("colorize"):
        raise DatasetProblem(
            Text("{name} is no colorizer", name=card.name), hint="Name one that is."
        )
    train, _ = split(load(data), DataConfig().held_out)
    if len(train) < 2:
        raise DatasetProblem("there are too few pictures to take palettes of", hint="Give more.")
    rows = manifest(data)
    told = [told_by(rows.get(picture.name, {}), picture.name) for picture in train]
    network = colorizer(card)
    codes = np.stack([palettes.code_of(picture.rgb) for picture in train])
    features = features_of(network, train, progress)
    return write_bank(card, entries_of(told), codes, features, model)


def write_bank(
    card: ModelCard, entries: Sequence[Entry], codes: Any, features: Any, folder: Path
) -> Path:
    """Write a bank of codes (N, 24) and features (N, F) beside a model's weights."""
    content = save(
        tensors_of(codes, features),
        {
            "weights": card.sha256,
            "entries": json.dumps([[e.name, e.source, e.kind] for e in entries]),
        },
    )
    with replacing(folder / BANK_NAME) as file:
        file.write(content)
    return folder / BANK_NAME


def tensors_of(codes: Any, features: Any) -> dict[str, Any]:
    """A bank's tensors, by their names in its file."""
    half = np.float16
    centre, scale = features.mean(0), features.std(0) + 1e-3
    return {
        "codes": np.ascontiguousarray(codes, half),
        "features": np.ascontiguousarray((features - centre) / scale, half),
        "centre": np.ascontiguousarray(centre, np.float32),
        "scale": np.ascontiguousarray(scale, np.float32),
    }


def colorizer(card: ModelCard) -> Colorizer:
    """A model's network that paints, on the CPU."""
    network = weights.load(card, torch.device("cpu"))
    return cast("Colorizer", network.colour if isinstance(network, Combined) else network)


@torch.inference_mode()
def features_of(network: Colorizer, train: Sequence[Shown], progress: Progress) -> Any:
    """What the encoder says of pictures in grey, (N, F)."""
    found: list[Any] = []
    for picture in train:
        light = colour_space.srgb_to_oklab(np.asarray(picture.rgb, np.float32) / np.float32(255))[
            ..., 0
        ]
        small = palette_view.reduced(
            torch.from_numpy(colour_space.encode_srgb(light**3))[None, None]
        )
        view = palette_view.normalised(np.clip(small[0, 0].numpy(), 0, 1))
        found.append(palette_view.summary(network, view).numpy())
        progress(len(found), len(train))
    return np.stack(found)


def sources_of(data: Path) -> dict[str, str]:
    """The telescope or survey of a folder's pictures, by their manifest."""
    return {name: told_by(row, name)[1] for name, row in manifest(data).items()}


def told_by(row: dict[str, str], name: str) -> tuple[str, str, str]:
    """Title, source, and all the words that tell of a picture."""
    credit = row.get("mission_credit", "")
    words = f"{credit} {Path(row.get('source_path', name)).name} {name}"
    stem = re.sub(r"_[0-9a-f]{6}$", "", Path(name).stem)
    title = re.split(r"[;:]", credit)[0] if credit.startswith("JWST ") and ";" in credit else stem
    source = source_in(words) or next((s for w, s in _LIBRARIES if w in stem.lower()), "")
    return re.sub(r"[_~ ]+", " ", title).strip() or stem, source, words


def entries_of(told: Sequence[tuple[str, str, str]]) -> list[Entry]:
    """Entries with names that are all different, those of their pale palettes too."""
    taken: set[str] = set()
    numbers: Counter[str] = Counter()  # the last of each title: thousands of files may have one
    made: list[Entry] = []
    for title, source, words in told:
        number = numbers[title] + 1
        while taken & {name := _numbered(title, number), f"{name}{PALE}"}:
            number += 1
        numbers[title] = number
        taken |= {name, f"{name}{PALE}"}
        made.append(Entry(name, source, kind_of(words) or kind_of(title)))
    return made


def _numbered(title: str, number: int) -> str:
    return f"{LIKE}{title} #{number}" if number > 1 else f"{LIKE}{title}"
