"""A model as one file to give away: ``NAME.astromodel``.

It is a zip of three entries that stand in it as they are, not compressed: ``astromodel.json``
(``format``, the sha256 of the other two), ``card.json`` and ``model.safetensors``. Nothing in it
can hold code. A file from elsewhere is believed nothing: names in it become no paths, sizes are
bounded while they are read, and card, header and checksums are looked at before it is on the shelf.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NoReturn, cast

from astroview.core import strict_json
from astroview.core.atomic_write import replacing
from astroview.core.errors import CannotSave, ModelRejected
from astroview.core.io.paths.plain_paths import is_file, is_folder
from astroview.core.models import card_check, shelf
from astroview.core.models.model_card import (
    CARD_NAME,
    WEIGHTS_NAME,
    ModelCard,
    card_from,
    card_text,
)
from astroview.core.models.shelf import UserShelf
from astroview.core.texts import Text
from astroview.core.unforeseen import refuse_streams

SUFFIX = ".astromodel"
OF_OTHERS = (".pth", ".pt", ".safetensors", ".onnx")  # brought in by the engine, which runs them
MANIFEST = "astromodel.json"
FORMAT = 1
LIMITS = {MANIFEST: 64 * 2**10, CARD_NAME: 2**20, WEIGHTS_NAME: 2 * 2**30}  # bytes
DATE = (1980, 1, 1, 0, 0, 0)  # the same model gives the same file
_CHUNK = 2**20
_OTHERS = "Ask for a .astromodel file; a super-resolver of others: astroview models import FILE."
_UNSAFE = (".pt", ".pth", ".ckpt", ".pkl", ".pickle", ".bin")


def is_model(file: Path) -> bool:
    """Whether a file is named as models are that can be imported."""
    return file.suffix.lower() in (SUFFIX, *OF_OTHERS)


def share(card: ModelCard, file: Path) -> Path:
    """Write a model into one file; ``.astromodel`` is added to a name without it.

    Raises
    ------
    ModelRejected
        Card and weights do not hold together.
    CannotSave
        What was there before, if anything, is still there.
    """
    path = file if file.suffix.lower() == SUFFIX else file.with_name(file.name + SUFFIX)
    card_check.check(card)
    if not is_file(card.weights):
        raise ModelRejected(Text("the weights of {name} are missing", name=card.name))
    shelf.check_weights(card, card.weights)
    text = card_text(card).encode()
    told = {
        "format": FORMAT,
        CARD_NAME: hashlib.sha256(text).hexdigest(),
        WEIGHTS_NAME: card.sha256,
    }
    try:
        with replacing(path) as out, zipfile.ZipFile(out, "w") as archive:
            archive.writestr(zipfile.ZipInfo(MANIFEST, DATE), json.dumps(told, indent=1))
            archive.writestr(zipfile.ZipInfo(CARD_NAME, DATE), text)
            info = zipfile.ZipInfo(WEIGHTS_NAME, DATE)
            info.file_size = card.weights.stat().st_size
            with card.weights.open("rb") as source, archive.open(info, "w") as target:
                _pour(source, target, LIMITS[WEIGHTS_NAME], path.name)
    except OSError as problem:
        raise CannotSave(
            Text(
                "{name} was not saved: {strerror}",
                name=path.name,
                strerror=problem.strerror or problem,
            ),
            hint="Is there room, and may you write there?",
        ) from problem
    return path


def bring_in(file: Path, onto: UserShelf) -> ModelCard:
    """Put the model of a file, or of a model's folder, onto the user's shelf.

    Raises
    ------
    ModelRejected
        It is no model, is damaged, or is of another version.
    CannotSave
        It could not be put there.
    """
    if is_folder(file):
        return onto.adopt(file)
    with _opened(file) as archive:
        told = _told(archive, file.name)
        card = _card(archive, told, file.name)
        return onto.put(card, lambda target: _extract(archive, target, file.name))


def peek(file: Path) -> ModelCard:
    """The card in a file, without its weights being looked at. Raises ModelRejected."""
    with _opened(file) as archive:
        return _card(archive, _told(archive, file.name), file.name)


@contextmanager
def _opened(file: Path) -> Generator[zipfile.ZipFile]:
    if file.suffix.lower() in _UNSAFE:
        _reject(file.name, "files of this kind can run any program", _OTHERS)
    if file.suffix.lower() == ".safetensors":
        _reject(file.name, "it holds weights without a card", _OTHERS)
    refuse_streams(file, ModelRejected)
    try:
        with zipfile.ZipFile(file) as archive:
            _check_entries(archive, file.name)
            yield archive
    except zipfile.BadZipFile as problem:
        _reject(file.name, Text("it is no model, or damaged ({problem})", problem=problem))
    except (zlib.error, EOFError, NotImplementedError, RuntimeError) as problem:
        _reject(file.name, Text("it is damaged ({name})", name=type(problem).__name__))
    except FileNotFoundError:
        _reject(file.name, "there is no such file", "Check its name.")
    except OSError as problem:
        _reject(file.name, str(problem.strerror or problem), "May you read it?")


def _check_entries(archive: zipfile.ZipFile, name: str) -> None:
    entries = archive.infolist()
    if sorted(e.filename for e in entries) != sorted(LIMITS):
        _reject(name, "it does not hold what a model consists of")
    for entry in entries:
        if entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & 1:
            _reject(name, "it is compressed or locked")
        if entry.file_size > LIMITS[entry.filename]:
            _reject(name, "it is larger than any model")


def _told(archive: zipfile.ZipFile, name: str) -> dict[str, Any]:
    told = _json(archive.read(MANIFEST), name)
    if told.get("format") != FORMAT:
        _reject(
            name, "a newer astroview made it", "Install that version, or ask for an older file."
        )
    return told


def _card(archive: zipfile.ZipFile, told: dict[str, Any], name: str) -> ModelCard:
    text = archive.read(CARD_NAME)
    if hashlib.sha256(text).hexdigest() != told.get(CARD_NAME):
        _reject(name, "its card is not the one that was packed")
    try:
        card = card_from(_json(text, name))
    except ValueError as problem:
        _reject(name, Text("its card is none ({problem})", problem=problem))
    card_check.check(card)
    if card.sha256 != told.get(WEIGHTS_NAME):
        _reject(name, "its card belongs to other weights")
    return card


def _json(content: bytes, name: str) -> dict[str, Any]:
    try:
        found = strict_json.loads(content)
    except ValueError:
        _reject(name, "a text in it cannot be read")
    if not isinstance(found, dict):
        _reject(name, "a text in it is no table")
    return cast("dict[str, Any]", found)


def _extract(archive: zipfile.ZipFile, target: Path, name: str) -> None:
    with archive.open(WEIGHTS_NAME) as source, target.open("xb") as out:
        _pour(source, out, LIMITS[WEIGHTS_NAME], name)


def _pour(source: IO[bytes], target: IO[bytes], most: int, name: str) -> None:
    left = most
    while chunk := source.read(_CHUNK):
        left -= len(chunk)
        if left < 0:
            _reject(name, "it is larger than any model")
        target.write(chunk)


def _reject(name: str, why: str, hint: str = "") -> NoReturn:
    message = Text("{name} cannot be imported: {why}", name=name, why=why)
    raise ModelRejected(message, hint=hint or "Get the file once more.")
