"""Named palettes: clusters of the training pictures' palette codes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from scipy.cluster.vq import kmeans2

from astroview.core.colour import colour_space
from astroview.core.models.model_card import Palette
from astroview.engine.networks.palette_code import GAIN, TONES, distance_weight, palette_code
from trainer.data import tensor_colour

Codes = NDArray[np.float32]
CODE_SIDE = 256  # pixels: pictures are reduced to that before their code is measured
WEIGHT = distance_weight().numpy()
VARIED = 0.3  # least spread of chroma, in units of the code, of a palette of several hues
STAR_WHITE = (0.0, 0.006)  # Oklab a and b of a star like the Sun beside its brighter siblings


def code_of(rgb_HWC: NDArray[np.uint8]) -> Codes:
    """The palette code (24,) of a picture, uint8 (H, W, 3)."""
    image = Image.fromarray(rgb_HWC)
    image.thumbnail((CODE_SIDE, CODE_SIDE), Image.Resampling.BOX)
    rgb = torch.from_numpy(np.asarray(image, np.float32) / 255).permute(2, 0, 1)[None]
    lab = tensor_colour.to_oklab(rgb)
    return palette_code(lab[:, :1], lab[:, 1:])[0].numpy()


def cluster(codes_NK: Codes, count: int, seed: int) -> Codes:
    """Palettes (count or fewer, 24), most frequent first.

    Each palette is a real picture's code, the one nearest to its cluster's mean: means of
    codes are duller than any picture.
    """
    points = codes_NK * WEIGHT
    means, labels = kmeans2(points, count, minit="++", rng=np.random.default_rng(seed), iter=50)
    frequent = np.argsort(-np.bincount(labels, minlength=count), kind="stable")
    frequent = [k for k in frequent if (labels == k).any()]
    chosen = []
    for k in frequent:
        distance = ((points - means[k]) ** 2).sum(1)
        distance[labels != k] = np.inf
        chosen.append(int(distance.argmin()))
    return codes_NK[chosen]


def with_star_white(palettes_PK: Codes) -> Codes:
    """The palettes, with stars near white in those of several hues.

    The code's last numbers are the chroma of fine bright detail and of fine dark detail. Stars
    of a real field have many colours around white, but a picture's code knows only their mean,
    and paints them all with it: of a dusty field all copper. Near white, each star takes a
    tint from what surrounds it instead.
    """
    made = palettes_PK.copy()
    detail = slice(5 * len(TONES), 5 * len(TONES) + 2)
    made[varied(palettes_PK), detail] = np.array(STAR_WHITE) * GAIN
    return made


def varied(codes_PK: Codes) -> NDArray[np.bool_]:
    """(P,): palettes of several hues, whose chroma in the two middle tones spreads wider than
    its mean lies from neutral.
    """
    tones_PT5 = codes_PK[:, : 5 * len(TONES)].reshape(-1, len(TONES), 5)[:, 1:3]
    mean_P = np.hypot(tones_PT5[..., 0], tones_PT5[..., 1]).mean(1)
    spread_P = np.hypot(tones_PT5[..., 2], tones_PT5[..., 3]).mean(1)
    return (spread_P > mean_P) & (spread_P > VARIED)


def convention(codes_NK: Codes) -> Codes:
    """The code (24,) of the most typical picture of a survey, which is the one nearest to the
    median of all: as colourful as pictures are, where a median of codes is duller.
    """
    gaps = np.abs(codes_NK - np.median(codes_NK, 0)) * WEIGHT
    return codes_NK[int(gaps.sum(1).argmin())]


def nearest(codes_NK: Codes, palettes_PK: Codes) -> NDArray[np.int64]:
    """The index of the palette nearest to each code."""
    gaps = (codes_NK[:, None] - palettes_PK[None]) * WEIGHT
    return (gaps**2).sum(2).argmin(1)


def swatches(code_K: Codes) -> tuple[tuple[int, int, int], ...]:
    """8-bit sRGB of the mean chroma in each tone band, dark to bright."""
    found: list[tuple[int, int, int]] = []
    for i, tone in enumerate(TONES):
        light = np.array([min(tone, 0.85)], np.float32)
        ab = code_K[5 * i : 5 * i + 2] / GAIN
        chroma = colour_space.fit_gamut(light, ab[None].astype(np.float32))
        lab = np.concatenate([light[:, None], chroma], -1)
        rgb = np.clip(colour_space.oklab_to_srgb(lab)[0], 0, 1) * 255
        found.append((int(rgb[0]), int(rgb[1]), int(rgb[2])))
    return tuple(found)


def describe(code_K: Codes) -> str:
    """A name from the hues of faint and bright parts, such as "blue, gold cores"."""
    faint, bright = code_K[5:7] / GAIN, (code_K[10:12] + code_K[15:17]) / (2 * GAIN)
    first, second = _hue(faint), _hue(bright)
    if first == second:
        return "natural, near neutral" if first == "neutral" else first
    return f"{first}, {second} cores"


def named(palettes_PK: Codes, names: Sequence[str] = ()) -> tuple[Palette, ...]:
    """Palettes for a card; doubled names get a number."""
    made: list[Palette] = []
    for i, code in enumerate(palettes_PK):
        base = names[i] if i < len(names) else describe(code)
        count = sum(p.name.split(" #")[0] == base for p in made)
        name = f"{base} #{count + 1}" if count else base
        values = tuple(round(float(v), 4) for v in code)
        # Of what the card will say: whoever reads it makes the same swatches of it.
        made.append(Palette(name, values, swatches(np.array(values, np.float32))))
    return tuple(made)


def _hue(ab: Codes) -> str:
    if np.hypot(*ab) < 0.018:
        return "neutral"
    angle = np.degrees(np.arctan2(ab[1], ab[0])) % 360
    edges = (15, 45, 72, 110, 165, 225, 285, 330)
    names = ("red", "orange", "orange", "gold", "green", "teal", "blue", "violet")
    for edge, name in zip(edges, names, strict=True):
        if angle < edge:
            return name
    return "magenta"
