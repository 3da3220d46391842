"""What a saved picture says of itself, as an XMP packet: its sky, whom to thank, what is painted.

Astronomy Visualization Metadata 1.2 (by PyAVM), and the IPTC's Digital Source Type, by which
programs and agencies know pictures that a network had a part in.
"""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import numpy as np

from astroview.core.lazy_dataclass import dataclass
from astroview.core.library_warnings import collected_warnings

if TYPE_CHECKING:
    from astropy.wcs import WCS
    from pyavm import AVM

    from astroview.core.sky.flat_wcs import FlatSky

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_NAMESPACES = {
    "rdf": _RDF,
    "x": "adobe:ns:meta/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
}
SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
PAINTED, IN_PART = "trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia"
_BEGIN = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
_END = '\n<?xpacket end="w"?>'
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Credits:
    """What a picture shows and whom it is from; "" where that is not known.

    Attributes
    ----------
    source_type
        The IPTC's word for what a network did: `PAINTED`, `IN_PART`, or "" for nothing.
    date
        Of the observation, ISO 8601.
    """

    title: str = ""
    headline: str = ""
    description: str = ""
    creator: str = ""
    credit: str = ""
    rights: str = ""
    url: str = ""
    subject: str = ""
    facility: str = ""
    instrument: str = ""
    date: str = ""
    source_type: str = ""


# Of the metadata's own names: where texts go, and which of them are lists.
_PLACES = {
    "title": "Title", "headline": "Headline", "description": "Description", "creator": "Creator",
    "credit": "Credit", "rights": "Rights", "url": "ReferenceURL", "subject": "Subject.Name",
    "facility": "Facility", "instrument": "Instrument", "date": "Temporal.StartTime",
}  # fmt: skip
_LISTS = ("subject", "facility", "instrument", "date")


def xmp_packet(
    told: Credits, sky: FlatSky | None, shape: tuple[int, int], full: WCS | None = None
) -> bytes:
    """The packet of a picture.

    Parameters
    ----------
    sky
        Where on the sky it is; None: nobody knows.
    shape
        (H, W) of the picture.
    full
        Coordinates that `sky` only comes near: their FITS header goes along.
    """
    from pyavm import AVM

    avm = AVM()
    with collected_warnings():
        for field in fields(told):
            text = _NOT_XML.sub("?", getattr(told, field.name))
            if text and field.name in _PLACES:
                _put(avm, _PLACES[field.name], [text] if field.name in _LISTS else text)
        if sky is not None:
            _put_sky(avm, sky, shape, full)
        content = avm.to_xml()
    return (_BEGIN + _with_source_type(content, told.source_type) + _END).encode("utf-8")


def credits_in(avm: AVM) -> Credits:
    """What a packet tells of them; the type of source is not among it."""
    found: dict[str, str] = {}
    for name, place in _PLACES.items():
        value = _get(avm, place)
        if isinstance(value, list):
            value = ", ".join(str(one) for one in value if one)
        if value:
            found[name] = str(value)
    return Credits(**found)


def _put(avm: AVM, place: str, value: Any) -> None:
    family, _, key = place.rpartition(".")
    setattr(getattr(avm, family) if family else avm, key, value)


def _get(avm: AVM, place: str) -> Any:
    family, _, key = place.rpartition(".")
    return getattr(getattr(avm, family) if family else avm, key, None)


def _put_sky(avm: AVM, sky: FlatSky, shape: tuple[int, int], full: WCS | None) -> None:
    spatial: Any = avm.Spatial
    spatial.CoordinateFrame = sky.frame
    if np.isfinite(sky.equinox) or sky.frame in ("ICRS", "FK5", "FK4"):
        usual = "B1950" if sky.frame == "FK4" else "J2000"
        year = float(sky.equinox)
        spatial.Equinox = usual if not np.isfinite(year) or year == float(usual[1:]) else str(year)
    spatial.CoordsystemProjection = sky.projection
    spatial.ReferenceDimension = [shape[1], shape[0]]
    spatial.ReferenceValue = list(sky.centre)
    spatial.ReferencePixel = list(sky.pixel)
    if sky.turned is not None:
        side, turn = sky.turned
        spatial.Scale, spatial.Rotation = [-side, side], turn
    spatial.CDMatrix = [float(value) for value in np.ravel(sky.matrix)]
    spatial.Quality = "Full"
    if sky.off > 0:
        spatial.Notes = f"Distortions are left out here: up to {sky.off:.2g} pixels."
    if full is not None:
        spatial.FITSheader = _header_text(full, shape)


def _header_text(wcs: WCS, shape: tuple[int, int]) -> str:
    from astropy.io import fits

    header = fits.Header([("NAXIS", 2), ("NAXIS1", shape[1]), ("NAXIS2", shape[0])])
    header.extend(wcs.to_header(relax=True))
    return header.tostring(sep="\n", endcard=False, padding=False)


def _with_source_type(content: bytes, source_type: str) -> str:
    """The packet with what the library has no words for."""
    for prefix, uri in _NAMESPACES.items():
        ET.register_namespace(prefix, uri)
    root = ET.fromstring(content)
    description = next(root.iter(f"{{{_RDF}}}Description"))
    description.set(f"{{{_RDF}}}about", "")
    ET.SubElement(description, f"{{{_NAMESPACES['xmp']}}}CreatorTool").text = "astroview"
    if source_type:
        tag = f"{{{_NAMESPACES['Iptc4xmpExt']}}}DigitalSourceType"
        ET.SubElement(description, tag).text = f"{SOURCE_TYPES}{source_type}"
    return ET.tostring(root, encoding="unicode")
