"""A folder of colour pictures: found, decoded once, split by target so that nothing leaks."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path
from typing import BinaryIO, Protocol

import imagehash
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from astroview.core.colour.colour_profiles import Profile, read_profile, to_srgb
from astroview.core.errors import DatasetProblem
from astroview.core.io.paths.plain_paths import plain
from astroview.core.texts import Text
from astroview.core.unforeseen import read_text_file
from trainer.data.target_names import target_of

SUFFIXES = (".jpg", ".jpeg", ".png", ".tif", ".tiff")
FINE_SUFFIXES = (*SUFFIXES, ".webp")
_ROWS = 256  # that a profile is applied to at a time
_PROFILED = ("L", "RGB")  # of 8 bits a colour
NEAR = 4  # bits of a 64-bit perceptual hash by which two renderings of a target may differ
LUMA = np.array([0.299, 0.587, 0.114], np.float32)


class Shown(Protocol):
    """What a task needs of a picture, in memory or not; see `Picture`."""

    @property
    def name(self) -> str: ...
    @property
    def target(self) -> str: ...
    @property
    def sharpness(self) -> float: ...
    @property
    def shape(self) -> tuple[int, int]: ...
    @property
    def rgb(self) -> NDArray[np.uint8]: ...
    @property
    def luma(self) -> NDArray[np.uint8]: ...
    @property
    def low(self) -> NDArray[np.uint8] | None: ...
    def of(self, target: str) -> Shown:
        """The same picture with another target's key."""
        ...


@dataclass(frozen=True)
class Picture:
    """One colour picture: uint8 (H, W, 3), its name in the folder, and its target's key.

    ``low`` is the luma (h, w) of a poorer frame of the same field, where there is a real one;
    ``path`` the file of a grey frame, whose measured samples are there.
    """

    name: str
    rgb: NDArray[np.uint8]
    target: str
    sharpness: float = 1.0
    low: NDArray[np.uint8] | None = None
    path: Path | None = None

    @property
    def shape(self) -> tuple[int, int]:
        """(H, W)."""
        return self.rgb.shape[0], self.rgb.shape[1]

    @property
    def luma(self) -> NDArray[np.uint8]:
        """(H, W)."""
        return luma(self.rgb)

    def of(self, target: str) -> Picture:
        """The same picture with another target's key."""
        return replace(self, target=target)


def luma(rgb_HWC: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """(H, W), uint8."""
    return (rgb_HWC @ LUMA + 0.5).astype(np.uint8)


def load(folder: Path, progress: Callable[[int, int], None] | None = None) -> list[Picture]:
    """Decode every picture below ``folder`` in the order of their names.

    A ``MANIFEST.csv`` there (columns file, mission_credit, sharpness) helps to tell targets
    apart; without it names and looks decide. Unreadable files are left out.

    Raises
    ------
    DatasetProblem
        The folder holds no readable picture.
    """
    notes = manifest(folder)
    paths = sorted(p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES)
    found: list[Picture] = []
    hashes: list[int] = []
    for i, path in enumerate(paths):
        name = path.relative_to(folder).as_posix()
        note = notes.get(name, {})
        try:
            small = decoded(path)
        except OSError:
            continue
        hashes.append(look(small))
        target = target_of(f"{name} {note.get('mission_credit', '')}") or name
        sharpness = float(note.get("sharpness") or 1.0)
        found.append(Picture(name, np.asarray(small), target, sharpness))
        if progress:
            progress(i + 1, len(paths))
    if not found:
        raise DatasetProblem(
            Text("{name} holds no picture that can be read", name=plain(folder).name),
            hint="Give a folder with colour PNG, JPEG or TIFF pictures.",
        )
    targets = join_lookalikes([p.target for p in found], hashes)
    return [replace(p, target=t) for p, t in zip(found, targets, strict=True)]


def decoded(source: Path | BinaryIO) -> Image.Image:
    """A picture in sRGB, 8 bits a colour: what its colour profile says is obeyed, as where the
    window opens it. Raises OSError when it is no picture.
    """
    with Image.open(source) as image:
        icc = image.info.get("icc_profile")
        if icc and image.mode in _PROFILED:
            with suppress(ValueError):
                return _in_srgb(image, read_profile(icc))
        return image.convert("RGB")


def _in_srgb(image: Image.Image, profile: Profile) -> Image.Image:
    """By its profile; as it is where that is sRGB, or speaks of other colours than it has."""
    if profile.is_srgb or profile.channels != len(image.getbands()):
        return image.convert("RGB")
    coded = np.atleast_3d(np.asarray(image))
    rgb = np.empty((*coded.shape[:2], 3), np.uint8)
    for top in range(0, len(coded), _ROWS):
        part = coded[top : top + _ROWS].astype(np.float32) / np.float32(255)
        rgb[top : top + _ROWS] = np.round(255 * to_srgb(part, profile))
    return Image.fromarray(rgb)


def load_fine(folder: Path, pictures: Sequence[Picture]) -> list[Picture]:
    """Decode the better originals of some pictures, with the targets of these.

    Which is which stands in the column ``of`` of the folder's ``MANIFEST.csv``. An original of
    none of the pictures is left out: nobody knows on which side of the split it belongs.

    Raises
    ------
    DatasetProblem
        The folder holds no original of any of the pictures.
    """
    targets = {p.name: p.target for p in pictures}
    found: list[Picture] = []
    for name, note in manifest(folder).items():
        target, path = targets.get(note.get("of", "")), folder / name
        if target is None or path.suffix.lower() not in FINE_SUFFIXES:
            continue
        try:
            rgb = np.asarray(decoded(path))
        except OSError:
            continue
        found.append(Picture(name, rgb, target, float(note.get("sharpness") or 1.0)))
    if not found:
        raise DatasetProblem(
            Text("{name} holds no original of these pictures", name=folder.name),
            hint="Its MANIFEST.csv must name in the column “of” the picture that each one shows.",
        )
    return found


def split(pictures: Sequence[Picture], held_out: float) -> tuple[list[Picture], list[Picture]]:
    """Training and held-out pictures; a target lies wholly on one side, whatever the rest of
    the folder holds (its hash decides).
    """
    train: list[Picture] = []
    held: list[Picture] = []
    for picture in pictures:
        digest = hashlib.sha256(picture.target.encode(errors="surrogatepass")).digest()
        share = int.from_bytes(digest[:4], "big") / 2**32
        (held if share < held_out else train).append(picture)
    return train, held


def manifest(folder: Path) -> dict[str, dict[str, str]]:
    """The rows of a folder's ``MANIFEST.csv`` by file, if it has one that names files."""
    path = folder / "MANIFEST.csv"
    if not path.is_file():
        return {}
    try:
        text = read_text_file(path, DatasetProblem, errors="replace")
        return {row["file"]: row for row in csv.DictReader(StringIO(text, newline=""))}
    except (OSError, KeyError, csv.Error):  # a list of something else
        return {}


def look(image: Image.Image) -> int:
    """A 64-bit perceptual hash."""
    return int(str(imagehash.phash(image)), 16)


def join_lookalikes(targets: Sequence[str], hashes: Sequence[int]) -> list[str]:
    """Targets of pictures with those hashes: near-identical ones get one target (the first
    one's), through any chain of them.
    """
    codes = np.array(hashes, np.uint64)
    by_target: dict[str, str] = {}

    def root(target: str) -> str:
        while (above := by_target.get(target, target)) != target:
            target = above
        return target

    for i, target in enumerate(targets):
        bits = np.bitwise_count(codes[:i] ^ codes[i])
        for j in map(int, np.flatnonzero(bits <= NEAR)):
            one, other = root(targets[j]), root(target)
            if one != other:
                by_target[other] = one
    return [root(target) for target in targets]
