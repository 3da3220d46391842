"""astroview from Python: ``astroview.make_palettes``, those of a folder of colour pictures."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from astroview.core import extras
from astroview.core.models.model_card import default_shelf
from astroview.core.models.palette_set import SUFFIX, palette_shelf

if TYPE_CHECKING:
    from astroview.core.models.palette_set import PaletteSet


def make_palettes(
    folder: str | os.PathLike[str],
    name: str | None = None,
    *,
    out: str | os.PathLike[str] | None = None,
    colorizer: str = "auto",
    progress: Callable[[int, int, str], None] | None = None,
) -> PaletteSet:
    """Take the palettes of a folder of colour pictures; nothing is trained.

    Parameters
    ----------
    folder
        Searched with its sub-folders; what cannot be used is left out.
    name
        What ``palette=`` of `enhance` will take; by default the folder's name. If palettes of that
        name are there already, it is given a number.
    out
        A file to write them to; by default they are kept on the user's shelf.
    colorizer
        The model whose encoder tells which pictures look like a frame.
    progress
        Called with (done, of, note); what it raises, `Cancelled` for one, stops the work and comes
        out of here; nothing is kept then.

    Returns
    -------
    PaletteSet
        ``name``, and ``names``: all that ``palette=`` takes of it.

    Raises
    ------
    AstroviewError
        There are no colour pictures in the folder, or palettes cannot be called so.
    """
    extras.need("train")
    from trainer.calibrate.survey_palettes import make_set

    card = default_shelf().choose(colorizer, "colorize")
    assert card
    place = Path(folder).expanduser().absolute()

    def tell(done: int, of: int, note: str) -> None:
        if progress:
            progress(done, of, note)

    with TemporaryDirectory(prefix="astroview-palettes-") as scratch:
        file = Path(out).expanduser() if out else Path(scratch) / f"new{SUFFIX}"
        made, _ = make_set(place, place.name if name is None else name, card, file, tell)
        return made if out else palette_shelf().keep(file)
