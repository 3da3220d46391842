"""A survey's colours over a frame: asked of hips2fits for the frame's own field, and kept.

hips2fits (Boch et al. 2020, CDS) draws a HiPS onto any WCS. It is asked for one that lies as the
frame does, at the survey's own sampling. What it answers is kept in the cache of the user, oldest
out first; what is blank is believed for an hour.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import numpy as np

from astroview.core import resources
from astroview.core.atomic_write import prune, replacing
from astroview.core.errors import AstroviewError
from astroview.core.lazy_dataclass import dataclass
from astroview.core.library_warnings import collected_warnings
from astroview.core.sky_colour.colour_picture import empty
from astroview.core.sky_colour.surveys import ColourSurvey
from astroview.core.sky_colour.web_answer import Bounds, NoAnswer, WrongAnswer, ask
from astroview.core.texts import Text

if TYPE_CHECKING:
    from astropy.wcs import WCS
    from numpy.typing import NDArray

    from astroview.core.frame import Frame

SERVER = "https://alasky.cds.unistra.fr/hips-image-services/hips2fits"
SERVER_VARIABLE = "ASTROVIEW_HIPS2FITS"  # another server of the same kind, such as a mirror
SECONDS_VARIABLE = "ASTROVIEW_HIPS2FITS_SECONDS"  # how long an answer may take
LONGEST = 2048  # pixels of a side that is asked for
KEPT_BYTES = 500 * 10**6  # of all answers that are kept
BLANK = 0.01  # of an answer, beyond which it is asked for again
BLANK_SECONDS = 3600  # after so long
MARGIN = 4  # pixels of the survey around the frame
WIDEST = 60.0  # degrees of the sky
_NODES = 9
_PNG = b"\x89PNG\r\n\x1a\n"
_MOST_PIXELS = 4 * LONGEST * LONGEST


@dataclass(frozen=True, eq=False)
class Cutout:
    """A survey's picture of a field.

    Attributes
    ----------
    rgba
        (h, w, 4) uint8, row 0 on top; alpha 0 where the survey has nothing.
    wcs
        Its sky; counts rows from the bottom, as FITS does.
    """

    rgba: NDArray[np.uint8]
    wcs: WCS


def cutout(
    frame: Frame,
    survey: ColourSurvey,
    tick: Callable[[int], object] = lambda _: None,
    longest: int = LONGEST,
) -> Cutout:
    """A survey's picture of a frame's field, from the cache or from the server.

    Parameters
    ----------
    tick
        Told the bytes that came, many times a second; may raise to stop.
    longest
        Pixels of its longer side at most.

    Raises
    ------
    AstroviewError
        The frame has no WCS, or one of too wide a field; `NoAnswer`, `WrongAnswer`.
    """
    grid = grid_for(frame, survey, longest)
    url = f"{_server()}?{urlencode(question(survey, grid))}"
    kept = folder() / f"{hashlib.sha256(url.encode()).hexdigest()[:32]}.png"
    former, fresh = _kept(kept, grid)
    if former is not None and fresh:
        return former
    try:
        content = ask(url, (_PNG,), _bounds(), tick)
    except NoAnswer:
        if former is not None and _blank_share(former) < 1:
            return former
        raise
    found = Cutout(_decoded(content, grid), grid)
    _keep(kept, content)
    return found


def folder() -> Path:
    """Where answers are kept."""
    return resources.cache() / "sky"


def question(survey: ColourSurvey, grid: WCS) -> dict[str, str]:
    """What hips2fits is asked: a HiPS, a WCS with its size, a format that can be blank."""
    with collected_warnings():
        header: Any = grid.to_header()
    cards = {key: value for key, value in header.items() if key not in ("", "COMMENT", "HISTORY")}
    across, up = grid.pixel_shape or (0, 0)
    cards |= {"NAXIS": 2, "NAXIS1": int(across), "NAXIS2": int(up)}
    return {"hips": survey.hips, "wcs": json.dumps(cards, sort_keys=True), "format": "png"}


def grid_for(frame: Frame, survey: ColourSurvey, longest: int = LONGEST) -> WCS:
    """A tangent plane that lies as the frame does and covers it, at the survey's sampling.

    Raises AstroviewError for a frame without a WCS, or with one of too wide a field.
    """
    from astropy.wcs import WCS

    from astroview.core.sky.sky_map import sky_map

    sky = sky_map(frame)
    if sky is None:
        raise AstroviewError(
            Text(
                "{name} does not say where on the sky it is, so no survey can be asked",
                name=frame.name,
            ),
            hint="Give it a WCS (astrometry.net does), or take a colour picture of the field.",
        )
    height, width = frame.shape
    across, down = np.meshgrid(np.linspace(0, width, _NODES), np.linspace(0, height, _NODES))
    places = np.column_stack([across.ravel(), down.ravel()])
    sides = np.array([[width / 2, height / 2], [width / 2 + 1, height / 2],
                      [width / 2, height / 2 - 1]])  # fmt: skip
    middle, right, above = sky.to_sky(sides)
    flat = WCS(naxis=2)
    flat.wcs.ctype = ["RA---TAN", "DEC--TAN"]
    flat.wcs.cunit = ["deg", "deg"]
    flat.wcs.radesys = "ICRS"
    flat.wcs.crval, flat.wcs.crpix = middle, [0.0, 0.0]
    with np.errstate(all="ignore"), collected_warnings():
        # Columns: how far on the tangent plane one pixel to the right and one up lead.
        steps = np.asarray(flat.wcs_world2pix([right, above], 0)) + 1
        corners = np.asarray(flat.wcs_world2pix(sky.to_sky(places), 0)) + 1
    if not (np.isfinite(steps).all() and np.isfinite(corners).all()):
        raise _too_wide(frame)
    return _covering(flat, steps, corners, survey.pixel / 3600, longest, frame)


def _covering(
    flat: WCS,
    steps: NDArray[np.float64],
    corners: NDArray[np.float64],
    pixel: float,
    longest: int,
    frame: Frame,
) -> WCS:
    """``flat`` turned as the ``steps`` of a frame's pixels are, over all ``corners`` (degrees)."""
    turn = steps / np.maximum(np.linalg.norm(steps, axis=1, keepdims=True), 1e-12)
    if abs(np.linalg.det(turn)) < 0.1:  # no pixel grid that could be followed
        turn = np.array([[-1.0, 0.0], [0.0, 1.0]])
    inside = corners @ np.linalg.inv(turn)
    low, high = inside.min(0), inside.max(0)
    if float((high - low).max()) > WIDEST:
        raise _too_wide(frame)
    pixel = max(pixel, float((high - low).max()) / (longest - 2 * MARGIN - 1))
    count = np.ceil((high - low) / pixel).astype(int) + 2 * MARGIN
    made = flat.deepcopy()
    made.wcs.cd = turn.T * pixel
    made.wcs.crpix = (count + 1) / 2 - (low + high) / 2 / pixel
    made.wcs.set()
    made.pixel_shape = (int(count[0]), int(count[1]))
    return made


def _too_wide(frame: Frame) -> AstroviewError:
    return AstroviewError(
        Text(
            "{name} shows more of the sky than a survey can be asked for at once", name=frame.name
        ),
        hint=Text(
            "Fields of up to {widest:.0f} degrees can be had; cut the frame, or take a picture.",
            widest=WIDEST,
        ),
    )


def _server() -> str:
    return os.environ.get(SERVER_VARIABLE) or SERVER


def _bounds() -> Bounds:
    try:
        seconds = float(os.environ.get(SECONDS_VARIABLE, ""))
    except ValueError:
        seconds = Bounds.seconds
    if not 0 < seconds < float("inf"):
        seconds = Bounds.seconds
    # Who names a server of his own means it, wherever it stands.
    return Bounds(seconds, allow_private=bool(os.environ.get(SERVER_VARIABLE)))


def _decoded(content: bytes, grid: WCS) -> NDArray[np.uint8]:
    from PIL import Image

    try:
        with collected_warnings(), Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise ValueError("it is too large")
            rgba = np.asarray(picture.convert("RGBA"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
        raise WrongAnswer(
            Text("the survey's picture cannot be read: {problem}", problem=problem),
            hint="Try again later.",
        ) from problem
    if rgba.shape[:2] != tuple(reversed(grid.pixel_shape or ())):
        raise WrongAnswer(
            Text(
                "the survey's picture has {shape} x {shape_2} pixels, not the {pixel_shape} "
                "that were asked for",
                shape=rgba.shape[1],
                shape_2=rgba.shape[0],
                pixel_shape=grid.pixel_shape,
            ),
            hint="Try again later, or another survey.",
        )
    return rgba


def _kept(path: Path, grid: WCS) -> tuple[Cutout | None, bool]:
    """An answer of before, and whether it need not be asked for again: what was blank may be the
    fault of an hour, for servers leave out tiles that they cannot get.
    """
    with suppress(OSError, AstroviewError):
        found = Cutout(_decoded(path.read_bytes(), grid), grid)
        if _blank_share(found) > BLANK:
            return found, 0 <= time.time() - path.stat().st_mtime < BLANK_SECONDS
        os.utime(path)
        return found, True
    return None, False


def _blank_share(cutout: Cutout) -> float:
    """The share of a picture of which its survey has nothing."""
    return float(((cutout.rgba[..., 3] == 0) | empty(cutout.rgba[..., :3])).mean())


def _keep(path: Path, content: bytes) -> None:
    """Keep an answer, and no more of all than `KEPT_BYTES`. A full disk is no reason to fail."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path, lasting=False) as file:
            file.write(content)
        prune(path.parent, KEPT_BYTES)
