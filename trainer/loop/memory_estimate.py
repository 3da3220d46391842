"""How much memory a step takes, by counting what it keeps: on any machine, before the first one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

COPIES = 5  # weights, gradients, two moments of AdamW, the average
PROBE = 2  # samples
SLACK = 1.5  # gradients of what is kept, and what convolutions need while they work
CONTEXT = 700_000_000  # bytes that a GPU's driver and libraries take for a process


@dataclass(frozen=True)
class Footprint:
    """Bytes: ``fixed`` for the weights and what belongs to each, ``sample`` for what a step
    keeps of one sample until its gradients are known.
    """

    fixed: int
    sample: int

    def peak(self, batch: int) -> int:
        """Of a step with so many samples, about; on a GPU with all that a process takes there."""
        return int(self.fixed + SLACK * self.sample * batch) + CONTEXT

    def batch_within(self, limit: float, most: int) -> int:
        """The largest batch of ``most``, a half, a quarter, ... that fits; at least 1."""
        while most > 1 and self.peak(most) > limit:
            most //= 2
        return most


def measure(task: Any, network: nn.Module) -> Footprint:
    """Count what a small step of the task keeps for its gradients.

    Weights are not counted among it, and nothing is learnt; the network is on the CPU.
    """
    weights = {p.untyped_storage().data_ptr() for p in network.parameters()}
    kept: dict[int, int] = {}

    def keep(tensor: Tensor) -> Tensor:
        storage = tensor.untyped_storage()
        if storage.data_ptr() not in weights:
            kept[storage.data_ptr()] = storage.nbytes()
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(keep, _same):
        answer = task.answer(network, task.batch(0, PROBE))
    del answer
    numbers = sum(p.numel() for p in network.parameters())
    return Footprint(4 * COPIES * numbers, sum(kept.values()) // PROBE)


def _same(tensor: Tensor) -> Tensor:
    return tensor
