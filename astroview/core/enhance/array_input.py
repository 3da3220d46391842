"""Arrays in memory as frames, and frames as files that another process can open.

An array says little of itself: which row is on top, and whether it was measured or painted, is
for the caller to say. ``origin`` is matplotlib's word: "upper" has the top row first, "lower"
the bottom row, as FITS does.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from astroview.core.errors import UnreadableFrame
from astroview.core.frame import ArraySource, Frame, Kind
from astroview.core.io.pictures.picture_files import full_scale
from astroview.core.texts import Text

if TYPE_CHECKING:
    from numpy.typing import NDArray

Origin = Literal["upper", "lower"]


def frame_from_array(
    array: NDArray[Any], origin: Origin = "upper", kind: Kind | None = None, unit: str = ""
) -> Frame:
    """A frame over an array, which is not copied.

    Parameters
    ----------
    array
        (H, W) or (H, W, 3), any numeric type; NaN, infinities and masked samples are "no data".
    kind
        "linear" for what was measured, "display" for a picture meant for the eye (uint8 or
        uint16), of which 0 is black and the largest number of its type white. By default uint8,
        and uint16 in three channels, are pictures, all else is measured.

    Raises
    ------
    UnreadableFrame
        The array has another shape or type, or no pixels.
    """
    _check(array)
    kind = kind or ("display" if _is_picture(array) else "linear")
    white = full_scale(array.dtype) if kind == "display" else None
    if kind == "display" and white is None:
        raise UnreadableFrame(
            Text("An array of type {dtype} does not say what is white", dtype=array.dtype),
            hint="Give a picture as uint8 or uint16.",
        )
    samples = np.ma.filled(_measured(array), np.nan) if np.ma.isMaskedArray(array) else array
    samples = np.asarray(samples)
    return Frame(
        name="array",
        shape=(samples.shape[0], samples.shape[1]),
        channels=3 if samples.ndim == 3 else 1,
        kind=kind,
        source=ArraySource(oriented(samples, origin)),
        full_scale=white,
        unit=unit,
    )


def oriented(samples: NDArray[Any], origin: Origin) -> NDArray[Any]:
    """A view with the top row first of an array in that order, or the other way round."""
    return samples[::-1] if origin == "lower" else samples


def write_for_worker(frame: Frame, folder: Path) -> Path:
    """Write the samples to a file from which they are read again as a frame of the same kind."""
    import tifffile
    from astropy.io import fits

    samples = frame.read()
    if frame.kind == "display":
        path = folder / "array.tif"
        tifffile.imwrite(
            path,
            np.nan_to_num(samples).astype(np.uint8 if frame.full_scale == 255 else np.uint16),
            photometric="rgb" if frame.channels == 3 else "minisblack",
            metadata=None,
        )
        return path
    path = folder / "array.fits"
    planes = samples[::-1] if frame.channels == 1 else np.moveaxis(samples[::-1], -1, 0)
    header = fits.Header([("CTYPE3", "RGB")]) if frame.channels == 3 else None
    fits.PrimaryHDU(planes, header).writeto(path)
    return path


def _measured(array: NDArray[Any]) -> NDArray[Any]:
    """Samples of a type that can hold NaN."""
    return array if array.dtype.kind in "fc" else array.astype(np.float32)


def _is_picture(samples: NDArray[Any]) -> bool:
    return samples.dtype == np.uint8 or (samples.dtype == np.uint16 and samples.ndim == 3)


def _check(samples: NDArray[Any]) -> None:
    shape = " x ".join(str(n) for n in samples.shape) or Text("no axes")
    if samples.dtype.kind not in "uifc":
        raise UnreadableFrame(
            Text("An array of type {dtype} holds no picture", dtype=samples.dtype),
            hint="Give it as numbers.",
        )
    if samples.ndim not in (2, 3) or (samples.ndim == 3 and samples.shape[2] != 3):
        raise UnreadableFrame(
            Text("An array of shape {shape} is not a picture", shape=shape),
            hint="Give (H, W) for grey or (H, W, 3) for colour; take one plane of a cube.",
        )
    if samples.size == 0:
        raise UnreadableFrame(Text("An array of shape {shape} has no pixels", shape=shape))
