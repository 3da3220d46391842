"""The weights that a fresh run begins with, made of those of finished models.

Of one model its own; of a super-resolver of another magnification all but its tail; of a
`Compact` of another width its strongest channels, or all of them and more; for a combined network
those of a super-resolver and a colorizer, without what only its own task asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import torch
from torch import Tensor, nn

from astroview.core.errors import ModelRejected
from astroview.core.models.model_card import ModelCard
from astroview.core.texts import Text
from astroview.engine.networks import weights
from astroview.engine.networks.combined import Combined
from astroview.engine.networks.gated import Gated
from trainer.config import Recipe

State = dict[str, Tensor]
OTHER = ("scale", "noise")  # hyper-parameters in which a network may differ from its parent
MORE = ("guide", "classes")  # and those that only add layers to a colorizer


def weights_of(cards: Sequence[ModelCard], recipe: Recipe) -> State:
    """The state of the recipe's network with what the models know.

    Raises
    ------
    ModelRejected
        A model is damaged, or of another network than the recipe's.
    """
    if recipe.task == "combined" and len(cards) > 1:
        return _of_both(cards, recipe)
    card, hyper = cards[0], dict(recipe.hyper)
    if len(cards) > 1 or card.architecture != recipe.architecture:
        raise _another(cards, recipe)
    if card.hyper == hyper:
        return weights.load(card, torch.device("cpu")).state_dict()
    if {**card.hyper, **{key: hyper[key] for key in MORE if key in hyper}} == hyper:
        torch.manual_seed(recipe.run.seed)  # of the layers that are new
        made = weights.build(recipe.architecture, hyper).state_dict()
        return {**made, **weights.state_of(card)}
    if {**card.hyper, **{key: hyper[key] for key in OTHER if key in hyper}} == hyper:
        network = weights.build(recipe.architecture, hyper)
        return fitted(weights.state_of(card), network, tail=card.scale == hyper["scale"])
    width = int(hyper.get("width", 0))
    if card.architecture != "compact" or width < 1 or {**card.hyper, "width": width} != hyper:
        raise _another(cards, recipe)
    resized = narrowed if width < int(card.hyper["width"]) else widened
    return resized(weights.state_of(card), width)


def fitted(state: State, network: nn.Module, tail: bool) -> State:
    """The weights for a network of another magnification, whose tail is new then, or with an
    input plane for the noise level, which nothing looks at yet.
    """
    made = network.state_dict()
    for name, value in state.items():
        if tail or not name.startswith("tail."):
            blind = made[name].shape != value.shape
            made[name] = torch.cat([value, torch.zeros_like(value)], 1) if blind else value
    return made


def _of_both(cards: Sequence[ModelCard], recipe: Recipe) -> State:
    states = {card.task: weights.state_of(card) for card in cards}
    network = cast("Combined", weights.build(recipe.architecture, recipe.hyper))
    try:
        join(network, states["superres"], states["colorize"])
    except (KeyError, RuntimeError) as problem:
        raise _another(cards, recipe) from problem
    return network.state_dict()


def join(network: Combined, sharp: State, colour: State) -> None:
    """Give a combined network the weights of a super-resolver and of a colorizer.

    Raises
    ------
    RuntimeError
        They are of other shapes than the network.
    """
    trunk = network.sharp
    if isinstance(trunk, Gated):
        trunk.load_state_dict(shortened(sharp, len(trunk.body)))
    else:
        trunk.load_state_dict(narrowed(sharp, trunk.head.weight.shape[0]))
    wanted = network.colour.state_dict()
    network.colour.load_state_dict(
        {name: value for name, value in colour.items() if name in wanted}
    )


def shortened(state: State, blocks: int) -> State:
    """The weights of a `Gated` with its first blocks and its last one, so many in all.

    Blocks add to what came before them, so that what is left is a beginning for training.
    """
    known = sorted({int(name.split(".")[1]) for name in state if name.startswith("body.")})
    kept = [*known[: blocks - 1], known[-1]] if blocks < len(known) else known
    made = {name: value for name, value in state.items() if not name.startswith("body.")}
    for place, block in enumerate(kept):
        old, new = f"body.{block}.", f"body.{place}."
        made |= {new + n.removeprefix(old): v for n, v in state.items() if n.startswith(old)}
    return made


def _another(cards: Sequence[ModelCard], recipe: Recipe) -> ModelRejected:
    names = " and ".join(card.name for card in cards)
    return ModelRejected(
        Text("{names}: another network than the recipe's", names=names),
        hint=Text(
            "The recipe needs {architecture} with {dict}.",
            architecture=recipe.architecture,
            dict=dict(recipe.hyper),
        ),
    )


def narrowed(state: State, width: int) -> State:
    """The weights of a `Compact` with the strongest ``width`` channels of each layer left.

    The first and the last hidden layer meet in a shortcut, so they keep the same channels. It is
    a beginning for training, not a network that is as good.
    """
    names = _hidden(state)
    strength = [state[f"{name}.weight"].flatten(1).norm(dim=1) for name in names]
    strength[0] = strength[-1] = strength[0] + strength[-1]
    kept = [s.topk(min(width, len(s))).indices.sort().values for s in strength]
    made: State = {}
    before: Tensor | None = None
    for name, channels in zip(names, kept, strict=True):
        weight = state[f"{name}.weight"][channels]
        made[f"{name}.weight"] = weight if before is None else weight[:, before]
        made[f"{name}.bias"] = state[f"{name}.bias"][channels]
        before = channels
    made["tail.weight"] = state["tail.weight"][:, kept[-1]]
    made["tail.bias"] = state["tail.bias"]
    return {name: value.clone() for name, value in made.items()}


def widened(state: State, width: int) -> State:
    """The weights of a `Compact` with more channels that says just what it said before.

    New channels look at all that came before them, with random weights, and nothing that was
    there looks at them yet: the answer is kept, and learning changes that (function-preserving
    growth, Chen et al. 2016, *Net2Net*). The random weights are torch's next ones.
    """
    made: State = {}
    for name in _hidden(state):
        weight, bias = state[f"{name}.weight"], state[f"{name}.bias"]
        before, after = weight.shape[1], weight.shape[0]
        grown = weight.new_zeros(width, before if name == "head" else width, *weight.shape[2:])
        nn.init.kaiming_normal_(grown[after:], 0.1)
        grown[:after, :before] = weight
        made[f"{name}.weight"] = grown
        made[f"{name}.bias"] = torch.cat([bias, bias.new_zeros(width - after)])
    tail = state["tail.weight"]
    spare = tail.new_zeros(tail.shape[0], width - tail.shape[1], *tail.shape[2:])
    return {
        **made,
        "tail.weight": torch.cat([tail, spare], 1),
        "tail.bias": state["tail.bias"].clone(),
    }


def _hidden(state: State) -> list[str]:
    """Names of the layers before the last, in their order."""
    depth = sum(name.startswith("body.") and name.endswith(".weight") for name in state)
    return ["head", *(f"body.{i}" for i in range(depth))]
