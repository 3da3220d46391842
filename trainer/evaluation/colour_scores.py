"""Colour painted on grey pictures, beside the pictures' own."""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from astroview.core.bands.bands import assign, compose_bands
from astroview.core.bands.compose_files import bands_of
from astroview.core.bands.filters import filter_in_name
from astroview.core.colour import colour_space
from astroview.core.colour.band_stretch import auto_lupton
from astroview.core.colour.stretch import sample
from astroview.core.errors import AstroviewError
from trainer import metrics
from trainer.data import tensor_colour
from trainer.data.pictures import Picture
from trainer.evaluation.colour_rivals import Painter
from trainer.evaluation.resume_log import ResumeLog, Row, means
from trainer.tasks.colour_samples import small_picture

LEAST = 96  # pixels a side of composed pictures
SEED_SIDE = 256  # pixels a side of the student project's scores
Tick = Callable[[str], None]


def score_all(
    who: Sequence[Painter],
    held: Sequence[Picture],
    notes: ResumeLog,
    tick: Tick,
    sources: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Rows by who painted and by picture, and their means. ``sources`` tell the telescope or
    survey of pictures by name, as headers would.
    """
    rows: dict[str, dict[str, Row]] = {}
    for painter in who:
        for picture in held:
            key, source = (
                f"{painter.key} colour {picture.name}",
                (sources or {}).get(picture.name, ""),
            )
            made = notes.recall(key, lambda w=painter, p=picture, s=source: _score(w, p.rgb, s))
            for name, row in made.items():
                rows.setdefault(name, {})[picture.name] = row
            tick(f"{painter.name}: {picture.name}")
    made = {name: _means(list(by.values())) for name, by in rows.items()}
    if neutral := rows.get("neutral"):
        for name, by in rows.items():
            nearer = [by[key]["dab"] < row["dab"] for key, row in neutral.items() if key in by]
            made[name]["better_than_neutral"] = sum(nearer) / max(len(nearer), 1)
    return {"rows": rows, "means": made}


def _means(rows: list[Row]) -> dict[str, float]:
    errors = sorted((row["dab"] for row in rows), reverse=True)
    tenth = errors[: max(len(errors) // 10, 1)]
    made = means(rows)
    made["cpu_s_per_mpix"] = made.pop("seconds") / made.pop("mpix")
    made["dab_worst_decile"] = sum(tenth) / len(tenth)
    made["colourfulness_ratio"] = made["colourfulness"] / max(made["colourfulness_truth"], 1e-6)
    return {"pictures": float(len(rows)), **made}


def _score(who: Painter, rgb_HWC: NDArray[np.uint8], source: str) -> dict[str, Row]:
    truth = small_picture(rgb_HWC)
    started = time.process_time()
    made = who.paint(truth, source)
    seconds = (time.process_time() - started) / len(made)
    pixels = truth.shape[-1] * truth.shape[-2] / 1e6
    return {
        name: {**compared(y, truth), "seconds": seconds, "mpix": pixels} for name, y in made.items()
    }


def compared(y: Tensor, truth: Tensor) -> Row:
    """The scores of one picture (1, 3, H, W) beside the truth."""
    lab_y, lab_truth = tensor_colour.to_cielab(y), tensor_colour.to_cielab(truth)
    seen = metrics.ciede2000(lab_y, lab_truth)
    squares = [functional.interpolate(x, (SEED_SIDE, SEED_SIDE), mode="area") for x in (y, truth)]
    return {
        "dab": float((lab_y - lab_truth)[:, 1:].abs().mean()),
        "dab_256": metrics.chroma_error(*squares),
        "l1": float((y - truth).abs().mean()),
        "l2": float((y - truth).square().mean().sqrt()),
        "psnr": metrics.psnr(y, truth),
        "ssim": metrics.ssim(y, truth),
        "ciede2000": float(seen.mean()),
        "ciede2000_95": float(seen.flatten().kthvalue(int(0.95 * (seen.numel() - 1)) + 1).values),
        "coloured_error": metrics.coloured_error(y, truth),
        "lightness": metrics.lightness_error(y, truth),
        "colourfulness": metrics.colourfulness(y),
        "colourfulness_truth": metrics.colourfulness(truth),
    }


def composed(folder: Path, most: int = 768) -> Iterator[Picture]:
    """Colour pictures composed of real bands below a folder: files of one folder whose names
    differ in the filter only, and cubes. Stamps of fewer than `LEAST` pixels are left out.
    """
    for name, paths in _fields(folder):
        try:
            rgb = _composed(paths, most)
        except AstroviewError:
            continue  # one band only, or bands that do not lie on one another
        if min(rgb.shape[:2]) >= LEAST:
            yield Picture(name, rgb, name)


def _fields(folder: Path) -> list[tuple[str, list[Path]]]:
    groups: dict[str, list[Path]] = {}
    for path in sorted(folder.rglob("*.fits*")):
        stem = path.name.split(".fits")[0]
        words = re.split(r"([_\-. ])", stem)
        band = filter_in_name(stem)[0].lower()
        if band and len(words) > 1:
            last = max((i for i, word in enumerate(words) if word.lower() == band), default=-1)
            words = words[:last] + words[last + 1 :]
        kin = (path.parent.relative_to(folder) / "".join(words).strip("_-. ")).as_posix()
        groups.setdefault(kin, []).append(path)
    return list(groups.items())


def _composed(paths: Sequence[Path], most: int) -> NDArray[np.uint8]:
    bands = bands_of(paths)
    with tempfile.TemporaryDirectory(prefix="astroview-bands-") as scratch:
        frame = compose_bands(bands, assign(bands), Path(scratch), lambda _done, _of: None)
        step = max(1, -(-max(frame.shape) // most))
        rgb = colour_space.render(frame.read(step=step), auto_lupton(sample(frame)))
    return (np.nan_to_num(rgb) * 255 + 0.5).clip(0, 255).astype(np.uint8)
