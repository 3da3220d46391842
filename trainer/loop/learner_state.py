"""What learns: a network, the average of its past, their optimizer; kept and restored as one."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

import torch
from lightning_fabric import Fabric
from torch import Tensor, nn

from trainer.config import Recipe
from trainer.loop import trainable_weights
from trainer.loop.adversary import Adversary, adversary_for
from trainer.loop.muon import Muon


@dataclass
class Learner:
    """A run's state, all of it: what `state` gives, `restore` takes.

    ``raw`` learns, ``network`` is the same as Fabric runs it, ``average`` follows it. ``ease``
    lowers the learning rate after a loss that was no number; ``parts`` is in how many pieces a
    batch is taken where memory is short; ``best`` are the averaged weights
    of the best score, which was ``best_score``; ``stale`` scores have passed since.
    """

    raw: nn.Module
    network: Any
    average: nn.Module
    optimizer: Any
    adversary: Adversary | None
    recipe: Recipe
    batch: int
    step: int = 0
    parts: int = 1
    ease: float = 1.0
    best: dict[str, Tensor] | None = None
    best_score: float = 0.0
    stale: int = 0

    def learn(
        self, fabric: Fabric, task: Any, batch: dict[str, Tensor], lr: float, share: float
    ) -> Terms:
        """One step at that learning rate, after that share of the budget; the weighted terms of
        its loss, and their sum. The gradients of the batch's ``parts`` add up, so that a batch that
        memory does not hold at once teaches what it would.
        """
        for group in self.optimizer.param_groups:
            group["lr"] = lr * self.ease * group["factor"]
        self.optimizer.zero_grad()
        terms, fake, real = self._add_gradients(fabric, task, batch, share)
        clip = self.recipe.run.clip  # what is no number goes through, and is found by `sound`
        fabric.clip_gradients(self.network, self.optimizer, max_norm=clip, error_if_nonfinite=False)
        self.optimizer.step()
        loss = torch.stack(list(terms.values())).sum()
        if duel := self._duel(share):
            terms["critic"] = duel.learn(fake, real, fabric)
        self._follow(min(self.recipe.run.ema, (1 + self.step) / (10 + self.step)))
        self.step += 1
        return terms, loss

    def _add_gradients(
        self, fabric: Fabric, task: Any, batch: dict[str, Tensor], share: float
    ) -> tuple[dict[str, Tensor], Tensor, Tensor]:
        """The means of the terms over all parts, and the pictures made and real."""
        size = len(next(iter(batch.values())))
        parts = min(self.parts, size)
        total: dict[str, Tensor] = {}
        made: list[tuple[Tensor, Tensor]] = []
        for i in range(parts):
            part = {key: value[i::parts] for key, value in batch.items()}
            weight = len(next(iter(part.values()))) / size
            terms, fake, real = task.answer(self.network, part)
            if duel := self._duel(share):
                with fabric.autocast():  # the critic is no part of what Fabric wraps
                    terms |= duel.owed(fake, real, self.recipe.loss)
            with fabric.no_backward_sync(self.network, enabled=i < parts - 1):
                fabric.backward(torch.stack(list(terms.values())).sum() * weight)
            for key, term in terms.items():
                total[key] = term.detach() * weight + total.get(key, 0)
            made.append((fake.detach(), real))
        fake, real = (torch.cat(some) if parts > 1 else some[0] for some in zip(*made, strict=True))
        return total, fake, real

    def _duel(self, share: float) -> Adversary | None:
        """The critic, once its time has come."""
        critic = self.recipe.critic
        return self.adversary if self.step >= critic.start and share >= critic.after else None

    @property
    def sound(self) -> bool:
        """Whether every weight is a number."""
        sizes = [p.detach().norm() for p in self.raw.parameters()]
        return bool(torch.stack(sizes).isfinite().all())

    def state(self) -> dict[str, Any]:
        """For a checkpoint."""
        return {
            "network": self.raw.state_dict(),
            "average": self.average.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "adversary": self.adversary.state() if self.adversary else None,
            "batch": self.batch,
            "parts": self.parts,
            "ease": self.ease,
            "best": self.best,
            "best_score": self.best_score,
            "stale": self.stale,
        }

    def restore(self, state: dict[str, Any]) -> None:
        """From a checkpoint."""
        self.raw.load_state_dict(state["network"])
        self.average.load_state_dict(state["average"])
        kept = state["optimizer"]
        # A run that an older version began with other groups goes on with fresh momenta.
        if len(kept["param_groups"]) == len(self.optimizer.param_groups):
            self.optimizer.load_state_dict(kept)
        if self.adversary and state.get("adversary"):
            self.adversary.restore(state["adversary"])
        self.step = int(state["step"])
        self.batch = int(state.get("batch", self.batch))
        self.parts = int(state.get("parts", 1))
        self.ease = float(state.get("ease", 1.0))
        self.best = state.get("best")
        self.best_score = float(state.get("best_score", 0.0))
        self.stale = int(state.get("stale", 0))

    def judge(self, score: float, higher: bool) -> bool:
        """Take note of a score; whether it is the best so far."""
        better = score > self.best_score if higher else score < self.best_score
        if self.best is not None and not better:
            self.stale += 1
            return False
        self.best = {k: v.detach().cpu().clone() for k, v in self.average.state_dict().items()}
        self.best_score, self.stale = score, 0
        return True

    @torch.no_grad()
    def _follow(self, keep: float) -> None:
        pairs = zip(self.average.parameters(), self.raw.parameters(), strict=True)
        moved = [(mine, theirs) for mine, theirs in pairs if theirs.requires_grad]
        mine, theirs = (list(side) for side in zip(*moved, strict=True))
        torch._foreach_lerp_(mine, theirs, 1 - keep)  # type: ignore[attr-defined]
        # Batch normalisation's own averages are no parameters.
        for mine_too, theirs_too in zip(self.average.buffers(), self.raw.buffers(), strict=True):
            mine_too.copy_(theirs_too)


Terms = tuple[dict[str, Tensor], Tensor]


def begin(task: Any, recipe: Recipe, fabric: Fabric, initial: dict[str, Tensor] | None) -> Learner:
    """A learner at step 0, with the weights ``initial`` if given, on Fabric's device."""
    run = recipe.run
    raw = fresh(task, recipe, initial).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    average = copy.deepcopy(raw).eval()
    network, optimizer = fabric.setup(raw, Muon(raw, run.lr, run.muon_lr))
    adversary = adversary_for(recipe, task.seen_channels, fabric.device)
    average.to(fabric.device)
    return Learner(raw, network, average, optimizer, adversary, recipe, run.batch)


def fresh(task: Any, recipe: Recipe, initial: dict[str, Tensor] | None = None) -> nn.Module:
    """The network as the run begins with it: its first weights come from the seed."""
    torch.manual_seed(recipe.run.seed)
    network: nn.Module = task.network()
    if initial is not None:
        network.load_state_dict(initial)
    trainable_weights.choose(network, recipe.run.method, recipe.run.rank)
    return network
