"""Folders that results go into."""

from __future__ import annotations

from pathlib import Path

from astroview.core.errors import CannotSave


def make_output_folder(folder: Path) -> None:
    """Make a folder, and those above it; one that is there stays as it is. Raises CannotSave."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise CannotSave(
            f"{folder} cannot be made a folder: {problem.strerror or problem}",
            hint="Choose a folder that you may write in.",
        ) from problem
