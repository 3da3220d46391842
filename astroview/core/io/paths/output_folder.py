"""Folders that results go into."""

from __future__ import annotations

from pathlib import Path

from astroview.core.errors import CannotSave
from astroview.core.texts import Text


def make_output_folder(folder: Path) -> None:
    """Make a folder, and those above it; one that is there stays as it is. Raises CannotSave."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise CannotSave(
            Text(
                "{folder} cannot be made a folder: {strerror}",
                folder=folder,
                strerror=problem.strerror or problem,
            ),
            hint="Choose a folder that you may write in.",
        ) from problem
