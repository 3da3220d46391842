"""A palette code read off a frame's grey: what `trainer.calibrate.automatic_palette` makes its
palettes of.

A cost is a picture's mean |Δab| (CIELAB) less ``worth`` for each unit of its colourfulness:
without that the best guess is grey.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from scipy.cluster.vq import kmeans2
from torch import Tensor, nn

from astroview.engine.networks.colorizer import Colorizer
from astroview.engine.networks.palette_code import CODE_LENGTH, TONES
from trainer.calibrate.palette_pairs import Course, Progress
from trainer.data.palettes import WEIGHT, Codes

# What it begins with: a neutral sky and golden light, which as one code for all pictures costs
# least.
START = (
    *(0.03, 0.0, 0.1, 0.01, 0.47, 0.03, -0.01, 0.05, 0.1, 0.1, 0.16, 0.26, 0.05, 0.25, 0.15),
    *(0.3, 0.4, 0.0, 0.35, 0.0, 0.3, 0.1, 0.04, 0.0),
)
SPREADS = [5 * tone + i for tone in range(len(TONES)) for i in (2, 3)]
DULL = 30.0  # cost above which a picture counts no more
WIDTH = 16


@dataclass(frozen=True)
class ReaderPlan:
    """How much is learnt.

    ``worth`` is how much |Δab| a unit of colourfulness makes up for; ``count`` palettes are made
    to be chosen automatically; ``pictures`` are used at most, evenly spread.
    """

    worth: float = 0.04
    count: int = 5
    steps: int = 300
    batch: int = 16
    head_steps: int = 600
    seed: int = 1
    pictures: int | None = None


class Reader(nn.Module):
    """Summary (N, F) to palette code (N, 24)."""

    def __init__(self, told: int) -> None:
        super().__init__()
        self.base = nn.Parameter(torch.tensor(START))
        self.first, self.last = nn.Linear(told, WIDTH), nn.Linear(WIDTH, CODE_LENGTH)
        nn.init.zeros_(self.last.weight)
        nn.init.zeros_(self.last.bias)

    def forward(self, x_NF: Tensor) -> Tensor:
        """See the class."""
        code = self.base + self.last(torch.tanh(self.first(x_NF) / 4))
        code[:, SPREADS] = code[:, SPREADS].clamp_min(0)  # no picture has less
        return code


def learn(network: Colorizer, course: Course, plan: ReaderPlan, progress: Progress) -> Reader:
    """The reader whose codes cost least, through the frozen network."""
    torch.manual_seed(plan.seed)
    reader = Reader(course.told.shape[1])
    layers = [*reader.first.parameters(), *reader.last.parameters()]
    optimizer = torch.optim.Adam(
        [{"params": [reader.base], "lr": 0.01}, {"params": layers, "lr": 3e-3}]
    )
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, plan.steps, 2e-4)
    rng = np.random.default_rng(plan.seed)
    for step in range(plan.steps):
        optimizer.zero_grad()
        picks, x = course.drawn(rng, plan.batch)
        for i, code in zip(picks, reader(x).split(1), strict=True):
            error, colourful = course.seen[i].painted(network, code)
            cost = (error - plan.worth * colourful).clamp_max(DULL)
            (cost.mean() / plan.batch).backward(retain_graph=True)
        (1e-3 * reader.last.weight.square().sum()).backward()
        optimizer.step()
        schedule.step()
        progress(step + 1, plan.steps)
    return reader.requires_grad_(requires_grad=False)


def gathered(codes_NK: Codes, plan: ReaderPlan) -> Codes:
    """Means of clusters of codes that were read, most frequent first. They are not as diverse as
    pictures' own: their means are not dull.
    """
    rng = np.random.default_rng(plan.seed)
    means, labels = kmeans2(codes_NK * WEIGHT, plan.count, minit="++", rng=rng, iter=50)
    frequent = np.argsort(-np.bincount(labels, minlength=plan.count), kind="stable")
    return np.asarray((means / WEIGHT)[frequent], np.float32)
