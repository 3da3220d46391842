"""The window as a picture: rendered offscreen, for the docs and for machines without a screen."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QSize
from PySide6.QtWidgets import QApplication

from astroview.core.atomic_write import never_over
from astroview.core.errors import CannotSave
from astroview.core.io.save_file import check_place, saving
from astroview.core.settings import Settings
from astroview.core.texts import Text, sentences
from astroview.ui.app import RunningApp, start
from astroview.ui.remembered_choices import RememberedChoices

SIZE = QSize(1360, 850)
PATIENCE_S = 900.0
KINDS = {"": "PNG", ".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}
QUALITY = 92  # of WebP: words stay sharp, and colours, which are what one looks at


def snapshot(out: Path, frame: Path | None, enhance: bool) -> int:
    """Render the window as a user would see it.

    Parameters
    ----------
    out
        The picture to write: .png, .jpg, .jpeg or .webp; without a suffix a PNG.
    frame
        What to open; with ``enhance`` and None the sample frame; otherwise the empty window.
    enhance
        Enhance the frame and show before and after on the split slider.

    Returns
    -------
    int
        0 when all went well; 1 when something failed (told on stderr; the picture shows it too).
    """
    _check_kind(out)
    never_over(out, [frame])
    check_place(out)
    if QApplication.instance() is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    running = start(RememberedChoices(Settings(), lasting=False))
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
    # The process ends: what Qt has deleted need not be looked through again. It hides no crash:
    # fourteen pictures without it, with a frame and with a result, ended with 0.
    gc.freeze()
    if problem and problem.kind == "error":
        sys.stderr.write(f"{problem.message} {problem.hint}".strip() + "\n")
        return 1
    return 0 if saved else 1


def settle(running: RunningApp, until: Callable[[], bool] | None = None) -> None:
    """Run the event loop until nothing is going on (or a condition holds)."""
    end = time.monotonic() + PATIENCE_S
    window = running.window
    reached = until or (lambda: window.settled and window.steering.variations.settled)
    while time.monotonic() < end:
        running.app.processEvents()
        if reached():
            running.app.processEvents()
            return
        time.sleep(0.005)


def warm_up(running: RunningApp) -> None:
    """Begin as the app does once it stands, and wait for the worker: it makes thumbnails too."""
    found: list[object] = []
    running.window.worker.devices.connect(found.append)
    running.window.begin()
    settle(running, lambda: bool(found))


def _check_kind(out: Path) -> None:
    """Raise CannotSave before the work where a suffix names no kind of picture."""
    if out.suffix.lower() not in KINDS:
        raise CannotSave(
            Text("{name} names no kind of picture that the window can be saved as", name=out.name),
            hint=Text("End the name in {filter}.", filter=", ".join(filter(None, KINDS))),
        )


def save_picture(running: RunningApp, out: Path) -> bool:
    """Write the window to a picture of the kind its suffix says; says on stderr when it cannot."""
    kind = KINDS.get(out.suffix.lower(), "PNG")
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    running.window.grab().save(buffer, kind, -1 if kind == "PNG" else QUALITY)  # type: ignore[call-overload]
    try:
        with saving(out) as file:
            file.write(bytes(buffer.data().data()))
    except CannotSave as problem:
        sys.stderr.write(f"{sentences(problem.message, problem.hint)}\n")
        return False
    return True


def save_for_docs(running: RunningApp, out: Path) -> bool:
    """`save_picture` for pictures that are kept with the code: small, and true in colour."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    running.window.grab().save(buffer, "PNG")  # type: ignore[call-overload]
    try:
        out.write_bytes(small(bytes(buffer.data().data())))
    except OSError as problem:
        sys.stderr.write(f"{out} cannot be written: {problem}" + "\n")
        return False
    return True


def small(png: bytes) -> bytes:
    """A PNG as WebP; a palette of 256 colours would be larger, and show steps in the sky."""
    from PIL import Image  # for the docs alone

    file = BytesIO()
    with Image.open(BytesIO(png)) as opened:
        opened.convert("RGB").save(file, "WEBP", quality=QUALITY, method=6)
    return file.getvalue()
