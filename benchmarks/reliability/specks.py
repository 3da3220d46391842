"""What “leave the noise out” leaves and takes: ``python -m benchmarks.reliability specks``.

Simulated star fields beside the same sky without stars: sources that photutils' DAOStarFinder finds
at 5 sigma of a picture's own rms and that are none, fluxes by signal-to-noise, and the noise that
is left. Beside it the same of flux-kept samples and of bicubic interpolation. It needs nothing but
``astroview.enhance``: run by path from an older checkout, it measures that one.
"""

from __future__ import annotations

import argparse
import json
import math
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
MODELS = (("superres-x2", 2), ("superres-x4", 4))
WIDTHS = (2.5, 1.3)  # FWHM in pixels
SIDE, GRID, NOISE, SKY = 288, 16, 5.0, 100.0
SNR = (3.0, 300.0)  # of all of a star's light, measured as well as can be
RADIUS, NEAR = 3.0, 2.0  # pixels: of the aperture, and of what a detection may be off its star
BINS = ((3.0, 10.0), (10.0, 30.0), (30.0, 300.0))
WAYS = ("noise left out", "flux kept", "bicubic")
Row = dict[str, Any]


def main(arguments: Sequence[str]) -> int:
    """Measure, note the rows, print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reliability specks")
    parser.add_argument("--rows", type=Path, required=True, metavar="JSON", help="of this checkout")
    parser.add_argument("--before", type=Path, metavar="JSON", help="rows of an older one")
    parser.add_argument("--seeds", type=int, default=2, help="fields for each setting")
    parser.add_argument("--kept", action="store_true", help="print what the rows hold")
    parser.add_argument("--write", action="store_true", help="into docs/reliability.md")
    chosen = parser.parse_args(arguments)
    if not chosen.kept:
        rows = {
            f"{model}, FWHM {fwhm}": _row(model, scale, fwhm, chosen.seeds)
            for model, scale in MODELS
            for fwhm in WIDTHS
        }
        chosen.rows.write_text(json.dumps(rows, indent=1))
    rows = json.loads(chosen.rows.read_text())
    before = json.loads(chosen.before.read_text()) if chosen.before else {}
    text = table(before, rows)
    print(text)
    if chosen.write:
        from benchmarks import page

        page.put("specks", text, page.DOCUMENT.with_name("reliability.md"))
    return 0


def field(fwhm: float, seed: int) -> tuple[NDArray[np.float32], FloatArray, NDArray[np.float32]]:
    """A frame with stars, the stars as y, x, S/N, flux (N, 4), and the frame without them."""
    from scipy.special import erf

    rng = np.random.default_rng(seed)
    sigma, edges = fwhm / math.sqrt(8 * math.log(2)), np.arange(SIDE + 1.0)
    clean, stars = np.zeros((SIDE, SIDE)), list[tuple[float, ...]]()
    for row in range(SIDE // GRID):
        for column in range(SIDE // GRID):
            y, x = (GRID * (n + 0.5) + rng.uniform(-1, 1) for n in (row, column))
            snr = math.exp(rng.uniform(*np.log(SNR)))
            light = np.outer(
                *(np.diff(erf((edges - c) / (math.sqrt(2) * sigma))) / 2 for c in (y, x))
            )
            flux = snr * NOISE / math.sqrt(float(np.square(light).sum()))
            clean += flux * light
            stars.append((y, x, snr, flux))
    noise = rng.normal(0, NOISE, clean.shape)
    seen = clean + noise + rng.normal(0, 1, clean.shape) * np.sqrt(clean.clip(0) * 0.2)
    empty = SKY + noise
    return (seen + SKY).astype(np.float32), np.array(stars), empty.astype(np.float32)


def _row(model: str, scale: int, fwhm: float, seeds: int) -> Row:
    found: dict[str, list[Row]] = {way: [] for way in WAYS}
    for seed in range(1, seeds + 1):
        seen, stars, empty = field(fwhm, seed)
        for way in WAYS:
            beside, alone = (_made(x, model, scale, way) for x in (seen, empty))
            found[way].append(_measured(seen, beside, alone, stars, scale, fwhm))
    return {way: _mean(rows) for way, rows in found.items()}


def _made(x: NDArray[np.float32], model: str, scale: int, way: str) -> FloatArray:
    import astroview

    if way == "bicubic":
        import torch

        y = torch.nn.functional.interpolate(
            torch.from_numpy(x)[None, None], scale_factor=scale, mode="bicubic"
        )
        return y[0, 0].numpy().astype(np.float64)
    kept = {"colorize": False, "kind": "linear", "worker": False, "denoise": way == WAYS[0]}
    return np.asarray(astroview.enhance(x, scale=model, **kept).samples, np.float64)


def _measured(
    seen: NDArray[np.float32],
    beside: FloatArray,
    alone: FloatArray,
    stars: FloatArray,
    scale: int,
    fwhm: float,
) -> Row:
    true, snr = stars[:, 3] * _within(fwhm), stars[:, 2]
    ratios = np.array([_flux(beside, y, x, scale) for y, x, *_ in stars]) / true
    nearest = seen.astype(np.float64).repeat(scale, 0).repeat(scale, 1)
    moved = np.array(
        [_light(beside, y, x, scale) - _light(nearest, y, x, scale) for y, x, *_ in stars]
    )
    bins = [(snr >= a) & (snr < b) for a, b in BINS]
    return {
        "false": _false(beside, stars, scale, fwhm),
        "false alone": _false(alone, stars[:0], scale, fwhm),
        "bias": [float(np.mean(ratios[inside]) - 1) for inside in bins],
        "moved": [float(np.mean((moved / true)[inside])) for inside in bins],
        "left": _left(beside, stars, scale),
        "left alone": _left(alone, stars, scale),
    }


def _flux(y: FloatArray, at_y: float, at_x: float, scale: int) -> float:
    """Light in an aperture, in units of the frame's pixels, above the sky around it."""
    reach = 7 * scale
    rows, columns = (
        slice(max(0, int(c * scale) - reach), int(c * scale) + reach + 1) for c in (at_y, at_x)
    )
    part = y[rows, columns]
    dy, dx = (n[: part.shape[0], : part.shape[1]] for n in np.mgrid[rows, columns] + 0.5)
    away = np.hypot(dy - at_y * scale, dx - at_x * scale) / scale
    sky = float(np.median(part[(away > 5) & (away < 7)]))
    inside = np.clip((RADIUS - away) * scale + 0.5, 0, 1)
    return float(((part - sky) * inside).sum()) / scale**2


def _light(y: FloatArray, at_y: float, at_x: float, scale: int) -> float:
    """Likewise, above the sky as it is: what noise does to its level is left out."""
    reach = 5 * scale
    rows, columns = (
        slice(max(0, int(c * scale) - reach), int(c * scale) + reach + 1) for c in (at_y, at_x)
    )
    part = y[rows, columns]
    dy, dx = (n[: part.shape[0], : part.shape[1]] for n in np.mgrid[rows, columns] + 0.5)
    away = np.hypot(dy - at_y * scale, dx - at_x * scale) / scale
    return float(((part - SKY) * np.clip((RADIUS - away) * scale + 0.5, 0, 1)).sum()) / scale**2


def _within(fwhm: float) -> float:
    """The part of a star's light within the aperture, its light spread over pixels."""
    sigma2 = fwhm**2 / (8 * math.log(2)) + 1 / 12
    return 1 - math.exp(-(RADIUS**2) / (2 * sigma2))


def _false(y: FloatArray, stars: FloatArray, scale: int, fwhm: float) -> list[int]:
    """Detections that are no star: peaks above 5 sigma of the picture's rms, and those of
    DAOStarFinder at that threshold, which takes noise for independent between samples.
    """
    from astropy.stats import sigma_clipped_stats
    from photutils.detection import DAOStarFinder, find_peaks

    _, level, rms = sigma_clipped_stats(y, sigma=3.0)
    side = 2 * int(fwhm * scale / 2) + 1
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it found nothing
        peaks = find_peaks(y, level + 5 * rms, box_size=side)
        shaped = DAOStarFinder(threshold=5 * rms, fwhm=fwhm * scale)(y - level)
    return [_far(found, stars, scale) for found in (peaks, shaped)]


def _far(found: Any, stars: FloatArray, scale: int) -> int:
    if found is None:
        return 0
    pairs = (("y_peak", "x_peak"), ("ycentroid", "xcentroid"), ("y_centroid", "x_centroid"))
    names = next(pair for pair in pairs if pair[0] in found.colnames)
    places = np.column_stack([np.asarray(found[name], np.float64) for name in names])
    places = (places + 0.5) / scale
    if not len(stars):
        return len(places)
    away = np.hypot(*(places[:, None, i] - stars[None, :, i] for i in (0, 1)))
    return int((away.min(1) > NEAR).sum())


def _left(y: FloatArray, stars: FloatArray, scale: int) -> float:
    """Noise far from every star, in units of the frame's; robust, so that a speck is no noise."""
    rows, columns = (np.mgrid[: y.shape[0], : y.shape[1]] + 0.5) / scale
    clear = np.ones(y.shape, bool)
    for at_y, at_x, *_ in stars:
        clear &= np.hypot(rows - at_y, columns - at_x) > 6
    values = y[clear]
    return 1.4826 * float(np.median(np.abs(values - np.median(values)))) / NOISE


def _mean(rows: Sequence[Row]) -> Row:
    return {
        "false": np.sum([row["false"] for row in rows], 0).tolist(),
        "false alone": np.sum([row["false alone"] for row in rows], 0).tolist(),
        "bias": [float(n) for n in np.mean([row["bias"] for row in rows], 0)],
        "moved": [float(n) for n in np.mean([row["moved"] for row in rows], 0)],
        "left": float(np.mean([row["left"] for row in rows])),
        "left alone": float(np.mean([row["left alone"] for row in rows])),
    }


def table(before: dict[str, Any], now: dict[str, Any]) -> str:
    """Markdown: by setting and way."""
    lines = [
        "| | | false peaks, with stars / without | by DAOStarFinder | flux at S/N 3 to 10 "
        "| 10 to 30 | above 30 | of it moved | noise left, with stars / without |",
        "|---|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for setting, ways in now.items():
        told = {"noise left out": ways[WAYS[0]], **{way: ways[way] for way in WAYS[1:]}}
        if setting in before:
            told = {"noise left out, before": before[setting][WAYS[0]], **told}
        for name, row in told.items():
            bias = " | ".join(f"{n:+.1%}" for n in row["bias"])
            moved = " ".join(f"{n:+.1%}" for n in row.get("moved", ()))
            both = zip(row["false"], row["false alone"], strict=True)
            false = " | ".join(f"{here} / {alone}" for here, alone in both)
            lines.append(
                f"| {setting} | {name} | {false} | {bias} | {moved} "
                f"| {row['left']:.2f} / {row['left alone']:.2f} |"
            )
    return "\n".join(lines)


if __name__ == "__main__":
    import sys

    sys.exit(main(sys.argv[1:]))
