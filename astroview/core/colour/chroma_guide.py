"""Chroma that was measured: a coarse plane of it over a frame, blank where nothing is known.

It may come from a survey's picture of the field or from a colour picture of the user's; whoever
makes it has put it onto the frame's pixels. The colorizer paints with it instead of guessing.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from astroview.core import resources
from astroview.core.atomic_write import prune, replacing
from astroview.core.errors import AstroviewError
from astroview.core.lazy_dataclass import dataclass
from astroview.core.texts import Text

FloatArray = NDArray[np.float32]
PAINTED, INTERPOLATED, MEASURED = 0, 1, 2  # of a pixel's colour; see `ChromaGuide.known`


@dataclass(frozen=True)
class GuideFile:
    """A `ChromaGuide` on disk, as options carry it.

    Parameters
    ----------
    path
        What `ChromaGuide.save` wrote.
    name
        What measured it, in words: "Pan-STARRS DR1", "m51.png".
    sha256
        Of the file; tells one guide from another.
    arcsec
        A pixel's side on the sky; 0 where that is not known.
    pixels
        A pixel's side in pixels of the frame.
    """

    path: str
    name: str
    sha256: str = ""
    arcsec: float = 0.0
    pixels: float = 0.0

    @property
    def told(self) -> str:
        """Who measured, and how finely: "DSS2 at 1.9 arcsec"."""
        fine = fineness(self.arcsec) if self.arcsec else f"{self.pixels:.3g} pixels"
        return f"{self.name} at {fine}" if self.arcsec or self.pixels else self.name


def fineness(arcsec: float) -> str:
    """How finely, in words; never as 1.2e+02."""
    return f"{arcsec:.2g} arcsec" if arcsec < 99.5 else f"{arcsec:.0f} arcsec"


@dataclass(frozen=True, eq=False)
class ChromaGuide:
    """Measured chroma over a frame.

    Parameters
    ----------
    chroma
        (h, w, 2) float32, Oklab a and b; NaN where nothing was measured, or what was is not to be
        believed (saturated, masked).
    cell
        A pixel's height and width in pixels of the frame that was opened; any size, and those of
        the frame itself too.
    origin
        Where the top left corner of the first pixel lies, (y, x) in pixels of the frame, whose own
        first pixel begins at (0, 0). What lies beyond the guide's edges is not known.
    name
        What measured it, in words.
    arcsec
        A pixel's side on the sky; 0 where that is not known.
    lines
        How it came about and whom to thank, for the history.
    """

    chroma: FloatArray
    cell: tuple[float, float]
    origin: tuple[float, float] = (0.0, 0.0)
    name: str = ""
    arcsec: float = 0.0
    lines: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.chroma.ndim != 3 or self.chroma.shape[2] != 2 or not self.chroma.size:
            raise AstroviewError(
                Text(
                    "measured colours are a plane of two numbers a pixel, not {shape}",
                    shape=self.chroma.shape,
                ),
                hint="Give Oklab a and b, (h, w, 2).",
            )
        numbers = np.array([*self.cell, *self.origin])
        if not np.isfinite(numbers).all() or min(self.cell) <= 0:
            raise AstroviewError(
                Text(
                    "measured colours have pixels of {cell} at {origin}",
                    cell=self.cell,
                    origin=self.origin,
                ),
                hint="Sizes are numbers above 0, in pixels of the frame.",
            )

    @cached_property
    def fingerprint(self) -> str:
        """Tells one guide's colours from another's."""
        told = repr((self.cell, self.origin, self.chroma.shape)).encode()
        return hashlib.sha256(told + np.ascontiguousarray(self.chroma).tobytes()).hexdigest()

    def at(self, y: NDArray[Any], x: NDArray[Any]) -> tuple[FloatArray, FloatArray]:
        """Chroma (H, W, 2) and how valid it is (H, W), 0..1, at rows ``y`` and columns ``x``:
        places in pixels of the frame. Bilinear between the pixels that are known.
        """
        rows = _between(y, self.origin[0], self.cell[0], self.chroma.shape[0])
        columns = _between(x, self.origin[1], self.cell[1], self.chroma.shape[1])
        known = np.logical_and.reduce(np.isfinite(self.chroma), axis=-1)
        seen = np.where(known[..., None], self.chroma, np.float32(0))
        seen = np.concatenate([seen, known[..., None]], -1).astype(np.float32)
        found = _mixed(_mixed(seen, rows, 0), columns, 1)
        chroma = found[..., :2] / np.maximum(found[..., 2:], np.float32(1e-6))
        valid = np.minimum(found[..., 2], np.float32(1))
        return np.asarray(chroma, np.float32), np.asarray(valid, np.float32)

    def known(self, y: NDArray[Any], x: NDArray[Any]) -> NDArray[np.uint8]:
        """(H, W) whether chroma was `MEASURED` at rows ``y`` and columns ``x``, or is
        `INTERPOLATED` from where it was, or `PAINTED` without any.
        """
        near: list[NDArray[np.intp]] = []
        inside: list[NDArray[np.bool_]] = []
        for place, start, cell, count in zip(
            (y, x), self.origin, self.cell, self.chroma.shape[:2], strict=True
        ):
            at = np.floor((np.asarray(place, np.float64) - start) / cell)
            inside.append((at >= 0) & (at < count))
            near.append(np.clip(at, 0, count - 1).astype(np.intp))
        held = np.logical_and.reduce(np.isfinite(self.chroma), axis=-1)[np.ix_(*near)]
        held &= inside[0][:, None] & inside[1]
        some = self.at(y, x)[1] > 0
        return np.where(held, MEASURED, np.where(some, INTERPOLATED, PAINTED)).astype(np.uint8)

    def reduced(self, cell: tuple[float, float]) -> ChromaGuide:
        """The same with means over whole pixels, so that one is about as large as ``cell``."""
        many = [max(1, round(want / have)) for want, have in zip(cell, self.cell, strict=True)]
        if many == [1, 1]:
            return self
        pads = [(0, -n % k) for n, k in zip(self.chroma.shape[:2], many, strict=True)]
        padded = np.pad(self.chroma, [*pads, (0, 0)], constant_values=np.nan)
        height, width = (n // k for n, k in zip(padded.shape[:2], many, strict=True))
        boxes = padded.reshape(height, many[0], width, many[1], 2)
        good = np.logical_and.reduce(np.isfinite(boxes), axis=-1, keepdims=True)
        count = good.sum((1, 3))
        total = np.where(good, boxes, np.float32(0)).sum((1, 3))
        mean = np.where(count > 0, total / np.maximum(count, 1), np.float32(np.nan))
        size = (self.cell[0] * many[0], self.cell[1] * many[1])
        return replace(self, chroma=mean.astype(np.float32), cell=size)

    def covers(self, shape: tuple[int, int]) -> float:
        """The share of a frame of that shape whose chroma is known."""
        y, x = ((np.arange(64) + 0.5) * n / 64 for n in shape)
        return float((self.at(y, x)[1] > 0.5).mean())

    def save(self, path: Path) -> GuideFile:
        """Write a file that `load_guide` reads."""
        with replacing(path) as file:
            np.savez(
                file, chroma=self.chroma, cell=self.cell, origin=self.origin, name=self.name,
                arcsec=self.arcsec, lines=np.array(self.lines, str),
            )  # fmt: skip
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        return GuideFile(str(path), self.name, sha256, self.arcsec, max(self.cell))


def load_guide(file: GuideFile) -> ChromaGuide:
    """What `ChromaGuide.save` wrote.

    Raises
    ------
    AstroviewError
        The file is gone or holds something else.
    """
    try:
        with _place(file).open("rb") as content, np.load(content, allow_pickle=False) as kept:
            cell, origin = (tuple(float(n) for n in kept[key]) for key in ("cell", "origin"))
            chroma = np.asarray(kept["chroma"], np.float32)
            lines = tuple(map(str, kept["lines"])) if "lines" in kept else ()
    except (OSError, EOFError, ValueError, KeyError, BadZipFile, zlib.error) as problem:
        raise AstroviewError(
            Text(
                "the colours measured by {name} cannot be read: {problem}",
                name=file.name,
                problem=problem,
            ),
            hint="Choose where the colours come from again.",
        ) from problem
    return ChromaGuide(chroma, cell, origin, file.name, file.arcsec, lines)  # type: ignore[arg-type]


def guides_folder() -> Path:
    """Where guides are kept that results may be made with again."""
    return resources.cache() / "guides"


def _place(file: GuideFile) -> Path:
    """A guide's file; what a result tells of it is only the checksum."""
    if file.path or not file.sha256:
        return Path(file.path)
    return guides_folder() / f"{Path(file.sha256).name}.npz"


def keep_guide(guide: ChromaGuide, most: int = 200 * 10**6) -> GuideFile:
    """Save a guide among those that are kept, by its checksum; the oldest beyond ``most`` bytes
    go. Raises OSError.
    """
    folder = guides_folder()
    folder.mkdir(parents=True, exist_ok=True)
    fresh = guide.save(folder / f"{guide.fingerprint[:32]}-new.npz")
    place = folder / f"{fresh.sha256}.npz"
    Path(fresh.path).replace(place)
    prune(folder, most)
    return replace(fresh, path=str(place))


def _between(
    place: NDArray[Any], origin: float, cell: float, count: int
) -> tuple[NDArray[np.intp], NDArray[np.intp], FloatArray, FloatArray]:
    """Two pixels around each place, and their shares: none beyond the edges."""
    at = (np.asarray(place, np.float64) - origin) / cell
    inside = (at >= 0) & (at <= count)
    middle = np.clip(at - 0.5, 0, count - 1)
    first = middle.astype(np.intp)
    after = np.minimum(first + 1, count - 1)
    share = middle - first
    one = np.asarray(np.where(inside, 1 - share, 0), np.float32)
    return first, after, one, np.asarray(np.where(inside, share, 0), np.float32)


def _mixed(
    values: FloatArray,
    between: tuple[NDArray[np.intp], NDArray[np.intp], FloatArray, FloatArray],
    axis: int,
) -> FloatArray:
    first, after, one, share = between
    shape = [1] * values.ndim
    shape[axis] = -1
    made = np.take(values, first, axis) * one.reshape(shape)
    return np.asarray(made + np.take(values, after, axis) * share.reshape(shape), np.float32)
