"""Stretches as matplotlib takes them from astropy.visualization, and back."""

from __future__ import annotations

from typing import Any

import numpy as np
from astropy.visualization import (
    AsinhStretch,
    BaseStretch,
    ImageNormalize,
    LinearStretch,
    LogStretch,
    PowerDistStretch,
    PowerStretch,
    SinhStretch,
    SqrtStretch,
    SquaredStretch,
)

from astroview.core.colour.stretch import Kind, Stretch
from astroview.core.errors import AstroviewError
from astroview.core.texts import Text

_WITH_PARAMETER: dict[Kind, type[Any]] = {
    "asinh": AsinhStretch, "log": LogStretch, "sinh": SinhStretch, "power": PowerDistStretch,
}  # fmt: skip
_PLAIN: dict[Kind, type[Any]] = {"sqrt": SqrtStretch, "squared": SquaredStretch}


class OwnStretch(BaseStretch):
    """A curve that astropy has not: midtones, or a histogram made even."""

    def __init__(self, stretch: Stretch, *, backwards: bool = False) -> None:
        super().__init__()
        self.stretch, self.backwards = stretch, backwards

    def __call__(self, values: Any, clip: bool = True, out: Any = None) -> Any:
        given, wide = self.stretch, self.stretch.high - self.stretch.low
        values = np.asarray(values, np.float64)
        if clip:
            values = np.clip(values, 0.0, 1.0)
        if self.backwards:
            made = (given.inverse(values.astype(np.float32)) - given.low) / wide
        else:
            made = given.forward((given.low + values * wide).astype(np.float32))
        if out is None:
            return made.astype(np.float64)
        out[...] = made
        return out

    @property
    def inverse(self) -> OwnStretch:  # type: ignore[override]
        return OwnStretch(self.stretch, backwards=not self.backwards)


def to_norm(stretch: Stretch) -> ImageNormalize:
    """What ``imshow(samples, norm=...)`` takes; see `Stretch.to_norm`."""
    curve: BaseStretch
    if stretch.kind in _WITH_PARAMETER:
        curve = _WITH_PARAMETER[stretch.kind](stretch.parameter)
    elif stretch.kind in _PLAIN:
        curve = _PLAIN[stretch.kind]()
    elif stretch.kind == "linear":
        curve = LinearStretch()
    else:
        curve = OwnStretch(stretch)
    try:
        return ImageNormalize(vmin=stretch.low, vmax=stretch.high, stretch=curve, clip=True)
    except ImportError as problem:
        raise AstroviewError(
            "a norm is for matplotlib, which is not installed",
            hint="pip install matplotlib, or use Stretch.forward.",
        ) from problem


def from_norm(norm: ImageNormalize) -> Stretch:
    """The same curve between the same limits; see `Stretch.from_norm`."""
    low, high = norm.vmin, norm.vmax
    if low is None or high is None:
        raise AstroviewError(
            "this norm has no limits yet",
            hint="Give vmin and vmax, or the data that its interval is of.",
        )
    limits, own = (float(low), float(high)), norm.stretch
    if isinstance(own, OwnStretch) and not own.backwards:
        given = own.stretch
        return Stretch(given.kind, *limits, given.parameter, given.points)
    curve: Any = own
    if isinstance(curve, SquaredStretch) or (type(curve) is PowerStretch and curve.a == 2):
        return Stretch("squared", *limits)
    if isinstance(curve, SqrtStretch) or (type(curve) is PowerStretch and curve.a == 0.5):
        return Stretch("sqrt", *limits)
    for kind, made in _WITH_PARAMETER.items():
        if isinstance(curve, made):
            return Stretch(kind, *limits, float(curve.a))
    if isinstance(curve, LinearStretch) and curve.slope > 0:
        zero, one = ((u - curve.intercept) / curve.slope for u in (0.0, 1.0))
        wide = limits[1] - limits[0]
        return Stretch("linear", limits[0] + zero * wide, limits[0] + one * wide)
    raise AstroviewError(
        Text("{name} is no curve that astroview has", name=type(curve).__name__),
        hint="It has linear, sqrt, squared, log, power, asinh and sinh of astropy.visualization.",
    )
