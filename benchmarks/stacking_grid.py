"""Stacks by number of frames, signal to noise and sampling of the PSF, and what memory they take.

    python -m benchmarks.stacking_grid [--seeds 1] [--write]
    python -m benchmarks.stacking_grid --memory [--frames 50] [--side 4096] [--tiles 40]

Each field has 64 stars on a jittered grid of 8 x 8, far from each other, of which each kind has as
many electrons as give it a signal to noise of 5, 10, 30, 100 or 300 in *one* frame. A star is found
where a peak above five times the noise is within a pixel of it; its flux is measured with the
truth's own shape as weight, at its true place, and brought to one zero point by the brightest.

With ``--memory``: dithered frames on disk, and the most memory that the process held by the time
it had measured and registered all of them, and so many tiles later. What a tile takes depends on
the number of frames and not on theirs size, so a part of the tiles tells it.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core.errors import Cancelled
from astroview.core.frame import ArraySource, Frame
from astroview.core.io.open_file import open_frame
from astroview.engine.stacking.stack_choices import StackChoices
from astroview.engine.stacking.stack_run import stack_frames
from benchmarks import page, stacking
from benchmarks.stacking import READ, SCALE, SIDE, SKY, Field, light

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

SHARP = (5, 10, 30, 100, 300)  # signal to noise in one frame
WIDTHS = (1.3, 2.0, 3.0)  # FWHM in pixels: under-, barely, well sampled
COUNTS = (2, 4, 8, 16)
GRID = 8  # stars a side
_REACH = 4  # pixels around a star that count


@dataclass(frozen=True)
class Row:
    """Of one result, for each of `SHARP`: share found, and the fluxes' scatter over the truth's."""

    found: tuple[float, ...]
    off: tuple[float, ...]


def field(seed: int, count: int, fwhm: float) -> tuple[Field, NDArray[np.int64]]:
    """A field, and of each star which of `SHARP` it has."""
    rng = np.random.default_rng(seed)
    step = SIDE / GRID
    rows, columns = (a.ravel() for a in np.mgrid[:GRID, :GRID])
    y, x = ((a + 0.5) * step + rng.uniform(-1.5, 1.5, a.size) for a in (rows, columns))
    kind = rng.permutation(np.arange(GRID * GRID) % len(SHARP))
    flux = np.array([_flux(SHARP[k], fwhm) for k in kind])
    frames: list[NDArray[np.float32]] = []
    for i in range(count):
        down, right = (0.0, 0.0) if i == 0 else rng.uniform(-stacking.DITHER, stacking.DITHER, 2)
        clean = light(y + down, x + right, flux, fwhm, 1) + SKY
        frames.append((rng.poisson(clean) + rng.normal(0, READ, clean.shape)).astype(np.float32))
    truth = light(y, x, flux, fwhm, SCALE) + SKY
    return Field(y, x, flux, tuple(frames), truth, fwhm), kind


def _flux(sharp: float, fwhm: float) -> float:
    """Electrons of a star with that signal to noise, its noise and that of the sky below it."""
    pixels = 4 * np.pi * (fwhm / 2.3548) ** 2 + 1
    below = sharp**2 * pixels * (SKY + READ**2)
    return float(sharp**2 / 2 + np.sqrt(sharp**4 / 4 + below))


def row(made: Field, kind: NDArray[np.int64], fine: Numbers) -> Row:
    """A result beside the truth."""
    from scipy.ndimage import gaussian_filter, maximum_filter

    soft: Any = gaussian_filter(fine - SKY, made.fwhm * SCALE / 2.3548)
    noise = 1.4826 * float(np.median(np.abs(soft - np.median(soft))))
    peaks = np.argwhere((soft == maximum_filter(soft, 3)) & (soft > 5 * noise))
    off = np.array([_ratio(made, fine, i) for i in range(len(made.x))])
    off /= np.median(off[kind == len(SHARP) - 1])  # a photometrist's zero point: bright stars
    at = np.column_stack([made.y, made.x]) * SCALE - 0.5
    away = np.array([np.hypot(*(peaks - place).T).min(initial=np.inf) for place in at])
    found, spread = [], []
    for k in range(len(SHARP)):
        mine = kind == k
        found.append(float((away[mine] <= SCALE).mean()))
        spread.append(float(np.sqrt(np.mean((off[mine] - 1) ** 2))))
    return Row(tuple(found), tuple(spread))


def _ratio(made: Field, fine: Numbers, star: int) -> float:
    """A star's flux over the truth's, by the truth's shape; the sky around it is not known."""
    y, x = (int(v * SCALE) for v in (made.y[star], made.x[star]))
    part = (slice(max(0, y - _REACH * SCALE), y + _REACH * SCALE),
            slice(max(0, x - _REACH * SCALE), x + _REACH * SCALE))  # fmt: skip
    shape = (made.truth[part] - SKY).ravel()
    design = np.column_stack([shape, np.ones_like(shape)])
    return float(np.linalg.lstsq(design, fine[part].ravel() - SKY, rcond=None)[0][0])


def results(made: Field) -> Iterator[tuple[str, Numbers]]:
    """One frame interpolated, drizzle, and the most likely sky."""
    from scipy.ndimage import zoom

    frames = [
        Frame(f"frame{i}", samples.shape, 1, "linear", ArraySource(samples), None, unit="electron")
        for i, samples in enumerate(made.frames)
    ]
    one: Any = zoom(made.frames[0].astype(float), SCALE, order=3, mode="nearest", grid_mode=True)
    yield "one frame, interpolated", np.asarray(one, np.float64)
    for name, choices in (
        ("drizzle, pixfrac 0.8", StackChoices(SCALE, "drizzle", reference=0)),
        ("most likely sky", StackChoices(SCALE, reference=0)),
        ("most likely sky, noise left out", StackChoices(SCALE, reference=0, denoise=True)),
    ):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            stack = stack_frames(frames, Path(folder), choices, _silent)
            yield name, np.array(stack.planes["samples"], np.float64)


def _silent(done: int, of: int, note: str) -> None:
    """No progress is shown."""


def table(seeds: range) -> str:
    """Markdown: a row for each count, width and way; of each S/N scatter of the flux and found."""
    lines = [
        f"{len(seeds)} field{'s' * (len(seeds) > 1)} each. Fluxes: root mean square of what they"
        " are off, in per cent; in brackets the share of the stars that were found.",
        "",
        f"| FWHM | frames | | {' | '.join(f'S/N {s}' for s in SHARP)} |",
        f"|---:|---:|---|{'---:|' * len(SHARP)}",
    ]
    for fwhm in WIDTHS:
        for count in COUNTS:
            found: dict[str, list[Row]] = {}
            for seed in seeds:
                made, kind = field(seed, count, fwhm)
                for name, fine in results(made):
                    found.setdefault(name, []).append(row(made, kind, fine))
                sys.stderr.write(f"FWHM {fwhm}, {count} frames, seed {seed}\n")
            lines += [
                _line(fwhm, count, name, rows)
                for name, rows in found.items()
                if count == COUNTS[0] or not name.startswith("one frame")
            ]
    return "\n".join(lines)


def _line(fwhm: float, count: int, name: str, rows: list[Row]) -> str:
    cells: list[str] = []
    for k in range(len(SHARP)):
        off = 100 * float(np.sqrt(np.mean([r.off[k] ** 2 for r in rows])))
        share = float(np.mean([r.found[k] for r in rows]))
        cells.append(f"{off:.3g} ({share:.0%})")
    many = "1" if name.startswith("one frame") else str(count)
    return f"| {fwhm:g} | {many} | {name} | {' | '.join(cells)} |"


# ---------------------------------------------------------------- memory


def memory(frames: int, side: int, tiles: int) -> str:
    """What was held, as one sentence."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        for i in range(frames):
            _write(folder / f"frame{i:03d}.fits", i, side)
        sys.stderr.write("written\n")
        given = [open_frame(folder / f"frame{i:03d}.fits") for i in range(frames)]
        before = _most()
        told: dict[str, float] = {}

        def progress(done: int, of: int, note: str) -> None:
            told[note] = _most()
            sys.stderr.write(f"\r{note} {done}/{of}, at most {told[note]:.0f} MB ")
            if note == "combining" and done >= tiles:
                raise Cancelled

        choices = StackChoices(SCALE, reference=0, rounds=8)
        with suppress(Cancelled):
            stack_frames(given, folder / "scratch", choices, progress)
    size = frames * side * side * 4 / 1e9
    return (
        f"{frames} frames of {side} x {side} ({size:.1f} GB as floating point), x{SCALE}: at most"
        f" {told['laying frames on each other']:.0f} MB until all were registered,"
        f" {told['combining']:.0f} MB after {tiles} tiles"
        f" ({before:.0f} MB before it began)."
    )


def _most() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _write(path: Path, number: int, side: int) -> None:
    """A dithered frame of 4,000 stars per 16 million pixels, written by rows."""
    from astropy.io import fits

    rng = np.random.default_rng(5)
    count = max(60, round(4000 * side * side / 16e6))
    y, x = rng.uniform(20, side - 20, (2, count))
    flux = np.exp(rng.uniform(np.log(2000), np.log(60_000), count))
    again = np.random.default_rng(100 + number)
    y, x = (a + d for a, d in zip((y, x), again.uniform(-3, 3, 2), strict=True))
    samples = again.normal(SKY, np.sqrt(SKY + READ**2), (side, side)).astype(np.float32)
    for a, b, f in zip(y, x, flux, strict=True):
        top, left = int(a) - 6, int(b) - 6
        rows, columns = np.mgrid[top : top + 13, left : left + 13] + 0.5
        spot = np.exp(-((rows - a) ** 2 + (columns - b) ** 2) / (2 * (2.0 / 2.3548) ** 2))
        samples[top : top + 13, left : left + 13] += f * spot / spot.sum()
    fits.PrimaryHDU(samples, fits.Header({"BUNIT": "electron", "FILTER": "r"})).writeto(path)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seeds", type=int, default=1, metavar="N")
    parser.add_argument("--memory", action="store_true", help="what memory a large stack takes")
    parser.add_argument("--frames", type=int, default=50, metavar="N")
    parser.add_argument("--side", type=int, default=4096, metavar="PIXELS")
    parser.add_argument("--tiles", type=int, default=40, metavar="N")
    parser.add_argument("--write", action="store_true", help="put it into docs/guide/stacking.md")
    chosen = parser.parse_args()
    made: Callable[[], str] = lambda: table(range(chosen.seeds))  # noqa: E731
    name = "stacking grid"
    if chosen.memory:
        made = lambda: memory(chosen.frames, chosen.side, chosen.tiles)  # noqa: E731
        name = "stacking memory"
    text = made()
    print(text)
    if chosen.write:
        folder = Path(__file__).resolve().parents[1]
        page.put(name, text, folder / "docs/guide/stacking.md")
    return 0


if __name__ == "__main__":
    sys.exit(main())
