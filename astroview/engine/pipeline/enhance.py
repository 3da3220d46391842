"""One frame in, one enhanced frame out: choose models, run the stages, say so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import torch

from astroview.core.enhance.results import frame_from_outputs
from astroview.core.frame import Frame
from astroview.core.models.model_card import ModelShelf
from astroview.core.options import EnhanceOptions, Made, Outputs
from astroview.core.provenance import COLOUR_MEASURED, COLOUR_PAINTED
from astroview.engine.pipeline.colour_plan import brush_for
from astroview.engine.pipeline.enhance_job import EnhanceJob, line
from astroview.engine.pipeline.enhance_plan import EnhancePlan, choose
from astroview.engine.pipeline.flux_ledger import verdict_line
from astroview.engine.pipeline.measured_colour import (
    MeasuredColour,
    measured_colour,
    truth_line,
    with_guide,
)
from astroview.engine.pipeline.stage_progress import ProgressHook
from astroview.engine.runtime import device
from astroview.engine.runtime import live_updates as lives
from astroview.engine.runtime.live_updates import Live
from astroview.engine.runtime.transfer import one_thread_each

GUESSED = "The colour is a guess by a network, not for photometry."


def enhance(
    frame: Frame, options: EnhanceOptions, scratch: Path, shelf: ModelShelf, progress: ProgressHook
) -> Frame:
    """`enhance_to`, as a frame that maps the scratch arrays."""
    return frame_from_outputs(frame, enhance_to(frame, options, scratch, shelf, progress))


def enhance_to(
    frame: Frame,
    options: EnhanceOptions,
    scratch: Path,
    shelf: ModelShelf,
    progress: ProgressHook,
    live: Live | None = None,
) -> Outputs:
    """Super-resolve and colourise a frame, tile by tile, into arrays in ``scratch``.

    Peak memory depends on the tiles, not on the frame. On one device the result depends on
    neither memory nor threads, to the last bit; other tiles give the same to rounding. RGB frames
    are not colourised. What does not fit
    into a device's memory even in small tiles is computed on the CPU, with a warning; so is what a
    device fails in.

    Raises
    ------
    ModelRejected, UnreadableFrame, OutOfMemory, Cancelled
    """
    live = live or lives.alone()

    def work(name: str) -> Outputs:
        note = None if name == "cpu" else _distrusted(name, frame, options, shelf, live)
        where = "cpu" if note else name
        told = replace(options, device=where)
        made = _enhance_to(frame, told, scratch, shelf, progress, live)
        made = replace(made, device=where)
        return _noted(made, note) if note else made

    return device.or_on_cpu(str(device.pick(options.device)), work, _noted)


def _distrusted(
    name: str, frame: Frame, options: EnhanceOptions, shelf: ModelShelf, live: Live
) -> str | None:
    """Why a device may not do it, where one of the models failed its test there."""
    steps = choose(frame, options, shelf, live.base)
    cards = {card.sha256: card for card in (steps.superres, steps.colorizer) if card}
    return live.check.trusted(torch.device(name), cards.values())


def _noted(outputs: Outputs, note: str) -> Outputs:
    """The user is told, and so is who reads the file later."""
    warnings, history = (*outputs.warnings, note), (*outputs.history, note)
    return replace(outputs, warnings=warnings, history=history)


def _enhance_to(
    frame: Frame,
    options: EnhanceOptions,
    scratch: Path,
    shelf: ModelShelf,
    progress: ProgressHook,
    live: Live,
) -> Outputs:
    where = torch.device(options.device)
    with torch.inference_mode(), one_thread_each(where) as threads:
        return _enhanced(frame, options, scratch, shelf, progress, live, threads)


def _enhanced(
    frame: Frame,
    options: EnhanceOptions,
    scratch: Path,
    shelf: ModelShelf,
    progress: ProgressHook,
    live: Live,
    threads: int,
) -> Outputs:
    steps = choose(frame, options, shelf, live.base)
    bench = EnhanceJob(frame, steps, options, scratch, live, progress, threads)
    brush = measured = None
    if steps.colorizer:
        measured = measured_colour(
            frame, options, bench.setting, scratch, live.memo,
            lambda note: bench.meter.progress(0, 1000, note),
        )  # fmt: skip
        guide = measured.guide if measured else None
        brush = brush_for(frame, steps.colorizer, bench.setting, options, live.memo, guide)
        bench.tell_coarse(brush)
    fine, history = bench.samples(brush)
    chroma = bench.chroma
    if steps.colorizer and brush:
        chroma = chroma or bench.paint(fine, steps.colorizer, brush)
        what = COLOUR_MEASURED.format(measured.file.told) if measured else COLOUR_PAINTED
        history.append(line(what, steps.colorizer, f"palette {brush.name}"))
        history += brush.lines
        history.append(truth_line(measured.file) if measured else GUESSED)
    if steps.superres and not live.base:
        history += verdict_line(frame, fine, steps.scale, data_quality=options.data_quality)
    history += bench.in_parts()
    warnings = tuple(_remarks(frame, steps, options))
    history += warnings
    return Outputs(
        source=live.base.source if live.base else str(scratch / "source.npy"),
        chroma=chroma,
        rendered=bench.setting.stretch.to_dict(),
        history=tuple(history),
        scale=steps.scale,
        warnings=warnings,
        uncertainty=live.base.uncertainty if live.base else bench.halves,
        chroma_uncertainty=bench.chroma_halves,
        made=_made(_resolved(options, steps, measured), bench, live),
        guide=measured.copy if measured else None,
    )


def _made(options: EnhanceOptions, job: EnhanceJob, live: Live) -> Made:
    """How the result came about; of kept samples, what was counted when they were made."""
    if live.base:
        before = live.base.made or Made()
        return Made(options, before.bounded, before.bad_pixels)
    tally = job.tally
    if not tally.pixels:
        return Made(options)
    return Made(options, tally.bounded / tally.pixels, sum(tally.bad.values()))


def _resolved(
    options: EnhanceOptions, steps: EnhancePlan, measured: MeasuredColour | None
) -> EnhanceOptions:
    """The options with the models that "auto" came to, and the colours that were measured."""
    options = with_guide(options, measured) if measured else options
    colorizer = steps.colorizer.id if steps.colorizer else None
    superres = steps.superres.id if steps.superres else options.superres
    return replace(options, colorizer=colorizer, superres=superres)


def _remarks(frame: Frame, steps: EnhancePlan, options: EnhanceOptions) -> Iterator[str]:
    """What was asked for and could not be had."""
    if frame.channels == 3 and options.colorizer is not None:
        yield "The frame has colours of its own; none were painted."
    sharpens = steps.superres
    if sharpens and options.denoise and frame.kind == "linear" and not sharpens.denoises:
        yield f"{sharpens.id} did not learn to tell noise from structure; most of the noise stays."
