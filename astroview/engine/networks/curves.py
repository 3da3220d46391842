"""The stretches that networks see frames through, on tensors: on the device, differentiable.

Legend: ``x`` samples in native units, ``u`` stretched; see `astroview.core.colour.stretch`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from astroview.core.colour.stretch import Stretch

LARGEST = 60.0  # whose hyperbolic sine, and what is made of it, float32 holds


@dataclass(frozen=True)
class Curve:
    """``u = asinh(t / soft) / asinh(1 / soft)`` with ``t = (x - low) / span``, or ``u = t``.

    Attributes
    ----------
    low, span
        Numbers, or tensors (B, 1, 1, 1) of a curve for each picture.
    soft
        Likewise; None: straight.
    """

    low: float | Tensor
    span: float | Tensor
    soft: float | Tensor | None

    @staticmethod
    def of(stretch: Stretch, unit: float = 1.0) -> Curve:
        """That of a stretch, for samples in multiples of ``unit``.

        Raises
        ------
        ValueError
            The stretch is none that networks see frames through.
        """
        if stretch.kind not in ("asinh", "linear"):
            raise ValueError(f"networks see no frame through {stretch.kind}")
        soft = stretch.parameter if stretch.kind == "asinh" else None
        return Curve(stretch.low / unit, (stretch.high - stretch.low) / unit, soft)

    @staticmethod
    def each(curve_B3: Tensor) -> Curve:
        """An asinh curve for each picture of a batch: low, span and softening."""
        return Curve(*(c.view(-1, 1, 1, 1) for c in curve_B3.unbind(1)))

    def forward(self, x_BCHW: Tensor) -> Tensor:
        """Native to stretched."""
        t = (x_BCHW - self.low) / self.span
        return t if self.soft is None else torch.asinh(t / self.soft) / self._end

    def inverse(self, u_BCHW: Tensor) -> Tensor:
        """Stretched to native, as far as `LARGEST`."""
        t = u_BCHW
        if self.soft is not None:
            t = torch.sinh((u_BCHW * self._end).clamp(-LARGEST, LARGEST)) * self.soft
        return t * self.span + self.low

    def slope(self, x: float | Tensor) -> float | Tensor:
        """Native units for one of u, at a native value."""
        if self.soft is None:
            return self.span
        t = (x - self.low) / self.span / self.soft
        root = (1 + t * t).sqrt() if isinstance(t, Tensor) else math.sqrt(1 + t * t)
        return self.span * self.soft * self._end * root

    @property
    def _end(self) -> float | Tensor:
        soft = self.soft
        if isinstance(soft, Tensor):
            return torch.asinh(1 / soft)
        return math.asinh(1 / soft) if soft is not None else 1.0
