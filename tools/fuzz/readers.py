"""The readers that take files from anywhere, by the suffixes of the files that they take."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from astroview.core.errors import AstroviewError

Reader = Callable[[Path], object]


def read_frame(path: Path) -> None:
    """Everything that opening a file in the window does with it."""
    from astroview.core.colour.stretch import auto_stretch, sample
    from astroview.core.io.fits.fast_fits import glimpse
    from astroview.core.io.open_file import check_all_there, describe, open_with_hdus

    glimpse(path)
    with contextlib.suppress(AstroviewError):
        describe(path)
    with contextlib.suppress(AstroviewError):
        check_all_there(path)
    frame, _ = open_with_hdus(path)
    auto_stretch(frame, sample(frame))


def read_catalogue(path: Path) -> None:
    from astroview.core.sky import catalogues

    found = catalogues.read_catalogue(path)
    found.row(0)
    for column in range(min(len(found.columns), 5)):
        found.cell(0, column)
        found.sorted(found.rows * 0, column)


def read_regions(path: Path) -> None:
    from astroview.core import resources
    from astroview.core.io.open_file import open_frame
    from astroview.core.sky.region_files import read_regions as read

    read(path, open_frame(resources.sample("galaxy.fits")))


def read_model(path: Path) -> None:
    from astroview.core.models.model_package import peek

    peek(path)


FRAMES = (
    *(".fits", ".fit", ".fz", ".gz", ".bz2", ".xz", ".z", ".xisf", ".png", ".jpg", ".jpeg"),
    *(".tif", ".tiff", ".dng", ".gif", ".bmp", ".j2k", ".jp2", ".webp", ".avif", ".jxl"),
)
READERS: dict[str, tuple[Reader, tuple[str, ...]]] = {
    "frames": (read_frame, FRAMES),
    "catalogues": (read_catalogue, (".vot", ".xml", ".ecsv", ".csv", ".tsv", ".cat")),
    "regions": (read_regions, (".reg",)),
    "models": (read_model, (".astromodel",)),
}
