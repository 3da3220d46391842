"""How far a reader has to walk who follows one frame through the engine, from call to call."""

from __future__ import annotations

import sys
from collections import Counter
from itertools import groupby
from pathlib import Path
from types import FrameType

import numpy as np
import pytest
from astropy.io import fits

from astroview.core.io.open_file import open_frame
from astroview.core.models.model_card import default_shelf
from astroview.core.options import EnhanceOptions
from astroview.engine.pipeline.enhance import enhance_to

ENGINE = "astroview.engine"
# What it is now, and may only fall.
MODULES = {"superres-x2": 27, "colorizer": 28}
RETURNS = 25  # to one module, at most


def _nobody(done: int, of: int, note: str = "") -> None:
    del done, of, note


def _calls(options: EnhanceOptions, frame: Path, out: Path) -> list[str]:
    """The engine's modules in the order in which they are called, one frame being enhanced."""
    seen: list[str] = []

    def note(called: FrameType, event: str, _: object) -> None:
        name = called.f_globals.get("__name__", "")
        if event == "call" and name.startswith(ENGINE) and called.f_code.co_name[0] != "<":
            seen.append(name)

    for run in ("first", "second"):  # what is read once is not counted
        seen.clear()
        (out / run).mkdir()
        sys.setprofile(note)
        try:
            enhance_to(open_frame(frame), options, out / run, default_shelf(), _nobody)
        finally:
            sys.setprofile(None)
    return [name for name, _ in groupby(seen)]


@pytest.mark.parametrize("model", MODULES)
def test_a_frame_is_followed_through_few_modules(model: str, tmp_path: Path) -> None:
    pixels = np.random.default_rng(3).normal(100, 3, (64, 64)).astype(np.float32)
    pixels[30:34, 30:34] += 200
    sky_file = tmp_path / "sky.fits"
    fits.writeto(sky_file, pixels)
    colorizer = model if model == "colorizer" else None
    superres = None if colorizer else model
    options = EnhanceOptions(device="cpu", colorizer=colorizer, superres=superres)
    passed = Counter(_calls(options, sky_file, tmp_path))
    assert len(passed) <= MODULES[model], sorted(passed)
    assert passed.most_common(1)[0][1] - 1 <= RETURNS, passed.most_common(3)
