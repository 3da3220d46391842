"""The optimizer: Muon for the inner convolutions, AdamW for the rest, as one torch optimizer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

from astroview.engine.runtime.precision import has_bfloat16

MOMENTUM = 0.95
BETAS = (0.9, 0.99)
DECAY = 1e-4
LEAST = 16  # channels on both sides of an inner convolution; thinner ones have no room to turn
# Newton-Schulz coefficients (Jordan et al. 2024): five rounds bring singular values to 0.7..1.2.
QUINTIC = (3.4445, -4.7750, 2.0315)


class Muon(torch.optim.Optimizer):
    """Momentum whose update is made orthogonal, after Jordan et al. 2024 (*Muon: an optimizer
    for hidden layers in neural networks*), for convolutions seen as matrices of output channels
    by everything else; AdamW (Loshchilov & Hutter 2019) for all other parameters.

    torch's own Muon takes matrices only. They are turned in bfloat16 where the CPU multiplies that
    itself: directions need no more digits.

    Parameters
    ----------
    network
        Its parameters, on the device where they will stay.
    lr
        Learning rate of AdamW's part.
    muon_lr
        Learning rate of the convolutions; 0 leaves all to AdamW.

    Notes
    -----
    Each group has a ``factor``: whoever schedules sets ``lr`` to factor times the schedule's.
    """

    def __init__(self, network: nn.Module, lr: float, muon_lr: float) -> None:
        parameters = [p for p in network.parameters() if p.requires_grad]
        turned = [p for p in parameters if muon_lr and _inner(p)]
        ids = {id(p) for p in turned}
        rest = [p for p in parameters if id(p) not in ids]
        groups: list[dict[str, Any]] = [{"params": rest, "turn": False, "lr": lr, "factor": 1.0}]
        if turned:
            factor = muon_lr / lr
            groups.append({"params": turned, "turn": True, "lr": muon_lr, "factor": factor})
        super().__init__(groups, {"lr": lr})

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]
        """Update every parameter that has a gradient."""
        for group in self.param_groups:
            update = self._turned if group["turn"] else self._adamw
            for parameter in group["params"]:
                if parameter.grad is not None:
                    update(parameter, parameter.grad, group["lr"])

    def _turned(self, parameter: Tensor, gradient: Tensor, lr: float) -> None:
        state = self.state[parameter]
        if not state:
            state["momentum"] = torch.zeros_like(parameter)
        state["momentum"].lerp_(gradient, 1 - MOMENTUM)
        ahead = gradient.lerp(state["momentum"], MOMENTUM)  # Nesterov's look ahead
        rows, columns = parameter.shape[0], parameter[0].numel()
        update = orthogonal(ahead.reshape(rows, columns)).view_as(parameter)
        parameter.mul_(1 - lr * DECAY).add_(update, alpha=-lr * max(1.0, rows / columns) ** 0.5)

    def _adamw(self, parameter: Tensor, gradient: Tensor, lr: float) -> None:
        state = self.state[parameter]
        if not state:
            state["step"] = 0
            state["mean"] = torch.zeros_like(parameter)
            state["square"] = torch.zeros_like(parameter)
        state["step"] += 1
        state["mean"].lerp_(gradient, 1 - BETAS[0])
        state["square"].lerp_(gradient.square(), 1 - BETAS[1])
        mean = state["mean"] / (1 - BETAS[0] ** state["step"])
        square = state["square"] / (1 - BETAS[1] ** state["step"])
        parameter.mul_(1 - lr * DECAY).addcdiv_(mean, square.sqrt_().add_(1e-8), value=-lr)


def orthogonal(matrix: Tensor, rounds: int = 5) -> Tensor:
    """The nearest semi-orthogonal matrix, roughly, by Newton-Schulz iteration.

    Parameters
    ----------
    matrix
        (rows, columns), finite.

    Returns
    -------
    Tensor
        The same shape; its singular values lie near 1.
    """
    a, b, c = QUINTIC
    tall = matrix.shape[0] > matrix.shape[1]
    x = matrix.T if tall else matrix
    x = (x / (x.norm() + 1e-7)).to(torch.bfloat16 if has_bfloat16() else x.dtype)
    for _ in range(rounds):
        square = x @ x.T
        x = a * x + (b * square + c * square @ square) @ x
    return (x.T if tall else x).to(matrix.dtype)


def _inner(parameter: Tensor) -> bool:
    return parameter.ndim == 4 and min(parameter.shape[:2]) >= LEAST
