"""Bundled super-resolvers as ONNX, for programs that run no torch.

Legend: ``u`` a plane in stretched units (about 0..1).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from astroview.core import extras
from astroview.core.atomic_write import replacing
from astroview.core.errors import ModelRejected
from astroview.core.texts import Text
from astroview.engine.networks import weights
from astroview.engine.networks.gated import told

if TYPE_CHECKING:
    from astroview.core.models.model_card import ModelCard

STRETCH = (
    "u is one plane under a stretch that takes the sky to about 0.2 and bright light to 1, such"
    " as asinh between the limits that `astroview info --json` tells; sigma is the noise of the sky"
    " in units of u; box is 1 for planes reduced by box means, as a detector integrates, -1 for"
    " pictures reduced by a resizer, 0 where that is unknown"
)
PROJECTION = (
    "Take the answer back through the stretch. Then add to the s x s fine pixels of each input"
    " pixel the difference between the input pixel and their mean: the flux of every input pixel is"
    " kept exactly. Without this step the answer is no measurement"
)


class OnnxNetwork(nn.Module):
    """A super-resolver with all that it may be told as tensors."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, u: Tensor, sigma: Tensor, box: Tensor) -> Tensor:
        """(1, 1, H, W) to (1, 1, sH, sW)."""
        fine = told(self.network, u, sigma, box)
        return fine + 0 * box.view(-1, 1, 1, 1)  # an input, also of networks that do not ask


def export(card: ModelCard, path: Path) -> Path:
    """Write a super-resolver as ONNX; what a program must do around it stands in its metadata.

    Parameters
    ----------
    card
        Of a super-resolver.
    path
        The file; replaced when the new one is complete.

    Returns
    -------
    Path
        `path`. Inputs ``u`` (1, 1, H, W), ``sigma`` (1,) and ``box`` (1,), float32; output
        ``fine`` (1, 1, sH, sW). H and W are free. Tiles overlap by the metadata's ``halo``.

    Raises
    ------
    ModelRejected
        The model does something else.
    AstroviewError
        The extra "onnx" is not installed.
    """
    extras.need("onnx")
    if card.task != "superres":
        raise ModelRejected(
            Text("{name} is no super-resolver", name=card.name),
            hint="Only these can be exported to ONNX.",
        )
    network = OnnxNetwork(weights.load(card, torch.device("cpu"))).eval()
    free = {2: torch.export.Dim("height", min=8), 3: torch.export.Dim("width", min=8)}
    with torch.no_grad():
        made = torch.onnx.export(
            network,
            (torch.rand(1, 1, 40, 56), torch.full((1,), 0.01), torch.zeros(1)),
            input_names=["u", "sigma", "box"],
            output_names=["fine"],
            dynamic_shapes={"u": free, "sigma": None, "box": None},
            dynamo=True,
            verbose=False,
        )
    if made is None:
        raise ModelRejected(Text("{name} could not be exported", name=card.name))
    proto = made.model_proto
    for key, text in _metadata(card).items():
        entry = proto.metadata_props.add()
        entry.key, entry.value = key, text
    with replacing(path) as file:
        file.write(proto.SerializeToString())
    return path


def _metadata(card: ModelCard) -> dict[str, str]:
    return {
        "name": card.title(),
        "summary": card.summary,
        "licence": card.licence,
        "credit": card.credit,
        "sha256": card.sha256,
        "scale": str(card.scale),
        "halo": str(card.tiling.halo),
        "illustrative": json.dumps(card.illustrative),
        "stretch": STRETCH,
        "projection": PROJECTION,
    }
