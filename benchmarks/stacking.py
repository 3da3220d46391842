"""Stacks of simulated dithers beside the truth, one frame sharpened, drizzle and shift-and-add.

    python -m benchmarks.stacking [--seeds 3] [--write]

A field of 128 x 128 pixels, undersampled (FWHM 1.3 pixels), sky 50, read noise 6 and photons, 60
stars of 400 to 40,000, at places and in brightnesses drawn from the seed; dithers of up to two
pixels. The truth is the sky through the same optics on the fine grid, without noise. Nothing is
told to the stack: it registers the frames by their stars, measures their noise and finds its end.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core.frame import ArraySource, Frame
from astroview.engine.stacking.stack_choices import StackChoices
from astroview.engine.stacking.stack_run import stack_frames
from benchmarks import page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

SIDE, SKY, READ, STARS, FWHM, SCALE = 128, 50.0, 6.0, 60, 1.3, 2
FAINTEST, BRIGHTEST, DITHER = 400.0, 40_000.0, 2.0
COUNTS = (2, 4, 8, 16)
EDGE = 8  # pixels of the reference that not all frames see, left out of the scores
_REACH = 3  # fine pixels around a star that its centre and width are measured in


@dataclass(frozen=True)
class Field:
    """A field, its frames, and the sky on the fine grid without noise."""

    y: Numbers
    x: Numbers
    flux: Numbers
    frames: tuple[NDArray[np.float32], ...]
    truth: Numbers
    fwhm: float


@dataclass(frozen=True)
class Score:
    """Of one result: error, centres (reference pixels), width over the truth's, sources."""

    rms: float
    centre: float
    width: float
    flux: float
    lost: int
    invented: int


def field(seed: int, count: int, fwhm: float = FWHM) -> Field:
    """The field of a seed, seen so often; its first frame is the same whatever the count."""
    rng = np.random.default_rng(seed)
    y, x = rng.uniform(3, SIDE - 3, (2, STARS))
    flux = np.exp(rng.uniform(np.log(FAINTEST), np.log(BRIGHTEST), STARS))
    again = np.random.default_rng(seed + 1000)
    frames: list[NDArray[np.float32]] = []
    for i in range(count):
        down, right = (0.0, 0.0) if i == 0 else again.uniform(-DITHER, DITHER, 2)
        clean = light(y + down, x + right, flux, fwhm, 1) + SKY
        seen = again.poisson(clean) + again.normal(0, READ, clean.shape)
        frames.append(seen.astype(np.float32))
    truth = light(y, x, flux, fwhm, SCALE) + SKY
    return Field(y, x, flux, tuple(frames), truth, fwhm)


def light(y: Numbers, x: Numbers, flux: Numbers, fwhm: float, scale: int) -> Numbers:
    """Stars of a Gaussian PSF, integrated over pixels, as means over a frame's pixel."""
    from scipy.special import erf

    sigma = fwhm / np.sqrt(8 * np.log(2))
    edges = np.arange(SIDE * scale + 1) / scale
    rows, columns = (
        np.diff(erf((edges - at[:, None]) / (np.sqrt(2) * sigma)), axis=1) / 2 for at in (y, x)
    )
    return np.einsum("k,ky,kx->yx", flux, rows, columns) * scale**2


def results(made: Field) -> Iterator[tuple[str, Numbers]]:
    """Each way of using the frames, and what it makes of them."""
    frames = [
        Frame(f"frame{i}", samples.shape, 1, "linear", ArraySource(samples), None, unit="electron")
        for i, samples in enumerate(made.frames)
    ]
    yield "one frame ×2 (bundled)", _one_sharpened(made.frames[0])
    yield "median, shifted to whole pixels", _shifted_median(frames)
    for name, choices in (
        ("drizzle, pixfrac 1", StackChoices(SCALE, "drizzle", pixfrac=1.0, reference=0)),
        ("drizzle, pixfrac 0.6", StackChoices(SCALE, "drizzle", pixfrac=0.6, reference=0)),
        ("most likely sky", StackChoices(SCALE, "likelihood", reference=0)),
        ("most likely sky, noise left out", StackChoices(SCALE, reference=0, denoise=True)),
    ):
        yield name, _stacked(frames, choices)


def _stacked(frames: list[Frame], choices: StackChoices) -> Numbers:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        stack = stack_frames(frames, Path(folder), choices, lambda *_: None)
        return np.array(stack.planes["samples"], np.float64)


def _one_sharpened(samples: NDArray[np.float32]) -> Numbers:
    import astroview

    made = astroview.enhance(samples, colorize=False, scale=2, kind="linear", worker=False)
    return np.asarray(made.samples, np.float64)


def _shifted_median(frames: list[Frame]) -> Numbers:
    """What one does without fine sampling: registered to whole pixels, median, interpolated."""
    from scipy.ndimage import shift, zoom

    from astroview.engine.stacking.registration import Matched, match
    from astroview.engine.stacking.star_fits import find_stars

    base = find_stars(frames[0])
    layers: list[Numbers] = []
    for frame in frames:
        found = match(frame, find_stars(frame), frames[0], base)
        assert isinstance(found, Matched), found
        dx, dy, _, _ = found.placement.local(frame.shape)
        whole = (round(dy), round(dx))
        layers.append(shift(frame.read().astype(float), whole, order=0, cval=np.nan))
    middle = np.nan_to_num(np.nanmedian(layers, axis=0), nan=SKY)
    fine: Any = zoom(middle, SCALE, order=3, mode="nearest", grid_mode=True)
    return np.asarray(fine, np.float64)


# ---------------------------------------------------------------- scores


def score(made: Field, fine: Numbers) -> Score:
    """A result beside the truth."""
    inner = slice(EDGE * SCALE, -EDGE * SCALE)
    off = (fine - made.truth)[inner, inner]
    alone = _alone(made)
    mine = np.array([_shape(fine, made, i) for i in alone])
    true = np.array([_shape(made.truth, made, i) for i in alone])
    bright = made.flux[alone] > 4000
    away = np.hypot(mine[:, 0] - true[:, 0], mine[:, 1] - true[:, 1])[bright] / SCALE
    lost, invented = _sources(made, fine)
    return Score(
        float(np.sqrt(np.mean(off**2))),
        float(np.max(away)),
        float(np.median(mine[bright, 2] / true[bright, 2])),
        float(np.median(np.abs(mine[bright, 3] / true[bright, 3] - 1))),
        lost,
        invented,
    )


def _alone(made: Field) -> NDArray[np.int64]:
    """Stars with no other one within six pixels, away from the edge."""
    apart = np.hypot(made.y[:, None] - made.y, made.x[:, None] - made.x)
    np.fill_diagonal(apart, np.inf)
    inside = (np.minimum(made.y, made.x) > EDGE + 4) & (
        np.maximum(made.y, made.x) < SIDE - EDGE - 4
    )
    return np.flatnonzero((apart.min(1) > 6) & inside)


def _shape(fine: Numbers, made: Field, star: int) -> tuple[float, float, float, float]:
    """Centre (fine pixels), width and flux of a star, under a window as wide as the star."""
    y, x = made.y[star] * SCALE - 0.5, made.x[star] * SCALE - 0.5
    reach = _REACH * SCALE
    rows = np.arange(round(y) - reach, round(y) + reach + 1)
    columns = np.arange(round(x) - reach, round(x) + reach + 1)
    part = fine[np.ix_(rows, columns)] - SKY
    down, across = rows[:, None] - y, columns[None, :] - x
    wide = made.fwhm * SCALE / 2.3548
    weight = part * np.exp(-(down**2 + across**2) / (2 * (1.5 * wide) ** 2))
    total = weight.sum()
    cy, cx = (weight * down).sum() / total, (weight * across).sum() / total
    spread = (weight * ((down - cy) ** 2 + (across - cx) ** 2)).sum() / total
    return float(cy), float(cx), float(np.sqrt(max(spread, 0.0))), float(part.sum())


def _sources(made: Field, fine: Numbers) -> tuple[int, int]:
    """Stars above S/N 10 in one frame that are lost, and peaks above 5 sigma that are no star."""
    from scipy.ndimage import gaussian_filter, maximum_filter
    from scipy.spatial import KDTree

    wide = made.fwhm * SCALE / 2.3548
    inner = slice(EDGE * SCALE, -EDGE * SCALE)
    soft: Any = gaussian_filter(fine - SKY, wide)
    truth: Any = gaussian_filter(made.truth - SKY, wide)
    dark = truth < 0.02 * READ
    noise = float(np.std((soft - truth)[inner, inner][dark[inner, inner]]))
    peaks = (soft == maximum_filter(soft, 5)) & (soft - truth > 5 * noise) & dark
    invented = int(peaks[inner, inner].sum())
    area = 4 * np.pi * (made.fwhm / 2.3548) ** 2
    sharp = made.flux / np.sqrt(area * (SKY + READ**2) + made.flux)
    inside = (np.minimum(made.y, made.x) > EDGE) & (np.maximum(made.y, made.x) < SIDE - EDGE)
    sought = np.flatnonzero((sharp > 10) & inside)
    found = np.argwhere((soft == maximum_filter(soft, 3)) & (soft > 5 * noise))
    shown = np.argwhere(truth == maximum_filter(truth, 3))
    here = np.column_stack([made.y, made.x])[sought] * SCALE - 0.5
    resolved: Any = KDTree(shown).query(here)[0] < 1.5  # a peak of its own in the truth
    away: Any = KDTree(found).query(here)[0] if len(found) else np.full(len(here), np.inf)
    return int((away[resolved] > 2.0).sum()), invented


# ---------------------------------------------------------------- table


def table(seeds: range) -> str:
    """Markdown; means over the seeds, of centres the farthest star's."""
    lines = [
        f"Means of {len(seeds)} fields; the centre is that of the farthest of all bright stars.",
        "",
        "| frames | | RMS error | / drizzle's | centre off by, at most | width / true"
        " | flux off by | lost above S/N 10 | invented |",
        "|---:|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for count in COUNTS:
        scores: dict[str, list[Score]] = {}
        for seed in seeds:
            made = field(seed, count)
            for name, fine in results(made):
                scores.setdefault(name, []).append(score(made, fine))
                print(f"{count} frames, seed {seed}, {name}", file=sys.stderr, flush=True)
        plain = float(np.mean([s.rms for s in scores["drizzle, pixfrac 1"]]))
        lines += [_line(count, name, rows, plain) for name, rows in scores.items()]
    return "\n".join(lines)


def _line(count: int, name: str, rows: list[Score], plain: float) -> str:
    rms = float(np.mean([row.rms for row in rows]))
    return (
        f"| {count} | {name} | {rms:.1f} | {rms / plain:.2f}"
        f" | {max(row.centre for row in rows):.3f}"
        f" | {np.mean([row.width for row in rows]):.3f}"
        f" | {np.mean([row.flux for row in rows]):.2%}"
        f" | {sum(row.lost for row in rows)} | {sum(row.invented for row in rows)} |"
    )


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seeds", type=int, default=3, metavar="N")
    parser.add_argument("--write", action="store_true", help="put it into docs/guide/stacking.md")
    chosen = parser.parse_args()
    text = table(range(chosen.seeds))
    print(text)
    if chosen.write:
        folder = Path(__file__).resolve().parents[1]
        page.put("stacking", text, folder / "docs/guide/stacking.md")
    return 0


if __name__ == "__main__":
    sys.exit(main())
