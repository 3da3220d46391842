"""Frames and results as napari's layers: plain tuples of samples and what a layer is made with.

Samples come as FITS has them, the bottom row first, so that a layer's indices are those of its WCS
(``layer.metadata["wcs"]``); the step of rows is negative, so that up is up.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from astroview.core.colour.stretch import auto_stretch
from astroview.core.sky.wcs import plate_scale, scaled_wcs

if TYPE_CHECKING:
    from astroview.core.enhance.enhanced import Enhanced
    from astroview.core.frame import Frame

Layer = tuple[NDArray[Any], dict[str, Any], str]
_PLACE = ("rotate", "shear", "affine", "units")  # of a layer, kept by what is made of it


def layer_of(frame: Frame, samples: NDArray[np.float32]) -> Layer:
    """A frame's layer, in arcseconds where the sky is known.

    ``samples``: (H, W), (planes, H, W) or (H, W, 3), row 0 on top.
    """
    step = plate_scale(frame.wcs) if frame.wcs is not None else 1.0
    rows = -3 if frame.channels == 3 else -2
    about: dict[str, Any] = {"name": frame.name, "metadata": _told(frame)}
    planes = samples.ndim - frame.channels // 3 - 2
    about["scale"] = (*(1.0,) * planes, -step, step)
    if frame.wcs is not None:
        about["units"] = (*("pixel",) * planes, "arcsec", "arcsec")
    if frame.channels == 3:
        samples = np.clip(samples / (frame.full_scale or np.nanmax(samples)), 0, 1)
        about["rgb"] = True
    else:
        stretch = auto_stretch(frame)
        about["contrast_limits"] = (stretch.low, stretch.high)
    return np.flip(samples, rows), about, "image"


def layers_of(made: Enhanced, of: Mapping[str, Any]) -> list[Layer]:
    """The layers of a result and of its uncertainty, over the layer that it was made of.

    ``of`` is what that layer says of itself (napari's ``layer.as_layer_data_tuple()[1]``).
    """
    place = {key: of[key] for key in _PLACE if key in of}
    scale, origin = np.array(of["scale"][-2:], float), np.array(of["translate"][-2:], float)
    place["scale"] = scale / made.scale
    place["translate"] = origin + (1 / made.scale - 1) / 2 * scale  # corners stay where they are
    if "units" in place:
        place["units"] = place["units"][-2:]
    told = dict(of.get("metadata", {}))
    wcs = scaled_wcs(told.get("wcs"), made.scale)
    told |= {"history": made.history, "wcs": wcs, "scale": made.scale}
    name = f"{of['name']} ×{made.scale}" if made.scale > 1 else f"{of['name']} in colour"
    look = {"name": name, "metadata": told, **place}
    if made.chroma is not None or made.samples.ndim == 3:
        found: list[Layer] = [(made.rgb, {**look, "rgb": True}, "image")]
    else:
        look["contrast_limits"] = of.get("contrast_limits")
        look["gamma"], look["colormap"] = of.get("gamma", 1.0), of.get("colormap", "gray")
        found = [(made.samples, look, "image")]
    if made.uncertainty is not None:
        half = {"name": f"{name}: half of the 90 % interval", "metadata": told, **place}
        found.append((made.uncertainty, {**half, "colormap": "magma", "visible": False}, "image"))
    return found


def _told(frame: Frame) -> dict[str, Any]:
    return {
        "wcs": frame.wcs,
        "unit": frame.unit,
        "kind": frame.kind,
        "header": dict(frame.header) if frame.header is not None else {},
        "path": str(frame.path or ""),
        "note": frame.note,
    }
