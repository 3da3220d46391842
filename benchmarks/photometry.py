"""Photometry of saved results by unit, and the cards that depend on the pixel.

    python -m benchmarks.photometry [--scale 2] [--write]

A simulated field of stars with noise is enhanced and saved once for each unit. Aperture sums are
measured on the original and on the saved file as any other program reads it (astropy and
photutils), with the same aperture on the sky. *As they were* is what the same file holds as
means, which is what all were saved as before sums were known.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
from astropy.io import fits
from photutils.aperture import CircularAnnulus, CircularAperture

import astroview
from astroview.core.pixel_values import nature
from astroview.core.sky.pixel_cards import scaled_cards
from benchmarks import page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

UNITS = ("electron", "adu", "DN/s", "count", "nanomaggy", "Jy/pixel", "nJy", "photon", "MJy/sr",
         "Jy/beam", "K", "mag/arcsec2", "")  # fmt: skip
SIDE, STEP, FWHM, RADIUS = 160, 32, 2.5, 6.0  # pixels; stars stand STEP apart
CARDS = (
    ("XPIXSZ", 4.63), ("SCALE", 1.273), ("PIXSCALE", 0.4), ("SECPIX1", 0.4), ("CDELT1", -1e-4),
    ("CRPIX1", 80.5), ("CRPIX1A", 80.5), ("CD1_1B", -1e-4), ("A_2_0", 1e-5), ("A_DMAX", 2.0),
    ("LTV1", 3.0), ("LTM1_1", 1.0), ("PIXAR_SR", 2.35e-14), ("PIXAR_A2", 0.001),
    ("DATASEC", "[1:160,1:160]"), ("TRIMSEC", "[3:94,1:64]"), ("CCDSEC", "[1:160,1:160]"),
    ("CCDSUM", "1 1"), ("XBINNING", 2), ("BAYERPAT", "RGGB"), ("FWHMPIX", 2.5), ("FWHM", 2.5),
    ("SUBSIZE1", 160), ("OCRPIX1", 80.5), ("IDCSCALE", 0.05),
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One unit: aperture sum after / before, of the file and of means; worst star of the file."""

    unit: str
    kept: str
    ratio: float
    worst: float
    means: float


def field() -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """A field (SIDE, SIDE), bottom row first, and the places (x, y) of its stars."""
    rng = np.random.default_rng(8)
    corners = np.arange(STEP // 2, SIDE, STEP)
    places = np.array([(x, y) for x in corners for y in corners]) + rng.uniform(-3, 3, (25, 2))
    y, x = np.mgrid[:SIDE, :SIDE]
    sky = rng.normal(100, 4, (SIDE, SIDE))
    for (cx, cy), flux in zip(places, 10 ** rng.uniform(3.3, 4.3, len(places)), strict=True):
        width = FWHM / 2.3548
        bump = np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * width**2))
        sky += flux * bump / (2 * np.pi * width**2)
    return sky.astype(np.float32), places


def sums(samples: NDArray[Any], places: NDArray[np.float64], scale: int) -> NDArray[np.float64]:
    """Aperture sums above the sky around, as a program that knows of no magnification has them."""
    there = (places + 0.5) * scale - 0.5
    circle = CircularAperture(there, RADIUS * scale)
    ring = CircularAnnulus(there, 1.5 * RADIUS * scale, 2 * RADIUS * scale)
    inside, around = circle.do_photometry(samples)[0], ring.do_photometry(samples)[0]
    return inside - around * (circle.area / ring.area)


def measured(scale: int, folder: Path) -> Iterator[Row]:
    """A row for each unit."""
    samples, places = field()
    before = sums(samples, places, 1)
    for unit in UNITS:
        path = folder / "field.fits"
        header = fits.Header({"BUNIT": unit} if unit else {})
        fits.PrimaryHDU(samples, header).writeto(path, overwrite=True)
        result = astroview.enhance(path, colorize=False, scale=scale, worker=False)
        saved = result.save(folder / "sums.fits")
        ratio = _ratio(saved, places, scale, before)
        means = _ratio(result.save(folder / "means.fits", values="mean"), places, scale, before)
        worst = ratio[np.abs(ratio / np.median(ratio) - 1).argmax()]
        kept = str(fits.getheader(saved)["AIVALUES"])
        yield Row(unit, kept, float(np.median(ratio)), float(worst), float(np.median(means)))


def _ratio(
    saved: Path, places: NDArray[np.float64], scale: int, before: NDArray[np.float64]
) -> NDArray[np.float64]:
    return sums(fits.getdata(saved), places, scale) / before


def table(rows: list[Row], scale: int) -> str:
    """Both tables, in Markdown."""
    lines = [
        f"Aperture sums of 25 stars (radius {RADIUS:g} pixels, FWHM {FWHM:g}) in the file at"
        f" x{scale}, over those in the original:",
        "",
        "| BUNIT | counts | file holds | median ratio | farthest star | as means (before) |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row.unit or '(none)'} | {nature(row.unit)} | {row.kept} | {row.ratio:.4f} |"
        f" {row.worst:.4f} | {row.means:.4f} |"
        for row in rows
    ]
    lines += ["", f"Cards of an original and of its result at x{scale}:", "",
              "| card | before | after |", "|---|---|---|"]  # fmt: skip
    for keyword, value in CARDS:
        after = scaled_cards(fits.Header([(keyword, value)]), scale)[0].get(keyword)
        lines.append(f"| {keyword} | {value} | {'dropped' if after is None else after} |")
    return "\n".join(lines)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--scale", type=int, default=2, choices=(2, 4))
    parser.add_argument("--write", action="store_true", help="put it into docs/reliability.md")
    chosen = parser.parse_args()
    with TemporaryDirectory() as folder:
        text = table(list(measured(chosen.scale, Path(folder))), chosen.scale)
    print(text)
    if chosen.write:
        page.put("photometry", text, Path(__file__).resolve().parents[1] / "docs/reliability.md")
    return 0


if __name__ == "__main__":
    sys.exit(main())
