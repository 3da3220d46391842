"""What the user overrules of a curation's verdicts, kept in a file beside the report.

The window writes it, `trainer.curate` reads it. Keys are paths relative to the curated folder
(absolute ones of files outside), so that the folder may move; true takes a file all the same,
false leaves it out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from astroview.core import json_lines, strict_json
from astroview.core.atomic_write import replacing_text
from astroview.core.errors import CannotSave, DatasetProblem
from astroview.core.texts import Text

NAME = "overrules.json"


def read(path: Path, folder: Path) -> dict[str, bool]:
    """Overrules by absolute path; {} when there is no file.

    Raises
    ------
    DatasetProblem
        The file is damaged; it is not touched, since it is the user's own work.
    """
    try:
        wishes = json_lines.convert(dict[str, bool], strict_json.read(path), path.name)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as problem:
        raise _damaged(path) from problem
    return {str(folder / name): wish for name, wish in wishes.items()}


def write(path: Path, folder: Path, wishes: Mapping[str, bool]) -> None:
    """Keep overrules, wholly or not at all. Raises CannotSave."""
    kept = {_below(Path(name), folder): wish for name, wish in sorted(wishes.items())}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing_text(path) as file:
            json.dump(kept, file, indent=0)
            file.write("\n")
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise CannotSave(
            Text(
                "Your choices could not be kept in {name}: {reason}", name=path.name, reason=reason
            ),
            hint=Text("Is {parent} writable, and is there room?", parent=path.parent),
        ) from problem


def _below(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)


def _damaged(path: Path) -> DatasetProblem:
    return DatasetProblem(
        Text("{name} is damaged", name=path.name),
        hint=Text("Correct it, or delete it to begin anew: {path}", path=path),
    )
