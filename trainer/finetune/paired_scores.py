"""One picture under two models, scored and painted alike."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Literal, Protocol, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from astroview.core.models.model_card import ModelCard, Pictures, Task
from astroview.core.texts import Text
from astroview.engine.networks.colorizer import Colorizer
from astroview.engine.networks.palette_code import palette_code
from trainer import metrics
from trainer.data import tensor_colour
from trainer.data.pictures import Shown
from trainer.finetune.linear_scores import LinearJudge, SkyShown
from trainer.tasks import colour_samples, colour_task, superres_task

Floats = NDArray[np.float32]
Figures = dict[str, float]
SIDE = 512  # of a larger picture a super-resolver is shown the middle


@dataclass(frozen=True)
class Measure:
    """A figure of the verdict.

    ``sign`` is -1 where less is better. A gain above ``worth`` is worth having, a loss above
    ``bound`` is harm; both in the figure's unit, or as shares of the parent's figure
    (``relative``). An error that is 0.6 % smaller is worth what 0.05 dB are.
    """

    key: str
    name: str
    unit: str
    sign: Literal[1, -1]
    worth: float
    bound: float
    relative: bool = False
    idle: str = ""  # what doing nothing is called


# The automatic palette is made to please, not to be near the truth (docs/models.md): the greyer a
# model, the smaller its error. It is shown, with how grey that is, and decides nothing
# (docs/decisions/0021).
MEASURES: dict[Task, tuple[Measure, ...]] = {
    "colorize": (
        Measure(
            "dab",
            Text("colour error, palette known"),
            "|Δab|",
            -1,
            0.006,
            0.05,
            relative=True,
            idle=Text("no colour"),
        ),
        Measure(
            "auto", Text("colour error, automatic palette"), "|Δab|", -1, 0.01, inf, relative=True
        ),
        Measure(
            "dull",
            Text("colourfulness off by, automatic palette"),
            "",
            -1,
            0.01,
            inf,
            relative=True,
        ),
    ),
    "superres": (
        Measure("psnr", "PSNR", "dB", 1, 0.05, 0.25, idle=Text("bicubic")),
        Measure("ssim", "SSIM", "", 1, 0.001, 0.01),
        Measure("kept", Text("measured frames, all flux kept"), "dB", 1, 0.05, 0.25),
        Measure("free", Text("measured frames, noise left out"), "dB", 1, 0.05, 0.5),
        Measure("flux", Text("measured frames, fluxes off by"), "%", -1, 0.1, 1.0),
    ),
}
# Of exposures of the user's own telescope: the first decides, of the others no loss may be harm.
LINEAR: tuple[Measure, ...] = (
    Measure(
        "linear", Text("PSNR in the frame's stretch"), "dB", 1, 0.05, 0.25, idle=Text("bicubic")
    ),
    Measure("kept", Text("PSNR, all flux kept"), "dB", 1, 0.05, 0.25),
    Measure("free", Text("PSNR, noise left out"), "dB", 1, 0.05, 0.5),
    Measure("width", Text("widths off by"), "%", -1, 0.5, 2.0),
    Measure("shift", Text("centres off by"), Text("pixels"), -1, 0.002, 0.02),
    Measure("flux", Text("fluxes off by"), "%", -1, 0.1, 1.0),
    Measure("complete", Text("sources found"), "%", 1, 0.5, 3.0),
)


@dataclass(frozen=True)
class PairedScores:
    """The figures of one picture: of the parent, of the tuned model, of doing nothing."""

    picture: Shown
    base: Figures
    tuned: Figures
    nothing: Figures


@dataclass(frozen=True)
class PairedView:
    """What there is to see of a picture: four of (H, W, 3) in 0..1, of one size."""

    before: Floats
    base: Floats
    tuned: Floats
    truth: Floats


class Judge(Protocol):
    """Two models of a task."""

    task: Task

    def pair(self, picture: Shown) -> PairedScores | None:
        """Figures of a picture; None when it is too small for the task."""
        ...

    def view(self, picture: Shown) -> PairedView:
        """Input, both results and truth."""
        ...


def judge_for(cards: tuple[ModelCard, ModelCard], networks: tuple[nn.Module, nn.Module]) -> Judge:
    """The judge of a task; both models are of the same one."""
    if cards[0].task == "superres":
        return SuperresJudge(networks, cards)
    return ColourJudge(networks, cards)


class ColourJudge:
    """Grey by Oklab lightness, painted under the truth's palette and under the automatic one."""

    task: Task = "colorize"

    def __init__(
        self, networks: tuple[nn.Module, nn.Module], cards: tuple[ModelCard, ModelCard]
    ) -> None:
        self._models = [
            (cast("Colorizer", network), torch.tensor([p.code for p in card.palettes]))
            for network, card in zip(networks, cards, strict=True)
        ]

    def pair(self, picture: Shown) -> PairedScores | None:
        truth, L, ab = _small(picture)
        neutral = tensor_colour.from_oklab(torch.cat([L, ab * 0], 1)).clamp(0, 1)
        idle = metrics.chroma_error(neutral, truth)
        base, tuned = (self._figures(k, truth, L, ab) for k in (0, 1))
        dull = abs(metrics.colourfulness(neutral) - metrics.colourfulness(truth))
        return PairedScores(picture, base, tuned, {"dab": idle, "auto": idle, "dull": dull})

    @torch.no_grad()
    def _figures(self, which: int, truth: Tensor, L: Tensor, ab: Tensor) -> Figures:
        network, known = self._models[which]
        first = colour_task.ranking(network, L, known)[:1]
        code = known[first] if first else palette_code(L, ab)
        automatic = colour_task.colour_in(network, L, code)
        return {
            "dab": metrics.chroma_error(self._guided(which, L, ab), truth),
            "auto": metrics.chroma_error(automatic, truth),
            "dull": abs(metrics.colourfulness(automatic) - metrics.colourfulness(truth)),
        }

    @torch.no_grad()
    def _guided(self, which: int, L: Tensor, ab: Tensor) -> Tensor:
        return colour_task.colour_in(self._models[which][0], L, palette_code(L, ab))

    def view(self, picture: Shown) -> PairedView:
        truth, L, ab = _small(picture)
        grey = tensor_colour.from_oklab(torch.cat([L, ab * 0], 1)).clamp(0, 1)
        base, tuned = (self._guided(k, L, ab) for k in (0, 1))
        return PairedView(*(_array(x) for x in (grey, base, tuned, truth)))


class SuperresJudge:
    """Pictures are reduced by antialiased bicubic to 8 bits, and brought back; exposures of a
    telescope are as they were taken.
    """

    task: Task = "superres"

    def __init__(
        self, networks: tuple[nn.Module, nn.Module], cards: tuple[ModelCard, ModelCard]
    ) -> None:
        self._networks, self._scale = networks, cards[0].scale
        self._pictures: Pictures = cards[0].pictures
        self._linear = LinearJudge(cards)

    def pair(self, picture: Shown) -> PairedScores | None:
        if isinstance(picture, SkyShown):
            return PairedScores(picture, *self._linear.figures(picture.exposure))
        middle = _middle(picture, self._scale)
        if min(middle.shape[:2]) < 16 * self._scale:
            return None
        how = (middle, self._scale, self._pictures)
        base, tuned = (superres_task.score_picture(n, *how) for n in self._networks)
        nothing = {"psnr": base["bicubic_psnr"], "ssim": base["bicubic_ssim"]}
        return PairedScores(picture, base, tuned, nothing)

    def view(self, picture: Shown) -> PairedView:
        if isinstance(picture, SkyShown):
            return PairedView(*self._linear.views(picture.exposure))
        middle = _middle(picture, self._scale)
        truth = _tensor(middle)
        how = (truth, self._scale, self._pictures)
        x, _, base = superres_task.restore(self._networks[0], *how)
        tuned = superres_task.restore(self._networks[1], *how)[2]
        before = _array(x).repeat(self._scale, 0).repeat(self._scale, 1)
        return PairedView(before, *(_array(y) for y in (base, tuned, truth)))


def _small(picture: Shown) -> tuple[Tensor, Tensor, Tensor]:
    truth = colour_samples.small_picture(picture.rgb)
    lab = tensor_colour.to_oklab(truth)
    return truth, lab[:, :1], lab[:, 1:]


def _middle(picture: Shown, scale: int) -> NDArray[np.uint8]:
    height, width = picture.rgb.shape[:2]
    rows, columns = (min(n, SIDE) // scale * scale for n in (height, width))
    top, left = (height - rows) // 2, (width - columns) // 2
    return picture.rgb[top : top + rows, left : left + columns]


def _tensor(rgb_HWC: NDArray[np.uint8]) -> Tensor:
    return torch.from_numpy(rgb_HWC.copy()).permute(2, 0, 1)[None].float() / 255


def _array(picture_1CHW: Tensor) -> Floats:
    return picture_1CHW[0].permute(1, 2, 0).numpy()
