"""One frame under work, tile by tile into scratch arrays: its samples, then its chroma."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from astroview import __version__
from astroview.core import tiles
from astroview.core.frame import Frame
from astroview.core.io.file_flags import PLANES
from astroview.core.messages.worker_messages import Part
from astroview.core.models.model_card import ModelCard
from astroview.core.options import EnhanceOptions
from astroview.core.provenance import (
    BAD_PIXELS,
    BOUNDED,
    FLUX_KEPT,
    IN_PARTS,
    NOISE_FREE,
    SHARPENED,
    TEXTURE_PAINTED,
)
from astroview.engine.networks import noise_free
from astroview.engine.networks.tile_superres import Sharpener
from astroview.engine.pipeline import combined_stage, tile_stages
from astroview.engine.pipeline.colour_plan import ColourPlan
from astroview.engine.pipeline.enhance_plan import EnhancePlan, setting_for, setting_key, sharpener
from astroview.engine.pipeline.flux_ledger import MARK
from astroview.engine.pipeline.stage_progress import Meter, ProgressHook
from astroview.engine.pipeline.tile_run import TileRun
from astroview.engine.runtime import scratch_arrays
from astroview.engine.runtime.live_updates import Live

OF_SAMPLES = (
    SHARPENED,
    BAD_PIXELS,
    BOUNDED,
    PLANES,
    IN_PARTS,
    MARK,
)  # of a history: what speaks of samples


class EnhanceJob:
    """One frame under work: makes its samples, then its chroma, in scratch arrays."""

    def __init__(
        self,
        frame: Frame,
        steps: EnhancePlan,
        options: EnhanceOptions,
        scratch: Path,
        live: Live,
        progress: ProgressHook,
        threads: int = 1,
    ) -> None:
        self.threads = threads
        self.runs: list[TileRun] = []
        self.frame, self.steps, self.options = frame, steps, options
        self.scratch, self.live = scratch, live
        self.halves: str | None = None  # where half of the samples' intervals lie
        self.chroma_halves: str | None = None  # and half of the chroma's
        self.chroma: str | None = None  # where chroma lies that was painted with the samples
        self.tally = tile_stages.Tally()
        self.meter = Meter(frame, steps, progress)
        self.setting = live.memo.recall(
            setting_key(frame, options), lambda: setting_for(frame, options)
        )

    def tell_coarse(self, brush: ColourPlan) -> None:
        """Let who looks on have the colours at a glance."""
        if self.live.watcher:
            self.scratch.mkdir(parents=True, exist_ok=True)
            path = self.scratch / "coarse.npz"
            brush.coarse().save(path)
            self.live.watcher.coarse(path, self.setting.stretch.to_dict())

    def samples(self, brush: ColourPlan | None) -> tuple[NDArray[Any], list[str]]:
        """Sharpened, or as they are, or those of the earlier result; and the history so far."""
        history = [f"astroview {__version__} enhanced this frame."]
        base, card = self.live.base, self.steps.superres
        if base:
            kept = [line for line in base.history if line.startswith(OF_SAMPLES)]
            return scratch_arrays.kept(Path(base.source)), history + kept
        if card is None:
            return self._copy(), history
        both = self.steps.together and brush
        how, setting = self._sharpener(card)
        fine = self._together(card, how, both) if both else self._sharpen(card, how, setting)
        detail = f"scale {self.steps.scale}"
        detail += ", mean of 8 flips and turns" if how.best else ""
        detail += f", {_rule(how)}"
        if card.scored_by:
            detail += f", scored above bicubic on skies by {card.scored_by}"
        # Said first: FITS breaks lines of HISTORY after 72 letters, and it must stay one phrase.
        what = f"{SHARPENED} ({TEXTURE_PAINTED})" if card.illustrative else SHARPENED
        flags = setting.rule.flags.lines if setting.rule and setting.rule.flags else ()
        return fine, [*history, line(what, card, detail), *self.tally.lines(), *flags]

    def _sharpener(self, card: ModelCard) -> tuple[Sharpener, tile_stages.Setting]:
        """Under the automatic stretch, whatever the frame is shown with."""
        frame, plain = self.frame, replace(self.options, stretch=None)
        setting = self.live.memo.recall(
            setting_key(frame, plain), lambda: setting_for(frame, plain)
        )
        return sharpener(frame, card, setting, self.options, self.live.memo), setting

    def _sharpen(
        self, card: ModelCard, how: Sharpener, setting: tile_stages.Setting
    ) -> NDArray[Any]:
        frame = self.frame
        fine = tuple(n * card.scale for n in frame.shape)
        shape = (*fine, *((3,) if frame.channels == 3 else ()))
        target = scratch_arrays.zeros(self.scratch / "source.npy", shape, np.float32)
        halves = None
        if how.spread is not None:
            path = self.scratch / "uncertainty.npy"
            halves, self.halves = scratch_arrays.zeros(path, fine, np.float32), str(path)

        self.meter.stage("sharpening", self.meter.sharpen_cost)
        run = self._tiles(card, "source")
        self.tally = tile_stages.super_resolve(frame, how, setting, run, target, halves)
        return target

    def _together(
        self,
        card: ModelCard,
        how: Sharpener,
        brush: ColourPlan,
        kept: NDArray[Any] | None = None,
    ) -> NDArray[Any]:
        """Samples and chroma in one pass; only chroma, of samples that are ``kept``."""
        frame = self.frame
        fine = (frame.shape[0] * card.scale, frame.shape[1] * card.scale)
        samples = None
        if kept is None:
            samples = scratch_arrays.zeros(self.scratch / "source.npy", fine, np.float32)
        self.chroma = str(self.scratch / "chroma.npy")
        chroma = scratch_arrays.zeros(Path(self.chroma), (*fine, 2), np.float16)

        self.meter.stage("sharpening and colouring", self.meter.total)
        parts: tuple[Part, ...] = ("chroma",) if samples is None else ("chroma", "source")
        run = self._tiles(card, *parts)
        targets = combined_stage.Targets(samples, chroma, kept)
        self.tally = combined_stage.sharpen_and_paint(frame, how, brush, self.setting, run, targets)
        return samples if samples is not None else cast("NDArray[Any]", kept)

    def _copy(self) -> NDArray[Any]:
        """The samples themselves, where nothing sharpens them."""
        frame = self.frame
        shape = (*frame.shape, 3) if frame.channels == 3 else frame.shape
        target = scratch_arrays.zeros(self.scratch / "source.npy", shape, np.float32)
        plan = tiles.plan(frame.shape, 2048, 0, blend=0)
        tick = self.live.telling(
            "source", plan, 1, lambda _: self.meter.progress(0, 1000, "reading")
        )
        for tile in self.live.ordered(plan):
            target[tile.core.slices] = frame.read(tile.core)
            tick(tile)
        return target

    def paint(self, fine: NDArray[Any], card: ModelCard, brush: ColourPlan) -> str:
        """Paint chroma for the samples; the path of its array."""
        if self.steps.together:
            self._together(card, self._sharpener(card)[0], brush, fine)
            return cast("str", self.chroma)
        path = self.scratch / "chroma.npy"
        target = scratch_arrays.zeros(path, (*fine.shape, 2), np.float16)
        halves = None
        if brush.spread is not None:
            self.chroma_halves = str(self.scratch / "chroma-uncertainty.npy")
            halves = scratch_arrays.zeros(Path(self.chroma_halves), fine.shape, np.float32)

        self.meter.stage("colouring", self.meter.colour_cost)
        run = self._tiles(card, "chroma")
        tile_stages.colour(self.frame, fine, brush, self.setting, run, target, halves)
        return str(path)

    def _tiles(self, card: ModelCard, *parts: Part) -> TileRun:
        """The tiles of a stage; each that is done is told to who looks on."""
        if "source" in parts and self.options.denoise:  # whatever the network itself looks at
            halo = max(card.tiling.halo, noise_free.HALO)
            card = replace(card, tiling=replace(card.tiling, halo=halo))
        where, scale, live = self.setting.device, self.steps.scale, self.live
        size = self.options.tile or live.tile_size(card, where.type)
        plan, tick = live.plan(self.frame.shape, size, card), self.meter.tick
        for part in parts:
            tick = live.telling(part, plan, scale, tick)
        at_once = live.at_once(card, scale, size, self.threads)
        run = TileRun(plan, tick, card.tiling.halo, card.tiling.multiple_of, at_once)
        self.runs.append(run)
        return run

    def in_parts(self) -> list[str]:
        """Of which tiles memory was too little, for the history."""
        return [line for run in self.runs for line in run.lines(self.setting.device.type)]


def _rule(how: Sharpener) -> str:
    """What holds for the flux of a pixel, for the history."""
    if how.kind == "display":
        boxes = how.pictures == "boxes"
        return "a display picture: means of pixels kept" if boxes else "a display picture: free"
    return f"{NOISE_FREE}: flux is kept within the noise" if how.denoise else FLUX_KEPT


def line(what: str, card: ModelCard, detail: str) -> str:
    """What a model did, for the history."""
    return f"{what}: model {card.id}, sha256 {card.sha256}, {detail}"
