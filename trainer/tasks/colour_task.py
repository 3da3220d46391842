"""The colour task: batches, loss and score of the palette-conditioned colorizer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from astroview.engine.networks.colorizer import CELL, STRIDE, Colorizer, paint
from astroview.engine.networks.palette_code import palette_code, palette_support, rank_palettes
from astroview.engine.networks.regional_code import (
    Place,
    broadcast,
    regional_code,
    regional_support,
    turned,
)
from trainer import metrics
from trainer.config import LossConfig, Recipe
from trainer.data import palettes, tensor_colour
from trainer.data.chroma_guides import guide_of
from trainer.data.pictures import Shown
from trainer.loop.fit_contract import Answer
from trainer.tasks import losses
from trainer.tasks.colour_samples import crop, exposed, held_picture, shown, small_picture

VARIATIONS = 5
BINS, WIDEST = 8, 0.2  # classes a side, and the chroma at which the outer ones begin to be open
PARTS, FINE = 3, 6  # how much smaller than a picture a crop of it may be, and where it is finer
GUIDE_TELLS = 0.6  # share of guided samples whose palette is read off the guide
SEEN_GAIN = 5.0  # brings chroma to the size of lightness for a critic


class ColourTask:
    """Oklab lightness in, chroma out, on 8-bit pictures.

    The palettes (P, 24) are ``known``, or found by clustering. A batch holds crops with their
    own codes and, last, crops with another picture's code: of those only the code of the answer
    is judged, so that a palette works on any frame. With ``survey`` the most typical training
    picture's code is offered too, before all others. ``finer`` are originals of training pictures.
    """

    figure, higher = "dab", False
    seen_channels = 3

    def __init__(
        self,
        recipe: Recipe,
        train: Sequence[Shown],
        held: Sequence[Shown],
        known: NDArray[np.float32] | None = None,
        variations: int = VARIATIONS,
        survey: bool = False,
        finer: Sequence[Shown] = (),
    ) -> None:
        self.recipe, self.variations = recipe, variations
        self.train, self.held = [*train, *map(held_picture, finer)], list(held)
        self.parts = FINE if finer else PARTS
        self.codes = np.stack([palettes.code_of(p.rgb) for p in self.train])
        count = int(recipe.hyper.get("palettes", 16))
        if known is None:
            known = palettes.with_star_white(palettes.cluster(self.codes, count, recipe.run.seed))
        self.palettes: NDArray[np.float32] = known
        self.labels = palettes.nearest(self.codes, self.palettes)
        self.convention = palettes.convention(self.codes) if survey else None
        self.share = self._shares()
        self.rarity = self._rarity() if recipe.loss.rare or recipe.loss.classes else None
        self.notes: dict[str, Any] = {
            "training_pictures": len(self.train),
            "held_out_pictures": len(self.held),
        }

    def network(self) -> nn.Module:
        """The untrained network that the recipe asks for."""
        hyper = dict(self.recipe.hyper)
        return Colorizer(tuple(hyper.pop("widths")), **hyper)

    @property
    def offered(self) -> NDArray[np.float32]:
        """The palettes that a frame can be painted in: those known, and the survey's own."""
        if self.convention is None:
            return self.palettes
        return np.concatenate([self.palettes, self.convention[None]])

    def batch(self, step: int, size: int) -> dict[str, Tensor]:
        """``rgb`` (B, 3, H, W), ``L`` (B, 1, H, W) as shown to the network, ``code`` (B, 24),
        ``palette`` (B,); ``guide`` (G, 4, H/4, W/4) of the first G.
        """
        run, data = self.recipe.run, self.recipe.data
        rng = np.random.default_rng((run.seed, step))
        generator = torch.Generator().manual_seed(int(rng.integers(2**62)))
        picks = rng.choice(len(self.train), size, p=self.share)
        crops = [crop(self.train[i].rgb, run.crop, rng, self.parts) for i in picks]
        rgb = torch.from_numpy(np.stack(crops)).permute(0, 3, 1, 2).float() / 255
        L = torch.stack([shown(x, rng) for x in rgb])
        noisy = torch.from_numpy(rng.random(size) < data.noisy)
        sigma = torch.from_numpy(np.exp(rng.uniform(np.log(0.005), np.log(0.06), size)))
        noise = torch.randn(L.shape, generator=generator) * (sigma * noisy).view(-1, 1, 1, 1)
        others = rng.choice(len(self.train), size, p=self.share)
        made = {
            "rgb": rgb,
            "L": (L + noise).float().clamp(0, 1),
            "code": torch.from_numpy(self.codes[picks]),
            "other": torch.from_numpy(self.codes[others]),
            "palette": torch.from_numpy(self.labels[picks]),
            "own": torch.from_numpy(rng.random(size) < 0.5),
            "any": torch.from_numpy(self.palettes[rng.integers(len(self.palettes), size=size)]),
        }
        return {**made, **self._more(made, np.random.default_rng((run.seed, step, 1)))}

    def _more(self, batch: dict[str, Tensor], rng: np.random.Generator) -> dict[str, Tensor]:
        """What only some recipes ask for; other draws stay as they are without it."""
        data, size = self.recipe.data, len(batch["L"])
        made: dict[str, Tensor] = {}
        if data.exposed:
            bright = rng.random(size) < data.exposed
            pairs = zip(batch["L"], bright, strict=True)
            made["L"] = torch.stack([exposed(x, rng) if some else x for x, some in pairs])
        if data.regional:
            made["regional"] = torch.from_numpy(rng.random(size) < data.regional)
        count = round(size * data.guided)
        if count:
            ab = tensor_colour.to_oklab(batch["rgb"][:count])[:, 1:]
            made["guide"] = torch.stack([guide_of(x, rng) for x in ab])
            tells = GUIDE_TELLS if data.guided < 1 else 1.0
            made["by_guide"] = torch.from_numpy(rng.random(count) < tells)
        return made

    def answer(self, network: Colorizer, batch: dict[str, Tensor]) -> Answer:
        """Chroma made of the batch and its terms; a critic sees lightness and chroma."""
        weights, L = self.recipe.loss, batch["L"]
        task = Asked.of(batch, swaps=bool(weights.swap))
        if "guide" in batch or "regional" in batch:
            task = by_region(task, batch)
        coefficients, logits, features = coefficients_of(network, L, task.codes, batch.get("guide"))
        ab, fair = paint(coefficients, L), slice(task.fair)
        terms = task.terms(L, ab, logits, batch["palette"], weights)
        made, truth = ab[fair], task.truth[fair]
        if self.rarity is not None and weights.rare:
            weight = self.rarity.to(truth)[classes(truth)][:, None]
            terms["rare"] = losses.charbonnier((made - truth) * weight) * weights.rare
        if self.rarity is not None and weights.classes and network.classify is not None:
            wanted = classes(functional.avg_pool2d(truth, CELL))
            said = network.classify(functional.leaky_relu(features[fair], 0.1)).float()
            terms["classes"] = weights.classes * losses.chroma_classes(
                said, wanted, self.rarity.to(truth)
            )
        if weights.l1:
            terms["l1"] = (made - truth).abs().mean() * weights.l1
        if weights.lab:
            light = tensor_colour.to_oklab(batch["rgb"])[:, :1][fair]
            terms["lab"] = losses.cielab_chroma(light, made, truth) * weights.lab
        return Answer(terms, *task.seen(L, ab))

    def echo(self, network: Colorizer, base: Colorizer, batch: dict[str, Tensor]) -> Tensor:
        """How far the network's chroma under any palette, and its ranking of palettes, are from
        those of ``base``.
        """
        L, asked = batch["L"], batch["any"]
        with torch.no_grad():
            wanted, shares = base(L, asked)
        coefficients, logits = network(L, asked)
        gap = losses.charbonnier(paint(coefficients, L) - paint(wanted, L))
        rank = functional.cross_entropy(logits, shares.softmax(1))
        return gap + rank * self.recipe.loss.rank

    @torch.no_grad()
    def score(self, network: Colorizer) -> dict[str, float]:
        """Means over held-out pictures; see `score_picture`."""
        where = metrics.beside(network)
        mean_ab = torch.from_numpy(self._mean_ab()).to(where)
        known = torch.from_numpy(self.offered).to(where)
        rows = [score_picture(network, p.rgb, known, mean_ab, self.variations) for p in self.held]
        return metrics.means(rows)

    def _mean_ab(self) -> NDArray[np.float32]:
        thumbs = [small_picture(p.rgb, 32) for p in self.train]
        return np.mean([tensor_colour.to_oklab(t)[0, 1:].mean((1, 2)).numpy() for t in thumbs], 0)

    def _rarity(self) -> Tensor:
        """(`BINS` ^ 2,): the weights of chroma classes, from the pictures' pixels."""
        counts = torch.zeros(BINS * BINS)
        for picture in self.train:
            found = classes(tensor_colour.to_oklab(small_picture(picture.rgb, 64))[:, 1:])
            counts += torch.bincount(found.flatten(), minlength=BINS * BINS)
        return losses.rebalancing(counts)

    def _shares(self) -> NDArray[np.float64]:
        """Colourful and rare palettes a little more often, tiny stamps a little less."""
        frequency = np.bincount(self.labels, minlength=len(self.palettes))[self.labels]
        size = np.array([min(p.shape) for p in self.train], np.float64)
        share = np.sqrt(np.clip(size, 200, 768)) / frequency**0.3
        return share / share.sum()


@dataclass(frozen=True)
class Asked:
    """What a batch asks for: ``codes`` (B, 24), or (B, 24, R, R) by region, of which the first
    ``fair`` are those of the answers ``truth`` (B, 2, H, W), whose codes are ``own``.
    """

    codes: Tensor
    truth: Tensor
    own: Tensor
    fair: int

    @classmethod
    def of(cls, batch: dict[str, Tensor], swaps: bool) -> Asked:
        """The codes of the crops, or of the pictures they are from; with ``swaps`` a quarter of
        the batch, the last, has another picture's.
        """
        lab = tensor_colour.to_oklab(batch["rgb"])
        own = palette_code(lab[:, :1], lab[:, 1:])
        asked = torch.where(batch["own"][:, None], own, batch["code"])
        fair = len(asked) - (len(asked) // 4 if swaps else 0)
        return cls(torch.cat([asked[:fair], batch["other"][fair:]]), lab[:, 1:], own, fair)

    def _distance(self, part: slice, L: Tensor, ab: Tensor, wanted: Tensor) -> Tensor:
        """Between the codes of what was made and those wanted, of the whole or by region."""
        light, made = L[part], ab[part]
        if wanted.ndim == 2:
            return losses.code_distance(palette_code(light, made), wanted, palette_support(light))
        support = regional_support(light)
        return losses.code_distance(regional_code(light, made), wanted, support)

    def terms(
        self, L: Tensor, ab: Tensor, logits: Tensor, palette: Tensor, weights: LossConfig
    ) -> dict[str, Tensor]:
        """How far chroma on lightness ``L`` is from what was asked for."""
        fair, swapped = slice(self.fair), slice(self.fair, None)
        gap = self._distance(fair, L, ab, self.own[fair])
        terms = {
            "charbonnier": losses.charbonnier(ab[fair] - self.truth[fair]) * weights.charbonnier,
            "code": gap * weights.code,
            "rank": losses.rank_loss(logits, palette) * weights.rank,
        }
        if self.fair < len(ab):
            gap = self._distance(swapped, L, ab, self.codes[swapped])
            terms["swap"] = gap * weights.swap
        return terms

    def seen(self, L: Tensor, ab: Tensor) -> tuple[Tensor, Tensor]:
        """What a critic is shown: lightness with the chroma made, and with the truth's."""
        fair = slice(self.fair)
        fake, real = (torch.cat([L[fair], x[fair] * SEEN_GAIN], 1) for x in (ab, self.truth))
        return fake, real


def by_region(task: Asked, batch: dict[str, Tensor]) -> Asked:
    """The same with codes by region, where the batch says so their own, and every second of the
    swapped ones another picture's; of those with a guide some have what can be read off it.
    """
    truth, fair = task.truth, task.fair
    L = tensor_colour.to_oklab(batch["rgb"])[:, :1]
    own, asked = regional_code(L, truth), broadcast(task.codes).clone()
    if "regional" in batch:
        regional = batch["regional"].view(-1, 1, 1, 1)
        asked[:fair] = torch.where(regional, own, asked)[:fair]
        swapped = slice(fair, None, 2)
        asked[swapped] = turned(own[: len(asked[swapped])], 1, mirrored=True)
    if "guide" in batch:
        guide, count = batch["guide"], len(batch["guide"])
        small = functional.avg_pool2d(batch["L"][:count], CELL)
        read = regional_code(small, guide[:, :2], valid_B1HW=guide[:, 2:3])
        one = regional_code(small, guide[:, :2], 1, guide[:, 2:3]).expand_as(read)
        if "regional" in batch:
            read = torch.where(batch["regional"][:count].view(-1, 1, 1, 1), read, one)
        told = batch["by_guide"].view(-1, 1, 1, 1)
        asked[:count] = torch.where(told, read, asked[:count])
    return replace(task, codes=asked, own=own)


def coefficients_of(
    network: Colorizer, L: Tensor, codes: Tensor, guide: Tensor | None
) -> tuple[Tensor, Tensor, Tensor]:
    """Coefficients, palette logits and features; the first of a batch see the guide."""
    levels, logits = network.look(L)
    count = 0 if guide is None else len(guide)
    parts = [(slice(count), guide), (slice(count, None), None)]
    answers = [
        network.answer(L[part], [level[part] for level in levels], codes[part], seen)
        for part, seen in parts
        if len(L[part])
    ]
    coefficients, features = (torch.cat(list(x)) for x in zip(*answers, strict=True))
    return coefficients, logits, features


def classes(ab_B2HW: Tensor) -> Tensor:
    """The class of each pixel's Oklab chroma, (B, H, W): cells of a square grid, the outer ones
    open.
    """
    cells = (ab_B2HW / WIDEST * (BINS / 2) + BINS / 2).long().clamp(0, BINS - 1)
    return cells[:, 0] * BINS + cells[:, 1]


def chroma_in(
    network: Colorizer, L: Tensor, code: Tensor, guide_14hw: Tensor | None = None
) -> Tensor:
    """Chroma (1, 2, H, W) for lightness (1, 1, H, W), any size, under a palette code, or one by
    region, and under measured chroma if given: planes of as many whole cells as there are.
    """
    height, width = L.shape[-2:]
    pads = (0, -width % STRIDE, 0, -height % STRIDE)
    padded = functional.pad(L, pads, mode="replicate")
    if guide_14hw is not None:
        cells = [n // CELL for n in padded.shape[-2:]]
        rest = [wanted - n for wanted, n in zip(cells, guide_14hw.shape[-2:], strict=True)]
        guide_14hw = functional.pad(guide_14hw, (0, rest[1], 0, rest[0]), mode="replicate")
    coefficients, _ = network(padded, code, guide_14hw, Place(0, 0, height, width))
    return paint(coefficients, padded)[..., :height, :width]


def colour_in(network: Colorizer, L: Tensor, code_BK: Tensor) -> Tensor:
    """SRGB (1, 3, H, W) of lightness (1, 1, H, W), any size, painted under a palette code."""
    ab = chroma_in(network, L, code_BK)
    return tensor_colour.from_oklab(torch.cat([L, ab], 1)).clamp(0, 1)


def ranking(network: Colorizer, L: Tensor, known_PK: Tensor) -> list[int]:
    """Indices of the palettes for lightness (1, 1, H, W), best first."""
    pads = (0, -L.shape[-1] % STRIDE, 0, -L.shape[-2] % STRIDE)
    logits = network.look(functional.pad(L, pads, mode="replicate"))[1]
    return rank_palettes(logits[0], known_PK)


def score_picture(
    network: Colorizer,
    rgb_HWC: NDArray[np.uint8],
    known_PK: Tensor,
    mean_ab: Tensor,
    variations: int = VARIATIONS,
) -> dict[str, float]:
    """Mean |Δab| (CIELAB) of one picture: with the truth's code, with the first palette
    ("auto"), with the best of the first few ``variations``, and of neutral and train-mean
    pictures.
    """
    truth = small_picture(rgb_HWC).to(known_PK)
    lab = tensor_colour.to_oklab(truth)
    L, ab = lab[:, :1], lab[:, 1:]
    guided = colour_in(network, L, palette_code(L, ab))
    order = ranking(network, L, known_PK)[:variations]
    tries = [colour_in(network, L, known_PK[k : k + 1]) for k in order]
    errors = [metrics.chroma_error(y, truth) for y in tries]
    neutral = tensor_colour.from_oklab(torch.cat([L, ab * 0], 1)).clamp(0, 1)
    flat = mean_ab.view(1, 2, 1, 1).expand_as(ab)
    mean = tensor_colour.from_oklab(torch.cat([L, flat], 1)).clamp(0, 1)
    fullness = max(metrics.colourfulness(truth), 1.0)
    return {
        "dab": metrics.chroma_error(guided, truth),
        "dab_neutral": metrics.chroma_error(neutral, truth),
        "dab_train_mean": metrics.chroma_error(mean, truth),
        "dab_auto": errors[0],
        "dab_best5": min(errors),
        "psnr": metrics.psnr(guided, truth),
        "psnr_neutral": metrics.psnr(neutral, truth),
        "psnr_auto": metrics.psnr(tries[0], truth),
        "colourfulness": metrics.colourfulness(guided),
        "colourfulness_auto": metrics.colourfulness(tries[0]),
        "colourfulness_truth": fullness,
    }
