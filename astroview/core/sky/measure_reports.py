"""What a measurement says: a title, named values, remarks, a plot, and text to paste."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core.frame import Window
from astroview.core.lazy_dataclass import dataclass
from astroview.core.provenance import (
    has_painted_colour,
    has_painted_texture,
    is_noise_free,
    is_sharpened,
    told,
)
from astroview.core.sky.box_statistics import CHANNELS, measure_box
from astroview.core.sky.line_cut import LineCut, cut_line
from astroview.core.sky.number_text import angle, as_text, significant, with_error
from astroview.core.sky.sky_map import (
    SkyMap,
    SkyWords,
    position_text,
    scale_at,
    separation,
    sky_map,
)
from astroview.core.sky.star_profile import NoStar, StarProfile, measure_star
from astroview.core.texts import Text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from astroview.core.frame import Frame

Place = tuple[float, float]
SMOOTHED = (
    "Measured on samples whose noise a network left out: not for photometry. "
    "A stack keeps what was measured as its HDU MEASURED."
)
GUESSED = (
    "Measured on super-resolved samples. A network guessed their detail: not for photometry. "
    "Show the original to measure that."
)
TEXTURED = (
    "Measured on texture that a network painted: illustrative, not for measurement. "
    "Show the original to measure that."
)
RENDERED = "Measured on colours that a network painted: not for photometry."
PAINTED = "The samples are the original's. The colour over them is painted and was not measured."


@dataclass(frozen=True, eq=False)
class Series:
    """One curve or cloud of points of a plot; `colour` names its role."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    kind: str = "line"  # or "dots"
    colour: str = "text"  # "text", "accent", "red", "green", "blue"
    name: str = ""


@dataclass(frozen=True)
class Plot:
    """Curves over one axis."""

    series: tuple[Series, ...]
    x_name: str
    y_name: str


@dataclass(frozen=True)
class MeasureReport:
    """The outcome of a measurement.

    Attributes
    ----------
    rows
        Names and values.
    remarks, caution
        What to know before using the values; the caution says that samples are a network's.
    places
        The mark as measured, in pixels of the measured frame (a star's centre, then its rim).
    table
        The measured points, with tabs; "" when there are none to give.
    """

    title: str
    rows: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    caution: str = ""
    plot: Plot | None = None
    places: tuple[Place, ...] = ()
    table: str = ""

    @property
    def text(self) -> str:
        """All of it as text, to paste."""
        said = [line for line in (*self.remarks, self.caution) if line]
        parts = [as_text(self.title, list(self.rows)), *said, self.table]
        return "\n".join(part for part in parts if part)


def caution(frame: Frame) -> str:
    """What the user must know of these samples; "" where no network had a hand in them."""
    if has_painted_texture(frame):
        return TEXTURED
    if is_sharpened(frame):
        return GUESSED
    if frame.chroma is not None:
        return PAINTED
    if is_noise_free(told(frame)):
        return SMOOTHED
    return RENDERED if has_painted_colour(frame) else ""


def samples_name(frame: Frame) -> str:
    """Whose samples they are."""
    return f"{frame.name}, super-resolved ×{frame.scale}" if frame.scale > 1 else frame.name


def position_rows(
    frame: Frame, sky: SkyMap | None, at: Place, words: SkyWords
) -> list[tuple[str, str]]:
    """FITS and zero-based pixel position, and the sky."""
    x, y = at
    up = frame.shape[0] - y if frame.header is not None else y
    rows = [
        ("x, y (FITS)", f"{x + 0.5:.2f}, {up + 0.5:.2f}"),
        ("x, y (from 0)", f"{x - 0.5:.2f}, {up - 0.5:.2f}"),
    ]
    there = sky.one(x, y) if sky else None
    if there:
        parts = position_text(*there, words).split("  ")
        rows += [(name, value) for name, _, value in (part.partition(" ") for part in parts)]
    return rows


def report_line(frame: Frame, places: tuple[Place, ...], words: SkyWords) -> MeasureReport:
    """The profile along a line from the first to the last place."""
    cut = cut_line(frame, places[0], places[-1])
    sky = sky_map(frame, words.system)
    known = cut.values[np.isfinite(cut.values)]
    rows = [("Samples of", samples_name(frame)), ("Length", _length(cut.length, sky, cut))]
    rows += _direction(sky, cut, words)
    if known.size:
        rows += [
            ("Minimum", _value(known.min(), frame)),
            ("Maximum", _value(known.max(), frame)),
            ("Mean", _value(known.mean(), frame)),
        ]
    rows += [
        (end, position_rows(frame, None, at, words)[0][1])
        for end, at in (("Start x, y (FITS)", cut.start), ("End x, y (FITS)", cut.end))
    ]
    remarks = () if known.size else ("There is no data along this line.",)
    unit = f" ({frame.unit})" if frame.unit else ""
    colours = ("text",) if cut.values.shape[1] == 1 else CHANNELS
    series = tuple(
        Series(cut.distance, column, colour=colour)
        for column, colour in zip(cut.values.T, colours, strict=True)
    )
    return MeasureReport(
        title="Line cut",
        rows=tuple(rows),
        remarks=remarks,
        caution=caution(frame),
        plot=Plot(series, "distance (px)", Text("value{unit}", unit=unit)) if known.size else None,
        places=(cut.start, cut.end),
        table=cut.table,
    )


def _length(pixels: float, sky: SkyMap | None, cut: LineCut) -> str:
    text = f"{pixels:.2f} px"
    if sky is None:
        return text
    ends = sky.to_sky(np.array([cut.start, cut.end]))
    return f"{text} = {angle(separation(*ends))}" if np.isfinite(ends).all() else text


def _direction(sky: SkyMap | None, cut: LineCut, words: SkyWords) -> list[tuple[str, str]]:
    """The position angle of the end seen from the start: from north through east."""
    if cut.length == 0:
        return []
    if sky is not None:
        from astropy.coordinates import position_angle  # not at start

        ends = np.deg2rad(sky.to_sky(np.array([cut.start, cut.end])))
        if np.isfinite(ends).all():
            turned = _degrees(position_angle(*ends[0], *ends[1]))
            way = Text("{turned:.2f}° (N through E)", turned=turned)
            if words.system != "icrs":
                way = Text(
                    "{turned:.2f}° (N through E, {system})", turned=turned, system=words.system
                )
            return [("Position angle", way)]
    (x1, y1), (x2, y2) = cut.start, cut.end
    turned = float(np.rad2deg(np.arctan2(y1 - y2, x2 - x1))) % 360  # y counts downwards
    return [("Angle", Text("{turned:.2f}° (from right, upwards)", turned=turned))]


def _degrees(turned: Any) -> float:
    return float(turned.deg) % 360


def report_box(frame: Frame, places: tuple[Place, ...], words: SkyWords) -> MeasureReport:
    """Statistics of the pixels whose centres lie in the box between two corners."""
    (x1, y1), (x2, y2) = places[0], places[-1]
    left, top = round(min(x1, x2)), round(min(y1, y2))
    right, bottom = max(round(max(x1, x2)), left + 1), max(round(max(y1, y2)), top + 1)
    found = measure_box(frame, Window(top, left, bottom - top, right - left))
    inside = found.window
    middle = (inside.x + inside.width / 2, inside.y + inside.height / 2)
    rows = [
        ("Samples of", samples_name(frame)),
        ("Size", f"{inside.width} × {inside.height} px"),
        *position_rows(frame, sky_map(frame, words.system), middle, words),
        *found.rows,
        ("Unit", frame.unit or "not given"),
    ]
    remarks: list[str] = []
    if found.step > 1:
        remarks.append(
            Text("The box is large: every {step}th row and column was measured.", step=found.step)
        )
    if not any(channel.count for channel in found.channels):
        remarks.append("There is no data in this box.")
    edges = ((float(inside.x), float(inside.y)),
             (float(inside.x + inside.width), float(inside.y + inside.height)))  # fmt: skip
    return MeasureReport("Box statistics", tuple(rows), tuple(remarks), caution(frame), None, edges)


def report_star(frame: Frame, places: tuple[Place, ...], words: SkyWords) -> MeasureReport:
    """The star nearest to the first place, or why there is none."""
    found = measure_star(frame, *places[0])
    if isinstance(found, NoStar):
        return MeasureReport("Star profile", (), (found.reason,), "", None, places[:1])
    sky = sky_map(frame, words.system)
    scale = scale_at(sky, found.x, found.y) if sky else None
    rows = (
        ("Samples of", samples_name(frame)),
        *position_rows(frame, sky, (found.x, found.y), words),
        *_star_rows(found, scale),
    )
    return MeasureReport(
        title="Star profile",
        rows=rows,
        remarks=found.remarks,
        caution=caution(frame),
        plot=_star_plot(found),
        places=((found.x, found.y), (found.x + found.aperture, found.y)),
        table=_star_table(found),
    )


def _star_rows(star: StarProfile, scale: float | None) -> list[tuple[str, str]]:
    def width(fwhm: float) -> str:
        return f"{fwhm:.2f} px" + (f" = {angle(fwhm * scale)}" if scale else "")

    unit = f" {star.unit}" if star.unit else ""
    return [
        ("FWHM", width(star.best.fwhm)),
        ("FWHM, Moffat", f"{width(star.moffat.fwhm)}, β {star.moffat.beta or 0:.1f}"),
        ("FWHM, Gaussian", width(star.gaussian.fwhm)),
        ("Ellipticity", f"{star.ellipticity:.2f}"),
        ("Flux", with_error(star.flux, star.flux_error) + unit),
        ("Signal to noise", f"{star.flux / star.flux_error:.0f}"),
        ("Aperture radius", f"{star.aperture:.1f} px"),
        ("Peak", significant(star.peak) + unit),
        ("Background", with_error(star.background, star.noise) + unit),
    ]


def _star_plot(star: StarProfile) -> Plot:
    shown = star.radius <= max(3.5 * star.best.fwhm, 6.0)
    radius = np.linspace(0.0, float(star.radius[shown].max(initial=1.0)), 120)
    name = "Moffat" if star.best is star.moffat else "Gaussian"
    unit = f" ({star.unit})" if star.unit else ""
    return Plot(
        (
            Series(star.radius[shown], star.values[shown], "dots", "text", "pixels"),
            Series(radius, star.best.at(radius), "line", "accent", name),
        ),
        "distance from the centre (px)",
        Text("above background{unit}", unit=unit),
    )


def _star_table(star: StarProfile) -> str:
    lines = ["distance (px)\tabove background"]
    lines += [f"{r:.3f}\t{v:.8g}" for r, v in zip(star.radius, star.values, strict=True)]
    return "\n".join(lines)


def _value(number: float, frame: Frame) -> str:
    return f"{significant(float(number))} {frame.unit}".strip()
