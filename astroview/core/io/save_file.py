"""Frames to files: all or nothing, and never over the original."""

from __future__ import annotations

import errno
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
import tifffile

from astroview.core import provenance
from astroview.core.atomic_write import replacing
from astroview.core.colour.colour_profiles import srgb_icc
from astroview.core.errors import AstroviewError, CannotSave, DiskFull
from astroview.core.io.fits.fits_choices import AS_MADE, FitsChoices
from astroview.core.io.fits.fits_writer import rendered_blocks, write_fits
from astroview.core.io.pictures.png_writer import write_png
from astroview.core.io.save_formats import SUFFIXES, Format

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from astroview.core.colour.tone import Drawn
    from astroview.core.frame import Frame

__all__ = ["SUFFIXES", "Format", "save_frame", "saving"]

_CLASSIC_TIFF = 2**32 - 2**24  # bytes; larger ones are written as BigTIFF
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
        Where to; must not be the file that the frame was opened from.
    stretch
        How a picture is rendered (TIFF, PNG, colour FITS); grey FITS keep native units.
    format
        "fits", "tiff", "png" or "xisf"; by default what the suffix says.
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
    _protect_original(frame, path)
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
        raise CannotSave(f"{path.name} was not saved: {problem}", problem.hint) from problem
    except OSError as problem:
        raise _explained(path, problem) from problem
    except (MemoryError, ValueError) as problem:
        raise CannotSave(f"{path.name} cannot be written: {problem}") from problem


def _format_of(path: Path) -> Format:
    kind = SUFFIXES.get(path.suffix.lower())
    if kind is None:
        raise CannotSave(
            f"{path.name} names no format that astroview writes",
            hint="End the name in .fits, .tif, .png or .xisf.",
        )
    return kind


def _protect_original(frame: Frame, path: Path) -> None:
    with suppress(OSError):
        if frame.path is not None and path.exists() and path.samefile(frame.path):
            raise CannotSave(
                f"{path.name} is the original, which astroview never overwrites",
                hint="Choose another name.",
            )


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
    colour = frame.channels == 3 or frame.chroma is not None
    shape = (*frame.shape, 3) if colour else frame.shape
    text = provenance.as_text(frame, stretch)
    write = partial(_write_tiff, text=text) if kind == "tiff" else partial(_write_png, text=text)
    write(file, shape, _sixteen_bits(frame, stretch, colour=colour))


def _sixteen_bits(frame: Frame, stretch: Drawn, *, colour: bool) -> Iterator[NDArray[np.uint16]]:
    for _, rgb in rendered_blocks(frame, stretch):
        picture = rgb if colour else rgb[..., 0]
        yield (picture * np.float32(65535) + np.float32(0.5)).astype(np.uint16)


def _write_png(
    file: BinaryIO, shape: tuple[int, ...], rows: Iterator[NDArray[np.uint16]], text: str
) -> None:
    write_png(file, shape, rows, {"Software": "astroview", "Description": text})


def _write_tiff(
    file: BinaryIO, shape: tuple[int, ...], rows: Iterator[NDArray[np.uint16]], text: str
) -> None:
    """Uncompressed, so that any program reads it and ours piece by piece."""
    first = next(rows)

    def strips() -> Iterator[bytes]:
        yield first.astype("<u2").tobytes()
        for block in rows:
            yield block.astype("<u2").tobytes()

    tifffile.imwrite(
        file,
        strips(),
        shape=shape,
        dtype=np.uint16,
        byteorder="<",
        bigtiff=2 * int(np.prod(shape)) > _CLASSIC_TIFF,
        photometric="rgb" if len(shape) == 3 else "minisblack",
        rowsperstrip=len(first),
        description=text,
        software="astroview",
        iccprofile=srgb_icc(3 if len(shape) == 3 else 1),
        metadata=None,
    )


def _explained(path: Path, problem: OSError) -> CannotSave:
    folder = path.parent
    if problem.errno in _FULL:
        return DiskFull(
            f"{path.name} was not saved: the disk is full",
            hint="Make room, or choose another folder.",
        )
    if problem.errno == errno.EFBIG:
        return CannotSave(
            f"{path.name} was not saved: the disk is full, or its files may not be so large",
            hint="Choose another folder, a picture format, or a smaller scale.",
        )
    if problem.errno in _FORBIDDEN:
        return CannotSave(
            f"{path.name} was not saved: astroview may not write in {folder}",
            hint="Choose another folder, or close the file where it is open.",
        )
    if not folder.is_dir():
        return CannotSave(
            f"{path.name} was not saved: there is no folder {folder}", hint="Choose another folder."
        )
    return CannotSave(
        f"{path.name} was not saved: {problem.strerror or problem}",
        hint="Choose another name or folder.",
    )
