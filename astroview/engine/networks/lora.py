"""Low-rank additions to a parent's weights (LoRA, Hu et al. 2021): what an adapter's file holds.

For a weight ``W`` of shape (outputs, ...) there are ``A`` (rank, inputs) and ``B`` (outputs,
rank), where inputs counts everything behind the first axis: channels and kernel of a convolution.
The network uses ``W + scale * B A``, added once as it is loaded: tuned, it is as fast as before.
What is no matrix (biases, say), and whatever else was learnt whole, replaces the parent's.
"""

from __future__ import annotations

from torch import Tensor

from astroview.core.errors import ModelRejected
from astroview.core.models.model_card import ModelCard
from astroview.core.texts import Text

State = dict[str, Tensor]
A, B = ".A", ".B"


def addition(a_RI: Tensor, b_OR: Tensor, like: Tensor, scale: float) -> Tensor:
    """``scale * B A`` in the shape of the weight that it is added to; differentiable."""
    return (b_OR @ a_RI).view_as(like) * scale


def merge(parent: State, own: State, card: ModelCard) -> State:
    """The parent's weights with an adapter's own in them; neither is changed.

    Raises
    ------
    ModelRejected
        Something does not fit the parent.
    """
    scale = card.adapter.scale if card.adapter else 1.0
    merged = dict(parent)
    for name in {key.removesuffix(A).removesuffix(B) for key in own}:
        weight = parent.get(name)
        a, b, whole = own.get(name + A), own.get(name + B), own.get(name)
        if weight is None or (whole is None) == (a is None or b is None):
            raise _misfit(card, name)
        if whole is not None and whole.shape == weight.shape:
            merged[name] = whole
        elif a is not None and b is not None and _fits(a, b, weight):
            merged[name] = weight + addition(a, b, weight, scale)
        else:
            raise _misfit(card, name)
    return merged


def check_parent(card: ModelCard, named: str | None) -> None:
    """ModelRejected unless an adapter's file names the parent that its card names."""
    if card.adapter and (card.origin is None or named != card.origin.sha256):
        raise ModelRejected(
            Text("the card and the weights of {name} name different parents", name=card.name),
            hint="They do not belong together; import the model again.",
        )


def _fits(a: Tensor, b: Tensor, weight: Tensor) -> bool:
    """Whether B A has as many rows and columns as the weight, taken as a matrix."""
    flat = a.ndim == 2 and b.ndim == 2 and weight.ndim >= 2
    return (
        flat
        and a.shape[0] == b.shape[1]
        and ((b.shape[0], a.shape[1]) == (weight.shape[0], weight[0].numel()))
    )


def _misfit(card: ModelCard, name: str) -> ModelRejected:
    return ModelRejected(
        Text("the weights of {name} do not fit its parent: {name_2}", name=card.name, name_2=name),
        hint="The file was made for another network; import the right one.",
    )
