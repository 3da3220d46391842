"""Perceptual distances: in the features of VGG19 where its weights are on the machine, else in
those of a critic that was trained with one of our recipes, and then named so.

The Fréchet distance (Heusel et al. 2017 use it with Inception) is between Gaussians fitted to
the features of all made and all true pictures, at places spread over each picture.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.linalg import sqrtm
from torch import Tensor

from astroview.core.errors import DatasetProblem
from trainer.data import tensor_colour
from trainer.loop.adversary import adversary_for
from trainer.loop.run_folder import RunFolder
from trainer.tasks.colour_task import SEEN_GAIN
from trainer.tasks.vgg_features import Features, vgg_features

PLACES = 64  # feature vectors of a picture


class Eye(Protocol):
    """What sees features in pictures."""

    name: str

    def features(self, rgb_13HW: Tensor) -> Tensor:
        """(1, C, h, w)."""
        ...


class VggEye:
    """Feature map phi_5,4 of VGG19."""

    name = "VGG19 features"

    def __init__(self, network: Features) -> None:
        self._network = network

    def features(self, rgb_13HW: Tensor) -> Tensor:
        """See `vgg_features.Features`."""
        return self._network(rgb_13HW)


class CriticEye:
    """The third layer of the critic of a run."""

    def __init__(self, folder: Path) -> None:
        recipe = RunFolder(folder).recipe()
        state: Any = RunFolder(folder).newest()
        if not state or not state.get("adversary"):
            raise DatasetProblem(
                f"{folder.name} is no run with a critic",
                hint="Name a run of an adversarial recipe.",
            )
        self._channels = 1 if recipe.task == "superres" else 3
        made = adversary_for(recipe, self._channels, torch.device("cpu"))
        assert made is not None
        made.critic.load_state_dict(state["adversary"]["critic"])
        self._critic = made.critic.eval()
        self.name = f"critic features ({folder.name})"

    def features(self, rgb_13HW: Tensor) -> Tensor:
        """Of lightness and chroma, or of luma, as the critic saw them in training."""
        lab = tensor_colour.to_oklab(rgb_13HW)
        if self._channels == 1:
            mix = torch.tensor([0.299, 0.587, 0.114]).view(1, 3, 1, 1)
            return self._critic.features((rgb_13HW * mix).sum(1, keepdim=True))[2]
        return self._critic.features(torch.cat([lab[:, :1], lab[:, 1:] * SEEN_GAIN], 1))[2]


def eye_for(critic: Path | None) -> Eye | None:
    """VGG19 when it can be had, else the critic of a run folder, else None."""
    network = vgg_features()
    if network is not None:
        return VggEye(network)
    return CriticEye(critic) if critic else None


@torch.inference_mode()
def distances(eye: Eye, pairs: Iterable[tuple[Tensor, Tensor]]) -> dict[str, float]:
    """Mean absolute difference of features, and the Fréchet distance, of made and true pictures
    (1, 3, H, W).
    """
    gaps: list[float] = []
    seen: tuple[list[NDArray[Any]], list[NDArray[Any]]] = ([], [])
    for pair in pairs:
        made, true = (eye.features(picture) for picture in pair)
        gaps.append(float((made - true).abs().mean()))
        for kept, found in zip(seen, (made, true), strict=True):
            flat = found[0].flatten(1).T.numpy()
            kept.append(flat[:: max(len(flat) // PLACES, 1)][:PLACES])
    return {
        "feature_distance": sum(gaps) / len(gaps),
        "frechet": frechet(*(np.concatenate(kept) for kept in seen)),
    }


def frechet(one: NDArray[Any], other: NDArray[Any]) -> float:
    """|m1 - m2|^2 + tr(S1 + S2 - 2 (S1 S2)^1/2) of the Gaussians of two samples (N, C)."""
    means = [x.mean(0, dtype=np.float64) for x in (one, other)]
    spreads = [np.atleast_2d(np.cov(x.astype(np.float64), rowvar=False)) for x in (one, other)]
    root: Any = np.real(np.asarray(sqrtm(spreads[0] @ spreads[1]), np.complex128))
    gap = means[0] - means[1]
    return float(gap @ gap + np.trace(spreads[0] + spreads[1] - 2 * root))
