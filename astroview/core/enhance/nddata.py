"""Astropy's NDData and CCDData: as frames, and as results of their own kind.

Their arrays have the bottom row first, as FITS does. What cannot be carried over to a finer grid
is dropped, and the result's meta says why.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from astropy import units
from astropy.io import fits
from astropy.nddata import CCDData, NDData
from astropy.wcs import WCS

from astroview.core import provenance
from astroview.core.enhance.array_input import frame_from_array
from astroview.core.errors import UnreadableFrame
from astroview.core.fits_cards import add_history, card
from astroview.core.io.file_flags import MOST
from astroview.core.io.fits.colour_filter_array import PATTERN_CARDS, mosaic_of
from astroview.core.io.fits.value_cards import divided
from astroview.core.library_warnings import collected_warnings
from astroview.core.pixel_values import MARK, Holding, holding, told_by
from astroview.core.sky.pixel_cards import dropped_line
from astroview.core.sky.wcs import rescaled_header, scaled_wcs
from astroview.core.texts import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

    from numpy.typing import NDArray

    from astroview.core.enhance.enhanced import Enhanced
    from astroview.core.frame import Frame

_DROPPED = {
    "uncertainty": "the fine pixels of one input pixel share its measurement, so their errors are "
    "correlated and not known singly; their mean has the input's uncertainty",
    "psf": "it is sampled on the input's pixels",
    "wcs": "only celestial FITS coordinates can be rescaled",
}
_NOISE_FREE = "the noise was left out, so the input's uncertainty is not that of the result"


def frame_from_nddata(data: NDData, data_quality: bool = True) -> Frame:
    """A two-dimensional NDData as a linear frame; masked samples are "no data", and with
    ``data_quality`` those whose uncertainty is 0, negative or no number.

    Raises UnreadableFrame when it is of another shape, or its meta says that it is a raw frame of
    a colour camera: sharpened as grey, its mosaic would become a chequerboard.
    """
    samples = np.asarray(data.data)
    if samples.ndim != 2:
        raise UnreadableFrame(
            Text(
                "A {name} of {ndim} dimensions is not a picture",
                name=type(data).__name__,
                ndim=samples.ndim,
            ),
            hint="Slice a plane of it first.",
        )
    _refuse_mosaic(data, samples.shape[0])
    mask = _full(False if data.mask is None else data.mask, samples.shape)
    if data_quality:
        mask = mask | _without_error(data, samples.shape)
    if mask.any():
        samples = np.ma.array(samples, mask=mask)
    return frame_from_array(samples, "lower", "linear", str(data.unit or ""))


def _refuse_mosaic(data: NDData, height: int) -> None:
    name = f"This {type(data).__name__}"
    told = {k.upper(): str(v) for k, v in dict(data.meta or {}).items() if isinstance(k, str)}
    words = {k: told[k] for k in PATTERN_CARDS if k in told and told[k].isprintable()}
    mosaic = mosaic_of(fits.Header(list(words.items())), height, name)
    if mosaic is not None:
        raise UnreadableFrame(
            Text(
                "{name} is a raw frame of a colour camera ({pattern}): each of its pixels "
                "measured one colour, and it is not grey",
                name=name,
                pattern=mosaic.pattern,
            ),
            hint="Give the file itself, which is debayered when it opens, or an array (H, W, 3) of"
            " its colours. If it was debayered before, take the mosaic's card out of its meta.",
        )


def _without_error(data: NDData, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Where an uncertainty says that nothing was measured; nowhere if it says so of more than
    half: then it was left empty.
    """
    held = getattr(data.uncertainty, "array", None)
    if held is None or np.shape(held) != shape:
        return np.zeros(shape, np.bool_)
    errors = np.asarray(held, np.float64)
    with np.errstate(invalid="ignore"):
        bad = ~(np.isfinite(errors) & (errors > 0))
    return bad if bad.mean() <= MOST else np.zeros(shape, np.bool_)


def rescaled(data: NDData, result: Frame, samples: NDArray[np.float32], scale: int) -> NDData:
    """An NDData of the same class for a result on a grid finer by ``scale``.

    ``samples`` has the bottom row first and the unit of ``data``; they are means, and become
    sums where the unit counts per pixel (see `pixel_values`; the result's options can say
    otherwise). The mask, and the flags of a CCDData, are repeated; WCS and the pixel scales in
    the meta are rescaled; the meta says what was done and what was dropped.
    """
    hold, divisor = _holding(data, result, scale)
    samples = samples if divisor == 1 else samples / np.float32(divisor)
    wcs = _finer_wcs(data.wcs, scale)
    kept = {"wcs": wcs, "psf": None, "uncertainty": None}
    dropped = [n for n in kept if kept[n] is None and getattr(data, n, None) is not None]
    free = provenance.is_noise_free(result.history)
    why = _DROPPED | ({"uncertainty": _NOISE_FREE} if free else {})
    notes = [f"{name} dropped: {why[name]}" for name in dropped]
    mask = (
        None
        if data.mask is None
        else _finer(_full(data.mask, np.shape(cast("Any", data.data))), scale)
    )
    made = type(data)(
        samples,
        mask=mask,
        wcs=wcs,
        unit=data.unit,
        meta=_meta(data.meta or {}, result, notes, scale, hold, divisor),
    )
    if (flags := getattr(data, "flags", None)) is not None and isinstance(flags, np.ndarray):
        cast("Any", made).flags = _finer(flags, scale)
    return made


def ccddata_of(made: Enhanced) -> CCDData:
    """What `Enhanced.ccddata` gives: a CCDData of its input, rescaled as one that was given is."""
    before = made.before or made.frame
    if made.samples.ndim != 2:
        raise UnreadableFrame(
            "A colour picture is no CCDData", hint="Take its samples, or a channel of them."
        )
    rows = made.samples if made.origin == "lower" else made.samples[::-1]
    unit = made.unit or units.dimensionless_unscaled
    meta = before.header.copy() if before.header is not None else None
    given = CCDData(np.zeros(before.shape, np.uint8), unit=unit, wcs=before.wcs, meta=meta)
    fine = cast("CCDData", rescaled(given, made.frame, rows, made.scale))
    fine.mask = ~np.isfinite(rows)
    return fine


def _full(mask: Any, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    return np.broadcast_to(np.asarray(mask, bool), shape)


def _finer(plane: NDArray[Any], scale: int) -> NDArray[Any]:
    return plane.repeat(scale, 0).repeat(scale, 1)


def _finer_wcs(wcs: Any, scale: int) -> WCS | None:
    low = getattr(wcs, "low_level_wcs", wcs)  # NDData wraps what it is given
    if not isinstance(low, WCS) or low.naxis != 2 or not low.has_celestial:
        return None
    with collected_warnings():
        return scaled_wcs(low, scale)


def _holding(data: NDData, result: Frame, scale: int) -> tuple[Holding, float]:
    """What the result is to hold, and by what its means are divided.

    An array that itself holds sums, of pixels finer than those measured, is divided by its own
    refinement only.
    """
    meta: Any = data.meta or {}
    kept, base = told_by(meta)
    wanted = result.made.options.values if result.made else "auto"
    hold = holding(str(data.unit or ""), base * scale, wanted, kept)
    return hold, hold.divisor / (base**2 if kept == "sum" else 1)


def _meta(
    meta: Any, result: Frame, notes: list[str], scale: int, hold: Holding, divisor: float
) -> Mapping[str, Any] | fits.Header:
    """A copy of the meta, its pixel scales divided, with provenance: FITS cards stay cards."""
    part = "samples" if hold.scale > 1 else "picture"
    cards = [*provenance.ai_cards(result, part), *(card(*parts) for parts in hold.cards())]
    if isinstance(meta, fits.Header):
        header, dropped = rescaled_header(meta, scale, result.shape)
        header, changed = divided(header, divisor)
        for one in cards:
            header[one.keyword] = (one.value, one.comment)
        add_history(header, _lines(result, notes, dropped, hold, changed))
        return header
    plain: MutableMapping[str, Any] = deepcopy(meta)
    values, dropped, changed = _scaled_numbers(meta, scale, result.shape, divisor)
    plain.update(values)
    for key in dropped:
        plain.pop(key, None)
    plain.update({str(one.keyword): one.value for one in cards})
    before = [str(plain["HISTORY"])] if "HISTORY" in plain else []
    lines = _lines(result, notes, dropped, hold, changed)
    plain["HISTORY"] = " ".join([*before, *(f"{line.rstrip('.')}." for line in lines)])
    return plain


def _lines(
    result: Frame,
    notes: list[str],
    dropped: tuple[str, ...],
    hold: Holding,
    changed: tuple[str, ...],
) -> tuple[str, ...]:
    more = [f"{MARK}changed with them: {', '.join(changed)}"] if changed else []
    return (*result.history, *dropped_line(dropped), *notes, *hold.why, *more)


def _scaled_numbers(
    meta: Mapping[str, Any], scale: int, shape: tuple[int, int], divisor: float
) -> tuple[Mapping[str, Any], tuple[str, ...], tuple[str, ...]]:
    """The entries of a plain meta that count pixels or tell samples, as FITS keywords of those
    names would; those that were dropped; those that were divided.
    """
    numbers = {
        key: value
        for key, value in meta.items()
        if isinstance(value, int | float | str)
        and (key.isascii() and len(key) <= 8 and key.isupper())
        and key not in ("HISTORY", "COMMENT")
    }
    with collected_warnings():
        before = fits.Header(list(numbers.items()))
        after, dropped = rescaled_header(before, scale, shape)
        after, changed = divided(after, divisor)
    values = {key: after[key] for key in numbers if key in after and after[key] != before[key]}
    return values, dropped, changed
