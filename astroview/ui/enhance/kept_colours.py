"""The choices for one plane of one file: where they are kept, and a step from one to another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QUndoCommand

from astroview.core.colour_hints import Colouring
from astroview.core.enhance import sidecar
from astroview.ui.documents.document import Document

Key = tuple[int, int | str | None, int]  # document, HDU, plane


@dataclass
class KeptColouring:
    """The choices for one plane of one file."""

    place: tuple[Path, str]
    colouring: Colouring
    touched: bool = False  # by hand, since it was opened


class ColouringStep(QUndoCommand):
    """From one colouring of a frame to another."""

    def __init__(
        self,
        before: Colouring,
        after: Colouring,
        text: str,
        apply: Callable[[Colouring], bool],
    ) -> None:
        super().__init__(text)
        self._before, self._after, self._apply = before, after, apply

    def undo(self) -> None:
        self.setObsolete(not self._apply(self._before))

    def redo(self) -> None:
        self.setObsolete(not self._apply(self._after))


def key_of(document: Document) -> Key:
    return document.key, document.frame.hdu, document.frame.plane


def keep_colouring(place: tuple[Path, str], colouring: Colouring) -> None:
    """In the data folder; a frame that has gone has nothing to remember by."""
    try:
        path = sidecar.kept(place[0])
    except OSError:
        return
    sidecar.save(path, place[1], colouring)
