"""Frames to files: all or nothing, and never over the original."""

from __future__ import annotations

import errno
from contextlib import contextmanager, suppress
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, BinaryIO

from astroview.core.atomic_write import check_replaceable, never_over, replacing
from astroview.core.errors import AstroviewError, CannotSave, DiskFull
from astroview.core.io.fits.fits_choices import AS_MADE, FitsChoices
from astroview.core.io.fits.fits_writer import write_fits
from astroview.core.io.paths.plain_paths import is_folder
from astroview.core.io.save_formats import SUFFIXES, Format
from astroview.core.texts import Text

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from astroview.core.colour.tone import Drawn
    from astroview.core.frame import Frame

__all__ = ["SUFFIXES", "Format", "check_place", "save_frame", "saving"]

_FULL = {errno.ENOSPC, errno.EDQUOT}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


def save_frame(
    frame: Frame,
    path: Path,
    stretch: Drawn,
    format: Format | None = None,
    choices: FitsChoices = AS_MADE,
) -> Path:
    """Save a frame; an existing file is replaced only when the new one is complete.

    Parameters
    ----------
    path
        Where to; must not be a file that the frame was opened or composed from.
    stretch
        How a picture is rendered (TIFF, PNG, colour FITS); grey FITS keep native units.
    format
        "fits", "tiff", "png", "xisf" or "jpeg"; by default what the suffix says.
    choices
        What a FITS file holds: sums or means, other extensions.

    Returns
    -------
    Path
        `path`.

    Raises
    ------
    CannotSave
        With the reason and what to try; nothing is left behind.
    """
    kind = format or _format_of(path)
    never_over(path, frame.originals)
    with saving(path) as file:
        _write(file, frame, stretch, kind, choices)
    return path


@contextmanager
def saving(path: Path) -> Generator[BinaryIO]:
    """A new file that takes its place when it is complete; raises `CannotSave` in words."""
    try:
        with replacing(path) as file:
            yield file
    except CannotSave:
        raise
    except AstroviewError as problem:
        raise CannotSave(
            Text("{name} was not saved: {problem}", name=path.name, problem=problem), problem.hint
        ) from problem
    except OSError as problem:
        raise _explained(path, problem) from problem
    except (MemoryError, ValueError) as problem:
        raise CannotSave(
            Text("{name} cannot be written: {problem}", name=path.name, problem=problem)
        ) from problem


def check_place(path: Path) -> None:
    """Raise `CannotSave` where no file can be made of that name: before the work, not after."""
    try:
        check_replaceable(path)
        with suppress(FileNotFoundError):
            path.stat()  # a name that is too long
        with TemporaryFile(dir=path.parent):
            pass
    except OSError as problem:
        raise _explained(path, problem) from problem


def _format_of(path: Path) -> Format:
    kind = SUFFIXES.get(path.suffix.lower())
    if kind is None:
        raise CannotSave(
            Text("{name} names no format that astroview writes", name=path.name),
            hint="End the name in .fits, .tif, .png, .jpg or .xisf.",
        )
    return kind


def _write(
    file: BinaryIO, frame: Frame, stretch: Drawn, kind: Format, choices: FitsChoices
) -> None:
    if kind == "fits":
        write_fits(file, frame, stretch, choices)
        return
    if kind == "xisf":
        from astroview.core.io.xisf.xisf_writer import write_xisf

        write_xisf(file, frame, stretch, choices)
        return
    from astroview.core.io.pictures.save_pictures import write_picture

    write_picture(file, frame, stretch, kind)


def _explained(path: Path, problem: OSError) -> CannotSave:
    folder = path.parent
    if problem.errno in _FULL:
        return DiskFull(
            Text("{name} was not saved: the disk is full", name=path.name),
            hint="Make room, or choose another folder.",
        )
    if problem.errno == errno.EFBIG:
        return CannotSave(
            Text(
                "{name} was not saved: the disk is full, or its files may not be so large",
                name=path.name,
            ),
            hint="Choose another folder, a picture format, or a smaller scale.",
        )
    if problem.errno in _FORBIDDEN:
        return CannotSave(
            Text(
                "{name} was not saved: astroview may not write in {folder}",
                name=path.name,
                folder=folder,
            ),
            hint="Choose another folder, or close the file where it is open.",
        )
    if not is_folder(folder):
        return CannotSave(
            Text(
                "{name} was not saved: there is no folder {folder}", name=path.name, folder=folder
            ),
            hint="Choose another folder.",
        )
    return CannotSave(
        Text(
            "{name} was not saved: {strerror}", name=path.name, strerror=problem.strerror or problem
        ),
        hint="Choose another name or folder.",
    )
