"""astroview from Python, with the bundled models: files and arrays in, the same promises out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import painting
import pytest
from astropy import units
from astropy.io import fits
from PIL import Image

import astroview
from astroview.core import resources
from astroview.core.colour import colour_space
from astroview.core.colour.stretch import Stretch
from astroview.core.errors import CannotSave, ModelRejected, UnreadableFrame
from astroview.core.provenance import TEXTURE_PAINTED

RNG = np.random.default_rng(11)


def sky(height: int = 40, width: int = 56) -> np.ndarray:
    y, x = np.mgrid[:height, :width]
    star = 900 * np.exp(-((y - height / 4) ** 2 + (x - width / 3) ** 2) / 6)
    return (RNG.normal(300, 6, (height, width)) + star).astype(np.float32)


def boxes(samples: np.ndarray) -> np.ndarray:
    """Means of 2 x 2."""
    height, width = samples.shape[0] // 2, samples.shape[1] // 2
    return samples.reshape(height, 2, width, 2, *samples.shape[2:]).mean((1, 3))


def test_a_file_in_a_process_of_its_own(tiny_frame: Path) -> None:
    notes: list[tuple[int, int, str]] = []
    result = astroview.enhance(tiny_frame, device="cpu", progress=lambda *note: notes.append(note))

    stored = fits.getdata(tiny_frame)
    assert result.samples.shape == (96, 128)
    assert result.origin == "lower"  # rows as in the file, not upside down
    assert np.abs(boxes(result.samples) / stored - 1).max() < 1e-5
    assert (result.unit, result.scale) == ("adu", 2)
    assert result.chroma is not None
    assert result.chroma.shape == (96, 128, 2)
    assert any("sha256" in line for line in result.history)
    sky_there = result.wcs.pixel_to_world(2 * 20 + 0.5, 2 * 30 + 0.5)
    from astropy.wcs import WCS

    sky_here = WCS(fits.getheader(tiny_frame)).pixel_to_world(20, 30)
    assert sky_there.separation(sky_here).arcsec < 1e-3
    assert notes
    assert all(of == 1000 or note == "starting" for _, of, note in notes)


def test_colour_keeps_the_lightness(tiny_frame: Path, warm: astroview.Worker) -> None:
    result = astroview.enhance(tiny_frame, device="cpu", worker=warm)
    u = np.clip(result.stretch.forward(result.samples), 0, 1)
    assert result.rgb.shape == (96, 128, 3)
    assert np.abs(colour_space.grey(result.rgb) - u).max() < 1 / 255
    other = result.render(Stretch("linear", 0, 5000))
    assert np.abs(other - result.rgb).max() > 0.1


def test_the_noise_is_left_out_where_that_is_wished(warm: astroview.Worker, tmp_path: Path) -> None:
    samples = sky(96, 96)
    asked = {"device": "cpu", "worker": warm, "colorize": False}
    exact = astroview.enhance(samples, **asked)
    free = astroview.enhance(samples, denoise=True, **asked)
    away = np.abs(boxes(free.samples) - samples)
    assert np.abs(boxes(exact.samples) / samples - 1).max() < 1e-5
    assert 0.1 < away.max() < 4 * 6  # not kept exactly, and within the noise
    assert exact.uncertainty is not None
    assert free.uncertainty is None
    path = free.save(tmp_path / "free.fits")
    assert fits.getheader(path)["AIPHOT"] == "not for photometry"


def test_here_and_there_agree(warm: astroview.Worker) -> None:
    samples = sky()
    there = astroview.enhance(samples, device="cpu", worker=warm)
    here = astroview.enhance(samples, device="cpu", worker=False)
    assert np.array_equal(there.samples, here.samples)
    assert there.chroma is not None
    assert here.chroma is not None
    assert np.array_equal(there.chroma, here.chroma)
    assert there.history == here.history


def test_an_array_is_taken_as_the_file_it_came_from(
    tiny_frame: Path, warm: astroview.Worker
) -> None:
    stored = fits.getdata(tiny_frame)
    array = astroview.enhance(stored, origin="lower", device="cpu", worker=warm)
    file = astroview.enhance(tiny_frame, device="cpu", worker=warm)
    assert np.array_equal(array.samples, file.samples)
    flipped = astroview.enhance(stored[::-1], device="cpu", worker=warm)
    assert np.array_equal(flipped.samples[::-1], file.samples)


def test_no_data_stays_no_data(warm: astroview.Worker) -> None:
    samples = sky()
    samples[3, 4] = np.nan
    samples[5, 6] = np.inf
    masked = np.ma.array(samples, mask=np.zeros_like(samples, bool))
    masked[10:12, 20:23] = np.ma.masked
    result = astroview.enhance(masked, colorize=False, device="cpu", worker=warm)
    blank = np.isnan(result.samples)
    expected = masked.mask | ~np.isfinite(samples)
    assert np.array_equal(blank, expected.repeat(2, 0).repeat(2, 1))
    assert result.chroma is None
    kept = ~expected
    assert np.abs(boxes(result.samples)[kept] / samples[kept] - 1).max() < 1e-5


@pytest.mark.parametrize("worker", [True, False])
def test_colour_arrays_keep_the_flux_of_each_channel(worker: bool, warm: astroview.Worker) -> None:
    samples = np.stack([sky(), 2 * sky(), 3 * sky()], -1)
    result = astroview.enhance(samples, device="cpu", worker=warm if worker else False)
    assert result.samples.shape == (80, 112, 3)
    assert result.chroma is None
    assert np.abs(boxes(result.samples) / samples - 1).max() < 1e-5
    assert any("colours of its own" in line for line in result.history)


@pytest.mark.parametrize("worker", [True, False])
def test_pictures_keep_their_values(worker: bool, warm: astroview.Worker) -> None:
    picture = np.clip(sky() / 6, 0, 255).astype(np.uint8)
    result = astroview.enhance(picture, scale=1, device="cpu", worker=warm if worker else False)
    assert np.array_equal(result.samples, picture)
    assert np.abs(colour_space.grey(result.rgb) - picture / 255).max() < 1 / 255
    sixteen = (sky() * 20).astype(np.uint16)
    result = astroview.enhance(sixteen, kind="display", device="cpu", worker=warm)
    assert result.stretch == Stretch("linear", 0, 65535)


def test_quantities_keep_their_unit(warm: astroview.Worker) -> None:
    flux = sky() * units.electron / units.s
    result = astroview.enhance(flux, colorize=False, device="cpu", worker=warm)
    assert units.Unit(result.unit) == flux.unit


def test_results_are_saved_shown_and_named(
    tiny_frame: Path, tmp_path: Path, warm: astroview.Worker
) -> None:
    result = astroview.enhance(str(tiny_frame), device="cpu", worker=warm)
    with pytest.raises(CannotSave, match="original"):
        result.save(tiny_frame)
    saved = result.save(tmp_path / "fine.fits")
    with fits.open(saved, checksum=True) as hdus:
        assert np.array_equal(hdus["LUMINANCE"].data * 4, result.samples)  # sums of adu
        assert hdus[0].header["AIPHOT"] == "not for photometry"
    (tmp_path / "shown.png").write_bytes(result._repr_png_())
    with Image.open(tmp_path / "shown.png") as shown:
        assert shown.size == (128, 96)
    assert repr(result) == "<Enhanced tiny: 96 x 128, scale 2, colour painted>"


def test_what_progress_raises_stops_the_work(samples: Path, warm: astroview.Worker) -> None:
    def cancel(*_: object) -> None:
        raise astroview.Cancelled

    for worker in (warm, False):
        with pytest.raises(astroview.Cancelled):
            astroview.enhance(samples / "galaxy.fits", device="cpu", worker=worker, progress=cancel)
    assert astroview.enhance(sky(), device="cpu", worker=warm).scale == 2


@pytest.mark.parametrize(
    ("source", "choices", "problem", "words"),
    [
        (np.zeros(7), {}, UnreadableFrame, "shape 7"),
        (np.zeros((2, 3, 4)), {}, UnreadableFrame, "2 x 3 x 4"),
        (np.zeros((0, 5)), {}, UnreadableFrame, "no pixels"),
        (np.array([["a"]]), {}, UnreadableFrame, "no picture"),
        (np.zeros((4, 4)), {"kind": "display"}, UnreadableFrame, "white"),
        (np.full((40, 40), np.nan), {}, UnreadableFrame, "holds no data"),
        ("nowhere.fits", {}, UnreadableFrame, "nowhere.fits"),
        (np.eye(40), {"scale": 3}, ModelRejected, "×3"),
        (np.eye(40), {"scale": 1, "colorize": False}, astroview.AstroviewError, "nothing to do"),
        (np.eye(40), {"palette": "sepia"}, ModelRejected, "sepia"),
    ],
)
def test_bad_input_is_told_in_words(
    source: object,
    choices: dict[str, object],
    problem: type[Exception],
    words: str,
    warm: astroview.Worker,
) -> None:
    with pytest.raises(problem, match=words):
        astroview.enhance(source, device="cpu", worker=warm, **choices)


def test_importing_astroview_is_light() -> None:
    script = "import astroview, sys; print(*sys.modules); assert 'enhance' in dir(astroview)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not set(run.stdout.split()) & {"torch", "numpy", "astropy", "PySide6"}
    with pytest.raises(AttributeError, match="enhanse"):
        _ = astroview.enhanse


def test_the_super_resolver_may_be_named(warm: astroview.Worker):
    grey = sky(24, 32)
    named = astroview.enhance(grey, scale="superres-x2", colorize=False, worker=warm)
    assert named.samples.shape == (48, 64)
    for wrong in ("nobody", "colorizer"):
        with pytest.raises(ModelRejected, match=r"nobody|not a model"):
            astroview.enhance(grey, scale=wrong, colorize=False, worker=warm)


def test_texture_is_painted_only_by_a_model_that_is_named(tmp_path: Path):
    painting.store_painter(resources.user_models())
    painting.store_painter(resources.user_models(), "painter-x3", 3)
    grey = sky(24, 32)
    asked = {"colorize": False, "device": "cpu", "worker": False}
    assert "painter" not in "".join(astroview.enhance(grey, scale=4, **asked).history)
    named = astroview.enhance(grey, scale="painter-x4", **asked)
    assert TEXTURE_PAINTED in "".join(named.history)
    header = fits.getheader(named.save(tmp_path / "named.fits"))
    assert header["AIPHOT"] == "not for photometry"
    with pytest.raises(ModelRejected, match="×3"):
        astroview.enhance(grey, scale=3, **asked)
