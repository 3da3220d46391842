"""Pictures in memory: their samples as they are stored, and what the file says of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from astroview.core.colour.colour_profiles import Profile, adobe_rgb, read_profile
from astroview.core.errors import UnreadableFrame
from astroview.core.io.pictures import jp2_header
from astroview.core.io.pictures.avif_colour import avif_profile
from astroview.core.io.pictures.png_colour import SIGNATURE as PNG
from astroview.core.io.pictures.png_colour import HdrColours, colour_of, fitting
from astroview.core.io.pictures.sample_meaning import COLOURS, Meaning, Model
from astroview.core.lazy_dataclass import dataclass
from astroview.core.texts import Text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from astroview.core.io.byte_stores import Store

_EXIF_IFD, _COLOUR_SPACE, _INTEROP_IFD, _INTEROP_INDEX = 0x8769, 0xA001, 0xA005, 1
_AS_IS: dict[str, Model] = {"L": "grey", "RGB": "rgb", "CMYK": "cmyk", "LAB": "cielab"}
_WITH_ALPHA: dict[str, Model] = {"LA": "grey", "RGBA": "rgb"}


@dataclass(frozen=True, eq=False)
class Stored:
    """A picture as a decoder gives it.

    Attributes
    ----------
    samples
        (H, W) or (H, W, C).
    full_scale
        The value of white; None for measurements.
    alpha
        The channel of opacity.
    associated
        Whether colours are multiplied by it.
    profile
        What the colours mean; None for sRGB, or where `unused` says why not.
    """

    samples: NDArray[Any]
    model: Model
    full_scale: float | None
    alpha: int | None = None
    associated: bool = False
    profile: Profile | None = None
    unused: str = ""
    orientation: int = 1


def meaning_of(stored: Stored, name: str) -> tuple[Meaning, str]:
    """What the samples mean, and what is to be said of them ("" mostly)."""
    channels = stored.samples.shape[2] if stored.samples.ndim == 3 else 1
    meaning = Meaning(
        stored.model,
        stored.full_scale,
        extra=channels - COLOURS[stored.model],
        alpha=stored.alpha,
        associated=stored.associated,
        profile=stored.profile,
    )
    if stored.unused:
        return meaning, f"The colour profile of {name} is not used: {stored.unused}."
    if stored.profile is not None:
        return meaning, f"The colours of {name} are turned from {stored.profile.name} into sRGB."
    return meaning, ""


def stored_by_pillow(
    store: Store, image: Image.Image, orientation: int, deep: Stored | None
) -> Stored:
    """The picture that Pillow has opened; `deep` has its samples where they have over 8 bits.

    Raises UnreadableFrame where its colours cannot be shown as they are meant, and what Pillow
    raises for damaged files.
    """
    stored = deep or _samples(image)
    try:
        profile, unused = _profile(store, image, stored.model), ""
    except HdrColours as problem:
        raise not_shown(store.name, str(problem)) from problem
    except (ValueError, IndexError, KeyError) as problem:
        profile, unused = None, str(problem)
    return replace(stored, profile=profile, unused=unused, orientation=orientation)


def not_shown(name: str, problem: str) -> UnreadableFrame:
    """The error for colours that cannot be shown as they are meant."""
    return UnreadableFrame(
        Text("{name} cannot be shown: {problem}", name=name, problem=problem),
        hint="Save it as sRGB, or as FITS.",
    )


def _samples(image: Image.Image) -> Stored:
    image.load()
    mode = image.mode
    if mode in ("I", "F") or mode.startswith("I;16"):
        return _measured(image)
    if mode not in _WITH_ALPHA and image.has_transparency_data:
        image = image.convert("LA" if mode in ("1", "L", "La") else "RGBA")
    elif mode not in _AS_IS and mode not in _WITH_ALPHA:
        image = image.convert("L" if mode == "1" else "RGB")
    samples = np.asarray(image)
    if (model := _WITH_ALPHA.get(image.mode)) is not None:
        return Stored(samples, model, 255.0, alpha=COLOURS[model])
    return Stored(samples, _AS_IS[image.mode], 255.0)


def _measured(image: Image.Image) -> Stored:
    """Grey of more than 8 bits."""
    samples = np.asarray(image)
    if image.format == "PPM" and image.mode == "I":  # Pillow stretches it to 16 bits
        samples = samples.astype(np.uint16)
    white = 65535.0 if samples.dtype.kind == "u" and samples.dtype.itemsize == 2 else None
    key = image.info.get("transparency")
    if white is None or not isinstance(key, int):
        return Stored(samples, "grey", white)
    opaque = np.where(samples == key, 0, 65535).astype(np.uint16)
    return Stored(np.stack([samples, opaque], -1), "grey", white, alpha=1)


def _profile(store: Store, image: Image.Image, model: Model) -> Profile | None:
    """What the file says of its colours; None for sRGB."""
    if model == "cielab":
        return None
    if image.format == "PNG":
        with store.open() as file:
            if file.read(len(PNG)) == PNG:
                return colour_of(file, COLOURS[model])
    if image.format == "JPEG2000":
        return _of_jpeg_2000(store, COLOURS[model])
    if icc := image.info.get("icc_profile"):
        return fitting(read_profile(icc), COLOURS[model])
    if image.format == "AVIF":
        with store.open() as file:
            return avif_profile(file, COLOURS[model])
    return adobe_rgb() if model == "rgb" and _is_adobe(image) else None


def _of_jpeg_2000(store: Store, colours: int) -> Profile | None:
    with store.open() as file:
        said = jp2_header.read_header(file.read(jp2_header.HEAD))
    return fitting(read_profile(said.icc), colours) if said.icc else None


def _is_adobe(image: Image.Image) -> bool:
    """Whether a camera says Adobe RGB in its own way (DCF 2.0): "R03", and no profile."""
    exif = image.getexif()
    details = exif.get_ifd(_EXIF_IFD)
    index = str(exif.get_ifd(_INTEROP_IFD).get(_INTEROP_INDEX, "")).strip("\0 ")
    return details.get(_COLOUR_SPACE) in (2, 65535) and (
        index == "R03" or details.get(_COLOUR_SPACE) == 2
    )
