"""One loop for all tasks: batch, loss, step, average, log, checkpoint, score. Top to bottom."""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

import torch
from lightning_fabric import Fabric
from torch import Tensor, nn

from trainer.adversary import Adversary, adversary_for
from trainer.config import Recipe, RunConfig
from trainer.optim import Muon
from trainer.run import RunFolder

Progress = Callable[[int, int], None]


class Answer(NamedTuple):
    """What a network made of a batch: the weighted terms of its loss, and the pictures as a
    critic sees them, made and real, (B, C, H, W).
    """

    terms: dict[str, Tensor]
    fake: Tensor
    real: Tensor


class TrainingTask(Protocol):
    """What the loop needs of a task; ``seen_channels`` are those of the critic's pictures."""

    seen_channels: int

    def network(self) -> nn.Module:
        """The untrained network."""
        ...

    def batch(self, step: int) -> dict[str, Tensor]:
        """The training batch of that step, a function of seed and step."""
        ...

    def answer(self, network: Any, batch: dict[str, Tensor]) -> Answer:
        """Run the network on the batch and judge what it made."""
        ...

    def score(self, network: Any) -> dict[str, float]:
        """Figures on the held-out part."""
        ...


def learning_rate(run: RunConfig, step: int) -> float:
    """Linear warm-up, then a cosine from ``lr`` to ``lr_end`` at the last step."""
    if step < run.warmup:
        return run.lr * (step + 1) / run.warmup
    share = min(1.0, (step - run.warmup) / max(1, run.steps - run.warmup))
    return run.lr_end + (run.lr - run.lr_end) * 0.5 * (1 + math.cos(math.pi * share))


def fit(
    task: TrainingTask,
    recipe: Recipe,
    folder: RunFolder,
    fabric: Fabric,
    progress: Progress,
    initial: dict[str, Tensor] | None = None,
) -> nn.Module:
    """Train, resuming from the folder's newest checkpoint; returns the averaged network.

    A fresh run begins with the weights ``initial``, if given.
    ``progress(step, steps)`` may raise `Cancelled`; a checkpoint is then written first.
    """
    run = recipe.run
    torch.manual_seed(run.seed)
    fresh = task.network()
    if initial is not None:
        fresh.load_state_dict(initial)
    raw = fresh.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    average = copy.deepcopy(raw).eval()
    optimizer = Muon(raw, run.lr, run.muon_lr)
    network, optimizer = fabric.setup(raw, optimizer)
    adversary = adversary_for(recipe, task.seen_channels, fabric.device)
    step = _restore(folder.newest(), raw, average, optimizer, adversary)
    average.to(fabric.device)
    folder.event("begin", step=step, steps=run.steps, device=str(fabric.device))
    started, first = time.monotonic(), step
    try:
        while step < run.steps:
            batch = {k: v.to(fabric.device) for k, v in task.batch(step).items()}
            terms, fake, real = task.answer(network, batch)
            duel = adversary if adversary and step >= recipe.critic.start else None
            if duel:
                terms |= duel.owed(fake, real, recipe.loss)
            loss = torch.stack(list(terms.values())).sum()
            _update(fabric, network, optimizer, loss, learning_rate(run, step), run.clip)
            if duel:
                terms["critic"] = duel.learn(fake, real, fabric.backward)
            _follow(average, raw, min(run.ema, (1 + step) / (10 + step)))
            step += 1
            if step % run.log_every == 0 or step == run.steps:
                rate = (step - first) / (time.monotonic() - started)
                values = {name: round(float(term.detach()), 6) for name, term in terms.items()}
                folder.event(
                    "loss", step=step, total=round(float(loss.detach()), 6), rate=rate, **values
                )
            if step % run.validate_every == 0 or step == run.steps:
                folder.event("score", step=step, **task.score(average))
            if step % run.checkpoint_every == 0 or step == run.steps:
                _save(folder, step, raw, average, optimizer, adversary)
            progress(step, run.steps)
    finally:  # keep what was learnt, whatever ends the run
        if step % run.checkpoint_every and step != run.steps:
            _save(folder, step, raw, average, optimizer, adversary)
    return average


def _update(
    fabric: Fabric, network: Any, optimizer: Any, loss: Tensor, lr: float, clip: float
) -> None:
    for group in optimizer.param_groups:
        group["lr"] = lr * group["factor"]
    optimizer.zero_grad()
    fabric.backward(loss)
    fabric.clip_gradients(network, optimizer, max_norm=clip)
    optimizer.step()


@torch.no_grad()
def _follow(average: nn.Module, raw: nn.Module, keep: float) -> None:
    mine, theirs = list(average.parameters()), list(raw.parameters())
    torch._foreach_lerp_(mine, theirs, 1 - keep)  # type: ignore[attr-defined]


def _save(
    folder: RunFolder,
    step: int,
    raw: nn.Module,
    average: nn.Module,
    optimizer: Any,
    adversary: Adversary | None,
) -> None:
    state: dict[str, Any] = {
        "network": raw.state_dict(),
        "average": average.state_dict(),
        "optimizer": optimizer.state_dict(),
        "adversary": adversary.state() if adversary else None,
    }
    folder.save_checkpoint(step, state)
    folder.event("checkpoint", step=step)


def _restore(
    state: dict[str, Any] | None,
    raw: nn.Module,
    average: nn.Module,
    optimizer: Any,
    adversary: Adversary | None,
) -> int:
    if state is None:
        return 0
    raw.load_state_dict(state["network"])
    average.load_state_dict(state["average"])
    optimizer.load_state_dict(state["optimizer"])
    if adversary and state.get("adversary"):
        adversary.restore(state["adversary"])
    return int(state["step"])
