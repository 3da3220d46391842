"""How a frame's samples came about, as a super-resolver that asks is told it.

A detector integrates over boxes: so do the pixels of a linear frame. Nobody says of a display
picture whether it was resized with a filter or binned: the network judges it by a few places with
the most detail. Of a JPEG it stays unknown.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor

from astroview.core.colour.stretch import Stretch
from astroview.core.frame import Frame, Window
from astroview.engine.networks.curves import Curve
from astroview.engine.networks.tile_superres import asks_reduction, luma

BOX, UNKNOWN = 1.0, 0.0
JPEG = (".jpg", ".jpeg", ".jpe", ".jfif")
RESIZED_MORE_OFTEN = -0.5  # log odds of boxes before a picture is looked at
SIDE = 96  # pixels of a place
GRID, PLACES = 4, 4  # places looked at along an axis; how many of all are asked about


@torch.inference_mode()
def told_of(frame: Frame, network: Any, stretch: Stretch, device: torch.device) -> float:
    """From -1, resized with a filter, to 1, means of boxes; 0 is unknown.

    Parameters
    ----------
    network
        A super-resolver; one that does not ask (`networks.gated.Gated` does) is told nothing.
    stretch
        Through which it sees the frame.
    """
    if not asks_reduction(network):
        return UNKNOWN
    if frame.kind == "linear":
        return BOX
    if frame.path is not None and frame.path.suffix.lower() in JPEG:
        return UNKNOWN  # its blocks hide it
    seen = [_seen(frame, window, stretch) for window in _windows(frame)]
    detailed = sorted(seen, key=lambda u: -float(u.std(correction=0)))[:PLACES]
    sigma = torch.zeros(1, device=device)
    odds = [float(network.box_odds(u.to(device), sigma)[0]) for u in detailed]
    return float(np.tanh((np.mean(odds) + RESIZED_MORE_OFTEN) / 2))


def _windows(frame: Frame) -> list[Window]:
    """Places all over the frame."""
    sides = [min(SIDE, n) for n in frame.shape]
    starts = [
        sorted({round(f) for f in np.linspace(0, n - side, GRID)})
        for n, side in zip(frame.shape, sides, strict=True)
    ]
    return [Window(y, x, *sides) for y in starts[0] for x in starts[1]]


def _seen(frame: Frame, window: Window, stretch: Stretch) -> Tensor:
    x = np.nan_to_num(frame.read(window), nan=stretch.low)
    planes = torch.from_numpy(np.ascontiguousarray(np.atleast_3d(x).transpose(2, 0, 1)))[None]
    return luma(Curve.of(stretch).forward(planes))
