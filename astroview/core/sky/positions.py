"""A place of a frame in every system at once: pixels by their two customs, physical, the sky."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from astroview.core.library_warnings import collected_warnings
from astroview.core.sky.regions.region_plane import NoPlace, Plane, Point
from astroview.core.sky.sky_map import SkyWords, position_text

if TYPE_CHECKING:
    from astroview.core.frame import Frame

SKIES = (("icrs", "ICRS"), ("fk5", "FK5"), ("galactic", "Galactic"), ("ecliptic", "Ecliptic"))


def position_table(frame: Frame, at: Point, words: SkyWords) -> tuple[tuple[str, str], ...]:
    """Names and positions of a place (x, y from the top left corner), parts of pixels included.

    Systems of the sky are there where the frame's WCS has the place.
    """
    pixel = at[0] - 0.5, frame.shape[0] - at[1] - 0.5
    rows = [
        ("Image (from 1)", f"{pixel[0] + 1:.2f}, {pixel[1] + 1:.2f}"),
        ("Image (from 0)", f"{pixel[0]:.2f}, {pixel[1]:.2f}"),
    ]
    with collected_warnings():
        try:
            x, y = Plane(frame, "physical").of_pixel(pixel)
            rows.append(("Physical", f"{x:.2f}, {y:.2f}"))
        except NoPlace:  # its cards are no plane
            pass
        if frame.wcs is not None:
            rows += _on_sky(frame, pixel, words)
    return tuple(rows)


def _on_sky(frame: Frame, pixel: Point, words: SkyWords) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for system, name in SKIES:
        try:
            lon, lat = Plane(frame, system).of_pixel(pixel)
        except (ValueError, ArithmeticError, TypeError):  # no sky of stars, or not this far out
            continue
        if np.isfinite(lon) and np.isfinite(lat):
            found.append((name, _read(lon, lat, system, words)))
    return found


def _read(lon: float, lat: float, system: str, words: SkyWords) -> str:
    """``12 18 47.95 +14 25 03.4``, or degrees where these are wanted or usual."""
    if system in ("icrs", "fk5") and words.style == "sexagesimal":
        parts = position_text(lon, lat, SkyWords("icrs", "sexagesimal")).split("  ")
        return "  ".join(part.partition(" ")[2] for part in parts)
    return f"{lon:.6f}°  {lat:+.6f}°"
