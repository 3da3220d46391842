"""Colour without a palette, as the student recipe has it: the task of the baselines."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from trainer import metrics
from trainer.data import tensor_colour
from trainer.loop.fit_contract import Answer
from trainer.tasks import baselines, losses
from trainer.tasks.colour_samples import small_picture
from trainer.tasks.colour_task import SEEN_GAIN, ColourTask


class PlainColourTask(ColourTask):
    """The batches of `ColourTask` for a network that is told no palette."""

    def network(self) -> nn.Module:
        """The untrained baseline that the recipe asks for."""
        recipe = self.recipe
        network, began = baselines.begun(recipe.hyper, recipe.architecture)
        self.notes["encoder"] = began
        return network

    def answer(self, network: nn.Module, batch: dict[str, Tensor]) -> Answer:
        """Chroma made of the batch; a critic sees lightness and chroma."""
        shares = self.recipe.loss
        truth, L = tensor_colour.to_oklab(batch["rgb"])[:, 1:], batch["L"]
        ab = network(L)
        terms = {
            "charbonnier": losses.charbonnier(ab - truth) * shares.charbonnier,
            "l1": (ab - truth).abs().mean() * shares.l1,
        }
        fake, real = (torch.cat([L, x * SEEN_GAIN], 1) for x in (ab, truth))
        return Answer(terms, fake, real)

    @torch.no_grad()
    def score(self, network: nn.Module) -> dict[str, float]:
        """Means over held-out pictures of the one answer, and of neutral pictures."""
        where = metrics.beside(network)
        return metrics.means([_score(network, small_picture(p.rgb).to(where)) for p in self.held])


def _score(network: nn.Module, truth: Tensor) -> dict[str, float]:
    lab = tensor_colour.to_oklab(truth)
    height, width = truth.shape[-2:]
    pads = (0, -width % baselines.DIVISOR, 0, -height % baselines.DIVISOR)
    ab = network(functional.pad(lab[:, :1], pads, mode="replicate"))[..., :height, :width]
    y, neutral = (
        tensor_colour.from_oklab(torch.cat([lab[:, :1], x], 1)).clamp(0, 1) for x in (ab, ab * 0)
    )
    return {
        "dab": metrics.chroma_error(y, truth),
        "dab_neutral": metrics.chroma_error(neutral, truth),
        "psnr": metrics.psnr(y, truth),
        "colourfulness": metrics.colourfulness(y),
        "colourfulness_truth": metrics.colourfulness(truth),
    }
