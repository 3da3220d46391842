"""Paths as people give them, made comparable."""

from __future__ import annotations

import os
from pathlib import Path


def can_name(text: str) -> bool:
    """Whether a text can name a file: nothing in it is no letter."""
    try:
        return b"\0" not in os.fsencode(text)
    except UnicodeEncodeError:  # half of a pair of surrogates
        return False


def plain(path: Path | str) -> Path:
    """The path from the root, without ``.`` and ``..``; links stay as they are, and nothing need
    be there.
    """
    return Path(os.path.abspath(path))  # noqa: PTH100  Path.absolute keeps "..", resolve no links
