"""What a user says about the colours of a frame, as plain data: points, a palette, a picture.

Chroma is Oklab a and b (see `core.colour.colour_space`), whatever the lightness of the place:
hints never touch lightness.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

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
    """

    x: float
    y: float
    a: float
    b: float
    radius: float = 6.0


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
    """All that steers the colorizer on one frame; a reference stands above the palette."""

    palette: str = AUTO
    hints: tuple[Hint, ...] = ()
    reference: Reference | None = None

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
    return lines + [
        f"hint {h.x:.1f} {h.y:.1f} r {h.radius:.1f} a {h.a:+.4f} b {h.b:+.4f}" for h in hints
    ]
