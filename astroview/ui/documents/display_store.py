"""How each file was displayed last, kept between two runs."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer

from astroview.core import strict_json
from astroview.core.frame import Frame
from astroview.ui.render.display_settings import Display

log = logging.getLogger(__name__)
MOST = 300  # files that are remembered, the last changed ones
CALM_MS = 1000  # a limit that is dragged changes all the time
VERSION = 1


class Displays(QObject):
    """A small book in one file; what cannot be read in it is as if it were not there.

    Parameters
    ----------
    path
        The file; None: nothing is read or written.
    """

    def __init__(self, path: Path | None) -> None:
        super().__init__()
        self._path = path
        self._kept: dict[str, Any] | None = None  # read when it is first asked for
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self._calm.timeout.connect(self.flush)

    def of(self, frame: Frame) -> Display | None:
        """How a frame was displayed last, unless its file is another one by now."""
        key = _key(frame)
        entry = self._read().get(key) if key else None
        if entry is None:
            return None
        from astroview.core import json_lines

        try:
            display = json_lines.build(Display, dict(entry["display"]))
            same = frame.path is not None and entry["size"] == frame.path.stat().st_size
        except (ValueError, TypeError, KeyError, OSError):
            return None
        fits = display.bands is None or frame.channels == 3
        return display if same and fits else None

    def keep(self, frame: Frame, display: Display | None) -> None:
        """Remember a display, written soon; None forgets it."""
        key, kept = _key(frame), self._read()
        if not key or frame.path is None:
            return
        kept.pop(key, None)
        if display is not None:
            try:
                size = frame.path.stat().st_size
            except OSError:  # gone meanwhile
                return
            told = strict_json.loads(json.dumps(asdict(display)))  # as it comes from the file
            kept[key] = {"size": size, "display": told}
        self._calm.start()

    def flush(self) -> None:
        """Write now what is to be written."""
        if self._path is None or self._kept is None:
            return
        self._calm.stop()
        from astroview.core.atomic_write import replacing_text

        newest = dict(list(self._kept.items())[-MOST:])
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with replacing_text(self._path, lasting=False) as file:
                file.write(json.dumps({"version": VERSION, "displays": newest}))
        except OSError as problem:
            log.warning("displays cannot be remembered: %s", problem)

    def _read(self) -> dict[str, Any]:
        if self._kept is None:
            self._kept = _read(self._path) if self._path else {}
        return self._kept


def _read(path: Path) -> dict[str, Any]:
    try:
        content = strict_json.read(path)
        if content["version"] != VERSION:
            raise ValueError(f"they are of version {content['version']}")
        return dict(content["displays"])
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, KeyError) as problem:
        log.warning("remembered displays cannot be read: %s", problem)
        strict_json.set_aside(path)  # another version may be glad of it
        return {}


def _key(frame: Frame) -> str:
    """Names a plane of a file; empty for what comes from no file."""
    return f"{frame.path}|{frame.hdu or 0}|{frame.plane}" if frame.path is not None else ""
