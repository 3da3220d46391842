"""Tables of measured stars as CSV and ECSV files."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, Any

from astroview.core.atomic_write import replacing_text
from astroview.core.errors import CannotSave

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
    try:
        with replacing_text(path) as file:
            file.write(text.getvalue())
    except OSError as problem:
        raise CannotSave(
            f"{path.name} cannot be written: {problem.strerror or problem}",
            hint="See whether you may write there.",
        ) from problem
