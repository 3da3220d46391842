"""The window at every size, scaling and size of text: ``python -m tools.screenshots.sizes_gallery
DIR``.

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
from PySide6.QtWidgets import QApplication

from astroview.core import resources
from astroview.core.settings import Settings
from astroview.ui.app import start
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.shell import workspaces
from astroview.ui.snapshot import save_picture, settle

ONE = "--one"


@dataclass(frozen=True)
class Case:
    """One look: pixels as the window counts them, scaling of the screen, times the usual text."""

    theme: str
    width: int
    height: int
    scale: float = 1.0
    text: float = 1.0

    @property
    def name(self) -> str:
        """``dark-1280x800-125`` and, where it is not the usual one, the text's size."""
        name = f"{self.theme}-{self.width}x{self.height}-{100 * self.scale:.0f}"
        return f"{name}-text{100 * self.text:.0f}" if self.text != 1.0 else name


SIZES = ((1280, 800), (2560, 1440))
CASES = (
    *(Case(t, *size, scale) for t, size, scale in product(("light", "dark"), SIZES, (1.0, 2.0))),
    *(Case("dark", 1280, 800, scale) for scale in (1.25, 1.5)),
    *(Case(theme, *size) for theme in ("light", "dark") for size in ((760, 560), (1024, 700))),
    *(Case("light", 1280, 800, 1.0, text) for text in (1.25, 1.5)),
)


def main(folder: Path) -> int:
    """Write all looks into a folder; returns the exit code."""
    folder.mkdir(parents=True, exist_ok=True)
    failed = 0
    for case in CASES:
        numbers = (case.theme, case.width, case.height, case.scale, case.text)
        command = [sys.executable, "-m", __spec__.name, str(folder), ONE, *map(str, numbers)]
        environment = os.environ | {"QT_SCALE_FACTOR": str(case.scale)}
        failed += subprocess.run(command, check=False, env=environment).returncode != 0
    return 1 if failed else 0


def one(folder: Path, case: Case) -> int:
    """The workspaces in one look."""
    app = QApplication(sys.argv[:1])
    font = app.font()
    font.setPointSizeF(font.pointSizeF() * case.text)
    app.setFont(font)
    running = start(RememberedChoices(Settings(theme=case.theme), lasting=False))  # type: ignore[arg-type]
    window = running.window
    window.resize(QSize(case.width, case.height))
    window.show()
    good = save_picture(running, folder / f"{case.name}-empty.png")
    window.open([resources.sample(name) for name in ("galaxy.fits", "nebula.png")])
    settle(running)
    for space in workspaces.NAMES:
        window.spaces.go(space)
        settle(running)
        good &= save_picture(running, folder / f"{case.name}-{space}.png")
    running.close()
    return 0 if good else 1


if __name__ == "__main__":
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    place = Path(sys.argv[1] if len(sys.argv) > 1 else "build/sizes")
    if ONE in sys.argv:
        theme, width, height, scale, text = sys.argv[3:]
        sys.exit(one(place, Case(theme, int(width), int(height), float(scale), float(text))))
    sys.exit(main(place))
