"""Paths as people give them, made comparable."""

from __future__ import annotations

import os
from pathlib import Path


def plain(path: Path | str) -> Path:
    """The path from the root, without ``.`` and ``..``; links stay as they are, and nothing need
    be there.
    """
    return Path(os.path.abspath(path))  # noqa: PTH100  Path.absolute keeps "..", resolve no links
