"""Steps a second of a run, beside the bare network's: ``python -m benchmarks.step_rate``.

A step of a super-resolver (16 crops of 48 pixels, as a recipe has them) is timed twice: as the loop
makes it, with its batch drawn, degraded and moved; and the network alone on one batch that is there
already, with the same loss, optimizer and average. Medians: a busy machine counts less.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import numpy as np
import torch

from astroview.core.models.model_card import default_shelf
from astroview.engine.networks import weights
from trainer.config import TuneConfig
from trainer.data.pictures import Picture
from trainer.finetune.choose_recipe import recipe_for
from trainer.loop import hardware, learner_state
from trainer.tasks.superres_task import SuperResTask

WARM = 3


def main() -> None:
    """Time both and print them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="superres-x2", help="a super-resolver's id")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--steps", type=int, default=20, help="that are timed")
    chosen = parser.parse_args()
    card = default_shelf().card(chosen.model)
    rng = np.random.default_rng(1)
    shown = [
        Picture(f"{i}", rng.integers(0, 256, (256, 256, 3), dtype=np.uint8), f"{i}")
        for i in range(8)
    ]
    config = TuneConfig(card.id, "", steps=chosen.steps, device=chosen.device)
    recipe = recipe_for(config, card, shown)
    half = hardware.is_fast_cpu(chosen.device)
    fabric = hardware.fabric_for(chosen.device, "bfloat16" if half else "auto")
    task = SuperResTask(recipe, shown, ())
    learner = learner_state.begin(task, recipe, fabric, weights.state_of(card))
    size = recipe.run.batch

    def learn(batch: dict[str, torch.Tensor]) -> None:
        here = {key: value.to(fabric.device) for key, value in batch.items()}
        learner.learn(fabric, task, here, recipe.run.lr, 0.5)
        if fabric.device.type == "cuda":
            torch.cuda.synchronize()

    ready = {key: value.to(fabric.device) for key, value in task.batch(0, size).items()}
    bare = _rate(lambda _step: learn(ready), chosen.steps)
    whole = _rate(lambda step: learn(task.batch(step, size)), chosen.steps)
    precision = "bfloat16" if half else "auto"
    print(f"{card.id} on {fabric.device}, {precision}, {size} x {recipe.run.crop}² a step:")
    print(f"{whole:.2f} steps/s as a run makes them, {bare:.2f} bare: {whole / bare:.0%}")


def _rate(step: Callable[[int], object], count: int) -> float:
    times: list[float] = []
    for i in range(WARM + count):
        began = time.perf_counter()
        step(i)
        times.append(time.perf_counter() - began)
    return 1 / float(np.median(times[WARM:]))


if __name__ == "__main__":
    main()
