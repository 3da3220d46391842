"""What a frame is enhanced with: models, stretch and noise, networks made ready."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from astroview.core.bad_pixels.frame_noise import NOISIEST, measure_frame
from astroview.core.colour.stretch import Stretch, sky_level
from astroview.core.errors import UnreadableFrame
from astroview.core.frame import Frame
from astroview.core.io.file_flags import file_flags
from astroview.core.models.model_card import ModelCard, ModelShelf
from astroview.core.options import EnhanceOptions, Outputs
from astroview.core.texts import Text
from astroview.engine.networks import interval_heads
from astroview.engine.networks.bounded import STAR
from astroview.engine.networks.tile_superres import Sharpener
from astroview.engine.pipeline import tile_stages
from astroview.engine.pipeline.reduction import told_of
from astroview.engine.runtime import cache as memos
from astroview.engine.runtime import device, precision
from astroview.engine.runtime.cache import Cache

DEEPEST = 8.0  # sigma below the sky: noise does not get there


@dataclass(frozen=True)
class EnhancePlan:
    """The models that were chosen, None where a step is left out; the result's magnification; and
    whether one combined model takes both steps in one pass (also where samples are kept).
    """

    superres: ModelCard | None
    colorizer: ModelCard | None
    scale: int = 1
    together: bool = False


def choose(
    frame: Frame, options: EnhanceOptions, shelf: ModelShelf, base: Outputs | None = None
) -> EnhancePlan:
    """The models for a frame under some options; ModelRejected when one is not to be had.

    A combined model that is chosen for colour does all of it where the super-resolver chosen
    magnifies as it does; else it only paints. Neither takes the other's place where one of them
    is illustrative and the other is not.
    """
    wanted = options.colorizer if frame.channels == 1 else None
    colorizer = shelf.choose(wanted, "colorize")
    measured = options.guide is not None or bool(options.colour_from)
    colorizer = colorizer and shelf.painting(colorizer, measured=measured)
    both = colorizer if colorizer and colorizer.task == "combined" else None
    if base:
        return EnhancePlan(
            None, colorizer, base.scale, both is not None and both.scale == base.scale
        )
    superres = shelf.choose(options.superres, "superres")
    superres = superres and shelf.answering(superres, frame.kind)
    scale = superres.scale if superres else 1
    alike = superres is None or both is None or superres.illustrative == both.illustrative
    if both and both.scale == scale and alike:
        return EnhancePlan(both, both, scale, together=True)
    return EnhancePlan(superres, colorizer, scale)


def setting_for(frame: Frame, options: EnhanceOptions) -> tile_stages.Setting:
    """What is fixed for the whole frame. Stretch, sky and noise are of good pixels.

    Raises
    ------
    UnreadableFrame
        The frame holds no data.
    """
    measured = measure_frame(frame, file_flags(frame) if options.data_quality else None)
    if measured is None:
        raise UnreadableFrame(
            Text("{name} holds no data: every pixel looked at is blank", name=frame.name),
            hint="Choose another HDU or plane of the file.",
        )
    where, fill, sky = device.pick(options.device), measured.fill, measured.sky_noise
    stretch = Stretch.from_dict(options.stretch) if options.stretch else measured.own
    if measured.rule is None:
        return tile_stages.Setting(stretch, fill, 0.0, where)
    noise = measured.noise
    lowest = np.full(1, fill - DEEPEST * noise, np.float32)
    return tile_stages.Setting(
        stretch,
        fill,
        min(sky.level, NOISIEST) if sky else 0.0,
        where,
        noise if sky else None,
        float(measured.seen_through.forward(lowest)[0]) if noise else -np.inf,
        measured.rule,
        measured.seen_through,
        sky_level(measured.seen),
        sky.grain if sky else 1.0,
    )


def sharpener(
    frame: Frame,
    card: ModelCard,
    setting: tile_stages.Setting,
    options: EnhanceOptions,
    memo: Cache,
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

    denoise = options.denoise and frame.kind == "linear" and bool(setting.noise)
    unsure = card.uncertainty and options.uncertainty and not denoise
    spread = loaded("spread", precision.load_spread) if unsure else None
    network = loaded("network", precision.load)
    light = memos.of_light(frame, setting.networks)
    told = memos.key(light, "reduction", card.sha256, str(where))  # devices differ in last digits
    return Sharpener(
        network,
        setting.networks,
        setting.sigma,
        spread,
        interval_heads.factor(card, frame.kind, setting.sigma) if spread is not None else 1.0,
        best=options.quality == "best",
        kind=frame.kind,
        pictures=card.pictures,
        noise=setting.noise,
        floor=setting.floor,
        denoise=denoise,
        box=memo.recall(told, lambda: told_of(frame, network, setting.networks, where)),
        tables=interval_heads.Tables.of(card) if spread is not None else None,
        sky=setting.sky,
        grain=setting.grain,
        beside=interval_heads.BesideBad.of(card),
        star=card.star or STAR,
    )


def setting_key(frame: Frame, options: EnhanceOptions) -> Hashable:
    """What `setting_for` depends on; None for frames that cannot be told apart."""
    given = json.dumps(options.stretch, sort_keys=True)
    return memos.key(memos.of_file(frame), "setting", given, options.device, options.data_quality)
