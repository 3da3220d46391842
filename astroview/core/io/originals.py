"""What a user gave is read and never written: the one check before anything is saved."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from astroview.core.errors import CannotSave
from astroview.core.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def never_over(target: Path, given: Iterable[Path | None]) -> None:
    """Raise CannotSave where a target is one of the files that were given, by whatever name: by a
    link, or in letters of another case.
    """
    if is_one_of(target, given):
        raise CannotSave(
            Text("{name} is the original, which astroview never overwrites", name=target.name),
            hint="Choose another name.",
        )


def is_one_of(target: Path, given: Iterable[Path | None]) -> bool:
    """Whether a path leads to one of these files. Those that are not there are none."""
    try:
        there = target.stat()
    except (OSError, ValueError):
        return False
    for one in given:
        with suppress(OSError, ValueError):
            known = one and one.stat()
            if known and (known.st_dev, known.st_ino) == (there.st_dev, there.st_ino):
                return True
    return False
