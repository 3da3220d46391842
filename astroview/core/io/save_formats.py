"""The kinds of files that are written, by their suffixes: light enough for the window's start."""

from __future__ import annotations

from typing import Literal

Format = Literal["fits", "tiff", "png", "xisf", "jpeg"]
SUFFIXES: dict[str, Format] = {
    ".fits": "fits", ".fit": "fits", ".fts": "fits", ".tif": "tiff", ".tiff": "tiff", ".png": "png",
    ".xisf": "xisf", ".jpg": "jpeg", ".jpeg": "jpeg",
}  # fmt: skip
