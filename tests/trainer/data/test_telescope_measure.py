"""What is measured of a telescope is what it was made with, and what is made with that looks so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import telescope as made_up
import torch

from astroview.core.frame import ArraySource, Frame
from astroview.core.io.open_file import open_frame
from trainer.data import telescope_measure, telescope_pairs
from trainer.data.telescope_measure import Telescope, look_at, measure, star_width
from trainer.data.telescope_model import Psf


def seen(psf: Psf, share: float, count: int = 2, side: int = 128) -> list:
    """Frames of a telescope, looked at."""
    frames = [made_up.samples(psf, seed, side, share) for seed in range(count)]
    looks = [
        look_at(Frame(f"{i}", x.shape, 1, "linear", ArraySource(x), None))
        for i, x in enumerate(frames)
    ]
    return [one for one in looks if one]


@pytest.mark.parametrize(
    ("psf", "share"),
    [
        (Psf("moffat", 0.75, 3.2, 0.0), 0.0),  # undersampled
        (Psf("moffat", 2.6, 2.5, 0.0), 0.3),
        (Psf("moffat", 1.4, 3.5, 0.2, 0.6), 0.0),
        (Psf("moffat", 3.4, 4.5, 0.25, -0.9), 0.15),
    ],
)
def test_a_telescope_is_what_its_frames_say(psf: Psf, share: float):
    found = measure(seen(psf, share))
    assert found
    assert found.psf.fwhm == pytest.approx(psf.fwhm, rel=0.08)
    assert found.share == pytest.approx(share, abs=0.08)
    skies = [telescope_pairs.scene(found, seed, 2, 96) for seed in range(50_000, 50_003)]
    for exposed in telescope_pairs.exposures(found, skies, 2, 1):  # as bright as the frames
        light = float(np.quantile(exposed.seen, 0.999)) * found.gain
        bright = light / np.sqrt(light + (found.noise * found.gain) ** 2)
        assert 0.8 * found.peaks[0] < bright < 1.2 * found.peaks[1]
    noise = np.sqrt(made_up.SKY + made_up.READ**2) / made_up.GAIN
    assert found.noise == pytest.approx(noise, rel=0.06)
    assert found.psf.ellipticity == pytest.approx(psf.ellipticity, abs=0.08)
    if psf.ellipticity > 0.1:
        off = (found.psf.angle - psf.angle + np.pi / 2) % np.pi - np.pi / 2
        assert abs(off) < 0.2


def test_stars_that_no_moffat_describes_measure_nothing():
    """Out of focus, around a large secondary mirror, a star is a ring."""
    alike = [made_up.samples(Psf("moffat", 1.4, 3.0), seed, 128, 0.0) for seed in range(2)]
    turns = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    places = {(round(4 * np.sin(t)), round(4 * np.cos(t))) for t in turns}
    rings = [sum(np.roll(x, place, (0, 1)) for place in places) + 2 * x for x in alike]
    for frames, known in ((alike, True), (rings, False)):
        looks = [look_at(Frame("x", x.shape, 1, "linear", ArraySource(x), None)) for x in frames]
        assert (measure([one for one in looks if one]) is not None) == known


def test_a_field_full_of_nebula_says_no_more_of_the_noise_than_a_dark_one():
    dark = [made_up.samples(Psf("moffat", 1.8, 3.0), seed, 128, 0.0) for seed in range(3)]
    y, x = np.mgrid[:128, :128]
    clouds = 400 * np.sin(y / 1.7) * np.sin(x / 1.9)
    frames = [*dark, *(one + clouds.astype(np.float32) for one in dark)]
    looks = [look_at(Frame("x", f.shape, 1, "linear", ArraySource(f), None)) for f in frames]
    alone, together = measure(looks[:3]), measure(looks)
    assert alone
    assert together
    assert together.noise == pytest.approx(alone.noise, rel=0.05)


def test_stars_are_told_from_galaxies_by_being_alike():
    rng = np.random.default_rng(3)
    stars = 1.1 * np.exp(rng.normal(0, 0.03, 25))
    galaxies = np.exp(rng.uniform(np.log(1.4), np.log(9), 60))
    found = star_width(np.concatenate([galaxies, stars]))
    assert found == pytest.approx(1.1, rel=0.04)
    assert star_width(stars[:3]) is None
    assert star_width(np.zeros(0)) is None


@pytest.mark.parametrize("kind", ["flat", "nothing but noise", "display"])
def test_what_is_no_telescopes_frame_measures_nothing(kind: str):
    x = np.full((96, 96), 7.0, np.float32)
    if kind == "nothing but noise":
        x = x + np.random.default_rng(1).normal(0, 1, x.shape).astype(np.float32)
    frame = Frame("x", x.shape, 1, "display" if kind == "display" else "linear", ArraySource(x), 1)
    one = look_at(frame)
    assert one is None or measure([one]) is None


def test_pairs_have_the_telescopes_width_noise_and_flux(tmp_path: Path):
    psf = Psf("moffat", 2.2, 3.0, 0.0)
    folder = made_up.write_frames(tmp_path / "frames", psf, 2, side=128)
    frames = [one for path in sorted(folder.iterdir()) if (one := look_at(open_frame(path)))]
    telescope = measure(frames)
    assert isinstance(telescope, Telescope)
    assert telescope.told
    assert telescope.gain == made_up.GAIN
    truths = [t for one in frames for t in telescope_pairs.own(telescope, one, 2)]
    assert truths
    exposed = list(telescope_pairs.exposures(telescope, truths, 2, 5))
    again = [one for e in exposed if (one := look_at(e.frame))]
    looked = measure(again)
    assert looked
    assert looked.psf.fwhm == pytest.approx(telescope.psf.fwhm, rel=0.12)
    for truth, exposure in zip(truths, exposed, strict=True):
        assert exposure.truth.shape == tuple(2 * n for n in exposure.seen.shape)
        means = exposure.truth.reshape(exposure.seen.shape[0], 2, -1, 2).mean((1, 3))
        grain = (exposure.seen - means)[means < np.quantile(means, 0.3)]
        assert abs(float(grain.mean())) < telescope.noise / 5
        assert float(grain.std()) == pytest.approx(telescope.noise, rel=0.1)
        total = float(truth.electrons.sum()) / telescope.gain
        assert float(means.sum()) == pytest.approx(total, rel=1e-4)


def test_the_matching_kernel_widens_and_sharpens_nothing():
    for psf in (Psf("moffat", 1.3, 2.5, 0.2, 0.4), Psf("moffat", 3.0, 4.0)):
        kernel = telescope_pairs.matching_kernel(psf, 2)
        assert float(kernel.sum()) == pytest.approx(1, abs=1e-5)
        assert float(torch.fft.rfft2(kernel).abs().max()) < 1.01
        assert float(kernel.min()) > -0.02 * float(kernel.max())


def test_a_header_tells_the_gain_or_nobody():
    x = np.zeros((64, 64), np.float32)
    frame = Frame("x", (64, 64), 1, "linear", ArraySource(x), None)
    assert telescope_measure.gain_of(frame) == 0


@pytest.mark.parametrize("value", [0.0, 65535.0, 1e30])
def test_a_rim_of_what_stands_for_no_data_is_as_one_of_none(value: float):
    blank = made_up.samples(Psf("moffat", 2.4, 2.8, 0.0), 1, 240)
    blank[:30] = blank[:, -40:] = np.nan
    one, other = (
        look_at(Frame("", x.shape, 1, "linear", ArraySource(x), None))
        for x in (blank, np.where(np.isnan(blank), np.float32(value), blank))
    )
    assert one
    assert other
    assert (one.sky, one.noise, one.share, one.bright) == (
        *(other.sky, other.noise, other.share, other.bright),
    )
    assert len(one.sources.x) > 8
    assert np.array_equal(one.sources.x, other.sources.x)
    assert np.array_equal(one.frame.read(), other.frame.read(), equal_nan=True)


def test_frames_of_another_unit_have_no_say(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(telescope_measure, "MOST", 3)
    looks = seen(Psf("moffat", 2.4, 2.8, 0.0), 0.0, 3)
    adu = [replace(one, frame=replace(one.frame, unit="adu")) for one in looks[:2]]
    mega = replace(looks[2], frame=replace(looks[2].frame, unit="MJy/sr"), noise=1e-3, bright=1.0)
    mixed, plain = measure([mega, *adu]), measure(adu)
    assert plain
    assert mixed == plain
    assert telescope_pairs.own(plain, adu[0], 2)
    assert not telescope_pairs.own(plain, mega, 2)
