"""Where on the sky an XISF image lies, by its properties, as PixInsight's plate solver writes them.

Positions in an image count from its top left corner there, y downwards; the matrix leads from them
to degrees on the tangent plane. Format: XISF Version 1.0 Specification, section 11.5.3.7, and the
same properties under the name that they had before ("PCL:").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from astroview.core.errors import UnreadableFrame
from astroview.core.io.xisf.xisf_blocks import block_bytes
from astroview.core.io.xisf.xisf_header import Property, XisfImage

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from astroview.core.io.byte_stores import Store

PREFIXES = ("PCL:AstrometricSolution:", "AstrometricSolution:")
_PROJECTIONS = {"Gnomonic": "TAN", "Stereographic": "STG", "Orthographic": "SIN",
                "ZenithalEqualArea": "ZEA"}  # fmt: skip
_SYSTEMS = ("Observation:CelestialReferenceSystem", "CelestialReferenceSystem")
_SPLINES = ("SplineWorldTransformation:", "ControlPoints:", "PointGridInterpolation:")

Cards = dict[str, str | float]


def solution_cards(store: Store, image: XisfImage) -> tuple[Cards, str]:
    """The cards of a plate solution that only the properties hold, and what is to be said.

    ({}, "") where FITS keywords tell the sky, or nothing does.
    """
    told = {_bare(key): value for key, value in image.properties.items()}
    if "CTYPE1" in image.header or "LinearTransformationMatrix" not in told:
        return {}, ""
    kind = told["ProjectionSystem"].text if "ProjectionSystem" in told else "Gnomonic"
    code = _PROJECTIONS.get(kind)
    if code is None:
        return {}, f"Its plate solution is not used: its projection ({kind}) is not known here."
    try:
        cards = _cards(store, told, code, image.shape[0])
    except (UnreadableFrame, KeyError, ValueError) as problem:
        why = problem.args[0] if problem.args else "it is damaged"
        return {}, f"Its plate solution is not used: {why}."
    bent = any(key.startswith(_SPLINES) for key in told)
    said = "The distortions of its plate solution (splines) are left out." if bent else ""
    return cards, said


def _bare(key: str) -> str:
    return next((key.removeprefix(p) for p in PREFIXES if key.startswith(p)), key)


def _cards(store: Store, told: dict[str, Property], code: str, height: int) -> Cards:
    sky = _numbers(store, told["ReferenceCelestialCoordinates"], 2)
    x, y = _numbers(store, told["ReferenceImageCoordinates"], 2)
    matrix = _numbers(store, told["LinearTransformationMatrix"], 4).reshape(2, 2)
    if not abs(np.linalg.det(matrix)) > 0:
        raise ValueError("its matrix is no plane")
    cards: Cards = {
        "CTYPE1": f"RA---{code}", "CTYPE2": f"DEC--{code}",
        "CRVAL1": float(sky[0]), "CRVAL2": float(sky[1]),
        "CRPIX1": float(x) + 0.5, "CRPIX2": height - float(y) + 0.5,
        "CD1_1": float(matrix[0, 0]), "CD1_2": -float(matrix[0, 1]),
        "CD2_1": float(matrix[1, 0]), "CD2_2": -float(matrix[1, 1]),
    }  # fmt: skip
    if "CelestialPoleNativeCoordinates" in told:
        cards["LONPOLE"] = float(_numbers(store, told["CelestialPoleNativeCoordinates"], 2)[0])
    system = next((told[key].text for key in _SYSTEMS if key in told), "")
    if system in ("ICRS", "FK5", "FK4"):
        cards["RADESYS"] = system
    return cards


def _numbers(store: Store, told: Property, count: int) -> NDArray[np.float64]:
    """A vector or matrix of 64-bit numbers. Raises ValueError or UnreadableFrame."""
    if told.block is None or not told.kind.startswith("F64"):
        raise ValueError(f"a property of it is no vector ({told.kind})")
    content = block_bytes(store, told.block, 8 * count)
    numbers = np.frombuffer(content, ">f8" if told.big_endian else "<f8", count)
    if not np.isfinite(numbers).all():
        raise ValueError("not all of its numbers are finite")
    return numbers
