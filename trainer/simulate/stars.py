"""Stars: a luminosity function, black-body colours, fields and clusters."""

from dataclasses import dataclass

import numpy as np

from .colours import black_body
from .grid import F64, Grid


@dataclass(frozen=True)
class Stars:
    """A star list: frame coordinates (N,), electrons (N, 3) in B, V, R, temperatures (N,)."""

    y: F64
    x: F64
    flux: F64
    kelvin: F64

    def __len__(self) -> int:
        return len(self.x)

    def brightest_first(self) -> "Stars":
        order = np.argsort(-self.flux[:, 1], kind="stable")
        return Stars(self.y[order], self.x[order], self.flux[order], self.kelvin[order])


def join(*lists: Stars) -> Stars:
    """One list from several."""
    return Stars(
        np.concatenate([s.y for s in lists]),
        np.concatenate([s.x for s in lists]),
        np.concatenate([s.flux for s in lists]),
        np.concatenate([s.kelvin for s in lists]),
    )


def fluxes(
    rng: np.random.Generator, count: int, faintest: float, brightest: float, slope: float
) -> F64:
    """V-band electrons (count,) with dN/dlog(flux) ~ flux^-slope between the two ends.

    A uniform sky of equal stars has slope 1.5; towards the galactic pole, where we see out of the
    disk, counts flatten to 0.7 and below.
    """
    low, high = faintest**-slope, brightest**-slope
    return (low - rng.random(count) * (low - high)) ** (-1 / slope)


def field_temperatures(rng: np.random.Generator, count: int) -> F64:
    """Temperatures of field stars: dwarfs about 5500 K, red giants, and a few hot ones."""
    dwarf = rng.normal(5600, 850, count)
    giant = rng.normal(4100, 380, count)
    hot = 7500 * np.exp(rng.exponential(0.28, count))
    which = rng.random(count)
    kelvin = np.where(which < 0.62, dwarf, np.where(which < 0.9, giant, hot))
    return np.clip(kelvin, 2900, 26000)


def _reddened(flux_v: F64, kelvin: F64, tau: F64) -> F64:
    colour = black_body(kelvin) * np.exp(-tau[:, None] * np.array([0.32, 0.0, -0.18]))
    return flux_v[:, None] * colour


def field(
    rng: np.random.Generator,
    grid: Grid,
    per_megapixel: float,
    faintest: float = 150.0,
    brightest: float = 3e6,
    slope: float = 0.75,
) -> Stars:
    """A random field that also covers the margin, so that light comes in from outside."""
    span_y, span_x = grid.height + 2 * grid.margin, grid.width + 2 * grid.margin
    count = int(rng.poisson(per_megapixel * span_y * span_x / 1e6))
    y = rng.random(count) * span_y - grid.margin - 0.5
    x = rng.random(count) * span_x - grid.margin - 0.5
    kelvin = field_temperatures(rng, count)
    flux = fluxes(rng, count, faintest, brightest, slope)
    return Stars(y, x, _reddened(flux, kelvin, rng.exponential(0.25, count)), kelvin)


def cluster(
    rng: np.random.Generator,
    centre: tuple[float, float],
    count: int,
    core: float,
    age: float,
    brightest: float = 4e5,
) -> Stars:
    """A cluster: a Plummer profile of half-light radius about `core` pixels around (y, x).

    `age` 0 is a young open cluster (bright stars blue), 1 a globular (bright stars red giants,
    some blue horizontal-branch stars, dense core).
    """
    radius = core / np.sqrt(np.clip(rng.random(count), 1e-3, 1) ** (-2 / 3) - 1 + 1e-6)
    cosine = rng.uniform(-1, 1, count)
    planar = np.minimum(radius * np.sqrt(1 - cosine**2), 12 * core)
    angle = rng.random(count) * 2 * np.pi
    flux = fluxes(rng, count, brightest * 1e-4, brightest, 0.55 + 0.25 * age)
    rank = np.log(flux / brightest) / np.log(1e-4)  # 0 the brightest, 1 the faintest
    young = 4200 + 19000 * np.exp(-3.2 * rank)
    old = np.interp(rank, [0, 0.3, 0.45, 0.6, 1], [3900, 4600, 5200, 6300, 5200])
    branch = (rng.random(count) < 0.12) & (rank > 0.25) & (rank < 0.45)
    old = np.where(branch, 9500, old)
    kelvin = np.clip((1 - age) * young + age * old + rng.normal(0, 250, count), 3000, 30000)
    y, x = centre[0] + planar * np.sin(angle), centre[1] + planar * np.cos(angle)
    return Stars(y, x, _reddened(flux, kelvin, np.full(count, 0.1)), kelvin)
