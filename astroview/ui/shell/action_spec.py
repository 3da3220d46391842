"""What an action of the window is: its words, keys and icon."""

from __future__ import annotations

from typing import Literal

from astroview.core.lazy_dataclass import dataclass


@dataclass(frozen=True)
class Spec:
    """One action; ``keys`` in Qt's notation, the first is shown.

    ``needs`` says when it is possible: always, with a "frame" selected in the View workspace,
    with a "result" (or another file) beside it, or in the "batch", "train" or "lightbox"
    workspace.
    """

    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    checkable: bool = False
    needs: Literal["", "frame", "result", "batch", "train", "lightbox"] = ""
