"""What a user says about the colours of a frame, as plain data: points, a palette, a picture.

Chroma is Oklab a and b (see `core.colour.colour_space`), whatever the lightness of the place:
hints never touch lightness.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, hypot

AUTO = "auto"
CODE_LENGTH = 24  # numbers of a palette code


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

    def moved_to(self, x: float, y: float) -> Hint:
        """The same hint, all of its stroke, elsewhere."""
        path = tuple((px + x - self.x, py + y - self.y) for px, py in self.path)
        return replace(self, x=x, y=y, path=path)

    def drawn_to(self, x: float, y: float) -> Hint:
        """The stroke gone on with."""
        return replace(self, path=(*self.path, (x, y)))

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
