"""Palettes of the pictures that look like a frame in grey: what a frame is offered.

The pictures nearest by what the colorizer's encoder says of them, among those of the same
telescope or survey where the header tells it, stand for what the frame may look like. Those
offered are real pictures' palettes, since means of palettes are dull: each is the one that most
lessens how far those pictures are expected to be from the nearest of the offered.

Legend: ``P`` pictures of the bank, ``code`` palette codes, ``d`` distances of codes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

from astroview.core.models.model_card import Palette
from astroview.core.models.palette_bank import (
    INFRARED,
    PALE,
    Entry,
    Listing,
    full_strength,
    listing,
)
from astroview.core.sky.object_kinds import Kind
from astroview.engine.networks.palette_code import (
    CODE_LENGTH,
    GAIN,
    OFFERED,
    TONES,
    distance_weight,
)

Array = NDArray[np.float32]

NEAREST = 40  # pictures that stand for a frame
FEWEST = 8  # pictures of its source below which those of all are looked at
WIDTH = 1.0  # of the kernel that weighs them, in units of their median distance
APART = 8.0  # CIELAB units between what is offered, where there is such a choice
HALF = 0.5  # of the colours of a picture, in its pale palette
LAB = 290.0  # CIELAB units in one of Oklab's chroma, for colours as pictures have them
WEIGHT = distance_weight().numpy()
# Oklab hue angles, in degrees, of faint and of bright light as the eye or a colour film sees them.
HUES: dict[Kind, tuple[float, float]] = {
    "emission nebula": (15.0, 25.0),
    "reflection nebula": (258.0, 250.0),
    "planetary nebula": (20.0, 195.0),
    "supernova remnant": (20.0, 200.0),
    "globular cluster": (70.0, 80.0),
    "open cluster": (255.0, 250.0),
    "spiral galaxy": (258.0, 75.0),
    "elliptical galaxy": (65.0, 75.0),
}
_FAINT, _BRIGHT = (1, 2), (2, 3)  # tones of the code


@dataclass(frozen=True, eq=False)
class Bank:
    """Codes (P, 24) and scaled features (P, F) of pictures, and what is told of each."""

    listing: Listing
    codes: Array
    features: Array
    centre: Array
    scale: Array

    @property
    def entries(self) -> tuple[Entry, ...]:
        return self.listing.entries

    def palette(self, index: int) -> Palette:
        """An entry's palette."""
        code = tuple(float(n) for n in self.codes[index])
        return Palette(self.entries[index].name, code)

    def pale(self, index: int) -> Palette:
        """An entry's palette, its colours half as strong."""
        full = self.palette(index)
        return Palette(f"{full.name}{PALE}", tuple(n * HALF for n in full.code))

    def named(self, name: str) -> Palette | None:
        """The palette of that name, pale or not; None when there is none."""
        at = {entry.name: i for i, entry in reversed([*enumerate(self.entries)])}
        if name in at:
            return self.palette(at[name])
        index = at.get(full_strength(name))
        return None if index is None else self.pale(index)

    def around(self, features_F: Array, source: str = "") -> tuple[NDArray[np.intp], Array]:
        """The nearest pictures, nearest first, and their weights (sum 1)."""
        among = (
            np.array([e.source == source for e in self.entries]) if source else np.zeros(0, bool)
        )
        chosen = np.flatnonzero(among)
        if chosen.size < FEWEST:
            chosen = np.arange(len(self.entries))
        at = (features_F - self.centre) / self.scale
        apart = np.square(self.features[chosen] - at).sum(1)
        order = np.argsort(apart, kind="stable")[:NEAREST]
        near = apart[order]
        width = max(float(np.median(apart)) - float(near[0]), 1e-6) * WIDTH
        weight = np.exp(-(near - near[0]) / width)
        return chosen[order], np.asarray(weight / weight.sum(), np.float32)


def read_bank(path: Path) -> Bank:
    """Read a bank's file. Raises ModelRejected when its header is damaged."""
    told, tensors = listing(path), load_file(path)
    names = ("codes", "features", "centre", "scale")
    return Bank(told, *(np.asarray(tensors[name], np.float32) for name in names))


def offered(
    bank: Bank, features_F: Array, source: str, first: Palette, share_T: Array, count: int
) -> tuple[Palette, ...]:
    """The ``first`` palette and, up to ``count`` of them, those of the bank that go with it. The
    fifth is pale: many frames have hardly any colour, and are nearer to the palette of the picture
    most like them, half as strong, than to any that was chosen for being unlike the others.

    Parameters
    ----------
    share_T
        How much of the frame has each of the code's tones, weighted by lightness, (T,).
    """
    near_P, weight_P = bank.around(features_F, source)
    codes_PK = bank.codes[near_P] * WEIGHT
    d_PP = np.linalg.norm(codes_PK[:, None] - codes_PK[None], axis=2)
    # Half counts by how far off it is, half by how far compared with doing nothing: pictures
    # that are nearly grey would have no say otherwise.
    reach_P = np.linalg.norm(codes_PK, axis=1)
    weight_P = weight_P * (1 / np.median(reach_P) + 1 / np.maximum(reach_P, 1e-3))
    chosen = [first]
    free = np.array([bank.entries[i].name != first.name for i in near_P])
    left_P = np.linalg.norm(codes_PK - _numbers(first) * WEIGHT, axis=1)
    while len(chosen) < count and free.any():
        differs = np.array([apart(bank.codes[i], chosen, share_T) >= APART for i in near_P])
        among = free & differs if (free & differs).any() else free
        cost_P = np.minimum(left_P[None], d_PP) @ weight_P
        best = int(np.where(among, cost_P, np.inf).argmin())
        free[best] = False
        left_P = np.minimum(left_P, d_PP[best])
        chosen.append(bank.palette(int(near_P[best])))
    full = OFFERED - 1
    return (*chosen[:full], bank.pale(int(near_P[0])), *chosen[full:])[:count]


def of_kind(bank: Bank, features_F: Array, kind: Kind, source: str) -> Palette | None:
    """The palette of the bank that is most like what the eye sees of a kind of object: of the
    pictures of such objects, or of all where none is near to it. None for infrared frames.
    """
    if source in INFRARED:
        return None
    optical = [e.source not in INFRARED for e in bank.entries]
    own = [e.kind == kind and o for e, o in zip(bank.entries, optical, strict=True)]
    fit_P = np.array([_fit(code, *HUES[kind]) for code in bank.codes])
    at = (features_F - bank.centre) / bank.scale
    near_P = -np.square(bank.features - at).mean(1) / 10
    for among in (np.array(own), np.array(optical)):
        good = among & (fit_P > 0.6 * max(float(fit_P[np.array(optical)].max()), 1e-6))
        if good.any():
            return bank.palette(int(np.where(good, fit_P + 0.02 * near_P, -np.inf).argmax()))
    return None


def _fit(code_K: Array, faint: float, bright: float) -> float:
    """How much chroma a code has in the hues of faint and bright light, on a neutral sky."""
    ab_T2 = code_K[: 5 * len(TONES)].reshape(len(TONES), 5)[:, :2] / GAIN
    along = 0.0
    for tones, hue in ((_FAINT, faint), (_BRIGHT, bright)):
        way = np.array([np.cos(np.deg2rad(hue)), np.sin(np.deg2rad(hue))])
        for tone in tones:
            off = ab_T2[tone] - way * float(ab_T2[tone] @ way)
            along += min(float(ab_T2[tone] @ way), 0.09) - 0.5 * float(np.linalg.norm(off))
    return along / 4 - float(np.linalg.norm(ab_T2[0])) / 2


def apart(code_K: Array, others: list[Palette], share_T: Array) -> float:
    """How far colours painted under a code are from the nearest others', in CIELAB units."""
    mine = code_K[: 5 * len(TONES)].reshape(len(TONES), 5)[:, :2]
    theirs = [_numbers(p)[: 5 * len(TONES)].reshape(len(TONES), 5)[:, :2] for p in others]
    gaps = [float((np.linalg.norm(mine - code, axis=1) * share_T).sum()) for code in theirs]
    return min(gaps, default=np.inf) / GAIN * LAB


def _numbers(palette: Palette) -> Array:
    """The code of a palette as one of the whole frame, (24,)."""
    return np.array(palette.code, np.float32).reshape(CODE_LENGTH, -1).mean(1)


def tone_shares(light: Array) -> Array:
    """(T,): how much of a picture's light has each tone of the code, together 1."""
    from astroview.engine.networks.palette_code import TONE_WIDTH

    weight_TN = np.clip(
        1 - np.abs(light.ravel()[None] - np.array(TONES)[:, None]) / TONE_WIDTH, 0, 1
    )
    share_T = (weight_TN * light.ravel()).sum(1)
    return np.asarray(share_T / max(float(share_T.sum()), 1e-9), np.float32)
