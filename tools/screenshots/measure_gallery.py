"""The screenshots of docs/guide/measuring.md: ``python -m tools.screenshots.measure_gallery
DIR``.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from astroview.core import resources
from astroview.core.settings import KnowSettings, Settings
from astroview.ui.app import RunningApp, start
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.snapshot import save_for_docs, settle
from tools.screenshots.own_folders import own_folders

SIZE = QSize(1280, 800)
BUTTON = Qt.MouseButton.LeftButton


def main(folder: Path) -> int:
    """Write the pictures; returns the exit code."""
    folder.mkdir(parents=True, exist_ok=True)
    know = KnowSettings(grid=True, magnifier=True, panner=True)
    running = start(RememberedChoices(Settings(theme="dark", know=know), lasting=False))
    window = running.window
    window.resize(SIZE)
    window.show()
    window.open([resources.sample("galaxy.fits")])
    settle(running)
    good = True
    for name, act in (("measure-line", _line), ("measure-star", _star), ("regions", _placed)):
        act(running)
        settle(running)
        good &= save_for_docs(running, folder / f"{name}.webp")
    running.close()
    return 0 if good else 1


def _line(running: RunningApp) -> None:
    running.window.actions_["measure_line"].trigger()
    drag(running, QPointF(210, 250), QPointF(430, 400))


def _star(running: RunningApp) -> None:
    window = running.window
    window.actions_["theme_light"].trigger()
    window.actions_["grid"].trigger()
    window.actions_["measure_star"].trigger()
    window.viewer.zoom_to(4, _at(running, QPointF(463, 591)))
    drag(running, QPointF(463, 591), QPointF(463, 591))


def _placed(running: RunningApp) -> None:
    window = running.window
    window.actions_["cancel"].trigger()
    window.actions_["theme_dark"].trigger()
    window.viewer.fit()
    frame = window.selection.document.frame if window.selection else None
    centre = frame.wcs.wcs.crval if frame and frame.wcs else (0.0, 0.0)
    rng = np.random.default_rng(4)
    folder = Path(tempfile.mkdtemp())
    rows = [f"{i},{centre[0] + a:.6f},{centre[1] + b:.6f}\n"
            for i, (a, b) in enumerate(rng.uniform(-0.045, 0.045, (150, 2)))]  # fmt: skip
    (folder / "sources.csv").write_text("id,ra,dec\n" + "".join(rows))
    (folder / "arms.reg").write_text(
        f'icrs\nellipse({centre[0]},{centre[1]},80",45",130) # text={{disc}}\n'
        f'circle({centre[0]},{centre[1]},12") # color=#ff7ac8 text={{core}}\n'
    )
    window.knowing.placed.open_regions(folder / "arms.reg")
    window.knowing.placed.open_catalogue(folder / "sources.csv")
    settle(running)
    window.knowing.placed.pick(3)


def _at(running: RunningApp, scene: QPointF) -> QPointF:
    viewer = running.window.viewer
    return viewer.placing_at(QPointF(viewer.rect().center())).point(scene)


def drag(running: RunningApp, start: QPointF, end: QPointF) -> None:
    """What a hand on the mouse does."""
    viewer = running.window.viewer
    kinds = (
        (QEvent.Type.MouseButtonPress, start, BUTTON),
        (QEvent.Type.MouseMove, end, Qt.MouseButton.NoButton),
        (QEvent.Type.MouseButtonRelease, end, BUTTON),
    )
    for kind, scene, button in kinds:
        point = _at(running, scene)
        mouse = QMouseEvent(kind, point, viewer.mapToGlobal(point), button, BUTTON,
                            Qt.KeyboardModifier.NoModifier)  # fmt: skip
        QApplication.sendEvent(viewer, mouse)


if __name__ == "__main__":
    with own_folders():
        sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/screenshots")))
