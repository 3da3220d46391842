"""What the tags of a TIFF page say of its samples (TIFF 6.0 and its supplements)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core.colour.colour_profiles import (
    D65,
    SRGB_PRIMARIES,
    Profile,
    profile_of,
    read_profile,
)
from astroview.core.colour.colour_space import decode_srgb
from astroview.core.errors import UnreadableFrame
from astroview.core.io.pictures.picture_files import full_scale
from astroview.core.io.pictures.sample_meaning import COLOURS, Meaning, Model
from astroview.core.texts import Text

if TYPE_CHECKING:
    from numpy.typing import NDArray

WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, PALETTE, MASK, CMYK, YCBCR = range(7)
_MODELS: dict[int, Model] = {
    WHITE_IS_ZERO: "grey", BLACK_IS_ZERO: "grey", RGB: "rgb", PALETTE: "grey", MASK: "grey",
    CMYK: "cmyk", YCBCR: "rgb", 8: "cielab", 9: "icclab",
}  # fmt: skip
_ASSOCIATED, _UNASSOCIATED = 1, 2
_CMYK_INKS = 1
_INDEXED, _TRANSFER = 346, 301  # tags
_REFUSED = {
    10: ("its colours are ITU L*a*b* of a fax machine", "Save it as RGB."),
    32803: (
        "it holds the raw samples of a colour camera, one colour a pixel",
        "Develop it with a raw converter, or save it as FITS with the card BAYERPAT.",
    ),
    32844: ("its samples are logarithms of light (LogL)", "Save it as 32-bit floating point."),
    32845: ("its samples are logarithms of light (LogLuv)", "Save it as 32-bit floating point."),
    34892: ("it holds the linear samples of a camera's own colours", "Develop it first."),
}


def meaning_of(page: Any, name: str) -> tuple[Meaning, str]:
    """What the samples of a page mean, and what is to be said of them ("" mostly).

    Raises UnreadableFrame for kinds of samples that are not understood here.
    """
    photometric = int(page.photometric)
    model = _MODELS.get(photometric)
    if model is None:
        raise _refused(name, photometric)
    _check_samples(page, name)
    _check_inks(page, name, model)
    scale = _full_scale(page)
    palette = _palette(page, name) if photometric == PALETTE else None
    if palette is not None:
        scale = 255.0 if palette.dtype == np.uint8 else 65535.0
    profile, said = _profile(page, name, model, scale)
    alpha, associated = _alpha(page, model)
    meaning = Meaning(
        model=model,
        full_scale=scale,
        extra=page.samplesperpixel - COLOURS[model],
        alpha=alpha,
        associated=associated,
        inverted=photometric == WHITE_IS_ZERO and scale is not None,
        palette=None if palette is None else palette.astype(np.float32),
        no_data=_no_data(page),
        profile=profile,
    )
    if photometric == WHITE_IS_ZERO and scale is None:
        said = f"{name} says that 0 is white; its samples are measurements and stay. {said}".strip()
    return meaning, said


def bands_of(page: Any) -> int:
    """How many greys a pixel has of which nobody says what they are; 1 mostly."""
    if int(page.photometric) not in (WHITE_IS_ZERO, BLACK_IS_ZERO):
        return 1
    alpha, _ = _alpha(page, "grey")
    return page.samplesperpixel - (alpha is not None)


def _full_scale(page: Any) -> float | None:
    bits = page.bitspersample
    bits = min(bits) if isinstance(bits, tuple) else bits
    return full_scale(page.dtype, bits if isinstance(bits, int) else None)


def _refused(name: str, photometric: int) -> UnreadableFrame:
    what, hint = _REFUSED.get(
        photometric, (f"its kind of colour ({photometric}) is not known", "Save it as RGB.")
    )
    return UnreadableFrame(Text("{name} cannot be shown: {what}", name=name, what=what), hint=hint)


def _check_samples(page: Any, name: str) -> None:
    bits = page.bitspersample
    if isinstance(bits, tuple) and len(set(bits)) > 1:
        what = f"its samples have different sizes ({', '.join(map(str, bits))} bits)"
    elif page.tags.valueof(_INDEXED, 0) == 1 and int(page.photometric) != PALETTE:
        what = "its samples are numbers of colours that it does not list"
    else:
        return
    raise UnreadableFrame(
        Text("{name} cannot be shown: {what}", name=name, what=what), hint="Save it as RGB."
    )


def _check_inks(page: Any, name: str, model: Model) -> None:
    if page.samplesperpixel < COLOURS[model]:
        raise UnreadableFrame(
            Text(
                "{name} is damaged: it has {samplesperpixel} samples a pixel, and its "
                "colours need {colours}",
                name=name,
                samplesperpixel=page.samplesperpixel,
                colours=COLOURS[model],
            ),
            hint="Save it again as an ordinary TIFF, or as FITS.",
        )
    if model == "cmyk" and page.tags.valueof("InkSet", _CMYK_INKS) != _CMYK_INKS:
        raise UnreadableFrame(
            Text(
                "{name} cannot be shown: its inks are not cyan, magenta, yellow and black",
                name=name,
            ),
            hint="Save it as RGB.",
        )
    if model in ("cmyk", "cielab", "icclab") and _full_scale(page) not in (255.0, 65535.0):
        raise UnreadableFrame(
            Text("{name} cannot be shown: its colours are not of 8 or 16 bits", name=name),
            hint="Save it as RGB.",
        )


def _palette(page: Any, name: str) -> NDArray[Any]:
    """Colours (n, 3), uint8 where the 16 bits of the table hold no more than that."""
    table = page.colormap
    if table is None:
        raise UnreadableFrame(
            Text("{name} is damaged: the table of its colours is missing", name=name),
            hint="Save it again as an ordinary TIFF.",
        )
    colours = np.ascontiguousarray(np.asarray(table).T)
    if colours.max(initial=0) < 256:  # of old programs, which wrote 8 bits
        return colours.astype(np.uint8)
    high, low = colours >> 8, colours & 255
    return high.astype(np.uint8) if ((low == high) | (low == 0)).all() else colours


def _alpha(page: Any, model: Model) -> tuple[int | None, bool]:
    """The channel of opacity, and whether colours are multiplied by it."""
    first_extra = page.samplesperpixel - len(page.extrasamples)
    if page.photometric == PALETTE or model == "grey":
        first_extra = 1
    if _is_unspoken_rgba(page):
        return 3, False
    for i, kind in enumerate(page.extrasamples):
        if kind in (_ASSOCIATED, _UNASSOCIATED):
            indexed = page.photometric == PALETTE
            return first_extra + i, kind == _ASSOCIATED and not indexed
    return None, False


def _is_unspoken_rgba(page: Any) -> bool:
    """Whether a fourth sample of RGB is there without a word: old programs meant alpha."""
    return page.photometric == RGB and page.samplesperpixel == 4 and 338 not in page.tags


def _no_data(page: Any) -> float | None:
    """GDAL's tag of the value that means no data."""
    text = page.tags.valueof(42113)
    try:
        return float(str(text).strip().strip("\0")) if text else None
    except ValueError:
        return None


def _profile(page: Any, name: str, model: Model, scale: float | None) -> tuple[Profile | None, str]:
    icc = page.tags.valueof(34675)
    try:
        profile = read_profile(bytes(icc)) if icc else _from_numbers(page, model)
        if profile is not None and not _fits(profile, page, model):
            raise ValueError(f"it speaks of {profile.kind} samples")
    except (ValueError, TypeError) as problem:
        return None, f"The colour profile of {name} is not used: {problem}."
    if profile is None or profile.is_srgb:
        return None, ""
    if scale is None:
        words = "Its samples are measurements and stay as they are"
        return None, f"{name} has the colour profile {profile.name}. {words}."
    return profile, f"The colours of {name} are turned from {profile.name} into sRGB."


def _fits(profile: Profile, page: Any, model: Model) -> bool:
    if model in ("cielab", "icclab"):
        return profile.kind == "lab"
    if model == "grey" and page.photometric != PALETTE:
        return profile.kind in ("gray", "rgb")
    return profile.kind == ("cmyk" if model == "cmyk" else "rgb")


def _from_numbers(page: Any, model: Model) -> Profile | None:
    """From WhitePoint, PrimaryChromaticities and TransferFunction; those of sRGB where one is
    missing.
    """
    white, primaries = page.tags.valueof(318), page.tags.valueof(319)
    curve = _transfer(page)
    known = model == "rgb" and bool(white) and bool(primaries)
    if model not in ("rgb", "grey") or not (known or curve is not None):
        return None
    numbers = [*_ratios(white), *_ratios(primaries)] if known else [*D65, *SRGB_PRIMARIES]
    if curve is None:
        curve = decode_srgb(np.linspace(0, 1, 4096, dtype=np.float32))
    colours = 3 if model == "rgb" or page.photometric == PALETTE else 1
    name = "the primaries in its tags" if known else "the curve in its tags"
    return profile_of(name, colours, curve, numbers[:2], numbers[2:])


def _transfer(page: Any) -> NDArray[np.float32] | None:
    """From coded values to light, by TransferFunction. Raises ValueError for what is none."""
    table = page.tags.valueof(_TRANSFER)
    if table is None:
        return None
    values = np.asarray(table, np.float32) / 65535
    count, bits = values.size, _full_scale(page)
    length = int(bits or 0) + 1
    if count not in (length, 3 * length) or length < 2:
        raise ValueError("its curve is not as long as its samples ask for")
    curves = values.reshape(-1, length)
    if not (curves == curves[0]).all():
        raise ValueError("its curves differ from colour to colour")
    return curves[0]


def _ratios(values: Any) -> list[float]:
    """TIFF's rationals: numerators and denominators in turn."""
    flat = [float(v) for v in np.ravel(np.asarray(values, np.float64))]
    return [n / d if d else 0.0 for n, d in zip(flat[::2], flat[1::2], strict=True)]
