"""From a frame to what its picture says of itself: sky, origin, and what a network did."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from astroview.core import provenance
from astroview.core.io.pictures.xmp_packet import IN_PART, PAINTED, Credits, credits_in, xmp_packet

if TYPE_CHECKING:
    from astropy.wcs import WCS

    from astroview.core.frame import Frame
    from astroview.core.sky.flat_wcs import FlatSky

_PROGRAM = re.compile(r"\b(IRAF|software)\b", re.IGNORECASE)
_THANKS = "credit: "  # of a history: how a line begins that tells whom to thank


def packet_of(frame: Frame) -> bytes:
    """The XMP packet of a frame that is saved as a picture, pixel by pixel."""
    if frame.wcs is None:
        return xmp_packet(credits_of(frame), None, frame.shape)
    from astroview.core.sky.flat_wcs import flat_sky

    sky = flat_sky(frame.wcs, frame.shape)
    full = frame.wcs if sky is not None and _needs_header(frame.wcs, sky) else None
    return xmp_packet(credits_of(frame), sky, frame.shape, full)


def _needs_header(wcs: WCS, sky: FlatSky) -> bool:
    """Whether a FITS header tells more than the plain terms; look-up tables it cannot hold."""
    tables = (wcs.cpdis1, wcs.cpdis2, wcs.det2im1, wcs.det2im2)
    return sky.off > 0 and all(table is None for table in tables)


def credits_of(frame: Frame) -> Credits:
    """What a frame shows and whom it is from, by its header, or by the picture it was."""
    told = _told_before(frame)
    header = frame.header if frame.header is not None else {}

    def card(*keywords: str) -> str:
        texts = [str(header.get(keyword, "")).strip() for keyword in keywords]
        return ", ".join(dict.fromkeys(filter(None, texts)))

    thanks = [line.removeprefix(_THANKS) for line in frame.history if line.startswith(_THANKS)]
    people = [told.credit, card("OBSERVER", *_origin(card("ORIGIN"))), *thanks]
    return replace(
        told,
        title=told.title or card("OBJECT") or frame.name,
        headline=told.headline or card("OBJECT"),
        description=" ".join(filter(None, (told.description, *made_sentences(frame)))),
        credit="; ".join(dict.fromkeys(filter(None, people))),
        subject=told.subject or card("OBJECT"),
        facility=told.facility or card("TELESCOP"),
        instrument=told.instrument or card("INSTRUME"),
        date=told.date or card("DATE-OBS"),
        source_type=source_type(frame),
    )


def _origin(told: str) -> tuple[str, ...]:
    """The card to thank: none where it names the program that wrote the file, as IRAF does."""
    return () if _PROGRAM.search(told) else ("ORIGIN",)


def source_type(frame: Frame) -> str:
    """The IPTC's word for what a network did to what is seen; "" where it did nothing.

    What is painted is trained media, as hues that nobody measured and texture are; it is mixed
    where networks only went on with what was measured: sharpened it within each pixel's flux,
    left noise out, or painted with measured colours.
    """
    if provenance.has_painted_texture(frame):
        return PAINTED
    if provenance.has_painted_colour(frame) and not provenance.measured_by(frame):
        return PAINTED
    mixed = provenance.by_a_network(frame) or provenance.is_noise_free(provenance.told(frame))
    return IN_PART if mixed else ""


def made_sentences(frame: Frame) -> tuple[str, ...]:
    """What of a picture was painted, measured and learned, a sentence each."""
    models = ", ".join(model for model, _ in provenance.models_named(provenance.told(frame)))
    said: list[str] = []
    if provenance.has_painted_colour(frame):
        by = provenance.measured_by(frame)
        said.append(
            f"Its colours were measured by {by}, and painted between by a neural network."
            if by
            else "Its colours were painted by a neural network; they are a guess, not measured."
        )
    if provenance.has_painted_texture(frame):
        said.append("Its fine texture was painted by a neural network and is not measured.")
    elif provenance.is_sharpened(frame):
        said.append("A neural network sharpened it; the light of each pixel is as measured.")
    if provenance.is_noise_free(provenance.told(frame)):
        said.append("A neural network left the noise out.")
    if said and models:
        said.append(f"Made with astroview by the models {models}.")
    return tuple(said)


def _told_before(frame: Frame) -> Credits:
    """What the picture said that a frame was opened from: its credits go on."""
    if frame.path is None or frame.header is not None:
        return Credits()
    from astroview.core.io.pictures.avm_sky import avm_of

    avm = avm_of(frame.path)
    return Credits() if avm is None else credits_in(avm)
