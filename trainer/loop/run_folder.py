"""The run folder: ``config.json`` or ``config.toml``, ``events.jsonl``, ``checkpoints/``,
``samples/``, ``model/``.

Whoever watches a run (a panel, a person, a cluster's front end) reads this folder only.
"""

from __future__ import annotations

import errno
import json
import logging
import pickle
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from astroview.core import strict_json
from astroview.core.atomic_write import replacing, replacing_text
from astroview.core.errors import CannotSave, DatasetProblem, DiskFull
from astroview.core.messages import train_messages
from astroview.core.messages.train_messages import FORMAT, TrainMessage
from astroview.core.texts import Text
from trainer.config import Recipe, recipe_from

log = logging.getLogger(__name__)
KEPT = 2  # checkpoints
UNTYPED = 1  # the format of run folders before events were typed; its checkpoints are the same


@dataclass(frozen=True)
class RunFolder:
    """A place on disk for one training run."""

    path: Path

    def begin(self, recipe: Recipe) -> None:
        """Create the folder and note the recipe; an existing run must have the same task.

        Raises
        ------
        DatasetProblem
            Another model's run is there, or one of another version.
        """
        config = self.path / "config.json"
        if config.is_file():
            before = self._noted(config)
            self._check(before.get("format", UNTYPED))
            if (before.get("task"), before.get("hyper")) != (recipe.task, dict(recipe.hyper)):
                raise DatasetProblem(
                    Text("{name} holds a run of another model", name=self.path.name),
                    hint="Choose another run folder, or remove that one.",
                )
        self.prepare()
        values = {"format": FORMAT, **asdict(recipe)}
        with replacing_text(config) as file:
            file.write(json.dumps(values, indent=1) + "\n")

    def recipe(self) -> Recipe:
        """What the run was begun with. Raises DatasetProblem where there is none."""
        values = self._noted(self.path / "config.json")
        values.pop("format", None)
        return recipe_from(values, self.path.name)

    def _noted(self, config: Path) -> dict[str, Any]:
        try:
            return strict_json.read(config)
        except (OSError, ValueError) as problem:
            raise DatasetProblem(
                Text(
                    "{name} holds no run of a recipe: {problem}",
                    name=self.path.name,
                    problem=problem,
                )
            ) from problem

    def prepare(self) -> None:
        """Make the folders; end a line that a killed process left torn."""
        for name in ("checkpoints", "samples"):
            (self.path / name).mkdir(parents=True, exist_ok=True)
        events = self.path / "events.jsonl"
        if events.is_file() and events.read_bytes()[-1:] not in (b"", b"\n"):
            with events.open("a", encoding="utf-8") as file:
                file.write("\n")

    def _check(self, version: object) -> None:
        if version == UNTYPED:
            with suppress(FileNotFoundError):
                (self.path / "events.jsonl").rename(self.path / "events-untyped.jsonl")
        elif version != FORMAT:
            raise other_format(self.path, version)

    def tell(self, event: TrainMessage) -> None:
        """Append one event to ``events.jsonl``."""
        with (self.path / "events.jsonl").open("a", encoding="utf-8") as file:
            file.write(train_messages.encode(event) + "\n")

    def events(self) -> Iterator[TrainMessage]:
        """What was told so far; torn lines and those of another version are left out."""
        for line in strict_json.lines(self.path / "events.jsonl"):
            with suppress(ValueError):
                yield train_messages.decode(line)

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
        try:
            told = strict_json.loads(strict_json.content(path))
            with np.errstate(over="ignore"):  # what no float32 holds is infinite, and refused
                found = np.array(told, np.float32)
            if found.ndim != 2 or not np.isfinite(found).all():
                raise ValueError("it holds no rows of numbers")
            return found
        except (OSError, ValueError, TypeError) as problem:
            raise DatasetProblem(
                Text("{name} cannot be read: {problem}", name=path.name, problem=problem)
            ) from problem

    def keep_palettes(self, palettes: NDArray[np.float32]) -> None:
        """Note the palettes of the run."""
        with replacing_text(self.path / "palettes.json") as file:
            file.write(json.dumps(palettes.tolist()))

    def checkpoints(self) -> list[Path]:
        """Complete checkpoints, oldest first."""
        return sorted((self.path / "checkpoints").glob("*.pt"))

    def newest(self) -> dict[str, Any] | None:
        """The newest checkpoint's state, or None; one that a disk damaged is passed over."""
        for path in reversed(self.checkpoints()):
            try:
                return torch.load(path, map_location="cpu", weights_only=True)
            except (OSError, RuntimeError, EOFError, pickle.UnpicklingError):
                log.warning("%s cannot be read", path)
        return None


def other_format(path: Path, version: object) -> DatasetProblem:
    """What to say of a run folder that this version cannot go on with."""
    return DatasetProblem(
        Text(
            "{name} is a run folder of format {version}; this version writes format {format}",
            name=path.name,
            version=version,
            format=FORMAT,
        ),
        hint="Go on with it in the version that began it, or begin a new run.",
    )


def cannot_write(path: Path, problem: OSError) -> CannotSave:
    """What to say when a run folder takes no more."""
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(
            Text("the disk of {name} is full", name=path.name),
            hint="Make room there and resume the run: the last checkpoint is kept.",
        )
    return CannotSave(
        Text(
            "the run folder {name} cannot be written: {strerror}",
            name=path.name,
            strerror=problem.strerror or problem,
        ),
        hint="Choose a folder that you may write to.",
    )
