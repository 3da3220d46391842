"""Tables of measured stars as CSV and ECSV files."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, Any

from astroview.core.atomic_write import save_text

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = {".ecsv": "ascii.ecsv", ".csv": "ascii.csv"}


def write_stars(path: Path, table: Any) -> None:
    """Write a table, all or nothing: CSV by that suffix, else ECSV with units and how it was made.

    Raises
    ------
    CannotSave
        The file cannot be written.
    """
    text = StringIO()
    table.write(text, format=FORMATS.get(path.suffix.lower(), "ascii.ecsv"))
    save_text(path, text.getvalue())
