"""Headers as lines of text, of any HDU of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from astroview.core.errors import UnreadableFrame
from astroview.core.texts import Text

if TYPE_CHECKING:
    from pathlib import Path


def header_lines(path: Path, hdu: int) -> list[str]:
    """The cards of an HDU, whether it holds a picture or a table.

    Raises
    ------
    UnreadableFrame
        The file has gone or is broken there.
    """
    from astropy.io import fits

    from astroview.core.fits_headers import readable_header
    from astroview.core.io.fits.fits_hdus import BROKEN
    from astroview.core.library_warnings import collected_warnings

    with collected_warnings():
        try:
            with fits.open(path, memmap=False, lazy_load_hdus=True) as hdus:
                found: Any = hdus[hdu]
                return [str(card).rstrip() for card in readable_header(found.header).cards]
        except BROKEN as problem:
            raise UnreadableFrame(
                Text("The header of HDU {hdu} of {name} cannot be read", hdu=hdu, name=path.name),
                hint=str(problem),
            ) from problem
