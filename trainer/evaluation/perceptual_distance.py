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
from astroview.core.texts import Text
from trainer.data import tensor_colour
from trainer.loop.adversary import adversary_for
from trainer.loop.run_folder import RunFolder
from trainer.tasks import losses
from trainer.tasks.colour_task import SEEN_GAIN
from trainer.tasks.vgg_features import Features, vgg_features

PLACES = 64  # feature vectors of a picture


class Eye(Protocol):
    """What sees features in pictures, and says how real they look."""

    name: str

    def features(self, rgb_13HW: Tensor) -> Tensor:
        """(1, C, h, w)."""
        ...

    def doubt(self, rgb_13HW: Tensor) -> float | None:
        """-log of how likely a critic finds it to be real; None without a critic."""
        ...


class VggEye:
    """Feature map phi_5,4 of VGG19, and a critic beside it if there is one."""

    def __init__(self, network: Features, critic: CriticEye | None = None) -> None:
        self._network, self._critic = network, critic
        self.name = "VGG19 features"
        if critic:
            self.name += f", {critic.judge}"

    def features(self, rgb_13HW: Tensor) -> Tensor:
        """See `vgg_features.Features`."""
        return self._network(rgb_13HW)

    def doubt(self, rgb_13HW: Tensor) -> float | None:
        """See `Eye`."""
        return self._critic.doubt(rgb_13HW) if self._critic else None


class CriticEye:
    """The third layer of the critic of a run."""

    def __init__(self, folder: Path) -> None:
        recipe = RunFolder(folder).recipe()
        state: Any = RunFolder(folder).newest()
        if not state or not state.get("adversary"):
            raise DatasetProblem(
                Text("{name} is no run with a critic", name=folder.name),
                hint="Name a run of an adversarial recipe.",
            )
        self._channels = 1 if recipe.task == "superres" else 3
        made = adversary_for(recipe, self._channels, torch.device("cpu"))
        assert made is not None
        made.critic.load_state_dict(state["adversary"]["critic"])
        self._critic = made.critic.eval()
        self.judge = f"critic of {folder.name}"
        self.name = f"critic features ({folder.name})"

    def features(self, rgb_13HW: Tensor) -> Tensor:
        """Of what the critic saw in training, its third layer."""
        return self._critic.features(self._seen(rgb_13HW))[2]

    def doubt(self, rgb_13HW: Tensor) -> float | None:
        """See `Eye`."""
        return float(losses.adversarial(self._critic(self._seen(rgb_13HW))))

    def _seen(self, rgb_13HW: Tensor) -> Tensor:
        """Lightness and chroma, or luma."""
        if self._channels == 1:
            mix = torch.tensor([0.299, 0.587, 0.114]).view(1, 3, 1, 1)
            return (rgb_13HW * mix).sum(1, keepdim=True)
        lab = tensor_colour.to_oklab(rgb_13HW)
        return torch.cat([lab[:, :1], lab[:, 1:] * SEEN_GAIN], 1)


def eye_for(critic: Path | None, vgg: Path | None = None) -> Eye | None:
    """VGG19 when it can be had, of a file or of torchvision's cache, else the critic of a run
    folder, else None.
    """
    network, judge = vgg_features("5_4", vgg), CriticEye(critic) if critic else None
    return VggEye(network, judge) if network is not None else judge


@torch.inference_mode()
def distances(eye: Eye, pairs: Iterable[tuple[Tensor, Tensor]]) -> dict[str, float]:
    """Mean absolute difference of features, and the Fréchet distance, of made and true pictures
    (1, 3, H, W); and, as SRGAN has them, the content loss, and where a critic has its say the
    adversarial one and the perceptual one of both.
    """
    gaps: list[float] = []
    contents: list[float] = []
    doubts: list[float] = []
    seen: tuple[list[NDArray[Any]], list[NDArray[Any]]] = ([], [])
    for pair in pairs:
        made, true = (eye.features(picture) for picture in pair)
        gaps.append(float((made - true).abs().mean()))
        contents.append(float(losses.content(made, true)))
        if (doubt := eye.doubt(pair[0])) is not None:
            doubts.append(doubt)
        for kept, found in zip(seen, (made, true), strict=True):
            flat = found[0].flatten(1).T.numpy()
            kept.append(flat[:: max(len(flat) // PLACES, 1)][:PLACES])
    row = {"content": sum(contents) / len(contents)}
    if doubts:
        row["adversarial"] = sum(doubts) / len(doubts)
        row["perceptual"] = losses.perceptual(row["content"], row["adversarial"])
    return {
        **row,
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
