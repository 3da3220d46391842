"""The window as a picture: rendered offscreen, for the docs and for machines without a screen."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from astroview.core.settings import Settings
from astroview.ui.app import Running, start
from astroview.ui.memory import Memory

SIZE = QSize(1360, 850)
PATIENCE_S = 900.0


def snapshot(out: Path, frame: Path | None, enhance: bool) -> int:
    """Render the window as a user would see it.

    Parameters
    ----------
    out
        The PNG to write.
    frame
        What to open; with ``enhance`` and None the sample frame; otherwise the empty window.
    enhance
        Enhance the frame and show before and after on the split slider.

    Returns
    -------
    int
        0 when all went well; 1 when something failed (told on stderr; the picture shows it too).
    """
    if QApplication.instance() is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    running = start(Memory(Settings(), lasting=False))
    window = running.window
    window.resize(SIZE)
    window.show()
    if frame is not None:
        window.open([frame])
    elif enhance:
        window.open_sample()
    settle(running)
    if enhance and window.selection:
        window.enhance()
        settle(running)
    problem = window.notices.current or None
    saved = save_picture(running, out)
    running.close()
    if problem and problem.kind == "error":
        sys.stderr.write(f"{problem.message} {problem.hint}".strip() + "\n")
        return 1
    return 0 if saved else 1


def settle(running: Running, until: Callable[[], bool] | None = None) -> None:
    """Run the event loop until nothing is going on (or a condition holds)."""
    end = time.monotonic() + PATIENCE_S
    reached = until or (lambda: running.window.settled)
    while time.monotonic() < end:
        running.app.processEvents()
        if reached():
            running.app.processEvents()
            return
        time.sleep(0.005)


def save_picture(running: Running, out: Path) -> bool:
    """Write the window to a PNG; says on stderr when it cannot."""
    if running.window.grab().save(str(out), "PNG"):
        return True
    sys.stderr.write(f"{out} cannot be written; see whether its folder exists" + "\n")
    return False
