"""Rows of pictures beside a verdict: input, parent, tuned, truth."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from astroview.core.atomic_write import replacing
from trainer.finetune.paired_scores import Judge, Measure, PairedScores, PairedView

SIDE = 192
FOLDER = "verdict"


def rows(
    judge: Judge,
    measure: Measure,
    own: Sequence[PairedScores],
    bundled: Sequence[PairedScores],
    run: Path,
) -> tuple[tuple[str, ...], ...]:
    """Write PNG files below ``run`` and name them: of the user's pictures the one that gained
    most, the median and the one that lost most; of the bundled ones the one that lost most.
    """
    chosen: dict[str, PairedScores] = {}
    ranked = sorted(own, key=lambda p: (p.base[measure.key] - p.tuned[measure.key]) * measure.sign)
    if ranked:
        chosen["most gained"] = ranked[0]
        if len(ranked) > 2:
            chosen["median"] = ranked[len(ranked) // 2]
        if len(ranked) > 1:
            chosen["worst"] = ranked[-1]
    if bundled:
        losses = [(p.base[measure.key] - p.tuned[measure.key]) * measure.sign for p in bundled]
        chosen["worst of the bundled"] = bundled[int(np.argmax(losses))]
    (run / FOLDER).mkdir(parents=True, exist_ok=True)
    return tuple(_row(judge.view(pair.picture), name, run) for name, pair in chosen.items())


def _row(view: PairedView, name: str, run: Path) -> tuple[str, ...]:
    where = _liveliest(view)
    paths: list[str] = []
    for kind in ("before", "base", "tuned", "truth"):
        path = f"{FOLDER}/{name.replace(' ', '-')}-{kind}.png"
        values = (np.clip(getattr(view, kind)[where], 0, 1) * 255 + 0.5).astype(np.uint8)
        with replacing(run / path, lasting=False) as file:
            Image.fromarray(values).save(file, format="PNG")
        paths.append(path)
    return tuple(paths)


def _liveliest(view: PairedView) -> tuple[slice, slice]:
    """The square where the two results differ most: there one sees which is better."""
    change = np.abs(view.tuned - view.base).mean(-1)
    height, width = (min(SIDE, n) for n in change.shape)
    best = max(
        (
            (float(change[y : y + height, x : x + width].sum()), y, x)
            for y in _steps(change.shape[0], height)
            for x in _steps(change.shape[1], width)
        ),
        key=lambda found: found[0],
    )
    return slice(best[1], best[1] + height), slice(best[2], best[2] + width)


def _steps(whole: int, part: int) -> NDArray[np.int_]:
    return np.unique(np.linspace(0, whole - part, max(1, 2 * whole // part)).astype(int))
