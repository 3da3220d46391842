"""Every page and dialog in many looks: ``python -m tools.screenshots.tour_gallery DIR [NAME ...]``.

Qt scales a whole process, so each look is made by one of its own. The pictures are to be looked
at after a change of the layout; none of them is part of the docs.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from astroview.core.settings import Settings
from astroview.ui.app import start
from astroview.ui.remembered_choices import RememberedChoices
from tools.screenshots.own_folders import own_folders
from tools.screenshots.tour import tour

ONE = "--one"


@dataclass(frozen=True)
class Look:
    """Theme, pixels as the window counts them, scaling of the screen, percent of text, language."""

    theme: str
    width: int
    height: int
    scale: float = 1.0
    text: int = 100
    language: str = "en"

    @property
    def name(self) -> str:
        """``dark-1024x768``, and what is not as usual."""
        unusual = (("", 1.0, self.scale), ("text", 100, self.text), ("", "en", self.language))
        more = [f"{word}{now}" for word, usual, now in unusual if now != usual]
        return "-".join([self.theme, f"{self.width}x{self.height}", *more])


LOOKS = (
    *(Look(theme, *size) for theme, size in product(("dark", "light"), ((1024, 768), (1366, 768)))),
    *(Look(theme, 1280, 720, 2.0) for theme in ("dark", "light")),  # a screen of 2560x1440
    *(Look("dark", 1280, 800, scale) for scale in (1.25, 1.5)),
    *(Look(theme, *size) for theme, size in (("dark", (760, 560)), ("light", (2560, 1440)))),
    *(Look("dark", *size, text=200) for size in ((1366, 768), (2560, 1440))),
    *(Look("light", 1024, 768, text=text, language="de") for text in (100, 150)),
    Look("dark", 2560, 1440, text=200, language="de"),
)


def main(folder: Path, names: list[str]) -> int:
    """Write all looks, or those of these names, into a folder; returns the exit code."""
    failed = 0
    for look in LOOKS:
        if names and look.name not in names:
            continue
        command = [sys.executable, "-m", __spec__.name, str(folder), ONE, look.name]
        environment = os.environ | {"QT_SCALE_FACTOR": str(look.scale)}
        failed += subprocess.run(command, check=False, env=environment).returncode != 0
    return 1 if failed else 0


def one(folder: Path, look: Look) -> int:
    """The whole tour in one look."""
    folder.mkdir(parents=True, exist_ok=True)
    chosen = Settings(theme=look.theme, language=look.language, text_percent=look.text)  # type: ignore[arg-type]
    running = start(RememberedChoices(chosen, lasting=False))
    running.window.resize(QSize(look.width, look.height))
    running.window.show()
    number = 0

    def see(name: str, page: QWidget) -> None:
        nonlocal number
        number += 1
        page.grab().save(str(folder / f"{number:02}-{name}.png"))

    tour(running, running.scratch.make("tour"), see)
    running.close()
    return 0


if __name__ == "__main__":
    place, *wanted = sys.argv[1:] or ["build/tour"]
    if ONE in wanted:
        chosen = next(look for look in LOOKS if look.name == wanted[-1])
        with own_folders():
            sys.exit(one(Path(place) / chosen.name, chosen))
    sys.exit(main(Path(place), wanted))
