"""Data and settings of its own for a gallery: no palette that somebody kept gets into a picture."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def own_folders() -> Generator[Path]:
    """Empty folders for what the application keeps, and no display."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(prefix="astroview-gallery-") as folder:
        os.environ["ASTROVIEW_DATA_DIR"] = folder
        os.environ["ASTROVIEW_CONFIG_DIR"] = str(Path(folder) / "config")
        yield Path(folder)
