"""The XML header of a monolithic XISF file: its images and where their samples lie.

Format: XISF Version 1.0 Specification (Pleiades Astrophoto), sections 9 to 11.
"""

from __future__ import annotations

import base64
import binascii
import re
import struct
from dataclasses import field
from typing import TYPE_CHECKING, BinaryIO
from xml.etree import ElementTree as ET

import numpy as np
from astropy.io import fits

from astroview.core.errors import UnreadableFrame
from astroview.core.fits_cards import one_line
from astroview.core.lazy_dataclass import dataclass
from astroview.core.texts import Text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SIGNATURE = b"XISF0100"
_MOST = 2**26  # bytes of a header
_TYPES = {
    "UInt8": "u1", "UInt16": "u2", "UInt32": "u4", "UInt64": "u8", "Int8": "i1", "Int16": "i2",
    "Int32": "i4", "Int64": "i8", "Float32": "f4", "Float64": "f8", "Complex32": "c8",
    "Complex64": "c16",
}  # fmt: skip
_COLOURS = {"Gray": 1, "RGB": 3}
_NONSENSE = (ValueError, KeyError, IndexError, OverflowError, StopIteration, binascii.Error)


@dataclass(frozen=True)
class Block:
    """A block of data.

    Attributes
    ----------
    inline
        The bytes themselves; None when they lie in the file.
    codec
        "", "zlib", "lz4", "lz4hc" or "zstd".
    size
        Bytes after unpacking; 0 when not compressed.
    item
        Bytes of an item whose bytes were shuffled; 0 when they were not.
    parts
        (packed, unpacked) bytes of blocks that were packed one by one; () for one.
    checksum
        Algorithm and digest, such as ("sha-1", "a0b1..."); ("", "") for none.
    """

    position: int = 0
    length: int = 0
    inline: bytes | None = None
    codec: str = ""
    size: int = 0
    item: int = 0
    parts: tuple[tuple[int, int], ...] = ()
    checksum: tuple[str, str] = ("", "")

    def __post_init__(self) -> None:
        parts = [number for pair in self.parts for number in pair]
        if min(self.position, self.length, self.size, self.item, *parts) < 0:
            raise ValueError("a block lies or reaches below 0")


@dataclass(frozen=True)
class Property:
    """A property of an image: its type ("F64Vector"), and its text or the block of its numbers."""

    kind: str
    text: str = ""
    block: Block | None = None
    big_endian: bool = False


@dataclass(frozen=True)
class XisfImage:
    """An image: its samples, and what is said of them.

    Attributes
    ----------
    shape
        (H, W).
    channels
        All that are stored; `colours` (1 or 3) of them are colours, the others alpha.
    planar
        Whether a channel follows the other; else their samples alternate.
    header
        The FITS keywords.
    pattern
        Of a colour filter array, from the top left pixel; "" mostly.
    turned
        How it is to be turned and mirrored to be seen ("" mostly): "90;flip".
    has_profile
        Whether an ICC profile describes its colours.
    properties
        What is said beside the FITS keywords, by identifier; those that make sense.
    """

    index: int
    name: str
    shape: tuple[int, int]
    channels: int
    colours: int
    dtype: np.dtype[np.generic]
    planar: bool
    block: Block
    header: fits.Header
    pattern: str = ""
    turned: str = ""
    has_profile: bool = False
    properties: dict[str, Property] = field(default_factory=dict[str, Property])


def read_images(file: BinaryIO, name: str, size: int) -> tuple[XisfImage, ...]:
    """All images of a file of `size` bytes. Raises UnreadableFrame, saying why."""
    root = _root(file, name, size)
    elements = [element for element in root if _tag(element) == "Image"]
    if not elements:
        raise UnreadableFrame(
            Text("{name} holds no image", name=name),
            hint="Its images may be in other files; open those.",
        )
    try:
        return tuple(_image(i, element, name) for i, element in enumerate(elements))
    except _NONSENSE as problem:
        raise damaged(name, f"its header makes no sense ({problem})") from problem


def damaged(name: str, what: str) -> UnreadableFrame:
    """The error for a file that is not as its header says."""
    return UnreadableFrame(
        Text("{name} is damaged: {what}", name=name, what=what),
        hint="Download or copy it again; it may have been cut short.",
    )


def _root(file: BinaryIO, name: str, size: int) -> Element:
    head = file.read(16)
    (length,) = struct.unpack("<I", head[8:12]) if len(head) == 16 else (0,)
    if not 0 < length <= min(_MOST, size - 16):
        raise damaged(name, "its header is not there whole")
    text = file.read(length).rstrip(b"\0")
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:  # entities can grow without end
        raise damaged(name, "its header is no header of an XISF file")
    try:
        root = ET.fromstring(text)
    except ET.ParseError as problem:
        raise damaged(name, f"its header cannot be parsed ({problem})") from problem
    if _tag(root) != "xisf":
        raise damaged(name, "its header is no header of an XISF file")
    return root


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _image(index: int, element: Element, name: str) -> XisfImage:
    *sides, channels = (int(n) for n in element.attrib["geometry"].split(":"))
    if len(sides) != 2 or min(*sides, channels) < 1:
        raise ValueError(f"an image of {element.attrib['geometry']} is none")
    space = element.attrib.get("colorSpace", "Gray")
    if space not in _COLOURS:
        raise UnreadableFrame(
            Text("{name} cannot be shown: its colours are {space}", name=name, space=space),
            hint="Save it as RGB.",
        )
    if channels < _COLOURS[space]:
        raise ValueError(f"{channels} channels are no {space}")
    order = ">" if element.attrib.get("byteOrder", "little") == "big" else "<"
    return XisfImage(
        index=index,
        name=element.attrib.get("id", ""),
        shape=(sides[1], sides[0]),
        channels=channels,
        colours=_COLOURS[space],
        dtype=np.dtype(order + _TYPES[element.attrib["sampleFormat"]]),
        planar=element.attrib.get("pixelStorage", "Planar") != "Normal",
        block=_block(element, name),
        header=_header(element, (sides[1], sides[0])),
        pattern=_pattern(element),
        turned=_turned(element.attrib.get("orientation", "0")),
        has_profile=any(_tag(child) == "ICCProfile" for child in element),
        properties=_properties(element, name),
    )


def _properties(element: Element, name: str) -> dict[str, Property]:
    found: dict[str, Property] = {}
    for child in element:
        if _tag(child) == "Property" and "id" in child.attrib:
            try:
                found[child.attrib["id"]] = _property(child, name)
            except (*_NONSENSE, UnreadableFrame):
                continue  # no reason not to show the picture
    return found


def _property(element: Element, name: str) -> Property:
    kind, told = element.attrib.get("type", ""), element.attrib.get("value")
    big = element.attrib.get("byteOrder", "little") == "big"
    if told is not None or "location" not in element.attrib:
        return Property(kind, (told or element.text or "").strip(), None, big)
    return Property(kind, "", _block(element, name), big)


def _block(element: Element, name: str) -> Block:
    where = element.attrib["location"]
    kind, _, rest = where.partition(":")
    data, inline, position, length = element, None, 0, 0
    if kind == "attachment":
        position, length = (int(n) for n in rest.split(":"))
    elif kind == "inline":
        inline = _decoded(element.text or "", rest)
    elif kind == "embedded":
        data = next(child for child in element if _tag(child) == "Data")
        inline = _decoded(data.text or "", data.attrib["encoding"])
    else:
        raise UnreadableFrame(
            Text("{name} keeps its samples in another file ({where})", name=name, where=where),
            hint="Save it as one file (monolithic XISF), or as FITS.",
        )
    codec, size, item = _compression(data.attrib.get("compression", ""))
    method, _, digest = data.attrib.get("checksum", "").partition(":")
    return Block(
        position, length, inline, codec, size, item, _parts(data), (method.lower(), digest.lower())
    )


def _decoded(text: str, encoding: str) -> bytes:
    text = "".join(text.split())
    return bytes.fromhex(text) if encoding in ("hex", "base16") else base64.b64decode(text)


def _compression(text: str) -> tuple[str, int, int]:
    """Codec, bytes after unpacking, and bytes of a shuffled item (0: not shuffled)."""
    if not text:
        return "", 0, 0
    codec, *numbers = text.split(":")
    plain, shuffle, _ = codec.partition("+sh")
    return plain, int(numbers[0]), int(numbers[1]) if shuffle else 0


def _parts(element: Element) -> tuple[tuple[int, int], ...]:
    text = element.attrib.get("subblocks", "")
    pairs = (part.split(",") for part in text.split(":") if part)
    return tuple((int(packed), int(plain)) for packed, plain in pairs)


def _pattern(element: Element) -> str:
    for child in element:
        if _tag(child) == "ColorFilterArray":
            sides = (child.attrib.get("width", "2"), child.attrib.get("height", "2"))
            pattern = child.attrib["pattern"].upper()
            return pattern if sides == ("2", "2") else f"{pattern} {sides[0]}x{sides[1]}"
    return ""


def _turned(orientation: str) -> str:
    return "" if orientation.strip() in ("", "0") else orientation.strip()


def _header(element: Element, shape: tuple[int, int]) -> fits.Header:
    """The FITS keywords as a header, readable and with the axes that WCS needs."""
    header = fits.Header()
    for child in element:
        if _tag(child) == "FITSKeyword":
            _add(header, child)
    for keyword, value in (("NAXIS", 2), ("NAXIS1", shape[1]), ("NAXIS2", shape[0])):
        header[keyword] = value
    return header


def _add(header: fits.Header, element: Element) -> None:
    keyword = element.attrib.get("name", "").strip().upper()
    comment = one_line(element.attrib.get("comment", ""))
    text = element.attrib.get("value", "").strip()
    if keyword in ("HISTORY", "COMMENT", ""):
        header.add_history(comment) if keyword == "HISTORY" else header.add_comment(comment)
        return
    if not re.fullmatch(r"[A-Z0-9_-]{1,8}", keyword) or keyword in ("SIMPLE", "END", "EXTEND"):
        return
    value = _value(text)
    room = 60 - len(str(value))
    header[keyword] = (value, comment[:room] if room > 0 else "")


def _value(text: str) -> str | bool | int | float | None:
    if text.startswith("'"):
        return one_line(text.strip("'").replace("''", "'").rstrip())
    if text in ("T", "F"):
        return text == "T"
    for kind in (int, float):
        try:
            number = kind(text.replace("D", "E") if kind is float else text)
        except ValueError:
            continue
        return number if np.isfinite(number) else None
    return one_line(text) if text else None
