"""How a frame is displayed, as data: stretch, where its limits come from, invert."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp, log
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from astroview.core.stretch import DEFAULT_PARAMETER, Kind, Stretch, limits

Method = Literal["auto", "zscale", "p99.9", "p99.5", "p98", "minmax", "manual"]

METHODS: tuple[tuple[Method, str], ...] = (
    ("auto", "Automatic"),
    ("zscale", "zscale"),
    ("p99.9", "99.9 %"),
    ("p99.5", "99.5 %"),
    ("p98", "98 %"),
    ("minmax", "Min – max"),
    ("manual", "Manual"),
)
KIND_NAMES: tuple[tuple[Kind, str], ...] = (
    ("linear", "Linear"),
    ("asinh", "asinh"),
    ("log", "Log"),
    ("sqrt", "Square root"),
    ("mtf", "MTF (midtone)"),
)
# Ends of the boost slider for each stretch with a parameter: from nearly linear to strong.
BOOST: dict[Kind, tuple[float, float]] = {
    "asinh": (1.0, 2e-4),
    "log": (1.0, 1e5),
    "mtf": (0.5, 2e-3),
}


@dataclass(frozen=True)
class Display:
    """The display choices for one frame and its results."""

    stretch: Stretch
    method: Method = "auto"
    invert: bool = False


def with_method(
    display: Display, method: Method, samples: NDArray[np.float32], auto: Stretch
) -> Display:
    """Take limits by a method from a frame's samples; ``auto`` brings its own curve along."""
    if method == "manual":
        return replace(display, method=method)
    if method == "auto":
        return replace(display, method=method, stretch=auto)
    if method in ("zscale", "minmax"):
        low, high = limits(samples, method)
    else:
        low, high = limits(samples, "percentile", float(method[1:]))
    return replace(display, method=method, stretch=replace(display.stretch, low=low, high=high))


def with_kind(display: Display, kind: Kind, auto: Stretch) -> Display:
    """Another curve between the same limits."""
    parameter = auto.parameter if kind == auto.kind else DEFAULT_PARAMETER[kind]
    return replace(display, stretch=replace(display.stretch, kind=kind, parameter=parameter))


def with_limits(display: Display, low: float, high: float) -> Display:
    """Limits set by hand."""
    return replace(display, method="manual", stretch=replace(display.stretch, low=low, high=high))


def boost_of(stretch: Stretch) -> float:
    """0..1: how strongly faint light is lifted, from the stretch's parameter."""
    if stretch.kind not in BOOST:
        return 0.0
    weak, strong = BOOST[stretch.kind]
    place = (log(stretch.parameter) - log(weak)) / (log(strong) - log(weak))
    return min(max(place, 0.0), 1.0)


def with_boost(display: Display, boost: float) -> Display:
    """Set the stretch's parameter from 0..1."""
    if display.stretch.kind not in BOOST:
        return display
    weak, strong = BOOST[display.stretch.kind]
    parameter = exp(log(weak) + boost * (log(strong) - log(weak)))
    return replace(display, stretch=replace(display.stretch, parameter=parameter))
