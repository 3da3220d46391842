"""The forward model against astropy's and photutils' measures of what it made."""

import math

import numpy as np
import pytest
import torch
from astropy.modeling import fitting, models
from photutils.aperture import CircularAperture, aperture_photometry

from trainer.data import telescope_model
from trainer.data.telescope_model import Psf


def point(side: int = 65, flux: float = 1000.0) -> torch.Tensor:
    e = torch.zeros(1, 1, side, side)
    e[0, 0, side // 2, side // 2] = flux
    return e


def generator(seed: int = 1) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def half_width(k: torch.Tensor) -> float:
    """FWHM along x through the middle, by interpolation."""
    row = k[k.shape[0] // 2].numpy()
    middle = len(row) // 2
    right = middle + np.interp(-row[middle] / 2, -row[middle:], np.arange(len(row) - middle))
    return 2 * float(right - middle)


@pytest.mark.parametrize("kind", ["moffat", "gaussian", "airy"])
@pytest.mark.parametrize("fwhm", [3.0, 4.5])
def test_the_psf_is_as_wide_as_asked(kind: telescope_model.PsfKind, fwhm: float):
    # pixels widen it: a pixel's own second moment is 1/12
    wider = math.sqrt(fwhm**2 + (8 * math.log(2)) / 12)
    assert half_width(telescope_model.kernel(Psf(kind, fwhm))) == pytest.approx(wider, rel=0.05)


def test_astropy_fits_the_moffat_that_was_asked_for():
    psf = Psf("moffat", fwhm=5.0, beta=3.0, shift=(0.3, -0.4))
    k = telescope_model.kernel(psf).numpy()
    y, x = np.mgrid[: k.shape[0], : k.shape[1]] - k.shape[0] // 2
    fit = fitting.TRFLSQFitter()(models.Moffat2D(k.max(), 0, 0, 3, 3), x, y, k)
    assert fit.fwhm == pytest.approx(5.0, rel=0.05)
    assert fit.alpha == pytest.approx(3.0, rel=0.08)
    assert (fit.y_0, fit.x_0) == pytest.approx((0.3, -0.4), abs=0.02)


def test_ellipticity_and_angle():
    k = telescope_model.kernel(Psf("gaussian", 4.0, ellipticity=0.15, angle=math.pi / 6)).double()
    grid = torch.arange(k.shape[0], dtype=torch.float64) - k.shape[0] // 2
    y, x = grid[:, None], grid
    xx, yy, xy = ((k * m).sum() for m in (x * x, y * y, x * y))
    angle = 0.5 * torch.atan2(2 * xy, xx - yy)
    root = torch.sqrt(((xx - yy) / 2) ** 2 + xy**2)
    ratio = torch.sqrt(((xx + yy) / 2 - root) / ((xx + yy) / 2 + root))
    assert float(angle) == pytest.approx(math.pi / 6, abs=0.01)
    assert 1 - float(ratio) == pytest.approx(0.15, abs=0.01)


@pytest.mark.parametrize("psf", [Psf("moffat", 2.0, 3.5), Psf("airy", 2.0), None])
def test_blur_and_pixels_conserve_flux(psf: Psf | None):
    blurred = telescope_model.integrate(telescope_model.blur(point(128), [psf]), 2)[0, 0]
    assert float(blurred.sum()) == pytest.approx(1000, rel=1e-4)
    aperture = CircularAperture((31.75, 31.75), 28)
    measured = aperture_photometry(blurred.numpy(), aperture)["aperture_sum"][0]
    assert measured == pytest.approx(1000, rel=0.01)


def test_noise_has_the_variance_of_photons_and_readout():
    level, sky, read = 40.0, 25.0, 7.0
    e = torch.full((1, 1, 256, 256), level)
    seen = telescope_model.expose(e, torch.tensor([sky]), torch.tensor([read]), generator())
    assert float(seen.mean()) == pytest.approx(level, abs=0.15)
    assert float(seen.var()) == pytest.approx(level + sky + read**2, rel=0.02)


def test_correlated_noise_keeps_its_variance():
    noise = torch.randn(1, 1, 256, 256, generator=generator())
    mixed = telescope_model.correlate(noise, 0.5)
    assert float(mixed.var()) == pytest.approx(1, rel=0.02)
    beside = float((mixed[..., 1:] * mixed[..., :-1]).mean())
    # along a row: (0.5 + 0.5^3) / (1 + 0.5^2)^2 = 0.4
    assert beside == pytest.approx(0.4, abs=0.02)


def test_bleeding_keeps_the_charge_in_its_column():
    e = torch.zeros(1, 1, 41, 9)
    e[0, 0, 20, 4] = 1000.0
    seen = telescope_model.saturate(e, torch.tensor([100.0]))[0, 0]
    assert float(seen.max()) == 100.0
    assert float(seen.sum()) == pytest.approx(1000)
    assert float(seen[:, 4].sum()) == pytest.approx(1000)
    rows = (seen[:, 4] > 0).nonzero().flatten()
    assert 20 - int(rows.min()) == pytest.approx(int(rows.max()) - 20, abs=1)


def test_what_fits_the_well_is_left_alone():
    e = torch.rand(2, 1, 16, 16) * 90
    assert torch.equal(telescope_model.saturate(e, torch.tensor([100.0, 95.0])), e)


def test_cosmic_rays_only_add():
    e = torch.zeros(3, 1, 64, 64)
    struck = telescope_model.strike(e, 5.0, generator(4))
    assert (struck >= 0).all()
    lit = (struck > 0).flatten(1).sum(1)
    assert (lit > 0).all()
    assert (lit < 5 * 4 * 13).all()


def test_a_slope_rises_as_asked():
    seen = telescope_model.slope(torch.zeros(1, 1, 9, 9), torch.tensor([3.0]), torch.tensor([0.0]))
    assert float(seen[..., -1].mean() - seen[..., 0].mean()) == pytest.approx(6)
    assert float(seen.mean()) == pytest.approx(0, abs=1e-6)
