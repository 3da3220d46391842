"""Pictures of one survey out of a folder of many, by the credit in its ``MANIFEST.csv``, or those
that a bundled model never saw.
"""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

from astroview.core.atomic_write import replacing_text
from astroview.core.errors import DatasetProblem
from astroview.core.texts import Text
from trainer.data import pictures


def subset(folder: Path, credit: str, out: Path, unseen: float = 0.0) -> int:
    """Copy the pictures whose ``mission_credit`` a pattern is found in, and their rows, into
    ``out``; how many there are.

    Parameters
    ----------
    unseen
        If given, of those only the ones that a recipe with this ``held_out`` keeps apart when
        it is trained on the whole folder.

    Raises
    ------
    DatasetProblem
        The pattern is none, or nothing in the folder has such a credit.
    """
    try:
        wanted = re.compile(credit)
    except re.error as problem:
        raise DatasetProblem(
            Text(
                "{credit} is no regular expression: {problem}", credit=repr(credit), problem=problem
            )
        ) from problem
    notes = pictures.manifest(folder)
    rows = [row for row in notes.values() if wanted.search(row["mission_credit"] or "")]
    if unseen:
        apart = {p.name for p in pictures.split(pictures.load(folder), unseen)[1]}
        rows = [row for row in rows if row["file"] in apart]
    if not rows:
        raise DatasetProblem(
            Text("no picture in {name} is credited to {credit}", name=folder.name, credit=credit),
            hint="Credits are in the column mission_credit of its MANIFEST.csv.",
        )
    for row in rows:
        target = out / row["file"]
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / row["file"], target)
    with replacing_text(out / "MANIFEST.csv") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return len(rows)
