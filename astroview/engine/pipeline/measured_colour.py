"""From what a user says measured the colours to the guide that they are painted with."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from astroview.core.colour.chroma_guide import (
    INTERPOLATED,
    MEASURED,
    ChromaGuide,
    GuideFile,
    keep_guide,
    load_guide,
)
from astroview.core.sky_colour.measured_colour import measured_guide
from astroview.core.sky_colour.surveys import sources_in, survey_named
from astroview.engine.runtime import cache as memos

if TYPE_CHECKING:
    from collections.abc import Callable

    from astroview.core.frame import Frame
    from astroview.core.options import EnhanceOptions
    from astroview.engine.pipeline.tile_stages import Setting
    from astroview.engine.runtime.cache import Cache

NAME = "guide.npz"


@dataclass(frozen=True, eq=False)
class MeasuredColour:
    """Measured chroma, the file that options name, and the copy that goes with the result."""

    guide: ChromaGuide
    file: GuideFile
    copy: str


def measured_colour(
    frame: Frame,
    options: EnhanceOptions,
    setting: Setting,
    scratch: Path,
    memo: Cache,
    tell: Callable[[str], object],
) -> MeasuredColour | None:
    """The chroma that the options ask for; None where they ask for none.

    Raises AstroviewError where it cannot be had: see `core.sky_colour.measured_colour`.
    """
    if options.guide is None and not options.colour_from:
        return None
    guide, file = _found(frame, options, setting, memo, tell)
    scratch.mkdir(parents=True, exist_ok=True)
    copy = guide.save(scratch / NAME)
    if file is None:
        try:
            file = keep_guide(guide)
        except OSError:  # it serves `verify` alone
            file = copy
    return MeasuredColour(guide, file, copy.path)


def _found(
    frame: Frame,
    options: EnhanceOptions,
    setting: Setting,
    memo: Cache,
    tell: Callable[[str], object],
) -> tuple[ChromaGuide, GuideFile | None]:
    if options.guide is not None:
        return load_guide(options.guide), options.guide
    key = memos.key(
        memos.of_light(frame, setting.stretch), "measured", options.colour_from,
        _stamps(options.colour_from),
    )  # fmt: skip
    wanted = options.colour_from
    return memo.recall(key, lambda: measured_guide(frame, setting.stretch, wanted, tell)), None


def _stamps(wanted: str) -> Hashable:
    """When the files among what is wanted were last written. Raises AstroviewError."""
    named = [Path(part) for part in sources_in(wanted) if survey_named(part) is None]
    return tuple((str(p), p.stat().st_mtime_ns, p.stat().st_size) for p in named)


def measured_lines(guide: ChromaGuide, shape: tuple[int, int]) -> list[str]:
    """How measured colours lie on a frame of that shape, for the history."""
    import numpy as np

    y, x = ((np.arange(128) + 0.5) * n / 128 for n in shape)
    known = guide.known(y, x)
    parts = [f"{float((known == kind).mean()):.0%} {word}" for kind, word in
             ((MEASURED, "measured"), (INTERPOLATED, "interpolated"))]  # fmt: skip
    rest = 1 - float((known > 0).mean())
    return [
        f"colours measured by {guide.name}: {guide.covers(shape):.0%} of the frame, at "
        f"{max(guide.cell):.3g} of its pixels",
        f"of its colour {parts[0]}, {parts[1]}, {rest:.0%} painted",
        *guide.lines,
    ]


def truth_line(file: GuideFile) -> str:
    """What is to be known of such colour, in place of that it is a guess."""
    return f"The colour was measured by {file.told}, and is not for photometry."


def with_guide(options: EnhanceOptions, measured: MeasuredColour) -> EnhanceOptions:
    """The options with what came of them."""
    return replace(options, guide=measured.file)
