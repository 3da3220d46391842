"""``python -m benchmarks.measured_colour --data DIR``: what measured colours are worth.

A picture is made grey, and a survey of it is made of the picture itself: reduced to 1/8, 1/16 and
1/32, blurred by half of its pixel, noisy by a unit of CIELAB, off by a pixel of the frame. It goes
the way of a user's picture of the same extent, then through the engine with the bundled colorizer.

- *error*: mean |Δab| (CIELAB) against the truth, in per cent of that of no colour; beside it the
  same guide by bilinear interpolation alone, and the automatic palette.
- *star cores*: the same around compact peaks (3 to 8 pixels off them), where a halo would stand.
- *faint sources*: within 1.5 pixels of compact peaks that are fainter, which the survey does not
  resolve; beside the automatic palette's error there.
- what the survey alone has, mean |Δab| within two of its pixels: *a source that moved*, saturated
  green and one of its pixels wide; *a masked star*, a violet square of three of its pixels over
  the brightest one; *a satellite*, a blue streak as wide as one of its pixels. Beside it that of
  the survey without it, and of a guide that takes all it is given.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from astroview.core.colour import colour_space
from astroview.core.colour.chroma_guide import ChromaGuide
from astroview.core.colour.stretch import Stretch
from astroview.core.enhance.results import frame_from_outputs
from astroview.core.frame import ArraySource, Frame
from astroview.core.models.model_card import default_shelf
from astroview.core.options import EnhanceOptions
from astroview.core.sky_colour.colour_picture import from_file
from astroview.core.sky_colour.measured_colour import guide_from_fit
from astroview.core.sky_colour.picture_fit import same_extent
from astroview.engine.pipeline.enhance import enhance_to
from astroview.engine.runtime.cache import Cache
from astroview.engine.runtime.live_updates import Live
from benchmarks.page import put
from trainer.config import DataConfig
from trainer.data.pictures import load, split
from trainer.evaluation.request import spread

FloatArray = NDArray[np.float32]
DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "guide" / "colour-from-the-sky.md"
COARSE = (8, 16, 32)
SIDE = 384  # pixels of a picture's longer side
LAB_UNIT = 0.0025  # of Oklab's a and b in one of CIELAB's
PLAIN = Stretch("linear", 0.0, 1.0)
MEMO = Cache()


@dataclass(frozen=True)
class Score:
    """Mean |Δab| of one picture at one coarseness; NaN where it has no such place."""

    none: float
    alone: float
    ours: float
    palette: float
    stars_none: float
    stars_alone: float
    stars: float
    faint_none: float
    faint_palette: float
    faint: float
    # Of STAINS, where they are: no colour, the survey without them, they left out, they believed.
    stains: tuple[tuple[float, float, float, float], ...]


def main() -> int:
    """Score pictures and print the table; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="the training data")
    parser.add_argument(
        "--limit", type=int, default=12, help="of the pictures held out of training"
    )
    parser.add_argument("--write", action="store_true", help="put the table into the guide")
    chosen = parser.parse_args()
    _, held = split(load(chosen.data), DataConfig.held_out)
    shown = [rgb for picture in held if (rgb := as_shown(picture.rgb)) is not None]
    shown = spread(shown, chosen.limit)
    scores: dict[int, list[Score]] = {k: [] for k in COARSE}
    for number, rgb in enumerate(shown):
        for k, score in _scores(rgb, number):
            scores[k].append(score)
        sys.stderr.write(f"{number + 1} of {len(shown)}\n")
    text = _table(scores, len(next(iter(scores.values()))))
    sys.stdout.write(text + "\n")
    if chosen.write:
        put("measured colour", text, DOCUMENT)
    return 0


def as_shown(rgb8: NDArray[np.uint8]) -> FloatArray | None:
    """(H, W, 3) in 0..1; None for one that is small or has no colour."""
    image = Image.fromarray(rgb8)
    if min(image.size) < SIDE // 2:
        return None
    image.thumbnail((SIDE, SIDE), Image.Resampling.BOX)
    image = image.crop((0, 0, *(n // COARSE[-1] * COARSE[-1] for n in image.size)))
    rgb = np.asarray(image, np.float32) / np.float32(255)
    colourful = np.abs(colour_space.srgb_to_oklab(rgb)[..., 1:]).mean() > 0.008
    return rgb if colourful else None


def _scores(rgb: FloatArray, seed: int) -> Iterator[tuple[int, Score]]:
    lab = colour_space.srgb_to_oklab(rgb)
    grey = colour_space.grey(rgb)
    frame = Frame("frame", (grey.shape[0], grey.shape[1]), 1, "display", ArraySource(grey), 1.0)
    around, faint = _around_stars(lab[..., 0])
    whole = np.ones(grey.shape, bool)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        os.environ["ASTROVIEW_CACHE_DIR"] = str(place / "cache")
        palette = painted(frame, None, place / "palette")
        for k in COARSE:
            rng = np.random.default_rng((seed, k))
            survey = survey_of(lab, k, rng)
            guide = guide_of(frame, survey, place / "survey.png")
            ours, alone = painted(frame, guide, place / f"{k}"), interpolated(guide, frame)
            zero = np.zeros_like(ours)
            stains: list[tuple[float, float, float, float]] = []
            for name, stain in STAINS.items():
                spoilt, there = stain(survey, lab[..., 0], k, rng)
                made = [
                    painted(
                        frame,
                        guide_of(frame, spoilt, place / "stain.png", believe_all=believe_all),
                        place / f"{k} {name} {believe_all}",
                    )
                    for believe_all in (False, True)
                ]
                none, clean, out, believed = (_off(x, lab, there) for x in (zero, ours, *made))
                stains.append((none, clean, out, believed))
            yield (
                k,
                Score(
                    *(_off(x, lab, whole) for x in (zero, alone, ours, palette)),
                    *(_off(x, lab, around) for x in (zero, alone, ours)),
                    *(_off(x, lab, faint) for x in (zero, palette, ours)),
                    tuple(stains),
                ),
            )


def survey_of(lab: FloatArray, k: int, rng: np.random.Generator) -> FloatArray:
    """The picture as a coarse survey has it, (h, w, 3) sRGB."""
    from scipy.ndimage import gaussian_filter, shift, zoom

    angle = rng.uniform(0, 2 * np.pi)
    planes: list[FloatArray] = []
    for i in range(3):
        seen = shift(lab[..., i], (np.sin(angle), np.cos(angle)), order=1, mode="nearest")
        seen = gaussian_filter(seen, 0.5 * k)
        height, width = (n // k * k for n in seen.shape)
        boxes = seen[:height, :width].reshape(height // k, k, width // k, k).mean((1, 3))
        planes.append(boxes + rng.normal(0, LAB_UNIT, boxes.shape) * (i > 0))
    rgb = colour_space.oklab_to_srgb(np.stack(planes, -1).astype(np.float32))
    # A picture file's pixels are finer than what it resolves; two of them in one of the survey's.
    finer = zoom(np.clip(rgb, 0, 0.985), (2, 2, 1), order=1, grid_mode=True, mode="nearest")
    return np.asarray(finer, np.float32)


def guide_of(
    frame: Frame, survey: FloatArray, path: Path, *, believe_all: bool = False
) -> ChromaGuide:
    Image.fromarray(np.round(255 * survey).astype(np.uint8)).save(path)
    picture = from_file(path)
    fit = same_extent(frame, picture)
    assert fit is not None
    if believe_all:
        whole = np.ones(picture.shape, bool)
        fit = replace(fit, picture=replace(picture, good=whole, seen=whole))
    sure = replace(fit, sure=True)
    return guide_from_fit(frame, PLAIN, sure, "the picture", believe_all=believe_all)


def painted(frame: Frame, guide: ChromaGuide | None, scratch: Path) -> FloatArray:
    scratch.mkdir(parents=True)
    options = EnhanceOptions(device="cpu", superres=None, uncertainty=False)
    if guide is not None:
        options = replace(options, guide=guide.save(scratch / "given.npz"))
    made = enhance_to(frame, options, scratch, default_shelf(), _silent, Live(MEMO))
    return frame_from_outputs(frame, made).read_chroma()


def _silent(*_: object) -> None:
    """No progress is shown."""


def interpolated(guide: ChromaGuide, frame: Frame) -> FloatArray:
    y, x = (np.arange(n) + 0.5 for n in frame.shape)
    found, valid = guide.at(y, x)
    return found * valid[..., None]


def _around_stars(light: FloatArray) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """3 to 8 pixels off compact peaks, and within 1.5 of fainter ones; nowhere where there are too
    few.
    """
    from scipy.ndimage import distance_transform_edt, gaussian_filter, maximum_filter

    fine = gaussian_filter(light, 1.0) - gaussian_filter(light, 4.0)
    bright = max(0.1, 5 * float(np.std(fine)))
    tops = fine == maximum_filter(fine, 15)
    found: list[NDArray[np.bool_]] = []
    for peaks, least, most in (
        (tops & (fine > bright), 3.0, 8.0),
        (tops & (fine > bright / 5) & (fine <= bright), 0.0, 1.5),
    ):
        some = peaks.sum() >= 3
        far: Any = distance_transform_edt(~peaks) if some else np.full(light.shape, np.inf)
        found.append((far >= least) & (far <= most))
    return found[0], found[1]


def _with_mask(
    survey: FloatArray, light: FloatArray, k: int, _rng: np.random.Generator
) -> tuple[FloatArray, NDArray[np.bool_]]:
    """A violet square over the brightest star of the survey, and which of the frame's pixels are
    near it.
    """
    height, width = (n // 2 for n in survey.shape[:2])
    small = light[: height * k, : width * k].reshape(height, k, width, k).mean((1, 3))
    y, x = np.unravel_index(int(small.argmax()), small.shape)
    made = survey.copy()
    made[max(0, 2 * y - 2) : 2 * y + 4, max(0, 2 * x - 2) : 2 * x + 4] = [0.3, 0.02, 0.3]
    rows, columns = np.mgrid[: light.shape[0], : light.shape[1]]
    near = np.hypot(rows - (y + 0.5) * k, columns - (x + 0.5) * k) < 2 * k
    return made, near


def _with_streak(
    survey: FloatArray, light: FloatArray, k: int, rng: np.random.Generator
) -> tuple[FloatArray, NDArray[np.bool_]]:
    """A blue streak across all of the survey, and which of the frame's pixels are near it."""
    turn = rng.uniform(0, np.pi)
    height, width = survey.shape[:2]
    middle = (height * rng.uniform(0.3, 0.7), width * rng.uniform(0.3, 0.7))

    def off(shape: tuple[int, ...], pixel: float) -> NDArray[np.float64]:
        rows, columns = np.mgrid[: shape[0], : shape[1]]
        return np.abs(
            ((rows + 0.5) * pixel - middle[0]) * np.cos(turn)
            + ((columns + 0.5) * pixel - middle[1]) * np.sin(turn)
        )

    share = 0.8 * np.exp(-(off(survey.shape, 1.0) ** 2) / 2.0)[..., None]
    made = survey * (1 - share) + share * np.array([0.1, 0.2, 0.98], np.float32)
    return np.clip(made, 0, 0.985).astype(np.float32), off(light.shape, 2 / k) < 4.0


def _with_source(
    survey: FloatArray, light: FloatArray, k: int, rng: np.random.Generator
) -> tuple[FloatArray, NDArray[np.bool_]]:
    """A green source at a dark place of the survey, and which of the frame's pixels are near it."""
    height, width = (n // 2 for n in survey.shape[:2])
    small = light[: height * k, : width * k].reshape(height, k, width, k).mean((1, 3))
    inner = small[1:-1, 1:-1] if min(small.shape) > 4 else small
    order = np.argsort(inner, axis=None)[: max(1, inner.size // 3)]
    y, x = np.unravel_index(int(rng.choice(order)), inner.shape)
    if inner is not small:
        y, x = y + 1, x + 1
    rows, columns = np.mgrid[: survey.shape[0], : survey.shape[1]]
    off = (rows - (2 * y + 0.5)) ** 2 + (columns - (2 * x + 0.5)) ** 2
    share = np.exp(-off / 4.0)[..., None]
    made = survey * (1 - share) + share * np.array([0.15, 0.95, 0.2], np.float32)
    rows, columns = np.mgrid[: light.shape[0], : light.shape[1]]
    near = np.hypot(rows - (y + 0.5) * k, columns - (x + 0.5) * k) < 2 * k
    return np.clip(made, 0, 0.985).astype(np.float32), near


def _off(chroma: FloatArray, lab: FloatArray, where: NDArray[np.bool_]) -> float:
    """Mean |Δab| in CIELAB, of the colours as they can be shown; NaN where that is nowhere."""
    if not where.any():
        return float("nan")
    light = lab[..., 0][where]
    fitted = colour_space.fit_gamut(light, chroma[where])
    shown = [
        _cielab(np.concatenate([light[:, None], ab], -1)) for ab in (fitted, lab[where][:, 1:])
    ]
    return float(np.abs(shown[0] - shown[1])[:, 1:].mean())


def _cielab(lab: FloatArray) -> FloatArray:
    """Oklab (N, 3) as CIELAB (D65)."""
    light = colour_space.decode_srgb(np.clip(colour_space.oklab_to_srgb(lab), 0, 1))
    matrix = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
                       [0.0193339, 0.1191920, 0.9503041]], np.float32)  # fmt: skip
    xyz = light @ matrix.T / np.array([0.95047, 1.0, 1.08883], np.float32)
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.stack([116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], -1)


STAINS = {
    "a source that moved": _with_source,
    "a masked star": _with_mask,
    "a satellite": _with_streak,
}


def _table(scores: dict[int, list[Score]], count: int) -> str:
    """The means, as two Markdown tables."""
    heads = [f"{name}: without it | left out | believed" for name in STAINS]
    lines = [
        f"Of {count} pictures, by `python -m benchmarks.measured_colour`; per cent of the error of"
        " no colour, less is better.",
        "",
        "| survey's pixel | measured | interpolated alone | automatic palette | around stars:"
        " measured | interpolated alone | faint sources: measured | automatic palette |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for k, found in scores.items():
        cells = [
            _share([(getattr(s, name), getattr(s, of)) for s in found])
            for name, of in (
                *((name, "none") for name in ("ours", "alone", "palette")),
                *((name, "stars_none") for name in ("stars", "stars_alone")),
                *((name, "faint_none") for name in ("faint", "faint_palette")),
            )
        ]
        lines.append(f"| {k} | **{cells[0]}** | {' | '.join(cells[1:])} |")
    lines += [
        "",
        "What the survey alone has:",
        "",
        f"| survey's pixel | {' | '.join(heads)} |",
        f"|---|{'---|' * 3 * len(heads)}",
    ]
    for k, found in scores.items():
        cells = [
            _share([(s.stains[i][of], s.stains[i][0]) for s in found])
            for i in range(len(STAINS))
            for of in (1, 2, 3)
        ]
        lines.append(f"| {k} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _share(pairs: list[tuple[float, float]]) -> str:
    pairs = [(a, b) for a, b in pairs if np.isfinite([a, b]).all()]
    total = sum(b for _, b in pairs)
    return f"{100 * sum(a for a, _ in pairs) / total:.0f} %" if total else "–"


if __name__ == "__main__":
    sys.exit(main())
