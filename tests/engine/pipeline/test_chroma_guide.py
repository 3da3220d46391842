"""Palettes by region and measured chroma: what they change, and what they leave as it was."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from astropy.io.fits import Header
from hypothesis import given, settings
from hypothesis import strategies as st

from astroview.core.colour import colour_space
from astroview.core.colour.chroma_guide import ChromaGuide, GuideFile, load_guide
from astroview.core.errors import AstroviewError, ModelRejected
from astroview.core.frame import ArraySource, Frame
from astroview.core.models.model_card import ModelCard, ModelShelf, Tiling
from astroview.core.options import EnhanceOptions
from astroview.core.provenance import measured_by
from astroview.engine.networks import weights
from astroview.engine.networks.colorizer import CELL, Colorizer, paint
from astroview.engine.networks.guided_layers import planes
from astroview.engine.networks.palette_code import CODE_LENGTH, palette_code, palette_support
from astroview.engine.networks.regional_code import (
    REGIONS,
    Place,
    broadcast,
    fits,
    from_numbers,
    regional_code,
    regional_support,
    shares,
    to_numbers,
    turned,
)
from astroview.engine.pipeline.colour_plan import brush_for
from astroview.engine.pipeline.enhance import enhance
from astroview.engine.pipeline.enhance_plan import setting_for
from astroview.engine.pipeline.guide_planes import guide_planes, measured_code
from astroview.engine.runtime.cache import Cache
from trainer.data import palettes
from trainer.export import TILINGS

HYPER = {"widths": [8, 8, 12], "middle": 1, "palettes": 3, "guide": 8}


def lively(guide: int = 8, seed: int = 0) -> Colorizer:
    """A network none of whose layers is zero."""
    torch.manual_seed(seed)
    network = Colorizer((8, 8, 12), 1, 3, guide).eval().requires_grad_(requires_grad=False)
    for parameter in network.parameters():
        if parameter.ndim > 1:
            torch.nn.init.normal_(parameter, std=0.15)
    return network


def picture(seed: int = 0, shape: tuple[int, int] = (64, 96)) -> tuple[torch.Tensor, torch.Tensor]:
    """Lightness and chroma."""
    chance = torch.Generator().manual_seed(seed)
    light = torch.rand(1, 1, *shape, generator=chance)
    return light, (torch.rand(1, 2, *shape, generator=chance) - 0.5) * 0.3


def test_one_region_is_the_whole_picture():
    light, ab = picture()
    one = regional_code(light, ab, 1)[..., 0, 0]
    assert torch.allclose(one, palette_code(light, ab), atol=1e-4)
    assert torch.allclose(regional_support(light, 1)[..., 0, 0], palette_support(light), atol=1e-5)


def test_regions_tell_left_from_right_and_turn_with_the_picture():
    light, ab = picture()
    ab[..., :48] = torch.tensor([0.1, 0.0]).view(1, 2, 1, 1)
    ab[..., 48:] = torch.tensor([-0.1, 0.05]).view(1, 2, 1, 1)
    code = regional_code(light, ab)
    assert (code[0, 5, :, 0] > 0.5).all()
    assert (code[0, 5, :, -1] < -0.5).all()
    looked_at = [torch.rot90(x, 1, (-2, -1)).flip(-1) for x in (light, ab)]
    assert torch.allclose(regional_code(*looked_at), turned(code, 1, mirrored=True), atol=1e-4)


def test_a_picture_that_is_alike_everywhere_has_one_code():
    light, ab = picture(1, (32, 32))
    whole = palette_code(light.tile(1, 1, 4, 4), ab.tile(1, 1, 4, 4))
    regions = regional_code(light.tile(1, 1, 4, 4), ab.tile(1, 1, 4, 4))
    assert (regions - broadcast(whole)).abs().max() < 0.25
    assert (regions - broadcast(whole)).abs().mean() < 0.03


def test_what_is_not_valid_has_no_say():
    light, ab = picture()
    valid = torch.ones_like(light)
    valid[..., :20, :] = 0
    other = ab.clone()
    other[..., :20, :] = 0.3
    told = [regional_code(light, x, valid_B1HW=valid) for x in (ab, other)]
    assert torch.allclose(*told, atol=1e-5)


@given(st.integers(0, 300), st.integers(1, 60), st.integers(4, 500), st.sampled_from([4, 8, 16]))
def test_regions_share_each_cell(start: int, count: int, length: int, stride: int):
    made = shares(start, count, stride, length, REGIONS)
    assert torch.allclose(made.sum(1), torch.ones(count), atol=1e-5)
    assert (made >= 0).all()
    assert torch.equal(made[2:], shares(start + 2 * stride, count, stride, length, REGIONS)[:-2])


def test_a_code_everywhere_is_the_code_of_the_whole():
    network, (light, ab) = lively(), picture()
    code = palette_code(light, ab)
    one, two = (network(light, told).coefficients for told in (code, broadcast(code)))
    assert float(one.abs().max()) > 0.01
    assert torch.allclose(one, two, atol=1e-5)


def test_codes_by_region_act_where_they_are():
    network, (light, ab) = lively(), picture(2, (256, 256))
    told = broadcast(palette_code(light, ab)).clone()
    plain = network(light, told).coefficients
    told[..., 0, 0] += 1
    changed = (network(light, told).coefficients - plain).abs().amax(1)[0]
    assert changed[:16, :16].min() > 100 * changed[-12:, -12:].max()


def test_codes_travel_as_numbers():
    light, ab = picture()
    for code in (palette_code(light, ab), regional_code(light, ab)):
        assert fits(to_numbers(code))
        assert torch.equal(from_numbers(to_numbers(code)), code)
    assert not fits((0.0,) * 23)
    assert not fits(())


def test_layers_for_a_guide_change_nothing_until_they_learn():
    torch.manual_seed(1)
    light, ab = picture()
    code = palette_code(light, ab)
    old, new = lively(0), Colorizer((8, 8, 12), 1, 3, 8, 64)
    missing = new.load_state_dict(old.state_dict(), strict=False).missing_keys
    assert missing
    assert all(name.startswith(("guided.", "classify.")) for name in missing)
    assert torch.equal(old(light, code).coefficients, new(light, code).coefficients)
    # Where measured chroma is valid it is the answer, elsewhere the palette's is.
    guide = planes(ab[..., ::4, ::4], torch.ones(1, 1, 16, 24), 4)
    guide[:, :, :, 12:] = 0
    said = new(light, code, guide).coefficients
    assert torch.allclose(said[:, 2:, :, :12], guide[:, :2, :, :12], atol=1e-6)
    assert torch.equal(said[..., 12:], old(light, code).coefficients[..., 12:])


def test_a_guided_colorizer_reaches_no_further_than_its_halo():
    torch.manual_seed(0)
    network = Colorizer((4, 4, 4), middle=3, palettes=3, guide=4).eval()
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.3)
    light, code = torch.rand(1, 1, 768, 64), torch.zeros(1, CODE_LENGTH)
    guide = torch.rand(1, 4, 192, 16)
    for seen, other in ((0.5, 0.0), (0.0, 0.5)):
        more, added = light.clone(), guide.clone()
        more[..., 384:388, :] += seen
        added[..., 96, :] += other
        with torch.no_grad():
            one = paint(network(light, code, guide).coefficients, light)
            two = paint(network(more, code, added).coefficients, light)
        rows = torch.nonzero((one - two).abs().amax((0, 1, 3)) > 0).flatten() - 384
        assert 100 < int(rows.abs().max()) <= TILINGS["palette-unet"].halo


# ---------------------------------------------------------------- the plane on a frame


def gradient(shape: tuple[int, int] = (12, 10), cell: float = 16.0) -> ChromaGuide:
    y, x = np.mgrid[: shape[0], : shape[1]]
    chroma = np.stack([0.01 * y, -0.01 * x], -1).astype(np.float32)
    return ChromaGuide(chroma, (cell, cell), name="a survey")


def test_a_guide_is_bilinear_between_its_pixels_and_unknown_beyond_its_edges():
    guide = gradient()
    ab, valid = guide.at(np.array([24.0, 40.0]), np.array([8.0, 16.0, 160.5]))
    assert ab[0, :2] == pytest.approx(np.array([[0.01, 0], [0.01, -0.005]]), abs=1e-6)
    assert valid.tolist() == [[1, 1, 0], [1, 1, 0]]
    shifted = replace(guide, origin=(16.0, 0.0))
    assert shifted.at(np.array([40.0]), np.array([8.0]))[0][0, 0] == pytest.approx([0.01, 0])
    assert shifted.at(np.array([8.0]), np.array([8.0]))[1][0, 0] == 0


def test_holes_take_the_colour_of_what_is_known_around_them():
    guide = gradient()
    guide.chroma[4, 4] = np.nan
    ab, valid = guide.at(np.array([72.0, 80.0]), np.array([72.0]))
    assert valid[:, 0].tolist() == [0, 0.5]
    assert ab[1, 0] == pytest.approx([0.05, -0.04], abs=1e-6)
    assert 0.98 < guide.covers((192, 160)) < 1


@settings(max_examples=30)
@given(st.integers(1, 40), st.integers(1, 40), st.floats(0.2, 8), st.floats(1, 30))
def test_reduced_guides_keep_their_mean_and_place(h: int, w: int, cell: float, want: float):
    rng = np.random.default_rng(h * 41 + w)
    guide = ChromaGuide(np.full((h, w, 2), 0.07, np.float32), (cell, cell))
    guide.chroma[rng.random((h, w)) < 0.3] = np.nan
    made = guide.reduced((want, want))
    known = np.isfinite(made.chroma)
    assert made.chroma[known] == pytest.approx(0.07, abs=1e-6)
    assert made.cell[0] * made.chroma.shape[0] >= cell * h - 1e-6
    assert known.any() == np.isfinite(guide.chroma).any()


def test_a_guide_comes_back_from_its_file(tmp_path: Path):
    guide = replace(gradient(), origin=(-3.0, 5.5))
    file = guide.save(tmp_path / "guide.npz")
    again = load_guide(file)
    assert again.fingerprint == guide.fingerprint
    assert (again.name, again.cell, again.origin) == (guide.name, guide.cell, guide.origin)
    whole = (tmp_path / "guide.npz").read_bytes()
    for damaged in (b"no guide", b"", whole[:20], whole[: len(whole) // 2], whole[:-9]):
        (tmp_path / "guide.npz").write_bytes(damaged)
        with pytest.raises(AstroviewError, match="a survey"):
            load_guide(file)
    with pytest.raises(AstroviewError, match="two numbers"):
        ChromaGuide(np.zeros((4, 4, 3), np.float32), (1, 1))
    with pytest.raises(AstroviewError, match="pixels of"):
        ChromaGuide(np.zeros((4, 4, 2), np.float32), (0, 1))


def test_how_finely_is_said_in_figures_that_people_write() -> None:
    told = [GuideFile("", "x", arcsec=fine).told for fine in (0.0512, 1.88, 99.7, 123.4, 3600.0)]
    assert told == [f"x at {fine} arcsec" for fine in ("0.051", "1.9", "100", "123", "3600")]


@pytest.mark.parametrize(
    ("fine", "said"), [(1.88, "DSS2 at 1.9 arcsec"), ("coarse", "DSS2"), (-1.0, "DSS2")]
)
def test_a_header_that_says_nonsense_of_how_finely_is_no_error(fine: object, said: str) -> None:
    cards = {"HISTORY": "colour painted: model c-1", "AICOLSRC": "DSS2", "AICOLRES": fine}
    source = ArraySource(np.zeros((4, 4, 3), np.float32))
    frame = Frame("a", (4, 4), 3, "display", source, 1.0, header=Header(cards))
    assert measured_by(frame) == said


def test_cells_of_a_tile_see_what_those_of_the_frame_see():
    guide = gradient((20, 20), 9.3)
    whole = guide_planes(guide, (0, 0), (40, 40))
    part = guide_planes(guide, (48, 16), (10, 12))
    assert torch.allclose(part, whole[..., 12:22, 4:16], atol=1e-6)
    small = guide_planes(guide, (0, 0), (10, 10), 4)
    assert float(small[0, 2, :8, :8].min()) == 1


# ---------------------------------------------------------------- enhancing with it


@pytest.fixture
def shelf(tmp_path: Path) -> ModelShelf:
    codes = np.random.default_rng(3).normal(0, 0.2, (3, CODE_LENGTH)).astype(np.float32)
    for name, hyper in (("new", HYPER), ("old", {**HYPER, "guide": 0})):
        network = lively(int(hyper["guide"]))  # type: ignore[call-overload]
        card = ModelCard(
            name, name, "colorize", "palette-unet", hyper, Tiling(1536, 224, 16), "",
            palettes=palettes.named(codes),
        )  # fmt: skip
        weights.store(card, network, tmp_path / "models" / name)
    return ModelShelf((tmp_path / "models",))


def frame_of(shape: tuple[int, int]) -> Frame:
    y, x = np.mgrid[: shape[0], : shape[1]]
    rng = np.random.default_rng(4)
    samples = 200 + 300 * np.exp(-((y - 70) ** 2 + (x - 90) ** 2) / 900) + rng.normal(0, 5, shape)
    return Frame("test", shape, 1, "linear", ArraySource(samples.astype(np.float32)), None)


def nothing(*_: object) -> None:
    """No progress is shown."""


def test_tiles_agree_with_the_whole_under_a_guide_and_by_region(tmp_path: Path, shelf: ModelShelf):
    frame = frame_of((300, 420))
    guide = ChromaGuide(
        np.random.default_rng(1).normal(0, 0.05, (23, 30, 2)).astype(np.float32), (13.0, 13.0),
        name="a survey",
    )  # fmt: skip
    guide.chroma[5:9, 10:14] = np.nan
    file = guide.save(tmp_path / "guide.npz")
    plain = EnhanceOptions(device="cpu", superres=None, colorizer="new")
    told = replace(plain, guide=file)
    made = {
        name: enhance(frame, options, tmp_path / name, shelf, nothing)
        for name, options in {
            "plain": plain, "whole": told, "tiles": replace(told, tile=112),
        }.items()
    }  # fmt: skip
    chroma = {name: result.read_chroma().astype(np.float32) for name, result in made.items()}
    assert np.abs(chroma["whole"] - chroma["plain"]).max() > 0.02
    assert np.abs(chroma["whole"] - chroma["tiles"]).max() < 2e-3
    history = "\n".join(made["whole"].history)
    assert "palette measured by a survey" in history
    assert "colours measured by a survey: 9" in history
    assert "13 of its pixels" in history


def test_what_cannot_take_measured_colours_says_so(tmp_path: Path, shelf: ModelShelf):
    told = EnhanceOptions(
        device="cpu", superres=None, colorizer="old", guide=gradient().save(tmp_path / "guide.npz")
    )
    with pytest.raises(ModelRejected, match="old cannot paint with measured colours"):
        enhance(frame_of((64, 64)), told, tmp_path / "x", shelf, nothing)


def test_a_guide_that_knows_next_to_nothing_tells_no_palette(shelf: ModelShelf):
    guide = gradient()
    guide.chroma[1:] = np.nan
    guide.chroma[:, 1:] = np.nan
    assert measured_code(guide, np.full((200, 160), 0.4, np.float32), 1) is None
    frame, options = frame_of((192, 160)), EnhanceOptions(device="cpu", colorizer="new")
    card = shelf.card("new")
    brush = brush_for(frame, card, setting_for(frame, options), options, Cache(), guide)
    assert brush.name in {palette.name for palette in card.palettes}
    assert len(brush.code) == CODE_LENGTH


def test_a_valid_guide_is_what_an_untrained_network_paints():
    network = Colorizer((8, 8, 12), 1, 3, 8)
    light, _ = picture(3, (160, 160))
    guide = gradient((10, 10), 16)
    seen = guide_planes(guide, (0, 0), (40, 40))
    with torch.no_grad():
        ab = paint(
            network(light, torch.zeros(1, CODE_LENGTH), seen, Place(0, 0, 160, 160))[0], light
        )
    wanted = guide.at(np.arange(160) + 0.5, np.arange(160) + 0.5)[0]
    off = np.abs(ab[0].permute(1, 2, 0).numpy() - wanted)
    assert off[CELL:-CELL, CELL:-CELL].max() < 2e-3
    assert colour_space.fit_gamut(light[0, 0].numpy(), wanted).shape == (160, 160, 2)
