"""Spiral galaxies: old bulge and disk, young arms, dust lanes, star-forming knots.

Texture is drawn on a disk that differential rotation has wound up: isotropic noise, looked up at
an angle that grows with log radius, becomes trailing fragments of the arms' own pitch.
"""

from dataclasses import dataclass

import numpy as np

from .colours import NATURAL, black_body, emission, screen
from .galaxies import Pose, sersic
from .grid import F64, Floats, Grid
from .noise import blur, fbm, look_up, ridged, soft_step, texture_side


@dataclass(frozen=True)
class Spiral:
    """A disk galaxy seen by a camera of 1 pixel scale.

    scale : disk scale length in pixels
    flux : V electrons in all, before dust
    pitch_deg : of the arms; positive winds one way, negative the other
    flocculence : 0 grand design .. 1 fragments only
    """

    pose: Pose
    scale: float = 90.0
    flux: float = 4e8
    arms: int = 2
    pitch_deg: float = 17.0
    flocculence: float = 0.4
    bulge: float = 0.14
    bar: float = 0.0
    dust: float = 1.3
    knots: int = 900


@dataclass(frozen=True)
class _Disk:
    """Everything the layers share, on the canvas: coordinates and textures, all (rows, columns)."""

    r: Floats  # in scale lengths
    arm: Floats  # 0..1, the density wave
    lane: Floats  # 0..1, where the wave squeezes the gas: the arms' inner edge
    fragments: Floats  # standard normal, wound up
    web: Floats  # 0..1, ridges, wound up less: dust feathers leave the arms at a steeper angle
    grain: Floats  # standard normal, fine, hardly wound


def paint_spiral(rng: np.random.Generator, grid: Grid, spiral: Spiral) -> Floats:
    """A spiral galaxy on a whole canvas (rows, columns, 3), electrons."""
    disk = _disk(rng, grid, spiral)
    cell = spiral.flux / spiral.pose.axis_ratio / grid.oversample**2
    tau = _dust(disk, spiral)
    old = _old_light(disk, spiral)
    young = _young_light(disk, spiral)
    young *= np.float32(0.40 / max(float(young.sum()) * cell / spiral.flux, 1e-9))
    warm, hot = black_body(4700.0).astype(np.float32), black_body(10500.0).astype(np.float32)
    light = old[..., None] * warm + young[..., None] * hot
    light = screen(light * np.float32(cell), tau, in_front=0.15)
    light += screen(_knots(rng, grid, spiral, disk), 0.5 * tau)
    return light


def _disk(rng: np.random.Generator, grid: Grid, spiral: Spiral) -> _Disk:
    y, x = grid.axes()
    minor, major = spiral.pose.plane(y, x)
    r_px = np.hypot(minor, major)
    theta = np.arctan2(minor, major)
    r = r_px / np.float32(spiral.scale)
    wind = np.float32(1 / np.tan(np.deg2rad(spiral.pitch_deg)))
    log_r = np.log(r + np.float32(0.12))
    span = spiral.scale * 7
    side = texture_side(span * grid.oversample)
    bend = _texture(fbm(rng, side, 3.6, 3), minor, major, span)
    psi = theta - wind * log_r + np.float32(0.42) * bend
    arm, lane = _wave(spiral, psi, r, bend)
    # Small eddies, so that the strands of the wound textures wander.
    eddy = np.float32(0.045 * spiral.scale)
    wy = minor + eddy * _texture(fbm(rng, side, 3.2, 14), minor, major, span)
    wx = major + eddy * _texture(fbm(rng, side, 3.2, 14), minor, major, span)
    wind_log = wind * np.log(np.hypot(wy, wx) / np.float32(spiral.scale) + np.float32(0.12))
    coarse = _texture(fbm(rng, side, 3.2, 8), *_wound(wy, wx, np.float32(0.75) * wind_log), span)
    fine = _texture(fbm(rng, side, 2.4, 30), *_wound(wy, wx, np.float32(0.35) * wind_log), span)
    web = _texture(
        ridged(rng, side, 13, 5, 0.75), *_wound(wy, wx, np.float32(0.6) * wind_log), span
    )
    return _Disk(r, arm, lane, coarse, web, fine)


def _wound(y: Floats, x: Floats, angle: Floats) -> tuple[Floats, Floats]:
    """Plane coordinates turned back by an angle that differs from place to place."""
    cosine, sine = np.cos(angle), np.sin(angle)
    return y * cosine - x * sine, x * cosine + y * sine


def _texture(texture: Floats, y: Floats, x: Floats, span: float) -> Floats:
    """A periodic texture that covers `span` pixels of the disk plane."""
    step = np.float32(texture.shape[0] / span)
    return look_up(texture, y * step, x * step)


def _wave(spiral: Spiral, psi: Floats, r: Floats, bend: Floats) -> tuple[Floats, Floats]:
    """Arm crest and dust lane (0..1); the lane runs along the concave side of the crest."""
    m = spiral.arms
    handed = np.float32(np.sign(spiral.pitch_deg))
    crest = np.exp(np.float32(2.2) * (np.cos(m * psi) - 1))
    spur = np.exp(np.float32(3.0) * (np.cos((m + 1) * psi + np.float32(1.3)) - 1))
    other = np.clip(0.35 + 0.3 * bend, 0, 1).astype(np.float32) * spur
    start = soft_step((r - np.float32(0.45)) * np.float32(9))
    inner = np.cos(m * (psi - handed * np.float32(0.5 / m * 1.4)))
    lane = np.exp(np.float32(7.0) * (inner - 1))
    return (np.maximum(crest, other) * start).astype(np.float32), (lane * start).astype(np.float32)


def _old_light(disk: _Disk, spiral: Spiral) -> Floats:
    scale = spiral.scale
    thick = np.exp(-disk.r) / np.float32(2 * np.pi * scale**2)
    thick *= 1 + np.float32(0.35) * (disk.arm - np.float32(0.4))
    soft = np.sqrt((disk.r * np.float32(scale)) ** 2 + np.float32(0.3))
    bulge = sersic(soft, 0.26 * scale, 2.2)
    share = spiral.bulge
    return np.float32((1 - share) * 0.66) * thick + np.float32(share) * bulge


def _young_light(disk: _Disk, spiral: Spiral) -> Floats:
    """Unnormalised: arms broken into fragments, with a hole in the middle."""
    f = np.float32(spiral.flocculence)
    pattern = disk.arm * (1 - np.float32(0.6) * f) + np.float32(0.10 + 0.35 * f)
    rough = np.exp(np.float32(0.75) * disk.fragments + np.float32(0.38) * disk.grain)
    radial = np.exp(-disk.r * np.float32(0.85)) * disk.r**2 / (disk.r**2 + np.float32(0.2))
    edge = soft_step((np.float32(3.6) - disk.r) * np.float32(3))
    return radial * pattern ** np.float32(1.25) * rough * edge


def _dust(disk: _Disk, spiral: Spiral) -> Floats:
    """Optical depth in V: lanes along the arms and a flocculent network everywhere."""
    reach = np.exp(-disk.r * np.float32(0.55)) * disk.r / (disk.r + np.float32(0.12))
    lanes = disk.lane * (np.float32(0.35) + np.float32(2.2) * disk.web)
    network = np.float32(2.4) * disk.web ** np.float32(1.6) * (np.float32(0.3) + disk.arm)
    rough = np.exp(np.float32(0.45) * disk.grain - np.float32(0.1))
    return (np.float32(spiral.dust) * reach * (lanes + network) * rough).astype(np.float32)


def _knots(rng: np.random.Generator, grid: Grid, spiral: Spiral, disk: _Disk) -> Floats:
    """HII regions and the blue associations that light them, along the gas on the arms."""
    weight = _young_light(disk, spiral) * (np.float32(0.15) + disk.arm)
    weight *= np.exp(np.float32(0.6) * disk.fragments - np.float32(0.45) * disk.r)
    row, column = _draw(rng, weight, spiral.knots)
    y = (row + rng.random(spiral.knots)) / grid.oversample - grid.margin - 0.5
    x = (column + rng.random(spiral.knots)) / grid.oversample - grid.margin - 0.5
    power = np.minimum((1 - rng.random(spiral.knots)) ** (-1 / 0.95), 150.0)
    power *= spiral.flux * 0.05 / power.sum()
    return _gas(rng, grid, spiral, (y, x, power)) + _associations(rng, grid, spiral, (y, x, power))


def _draw(rng: np.random.Generator, weight: Floats, count: int) -> tuple[F64, F64]:
    """Cells (row, column) drawn about in proportion to weight.

    Each draw has its own 60 places and keeps one by a weighted lot. A draw from the cumulative sum
    would let the last bit of one cell, which differs between processors, move all the others.
    """
    rows, columns = weight.shape
    row = np.floor(rng.random((count, 60)) * rows)
    column = np.floor(rng.random((count, 60)) * columns)
    chance = weight[row.astype(int), column.astype(int)].astype(np.float64)
    lot = np.log1p(-rng.random((count, 60))) / np.maximum(chance, 1e-30)
    best = np.argmax(lot, axis=1)[:, None]
    return np.take_along_axis(row, best, 1)[:, 0], np.take_along_axis(column, best, 1)[:, 0]


def _gas(
    rng: np.random.Generator, grid: Grid, spiral: Spiral, knots: tuple[F64, F64, F64]
) -> Floats:
    """Glowing hydrogen: brighter regions are larger."""
    y, x, power = knots
    unit = spiral.scale / 90 * grid.oversample
    halpha = np.zeros(grid.shape, np.float32)
    relative = power / np.median(power)
    for low, high, sigma in ((0.0, 2.0, 0.8), (2.0, 8.0, 1.3), (8.0, np.inf, 2.1)):
        chosen = (relative >= low) & (relative < high)
        layer = grid.empty(1)
        jitter = rng.normal(0, 0.5 * sigma * spiral.scale / 90, (2, int(chosen.sum())))
        grid.splat(layer, y[chosen] + jitter[0], x[chosen] + jitter[1], power[chosen][:, None])
        halpha += blur(layer[..., 0], sigma * unit)
    return emission(NATURAL, np.float32(0.62) * halpha, np.float32(0.16) * halpha, halpha * 0)


def _associations(
    rng: np.random.Generator, grid: Grid, spiral: Spiral, knots: tuple[F64, F64, F64]
) -> Floats:
    """Groups of hot stars scattered around each knot."""
    y, x, power = knots
    each = np.clip((6 * (power / np.median(power)) ** 0.5).astype(int), 2, 40)
    owner = np.repeat(np.arange(len(y)), each)
    spread = spiral.scale / 90 * 3.2 * (each[owner] / 6) ** 0.5
    count = len(owner)
    sy = y[owner] + rng.normal(0, 1, count) * spread
    sx = x[owner] + rng.normal(0, 1, count) * spread
    share = (1 - rng.random(count)) ** (-1 / 1.3)
    share = np.minimum(share, 30) * power[owner] / each[owner]
    share *= power.sum() * 0.8 / share.sum()
    kelvin = np.clip(rng.normal(14000, 4500, count), 4000, 28000)
    canvas = grid.empty(3)
    grid.splat(canvas, sy, sx, share[:, None] * black_body(kelvin))
    return canvas
