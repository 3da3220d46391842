"""Replay against forgetting: on simulated skies a tuned network goes on to answer as its parent.

The parent's own pictures are not shipped; what it makes of others is (distillation, Li & Hoiem
2016, *Learning without forgetting*). The skies are made from seeds that no validation uses.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from trainer.data import simulated_pictures
from trainer.data.pictures import Picture
from trainer.data.simulated_pictures import Progress
from trainer.loop.fit_contract import Answer

SCENES = 24
SEEDS = range(20_000, 30_000)
ECHO = "echo "  # what keys of the batch's second part begin with


def scenes(progress: Progress) -> list[Picture]:
    """The skies, made when they are first asked for."""
    return simulated_pictures.pictures("replay", SEEDS[:SCENES], progress)


class Replaying:
    """A task of whose batches the part ``share`` is another task's, on which the network is to
    answer as its parent ``base`` does. Each of ``processes`` that slice a batch gets some of both.
    """

    def __init__(
        self, own: Any, skies: Any, base: nn.Module, share: float, processes: int = 1
    ) -> None:
        self.own, self._skies, self._base, self._share = own, skies, base, share
        self._least = processes
        self.seen_channels, self.figure, self.higher = own.seen_channels, own.figure, own.higher
        self.held, self.notes = own.held, own.notes

    def network(self) -> nn.Module:
        """The untrained network."""
        return self.own.network()

    def batch(self, step: int, size: int) -> dict[str, Tensor]:
        """Samples of both tasks, of every ``size`` as many as the share says."""
        least = self._least
        echoed = min(size - least, max(least, round(size * self._share))) if size > least else 0
        batch = self.own.batch(step, size - echoed)
        skies = self._skies.batch(step, echoed) if echoed else {}
        return {**batch, **{ECHO + key: value for key, value in skies.items()}}

    def answer(self, network: Any, batch: dict[str, Tensor]) -> Answer:
        """The own task's terms, and how far the network is from its parent on the skies."""
        own = {k: v for k, v in batch.items() if not k.startswith(ECHO)}
        skies = {k.removeprefix(ECHO): v for k, v in batch.items() if k.startswith(ECHO)}
        terms, fake, real = self.own.answer(network, own)
        terms = {name: term * (1 - self._share) for name, term in terms.items()}
        if skies and len(next(iter(skies.values()))):
            self._base.to(fake.device)
            terms["replay"] = self._skies.echo(network, self._base, skies) * self._share
        else:  # processes that share a batch compare their terms: each has every one
            terms["replay"] = fake.sum() * 0
        return Answer(terms, fake, real)

    @torch.no_grad()
    def score(self, network: Any) -> dict[str, float]:
        """Figures on the held-out part of the own task."""
        return self.own.score(network)
