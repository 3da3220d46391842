"""Teach a finished colorizer what to choose automatically: ``python -m trainer automatic``.

The network stays as it is, bit for bit; palettes and the head that ranks them are made anew (of a
network that was gone on with, ``--keep`` learns the head alone, and its palettes keep their names):

1. A small reader (`trainer.calibrate.palette_reader`) learns a palette code for each picture from
its grey alone. 2. Its codes are gathered into a few palettes; with those of the model's others
that help most
   they are the new ones.
3. The head learns which palettes are right for a frame, from what each really costs there, and
   among the new ones which to choose.

A quarter of the training pictures (by target) is kept aside and says what it gained.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from astroview.core.errors import DatasetProblem
from astroview.core.models.model_card import ModelCard, read_card
from astroview.core.texts import Text
from astroview.engine.networks import weights
from astroview.engine.networks.colorizer import Colorizer
from astroview.engine.networks.palette_code import CODE_LENGTH, OFFERED, lit, rank_palettes
from trainer.calibrate import palette_reader
from trainer.calibrate.palette_pairs import Course, Progress, lessons
from trainer.calibrate.palette_reader import DULL, ReaderPlan
from trainer.config import DataConfig
from trainer.data import palettes
from trainer.data.palettes import Codes
from trainer.data.pictures import load, split

COMMAND = "python -m trainer automatic resources/models/colorizer --data DIR"
Costs = tuple[Tensor, Tensor]  # |Δab| and colourfulness (N, P) of pictures under palettes


def teach(
    model: Path,
    data: Path,
    progress: Progress,
    plan: ReaderPlan | None = None,
    out: Path | None = None,
) -> ModelCard:
    """Give the colorizer in the folder ``model`` new automatic palettes and a new ranking head.

    Parameters
    ----------
    data
        Folder of colour pictures, split by target as for training; those held out are not used.
    out
        Folder of the model that has them; None: ``model`` itself.

    Raises
    ------
    DatasetProblem
        The model is no colorizer, or there are too few pictures.
    """
    plan, card = plan or ReaderPlan(), read_card(model)
    if card.task != "colorize":
        raise DatasetProblem(
            Text("{name} is no colorizer", name=card.name), hint="Name one that is."
        )
    if plan.count >= len(card.palettes):
        raise DatasetProblem(
            Text("{name} has too few palettes", name=card.name), hint="Ask for fewer new ones."
        )
    train, _ = split(load(data), DataConfig().held_out)
    if plan.pictures:
        train = train[:: -(-len(train) // plan.pictures)]  # of all sources
    aside = np.array([_kept_aside(picture.target) for picture in train])
    if len(train) - aside.sum() <= plan.count or not aside.any():
        raise DatasetProblem("there are too few pictures to learn from", hint="Give more.")
    network = weights.load(card, torch.device("cpu"))
    assert isinstance(network, Colorizer)
    course = Course(lessons(network, train, plan.seed, progress), aside)
    return _taught(card, network, course, plan, progress, out or model)


def _kept_aside(target: str) -> bool:
    return hashlib.sha256(f"aside {target}".encode(errors="surrogatepass")).digest()[0] < 64


def _taught(
    card: ModelCard,
    network: Colorizer,
    course: Course,
    plan: ReaderPlan,
    progress: Progress,
    out: Path,
) -> ModelCard:
    reading, made = None, np.zeros((0, CODE_LENGTH), np.float32)
    if plan.count:
        reading = palette_reader.learn(network, course, plan, progress)
        made = palette_reader.gathered(reading(course.told[course.learnt]).numpy(), plan)
    old = np.array([palette.code for palette in card.palettes], np.float32)
    costs = _costs(network, course, np.concatenate([made, old]), progress)
    kept = [*range(len(old))]
    if plan.count:
        kept = helpful(costs[0].numpy()[course.learnt], len(made))
    picked = [*range(len(made)), *(len(made) + k for k in kept)]
    error_NP, colour_NP = (x[:, picked] for x in costs)
    codes = np.concatenate([made, old[kept]])
    head = _ranked(network, course, (error_NP, colour_NP), torch.from_numpy(codes), plan)
    names = [palettes.describe(code) for code in made] + [card.palettes[k].name for k in kept]
    notes = _notes(network, course, reading, head, (error_NP, colour_NP), torch.from_numpy(codes))
    command = COMMAND if plan.count else f"{COMMAND} --keep"
    told = {"command": command, "worth": plan.worth, **notes}
    state = {**weights.state_of(card), **_unscaled(head, course)}
    card = replace(
        card,
        palettes=palettes.named(codes, names),
        training={**card.training, "automatic": told},
    )
    return weights.store_state(card, state, out)


@torch.no_grad()
def _costs(network: Colorizer, course: Course, codes_PK: Codes, progress: Progress) -> Costs:
    known, rows = torch.from_numpy(codes_PK), list[tuple[Tensor, Tensor]]()
    for one in course.seen:
        rows.append(one.painted(network, known))
        progress(len(rows), len(course.seen))
    return torch.stack([row[0] for row in rows]), torch.stack([row[1] for row in rows])


def helpful(error_NP: NDArray[np.float32], new: int) -> list[int]:
    """Which of the old palettes (those after the ``new`` ones) to keep, so that there are as many
    as before: one by one the one that lessens the error of the best choice most.
    """
    count = error_NP.shape[1] - new
    kept: list[int] = []
    best = error_NP[:, :new].min(1)
    while len(kept) < count - new:
        left = [k for k in range(count) if k not in kept]
        gains = [float(np.minimum(best, error_NP[:, new + k]).mean()) for k in left]
        kept.append(left[int(np.argmin(gains))])
        best = np.minimum(best, error_NP[:, new + kept[-1]])
    return kept


class _Ranker(nn.Module):
    """A fresh head of the shape of the network's own."""

    def __init__(self, network: Colorizer) -> None:
        super().__init__()
        hidden, _, out = network.rank
        assert isinstance(hidden, nn.Linear)
        assert isinstance(out, nn.Linear)
        self.first = nn.Linear(hidden.in_features, hidden.out_features)
        self.last = nn.Linear(out.in_features, out.out_features)

    def forward(self, x_NF: Tensor) -> Tensor:
        """Logits (N, P)."""
        return self.last(functional.silu(self.first(x_NF)))


def _ranked(
    network: Colorizer, course: Course, costs: Costs, codes_PK: Tensor, plan: ReaderPlan
) -> _Ranker:
    """The head: shares near those of real errors, and the least cost among those lit."""
    torch.manual_seed(plan.seed)
    head = _Ranker(network)
    optimizer = torch.optim.AdamW(head.parameters(), lr=2e-3, weight_decay=0.3)
    lit_P = lit(codes_PK) if bool(lit(codes_PK).any()) else torch.ones(len(codes_PK)).bool()
    wanted_NP = (-costs[0]).softmax(1)
    cost_NP = (costs[0] - plan.worth * costs[1]).clamp_max(DULL)[:, lit_P]
    rng = np.random.default_rng(plan.seed + 1)
    for _ in range(plan.head_steps):
        picks, x = course.drawn(rng, 64)
        logits = head(x)
        shares = functional.cross_entropy(logits, wanted_NP[picks])
        cost = (logits[:, lit_P].softmax(1) * cost_NP[picks]).sum(1).mean()
        optimizer.zero_grad()
        (shares + cost).backward()
        optimizer.step()
    return head.requires_grad_(requires_grad=False).eval()


def _unscaled(head: _Ranker, course: Course) -> dict[str, Tensor]:
    """The head's weights by name, for summaries as the network gives them."""
    first, last = head.first, head.last
    weight = first.weight / course.scale
    bias = first.bias - weight @ course.mean
    return {"rank.0.weight": weight, "rank.0.bias": bias,
            "rank.2.weight": last.weight, "rank.2.bias": last.bias}  # fmt: skip


@torch.no_grad()
def _notes(
    network: Colorizer,
    course: Course,
    reading: nn.Module | None,
    head: nn.Module,
    costs: Costs,
    codes_PK: Tensor,
) -> dict[str, Any]:
    """What it gained on the pictures kept aside: how much nearer to the truth than no colour the
    code that was read is, the palette that is chosen, the best one for all, and the best of five.
    """
    aside = [course.seen[int(i)] for i in course.aside]
    grey = float(np.mean([one.grey_error for one in aside]))
    full = float(np.mean([one.colourfulness for one in aside]))
    x = course.told[course.aside]
    error_NP, colour_NP = (cost[course.aside] for cost in costs)
    orders = torch.tensor([rank_palettes(logits, codes_PK)[:OFFERED] for logits in head(x)])
    mean_P = error_NP.mean(0)
    one = int(mean_P.where(lit(codes_PK), torch.inf).argmin())
    first = orders[:, :1]
    nearest = error_NP.argmin(1, keepdim=True)

    def told(error: Tensor, colour: Tensor) -> dict[str, float]:
        return {"gain": round(1 - float(error.mean()) / grey, 4),
                "colourfulness_ratio": round(float(colour.mean()) / full, 4)}  # fmt: skip

    found: dict[str, Any] = {"kept_aside": len(aside)}
    if reading is not None:
        codes = reading(x).split(1)
        read = [seen.painted(network, code) for seen, code in zip(aside, codes, strict=True)]
        found["code_read"] = told(*(torch.stack([row[j] for row in read]) for j in (0, 1)))
    return {
        **found,
        "chosen": told(error_NP.gather(1, first), colour_NP.gather(1, first)),
        "one_for_all": told(error_NP[:, one], colour_NP[:, one]),
        "best_of_five": round(1 - float(error_NP.gather(1, orders).amin(1).mean()) / grey, 4),
        "first_is_nearest": round(float((first == nearest).float().mean()), 4),
        "nearest_in_five": round(float((orders == nearest).any(1).float().mean()), 4),
    }
