"""Contact sheets of what was measured instead of guessed, for the guides and the models' page.

    python -m benchmarks.sheets stacking
    python -m benchmarks.sheets measured-colour --data DIR

*stacking*: a part of the field of `benchmarks.stacking` by number of frames; beside one frame, one
frame sharpened, drizzle and the truth. *measured-colour*: held-out pictures of
`benchmarks.measured_colour`, whose survey resolves 16 of the frame's pixels.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import zoom

from astroview.core.colour import colour_space
from astroview.core.frame import ArraySource, Frame
from benchmarks import measured_colour, stacking
from trainer.config import DataConfig
from trainer.data.pictures import load, split
from trainer.evaluation.contact_sheets import SIDE, Cell, draw, save
from trainer.evaluation.request import spread

DOCS = Path(__file__).resolve().parents[1] / "docs"
PART = 32  # pixels a side that the stacks are shown of
WAYS = ("one frame ×2 (bundled)", "drizzle, pixfrac 0.6", "most likely sky",
        "most likely sky, noise left out")  # fmt: skip
COARSE, PICTURES = 16, 4


def stacks() -> Iterator[list[Cell]]:
    """A row for each number of frames."""
    for count in (2, 4, 8):
        made = stacking.field(0, count)
        top, left = _busiest(made)
        frame: Any = zoom(made.frames[0], stacking.SCALE, order=0)
        shown = {"one of the frames": frame, **dict(stacking.results(made)), "truth": made.truth}
        names = ("one of the frames", *WAYS, "truth")
        yield [(_caption(n, count), _shown(shown[n], top, left)) for n in names]


def _caption(name: str, count: int) -> str:
    """In letters that the sheet's font has."""
    return (f"{count} frames: {name}" if name in WAYS[1:] else name).replace("×", "x")


def _busiest(made: stacking.Field) -> tuple[int, int]:
    """Where most stars stand together: top and left of a part."""
    places = [(y, x) for y in range(8, 89, 8) for x in range(8, 89, 8)]
    inside = [
        ((made.y > y) & (made.y < y + PART) & (made.x > x) & (made.x < x + PART)).sum()
        for y, x in places
    ]
    return places[int(np.argmax(inside))]


def _shown(fine: NDArray[np.floating], top: int, left: int) -> NDArray[np.float32]:
    """A part as it is shown, (SIDE, SIDE, 3), every fine pixel a square."""
    s = stacking.SCALE
    part = np.asarray(fine, np.float64)[s * top : s * (top + PART), s * left : s * (left + PART)]
    light = np.arcsinh((part - stacking.SKY + 15) / 15) / np.arcsinh(300)
    square = SIDE // part.shape[0]
    grey = np.clip(light, 0, 1).repeat(square, 0).repeat(square, 1)
    return np.repeat(grey[..., None], 3, -1).astype(np.float32)


def colours(data: Path) -> Iterator[list[Cell]]:
    """A row for each picture."""
    _, held = split(load(data), DataConfig.held_out)
    found = [rgb for one in held if (rgb := measured_colour.as_shown(one.rgb)) is not None]
    for number, rgb in enumerate(spread(found, PICTURES)):
        lab, grey = colour_space.srgb_to_oklab(rgb), colour_space.grey(rgb)
        shape = (grey.shape[0], grey.shape[1])
        frame = Frame("frame", shape, 1, "display", ArraySource(grey), 1.0)
        rng = np.random.default_rng((number, COARSE))
        survey = measured_colour.survey_of(lab, COARSE, rng)
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            os.environ["ASTROVIEW_CACHE_DIR"] = str(place / "cache")
            guide = measured_colour.guide_of(frame, survey, place / "survey.png")
            chroma = {
                "interpolated": measured_colour.interpolated(guide, frame),
                "measured, painted with": measured_colour.painted(frame, guide, place / "a"),
                "guessed: automatic palette": measured_colour.painted(frame, None, place / "b"),
            }
        coarse = survey.repeat(COARSE // 2, 0).repeat(COARSE // 2, 1)[: shape[0], : shape[1]]
        yield [
            ("the frame", np.repeat(grey[..., None], 3, -1)),
            (f"the survey, 1/{COARSE}", coarse),
            *((name, _coloured(lab[..., 0], ab)) for name, ab in chroma.items()),
            ("truth", rgb),
        ]


def _coloured(light: NDArray[np.float32], ab: NDArray[np.float32]) -> NDArray[np.float32]:
    fitted = colour_space.fit_gamut(light, ab)
    return colour_space.oklab_to_srgb(np.concatenate([light[..., None], fitted], -1))


def main() -> int:
    """Draw one."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("what", choices=("stacking", "measured-colour"))
    parser.add_argument("--data", type=Path, help="of measured-colour: the training data")
    parser.add_argument("--out", type=Path, help="(default: the one in docs)")
    chosen = parser.parse_args()
    if chosen.what == "measured-colour" and chosen.data is None:
        parser.error("measured-colour needs --data")
    rows = stacks() if chosen.what == "stacking" else colours(chosen.data)
    save(draw(list(rows)), chosen.out or DOCS / f"{chosen.what}.jpg")
    return 0


if __name__ == "__main__":
    sys.exit(main())
