"""Super-resolved star fields beside the truth: sharp and soft stars, photons and read-out.

``python -m benchmarks.reliability stars --rows now.json`` like `overshoot`, on simulations.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
MODELS = (("superres-x2", 2), ("superres-x4", 4))
WIDTHS = (1.3, 1.6, 2.5)  # FWHM in pixels, of the optics
SEEDS = range(1, 5)
SIDE, GRID, NOISE, SKY = 130, 13, 5.0, 100.0
SNR = (5.0, 500.0)


def main(arguments: Sequence[str]) -> int:
    """Measure, note the rows, print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reliability stars")
    parser.add_argument("--rows", type=Path, required=True, metavar="JSON", help="of this checkout")
    parser.add_argument("--before", type=Path, metavar="JSON", help="rows of an older one")
    parser.add_argument("--kept", action="store_true", help="print what the rows hold")
    parser.add_argument("--write", action="store_true", help="into docs/reliability.md")
    chosen = parser.parse_args(arguments)
    if not chosen.kept:
        rows = {f"{model}, FWHM {w}": _row(model, s, w) for model, s in MODELS for w in WIDTHS}
        chosen.rows.write_text(json.dumps(rows, indent=1))
    rows = json.loads(chosen.rows.read_text())
    before = json.loads(chosen.before.read_text()) if chosen.before else rows
    text = table(before, rows)
    print(text)
    if chosen.write:
        from benchmarks import page

        page.put("stars", text, page.DOCUMENT.with_name("reliability.md"))
    return 0


def field(fwhm: float, scale: int, seed: int) -> tuple[FloatArray, NDArray[np.float32], FloatArray]:
    """The truth (sH, sW) above the sky, what was seen (H, W), and the stars: y, x, S/N (N, 3)."""
    from scipy.special import erf

    rng = np.random.default_rng(seed)
    sigma = fwhm / math.sqrt(8 * math.log(2))
    edges = np.arange(SIDE * scale + 1) / scale
    truth = np.zeros((SIDE * scale, SIDE * scale))
    stars: list[tuple[float, float, float]] = []
    for row in range(SIDE // GRID):
        for column in range(SIDE // GRID):
            y, x = (GRID * (n + 0.5) + rng.uniform(-1, 1) for n in (row, column))
            snr = math.exp(rng.uniform(*np.log(SNR)))
            light = [np.diff(erf((edges - c) / (math.sqrt(2) * sigma))) / 2 for c in (y, x)]
            truth += snr * NOISE * 4 * np.outer(*light) * scale**2
            stars.append((y, x, snr))
    clean = truth.reshape(SIDE, scale, SIDE, scale).mean((1, 3))
    seen = rng.poisson(clean + NOISE**2) - NOISE**2 + SKY
    return truth, seen.astype(np.float32), np.array(stars)


def _row(model: str, scale: int, fwhm: float) -> dict[str, Any]:
    import astroview

    errors: list[float] = []
    fluxes: list[float] = []
    widths: list[float] = []
    top = 0.0
    for seed in SEEDS:
        truth, seen, stars = field(fwhm, scale, seed)
        made = astroview.enhance(seen, colorize=False, scale=model, kind="linear", worker=False)
        samples = np.asarray(made.samples, np.float64) - SKY
        errors.append(float(np.square(samples - truth).mean()))
        top = max(top, float(truth.max()))
        for y, x, _ in stars[stars[:, 2] > 50]:
            mine, true = (_shape(a, y * scale, x * scale, scale) for a in (samples, truth))
            fluxes.append(mine[0] / true[0] - 1)
            widths.append(mine[1] / true[1])
    return {
        "psnr": 10 * math.log10(top**2 / float(np.mean(errors))),
        "flux": float(np.median(np.abs(fluxes))),
        "fwhm": float(np.median(widths)),
    }


def _shape(a: FloatArray, y: float, x: float, scale: int) -> tuple[float, float]:
    """Light within three pixels, and a width of it."""
    reach = 3 * scale
    rows, columns = (slice(int(c) - reach, int(c) + reach + 1) for c in (y, x))
    part = a[rows, columns]
    dy, dx = np.mgrid[rows, columns] + 0.5
    inside = (dy - y) ** 2 + (dx - x) ** 2 < reach**2
    weight = part.clip(0) * np.exp(-((dy - y) ** 2 + (dx - x) ** 2) / (2 * scale**2))
    spread = (weight * ((dy - y) ** 2 + (dx - x) ** 2)).sum() / weight.sum()
    return float((part * inside).sum()), math.sqrt(float(spread))


def table(before: dict[str, Any], now: dict[str, Any]) -> str:
    """Markdown."""
    lines = [
        "| | PSNR before | now | flux error before | now | width / true before | now |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for name, row in now.items():
        old = before[name]
        lines.append(
            f"| {name} | {old['psnr']:.2f} | {row['psnr']:.2f} | {old['flux']:.2%} "
            f"| {row['flux']:.2%} | {old['fwhm']:.3f} | {row['fwhm']:.3f} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    import sys

    sys.exit(main(sys.argv[1:]))
