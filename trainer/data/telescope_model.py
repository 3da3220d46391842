"""What a telescope does to the sky: PSF, pixels, photons, and what goes wrong. On torch.

Legend: ``e`` electrons in one exposure, (B, 1, H, W), sky-subtracted where said; lengths in
pixels of the fine grid; ``s`` the linear reduction from the fine grid to the detector's.
Random draws come from the caller's generator, on the pictures' device.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

PsfKind = Literal["moffat", "gaussian", "airy"]
OVERSAMPLE = 5  # samples a side of a pixel when a PSF is integrated over it
OBSCURED = 0.33  # the secondary mirror's share of the aperture's diameter, as of Hubble


@dataclass(frozen=True)
class Psf:
    """One point spread function.

    Parameters
    ----------
    kind
        ``"moffat"`` (seeing; Moffat 1969), ``"gaussian"``, or ``"airy"`` with a central
        obstruction (diffraction).
    fwhm
        Full width at half maximum along the mean axis, fine pixels.
    beta
        Moffat's exponent.
    ellipticity
        1 - b / a.
    angle
        Of the major axis from the x axis, radians.
    shift
        (dy, dx) by which the image moves, fine pixels.
    """

    kind: PsfKind = "moffat"
    fwhm: float = 2.5
    beta: float = 3.0
    ellipticity: float = 0.0
    angle: float = 0.0
    shift: tuple[float, float] = (0.0, 0.0)

    @property
    def radius(self) -> int:
        """Half the side of a kernel that holds all but a little of the flux."""
        wings = {"moffat": 5.0, "gaussian": 2.0, "airy": 6.0}[self.kind]
        return math.ceil(wings * self.fwhm + max(map(abs, self.shift))) + 1


def kernel(psf: Psf) -> Tensor:
    """The PSF integrated over pixels: (2 r + 1, 2 r + 1), sum 1, positive."""
    pixels = stamp(psf, psf.radius)
    return (pixels / pixels.sum()).float()


def stamp(psf: Psf, r: int) -> Tensor:
    """The PSF integrated over (2 r + 1, 2 r + 1) pixels, double; its peak is near 1."""
    step = 1 / OVERSAMPLE
    fine = torch.arange(-r - 0.5 + step / 2, r + 0.5, step, dtype=torch.float64)
    y, x = fine[:, None] - psf.shift[0], fine - psf.shift[1]
    cos, sin = math.cos(psf.angle), math.sin(psf.angle)
    squeeze = math.sqrt(1 - psf.ellipticity)
    major, minor = (x * cos + y * sin) * squeeze, (y * cos - x * sin) / squeeze
    profile = _profile(torch.hypot(major, minor), psf)
    return functional.avg_pool2d(profile[None, None], OVERSAMPLE)[0, 0]


def _profile(radius: Tensor, psf: Psf) -> Tensor:
    if psf.kind == "gaussian":
        return torch.exp(-4 * math.log(2) * (radius / psf.fwhm).square())
    if psf.kind == "moffat":
        alpha = psf.fwhm / (2 * math.sqrt(2 ** (1 / psf.beta) - 1))
        return (1 + (radius / alpha).square()) ** -psf.beta
    v = (radius / psf.fwhm * (2 * HALF_AIRY)).clamp_min(1e-6)
    field = _jinc(v) - OBSCURED**2 * _jinc(OBSCURED * v)
    return (field / (1 - OBSCURED**2)).square()


def _jinc(v: Tensor) -> Tensor:
    return 2 * torch.special.bessel_j1(v) / v


def _half_airy() -> float:
    """Where the obstructed Airy pattern falls to half its peak, in units of pi r D / lambda f."""
    v = torch.linspace(1e-3, 2.5, 20_001, dtype=torch.float64)
    pattern = ((_jinc(v) - OBSCURED**2 * _jinc(OBSCURED * v)) / (1 - OBSCURED**2)).square()
    return float(v[int((pattern < 0.5).int().argmax())])


HALF_AIRY = _half_airy()


def blur(e_B1HW: Tensor, psfs: list[Psf | None]) -> Tensor:
    """Convolve each picture with its PSF (None leaves it); edges are mirrored.

    Away from the edges the flux is conserved. Sides must exceed the PSFs' radii.
    """
    made = [
        e if psf is None else _convolved(e[None], kernel(psf).to(e))[0]
        for e, psf in zip(e_B1HW, psfs, strict=True)
    ]
    return torch.stack(made)


def blurred(electrons: NDArray[np.float32], psf: Psf) -> NDArray[np.float32]:
    """`blur` of one plane (H, W)."""
    fine = torch.from_numpy(np.ascontiguousarray(electrons, np.float32))[None, None]
    return blur(fine, [psf])[0, 0].numpy()


def _convolved(e_11HW: Tensor, k_KK: Tensor) -> Tensor:
    r = k_KK.shape[0] // 2
    padded = functional.pad(e_11HW, (r, r, r, r), mode="reflect")
    return functional.conv2d(padded, k_KK.flip(0, 1)[None, None])


def integrate(e_B1HW: Tensor, s: int) -> Tensor:
    """The detector's pixels: sums over s x s boxes of the fine grid."""
    return functional.avg_pool2d(e_B1HW, s) * s**2


def expose(e_B1HW: Tensor, sky: Tensor, read: Tensor, generator: torch.Generator) -> Tensor:
    """Count photons and read the detector out: Poisson(e + sky) + N(0, read) - sky.

    Parameters
    ----------
    e_B1HW
        Expected electrons without sky, >= -sky.
    sky, read
        Sky electrons a pixel and read noise in electrons, (B,) each.
    """
    sky_B111, read_B111 = sky.view(-1, 1, 1, 1), read.view(-1, 1, 1, 1)
    counted = torch.poisson((e_B1HW + sky_B111).clamp_min(0), generator=generator)
    return counted - sky_B111 + read_B111 * _normal(e_B1HW, generator)


def correlate(noise_B1HW: Tensor, share: float) -> Tensor:
    """Noise as drizzling leaves it: each pixel takes the part ``share`` of its right and lower
    neighbours, and the variance stays what it was.
    """
    rolled = [torch.roll(noise_B1HW, shift, (2, 3)) for shift in ((0, -1), (-1, 0), (-1, -1))]
    mixed = noise_B1HW + share * (rolled[0] + rolled[1]) + share**2 * rolled[2]
    return mixed / (1 + share**2)


def saturate(e_B1HW: Tensor, full_well: Tensor) -> Tensor:
    """Clip at the full well (B,); what is above it bleeds up and down the columns, half each
    way, until it finds room, as in a CCD. The frame's edges swallow the rest.
    """
    well = full_well.view(-1, 1, 1)
    e = e_B1HW[:, 0].clone()
    for order, share in ((range(e.shape[1]), 0.5), (range(e.shape[1] - 1, -1, -1), 1.0)):
        carried = torch.zeros_like(e[:, 0])
        for row in order:
            over = (e[:, row] - well[:, 0]).clamp_min(0) * share
            room = (well[:, 0] - e[:, row]).clamp_min(0)
            taken = torch.minimum(room, carried)
            e[:, row] += taken - over
            carried = carried - taken + over
    return e.minimum(well)[:, None]


def strike(e_B1HW: Tensor, rate: float, generator: torch.Generator) -> Tensor:
    """Cosmic rays: on average ``rate`` straight tracks a picture, 1 to 12 pixels long, of 500 to
    5,000 electrons a pixel.
    """
    made = e_B1HW.clone()
    height, width = made.shape[-2:]
    for picture in made[:, 0]:
        mean = torch.tensor(rate, device=made.device)
        for _ in range(int(torch.poisson(mean, generator=generator))):
            draw = torch.rand(5, generator=generator, device=made.device).tolist()
            angle, length = math.pi * draw[0], 1 + 11 * draw[1]
            steps = torch.arange(0, length, 0.5, device=made.device)
            rows = (draw[2] * height + steps * math.sin(angle)).long().clamp(0, height - 1)
            columns = (draw[3] * width + steps * math.cos(angle)).long().clamp(0, width - 1)
            picture[rows, columns] += 500 * 10 ** draw[4]
    return made


def slope(e_B1HW: Tensor, strength: Tensor, angle: Tensor) -> Tensor:
    """Add a linear gradient of the sky: -strength to +strength (B,) across the frame, rising in
    the direction of ``angle`` (B,), radians.
    """
    height, width = e_B1HW.shape[-2:]
    y = torch.linspace(-1, 1, height, device=e_B1HW.device).view(1, 1, -1, 1)
    x = torch.linspace(-1, 1, width, device=e_B1HW.device).view(1, 1, 1, -1)
    turn = angle.view(-1, 1, 1, 1)
    plane = (x * turn.cos() + y * turn.sin()) / (turn.cos().abs() + turn.sin().abs())
    return e_B1HW + plane * strength.view(-1, 1, 1, 1)


def _normal(like: Tensor, generator: torch.Generator) -> Tensor:
    return torch.randn(like.shape, generator=generator, device=like.device, dtype=like.dtype)
