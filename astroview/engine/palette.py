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
VARIED = 0.3  # least spread of chroma, in units of the code, of a palette of several hues
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
    kernel = 2 * DETAIL_RADIUS + 1
    blur = functional.avg_pool2d(L_B1HW.float(), kernel, 1, DETAIL_RADIUS, count_include_pad=False)
    detail_BN = (L_B1HW.float() - blur).flatten(1)
    for sign in (1, -1):
        weight_BN = (sign * detail_BN).clamp_min(0)
        parts.append(_mean(weight_BN * 10, ab_B2N, whole_B2) * GAIN)
    return torch.cat(parts, 1)


def rank_palettes(logits_P: Tensor, codes_PK: Tensor) -> list[int]:
    """Order palettes for a frame: the automatic choice first, then the likeliest.

    The automatic choice is the palette with the least expected distance from the frame's true
    one, among those of several hues: the likeliest of all is often nearly grey, and nobody
    colours a frame to get grey, or a tint. Palettes beyond those that the head knows are the
    convention of the survey that a model was tuned on: they go before all others.

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
    gaps_PPK = (codes_PK[:, None] - codes_PK[None]).abs() * distance_weight().to(codes_PK)
    expected_P = gaps_PPK.mean(2) @ share_P
    varied_P = varied(codes_PK)
    if varied_P.any():
        expected_P = expected_P.masked_fill(~varied_P, torch.inf)
    first = int(expected_P.argmin())
    return [*own, first, *(int(k) for k in share_P.argsort(descending=True) if int(k) != first)]


def varied(codes_PK: Tensor) -> Tensor:
    """(P,) bool: palettes of several hues, whose chroma in the two middle tones spreads wider
    than its mean lies from neutral.
    """
    tones_PT5 = codes_PK[:, : 5 * len(TONES)].unflatten(1, (len(TONES), 5))[:, 1:3]
    mean_P = tones_PT5[..., :2].norm(dim=-1).mean(1)
    spread_P = tones_PT5[..., 2:4].norm(dim=-1).mean(1)
    return (spread_P > mean_P) & (spread_P > VARIED)


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
