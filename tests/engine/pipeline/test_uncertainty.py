"""How far off samples may be: carried by results, saved with them; and the mean of 8 turns."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from astropy.io import fits

from astroview.core import resources
from astroview.core.bad_pixels.pixel_rule import NO_DATA, SATURATED, STRUCK, any_of
from astroview.core.colour.stretch import Stretch
from astroview.core.errors import ModelRejected
from astroview.core.frame import ArraySource, Frame, Window
from astroview.core.io.save_file import save_frame
from astroview.core.models.model_card import ModelCard, ModelShelf, Tiling, read_card
from astroview.core.models.shelf import default_shelf
from astroview.core.options import EnhanceOptions
from astroview.engine.networks import weights
from astroview.engine.networks.gated import Gated
from astroview.engine.networks.interval_heads import PREFIX, BesideBad, Spread, Tables, factor
from astroview.engine.networks.residual import EDSR, SRResNet
from astroview.engine.networks.superres import Compact
from astroview.engine.networks.tile_superres import Sharpener, sharpen, turned, turned_back
from astroview.engine.pipeline.enhance import enhance
from astroview.engine.pipeline.tile_stages import TileSamples, near_bad

OPTIONS = EnhanceOptions(colorizer=None, device="cpu")
KNOWN = {"width": 6, "factors": {"linear": [[0.0, 2.0], [0.1, 4.0]], "display": [[0.0, 3.0]]}}


def nothing(*_: object) -> None:
    """No progress is shown."""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> ModelShelf:
    """One small super-resolver that knows how far off it may be."""
    torch.manual_seed(0)
    network, head = Compact(2, 8, 2), Spread(8, 2, 6)
    torch.nn.init.normal_(network.tail.weight, std=0.05)
    torch.nn.init.normal_(head.out.weight, std=0.3)
    folder = tmp_path_factory.mktemp("shelf")
    hyper = {"scale": 2, "width": 8, "depth": 2}
    card = ModelCard("tiny", "Tiny", "superres", "compact", hyper, Tiling(512, 24), "", scale=2)
    state = dict(network.state_dict())
    state |= {PREFIX + name: value for name, value in head.state_dict().items()}
    weights.store_state(replace(card, uncertainty=KNOWN), state, folder / "tiny")
    return ModelShelf((folder,))


def sky(height: int = 60, width: int = 72, channels: int = 1) -> Frame:
    rng = np.random.default_rng(3)
    shape = (height, width) if channels == 1 else (height, width, 3)
    samples = rng.normal(500, 8, shape).astype(np.float32)
    samples[20:23, 30:33] += 4000
    return Frame("sky", (height, width), channels, "linear", ArraySource(samples), None, "adu")


def halves(made: Frame) -> np.ndarray:
    assert made.uncertainty is not None
    return made.uncertainty.read(Window.whole(made.shape), 1)


@pytest.mark.parametrize("channels", [1, 3])
def test_a_result_carries_its_intervals_whatever_the_tiles(
    shelf: ModelShelf, tmp_path: Path, channels: int
):
    frame = sky(channels=channels)
    whole = halves(enhance(frame, OPTIONS, tmp_path / "whole", shelf, nothing))
    tiled = halves(enhance(frame, replace(OPTIONS, tile=40), tmp_path / "tiled", shelf, nothing))
    assert whole.shape == (120, 144)
    assert (whole > 0).all()
    assert np.abs(tiled / whole - 1).max() < 1e-3


def test_no_data_has_no_interval_and_who_wants_none_gets_none(shelf: ModelShelf, tmp_path: Path):
    frame = sky()
    frame.source.array[5, 7] = np.nan  # type: ignore[attr-defined]
    made = halves(enhance(frame, OPTIONS, tmp_path / "a", shelf, nothing))
    assert np.isnan(made[10:12, 14:16]).all()
    assert np.isfinite(made).sum() == made.size - 4
    without = replace(OPTIONS, uncertainty=False)
    assert enhance(frame, without, tmp_path / "b", shelf, nothing).uncertainty is None


def test_the_interval_is_as_wide_as_the_stretch_is_steep():
    network, head = Compact(2, 8, 2), Spread(8, 2, 6)
    head.requires_grad_(requires_grad=False)
    how = Sharpener(
        network.requires_grad_(requires_grad=False), Stretch("linear", 0, 1000.0), noise=100.0
    )
    x = torch.full((1, 1, 8, 8), 500.0)
    half = sharpen(replace(how, spread=head, factor=2.0), x).half
    b = np.exp(-4.5)  # what an untrained head says
    assert half is not None
    assert half.numpy() == pytest.approx(2.0 * b * 1000, rel=1e-4)


def test_saved_fits_have_the_intervals_as_an_extension(shelf: ModelShelf, tmp_path: Path):
    made = enhance(sky(), OPTIONS, tmp_path / "scratch", shelf, nothing)
    path = save_frame(made, tmp_path / "made.fits", Stretch())
    with fits.open(path, checksum=True) as file:
        assert [hdu.name for hdu in file] == ["PRIMARY", "AI_INTERVAL"]
        assert file["AI_INTERVAL"].header["BUNIT"] == "adu"
        assert file["AI_INTERVAL"].header["AIPHOT"] == "not for photometry"
        assert np.array_equal(file["AI_INTERVAL"].data[::-1] * 4, halves(made))  # as the sums
        assert np.array_equal(file[0].data[::-1] * 4, made.read())


def test_the_factor_follows_the_noise(shelf: ModelShelf):
    card = shelf.card("tiny")
    assert [factor(card, "linear", s) for s in (0.0, 0.05, 0.2)] == [2.0, 3.0, 4.0]
    assert factor(card, "display", 0.0) == 3.0


def test_a_head_is_no_part_of_the_network(shelf: ModelShelf, tmp_path: Path):
    card = shelf.card("tiny")
    cpu = torch.device("cpu")
    network = weights.load(card, cpu)
    assert isinstance(weights.load_spread(card, cpu), Spread)
    again = weights.store(card, network, tmp_path / "again")  # as fine-tuning would
    assert again.uncertainty == {}
    assert weights.load_spread(read_card(tmp_path / "again"), cpu) is None
    lacking = replace(again, uncertainty=KNOWN)
    with pytest.raises(ModelRejected, match="do not fit"):
        weights.load_spread(lacking, cpu)


@pytest.mark.parametrize("turn", range(8))
def test_turns_are_undone(turn: int):
    x = torch.rand(1, 1, 5, 7)
    assert torch.equal(turned_back(turned(x, turn), turn), x)


@pytest.mark.parametrize(
    "network", [Compact(2, 4, 2), Gated(2, 4, 1), EDSR(2, 4, 1), SRResNet(2, 4, 1)]
)
def test_best_does_not_depend_on_how_the_frame_lies(network: torch.nn.Module):
    torch.manual_seed(1)
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.2)
    network.eval().requires_grad_(requires_grad=False)
    x = torch.rand(1, 1, 12, 16)
    fast = Sharpener(network, Stretch())  # type: ignore[arg-type]
    one, other = (turned_back(sharpen(fast, turned(x, t)).samples, t) for t in (0, 5))
    assert (one - other).abs().max() > 1e-3
    best = replace(fast, best=True)
    one, other = (turned_back(sharpen(best, turned(x, t)).samples, t) for t in (0, 5))
    assert torch.allclose(one, other, atol=1e-5)
    boxes = torch.nn.functional.avg_pool2d(one, 2)
    assert torch.allclose(boxes, x, atol=1e-5)


def test_denoising_keeps_flux_within_the_noise_and_tells_no_interval(
    shelf: ModelShelf, tmp_path: Path
):
    frame = sky()
    seen = frame.read()
    exact = enhance(frame, OPTIONS, tmp_path / "a", shelf, nothing)
    made = enhance(frame, replace(OPTIONS, denoise=True), tmp_path / "b", shelf, nothing)
    off = made.read().reshape(60, 2, 72, 2).mean((1, 3)) - seen
    assert made.uncertainty is None
    assert np.abs(off).max() < 3.3 * 8  # the noise is 8, and measured to a few percent
    assert off[5:18].std() > 0.3  # some of it is gone: bicubic smooths a little
    bright = np.abs(off)[seen > 2000]
    assert (bright < 0.1 * 8).all()
    assert any("noise left out" in line for line in made.history)
    assert not any("noise left out" in line for line in exact.history)


def test_denoising_tiles_agree_and_pictures_are_left_exact(shelf: ModelShelf, tmp_path: Path):
    options = replace(OPTIONS, denoise=True)
    whole = enhance(sky(), options, tmp_path / "a", shelf, nothing).read()
    tiled = enhance(sky(), replace(options, tile=40), tmp_path / "b", shelf, nothing).read()
    assert np.abs(whole - tiled).max() < 0.01
    picture = np.random.default_rng(1).integers(0, 255, (40, 48)).astype(np.uint8)
    frame = Frame("p", (40, 48), 1, "display", ArraySource(picture), 255.0)
    one, other = (enhance(frame, o, tmp_path / str(o.denoise), shelf, nothing).read()
                  for o in (OPTIONS, options))  # fmt: skip
    assert np.array_equal(one, other)


def test_best_is_told_in_the_history(shelf: ModelShelf, tmp_path: Path):
    made = enhance(sky(), replace(OPTIONS, quality="best"), tmp_path, shelf, nothing)
    assert any("8 flips" in line for line in made.history)


MEASURED = {"measured": {"sky": [[1.0, 2.5], [2.0, 2.0]], "snr": [[1.5, 1.0], [50.0, 1.5]]}}


def test_the_interval_of_empty_sky_is_that_of_its_noise_whatever_else_there_is(
    shelf: ModelShelf, tmp_path: Path
):
    card = shelf.cards()[0]
    knowing = replace(card, uncertainty={**KNOWN, **MEASURED})
    state = weights.state_of(card)
    head = weights.load_spread(card, torch.device("cpu"))
    state |= {PREFIX + name: value for name, value in head.state_dict().items()}
    weights.store_state(knowing, state, tmp_path / "shelf" / "tiny")
    rng = np.random.default_rng(8)
    empty = rng.normal(500, 8, (128, 128)).astype(np.float32)
    busy = empty.copy()
    for y, x in rng.uniform(70, 120, (12, 2)):
        rows, columns = np.mgrid[:128, :128]
        busy += 20000 * np.exp(-((rows - y) ** 2 + (columns - x) ** 2) / 3).astype(np.float32)
    found: list[np.ndarray] = []
    for name, samples in (("empty", empty), ("busy", busy)):
        frame = Frame(name, (128, 128), 1, "linear", ArraySource(samples), None)
        own = ModelShelf((tmp_path / "shelf",))
        found.append(halves(enhance(frame, OPTIONS, tmp_path / name, own, nothing))[:100, :100])
    assert np.median(found[0]) == pytest.approx(2.5 * 8, rel=0.1)
    assert np.median(found[1]) == pytest.approx(np.median(found[0]), rel=0.1)


def test_tables_go_from_what_noise_says_to_what_the_head_says():
    tables = Tables.of(
        replace(read_card(resources.root() / "models" / "superres-x2"), uncertainty=MEASURED)
    )
    assert tables is not None
    assert Tables.of(read_card_without_tables()) is None
    snr, head = torch.tensor([-5.0, 1.0, 4.0, 1e4]), torch.full((4,), 90.0)
    half = tables.half(head, snr, 10.0, 1.5).tolist()
    assert half[:2] == pytest.approx([22.5, 22.5])
    assert half[0] < half[2] < half[3]
    assert half[3] == pytest.approx(135.0)
    assert tables.known() == MEASURED["measured"]


def read_card_without_tables() -> ModelCard:
    return ModelCard("a", "A", "superres", "compact", {}, Tiling(512, 24), "", uncertainty=KNOWN)


def test_intervals_beside_bad_pixels_are_wider():
    """Beside a gap by a factor; beside a full pixel by a part of how far it is above what stood
    for it; beside what was struck, and elsewhere, as they were.
    """
    samples = np.full((16, 16), 100, np.float32)
    kinds = {kind: np.zeros((16, 16), bool) for kind in (NO_DATA, SATURATED, STRUCK)}
    kinds[NO_DATA][3, 3] = kinds[SATURATED][3, 12] = kinds[STRUCK][12, 3] = True
    x = torch.from_numpy(samples.copy())[None, None]
    samples[3, 3], samples[3, 12], samples[12, 3] = np.nan, 900, 5000
    x[..., 3, 12] = 300  # what was filled in
    near = near_bad(TileSamples(samples, any_of(kinds), kinds), x)
    assert near is not None
    assert near.calm.sum() == 27
    assert near.by_gap.sum() == 9
    assert near.by_gap[..., 2:5, 2:5].all()
    assert (near.step[..., 2:5, 11:14] == 600).all()
    assert near.step.sum() == 9 * 600
    half = BesideBad(gap=2.0, step=0.5).half(torch.full_like(x, 40), near.by_gap, near.step)
    assert half[0, 0, 2, 2] == 80
    assert half[0, 0, 2, 11] == pytest.approx(np.hypot(40, 300))
    assert half[0, 0, 12, 3] == half[0, 0, 8, 8] == 40
    assert near_bad(TileSamples(samples, np.zeros((16, 16), bool), {}), x) is None


@pytest.mark.parametrize("model", ["superres-x2", "superres-x4"])
def test_bundled_models_know_how_intervals_widen_beside_bad_pixels(model: str):
    beside = BesideBad.of(default_shelf().card(model))
    assert 1 <= beside.gap < 2
    assert 0 < beside.step < 1
