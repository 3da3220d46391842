"""The combined task: low-resolution grey in, high-resolution colour out, on 8-bit pictures.

Legend: ``x`` the grey input as it is displayed, 0..1; ``y`` luma of the answer; ``L`` lightness.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from astroview.core.models.model_card import Pictures
from astroview.engine.networks import weights
from astroview.engine.networks.colorizer import STRIDE
from astroview.engine.networks.combined import Combined, CombinedAnswer, Inner, chroma
from astroview.engine.networks.palette_code import palette_code, rank_palettes
from astroview.engine.networks.superres import enlarge
from astroview.engine.networks.written import as_picture
from trainer import metrics
from trainer.config import Recipe
from trainer.data import degrade, tensor_colour
from trainer.data.pictures import Shown, luma
from trainer.loop.fit_contract import Answer
from trainer.tasks import losses
from trainer.tasks.colour_samples import small_picture
from trainer.tasks.colour_task import Asked, ColourTask


class CombinedTask(ColourTask):
    """The crops and codes of `ColourTask`, at the answer's sampling, with their reduced greys.

    ``run.crop`` are pixels of the input, a multiple of 16.
    """

    figure, higher = "psnr", True
    seen_channels = 3

    def __init__(
        self,
        recipe: Recipe,
        train: Sequence[Shown],
        held: Sequence[Shown],
        known: NDArray[np.float32] | None = None,
    ) -> None:
        self.scale = int(recipe.hyper.get("scale", 2))
        self.noisy = recipe.data.noisy
        fine = replace(
            recipe,
            run=replace(recipe.run, crop=recipe.run.crop * self.scale),
            data=replace(recipe.data, noisy=0.0),
        )
        super().__init__(fine, train, held, known)

    def network(self) -> Combined:  # type: ignore[override]
        """The untrained network that the recipe asks for."""
        made = weights.build("combined", self.recipe.hyper)
        assert isinstance(made, Combined)
        return made

    def batch(self, step: int, size: int) -> dict[str, Tensor]:
        """`ColourTask.batch` with ``x`` (B, 1, h, w), ``sigma`` (B,), ``box`` (B,) and ``y``
        (B, 1, sh, sw).
        """
        made = super().batch(step, size)
        rng = np.random.default_rng((self.recipe.run.seed, step, 2))
        generator = torch.Generator().manual_seed(int(rng.integers(2**62)))
        y = tensor_colour.encode_srgb(made.pop("L") ** 3)
        cubic = torch.from_numpy(rng.random(size) >= self.recipe.data.box)
        noisy = torch.from_numpy(rng.random(size) < self.noisy)
        sigma = torch.from_numpy(np.exp(rng.uniform(np.log(0.003), np.log(0.06), size)))
        sigma = torch.where(noisy, sigma, 0.0).float()
        x = degrade.shrink(y, self.scale, cubic)
        x = degrade.add_noise(degrade.quantise(x), sigma, generator)
        told = torch.from_numpy(rng.random(size) < self.recipe.data.told)
        box = torch.where(told, 1.0 - 2.0 * cubic, 0.0)
        return {**made, "x": x, "sigma": sigma, "box": box, "y": y}

    def plane(self, rng: np.random.Generator) -> NDArray[np.uint8]:
        """Luma (H, W) of one of the pictures."""
        return luma(self.train[rng.choice(len(self.train), p=self.share)].rgb)

    def answer(self, network: Any, batch: dict[str, Tensor]) -> Answer:
        """Luma and chroma made of the batch and their terms; a critic sees lightness and chroma."""
        shares, x = self.recipe.loss, batch["x"]
        task = Asked.of(batch, swaps=bool(shares.swap))
        seen = _lightness(x)
        made: CombinedAnswer = network(x, batch["sigma"], seen, task.codes, None, batch["box"])
        y = as_picture(made.luma, x, self.recipe.data.pictures).samples
        light = _lightness(y.detach())
        ab = chroma(made, light)
        near = losses.charbonnier(y - batch["y"]) * shares.luma
        terms = {"luma": near, **task.terms(light, ab, made.logits, batch["palette"], shares)}
        if shares.rms:
            terms["rms"] = losses.rms(y, batch["y"]) * shares.rms
        if shares.fft:
            terms["fft"] = losses.fft_amplitude(y, batch["y"]) * shares.fft
        return Answer(terms, *task.seen(light, ab))

    @torch.no_grad()
    def score(self, network: Combined) -> dict[str, float]:  # type: ignore[override]
        """Means over held-out pictures: PSNR and |Δab| under the truth's palette and under the
        automatic one, and the PSNR of luma beside bicubic's.
        """
        known = torch.from_numpy(self.palettes).to(metrics.beside(network))
        held = self.held[: self.recipe.data.validation_pictures]
        how = (known, self.scale, self.recipe.data.pictures)
        return metrics.means([score_picture(network, p.rgb, *how) for p in held])


def score_picture(
    network: Combined,
    rgb_HWC: NDArray[np.uint8],
    known_PK: Tensor,
    scale: int,
    pictures: Pictures,
) -> dict[str, float]:
    """The scores of one picture, at 384 pixels at most, made grey and reduced."""
    truth = small_picture(rgb_HWC).to(known_PK)
    height, width = (n - n % scale for n in truth.shape[-2:])
    truth = truth[..., :height, :width]
    lab = tensor_colour.to_oklab(truth)
    x, grey = reduced(lab[:, :1], scale)
    guided, y = restore(network, x, palette_code(lab[:, :1], lab[:, 1:]), pictures)
    likely = known_PK[likeliest(network, x, known_PK)][None]
    auto, _ = restore(network, x, likely, pictures)
    return {
        "psnr": metrics.psnr(guided, truth),
        "dab": metrics.chroma_error(guided, truth),
        "psnr_auto": metrics.psnr(auto, truth),
        "dab_auto": metrics.chroma_error(auto, truth),
        "psnr_grey": metrics.psnr(grey.expand(-1, 3, -1, -1), truth),
        "psnr_luma": metrics.psnr(y, grey),
        "psnr_luma_bicubic": metrics.psnr(enlarge(x, scale).clamp(0, 1), grey),
    }


def restore(
    network: Combined, x_11hw: Tensor, code_1K: Tensor, pictures: Pictures
) -> tuple[Tensor, Tensor]:
    """SRGB (1, 3, sh, sw) and luma (1, 1, sh, sw) of a grey picture of any size."""
    height, width = x_11hw.shape[-2:]
    x = functional.pad(x_11hw, (0, -width % STRIDE, 0, -height % STRIDE), mode="replicate")
    made = network(x, x.new_zeros(1), _lightness(x), code_1K, Inner(0, 0, *x.shape[-2:]))
    y = as_picture(made.luma, x, pictures).samples
    light = _lightness(y)
    rgb = tensor_colour.from_oklab(torch.cat([light, chroma(made, light)], 1)).clamp(0, 1)
    fine = (..., slice(height * network.scale), slice(width * network.scale))
    return rgb[fine], y[fine]


def reduced(L_11HW: Tensor, scale: int) -> tuple[Tensor, Tensor]:
    """The grey picture of a lightness, reduced to the 8 bits of a file, and as it is."""
    grey = tensor_colour.encode_srgb(L_11HW**3)
    return degrade.quantise(degrade.shrink(grey, scale, grey.new_ones(1))), grey


def likeliest(network: Combined, x_11hw: Tensor, known_PK: Tensor) -> int:
    """The index of the palette that would be chosen automatically for a grey picture."""
    height, width = x_11hw.shape[-2:]
    x = functional.pad(x_11hw, (0, -width % STRIDE, 0, -height % STRIDE), mode="replicate")
    return rank_palettes(network.colour.look(_lightness(x))[1][0], known_PK)[0]


def _lightness(u: Tensor) -> Tensor:
    return tensor_colour.decode_srgb(u.clamp(0, 1)).clamp_min(1e-9) ** (1 / 3)
