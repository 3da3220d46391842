"""The one door for opening: any file to a Frame, by what is in it rather than by its suffix.

Each reader is imported when a file needs it: the window is up before astropy is loaded.
"""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from astroview.core.errors import UnreadableFrame
from astroview.core.frame import Window
from astroview.core.io.byte_stores import open_store, read_head
from astroview.core.io.fits.hdu_info import HduInfo
from astroview.core.io.fits.mosaic.mosaic_pieces import asked_mosaic
from astroview.core.io.other_formats import is_raw, refuse_others
from astroview.core.texts import Text
from astroview.core.unforeseen import reading

if TYPE_CHECKING:
    from astroview.core.frame import Frame
    from astroview.core.io.byte_stores import ReadProgress, Store

__all__ = ["FRAME_SUFFIXES", "HduInfo", "check_all_there", "describe",
           "frame_name", "is_frame_file", "list_hdus", "open_frame", "open_preview",
           "open_with_hdus"]  # fmt: skip

_FITS = (".fits", ".fit", ".fts", ".fz")
_XISF = (".xisf",)
_PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".avif", ".jxl")
_RAW_NAMES = (".dng", ".cr2", ".cr3", ".nef", ".arw", ".raf", ".orf", ".rw2", ".pef")
_PACKED = (".gz", ".bz2", ".xz", ".z", ".fz")
_FITS_NAMES = (*_FITS, *(suffix + packed for suffix in _FITS[:3] for packed in _PACKED))
_RAW = _RAW_NAMES if find_spec("rawpy") is not None else ()  # else folders leave them out
FRAME_SUFFIXES: tuple[str, ...] = (*_FITS_NAMES, *_XISF, *_PICTURES, *_RAW)

_FEW_PLANES = 8
_PICTURE_HEADS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"RIFF")
BANDS_SUFFIX = ".bands"
_BANDS = b'{"bands": ['  # what `band_sets` writes
_TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")


def open_frame(
    path: Path, hdu: int | str | None = None, plane: int = 0, max_bytes: int | None = None
) -> Frame:
    """Open a file as a frame.

    Parameters
    ----------
    path
        FITS (also tile-compressed, or packed as .gz .bz2 .xz .Z), XISF, TIFF, PNG, JPEG, WebP,
        AVIF, JPEG XL; raw photographs where the extra "raw" is installed.
    hdu
        Index or EXTNAME of a FITS HDU (TIFF: index of a series of pages; XISF: of an image, or
        its id). By default the first with a picture. ``"mosaic:wcs"``: all of them as one
        picture by their sky, ``"mosaic:iraf"``: by DETSEC (or CCDSEC) and DATASEC, ``"mosaic"``:
        by those where they are there, else by the sky.
    plane
        Index into the planes of a cube, all axes above the second taken together.
    max_bytes
        Memory and scratch that the file may take; by default what its size explains and the
        machine has free (see `astroview.core.memory_limits`).

    Raises
    ------
    UnreadableFrame
        The file is missing, empty, damaged or holds no picture; message and hint say so in
        plain words. `memory_limits.TooLarge`, one of its children, when it would take too much.
    """
    path = Path(path)
    if is_set(path):
        return _open_set(path)
    with reading(path):
        frame = _frame(*_recognise(path, None, max_bytes), path, hdu, plane, max_bytes)
    return frame if max_bytes is None else replace(frame, max_bytes=max_bytes)


def open_with_hdus(
    path: Path,
    hdu: int | str | None = None,
    plane: int = 0,
    progress: ReadProgress | None = None,
    max_bytes: int | None = None,
) -> tuple[Frame, tuple[HduInfo, ...]]:
    """`open_frame` and `list_hdus` in one go: a packed file is unpacked once.

    `progress` is told how much of a packed file is read, and may raise `Cancelled`.
    """
    if is_set(path):
        return _open_set(path), ()
    with reading(path):
        store, kind = _recognise(path, progress, max_bytes)
        frame = _frame(store, kind, path, hdu, plane, max_bytes)
        frame = frame if max_bytes is None else replace(frame, max_bytes=max_bytes)
        return frame, _hdus(store, kind) if frame.hdu is not None else ()


def open_preview(
    path: Path, hdu: int | None = None, plane: int = 0, progress: ReadProgress | None = None
) -> Frame:
    """A picture that `open_frame` finds too large, as a frame of the same size of which one pixel
    of each square was read, by strips (PNG, TIFF, JPEG, JPEG 2000).

    Raises UnreadableFrame where there is no such preview.
    """
    with reading(path):
        store, kind = _recognise(path, progress)
        if kind not in ("tiff", "picture"):
            raise UnreadableFrame(Text("{name} has no preview", name=path.name))
        from astroview.core.io.pictures.large_preview import preview

        return preview(store, path, frame_name(path), kind, hdu, plane, progress or _quiet)


def _quiet(done: int, of: int) -> None:
    """Nobody is told."""


def is_set(path: Path) -> bool:
    """Whether a file is one that `band_sets` wrote: the names of bands that make colour."""
    return path.suffix == BANDS_SUFFIX and read_head(path, len(_BANDS)) == _BANDS


def _open_set(path: Path) -> Frame:
    from astroview.core.bands.band_sets import open_set

    return open_set(path)


def _frame(
    store: Store,
    kind: str,
    path: Path,
    hdu: int | str | None,
    plane: int,
    max_bytes: int | None,
) -> Frame:
    name = frame_name(path)
    if kind == "fits":
        if asked := asked_mosaic(hdu):
            from astroview.core.io.fits.mosaic.open_mosaic import open_mosaic

            return open_mosaic(store, path, name, asked, max_bytes)
        from astroview.core.io.fits.fits_files import open_fits

        return open_fits(store, path, name, hdu, plane, max_bytes)
    if kind == "raw":
        from astroview.core.io.pictures.raw_photographs import open_raw

        return open_raw(store, path, name, max_bytes)
    if kind == "xisf":
        from astroview.core.io.xisf.xisf_files import open_xisf

        _only_plane(store.name, plane)
        return open_xisf(store, path, name, hdu, max_bytes)
    from astroview.core.io.pictures.avm_sky import with_avm

    series = _only_index(store.name, hdu)
    if kind == "tiff":
        from astroview.core.io.pictures.tiff_files import open_tiff

        return with_avm(open_tiff(store, path, name, series, plane, max_bytes), path)
    if series not in (None, 0):
        raise UnreadableFrame(
            Text("{name} has one picture only", name=store.name), hint="Leave the choice off."
        )
    from astroview.core.io.pictures.picture_files import open_picture

    return with_avm(open_picture(store, path, name, plane, max_bytes), path)


def check_all_there(path: Path) -> None:
    """Raise UnreadableFrame when a file is not a frame, or not yet written to its end."""
    with reading(path):
        store, kind = _recognise(path)
        if kind == "fits":
            from astroview.core.io.fits.fits_files import check_all_there as check_all_there_fits

            check_all_there_fits(store)
    frame = open_frame(path)
    frame.read(Window(frame.shape[0] - 1, 0, 1, frame.shape[1]))  # pixels, not only a header
    frame.read(Window(0, 0, 1, frame.shape[1]))


def list_hdus(path: Path, max_bytes: int | None = None) -> tuple[HduInfo, ...]:
    """What is in a file: HDUs, series of pages, or the one picture. Errors as `open_frame`."""
    with reading(path):
        return _hdus(*_recognise(path, None, max_bytes))


def _hdus(store: Store, kind: str) -> tuple[HduInfo, ...]:
    if kind == "fits":
        from astroview.core.io.fits.fits_files import fits_hdus

        return fits_hdus(store)
    if kind == "raw":
        from astroview.core.io.pictures.raw_photographs import raw_info

        return (raw_info(store),)
    if kind == "xisf":
        from astroview.core.io.xisf.xisf_files import xisf_images

        return xisf_images(store)
    if kind == "tiff":
        from astroview.core.io.pictures.tiff_files import tiff_series

        return tiff_series(store)
    from astroview.core.io.pictures.picture_files import picture_info

    return picture_info(store)


def frame_name(path: Path) -> str:
    """The name without its suffixes: `m31.fits.gz` is `m31`; a dot elsewhere stays."""
    name = path.name
    for suffix in sorted(FRAME_SUFFIXES, key=len, reverse=True):
        if name.lower().endswith(suffix) and len(name) > len(suffix):
            name = name[: -len(suffix)]
            return name[:-5] if name.lower().endswith(".fits") and len(name) > 5 else name
    return path.stem or name


def is_frame_file(path: Path) -> bool:
    """Whether the name looks like that of a frame (the file is not opened)."""
    return path.name.lower().endswith(FRAME_SUFFIXES)


def describe(path: Path) -> str:
    """What is in a file, for a person: HDUs, and of the frame it opens as, sky and stretch.

    Errors as `open_frame`, but a file with HDUs and no picture is described as well.
    """
    hdus = list_hdus(path)
    lines = [path.name, *(_hdu_line(hdu) for hdu in hdus)]
    try:
        frame = open_frame(path)
    except UnreadableFrame as problem:
        return "\n".join([*lines, f"  {problem.message}. {problem.hint}"])
    return "\n".join([*lines, *_frame_lines(frame)])


def _hdu_line(hdu: HduInfo) -> str:
    size = " x ".join(str(n) for n in hdu.shape[::-1])
    parts = (f"{hdu.index:>4}", f"{hdu.name or '-':<12}", f"{hdu.kind:<16}", size, hdu.dtype)
    return "  ".join(part for part in (*parts, _planes(hdu)) if part).rstrip()


def _planes(hdu: HduInfo) -> str:
    """What the planes of a cube are: all of a few, the ends of many."""
    names = hdu.plane_names
    if len(names) > _FEW_PLANES:
        return f"planes: {names[0]} .. {names[-1]}"
    return f"planes: {', '.join(names)}" if names else ""


def _frame_lines(frame: Frame) -> list[str]:
    from astroview.core.colour.stretch import auto_stretch
    from astroview.core.sky.wcs import format_sky, plate_scale, sky_at

    height, width = frame.shape
    colours = "colour" if frame.channels == 3 else "grey"
    place = "" if frame.hdu is None else f"HDU {frame.hdu}: "
    lines = [f"  opens as  {place}{width} x {height} pixels, {colours}, {frame.kind}"]
    if frame.note:
        lines.append(f"  note      {frame.note}")
    if frame.unit:
        lines.append(f"  unit      {frame.unit}")
    centre = sky_at(frame, (width - 1) / 2, (height - 1) / 2)
    if centre is not None and frame.wcs is not None:
        scale = plate_scale(frame.wcs)
        lines.append(f"  centre    {format_sky(*centre)}  ({centre[0]:.5f}, {centre[1]:+.5f} deg)")
        lines.append(f"  scale     {scale:.4g} arcsec per pixel")
    stretch = auto_stretch(frame)
    lines.append(f"  stretch   {stretch.kind} from {stretch.low:.6g} to {stretch.high:.6g}")
    return lines


def _recognise(
    path: Path, progress: ReadProgress | None = None, max_bytes: int | None = None
) -> tuple[Store, str]:
    """The file's bytes (unpacked) and what they are: "fits", "xisf", "raw", "tiff", "picture"."""
    store = open_store(path, progress, max_bytes)
    with store.open() as file:
        head = file.read(2880)
    if head.startswith(b"SIMPLE  ="):
        return store, "fits"
    if head.startswith(b"XISF0100"):
        return store, "xisf"
    if is_raw(path.name, head):
        return store, "raw"
    if head.startswith(_TIFF):
        return store, "tiff"
    _refuse_others(path.name, head)
    return store, "picture"


def _refuse_others(name: str, head: bytes) -> None:
    """Say what a file is instead, where that can be told from its first bytes."""
    refuse_others(name, head)
    if head.startswith(_PICTURE_HEADS) or not name.lower().endswith(_FITS_NAMES):
        return
    if b"\0" not in head and all(byte in b"\t\n\r\f" or byte >= 32 for byte in head):
        raise UnreadableFrame(
            Text("{name} is a text file, not FITS", name=name),
            hint="A download may have saved an error page instead; look into it with an editor.",
        )
    raise UnreadableFrame(
        Text("{name} does not begin like a FITS file", name=name), hint="Download or copy it again."
    )


def _only_plane(name: str, plane: int) -> None:
    if plane != 0:
        raise UnreadableFrame(
            Text("{name} has no plane {plane}", name=name, plane=plane),
            hint="Its images are chosen like HDUs.",
        )


def _only_index(name: str, hdu: int | str | None) -> int | None:
    if isinstance(hdu, str) and not hdu.isdecimal():
        raise UnreadableFrame(
            Text("{name} has no HDU {hdu}", name=name, hdu=hdu),
            hint="Only FITS files have named HDUs.",
        )
    return None if hdu is None else int(hdu)
