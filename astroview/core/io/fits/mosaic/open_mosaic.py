"""A file's HDUs as one frame."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from astropy.io import fits

from astroview.core.errors import UnreadableFrame
from astroview.core.fits_headers import without_coordinates
from astroview.core.frame import Frame
from astroview.core.io.fits.fits_files import OpenFile, open_fits, opened, picture_of
from astroview.core.io.fits.mosaic.detector_mosaic import DetectorMosaic, sky_of
from astroview.core.io.fits.mosaic.detector_sections import placed
from astroview.core.io.fits.mosaic.mosaic_pieces import WAYS, Way, mosaic_name, pieces
from astroview.core.io.fits.mosaic.sky_grid import sky_grid
from astroview.core.io.fits.mosaic.sky_mosaic import sky_mosaic
from astroview.core.sky.pixel_cards import rule_for
from astroview.core.texts import Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from astropy.wcs import WCS

    from astroview.core.io.byte_stores import Store

_OF_A_PIECE = ("position", "first pixel", "section", "section of the detector")
MOSAIC = "MOSAIC"
_COMMENTARY = ("COMMENT", "HISTORY", "")


def open_mosaic(
    store: Store, path: Path, name: str, asked: Way | Literal["any"], max_bytes: int | None = None
) -> Frame:
    """The HDUs of a file as one frame, which is read lazily as its pieces are.

    Raises
    ------
    UnreadableFrame
        Fewer than two HDUs say where they lie, or what they say cannot be.
    """
    with opened(store) as (hdus, checked):
        found = list(checked)
        infos = [entry.info for entry in found]
        if asked == "any" and any(info.name.strip().upper() == MOSAIC for info in infos):
            return open_fits(store, path, name, MOSAIC, 0, max_bytes)  # an HDU of that name
        wanted: tuple[Way, ...] = WAYS if asked == "any" else (asked,)
        able: list[Way] = [one for one in wanted if len(pieces(infos, one)) > 1]
        if not able:
            raise _no_mosaic(store.name, asked)
        way = able[0]
        file = OpenFile(store, path, name, hdus, max_bytes)
        frames = tuple(
            picture_of(file, found[info.index], found[0], 0) for info in pieces(infos, way)
        )
    _check_alike(frames, store.name)
    frame = _by_detector(frames, store.name) if way == "iraf" else _by_sky(frames, store.name)
    return replace(frame, name=name, path=path, hdu=mosaic_name(way))


def _by_detector(frames: tuple[Frame, ...], name: str) -> Frame:
    laid = placed(frames, name)
    shape = (max(p.place[1].stop for p in laid), max(p.place[0].stop for p in laid))
    together = tuple(zip(frames, laid, strict=True))
    source = DetectorMosaic(together, shape)
    wcs = sky_of(together)
    if wcs is None and any(frame.wcs is not None for frame in frames):
        said = Text(
            "Mosaic of {count} HDUs by their sections of the detector. Each has a sky of its own,"
            " which the read-out tells.",
            count=len(frames),
        )
    else:
        said = Text("Mosaic of {count} HDUs by their sections of the detector.", count=len(frames))
    return _frame(frames, source, shape, wcs, said)


def _by_sky(frames: tuple[Frame, ...], name: str) -> Frame:
    grid = sky_grid(frames, name)
    said = Text(
        "Mosaic of {count} HDUs by their WCS: each place shows the nearest pixel of one of them.",
        count=len(frames),
    )
    return _frame(frames, sky_mosaic(frames, grid), grid.shape, grid.wcs, said)


def _frame(
    frames: Sequence[Frame],
    source: DetectorMosaic | object,
    shape: tuple[int, int],
    wcs: WCS | None,
    said: Text,
) -> Frame:
    first = frames[0]
    header = _common_header(frames)
    header["NAXIS"], header["NAXIS1"], header["NAXIS2"] = 2, shape[1], shape[0]
    if wcs is not None:
        wcs.pixel_shape = (shape[1], shape[0])
        header.update(wcs.to_header(relax=True))
    more = " ".join(dict.fromkeys(frame.note for frame in frames if frame.note))
    return replace(
        first, shape=shape, source=source, header=header, wcs=wcs, history=(str(said),),
        note=f"{said} {more}" if more else said, pieces=source,
    )  # fmt: skip


def _common_header(frames: Sequence[Frame]) -> fits.Header:
    """The cards that hold for every piece; comments and history are those of the first."""
    headers = [frame.header for frame in frames if frame.header is not None]
    kept = fits.Header()
    for card in without_coordinates(headers[0]).cards:
        word = card.keyword
        rule = rule_for(word, str(card.comment))
        of_all = all(word in header and header[word] == card.value for header in headers)
        if word in _COMMENTARY or (of_all and (rule is None or rule.kind not in _OF_A_PIECE)):
            kept.append(card, end=True)
    return kept


def _check_alike(frames: Sequence[Frame], name: str) -> None:
    """Refuse numbers that do not mean the same."""
    odd = next((f for f in frames if (f.unit, f.power) != (frames[0].unit, frames[0].power)), None)
    if odd is not None:
        raise UnreadableFrame(
            Text(
                "HDUs {one} and {two} of {name} have different units ({unit_1}, {unit_2})",
                one=frames[0].hdu,
                two=odd.hdu,
                name=name,
                unit_1=frames[0].unit or "-",
                unit_2=odd.unit or "-",
            ),
            hint="Open its images as frames instead.",
        )


def _no_mosaic(name: str, asked: Way | Literal["any"]) -> UnreadableFrame:
    needs = {
        "iraf": Text("That needs two or more images with DETSEC or CCDSEC in their headers."),
        "wcs": Text("That needs two or more images with sky coordinates in their headers."),
        "any": Text("That needs two or more images with sky coordinates, DETSEC or CCDSEC."),
    }
    return UnreadableFrame(Text("{name} cannot be shown as a mosaic", name=name), hint=needs[asked])
