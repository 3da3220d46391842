"""Enhancement of whole frames with the bundled models: tiles, flux, lightness, no data."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from astroview.core import resources
from astroview.core.colour import colour_space
from astroview.core.errors import (
    AstroviewError,
    Cancelled,
    ModelRejected,
    UnreadableFrame,
)
from astroview.core.frame import ArraySource, Frame
from astroview.core.io.open_file import open_frame
from astroview.core.models.model_card import ModelShelf, default_shelf
from astroview.core.options import EnhanceOptions
from astroview.engine.pipeline.enhance import enhance

RNG = np.random.default_rng(5)
CPU = EnhanceOptions(device="cpu")


def linear(samples: np.ndarray, channels: int = 1) -> Frame:
    return Frame("test", samples.shape[:2], channels, "linear", ArraySource(samples), None)


def sky(height: int, width: int) -> np.ndarray:
    """Noise, a gradient and a few Gaussian stars, in counts."""
    y, x = np.mgrid[:height, :width]
    picture = RNG.normal(500, 8, (height, width)) + 0.05 * x
    for _ in range(25):
        cy, cx, peak = RNG.uniform(0, height), RNG.uniform(0, width), RNG.pareto(1.2) * 200
        picture += peak * np.exp(-((y - cy) ** 2 + (x - cx) ** 2) / 4)
    return picture.astype(np.float32)


def nothing(*_: object) -> None:
    """No progress is shown."""


def run(frame: Frame, options: EnhanceOptions, folder: Path) -> tuple[np.ndarray, np.ndarray]:
    made = enhance(frame, options, folder, default_shelf(), nothing)
    return made.read(), made.read_chroma()


def test_tiles_of_any_size_agree_with_the_whole(tmp_path: Path):
    frame = linear(sky(150, 190))
    whole = run(frame, CPU, tmp_path / "whole")
    for tile in (64, 101):
        tiled = run(frame, replace(CPU, tile=tile), tmp_path / str(tile))
        scale = np.abs(whole[0]).max()
        assert np.abs(tiled[0] - whole[0]).max() < 1e-5 * scale
        assert np.abs(tiled[1] - whole[1]).max() < 1e-3


@pytest.mark.parametrize("channels", [1, 3])
def test_every_input_pixel_keeps_its_flux(tmp_path: Path, channels: int):
    samples = sky(60, 70) if channels == 1 else np.stack([sky(60, 70) * k for k in (1, 2, 3)], -1)
    fine, _ = run(linear(samples, channels), CPU, tmp_path)
    boxes = fine.reshape(60, 2, 70, 2, -1).mean((1, 3)).reshape(samples.shape)
    assert np.abs(boxes / samples - 1).max() < 1e-5


def test_grey_pictures_keep_their_lightness(tmp_path: Path):
    options = replace(CPU, superres=None)
    frame = open_frame(resources.sample("nebula.png"))
    made = enhance(frame, options, tmp_path, default_shelf(), nothing)
    grey = frame.read() / frame.full_scale
    assert np.array_equal(made.read(), frame.read())
    rgb = colour_space.render(made.read(), made.rendered, made.read_chroma())
    assert np.abs(colour_space.grey(rgb) - grey).max() < 1 / 255
    assert (made.scale, made.shape) == (1, frame.shape)


def test_palettes_change_the_colour_and_are_named_in_the_history(tmp_path: Path):
    frame = linear(sky(64, 64))
    palettes = default_shelf().cards("colorize")[0].palettes
    seen = []
    for palette in (palettes[0], palettes[5]):
        options = replace(CPU, palette=palette.name)
        made = enhance(frame, options, tmp_path / str(len(seen)), default_shelf(), nothing)
        assert any(palette.name in line and "sha256" in line for line in made.history)
        seen.append(made.read_chroma())
    assert np.abs(seen[0] - seen[1]).max() > 0.01


def test_no_data_stays_no_data_and_does_not_spread(tmp_path: Path):
    samples = sky(48, 48)
    samples[10:14, 20:30] = np.nan
    fine, chroma = run(linear(samples), CPU, tmp_path)
    assert np.array_equal(np.isnan(fine), np.isnan(samples).repeat(2, 0).repeat(2, 1))
    assert np.isfinite(chroma).all()


@pytest.mark.parametrize("shape", [(1, 1), (3, 200), (200, 1), (17, 33)])
def test_tiny_and_thin_frames(tmp_path: Path, shape: tuple[int, int]):
    fine, chroma = run(linear(RNG.random(shape).astype(np.float32)), CPU, tmp_path)
    assert fine.shape == (shape[0] * 2, shape[1] * 2)
    assert chroma.shape == (*fine.shape, 2)
    assert np.isfinite(fine).all()


def test_colour_frames_are_sharpened_but_not_painted(tmp_path: Path):
    samples = (RNG.random((40, 40, 3)) * 255).astype(np.uint8)
    frame = Frame("p", (40, 40), 3, "display", ArraySource(samples), 255.0)
    made = enhance(frame, CPU, tmp_path, default_shelf(), nothing)
    assert made.chroma is None
    assert made.read().shape == (80, 80, 3)
    assert any("colours of its own" in line for line in made.history)


def test_what_cannot_be_done_says_so(tmp_path: Path):
    shelf = default_shelf()
    blank = linear(np.full((20, 20), np.nan, np.float32))
    with pytest.raises(UnreadableFrame, match="no data"):
        enhance(blank, CPU, tmp_path, shelf, nothing)
    frame = linear(sky(20, 20))
    for options, error in (
        (replace(CPU, palette="tartan"), ModelRejected),
        (replace(CPU, superres="nobody"), ModelRejected),
        (replace(CPU, device="mps"), AstroviewError),
    ):
        with pytest.raises(error) as caught:
            enhance(frame, options, tmp_path, shelf, nothing)
        assert caught.value.hint
    with pytest.raises(ModelRejected, match="no model"):
        enhance(frame, CPU, tmp_path, ModelShelf((tmp_path / "empty",)), nothing)


def test_progress_rises_to_the_end_and_cancel_stops_at_once(tmp_path: Path):
    seen: list[int] = []

    def watch(done: int, *_: object) -> None:
        seen.append(done)

    def stop(done: int, *_: object) -> None:
        if done > 100:
            raise Cancelled

    frame = linear(sky(120, 120))
    options = replace(CPU, tile=64)
    enhance(frame, options, tmp_path / "a", default_shelf(), watch)
    assert seen == sorted(seen)
    assert seen[-1] == 1000
    with pytest.raises(Cancelled):
        enhance(frame, options, tmp_path / "b", default_shelf(), stop)
