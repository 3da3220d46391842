"""Something to tell the user, as data; `notices` shows it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from astroview.core.errors import AstroviewError
from astroview.core.lazy_dataclass import dataclass
from astroview.core.texts import Text
from astroview.ui.i18n.translate import noted, tr

Act = Callable[[], object]  # of a notice's button
FOLDER = noted("Show folder")
OPENERS = ("a", "an", "it", "no", "not", "nothing", "the", "there", "this")


@dataclass(frozen=True)
class Notice:
    """Something to tell: a sentence, what to try, and perhaps a button, or two (``other``: words
    and act). One that ``stays`` waits to be read, as bad news does.
    """

    message: str
    hint: str = ""
    kind: Literal["done", "info", "error"] = "info"
    button: str = ""
    act: Act | None = None
    stays: bool = False
    other: tuple[str, Act] | None = None

    @staticmethod
    def of(error: AstroviewError) -> Notice:
        return Notice(_sentence(tr(error.message)), _sentence(tr(error.hint)), "error")

    @staticmethod
    def saved(path: Path, told: str = "") -> Notice:
        """A file is there; the button shows its folder."""
        show = partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(path.parent)))
        return Notice(told or Text("Saved {name}.", name=path.name), "", "done", FOLDER, show)

    @staticmethod
    def of_words(message: str, hint: str, button: str = "", act: Act | None = None) -> Notice:
        """Bad news in words that are no sentences yet."""
        return Notice(_sentence(tr(message)), _sentence(tr(hint)), "error", button, act)


def _sentence(text: str) -> str:
    """Capital first (but not for names of files and frames), full stop last."""
    if text.split(maxsplit=1)[:1] and text.split(maxsplit=1)[0] in OPENERS:
        text = text[0].upper() + text[1:]
    return text if not text or text[-1] in ".!?…" else text + "."
