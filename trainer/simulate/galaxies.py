"""Smooth galaxies (Sersic profiles) and the crowd of small ones in every background."""

import math
from dataclasses import dataclass

import numpy as np

from .colours import black_body
from .grid import F64, Floats, Grid
from .noise import fbm, look_up


@dataclass(frozen=True)
class Pose:
    """Where a disk lies: centre (y, x) in frame coordinates, axis ratio q, position angle."""

    y: float
    x: float
    axis_ratio: float = 1.0
    angle_deg: float = 0.0

    def plane(self, y: Floats, x: Floats) -> tuple[Floats, Floats]:
        """Frame coordinates to face-on coordinates (minor, major) in pixels."""
        angle = np.deg2rad(self.angle_deg)
        dy, dx = y - np.float32(self.y), x - np.float32(self.x)
        major = dx * np.float32(np.cos(angle)) + dy * np.float32(np.sin(angle))
        minor = dy * np.float32(np.cos(angle)) - dx * np.float32(np.sin(angle))
        return minor / np.float32(self.axis_ratio), major


def sersic(radius: Floats, effective: float, index: float) -> Floats:
    """Sersic profile of unit total flux per unit area at `radius` (any shape, same unit).

    The cusp of steep profiles diverges: callers keep the radius off zero.
    """
    b = 2 * index - 1 / 3 + 0.009876 / index
    profile = np.exp(-b * ((radius / effective) ** (1 / index) - 1))
    return (profile / _sersic_total(effective, index)).astype(np.float32)


def _sersic_total(effective: float, index: float) -> float:
    """Flux of a Sersic profile whose surface brightness is 1 at the effective radius."""
    b = 2 * index - 1 / 3 + 0.009876 / index
    gamma = math.gamma(2 * index)
    return effective**2 * 2 * math.pi * index * math.exp(b) * b ** (-2 * index) * gamma


def elliptical(
    grid: Grid, pose: Pose, flux: float, effective: float, index: float = 4.0, kelvin: float = 4500
) -> Floats:
    """An elliptical galaxy on a whole canvas (rows, columns, 3); `flux` V electrons in all."""
    y, x = grid.axes()
    minor, major = pose.plane(y, x)
    radius = np.sqrt(minor**2 + major**2 + np.float32(0.15))
    light = sersic(radius, effective, index) * np.float32(
        flux / pose.axis_ratio / grid.oversample**2
    )
    return light[..., None] * black_body(kelvin).astype(np.float32)


@dataclass(frozen=True)
class Crowd:
    """Faint background galaxies: how many per megapixel, how large, how bright (V electrons)."""

    per_megapixel: float = 900.0
    faintest: float = 250.0
    brightest: float = 3e5
    typical_radius: float = 2.2  # pixels, for a galaxy of 3000 electrons


def background(rng: np.random.Generator, grid: Grid, crowd: Crowd) -> tuple[Floats, F64]:
    """Paint a crowd of galaxies.

    Returns
    -------
    canvas : (rows, columns, 3) electrons
    truth : (N, 4) y, x, V electrons, effective radius in pixels
    """
    canvas = grid.empty(3)
    span_y, span_x = grid.height + 2 * grid.margin, grid.width + 2 * grid.margin
    count = int(rng.poisson(crowd.per_megapixel * span_y * span_x / 1e6))
    low, high = crowd.faintest**-0.9, crowd.brightest**-0.9
    flux = (low - rng.random(count) * (low - high)) ** (-1 / 0.9)
    y = rng.random(count) * span_y - grid.margin
    x = rng.random(count) * span_x - grid.margin
    size = np.exp(rng.normal(0, 0.35, count))
    radius = np.clip(crowd.typical_radius * (flux / 3000) ** 0.3 * size, 0.4, 40)
    clumps = fbm(rng, 256, 2.4, 3)
    for i in range(count):
        _paint_small(rng, canvas, grid, clumps, (y[i], x[i], flux[i], radius[i]))
    return canvas, np.stack([y, x, flux, radius], axis=1)


def _paint_small(
    rng: np.random.Generator,
    canvas: Floats,
    grid: Grid,
    clumps: Floats,
    where: tuple[float, float, float, float],
) -> None:
    y, x, flux, effective = where
    early = rng.random() < 0.3
    kelvin = rng.normal(3900, 300) if early else 4600 * np.exp(abs(rng.normal(0, 0.35)))
    index = rng.uniform(2.5, 4) if early else rng.uniform(0.7, 1.5)
    ratio = rng.uniform(0.55, 1) if early else np.clip(rng.uniform(0.08, 1.0), 0.2, 1)
    pose = Pose(y, x, float(ratio), float(rng.uniform(0, 180)))
    shift = rng.random(2) * 256
    rows, columns = _stamp(grid, y, x, (9 if early else 6) * effective + 3)
    if rows.start >= rows.stop or columns.start >= columns.stop:
        return
    ay, ax = grid.axes()
    minor, major = pose.plane(ay[rows], ax[:, columns])
    r = np.sqrt(minor**2 + major**2 + np.float32(0.04))
    light = sersic(r, effective, float(index)) * np.float32(flux / ratio / grid.oversample**2)
    colour = black_body(np.clip(kelvin, 3000, 12000)).astype(np.float32)
    if early or effective < 2:
        canvas[rows, columns] += light[..., None] * colour
        return
    # A late type: clumpy young light in the disk, a redder core.
    scale = np.float32(14 / effective)
    lumps = look_up(
        clumps, minor * scale + np.float32(shift[0]), major * scale + np.float32(shift[1])
    )
    young = light * np.exp(np.float32(0.55) * lumps - np.float32(0.15))
    core = sersic(r, effective * 0.25, 1.5) * np.float32(0.12 * flux / ratio / grid.oversample**2)
    red = black_body(4300.0).astype(np.float32)
    canvas[rows, columns] += young[..., None] * colour + core[..., None] * red


def _stamp(grid: Grid, y: float, x: float, reach: float) -> tuple[slice, slice]:
    """Canvas slices that hold everything within `reach` pixels of (y, x)."""
    row, column = grid.cells(np.array([y]), np.array([x]))
    cells = reach * grid.oversample
    rows, columns = grid.shape
    top, left = int(row[0] - cells), int(column[0] - cells)
    bottom, right = int(row[0] + cells) + 1, int(column[0] + cells) + 1
    return slice(max(top, 0), min(bottom, rows)), slice(max(left, 0), min(right, columns))
