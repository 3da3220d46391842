"""The licences of what astroview is made of, as text."""

from __future__ import annotations

import re
from typing import Any

from astroview.core import resources
from astroview.core.extras import DISTRIBUTION
from astroview.core.io.paths.plain_paths import is_file

NOTICE = """\
astroview is free software under the BSD 3-Clause licence.

Qt and PySide6 are used under the GNU Lesser General Public License, version 3: as libraries of
their own, unchanged. You may replace them by versions of yours that are compatible.
"""


def licences_text() -> str:
    """What a bundle collected of all its parts; elsewhere what the installed packages say."""
    collected = resources.root() / "licences" / "THIRD-PARTY.txt"
    if is_file(collected):
        return collected.read_text("utf-8")
    return "\n".join([NOTICE, *_installed()])


def _installed() -> list[str]:
    """A line for each package that is needed here."""
    from importlib import metadata  # which loads `email`: no window waits for that at its start

    try:
        needs = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        needs = []
    lines: set[str] = set()
    for need in needs:
        match = re.match(r"[\w.-]+", need)
        try:
            told: Any = metadata.metadata(match[0] if match else need)
        except metadata.PackageNotFoundError:
            continue
        classes = [
            c.split(" :: ")[-1] for c in told.get_all("Classifier") or () if "License ::" in c
        ]
        short = (told.get("License") or "").split("\n")[0][:80]
        licence = told.get("License-Expression") or ", ".join(classes) or short or "see its home"
        lines.add(f"{told['Name']} {told['Version']}: {licence}")
    return sorted(lines, key=str.casefold)
