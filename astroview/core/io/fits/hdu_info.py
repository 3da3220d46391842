"""What is in a file, as data."""

from __future__ import annotations

from astroview.core.lazy_dataclass import dataclass


@dataclass(frozen=True)
class HduInfo:
    """One HDU of a FITS file, or one series of pictures of a TIFF.

    Attributes
    ----------
    kind
        "image", "compressed image", "table", "events" (a table that is a picture), "random groups",
        "header" or "unknown".
    shape
        Of the whole array, numpy order; () when there is none.
    dtype
        Of the stored samples, as numpy says it ("int16"); "" when there are none.
    is_image
        Whether `open_frame` can show it.
    planes, channels
        How many pictures are in it and of how many colours (1 or 3).
    plane_names
        What each plane is ("g", "1.42 GHz", "Stokes Q"); () where the file does not say.
    ways
        How it can be part of a mosaic: "iraf" (its header has a section of a detector), "wcs".
    """

    index: int
    name: str
    kind: str
    shape: tuple[int, ...] = ()
    dtype: str = ""
    is_image: bool = False
    planes: int = 1
    channels: int = 1
    plane_names: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
