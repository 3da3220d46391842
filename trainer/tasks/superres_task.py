"""The super-resolution task: batches, loss and score."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from astroview.core.bad_pixels.frame_noise import pixel_noise
from astroview.core.models.model_card import Pictures
from astroview.engine.networks import weights
from astroview.engine.networks.bounded import STAR
from astroview.engine.networks.curves import Curve
from astroview.engine.networks.gated import told
from astroview.engine.networks.superres import back_projected, enlarge
from astroview.engine.networks.tile_superres import asks_reduction
from astroview.engine.networks.written import as_measured, as_picture
from trainer import metrics
from trainer.config import Recipe
from trainer.data import degrade, simulated_skies
from trainer.data.pictures import LUMA, Picture, Shown, luma
from trainer.loop.fit_contract import Answer
from trainer.tasks import losses

Bytes = NDArray[np.uint8]
HIGHEST = 2.5  # in units of a stretch's span: a sharp star fills one fine pixel


@dataclass(frozen=True)
class Plane:
    """Luma (H, W) to take crops from, and of a pair the real poorer frame (h, w) and its noise in
    units of 0..1.
    """

    shape: tuple[int, int]
    read: Callable[[], Bytes]
    low: Callable[[], Bytes | None]
    sigma: float = 0.0


class SuperResTask:
    """Low-resolution luma in, high-resolution luma out, on 8-bit pictures.

    ``batch(step, size)`` depends on the recipe's seed and these only.
    """

    figure, higher = "psnr", True
    seen_channels = 1

    def __init__(
        self,
        recipe: Recipe,
        train: Sequence[Shown],
        held: Sequence[Shown],
        fine: Sequence[Shown] = (),
    ) -> None:
        self.recipe = recipe
        self.scale = int(recipe.hyper.get("scale", 2))
        self.pictures: Pictures = recipe.data.pictures
        self.star = STAR  # of skies: see `bounded.around`
        fits = [p for p in train if _sharp(p, recipe)]
        better = _better(fine, recipe)
        self.planes, self.share = _planes(train, fits, better, recipe)
        self.held = [p for p in held if _sharp(p, recipe)]
        self.notes: dict[str, Any] = {
            "training_pictures": len(fits),
            "held_out_pictures": len(self.held),
        }
        if recipe.data.validation_pictures < len(self.held):
            self.notes["scored_pictures"] = recipe.data.validation_pictures
        if better:
            self.notes["originals"] = len(better)
        self.teacher: nn.Module | None = None  # whom the network is to follow too
        data = recipe.data
        self.skies = (
            simulated_skies.skies(data.sky_scenes, self.scale, blurred=data.sky_blur)
            if data.skies
            else []
        )
        if self.skies:
            self.notes |= {"sky_scenes": data.sky_scenes, "skies": data.skies}

    def network(self) -> nn.Module:
        """The untrained network that the recipe asks for."""
        return weights.build(self.recipe.architecture, self.recipe.hyper)

    def batch(self, step: int, size: int) -> dict[str, Tensor]:
        """``x`` (B, 1, h, w), ``sigma`` (B,), ``y`` (B, 1, sh, sw)."""
        run, data = self.recipe.run, self.recipe.data
        rng = np.random.default_rng((run.seed, step))
        generator = torch.Generator().manual_seed(int(rng.integers(2**62)))
        side = run.crop * self.scale
        crops = [self._crop(rng, side) for _ in range(size)]
        y = torch.stack([crop.y for crop in crops])
        cubic = torch.from_numpy(rng.random(size) >= data.box)
        x = degrade.shrink(y, self.scale, cubic)
        noisy = torch.from_numpy(rng.random(size) < data.noisy)
        sigma = torch.from_numpy(np.exp(rng.uniform(np.log(0.003), np.log(0.08), size)))
        sigma = torch.where(noisy, sigma, 0.0).float()
        x = degrade.add_noise(x, sigma, generator)
        for i in np.flatnonzero((rng.random(size) < data.jpeg) & ~noisy.numpy()):
            x[i] = degrade.jpeg(x[i], int(rng.integers(70, 96)))
        x = torch.where(noisy.view(-1, 1, 1, 1), x, degrade.quantise(x))
        box = torch.where(torch.from_numpy(rng.random(size) < data.told), 1.0 - 2.0 * cubic, 0.0)
        for i, crop in enumerate(crops):
            if crop.x is not None:  # a real poorer frame has its own noise
                x[i], sigma[i], box[i] = crop.x, crop.sigma, 0.0
        made = {"x": x, "sigma": sigma, "y": y, "box": box}
        return self._with_skies(made, rng, generator) if self.skies else made

    def _with_skies(
        self, made: dict[str, Tensor], rng: np.random.Generator, generator: torch.Generator
    ) -> dict[str, Tensor]:
        """The batch with simulated skies in place of some pictures; ``curve`` (B, 3) is their
        stretch, and no number for the pictures.
        """
        curve = torch.full((len(made["x"]), 3), torch.nan)
        for i in np.flatnonzero(rng.random(len(curve)) < self.recipe.data.skies):
            side = self.recipe.run.crop * self.scale
            harm = self.recipe.data.harm
            crop = simulated_skies.draw(self.skies, side, self.scale, rng, generator, harm)
            made["x"][i], made["y"][i], made["sigma"][i], curve[i] = *crop[:2], crop.sigma, crop[3]
            made["box"][i] = 1.0  # a detector's pixels are boxes
        return {**made, "curve": curve}

    def answer(self, network: nn.Module, batch: dict[str, Tensor]) -> Answer:
        """Luma made of the batch, its terms, and the truth."""
        shares, sky = self.recipe.loss, _skies_in(batch)
        y, free = _made(network, batch, self.pictures, self.star)
        terms = {"charbonnier": losses.charbonnier(y - batch["y"]) * shares.charbonnier}
        if shares.l1:
            terms["l1"] = (y - batch["y"]).abs().mean() * shares.l1
        if shares.rms:
            terms["rms"] = losses.rms(y, batch["y"]) * shares.rms
        if shares.fft:
            terms["fft"] = losses.fft_amplitude(y, batch["y"]) * shares.fft
        if (shares.denoise or shares.denoise_rms) and sky is not None:
            made, truth = (free, batch["y"][sky]) if len(free) else (y * 0, y.detach() * 0)
            far = losses.rms(made, truth) * shares.denoise_rms
            terms["denoise"] = losses.charbonnier(made - truth) * shares.denoise + far
        if shares.teacher and self.teacher is not None:
            with torch.no_grad():
                wanted = _made(self.teacher, batch, self.pictures, self.star)
            gaps = [losses.charbonnier(y - wanted[0])]
            gaps += [losses.charbonnier(free - wanted[1])] if len(free) else []
            terms["teacher"] = torch.stack(gaps).sum() * shares.teacher
        return Answer(terms, y, batch["y"])

    def echo(self, network: nn.Module, base: nn.Module, batch: dict[str, Tensor]) -> Tensor:
        """How far the network's luma of a batch is from what ``base`` makes of it."""
        x, sigma = batch["x"], batch["sigma"]
        with torch.no_grad():
            wanted = as_picture(told(base, x, sigma, batch.get("box")), x, self.pictures).samples
        made = as_picture(told(network, x, sigma, batch.get("box")), x, self.pictures).samples
        return losses.charbonnier(made - wanted)

    @torch.no_grad()
    def score(self, network: nn.Module) -> dict[str, float]:
        """Means over held-out pictures: PSNR of RGB for the network and for bicubic, on the
        pictures as they are, and (``halved_...``) on pictures reduced by two first.
        """
        held = self.held[: self.recipe.data.validation_pictures]
        how = (self.scale, self.pictures)
        whole = metrics.means([score_picture(network, p.rgb, *how) for p in held])
        halves = metrics.means([score_picture(network, half(p.rgb), *how) for p in held])
        sky = simulated_skies.score(network, self.scale) if self.skies else {}
        return {**whole, **{f"halved_{key}": value for key, value in halves.items()}, **sky}

    def plane(self, rng: np.random.Generator) -> Bytes:
        """Luma (H, W) of one of the pictures."""
        return self.planes[rng.choice(len(self.planes), p=self.share)].read()

    def _crop(self, rng: np.random.Generator, side: int) -> Crop:
        source = self.planes[rng.choice(len(self.planes), p=self.share)]
        plane, low, step = source.read(), source.low(), self.scale
        height, width = plane.shape
        step = 1 if low is None else self.scale
        best, place = None, (0, 0)
        for _ in range(3):  # the liveliest of three places, or the network learns black sky
            y = int(rng.integers(0, (height - side) // step + 1)) * step
            x = int(rng.integers(0, (width - side) // step + 1)) * step
            crop = plane[y : y + side, x : x + side]
            if best is None or crop.std() > best.std():
                best, place = crop, (y // self.scale, x // self.scale)
            if rng.random() < 0.4:
                break
        assert best is not None
        turns, flipped = int(rng.integers(4)), rng.random() < 0.5
        gain = rng.uniform(0.7, 1.0) if rng.random() < 0.3 else 1.0
        poorer = None
        if low is not None:
            (y, x), part = place, side // self.scale
            poorer = _turned(low[y : y + part, x : x + part], turns, flipped, gain)
        return Crop(_turned(best, turns, flipped, gain), poorer, source.sigma * gain)


def _skies_in(batch: dict[str, Tensor]) -> Tensor | None:
    """Which samples (B,) of a batch are skies; None where it was made without."""
    return batch["curve"][:, 0].isfinite() if "curve" in batch else None


def _made(
    network: nn.Module, batch: dict[str, Tensor], pictures: Pictures, star: float
) -> tuple[Tensor, Tensor]:
    """What the engine writes of a network's answers to a batch (B, 1, H, W), of skies with all
    flux kept; and of its skies alone before their noise is put back.
    """
    x, sky = batch["x"], _skies_in(batch)
    free = told(network, x, batch["sigma"], batch.get("box"))
    y = as_picture(free, x, pictures).samples
    if sky is None or not bool(sky.any()):
        return y, free[:0]
    y = y.clone()
    # A peak that takes all the flux of its box is wanted, and can always be higher: what goes far
    # beyond what there is to see learns nothing more from it.
    peaks = free[sky].clamp(-HIGHEST, HIGHEST)
    y[sky] = _sky_written(peaks, x[sky], batch["sigma"][sky], batch["curve"][sky], star)
    return y, free[sky]


def _sky_written(fine: Tensor, u: Tensor, sigma_B: Tensor, curve_B3: Tensor, star: float) -> Tensor:
    """Stretched fine planes as the engine writes them, in units of each stretch's span."""
    curve = Curve.each(curve_B3)
    curve = Curve(0.0, 1.0, curve.soft)
    noise = sigma_B.view(-1, 1, 1, 1) * curve.slope(0.0)
    return curve.forward(as_measured(fine, curve.inverse(u), curve, noise, star=star).samples)


class Crop(NamedTuple):
    """A truth (1, H, W) in 0..1; of a pair the poorer frame (1, h, w) and its noise."""

    y: Tensor
    x: Tensor | None
    sigma: float


def _turned(crop: Bytes, turns: int, flipped: bool, gain: float) -> Tensor:
    crop = np.rot90(crop, turns)
    crop = crop[:, ::-1] if flipped else crop
    return torch.from_numpy(crop.astype(np.float32) * np.float32(gain / 255))[None]


@torch.no_grad()
def restore(
    network: nn.Module, truth: Tensor, scale: int, pictures: Pictures
) -> tuple[Tensor, Tensor, Tensor]:
    """Reduce a picture (1, 3, H, W) by bicubic to 8 bits, and bring it back.

    Returns the reduced picture, its bicubic enlargement and the network's, as the engine writes
    it; sides of the truth are multiples of the scale.
    """
    x = degrade.quantise(degrade.shrink(truth, scale, truth.new_ones(1)))
    up = enlarge(x, scale)
    mix = torch.from_numpy(LUMA).to(x).view(1, 3, 1, 1)
    grey = (x * mix).sum(1, keepdim=True)
    fine = told(network, grey, x.new_zeros(1), -x.new_ones(1))
    if asks_reduction(network):
        fine = back_projected(fine, grey, -1.0)
    y = as_picture(up + fine - enlarge(grey, scale), x, pictures).samples
    return x, up.clamp(0, 1), y


def score_picture(
    network: nn.Module, rgb_HWC: np.ndarray, scale: int, pictures: Pictures
) -> dict[str, float]:
    """PSNR, SSIM and L1 of one picture reduced by bicubic, and bicubic's own beside it."""
    height, width = (n - n % scale for n in rgb_HWC.shape[:2])
    truth = torch.from_numpy(rgb_HWC[:height, :width].copy()).permute(2, 0, 1)[None].float() / 255
    truth = truth.to(metrics.beside(network))
    _, up, y = restore(network, truth, scale, pictures)
    return {
        "psnr": metrics.psnr(y, truth),
        "ssim": metrics.ssim(y, truth),
        "l1": float((y - truth).abs().mean()),
        "bicubic_psnr": metrics.psnr(up, truth),
        "bicubic_ssim": metrics.ssim(up, truth),
    }


def _sharp(picture: Shown, recipe: Recipe) -> bool:
    data = recipe.data
    need = max(data.min_side, 1)
    side = recipe.run.crop * int(recipe.hyper.get("scale", 2))
    big = max(picture.shape) >= need and min(picture.shape) >= side
    return big and picture.sharpness >= data.min_sharpness


def _planes(
    train: Sequence[Shown], fits: Sequence[Shown], better: Sequence[Shown], recipe: Recipe
) -> tuple[list[Plane], np.ndarray]:
    """Luma planes to take crops from, and how often to take each: pictures as they are, their
    originals and halves, each kind with its share of the samples, if there is one.
    """
    data, side = recipe.data, recipe.run.crop * int(recipe.hyper.get("scale", 2))
    lively = [
        p for p in train if min(p.shape) >= 2 * side and p.sharpness >= data.min_halved_sharpness
    ] if data.halved else []  # fmt: skip
    halves = [_held(luma(half(p.rgb))) for p in lively]
    kinds = [
        ([_plane(p) for p in fits], np.ones(len(fits)), 1 - data.halved - data.fine),
        ([_held(p.luma) for p in better], _by_sharpness(better, data.min_sharpness), data.fine),
        (halves, np.ones(len(halves)), data.halved),
    ]
    planes = [plane for found, _, _ in kinds for plane in found]
    shares = [part * _share(found, w) for found, w, part in kinds if found]
    share = np.concatenate(shares) if shares else np.zeros(0)
    return planes, share / share.sum()


def _better(fine: Sequence[Shown], recipe: Recipe) -> list[Shown]:
    """The originals that are learnt from."""
    data, side = recipe.data, recipe.run.crop * int(recipe.hyper.get("scale", 2))
    fits = [p for p in fine if min(p.shape) >= side and p.sharpness >= data.min_fine_sharpness]
    return fits if data.fine else []


def _by_sharpness(pictures: Sequence[Shown], enough: float) -> np.ndarray:
    """Soft pictures are taken less often."""
    return np.array([min(1.0, p.sharpness / enough) if enough else 1.0 for p in pictures])


def _plane(picture: Shown) -> Plane:
    """Of a picture in memory its luma, of another one the way to it."""
    low = picture.low
    sigma = 0.0 if low is None else (pixel_noise(low.astype(np.float32) / np.float32(255)) or 0.0)
    if isinstance(picture, Picture):
        return _held(picture.luma, low, sigma)
    return Plane(picture.shape, lambda: picture.luma, lambda: picture.low, sigma)


def _held(plane: Bytes, low: Bytes | None = None, sigma: float = 0.0) -> Plane:
    return Plane((plane.shape[0], plane.shape[1]), lambda: plane, lambda: low, sigma)


def _share(planes: Sequence[Plane], weight: np.ndarray) -> np.ndarray:
    """Larger planes are taken more often, by the root of their area."""
    area = np.array([p.shape[0] * p.shape[1] for p in planes], np.float64) ** 0.5
    return area * weight / (area * weight).sum()


def half(rgb_HWC: np.ndarray) -> np.ndarray:
    """A picture reduced by two with antialiased bicubic, uint8 (H // 2, W // 2, 3): what its
    JPEG and its noise did to single pixels is gone.
    """
    height, width = (n - n % 2 for n in rgb_HWC.shape[:2])
    planes = torch.from_numpy(rgb_HWC[:height, :width].copy()).permute(2, 0, 1)[:, None].float()
    small = degrade.shrink(planes / 255, 2, torch.ones(3))
    return (small[:, 0].permute(1, 2, 0).numpy() * 255 + 0.5).astype(np.uint8)
