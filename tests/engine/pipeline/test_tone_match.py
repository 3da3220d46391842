"""A palette that was taken from a picture is obeyed: tones get its chroma, wherever tiles lie."""

import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st

from astroview.engine.networks.palette_code import GAIN, TONES, palette_code
from astroview.engine.pipeline.palette_choice import OBEYED, USUAL, of_picture
from astroview.engine.pipeline.tone_match import MOST, ToneMatch, tone_match


def scene(seed: int, pale: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Lightness with all tones, and chroma that follows it, with spread of its own."""
    rng = np.random.default_rng(seed)
    light = np.linspace(0, 1, 64 * 64, dtype=np.float32).reshape(64, 64)
    hue = rng.uniform(-0.1, 0.1, 2)
    chroma = hue * light[..., None] + 0.02 * rng.normal(size=(64, 64, 2))
    return light, (pale * chroma).astype(np.float32)


def code_of(light: np.ndarray, chroma: np.ndarray) -> np.ndarray:
    ab = torch.from_numpy(np.moveaxis(chroma, -1, 0).copy())[None]
    return palette_code(torch.from_numpy(light)[None, None], ab)[0].numpy()


def means(code: np.ndarray) -> np.ndarray:
    return code[: 5 * len(TONES)].reshape(-1, 5)[:, :2] / GAIN


def spreads(code: np.ndarray) -> np.ndarray:
    return code[: 5 * len(TONES)].reshape(-1, 5)[:, 2:4] / GAIN


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.floats(0.3, 1.5))
def test_tones_come_near_to_the_palette(mine: int, theirs: int, pale: float) -> None:
    light, painted = scene(mine, pale)
    wanted = code_of(*scene(theirs))
    match = tone_match(light, painted, tuple(float(n) for n in wanted))
    made = code_of(light, match.of(painted, light))
    before = code_of(light, painted)
    gap, gap_before = (np.abs(means(c) - means(wanted)).mean() for c in (made, before))
    assert gap <= 0.35 * gap_before + 1e-3  # tones overlap, so not quite
    wide, wide_before = (
        np.abs(np.log(spreads(c) / spreads(wanted))).mean() for c in (made, before)
    )
    assert wide <= wide_before + 0.05
    assert match.ratio.max() <= MOST


def test_a_pale_answer_to_its_own_palette_becomes_more_colourful_not_less_true() -> None:
    light, truth = scene(3)
    painted = (0.7 * truth).astype(np.float32)
    match = tone_match(light, painted, tuple(float(n) for n in code_of(light, truth)))
    made = match.of(painted, light)
    assert np.abs(made - truth).mean() < 0.6 * np.abs(painted - truth).mean()
    assert np.linalg.norm(made, axis=-1).mean() > np.linalg.norm(painted, axis=-1).mean()


def test_any_part_of_a_frame_is_moved_as_the_whole_is() -> None:
    light, painted = scene(5)
    match = tone_match(light, painted, tuple(float(n) for n in code_of(*scene(6))))
    whole, part = match.of(painted, light), np.s_[17:40, 5:29]
    assert np.array_equal(whole[part], match.of(painted[part], light[part]))


@given(st.integers(0, 10_000))
def test_coefficients_say_the_same_as_what_they_paint(seed: int) -> None:
    rng = np.random.default_rng(seed)
    light = rng.uniform(0, 1, (9, 9)).astype(np.float32)
    maps = rng.normal(0, 0.1, (9, 9, 4)).astype(np.float32)
    made, wanted = (rng.uniform(-0.1, 0.1, (4, 2)).astype(np.float32) for _ in range(2))
    match = ToneMatch(made, wanted, rng.uniform(0.7, 1.4, (4, 2)).astype(np.float32))

    def painted(made: np.ndarray, L: np.ndarray) -> np.ndarray:
        return made[..., :2] * L[..., None] + made[..., 2:]

    near = match.of_maps(maps, light)
    assert np.allclose(painted(near, light), match.of(painted(maps, light), light), atol=2e-6)
    step = np.float32(1e-3)  # and beside it, but where tones meet
    apart = np.abs(light[..., None] - np.array(TONES)).min(-1) > 2 * step
    beside = match.of(painted(maps, light + step), light + step)
    assert np.abs(painted(near, light + step) - beside)[apart].max() < 1e-4


def test_only_codes_of_the_whole_frame_are_obeyed() -> None:
    assert of_picture("M 51", (0.1,) * 24).obeyed
    assert of_picture("M 51", (0.1,) * 24).gain == OBEYED
    by_region = of_picture("M 51", (0.1,) * (24 * 16))
    assert not by_region.obeyed
    assert by_region.gain == USUAL
