"""What is in a file, for programs: the facts that `open_file.describe` tells a person."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from astroview.core.errors import UnreadableFrame
from astroview.core.io.open_file import list_hdus, open_frame

if TYPE_CHECKING:
    from astroview.core.frame import Frame


def file_facts(path: Path) -> dict[str, Any]:
    """HDUs, and of the frame that it opens as shape, unit, sky and stretch; for JSON.

    Returns
    -------
    dict
        ``file``, ``hdus`` (as `HduInfo`; shapes in numpy order), and ``frame`` or, of a file with
        HDUs and no picture, ``problem``. Positions are degrees (ICRS), scales arcsec per pixel.

    Raises
    ------
    UnreadableFrame
        As `open_frame`.
    """
    facts: dict[str, Any] = {"file": str(path), "hdus": [asdict(hdu) for hdu in list_hdus(path)]}
    try:
        return facts | {"frame": _frame(open_frame(path))}
    except UnreadableFrame as problem:
        return facts | {"problem": problem.message, "hint": problem.hint}


def _frame(frame: Frame) -> dict[str, Any]:
    from astroview.core.colour.stretch import auto_stretch
    from astroview.core.sky.wcs import plate_scale, sky_at

    height, width = frame.shape
    stretch = auto_stretch(frame)
    facts: dict[str, Any] = {
        "hdu": frame.hdu, "width": width, "height": height, "channels": frame.channels,
        "kind": frame.kind, "unit": frame.unit, "note": frame.note, "history": list(frame.history),
        "stretch": {"kind": stretch.kind, "low": float(stretch.low), "high": float(stretch.high)},
    }  # fmt: skip
    centre = sky_at(frame, (width - 1) / 2, (height - 1) / 2)
    if centre is not None and frame.wcs is not None:
        facts["centre_deg"] = [float(value) for value in centre]
        facts["arcsec_per_pixel"] = float(plate_scale(frame.wcs))
    return facts
