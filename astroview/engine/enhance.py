"""One frame in, one enhanced frame out: choose models, plan tiles, run the stages, say so."""

from __future__ import annotations

import errno
import json
import math
import os
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol, cast

import numpy as np
import torch
from numpy.typing import NDArray

from astroview import __version__
from astroview.core import tiles
from astroview.core.errors import DiskFull, OutOfMemory, UnreadableFrame
from astroview.core.frame import Frame
from astroview.core.models import ModelCard, ModelShelf
from astroview.core.options import EnhanceOptions, Outputs
from astroview.core.provenance import NOISE_FREE
from astroview.core.results import frame_from_outputs
from astroview.core.stretch import Stretch, auto_stretch, sample
from astroview.engine import device, precision, stages, together, uncertainty
from astroview.engine import live as lives
from astroview.engine import memo as memos
from astroview.engine.colouring import Brush, brush_for
from astroview.engine.live import Live
from astroview.engine.memo import Memo
from astroview.engine.sharpening import Sharpener

SHARPENED = "super-resolution"
GUESSED = "The colour is a guess by a network, not for photometry."


class Progress(Protocol):
    """The one hook for progress and cancel."""

    def __call__(self, done: int, of: int, note: str = "") -> None:
        """Tell that ``done`` of ``of`` units are done; may raise `Cancelled`."""
        ...


@dataclass(frozen=True)
class Steps:
    """The models that were chosen, None where a step is left out; the result's magnification; and
    whether one combined model takes both steps in one pass (also where samples are kept).
    """

    superres: ModelCard | None
    colorizer: ModelCard | None
    scale: int = 1
    together: bool = False


def enhance(
    frame: Frame, options: EnhanceOptions, scratch: Path, shelf: ModelShelf, progress: Progress
) -> Frame:
    """`enhance_to`, as a frame that maps the scratch arrays."""
    return frame_from_outputs(frame, enhance_to(frame, options, scratch, shelf, progress))


def enhance_to(
    frame: Frame,
    options: EnhanceOptions,
    scratch: Path,
    shelf: ModelShelf,
    progress: Progress,
    live: Live | None = None,
) -> Outputs:
    """Super-resolve and colourise a frame, tile by tile, into arrays in ``scratch``.

    Peak memory depends on the tiles, not on the frame. The result does not depend on the
    tiles or their order either (to rounding). RGB frames are not colourised. What does not fit
    into a device's memory even in small tiles is computed on the CPU, with a warning.

    Raises
    ------
    ModelRejected, UnreadableFrame, OutOfMemory, Cancelled
    """
    return device.or_on_cpu(
        str(device.pick(options.device)),
        lambda name: _enhance_to(
            frame, replace(options, device=name), scratch, shelf, progress, live or lives.alone()
        ),
        lambda outputs, note: replace(outputs, warnings=(*outputs.warnings, note)),
    )


@torch.inference_mode()
def _enhance_to(
    frame: Frame,
    options: EnhanceOptions,
    scratch: Path,
    shelf: ModelShelf,
    progress: Progress,
    live: Live,
) -> Outputs:
    steps = choose(frame, options, shelf, live.base)
    bench = _Bench(frame, steps, options, scratch, live, progress)
    brush = None
    if steps.colorizer:
        brush = brush_for(frame, steps.colorizer, bench.setting, options, live.memo)
        bench.tell_coarse(brush)
    fine, history = bench.samples(brush)
    chroma = bench.chroma
    if steps.colorizer and brush:
        chroma = chroma or bench.paint(fine, steps.colorizer, brush)
        history.append(_line("colour painted", steps.colorizer, f"palette {brush.name}"))
        history += brush.lines
        history.append(GUESSED)
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
    )


def choose(
    frame: Frame, options: EnhanceOptions, shelf: ModelShelf, base: Outputs | None = None
) -> Steps:
    """The models for a frame under some options; ModelRejected when one is not to be had.

    A combined model that is chosen for colour does all of it where the super-resolver chosen
    magnifies as it does; else it only paints.
    """
    wanted = options.colorizer if frame.channels == 1 else None
    colorizer = shelf.choose(wanted, "colorize")
    both = colorizer if colorizer and colorizer.task == "combined" else None
    if base:
        return Steps(None, colorizer, base.scale, both is not None and both.scale == base.scale)
    superres = shelf.choose(options.superres, "superres")
    scale = superres.scale if superres else 1
    if both and both.scale == scale:
        return Steps(both, both, scale, together=True)
    return Steps(superres, colorizer, scale)


def setting_for(frame: Frame, options: EnhanceOptions, noise: bool = False) -> stages.Setting:
    """What is fixed for the whole frame; its noise is measured only when asked for.

    Raises
    ------
    UnreadableFrame
        The frame holds no data.
    """
    stretch = Stretch.from_dict(options.stretch) if options.stretch else auto_stretch(frame)
    seen = sample(frame)
    finite = seen[np.isfinite(seen)]
    if finite.size == 0:
        raise UnreadableFrame(
            f"{frame.name} holds no data: every pixel looked at is blank",
            hint="Choose another HDU or plane of the file.",
        )
    measured = noise and frame.kind == "linear"
    sigma = stages.noise_level(frame, stretch) if measured else 0.0
    where = device.pick(options.device)
    return stages.Setting(stretch, float(np.median(finite)), min(sigma, 0.08), where)


def sharpener(
    frame: Frame, card: ModelCard, setting: stages.Setting, options: EnhanceOptions, memo: Memo
) -> Sharpener:
    """A super-resolver made ready for a frame; its networks may be kept in the memo.

    Raises
    ------
    ModelRejected
        Its weights are missing or damaged.
    """
    where = setting.device

    def loaded(what: str, loader: Callable[[ModelCard, torch.device], Any]) -> Any:
        return memo.network((what, card.sha256, str(where)), lambda: loader(card, where))

    noise = setting.noise if options.denoise else 0.0
    unsure = card.uncertainty and options.uncertainty and not noise
    spread = loaded("spread", precision.load_spread) if unsure else None
    return Sharpener(
        loaded("network", precision.load),
        setting.stretch,
        setting.sigma,
        spread,
        uncertainty.factor(card, frame.kind, setting.sigma) if spread is not None else 1.0,
        best=options.quality == "best",
        clamp=frame.kind == "linear",
        noise=noise,
    )


def _remarks(frame: Frame, steps: Steps, options: EnhanceOptions) -> Iterator[str]:
    """What was asked for and could not be had."""
    if frame.channels == 3 and options.colorizer is not None:
        yield "The frame has colours of its own; none were painted."
    sharpens = steps.superres
    if sharpens and options.denoise and frame.kind == "linear" and not sharpens.denoises:
        yield f"{sharpens.id} did not learn to tell noise from structure; most of the noise stays."


class _Bench:
    """One frame under work: makes its samples, then its chroma, in scratch arrays."""

    def __init__(
        self,
        frame: Frame,
        steps: Steps,
        options: EnhanceOptions,
        scratch: Path,
        live: Live,
        progress: Progress,
    ) -> None:
        self.frame, self.steps, self.options = frame, steps, options
        self.scratch, self.live = scratch, live
        self.halves: str | None = None  # where half of the samples' intervals lie
        self.chroma_halves: str | None = None  # and half of the chroma's
        self.chroma: str | None = None  # where chroma lies that was painted with the samples
        self.meter = _Meter(frame, steps, progress)
        self.setting = live.memo.recall(
            _setting_key(frame, options), lambda: setting_for(frame, options)
        )

    def tell_coarse(self, brush: Brush) -> None:
        """Let who looks on have the colours at a glance."""
        if self.live.watcher:
            self.scratch.mkdir(parents=True, exist_ok=True)
            path = self.scratch / "coarse.npz"
            brush.coarse().save(path)
            self.live.watcher.coarse(path, self.setting.stretch.to_dict())

    def samples(self, brush: Brush | None) -> tuple[NDArray[Any], list[str]]:
        """Sharpened, or as they are, or those of the earlier result; and the history so far."""
        history = [f"astroview {__version__} enhanced this frame."]
        base, card = self.live.base, self.steps.superres
        if base:
            kept = [line for line in base.history if line.startswith(SHARPENED)]
            return _kept(Path(base.source)), history + kept
        if card is None:
            return self._copy(), history
        together = self.steps.together and brush
        fine = self._together(card, brush) if together and brush else self._sharpen(card)
        detail = f"scale {self.steps.scale}"
        detail += ", mean of 8 flips and turns" if self.options.quality == "best" else ""
        free = self.options.denoise and self.frame.kind == "linear"
        detail += f", {NOISE_FREE}: flux is kept within the noise" if free else ""
        return fine, [*history, _line(SHARPENED, card, detail)]

    def _sharpen(self, card: ModelCard) -> NDArray[Any]:
        """Under the automatic stretch, whatever the frame is shown with."""
        frame, plain = self.frame, replace(self.options, stretch=None)
        setting = self.live.memo.recall(
            memos.key(_setting_key(frame, plain), "noise"),
            lambda: setting_for(frame, plain, noise=True),
        )
        how = sharpener(frame, card, setting, self.options, self.live.memo)
        fine = tuple(n * card.scale for n in frame.shape)
        shape = (*fine, *((3,) if frame.channels == 3 else ()))
        target = _scratch_array(self.scratch / "source.npy", shape, np.float32)
        halves = None
        if how.spread is not None:
            path = self.scratch / "uncertainty.npy"
            halves, self.halves = _scratch_array(path, fine, np.float32), str(path)

        def attempt(plan: lives.Plan, again: bool) -> None:
            self.meter.stage("sharpening", self.meter.sharpen_cost)
            for array in (target, halves):
                if again and array is not None:
                    array[:] = 0
            tick = self.live.telling("source", plan, card.scale, self.meter.tick)
            stages.super_resolve(frame, how, setting, plan, target, halves, tick)

        self._in_tiles(card, attempt)
        return target

    def _together(
        self, card: ModelCard, brush: Brush, kept: NDArray[Any] | None = None
    ) -> NDArray[Any]:
        """Samples and chroma in one pass; only chroma, of samples that are ``kept``."""
        frame = self.frame
        setting = setting_for(frame, replace(self.options, stretch=None), noise=True)
        how = sharpener(frame, card, setting, self.options, self.live.memo)
        fine = (frame.shape[0] * card.scale, frame.shape[1] * card.scale)
        samples = None
        if kept is None:
            samples = _scratch_array(self.scratch / "source.npy", fine, np.float32)
        self.chroma = str(self.scratch / "chroma.npy")
        chroma = _scratch_array(Path(self.chroma), (*fine, 2), np.float16)

        def attempt(plan: lives.Plan, again: bool) -> None:
            self.meter.stage("sharpening and colouring", self.meter.total)
            for array in (samples, chroma):
                if again and array is not None:
                    array[:] = 0
            tick = self.live.telling("chroma", plan, card.scale, self.meter.tick)
            if samples is not None:
                tick = self.live.telling("source", plan, card.scale, tick)
            targets = together.Targets(samples, chroma, kept)
            together.sharpen_and_paint(frame, how, brush, self.setting, plan, targets, tick)

        self._in_tiles(card, attempt)
        return samples if samples is not None else cast("NDArray[Any]", kept)

    def _copy(self) -> NDArray[Any]:
        """The samples themselves, where nothing sharpens them."""
        frame = self.frame
        shape = (*frame.shape, 3) if frame.channels == 3 else frame.shape
        target = _scratch_array(self.scratch / "source.npy", shape, np.float32)
        plan = tiles.plan(frame.shape, 2048, 0, blend=0)
        tick = self.live.telling(
            "source", plan, 1, lambda _: self.meter.progress(0, 1000, "reading")
        )
        for tile in self.live.ordered(plan):
            target[tile.core.slices] = frame.read(tile.core)
            tick(tile)
        return target

    def paint(self, fine: NDArray[Any], card: ModelCard, brush: Brush) -> str:
        """Paint chroma for the samples; the path of its array."""
        if self.steps.together:
            self._together(card, brush, fine)
            return cast("str", self.chroma)
        path = self.scratch / "chroma.npy"
        target = _scratch_array(path, (*fine.shape, 2), np.float16)
        halves = None
        if brush.spread is not None:
            self.chroma_halves = str(self.scratch / "chroma-uncertainty.npy")
            halves = _scratch_array(Path(self.chroma_halves), fine.shape, np.float32)

        def attempt(plan: lives.Plan, again: bool) -> None:
            self.meter.stage("colouring", self.meter.colour_cost)
            if again:
                target[:] = 0
            if halves is not None:
                halves[:] = 0
            tick = self.live.telling("chroma", plan, self.steps.scale, self.meter.tick)
            stages.colour(self.frame, fine, brush, self.setting, plan, target, halves, tick)

        self._in_tiles(card, attempt)
        return str(path)

    def _in_tiles(self, card: ModelCard, attempt: Callable[[lives.Plan, bool], None]) -> None:
        """Run a stage on arrays of zeros; when the device's memory does not hold a tile, halve
        the tiles and run it again.
        """
        shape, where = self.frame.shape, self.setting.device.type
        size = self.options.tile or self.live.tile_size(card, self.steps.scale, where)
        again = False
        while True:
            try:
                attempt(self.live.plan(shape, size, card), again)
                return
            except (torch.OutOfMemoryError, MemoryError) as problem:
                again, size = True, min(size, max(shape)) // 2
                if torch.cuda.is_available():
                    torch.cuda.empty_cache()
                if size < lives.LEAST_TILE:
                    raise OutOfMemory(
                        "the device has not enough memory even for small tiles",
                        hint="Close other programs that use it, or choose the CPU.",
                    ) from problem


def _setting_key(frame: Frame, options: EnhanceOptions) -> Hashable:
    given = json.dumps(options.stretch, sort_keys=True)
    return memos.key(memos.of_file(frame), "setting", given, options.device)


class _Meter:
    """Adds up tiles of unlike cost to one progress of 1000 units."""

    colour_cost = 1.0
    sharpen_cost = 3.0  # per input pixel, relative to colour

    def __init__(self, frame: Frame, steps: Steps, progress: Progress) -> None:
        self.area = math.prod(frame.shape)
        self.total = self.sharpen_cost * bool(steps.superres) + self.colour_cost * bool(
            steps.colorizer
        )
        self.before = self.done = self.cost = 0.0
        self.note = ""
        self.progress = progress

    def stage(self, note: str, cost: float) -> None:
        """Begin, or begin again, a stage."""
        if note != self.note:
            self.before += self.cost
        self.note, self.cost, self.done = note, cost, 0.0
        self._tell()

    def tick(self, tile: tiles.Tile) -> None:
        """A tile is finished."""
        self.done += tile.core.height * tile.core.width / self.area
        self._tell()

    def _tell(self) -> None:
        share = (self.before + self.cost * min(self.done, 1.0)) / max(self.total, 1e-9)
        self.progress(int(1000 * share), 1000, self.note)


def _kept(path: Path) -> NDArray[Any]:
    try:
        return np.load(path, mmap_mode="r")
    except (OSError, ValueError) as problem:
        raise UnreadableFrame(
            f"the earlier result cannot be read: {problem}", hint="Enhance the frame again."
        ) from problem


def _scratch_array(path: Path, shape: tuple[int, ...], kind: type[Any]) -> NDArray[Any]:
    """A new file of zeros, mapped."""
    path.parent.mkdir(parents=True, exist_ok=True)
    size = math.prod(shape) * np.dtype(kind).itemsize
    try:
        array = np.lib.format.open_memmap(path, mode="w+", dtype=kind, shape=shape)
        if hasattr(os, "posix_fallocate"):  # a full disk would kill whoever writes to the map
            with path.open("r+b") as file:
                os.posix_fallocate(file.fileno(), 0, path.stat().st_size)
    except OSError as problem:
        if problem.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise DiskFull(
            f"There is no room for {size / 1e6:.0f} MB of scratch in {path.parent.parent}",
            hint="Make room, or let TMPDIR name a folder on a larger disk.",
        ) from problem
    return array


def _line(what: str, card: ModelCard, detail: str) -> str:
    return f"{what}: model {card.id}, sha256 {card.sha256}, {detail}"
