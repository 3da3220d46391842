"""The guide's Slurm script on two machines, as far as one can be two: two launchers with a working
folder each, that see one run folder. Only Slurm's own two commands are stood in for.
"""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
import waiting
from PIL import Image

from astroview.core.messages.train_messages import Begun, Ended, Kept, Learnt
from astroview.core.models.model_card import ModelCard, Tiling
from astroview.engine.networks import weights
from trainer.loop.run_folder import RunFolder

GUIDE = Path(__file__).parents[3] / "docs" / "guide" / "training.md"
# What Slurm does of it: the same command on every node, and signals passed on to it.
SRUN = """#!/bin/bash
for node in 0 1; do
    cd "$NODES/$node"
    "$@" &
    tasks="$tasks $!"
done
trap 'kill -TERM $tasks' TERM
wait; wait
"""
COMMANDS = {
    "srun": SRUN,
    "scontrol": "#!/bin/bash\necho localhost\n",
    "torchrun": '#!/bin/bash\nexec "$PYTHON_EXEC" -m torch.distributed.run "$@"\n',
}


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """The guide's script, with one process a machine, and a port that is free."""
    blocks = GUIDE.read_text(encoding="utf-8").split("```")
    text = next(block for block in blocks if "#SBATCH" in block)
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    assert "--nproc-per-node 4" in text
    text = text.replace("--nproc-per-node 4", "--nproc-per-node 1").replace("29500", str(port))
    file = tmp_path / "job.sh"
    file.write_text(text.lstrip())
    return file


@pytest.fixture
def machines(tmp_path: Path, blobs: Callable[..., np.ndarray]) -> Path:
    """Two working folders, a run folder that both see, and a folder of pictures."""
    own, model = tmp_path / "own", tmp_path / "model"
    own.mkdir()
    for i in range(8):
        Image.fromarray(blobs(i, 72)).save(own / f"{i}.png")
    torch.manual_seed(1)
    hyper = {"scale": 2, "width": 6, "depth": 3}
    card = ModelCard("tiny", "Tiny", "superres", "compact", hyper, Tiling(64, 16), "", scale=2)
    weights.store(card, weights.build("compact", hyper), model)
    chosen = f'model = "{model}"\ndata = "{own}"\nsteps = 1000000\nbatch = 4\ndevice = "cpu"\n'
    chosen += "replay = 0.0\nscore_every = 1000000\nsample_every = 1000000\npatience = 0\n"
    (tmp_path / "runs").mkdir()
    for node in "01":
        folder = tmp_path / "nodes" / node
        folder.mkdir(parents=True)
        (folder / "run.toml").write_text(f"[tune]\n{chosen}")
        (folder / "runs").symlink_to(tmp_path / "runs")
    for name, text in COMMANDS.items():
        file = tmp_path / "bin" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
        file.chmod(0o755)
    return tmp_path


def submitted(machines: Path, script: Path) -> list[object]:
    """Run the job until it has learnt something, tell it that its time is up; what was told."""
    place = os.environ | {
        "PATH": f"{machines / 'bin'}:{os.environ['PATH']}",
        "NODES": str(machines / "nodes"),
        "SLURM_JOB_NODELIST": "host[0-1]",
        "OMP_NUM_THREADS": "1",
    }
    run = RunFolder(machines / "runs" / "big")
    before = len(list(run.events()))
    with (machines / "said").open("w+") as said:
        job = subprocess.Popen(["bash", str(script)], env=place, stdout=said, stderr=said)
        try:

            def has_learnt() -> bool:
                assert job.poll() is None, said.seek(0) or said.read()
                return any(isinstance(e, Learnt) for e in list(run.events())[before:])

            waiting.until(has_learnt, seconds=280, every_s=0.2)
        finally:
            job.terminate()  # as Slurm does: the script alone is told
            job.wait(120)
    return list(run.events())[before:]


def test_the_guides_slurm_script_trains_on_two_machines_and_goes_on(machines: Path, script: Path):
    first = submitted(machines, script)
    begun = next(e for e in first if isinstance(e, Begun))
    assert (begun.processes, begun.step) == (2, 0)
    kept = [e.step for e in first if isinstance(e, Kept)][-1]
    assert kept >= 5
    assert isinstance(first[-1], Ended)
    assert first[-1].outcome == "stopped"
    again = submitted(machines, script)
    begun = next(e for e in again if isinstance(e, Begun))
    assert (begun.processes, begun.step) == (2, kept)
    assert [e.step for e in again if isinstance(e, Kept)][-1] > kept
