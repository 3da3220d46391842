"""An exported super-resolver answers as ours does, at any size."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from astroview.core.errors import ModelRejected
from astroview.core.models.model_card import default_shelf
from astroview.engine.networks import weights
from astroview.engine.networks.gated import told
from astroview.engine.networks.onnx_export import export

pytest.importorskip("onnxscript")
onnxruntime = pytest.importorskip("onnxruntime")


@pytest.mark.filterwarnings("ignore")
def test_it_answers_as_ours_at_any_size(tmp_path: Path) -> None:
    card = default_shelf().card("superres-x2")
    session = onnxruntime.InferenceSession(str(export(card, tmp_path / "x2.onnx")))
    network = weights.load(card, torch.device("cpu"))
    for height, width, box in ((40, 56, 0.0), (33, 97, 1.0)):
        u = torch.rand(1, 1, height, width, generator=torch.Generator().manual_seed(height))
        sigma, reduced = torch.full((1,), 0.03), torch.full((1,), box)
        with torch.no_grad():
            ours = told(network, u, sigma, reduced).numpy()
        given = {"u": u.numpy(), "sigma": sigma.numpy(), "box": reduced.numpy()}
        (theirs,) = session.run(None, given)
        assert theirs.shape == (1, 1, 2 * height, 2 * width)
        assert np.abs(theirs - ours).max() < 1e-4
    said = session.get_modelmeta().custom_metadata_map
    assert said["sha256"] == card.sha256
    assert "mean" in said["projection"]
    assert said["halo"] == str(card.tiling.halo)


def test_a_colorizer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelRejected):
        export(default_shelf().card("colorizer"), tmp_path / "colour.onnx")
    assert not list(tmp_path.iterdir())
