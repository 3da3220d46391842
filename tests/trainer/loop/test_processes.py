"""Several processes train as one: the same command under torchrun."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
import waiting
from PIL import Image

from astroview.core.messages.train_messages import Begun, Kept, Learnt
from astroview.core.models.model_card import ModelCard, Tiling
from astroview.engine.networks import weights
from trainer.data.simulated_pictures import SIDE, VERSION
from trainer.finetune import tune_run
from trainer.finetune.tune_config import tune_from
from trainer.loop import replay
from trainer.loop.run_folder import RunFolder
from trainer.loop.stdin_control import StdinControl

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
    chosen["folds"] = "no"  # which would have a part of the steps
    chosen["checkpoint_every"] = 12  # however slow the machine is: the first one kept is the last
    config = tune_from({"model": str(model), "data": str(own), "device": "cpu", **chosen})
    tune_run.tune(config, tune_run.begin(config, tmp_path / "one"), StdinControl(), bundled=())

    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    tune_run.begin(config, tmp_path / "two")
    command = [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node", "2"]
    command += [*RENDEZVOUS, "-m", "astroview", "train", "--resume", str(tmp_path / "two")]
    with (tmp_path / "said").open("w+") as said:
        both = subprocess.Popen(command, stdout=said, stderr=said)
        try:
            # It would go on to judge what it learnt.
            waiting.until(lambda: kept(tmp_path / "two") or both.poll() is not None)
            assert kept(tmp_path / "two"), said.seek(0) or said.read()
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


GUIDE = Path(__file__).parents[3] / "docs" / "guide" / "training.md"


def test_the_guides_cluster_line_runs_and_small_batches_do_not_wait_for_ever(
    tmp_path: Path, blobs: Callable[..., np.ndarray], monkeypatch: pytest.MonkeyPatch
):
    line = next(x.strip() for x in GUIDE.read_text().splitlines() if "torchrun" in x)
    own, model = tmp_path / "own", tmp_path / "model"
    own.mkdir()
    for i in range(8):
        Image.fromarray(blobs(i, 72)).save(own / f"{i}.png")
    hyper = {"scale": 2, "width": 6, "depth": 3}
    weights.store(
        ModelCard("tiny", "Tiny", "superres", "compact", hyper, Tiling(64, 16), "", scale=2),
        weights.build("compact", hyper),
        model,
    )
    # With a batch of four, the default share of replay is one sample for two processes.
    chosen = f'[tune]\nmodel = "{model}"\ndata = "{own}"\nsteps = 2\nbatch = 4\ndevice = "cpu"\n'
    chosen += 'checkpoint_every = 2\nfolds = "no"\n'
    (tmp_path / "run.toml").write_text(chosen)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    monkeypatch.setenv("ASTROVIEW_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "cache").mkdir()
    skies = {str(seed): blobs(seed, SIDE) for seed in replay.SEEDS[: replay.SCENES]}
    np.savez(tmp_path / "cache" / f"replay-{VERSION}-{SIDE}.npz", **skies)
    words = line.replace("--nproc-per-node 4", "--nproc-per-node 2").split()
    assert words.pop(0) == "torchrun"
    command = [sys.executable, "-m", "torch.distributed.run", *RENDEZVOUS, *words]
    with (tmp_path / "said").open("w+") as said:
        both = subprocess.Popen(command, stdout=said, stderr=said)
        try:
            waiting.until(lambda: kept(tmp_path / "runs" / "big") or both.poll() is not None)
            assert kept(tmp_path / "runs" / "big"), said.seek(0) or said.read()
        finally:
            both.terminate()
            both.wait(60)
    learnt = [e for e in RunFolder(tmp_path / "runs" / "big").events() if isinstance(e, Learnt)]
    assert learnt[-1].terms["replay"] >= 0
    assert learnt[-1].step == 2
