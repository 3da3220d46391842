"""Pinned crops of held-out pictures, drawn as a run goes: before, base, now, truth."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor, nn

from astroview.core.atomic_write import replacing
from astroview.core.messages.train_messages import Sampled
from astroview.engine.networks.palette_code import palette_code
from trainer.data import tensor_colour
from trainer.data.pictures import Shown
from trainer.tasks import superres_task
from trainer.tasks.colour_task import ColourTask, colour_in
from trainer.tasks.superres_task import SuperResTask

CROPS = 6
SIDE = {True: 128, False: 256}  # of a crop, in pixels of the truth: to sharpen, to colour


class Pinned:
    """Draws the same crops whenever it is called, and tells of them.

    The files are ``samples/<crop>-<what>.png``; what is drawn now has the step in its name.
    """

    def __init__(
        self, task: Any, base: nn.Module, folder: Path, tell: Callable[[Sampled], None]
    ) -> None:
        self._task, self._base, self._folder, self._tell = task, base, folder, tell
        held: Sequence[Shown] = task.held
        chosen = held[:: max(1, len(held) // CROPS)][:CROPS]
        side = SIDE[isinstance(task, SuperResTask)]
        self._truths = [_tensor(liveliest(p.rgb, side)) for p in chosen]
        self._drawn = False

    def __call__(self, network: nn.Module, step: int) -> None:
        """Draw what the network makes of every crop."""
        if not self._drawn:
            self._draw_what_stays()
        for i, truth in enumerate(self._truths):
            now = f"samples/{i}-{step:08d}.png"
            self._save(now, self._made(network, truth)[1])
            before, base, true = (f"samples/{i}-{what}.png" for what in ("before", "base", "truth"))
            self._tell(Sampled(time.time(), step, i, before, base, now, true))

    def _draw_what_stays(self) -> None:
        for i, truth in enumerate(self._truths):
            before, base = self._made(self._base, truth)
            drawn = {"before": before, "base": base, "truth": truth}
            for what, picture in drawn.items():
                self._save(f"samples/{i}-{what}.png", picture)
        self._drawn = True

    @torch.no_grad()
    def _made(self, network: Any, truth: Tensor) -> tuple[Tensor, Tensor]:
        """What goes in, at the truth's size, and what comes out, on the network's device."""
        where = next(network.parameters()).device
        truth = truth.to(where)
        if isinstance(self._task, ColourTask):
            lab = tensor_colour.to_oklab(truth)
            grey = tensor_colour.from_oklab(torch.cat([lab[:, :1], lab[:, 1:] * 0], 1))
            return grey, colour_in(network, lab[:, :1], palette_code(lab[:, :1], lab[:, 1:]))
        x, _, y = superres_task.restore(network, truth, self._task.scale, self._task.pictures)
        return x.repeat_interleave(self._task.scale, 2).repeat_interleave(self._task.scale, 3), y

    def _save(self, name: str, picture_13HW: Tensor) -> None:
        pixels = (picture_13HW[0].clamp(0, 1).cpu().permute(1, 2, 0).numpy() * 255 + 0.5).astype(
            np.uint8
        )
        with replacing(self._folder / name, lasting=False) as file:
            Image.fromarray(pixels).save(file, "PNG")


def liveliest(rgb_HWC: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    """The crop of that side (or less, in a small picture) with the most contrast, on a grid of
    half sides.
    """
    height, width = rgb_HWC.shape[:2]
    rows, columns = min(side, height - height % 4), min(side, width - width % 4)
    places = [
        (y, x)
        for y in range(0, height - rows + 1, max(1, rows // 2))
        for x in range(0, width - columns + 1, max(1, columns // 2))
    ]
    best = max(places, key=lambda p: float(_cut(rgb_HWC, p, rows, columns)[::2, ::2].std()))
    return _cut(rgb_HWC, best, rows, columns)


def _cut(
    rgb_HWC: NDArray[np.uint8], place: tuple[int, int], rows: int, columns: int
) -> NDArray[np.uint8]:
    y, x = place
    return rgb_HWC[y : y + rows, x : x + columns]


def _tensor(rgb_HWC: NDArray[np.uint8]) -> Tensor:
    return torch.from_numpy(rgb_HWC.copy()).permute(2, 0, 1)[None].float() / 255
