"""What a user says about the colours of a frame, as plain data: points, a palette, a picture.

Chroma is Oklab a and b (see `core.colour.colour_space`), whatever the lightness of the place:
hints never touch lightness.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import ceil, hypot

from astroview.core.lazy_dataclass import dataclass

AUTO = "auto"
CODE_LENGTH = 24  # numbers of a palette code
MOST_VIVID = 3.0
FARTHEST = 2.0**31  # pixels: how far from a frame's corner a place may be
MOST_DABS = 200_000  # discs of all strokes of a frame
LARGEST = 1e4  # number of a palette code


@dataclass(frozen=True)
class Hint:
    """A point whose colour the user knows.

    Parameters
    ----------
    x, y
        Its place in pixels of the opened frame, (0, 0) at the top left corner of the top left
        pixel, so that it means the same place in a super-resolved result.
    a, b
        Oklab chroma that it should have.
    radius
        In pixels of the opened frame: the disc that surely has this colour.
    path
        Of a stroke: further places (x, y) that the disc was drawn to, one after the other.
    """

    x: float
    y: float
    a: float
    b: float
    radius: float = 6.0
    path: tuple[tuple[float, float], ...] = ()

    def __post_init__(self) -> None:
        numbers = (self.x, self.y, self.radius, *(n for place in self.path for n in place))
        colours = all(abs(n) <= 1 for n in (self.a, self.b))
        if not colours or not all(abs(n) <= FARTHEST for n in numbers):
            raise ValueError("a colour hint is beyond any frame or colour")
        check_count((self,))

    def count(self) -> float:
        """About how many discs its stroke is drawn with."""
        places = ((self.x, self.y), *self.path)
        long = sum(hypot(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(places))
        return len(self.path) + long / max(self.radius, 0.5)

    def moved_to(self, x: float, y: float) -> Hint:
        """The same hint, all of its stroke, elsewhere."""
        path = tuple((px + x - self.x, py + y - self.y) for px, py in self.path)
        return replace(self, x=x, y=y, path=path)

    def drawn_to(self, x: float, y: float) -> Hint:
        """The stroke gone on with, as far as a stroke may go."""
        try:
            return replace(self, path=(*self.path, (x, y)))
        except ValueError:
            return self

    def dabs(self) -> tuple[Hint, ...]:
        """The stroke as discs that touch: the hint alone where it is a point."""
        if not self.path:
            return (self,)
        made = [replace(self, path=())]
        for x, y in self.path:
            at = made[-1]
            count = max(1, ceil(hypot(x - at.x, y - at.y) / max(self.radius, 0.5)))
            steps = [k / count for k in range(1, count + 1)]
            made += [replace(at, x=at.x + t * (x - at.x), y=at.y + t * (y - at.y)) for t in steps]
        return tuple(made)


@dataclass(frozen=True)
class Reference:
    """A palette taken from a picture.

    Parameters
    ----------
    name
        The picture's file name.
    code
        Its palette code (see ``astroview.engine.networks.palette_code``).
    sha256
        Of the picture's file.
    swatches
        8-bit sRGB, dark to bright.
    """

    name: str
    code: tuple[float, ...]
    sha256: str = ""
    swatches: tuple[tuple[int, int, int], ...] = ()

    def __post_init__(self) -> None:
        check_palette(self.code, self.swatches)


@dataclass(frozen=True)
class Colouring:
    """All that steers the colorizer on one frame; a reference stands above the palette.

    ``vividness`` multiplies the colour; 1 is as usual. ``colour_from`` says who measured it, as
    `SharedChoices` has it.
    """

    palette: str = AUTO
    hints: tuple[Hint, ...] = ()
    reference: Reference | None = None
    vividness: float = 1.0
    colour_from: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.vividness <= MOST_VIVID:
            raise ValueError(f"colours cannot be {self.vividness:g} times as vivid")
        check_count(self.hints)

    @property
    def is_plain(self) -> bool:
        """Whether nothing was chosen by hand."""
        return self == Colouring()

    def with_palette(self, name: str) -> Colouring:
        """Another palette in place of this one, or of the reference."""
        return replace(self, palette=name, reference=None)

    def with_hint(self, hint: Hint) -> Colouring:
        return replace(self, hints=(*self.hints, hint))

    def moved(self, index: int, hint: Hint) -> Colouring:
        """The hint of that index changed."""
        return replace(self, hints=(*self.hints[:index], hint, *self.hints[index + 1 :]))

    def without_hint(self, index: int) -> Colouring:
        return replace(self, hints=self.hints[:index] + self.hints[index + 1 :])


def check_count(hints: Sequence[Hint]) -> None:
    """Raise ValueError for strokes that nobody draws: they would fill the memory."""
    if sum(hint.count() for hint in hints) > MOST_DABS:
        raise ValueError("strokes of colour hints are too long for their radius")


def check_palette(code: Sequence[float], swatches: Sequence[tuple[int, int, int]]) -> None:
    """Raise ValueError where a palette's numbers are no colours."""
    if not all(abs(number) <= LARGEST for number in code):
        raise ValueError("a number of a palette is beyond any colour")
    if not all(0 <= level <= 255 for swatch in swatches for level in swatch):
        raise ValueError("a colour of a palette is none")


def history_lines(hints: tuple[Hint, ...]) -> list[str]:
    """Hints for a result's history: enough to paint it again."""
    if not hints:
        return []
    count = "1 colour hint" if len(hints) == 1 else f"{len(hints)} colour hints"
    lines = [f"{count} by hand (x, y, radius in pixels from the top left; Oklab a, b):"]
    for h in hints:
        lines.append(f"hint {h.x:.1f} {h.y:.1f} r {h.radius:.1f} a {h.a:+.4f} b {h.b:+.4f}")
        lines += [f"... drawn to {x:.1f} {y:.1f}" for x, y in h.path]
    return lines
