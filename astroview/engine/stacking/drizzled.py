"""Frames dropped onto the fine grid by STScI's `drizzle` (Fruchter & Hook 2002)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core import extras

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from astroview.engine.stacking.stack_choices import StackChoices
    from astroview.engine.stacking.tile_pieces import FineTile, TilePixels

    Samples = NDArray[np.float32]


def drizzle(
    pieces: Sequence[TilePixels], tile: FineTile, choices: StackChoices
) -> tuple[Samples, Samples]:
    """Samples above the sky (means), and their standard deviation, of a tile with its margin.

    NaN where no pixel was dropped. Neighbours share pixels, so their errors are correlated.
    """
    try:
        from drizzle.resample import Drizzle
    except ImportError as problem:
        raise extras.missing("stack", "drizzle") from problem
    grid: Any = Drizzle(choices.kernel, out_shape=tile.shape, fillval="nan", disable_ctx=True)
    worth = max((piece.exposure.weight for piece in pieces), default=1.0)
    for piece in pieces:
        variance = np.full_like(piece.values, piece.exposure.noise**2)
        grid.add_image(
            piece.values,
            exptime=1.0,
            pixmap=np.dstack([piece.place_x - 0.5, piece.place_y - 0.5]),
            pixel_scale_ratio=1.0 / (tile.scale * np.sqrt(piece.exposure.area)),
            pixfrac=choices.pixfrac,
            weight_map=piece.good * np.float32(piece.exposure.weight / worth),
            in_units="cps",
            data2=variance,
        )
    seen = np.asarray(grid.out_wht) > 0
    if not pieces or grid.out_img2 is None:
        nothing = np.full(tile.shape, np.nan, np.float32)
        return nothing, nothing
    samples = np.where(seen, grid.out_img, np.nan).astype(np.float32)
    spread = np.where(seen, np.sqrt(np.maximum(grid.out_img2[0], 0)), np.nan)
    return samples, spread.astype(np.float32)
