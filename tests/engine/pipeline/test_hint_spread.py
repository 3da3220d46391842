"""Colour hints: what they change, what they leave, how far they reach."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from astroview.core import resources
from astroview.core.colour import colour_space
from astroview.core.colour.chroma_maps import ChromaMaps, bilinear, load_maps
from astroview.core.colour_hints import Hint, Reference
from astroview.core.errors import AstroviewError
from astroview.core.frame import ArraySource, Frame, Window
from astroview.core.io.open_file import open_frame
from astroview.core.models.model_card import default_shelf
from astroview.core.options import EnhanceOptions
from astroview.engine.pipeline import hint_spread
from astroview.engine.pipeline.colour_plan import ColourPlan, brush_for
from astroview.engine.pipeline.enhance import enhance
from astroview.engine.pipeline.enhance_plan import setting_for
from astroview.engine.pipeline.palette_choice import bank_for, named
from astroview.engine.pipeline.reference_palette import read_reference
from astroview.engine.pipeline.variations import variations
from astroview.engine.runtime.cache import Cache

GREY = EnhanceOptions(device="cpu", superres=None, palette="blue")
RED = (0.12, 0.06)


def nothing(*_: object) -> None:
    """No progress is shown."""


def two_blobs() -> Frame:
    """Two nebulae of one brightness, far apart on a dark sky; 160 x 320, 8 bit."""
    y, x = np.mgrid[:160, :320]
    glow = [110 * np.exp(-((y - 80) ** 2 + (x - cx) ** 2) / 1400) for cx in (70, 250)]
    picture = (glow[0] + glow[1] + 18).astype(np.uint8)
    return Frame("blobs", (160, 320), 1, "display", ArraySource(picture), 255.0)


def painted(frame: Frame, options: EnhanceOptions, folder: Path) -> np.ndarray:
    chroma = enhance(frame, options, folder, default_shelf(), nothing).read_chroma()
    assert chroma.shape == (*frame.shape, 2)
    return chroma


def test_a_hint_colours_its_place_and_fades_with_distance(tmp_path: Path):
    frame = two_blobs()
    before = painted(frame, GREY, tmp_path / "a")
    hint = Hint(70.0, 80.0, *RED, radius=6)
    after = painted(frame, replace(GREY, hints=(hint,)), tmp_path / "b")
    change = np.hypot(*np.moveaxis(after - before, -1, 0))
    assert np.abs(after[76:85, 66:75] - RED).max() < 0.025
    near, far = change[60:100, 50:90].mean(), change[60:100, 230:270].mean()
    assert far < 0.6 * near
    assert change[:20, 300:].max() < 0.3 * change[80, 70]


def test_two_hints_hold_two_colours(tmp_path: Path):
    wanted = (Hint(70, 80, *RED), Hint(250, 80, -0.05, -0.08))
    chroma = painted(two_blobs(), replace(GREY, hints=wanted), tmp_path)
    for hint in wanted:
        assert np.abs(chroma[int(hint.y), int(hint.x)] - (hint.a, hint.b)).max() < 0.025


def test_lightness_stays_exact_and_colour_in_gamut(tmp_path: Path):
    frame = open_frame(resources.sample("nebula.png"))
    height, width = frame.shape
    wild = Hint(width / 2, height / 2, 0.35, -0.3, radius=30)
    made = enhance(frame, replace(GREY, hints=(wild,)), tmp_path, default_shelf(), nothing)
    rgb = colour_space.render(made.read(), made.rendered, made.read_chroma())
    assert np.abs(colour_space.grey(rgb) - frame.read() / frame.full_scale).max() < 1 / 255
    light = colour_space.lightness(frame.read() / frame.full_scale)
    assert (
        np.abs(colour_space.fit_gamut(light, made.read_chroma()) - made.read_chroma()).max() < 0.01
    )


def test_a_stroke_colours_its_way():
    light, ab = np.full((60, 90), 0.5, np.float32), np.zeros((60, 90, 2), np.float32)
    point = Hint(10, 30, *RED, radius=2)
    stroke = point.drawn_to(45, 30).drawn_to(80, 30)
    gaps = np.diff([dab.x for dab in stroke.dabs()])
    assert 0 < gaps.min() <= gaps.max() <= 2  # its discs touch

    def corrected(hint: Hint) -> np.ndarray:
        found = hint_spread.correct(light, ab, [hint], (1.0, 1.0))
        return found.maps[..., :2] * light[..., None] + found.maps[..., 2:]

    way = corrected(stroke)[30, 10:81]
    assert np.abs(way - RED).max() < 0.025
    assert np.abs(corrected(point)[30, 80] - RED).max() > 0.03
    moved = stroke.moved_to(12, 31)
    assert moved.path == ((47, 31), (82, 31))


def test_one_hint_speaks_for_its_region_and_many_for_the_picture():
    y, x = np.mgrid[:96, :96]
    light = (0.25 + 0.5 * np.exp(-((y - 48) ** 2 + (x - 48) ** 2) / 900)).astype(np.float32)
    ab = np.zeros((96, 96, 2), np.float32)

    def change(*places: tuple[int, int]) -> np.ndarray:
        wanted = [Hint(px, py, *RED, radius=2) for px, py in places]
        found = hint_spread.correct(light, ab, wanted, (1.0, 1.0))
        return np.hypot(
            *np.moveaxis(found.maps[..., :2] * light[..., None] + found.maps[..., 2:], -1, 0)
        )

    one, far = change((48, 30)), np.hypot(y - 30, x - 48) > 40
    assert one[30, 48] > 0.1
    assert one[far].mean() < 0.2 * one[30, 48]
    ring = [(round(48 + 18 * np.cos(t)), round(48 + 18 * np.sin(t))) for t in np.arange(10) * 0.628]
    assert change(*ring)[far].mean() > 2 * one[far].mean()


def test_hints_on_objects_leave_the_sky_as_it_is():
    light = np.full((60, 60), 0.5, np.float32)
    ab, present = np.zeros((60, 60, 2), np.float32), np.ones((60, 60), np.float32)
    present[:, 30:] = 0

    def change(x: float) -> np.ndarray:
        hint = Hint(x, 30, *RED, radius=2)
        found = hint_spread.correct(light, ab, [hint], (1.0, 1.0), present=present)
        return np.hypot(*np.moveaxis(found.maps[..., :2] * 0.5 + found.maps[..., 2:], -1, 0))

    assert change(10)[:, 34:].max() < 0.005 < change(10)[30, 20]
    assert change(50)[30, 45] > 0.03  # one on the sky is for the sky


def test_a_strong_edge_stops_a_correction():
    light = np.full((60, 60), 0.7, np.float32)
    light[:, 30:] = 0.2
    ab = np.zeros((60, 60, 2), np.float32)
    found = hint_spread.correct(light, ab, [Hint(10, 30, *RED, radius=2)], (1.0, 1.0))
    D = found.maps[..., :2] * light[..., None] + found.maps[..., 2:]
    assert D[30, 26, 0] > 3 * D[30, 34, 0]


def test_hints_over_the_rim_and_one_pixel_frames(tmp_path: Path):
    frame = Frame("dot", (1, 1), 1, "linear", ArraySource(np.ones((1, 1), np.float32)), None)
    beyond = (Hint(-50, 900, *RED), Hint(0.5, 0.5, *RED, radius=0.0))
    assert np.isfinite(painted(frame, replace(GREY, hints=beyond), tmp_path)).all()


def test_numbers_that_make_no_sense_are_told(tmp_path: Path):
    with pytest.raises(ValueError, match="hint"):
        Hint(1, 1, float("nan"), 0)
    options = replace(GREY, reference=Reference("x.png", (1.0, 2.0)))
    with pytest.raises(AstroviewError) as caught:
        painted(two_blobs(), options, tmp_path)
    assert caught.value.hint


def test_hints_and_references_stand_in_the_history(tmp_path: Path):
    reference = read_reference(_picture(tmp_path))
    options = replace(GREY, hints=(Hint(70.25, 80, *RED),), reference=reference)
    made = enhance(two_blobs(), options, tmp_path / "s", default_shelf(), nothing)
    told = "\n".join(made.history)
    assert "hint 70.2 80.0 r 6.0 a +0.1200 b +0.0600" in told
    assert f"picture gold.png, sha256 {reference.sha256}" in told
    assert "palette of gold.png" in told


def _picture(folder: Path) -> Path:
    y, x = np.mgrid[:90, :120]
    light = np.exp(-((y - 45) ** 2 + (x - 60) ** 2) / 900)
    rgb = np.stack([light * 250, light * 180, light * 60], -1).astype(np.uint8)
    path = folder / "gold.png"
    Image.fromarray(rgb).save(path)
    return path


def test_a_reference_picture_lends_its_palette(tmp_path: Path):
    reference = read_reference(_picture(tmp_path))
    assert len(reference.code) == 24
    assert reference.swatches[-1][0] > reference.swatches[-1][2] + 60
    gold = painted(two_blobs(), replace(GREY, reference=reference), tmp_path / "a")
    blue = painted(two_blobs(), GREY, tmp_path / "b")
    assert gold[80, 70, 1] > 0.02 > blue[80, 70, 1]


def test_a_grey_reference_is_refused(samples: Path):
    with pytest.raises(AstroviewError, match="grey") as caught:
        read_reference(samples / "nebula.png")
    assert caught.value.hint


def test_variations_are_the_likeliest_palettes_and_follow_hints():
    memo = Cache()
    plain = list(variations(two_blobs(), GREY, default_shelf(), 5, memo))
    assert len({name for name, _ in plain}) == 5
    assert all(rgb.shape == (80, 160, 3) and rgb.dtype == np.uint8 for _, rgb in plain)
    pictures = [rgb.astype(int) for _, rgb in plain]
    assert np.abs(pictures[0] - pictures[1]).max() > 5
    hinted = replace(GREY, hints=(Hint(70, 80, *RED),))
    steered = list(variations(two_blobs(), hinted, default_shelf(), 5, memo))
    assert [name for name, _ in steered] == [name for name, _ in plain]
    for _, rgb in steered:
        assert int(rgb[40, 35, 0]) > int(rgb[40, 35, 2])  # reddish where the hint is


def test_automatic_palette_listens_to_several_hints(tmp_path: Path):
    frame = two_blobs()

    def three(a: float, b: float) -> tuple[Hint, ...]:
        return tuple(Hint(x, 80, a, b) for x in (60, 70, 250))

    made = [
        enhance(
            frame, replace(GREY, palette="auto", hints=h), tmp_path / n, default_shelf(), nothing
        )
        for n, h in (("a", three(-0.02, -0.1)), ("b", three(0.06, 0.09)))
    ]
    names = [next(line for line in m.history if "palette" in line) for m in made]
    assert names[0] != names[1]


def test_palettes_near_to_the_hints_are_mixed():
    frame, auto, memo = two_blobs(), replace(GREY, palette="auto"), Cache()
    card = default_shelf().card("colorizer")
    setting = setting_for(frame, auto)

    def brush(*wanted: Hint) -> ColourPlan:
        return brush_for(frame, card, setting, replace(auto, hints=wanted), memo)

    more = (Hint(60, 80, 0.0, 0.02), Hint(250, 80, 0.0, 0.02))
    alone, mixed = brush(), brush(Hint(70, 80, 0.0, 0.02), *more)
    bank = bank_for(card, memo)
    assert brush(Hint(70, 80, 0.0, 0.02)).code == alone.code  # one speaks for its region only
    assert alone.name in {palette.name for palette in card.palettes}
    said = [part.partition(" ") for part in mixed.name.split(" + ")]
    shares = [float(Fraction(share)) for share, _, _ in said]
    assert len(said) > 1
    assert sum(shares) == pytest.approx(1)
    codes = np.array([named(card, bank, name).code for _, _, name in said])
    assert np.allclose(mixed.code, shares @ codes)
    assert brush(Hint(70, 80, 0.0, 0.0201), *more).code == mixed.code  # nothing computed anew


def test_maps_are_read_back_and_sampled_alike_in_parts(tmp_path: Path):
    rng = np.random.default_rng(3)
    maps = ChromaMaps(rng.normal(size=(7, 9, 4)).astype(np.float32), (8.0, 8.0))
    maps.save(tmp_path / "m.npz")
    back = load_maps(tmp_path / "m.npz")
    assert back.cell == maps.cell
    assert np.array_equal(back.maps, maps.maps)
    y, x = np.arange(56) + 0.5, np.arange(72) + 0.5
    light = rng.random((56, 72)).astype(np.float32)
    part = Window(11, 20, 30, 40).slices
    assert np.array_equal(back.at(y, x, light)[part], back.at(y[part[0]], x[part[1]], light[part]))
    assert np.allclose(bilinear(maps.maps, np.arange(7), np.arange(9)), maps.maps)
