"""The run folder: ``config.json``, ``events.jsonl``, ``checkpoints/``, ``samples/``, ``model/``.

Whoever watches a run (a panel, a person, a cluster's front end) reads this folder only.
"""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from astroview.core.errors import DatasetProblem
from astroview.core.replacing import replacing
from trainer.config import Recipe

KEPT = 2  # checkpoints


@dataclass(frozen=True)
class RunFolder:
    """A place on disk for one training run."""

    path: Path

    def begin(self, recipe: Recipe) -> None:
        """Create the folder and note the recipe; an existing run must have the same task."""
        for name in ("checkpoints", "samples"):
            (self.path / name).mkdir(parents=True, exist_ok=True)
        config = self.path / "config.json"
        if config.is_file():
            before = json.loads(config.read_text(encoding="utf-8"))
            if (before["task"], before["hyper"]) != (recipe.task, dict(recipe.hyper)):
                raise DatasetProblem(
                    f"{self.path.name} holds a run of another model",
                    hint="Choose another run folder, or remove that one.",
                )
        config.write_text(json.dumps(asdict(recipe), indent=1) + "\n", encoding="utf-8")

    def event(self, kind: str, **values: Any) -> None:
        """Append one JSON line to ``events.jsonl``."""
        line = json.dumps({"event": kind, "time": round(time.time(), 2), **values})
        with (self.path / "events.jsonl").open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    def save_checkpoint(self, step: int, state: dict[str, Any]) -> Path:
        """Write a checkpoint completely or not at all, and drop the oldest beyond two."""
        target = self.path / "checkpoints" / f"{step:08d}.pt"
        with replacing(target) as file:
            torch.save({"step": step, **state}, file)
        for old in self.checkpoints()[:-KEPT]:
            old.unlink()
        return target

    def palettes(self) -> NDArray[np.float32] | None:
        """The palettes (P, 24) that the run began with, if any."""
        path = self.path / "palettes.json"
        if not path.is_file():
            return None
        return np.array(json.loads(path.read_text(encoding="utf-8")), np.float32)

    def keep_palettes(self, palettes: NDArray[np.float32]) -> None:
        """Note the palettes of the run."""
        text = json.dumps(palettes.tolist())
        (self.path / "palettes.json").write_text(text, encoding="utf-8")

    def checkpoints(self) -> list[Path]:
        """Complete checkpoints, oldest first."""
        return sorted((self.path / "checkpoints").glob("*.pt"))

    def newest(self) -> dict[str, Any] | None:
        """The newest checkpoint's state, or None."""
        paths = self.checkpoints()
        return torch.load(paths[-1], map_location="cpu", weights_only=True) if paths else None
