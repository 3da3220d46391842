"""From what a network says to what is written: flux where it was measured, bounds everywhere.

The same steps serve the application and the training, so that a network learns what becomes of
its answers. They are differentiable; see `engine.bounded` for the bounds.

Legend: ``v`` the network's fine answer (B, C, sH, sW) in stretched units, ``u`` the input
(B, C, H, W) in these, ``x`` the input in linear units in which squares can be taken.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from astroview.core.models.model_card import Pictures
from astroview.engine.networks.bounded import STAR, Mixed, Range, around, mixed, repeated
from astroview.engine.networks.curves import Curve
from astroview.engine.networks.noise_free import noise_left_out
from astroview.engine.networks.superres import enlarge, project, settle

NEAR = 0.5  # of a stretch's span: what is farther off after settling was no sensible answer


class Written(NamedTuple):
    """What is written, what was allowed, and what the network alone would have written."""

    samples: Tensor
    share: Tensor
    within: Range
    answer: Tensor

    def mapped(self, curve: Callable[[Tensor], Tensor]) -> Written:
        """In other units, by a curve that rises."""
        return Written(
            curve(self.samples),
            self.share,
            Range(*map(curve, self.within)),
            curve(self.answer),
        )


def as_measured(
    v: Tensor,
    x: Tensor,
    curve: Curve,
    noise: float | Tensor | None = 0.0,
    calm: Tensor | None = None,
    star: float = STAR,
) -> Written:
    """Samples of a measured frame, in units of x: the mean of each box is its pixel.

    Parameters
    ----------
    noise
        Standard deviation of the sky in units of x, a number or (B, 1, 1, 1); None where none can
        be measured: then nothing leaves the range of what lies around.
    calm
        Where it does not either, (B, 1, H, W): beside what was no measurement.
    star
        The sharpest star that loses nothing, FWHM in pixels of x: see `bounded.around`.
    """
    scale = v.shape[-1] // x.shape[-1]
    u = curve.forward(x)
    settled = _settled(v, u, curve) if star < STAR else settle(v, u)
    answer = project(curve.inverse(settled), x)
    plain = noise is None
    within = around(x, scale, share=0.0) if plain else around(x, scale, noise, None, calm, star)
    return _of(mixed(answer, repeated(x, scale), within), within, answer)


def without_noise(
    v: Tensor,
    x: Tensor,
    curve: Curve,
    noise: float,
    grain: float = 1.0,
    calm: Tensor | None = None,
    star: float = STAR,
) -> Written:
    """Likewise, but the mean of a box may be off its pixel by what the noise explains, and light
    moves by less than a pixel: see `networks.noise_free`.

    Parameters
    ----------
    grain
        By how much more noise sums over pixels than were they independent.
    """
    scale = v.shape[-1] // x.shape[-1]
    answer = noise_left_out(curve.inverse(v), x, noise * grain)
    within = around(x, scale, noise, None, calm, star)
    means = functional.avg_pool2d(answer, scale)
    means = torch.where(means.isfinite(), means, x).clamp(*within)
    return _of(mixed(answer, repeated(means, scale), within), within, answer)


def as_picture(v: Tensor, u: Tensor, pictures: Pictures = "free") -> Written:
    """Samples 0..1 of a display picture: as the network says, since nobody knows how the
    picture was reduced. Its boxes need not have the means of its pixels, unless the network
    learnt that they get them (``pictures`` "boxes", see `ModelCard`).

    Pictures were sharpened, and a scale ends them: bounds are wider than for measured frames.
    """
    scale = v.shape[-1] // u.shape[-1]
    answer = (project(settle(v, u), u) if pictures == "boxes" else v).clamp(0, 1)
    within = around(u, scale, share=float(scale))
    base = enlarge(u, scale).clamp(*within.fine(scale)).clamp(0, 1)
    return _of(mixed(answer, base, within), within, answer)


def _settled(v: Tensor, u: Tensor, curve: Curve) -> Tensor:
    """`settle` by the means of what the boxes hold in linear units: a stretch is bent, and the mean
    of a sharp star's stretched samples is another. A box that does not come near settles as usual.
    """
    scale = v.shape[-1] // u.shape[-1]

    def means(y: Tensor) -> Tensor:
        return curve.forward(functional.avg_pool2d(curve.inverse(y), scale))

    made = settle(v, u, means)
    near = ((means(made) - u).abs() < NEAR).to(u)
    return torch.where(repeated(near, scale) > 0, made, settle(v, u))


def _of(made: Mixed, within: Range, answer: Tensor) -> Written:
    return Written(made.samples, made.share, within, answer)
