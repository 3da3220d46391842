"""What to paint a frame with: network, palette code and the correction that hints ask for."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from astroview.core import compose, files
from astroview.core.errors import AstroviewError
from astroview.core.frame import Frame
from astroview.core.maps import ChromaMaps
from astroview.core.models import ModelCard, sha256_of
from astroview.core.options import EnhanceOptions
from astroview.core.steering import AUTO, CODE_LENGTH, Hint, Reference, history_lines
from astroview.core.stretch import auto_stretch
from astroview.engine import hints, stages, uncertainty, weights
from astroview.engine.colorizer import Colorizer
from astroview.engine.glance import LOOK_SIDE, Glance, glance
from astroview.engine.memo import Memo
from astroview.engine.palette import palette_code
from astroview.engine.uncertainty import ChromaSpread

CANDIDATES = 8  # palettes that are tried against each hint
LIKELY = 0.002  # Oklab chroma that a palette may be off by for e times the likelihood


@dataclass(frozen=True)
class Brush:
    """How one frame is painted.

    Attributes
    ----------
    code
        The palette code that conditions the network.
    correction
        What hints add to the network's chroma, or None.
    coarse
        The painted chroma of the frame at a glance, when somebody asks for it.
    name, lines
        The palette in words, and what else belongs into the history.
    key
        What the network's answers depend on; None when that cannot be told.
    spread, factor
        The uncertainty head, if it has one and nothing was corrected by hand, and half of the
        interval in units of its scale.
    """

    network: Colorizer
    code: tuple[float, ...]
    correction: ChromaMaps | None
    coarse: Callable[[], ChromaMaps]
    name: str
    lines: tuple[str, ...]
    memo: Memo
    key: Hashable
    spread: ChromaSpread | None = None
    factor: float = 1.0


def brush_for(
    frame: Frame, card: ModelCard, setting: stages.Setting, options: EnhanceOptions, memo: Memo
) -> Brush:
    """Choose the palette and spread the hints.

    Raises
    ------
    ModelRejected, AstroviewError
        There is no such palette; a hint or a reference makes no sense.
    """
    _check(options)
    seen = glance(frame, card, setting, memo)
    name, code = _palette(seen, options)
    correction = None
    if options.hints:
        chroma = seen.chroma(seen.maps(code))
        correction = hints.correct(seen.light, chroma, options.hints, seen.cell)

    def coarse() -> ChromaMaps:
        maps = seen.maps(code)
        return ChromaMaps(maps.maps + correction.maps, seen.cell) if correction else maps

    lines = history_lines(options.hints)
    if options.reference:
        lines = [_reference_line(options.reference), *lines]
    spread = _spread(card, setting, options, memo)
    known = options.palette != AUTO or options.reference is not None
    return Brush(
        *(seen.network, code, correction, coarse, name, tuple(lines), memo),
        None if seen.key is None else (seen.key, "tile", code, spread is not None),
        spread,
        uncertainty.factor(card, "palette" if known else "auto", 0.0) if spread else 1.0,
    )


def _spread(
    card: ModelCard, setting: stages.Setting, options: EnhanceOptions, memo: Memo
) -> ChromaSpread | None:
    """The head, where the card has one and no hint has its say."""
    if not card.uncertainty or not options.uncertainty or options.hints:
        return None
    key = ("spread", card.sha256, str(setting.device))
    return memo.recall(key, lambda: weights.load_spread(card, setting.device))


def _check(options: EnhanceOptions) -> None:
    numbers = [n for h in options.hints for n in (h.x, h.y, h.a, h.b, h.radius)]
    if options.reference:
        numbers += options.reference.code
        if len(options.reference.code) != CODE_LENGTH:
            raise AstroviewError(
                f"the palette of {options.reference.name} is not one that this version knows",
                hint="Choose the picture again.",
            )
    if not all(math.isfinite(n) for n in numbers):
        raise AstroviewError(
            "a colour hint or palette holds numbers that are none",
            hint="Delete the hints of this frame and set them again.",
        )


def _palette(seen: Glance, options: EnhanceOptions) -> tuple[str, tuple[float, ...]]:
    if options.reference:
        return f"of {options.reference.name}", options.reference.code
    if options.palette != AUTO:
        chosen = seen.card.palette(options.palette)
    else:
        order = seen.ranking()
        chosen = seen.card.palettes[_nearest(seen, order, options.hints)]
    return chosen.name, chosen.code


def _nearest(seen: Glance, order: list[int], wanted: tuple[Hint, ...]) -> int:
    """The likely palette that comes nearest to the hints; the first one without any."""
    if not wanted:
        return order[0]

    def cost(rank: int) -> float:
        chroma = seen.chroma(seen.maps(seen.card.palettes[order[rank]].code))
        off = [math.dist(chroma[_cell(h, seen)], (h.a, h.b)) for h in wanted]
        return sum(off) / len(off) + LIKELY * rank

    # One hint may mislead: it chooses among likely palettes, several among all.
    tried = min(CANDIDATES * len(wanted), len(order))
    return order[min(range(tried), key=cost)]


def _cell(hint: Hint, seen: Glance) -> tuple[int, int]:
    place = (int(hint.y / seen.cell[0]), int(hint.x / seen.cell[1]))
    return (
        min(max(place[0], 0), seen.light.shape[0] - 1),
        min(max(place[1], 0), seen.light.shape[1] - 1),
    )


def _reference_line(reference: Reference) -> str:
    return f"palette taken from the picture {reference.name}, sha256 {reference.sha256}"


# ---------------------------------------------------------------- reference pictures


def read_reference(path: Path) -> Reference:
    """The palette of a colour picture (Welsh et al. 2002 took colours from one likewise).

    Raises
    ------
    UnreadableFrame, AstroviewError
        The file is no picture, or a grey one.
    """
    frame = files.open_frame(path)
    if frame.channels != 3 and frame.chroma is None:
        raise AstroviewError(
            f"{path.name} is grey: there is no palette in it",
            hint="Choose a colour picture (JPEG, PNG, TIFF or a three-plane FITS).",
        )
    step = max(1, -(-max(frame.shape) // LOOK_SIDE))
    chroma = frame.read_chroma(step=step) if frame.chroma is not None else None
    lab = compose.srgb_to_oklab(compose.render(frame.read(step=step), auto_stretch(frame), chroma))
    planes = torch.from_numpy(np.ascontiguousarray(np.moveaxis(lab, -1, 0)))[None]
    code = palette_code(planes[:, :1], planes[:, 1:])[0]
    numbers = tuple(round(float(n), 4) for n in code)
    return Reference(path.name, numbers, sha256_of(path), _swatches(lab))


def _swatches(lab: NDArray[np.float32], count: int = 5) -> tuple[tuple[int, int, int], ...]:
    """The mean colours of a picture's tones, dark to bright."""
    flat = lab.reshape(-1, 3)
    order = np.argsort(flat[:, 0], kind="stable")
    rows = [flat[part].mean(0) for part in np.array_split(order, count) if part.size]
    found: list[tuple[int, int, int]] = []
    for row in rows:
        red, green, blue = np.clip(compose.oklab_to_srgb(row) * 255 + 0.5, 0, 255).astype(int)
        found.append((int(red), int(green), int(blue)))
    return tuple(found)
