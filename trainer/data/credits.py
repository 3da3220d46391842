"""Who is to be thanked for training data, read off the manifests of its folders.

python -m trainer credits FOLDER [FOLDER ...] > docs/credits.md
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from astroview.core.errors import DatasetProblem
from astroview.core.texts import Text
from trainer.data.pictures import manifest

# What of a credit names an institution, mission or survey, not a target or a person.
INSTITUTIONS = re.compile(
    r"\b(NASA|ESA|CSA|STScI|JPL|Caltech|ESO|SDSS|DESI|Legacy|DECaLS|GAMA|HST|Hubble|JWST|Webb|Spitzer|WISE"
    r"|GALEX|Chandra|CXC|NOAO|NOIRLab|AURA|CFHT\w*|KiDS|VICS82|PanSTARRS|DSS\d?|2MASS|DES|HSC|Subaru)\b"
)

HEAD = """# Credits of the training data

The bundled models are this project's own; the pictures that they learnt from are not in the
repository. Thanks to all who made and shared them. This page is written by
`python -m trainer credits FOLDER ...`, from the folders' manifests.
"""
TABLE = "| source | pictures | licence or terms | credits name |\n|---|---|---|---|"


def credits_page(folders: Sequence[Path]) -> str:
    """A Markdown page: how many pictures of each source, under which licence, by whom.

    Raises
    ------
    DatasetProblem
        A folder has no MANIFEST.csv.
    """
    pages = [_section(folder) for folder in folders]
    return "\n".join([HEAD, *pages])


def _section(folder: Path) -> str:
    rows = manifest(folder)
    if not rows:
        raise DatasetProblem(
            Text("{name} has no MANIFEST.csv", name=folder.name),
            hint="Name a folder that says where it is from.",
        )
    count = Counter((row["source_repo"], row["licence"]) for row in rows.values())
    named: dict[str, Counter[str]] = {}
    for row in rows.values():
        found = INSTITUTIONS.findall(row.get("mission_credit", ""))
        named.setdefault(row["source_repo"], Counter()).update(set(found))
    lines = [f"## {folder.name}: {len(rows):,} pictures", "", TABLE]
    for (source, licence), many in count.most_common():
        who = sorted(named[source], key=lambda name: (-named[source][name], name))
        lines.append(f"| {source} | {many:,} | {licence} | {', '.join(who) or '–'} |")
    return "\n".join([*lines, ""])
