"""HDUs beside one another as they lie on their detector: every sample is the file's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from astropy.wcs import Sip

from astroview.core.frame import Frame, PiecePlace, Window
from astroview.core.io.fits.mosaic.put_together import (
    MosaicPart,
    put_together,
    read_float,
    read_stored,
)
from astroview.core.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from astropy.wcs import WCS
    from numpy.typing import NDArray

    from astroview.core.io.fits.mosaic.detector_sections import Placed, Span
    from astroview.core.io.fits.mosaic.put_together import Reader

_SAME = 1.0  # pixel: skies of pieces that agree so well are one sky


@dataclass(frozen=True, eq=False)
class DetectorMosaic:
    """Pieces laid out by `detector_sections`, as a source of (H, W), row 0 on top."""

    pieces: tuple[tuple[Frame, Placed], ...]
    shape: tuple[int, int]

    def read(self, window: Window, step: int) -> NDArray[np.float32]:
        return put_together(window.sampled(step), self._parts(window, step, read_float))

    def read_exact(self, window: Window, step: int) -> NDArray[Any]:
        return put_together(window.sampled(step), self._parts(window, step, read_stored))

    def place_of(self, y: int, x: int) -> PiecePlace | None:
        """The HDU and pixel that (y, x) of the mosaic is, row 0 on top; None for gaps."""
        up = self.shape[0] - 1 - y
        for frame, laid in self.pieces:
            across = _pixel(laid.part[0], laid.place[0], x)
            along = _pixel(laid.part[1], laid.place[1], up)
            if across is not None and along is not None:
                return PiecePlace(frame, frame.shape[0] - 1 - along, across)
        return None

    def _parts(self, window: Window, step: int, read: Reader) -> Iterator[MosaicPart]:
        for frame, laid in self.pieces:
            across = _sampled(laid.part[0], laid.place[0], window.x, window.width, step)
            part = _from_top(laid.part[1], frame.shape[0])
            place = _from_top(laid.place[1], self.shape[0])
            down = _sampled(part, place, window.y, window.height, step)
            if across is None or down is None:
                continue
            rows, y, tall = down
            columns, x, wide = across
            samples = read(frame, Window(y, x, tall, wide), step)
            turns = [laid.place[1].turned, laid.place[0].turned]
            samples = samples[tuple(slice(None, None, -1 if turn else 1) for turn in turns)]
            yield MosaicPart(rows, columns, samples)


def _from_top(span: Span, height: int) -> Span:
    """Rows counted from the top that were counted from the bottom."""
    return type(span)(height - span.stop, height - span.start, span.turned)


def _sampled(
    part: Span, place: Span, start: int, length: int, step: int
) -> tuple[slice, int, int] | None:
    """Along one axis: which samples of a window a piece has, and what is to be read of it.

    Returns the samples, the first pixel of the HDU, and how many pixels from there.
    """
    first = max(0, -(-(place.start - start) // step))
    last = min((min(start + length, place.stop) - 1 - start) // step, (length - 1) // step)
    if last < first or length <= 0:
        return None
    low, high = start + first * step - place.start, start + last * step - place.start
    if place.turned:
        low, high = place.length - 1 - high, place.length - 1 - low
    return slice(first, last + 1), part.start + low, high - low + 1


def _pixel(part: Span, place: Span, at: int) -> int | None:
    """The pixel of the HDU that a pixel of the mosaic is, along one axis."""
    if not place.start <= at < place.stop:
        return None
    within = at - place.start
    return part.start + (place.length - 1 - within if place.turned else within)


def sky_of(pieces: Sequence[tuple[Frame, Placed]]) -> WCS | None:
    """The coordinates of the first piece, for the mosaic; None where another's do not go on so."""
    frame, laid = pieces[0]
    wcs = None if frame.wcs is None else _moved(frame.wcs, laid)
    if wcs is None or not all(_agrees(wcs, *piece) for piece in pieces):
        return None
    return wcs


def _moved(wcs: WCS, laid: Placed) -> WCS | None:
    """Coordinates of an HDU for pixels of the mosaic; None where look-up tables are in them."""
    if any(getattr(wcs, name) is not None for name in ("cpdis1", "cpdis2", "det2im1", "det2im2")):
        return None
    signs, offsets = _to_piece(laid)
    moved = wcs.deepcopy()
    turn, increments = wcs.wcs.get_pc(), wcs.wcs.get_cdelt()
    if moved.wcs.has_cd():
        del moved.wcs.cd  # its content is in get_pc
    if moved.wcs.has_crota():
        del moved.wcs.crota
    moved.wcs.crpix = (wcs.wcs.crpix - 1 - offsets) * signs + 1
    moved.wcs.pc, moved.wcs.cdelt = turn * signs[None, :], increments
    if wcs.sip is not None:
        moved.sip = _moved_sip(wcs.sip, signs, offsets)
    moved.pixel_shape = None
    moved.wcs.set()
    return moved


def _to_piece(laid: Placed) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Signs and offsets: pixel of the HDU = sign x pixel of the mosaic + offset, from 0."""
    signs, offsets = np.ones(2), np.zeros(2)
    for axis, (part, place) in enumerate(zip(laid.part, laid.place, strict=True)):
        signs[axis] = -1 if place.turned else 1
        first = part.start + (place.length - 1 if place.turned else 0)
        offsets[axis] = first - signs[axis] * place.start
    return signs, offsets


def _moved_sip(sip: Any, signs: NDArray[np.float64], offsets: NDArray[np.float64]) -> Any:
    def terms(given: NDArray[np.float64] | None, axis: int) -> NDArray[np.float64] | None:
        if given is None:
            return None
        i, j = np.indices(given.shape)
        return given * signs[axis] * signs[0] ** i * signs[1] ** j

    parts = (terms(sip.a, 0), terms(sip.b, 1), terms(sip.ap, 0), terms(sip.bp, 1))
    return Sip(*parts, (sip.crpix - 1 - offsets) * signs + 1)


def _agrees(wcs: WCS, frame: Frame, laid: Placed) -> bool:
    """Whether the corners and the centre of a piece are where the mosaic's coordinates say."""
    if frame.wcs is None:
        return False
    signs, offsets = _to_piece(laid)
    x, y = laid.place
    some = np.array([[x.start + s * (x.length - 1), y.start + t * (y.length - 1)]
                     for s in (0.0, 0.5, 1.0) for t in (0.0, 0.5, 1.0)])  # fmt: skip
    with np.errstate(all="ignore"):
        there = np.asarray(frame.wcs.all_pix2world(some * signs + offsets, 0))
        also = np.asarray(wcs.all_pix2world(some, 0))
    apart = np.abs((there - also + 180) % 360 - 180)
    apart[:, wcs.wcs.lng] *= np.cos(np.deg2rad(there[:, wcs.wcs.lat]))
    side = np.sqrt(abs(np.linalg.det(wcs.pixel_scale_matrix)))
    return bool(np.nanmax(apart) <= _SAME * side) and bool(np.isfinite(apart).all())
