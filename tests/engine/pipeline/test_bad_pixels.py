"""Pixels that are no measurement: told, filled for networks, given back, and never spread."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from astropy.io import fits
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.ndimage import maximum_filter, minimum_filter
from torch.nn.functional import max_pool2d

from astroview.core.bad_pixels.pixel_rule import any_of, rule_of
from astroview.core.bad_pixels.star_test import sharper_than_a_star
from astroview.core.errors import AstroviewError
from astroview.core.frame import ArraySource, Frame, Window
from astroview.core.models.model_card import ModelCard, Tiling
from astroview.core.models.shelf import ModelShelf, default_shelf
from astroview.core.options import EnhanceOptions
from astroview.engine.networks import weights
from astroview.engine.networks.bounded import SIGMAS, star_share
from astroview.engine.networks.star_room import star_room
from astroview.engine.networks.superres import Compact
from astroview.engine.pipeline.enhance import enhance
from astroview.engine.pipeline.enhance_plan import setting_for
from astroview.engine.pipeline.filled_pixels import filled

CPU = EnhanceOptions(colorizer=None, device="cpu")
X2 = replace(CPU, superres="superres-x2", uncertainty=False)


def nothing(*_: object) -> None:
    """No progress is shown."""


@pytest.fixture(scope="module")
def wild(tmp_path_factory: pytest.TempPathFactory) -> ModelShelf:
    """A small super-resolver whose answers are wild."""
    return small_model(0.5, tmp_path_factory.mktemp("wild"))


@pytest.fixture(scope="module")
def tame(tmp_path_factory: pytest.TempPathFactory) -> ModelShelf:
    """One whose answers rounding does not change much."""
    return small_model(0.02, tmp_path_factory.mktemp("tame"))


def small_model(strength: float, folder: Path) -> ModelShelf:
    torch.manual_seed(0)
    network = Compact(2, 8, 2)
    torch.nn.init.normal_(network.tail.weight, std=strength)
    hyper = {"scale": 2, "width": 8, "depth": 2}
    card = ModelCard("tiny", "Tiny", "superres", "compact", hyper, Tiling(512, 24), "", scale=2)
    weights.store(card, network, folder / "tiny")
    return ModelShelf((folder,))


def linear(samples: np.ndarray, header: fits.Header | None = None) -> Frame:
    shape = samples.shape[:2]
    channels = 3 if samples.ndim == 3 else 1
    return Frame(
        "f", shape, channels, "linear", ArraySource(samples.astype(np.float32)), None, header=header
    )


def sky(height: int, width: int, seed: int = 0, stars: int = 12) -> np.ndarray:
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:height, :width]
    picture = rng.normal(100, 5, (height, width))
    for _ in range(stars):
        cy, cx = rng.uniform(0, height), rng.uniform(0, width)
        picture += rng.uniform(50, 3000) * np.exp(-((y - cy) ** 2 + (x - cx) ** 2) / 2)
    return picture.astype(np.float32)


def boxes(fine: np.ndarray) -> np.ndarray:
    height, width = fine.shape
    return fine.reshape(height // 2, 2, width // 2, 2).mean((1, 3))


@pytest.mark.parametrize("value", [-99, -999, -9999, -32768, 0, -1e4, -3e38, -1234.5])
def test_what_stands_for_no_data_is_told_and_given_back(value: float, tmp_path: Path):
    samples = sky(60, 60)
    samples[20:23, 30:40] = value
    samples[50, 50] = value
    frame = linear(samples)
    made = enhance(frame, X2, tmp_path, default_shelf(), nothing)
    fine = made.read()
    assert (fine[40:46, 60:80] == np.float32(value)).all()
    rest = np.where(np.repeat(np.repeat(samples == np.float32(value), 2, 0), 2, 1), 100, fine)
    assert rest.min() > 50
    assert any(line.startswith("pixels that are no measurement: 31") for line in made.history)


@given(
    value=st.sampled_from([-1e10, 1e20, -3.4e38, 3.4e38, -12345.0, -500.0, -999.0]),
    other=st.sampled_from([-1e10, 1e30, -2e4, None]),
    rows=st.integers(1, 20),
    seed=st.integers(0, 99),
)
@settings(max_examples=40, deadline=None)
def test_what_stands_for_no_data_may_fill_much_of_a_frame(
    value: float, other: float | None, rows: int, seed: int
):
    samples = sky(60, 40, seed)
    plain = any_of(rule_of(samples).told(samples))
    assert not plain.any()
    samples[:rows] = value
    if other is not None:
        samples[-rows // 2 :, ::2] = other
    told = rule_of(samples).told(samples)
    void = samples == np.float32(value)
    if other is not None:
        void |= samples == np.float32(other)
    assert np.array_equal(any_of(told), void)


@pytest.mark.parametrize("light", [0.03, 0.1, 0.3, 1.0, 3.0])
@pytest.mark.parametrize("unit", [1, 1 / 300.0])
def test_no_photons_are_a_measurement(light: float, unit: float):
    counts = np.random.default_rng(5).poisson(light, (200, 200)).astype(np.float32)
    counts[20:23, 20:23] += 40
    samples = counts * np.float32(unit)
    assert not any_of(rule_of(samples).told(samples)).any()
    samples[50:60] = -999
    assert any_of(rule_of(samples).told(samples)).sum() == 2000


def test_a_sky_beside_very_bright_light_gets_no_pattern(tmp_path: Path):
    samples = np.random.default_rng(6).normal(100, 1, (64, 64)).astype(np.float32)
    samples[10:14, 10:14] += 1e8 * np.random.default_rng(7).random((4, 4), np.float32)
    fine = enhance(linear(samples), X2, tmp_path, default_shelf(), nothing).read()[60:, 60:]
    within = fine.reshape(34, 2, 34, 2).std((1, 3))
    assert np.median(within) < 0.6


def test_full_pixels_stay_full_for_the_viewers_mark(tmp_path: Path):
    samples = sky(64, 64)
    samples[10:14, 10:14] = 65535.0
    header = fits.Header({"SATURATE": 60000.0})
    fine = enhance(linear(samples, header), X2, tmp_path, default_shelf(), nothing).read()
    assert (fine[20:28, 20:28] == 65535).all()
    outside = fine.copy()
    outside[20:28, 20:28] = 100
    assert outside.max() < 4000
    # A level that a tenth of the frame is above is one of other units.
    assert rule_of(samples, full=90.0).full is None


def test_a_full_column_and_a_struck_pixel_do_not_reach_their_neighbours(tmp_path: Path):
    samples = sky(64, 64, stars=0)
    samples[:, 20] = 65535
    samples[40:42, 40:42] += 60000
    fine = enhance(linear(samples), X2, tmp_path, default_shelf(), nothing).read()
    rest = np.delete(fine, (40, 41), 1)
    rest[80:84, 78:82] = 100
    assert rest.min() > 70
    assert rest.max() < 130
    assert boxes(fine) == pytest.approx(samples, rel=1e-5)


@pytest.mark.parametrize("model", ["superres-x2", "superres-x4"])
def test_beside_a_bad_pixel_nothing_leaves_the_range_of_its_neighbours(model: str, tmp_path: Path):
    samples = np.random.default_rng(12).normal(100, 5, (40, 40)).astype(np.float32)
    samples[20, 20] = -999
    options = replace(X2, superres=model)
    fine = enhance(linear(samples), options, tmp_path, default_shelf(), nothing).read()
    scale = fine.shape[0] // 40
    around = np.delete(samples[18:23, 18:23].ravel(), 12)
    near = fine[19 * scale : 22 * scale, 19 * scale : 22 * scale]
    near = near[near > -900]
    assert near.min() >= around.min() - 1e-3
    assert near.max() <= around.max() + 1e-3


@pytest.mark.parametrize("fwhm", [1.3, 2.0, 4.0])
def test_stars_are_no_cosmic_rays(fwhm: float):
    rng = np.random.default_rng(4)
    side, many, noise = 13, 32, 5.0
    field = np.full((many * side, many * side), 100.0)
    place = np.arange(side) + 0.5
    for i in range(many):
        for j in range(many):
            cy, cx = side // 2 + rng.random(2)
            r2 = (place[:, None] - cy) ** 2 + (place - cx) ** 2
            star = np.exp(-4 * np.log(2) * r2 / fwhm**2)
            flux = noise * np.exp(rng.uniform(np.log(150), np.log(2e4)))
            field[i * side : (i + 1) * side, j * side : (j + 1) * side] += flux * star / star.sum()
    seen = (rng.poisson(field - 75) + 75).astype(np.float32)
    taken = sharper_than_a_star(seen, noise)
    taken = taken.reshape(many, side, many, side).any((1, 3))
    assert taken.sum() <= 1


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_tiles_agree_with_the_whole_across_gaps_wider_than_a_tile(
    data: st.DataObject, tame: ModelShelf, tmp_path_factory: pytest.TempPathFactory
):
    samples = sky(120, 130, data.draw(st.integers(0, 99)))
    for _ in range(data.draw(st.integers(1, 4))):
        y, x = data.draw(st.integers(0, 119)), data.draw(st.integers(0, 129))
        height, width = (data.draw(st.sampled_from([1, 2, 50])) for _ in range(2))
        value = data.draw(st.sampled_from([np.nan, -999.0, 65535.0, 3e4]))
        samples[y : y + height, x : x + width] = value
    folder = tmp_path_factory.mktemp("made")
    whole, tiled = (
        enhance(linear(samples), replace(CPU, tile=tile), folder / str(tile), tame, nothing)
        for tile in (None, 33)
    )
    one, other = whole.read(), tiled.read()
    assert np.array_equal(np.isnan(one), np.isnan(other))
    assert np.nanmax(np.abs(one - other), initial=0) < 1e-4 * np.nanmax(np.abs(one))
    assert whole.history == tiled.history


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_frame_makes_a_network_wild(
    data: st.DataObject, wild: ModelShelf, tmp_path_factory: pytest.TempPathFactory
):
    """Outliers, gaps, saturation, sentinels, any size, scales from 1e-30 to 1e30."""
    height, width = (data.draw(st.integers(1, 24)) for _ in range(2))
    scale = 10.0 ** data.draw(st.integers(-30, 30))
    samples = sky(height, width, data.draw(st.integers(0, 99)), stars=3).astype(np.float64)
    for _ in range(data.draw(st.integers(0, 3))):
        y, x = data.draw(st.integers(0, height - 1)), data.draw(st.integers(0, width - 1))
        samples[y : y + 2, x : x + 3] = data.draw(st.sampled_from([np.nan, -999, 1e6, 65535, 100]))
    seen = (samples * scale).astype(np.float32)
    if not np.isfinite(seen).any():
        return
    own = data.draw(st.booleans())
    options = CPU if own else X2
    frame = linear(seen)
    shelf = wild if own else default_shelf()
    made = enhance(frame, options, tmp_path_factory.mktemp("made"), shelf, nothing)
    fine = made.read().astype(np.float64)
    bad = np.isnan(seen)
    assert np.array_equal(np.isnan(fine), np.repeat(np.repeat(bad, 2, 0), 2, 1))
    noise = setting_for(frame, options).noise
    high = maximum_filter(np.where(bad, -np.inf, seen.astype(np.float64)), 3)
    low = minimum_filter(np.where(bad, np.inf, seen.astype(np.float64)), 3)
    # What stands for a bad pixel may count as a neighbour: it lies within the frame's range.
    room = (star_share(2) * (high - low) if noise is not None else 0) + SIGMAS * (noise or 0)
    far = np.nanmax(seen.astype(np.float64)) - np.nanmin(seen.astype(np.float64))
    room = np.where(_near_bad(frame, options), far + room, room)
    edge = 1e-5 * np.nanmax(np.abs(seen)) + 1e-42
    high, low = np.fmax(high + room, star_light(frame, options)), low - room
    high, low = (np.repeat(np.repeat(a, 2, 0), 2, 1) for a in (high, low))
    good = np.isfinite(fine)
    assert (fine <= high + edge)[good].all()
    assert (fine >= low - edge)[good].all()
    assert np.abs(boxes(fine) - seen)[~bad].max() <= 4 * edge


def star_light(frame: Frame, options: EnhanceOptions) -> np.ndarray:
    """What stars allow, of the frame as networks see it."""
    setting, x = setting_for(frame, options), frame.read()
    none = np.full(x.shape, -np.inf)
    if setting.noise is None:
        return none
    assert setting.rule is not None
    unit = float(np.nanmax(np.abs(x))) or 1.0
    seen = filled(x, any_of(setting.rule.bad(x)), setting.fill) / np.float64(unit)
    planes = torch.from_numpy(seen)[None, None]
    high, low = (max_pool2d(n, 3, 1, 1) for n in (planes, -planes))
    found = star_room(planes, -low, high, 2, setting.noise / unit)
    return none if found is None else found[0, 0].numpy() * unit + SIGMAS * setting.noise


def _near_bad(frame: Frame, options: EnhanceOptions) -> np.ndarray:
    rule = setting_for(frame, options).rule
    assert rule is not None
    return maximum_filter(any_of(rule.bad(frame.read())), 3)


@pytest.mark.parametrize("shape", [(1, 1), (2, 2), (3, 3), (4, 4), (1, 9)])
def test_tiny_frames_stay_within_what_they_hold(shape: tuple[int, int], tmp_path: Path):
    samples = np.random.default_rng(2).normal(100, 5, shape).astype(np.float32)
    fine = enhance(linear(samples), X2, tmp_path, default_shelf(), nothing).read()
    assert samples.min() <= fine.min()
    assert fine.max() <= samples.max()


@pytest.mark.parametrize("value", [0.0, 7e-19, -3.0, 1e30, 65535.0])
@pytest.mark.parametrize("model", ["superres-x2", "superres-x4"])
def test_a_constant_comes_out_as_it_went_in(value: float, model: str, tmp_path: Path):
    frame = linear(np.full((20, 30), value))
    fine = enhance(frame, replace(X2, superres=model), tmp_path, default_shelf(), nothing).read()
    assert (fine == np.float32(value)).all()


def test_an_interval_reaches_from_a_bad_pixel_to_what_stands_for_it(tmp_path: Path):
    samples = sky(60, 60, stars=0)
    samples[30, 30], samples[10, 10] = -999, np.nan
    made = enhance(
        linear(samples), replace(X2, uncertainty=True), tmp_path, default_shelf(), nothing
    )
    assert made.uncertainty is not None
    half = made.uncertainty.read(Window.whole(made.shape), 1)
    assert np.isnan(half[20:22, 20:22]).all()
    assert np.isfinite(half).sum() == half.size - 4
    assert (half[60:62, 60:62] > 1050).all()
    assert half[60:62, 63:70].max() < 100


@pytest.mark.parametrize("task", ["superres", "colorize"])
def test_a_model_of_no_numbers_is_refused(task: str, tmp_path: Path):
    card = next(c for c in default_shelf().cards(task) if c.task == task)  # type: ignore[arg-type]
    network = weights.load(card, torch.device("cpu"))
    with torch.no_grad():
        next(iter(network.parameters())).fill_(float("nan"))
    weights.store(replace(card, id="broken", uncertainty={}), network, tmp_path / "broken")
    shelf = ModelShelf((tmp_path,))
    options = EnhanceOptions(device="cpu", colorizer=None, superres=None)
    chosen = {"superres": "broken"} if task == "superres" else {"colorizer": "broken"}
    with pytest.raises(AstroviewError, match="broken weights") as caught:
        enhance(linear(sky(40, 40)), replace(options, **chosen), tmp_path / "x", shelf, nothing)  # type: ignore[arg-type]
    assert caught.value.hint


def test_display_pictures_have_no_bad_values(tmp_path: Path):
    picture = np.full((30, 30), 255, np.uint8)
    picture[:, :15] = 0
    frame = Frame("p", (30, 30), 1, "display", ArraySource(picture), 255.0)
    made = enhance(frame, X2, tmp_path, default_shelf(), nothing)
    assert any("display picture" in line for line in made.history)
    assert not any("no measurement" in line for line in made.history)
