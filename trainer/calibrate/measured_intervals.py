"""Intervals of measured frames by signal-to-noise, calibrated on frames whose noise is real.

``python -m trainer uncertainty MODEL --data DIR --bands FITS_DIR`` measures them with the rest, and
with ``--keep-head`` these alone (minutes). What is calibrated: nine of ten samples of a frame that
was taken with finer pixels lie within. Truths are real bands, whose box means are what the network
is shown, and simulated exposures with noise as drizzling and smoothing leave it. Half of the fields
of a folder fit, by their names; the other half, and other seeds, check. A field is what its files'
names have in common when the filter is left out, so that no galaxy is on both sides.

Legend: ``q`` the grain of the noise (`tile_stages.Noise`); ratios are of |error|.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from pathlib import Path, PurePath
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from astroview.core.frame import Frame
from astroview.engine.networks.interval_heads import INTERVAL, KNOTS, Tables
from astroview.engine.networks.tile_superres import Sharpener, sharpen, snr_of
from trainer.data import exposures
from trainer.data.exposures import Exposure

SAMPLES = 3000  # of a frame
SIDE, MOST = 96, 240  # coarse pixels of a simulated frame; fine ones of a real one
FIT, CHECK = range(8000, 8018), range(9000, 9012)  # seeds
PER_FIELD = 2  # frames; the filters take turns
GRAINS = (1.25, 1.7, 3.0)  # between which factors of the noise are measured
ROUNDS = 4
EDGES = (3.0, 10.0, 30.0)  # of signal-to-noise, between which coverage is told
FILTER = re.compile(r"^([fF]\d{3,4}[a-z]*|[ugrizyjhkUGRIZYJHK]s?)$")
FloatArray = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Errors:
    """A frame's |error|, what the head says of it, and the S/N, (N,) each; and of its noise."""

    name: str
    error: FloatArray
    head: FloatArray
    snr: FloatArray
    noise: float
    grain: float

    def half(self, tables: Tables) -> FloatArray:
        """Of the intervals."""
        head, snr = torch.from_numpy(self.head), torch.from_numpy(self.snr)
        return tables.half(head, snr, self.noise, self.grain).numpy()


Prepare = Callable[[Frame], Sharpener]


def measured(
    prepare: Prepare, scale: int, bands: Path | None, skies: int | None = None
) -> dict[str, Any]:
    """For a card: tables, and the part within by signal-to-noise on what fitted nothing.

    Parameters
    ----------
    prepare
        Makes a network ready for a frame, with its head and the head's factor.
    bands
        A folder of FITS; None: on simulations alone.
    skies
        At most so many simulated frames to fit and as many to check.
    """
    real = fields(exposures.boxed(bands, scale, MOST) if bands else ())
    groups = [
        [frames[(i + k * (len(frames) // 2)) % len(frames)] for k in range(PER_FIELD)]
        if len(frames) > PER_FIELD
        else frames
        for i, (_, frames) in enumerate(sorted(real.items()))
    ]
    fitting, checking = (list(chain.from_iterable(groups[i::2])) for i in (0, 1))
    fit = _errors(prepare, chain(exposures.finer(FIT[:skies], scale, SIDE * scale), fitting))
    tables = fitted(fit)
    check = _errors(prepare, chain(exposures.finer(CHECK[:skies], scale, SIDE * scale), checking))
    return {"measured": tables.known(), "within": coverage(check, tables)}


def fields(found: Iterable[Exposure]) -> dict[tuple[str, ...], list[Exposure]]:
    """Frames of one field in several filters together, by what their names have in common."""
    made: dict[tuple[str, ...], list[Exposure]] = {}
    for exposure in found:
        made.setdefault(field_of(exposure.name), []).append(exposure)
    return made


def field_of(name: str) -> tuple[str, ...]:
    """A file's path without suffixes and filter."""
    path = PurePath(name)
    words = re.split(r"[_\-]", path.name.split(".", maxsplit=1)[0])
    return (*path.parts[:-1], *(word for word in words if not FILTER.match(word)))


def fitted(found: Sequence[Errors]) -> Tables:
    """The tables with which `INTERVAL` of the samples lie within, of each grain and each S/N."""
    grains, skies = list[float](), list[float]()
    for low, high in pairwise((0.0, *GRAINS, np.inf)):
        part = [one for one in found if low <= one.grain < high]
        faint = [one.error[one.snr < EDGES[0]] / one.noise for one in part]
        ratios = np.concatenate(faint) if faint else np.zeros(0)
        if ratios.size > 50:
            grains.append(float(np.median([one.grain for one in part])))
            skies.append(float(np.quantile(ratios, INTERVAL)))
    if not grains:
        grains, skies = [1.0], [1.645]
    tables = Tables(tuple(grains), tuple(skies), KNOTS, (1.0,) * len(KNOTS))
    for _ in range(ROUNDS if found else 0):
        ratios = np.concatenate([one.error / one.half(tables) for one in found])
        snr = np.concatenate([one.snr for one in found])
        factors = [
            factor * (float(np.quantile(ratios[inside], INTERVAL)) if inside.sum() > 50 else 1.0)
            for factor, inside in zip(tables.factors, _bins(snr), strict=True)
        ]
        tables = replace(tables, factors=tuple(factors))
    return tables


def coverage(found: Sequence[Errors], tables: Tables) -> dict[str, list[list[float]]]:
    """By folder, for all that are "real" and all "simulated": the least S/N, the part within, and
    its standard error, told by how fields differ (none of a single one).
    """
    kinds: dict[str, list[Errors]] = {}
    for one in found:
        folder = PurePath(one.name).parent.as_posix()
        kinds.setdefault("simulated" if folder == "." else folder, []).append(one)
        if folder != ".":
            kinds.setdefault("real", []).append(one)
    return {kind: list(_within(ones, tables)) for kind, ones in sorted(kinds.items())}


def _within(found: Sequence[Errors], tables: Tables) -> Iterator[list[float]]:
    inside = np.concatenate([one.error <= one.half(tables) for one in found])
    snr = np.concatenate([one.snr for one in found])
    names = {name: i for i, name in enumerate(sorted({field_of(one.name) for one in found}))}
    field = np.concatenate([np.full(one.snr.size, names[field_of(one.name)]) for one in found])
    for least, here in zip((0.0, *EDGES), _bins(snr), strict=True):
        if here.sum() > 50:
            told = [float(inside[here].mean()), *scatter(inside[here], field[here])]
            yield [least, *(round(number, 4) for number in told)]


def scatter(inside_N: NDArray[np.bool_], field_N: NDArray[np.int_]) -> list[float]:
    """The standard error of the part inside, where a field's samples are no independent
    witnesses; empty where there is one field alone.
    """
    count = np.bincount(field_N)
    off = np.bincount(field_N, inside_N) - count * inside_N.mean()
    fields = int((count > 0).sum())
    if fields < 2:
        return []
    return [float(np.sqrt(fields / (fields - 1) * (off**2).sum()) / inside_N.size)]


def _bins(snr: FloatArray) -> list[NDArray[np.bool_]]:
    edges = (-np.inf, *EDGES, np.inf)
    return [(snr >= low) & (snr < high) for low, high in pairwise(edges)]


def _errors(prepare: Prepare, found: Iterable[Exposure]) -> list[Errors]:
    made = (_errors_of(prepare(exposure.frame), exposure) for exposure in found)
    return [one for one in made if one is not None]


@torch.inference_mode()
def _errors_of(how: Sharpener, exposure: Exposure) -> Errors | None:
    if not how.noise:
        return None
    x = torch.from_numpy(np.ascontiguousarray(exposure.seen, np.float32))[None, None]
    made = sharpen(replace(how, tables=None), x)
    assert made.half is not None
    snr = snr_of(how, x / how.unit, exposure.scale)[0, 0].numpy().ravel()
    error = np.abs(made.samples[0, 0].numpy() - exposure.truth).ravel()
    head = made.half[0, 0].numpy().ravel()
    rng = np.random.default_rng(error.size)
    some = rng.choice(error.size, min(SAMPLES, error.size), replace=False)
    told = (error[some], head[some], snr[some])
    return Errors(exposure.name, *told, how.noise, how.grain)
