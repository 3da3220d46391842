"""Which HDU of a FITS file is shown, and why none can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from astroview.core.errors import UnreadableFrame
from astroview.core.fits_headers import text
from astroview.core.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from astroview.core.io.fits.fits_hdus import HduEntry, HduInfo


def choose_hdu(
    checked: Iterable[HduEntry], name: str, wanted: int | str | None
) -> tuple[HduEntry, HduEntry]:
    """The HDU to show, and the primary one. By default the first that holds a picture."""
    seen: list[HduEntry] = []
    for entry in checked:
        seen.append(entry)
        found = _matches(entry.info, wanted) if wanted is not None else is_picture(entry.info)
        if found and entry.info.is_image:
            return entry, seen[0]
        if found:
            raise _no_picture(f"{name}, HDU {wanted},", [entry])
    if wanted is not None:
        raise UnreadableFrame(
            Text("{name} has no HDU {wanted}", name=name, wanted=wanted),
            hint=Text("It has HDUs 0 to {count}.", count=len(seen) - 1),
        )
    for entry in seen:  # nothing with two axes longer than 1: a single row or pixel will do
        if entry.info.is_image:
            return entry, seen[0]
    raise _no_picture(name, seen)


def _matches(info: HduInfo, wanted: int | str) -> bool:
    if isinstance(wanted, str) and not wanted.isdecimal():
        return info.name.upper() == wanted.strip().upper()
    return info.index == int(wanted)


def is_picture(info: HduInfo) -> bool:
    return info.is_image and min(info.shape[-2:]) > 1


def _no_picture(name: str, seen: list[HduEntry]) -> UnreadableFrame:
    kinds = {entry.info.kind for entry in seen}
    if any(text(e.header, "PIXTYPE") == "HEALPIX" for e in seen):
        return UnreadableFrame(
            Text("{name} is a HEALPix sky map, not a flat picture", name=name),
            hint="Project it to a picture first, for example with the Python package reproject.",
        )
    if "random groups" in kinds:
        return UnreadableFrame(
            Text("{name} holds radio visibilities (random groups), not a picture", name=name),
            hint="Make an image of them first, for example with CASA or AIPS.",
        )
    if any(e.info.kind.endswith("image") and len(e.info.shape) == 1 for e in seen):
        return UnreadableFrame(
            Text("{name} holds a one-dimensional spectrum or series, not a picture", name=name),
            hint="Open it with a tool for spectra, such as specutils or SPLAT.",
        )
    if kinds == {"unknown"}:
        return UnreadableFrame(
            Text("{name} says of itself that it does not keep to the FITS standard", name=name),
            hint="Save it again with a program that writes standard FITS.",
        )
    if "table" in kinds:
        return UnreadableFrame(
            Text("{name} holds tables but no picture", name=name),
            hint="Open it with a catalogue tool, such as TOPCAT.",
        )
    return UnreadableFrame(
        Text("{name} has headers but no picture", name=name),
        hint="Its data may be in another file.",
    )
