"""Rows of pictures beside a verdict: input, parent, tuned, truth."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from astroview.core.atomic_write import replacing
from trainer import metrics
from trainer.data import tensor_colour
from trainer.data.pictures import Shown
from trainer.finetune.paired_scores import Floats, Measure, PairedScores, PairedView

SIDE = 192
JUST_SEEN = 2.3  # CIEDE2000: what an eye just tells apart (Mahy et al. 1994)
FOLDER = "verdict"
View = Callable[[Shown], PairedView]


def rows(
    views: Mapping[int, View],
    measure: Measure,
    own: Sequence[PairedScores],
    bundled: Sequence[PairedScores],
    run: Path,
) -> tuple[tuple[tuple[str, ...], ...], float | None]:
    """Write PNG files below ``run`` and name them: of the user's pictures the one that gained
    most, the median and the one that lost most; of the bundled ones the one that lost most.
    ``views`` have for each pair, by its id, whoever shows its picture under both models.

    With them comes by how much the user's pictures differ visibly (see `visible`), in the one
    where they do most; None without any.
    """
    chosen: dict[str, PairedScores] = {}
    ranked = sorted(own, key=lambda pair: _loss(pair, measure))
    if ranked:
        chosen["most gained"] = ranked[0]
        if len(ranked) > 2:
            chosen["median"] = ranked[len(ranked) // 2]
        if len(ranked) > 1:
            chosen["worst"] = ranked[-1]
    if bundled:
        losses = [_loss(pair, measure) for pair in bundled]
        chosen["worst of the bundled"] = bundled[int(np.argmax(losses))]
    (run / FOLDER).mkdir(parents=True, exist_ok=True)
    names: list[tuple[str, ...]] = []
    seen: list[float] = []
    for name, pair in chosen.items():
        view = views[id(pair)](pair.picture)
        where = _liveliest(view)
        names.append(_row(view, where, name, run))
        if pair in ranked:
            seen.append(visible(view.base[where], view.tuned[where]))
    return tuple(names), max(seen, default=None)


def visible(one: Floats, other: Floats) -> float:
    """The share of pixels (H, W, 3) of two pictures that differ by more than an eye can tell."""
    first, second = (
        tensor_colour.to_cielab(torch.from_numpy(x.copy()).permute(2, 0, 1)[None].clamp(0, 1))
        for x in (one, other)
    )
    return float((metrics.ciede2000(first, second) > JUST_SEEN).float().mean())


def _loss(pair: PairedScores, measure: Measure) -> float:
    """By how much the figure got worse; by the first one that there is, of other pictures."""
    key = measure.key if measure.key in pair.base else next(iter(pair.base))
    return (pair.base[key] - pair.tuned[key]) * measure.sign


def _row(view: PairedView, where: tuple[slice, slice], name: str, run: Path) -> tuple[str, ...]:
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
