"""VGG19 feature maps for SRGAN's content loss, when their weights are on this machine.

They are torchvision's; half a gigabyte that this repository does not hold (see
`trainer.tasks.pretrained`). Without them a loss falls back on the features of its own critic, and
says so.
"""

from __future__ import annotations

import logging
from pathlib import Path

import torch
from torch import Tensor, nn

from trainer.tasks.pretrained import VGG19, state_of, vgg_layers

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
        A file with the state of torchvision's ``vgg19`` or of its ``features``; None looks for
        torchvision's own in its cache.
    """
    try:
        network = _built(state_of("vgg19", weights))
    except OSError as problem:
        log.warning(
            "VGG19's weights are not to be had (%s): the content loss compares the critic's "
            "features instead. Name a file with torchvision's vgg19 weights (--vgg FILE), or put "
            "it into torchvision's cache, to use them.",
            problem,
        )
        return None
    return Features(network[: DEPTHS[layer]])


def _built(state: dict[str, Tensor]) -> nn.Sequential:
    """Raises OSError where the state is not VGG19's."""
    with torch.device("meta"):  # no memory is filled only to be overwritten
        network = vgg_layers(VGG19)
    own = {k.removeprefix("features."): v for k, v in state.items() if "classifier" not in k}
    try:
        network.load_state_dict(own, assign=True)
    except RuntimeError as problem:
        raise OSError("they are another network's") from problem
    return network
