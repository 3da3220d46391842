"""Palettes of a folder of the user's: how the pictures of a survey are coloured, under one name.

A set is one file on the user's shelf of palettes. It holds, as a model's own bank does (see
`core.models.palette_bank`), the palette code of each picture and what a colorizer's encoder says of
its grey, and a few typical palettes. It is no part of a model: every colorizer paints with it. For
the weights that its pictures were looked at with, each frame gets the palettes of the pictures
that look like it; for others, the typical ones.

``NAME`` is the palette that fits a frame best; ``NAME: like M 51`` and ``NAME: blue, gold cores``
are single ones.
"""

from __future__ import annotations

import json
import re
import shutil
import time
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from astroview.core import resources, strict_json
from astroview.core.colour_hints import AUTO, CODE_LENGTH
from astroview.core.errors import AstroviewError, CannotSave, ModelRejected
from astroview.core.io.paths.plain_paths import is_there, opened
from astroview.core.lazy_dataclass import dataclass
from astroview.core.models.model_card import Palette
from astroview.core.models.palette_bank import LIKE, Entry, Listing, is_of, listing
from astroview.core.models.safetensors_header import read_header
from astroview.core.texts import Text

SUFFIX = ".palettes"
LONGEST = 60  # letters of a name
MARK = ": "  # between the name of a set and that of one of its palettes
_LEFT_OUT = re.compile(r"[\x00-\x1f:;,()]+")  # in names: lines of a result's history end with them
_FORMAT = "1"
_TAKEN = (AUTO, "from a picture", "neutral")


@dataclass(frozen=True)
class PaletteSet:
    """A set as its file's header tells it; names of palettes begin with that of the set.

    ``listing`` has the pictures, ``typical`` the palettes that stand for all of them, the most
    typical one first. ``made`` is a day (ISO 8601).
    """

    name: str
    path: Path
    listing: Listing
    typical: tuple[Palette, ...]
    made: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """All that `--palette` takes of it."""
        own = (p.name for p in self.typical)
        return (self.name, *own, *(entry.name for entry in self.listing.entries))

    def paints_in(self, palette: str) -> bool:
        """Whether `--palette` takes it of this set: by one of the names, or a picture's, pale."""
        return palette in self.names or is_of(self.listing.entries, palette)


@dataclass(frozen=True)
class PaletteShelf:
    """A folder of sets that the user may change; what is removed goes to ``trash``."""

    folder: Path
    trash: Path

    def sets(self) -> tuple[PaletteSet, ...]:
        """Those that can be read, by their names; a damaged file is left out."""
        found: list[PaletteSet] = []
        for path in sorted(self.folder.glob(f"*{SUFFIX}")):
            with suppress(ModelRejected):
                found.append(read_set(path))
        return tuple(sorted(found, key=lambda one: one.name.casefold()))

    def fingerprint(self) -> str:
        """A text that changes when a set is added, removed or changed; costs a few stats."""
        seen: list[str] = []
        for path in sorted(self.folder.glob(f"*{SUFFIX}")):
            with suppress(OSError):
                found = path.stat()
                seen.append(f"{path.name}:{found.st_mtime_ns}:{found.st_size}")
        return "\n".join(seen)

    def holding(self, palette: str) -> PaletteSet | None:
        """The set that has a palette of that name, or is called so; None when there is none."""
        first = palette.partition(MARK)[0]
        found = (one for one in self.sets() if one.name in (palette, first))
        return next((one for one in found if one.paints_in(palette)), None)

    def keep(self, path: Path) -> PaletteSet:
        """Put a set's file on the shelf; one of the same name gives it a number.

        Raises
        ------
        ModelRejected
            The file is no set.
        CannotSave
            Nothing was put there.
        """
        one = read_set(path)
        name = self.free_name(one.name)
        target = self.folder / f"{_slug(name)}{SUFFIX}"
        number = 1
        while is_there(target):
            number += 1
            target = self.folder / f"{_slug(name)}-{number}{SUFFIX}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            beside = target.with_name(f".{target.name}.part")
            shutil.copyfile(path, beside)
            if name != one.name:
                rename_in(beside, name)
            beside.replace(target)
        except OSError as problem:
            raise _cannot_save(name, self.folder, problem) from problem
        return read_set(target)

    def discard(self, name: str) -> Path:
        """Move a set to the trash; its place there. Raises ModelRejected, CannotSave."""
        one = self.named(name)
        try:
            self.trash.mkdir(parents=True, exist_ok=True)
            place = self.trash / f"{time.time_ns():020d}-{one.path.name}"
            shutil.move(one.path, place)
        except OSError as problem:
            raise _cannot_save(name, self.trash, problem) from problem
        return place

    def discarded(self) -> tuple[PaletteSet, ...]:
        """What is in the trash, the latest first."""
        return PaletteShelf(self.trash, self.trash).sets()[::-1]

    def restore(self, place: Path) -> PaletteSet:
        """Bring a set back from the trash."""
        back = self.keep(place)
        place.unlink(missing_ok=True)
        return back

    def rename(self, name: str, other: str) -> PaletteSet:
        """Give a set another name. Raises ModelRejected, CannotSave."""
        one, wanted = self.named(name), clean(other)
        if wanted.casefold() != one.name.casefold() and self.free_name(wanted) != wanted:
            raise ModelRejected(
                Text("there are palettes called “{wanted}” already", wanted=wanted),
                "Choose another.",
            )
        try:
            rename_in(one.path, wanted)
        except OSError as problem:
            raise _cannot_save(name, self.folder, problem) from problem
        return read_set(one.path)

    def named(self, name: str) -> PaletteSet:
        """The set of that name, capitals or not. Raises ModelRejected."""
        every = self.sets()
        for one in every:
            if one.name.casefold() == name.strip().casefold():
                return one
        known = ", ".join(one.name for one in every) or Text("none")
        raise ModelRejected(
            Text("there are no palettes called “{name}”", name=name),
            hint=Text("There are: {known}.", known=known),
        )

    def free_name(self, wanted: str) -> str:
        """The name, or with a number where another set has it."""
        taken = {one.name.casefold() for one in self.sets()}
        name, number = wanted, 1
        while name.casefold() in taken:
            number += 1
            name = f"{wanted[: LONGEST - 4]} {number}"
        return name


def is_likeness(palette: str) -> bool:
    """Whether a palette is that of a picture which only looks like the frame."""
    return palette.startswith(LIKE) or f"{MARK}{LIKE}" in palette


def palette_shelf() -> PaletteShelf:
    """The shelf of whoever runs the program."""
    return PaletteShelf(resources.user_palettes(), resources.palette_trash())


def clean(name: str) -> str:
    """A name for a set, without what it cannot hold. Raises ModelRejected when nothing is left."""
    found = " ".join(_LEFT_OUT.sub(" ", name).split())[:LONGEST].strip()
    if not found or found.casefold() in _TAKEN or found.startswith(LIKE):
        raise ModelRejected(
            Text("palettes cannot be called “{name}”", name=name),
            hint="Choose another name, such as My survey.",
        )
    return found


def read_set(path: Path) -> PaletteSet:
    """What a set's header tells.

    Raises
    ------
    ModelRejected
        The file is damaged, or is no set of palettes.
    """
    try:
        told = read_header(path).metadata
        if told.get("palettes") != _FORMAT:
            raise ValueError("it is none, or a newer astroview made it")
        name = clean(told["name"])
        entries = tuple(
            Entry(_full(name, entry.name), entry.source, entry.kind)
            for entry in listing(path).entries
        )
        typical = tuple(_palette(name, row) for row in strict_json.loads(told["typical"]))
        if not typical:
            raise ValueError("it holds no palette")
        return PaletteSet(
            name, path, Listing(entries, told["weights"]), typical, told.get("made", "")
        )
    except (OSError, KeyError, ValueError, TypeError) as problem:
        raise ModelRejected(
            Text(
                "{name} holds no palettes that can be used: {problem}",
                name=path.name,
                problem=problem,
            ),
            hint="Make them anew from the folder of pictures.",
        ) from problem


def header(name: str, listed: Listing, typical: Sequence[Palette], made: str) -> dict[str, str]:
    """The metadata of a set's file; names in it are without the set's own."""
    return {
        "palettes": _FORMAT,
        "name": clean(name),
        "made": made,
        "weights": listed.weights,
        "entries": json.dumps([[e.name, e.source, e.kind] for e in listed.entries]),
        "typical": json.dumps([[p.name, list(p.code), list(p.swatches)] for p in typical]),
    }


def rename_in(path: Path, name: str) -> None:
    """Write another name into a set's file, all or nothing."""
    from astroview.core.atomic_write import replacing

    with opened(path) as file:
        size = int.from_bytes(file.read(8), "little")
        content = strict_json.loads(file.read(size))
        tensors = file.read()
    content["__metadata__"]["name"] = clean(name)
    told = json.dumps(content, separators=(",", ":")).encode()
    told += b" " * (-len(told) % 8)
    with replacing(path) as out:
        out.write(len(told).to_bytes(8, "little") + told + tensors)


def _full(name: str, palette: str) -> str:
    return f"{name}{MARK}{palette}"


def _palette(name: str, row: Any) -> Palette:
    words, code, swatches = row
    numbers = tuple(float(number) for number in code)
    if len(numbers) != CODE_LENGTH:
        raise ValueError("a palette in it has another length")
    colours = tuple((int(r), int(g), int(b)) for r, g, b in swatches)
    return Palette(_full(name, str(words)), numbers, colours)


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "palettes"


def _cannot_save(name: str, folder: Path, problem: OSError) -> AstroviewError:
    return CannotSave(
        Text(
            "The palettes {name} were not changed: {strerror}",
            name=name,
            strerror=problem.strerror or problem,
        ),
        hint=Text("Is there room, and may you write into {folder}?", folder=folder),
    )
