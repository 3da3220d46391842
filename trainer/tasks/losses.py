"""The terms that tasks add up, each once. All are means over the batch unless said.

Legend: ``y`` what a network made, ``truth`` what it should have made, both (B, C, H, W);
``logits`` what a critic says before the sigmoid: D = sigmoid(logits) is the probability that
what it saw is real.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from trainer.data import tensor_colour

# ---------------------------------------------------------------- distance to the truth


def charbonnier(error: Tensor, epsilon: float = 1e-3) -> Tensor:
    """Mean of sqrt(e^2 + eps^2) - eps: L1 with a smooth foot (Charbonnier et al. 1994)."""
    return (error.square() + epsilon**2).sqrt().mean() - epsilon


def rms(y_BCHW: Tensor, truth_BCHW: Tensor) -> Tensor:
    """Mean over the batch of each sample's root mean squared error."""
    return ((y_BCHW - truth_BCHW).square().mean((1, 2, 3)) + 1e-6).sqrt().mean()


def fft_amplitude(y_BCHW: Tensor, truth_BCHW: Tensor) -> Tensor:
    """Mean absolute difference of orthonormal Fourier amplitudes over H, W."""
    amplitudes = [torch.fft.rfft2(x.float(), norm="ortho").abs() for x in (y_BCHW, truth_BCHW)]
    return (amplitudes[0] - amplitudes[1]).abs().mean()


def laplace_nll(error: Tensor, log_scale: Tensor) -> Tensor:
    """Mean negative log-likelihood of errors under Laplace(0, b): |e| / b + log(2 b).

    ``log_scale`` is log b, of the errors' shape; b is held above e^-12.
    """
    log_b = log_scale.clamp_min(-12.0)
    return (error.abs() * (-log_b).exp() + log_b).mean() + math.log(2)


def aperture_flux(
    y_B1HW: Tensor, truth_B1HW: Tensor, radius: int = 3, sources: int = 8, floor: float = 1e-3
) -> Tensor:
    """Mean relative error of the flux in circular apertures on the truth's brightest peaks.

    Parameters
    ----------
    y_B1HW, truth_B1HW
        Linear samples without background.
    radius
        Of the apertures, in pixels; a pixel belongs to one when its centre does.
    sources
        Peaks per picture: local maxima, the brightest first.
    floor
        Added to the true flux below the fraction, in the samples' unit, against division by 0.
    """
    offsets = torch.arange(-radius, radius + 1, device=y_B1HW.device)
    disc = (offsets[:, None].square() + offsets.square() <= radius**2).to(y_B1HW)[None, None]
    fluxes = [functional.conv2d(x, disc, padding=radius).flatten(1) for x in (y_B1HW, truth_B1HW)]
    side = 2 * radius + 1
    peaks = truth_B1HW == functional.max_pool2d(truth_B1HW, side, 1, radius)
    brightness = torch.where(peaks, truth_B1HW, -torch.inf).flatten(1)
    best, at = brightness.topk(min(sources, brightness.shape[1]), 1)
    mine, true = (flux.gather(1, at) for flux in fluxes)
    errors = (mine - true).abs() / (true.abs() + floor)
    found = best.isfinite()
    return errors[found].mean() if bool(found.any()) else y_B1HW.sum() * 0


# ---------------------------------------------------------------- colour


def cielab_chroma(L_B1HW: Tensor, ab_B2HW: Tensor, truth_B2HW: Tensor) -> Tensor:
    """Mean absolute difference of CIELAB's a and b between two chromas (Oklab) on one lightness,
    as pictures that are clipped to the gamut show them; in Oklab's size.
    """
    made, true = (
        tensor_colour.light_to_cielab(
            tensor_colour.oklab_to_light(torch.cat([L_B1HW, ab], 1)).clamp(0, 1)
        )[:, 1:]
        for ab in (ab_B2HW, truth_B2HW)
    )
    return (made - true).abs().mean() * tensor_colour.LAB_UNIT


def code_distance(code_BK: Tensor, wanted_BK: Tensor, support_BK: Tensor) -> Tensor:
    """Smooth L1 between palette codes, weighted by what the pictures can say of each number."""
    gaps = functional.smooth_l1_loss(code_BK, wanted_BK, beta=0.1, reduction="none")
    return (gaps * support_BK).sum() / support_BK.sum()


def rank_loss(logits_BP: Tensor, palette_B: Tensor) -> Tensor:
    """Cross entropy between palette logits and the index of the truth's palette."""
    return functional.cross_entropy(logits_BP, palette_B, label_smoothing=0.1)


def rebalancing(counts_Q: Tensor, blend: float = 0.5) -> Tensor:
    """Weights of chroma classes that let rare colours count (Zhang et al. 2016, eq. 4).

    w is proportional to 1 / ((1 - blend) p + blend / Q), and its mean over the pixels is 1:
    sum(p w) = 1.
    """
    p_Q = counts_Q.float() / counts_Q.sum()
    w_Q = 1 / ((1 - blend) * p_Q + blend / len(p_Q))
    return w_Q / (p_Q * w_Q).sum()


def chroma_classes(logits_BQHW: Tensor, class_BHW: Tensor, weight_Q: Tensor) -> Tensor:
    """Cross entropy of chroma classes, each pixel weighted by its true class's ``weight_Q``;
    the mean over pixels, not over weights.
    """
    entropy = functional.cross_entropy(logits_BQHW, class_BHW, reduction="none")
    return (entropy * weight_Q[class_BHW]).mean()


# ---------------------------------------------------------------- adversaries


def minimax_critic(real_logits: Tensor, fake_logits: Tensor) -> Tensor:
    """What the critic descends: -(log D(real) + log(1 - D(fake))) (Goodfellow et al. 2014,
    eq. 1; the conditional form of Isola et al. 2017, eq. 1, when it saw the input too).
    """
    return functional.softplus(-real_logits).mean() + functional.softplus(fake_logits).mean()


def minimax_generator(fake_logits: Tensor) -> Tensor:
    """What the generator descends in the minimax game as written: log(1 - D(fake))."""
    return -functional.softplus(fake_logits).mean()


def adversarial(fake_logits: Tensor) -> Tensor:
    """-log D(fake): the generator's side without vanishing gradients, as SRGAN has it (Ledig et
    al. 2017, eq. 6) and pix2pix in practice.
    """
    return functional.softplus(-fake_logits).mean()


def hinge_critic(real_logits: Tensor, fake_logits: Tensor) -> Tensor:
    """max(0, 1 - real) + max(0, 1 + fake) (Lim & Ye 2017)."""
    return functional.relu(1 - real_logits).mean() + functional.relu(1 + fake_logits).mean()


def hinge_generator(fake_logits: Tensor) -> Tensor:
    """-fake: the generator's side of the hinge."""
    return -fake_logits.mean()


def feature_matching(fake: Sequence[Tensor], real: Sequence[Tensor]) -> Tensor:
    """Mean over a critic's layers of the mean absolute difference of its features (Wang et al.
    2018, pix2pixHD, eq. 3); what is real gets no gradient.
    """
    gaps = [(f - r.detach()).abs().mean() for f, r in zip(fake, real, strict=True)]
    return torch.stack(gaps).mean()


def content(fake_BCHW: Tensor, real_BCHW: Tensor) -> Tensor:
    """SRGAN's content loss: the squared distance of one feature map phi_ij, over its W H places
    (Ledig et al. 2017, eq. 5); the channels of a place add up. What is real gets no gradient.
    """
    return (fake_BCHW - real_BCHW.detach()).square().sum(1).mean()


def perceptual(content_term: float, adversarial_term: float) -> float:
    """SRGAN's perceptual loss: content + 1e-3 adversarial (Ledig et al. 2017, eq. 3)."""
    return content_term + 1e-3 * adversarial_term
