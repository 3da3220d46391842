"""Lists of frames as tables, and copies of the files."""

from __future__ import annotations

import math
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from astroview.core.atomic_write import replacing
from astroview.core.io.paths.output_folder import make_output_folder
from astroview.core.io.paths.plain_paths import is_there
from astroview.core.lazy_dataclass import dataclass
from astroview.core.lightbox.frame_facts import FrameFacts
from astroview.core.lightbox.frame_quality import FrameQuality
from astroview.core.lightbox.frame_query import FrameRow

NUMBERS = (  # name, unit, what it is of a frame
    ("exposure", "s"), ("ra", "deg"), ("dec", "deg"), ("scale", "arcsec / pix"),
)  # fmt: skip
TEXTS = ("date", "filter", "object")
Told = Callable[[int, int], None]  # done, of; may raise to stop
_BLOCK = 4 * 2**20


def frame_table(rows: Sequence[FrameRow]) -> Any:
    """An astropy table, one row a frame: what its header says, what was measured, the verdict.

    Numbers that are not known are masked; texts that are not known are empty.
    """
    from astropy.table import Table

    facts = [row.facts or FrameFacts() for row in rows]
    quality = [row.quality or FrameQuality() for row in rows]
    table = Table({"path": _texts([row.path for row in rows])})
    for name in TEXTS:
        table[name] = _texts([getattr(fact, name) for fact in facts])
    for name, unit in NUMBERS:
        table[name] = _numbers([getattr(fact, name) for fact in facts], unit)
    for name in ("width", "height"):
        table[name] = [getattr(fact, name) for fact in facts]
    table["snr"] = _numbers([q.snr for q in quality])
    table["seeing_pix"] = _numbers([q.seeing for q in quality], "pix")
    seconds = [q.seeing * fact.scale for q, fact in zip(quality, facts, strict=True)]
    table["seeing"] = _numbers(seconds, "arcsec")
    table["outlier"] = _numbers([row.outlier for row in rows])
    table["rating"] = [row.said.rating for row in rows]
    table["rejected"] = [row.said.rejected for row in rows]
    table["tags"] = _texts([", ".join(row.said.tags) for row in rows])
    table["problem"] = _texts([fact.problem for fact in facts])
    return table


def _texts(values: list[str]) -> Any:
    import numpy as np

    return np.array([value.encode("utf-8", "replace").decode("utf-8") for value in values], "U")


def _numbers(values: list[float], unit: str | None = None) -> Any:
    from astropy.table import MaskedColumn

    unknown = [not math.isfinite(value) for value in values]
    filled = [0.0 if gone else value for value, gone in zip(values, unknown, strict=True)]
    return MaskedColumn(filled, mask=unknown, unit=unit, dtype=float)


@dataclass(frozen=True)
class Copied:
    """How many files were copied, and which were not, with the reason."""

    done: int
    failed: tuple[tuple[str, str], ...] = ()


def copy_files(paths: Sequence[str], folder: Path, told: Told) -> Copied:
    """Copy files into a folder, each whole or not at all; what is there already is never written
    over: a file of the same name gets a number. One that cannot be copied stops no other.

    Raises
    ------
    CannotSave
        The folder cannot be made.
    """
    make_output_folder(folder)
    failed: list[tuple[str, str]] = []
    for done, path in enumerate(paths):
        told(done, len(paths))
        try:
            _copy(Path(path), folder)
        except OSError as problem:
            failed.append((path, problem.strerror or str(problem)))
    told(len(paths), len(paths))
    return Copied(len(paths) - len(failed), tuple(failed))


def _copy(source: Path, folder: Path) -> None:
    target, number = folder / source.name, 2
    while is_there(target):
        if target.samefile(source):
            return
        target = folder / f"{source.stem}-{number}{source.suffix}"
        number += 1
    with source.open("rb") as original, replacing(target, lasting=False) as file:
        shutil.copyfileobj(original, file, _BLOCK)
    status = source.stat()
    os.utime(target, ns=(status.st_atime_ns, status.st_mtime_ns))
