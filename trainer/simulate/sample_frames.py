"""The bundled sample frames: what a camera at a telescope would have written, made from a seed."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from astropy.io import fits
from astropy.wcs import WCS
from PIL import Image

from astroview.core.atomic_write import replacing

from .colours import BANDS
from .detector import Detector, digitise, expose
from .galaxies import Crowd, Pose
from .grid import Floats, Grid
from .nebulae import Nebula
from .optics import Optics
from .scene import Scene, deep_scene, nebula_scene, spiral_scene
from .spirals import Spiral


@dataclass(frozen=True)
class Pointing:
    """Where a frame looks: its centre (degrees), pixel scale and the angle of north."""

    ra_deg: float
    dec_deg: float
    arcsec_per_pixel: float
    rotation_deg: float = 0.0


@dataclass(frozen=True)
class SamplePlan:
    """A frame to be written: the scene, the pointing, the camera and what the header says."""

    scene: Scene
    pointing: Pointing
    detector: Detector
    exposure_s: float
    target: str


def wcs_header(pointing: Pointing, height: int, width: int) -> fits.Header:
    """TAN cards of a frame whose rows run upwards, as FITS has them; north up, east left at 0."""
    wcs = WCS(naxis=2)
    wcs.wcs.ctype = ["RA---TAN", "DEC--TAN"]
    wcs.wcs.radesys = "ICRS"
    wcs.wcs.crval = [pointing.ra_deg, pointing.dec_deg]
    wcs.wcs.crpix = [(width + 1) / 2, (height + 1) / 2]
    step, angle = pointing.arcsec_per_pixel / 3600, np.deg2rad(pointing.rotation_deg)
    wcs.wcs.cdelt = [-step, step]
    wcs.wcs.pc = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    header = wcs.to_header()
    header.remove("MJDREF", ignore_missing=True)
    return header


def galaxy() -> SamplePlan:
    """A face-on spiral through a ground-based telescope."""
    grid = Grid(640, 640, 2, 32)
    spiral = Spiral(Pose(312, 330, 0.84, 38), 66.0, 1.9e8, bulge=0.1, flocculence=0.25, dust=2.6)
    scene = spiral_scene(5, grid, spiral, Optics(1.2), 700.0, Crowd(1100.0))
    detector = Detector(sky=520, read_noise=8)
    return SamplePlan(scene, Pointing(184.7, 14.42, 0.55, 3.0), detector, 3600, "Simulated spiral")


def deep_field() -> SamplePlan:
    """A deep field from above the atmosphere."""
    scene = deep_scene(5, Grid(640, 640, 2, 32), 16)
    detector = Detector(sky=60, read_noise=5, gain=1.0)
    return SamplePlan(
        scene, Pointing(53.16, -27.79, 0.05, 41.0), detector, 5200, "Simulated deep field"
    )


def nebula() -> SamplePlan:
    """An emission nebula with the cluster that lights it."""
    grid = Grid(640, 640, 2, 32)
    scene = nebula_scene(5, grid, Nebula(270, 345, 235.0, 2200.0, opacity=1.7), Optics(1.0), 6000.0)
    detector = Detector(sky=150, read_noise=6)
    return SamplePlan(scene, Pointing(274.7, -13.8, 0.8), detector, 1800, "Simulated nebula")


def fits_bytes(plan: SamplePlan, band: int, adu: bool) -> bytes:
    """A one-plane FITS file: 16-bit ADU with sky and bias, or float32 electron/s without."""
    scene, detector = plan.scene, plan.detector
    rng = np.random.default_rng([scene.seed, 1, band])
    counts = expose(rng, scene.electrons[..., band], detector)
    plane = digitise(counts, detector) if adu else _rate(counts, plan)
    well = np.array([detector.full_well], np.float32)
    full = float((digitise(well, detector) if adu else _rate(well, plan))[0])
    header = wcs_header(plan.pointing, *plane.shape)
    cards: list[tuple[str, object, str]] = [
        ("OBJECT", plan.target, "not a real sky"),
        ("TELESCOP", "simulated", ""),
        ("FILTER", BANDS[band], "Johnson-like"),
        ("BUNIT", "adu" if adu else "electron/s", "unit of the pixels"),
        ("EXPTIME", plan.exposure_s, "[s] total"),
        ("GAIN", detector.gain if adu else plan.exposure_s, "electrons per unit of the pixels"),
        ("RDNOISE", detector.read_noise, "[electron] whole stack"),
        ("SKYLEVEL", detector.sky, "[electron/pixel] mean"),
        ("SATURATE", round(full, 2), "level where pixels clip, unit of the pixels"),
        ("SEED", scene.seed, "of trainer.simulate"),
    ]
    for key, value, comment in cards:
        header[key] = (value, comment)
    hdu = fits.PrimaryHDU(plane[::-1], header)
    hdu.add_checksum(when="by trainer.simulate")
    file = io.BytesIO()
    hdu.writeto(file)
    return file.getvalue()


def _rate(counts: Floats, plan: SamplePlan) -> Floats:
    return ((counts - plan.detector.sky) / plan.exposure_s).astype(np.float32)


def picture_bytes(plan: SamplePlan, weights: tuple[float, float, float], soft: float) -> bytes:
    """A grey 16-bit PNG: noisy bands mixed by `weights`, sky at 3 % of white, asinh-stretched.

    `soft` is where the stretch turns from linear to logarithmic, in electrons.
    """
    scene, detector = plan.scene, plan.detector
    rng = np.random.default_rng([scene.seed, 1])
    counts = expose(rng, scene.electrons, detector) - np.float32(detector.sky)
    grey = counts.astype(np.float64) @ np.array(weights)
    white = float(np.percentile(grey, 99.8))
    level = 0.03 + 0.97 * np.arcsinh(grey / soft) / np.arcsinh(white / soft)
    picture = Image.fromarray(np.rint(np.clip(level, 0, 1) * 65535).astype(np.uint16))
    file = io.BytesIO()
    picture.save(file, format="PNG", compress_level=9)
    return file.getvalue()


@dataclass(frozen=True)
class Sample:
    """A bundled frame: how its plan is made, and how the plan becomes a file."""

    plan: Callable[[], SamplePlan]
    encode: Callable[[SamplePlan], bytes]


FRAMES: dict[str, Sample] = {
    "galaxy.fits": Sample(galaxy, lambda plan: fits_bytes(plan, band=1, adu=True)),
    "nebula.png": Sample(nebula, lambda plan: picture_bytes(plan, (0.1, 0.3, 0.6), soft=250.0)),
    "deep_field.fits": Sample(deep_field, lambda plan: fits_bytes(plan, band=2, adu=False)),
}


def write_all(out: Path) -> list[Path]:
    """Write every bundled frame into `out`; each appears whole or not at all."""
    out.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for name, sample in FRAMES.items():
        with replacing(out / name) as file:
            file.write(sample.encode(sample.plan()))
        written.append(out / name)
    return written
