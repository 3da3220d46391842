"""Emission nebulae: gas and dust lit by hot stars, with shadows, rims, pillars and filaments.

Gas layers with a clumpy (log-normal) density are lit from a star in the plane: the ultraviolet is
followed outwards along rays and used up on the way. Where it ends stands a bright rim, behind it a
shadow; so edges and pillars come out by themselves instead of being drawn.
"""

from dataclasses import dataclass

import numpy as np

from .colours import NATURAL, EmissionLines, black_body, emission, screen
from .grid import Floats, Grid
from .noise import blur, fbm, look_up, ridged, soft_step, texture_side

SPAN = 5.0  # of the gas textures, in nebula radii


@dataclass(frozen=True)
class Nebula:
    """A nebula around a star at (y, x) in frame coordinates.

    radius : about where the ultraviolet ends, pixels
    brightness : electrons a pixel in H-alpha in the brighter parts
    layers : sheets of gas along the line of sight
    clumping : density of the molecular clouds, against the thin gas between them
    opacity : of gas to ultraviolet; larger means a smaller cavity with harder rims
    dust : optical depth in V of the dark foreground where it is thick
    """

    y: float
    x: float
    radius: float = 230.0
    brightness: float = 1500.0
    layers: int = 3
    clumping: float = 9.0
    opacity: float = 1.0
    dust: float = 2.2
    lines: EmissionLines = NATURAL


@dataclass(frozen=True)
class _Textures:
    """Periodic squares that every layer looks up at its own place."""

    bend: Floats
    clouds: Floats
    web: Floats


@dataclass(frozen=True)
class _Glow:
    halpha: Floats
    oiii: Floats
    sii: Floats
    scattered: Floats
    tau: Floats  # dust of this layer, for the light behind it


def paint_nebula(rng: np.random.Generator, grid: Grid, nebula: Nebula) -> tuple[Floats, Floats]:
    """A nebula on a whole canvas.

    Returns
    -------
    light : (rows, columns, 3) electrons in B, V, R
    tau : (rows, columns) optical depth in V of the whole cloud, for the stars behind it
    """
    textures = _textures(rng, grid, nebula)
    light = grid.empty(3)
    blue = (black_body(16000.0) * nebula.lines.starlight).astype(np.float32)
    behind = np.zeros(grid.shape, np.float32)
    for layer in range(nebula.layers):
        glow = _layer(rng, grid, nebula, textures, depth=layer / max(nebula.layers - 1, 1))
        new = emission(nebula.lines, glow.halpha, glow.oiii, glow.sii)
        new += glow.scattered[..., None] * blue
        light = screen(light, glow.tau) + screen(new, np.float32(0.35) * glow.tau)
        behind += glow.tau
    front = _foreground(rng, grid, nebula, textures)
    light = screen(light, front, in_front=0.06)
    cell = (
        nebula.brightness / grid.oversample**2 / max(float(np.percentile(light[..., 2], 97)), 1e-9)
    )
    return light * np.float32(cell), np.float32(0.5) * behind + front


def _plane(grid: Grid, nebula: Nebula) -> tuple[Floats, Floats]:
    y, x = grid.axes()
    y, x = np.broadcast_arrays(y - np.float32(nebula.y), x - np.float32(nebula.x))
    return y, x


def _textures(rng: np.random.Generator, grid: Grid, nebula: Nebula) -> _Textures:
    side = texture_side(nebula.radius * SPAN * grid.oversample)
    return _Textures(
        bend=fbm(rng, side, 3.4, 3),
        clouds=fbm(rng, side, 3.1, 2.5),
        web=ridged(rng, side, 5, 7, 0.72),
    )


def _somewhere(
    rng: np.random.Generator, plane: tuple[Floats, Floats], nebula: Nebula, side: int
) -> tuple[Floats, Floats]:
    """Texture cells for the plane, at a random offset and a random right angle."""
    step = np.float32(side / (nebula.radius * SPAN))
    offset = rng.random(2).astype(np.float32) * side
    y, x = plane if rng.random() < 0.5 else plane[::-1]
    turn = np.float32(rng.choice([-1, 1]))
    return turn * y * step + offset[0], x * step + offset[1]


def _density(
    rng: np.random.Generator, grid: Grid, nebula: Nebula, textures: _Textures, hard: float
) -> Floats:
    """Gas (rows, columns): a thin filamentary medium with dense clouds that have edges."""
    y, x = _plane(grid, nebula)
    side = textures.web.shape[0]
    ty, tx = _somewhere(rng, (y, x), nebula, side)
    push = np.float32(0.035 * side)
    wy = ty + push * look_up(textures.bend, ty, tx)
    wx = tx + push * look_up(textures.bend, tx + side / 3, -ty)
    clouds, web = look_up(textures.clouds, wy, wx), look_up(textures.web, wy, wx)
    r = np.hypot(y, x) / np.float32(nebula.radius)
    # Winds of the stars have swept the middle: clouds survive mostly further out.
    swept = np.clip(np.log(np.clip(r, 0.08, 1.8)), -1.3, 0.6).astype(np.float32)
    thin = np.exp(np.float32(1.05) * clouds + np.float32(2.6) * (web - np.float32(0.3)) + swept)
    edge = clouds + np.float32(0.9) * web + np.float32(1.1) * swept - np.float32(0.95)
    cloud = np.exp(np.float32(1.3) * web) * soft_step(edge / np.float32(0.13))
    gas = thin * np.float32(1 - 0.6 * hard) + np.float32(nebula.clumping * hard) * cloud
    return gas.astype(np.float32)


def _shadow(density: Floats, grid: Grid, nebula: Nebula) -> Floats:
    """Ultraviolet optical depth (rows, columns) from the star to each cell, along straight rays."""
    rows, columns = density.shape
    star_r, star_c = grid.cells(np.array([nebula.y]), np.array([nebula.x]))
    reach = float(np.hypot(max(star_r[0], rows - star_r[0]), max(star_c[0], columns - star_c[0])))
    steps, rays = int(reach), int(3 * reach)
    radius = np.arange(steps, dtype=np.float32)[:, None]
    angle = (np.arange(rays, dtype=np.float32) * np.float32(2 * np.pi / rays))[None, :]
    ry = np.clip(radius * np.sin(angle) + np.float32(star_r[0]), 0, rows - 1)
    rx = np.clip(radius * np.cos(angle) + np.float32(star_c[0]), 0, columns - 1)
    column = np.cumsum(look_up(density, ry, rx), axis=0, dtype=np.float32)
    column = blur(column, (0.0, rays / 500), wrap=True)  # a cluster casts soft shadows
    y = np.arange(rows, dtype=np.float32)[:, None] - np.float32(star_r[0])
    x = np.arange(columns, dtype=np.float32)[None, :] - np.float32(star_c[0])
    turn = np.arctan2(y, x) * np.float32(rays / (2 * np.pi))
    seen = look_up(column, np.minimum(np.hypot(y, x), steps - 1), turn)
    return seen * np.float32(nebula.opacity / (nebula.radius * grid.oversample))


def _layer(
    rng: np.random.Generator, grid: Grid, nebula: Nebula, textures: _Textures, depth: float
) -> _Glow:
    """One sheet, lit by the star; sheets far from the star's plane are lit more evenly."""
    density = _density(rng, grid, nebula, textures, hard=depth)
    tau_uv = _shadow(density, grid, nebula)
    y, x = _plane(grid, nebula)
    height = np.float32(0.28 + 0.3 * abs(depth - 0.5))
    r2 = (y**2 + x**2) / np.float32(nebula.radius**2) + height**2
    uv = np.exp(-tau_uv)
    flux = uv / r2 + np.float32(0.012)  # some diffuse light reaches the shadows
    gas = np.minimum(density, 12)
    halpha = gas * flux
    oiii = np.sqrt(gas) * uv**2 / (r2 + np.float32(0.12)) * np.float32(0.40)
    sii = gas * uv * np.clip(tau_uv, 0, 3) / r2 * np.float32(0.30)
    tau = np.float32(0.10) * np.minimum(density, 40) * (1 - uv)
    scattered = np.float32(0.035) * np.sqrt(gas) / r2 * np.exp(np.float32(-0.25) * tau_uv)
    return _Glow(halpha, oiii, sii, scattered, blur(tau.astype(np.float32), 0.6 * grid.oversample))


def _foreground(
    rng: np.random.Generator, grid: Grid, nebula: Nebula, textures: _Textures
) -> Floats:
    """Dark lanes in front: thick where a cloud texture and a web agree."""
    side = textures.web.shape[0]
    ty, tx = _somewhere(rng, _plane(grid, nebula), nebula, side)
    bend = np.float32(0.03 * side) * look_up(textures.bend, ty, tx)
    cloud = look_up(textures.clouds, ty + bend, tx)
    web = look_up(textures.web, ty, tx + bend)
    thick = np.clip(cloud - np.float32(0.35), 0, None) + np.float32(0.5) * np.clip(
        cloud + 0.6, 0, 1
    )
    return (np.float32(nebula.dust) * thick * web ** np.float32(1.1) * 2).astype(np.float32)
