"""Colour maps for grey frames, as tables of 256 colours.

The perceptual ones come with pyqtgraph: viridis, plasma, inferno, magma and cividis (matplotlib,
CC0), turbo (Google) and the CET maps (Peter Kovesi, CC-BY; also in `colorcet`), among them those
made for colour-blind eyes. DS9's own are rebuilt from the control points that SAOImage DS9
(Smithsonian Astrophysical Observatory) defines them by: ``tksao/colorbar/default.C`` of its
sources, and its reference manual under "Color".
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from astroview.core import settings
from astroview.core.colour.colour_map_files import SUFFIX, read_colour_map
from astroview.core.errors import AstroviewError
from astroview.core.io.paths.plain_paths import is_folder
from astroview.core.lazy_dataclass import dataclass
from astroview.ui.i18n.translate import noted

Table = NDArray[np.uint8]  # (256, 3)
Points = tuple[tuple[float, float], ...]  # (place, level), both 0..1
SIZE = 256
GREY = "grey"
OWN = "own:"  # begins the keys of maps that were loaded from files


@dataclass(frozen=True)
class Known:
    """A colour map on offer."""

    key: str
    name: str
    group: str


CHOICES: tuple[Known, ...] = (
    Known(GREY, noted("Grey"), noted("Plain")),
    Known("viridis", "Viridis", noted("Perceptual")),
    Known("magma", "Magma", noted("Perceptual")),
    Known("inferno", "Inferno", noted("Perceptual")),
    Known("plasma", "Plasma", noted("Perceptual")),
    Known("CET-L3", noted("Fire"), noted("Perceptual")),
    Known("CET-L17", noted("White to violet"), noted("Perceptual")),
    Known("CET-D1", noted("Blue – white – red"), noted("Perceptual")),
    Known("turbo", "Turbo", noted("Many hues")),
    Known("cividis", "Cividis", noted("For colour-blind eyes")),
    Known("CET-CBD1", noted("Blue – white – ochre"), noted("For colour-blind eyes")),
    Known("CET-CBL1", noted("Blue to yellow"), noted("For colour-blind eyes")),
    Known("CET-CBTL1", noted("Red to cyan"), noted("For colour-blind eyes")),
    *(
        Known(key, key, noted("As in DS9"))
        for key in ("a", "b", "bb", "he", "i8", "aips0", "heat", "cool", "rainbow", "standard")
    ),
    Known("sls", "sls", noted("As in DS9")),
    Known("hsv", "hsv", noted("As in DS9")),
)
KEYS: tuple[str, ...] = tuple(known.key for known in CHOICES)

_UP: Points = ((0, 0), (1, 1))
# DS9's piecewise linear maps: control points of red, green and blue.
_LINES: dict[str, tuple[Points, Points, Points]] = {
    "a": (
        ((0, 0), (0.25, 0), (0.5, 1), (1, 1)),
        ((0, 0), (0.25, 1), (0.5, 0), (0.77, 0), (1, 1)),
        ((0, 0), (0.125, 0), (0.5, 1), (0.64, 0.5), (0.77, 0), (1, 0)),
    ),
    "b": (
        ((0, 0), (0.25, 0), (0.5, 1), (1, 1)),
        ((0, 0), (0.5, 0), (0.75, 1), (1, 1)),
        ((0, 0), (0.25, 1), (0.5, 0), (0.75, 0), (1, 1)),
    ),
    "bb": (
        ((0, 0), (0.5, 1), (1, 1)),
        ((0, 0), (0.25, 0), (0.75, 1), (1, 1)),
        ((0, 0), (0.5, 0), (1, 1)),
    ),
    "he": (
        ((0, 0), (0.015, 0.5), (0.25, 0.5), (0.5, 0.75), (1, 1)),
        ((0, 0), (0.065, 0), (0.125, 0.5), (0.25, 0.75), (0.5, 0.81), (1, 1)),
        ((0, 0), (0.015, 0.125), (0.03, 0.375), (0.065, 0.625), (0.25, 0.25), (1, 1)),
    ),
    "heat": (((0, 0), (0.34, 1), (1, 1)), _UP, ((0, 0), (0.65, 0), (0.98, 1), (1, 1))),
    "cool": (
        ((0, 0), (0.29, 0), (0.76, 0.1), (1, 1)),
        ((0, 0), (0.22, 0), (0.96, 1), (1, 1)),
        ((0, 0), (0.53, 1), (1, 1)),
    ),
    "rainbow": (
        ((0, 1), (0.2, 0), (0.6, 0), (0.8, 1), (1, 1)),
        ((0, 0), (0.2, 0), (0.4, 1), (0.8, 1), (1, 0)),
        ((0, 1), (0.4, 1), (0.6, 0), (1, 0)),
    ),
    "standard": (
        ((0, 0), (0.333, 0.3), (0.333, 0), (0.666, 0.3), (0.666, 0.3), (1, 1)),
        ((0, 0), (0.333, 0.3), (0.333, 0.3), (0.666, 1), (0.666, 0), (1, 0.3)),
        ((0, 0), (0.333, 1), (0.333, 0), (0.666, 0.3), (0.666, 0), (1, 0.3)),
    ),
}
# DS9's stepped maps: colours of equal width.
_STEPS: dict[str, tuple[tuple[float, float, float], ...]] = {
    "i8": (
        (0, 0, 0), (0, 1, 0), (0, 0, 1), (0, 1, 1), (1, 0, 0), (1, 1, 0), (1, 0, 1), (1, 1, 1),
    ),
    "aips0": (
        (0.196, 0.196, 0.196), (0.475, 0, 0.608), (0, 0, 0.785), (0.373, 0.655, 0.925),
        (0, 0.596, 0), (0, 0.965, 0), (1, 1, 0), (1, 0.694, 0), (1, 0, 0),
    ),
}  # fmt: skip
# DS9's sls runs straight between these, 12 of its 200 colours apart; the last 8 are white.
_SLS = (
    (0, 0, 0), (0.5213, 0, 0.6346), (0.3466, 0, 0.702), (0, 0, 0.8243), (0, 0.2378, 1),
    (0, 0.6066, 1), (0, 0.9082, 0.7036), (0, 0.8327, 0.3805), (0, 0.828, 0.0728),
    (0.398, 0.902, 0), (0.7934, 0.902, 0), (1, 0.8436, 0.0478), (0.9487, 0.6191, 0.0934),
    (1, 0.3948, 0), (0.9801, 0, 0), (0.69, 0, 0), (1, 1, 1),
)  # fmt: skip


def choices() -> tuple[Known, ...]:
    """What is on offer: `CHOICES`, and the maps that the user has loaded."""
    own = own_folder()
    paths = sorted(own.glob(f"*{SUFFIX}")) if is_folder(own) else []
    return (*CHOICES, *(Known(OWN + p.stem, p.stem, noted("Your own")) for p in paths))


def own_folder() -> Path:
    """Where loaded maps are kept, one file each."""
    return settings.folder() / "colour_maps"


@cache
def table(key: str) -> Table:
    """The 256 colours of a map; those of grey for a key that is not known."""
    if key.startswith(OWN):
        try:
            name = Path(key.removeprefix(OWN)).name  # a session may say anything
            return read_colour_map(own_folder() / f"{name}{SUFFIX}")
        except AstroviewError:  # it was removed since
            return table(GREY)
    if key in _LINES:
        return _bytes(_lines(_LINES[key]))
    if key in _STEPS:
        return _bytes(_steps(np.array(_STEPS[key])))
    if key == "sls":
        return _bytes(_sls())
    if key == "hsv":
        return _bytes(_hsv())
    if key == GREY or key not in KEYS:
        return np.repeat(np.arange(SIZE, dtype=np.uint8)[:, None], 3, 1)
    import pyqtgraph

    found = pyqtgraph.colormap.get(key)
    assert found is not None
    return np.asarray(found.getLookupTable(nPts=SIZE, alpha=False), np.uint8)


def next_key(key: str, step: int) -> str:
    """The map after (or before) another one."""
    keys = [known.key for known in choices()]
    at = keys.index(key) if key in keys else 0
    return keys[(at + step) % len(keys)]


def _bytes(colours: NDArray[np.floating]) -> Table:
    return (np.clip(colours, 0, 1) * 255 + 0.5).astype(np.uint8)


def _lines(points: tuple[Points, Points, Points]) -> NDArray[np.floating]:
    places = np.linspace(0, 1, SIZE)
    return np.stack([np.interp(places, *np.array(band).T) for band in points], -1)


def _steps(colours: NDArray[np.floating]) -> NDArray[np.floating]:
    return colours[np.arange(SIZE) * len(colours) // SIZE]


def _sls() -> NDArray[np.floating]:
    knots = 12 * np.arange(len(_SLS))
    places = np.arange(200)
    colours = np.stack([np.interp(places, knots, band) for band in np.array(_SLS).T], -1)
    return _steps(colours)


def _hsv() -> NDArray[np.floating]:
    """Hue once around from 270°, value as a cube root, saturation full in the middle."""
    rest = 1 - np.arange(200) / 199
    hue = (rest * 360 + 270) % 360 / 60
    strong, value = np.abs(np.sin(rest * np.pi)), np.cbrt(1 - rest)
    bands = [np.abs((hue + shift) % 6 - 3) - 1 for shift in (0, 4, 2)]  # 0..1: how much of it
    colours = [value * (1 - strong * (1 - np.clip(band, 0, 1))) for band in bands]
    return _steps(np.stack(colours, -1))
