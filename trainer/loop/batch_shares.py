"""Who makes what of a batch that several processes share.

A batch is drawn in groups of `GROUP` samples, each by a draw of its own. Where every process can
have as many groups as the others, it makes these and no more; what all of them make is what one
process would have made. Else each makes the whole batch and takes its part.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

Batch = dict[str, Tensor]
Make = Callable[[int, int], Batch]
GROUP = 16
GUIDED = "guide"
_BITS = 40  # of a step's number; above them is that of a group


def dealt(size: int, processes: int) -> bool:
    """Whether each process makes its own share of a batch of that size and no more."""
    return processes > 1 and size % (GROUP * processes) == 0


def share_of(make: Make, rank: int, processes: int) -> Make:
    """Makes the part (a batch of its own) that a process has of the batch of a step and size."""

    def mine(step: int, size: int) -> Batch:
        if size % GROUP or size == GROUP:
            whole = make(step, size)
        elif dealt(size, processes):
            return _joined([_group(make, step, k) for k in range(rank, size // GROUP, processes)])
        else:
            whole = _joined([_group(make, step, k) for k in range(size // GROUP)])
        return {key: value[rank::processes] for key, value in whole.items()}

    return mine


def _group(make: Make, step: int, number: int) -> Batch:
    return make(step + (number << _BITS), GROUP)


def _joined(groups: Sequence[Batch]) -> Batch:
    """One batch of several. What only the first samples of a batch have (`GUIDED`: measured
    chroma) the first samples of the whole have too.
    """
    made: Batch = {}
    for key in groups[0]:
        kin = key.rpartition(" ")[0]  # replayed samples are named "echo ..."
        count = len(groups[0].get(f"{kin} {GUIDED}".strip(), ()))
        parts = [one[key] for one in groups]
        made[key] = torch.cat([*(part[:count] for part in parts), *(p[count:] for p in parts)])
    return made
