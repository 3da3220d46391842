"""Bands of one field: which filter each is, which channel it goes to, and one grid for all."""

from __future__ import annotations

from dataclasses import replace
from math import log
from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core.bands.filters import KEYWORDS, filter_in_header, filter_in_name, wavelength
from astroview.core.errors import AstroviewError
from astroview.core.fits_headers import integer, text
from astroview.core.frame import Frame, Source, StackSource, Window
from astroview.core.io.open_file import list_hdus, open_frame
from astroview.core.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

CHANNELS = ("red", "green", "blue")
Picks = tuple[int, ...]  # bands of a channel, by their place in the list; several: their mean


class BandsDoNotMatch(AstroviewError):
    """Frames are no bands of one field."""


@dataclass(frozen=True)
class Band:
    """A frame and the filter it was taken through; `nm` is None when nobody knows."""

    frame: Frame
    name: str
    nm: float | None

    @property
    def label(self) -> str:
        """For lists: ``F606W · 606 nm``."""
        return f"{self.name} · {self.nm:.0f} nm" if self.nm else self.name


@dataclass(frozen=True)
class Assignment:
    """Which bands make red, green and blue."""

    red: Picks
    green: Picks
    blue: Picks

    @property
    def channels(self) -> tuple[Picks, Picks, Picks]:
        return self.red, self.green, self.blue


@dataclass(frozen=True, eq=False)
class MeanSource:
    """The mean of several sources of one shape."""

    sources: tuple[Source, ...]

    def read(self, window: Window, step: int) -> NDArray[np.float32]:
        total = self.sources[0].read(window, step)
        for source in self.sources[1:]:
            total = total + source.read(window, step)
        return (total / np.float32(len(self.sources))).astype(np.float32)


def identify(frame: Frame) -> Band:
    """The band of a grey frame, from its header, else from its file's name."""
    stem = frame.path.name if frame.path else frame.name
    name, nm = "", None
    if frame.header is not None:
        name = _plane_name(frame)
        nm = wavelength(name, stem) if name else None
        if nm is None:
            name, nm = filter_in_header(frame.header, stem)
    if nm is None:
        in_name, nm = filter_in_name(frame.name)
        name = in_name or name
    return Band(frame, name or frame.name, nm)


def identify_all(frames: Sequence[Frame]) -> list[Band]:
    """The bands of frames of one field; where headers say the same of all, names decide."""
    bands = [identify(frame) for frame in frames]
    if len({band.nm for band in bands}) == len(bands):
        return bands
    named = [filter_in_name(frame.name) for frame in frames]
    if None in (nm for _, nm in named) or len({nm for _, nm in named}) < len(bands):
        return bands
    return [Band(f, name, nm) for f, (name, nm) in zip(frames, named, strict=True)]


def _plane_name(frame: Frame) -> str:
    """What the header of a cube calls this plane (Legacy Surveys: BANDS = 'grz')."""
    assert frame.header is not None
    if integer(frame.header, "NAXIS", 2) < 3:
        return ""
    bands = text(frame.header, "BANDS").replace(",", "")
    if one := text(frame.header, f"BAND{frame.plane}"):
        return one
    return bands[frame.plane] if frame.plane < len(bands) and len(bands) > 1 else ""


def bands_in(path: Path) -> list[Band]:
    """Every band of a file: its image HDUs, or the planes of a cube. Raises UnreadableFrame."""
    first = open_frame(path)
    if first.channels == 3:
        return []
    images = [h for h in list_hdus(path) if h.is_image and h.channels == 1]
    shown = next((h for h in images if h.index == first.hdu), None)
    if shown is not None and 1 < shown.planes <= 12:
        return [identify(open_frame(path, shown.index, i)) for i in range(shown.planes)]
    alike = [h for h in images if h.planes == 1 and h.shape[-2:] == first.shape]
    if len(alike) < 2:
        return [identify(first)]
    found = [identify(open_frame(path, h.index)) for h in alike]
    named = [replace(b, name=h.name) if b.nm is None and h.name else b
             for b, h in zip(found, alike, strict=True)]  # fmt: skip
    known = [b if b.nm else replace(b, nm=wavelength(b.name)) for b in named]
    return known if len({b.nm for b in known}) == len(known) else [identify(first)]


def assign(bands: Sequence[Band]) -> Assignment:
    """Long to red, short to blue, the one between them to green; of two, green is the mean.

    Bands of unknown wavelength count as in order from short to long.
    """
    if len(bands) < 2:
        raise BandsDoNotMatch("colour needs two bands at least", "Open more bands of the field.")
    known = all(band.nm for band in bands)
    order = sorted(range(len(bands)), key=lambda i: bands[i].nm or 0.0) if known else None
    order = order or list(range(len(bands)))
    blue, red = order[0], order[-1]
    if len(order) == 2:
        return Assignment((red,), (blue, red), (blue,))
    if not known:
        return Assignment((red,), (order[len(order) // 2],), (blue,))
    middle = (log(bands[blue].nm or 1) + log(bands[red].nm or 1)) / 2
    green = min(order[1:-1], key=lambda i: abs(log(bands[i].nm or 1) - middle))
    return Assignment((red,), (green,), (blue,))


def same_field(one: Frame, other: Frame) -> bool:
    """Whether two frames show one field: they overlap on the sky, or have one shape.

    By shape only where neither has coordinates.
    """
    if one.channels != 1 or other.channels != 1 or one.chroma or other.chroma:
        return False
    if one.wcs is None or other.wcs is None:
        return one.wcs is other.wcs and one.shape == other.shape and one.kind == other.kind
    from astroview.core.bands.reproject_bands import overlap

    return overlap(one, other) > 0.25


def offer(frames: Sequence[Frame], chosen: Frame) -> list[Band]:
    """The bands among frames that would make a colour picture with the chosen one.

    One band for each wavelength; [] unless there are two whose filters are known.
    """
    fellows = [frame for frame in frames if frame is not chosen and same_field(chosen, frame)]
    found: dict[int, Band] = {}
    for band in identify_all([chosen, *fellows]):
        if band.nm is not None:
            found.setdefault(round(band.nm), band)
    mine = any(band.frame is chosen for band in found.values())
    return [found[nm] for nm in sorted(found)] if mine and len(found) > 1 else []


def compose_bands(
    bands: Sequence[Band],
    channels: Assignment,
    folder: Path,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> Frame:
    """A colour frame of three channels on one grid, in native units.

    Parameters
    ----------
    folder
        Where bands that have to be reprojected are kept (.npy); must outlive the frame.
    progress
        Called with (done, of); may raise Cancelled.

    Raises
    ------
    BandsDoNotMatch
        The bands have neither a common sky nor a common shape.
    """
    from astroview.core.bands.reproject_bands import register

    used = sorted({i for picks in channels.channels for i in picks})
    grid = register([bands[i].frame for i in used], folder, progress)
    place = {band: at for at, band in enumerate(used)}
    sources = tuple(_joined([grid.sources[place[i]] for i in picks]) for picks in channels.channels)
    lines = [
        f"{colour} from {' + '.join(_told(bands[i]) for i in picks)}"
        for colour, picks in zip(CHANNELS, channels.channels, strict=True)
    ]
    reference = grid.reference
    return Frame(
        name=common_name([bands[i] for i in used]),
        shape=reference.shape,
        channels=3,
        kind=reference.kind,
        source=StackSource(sources),
        full_scale=reference.full_scale,
        unit=reference.unit if len({b.frame.unit for b in bands}) == 1 else "",
        header=_common_header(reference),
        wcs=reference.wcs,
        history=("colour composed from bands", *lines, *grid.history),
        made_from=tuple(dict.fromkeys(p for i in used for p in bands[i].frame.originals)),
    )


def _joined(sources: list[Source]) -> Source:
    return sources[0] if len(sources) == 1 else MeanSource(tuple(sources))


def _told(band: Band) -> str:
    file = band.frame.path.name if band.frame.path else band.frame.name
    where = f"[{band.frame.hdu}]" if band.frame.hdu else ""
    plane = f" plane {band.frame.plane}" if band.frame.plane else ""
    return f"{band.label.replace(' · ', ' ')} ({file}{where}{plane})"


def common_name(bands: Sequence[Band]) -> str:
    """What the names have in common, and the filters from red to blue."""
    names = [band.frame.name for band in bands]
    alike = [len(set(letters)) == 1 for letters in zip(*names, strict=False)]
    start = names[0][: alike.index(False) if False in alike else len(alike)]
    start = start[: max(start.rfind(c) for c in "_-. ") + 1].rstrip("_-. ") or start
    filters = "-".join(band.name for band in sorted(bands, key=lambda b: -(b.nm or 0.0)))
    return f"{start} {filters}" if len(start) > 2 else filters


def _common_header(reference: Frame) -> Any:
    """The reference's header without what holds for its own band only."""
    if reference.header is None:
        return None
    header = reference.header.copy()
    for keyword in (*KEYWORDS, "EXTNAME", "BANDS", "PHOTFLAM", "PHOTPLAM", "PHOTZPT", "MAGZP"):
        header.remove(keyword, ignore_missing=True, remove_all=True)
    return header
