"""Several processes train as one: the same command under torchrun."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from astroview.core.models import ModelCard, Tiling
from astroview.core.train_messages import Begun, Kept, Learnt
from astroview.engine import weights
from trainer import tune
from trainer.run import RunFolder
from trainer.steering import Steering
from trainer.tune_file import tune_from

RENDEZVOUS = ("--rdzv-backend", "c10d", "--rdzv-endpoint", "localhost:0")


def kept(folder: Path) -> list[int]:
    return [e.step for e in RunFolder(folder).events() if isinstance(e, Kept)]


def test_two_processes_learn_as_one_with_the_same_batch(
    tmp_path: Path, blobs: Callable[..., np.ndarray], monkeypatch: pytest.MonkeyPatch
):
    own, model = tmp_path / "own", tmp_path / "model"
    own.mkdir()
    for i in range(8):
        Image.fromarray(blobs(i, 72)).save(own / f"{i}.png")
    hyper = {"scale": 2, "width": 6, "depth": 3}
    torch.manual_seed(1)
    network = weights.build("compact", hyper)
    card = ModelCard("tiny", "Tiny", "superres", "compact", hyper, Tiling(64, 16), "", scale=2)
    weights.store(card, network, model)
    chosen = {"steps": 12, "batch": 8, "replay": 0.0, "score_every": 12, "lr": 0.01}
    config = tune_from({"model": str(model), "data": str(own), "device": "cpu", **chosen})
    tune.tune(config, tune.begin(config, tmp_path / "one"), Steering(), bundled=())

    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    tune.begin(config, tmp_path / "two")
    command = [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node", "2"]
    command += [*RENDEZVOUS, "-m", "astroview", "train", "--resume", str(tmp_path / "two")]
    with (tmp_path / "said").open("w+") as said:
        both = subprocess.Popen(command, stdout=said, stderr=said)
        try:
            while not kept(tmp_path / "two"):  # it would go on to judge what it learnt
                assert both.poll() is None, said.seek(0) or said.read()
                time.sleep(0.1)
        finally:
            both.terminate()
            both.wait(60)
    one, two = (list(RunFolder(tmp_path / name).events()) for name in ("one", "two"))
    assert [e.processes for e in two if isinstance(e, Begun)] == [2]
    assert kept(tmp_path / "two") == [12]
    curves = [[e.loss for e in events if isinstance(e, Learnt)] for events in (one, two)]
    assert len(curves[0]) == 3
    np.testing.assert_allclose(curves[0], curves[1], rtol=1e-3, atol=0)
    states = [RunFolder(tmp_path / name).newest() for name in ("one", "two")]
    for key, value in states[0]["network"].items():
        torch.testing.assert_close(states[1]["network"][key], value, rtol=1e-3, atol=1e-4)
