"""Raw frames of colour cameras: one colour a pixel behind a mosaic of filters, made three.

What was measured stays: each pixel keeps the sample of its own filter, and gets those of the two
other colours as the mean of the nearest ones (bilinear). Means never leave the range of what they
are means of, as sharper methods do around stars.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core.errors import UnreadableFrame
from astroview.core.fits_headers import CardProblem, integer, text
from astroview.core.frame import Source, Window
from astroview.core.lazy_dataclass import dataclass
from astroview.core.provenance import DEBAYERED
from astroview.core.texts import Text

if TYPE_CHECKING:
    from astropy.io import fits
    from numpy.typing import NDArray

PATTERN_CARDS = ("BAYERPAT", "COLORTYP", "CFAPAT", "CFATYPE")
PATTERNS = ("RGGB", "BGGR", "GRBG", "GBRG")
_NO_MOSAIC = (
    "", "NONE", "NO", "F", "FALSE", "0", "GREY", "GRAY", "MONO", "RGB", "COLOR", "COLOUR", "T",
    "TRUE", "UNKNOWN", "DEFAULT", "NORMAL", "LUM", "LUMINANCE",
)  # fmt: skip
_OTHERS = re.compile(r"X-?TRANS|[RGBCYMKWE]{4,}|[RGB]{36}")
_MARKS = re.compile(r"[\s'\";,:/_]+")  # that some write around and between letters
_BLOCK = 2**20  # pixels worked on at a time: some tens of megabytes
_NEAR = [(dy, dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)]


@dataclass(frozen=True)
class Mosaic:
    """The filters of a colour camera, counted from the top left pixel of the frame.

    Attributes
    ----------
    pattern
        As the header names it.
    colours
        0, 1, 2 for red, green, blue: of the pixels (0, 0), (0, 1), (1, 0), (1, 1) (row, column).
    """

    pattern: str
    colours: tuple[int, int, int, int]


def mosaic_of(header: fits.Header, height: int, name: str) -> Mosaic | None:
    """The filters that a header speaks of; None for frames of one colour.

    Patterns begin at the first row of the file, or where ROWORDER is BOTTOM-UP at the top row,
    which is the last; XBAYROFF and YBAYROFF move them. Raises UnreadableFrame for mosaics that are
    not of red, green and blue in twos.
    """
    pattern = _spoken(header)
    if _OTHERS.fullmatch(pattern) and pattern not in PATTERNS:
        raise not_understood(name, pattern)
    if pattern not in PATTERNS:
        return None
    across, down = _offset(header, "X"), _offset(header, "Y")
    if text(header, "ROWORDER").upper() != "BOTTOM-UP":
        down += height - 1  # row 0 of the file is the last one here, and rows count backwards
    colours = [
        "RGB".index(pattern[2 * ((y + down) % 2) + (x + across) % 2])
        for y in (0, 1)
        for x in (0, 1)
    ]
    return Mosaic(pattern, (colours[0], colours[1], colours[2], colours[3]))


def not_understood(name: str, pattern: str) -> UnreadableFrame:
    """The error for a mosaic that is not of red, green and blue in twos."""
    return UnreadableFrame(
        Text(
            "{name} is a raw frame of a colour camera with filters ({pattern}) that "
            "astroview cannot turn into colour",
            name=name,
            pattern=pattern,
        ),
        hint="Debayer it with the camera's or a stacking program first.",
    )


def unread(header: fits.Header) -> str:
    """What is to be said of a word for filters that is not understood; "" mostly."""
    pattern = _spoken(header)
    if not pattern or pattern in PATTERNS:
        return ""
    return f"Its header speaks of colour filters ({pattern}) in words that are not understood."


def _spoken(header: fits.Header) -> str:
    words = [_MARKS.sub("", text(header, keyword).upper()) for keyword in PATTERN_CARDS]
    return next((word for word in words if word not in _NO_MOSAIC), "")


def _offset(header: fits.Header, axis: str) -> int:
    for keyword in (f"{axis}BAYROFF", f"BAYOFF{axis}"):
        try:
            return integer(header, keyword)
        except CardProblem:
            continue
    return 0


@dataclass(frozen=True, eq=False)
class DebayeredSource:
    """The three colours (H, W, 3) of a mosaic (H, W); NaN where the pixel itself has no data."""

    mosaic: Source
    shape: tuple[int, int]
    colours: tuple[int, int, int, int]

    def read(self, window: Window, step: int) -> NDArray[np.float32]:
        out = np.empty((*window.sampled(step), 3), np.float32)
        rows = range(window.y, window.y + window.height, step)
        if not out.size:
            return out
        group = max(1, _BLOCK // (window.width * min(step, 3)))
        for start in range(0, len(rows), group):
            some = rows[start : start + group]
            colours = self._block(some, window) if step < 3 else self._sparse(some, window)
            out[start : start + len(some)] = colours
        return out

    def _block(self, rows: range, window: Window) -> NDArray[np.float32]:
        """Rows that follow each other closely: all pixels between them are made."""
        tall, top = rows[-1] - rows[0] + 1, rows[0]
        padded = self._padded(Window(top - 1, window.x - 1, tall + 2, window.width + 2))
        kinds = self._kinds(top, window.x)
        whole = interpolated(padded, kinds)
        return whole[:: rows.step, :: rows.step]

    def _sparse(self, rows: range, window: Window) -> NDArray[np.float32]:
        """Rows far from each other: of each, only its two neighbours are read."""
        columns = np.arange(0, window.width, rows.step)
        near = [self._padded(Window(y - 1, window.x - 1, 3, window.width + 2)) for y in rows]
        blocks = np.stack(near)[:, :, columns[:, None] + np.arange(3)]  # (rows, 3, columns, 3)
        out = np.empty((len(rows), len(columns), 3), np.float32)
        for py in {rows[0] % 2, rows[-1] % 2, (rows[0] + rows.step) % 2}:
            for px in (0, 1):
                some = np.ix_([y % 2 == py for y in rows], columns % 2 == px)
                patch = blocks[some[0][:, 0], :, :, :][:, :, some[1][0], :]
                kinds = self._kinds(py, window.x + px)
                out[some] = _centres(np.moveaxis(patch, 2, 1), kinds)
        return out

    def _kinds(self, y: int, x: int) -> NDArray[np.intp]:
        """The colours of the four pixels from one on, (2, 2)."""
        kinds = np.array(self.colours, np.intp).reshape(2, 2)
        return np.roll(kinds, (-(y % 2), -(x % 2)), (0, 1))

    def _padded(self, wanted: Window) -> NDArray[np.float32]:
        """A part of the mosaic; what lies outside the frame is NaN."""
        inside = wanted.clip(self.shape)
        block = np.full((wanted.height, wanted.width), np.nan, np.float32)
        top, left = inside.y - wanted.y, inside.x - wanted.x
        block[top : top + inside.height, left : left + inside.width] = self.mosaic.read(inside, 1)
        return block


def interpolated(padded: NDArray[np.float32], kinds: NDArray[np.intp]) -> NDArray[np.float32]:
    """Three colours (H, W, 3) of a mosaic (H + 2, W + 2) that has a pixel more on each side.

    `kinds` (2, 2) are the colours of the first pixels without the margin.
    """
    height, width = padded.shape[0] - 2, padded.shape[1] - 2
    known = np.isfinite(padded)
    values = np.where(known, padded, np.float32(0))
    out = np.empty((height, width, 3), np.float32)
    for py, px in ((0, 0), (0, 1), (1, 0), (1, 1)):

        def shifted(array: NDArray[Any], dy: int, dx: int, py: int = py, px: int = px) -> Any:
            return array[1 + py + dy : 1 + height + dy : 2, 1 + px + dx : 1 + width + dx : 2]

        own = shifted(padded, 0, 0)
        for colour in range(3):
            if kinds[py, px] == colour:
                out[py::2, px::2, colour] = own
                continue
            near = _neighbours(kinds, py, px, colour)
            total = sum(shifted(values, dy, dx) for dy, dx in near)
            count = sum(shifted(known, dy, dx).astype(np.float32) for dy, dx in near)
            with np.errstate(invalid="ignore", divide="ignore"):
                out[py::2, px::2, colour] = total / count
        out[py::2, px::2][~np.isfinite(own)] = np.nan
    return out


def _centres(patches: NDArray[np.float32], kinds: NDArray[np.intp]) -> NDArray[np.float32]:
    """Three colours of the middle pixel of patches (N, M, 3, 3); `kinds` begin at the middle."""
    known = np.isfinite(patches)
    values = np.where(known, patches, np.float32(0))
    own = patches[..., 1, 1]
    out = np.empty((*own.shape, 3), np.float32)
    for colour in range(3):
        if kinds[0, 0] == colour:
            out[..., colour] = own
            continue
        near = _neighbours(kinds, 0, 0, colour)
        total = sum(values[..., 1 + dy, 1 + dx] for dy, dx in near)
        count = sum(known[..., 1 + dy, 1 + dx].astype(np.float32) for dy, dx in near)
        with np.errstate(invalid="ignore", divide="ignore"):
            out[..., colour] = total / count
    out[~np.isfinite(own)] = np.nan
    return out


def _neighbours(kinds: NDArray[np.intp], y: int, x: int, colour: int) -> list[tuple[int, int]]:
    """The nearest pixels of a colour, all at one distance: two or four."""
    return [(dy, dx) for dy, dx in _NEAR if kinds[(y + dy) % 2, (x + dx) % 2] == colour]


def said_of(mosaic: Mosaic, name: str) -> str:
    """What a user is told who opens such a frame."""
    return (
        f"{name} is a raw frame of a colour camera ({mosaic.pattern}). It is shown debayered: each"
        " pixel measured one colour, the two others are means of its neighbours."
    )


def history_of(mosaic: Mosaic) -> str:
    """The line for the history of results."""
    return f"{DEBAYERED}: pattern {mosaic.pattern}, bilinear"
