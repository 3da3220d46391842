"""Files that are no frames here, told by their first bytes: what they are, and what to do."""

from __future__ import annotations

from astroview.core.errors import UnreadableFrame
from astroview.core.texts import Text

# Suffixes of raw photographs that are TIFF files to the eye.
RAW_SUFFIXES = (
    ".dng", ".cr2", ".cr3", ".nef", ".nrw", ".arw", ".srf", ".sr2", ".orf", ".raf", ".rw2", ".pef",
    ".srw", ".x3f", ".3fr", ".erf", ".kdc", ".mrw", ".raw", ".iiq",
)  # fmt: skip
_RAW_HEADS = (b"FUJIFILMCCD-RAW", b"IIRO", b"IIRS", b"MMOR", b"IIU\0", b"FOVb", b"\0MRM")
_TIFF_HEADS = (b"II*\0", b"MM\0*")
_HEIF = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")


def is_raw(name: str, head: bytes) -> bool:
    """Whether a file is a photograph as the camera's sensor gave it."""
    if head.startswith(_RAW_HEADS) or head[4:12] == b"ftypcrx ":
        return True
    canon = head[8:10] == b"CR"
    return head.startswith(_TIFF_HEADS) and (canon or name.lower().endswith(RAW_SUFFIXES))


def refuse_others(name: str, head: bytes) -> None:
    """Raise UnreadableFrame for a file that is told to be something else; else nothing."""
    if head.startswith(b"PK\x03\x04") and not name.lower().endswith(".npz"):
        raise UnreadableFrame(
            Text("{name} is an archive, not a picture", name=name), hint="Unpack it first."
        )
    if head.startswith((b"PK\x03\x04", b"\x93NUMPY")):
        raise UnreadableFrame(
            Text("{name} holds NumPy arrays", name=name), hint="Save it as FITS or TIFF."
        )
    if head.startswith(b"LUCAM-RECORDER"):
        raise UnreadableFrame(
            Text("{name} is a video of a camera (SER), not one picture", name=name),
            hint="Stack it, or save its frames as FITS, with a program such as Siril or PIPP.",
        )
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF and b"avif" not in head[8:64]:
        raise UnreadableFrame(
            Text("{name} is a HEIC photograph, which astroview does not read", name=name),
            hint="Save it as TIFF, PNG or JPEG.",
        )
    if head.startswith(b"\x89HDF\r\n\x1a\n"):
        raise UnreadableFrame(
            Text("{name} is an HDF5 file", name=name), hint="Save its image as FITS."
        )
    if head.startswith(b"#ASDF"):
        raise UnreadableFrame(
            Text("{name} is an ASDF file", name=name), hint="Save its image as FITS."
        )
    if head[4:8] == b"ftyp" and head[8:12] not in (b"avif", b"avis", b"jxl ", b"jp2 "):
        raise UnreadableFrame(
            Text("{name} is a film, not a picture", name=name), hint="Save a frame of it as PNG."
        )
    if head[:4] == b"RIFF" and head[8:12] == b"AVI ":
        raise UnreadableFrame(
            Text("{name} is a film, not a picture", name=name), hint="Save a frame of it as PNG."
        )
