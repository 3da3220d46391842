"""The palette code: what kind of colours a picture has, in 24 numbers.

Colour from grey is ambiguous, and the mean of all answers is brown. The code says which answer
is meant: per tone band the mean chroma, its spread and its correlation, and the chroma of fine
bright and fine dark detail (stars, dust) apart from what surrounds them.

Legend: ``L_B1HW`` Oklab lightness 0..1, ``ab_B2HW`` Oklab chroma, ``code_BK`` the code.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

TONES = (0.15, 0.4, 0.65, 0.9)  # centres of the tone bands in Oklab lightness
TONE_WIDTH = 0.25
CODE_LENGTH = 5 * len(TONES) + 4
GAIN = 8.0  # brings typical chroma (0.05-0.15) near 1
PRIOR = 0.003  # share of the picture's pixels by which an empty band leans on the whole
NEUTRAL, LIT = 0.06, 0.2  # chroma of the darkest tone at most, and of the brightest at least
OFFERED = 5  # palettes that are offered first
COMMON = 2  # of them whatever the frame: its grey says little of its palette
DETAIL_RADIUS = 6  # pixels; detail is lightness minus its box mean of that radius


def palette_code(L_B1HW: Tensor, ab_B2HW: Tensor) -> Tensor:
    """Measure the palette code of coloured pictures.

    Parameters
    ----------
    L_B1HW
        Oklab lightness, (B, 1, H, W), 0..1, no NaN.
    ab_B2HW
        Oklab chroma, (B, 2, H, W).

    Returns
    -------
    Tensor
        (B, `CODE_LENGTH`), differentiable in ``ab_B2HW``.
    """
    L_BN = L_B1HW.flatten(1).float()
    ab_B2N = ab_B2HW.flatten(2).float()
    whole_B2 = ab_B2N.mean(2)
    parts: list[Tensor] = []
    for centre in TONES:
        weight_BN = (1 - (L_BN - centre).abs() / TONE_WIDTH).clamp_min(0)
        parts.append(_tone(weight_BN, ab_B2N, whole_B2))
    detail_BN = fine_detail(L_B1HW.float()).flatten(1)
    for sign in (1, -1):
        weight_BN = (sign * detail_BN).clamp_min(0)
        parts.append(_mean(weight_BN * 10, ab_B2N, whole_B2) * GAIN)
    return torch.cat(parts, 1)


def fine_detail(L_B1HW: Tensor) -> Tensor:
    """Lightness less its mean over the pixels that there are within `DETAIL_RADIUS`."""
    around = L_B1HW
    for axis in (0, 1):  # rows, then columns: a thirteenth of the work
        kernel, pad = [1, 1], [0, 0]
        kernel[axis], pad[axis] = 2 * DETAIL_RADIUS + 1, DETAIL_RADIUS
        around = functional.avg_pool2d(around, kernel, 1, pad, count_include_pad=False)
    return L_B1HW - around


def rank_palettes(logits_P: Tensor, codes_PK: Tensor, count: int = OFFERED) -> list[int]:
    """Order palettes for a frame: the automatic choice, then such as are likely and differ.

    The automatic choice is the likeliest of the palettes with `lit` objects on a neutral sky,
    or of all where there is none of these. Then come the first `COMMON` others of the card, which
    help most over all frames. Each of the next, ``count`` together, is the one that lessens most
    how far the frame's true palette is expected to be from the nearest of them; the rest follow
    by likelihood. Palettes beyond those that the head knows are the convention of the
    survey that a model was tuned on: they go before all others.

    Parameters
    ----------
    logits_P
        What the colorizer's head says of the frame, (P,).
    codes_PK
        The palettes' codes, (P or more, `CODE_LENGTH`).
    """
    own = range(len(logits_P), len(codes_PK))
    codes_PK = codes_PK[: len(logits_P)]
    share_P = logits_P.float().softmax(0)
    lit_P = lit(codes_PK)
    first = share_P.where(lit_P, -1.0) if lit_P.any() else share_P
    order = [int(first.argmax())]
    order += [k for k, shines in enumerate(lit_P.tolist()) if not shines and k not in order][
        :COMMON
    ]
    gap_PPK = (codes_PK[:, None] - codes_PK[None]) * distance_weight().to(codes_PK)
    gap_PP = gap_PPK.square().sum(2)  # squared, so that bold palettes are covered too
    while len(order) < min(count, len(codes_PK)):
        left_PP = gap_PP.minimum(gap_PP[:, order].amin(1, keepdim=True))
        expected_P = share_P @ left_PP
        expected_P[order] = torch.inf
        order.append(int(expected_P.argmin()))
    rest = (int(k) for k in share_P.argsort(descending=True) if int(k) not in order)
    return [*own, *order, *rest]


def lit(codes_PK: Tensor) -> Tensor:
    """(P,) bool: palettes of a neutral sky whose brightest parts have a colour. Their hues
    follow brightness, so a round object stays round in them.
    """
    tones_PT5 = codes_PK[:, : 5 * len(TONES)].unflatten(1, (len(TONES), 5))
    chroma_PT = tones_PT5[..., :2].norm(dim=-1)
    return (chroma_PT[:, 0] < NEUTRAL) & (chroma_PT[:, -1] > LIT)


def distance_weight() -> Tensor:
    """(`CODE_LENGTH`,): correlations are noisy beside means and spreads, so they count little."""
    return torch.tensor([1, 1, 1, 1, 0.15] * len(TONES) + [0.7] * 4)


def palette_support(L_B1HW: Tensor) -> Tensor:
    """How much a picture's pixels say of each number of its code, (B, `CODE_LENGTH`) in 0..1."""
    L_BN = L_B1HW.flatten(1).float()
    parts: list[Tensor] = []
    for centre in TONES:
        weight_B1 = (1 - (L_BN - centre).abs() / TONE_WIDTH).clamp_min(0).mean(1, keepdim=True)
        parts.append((weight_B1 / (weight_B1 + 8 * PRIOR)).expand(-1, 5))
    parts.append(torch.ones_like(L_BN[:, :4]))
    return torch.cat(parts, 1)


def _mean(weight_BN: Tensor, ab_B2N: Tensor, prior_B2: Tensor) -> Tensor:
    lean = PRIOR * weight_BN.shape[1]
    total_B1 = weight_BN.sum(1, keepdim=True) + lean
    return ((ab_B2N * weight_BN[:, None]).sum(2) + lean * prior_B2) / total_B1


def _tone(weight_BN: Tensor, ab_B2N: Tensor, whole_B2: Tensor) -> Tensor:
    """(B, 5): mean a, b; spread of a, b; correlation of a and b, weighted by one tone band."""
    mean_B2 = _mean(weight_BN, ab_B2N, whole_B2)
    off_B2N = ab_B2N - mean_B2[..., None]
    total_B1 = weight_BN.sum(1, keepdim=True) + PRIOR * weight_BN.shape[1]
    variance_B2 = (off_B2N.square() * weight_BN[:, None]).sum(2) / total_B1
    spread_B2 = (variance_B2 + 1e-6).sqrt()
    product_B1 = (off_B2N.prod(1) * weight_BN).sum(1, keepdim=True) / total_B1
    correlation_B1 = product_B1 / (spread_B2.prod(1, keepdim=True) + 1e-4)
    return torch.cat([mean_B2 * GAIN, spread_B2 * GAIN, correlation_B1], 1)
