"""VGG19 feature maps for SRGAN's content loss, when their weights are on this machine.

They are torchvision's; half a gigabyte that this repository does not hold. Without them a loss
falls back on the features of its own critic, and says so.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, cast

import torch
from torch import Tensor, nn

log = logging.getLogger(__name__)
MEAN, SPREAD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)  # of ImageNet, as VGG was trained
# Layers of torchvision's ``vgg19().features`` up to which phi_ij reaches: the j-th convolution,
# after its activation, before the i-th pooling.
DEPTHS = {"2_2": 9, "5_4": 36}


class Features(nn.Module):
    """The feature map phi_ij of RGB pictures 0..1; frozen."""

    def __init__(self, layers: nn.Sequential) -> None:
        super().__init__()
        self.layers = layers.eval().requires_grad_(requires_grad=False)
        self.register_buffer("mean", torch.tensor(MEAN).view(1, 3, 1, 1))
        self.register_buffer("spread", torch.tensor(SPREAD).view(1, 3, 1, 1))

    def forward(self, rgb_B3HW: Tensor) -> Tensor:
        """(B, C, h, w); grey pictures (B, 1, H, W) are taken as grey RGB."""
        rgb = rgb_B3HW.expand(-1, 3, -1, -1)
        return self.layers((rgb - self.get_buffer("mean")) / self.get_buffer("spread"))


def vgg_features(layer: str = "5_4", weights: Path | None = None) -> Features | None:
    """VGG19 up to a layer, or None (and a log line) where its weights cannot be had.

    Parameters
    ----------
    layer
        ``"2_2"`` or ``"5_4"``, the two of Ledig et al. 2017.
    weights
        A file with the state of torchvision's ``vgg19`` or of its ``features``; None takes
        torchvision's own from its cache, or fetches them.
    """
    try:
        state = _read(weights) if weights else _fetched()
    except OSError as problem:
        log.warning(
            "VGG19's weights are not to be had (%s): the content loss compares the critic's "
            "features instead. Put torchvision's vgg19 weights into its cache to use them.",
            problem,
        )
        return None
    from torchvision.models import vgg19  # of the extra "perceptual"

    with torch.device("meta"):  # the classifier alone would take half a gigabyte
        network = cast("nn.Sequential", vgg19(weights=None).features)
    own = {k.removeprefix("features."): v for k, v in state.items() if "classifier" not in k}
    network.load_state_dict(own, assign=True)
    return Features(network[: DEPTHS[layer]])


def _fetched() -> dict[str, Any]:
    from torchvision.models import VGG19_Weights

    return dict(VGG19_Weights.IMAGENET1K_V1.get_state_dict(progress=False, check_hash=True))


def _read(path: Path) -> dict[str, Any]:
    return torch.load(path, map_location="cpu", weights_only=True)
