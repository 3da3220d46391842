"""One frame in, one enhanced frame out: choose models, plan tiles, run the stages, say so."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, cast

import numpy as np
import torch
from numpy.typing import NDArray

from astroview import __version__
from astroview.core import tiles
from astroview.core.errors import OutOfMemory, UnreadableFrame
from astroview.core.files import open_frame
from astroview.core.frame import Frame
from astroview.core.models import ModelCard, ModelShelf
from astroview.core.options import EnhanceOptions, Outputs
from astroview.core.results import frame_from_outputs
from astroview.core.stretch import Stretch, auto_stretch, sample
from astroview.engine import device, stages, weights
from astroview.engine.colorizer import Colorizer
from astroview.engine.superres import Compact

LOOK_SIDE = 384  # pixels: the frame is reduced to that before a palette is read off it
LEAST_TILE = 64


class Progress(Protocol):
    """The one hook for progress and cancel."""

    def __call__(self, done: int, of: int, note: str = "") -> None:
        """Tell that ``done`` of ``of`` units are done; may raise `Cancelled`."""
        ...


@dataclass(frozen=True)
class Steps:
    """The models that were chosen; None where a step is left out."""

    superres: ModelCard | None
    colorizer: ModelCard | None

    @property
    def scale(self) -> int:
        """Linear magnification of the result."""
        return self.superres.scale if self.superres else 1


def enhance_file(
    path: Path,
    hdu: int | None,
    plane: int,
    options: EnhanceOptions,
    scratch: Path,
    shelf: ModelShelf,
    progress: Progress,
) -> Outputs:
    """Open a file and `enhance_to` the folder ``scratch``."""
    return enhance_to(open_frame(path, hdu, plane), options, scratch, shelf, progress)


def enhance(
    frame: Frame, options: EnhanceOptions, scratch: Path, shelf: ModelShelf, progress: Progress
) -> Frame:
    """`enhance_to`, as a frame that maps the scratch arrays."""
    return frame_from_outputs(frame, enhance_to(frame, options, scratch, shelf, progress))


@torch.inference_mode()
def enhance_to(
    frame: Frame, options: EnhanceOptions, scratch: Path, shelf: ModelShelf, progress: Progress
) -> Outputs:
    """Super-resolve and colourise a frame, tile by tile, into arrays in ``scratch``.

    Peak memory depends on the tiles, not on the frame. The result does not depend on the
    tiles either (to rounding). RGB frames are not colourised.

    Raises
    ------
    ModelRejected, UnreadableFrame, OutOfMemory, Cancelled
    """
    steps = choose(frame, options, shelf)
    setting = _setting(frame, options)
    meter = _Meter(frame, steps, progress)
    history = [f"astroview {__version__} enhanced this frame."]
    fine: NDArray[Any] | None = None
    if steps.superres:
        fine = _run_superres(frame, steps.superres, setting, options, scratch, meter)
        history.append(_line("super-resolution", steps.superres, f"scale {steps.scale}"))
    else:
        fine = _copy(frame, scratch, meter)
    chroma = None
    if steps.colorizer:
        chroma, name = _run_colour(frame, fine, steps.colorizer, setting, options, scratch, meter)
        history.append(_line("colour painted", steps.colorizer, f"palette {name}"))
        history.append("The colour is a guess by a network, not for photometry.")
    if frame.channels == 3 and options.colorizer:
        history.append("The frame has colours of its own; none were painted.")
    _flush(fine)
    return Outputs(
        source=str(scratch / "source.npy"),
        chroma=chroma,
        rendered=setting.stretch.to_dict(),
        history=tuple(history),
        scale=steps.scale,
    )


def choose(frame: Frame, options: EnhanceOptions, shelf: ModelShelf) -> Steps:
    """The models for a frame under some options; ModelRejected when one is not to be had."""
    wanted = options.colorizer if frame.channels == 1 else None
    return Steps(shelf.choose(options.superres, "superres"), shelf.choose(wanted, "colorize"))


def _setting(frame: Frame, options: EnhanceOptions) -> stages.Setting:
    stretch = Stretch.from_dict(options.stretch) if options.stretch else auto_stretch(frame)
    seen = sample(frame)
    finite = seen[np.isfinite(seen)]
    if finite.size == 0:
        raise UnreadableFrame(
            f"{frame.name} holds no data: every pixel looked at is blank",
            hint="Choose another HDU or plane of the file.",
        )
    sigma = stages.noise_level(frame, stretch) if frame.kind == "linear" else 0.0
    where = device.pick(options.device)
    return stages.Setting(stretch, float(np.median(finite)), min(sigma, 0.08), where)


def _run_superres(
    frame: Frame,
    card: ModelCard,
    setting: stages.Setting,
    options: EnhanceOptions,
    scratch: Path,
    meter: _Meter,
) -> NDArray[Any]:
    network = cast("Compact", weights.load(card, setting.device))
    shape = (*(n * card.scale for n in frame.shape), *((3,) if frame.channels == 3 else ()))
    target = _scratch_array(scratch / "source.npy", shape, np.float32)

    def attempt(plan: tuple[tiles.Tile, ...]) -> None:
        meter.stage("sharpening", meter.sharpen_cost)
        target[:] = 0
        stages.super_resolve(frame, network, card, setting, plan, target, meter.tick)

    _with_smaller_tiles(frame, card, options, attempt)
    return target


def _run_colour(
    frame: Frame,
    fine: NDArray[Any],
    card: ModelCard,
    setting: stages.Setting,
    options: EnhanceOptions,
    scratch: Path,
    meter: _Meter,
) -> tuple[str, str]:
    network = cast("Colorizer", weights.load(card, setting.device))
    if options.palette == "auto":
        order = stages.palette_ranking(frame, network, card, setting, LOOK_SIDE)
        palette = card.palettes[order[0]]
    else:
        palette = card.palette(options.palette)
    path = scratch / "chroma.npy"
    target = _scratch_array(path, (*fine.shape, 2), np.float16)
    code = torch.tensor(palette.code)

    def attempt(plan: tuple[tiles.Tile, ...]) -> None:
        meter.stage("colouring", meter.colour_cost)
        target[:] = 0
        stages.colour(frame, fine, network, code, setting, plan, target, meter.tick)

    _with_smaller_tiles(frame, card, options, attempt)
    _flush(target)
    return str(path), palette.name


def _with_smaller_tiles(
    frame: Frame,
    card: ModelCard,
    options: EnhanceOptions,
    attempt: Callable[[tuple[tiles.Tile, ...]], None],
) -> None:
    """Run a stage; when the device's memory does not hold a tile, halve the tiles and retry."""
    size = options.tile or card.tiling.size
    while True:
        try:
            attempt(tiles.plan(frame.shape, size, card.tiling.halo, card.tiling.multiple_of))
            return
        except (torch.OutOfMemoryError, MemoryError) as problem:
            size = min(size, max(frame.shape)) // 2
            if torch.cuda.is_available():
                torch.cuda.empty_cache()
            if size < LEAST_TILE:
                raise OutOfMemory(
                    "the device has not enough memory even for small tiles",
                    hint="Close other programs that use it, or choose the CPU.",
                ) from problem


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


def _copy(frame: Frame, scratch: Path, meter: _Meter) -> NDArray[Any]:
    """The samples themselves, where nothing sharpens them."""
    shape = (*frame.shape, 3) if frame.channels == 3 else frame.shape
    target = _scratch_array(scratch / "source.npy", shape, np.float32)
    for tile in tiles.plan(frame.shape, 2048, 0, blend=0):
        target[tile.core.slices] = frame.read(tile.core)
        meter.progress(0, 1000, "reading")
    return target


def _scratch_array(path: Path, shape: tuple[int, ...], kind: type[Any]) -> NDArray[Any]:
    path.parent.mkdir(parents=True, exist_ok=True)
    return np.lib.format.open_memmap(path, mode="w+", dtype=kind, shape=shape)


def _flush(array: NDArray[Any]) -> None:
    if isinstance(array, np.memmap):
        array.flush()


def _line(what: str, card: ModelCard, detail: str) -> str:
    return f"{what}: model {card.id}, sha256 {card.sha256}, {detail}"
