"""Which of thousands of frames may be bands of one field: told without comparing each with each.

A few numbers of a frame (where it looks, how far it reaches, its shape) leave few others that
are worth the slow comparison of two coordinate systems, and of those with one filter the first
that fits is enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core.bands.bands import Band, identify, offer, same_field
from astroview.core.bands.filters import filter_in_name
from astroview.core.library_warnings import collected_warnings

if TYPE_CHECKING:
    from astropy.wcs import WCS
    from numpy.typing import NDArray

    from astroview.core.frame import Frame

Kind = tuple[float | None, float | None]  # wavelengths that header and name speak of


class Fields:
    """Grey frames, of which sets are taken one after the other."""

    def __init__(self, frames: Sequence[Frame]) -> None:
        self._frames = frames
        self._free = np.ones(len(frames), bool)
        kinds = [_kind(frame) for frame in frames]
        numbers = {kind: number for number, kind in enumerate(dict.fromkeys(kinds))}
        self._kinds = np.array([numbers[kind] for kind in kinds], int)
        self._known = [kind != (None, None) for kind in kinds]
        shapes = {key: number for number, key in enumerate(dict.fromkeys(map(_form, frames)))}
        self._forms = np.array([shapes[_form(frame)] for frame in frames], int)
        places = places_of(frames)
        self._toward, self._reach = places[:, :3], places[:, 3]

    def is_free(self, i: int) -> bool:
        """Whether a frame is in no set yet."""
        return bool(self._free[i])

    def take(self, i: int) -> list[tuple[int, Band]]:
        """A frame with the first ones that make colour with it, as `bands.offer` would choose
        them; all are taken. [] when there are none.
        """
        fellows = self._fellows(i) if self._known[i] else []
        bands = offer([self._frames[j] for j in (i, *fellows)], self._frames[i]) if fellows else []
        index = {id(self._frames[j]): j for j in (i, *fellows)}
        taken = [(index[id(band.frame)], band) for band in bands]
        self._free[[i, *(j for j, _ in taken)]] = False
        return taken

    def _fellows(self, i: int) -> list[int]:
        """Of each other kind the first free frame that shows the same field."""
        near = self._near(i)
        near = near[self._free[near] & (self._kinds[near] != self._kinds[i])]
        found: list[int] = []
        for kind in np.unique(self._kinds[near]):
            alike = near[self._kinds[near] == kind]
            fits = (int(j) for j in alike if same_field(self._frames[i], self._frames[j]))
            found += [j for j in (next(fits, None),) if j is not None]
        return sorted(found)

    def _near(self, i: int) -> NDArray[np.intp]:
        """Frames that may show the same field; those without coordinates by their form."""
        alike = self._forms == self._forms[i]
        if self._frames[i].wcs is not None:
            apart = ((self._toward - self._toward[i]) ** 2).sum(1)
            alike &= apart <= (self._reach + self._reach[i]) ** 2
        return np.flatnonzero(alike)


def places_of(frames: Sequence[Frame]) -> NDArray[np.float64]:
    """(N, 4): a unit vector to each frame's middle, and how far its corners reach."""
    return np.array([_place(frame) for frame in frames]).reshape(-1, 4)


def _kind(frame: Frame) -> Kind:
    return _rounded(identify(frame).nm), _rounded(filter_in_name(frame.name)[1])


def _rounded(nm: float | None) -> float | None:
    return None if nm is None else float(round(nm))


def _form(frame: Frame) -> object:
    return frame.wcs is None and (frame.shape, frame.kind)


def _place(frame: Frame) -> NDArray[np.float64]:
    """A unit vector to a frame's middle, and the greatest distance of a corner from it; for a
    frame without coordinates, or whose middle is no place in the sky, somewhere far off.
    """
    nowhere = np.array([9.0, 9.0, 9.0, 0.0])
    if frame.wcs is None:
        return nowhere
    height, width = frame.shape
    x = np.array([0.5, 0.0, 0.0, 1.0, 1.0]) * (width - 1)
    y = np.array([0.5, 0.0, 1.0, 0.0, 1.0]) * (height - 1)
    vectors = _unit_vectors(frame.wcs, x, y)
    if not np.isfinite(vectors[0]).all():
        return nowhere
    apart = np.sqrt(((vectors - vectors[0]) ** 2).sum(1))
    reach = 1.001 * apart.max() if np.isfinite(apart).all() else 2.0  # the whole sky
    return np.array([*vectors[0], reach])


def _unit_vectors(wcs: WCS, x: NDArray[Any], y: NDArray[Any]) -> NDArray[np.float64]:
    """(N, 3), in ICRS whatever the frame's own system is; NaN where there is no sky."""
    try:
        with collected_warnings(), np.errstate(all="ignore"):
            sky: Any = wcs.celestial.pixel_to_world(x, y)
            return np.asarray(sky.icrs.cartesian.xyz.value, np.float64).T
    except (ValueError, AttributeError, TypeError, np.linalg.LinAlgError):
        return np.full((len(x), 3), np.nan)
