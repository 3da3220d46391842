"""Super-resolution of pictures for the eye."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from astroview.core.frame import ArraySource, Frame
from astroview.engine.networks.tile_superres import LUMA
from trainer import metrics
from trainer.data import degrade
from trainer.data.pictures import Picture
from trainer.evaluation.resume_log import ResumeLog, Row, means
from trainer.evaluation.superres_rivals import Restored, Restorer
from trainer.tasks import superres_task

SHARP = 0.4
LONG_SIDE = 512
Tick = Callable[[str], None]


def score_all(
    who: Restorer, held: Sequence[Picture], scale: int, notes: ResumeLog, tick: Tick
) -> dict[str, Any]:
    """Rows of each set, by picture, and their means."""
    large = [p for p in held if p.sharpness >= SHARP and max(p.rgb.shape[:2]) >= LONG_SIDE]
    names = ("all", "sharp", "sharp, halved", "sharp, halved, boxes")
    rows: dict[str, dict[str, Row]] = {name: {} for name in names}
    for picture in held:
        key = f"{who.key} {scale} display {picture.name}"
        rows["all"][picture.name] = notes.recall(key, lambda p=picture: _score(who, p.rgb, scale))
        tick(f"{who.name}: {picture.name}")
    for picture in large:
        key = f"{who.key} {scale} halved {picture.name}"
        rows["sharp"][picture.name] = rows["all"][picture.name]
        rows["sharp, halved"][picture.name] = notes.recall(
            key, lambda p=picture: _score(who, superres_task.half(p.rgb), scale)
        )
        key = f"{who.key} {scale} boxes {picture.name}"
        rows["sharp, halved, boxes"][picture.name] = notes.recall(
            key, lambda p=picture: _score(who, superres_task.half(p.rgb), scale, boxes=True)
        )
        tick(f"{who.name}: {picture.name}, halved")
    return {"rows": rows, "means": {name: _means(list(by.values())) for name, by in rows.items()}}


def _means(rows: list[Row]) -> dict[str, float]:
    made = {"pictures": float(len(rows)), **means(rows)}
    if rows:
        made["cpu_s_per_mpix"] = sum(r["seconds"] for r in rows) / sum(r["mpix"] for r in rows)
    for key in ("seconds", "mpix"):
        made.pop(key, None)
    return made


def reduced(
    rgb_HWC: NDArray[np.uint8], scale: int, *, boxes: bool = False
) -> tuple[Frame, NDArray[np.float32]]:
    """A picture reduced as picture editors do, or by the means of ``boxes`` as a detector does;
    and the truth (sh, sw, 3) in 0..255.
    """
    height, width = (n - n % scale for n in rgb_HWC.shape[:2])
    truth = rgb_HWC[:height, :width].astype(np.float32)
    planes = torch.from_numpy(truth / np.float32(255)).permute(2, 0, 1)[None]
    small = degrade.quantise(degrade.shrink(planes, scale, torch.full((1,), float(not boxes))))
    seen = np.rint(small[0].permute(1, 2, 0).numpy() * 255).astype(np.uint8)
    return Frame("picture", seen.shape[:2], 3, "display", ArraySource(seen), 255.0), truth


def _score(who: Restorer, rgb_HWC: NDArray[np.uint8], scale: int, *, boxes: bool = False) -> Row:
    frame, truth = reduced(rgb_HWC, scale, boxes=boxes)
    made = who.restore(frame, scale)
    y, t = (torch.from_numpy(a / np.float32(255)).permute(2, 0, 1)[None]
            for a in (np.clip(made.samples, 0, 255), truth))  # fmt: skip
    row: Row = {
        "psnr": metrics.psnr(y, t),
        "ssim": metrics.ssim(y, t),
        "l1": float((y - t).abs().mean()),
        "l2": float((y - t).square().mean().sqrt()),
        "seconds": made.seconds,
        "mpix": frame.shape[0] * frame.shape[1] / 1e6,
    }
    if (share := covered(made, truth)) is not None:
        row["coverage"] = share
    return row


def covered(made: Restored, truth: NDArray[np.float32]) -> float | None:
    """The share of true values, of colour: of luma, within the interval; None without one."""
    if made.half is None:
        return None
    error = made.samples - truth
    if error.ndim == 3:
        error = error @ np.array(LUMA, np.float32)
    return float((np.abs(error) <= made.half).mean())
