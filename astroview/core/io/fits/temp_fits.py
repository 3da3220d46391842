"""A frame that lies in no file of its own (bands, composed) as a file that the worker can open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from astroview.core.atomic_write import replacing
from astroview.core.errors import CannotSave
from astroview.core.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from astroview.core.frame import Frame


def write_copy(frame: Frame, path: Path, progress: Callable[[int, int], None]) -> Path:
    """Write the native samples as FITS into scratch, block by block.

    Parameters
    ----------
    path
        Where to; it appears when it is complete.
    progress
        Called with (rows done, rows); may raise Cancelled, which leaves nothing behind.

    Returns
    -------
    Path
        `path`.

    Raises
    ------
    CannotSave
        There is no room.
    UnreadableFrame
        A file that the frame is composed from is gone.
    """
    from astroview.core.io.fits.fits_writer import write_native_fits  # brings astropy: not at start

    try:
        with replacing(path, lasting=False) as file:
            write_native_fits(file, frame, progress)
    except OSError as problem:
        raise CannotSave(
            Text(
                "{name} cannot be handed to the enhancer: {strerror}",
                name=frame.name,
                strerror=problem.strerror or problem,
            ),
            hint="Make room, or let TMPDIR name a folder on a larger disk.",
        ) from problem
    return path
