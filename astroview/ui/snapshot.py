"""The window as a picture: rendered offscreen, for the docs and for machines without a screen."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QIODevice, QSize
from PySide6.QtWidgets import QApplication

from astroview.core.settings import Settings
from astroview.ui.app import Running, start
from astroview.ui.memory import Memory

SIZE = QSize(1360, 850)
PATIENCE_S = 900.0
MOST_BYTES, OWN_COLOURS, RARE_COLOURS = 400_000, 40, 40  # of a picture for the docs


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


def save_for_docs(running: Running, out: Path) -> bool:
    """`save_picture` for pictures that are kept with the code: in so many colours, 256 at most,
    that the file is no larger than `MOST_BYTES`.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    running.window.grab().save(buffer, "PNG")  # type: ignore[call-overload]
    try:
        out.write_bytes(_in_few_colours(bytes(buffer.data().data())))
    except OSError as problem:
        sys.stderr.write(f"{out} cannot be written: {problem}" + "\n")
        return False
    return True


def _in_few_colours(png: bytes) -> bytes:
    """The window's own colours, which cover most of it, stay; those of the picture are by median
    cut; what is still unlike all of them, as an accent is, gets colours of its own.
    """
    from PIL import Image  # for the docs alone

    with Image.open(BytesIO(png)) as opened:
        picture = opened.convert("RGB")
    there, which, often = np.unique(
        np.asarray(picture).reshape(-1, 3), axis=0, return_inverse=True, return_counts=True
    )
    own = there[np.argsort(-often, kind="stable")[:OWN_COLOURS]]
    small = b""
    for count in (256 - OWN_COLOURS - RARE_COLOURS, 128, 80, 48, 32):
        cut = picture.quantize(count, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        common = np.vstack([own, np.reshape(cut.getpalette() or [], (-1, 3))])
        chosen = _with_rare(there, common).astype(np.uint8)
        indices = _nearest(there, chosen)[which.reshape(-1)].reshape(picture.height, picture.width)
        few = Image.fromarray(indices)
        few.putpalette(chosen.tobytes())
        file = BytesIO()
        few.save(file, "PNG", optimize=True)
        small = file.getvalue()
        if len(small) <= MOST_BYTES:
            break
    return small


def _with_rare(colours: NDArray[Any], chosen: NDArray[Any]) -> NDArray[Any]:
    """The chosen ones (M, 3), and of the colours (N, 3) those that are most unlike them all."""
    wanted = colours.astype(np.float32)
    away = ((wanted - chosen[_nearest(colours, chosen)]) ** 2).sum(1)
    for _ in range(RARE_COLOURS):
        farthest = colours[away.argmax()]
        chosen = np.vstack([chosen, farthest])
        away = np.minimum(away, ((wanted - farthest) ** 2).sum(1))
    return chosen


def _nearest(colours: NDArray[Any], chosen: NDArray[Any]) -> NDArray[np.uint8]:
    """For each of (N, 3) colours which of (M, 3) is most like it."""
    wanted, of = colours.astype(np.float32), chosen.astype(np.float32)
    lengths = (of**2).sum(1)
    parts = np.array_split(wanted, max(1, len(wanted) // 10_000))
    return np.concatenate([(lengths - 2 * part @ of.T).argmin(1) for part in parts]).astype(
        np.uint8
    )
