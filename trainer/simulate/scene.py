"""Whole scenes seen through one telescope: noise-free electrons and the truth about them."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from .colours import PALETTES, screen
from .galaxies import Crowd, Pose, background, elliptical
from .grid import F32, F64, Floats, Grid
from .nebulae import Nebula, paint_nebula
from .optics import Optics, observe
from .spirals import Spiral, paint_spiral
from .stars import Stars, cluster, field, join


@dataclass(frozen=True)
class Scene:
    """A simulated piece of sky and the truth about it.

    electrons : (H, W, 3) float32 in B, V, R; expected counts, no sky, no noise; row 0 on top
    stars : every star painted, those in the margin too (frame coordinates)
    galaxies : (N, 4) background galaxies: y, x, V electrons, effective radius
    """

    kind: str
    seed: int
    electrons: F32
    stars: Stars
    galaxies: F64
    optics: Optics


GROUND = Optics()
SPACE = Optics(seeing_fwhm=0.5, airy_fwhm=1.5, vane_width=0.03, rotation_deg=38.0, aureole=0.004)
POINTED = Optics(seeing_fwhm=0.0, airy_fwhm=0.0, aureole=0.0)  # nothing between sky and pixels
NO_GALAXIES = np.zeros((0, 4))


def _finish(
    kind: str, seed: int, grid: Grid, canvas: Floats, stars: Stars, galaxies: F64, optics: Optics
) -> Scene:
    grid.splat(canvas, stars.y, stars.x, stars.flux)
    return Scene(kind, seed, observe(canvas, grid, optics), stars, galaxies, optics)


def spiral_scene(
    seed: int,
    grid: Grid,
    spiral: Spiral,
    optics: Optics = GROUND,
    stars_per_megapixel: float = 500.0,
    crowd: Crowd | None = None,
) -> Scene:
    """A spiral galaxy with foreground stars and background galaxies."""
    rng = np.random.default_rng(seed)
    canvas = paint_spiral(rng, grid, spiral)
    behind, galaxies = background(rng, grid, crowd or Crowd())
    stars = field(rng, grid, stars_per_megapixel, slope=0.55)
    return _finish("spiral", seed, grid, canvas + behind, stars, galaxies, optics)


def nebula_scene(
    seed: int,
    grid: Grid,
    nebula: Nebula,
    optics: Optics = GROUND,
    stars_per_megapixel: float = 5000.0,
) -> Scene:
    """An emission nebula with the young cluster that lights it and a field behind and before."""
    rng = np.random.default_rng(seed)
    canvas, tau = paint_nebula(rng, grid, nebula)
    behind = field(rng, grid, 0.75 * stars_per_megapixel, faintest=200.0)
    row, column = (
        np.clip(np.rint(i).astype(int), 0, n - 1)
        for i, n in zip(grid.cells(behind.y, behind.x), grid.shape, strict=True)
    )
    dimmed = screen(behind.flux[None].astype(np.float32), tau[row, column][None])[0]
    behind = Stars(behind.y, behind.x, dimmed.astype(np.float64), behind.kelvin)
    before = field(rng, grid, 0.25 * stars_per_megapixel, faintest=200.0)
    hot = cluster(rng, (nebula.y, nebula.x), 70, 0.11 * nebula.radius, 0.0, 6e5)
    stars = join(behind, before, hot)
    return _finish("nebula", seed, grid, canvas, stars, NO_GALAXIES, optics)


def deep_scene(
    seed: int, grid: Grid, large: int = 14, optics: Optics = SPACE, crowd: Crowd | None = None
) -> Scene:
    """A deep field: thousands of small galaxies, `large` ones with structure, a few stars."""
    rng = np.random.default_rng(seed)
    canvas, galaxies = background(rng, grid, crowd or Crowd(7000.0, 150.0, 2e5, 1.15))
    for _ in range(large):
        _add_large(rng, grid, canvas)
    stars = field(rng, grid, 60, 1000.0, 1.2e6, 0.5)
    return _finish("deep field", seed, grid, canvas, stars, galaxies, optics)


def _add_large(rng: np.random.Generator, grid: Grid, canvas: Floats) -> None:
    """Paint one galaxy on its own small canvas and add it at a random place."""
    scale = float(np.clip(np.exp(rng.normal(2.1, 0.45)), 3, 22))
    side = int(scale * 12) + 8
    small = Grid(side, side, grid.oversample, 0)
    ratio, angle = float(np.clip(rng.uniform(0.15, 1), 0.22, 1)), float(rng.uniform(0, 180))
    pose = Pose(side / 2, side / 2, ratio, angle)
    surface = float(np.exp(rng.normal(5.2, 0.5)))  # V electrons a pixel at one scale length
    flux = surface * 17 * scale**2 * (0.3 + 0.7 * ratio)
    if rng.random() < 0.35:
        kelvin = float(rng.normal(4100, 250))
        stamp = elliptical(small, pose, 2 * flux, 0.9 * scale, rng.uniform(2.5, 4), kelvin)
    else:
        pitch = float(rng.uniform(12, 28) * rng.choice([-1, 1]))
        floc, bulge = float(rng.uniform(0.2, 0.8)), float(rng.uniform(0.03, 0.3))
        kind = Spiral(pose, scale, flux, int(rng.integers(2, 4)), pitch, floc, bulge, knots=60)
        stamp = paint_spiral(rng, small, kind)
    rows, columns = canvas.shape[0] - stamp.shape[0], canvas.shape[1] - stamp.shape[1]
    if rows > 0 and columns > 0:
        stamp *= _soft_disk(stamp.shape[0])[..., None]
        top, left = int(rng.integers(rows)), int(rng.integers(columns))
        canvas[top : top + stamp.shape[0], left : left + stamp.shape[1]] += stamp


def _soft_disk(side: int) -> Floats:
    """1 in the middle of a square, falling to 0 before its edge, so that no stamp shows one."""
    axis = np.linspace(-1, 1, side, dtype=np.float32)
    r = np.hypot(axis[:, None], axis[None, :])
    t = np.clip((1 - r) / np.float32(0.5), 0, 1)
    return (t * t * (3 - 2 * t)).astype(np.float32)


def cluster_scene(seed: int, grid: Grid, age: float, optics: Optics = GROUND) -> Scene:
    """A star cluster in a field: open and blue (age 0) to globular (age 1)."""
    rng = np.random.default_rng(seed)
    side = min(grid.height, grid.width)
    centre = (grid.height * rng.uniform(0.4, 0.6), grid.width * rng.uniform(0.4, 0.6))
    count, core = int(250 + 9000 * age**2), side * float(0.16 - 0.08 * age)
    members = cluster(rng, centre, count, core, age)
    stars = join(members, field(rng, grid, 3000.0, 150.0))
    return _finish("cluster", seed, grid, grid.empty(3), stars, NO_GALAXIES, optics)


_Maker = Callable[[int, np.random.Generator, Grid, Optics | None], Scene]


def random_scene(
    seed: int, height: int, width: int, oversample: int = 2, optics: Optics | None = None
) -> Scene:
    """A scene of any kind, everything about it drawn from `seed`, but for the `optics` if given."""
    rng = np.random.default_rng([seed, 7])
    grid = Grid(height, width, oversample, margin=16)
    makers: tuple[_Maker, ...] = (
        _random_spiral,
        _random_nebula,
        _random_deep,
        _random_cluster,
    )
    pick = int(rng.choice(4, p=[0.34, 0.36, 0.2, 0.1]))
    return makers[pick](seed, rng, grid, optics)


def _random_optics(rng: np.random.Generator, given: Optics | None) -> Optics:
    """Those given, or else drawn; what is drawn later is the same in both cases."""
    vanes, rotation = int(rng.choice([0, 3, 4])), float(rng.uniform(0, 90))
    if rng.random() < 0.4:
        sharp = Optics(0.8, airy_fwhm=float(rng.uniform(1.6, 2.4)), aureole=0.004)
    else:
        sharp = Optics(float(rng.uniform(1.5, 2.6)), float(rng.uniform(2.6, 4.2)))
    return given or replace(sharp, vanes=vanes, rotation_deg=rotation)


def _random_spiral(seed: int, rng: np.random.Generator, grid: Grid, optics: Optics | None) -> Scene:
    side = min(grid.height, grid.width)
    y, x = grid.height * rng.uniform(0.3, 0.7), grid.width * rng.uniform(0.3, 0.7)
    pose = Pose(y, x, float(rng.uniform(0.3, 1)), float(rng.uniform(0, 180)))
    scale = side * float(rng.uniform(0.07, 0.2))
    spiral = Spiral(
        pose,
        scale,
        flux=4.5e4 * scale**2 * float(np.exp(rng.normal(0, 0.5))),
        arms=int(rng.choice([2, 2, 3, 4])),
        pitch_deg=float(rng.uniform(11, 28) * rng.choice([-1, 1])),
        flocculence=float(rng.uniform(0.1, 0.9)),
        bulge=float(rng.uniform(0.03, 0.3)),
        dust=float(rng.uniform(0.8, 3.0)),
        knots=int(700 * (scale / 60) ** 2) + 100,
    )
    return spiral_scene(
        seed, grid, spiral, _random_optics(rng, optics), float(rng.uniform(200, 2500))
    )


def _random_nebula(seed: int, rng: np.random.Generator, grid: Grid, optics: Optics | None) -> Scene:
    side = max(grid.height, grid.width)
    nebula = Nebula(
        y=grid.height * float(rng.uniform(-0.1, 1.1)),
        x=grid.width * float(rng.uniform(-0.1, 1.1)),
        radius=side * float(rng.uniform(0.3, 0.9)),
        brightness=float(np.exp(rng.uniform(5.5, 8.5))),
        layers=int(rng.integers(2, 4)),
        opacity=float(rng.uniform(0.6, 1.8)),
        dust=float(rng.uniform(0.5, 3)),
        lines=PALETTES[str(rng.choice(["natural", "natural", "hubble", "bicolour"]))],
    )
    return nebula_scene(
        seed, grid, nebula, _random_optics(rng, optics), float(rng.uniform(800, 9000))
    )


def _random_deep(seed: int, rng: np.random.Generator, grid: Grid, optics: Optics | None) -> Scene:
    megapixels = grid.height * grid.width / 1e6
    crowd = Crowd(float(rng.uniform(3000, 12000)), 120.0, 6e4, float(rng.uniform(1.4, 3)))
    return deep_scene(seed, grid, int(1 + 30 * megapixels), _random_optics(rng, optics), crowd)


def _random_cluster(
    seed: int, rng: np.random.Generator, grid: Grid, optics: Optics | None
) -> Scene:
    return cluster_scene(
        seed, grid, float(rng.choice([0.0, 0.3, 1.0])), _random_optics(rng, optics)
    )


def rgb_scene(seed: int, size: int = 256) -> F32:
    """Linear colour sky for training: (size, size, 3) float32 in R, G, B, white = a Sun-like star.

    Expected electrons through a sharp telescope (1.5 to 2.6 pixels FWHM), sky-subtracted, >= 0,
    without noise: degrade it as wanted, it is its own truth. The same seed gives the same sky.
    """
    return np.ascontiguousarray(random_scene(seed, size, size).electrons[..., ::-1])
