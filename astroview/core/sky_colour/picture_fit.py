"""Where a colour picture lies on a frame: by WCS, as the same extent, by stars, or by features.

What was found is tried on the pictures themselves: their lightness, high-passed, has to agree.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core import extras
from astroview.core.errors import AstroviewError
from astroview.core.frame import ArraySource, Frame
from astroview.core.lazy_dataclass import dataclass
from astroview.core.sky.align import PlainMap, SkyAlignment, pixels_per_base_pixel
from astroview.core.sky_colour.cell_grid import Cells, light_cells
from astroview.core.sky_colour.colour_picture import ColourPicture, mirrored
from astroview.core.texts import Text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from astroview.core.colour.stretch import Stretch
    from astroview.core.sky.align import Map

    FloatArray = NDArray[np.float32]
    Places = NDArray[np.float64]

STAR_SIDE = 1400  # pixels of the longer side on which stars are looked for
FEATURE_SIDE = 700  # and features
FEATURES_NEED = 16  # pixels of the shorter side: SIFT's coarsest octave has 12
CLOUDS = 6.0  # cells: what is larger is no star
FEWEST = 6  # stars or features that have to agree
_SEED = 7  # of the random choices, so that the same pictures give the same fit


@dataclass(frozen=True)
class AffineMap:
    """Places x, y in a frame to ``matrix`` (2, 3) times (x, y, 1) in a picture."""

    matrix: NDArray[np.float64]

    def grid(self, x: Places, y: Places) -> tuple[Places, Places]:
        (a, b, c), (d, e, f) = self.matrix
        return a * x + b * y[:, None] + c, d * x + e * y[:, None] + f


@dataclass(frozen=True, eq=False)
class PictureFit:
    """How a picture lies on a frame.

    Attributes
    ----------
    picture
        The picture, or its mirror image.
    by
        From places in the frame to places in the picture.
    how
        In words: "by WCS", "by 34 stars" ...
    pixels
        A pixel of the frame in pixels of the picture.
    residual
        Root mean square of what stars or features are off, in pixels of the frame; None where
        none were matched.
    sure
        Whether coordinates say so; else the pictures themselves have to agree.
    """

    picture: ColourPicture
    by: Map
    how: str
    pixels: float
    residual: float | None = None
    sure: bool = False


def sky_fit(frame: Frame, picture: ColourPicture) -> PictureFit | None:
    """By WCS; None where one of them has none. Raises AstroviewError where they do not meet."""
    if frame.wcs is None or picture.wcs is None:
        return None
    stand_in = _as_frame(picture)
    found = SkyAlignment.between(frame, stand_in)
    if found is None or not found.meet:
        raise AstroviewError(
            Text(
                "{name} shows another part of the sky than {frame_name}",
                name=picture.name,
                frame_name=frame.name,
            ),
            hint="Take a picture of the same field, or a survey.",
        )
    return PictureFit(
        picture, found, "by their coordinates", pixels_per_base_pixel(frame, found), sure=True
    )


def same_extent(frame: Frame, picture: ColourPicture) -> PictureFit | None:
    """As if both showed the same extent; None where their forms differ."""
    ratios = [there / here for there, here in zip(picture.shape, frame.shape, strict=True)]
    if abs(ratios[0] - ratios[1]) * max(frame.shape) > 2 * max(*ratios, 1):
        return None
    by = PlainMap(ratios[1], ratios[0])
    return PictureFit(picture, by, "as the same extent", float(np.sqrt(ratios[0] * ratios[1])))


def star_fits(frame: Frame, stretch: Stretch, picture: ColourPicture) -> list[PictureFit]:
    """By stars, the picture as it is and mirrored; those that were found.

    Raises AstroviewError without the extra "sky".
    """
    extras.need("sky")
    light, step = _small_light(frame, stretch, STAR_SIDE)
    tried = (picture, mirrored(picture))
    return [fit for one in tried if (fit := _by_stars(light, step, one, frame)) is not None]


def feature_fits(frame: Frame, stretch: Stretch, picture: ColourPicture) -> list[PictureFit]:
    """By features of what is no star, likewise."""
    extras.need("sky")
    light, step = _small_light(frame, stretch, FEATURE_SIDE)
    tried = (picture, mirrored(picture))
    return [fit for one in tried if (fit := _by_features(light, step, one, frame)) is not None]


def _small_light(frame: Frame, stretch: Stretch, side: int) -> tuple[FloatArray, float]:
    step = max(1.0, max(frame.shape) / side)
    light = light_cells(frame, stretch, Cells(frame.shape, step))
    return np.nan_to_num(light, nan=float(np.nanmedian(light))), step


def _small_picture(picture: ColourPicture, side: int) -> tuple[FloatArray, float]:
    """Its lightness, reduced, and by how much."""
    from astroview.core.colour.stretch import Stretch

    step = max(1.0, max(picture.shape) / side)
    held = replace(_as_frame(picture), source=ArraySource(picture.lab[..., 0]))
    cells = Cells(picture.shape, step)
    plain = Stretch("linear", 0.0, 1.0)  # any that keeps the order
    return np.nan_to_num(light_cells(held, plain, cells)), step


def _by_stars(
    light: FloatArray, step: float, picture: ColourPicture, frame: Frame
) -> PictureFit | None:
    import astroalign

    turn: Any
    there, there_step = _small_picture(picture, STAR_SIDE)
    try:
        turn, (mine, theirs) = astroalign.find_transform(
            _without_clouds(light), _without_clouds(there), max_control_points=60
        )
    except (astroalign.MaxIterError, ValueError, TypeError, IndexError, ZeroDivisionError):
        return None
    off = np.asarray(turn(mine)) - np.asarray(theirs)
    return _affine(turn.params, off, step, there_step, picture, frame, "stars", len(mine))


def _without_clouds(light: FloatArray) -> NDArray[np.float64]:
    from scipy.ndimage import gaussian_filter

    held = light.astype(np.float64)
    return held - gaussian_filter(held, CLOUDS)


def _by_features(
    light: FloatArray, step: float, picture: ColourPicture, frame: Frame
) -> PictureFit | None:
    from skimage.feature import SIFT, match_descriptors
    from skimage.measure import ransac
    from skimage.transform import SimilarityTransform

    there, there_step = _small_picture(picture, FEATURE_SIDE)
    if min(*light.shape, *there.shape) < FEATURES_NEED:
        return None
    found: list[Any] = []
    for plane in (light, there):
        sift = SIFT(upsampling=1)
        try:
            sift.detect_and_extract(plane)
        except (RuntimeError, ValueError):  # it has none
            return None
        found.append(sift)
    pairs = match_descriptors(found[0].descriptors, found[1].descriptors, max_ratio=0.8,
                              cross_check=True)  # fmt: skip
    if len(pairs) < FEWEST:
        return None
    mine, theirs = (one.keypoints[pairs[:, i]][:, ::-1] for i, one in enumerate(found))
    fitted: Any = ransac(
        (mine, theirs), SimilarityTransform, min_samples=3, residual_threshold=2, max_trials=2000,
        rng=_SEED,
    )  # fmt: skip
    model, inside = fitted
    if not model or inside is None or inside.sum() < FEWEST:
        return None
    off = model(mine[inside]) - theirs[inside]
    count = int(inside.sum())
    return _affine(model.params, off, step, there_step, picture, frame, "features", count)


def _affine(
    params: NDArray[np.float64], off: NDArray[np.float64], step: float, there_step: float,
    picture: ColourPicture, frame: Frame, what: str, count: int,
) -> PictureFit | None:  # fmt: skip
    """From a similarity between reduced planes, whose places count centres of cells."""
    if count < FEWEST or not np.isfinite(params).all():
        return None
    turn = params[:2, :2] * (there_step / step)
    # A cell's centre i is the place (i + 1/2) c - 1/2.
    start = params[:2, 2] + params[:2, :2] @ np.full(2, 0.5 / step - 0.5)
    shift = (start + 0.5) * there_step - 0.5
    scale = float(np.sqrt(abs(np.linalg.det(turn))))
    if not 0.01 < scale < 100:
        return None
    by = AffineMap(np.column_stack([turn, shift]))
    if not _meets(by, frame.shape, picture.shape):
        return None
    spread = float(np.sqrt(np.mean(np.sum(off**2, axis=1)))) * there_step / scale
    return PictureFit(picture, by, f"by {count} {what}", scale, spread)


def _meets(by: AffineMap, shape: tuple[int, int], there: tuple[int, int]) -> bool:
    x, y = by.grid(np.linspace(0, shape[1] - 1, 9), np.linspace(0, shape[0] - 1, 9))
    return bool(((x > 0) & (y > 0) & (x < there[1] - 1) & (y < there[0] - 1)).any())


def _as_frame(picture: ColourPicture) -> Frame:
    return Frame(
        picture.name, picture.shape, 1, "linear", ArraySource(picture.good), None, wcs=picture.wcs
    )
