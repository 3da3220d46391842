"""How a frame is displayed, as data: stretch, limits, colours, tone, marks."""

from __future__ import annotations

import re
from dataclasses import field, replace
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from astroview.core.colour.band_stretch import AnyStretch, Bands, BandStretch, auto_bands
from astroview.core.colour.stretch import (
    DEFAULT_PARAMETER,
    Kind,
    Stretch,
    autostretch,
    equalised,
    limits,
)
from astroview.core.colour.tone import Drawn, Tone, toned
from astroview.core.lazy_dataclass import dataclass
from astroview.ui.i18n.translate import noted
from astroview.ui.render.colour_maps import GREY
from astroview.ui.render.rendering import Look

MOST_SMOOTH = 200.0  # pixels
MOST_BLOCK = 64
_SHARE = r"(100|\d?\d)(\.\d{0,12})?"
_METHOD = re.compile(rf"auto|manual|minmax|zscale(:\d*\.?\d+:\d{{1,7}})?|p{_SHARE}(:{_SHARE})?")
Method = str  # of METHODS, "p1:99.7" (percentiles), "zscale:0.3:2000" (contrast, samples)
FloatArray = NDArray[np.float32]

METHODS: tuple[tuple[Method, str], ...] = (
    ("auto", noted("Automatic")),
    ("zscale", "zscale"),
    ("p99.9", "99.9 %"),
    ("p99.5", "99.5 %"),
    ("p98", "98 %"),
    ("minmax", noted("Min – max")),
    ("manual", noted("Manual")),
)
KIND_NAMES: tuple[tuple[Kind, str], ...] = (
    ("linear", noted("Linear")),
    ("asinh", "asinh"),
    ("log", noted("Log")),
    ("sqrt", noted("Square root")),
    ("squared", noted("Squared")),
    ("power", noted("Power")),
    ("sinh", "sinh"),
    ("histogram", noted("Histogram equalised")),
    ("mtf", noted("MTF (autostretch)")),
)
# Ends of the boost slider for each stretch with a parameter: from nearly linear to strong.
BOOST: dict[Kind, tuple[float, float]] = {
    "asinh": (1.0, 2e-4),
    "log": (1.0, 1e5),
    "power": (1e5, 1.01),
    "mtf": (0.5, 2e-4),
}


@dataclass(frozen=True)
class Display:
    """The display choices for one frame and its results.

    Attributes
    ----------
    stretch
        Of grey samples, and of all channels of a colour frame while `bands` is None.
    bands
        One stretch for each channel of a colour frame; None: linked.
    joint
        Colours are kept: the curve bends the mean of the channels (Lupton et al. 2004).
    smooth, block
        The picture alone is smoothed (sigma in pixels), or shown in blocks of so many pixels.
    """

    stretch: Stretch
    method: Method = "auto"
    invert: bool = False
    bands: Bands | None = None
    joint: bool = False
    colour_map: str = GREY
    tone: Tone = field(default_factory=Tone)
    mark_no_data: bool = False
    mark_saturated: bool = False
    smooth: float = 0.0
    block: int = 1

    def __post_init__(self) -> None:
        if not 0 <= self.smooth <= MOST_SMOOTH or not 1 <= self.block <= MOST_BLOCK:
            raise ValueError(f"nothing is shown smoothed by {self.smooth} in blocks {self.block}")
        if not _METHOD.fullmatch(self.method):
            raise ValueError(f"there are no limits “{self.method[:100]}”")


def whole(display: Display, channels: int) -> AnyStretch:
    """The stretch of a frame with so many channels: for the screen and for saving."""
    if channels == 1 or (display.bands is None and not display.joint):
        return display.stretch
    alike = (display.stretch, display.stretch, display.stretch)
    return BandStretch(display.bands or alike, display.joint)


def drawn(display: Display, channels: int) -> Drawn:
    """How a picture of it is saved: as it is on the screen, but for marks and colour maps."""
    return toned(whole(display, channels), display.tone, invert=display.invert)


def look(display: Display, channels: int, saturation: float | None) -> Look:
    """What the renderer needs of a display."""
    return Look(
        whole(display, channels),
        display.invert,
        display.tone,
        display.colour_map if channels == 1 else GREY,
        display.mark_no_data,
        saturation if display.mark_saturated else None,
        display.smooth,
        display.block,
    )


def automatic(auto: Stretch, samples: FloatArray, physical: bool) -> Display:
    """The display that a frame opens with; linear colour keeps its colours."""
    if samples.ndim == 3 and physical:
        bands = auto_bands(samples)
        return Display(auto, bands=bands.bands, joint=True)
    if physical and np.unique(samples[np.isfinite(samples)][:100_000]).size <= FEW:
        return Display(Stretch("linear", *limits(samples, "minmax")))
    return Display(auto)


FEW = 4  # distinct values of a mask


def stretch_of(display: Display, band: int | None) -> Stretch:
    """The stretch of one channel; ``None`` is all of them."""
    if display.bands is None:
        return display.stretch
    return display.bands[band or 0]


def with_stretch(display: Display, changed: Stretch, band: int | None) -> Display:
    """Another stretch for one channel; for all of them when ``band`` is None.

    A joint curve is one, so its kind and parameter go to all channels.
    """
    if display.bands is None:
        return replace(display, stretch=changed)
    if band is None:
        return replace(display, bands=_shifted(display.bands, changed))
    each = list(display.bands)
    each[band] = changed
    if display.joint:
        each = [replace(b, kind=changed.kind, parameter=changed.parameter) for b in each]
    return replace(display, bands=(each[0], each[1], each[2]))


def _shifted(bands: Bands, changed: Stretch) -> Bands:
    """Give all channels the curve of ``changed``; limits move as the first one's do."""
    first = bands[0]
    span = first.high - first.low
    down, up = (changed.low - first.low) / span, (changed.high - first.low) / span
    red, green, blue = (
        Stretch(changed.kind, b.low + down * (b.high - b.low), b.low + up * (b.high - b.low),
                changed.parameter, b.points if changed.kind == b.kind else ())
        for b in bands
    )  # fmt: skip
    return red, green, blue


def linked(display: Display, on: bool) -> Display:
    """One stretch for all channels, or one each (to begin with the same)."""
    if on and display.bands is not None:
        low = min(b.low for b in display.bands)
        high = max(b.high for b in display.bands)
        return replace(
            display, stretch=replace(display.bands[0], low=low, high=high), bands=None,
            method="manual",
        )  # fmt: skip
    if not on and display.bands is None:
        return replace(display, bands=(display.stretch,) * 3)
    return display


def with_joint(display: Display, on: bool) -> Display:
    """Keep colours, or bend each channel by itself. A square root and an equalised histogram
    cannot keep them: they become asinh.
    """
    curve = stretch_of(display, None)
    if on and curve.kind in ("sqrt", "histogram"):
        display = with_stretch(
            display, replace(curve, kind="asinh", parameter=0.0, points=()), None
        )
    display = replace(display, joint=on)
    return with_stretch(display, display.bands[0], 0) if display.bands else display


def with_method(display: Display, method: Method, samples: FloatArray, auto: Display) -> Display:
    """Take limits by a method from a frame's samples.

    ``auto`` brings its own curve along, unless MTF is chosen: then its own automatic stretch.
    """
    if method == "manual":
        return replace(display, method=method)
    if method == "auto":
        if stretch_of(display, None).kind == "mtf":
            return with_kind(replace(display, method="auto"), "mtf", samples, auto)
        return replace(
            display, method=method, stretch=auto.stretch, bands=auto.bands, joint=auto.joint
        )
    if stretch_of(display, None).kind == "histogram":  # equal shares of other samples
        linear = with_kind(display, "linear", samples, auto)
        limited = with_method(linear, method, samples, auto)
        return with_kind(limited, "histogram", samples, auto)
    if display.bands is None:
        low, high = measured(samples, method)
        return replace(display, method=method, stretch=replace(display.stretch, low=low, high=high))
    ends = [measured(samples[..., c], method) for c in range(3)]
    red, green, blue = (
        replace(b, low=low, high=high) for b, (low, high) in zip(display.bands, ends, strict=True)
    )
    return replace(display, method=method, bands=(red, green, blue))


def measured(samples: FloatArray, method: Method) -> tuple[float, float]:
    """Limits by zscale, min-max or percentiles, with the numbers that a method has in it.

    Raises ValueError for what is no method.
    """
    if method == "minmax":
        return limits(samples, "minmax")
    if method.startswith("zscale"):
        numbers = method.split(":")[1:]
        contrast, count = numbers if len(numbers) == 2 else ("0.25", "1000")
        return limits(samples, "zscale", contrast=float(contrast), count=int(count))
    low, _, high = method.removeprefix("p").partition(":")
    if not high:
        return limits(samples, "percentile", float(low))
    finite = samples[np.isfinite(samples)]
    if not finite.size:
        return 0.0, 1.0
    first, last = (float(v) for v in np.percentile(finite, (float(low), float(high))))
    return (first, last) if last > first else (first, first + 1.0)


def method_name(method: Method) -> str:
    """How a method reads in a list."""
    known = dict(METHODS).get(method)
    if known is not None:
        return known
    numbers = method.removeprefix("p").removeprefix("zscale").split(":")
    return f"{' – '.join(numbers)} %" if method.startswith("p") else " ".join(("zscale", *numbers))


def with_kind(display: Display, kind: Kind, samples: FloatArray, auto: Display) -> Display:
    """Another curve between the same limits; MTF with automatic limits finds its midtone."""
    if kind in ("sqrt", "histogram"):
        display = replace(display, joint=False)
    if kind == "histogram":
        return _equalise(display, samples)
    if kind == "mtf" and display.method == "auto":
        if display.bands is None:
            return replace(display, stretch=autostretch(samples))
        red, green, blue = (autostretch(samples[..., c]) for c in range(3))
        return with_joint(replace(display, bands=(red, green, blue)), display.joint)
    own = stretch_of(auto, None)
    parameter = own.parameter if kind == own.kind else DEFAULT_PARAMETER[kind]

    def bent(stretch: Stretch) -> Stretch:
        return replace(stretch, kind=kind, parameter=parameter, points=())

    if display.bands is None:
        return replace(display, stretch=bent(display.stretch))
    red, green, blue = map(bent, display.bands)
    return replace(display, bands=(red, green, blue))


def _equalise(display: Display, samples: FloatArray) -> Display:
    """Equal shares of the samples between the limits there are, for each channel its own."""
    if display.bands is None:
        return replace(
            display, stretch=equalised(samples, display.stretch.low, display.stretch.high)
        )
    red, green, blue = (
        equalised(samples[..., c], band.low, band.high) for c, band in enumerate(display.bands)
    )
    return replace(display, bands=(red, green, blue))


def with_limits(display: Display, low: float, high: float, band: int | None = None) -> Display:
    """Limits set by hand."""
    changed = replace(stretch_of(display, band), low=low, high=high)
    return with_stretch(replace(display, method="manual"), changed, band)


def boost_of(stretch: Stretch) -> float:
    """0..1: how strongly faint light is lifted, from the stretch's parameter."""
    if stretch.kind not in BOOST:
        return 0.0
    weak, strong = BOOST[stretch.kind]
    place = (log(stretch.parameter) - log(weak)) / (log(strong) - log(weak))
    return min(max(place, 0.0), 1.0)


def with_boost(display: Display, boost: float, band: int | None = None) -> Display:
    """Set the stretch's parameter from 0..1."""
    stretch = stretch_of(display, band)
    if stretch.kind not in BOOST:
        return display
    weak, strong = BOOST[stretch.kind]
    parameter = exp(log(weak) + boost * (log(strong) - log(weak)))
    return with_stretch(display, replace(stretch, parameter=parameter), band)


def midtone_of(display: Display, band: int | None) -> float:
    """The value that becomes middle grey (before contrast)."""
    stretch = stretch_of(display, band)
    half = np.array([0.5**display.tone.gamma], np.float32)
    return float(stretch.inverse(half)[0])


def with_midtone(display: Display, value: float, band: int | None = None) -> Display:
    """Make a value between the limits middle grey, by the parameter or, without one, by gamma."""
    stretch = stretch_of(display, band)
    place = (value - stretch.low) / (stretch.high - stretch.low)
    place = min(max(place, 1e-4), 0.995)
    if stretch.kind not in BOOST:
        at = stretch.low + place * (stretch.high - stretch.low)
        u = float(stretch.forward(np.array([at], np.float32))[0])
        gamma = min(max(log(u) / log(0.5), 0.1), 10.0)
        return replace(display, tone=replace(display.tone, gamma=gamma))
    aim, (few, many) = 0.5**display.tone.gamma, BOOST[stretch.kind]
    for _ in range(40):  # forward(place) grows from the weak to the strong end
        middle = (few * many) ** 0.5
        trial = replace(stretch, low=0.0, high=1.0, parameter=middle)
        if float(trial.forward(np.array([place], np.float32))[0]) < aim:
            few = middle
        else:
            many = middle
    return with_stretch(display, replace(stretch, parameter=(few * many) ** 0.5), band)
