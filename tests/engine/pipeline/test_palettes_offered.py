"""Which palettes a frame is offered: from a bank, by what it shows, the same however it lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from hypothesis import given
from hypothesis import strategies as st

from astroview.core.errors import ModelRejected
from astroview.core.frame import ArraySource, Frame
from astroview.core.models.model_card import ModelCard, default_shelf
from astroview.core.models.palette_bank import Entry, Listing, bank_of, names_in, source_in
from astroview.core.options import EnhanceOptions
from astroview.engine.networks.palette_code import CODE_LENGTH, GAIN
from astroview.engine.pipeline import palette_retrieval, palette_view
from astroview.engine.pipeline.enhance_plan import setting_for
from astroview.engine.pipeline.palette_choice import offers, palette_for
from astroview.engine.pipeline.palette_retrieval import APART, LAB, Bank, read_bank, tone_shares
from astroview.engine.pipeline.preview import Preview, glance
from astroview.engine.runtime.cache import Cache
from trainer.calibrate.palette_bank import entries_of, write_bank

PLAIN = EnhanceOptions(device="cpu", superres=None)
RNG = np.random.default_rng(5)


def picture(shape: tuple[int, int] = (120, 160)) -> np.ndarray:
    y, x = np.mgrid[: shape[0], : shape[1]]
    glow = 150 * np.exp(-((y - 50) ** 2 + (x - 90) ** 2) / 900) + 60 * np.exp(
        -((y - 90) ** 2) / 200
    )
    return (glow + 12 + RNG.normal(0, 2, shape)).clip(0, 255).astype(np.uint8)


def frame_of(u8: np.ndarray, header: fits.Header | None = None) -> Frame:
    shape = (u8.shape[0], u8.shape[1])
    return Frame("field", shape, 1, "display", ArraySource(u8), 255.0, header=header)


def hued(degrees: float, chroma: float = 0.08) -> list[float]:
    """A code of one hue on a neutral sky."""
    a, b = GAIN * chroma * np.cos(np.deg2rad(degrees)), GAIN * chroma * np.sin(np.deg2rad(degrees))
    tones = [[0.0, 0.0, 0.05, 0.05, 0.0]] + [[a, b, 0.1, 0.1, 0.0]] * 3
    return [*(n for tone in tones for n in tone), 0.0, 0.0, 0.0, 0.0]


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> ModelCard:
    """The bundled colorizer with a bank of twelve palettes, three of them of the Legacy Surveys."""
    bundled = default_shelf().cards("colorize")[0]
    folder = tmp_path_factory.mktemp("shelf") / "colorizer"
    folder.mkdir()
    (folder / "model.safetensors").symlink_to(bundled.weights)
    made = replace(bundled, folder=folder)
    hues = [30 * k for k in range(12)]
    kinds: Sequence[str | None] = ["emission nebula", *[None] * 7, "reflection nebula", *[None] * 3]
    entries = [
        Entry(f"like {hue}", "legacy" if hue % 40 == 0 else "dss", kind)  # type: ignore[arg-type]
        for hue, kind in zip(hues, kinds, strict=True)
    ]
    features = RNG.normal(size=(12, 352)).astype(np.float32)
    write_bank(made, entries, np.array([hued(hue) for hue in hues]), features, folder)
    return made


def seen(frame: Frame, card: ModelCard) -> Preview:
    return glance(frame, card, setting_for(frame, PLAIN), Cache())


def test_the_file_says_what_is_in_it(card: ModelCard) -> None:
    path = bank_of(card)
    assert path
    bank = read_bank(path)
    assert bank.codes.shape == (12, CODE_LENGTH)
    assert names_in(card)[-1] == "like 330"
    assert bank_of(replace(card, sha256="0" * 64)) is None  # of other weights


def test_offers_are_several_and_far_apart(card: ModelCard) -> None:
    here = seen(frame_of(picture()), card)
    found, _ = offers(here, PLAIN)
    assert len({palette.name for palette in found}) == 5
    share_T = tone_shares(here.light)
    for one, palette in enumerate(found[:-1]):  # the last is pale
        others = list(found[:one])
        gap = palette_retrieval.apart(np.array(palette.code, np.float32), others, share_T)
        assert gap >= APART
    assert LAB > 0


def test_the_fifth_is_of_the_picture_most_like_the_frame_and_half_as_strong(
    card: ModelCard,
) -> None:
    here = seen(frame_of(picture()), card)
    path = bank_of(card)
    assert path
    bank = read_bank(path)
    nearest = bank.palette(int(bank.around(here.features())[0][0]))
    last = offers(here, PLAIN)[0][-1]
    assert last.name == f"{nearest.name}, pale"
    np.testing.assert_allclose(np.array(last.code) * 2, nearest.code, rtol=1e-6)
    assert palette_for(here, replace(PLAIN, palette=last.name)).code == last.code
    assert [p.name for p in offers(here, PLAIN, 4)[0]] == [
        p.name for p in offers(here, PLAIN)[0][:4]
    ]


@pytest.mark.parametrize("count", range(1, 8))
def test_of_few_pictures_none_is_offered_twice(count: int) -> None:
    codes = RNG.normal(0, 0.3, (count, CODE_LENGTH)).astype(np.float32)
    listed = Listing(tuple(Entry(f"like {i}", "") for i in range(count)), "a" * 64)
    features = RNG.normal(size=(count, 6)).astype(np.float32)
    bank = Bank(listed, codes, features, np.zeros(6, np.float32), np.ones(6, np.float32))
    shares = tone_shares(np.linspace(0, 1, 99, dtype=np.float32))
    found = palette_retrieval.offered(bank, features[0], "", bank.palette(0), shares, 5)
    names = [palette.name for palette in found]
    assert len(set(names)) == len(names) == min(count + 1, 5)
    assert "like 0, pale" in names


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize("mirrored", [False, True])
def test_turned_mirrored_and_fainter_the_palettes_are_the_same(
    card: ModelCard, turns: int, mirrored: bool
) -> None:
    upright = picture()
    turned = np.rot90(upright, turns)
    turned = np.ascontiguousarray(turned[:, ::-1] if mirrored else turned)
    wanted = offers(seen(frame_of(upright), card), PLAIN)[0]
    assert offers(seen(frame_of(turned), card), PLAIN)[0] == wanted
    linear = replace(frame_of(turned), kind="linear", full_scale=None)
    fainter = replace(linear, source=ArraySource(turned.astype(np.float32) * np.float32(0.7)))
    assert offers(seen(fainter, card), PLAIN)[0] == offers(seen(linear, card), PLAIN)[0]


def test_an_odd_large_frame_is_seen_like_its_mirror() -> None:
    rows, columns = np.arange(2003)[:, None], np.arange(2518)[None]
    glow = 40 * np.exp(-((rows - 700) ** 2 + (columns - 1700) ** 2) / 4e5)
    x = (100 + glow + RNG.normal(size=(2003, 2518))).astype(np.float32)
    frame = Frame("large", (2003, 2518), 1, "linear", ArraySource(x), None)
    mirror = replace(frame, source=ArraySource(np.ascontiguousarray(x[:, ::-1])))
    one, other = palette_view.view_of(frame), palette_view.view_of(mirror)
    assert max(one.shape) == palette_view.SIDE
    assert np.abs(other[:, ::-1] - one).mean() < 0.02  # other pixels of its noise were read


@pytest.mark.parametrize(
    ("name", "hue"), [("Horsehead Nebula", 0), ("M 45", 240), ("field 7", None)]
)
def test_a_known_object_gets_the_colours_of_its_kind(
    card: ModelCard, name: str, hue: int | None
) -> None:
    frame = frame_of(picture(), fits.Header({"OBJECT": name}))
    choice = palette_for(seen(frame, card), PLAIN)
    assert (choice.name == f"like {hue}") == (hue is not None)
    assert ("as befits a frame of a" in choice.why) == (hue is not None)
    infrared = frame_of(picture(), fits.Header({"OBJECT": name, "TELESCOP": "JWST"}))
    assert "befits" not in palette_for(seen(infrared, card), PLAIN).why


@given(st.permutations(["m51", "m51", "m51, pale", "m51 #2", "m42, pale", "m42", "m51, pale"]))
def test_no_two_pictures_have_a_palette_of_one_name_pale_or_not(titles: list[str]) -> None:
    names = [entry.name for entry in entries_of([(title, "", title) for title in titles])]
    every = [*names, *(f"{name}, pale" for name in names)]
    assert len(set(every)) == len(every)


def test_what_the_user_says_is_shown_stands_above_the_header(card: ModelCard) -> None:
    frame = frame_of(picture(), fits.Header({"OBJECT": "M45"}))
    choice = palette_for(seen(frame, card), replace(PLAIN, shows="emission nebula"))
    assert choice.name == "like 0"


def test_a_palette_of_the_bank_is_had_by_name(card: ModelCard) -> None:
    here = seen(frame_of(picture()), card)
    assert palette_for(here, replace(PLAIN, palette="like 90")).name == "like 90"
    with pytest.raises(ModelRejected, match="no palette"):
        palette_for(here, replace(PLAIN, palette="like nothing"))


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("HST WFC3", "hubble"),
        ("JWST MIRI", "jwst miri"),
        ("JWST", "jwst nircam"),
        ("Spitzer IRAC", "spitzer wise"),
        ("SDSS 2.5-M", "sdss"),
        ("DECam", "legacy"),
        ("UK Schmidt", "dss"),
        ("my telescope", ""),
    ],
)
def test_telescopes_as_headers_spell_them(text: str, source: str) -> None:
    assert source_in(text) == source


def test_a_damaged_bank_is_told(card: ModelCard, tmp_path: Path) -> None:
    (tmp_path / "palettes.safetensors").write_bytes(b"\x08\0\0\0\0\0\0\0{}      ")
    with pytest.raises(ModelRejected) as caught:
        bank_of(replace(card, folder=tmp_path))
    assert caught.value.hint
