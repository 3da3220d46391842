"""Super-resolution as an astronomer judges it: fluxes, centres, shapes, sources, intervals.

Lengths are in coarse pixels unless said. Truths are free of noise (`trainer.data.exposures`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from astroview.core.colour.stretch import auto_stretch
from astroview.engine.pipeline import trust
from trainer import metrics
from trainer.data.exposures import Exposure
from trainer.evaluation.adaptive_moments import Shape, shape_of
from trainer.evaluation.picture_scores import covered
from trainer.evaluation.resume_log import ResumeLog, Row, means
from trainer.evaluation.superres_rivals import Restorer

SURE, HINTED = 7.0, 2.5  # sigma: what must be found, and what it is no fault to find
NEAR = 1.0  # coarse pixels within which a source was found
SHAPED = 20.0  # S/N from which centres and shapes are compared
BINS = ((5.0, 20.0), (20.0, 100.0), (100.0, math.inf))  # of S/N
Tick = Callable[[str], None]


PARTS = ("simulated", "through air", "real bands")


def score_all(
    who: Restorer, sky: Sequence[Exposure], dark: Sequence[Exposure], notes: ResumeLog, tick: Tick
) -> dict[str, Any]:
    """Rows by exposure, and what they say together: `PARTS`, and frames of noise alone."""
    rows: dict[str, Row] = {}
    for exposure in (*sky, *dark):
        key = f"{who.key} {exposure.scale} sky {exposure.name}"
        rows[exposure.name] = notes.recall(key, lambda e=exposure: score(who, e))
        tick(f"{who.name}: {exposure.name}")
    sums = {part: _together([rows[e.name] for e in sky if e.part == part]) for part in PARTS}
    sums["noise only"] = _empty([rows[e.name] for e in dark])
    return {"rows": rows, "means": sums}


def _empty(rows: list[Row]) -> dict[str, float]:
    """What was found where nothing is, by Mpixel; and how much of it the frame does not hint at."""
    mpix = sum(row["mpix"] for row in rows)
    made = {
        "false_per_mpix": sum(row["found"] for row in rows) / mpix,
        "invented_per_mpix": sum(row["invented"] for row in rows) / mpix,
        "residual": max(row["residual"] for row in rows),
    }
    if all("coverage" in row for row in rows):
        made["coverage"] = float(np.mean([row["coverage"] for row in rows]))
    return made


def score(who: Restorer, exposure: Exposure) -> Row:
    """One exposure's row. Under "invented" the sources that the coarse frame does not even hint
    at; under "sources" a list for each well-separated source: S/N, relative error of the flux,
    and where it has a shape: shift, ratio of FWHM, error of ellipticity.
    """
    frame, truth, scale = exposure.frame, exposure.truth, exposure.scale
    made = who.restore(frame, scale)
    stretch = auto_stretch(frame)
    y, t = (torch.from_numpy(stretch.forward(a).clip(0, 1))[None, None]
            for a in (made.samples, truth))  # fmt: skip
    noise = exposure.noise
    fine_noise = noise.repeat(scale, 0).repeat(scale, 1)
    found = trust.find_sources(made.samples, noise, scale)
    sure, maybe = (trust.find_sources(truth, noise, scale, level) for level in (SURE, HINTED))
    hinted = trust.find_sources(exposure.seen, noise, threshold=trust.HINTED)
    known = trust.matched(trust.to_coarse(found, scale), hinted, trust.REACH)
    residual = (trust.box_means(made.samples, scale) - exposure.seen) / noise
    row: Row = {
        "psnr": metrics.psnr(y, t),
        "ssim": metrics.ssim(y, t),
        "error_sigma": float(np.sqrt(np.mean(((made.samples - truth) / fine_noise) ** 2))),
        "found": len(found),
        "invented": int((~known).sum()),
        "true": int(trust.matched(found, maybe, NEAR * scale).sum()),
        "sure": len(sure),
        "recovered": int(trust.matched(sure, found, NEAR * scale).sum()),
        "residual": float(np.abs(residual).max()),
        "sources": _sources(made.samples, exposure, sure),
        "seconds": made.seconds,
        "mpix": exposure.seen.size / 1e6,
    }
    if (share := covered(made, truth)) is not None:
        row["coverage"] = share
    return row


def _sources(
    samples: NDArray[np.float32], exposure: Exposure, places: NDArray[np.float64]
) -> list[list[float]]:
    truth, scale, radius = exposure.truth, exposure.scale, trust.APERTURE * exposure.scale
    alone = places[trust.inside(places, truth.shape, 2 * radius) & _alone(places, 2 * radius)]
    fluxes = [trust.fluxes(a, alone, radius) / scale**2 for a in (samples, truth)]
    errors = trust.flux_errors(exposure.noise, trust.to_coarse(alone, scale))
    made: list[list[float]] = []
    for (y, x), mine, true, error in zip(alone, *fluxes, errors, strict=True):
        snr = true / error
        if snr < BINS[0][0]:
            continue
        row = [snr, mine / true - 1]
        if snr > SHAPED:
            seen, wanted = (shape_of(a, y, x, 0.9 * scale) for a in (samples, truth))
            row += _compared(seen, wanted, scale)
        made.append(row)
    return [[round(float(v), 6) for v in row] for row in made]


def _compared(mine: Shape | None, true: Shape | None, scale: int) -> tuple[float, ...]:
    if mine is None or true is None:
        return ()
    shift = math.hypot(mine.y - true.y, mine.x - true.x) / scale
    return shift, mine.fwhm / true.fwhm, mine.ellipticity - true.ellipticity


def _alone(places: NDArray[np.float64], reach: float) -> NDArray[np.bool_]:
    """Whether no other source is within reach, (N,)."""
    gaps = np.hypot(*(places[:, None, i] - places[None, :, i] for i in (0, 1)))
    return (gaps < reach).sum(1) <= 1


def _together(rows: list[Row]) -> dict[str, Any]:
    if not rows:
        return {}
    plain = {k: v for k, v in means(rows).items() if k in ("psnr", "ssim", "error_sigma")}
    counts = {key: sum(r[key] for r in rows) for key in ("found", "true", "sure", "recovered")}
    made = {
        "frames": len(rows),
        **plain,
        "completeness": counts["recovered"] / max(counts["sure"], 1),
        "purity": counts["true"] / max(counts["found"], 1),
        "residual_sigma": max(r["residual"] for r in rows),
        **_shapes([s for r in rows for s in r["sources"]]),
        "cpu_s_per_mpix": sum(r["seconds"] for r in rows) / sum(r["mpix"] for r in rows),
    }
    if all("coverage" in r for r in rows):
        made["coverage"] = float(np.mean([r["coverage"] for r in rows]))
        made["coverage_least"] = min(r["coverage"] for r in rows)
    return made


def _shapes(sources: list[list[float]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for low, high in BINS:
        errors = np.array([s[1] for s in sources if low <= s[0] < high])
        name = f"flux_{low:.0f}_{high:.0f}" if math.isfinite(high) else f"flux_{low:.0f}_up"
        if errors.size:
            middle = float(np.median(errors))
            made[name] = {
                "sources": int(errors.size),
                "bias": middle,
                "mad": 1.4826 * float(np.median(np.abs(errors - middle))),
                "median_error": float(np.median(np.abs(errors))),
            }
    shaped = np.array([s[2:] for s in sources if len(s) == 5])
    if len(shaped):
        made["sources_shaped"] = len(shaped)
        made["shift"] = float(np.median(shaped[:, 0]))
        made["fwhm_ratio"] = float(np.median(shaped[:, 1]))
        made["ellipticity_error"] = float(np.median(np.abs(shaped[:, 2])))
    return made
