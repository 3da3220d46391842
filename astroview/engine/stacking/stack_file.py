"""A stack as a FITS file: samples, their errors, weights and frames, and how it came about."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from astropy.io import fits

from astroview import __version__
from astroview.core.atomic_write import is_one_of
from astroview.core.colour.stretch import auto_stretch
from astroview.core.errors import CannotSave
from astroview.core.frame import ArraySource, Frame
from astroview.core.io.fits.fits_choices import FitsChoices
from astroview.core.io.fits.fits_writer import append_plane, holding_of, write_fits
from astroview.core.io.save_file import check_place, saving
from astroview.core.messages.stack_messages import StackedFrame
from astroview.core.pixel_values import SCALE, VALUES, holding, told_by
from astroview.core.provenance import plain
from astroview.core.sky.wcs import rescaled_header, scaled_wcs
from astroview.core.texts import Text
from astroview.engine.stacking.context_plane import write_context
from astroview.engine.stacking.unfit_frames import exposure_time, file_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import BinaryIO

    from astroview.engine.stacking.stack_run import Stack, Taken

FITS_SUFFIXES = (".fits", ".fit", ".fts")
# Of one frame, and no longer true of many.
_OF_ONE = ("GAIN", "EGAIN", "RDNOISE", "READNOIS", "RON", "ENOISE", "NCOMBINE", "CHECKSUM",
           "DATASUM", "EXTNAME", "EXTVER")  # fmt: skip
_NAMED = 999  # inputs that have a card of their own
TABLE = "STACKED"
MADE = "stack: measured, combined from"  # of a history: how the line of a stack begins


def stack_frame(stack: Stack) -> Frame:
    """The stack as a frame: samples are means, and nothing of it was painted."""
    reference, choices = stack.reference, stack.choices
    header, dropped = rescaled_header(_header(reference), choices.scale, stack.shape)
    _add_cards(header, stack)
    hold = _hold(stack)
    if hold is not None:
        for keyword, value, comment in hold.cards():
            header[keyword] = (value, comment)
    lines = [*_history(stack)]
    if dropped:
        lines.append(f"cards that hold for one frame's pixels only, dropped: {', '.join(dropped)}")
    return Frame(
        name=f"{reference.name} stack",
        shape=stack.shape,
        channels=1,
        kind="linear",
        source=ArraySource(stack.planes["samples"]),
        full_scale=None,
        unit=reference.unit,
        header=header,
        wcs=scaled_wcs(reference.wcs, choices.scale, header),
        history=tuple(lines),
        note="",
    )


def save_stack(stack: Stack, path: Path) -> Path:
    """Write the stack; an existing file is replaced only when the new one is complete.

    The primary HDU holds the samples; SIGMA their standard deviation, WEIGHT one over the sky's
    variance of a reference pixel, COVERAGE the number of frames, CONTEXT which; the table STACKED
    has a row for each frame that was given.

    Raises
    ------
    CannotSave
        The name is no FITS name, or one of the frames'; or the disk refuses.
    """
    frames = (taken.exposure.frame.path for taken in stack.taken)
    check_target(path, [one for one in frames if one is not None])
    frame = stack_frame(stack)
    with saving(path) as file:
        write_fits(file, frame, auto_stretch(frame), FitsChoices(None, only_image=True))
        _write_planes(file, stack, frame)
        write_context(file, stack.context, _sky_cards(frame))
        _write_table(file, rows(stack))
    return path


def check_target(path: Path, given: Sequence[Path]) -> None:
    """Raise CannotSave where a stack cannot go: no FITS name, one of the files that were ``given``
    (those that cannot be read are the user's too), or a place where nothing can be written.
    """
    if path.suffix.lower() not in FITS_SUFFIXES:
        raise CannotSave(
            Text(
                "{name} names no FITS file; a stack has planes that pictures cannot hold",
                name=path.name,
            ),
            hint="End the name in .fits; open that file to save a picture of it.",
        )
    if is_one_of(path, given):
        raise CannotSave(
            Text("{name} is one of the frames, which astroview never overwrites", name=path.name),
            hint="Choose another name.",
        )
    check_place(path)


def rows(stack: Stack) -> tuple[StackedFrame, ...]:
    """What is to be known of each frame that was given, those of the stack first."""
    return (
        *(_row(taken, stack) for taken in stack.taken),
        *(StackedFrame(one.name, one.reason) for one in stack.refused),
    )


def _row(taken: Taken, stack: Stack) -> StackedFrame:
    exposure, (top, left) = taken.exposure, stack.offset
    dx, dy, turn, scale = exposure.placement.local(exposure.frame.shape)
    dx, dy = dx - left, dy - top
    middle_y, middle_x = (
        (there - here) / 2
        for there, here in zip(stack.base.shape, exposure.frame.shape, strict=True)
    )
    return StackedFrame(
        name=file_name(exposure.frame),
        dx=dx - middle_x,
        dy=dy - middle_y,
        rotation=turn,
        scale=scale,
        stars=exposure.placement.stars,
        rms=exposure.placement.rms,
        error=exposure.placement.error,
        light=exposure.light,
        noise=exposure.noise * exposure.unit,
        fwhm=exposure.stars.fwhm,
        ellipticity=exposure.stars.ellipticity,
        exposure_s=exposure_time(exposure.frame) or 0.0,
        rejected=taken.rejected,
        residual=taken.residual,
        is_reference=exposure.frame is stack.base,
    )


# ---------------------------------------------------------------- header


def _header(reference: Frame) -> fits.Header:
    header = fits.Header() if reference.header is None else reference.header.copy()
    for keyword in _OF_ONE:
        header.remove(keyword, ignore_missing=True, remove_all=True)
    return header


def _hold(stack: Stack) -> Any:
    """Sums or means, of pixels that may have been fine before."""
    told, base = told_by(stack.reference.header)
    scale = base * stack.choices.scale
    return holding(stack.reference.unit, scale, "auto", told) if scale > 1 else None


def _add_cards(header: fits.Header, stack: Stack) -> None:
    choices = stack.choices
    times = [exposure_time(taken.exposure.frame) for taken in stack.taken]
    rejected = float(np.mean([taken.rejected for taken in stack.taken]))
    for keyword in (VALUES, SCALE):
        header.remove(keyword, ignore_missing=True)
    header["NCOMBINE"] = (len(stack.taken), "frames combined")
    if all(times):
        header["TEXPTIME"] = (float(sum(t or 0.0 for t in times)), "[s] of all frames together")
    header["STKMETH"] = (choices.method, "how frames were combined")
    header["STKSCALE"] = (choices.scale, "times as fine as the reference's pixels")
    header["STKREF"] = (plain(file_name(stack.reference))[:60], "grid, sky level, unit")
    if choices.method == "likelihood":
        header["STKROUND"] = (stack.rounds, "rounds of the iteration")
    else:
        header["STKPIXFR"] = (choices.pixfrac, "drizzle: pixfrac")
        header["STKKERN"] = (choices.kernel, "drizzle: kernel")
    header["STKREJ"] = (float(f"{rejected:.4g}"), "share of pixels rejected")
    header["STKREFUS"] = (len(stack.refused), "frames that were not fit for it")
    if stack.filters:
        header["STKFILT"] = (plain(", ".join(stack.filters))[:60], "filters of the frames")
    for i, taken in enumerate(stack.taken[:_NAMED], start=1):
        header[f"IMCMB{i:03d}"] = plain(file_name(taken.exposure.frame))[:66]


def _history(stack: Stack) -> list[str]:
    choices, count = stack.choices, len(stack.taken)
    how = (
        f"most likely sky, {stack.rounds} rounds (Richardson 1972, Lucy 1974)"
        if choices.method == "likelihood"
        else f"drizzle, pixfrac {choices.pixfrac:g}, kernel {choices.kernel} (Fruchter & Hook 2002)"
    )
    said = [
        f"{MADE} {count} frames of one field by astroview {__version__}"
        + ("" if stack.noise_free else "; no model had a part"),
        f"combined on a grid {choices.scale} x as fine as that of "
        f"{plain(file_name(stack.reference))}: {how}",
        *(
            ["the grid covers all frames, not the reference's own pixels only"]
            if choices.extent == "union"
            else []
        ),
        "HDUs: SIGMA standard deviation, WEIGHT 1/variance of a reference pixel's sky,",
        "COVERAGE number of frames, CONTEXT which (a bit for each), STACKED a row for each given",
    ]
    before = stack.reference.header if stack.reference.header is not None else {}
    if stack.remark:
        said.append(stack.remark)
    if stack.noise_free:
        said += [stack.noise_free, "HDU MEASURED: the samples before; SIGMA is theirs"]
    if "EXPTIME" in before:
        said.append("numbers are those of one frame: EXPTIME is the reference's, not the sum")
    if gone := [keyword for keyword in _OF_ONE[:6] if keyword in before]:
        said.append(f"of one frame only, left out: {', '.join(gone)}; SIGMA tells the errors")
    said += [f"took no part: {plain(one.name)}: {plain(one.reason)}" for one in stack.refused[:50]]
    return said


# ---------------------------------------------------------------- planes and table


def _write_planes(file: BinaryIO, stack: Stack, frame: Frame) -> None:
    hold = holding_of(frame)
    bare = replace(frame, history=())
    squared = f"1/({frame.unit})2" if frame.unit else ""
    before = (("measured", "samples, no model had a part", frame.unit, hold),)
    for name, words, unit, kept in (
        *(before if stack.noise_free else ()),
        ("sigma", "standard deviation of the samples", frame.unit, hold),
        ("weight", "1/variance of a reference pixel's sky", squared, None),
        ("coverage", "number of frames", "", None),
    ):
        header = frame.header.copy() if frame.header is not None else fits.Header()
        for keyword in ("HISTORY", "BUNIT", VALUES, SCALE):
            header.remove(keyword, ignore_missing=True, remove_all=True)
        plane = replace(bare, source=ArraySource(stack.planes[name]), unit=unit, header=header)
        append_plane(file, plane, name.upper(), words, kept)


def _sky_cards(frame: Frame) -> fits.Header:
    """Where the pixels are on the sky, without the rest of a header."""
    return fits.Header() if frame.wcs is None else frame.wcs.to_header(relax=True)


def _with_id(reason: str) -> str:
    """A reason as JSON with its id and its parameters, so that any language can tell it."""
    return json.dumps(Text.of(reason).to_dict()) if reason else " "


def _write_table(file: BinaryIO, given: tuple[StackedFrame, ...]) -> None:
    long = max(len(plain(one.name)) for one in given)
    why = max(1, *(len(plain(one.reason)) for one in given))
    ids = [_with_id(one.reason) for one in given]
    columns = [
        fits.Column("NAME", f"{long}A", array=[plain(one.name) for one in given]),
        fits.Column("TAKEN", "L", array=np.array([not one.reason for one in given])),
        fits.Column("REASON", f"{why}A", array=[plain(one.reason) for one in given]),
        fits.Column("REASON_TEXT", f"{max(map(len, ids))}A", array=ids),
        fits.Column("STARS", "J", array=np.array([one.stars for one in given])),
    ]
    for name, unit in (
        ("DX", "pix"), ("DY", "pix"), ("ROTATION", "deg"), ("SCALE", ""), ("RMS", "pix"),
        ("ERROR", "pix"), ("LIGHT", ""), ("NOISE", ""), ("FWHM", "pix"), ("ELLIPTICITY", ""),
        ("EXPOSURE_S", "s"), ("REJECTED", ""), ("RESIDUAL", ""),
    ):  # fmt: skip
        values = np.array([getattr(one, name.lower()) for one in given], np.float64)
        columns.append(fits.Column(name, "D", unit=unit or None, array=values))
    table = fits.BinTableHDU.from_columns(columns, name=TABLE)
    table.header["COMMENT"] = "DX, DY: on the reference, rows from the top; LIGHT: over its light"
    cast("Any", table).add_checksum(when="HDU checksum")  # no date: same input, same bytes
    content = BytesIO()
    both: Any = fits.HDUList([fits.PrimaryHDU(), table])
    both.writeto(content)
    file.write(content.getvalue()[2880:])
